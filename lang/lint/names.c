/* names.c: names collected and looked up. */
#include "lang/lint/names.h"
#include <stdlib.h>
#include <string.h>
#include "lang/memory.h"

static bool has_name(const struct node *node, bool with_indicators) {
  switch (node->kind) {
  case NODE_events:
  case NODE_codes:
  case NODE_measure:
  case NODE_parameter:
  case NODE_define:
  case NODE_bands: return true;
  case NODE_indicator: return with_indicators;
  default: return false;
  }
}

static void add(struct names *names, size_t *room, const struct node *node, const struct node *leaf,
                const struct rule_file *file) {
  if (names->n == *room) {
    *room = *room ? 2 * *room : 64;
    names->all = memory_grow(names->all, *room, sizeof *names->all);
  }
  names->all[names->n++] = (struct declared){leaf->text, node, leaf, file};
}

void names_add(struct names *names, const struct rule_file *file, bool with_indicators) {
  size_t room = names->n;
  for (const struct node *node = tree_find(file->tree, NODE_declarations)->first; node; node = node->next) {
    if (!has_name(node, with_indicators)) continue;
    const struct node *head = tree_child(node, 0), *also = tree_find(head, NODE_also);
    add(names, &room, node, tree_child(head, 0), file);
    if (also) add(names, &room, node, tree_child(also, 0), file);
  }
}

static int by_name(const void *left, const void *right) {
  const struct declared *a = left, *b = right;
  return strcmp(a->name, b->name);
}

void names_sort(struct names *names) {
  if (names->n) qsort(names->all, names->n, sizeof *names->all, by_name);
}

struct declared *names_find(const struct names *names, const char *name) {
  const struct declared wanted = {.name = name};
  return names->n ? bsearch(&wanted, names->all, names->n, sizeof *names->all, by_name) : NULL;
}
