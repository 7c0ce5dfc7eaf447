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
  const char *mended;           /* the words that mend it, put in its place; NULL where no one can tell */
  bool silenced;                /* by its author or the command line */
  bool is_counted;              /* of an unknown name: the hint says how often it comes again */
};

/* All problems of one call of the command. In the collected heap. */
struct problems {
  struct problem *all;
  size_t n, room;
  size_t n_errors, n_warnings;
  size_t n_printed;             /* the first so many have been printed */
  size_t newest;                /* the one that was added last, also where it was there already */
  size_t *seen, seen_room;      /* a hash table of indices from 1, to know a problem again */
  struct allow *allows;         /* what authors allow in their files */
  size_t n_allows;
  bool allows_sorted;
  bool allowed[N_PROBLEMS];     /* everywhere */
  size_t n_settled;             /* of the first so many it is known whether they are allowed */
};

struct problems *problems_open(void);
/* Adds one. `hint` is copied and may be NULL. Both hint and format are translated here, what is put into the format is
 * not. Equal problems at the same place are kept once. What stands between ` and `
 * in the message or the hint is cut to 60 letters, so names belong between them. */
void problem_add(struct problems *problems, enum problem_id id, const struct source *source, struct place at,
                 const char *hint, const char *format, ...) __attribute__((format(printf, 6, 7)));
void problem_add_list(struct problems *problems, enum problem_id id, const struct source *source, struct place at,
                      const char *hint, const char *format, va_list list) __attribute__((format(printf, 6, 0)));
/* Says of the problem that was added last which words, put in the place of its own, mend it. */
void problem_mend(struct problems *problems, const char *words);
/* Prints all, in the order of files (as first met) and places:
 *     path:line:column: error: message [id]
 *         3 |   the source line
 *           |       ^~~~
 *           = hint
 * Notes and warnings say so in the place of `error`. Of a long line some 100 letters around the place are shown, and of a
 * file with many errors the first 20, of one with many warnings the first 20 of each kind. Problems less severe than
 * `least` are left out; none is printed twice. */
void problems_print(struct problems *problems, FILE *out, bool colour, enum severity least);
/* ── json.c, sarif.c: the same for programs; whole, whatever has been printed before. Message and hint are in the language
 * of the call, all else is the same in every language ── */
/* An array of {id, severity, file, line, column, end_line, end_column, message, hint, fix}. Columns count letters from 1,
 * end_column is the one behind the place; `fix` is what to put in that place, or null. */
void problems_print_json(struct problems *problems, FILE *out, enum severity least);
/* SARIF 2.1.0, with a rule for each kind of problem there is. */
void problems_print_sarif(struct problems *problems, FILE *out, enum severity least, const char *language,
                          const char *version);
/* Prints the line that holds the beginning of a place, with its number; of a long line the part around it. */
void problem_print_line(const struct source *source, struct place at, FILE *out);
/* Prints what stands below that line: the place underlined, its first letter with `first` and each other with `rest`. The
 * caller ends the line. Gives the column that is reached. */
size_t problem_print_place(const struct source *source, struct place at, const char *first, const char *rest, FILE *out);

/* ── allow.c: what is meant. Only warnings and notes can be silenced ── */
/* An author allows problems of this kind that begin within `about`; `at` is where the author says so. */
void problem_allow(struct problems *problems, enum problem_id id, const struct source *source, struct place at,
                   struct place about);
void problem_allow_everywhere(struct problems *problems, enum problem_id id);
/* Silences what is allowed of all that was added; printing does so too. */
void problems_silence(struct problems *problems);
/* Warns of what is allowed and did not happen. For the end, when all files have been looked at. */
void problems_tell_unused(struct problems *problems);
/* The kind of problem with this name; false where there is none. */
bool problem_find(const char *name, enum problem_id *id);
/* The name of a warning or note that is spelt most nearly like this, or NULL. */
const char *problem_nearest_silent(const char *name);

/* The stable name of a problem, as shown in brackets. */
const char *problem_name(enum problem_id id);
enum severity problem_severity(enum problem_id id);

/* Whether two words differ in capital letters at most. */
bool problem_is_same(const char *word, const char *other);
/* Of the n words the one spelt most nearly like `word` (a transposition counts one), or NULL where none is near enough
 * to be meant. */
const char *problem_nearest(const char *word, const char *const *words, size_t n);
#endif
