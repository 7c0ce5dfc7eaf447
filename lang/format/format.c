/* format.c: source → tokens with comments → layout. What comes out is read again before anybody sees it: a file of rules
 * must never mean something else because its blanks were tidied. */
#include "lang/format/page.h"
#include <assert.h>
#include <string.h>

/* Whether two trees say the same; where things stand does not count. */
static bool is_same(const struct node *a, const struct node *b) {
  if (a->kind != b->kind || !a->text != !b->text || (a->text && strcmp(a->text, b->text) != 0)) return false;
  const struct node *x = a->first, *y = b->first;
  for (; x && y && is_same(x, y); x = x->next, y = y->next) {}
  return !x && !y;
}

static bool reads_as(const struct source *source, const char *text, const struct node *tree) {
  enum language language;
  struct problems *problems = problems_open();
  const struct node *again = parse_source(source_of_text(source->path, text, strlen(text)), problems, &language);
  return !problems->n_errors && is_same(tree, again);
}

const char *format_source(const struct source *source, const enum language *turn_to, struct problems *problems) {
  size_t errors = problems->n_errors;
  enum language language;
  const struct node *tree = parse_source(source, problems, &language);
  if (!tree || problems->n_errors > errors) return NULL;
  struct page page = page_read(source);
  if (turn_to) language = *turn_to;
  page_mark_parts(&page, tree);
  page_mark_lines(&page, tree);
  page_spell(&page, language);
  page_align(&page);
  const char *text = page_lay(&page, language);
  if (reads_as(source, text, tree)) return text;
  assert(language != page.language);
  page_tell_clashes(&page, language, problems);
  return NULL;
}
