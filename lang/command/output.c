#include "lang/command/output.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lang/memory.h"

/* ── what a path names ───────────────────────────────────────────────────────────────────────────────────────────── */

enum { MOST_LINKS = 40, LONGEST_LINK = 4096 };

/* The path that a symbolic link stands for, seen from the folder in which it is; NULL where `path` is none. */
static const char *read_link(const char *path) {
  char target[LONGEST_LINK];
  ssize_t length = readlink(path, target, sizeof target);
  if (length <= 0 || length == (ssize_t)sizeof target) return NULL;
  const char *slash = strrchr(path, '/');
  if (target[0] == '/' || !slash) return memory_copy(target, (size_t)length);
  return memory_print("%.*s%.*s", (int)(slash + 1 - path), path, (int)length, target);
}

/* The place of a file behind the links to it, whether it is there yet or not. */
static const char *follow_links(const char *path) {
  const char *next = path;
  for (int i = 0; next && i < MOST_LINKS; i++) {
    path = next;
    next = read_link(path);
  }
  return path;
}

/* `-o /dev/stdout >file`: the file is open already, and must not be replaced under what writes to it. */
static bool is_standard_output(const struct stat *named) {
  struct stat out;
  return fstat(STDOUT_FILENO, &out) == 0 && out.st_dev == named->st_dev && out.st_ino == named->st_ino;
}

/* ── opening and closing ─────────────────────────────────────────────────────────────────────────────────────────── */

bool output_open(struct output *output, const char *path) {
  struct stat named;
  *output = (struct output){.file = stdout};
  if (!path) return true;
  bool there = stat(path, &named) == 0;
  if (there && is_standard_output(&named)) return true;
  if (there && S_ISDIR(named.st_mode)) {
    errno = EISDIR;
    return false;
  }
  if (there && !S_ISREG(named.st_mode)) {
    output->file = fopen(path, "wb");
    return output->file != NULL;
  }
  output->place = follow_links(path);
  output->beside = memory_print("%s.%ld.part", output->place, (long)getpid());
  output->file = fopen(output->beside, "wbx");
  return output->file != NULL;
}

static bool give_up(const struct output *output, int error) {
  if (output->beside) unlink(output->beside);
  errno = error;
  return false;
}

/* A device or a pipe cannot be synced, and says so. */
static bool is_written(const struct output *output) {
  return fflush(output->file) == 0 && !ferror(output->file) && (!output->place || fsync(fileno(output->file)) == 0);
}

bool output_close(struct output *output) {
  bool written = is_written(output);
  int error = errno;
  if (output->file != stdout && fclose(output->file) != 0 && written) {
    written = false;
    error = errno;
  }
  if (!written) return give_up(output, error);
  if (output->place && rename(output->beside, output->place) != 0) return give_up(output, errno);
  return true;
}

bool output_drop(struct output *output) {
  int error = errno;
  if (output->file != stdout) fclose(output->file);
  return give_up(output, error);
}
