/* file.c: the bytes of one file of the folder.
 *
 * They are read into a window, not mapped: a file that someone shortens meanwhile would end a mapped reading with a
 * signal, mapped pages count as memory of ours, and the difference is small. (Measured on 486 MB in the page cache:
 * 0.05 s to read them in such windows, 0.02 s to map them and look at each byte; understanding them took about 2 s.) */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"

/* What can be read only once, a pipe for one, is read as a whole, for some files have to be looked at twice. */
static bool read_whole(struct csv_file *file) {
  size_t room = 1 << 16;
  file->whole = memory_resize(NULL, room, 1);
  for (;;) {
    if (file->size == room) file->whole = memory_resize(file->whole, room *= 2, 1);
    ssize_t n = read(file->descriptor, file->whole + file->size, room - file->size);
    if (n == 0) return true;
    if (n > 0) file->size += (uint64_t)n;
    else if (errno != EINTR) return false;
  }
}

static enum opened refuse(struct csv *csv, const char *name, enum sentence sentence) {
  csv_fail(csv, name, 0, 0, sentence, strerror(errno), NULL);
  return OPENED_FAILED;
}

static char *path_of(const struct csv *csv, const char *name) {
  size_t length = strlen(csv->folder) + 1 + strlen(name) + 1;
  char *path = memory_take(length, 1);
  snprintf(path, length, "%s/%s", csv->folder, name);
  return path;
}

uint64_t csv_file_size(const struct csv *csv, const char *name) {
  struct stat status;
  char *path = path_of(csv, name);
  bool regular = stat(path, &status) == 0 && S_ISREG(status.st_mode);
  free(path);
  return regular ? (uint64_t)status.st_size : 0;
}

enum opened csv_file_open(struct csv_file *file, struct csv *csv, const char *name) {
  char *path = path_of(csv, name);
  *file = (struct csv_file){.descriptor = open(path, O_RDONLY)};
  int failed = errno;
  free(path);
  errno = failed;
  if (file->descriptor < 0) return errno == ENOENT ? OPENED_MISSING : refuse(csv, name, SENTENCE_cannot_open);
  struct stat status;
  if (fstat(file->descriptor, &status) != 0) return refuse(csv, name, SENTENCE_cannot_open);
  if (S_ISDIR(status.st_mode)) return refuse(csv, name, SENTENCE_is_a_folder);
  file->size = S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
  if (!S_ISREG(status.st_mode) && !read_whole(file)) return refuse(csv, name, SENTENCE_cannot_read);
  return OPENED;
}

int64_t csv_file_read(const struct csv_file *file, uint64_t offset, char *bytes, size_t length) {
  if (file->whole != NULL) {
    uint64_t left = offset < file->size ? file->size - offset : 0;
    size_t n = left < length ? (size_t)left : length;
    memcpy(bytes, file->whole + offset, n);
    return (int64_t)n;
  }
  size_t done = 0;
  while (done < length) {
    ssize_t n = pread(file->descriptor, bytes + done, length - done, (off_t)(offset + done));
    if (n == 0) break;
    if (n > 0) done += (size_t)n;
    else if (errno != EINTR) return -1;
  }
  return (int64_t)done;
}

void csv_file_close(struct csv_file *file) {
  if (file->descriptor >= 0) close(file->descriptor);
  free(file->whole);
}
