/* figures.c: from counts and values, cell by cell, to the figures of practices and clusters.
 *
 * A practice is a range of a cell's values, and so is a cluster, for both are ranges of patients. */
#include "runtime/result/result.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"
#include "runtime/stats/stats.h"

/* What is counted in one cell: of each practice of the data, and where in the cell's values each practice begins. */
struct cell {
  const struct image_indicator *indicator;
  const struct run_count *counts;      /* [practice] */
  const double *values;                /* NULL where the indicator has none */
  const uint64_t *begins;              /* [practice], and the end of the last one */
};

/* Some practices of the data in a row. */
struct range { uint32_t first, n; };

static bool has_values(const struct image_indicator *indicator) { return image_has_values(indicator->kind); }

static struct run_count count_of(const struct cell *cell, struct range range) {
  struct run_count sum = {0, 0, 0};
  for (uint32_t i = range.first; i < range.first + range.n; i++) {
    sum.denominator += cell->counts[i].denominator;
    sum.numerator += cell->counts[i].numerator;
    sum.unknown += cell->counts[i].unknown;
  }
  return sum;
}

/* ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A cell with its values; `begins` has room for a number more than there are practices. */
static struct cell open_cell(const struct result *result, uint32_t number, uint64_t *begins) {
  const struct counts *counts = result->counts;
  struct cell cell = {.indicator = &result->image->indicators[result->image->cells[number].indicator],
                      .counts = &counts->cell[(size_t)number * counts->n_practices], .begins = begins};
  begins[0] = 0;
  if (!has_values(cell.indicator))
    return cell;
  cell.values = counts->values[number].all;
  for (uint32_t i = 0; i < counts->n_practices; i++)
    begins[i + 1] = begins[i] + cell.counts[i].numerator;
  return cell;
}

/* A copy of the values of some practices, put in order, which the caller frees. */
static double *order_values(const struct cell *cell, struct range range, uint64_t n) {
  double *ordered = memory_take(n, sizeof *ordered);
  if (n > 0)
    memcpy(ordered, cell->values + cell->begins[range.first], n * sizeof *ordered);
  stats_order(ordered, n);
  return ordered;
}

static struct estimate order_of_values(const struct cell *cell, struct range range, uint64_t n) {
  double *ordered = order_values(cell, range, n);
  struct estimate estimate = stats_median(ordered, n);
  if (cell->indicator->kind == KIND_QUARTILES)
    estimate = (struct estimate){estimate.value, stats_quartile(ordered, n, 1), stats_quartile(ordered, n, 3)};
  free(ordered);
  return estimate;
}

/* ── one figure ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The figure of some practices together; all NaN where there is nobody to take it of. */
static struct estimate estimate_of(const struct cell *cell, struct range range, const struct run_count *count) {
  const struct estimate none = {NAN, NAN, NAN};
  double n = count->denominator, per = cell->indicator->per;
  struct interval interval;
  switch ((enum image_kind)cell->indicator->kind) {
    case KIND_COUNT: return (struct estimate){count->numerator, NAN, NAN};
    case KIND_SHARE:
      if (count->denominator == 0)
        return none;
      interval = stats_wilson(count->numerator, count->denominator);
      return (struct estimate){count->numerator / n, interval.low, interval.high};
    case KIND_RATE:
      if (count->denominator == 0)
        return none;
      interval = stats_poisson(count->numerator);
      return (struct estimate){count->numerator * per / n, interval.low * per / n, interval.high * per / n};
    case KIND_MEAN:
      return count->numerator ? stats_mean(cell->values + cell->begins[range.first], count->numerator) : none;
    case KIND_MEDIAN:
    case KIND_QUARTILES: return count->numerator ? order_of_values(cell, range, count->numerator) : none;
  }
  return none;
}

static struct result_figure figure_of(const struct cell *cell, struct range range, const uint32_t *population) {
  struct run_count count = count_of(cell, range);
  struct estimate estimate = estimate_of(cell, range, &count);
  struct result_figure figure = {.denominator = count.denominator, .numerator = count.numerator,
                                 .unknown = count.unknown, .value = estimate.value, .low = estimate.low,
                                 .high = estimate.high, .expected = NAN, .adjusted = {NAN, NAN, NAN}, .reliability = NAN};
  for (uint32_t i = range.first; i < range.first + range.n; i++)
    figure.population += population[i];
  return figure;
}

/* The practices of a cluster, and all of it. */
static struct range range_of(const struct result_cluster *cluster, uint32_t i) {
  if (i == cluster->n_practices)
    return (struct range){cluster->first_practice, cluster->n_in_cluster};
  return (struct range){cluster->practices[i].number, 1};
}

static void fill_cell(const struct result *result, uint32_t number, uint64_t *begins) {
  struct cell cell = open_cell(result, number, begins);
  const uint32_t *population = &result->counts->population[(size_t)cell.indicator->pack * result->counts->n_practices];
  for (uint32_t c = 0; c < result->n_clusters; c++) {
    struct result_cluster *cluster = &result->clusters[c];
    struct result_figure *row = &cluster->figures[(size_t)result->row_of_cell[number] * (cluster->n_practices + 1)];
    for (uint32_t i = 0; i <= cluster->n_practices; i++)
      row[i] = figure_of(&cell, range_of(cluster, i), population);
  }
}

/* ── adjusted figures ────────────────────────────────────────────────────────────────────────────────────────────── */

/* How many patients of some practices an adjusted figure is about: those whose number is known, or all. */
static double patients_of(const struct cell *cell, struct range range) {
  struct run_count count = count_of(cell, range);
  return has_values(cell->indicator) ? count.numerator : count.denominator;
}

/* What each of a cluster's patients in the cell has, on average; NaN where there is none. */
static double figure_for_each(const struct cell *cell, struct range whole) {
  struct run_count count = count_of(cell, whole);
  if (has_values(cell->indicator))
    return count.numerator
             ? stats_sum(cell->values + cell->begins[whole.first], count.numerator) / count.numerator
             : NAN;
  return count.denominator ? (double)count.numerator / count.denominator : NAN;
}

/* The figure a practice would have, were its patients like the cluster's; the cluster's own is as it is. Where a
 * practice has no figure there is nothing to adjust. */
static void adjust(const struct image_indicator *indicator, const struct result_figure *whole, double expected,
                   struct result_figure *figure) {
  if (isnan(figure->value))
    return;
  figure->expected = has_values(indicator) ? expected / figure->numerator : expected;
  if (figure == whole)
    figure->adjusted = (struct estimate){whole->value, whole->low, whole->high};
  else if (has_values(indicator)) {
    double value = stats_standardise_mean(figure->value, figure->expected, whole->value), shift = value - figure->value;
    figure->adjusted = (struct estimate){value, figure->low + shift, figure->high + shift};
  } else
    figure->adjusted = stats_standardise(figure->numerator, expected, whole->value);
}

/* The expected figures of a cluster's practices, from its adjusting cells first … first + n − 1. */
static void adjust_cluster(const struct result *result, struct result_cluster *cluster, uint32_t first, uint32_t n,
                           uint64_t *begins) {
  const struct image_indicator *indicator = &result->image->indicators[result->image->cells[first].indicator];
  uint32_t n_practices = cluster->n_practices;
  struct result_figure *row = &cluster->figures[(size_t)result->row_of_cell[indicator->first_cell] * (n_practices + 1)];
  struct stats_band *bands = memory_take((size_t)n * (n_practices + 1), sizeof *bands);
  for (uint32_t c = 0; c < n; c++) {
    struct cell cell = open_cell(result, first + c, begins);
    double each = figure_for_each(&cell, range_of(cluster, n_practices));
    for (uint32_t i = 0; i <= n_practices; i++)
      bands[(size_t)i * n + c] = (struct stats_band){patients_of(&cell, range_of(cluster, i)), each};
  }
  for (uint32_t i = 0; i <= n_practices; i++)
    adjust(indicator, &row[n_practices], stats_expected(&bands[(size_t)i * n], n), &row[i]);
  free(bands);
}

/* Few, but somebody. */
static bool is_few(const struct result *result, double patients) { return patients > 0 && patients < result->options.suppress; }

bool result_tells_few(const struct result *result, const struct result_cluster *cluster, const struct image_indicator *indicator,
                      const struct counts *counts, uint32_t practice) {
  struct result of_date = *result;
  uint64_t *begins = memory_take((size_t)counts->n_practices + 1, sizeof *begins);
  bool few = false;
  of_date.counts = counts;
  for (uint32_t c = indicator->first_cell; c < indicator->first_cell + indicator->n_cells; c++) {
    if (result->image->cells[c].role != CELL_ADJUST) continue;
    struct cell cell = open_cell(&of_date, c, begins);
    struct run_count all = count_of(&cell, (struct range){cluster->first_practice, cluster->n_in_cluster});
    few |= is_few(result, patients_of(&cell, (struct range){cluster->first_practice + practice, 1}));
    few |= is_few(result, all.denominator) || is_few(result, all.numerator) || is_few(result, all.unknown) ||
           is_few(result, (double)all.denominator - all.numerator - all.unknown);
  }
  free(begins);
  return few;
}

static void adjust_indicator(const struct result *result, const struct image_indicator *indicator, uint64_t *begins) {
  uint32_t first = indicator->first_cell, end = first + indicator->n_cells;
  while (first < end && result->image->cells[first].role != CELL_ADJUST)
    first++;
  for (uint32_t c = 0; first < end && c < result->n_clusters; c++)
    adjust_cluster(result, &result->clusters[c], first, end - first, begins);
}

/* ── all figures ─────────────────────────────────────────────────────────────────────────────────────────────────── */

void result_fill_figures(struct result *result) {
  const struct image *image = result->image;
  uint64_t *begins = memory_take((size_t)result->counts->n_practices + 1, sizeof *begins);
  result->row_of_cell = memory_take(image->n_cells, sizeof *result->row_of_cell);
  uint32_t n_rows = 0;
  for (uint32_t i = 0; i < image->n_cells; i++)
    result->row_of_cell[i] = image->cells[i].role == CELL_ADJUST ? IMAGE_NONE : n_rows++;
  for (uint32_t c = 0; c < result->n_clusters; c++) {
    struct result_cluster *cluster = &result->clusters[c];
    cluster->figures = memory_take((size_t)n_rows * (cluster->n_practices + 1), sizeof *cluster->figures);
  }
  for (uint32_t i = 0; i < image->n_cells; i++)
    if (result->row_of_cell[i] != IMAGE_NONE)
      fill_cell(result, i, begins);
  for (uint32_t i = 0; i < image->n_indicators; i++)
    adjust_indicator(result, &image->indicators[i], begins);
  free(begins);
}

const struct result_figure *result_figures(const struct result *result, const struct result_cluster *cluster,
                                           uint32_t cell) {
  return &cluster->figures[(size_t)result->row_of_cell[cell] * (cluster->n_practices + 1)];
}

bool result_shows_cell(const struct result *result, const struct result_cluster *cluster, uint32_t cell) {
  const struct image_cell *of = &result->image->cells[cell];
  if (of->role != CELL_BY)
    return of->role == CELL_WHOLE;
  const struct result_figure *all = &result_figures(result, cluster, cell)[cluster->n_practices];
  return !of->is_edge || all->denominator > 0 || all->state[RESULT_DENOMINATOR] != RESULT_SHOWN;
}
