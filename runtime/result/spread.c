/* spread.c: where each practice lies, on a scale that is the row's own and says so at both its ends.
 *
 *     10% ···•··●··●··•···•··▷50%        ● several practices in one place, ▷ small ones beyond the scale
 *         ◇   ▲          better →        the cluster's place and the aim stand below, so that they hide no practice
 *
 * One scale for all rows would put shares of a few per cent into one place, and one practice of a single patient would
 * stretch it to 100. So each row is fitted to its practices of at least ten patients, and the others are hollow. */
#include "runtime/result/table.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

#define LABEL_DIGITS 6    /* the most decimals of a scale's ends */
#define CROWD        5    /* practices in one place that are drawn as a crowd */
#define HAIR         1e-9 /* of a scale: what lies beyond its end by less was rounded there */

/* Hollow marks stand for practices that all have fewer than ten patients. */
enum mark { MARK_NONE, MARK_ONE, MARK_SEVERAL, MARK_CROWD, MARK_FEW_ONE, MARK_FEW_SEVERAL, MARK_FEW_CROWD, N_MARKS };
static const char *const marks[N_MARKS] = {"·", "•", "●", "■", "◦", "○", "□"};

struct cell { uint32_t practices, few; };

/* A row's scale, and what lies on it. */
struct scale {
  struct table_scale ends;
  struct cell *cells;
  bool below, above;    /* small practices lie beyond its ends */
};

/* The scale of the pack's i-th row, in memory that the caller frees. */
static struct scale fit_scale(const struct table *table, const struct table_spread *spread, uint32_t i) {
  const struct image_indicator *indicator = table_indicator(table, i);
  const struct result_figure *figures = table_figures(table, i);
  struct scale scale = {.cells = memory_take(spread->n_cells, sizeof *scale.cells)};
  table_fit_scale(table, i, &scale.ends);
  double hair = HAIR * (scale.ends.high - scale.ends.low);
  for (uint32_t j = 0; j < table->cluster->n_practices; j++) {
    if (!table_has_value(&figures[j]))
      continue;
    double place = table_place(indicator, &figures[j]);
    if (place < scale.ends.low - hair)
      scale.below = true;
    else if (place > scale.ends.high + hair)
      scale.above = true;
    else {
      struct cell *cell = &scale.cells[table_cell_of(&scale.ends, spread->n_cells, place)];
      cell->practices++;
      cell->few += table_is_few(indicator, &figures[j]);
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

static void print_end(const struct table *table, uint32_t i, double end, char out[64]) {
  if (table_indicator(table, i)->kind == KIND_SHARE)
    snprintf(out, 64, table->page.danish ? "%.0f %%" : "%.0f%%", end);
  else
    page_decimal(&table->page, end, 0, LABEL_DIGITS, out);
}

static uint32_t columns_of(const struct table *table, const char *text) {
  return page_columns(&table->page, text, strlen(text));
}

/* The widest label of either end, and the column beside it for what lies beyond. Shares are always given the room of
 * 95 and 100 per cent. */
void table_plan_spread(const struct table *table, struct table_spread *spread) {
  spread->low_width = spread->high_width = 0;
  for (uint32_t i = 0; i < table->pack->n_indicators; i++) {
    struct table_scale scale = {95, 100};
    char low[64], high[64];
    if (table_indicator(table, i)->kind != KIND_SHARE && table_has_spread(table, i))
      table_fit_scale(table, i, &scale);
    print_end(table, i, scale.low, low);
    print_end(table, i, scale.high, high);
    uint32_t low_width = columns_of(table, low) + 1, high_width = columns_of(table, high) + 1;
    spread->low_width = low_width > spread->low_width ? low_width : spread->low_width;
    spread->high_width = high_width > spread->high_width ? high_width : spread->high_width;
  }
}

bool table_has_spread(const struct table *table, uint32_t i) {
  const struct image_indicator *indicator = table_indicator(table, i);
  const struct result_figure *cluster = &table_figures(table, i)[table->cluster->n_practices];
  return table_has_value(cluster) && !(image_has_values(indicator->kind) && table_is_few(indicator, cluster));
}

uint32_t table_spread_width(const struct table_spread *spread) {
  return spread->low_width + spread->n_cells + spread->high_width;
}

static void write_end(struct table *table, uint32_t i, double number, uint32_t end) {
  struct page *page = &table->page;
  char label[64];
  print_end(table, i, number, label);
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
  write_end(table, i, scale.ends.low, spread->left + spread->low_width - 1);
  page_write(page, scale.below ? "◁" : " ");
  for (uint32_t j = 0; j < spread->n_cells; j++) {
    enum mark mark = mark_of(&scale.cells[j]);
    page_style(page, mark == MARK_NONE ? STYLE_DIM : STYLE_PLAIN);
    page_write(page, marks[mark]);
    page_style(page, STYLE_PLAIN);
  }
  page_write(page, scale.above ? "▷" : " ");
  write_end(table, i, scale.ends.high, 0);
  free(scale.cells);
}

/* ── below the scale ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* What stands below a scale. */
struct sign { uint32_t column; enum style style; const char *text; };

static int compare_signs(const void *left, const void *right) {
  uint32_t a = ((const struct sign *)left)->column, b = ((const struct sign *)right)->column;
  return (a > b) - (a < b);
}

/* The cluster's mark and that of the aim, or one for both where they share a place. Gives how many. */
static uint32_t place_marks(const struct table *table, const struct table_spread *spread, uint32_t i,
                            struct sign *signs) {
  const struct image_indicator *indicator = table_indicator(table, i);
  const struct result_figure *cluster = &table_figures(table, i)[table->cluster->n_practices];
  uint32_t first = spread->left + spread->low_width;
  struct table_scale scale;
  if (!table_has_marks(indicator))
    return 0;
  table_fit_scale(table, i, &scale);
  uint32_t mark = first + table_cell_of(&scale, spread->n_cells, table_place(indicator, cluster));
  signs[0] = (struct sign){mark, STYLE_BOLD, "▲"};
  if (isnan(indicator->aim))
    return 1;
  uint32_t aim = first + table_cell_of(&scale, spread->n_cells, table_place_of_aim(indicator));
  if (aim == mark)
    signs[0].text = "◆";
  else
    signs[1] = (struct sign){aim, STYLE_PLAIN, "◇"};
  return aim == mark ? 1 : 2;
}

/* The arrow to the better end stands at that end, or at the other where a mark is in its way; without its word where
 * there is a mark in the way of both. */
static struct sign place_arrow(const struct table *table, const struct table_spread *spread, uint32_t better,
                               uint32_t first, uint32_t last, char text[64]) {
  uint32_t end = spread->left + table_spread_width(spread);
  snprintf(text, 64, "%s", better == BETTER_LOWER ? _("← better") : _("better →"));
  uint32_t columns = columns_of(table, text);
  bool fits_left = spread->left + columns < first, fits_right = last + 1 + columns < end;
  bool left = better == BETTER_LOWER ? fits_left : !fits_right;
  if (!fits_left && !fits_right) {
    strcpy(text, better == BETTER_LOWER ? "←" : "→");
    columns = columns_of(table, text);
    left = better == BETTER_LOWER;
  }
  return (struct sign){left ? spread->left : end - columns, STYLE_GOOD, text};
}

void table_write_below_spread(struct table *table, const struct table_spread *spread, uint32_t i) {
  struct page *page = &table->page;
  uint32_t better = table_indicator(table, i)->better;
  char arrow[64];
  struct sign signs[3];
  uint32_t n = place_marks(table, spread, i, signs), first = UINT32_MAX, last = 0;
  for (uint32_t j = 0; j < n; j++) {
    first = signs[j].column < first ? signs[j].column : first;
    last = signs[j].column > last ? signs[j].column : last;
  }
  if (better != BETTER_NOTHING)
    signs[n++] = place_arrow(table, spread, better, first, last, arrow);
  qsort(signs, n, sizeof *signs, compare_signs);
  for (uint32_t j = 0; j < n; j++) {
    page_move(page, signs[j].column);
    page_style(page, signs[j].style);
    page_write(page, signs[j].text);
    page_style(page, STYLE_PLAIN);
  }
}

/* ── what it means ───────────────────────────────────────────────────────────────────────────────────────────────── */

void table_write_spread_header(struct table *table, const struct table_spread *spread) {
  struct page *page = &table->page;
  const char *name = _("each practice");
  page_move(page, spread->left + (table_spread_width(spread) - columns_of(table, name)) / 2);
  page_write(page, name);
}

/* Which marks of the cluster and the aim the rows have. */
static void find_marks(const struct table *table, const struct table_spread *spread, bool *cluster, bool *aim,
                       bool *both) {
  *cluster = *aim = *both = false;
  for (uint32_t i = 0; i < table->pack->n_indicators; i++) {
    struct sign signs[2];
    if (!table_has_spread(table, i))
      continue;
    uint32_t n = place_marks(table, spread, i, signs);
    for (uint32_t j = 0; j < n; j++) {
      *both |= strcmp(signs[j].text, "◆") == 0;
      *cluster |= strcmp(signs[j].text, "▲") == 0;
      *aim |= strcmp(signs[j].text, "◇") == 0;
    }
  }
}

static void write_cluster_legend(struct table *table, const struct table_spread *spread) {
  bool cluster, aim, both;
  find_marks(table, spread, &cluster, &aim, &both);
  if (cluster)
    table_write_meaning(table, "▲", table->cluster->outside ? _("together") : _("the cluster"));
  if (aim)
    table_write_meaning(table, "◇", _("the aim"));
  if (both)
    table_write_meaning(table, "◆", table->cluster->outside ? _("together, at the aim") : _("the cluster, at the aim"));
}

void table_write_spread_legend(struct table *table, const struct table_spread *spread) {
  static const char *const meanings[N_MARKS] = {[MARK_ONE] = N_("one practice"), [MARK_SEVERAL] = N_("two to four"),
    [MARK_CROWD] = N_("five or more"), [MARK_FEW_ONE] = N_("one with fewer than 10 patients"),
    [MARK_FEW_SEVERAL] = N_("two to four, all with fewer than 10"),
    [MARK_FEW_CROWD] = N_("five or more, all with fewer than 10")};
  bool occurs[N_MARKS] = {false}, beyond = false;
  for (uint32_t i = 0; i < table->pack->n_indicators; i++) {
    if (!table_has_spread(table, i))
      continue;
    struct scale scale = fit_scale(table, spread, i);
    for (uint32_t j = 0; j < spread->n_cells; j++)
      occurs[mark_of(&scale.cells[j])] = true;
    beyond |= scale.below || scale.above;
    free(scale.cells);
  }
  table_write_meaning(table, NULL, _("each row has its own scale"));
  write_cluster_legend(table, spread);
  for (enum mark mark = MARK_ONE; mark < N_MARKS; mark++)
    if (occurs[mark])
      table_write_meaning(table, marks[mark], _(meanings[mark]));
  if (beyond)
    table_write_meaning(table, "◁ ▷", _("with fewer than 10 patients, beyond the scale"));
}
