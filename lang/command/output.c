#include "lang/command/output.h"
#include <errno.h>
#include <unistd.h>
#include "lang/memory.h"

bool output_open(struct output *output, const char *path) {
  *output = (struct output){.file = stdout, .path = path};
  if (!path) return true;
  output->beside = memory_print("%s.%ld.part", path, (long)getpid());
  output->file = fopen(output->beside, "wb");
  return output->file != NULL;
}

static bool give_up(const struct output *output, int error) {
  unlink(output->beside);
  errno = error;
  return false;
}

bool output_close(struct output *output) {
  if (!output->path) return fflush(output->file) == 0 && !ferror(output->file);
  bool written = fflush(output->file) == 0 && !ferror(output->file) && fsync(fileno(output->file)) == 0;
  int error = errno;
  if (fclose(output->file) != 0 && written) {
    written = false;
    error = errno;
  }
  if (!written) return give_up(output, error);
  if (rename(output->beside, output->path) != 0) return give_up(output, errno);
  return true;
}
