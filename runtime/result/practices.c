/* practices.c: every practice's shares, so that each can find itself.
 *
 *                cluster    A    B    C            one column for each practice, in as many panels as the width asks for
 *     patients     1,184   52   61   48
 *     mp1             45   44   39  2/3            per cent; of fewer than 10 patients the count itself
 *       of           512   50   58    3            where it is not the population
 *       unknown       12    1    –    2            where anything is unknown
 */
#include "runtime/result/table.h"
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"

#define LABEL_MOST 24
#define CELL_LEAST 3  /* 100, 2/3, <1 */

/* The practices that have a column, and where the columns stand; a cell is its width and the blank before it. */
struct panels { uint32_t *shown, n_shown, cluster_end, cell, per_panel; };

static const char *label_of(const struct table *table, uint32_t practice) {
  const char *label = table->cluster->practices[practice].label;
  return *label ? label : page_word_of(&table->page, WORD_no_name);
}

/* A share in three columns. It is never rounded to none or all where some are or are not. */
static void print_share(const struct result_figure *figure, char out[32]) {
  uint64_t n = figure->numerator, of = figure->denominator;
  if (of == 0)
    strcpy(out, "–");
  else if (figure->unknown == of)
    strcpy(out, "?");
  else if (of < TABLE_FEW)
    snprintf(out, 32, "%u/%u", figure->numerator, figure->denominator);
  else {
    unsigned per_cent = (unsigned)((200 * n + of) / (2 * of));
    if (per_cent == 0 && n > 0)
      strcpy(out, "<1");
    else if (per_cent == 100 && n < of)
      strcpy(out, ">99");
    else
      snprintf(out, 32, "%u", per_cent);
  }
}

/* The lines of the panels, and what each says of a figure. */
enum line { LINE_PATIENTS, LINE_SHARE, LINE_OF, LINE_UNKNOWN };

static void print_cell(const struct page *page, enum line line, const struct result_figure *figure, char out[32]) {
  switch (line) {
    case LINE_PATIENTS: page_number(page, figure->population, out); break;
    case LINE_SHARE:    print_share(figure, out); break;
    case LINE_OF:       page_number(page, figure->denominator, out); break;
    case LINE_UNKNOWN:  page_number(page, figure->unknown, out); break;
  }
}

static void write_line(struct table *table, const struct panels *panels, enum line line,
                       const struct result_figure *figures, uint32_t first, uint32_t last) {
  struct page *page = &table->page;
  char cell[32];
  print_cell(page, line, &figures[table->cluster->n_practices], cell);
  page_write_right(page, cell, panels->cluster_end);
  for (uint32_t i = first; i < last; i++) {
    print_cell(page, line, &figures[panels->shown[i]], cell);
    page_write_right(page, cell, panels->cluster_end + (i - first + 1) * panels->cell);
  }
  page_style(page, STYLE_PLAIN);
  page_end_line(page);
}

static void write_labels(struct table *table, const struct panels *panels, uint32_t first, uint32_t last) {
  struct page *page = &table->page;
  page_style(page, STYLE_BOLD);
  page_write_right(page, page_word_of(page, table_word_for_all(table)), panels->cluster_end);
  for (uint32_t i = first; i < last; i++) {
    const char *label = label_of(table, panels->shown[i]);
    uint32_t columns = page_columns(page, label, strlen(label));
    uint32_t end = panels->cluster_end + (i - first + 1) * panels->cell;
    page_move(page, end - (columns < LABEL_MOST ? columns : LABEL_MOST));
    page_write_cut(page, label, LABEL_MOST);
  }
  page_style(page, STYLE_PLAIN);
  page_end_line(page);
}

/* The shown practices first … last − 1. */
static void write_panel(struct table *table, const struct panels *panels, uint32_t first, uint32_t last) {
  struct page *page = &table->page;
  write_labels(table, panels, first, last);
  page_style(page, STYLE_DIM);
  page_word(page, WORD_patients);
  write_line(table, panels, LINE_PATIENTS, table_figures(table, 0), first, last);
  for (uint32_t i = 0; i < table->pack->n_indicators; i++) {
    const struct image_indicator *indicator = table_indicator(table, i);
    const struct result_figure *figures = table_figures(table, i);
    page_write_cut(page, table_text(table, indicator->name), table_name_width(table));
    write_line(table, panels, LINE_SHARE, figures, first, last);
    if (indicator->denominator != IMAGE_NONE) {
      page_move(page, 2);
      page_style(page, STYLE_DIM);
      page_word(page, WORD_from_n);
      write_line(table, panels, LINE_OF, figures, first, last);
    }
    if (figures[table->cluster->n_practices].unknown > 0) {
      page_move(page, 2);
      page_style(page, STYLE_DIM);
      page_word(page, WORD_unknowns);
      write_line(table, panels, LINE_UNKNOWN, figures, first, last);
    }
  }
}

/* As few panels as the width allows, and as many practices in each. The caller frees `shown`. */
static struct panels plan_panels(const struct table *table) {
  const struct page *page = &table->page;
  const struct result_cluster *cluster = table->cluster;
  const struct result_figure *figures = table_figures(table, 0);
  struct panels panels = {.shown = memory_take(cluster->n_practices, sizeof *panels.shown)};
  char number[32];
  uint32_t cell = CELL_LEAST;
  for (uint32_t i = 0; i < cluster->n_practices; i++) {
    if (figures[i].population == 0)
      continue;
    panels.shown[panels.n_shown++] = i;
    const char *label = label_of(table, i);
    uint32_t columns = page_columns(page, label, strlen(label));
    page_number(page, figures[i].population, number);
    columns = columns > LABEL_MOST ? LABEL_MOST : columns;
    columns = columns > strlen(number) ? columns : (uint32_t)strlen(number);
    cell = columns > cell ? columns : cell;
  }
  const char *patients = page_word_of(page, WORD_patients), *whole = page_word_of(page, table_word_for_all(table));
  uint32_t name = table_name_width(table), head = page_columns(page, patients, strlen(patients));
  uint32_t width = page_columns(page, whole, strlen(whole));
  page_number(page, table_population(table), number);
  width = width > strlen(number) ? width : (uint32_t)strlen(number);
  panels.cell = cell + 1;
  panels.cluster_end = (name > head ? name : head) + 2 + width;
  uint32_t most = page->width > panels.cluster_end + panels.cell ? (page->width - panels.cluster_end) / panels.cell : 1;
  uint32_t n_panels = (panels.n_shown + most - 1) / most;
  panels.per_panel = n_panels ? (panels.n_shown + n_panels - 1) / n_panels : 1;
  return panels;
}

/* Those who have nobody in the population would each be a column of dashes: they share a line. */
static void write_empty(struct table *table) {
  struct page *page = &table->page;
  const struct result_figure *figures = table_figures(table, 0);
  uint32_t n = 0, left = 0;
  for (uint32_t i = 0; i < table->cluster->n_practices; i++) {
    if (figures[i].population > 0)
      continue;
    const char *label = label_of(table, i);
    if (n++ == 0) {
      page_word(page, WORD_nobody_there);
      left = page->column + 1;
    } else
      page_write(page, ",");
    if (page->column + 2 + page_columns(page, label, strlen(label)) > page->width && page->column > left)
      page_end_line(page);
    page_move(page, page->column > 0 ? page->column + 1 : left);
    page_write_cut(page, label, page->width - left);
  }
  if (n > 0)
    page_end_line(page);
}

/* What the cells that are not per cent mean, where there are such. */
static void write_legend(struct table *table) {
  struct page *page = &table->page;
  bool fraction = false, nobody = false, all_unknown = false;
  for (uint32_t i = 0; i < table->pack->n_indicators; i++)
    for (uint32_t j = 0; j <= table->cluster->n_practices; j++) {
      const struct result_figure *figure = &table_figures(table, i)[j];
      if (figure->population == 0)
        continue;
      bool undecided = figure->denominator > 0 && figure->unknown == figure->denominator;
      nobody |= figure->denominator == 0;
      all_unknown |= undecided;
      fraction |= figure->denominator > 0 && figure->denominator < TABLE_FEW && !undecided;
    }
  if (!fraction && !nobody && !all_unknown)
    return;
  const struct { bool occurs; enum word word; } rows[] = {
    {fraction, WORD_mark_fraction}, {nobody, WORD_mark_nobody}, {all_unknown, WORD_mark_all_unknown}};
  page_end_line(page);
  page_style(page, STYLE_DIM);
  for (size_t i = 0; i < 3; i++) {
    if (!rows[i].occurs)
      continue;
    if (page->column > 0)
      page_move(page, page->column + 3);
    page_word(page, rows[i].word);
  }
  page_style(page, STYLE_PLAIN);
  page_end_line(page);
}

void table_write_practices(struct table *table) {
  struct page *page = &table->page;
  struct panels panels = plan_panels(table);
  page_word(page, WORD_per_cent);
  page_end_line(page);
  for (uint32_t first = 0; first < panels.n_shown; first += panels.per_panel) {
    uint32_t last = first + panels.per_panel;
    if (first > 0)
      page_end_line(page);
    write_panel(table, &panels, first, last < panels.n_shown ? last : panels.n_shown);
  }
  write_empty(table);
  write_legend(table);
  free(panels.shown);
}
