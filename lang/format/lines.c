/* lines.c: which tokens begin a line. A declaration begins one, and so does each of its clauses; the tree tells a clause
 * from a name that is spelt alike. */
#include "lang/format/page.h"

enum { MOST_CLAUSES = 14 };

/* The words that begin a line below a declaration. */
static const struct {
  int declaration, clauses[MOST_CLAUSES];
} lines[] = {
    {TOK_PACK, {TOK_VERSION, TOK_WRITTEN_IN, TOK_USE, TOK_POPULATION, TOK_ABOUT, TOK_GUIDELINE, TOK_CONTACT}},
    {TOK_CODES, {TOK_SOURCE, TOK_REVIEWED}},
    {TOK_MEASURE,
     {TOK_FROM, TOK_PLAUSIBLE, TOK_TIES, TOK_WITHIN, TOK_BETWEEN, TOK_SINCE, TOK_BEFORE, TOK_AFTER, TOK_EVER}},
    {TOK_INDICATOR,
     {TOK_WHERE, TOK_BETTER_LOWER, TOK_BETTER_HIGHER, TOK_AIM, TOK_KNOWN, TOK_ADVICE, TOK_REFLECT, TOK_BY,
      TOK_ADJUST_BY, TOK_LIST, TOK_REPLACES, TOK_MISSING}},
    {TOK_PROGRAMME, {TOK_DURATION, TOK_BLOCK, TOK_BREAK, TOK_PRESENTS, TOK_ABOUT, TOK_REFLECT}},
    {TOK_MEETING,
     {TOK_CLUSTER, TOK_PRACTICES, TOK_ON, TOK_AS_OF, TOK_COMPARED_WITH, TOK_CONSULTANT, TOK_CONTACT, TOK_WITHOUT,
      TOK_SET}},
    {TOK_DATA_SOURCE, {TOK_ONLY_WHERE}},
    {TOK_TEST, {TOK_AS_OF, TOK_SET, TOK_PATIENT, TOK_EXPECT}},
};

static bool begins_clause(int declaration, int token) {
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    if (lines[i].declaration != declaration) continue;
    for (int j = 0; j < MOST_CLAUSES && lines[i].clauses[j]; j++)
      if (lines[i].clauses[j] == token) return true;
  }
  return false;
}

static bool is_kind(int token) {
  return token == TOK_SHARE || token == TOK_COUNT || token == TOK_MEAN_OF || token == TOK_MEDIAN_OF ||
         token == TOK_QUARTILES_OF || token == TOK_RATE_OF;
}

/* A declaration while its items are gone through. */
struct declaration {
  int token;
  size_t depth;  /* of parentheses */
  bool has_kind; /* an indicator: what it counts has been said */
  bool in_block; /* a programme: the lines now belong to a block */
};

/* The indentation of an item of a declaration, or NO_LINE. */
static int indent_of(struct declaration *in, const struct item *item) {
  if (in->depth || item->is_name) return NO_LINE;
  if (in->token == TOK_INDICATOR && !in->has_kind && is_kind(item->token)) {
    in->has_kind = true;
    return 2;
  }
  if (!begins_clause(in->token, item->token)) return NO_LINE;
  if (item->token == TOK_WHERE && (item[-1].token == TOK_SHARE || item[-1].token == TOK_COUNT)) return NO_LINE;
  if (item->token == TOK_REVIEWED && item[-2].token == TOK_SOURCE) return NO_LINE;
  if (item->token == TOK_ONLY_WHERE) return 4;
  if (in->token != TOK_PROGRAMME) return 2;
  if (item->token == TOK_BLOCK || item->token == TOK_BREAK)
    in->in_block = item->token == TOK_BLOCK;
  else if (in->in_block && item->token != TOK_DURATION)
    return 4;
  return 2;
}

static void mark_clauses(struct page *page) {
  struct declaration in = {0};
  for (size_t i = 0; i < page->n; i++) {
    struct item *item = &page->items[i];
    if (item->begins_declaration)
      in = (struct declaration){.token = item->token};
    else if (item->indent == NO_LINE)
      item->indent = indent_of(&in, item);
    if (item->token == '(') in.depth++;
    if (item->token == ')') in.depth--;
  }
}

/* Rows of a patient and files of a data source begin with a name. */
static void mark_names(struct page *page, const struct node *declaration) {
  for (const struct node *child = declaration->first; child; child = child->next) {
    size_t i = page_item_at(page, child->at.from);
    if (child->kind == NODE_file && i < page->n) page->items[i].indent = 2;
    if (child->kind == NODE_row && i < page->n) page->items[i].indent = 4;
    if (child->kind == NODE_patient) mark_names(page, child);
  }
}

static void begin_declaration(struct page *page, size_t i) {
  if (i > page->n) return;
  page->items[i].begins_declaration = true;
  page->items[i].indent = 0;
}

static void mark_plain(struct page *page) {
  size_t begin = page->n;
  for (size_t i = 0; i <= page->n; i++) {
    if (page->items[i].begins_declaration)
      page->items[begin = i].is_plain = true;
    else if (page->items[i].indent != NO_LINE && begin < page->n)
      page->items[begin].is_plain = false;
  }
}

void page_mark_lines(struct page *page, const struct node *file) {
  const struct node *uses = tree_find(file, NODE_uses), *declarations = tree_find(file, NODE_declarations);
  begin_declaration(page, page->n);
  for (const struct node *use = uses->first; use; use = use->next) {
    size_t text = page_item_at(page, use->at.from);
    if (text > 0 && text < page->n) begin_declaration(page, text - 1);
  }
  for (const struct node *one = declarations->first; one; one = one->next) {
    begin_declaration(page, page_item_at(page, one->at.from));
    mark_names(page, one);
  }
  mark_clauses(page);
  mark_plain(page);
}
