/* scale.c: from where to where a row's scale goes, and where on it a figure lies. */
#include "runtime/result/table.h"
#include <math.h>

#define SCALE_STEP   5    /* per cent: the ends of a scale are multiples of it … */
#define SCALE_LEAST  10   /* … and so far apart at least, or chance would look like a difference */
#define PARTS_LEAST  10   /* a scale of another unit is at least a tenth of the cluster's figure wide, … */
#define STEPS_MOST   10   /* … and its ends are multiples of 1, 2 or 5, of which it holds about so many */

double table_place(const struct image_indicator *indicator, const struct result_figure *figure) {
  return indicator->kind == KIND_SHARE ? 100.0 * figure->numerator / figure->denominator : figure->value;
}

double table_place_of_aim(const struct image_indicator *indicator) {
  return indicator->kind == KIND_SHARE ? indicator->aim * 100 : indicator->aim;
}

bool table_has_marks(const struct image_indicator *indicator) { return indicator->kind != KIND_COUNT; }

/* What a scale must hold: the aim, the cluster and the practices of at least ten patients; all practices where these
 * are fewer than two, unless the scale can only be from 0 to 100. Gives how many of at least ten there are. */
static uint32_t find_range(const struct table *table, uint32_t i, struct table_scale *range) {
  const struct image_indicator *indicator = table_indicator(table, i);
  const struct result_figure *figures = table_figures(table, i);
  uint32_t n = table->cluster->n_practices, fitted = 0;
  for (uint32_t j = 0; j < n; j++)
    fitted += table_has_value(&figures[j]) && !table_is_few(indicator, &figures[j]);
  bool takes_few = fitted < 2 && indicator->kind != KIND_SHARE;
  range->low = INFINITY, range->high = -INFINITY;
  for (uint32_t j = 0; j < n + table_has_marks(indicator); j++) {
    if (!table_has_value(&figures[j]) || (table_is_few(indicator, &figures[j]) && !takes_few))
      continue;
    range->low = fmin(range->low, table_place(indicator, &figures[j]));
    range->high = fmax(range->high, table_place(indicator, &figures[j]));
  }
  if (table_has_marks(indicator) && !isnan(indicator->aim)) {
    range->low = fmin(range->low, table_place_of_aim(indicator));
    range->high = fmax(range->high, table_place_of_aim(indicator));
  }
  return fitted;
}

static void fit_per_cent(uint32_t fitted, struct table_scale *scale) {
  if (fitted < 2)
    scale->low = 0, scale->high = 100;
  scale->low = floor(scale->low / SCALE_STEP) * SCALE_STEP;
  scale->high = ceil(scale->high / SCALE_STEP) * SCALE_STEP;
  if (scale->high - scale->low < SCALE_LEAST) {
    scale->high = fmin(scale->low + SCALE_LEAST, 100);
    scale->low = scale->high - SCALE_LEAST;
  }
}

/* The smallest of 1, 2, 5, 10, 20, … (or 0.5, 0.2, …) that is at least `least`. */
static double round_step(double least) {
  double step = pow(10, floor(log10(least)));
  return step >= least ? step : 2 * step >= least ? 2 * step : 5 * step >= least ? 5 * step : 10 * step;
}

static void fit_numbers(const struct table *table, uint32_t i, struct table_scale *scale) {
  double cluster = fabs(table_figures(table, i)[table->cluster->n_practices].value);
  double least = cluster > 0 ? cluster / PARTS_LEAST : 1, short_of = fmax(least - (scale->high - scale->low), 0);
  bool never_below = scale->low >= 0;
  scale->low -= short_of / 2;
  scale->high += short_of / 2;
  double step = round_step((scale->high - scale->low) / STEPS_MOST);
  scale->low = floor(scale->low / step) * step;
  scale->high = ceil(scale->high / step) * step;
  if (never_below)
    scale->low = fmax(scale->low, 0);
}

/* A scale of counts begins at none. */
static void fit_counts(struct table_scale *scale) {
  double step = fmax(round_step(fmax(scale->high, 1) / STEPS_MOST), 1);
  scale->low = 0;
  scale->high = fmax(ceil(scale->high / step) * step, SCALE_LEAST);
}

void table_fit_scale(const struct table *table, uint32_t i, struct table_scale *scale) {
  if (!table_has_value(&table_figures(table, i)[table->cluster->n_practices])) {
    scale->low = 0, scale->high = 1;
    return;
  }
  uint32_t fitted = find_range(table, i, scale);
  enum image_kind kind = table_indicator(table, i)->kind;
  if (kind == KIND_SHARE)
    fit_per_cent(fitted, scale);
  else if (kind == KIND_COUNT)
    fit_counts(scale);
  else
    fit_numbers(table, i, scale);
}

uint32_t table_cell_of(const struct table_scale *scale, uint32_t n_cells, double place) {
  double cell = (place - scale->low) / (scale->high - scale->low) * (n_cells - 1);
  return cell < 0 ? 0 : cell + 0.5 >= n_cells ? n_cells - 1 : (uint32_t)(cell + 0.5);
}
