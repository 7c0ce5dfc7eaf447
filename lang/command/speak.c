/* speak.c: messages and progress, on standard error. */
#include <stdarg.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "lang/command/command.h"
#include "lang/memory.h"

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

int speak_columns(const char *text) {
  int n = 0;
  for (; *text; text++) n += (*text & 0xC0) != 0x80;
  return n;
}

enum { LINE_WIDTH = 100 };

void speak_wrapped(const char *text, int column, FILE *out) {
  int at = column;
  for (bool begun = false; *text; begun = true) {
    size_t length = strcspn(text, " \n");
    const char *word = memory_copy(text, length);
    int width = speak_columns(word);
    if (begun && at + 1 + width > LINE_WIDTH) {
      fprintf(out, "\n%*s", column, "");
      at = column;
    } else if (begun && at > column) {
      fputc(' ', out);
      at++;
    }
    fputs(word, out);
    at += width;
    text += length;
    if (*text == '\n') {
      fprintf(out, "\n%*s", column, "");
      at = column;
    }
    text += *text != 0;
  }
  fputc('\n', out);
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
