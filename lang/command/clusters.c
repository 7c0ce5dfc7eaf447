/* clusters.c: a folder for each cluster. */
#include "lang/command/clusters.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include "lang/memory.h"

enum exit_code clusters_make_folder(const struct call *call, const char *folder) {
  struct stat what;
  if (mkdir(folder, 0777) == 0) return EXIT_FINE;
  int error = errno;
  if (error == EEXIST && stat(folder, &what) == 0 && S_ISDIR(what.st_mode)) return EXIT_FINE;
  return (enum exit_code)fail(call, EXIT_SYSTEM, "the folder %s cannot be made: %s", folder, strerror(error));
}

const char *clusters_folder(const char *folder, const char *cluster) {
  char *name = memory_copy(cluster, strlen(cluster));
  for (char *letter = name; *letter; letter++)
    if (*letter == '/' || (unsigned char)*letter < ' ') *letter = '_';
  if (!*name || *name == '.') name = memory_print("_%s", name);
  return memory_print("%s/%s", folder, name);
}

const char *clusters_file(const char *folder, const char *begins, const char *id, const char *ends) {
  static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  const char *name = *id ? "" : "%";
  for (const char *at = id; *at; at++)
    name = strchr(plain, *at) || (unsigned char)*at >= 0x80 ? memory_print("%s%c", name, *at) : memory_print("%s%%%02X", name, (unsigned char)*at);
  return memory_print("%s/%s%s%s", folder, begins, name, ends);
}
