/* outlet.c: a terminal, a pipe or a file, and what each can show. */
#include "lang/command/outlet.h"
#include <langinfo.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_MOST = 100 };

const char *outlet_file(const struct call *call) {
  const char *path = option_value(call, OPTION_output);
  return path && strcmp(path, "-") == 0 ? NULL : path;
}

bool outlet_takes_text(const struct call *call) {
  static const char *const documents[] = {".pptx", ".xlsx", ".docx", ".html", ".htm", ".pdf", ".odt", ".ods", ".odp"};
  const char *path = outlet_file(call), *ending = path ? strrchr(path, '.') : NULL;
  for (size_t i = 0; ending && i < sizeof documents / sizeof *documents; i++) {
    if (strcmp(ending, documents[i]) != 0) continue;
    fail(call, EXIT_USE, "%s is named as a document, and this is a text: klynge report makes slides, workbooks and pages, in a folder",
         path);
    return false;
  }
  return true;
}

static uint32_t terminal_width(void) {
  struct winsize size;
  if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col && size.ws_col < WIDTH_MOST)
    return size.ws_col;
  return WIDTH_MOST;
}

struct outlet outlet_of(const struct call *call) {
  return (struct outlet){.width = terminal_width(),
                         .colour = call->colour_out && !outlet_file(call),
                         .ascii = isatty(STDOUT_FILENO) && strcmp(nl_langinfo(CODESET), "UTF-8") != 0};
}
