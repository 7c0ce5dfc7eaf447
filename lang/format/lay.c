/* lay.c: items to text. A line that fits is left whole. One that does not is broken at its outermost places first, and what
 * is nested deeper only where its part still does not fit. Lines are measured in the language in which they are longer, so
 * that a file has the same lines in both. */
#include "lang/format/page.h"
#include <string.h>
#include "lang/memory.h"

/* How far a list may stand to the right and still be broken under its first item. */
enum { FARTHEST_COLUMN = 48 };

struct sheet {
  struct page *page;
  char *text;
  size_t used, room;
  size_t column, measured; /* what stands on the line so far, as written and in the longer language */
  size_t indent;           /* of the clause's first line */
  bool at_line_begin, begun;
};

static void write_bytes(struct sheet *sheet, const char *bytes, size_t length) {
  if (sheet->used + length >= sheet->room) {
    sheet->room = 2 * sheet->room + length + 4096;
    sheet->text = memory_grow(sheet->text, sheet->room, 1);
  }
  memcpy(sheet->text + sheet->used, bytes, length);
  sheet->used += length;
}

static void write_text(struct sheet *sheet, const char *text) { write_bytes(sheet, text, strlen(text)); }

static void write_blanks(struct sheet *sheet, size_t n) {
  for (size_t i = 0; i < n; i++) write_text(sheet, " ");
  sheet->column += n;
}

/* The first line of a page has no empty line before it, but for that which parts it from the language. */
static void begin_line(struct sheet *sheet, size_t indent, size_t measured, bool after_blank) {
  if (sheet->used) write_text(sheet, "\n");
  if (sheet->begun && after_blank) write_text(sheet, "\n");
  sheet->begun = true;
  sheet->column = 0;
  write_blanks(sheet, indent);
  sheet->measured = measured;
  sheet->at_line_begin = true;
}

static void write_comment(struct sheet *sheet, const struct comment *comment) {
  write_bytes(sheet, sheet->page->source->text + comment->at.from, comment->at.to - comment->at.from);
}

/* ── inside a line ───────────────────────────────────────────────────────────────────────────────────────────────── */

static size_t gap(const struct sheet *sheet, size_t i) {
  return page_has_gap(sheet->page, i) + sheet->page->items[i].padding;
}

static bool is_kept_break(const struct item *item) {
  return item->part && item->part->keeps_breaks && item->broken_before;
}

/* Whether the items up to `to`, the last one not counted, can go on this line. */
static bool fits(const struct sheet *sheet, size_t from, size_t to) {
  size_t measured = sheet->measured + (sheet->at_line_begin ? 0 : gap(sheet, from)) + sheet->page->items[from].width;
  for (size_t i = from + 1; i < to && measured <= WIDEST_LINE; i++) {
    const struct item *item = &sheet->page->items[i];
    if (item->n_comments || is_kept_break(item)) return false;
    measured += gap(sheet, i) + item->width;
  }
  return measured <= WIDEST_LINE;
}

/* A comment between two items of a line breaks it. */
static void write_comments_inside(struct sheet *sheet, const struct item *item, size_t indent) {
  for (size_t i = 0; i < item->n_comments; i++) {
    if (item->comments[i].own_line)
      begin_line(sheet, indent, indent, false);
    else
      write_text(sheet, "  ");
    write_comment(sheet, &item->comments[i]);
  }
}

static void break_before(struct sheet *sheet, size_t i) {
  const struct item *item = &sheet->page->items[i];
  size_t indent = sheet->indent + 4, measured = indent;
  if (item->part) {
    const struct item *first = &sheet->page->items[item->part->first];
    if (!item->part->aligned)
      measured = indent = first->line_indent + 2;
    else if (first->measured <= FARTHEST_COLUMN)
      indent = first->column, measured = first->measured;
  }
  write_comments_inside(sheet, item, indent);
  begin_line(sheet, indent, measured, false);
}

static void put(struct sheet *sheet, size_t i) {
  struct item *item = &sheet->page->items[i];
  if (!sheet->at_line_begin && item->n_comments) break_before(sheet, i);
  if (!sheet->at_line_begin) {
    sheet->measured += gap(sheet, i);
    write_blanks(sheet, gap(sheet, i));
  }
  item->line_indent = sheet->at_line_begin ? sheet->column : item[-1].line_indent;
  item->column = sheet->column;
  item->measured = sheet->measured;
  sheet->at_line_begin = false;
  const char *lines = NULL;
  if (item->token == TOK_STRING && strchr(item->words, '\n'))
    lines = words_of_lines(sheet->page->source, item->at, sheet->indent + 2);
  write_text(sheet, lines ? lines : item->words);
  sheet->column += words_width(item->words, strlen(item->words));
  sheet->measured += item->width;
  if (lines) sheet->column = sheet->measured = sheet->indent + 5;
}

/* The part of the outermost places where the items up to `to` may be broken. */
static const struct part *outermost(const struct sheet *sheet, size_t from, size_t to) {
  const struct part *found = NULL;
  for (size_t i = from + 1; i < to; i++) {
    const struct part *part = sheet->page->items[i].part;
    if (part && (!found || part->level < found->level)) found = part;
  }
  return found;
}

static void lay(struct sheet *sheet, size_t from, size_t to) {
  const struct part *part = fits(sheet, from, to) ? NULL : outermost(sheet, from, to);
  if (!part) {
    for (size_t i = from; i < to; i++) put(sheet, i);
    return;
  }
  for (size_t begin = from, end; begin < to; begin = end) {
    for (end = begin + 1; end < to && sheet->page->items[end].part != part; end++) {}
    const struct item *item = &sheet->page->items[begin];
    if (begin > from && (part->all || item->n_comments || is_kept_break(item) || !fits(sheet, begin, end)))
      break_before(sheet, begin);
    lay(sheet, begin, end);
  }
}

/* ── lines ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* How many of the comments before a declaration belong to the one above it: those at the ends of its lines, and those that
 * are indented below it. */
static size_t comments_above(const struct item *item) {
  size_t n = 0;
  while (n < item->n_comments &&
         (!item->comments[n].own_line || (item->comments[n].indented && !item->comments[n].blank_before)))
    n++;
  return n;
}

/* Declarations stand apart, but for those of one line each that their author has kept together. */
static bool wants_blank(const struct item *item, const struct item *before) {
  if (item->token == 0) return false;
  for (size_t i = 0; i < item->n_comments; i++)
    if (item->comments[i].blank_before) return false;
  return !item->is_plain || !before->is_plain || (before->token == TOK_USE) != (item->token == TOK_USE);
}

/* Comments before a line, then its indentation. `before` begins the declaration before, if this line begins one. */
static void write_line_begin(struct sheet *sheet, const struct item *item, const struct item *before) {
  size_t indent = (size_t)item->indent;
  size_t above = before ? comments_above(item) : 0;
  bool blank_due = before && wants_blank(item, before);
  for (size_t i = 0; i < item->n_comments; i++) {
    const struct comment *comment = &item->comments[i];
    if (comment->own_line || !sheet->begun) {
      begin_line(sheet, i < above ? 2 : indent, 0, comment->blank_before || (blank_due && i >= above));
      if (i >= above) blank_due = false;
    } else {
      write_text(sheet, "  ");
    }
    write_comment(sheet, comment);
  }
  if (item->token) begin_line(sheet, indent, indent, item->blank_before || blank_due);
}

static size_t next_line(const struct page *page, size_t i) {
  do i++;
  while (i < page->n && page->items[i].indent == NO_LINE);
  return i;
}

const char *page_lay(struct page *page, enum language language) {
  struct sheet sheet = {.page = page};
  const struct item *before = NULL;
  if (language == DANISH) write_text(&sheet, "language da\n");
  for (size_t i = 0; i <= page->n; i = next_line(page, i)) {
    const struct item *item = &page->items[i];
    write_line_begin(&sheet, item, item->begins_declaration ? before : NULL);
    if (item->begins_declaration) before = item;
    if (i == page->n) break;
    sheet.indent = (size_t)item->indent;
    lay(&sheet, i, next_line(page, i));
  }
  if (sheet.begun) write_text(&sheet, "\n");
  write_bytes(&sheet, "", 1);
  return sheet.text;
}
