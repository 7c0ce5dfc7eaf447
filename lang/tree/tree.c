/* tree.c: build, walk and print the tree. Nodes live in the collected heap; a tree is never changed once it is parsed. */
#include "lang/tree/tree.h"
#include "lang/memory.h"

static const char *const names[N_NODES] = {
#define NODE(kind, name, sentence) [NODE_##kind] = name,
#include "nodes.def"
#undef NODE
};

static struct node *new_node(enum node_kind kind, struct place at) {
  struct node *node = NEW(struct node);
  node->kind = kind;
  node->depth = 1;
  node->at = at;
  return node;
}

struct node *tree_branch(enum node_kind kind, struct place at, int n, struct node *const child[]) {
  struct node *branch = new_node(kind, at);
  if (kind >= NODE_equal && kind <= NODE_exactly) branch->text = names[kind];
  for (int i = 0; i < n; i++) {
    if (child[i]) tree_append(branch, child[i]);
  }
  return branch;
}

struct node *tree_leaf(enum node_kind kind, struct place at, const char *text) {
  struct node *leaf = new_node(kind, at);
  leaf->text = text;
  return leaf;
}

struct node *tree_append(struct node *list, struct node *item) {
  if (list->last) list->last->next = item;
  else list->first = item;
  list->last = item;
  if (item->at.to > list->at.to) list->at.to = item->at.to;
  if (item->depth >= list->depth) list->depth = item->depth + 1;
  return list;
}

const struct node *tree_child(const struct node *node, int n) {
  const struct node *child = node->first;
  for (; child && n > 0; n--) child = child->next;
  return child;
}

const struct node *tree_find(const struct node *node, enum node_kind kind) {
  const struct node *child = node->first;
  while (child && child->kind != kind) child = child->next;
  return child;
}

int tree_count(const struct node *node) {
  int n = 0;
  for (const struct node *child = node->first; child; child = child->next) n++;
  return n;
}

const char *tree_kind_name(enum node_kind kind) { return names[kind]; }

/* A text of several lines is shown on one, so that a node stays a line. */
static void print_text(const char *text, FILE *out) {
  putc(' ', out);
  for (; *text; text++) {
    if (*text == '\n') fputs("\\n", out);
    else putc(*text, out);
  }
}

/* The way down to the node being printed is kept in an array as long as the tree is deep, so that no depth of it can
 * exhaust the stack. */
void tree_print(const struct node *node, FILE *out) {
  const struct node **way = NEW_ARRAY(const struct node *, node->depth);
  unsigned level = 0;
  for (;;) {
    fprintf(out, "%*s(%s", (int)(2 * level), "", names[node->kind]);
    if (node->text && node->text != names[node->kind]) print_text(node->text, out);
    if (node->first) {
      putc('\n', out);
      way[level++] = node;
      node = node->first;
      continue;
    }
    putc(')', out);
    while (level && !node->next) {
      node = way[--level];
      putc(')', out);
    }
    putc('\n', out);
    if (!level) return;
    node = node->next;
  }
}
