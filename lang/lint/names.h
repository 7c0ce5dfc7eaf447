/* names.h: what the files declare, by name. */
#ifndef KLYNGE_LINT_NAMES_H
#define KLYNGE_LINT_NAMES_H
#include "lang/lint/inner.h"

/* A name and what declares it. One thing may have two names (`also`). */
struct declared {
  const char *name;
  const struct node *node;           /* the declaration */
  const struct node *leaf;           /* the name in it */
  const struct rule_file *file;
};
struct names {
  struct declared *all;              /* in the order of the files */
  size_t n;
  struct declared **slots;           /* by a hash of the name: see names_index */
  uint64_t beginnings;               /* a bit for each pair of first letters: most words of a file are no name of these */
  size_t n_slots;
};

/* The names of values that a file declares (events, code sets, measures, parameters, definitions, bands), and if wanted
 * those of its indicators. */
void names_add(struct names *names, const struct rule_file *file, bool with_indicators);
/* Makes all that was added findable; a hash table, for each word of a file is looked up. */
void names_index(struct names *names);
/* The first declaration with a name, or NULL. */
struct declared *names_find(const struct names *names, const char *name);
#endif
