/* legend.c: above the practices in what their figures are, and below them what the cells mean that are no such
 * figure. */
#include "runtime/result/table.h"
#include <string.h>
#include "runtime/image/words.h"

static uint32_t columns_of(const struct table *table, const char *text) {
  return page_columns(&table->page, text, strlen(text));
}

/* One more in a list that goes on over as many lines as it needs, the later ones under `left`. */
static void write_item(struct table *table, const char *joint, const char *item, uint32_t left) {
  struct page *page = &table->page;
  page_write(page, joint);
  if (page->column > left && page->column + 1 + columns_of(table, item) + 1 > page->width) {
    page_end_line(page);
    page_move(page, left);
  } else
    page_write(page, " ");
  page_write_wrapped(page, item);
}

/* ── above ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* In what the figures of an indicator are that is no share: "level in mmol/mol". */
static void print_unit(const struct table *table, const struct image_indicator *indicator, char out[TABLE_TEXT]) {
  const char *name = table_text(table, indicator->name);
  char per[64];
  page_decimal(&table->page, indicator->per, 0, 0, per);
  if (indicator->kind == KIND_COUNT)
    snprintf(out, TABLE_TEXT, _("%s as a number of patients"), name);
  else if (indicator->kind == KIND_RATE)
    snprintf(out, TABLE_TEXT, _("%s per %s patients"), name, per);
  else if (indicator->unit == IMAGE_NONE)
    snprintf(out, TABLE_TEXT, _("%s as a number"), name);
  else
    snprintf(out, TABLE_TEXT, _("%s in %s"), name, table_text(table, indicator->unit));
}

void table_write_units(struct table *table) {
  struct page *page = &table->page;
  uint32_t n_shares = 0, n = 0;
  for (uint32_t i = 0; i < table->pack->n_indicators; i++)
    n_shares += table_indicator(table, i)->kind == KIND_SHARE;
  page_write(page, n_shares ? _("Practices, per cent") : _("Practices:"));
  for (uint32_t i = 0; i < table->pack->n_indicators; i++) {
    const struct image_indicator *indicator = table_indicator(table, i);
    char item[TABLE_TEXT];
    if (indicator->kind == KIND_SHARE)
      continue;
    print_unit(table, indicator, item);
    write_item(table, n++ > 0 ? "," : n_shares > 0 ? ";" : "", item, 2);
  }
  page_end_line(page);
}

/* ── below ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_cells(struct table *table, const bool occurs[N_TABLE_CELLS]) {
  struct page *page = &table->page;
  const struct { enum table_cell cell; const char *text; } rows[] = {
    {TABLE_CELL_FEW, _("2/3: fewer than 10 patients, so the count itself")},
    {TABLE_CELL_FEW_VALUES, _("n=4: fewer than 10 patients, so only how many")},
    {TABLE_CELL_NOBODY, _("–: nobody to count")},
    {TABLE_CELL_UNKNOWN, _("?: unknown for all")}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    if (!occurs[rows[i].cell])
      continue;
    if (page->column > 0 && page->column + 3 + columns_of(table, rows[i].text) > page->width)
      page_end_line(page);
    if (page->column > 0)
      page_move(page, page->column + 3);
    page_write(page, rows[i].text);
  }
  if (page->column > 0)
    page_end_line(page);
}

static const struct image_cell *last_cell(const struct table *table, const struct image_indicator *indicator) {
  return &table->result->image->cells[indicator->first_cell + indicator->n_cells - 1];
}

/* The titles of strata, with commas between them: a column has none, and is called by its name. */
static void print_strata(const char *titles, char out[TABLE_TEXT]) {
  char one[TABLE_TEXT];
  int written = 0;
  for (const char *joint = ""; *titles && written < TABLE_TEXT; joint = ", ") {
    size_t length = strcspn(titles, ",");
    snprintf(one, sizeof one, "%.*s", (int)length, titles);
    written += snprintf(out + written, (size_t)(TABLE_TEXT - written), "%s%s", joint, table_say_column(one));
    titles += length;
    titles += strspn(titles, ", ");
  }
}

/* What is adjusted, and for what: "mp1 by Age, sex". */
static void write_adjusted(struct table *table) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < table->pack->n_indicators; i++) {
    const struct image_indicator *indicator = table_indicator(table, i);
    char item[TABLE_TEXT], strata[TABLE_TEXT] = "";
    if (last_cell(table, indicator)->role != CELL_ADJUST)
      continue;
    if (n == 0)
      page_write_wrapped(&table->page,
                         _("adjusted: the figure of a practice if its patients were distributed as the cluster's:"));
    print_strata(table_text(table, last_cell(table, indicator)->title), strata);
    snprintf(item, sizeof item, _("%s by %s"), table_text(table, indicator->name), strata);
    write_item(table, n++ ? ";" : "", item, 2);
  }
  if (n > 0)
    page_end_line(&table->page);
}

void table_write_cell_legend(struct table *table, const bool occurs[N_TABLE_CELLS]) {
  bool has_any = false;
  for (int cell = TABLE_CELL_FIGURE + 1; cell < N_TABLE_CELLS; cell++)
    has_any |= occurs[cell];
  for (uint32_t i = 0; i < table->pack->n_indicators; i++)
    has_any |= last_cell(table, table_indicator(table, i))->role == CELL_ADJUST;
  if (!has_any)
    return;
  page_end_line(&table->page);
  page_style(&table->page, STYLE_DIM);
  write_cells(table, occurs);
  write_adjusted(table);
  page_style(&table->page, STYLE_PLAIN);
}
