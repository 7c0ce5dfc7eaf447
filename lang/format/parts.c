/* parts.c: what only the tree knows of a token. `and` may join conditions or the ends of a `between`, `*` may multiply or
 * end the beginning of a code, `list` may be a clause or a name. */
#include "lang/format/page.h"
#include "lang/memory.h"

struct walk {
  struct page *page;
  size_t level;
};

static struct part *new_part(const struct walk *walk, const struct node *first) {
  struct part *part = NEW(struct part);
  part->level = walk->level;
  part->first = page_item_at(walk->page, first->at.from);
  return part;
}

/* `and` and `or` stand before the condition they join. */
static void mark_joined(const struct walk *walk, const struct node *node) {
  struct part *part = new_part(walk, node->first);
  part->all = true;
  for (const struct node *child = node->first->next; child; child = child->next) {
    size_t i = page_item_at(walk->page, child->at.from);
    if (i > 0 && i < walk->page->n) walk->page->items[i - 1].part = part;
  }
}

/* The item after the comma before a child, whose place may begin a word later; `n` where no comma is there. */
static size_t after_comma(const struct page *page, const struct node *child) {
  size_t i = page_item_at(page, child->at.from);
  for (int back = 0; i < page->n && i > 0 && back < 2; back++, i--)
    if (page->items[i - 1].token == ',') return i;
  return page->n;
}

static void mark_commas(const struct walk *walk, const struct node *list, struct part *part) {
  for (const struct node *child = list->first; child; child = child->next) {
    size_t i = after_comma(walk->page, child);
    if (i < walk->page->n && i > part->first) walk->page->items[i].part = part;
  }
}

/* Of `(a, b, c)` after `at least 2 of`, the first stands before the list in the tree. */
static void mark_list(const struct walk *walk, const struct node *list, const struct node *before) {
  bool follows = list->first && after_comma(walk->page, list->first) < walk->page->n && before;
  struct part *part = new_part(walk, follows ? before : list);
  part->aligned = true;
  mark_commas(walk, list, part);
}

static void mark_choose(const struct walk *walk, const struct node *choose) {
  struct part *part = new_part(walk, choose->first);
  part->all = part->aligned = true;
  mark_commas(walk, choose->first, part);
  mark_commas(walk, choose, part);
}

/* The first word of a code set's part is the system; where rows are read a system is seldom said. */
static void mark_codes(const struct walk *walk, const struct node *codes, bool of_rows) {
  const struct node *first = of_rows || !codes->first->next ? codes->first : codes->first->next;
  struct part *part = new_part(walk, first);
  part->aligned = part->keeps_breaks = true;
  for (const struct node *code = first->next; code; code = code->next) {
    size_t i = page_item_at(walk->page, code->at.from);
    if (i < walk->page->n) walk->page->items[i].part = part;
  }
}

/* What stands after the `=` of a declaration, or after the path of a file, goes to a line of its own before it is broken. */
static void mark_whole(const struct walk *walk, const struct node *declaration, size_t i) {
  if (i >= walk->page->n) return;
  struct part *part = new_part(walk, declaration);
  part->all = true;
  walk->page->items[i].part = part;
}

static size_t after_equals(const struct page *page, const struct node *declaration) {
  size_t i = page_item_at(page, declaration->at.from);
  while (i < page->n && page->items[i].token != '=') i++;
  return i + 1;
}

static void glue(struct page *page, size_t i) {
  if (i < page->n) page->items[i].is_glued = true;
}

static void mark(const struct walk *walk, const struct node *node, const struct node *before,
                 const struct node *parent) {
  struct page *page = walk->page;
  size_t here = page_item_at(page, node->at.from);
  switch (node->kind) {
  case NODE_and:
  case NODE_or: mark_joined(walk, node); break;
  case NODE_list:
    if (node->first) mark_list(walk, node, before);
    break;
  case NODE_names:
  case NODE_claims:
  case NODE_columns:
  case NODE_attributes:
  case NODE_numbers:
  case NODE_members:
  case NODE_mappings:
  case NODE_renamings:
  case NODE_places: mark_list(walk, node, NULL); break;
  case NODE_choose: mark_choose(walk, node); break;
  case NODE_part: mark_codes(walk, node, parent->kind == NODE_from); break;
  case NODE_codes:
  case NODE_define:
  case NODE_bands: mark_whole(walk, node, after_equals(page, node)); break;
  case NODE_file:
    if (tree_find(node, NODE_mappings))
      mark_whole(walk, node, page_item_at(page, tree_find(node, NODE_mappings)->at.from));
    break;
  case NODE_minus:
  case NODE_below:
  case NODE_above: glue(page, here + 1); break;
  case NODE_prefix: glue(page, page_item_at(page, node->at.to - 1)); break;
  case NODE_name:
    if (here < page->n) page->items[here].is_name = true;
    break;
  default: break;
  }
}

/* `of_rows`: the nearest thing above that is no member of a code set is a `from` of a measure. */
static void walk_tree(struct walk *walk, const struct node *node, const struct node *owner) {
  const struct node *before = NULL;
  walk->level++;
  for (const struct node *child = node->first; child; before = child, child = child->next) {
    mark(walk, child, before, owner);
    bool is_member = child->kind == NODE_members || child->kind == NODE_part || child->kind == NODE_except;
    walk_tree(walk, child, is_member ? owner : child);
  }
  walk->level--;
}

void page_mark_parts(struct page *page, const struct node *file) {
  struct walk walk = {page, 0};
  walk_tree(&walk, file, file);
}
