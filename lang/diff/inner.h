/* inner.h: what the files of this room share. */
#ifndef KLYNGE_DIFF_INNER_H
#define KLYNGE_DIFF_INNER_H
#include <stdlib.h>
#include "lang/diff/diff.h"

struct declared {
  enum node_kind kind;
  const char *name, *also;
  const struct node *node;         /* the declaration; of the population its condition */
  const struct source *source;
  const struct declared **parts;   /* what it is made of, directly and through others, once somebody asks */
  size_t n_parts;
  bool parts_known;
};
struct version { struct declared *all; size_t n; };

struct declared *declared_find(const struct version *version, enum node_kind kind, const char *name);
/* Whether a declaration is made of the one with this name. */
bool declared_has(const struct version *version, struct declared *declared, const char *name);
/* The tree as it is printed: equal trees are equal texts. */
char *tree_words(const struct node *node);
#endif
