/* rows.c: a row for each indicator.
 *
 *                                                  cluster                      each practice
 *     mp1  HbA1c over 58                             44.9%   512 of 1,140  30% ···•·••·●·•··········60%
 *          of: hba1c measured                        42–48     12 unknown  ← better  ▲
 *
 * What is under the figures belongs to them: the share's 95 % interval, and how many of the patients are unknown. */
#include "runtime/result/table.h"
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"

#define SHARE_WIDTH 7   /* 100,0 % */
#define CELLS_MOST  31
#define CELLS_LEAST 11
#define TITLE_MOST  43  /* titles up to this stay on one line; only then is the scale given more than the least */
#define TITLE_TWO   36  /* columns for those that need two lines anyway */
#define TITLE_SHORT 20  /* what a short title gets, since "of: the population" stands below it */
#define TITLE_LEAST 8

/* Where the columns of the rows stand. A spread of no cells is not drawn. */
struct layout { uint32_t title, share_end, n_end; struct table_spread spread; };

/* The figures of a row as texts; what is not said is "". */
struct figures { char share[32], n_of_n[96], interval[64], unknown[96]; };

/* ── the cluster's figures ───────────────────────────────────────────────────────────────────────────────────────── */

/* 25–32, or 0.3–1.1 where all of it is below ten per cent. */
static void print_interval(const struct page *page, const struct result_figure *figure, char out[64]) {
  double low = figure->low * 100, high = figure->high * 100;
  unsigned low_tenths = (unsigned)(low * 10 + 0.5), high_tenths = (unsigned)(high * 10 + 0.5);
  if (high_tenths < 100) {
    char point = page->danish ? ',' : '.';
    snprintf(out, 64, "%u%c%u–%u%c%u", low_tenths / 10, point, low_tenths % 10, high_tenths / 10, point, high_tenths % 10);
  } else
    snprintf(out, 64, "%u–%u", (unsigned)(low + 0.5), (unsigned)(high + 0.5));
}

/* A share of few patients is its count: neither per cent nor an interval would say more. */
static void print_figures(const struct page *page, const struct result_figure *figure, struct figures *out) {
  char n[32], of[32];
  memset(out, 0, sizeof *out);
  page_number(page, figure->numerator, n);
  page_number(page, figure->denominator, of);
  snprintf(out->n_of_n, sizeof out->n_of_n, "%s %s %s", n, page_word_of(page, WORD_n_of_n), of);
  if (figure->unknown > 0) {
    page_number(page, figure->unknown, n);
    snprintf(out->unknown, sizeof out->unknown, "%s %s", n,
             page_word_of(page, figure->unknown == 1 ? WORD_unknown : WORD_unknowns));
  }
  if (!table_has_value(figure))
    strcpy(out->share, figure->denominator ? "?" : "–");
  else if (figure->denominator >= TABLE_FEW) {
    page_percent(page, figure->numerator, figure->denominator, out->share);
    print_interval(page, figure, out->interval);
  }
}

/* ── the row ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static uint32_t columns_of(const struct table *table, const char *text) {
  return page_columns(&table->page, text, strlen(text));
}

/* Writes text so that it ends before `end`, and gives the column where it begins, which what stands left of it keeps
 * clear of; without text that is `room`. */
static uint32_t left_of(const struct table *table, const char *text, uint32_t end, uint32_t room) {
  return *text ? end - columns_of(table, text) - 2 : room;
}

/* A text that is written line by line beside something else. */
struct beside { const char *text; enum style style; };

/* Writes as much of a text as there is room for left of column `end`. */
static void write_beside(struct table *table, const struct layout *layout, uint32_t end, struct beside *beside) {
  struct page *page = &table->page;
  size_t next, length = page_fit(page, beside->text, end > layout->title ? end - layout->title : 1, &next);
  page_move(page, layout->title);
  page_style(page, beside->style);
  page_write_part(page, beside->text, length);
  page_style(page, STYLE_PLAIN);
  beside->text += next;
}

/* The denominator in words, in new memory: one sentence can mean two things. */
static char *describe_denominator(const struct table *table, const struct image_indicator *indicator) {
  if (indicator->denominator == IMAGE_NONE) {
    const char *population = page_word_of(&table->page, WORD_of_population);
    return memory_text(population, strlen(population));
  }
  const char *of = page_word_of(&table->page, WORD_of_those), *condition = table_text(table, indicator->denominator);
  size_t length = strlen(of) + 1 + strlen(condition) + 1;
  char *text = memory_take(length, 1);
  snprintf(text, length, "%s %s", of, condition);
  return text;
}

static const char *title_of(const struct table *table, uint32_t i) {
  const struct image_indicator *indicator = table_indicator(table, i);
  return table_text(table, indicator->title != IMAGE_NONE ? indicator->title : indicator->numerator);
}

static void write_styled(struct page *page, enum style style, const char *text, uint32_t end) {
  if (!*text)
    return;
  page_style(page, style);
  page_write_right(page, text, end);
  page_style(page, STYLE_PLAIN);
}

/* The figures of a line of the row, and the spread beside them; where there is no share nothing can be spread. */
static void write_line(struct table *table, const struct layout *layout, uint32_t i, const struct figures *figures, int line) {
  struct page *page = &table->page;
  const struct result_figure *cluster = &table_figures(table, i)[table->cluster->n_practices];
  bool has_spread = layout->spread.n_cells > 0 && table_has_value(cluster);
  if (line == 0) {
    write_styled(page, STYLE_BOLD, figures->share, layout->share_end);
    write_styled(page, *figures->share ? STYLE_PLAIN : STYLE_BOLD, figures->n_of_n, layout->n_end);
    if (has_spread)
      table_write_spread(table, &layout->spread, i);
  } else if (line == 1) {
    write_styled(page, STYLE_PLAIN, figures->interval, layout->share_end);
    write_styled(page, STYLE_PLAIN, figures->unknown, layout->n_end);
    if (has_spread)
      table_write_below_spread(table, &layout->spread, i);
  }
  page_end_line(page);
}

static void write_row(struct table *table, const struct layout *layout, uint32_t i) {
  struct page *page = &table->page;
  char *denominator = describe_denominator(table, table_indicator(table, i));
  struct beside title = {title_of(table, i), STYLE_PLAIN}, words = {denominator, STYLE_DIM};
  struct figures figures;
  print_figures(page, &table_figures(table, i)[table->cluster->n_practices], &figures);

  page_write_cut(page, table_text(table, table_indicator(table, i)->name), layout->title - 2);
  for (int line = 0; line < 2 || *title.text || *words.text; line++) {
    uint32_t room = layout->n_end;
    if (line < 2) {
      room = left_of(table, line == 0 ? figures.n_of_n : figures.unknown, layout->n_end, room);
      room = left_of(table, line == 0 ? figures.share : figures.interval, layout->share_end, room);
    }
    if (*title.text)
      write_beside(table, layout, room, &title);
    else if (line > 0 && *words.text)
      write_beside(table, layout, room, &words);
    write_line(table, layout, i, &figures, line);
  }
  free(denominator);
}

/* ── all rows ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static uint32_t more_of(uint32_t a, uint32_t b) { return a > b ? a : b; }
static uint32_t less_of(uint32_t a, uint32_t b) { return a < b ? a : b; }

static struct layout plan_layout(const struct table *table) {
  const struct page *page = &table->page;
  uint32_t n_width = 0, longest = TITLE_SHORT;
  for (uint32_t i = 0; i < table->pack->n_indicators; i++) {
    struct figures figures;
    print_figures(page, &table_figures(table, i)[table->cluster->n_practices], &figures);
    n_width = more_of(n_width, more_of(columns_of(table, figures.n_of_n), columns_of(table, figures.unknown)));
    /* A short share leaves its title some of the column. */
    uint32_t needed = columns_of(table, title_of(table, i)) + columns_of(table, figures.share);
    needed = needed > TITLE_MOST + SHARE_WIDTH ? TITLE_TWO : needed > SHARE_WIDTH ? needed - SHARE_WIDTH : 0;
    longest = more_of(longest, needed);
  }
  struct layout layout = {.title = table_name_width(table) + 2};
  uint32_t taken = layout.title + 2 + SHARE_WIDTH + 2 + n_width, ends = 2 + table_spread_ends(table);
  uint32_t room = page->width > taken + TITLE_LEAST ? page->width - taken : TITLE_LEAST, title_width = longest;
  /* One practice has nobody to be compared with; and on a page too narrow for both, words are worth more than marks. */
  if (table->cluster->n_in_cluster > 1 && room >= ends + CELLS_LEAST + TITLE_LEAST) {
    room -= ends;
    layout.spread.n_cells = room > longest + CELLS_LEAST ? less_of(room - longest, CELLS_MOST) : CELLS_LEAST;
    title_width = room - layout.spread.n_cells;
  } else
    title_width = less_of(room, TITLE_MOST);
  layout.share_end = layout.title + title_width + 2 + SHARE_WIDTH;
  layout.n_end = layout.share_end + 2 + n_width;
  layout.spread.left = layout.n_end + 2;
  return layout;
}

static void write_header(struct table *table, const struct layout *layout) {
  struct page *page = &table->page;
  page_style(page, STYLE_DIM);
  page_write_right(page, page_word_of(page, table_word_for_all(table)), layout->share_end);
  if (layout->spread.n_cells > 0)
    table_write_spread_header(table, &layout->spread);
  page_style(page, STYLE_PLAIN);
  page_end_line(page);
}

void table_write_meaning(struct table *table, const char *mark, enum word meaning) {
  struct page *page = &table->page;
  const char *text = page_word_of(page, meaning);
  uint32_t columns = columns_of(table, text) + (mark ? columns_of(table, mark) + 1 : 0);
  if (page->column > 0 && page->column + 3 + columns > page->width)
    page_end_line(page);
  page_move(page, page->column == 0 ? table_name_width(table) + 2 : page->column + 3);
  if (mark) {
    page_write(page, mark);
    page_write(page, " ");
  }
  page_write(page, text);
}

static void write_legend(struct table *table, const struct layout *layout) {
  struct page *page = &table->page;
  bool has_interval = false;
  for (uint32_t i = 0; i < table->pack->n_indicators; i++) {
    const struct result_figure *figure = &table_figures(table, i)[table->cluster->n_practices];
    has_interval |= table_has_value(figure) && figure->denominator >= TABLE_FEW;
  }
  page_style(page, STYLE_DIM);
  if (has_interval)
    table_write_meaning(table, NULL, WORD_mark_interval);
  if (layout->spread.n_cells > 0)
    table_write_spread_legend(table, &layout->spread);
  page_style(page, STYLE_PLAIN);
  if (page->column > 0)
    page_end_line(page);
}

void table_write_rows(struct table *table) {
  struct layout layout = plan_layout(table);
  write_header(table, &layout);
  for (uint32_t i = 0; i < table->pack->n_indicators; i++)
    write_row(table, &layout, i);
  page_end_line(&table->page);
  write_legend(table, &layout);
}
