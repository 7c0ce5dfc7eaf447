/* place.c: a file comes to its place whole or not at all. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/ooxml/inner.h"

static bool give_up(char **error) {
  *error = ooxml_sentence("%s", strerror(errno));
  return false;
}

/* The file is there, empty, before a word is written into it; what is its owner's alone is so from the first. */
static bool make_empty(const char *path, enum package_readers readers) {
  mode_t mode = readers == PACKAGE_OWNER_ALONE ? 0600 : 0666;
  int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode);
  if (file < 0) return false;
  bool is_made = readers != PACKAGE_OWNER_ALONE || fchmod(file, mode) == 0;
  return close(file) == 0 && is_made;
}

/* Whether the file's bytes are on the disk. */
static bool sync_file(const char *path) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  bool is_synced = fsync(file) == 0;
  close(file);
  return is_synced;
}

bool package_place(const char *path, enum package_readers readers, package_writer *write, const void *what, char **error) {
  char *beside = ooxml_sentence("%s.%ld.part", path, (long)getpid());
  *error = NULL;
  bool is_made = make_empty(beside, readers);
  bool is_placed = is_made ? write(what, beside, error) : give_up(error);
  if (is_placed && (!sync_file(beside) || rename(beside, path) != 0)) is_placed = give_up(error);
  if (is_made && !is_placed) unlink(beside);
  free(beside);
  return is_placed;
}

bool package_is_whole(const char *path, char **error) {
  struct package *package = package_open(path, error);
  if (package) {
    package_free(package);
    return true;
  }
  free(*error);
  *error = ooxml_sentence("%s", _("it did not become whole: there may be no room for temporary files"));
  return false;
}

struct bytes { const char *all; size_t length; };

static bool write_bytes(const void *what, const char *path, char **error) {
  const struct bytes *bytes = what;
  FILE *file = fopen(path, "wb");
  bool is_written = file && fwrite(bytes->all, 1, bytes->length, file) == bytes->length && fflush(file) == 0;
  int problem = errno;
  if (file && fclose(file) != 0 && is_written) {
    problem = errno;
    is_written = false;
  }
  errno = problem;
  return is_written || give_up(error);
}

bool package_save_bytes(const char *bytes, size_t length, const char *path, char **error) {
  return package_place(path, PACKAGE_READERS_USUAL, write_bytes, &(struct bytes){bytes, length}, error);
}
