/* speak.c: messages and progress, on standard error. */
#include <stdarg.h>
#include <time.h>
#include <unistd.h>
#include "lang/command/command.h"

int fail(const struct call *call, enum exit_code code, const char *format, ...) {
  va_list args;
  fflush(stdout);
  fprintf(stderr, "klynge%s%s: ", call->verb ? " " : "", call->verb ? call->verb->name : "");
  va_start(args, format);
  vfprintf(stderr, _(format), args);
  va_end(args);
  fputc('\n', stderr);
  return code;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

struct progress progress_of(const struct call *call, const char *what) {
  return (struct progress){call, what, now(), -1};
}

void progress_show(void *context, uint64_t done, uint64_t all) {
  struct progress *progress = context;
  if (progress->call->quiet || !isatty(STDERR_FILENO) || now() - progress->began < 1.0 || !all) return;
  int percent = (int)(100.0 * (double)done / (double)all);
  if (percent == progress->shown) return;
  progress->shown = percent;
  fprintf(stderr, "\r%s %3d %%", progress->what, percent);
  fflush(stderr);
}

void progress_clear(struct progress *progress) {
  if (progress->shown >= 0) fputs("\r\033[K", stderr);
}
