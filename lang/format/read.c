/* read.c: tokens, and what stands between them: comments, and the empty and broken lines that an author has chosen. */
#include "lang/format/page.h"
#include <string.h>
#include "lang/memory.h"

struct comments {
  struct comment *all;
  size_t n, room;
};

static void add_comment(struct comments *comments, struct comment comment) {
  if (comments->n == comments->room) {
    comments->room = 2 * comments->room + 4;
    comments->all = memory_grow(comments->all, comments->room, sizeof *comments->all);
  }
  comments->all[comments->n++] = comment;
}

/* A comment without the blanks after it. */
static struct place comment_at(const struct source *source, size_t from, size_t end) {
  const char *stop = memchr(source->text + from, '\n', end - from);
  size_t to = stop ? (size_t)(stop - source->text) : end;
  while (to > from && strchr(" \t\r", source->text[to - 1])) to--;
  return (struct place){from, to};
}

/* Reads what stands between two tokens. Two line ends with only blanks between them are an empty line. */
static void read_gap(const struct source *source, size_t from, struct item *item, struct comments *comments) {
  size_t lines = 0, line = from;
  bool begun = from > source->lines[0];
  for (size_t i = from; i < item->at.from; i++) {
    char byte = source->text[i];
    if (byte == '\n') {
      lines++;
      line = i + 1;
    } else if (byte == '#') {
      struct place at = comment_at(source, i, item->at.from);
      add_comment(
          comments,
          (struct comment){.at = at, .own_line = lines > 0 || !begun, .blank_before = lines > 1, .indented = i > line});
      while (i + 1 < item->at.from && source->text[i + 1] != '\n') i++;
      begun = true;
      lines = 0;
    }
  }
  item->broken_before = lines > 0;
  item->blank_before = lines > 1;
}

/* The line that names the language is written anew at the top of the page, whatever stood beside it: its two items go,
 * and their comments stand on lines of their own before what follows. */
static void drop_language(struct page *page) {
  if (page->n < 2 || page->items[0].token != TOK_LANGUAGE) return;
  struct comments comments = {0};
  for (size_t i = 0; i < 3; i++)
    for (size_t j = 0; j < page->items[i].n_comments; j++) {
      struct comment comment = page->items[i].comments[j];
      comment.own_line = true;
      add_comment(&comments, comment);
    }
  page->items += 2;
  page->n -= 2;
  page->items[0].comments = comments.all;
  page->items[0].n_comments = comments.n;
}

struct page page_read(const struct source *source) {
  struct page page = {.source = source};
  const struct token *tokens = parse_tokens(source, problems_open(), &page.language, &page.n);
  page.items = NEW_ARRAY(struct item, page.n + 1);
  size_t from = source->lines[0];
  for (size_t i = 0; i <= page.n; i++) {
    struct item *item = &page.items[i];
    struct comments comments = {0};
    item->at = i < page.n ? tokens[i].at : (struct place){source->length, source->length};
    item->token = i < page.n ? tokens[i].kind : 0;
    item->indent = NO_LINE;
    read_gap(source, from, item, &comments);
    item->comments = comments.all;
    item->n_comments = comments.n;
    from = item->at.to;
  }
  drop_language(&page);
  return page;
}

size_t page_item_at(const struct page *page, size_t offset) {
  size_t low = 0, high = page->n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (page->items[middle].at.from < offset)
      low = middle + 1;
    else
      high = middle;
  }
  return low < page->n && page->items[low].at.from == offset ? low : page->n;
}
