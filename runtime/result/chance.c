/* chance.c: below the rows, what may be said of the differences between practices: each sentence once, with the indicators
 * that it is said of.
 *
 *     The practices differ by more than chance alone gives.
 *           mp1, mp2, mp3
 */
#include <string.h>
#include "runtime/result/table.h"

static const char *sentence_of(const struct table *table, uint32_t i) {
  return table->cluster->spread[table->pack->first_indicator + i];
}

/* Whether an indicator before the i-th has the same sentence, and so has told it. */
static bool is_told(const struct table *table, uint32_t i) {
  for (uint32_t j = 0; j < i; j++)
    if (strcmp(sentence_of(table, j), sentence_of(table, i)) == 0) return true;
  return false;
}

static void write_names(struct table *table, const char *sentence) {
  struct page *page = &table->page;
  uint32_t left = table_name_width(table) + 2;
  page_move(page, left);
  for (uint32_t i = 0, n = 0; i < table->pack->n_indicators; i++) {
    const char *name = table_text(table, table_indicator(table, i)->name);
    if (strcmp(sentence_of(table, i), sentence) != 0) continue;
    if (n++) page_write(page, ",");
    if (page->column + 2 + page_columns(page, name, strlen(name)) > page->width) {
      page_end_line(page);
      page_move(page, left);
    } else if (n > 1)
      page_write(page, " ");
    page_write(page, name);
  }
  page_end_line(page);
}

void table_write_chance(struct table *table) {
  struct page *page = &table->page;
  bool any = false;
  for (uint32_t i = 0; i < table->pack->n_indicators; i++) {
    const char *sentence = sentence_of(table, i);
    if (!*sentence || is_told(table, i)) continue;
    if (!any) page_end_line(page);
    any = true;
    page_write_wrapped(page, sentence);
    page_end_line(page);
    page_style(page, STYLE_DIM);
    write_names(table, sentence);
    page_style(page, STYLE_PLAIN);
  }
}
