/* tree.h: a rule file as a tree of plain nodes: what was written, where, and nothing that has to be looked up. */
#ifndef KLYNGE_TREE_H
#define KLYNGE_TREE_H
#include <stdio.h>
#include "lang/source/source.h"

enum node_kind {
#define NODE(kind, name, sentence) NODE_##kind,
#include "nodes.def"
#undef NODE
  N_NODES
};

struct node {
  enum node_kind kind;
  unsigned depth;               /* of the deepest leaf below: 1 for a leaf */
  const char *text;             /* of a leaf the words as written (strings without their quotes); of an operator its canonical word; else NULL */
  struct place at;
  struct node *first, *last, *next;
};

/* Builders; n children, the absent (NULL) left out. */
struct node *tree_branch(enum node_kind kind, struct place at, int n, struct node *const child[]);
struct node *tree_leaf(enum node_kind kind, struct place at, const char *text);
/* Adds a child at the end and widens the place; gives the list. */
struct node *tree_append(struct node *list, struct node *item);

/* The n-th child, from 0; NULL past the end. */
const struct node *tree_child(const struct node *node, int n);
/* The first child of a kind, or NULL. */
const struct node *tree_find(const struct node *node, enum node_kind kind);
int tree_count(const struct node *node);
/* The stable name of a kind, as `dump tree` prints it. */
const char *tree_kind_name(enum node_kind kind);
/* Prints a tree, a node a line, two spaces a level: (indicator … */
void tree_print(const struct node *node, FILE *out);
#endif
