/* rows.c: a row for each indicator.
 *
 *                                                  cluster            0 %   each practice      50 %
 *     mp1  HbA1c over 58                            44.9%  512 of 1140  ···•·••·│·●·•············
 *          of: hba1c measured                                12 unknown ← better
 *
 * The spread is drawn on a scale from 0 to the least round share that holds all of the pack's, so that rows compare. */
#include "runtime/result/table.h"
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"

#define SHARE_WIDTH 8   /* 100,0 % and a blank */
#define CELLS_MOST  31
#define CELLS_LEAST 11
#define TITLE_WIDTH 38  /* a title is given this before the scale is given more than CELLS_LEAST */

/* The marks of the scale, and how many practices a cell of it must hold to be drawn as a crowd. */
enum mark { MARK_NONE, MARK_ONE, MARK_FEW, MARK_SEVERAL, MARK_CROWD, MARK_CLUSTER, MARK_BOTH, N_MARKS };
#define CROWD 5
static const char *const marks[N_MARKS] = {"·", "•", "◦", "●", "■", "│", "◉"};

/* What stands in a cell of the scale: how many practices, how many of these with few patients, and the cluster. */
struct cell { uint32_t practices, few; bool cluster; };

/* Where the columns of the rows stand. */
struct layout { uint32_t title, title_width, share_end, n_end, spread, n_cells, top; };

static bool has_value(const struct result_figure *figure) {
  return figure->denominator > 0 && figure->unknown < figure->denominator;
}

/* ── the scale ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The share, in per cent, at which the scale ends: the least of a few that holds every figure shown. */
static uint32_t find_top(const struct table *table) {
  static const uint32_t tops[] = {10, 25, 50, 100};
  double most = 0;
  for (uint32_t i = 0; i < table->pack->n_indicators; i++) {
    const struct result_figure *figures = table_figures(table, i);
    for (uint32_t j = 0; j <= table->cluster->n_practices; j++)
      if (has_value(&figures[j]) && figures[j].value > most)
        most = figures[j].value;
  }
  uint32_t i = 0;
  while (i < 3 && most * 100 > tops[i])
    i++;
  return tops[i];
}

static uint32_t cell_of(const struct layout *layout, const struct result_figure *figure) {
  double place = figure->value * 100 / layout->top * (layout->n_cells - 1);
  return (uint32_t)(place + 0.5);
}

static void fill_cells(const struct table *table, const struct layout *layout, const struct result_figure *figures,
                       struct cell *cells) {
  memset(cells, 0, layout->n_cells * sizeof *cells);
  uint32_t n = table->cluster->n_practices;
  for (uint32_t i = 0; i < n; i++) {
    if (!has_value(&figures[i]))
      continue;
    struct cell *cell = &cells[cell_of(layout, &figures[i])];
    cell->practices++;
    cell->few += figures[i].denominator < TABLE_FEW;
  }
  if (has_value(&figures[n]))
    cells[cell_of(layout, &figures[n])].cluster = true;
}

static enum mark mark_of(const struct cell *cell) {
  if (cell->cluster)
    return cell->practices > 0 ? MARK_BOTH : MARK_CLUSTER;
  if (cell->practices > 1)
    return cell->practices < CROWD ? MARK_SEVERAL : MARK_CROWD;
  return cell->practices == 0 ? MARK_NONE : cell->few ? MARK_FEW : MARK_ONE;
}

static void write_spread(struct table *table, const struct layout *layout, const struct result_figure *figures,
                         struct cell *cells) {
  fill_cells(table, layout, figures, cells);
  page_move(&table->page, layout->spread);
  for (uint32_t i = 0; i < layout->n_cells; i++) {
    enum mark mark = mark_of(&cells[i]);
    page_style(&table->page, mark == MARK_NONE ? STYLE_DIM : cells[i].cluster ? STYLE_BOLD : STYLE_PLAIN);
    page_write(&table->page, marks[mark]);
    page_style(&table->page, STYLE_PLAIN);
  }
}

/* The better end of the scale is marked under it. */
static void write_direction(struct table *table, const struct layout *layout, uint32_t better) {
  struct page *page = &table->page;
  if (better == BETTER_NOTHING)
    return;
  page_style(page, STYLE_GOOD);
  if (better == BETTER_LOWER) {
    page_move(page, layout->spread);
    page_write(page, "← ");
    page_word(page, WORD_better);
  } else {
    const char *word = page_word_of(page, WORD_better);
    uint32_t columns = page_columns(page, word, strlen(word)) + page_columns(page, " →", strlen(" →"));
    page_move(page, layout->spread + layout->n_cells - columns);
    page_write(page, word);
    page_write(page, " →");
  }
  page_style(page, STYLE_PLAIN);
}

/* ── the cluster's figure ────────────────────────────────────────────────────────────────────────────────────────── */

/* 512 of 1140 */
static void print_n_of_n(const struct page *page, const struct result_figure *figure, char out[96]) {
  char n[32], of[32];
  page_number(page, figure->numerator, n);
  page_number(page, figure->denominator, of);
  snprintf(out, 96, "%s %s %s", n, page_word_of(page, WORD_n_of_n), of);
}

/* 12 unknown; nothing where all is known. */
static void print_unknown(const struct page *page, const struct result_figure *figure, char out[96]) {
  char n[32];
  page_number(page, figure->unknown, n);
  out[0] = '\0';
  if (figure->unknown > 0)
    snprintf(out, 96, "%s %s", n, page_word_of(page, figure->unknown == 1 ? WORD_unknown : WORD_unknowns));
}

static void write_share(struct table *table, const struct layout *layout, const struct result_figure *figure) {
  struct page *page = &table->page;
  char share[32], n_of_n[96];
  page_percent(page, figure->numerator, figure->denominator ? figure->denominator : 1, share);
  print_n_of_n(page, figure, n_of_n);
  page_style(page, STYLE_BOLD);
  page_write_right(page, has_value(figure) ? share : figure->denominator ? "?" : "–", layout->share_end);
  page_style(page, STYLE_PLAIN);
  page_write_right(page, n_of_n, layout->n_end);
}

/* ── the row ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A text that is written line by line beside something else. */
struct beside { const char *text; enum style style; };

static void write_beside(struct table *table, const struct layout *layout, struct beside *beside) {
  struct page *page = &table->page;
  size_t next, length = page_fit(page, beside->text, layout->title_width, &next);
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

static void write_row(struct table *table, const struct layout *layout, uint32_t i, struct cell *cells) {
  struct page *page = &table->page;
  const struct image_indicator *indicator = table_indicator(table, i);
  const struct result_figure *figures = table_figures(table, i), *cluster = &figures[table->cluster->n_practices];
  char *denominator = describe_denominator(table, indicator), unknown[96];
  print_unknown(page, cluster, unknown);
  uint32_t title_text = indicator->title != IMAGE_NONE ? indicator->title : indicator->numerator;
  struct beside title = {table_text(table, title_text), STYLE_PLAIN};
  struct beside words = {denominator, STYLE_DIM};

  page_write_cut(page, table_text(table, indicator->name), layout->title - 2);
  for (int line = 0; line < 2 || *title.text || *words.text; line++) {
    if (*title.text)
      write_beside(table, layout, &title);
    else if (line > 0 && *words.text)
      write_beside(table, layout, &words);
    if (line == 0) {
      write_share(table, layout, cluster);
      write_spread(table, layout, figures, cells);
    } else if (line == 1) {
      if (*unknown)
        page_write_right(page, unknown, layout->n_end);
      write_direction(table, layout, indicator->better);
    }
    page_end_line(page);
  }
  free(denominator);
}

/* ── all rows ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct layout plan_layout(const struct table *table) {
  const struct page *page = &table->page;
  uint32_t n_width = 0;
  for (uint32_t i = 0; i < table->pack->n_indicators; i++) {
    const struct result_figure *figure = &table_figures(table, i)[table->cluster->n_practices];
    char n_of_n[96], unknown[96];
    print_n_of_n(page, figure, n_of_n);
    print_unknown(page, figure, unknown);
    uint32_t columns = page_columns(page, n_of_n, strlen(n_of_n));
    uint32_t below = page_columns(page, unknown, strlen(unknown));
    columns = columns > below ? columns : below;
    n_width = columns > n_width ? columns : n_width;
  }
  struct layout layout = {.title = table_name_width(table) + 2, .top = find_top(table)};
  uint32_t taken = layout.title + SHARE_WIDTH + 2 + n_width + 2;
  uint32_t room = page->width > taken + TITLE_WIDTH ? page->width - taken - TITLE_WIDTH : 0;
  layout.n_cells = room > CELLS_MOST ? CELLS_MOST : room < CELLS_LEAST ? CELLS_LEAST : room;
  layout.spread = page->width - layout.n_cells;
  layout.n_end = layout.spread - 2;
  layout.share_end = layout.n_end - n_width - 2;
  layout.title_width = layout.share_end > layout.title + SHARE_WIDTH + 8 ? layout.share_end - SHARE_WIDTH - layout.title : 8;
  return layout;
}

static void write_header(struct table *table, const struct layout *layout) {
  struct page *page = &table->page;
  char top[32];
  const char *name = page_word_of(page, WORD_spread);
  uint32_t columns = page_columns(page, name, strlen(name));
  snprintf(top, sizeof top, page->danish ? "%u %%" : "%u%%", layout->top);
  page_style(page, STYLE_DIM);
  page_write_right(page, page_word_of(page, WORD_whole_cluster), layout->share_end);
  page_move(page, layout->spread);
  page_write(page, page->danish ? "0 %" : "0%");
  if (columns + 14 <= layout->n_cells) {
    page_move(page, layout->spread + (layout->n_cells - columns) / 2);
    page_write(page, name);
  }
  page_write_right(page, top, layout->spread + layout->n_cells);
  page_style(page, STYLE_PLAIN);
  page_end_line(page);
}

/* What the marks that occur mean. */
static void write_legend(struct table *table, const struct layout *layout, struct cell *cells) {
  static const enum word meanings[N_MARKS] = {[MARK_ONE] = WORD_mark_one, [MARK_FEW] = WORD_mark_few,
    [MARK_SEVERAL] = WORD_mark_several, [MARK_CROWD] = WORD_mark_crowd, [MARK_CLUSTER] = WORD_mark_cluster,
    [MARK_BOTH] = WORD_mark_both};
  struct page *page = &table->page;
  bool occurs[N_MARKS] = {false};
  for (uint32_t i = 0; i < table->pack->n_indicators; i++) {
    fill_cells(table, layout, table_figures(table, i), cells);
    for (uint32_t j = 0; j < layout->n_cells; j++)
      occurs[mark_of(&cells[j])] = true;
  }
  page_style(page, STYLE_DIM);
  for (enum mark mark = MARK_ONE; mark < N_MARKS; mark++) {
    if (!occurs[mark])
      continue;
    const char *meaning = page_word_of(page, meanings[mark]);
    if (page->column > 0 && page->column + 5 + page_columns(page, meaning, strlen(meaning)) > page->width)
      page_end_line(page);
    page_move(page, page->column == 0 ? layout->title : page->column + 3);
    page_write(page, marks[mark]);
    page_write(page, " ");
    page_write(page, meaning);
  }
  page_style(page, STYLE_PLAIN);
  if (page->column > 0)
    page_end_line(page);
}

void table_write_rows(struct table *table) {
  struct layout layout = plan_layout(table);
  struct cell *cells = memory_take(layout.n_cells, sizeof *cells);
  write_header(table, &layout);
  for (uint32_t i = 0; i < table->pack->n_indicators; i++)
    write_row(table, &layout, i, cells);
  page_end_line(&table->page);
  write_legend(table, &layout, cells);
  free(cells);
}
