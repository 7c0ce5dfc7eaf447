/* spread.c: where each practice lies, on a scale that is the row's own and says so at both its ends.
 *
 *     10% ···•··●●··●•···•··▷50%        ● several practices in one place, ▷ small ones beyond the scale
 *             ▲          better →        the cluster's place stands below, so that it hides no practice
 *
 * One scale for all rows would put shares of a few per cent into one place, and one practice of a single patient would
 * stretch it to 100. So each row is fitted to its practices of at least ten patients, and the others are hollow. */
#include "runtime/result/table.h"
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"

#define SCALE_STEP  5  /* per cent: the ends of a scale are multiples of it … */
#define SCALE_LEAST 10 /* … and so far apart at least, or chance would look like a difference */
#define CROWD       5  /* practices in one place that are drawn as a crowd */

/* Hollow marks stand for practices that all have fewer than ten patients. */
enum mark { MARK_NONE, MARK_ONE, MARK_SEVERAL, MARK_CROWD, MARK_FEW_ONE, MARK_FEW_SEVERAL, MARK_FEW_CROWD, N_MARKS };
static const char *const marks[N_MARKS] = {"·", "•", "●", "■", "◦", "○", "□"};

struct cell { uint32_t practices, few; };

/* A row's scale, in per cent, and what lies on it. */
struct scale {
  uint32_t low, high;
  struct cell *cells;
  bool below, above;    /* small practices lie beyond its ends */
};

/* ── fitting ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The ends, from the cluster and the practices of at least ten patients; 0 and 100 where these are fewer than two. */
static void fit_ends(const struct table *table, const struct result_figure *figures, struct scale *scale) {
  uint32_t n = table->cluster->n_practices, fitted = 0;
  uint64_t low = 100, high = 0;
  for (uint32_t i = 0; i <= n; i++) {
    uint64_t steps = 100 / SCALE_STEP * (uint64_t)figures[i].numerator, of = figures[i].denominator;
    if (!table_has_value(&figures[i]) || of < TABLE_FEW)
      continue;
    uint64_t below = steps / of * SCALE_STEP, above = (steps + of - 1) / of * SCALE_STEP;
    low = below < low ? below : low;
    high = above > high ? above : high;
    fitted += i < n;
  }
  if (fitted < 2)
    low = 0, high = 100;
  if (high - low < SCALE_LEAST) {
    high = low + SCALE_LEAST < 100 ? low + SCALE_LEAST : 100;
    low = high - SCALE_LEAST;
  }
  scale->low = (uint32_t)low;
  scale->high = (uint32_t)high;
}

static uint32_t cell_of(const struct scale *scale, uint32_t n_cells, const struct result_figure *figure) {
  double place = (figure->value * 100 - scale->low) / (scale->high - scale->low) * (n_cells - 1);
  return place < 0 ? 0 : (uint32_t)(place + 0.5);
}

/* The scale of the pack's i-th row, in memory that the caller frees. */
static struct scale fit_scale(const struct table *table, const struct table_spread *spread, uint32_t i) {
  const struct result_figure *figures = table_figures(table, i);
  struct scale scale = {.cells = memory_take(spread->n_cells, sizeof *scale.cells)};
  fit_ends(table, figures, &scale);
  for (uint32_t j = 0; j < table->cluster->n_practices; j++) {
    const struct result_figure *figure = &figures[j];
    uint64_t per_cent = UINT64_C(100) * figure->numerator, of = figure->denominator;
    if (!table_has_value(figure))
      continue;
    if (per_cent < scale.low * of)
      scale.below = true;
    else if (per_cent > scale.high * of)
      scale.above = true;
    else {
      struct cell *cell = &scale.cells[cell_of(&scale, spread->n_cells, figure)];
      cell->practices++;
      cell->few += of < TABLE_FEW;
    }
  }
  return scale;
}

static enum mark mark_of(const struct cell *cell) {
  if (cell->practices == 0)
    return MARK_NONE;
  enum mark mark = cell->practices == 1 ? MARK_ONE : cell->practices < CROWD ? MARK_SEVERAL : MARK_CROWD;
  return cell->few == cell->practices ? mark + (MARK_FEW_ONE - MARK_ONE) : mark;
}

/* ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The widest label of either end, and the column beside it for what lies beyond. */
static uint32_t left_width(const struct page *page) { return page->danish ? strlen("95 %") + 1 : strlen("95%") + 1; }
static uint32_t right_width(const struct page *page) { return page->danish ? strlen("100 %") + 1 : strlen("100%") + 1; }

uint32_t table_spread_ends(const struct table *table) { return left_width(&table->page) + right_width(&table->page); }

static uint32_t first_cell(const struct table *table, const struct table_spread *spread) {
  return spread->left + left_width(&table->page);
}

static void write_end(struct page *page, uint32_t per_cent, uint32_t end) {
  char label[16];
  snprintf(label, sizeof label, page->danish ? "%u %%" : "%u%%", per_cent);
  page_style(page, STYLE_DIM);
  if (end > 0)
    page_write_right(page, label, end);
  else
    page_write(page, label);
  page_style(page, STYLE_PLAIN);
}

void table_write_spread(struct table *table, const struct table_spread *spread, uint32_t i) {
  struct page *page = &table->page;
  struct scale scale = fit_scale(table, spread, i);
  write_end(page, scale.low, first_cell(table, spread) - 1);
  page_write(page, scale.below ? "◁" : " ");
  for (uint32_t j = 0; j < spread->n_cells; j++) {
    enum mark mark = mark_of(&scale.cells[j]);
    page_style(page, mark == MARK_NONE ? STYLE_DIM : STYLE_PLAIN);
    page_write(page, marks[mark]);
    page_style(page, STYLE_PLAIN);
  }
  page_write(page, scale.above ? "▷" : " ");
  write_end(page, scale.high, 0);
  free(scale.cells);
}

static void write_marked(struct page *page, enum style style, const char *text, uint32_t column) {
  page_move(page, column);
  page_style(page, style);
  page_write(page, text);
  page_style(page, STYLE_PLAIN);
}

/* The arrow to the better end stands at that end, or at the other where the cluster's mark is in its way. Nothing is in
 * the way of both: the scale has eleven cells at least. */
void table_write_below_spread(struct table *table, const struct table_spread *spread, uint32_t i) {
  struct page *page = &table->page;
  const struct result_figure *cluster = &table_figures(table, i)[table->cluster->n_practices];
  uint32_t better = table_indicator(table, i)->better, end = spread->left + table_spread_ends(table) + spread->n_cells;
  struct scale scale;
  fit_ends(table, table_figures(table, i), &scale);
  uint32_t mark = first_cell(table, spread) + cell_of(&scale, spread->n_cells, cluster);
  char text[64];
  snprintf(text, sizeof text, better == BETTER_LOWER ? "← %s" : "%s →", page_word_of(page, WORD_better));
  uint32_t columns = page_columns(page, text, strlen(text));
  bool fits_left = spread->left + columns < mark, fits_right = mark + 1 + columns < end;
  bool left = better == BETTER_LOWER ? fits_left : !fits_right;

  for (int part = 0; part < 2; part++)
    if (part == left)
      write_marked(page, STYLE_BOLD, "▲", mark);
    else if (better != BETTER_NOTHING)
      write_marked(page, STYLE_GOOD, text, left ? spread->left : end - columns);
}

void table_write_spread_header(struct table *table, const struct table_spread *spread) {
  struct page *page = &table->page;
  const char *name = page_word_of(page, WORD_spread);
  uint32_t columns = page_columns(page, name, strlen(name)), width = table_spread_ends(table) + spread->n_cells;
  page_move(page, spread->left + (width - columns) / 2);
  page_write(page, name);
}

void table_write_spread_legend(struct table *table, const struct table_spread *spread) {
  static const enum word meanings[N_MARKS] = {[MARK_ONE] = WORD_mark_one, [MARK_SEVERAL] = WORD_mark_several,
    [MARK_CROWD] = WORD_mark_crowd, [MARK_FEW_ONE] = WORD_mark_few_one, [MARK_FEW_SEVERAL] = WORD_mark_few_several,
    [MARK_FEW_CROWD] = WORD_mark_few_crowd};
  bool occurs[N_MARKS] = {false}, beyond = false;
  for (uint32_t i = 0; i < table->pack->n_indicators; i++) {
    struct scale scale = fit_scale(table, spread, i);
    for (uint32_t j = 0; j < spread->n_cells; j++)
      occurs[mark_of(&scale.cells[j])] = true;
    beyond |= scale.below || scale.above;
    free(scale.cells);
  }
  table_write_meaning(table, NULL, WORD_own_scale);
  table_write_meaning(table, "▲", table->cluster->outside ? WORD_all_outside : WORD_mark_cluster);
  for (enum mark mark = MARK_ONE; mark < N_MARKS; mark++)
    if (occurs[mark])
      table_write_meaning(table, marks[mark], meanings[mark]);
  if (beyond)
    table_write_meaning(table, "◁ ▷", WORD_mark_beyond);
}
