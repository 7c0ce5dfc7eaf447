/* unused.c: names that a pack declares and nothing in it asks for. A library is there for others, so nothing is unused in
 * it. */
#include <string.h>
#include "lang/lint/codes.h"
#include "lang/lint/names.h"
#include "lang/lint/seen.h"

struct usage {
  const struct names *own;
  struct seen used; /* declarations */
};

/* Marks what is named below a node. A name is no use of its own declaration, and no use where it is declared; nor does a
 * test use a parameter because it sets it, nor does a code system use a set of its name. */
static void look(struct usage *usage, const struct node *node, const struct node *declaration) {
  const struct node *child = node->first;
  if (node->kind == NODE_name || node->kind == NODE_word) {
    const struct declared *declared = names_find(usage->own, node->text);
    if (declared && declared->node != declaration) seen_first(&usage->used, declared->node);
    return;
  }
  if (!child || node->kind == NODE_head) return;
  if (node->kind == NODE_part && child->next && child->kind == NODE_word && codes_called(child->text))
    child = child->next;
  if (node->kind == NODE_set && declaration->kind == NODE_test) child = child->next;
  for (; child; child = child->next) look(usage, child, declaration);
}

static const char *message_of(enum node_kind kind) {
  switch (kind) {
  case NODE_events: return N_("the events `%s` are used nowhere in this pack");
  case NODE_codes: return N_("the code set `%s` is used nowhere in this pack");
  case NODE_measure: return N_("the measure `%s` is used nowhere in this pack");
  case NODE_parameter: return N_("the parameter `%s` is used nowhere in this pack");
  case NODE_bands: return N_("the bands `%s` are used nowhere in this pack");
  default: return N_("the definition `%s` is used nowhere in this pack");
  }
}

void lint_unused(const struct lint *lint) {
  struct names own = {0};
  names_add(&own, lint->file, false);
  names_index(&own);
  struct usage usage = {.own = &own};
  if (!own.n) return;
  for (size_t i = 0; i < lint->n_files; i++)
    for (const struct node *node = tree_find(lint->files[i]->tree, NODE_declarations)->first; node; node = node->next)
      for (const struct node *part = node->first; part; part = part->next) look(&usage, part, node);
  for (const struct node *node = tree_find(lint->file->tree, NODE_declarations)->first; node; node = node->next) {
    const struct node *head = node->first, *name = head && head->kind == NODE_head ? head->first : NULL;
    const struct declared *declared = name ? names_find(&own, name->text) : NULL;
    if (!declared || declared->node != node || !seen_first(&usage.used, node)) continue;
    lint_warn(lint, PROBLEM_unused, lint->file->source, name->at,
              "leave it out, or use it; what other packs need stands in a library", message_of(node->kind), name->text);
  }
}
