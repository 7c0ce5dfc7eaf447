/* print.c: problems as people read them: sorted by file and place, each with its source line and the place underlined. */
#include "lang/problem/order.h"
#include <stdlib.h>
#include <string.h>
#include "lang/memory.h"
#include "runtime/image/words.h"

/* Of a longer line only a window is shown, with some letters before the place and the rest after it. */
enum { LONGEST_LINE = 120, WINDOW = 100, BEFORE_PLACE = 40 };
/* After so many errors in one file the rest is most likely to follow from the first; after so many warnings of one kind
 * their author knows. */
enum { MOST_SHOWN = 20 };

/* Whether a letter would steer the terminal or hide what stands beside it: the control characters of ASCII and Latin-1,
 * the marks without width and those that turn the writing direction (U+200B to U+200F, U+2028 to U+202E, U+2060 to
 * U+206F, U+FEFF). */
static bool is_hidden(const unsigned char *s, size_t letter) {
  if (letter == 1) return s[0] < ' ' || s[0] == 0x7F;
  if (letter == 2) return s[0] == 0xC2 && s[1] < 0xA0;
  if (letter == 3 && s[0] == 0xE2 && s[1] == 0x80) {
    return (s[2] >= 0x8B && s[2] <= 0x8F) || (s[2] >= 0xA8 && s[2] <= 0xAE);
  }
  if (letter == 3 && s[0] == 0xE2 && s[1] == 0x81) return s[2] >= 0xA0 && s[2] <= 0xAF;
  return letter == 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0;
}

/* The letter at s as it can be shown: a tab as a space, so that the underline fits, and what is hidden or no letter at
 * all as U+FFFD. Gives its length. */
static size_t print_letter(const char *s, size_t room, FILE *out) {
  size_t letter = source_letter(s, room);
  if (*s == '\t') putc(' ', out);
  else if (letter && !is_hidden((const unsigned char *)s, letter)) fwrite(s, 1, letter, out);
  else fputs("\xEF\xBF\xBD", out);
  return letter ? letter : 1;
}

static void print_text(const char *text, FILE *out) {
  for (size_t room = strlen(text), step; room; text += step, room -= step) step = print_letter(text, room, out);
}

/* The bytes of the letter at s; one of none counts as a letter too. */
static size_t step_over(const char *s, size_t room) {
  size_t letter = source_letter(s, room);
  return letter ? letter : 1;
}

static size_t count_letters(const char *text, size_t from, size_t to) {
  size_t n = 0;
  for (; from < to; n++) from += step_over(text + from, to - from);
  return n;
}

/* What is shown of a source line around a place. Numbers are of letters in the line, from 0. */
struct view {
  struct place line;
  size_t begin, width;         /* of the place */
  size_t first, last, total;   /* the letters that are shown, and how many there are */
};

static struct view view_of(const struct source *source, struct place at) {
  struct place line = source_line(source, at.from);
  size_t from = at.from < line.from ? line.from : at.from > line.to ? line.to : at.from;
  size_t to = at.to < from ? from : at.to > line.to ? line.to : at.to;
  size_t begin = count_letters(source->text, line.from, from), width = count_letters(source->text, from, to);
  size_t total = begin + width + count_letters(source->text, to, line.to);
  size_t first = 0, last = total;
  if (total > LONGEST_LINE) {
    first = begin > BEFORE_PLACE ? begin - BEFORE_PLACE : 0;
    if (first + WINDOW > total) first = total - WINDOW;
    last = first + WINDOW;
  }
  return (struct view){ line, begin, width, first, last, total };
}

void problem_print_line(const struct source *source, struct place at, FILE *out) {
  struct view view = view_of(source, at);
  size_t number, column, i = view.line.from;
  source_position(source, at.from, &number, &column);
  fprintf(out, "%5zu | %s", number, view.first > 0 ? "…" : "");
  for (size_t n = 0; n < view.last; n++) {
    const char *letter = source->text + i;
    i += n < view.first ? step_over(letter, view.line.to - i) : print_letter(letter, view.line.to - i, out);
  }
  fprintf(out, "%s\n", view.last < view.total ? "…" : "");
}

size_t problem_print_place(const struct source *source, struct place at, const char *first, const char *rest, FILE *out) {
  struct view view = view_of(source, at);
  size_t column = view.begin - view.first + (view.first > 0), n = 1;
  fprintf(out, "      | %*s%s", (int)column, "", first);
  for (; n < view.width && view.begin + n < view.last; n++) fputs(rest, out);
  return sizeof "      | " - 1 + column + n;
}

static void print_problem(const struct problem *problem, bool colour, FILE *out) {
  static const char *const words[] = { N_("error"), N_("warning"), N_("note") };
  static const char *const colours[] = { "\033[31m", "\033[33m", "" };
  enum severity severity = problem_severity(problem->id);
  const char *end = colour ? "\033[0m" : "";
  size_t line = 0, column = 0;
  if (problem->source) {
    source_position(problem->source, problem->at.from, &line, &column);
    fputs(colour ? "\033[1m" : "", out);
    print_text(problem->source->path, out);
    fprintf(out, ":%zu:%zu:%s ", line, column, end);
  }
  fprintf(out, "%s%s:%s ", colour ? colours[severity] : "", _(words[severity]), end);
  print_text(problem->message, out);
  fprintf(out, " [%s]\n", problem_name(problem->id));
  if (problem->source) {
    problem_print_line(problem->source, problem->at, out);
    problem_print_place(problem->source, problem->at, "^", "~", out);
    putc('\n', out);
  }
  if (problem->hint) {
    fputs("      = ", out);
    print_text(problem->hint, out);
    putc('\n', out);
  }
}

static void print_rest(const struct source *source, size_t n, FILE *out) {
  if (n == 0) return;
  if (source) {
    print_text(source->path, out);
    fputs(": ", out);
  }
  fprintf(out, _("… and %zu more\n"), n);
}

static void print_all(const struct entry *entries, size_t n, FILE *out, bool colour) {
  size_t errors = 0, of_kind[N_PROBLEMS] = {0}, rest = 0;
  for (size_t i = 0; i < n; i++) {
    const struct problem *problem = entries[i].problem;
    bool error = problem_severity(problem->id) == SEVERITY_ERROR;
    size_t before = error ? errors++ : of_kind[problem->id]++;
    if (before < MOST_SHOWN)
      print_problem(problem, colour, out);
    else
      rest++;
    if (i + 1 < n && entries[i + 1].file == entries[i].file) continue;
    print_rest(problem->source, rest, out);
    errors = rest = 0;
    memset(of_kind, 0, sizeof of_kind);
  }
}

/* All is put together first: standard error has no buffer of its own, and would take letter after letter. */
void problems_print(struct problems *problems, FILE *out, bool colour, enum severity least) {
  size_t n, length;
  char *text = NULL;
  const struct entry *entries = problems_in_order(problems, problems->n_printed, least, &n);
  FILE *whole = n ? open_memstream(&text, &length) : NULL;
  if (n) print_all(entries, n, whole ? whole : out, colour);
  if (whole) {
    fclose(whole);
    fwrite(text, 1, length, out);
    free(text);
  }
  problems->n_printed = problems->n;
}
