/* inner.h: what the files of this room share. */
#ifndef KLYNGE_LINT_INNER_H
#define KLYNGE_LINT_INNER_H
#include "lang/lint/lint.h"
#include "lang/memory.h"
#include "runtime/image/words.h"

struct lint {
  const struct program *program;
  struct rule_file *file;            /* the one that is asked about */
  struct rule_file **files;          /* it and all it uses, those that are used first */
  size_t n_files;
  struct problems *problems;
};

/* ── words.c ── */
/* Adds a warning. Hint and format are translated, and {OF} in them is the keyword as the file of the source spells it. */
void lint_warn(const struct lint *lint, enum problem_id id, const struct source *source, struct place at,
               const char *hint, const char *format, ...) __attribute__((format(printf, 6, 7)));
/* Words for a hint, translated and spelt in the same way. */
const char *lint_say(const struct lint *lint, const struct source *source, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A keyword ("MEASURED") as the file of a source spells it, for words of the rule itself. */
const char *lint_keyword(const struct lint *lint, const struct source *source, const char *token);
/* The words of a place on one line, without comments. */
const char *lint_words(const struct source *source, struct place at);
/* Those of an expression as its author wrote it. */
const char *lint_words_of(const struct expr *expr);

/* ── walk.c ── */
typedef void lint_visit(void *context, const struct expr *expr);
/* Visits every expression that the program's declarations are made of, parents first; each definition once. */
void lint_walk(const struct program *program, lint_visit *visit, void *context);
/* As lint_walk, but only what the population and the indicators lead to. */
void lint_walk_reached(const struct program *program, lint_visit *visit, void *context);

/* ── one file for each kind of slip; lint.c says in which order ── */
void lint_allows(const struct lint *lint);      /* allow.c: what authors say is meant */
void lint_codes(const struct lint *lint);       /* codes.c: how codes are written */
void lint_sets(const struct lint *lint);        /* sets.c: what sets are made of */
void lint_limits(const struct lint *lint);      /* limits.c: conditions that rule each other out, or nothing */
void lint_implausible(const struct lint *lint); /* implausible.c: limits beyond what is read */
void lint_neighbours(const struct lint *lint);  /* neighbours.c: classes that leave a value between them, or share it */
void lint_windows(const struct lint *lint);     /* windows.c: windows longer than their measure's */
void lint_unmeasured(const struct lint *lint);  /* unmeasured.c: denominators with patients who lack a measure */
void lint_shadow(const struct lint *lint);      /* shadow.c: names that can be taken for something else */
void lint_unused(const struct lint *lint);      /* unused.c: names that nothing asks for */
void lint_programme(const struct lint *lint);   /* programme.c: the minutes of a meeting */
#endif
