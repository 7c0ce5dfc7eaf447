/* marks.c: a rule's own lines with words below them. */
#include <stdlib.h>
#include <string.h>
#include "lang/command/marks.h"

enum { WIDTH = 100, MARGIN = 8 };

size_t marks_width(const char *text) {
  size_t n = 0;
  for (; *text; text++) n += (*text & 0xC0) != 0x80;
  return n;
}

/* The words stand right behind the underline; on a line of their own where they would not fit. */
static void tell_mark(const struct mark *mark, bool colour, FILE *out) {
  const char *sign = mark->is_fine ? "~" : "^";
  size_t width = marks_width(mark->words);
  if (colour) fputs(mark->is_fine ? "\033[32m" : "\033[31m", out);
  size_t column = problem_print_place(mark->source, mark->at, sign, sign, out);
  if (column + 1 + width > WIDTH)
    fprintf(out, "\n      |%*s%s", (int)(width + MARGIN < WIDTH ? WIDTH - MARGIN + 1 - width : 1), "", mark->words);
  else
    fprintf(out, " %s", mark->words);
  fprintf(out, "%s\n", colour ? "\033[0m" : "");
}

static bool on_one_line(const struct mark *a, const struct mark *b) {
  return a->source == b->source && source_line(a->source, a->at.from).from == source_line(b->source, b->at.from).from;
}

/* A line that is too long to be shown whole is shown once for each mark. */
void marks_tell(const struct call *call, const struct source *here, const struct mark *marks, size_t n, FILE *out) {
  bool colour = out == stdout ? call->colour_out : call->colour_err;
  for (size_t i = 0; i < n; i++) {
    const struct mark *mark = &marks[i];
    struct place line = source_line(mark->source, mark->at.from);
    if (mark->source != here) fprintf(out, "      %s\n", mark->source->path);
    here = mark->source;
    if (i == 0 || line.to - line.from > WIDTH || !on_one_line(mark - 1, mark))
      problem_print_line(mark->source, mark->at, out);
    tell_mark(mark, colour, out);
  }
}

static int by_file_and_place(const void *left, const void *right) {
  const struct mark *a = left, *b = right;
  int files = strcmp(a->source->path, b->source->path);
  if (files) return files;
  if (a->at.from != b->at.from) return a->at.from < b->at.from ? -1 : 1;
  if (a->at.to != b->at.to) return a->at.to < b->at.to ? -1 : 1;
  return strcmp(a->words, b->words);
}

void marks_sort(struct mark *marks, size_t n) { qsort(marks, n, sizeof *marks, by_file_and_place); }
