/* problem.h: what is wrong with a rule, where, and what to write instead. Problems are collected while the compiler goes
 * on, sorted by place and printed once, at the end. */
#ifndef KLYNGE_PROBLEM_H
#define KLYNGE_PROBLEM_H
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include "lang/source/source.h"

/* One row of problems.def for each kind: problems.def says PROBLEM(id, severity, sentence for the manual). */
enum problem_id {
#define PROBLEM(id, severity, sentence) PROBLEM_##id,
#include "problems.def"
#undef PROBLEM
  N_PROBLEMS
};
enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };

struct problem {
  enum problem_id id;
  const struct source *source;  /* NULL: no place, only a sentence */
  struct place at;
  const char *message, *hint;   /* hint may be NULL */
};

/* All problems of one call of the command. In the collected heap. */
struct problems {
  struct problem *all;
  size_t n, room;
  size_t n_errors, n_warnings;
  size_t n_printed;             /* the first so many have been printed */
  size_t *seen, seen_room;      /* a hash table of indices from 1, to know a problem again */
};

struct problems *problems_open(void);
/* Adds one. `hint` is copied and may be NULL. Both hint and format are translated here, what is put into the format is
 * not. Equal problems at the same place are kept once. What stands between ` and `
 * in the message or the hint is cut to 60 letters, so names belong between them. */
void problem_add(struct problems *problems, enum problem_id id, const struct source *source, struct place at,
                 const char *hint, const char *format, ...) __attribute__((format(printf, 6, 7)));
void problem_add_list(struct problems *problems, enum problem_id id, const struct source *source, struct place at,
                      const char *hint, const char *format, va_list list) __attribute__((format(printf, 6, 0)));
/* Prints all, in the order of files (as first met) and places:
 *     path:line:column: error: message [id]
 *         3 |   the source line
 *           |       ^~~~
 *           = hint
 * Notes and warnings say so in the place of `error`. Of a long line some 100 letters around the place are shown, and of a
 * file with many errors the first 20. Problems less severe than `least` are left out; none is printed twice. */
void problems_print(struct problems *problems, FILE *out, bool colour, enum severity least);
/* Prints the line that holds the beginning of a place, with its number; of a long line the part around it. */
void problem_print_line(const struct source *source, struct place at, FILE *out);
/* Prints what stands below that line: the place underlined, its first letter with `first` and each other with `rest`. The
 * caller ends the line. Gives the column that is reached. */
size_t problem_print_place(const struct source *source, struct place at, const char *first, const char *rest, FILE *out);
/* The stable name of a problem, as shown in brackets. */
const char *problem_name(enum problem_id id);
enum severity problem_severity(enum problem_id id);

/* Of the n words the one spelt most nearly like `word` (a transposition counts one), or NULL where none is near enough
 * to be meant. */
const char *problem_nearest(const char *word, const char *const *words, size_t n);
#endif
