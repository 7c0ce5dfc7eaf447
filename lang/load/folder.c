/* folder.c: a folder stands for all rule files below it, in the order of their names. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "lang/load/load.h"
#include "lang/memory.h"

enum { DEEPEST = 32 }; /* a folder that links to itself ends here */

struct list {
  const char **all;
  size_t n;
};

static void add(struct list *list, const char *path) {
  list->all = memory_grow(list->all, list->n + 1, sizeof *list->all);
  list->all[list->n++] = path;
}

static int by_bytes(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

bool load_is_folder(const char *path) {
  struct stat what;
  return stat(path, &what) == 0 && S_ISDIR(what.st_mode);
}

static void add_folder(struct list *list, const char *folder, int depth) {
  struct list here = {0};
  DIR *entries = opendir(folder);
  if (!entries) return;
  for (struct dirent *entry; (entry = readdir(entries));)
    if (entry->d_name[0] != '.') add(&here, memory_print("%s/%s", folder, entry->d_name));
  closedir(entries);
  if (here.n) qsort(here.all, here.n, sizeof *here.all, by_bytes);
  for (size_t i = 0; i < here.n; i++) {
    size_t length = strlen(here.all[i]);
    if (load_is_folder(here.all[i])) {
      if (depth < DEEPEST) add_folder(list, here.all[i], depth + 1);
    } else if (length > 4 && strcmp(here.all[i] + length - 4, ".kly") == 0)
      add(list, here.all[i]);
  }
}

const char **load_files_below(const char *folder, size_t *n) {
  struct list list = {0};
  add_folder(&list, folder, 0);
  *n = list.n;
  return list.all;
}

const char **load_files_in(const char *folder, size_t *n) {
  struct list list = {0};
  add_folder(&list, folder, DEEPEST);
  *n = list.n;
  return list.all;
}
