/* marks.h: a rule's own lines with words below them, each under the place it is about. */
#ifndef KLYNGE_MARKS_H
#define KLYNGE_MARKS_H
#include "lang/command/command.h"

struct mark {
  const struct source *source;
  struct place at;
  const char *words;
  bool is_fine;                /* underlined with ~, in green on a terminal; else with ^, in red */
};
/* Prints n marks in their order, in colour where the stream shows it. Those on one line stand below it together; the path of a file is told before its lines,
 * but that of `here`, whose lines need none. */
void marks_tell(const struct call *call, const struct source *here, const struct mark *marks, size_t n, FILE *out);
/* Sorts marks by file and place, for marks_tell. */
void marks_sort(struct mark *marks, size_t n);
/* How many columns a text takes. */
size_t marks_width(const char *text);
#endif
