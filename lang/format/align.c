/* align.c: declarations of one line each that stand together and that their author has put in columns stay in columns. */
#include "lang/format/page.h"
#include "lang/memory.h"

/* What may begin a column: `also`, the title, and `=`, or the parenthesis of a table. */
enum { ALSO_COLUMN, TITLE_COLUMN, LAST_COLUMN, N_COLUMNS };

/* A declaration of a run; of a column that it does not have the item is 0. */
struct row {
  size_t begin, columns[N_COLUMNS];
};

bool page_has_gap(const struct page *page, size_t i) {
  int before = page->items[i - 1].token, here = page->items[i].token;
  if (before == '(' || before == '[' || before == '.' || before == TOK_UP_TO) return false;
  if (here == ')' || here == '[' || here == ']' || here == ',' || here == '.' || here == TOK_UP_TO) return false;
  return !page->items[i].is_glued;
}

static bool has_columns(int token) {
  return token == TOK_TABLE || token == TOK_UNIT || token == TOK_EVENTS || token == TOK_CODES ||
         token == TOK_PARAMETER || token == TOK_DEFINE || token == TOK_BANDS;
}

static struct row read_row(const struct page *page, size_t begin) {
  struct row row = {.begin = begin};
  int declaration = page->items[begin].token;
  for (size_t i = begin + 2; i < page->n && !page->items[i].begins_declaration; i++) {
    const struct item *item = &page->items[i];
    if (item->token == TOK_ALSO && !item->is_name && !row.columns[ALSO_COLUMN]) row.columns[ALSO_COLUMN] = i;
    if (item->token == TOK_STRING && declaration != TOK_UNIT) row.columns[TITLE_COLUMN] = i;
    if (item->token != '=' && (item->token != '(' || declaration != TOK_TABLE)) continue;
    row.columns[LAST_COLUMN] = i;
    break;
  }
  return row;
}

/* Whether an author has put more than one blank before an item, to make it stand under another. */
static bool is_spread(const struct page *page, size_t i) {
  size_t blanks = 0;
  for (size_t at = page->items[i - 1].at.to; at < page->items[i].at.from; at++) {
    char byte = page->source->text[at];
    if (byte != ' ' && byte != '\t') return false;
    blanks++;
  }
  return blanks > 1;
}

/* Where an item would begin on a line by itself, with what has been padded so far. */
static size_t begins_at(const struct page *page, size_t begin, size_t i) {
  size_t column = 0;
  for (size_t j = begin; j < i; j++)
    column += page->items[j].width + page_has_gap(page, j + 1) + page->items[j + 1].padding;
  return column;
}

static void align_rows(struct page *page, const struct row *rows, size_t n) {
  bool spread = false;
  for (size_t r = 0; r < n; r++)
    for (int c = 0; c < N_COLUMNS; c++) spread = spread || (rows[r].columns[c] && is_spread(page, rows[r].columns[c]));
  for (int c = 0; spread && c < N_COLUMNS; c++) {
    size_t farthest = 0;
    for (size_t r = 0; r < n; r++) {
      size_t column = rows[r].columns[c] ? begins_at(page, rows[r].begin, rows[r].columns[c]) : 0;
      if (column > farthest) farthest = column;
    }
    for (size_t r = 0; r < n; r++)
      if (rows[r].columns[c])
        page->items[rows[r].columns[c]].padding = farthest - begins_at(page, rows[r].begin, rows[r].columns[c]);
  }
}

/* Whether a declaration goes on the run of the one before it. */
static bool goes_on(const struct page *page, size_t before, size_t begin) {
  const struct item *item = &page->items[begin];
  if (!item->is_plain || item->blank_before || item->token != page->items[before].token) return false;
  return item->n_comments == 0 || (item->n_comments == 1 && !item->comments[0].own_line);
}

void page_align(struct page *page) {
  struct row *rows = NEW_ARRAY(struct row, page->n + 1);
  size_t n = 0;
  for (size_t i = 0; i <= page->n; i++) {
    const struct item *item = &page->items[i];
    if (!item->begins_declaration) continue;
    if (n > 0 && !goes_on(page, rows[n - 1].begin, i)) {
      align_rows(page, rows, n);
      n = 0;
    }
    if (i < page->n && item->is_plain && has_columns(item->token)) rows[n++] = read_row(page, i);
  }
}
