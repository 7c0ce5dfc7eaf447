/* reduce.c: figures and dates. What lanes do not hold as it is asked for (recent.h) is a loop over the groups. */
#include "runtime/kernel/reduce.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/kernel/date_lanes.h"
#include "runtime/image/dates.h"
#include "runtime/kernel/number_lanes.h"
#include "runtime/memory/memory.h"

struct figure { double value; int sign; };

/* Whether the rows of all that are known are the first levels of lanes. */
static bool are_levels(const struct rows *rows) { return rows->recent && rows->last && rows->last <= rows->recent->depth; }

/* ── how many ────────────────────────────────────────────────────────────────────────────────────────────────────── */

void rows_any(const struct rows *rows, struct mask *out) {
  memcpy(out->yes, rows->seen, sizeof rows->seen);
  for (size_t w = 0; w < MASK_WORDS; w++) out->no[w] = ~(out->yes[w] | rows->unknown[w]);
}

void rows_count(struct rows *rows, struct number *out) {
  number_fill(out, 0);
  if (rows->recent && rows->recent->is_counted && !rows->last) {
    for (size_t i = 0; i < LANES; i++) out->value[i] = rows->recent->n_rows[i];
  } else {
    rows_group(rows);
    for (uint32_t g = 0; g < rows->n_groups; g++) out->value[rows->group[g].patient] = rows->group[g].n;
  }
  for (size_t w = 0; w < MASK_WORDS; w++) out->known[w] = ~rows->unknown[w];
}

/* ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The figures of all that are not short are known; each is then set, and what is no number after all forgotten again. A short
 * group may be given a figure as well: it is not known, and to ask of each group whether it is short would mostly be guessed wrong. */
static void begin_figures(struct rows *rows, struct number *out) {
  rows_group(rows);
  number_fill_unknown(out);
  memcpy(out->known, rows->known, sizeof rows->known);
}

static inline void set_figure(struct number *out, uint32_t patient, double value, int sign) {
  out->value[patient] = value;
  if (sign) number_sign(out, patient, sign);
  if (!isfinite(value)) out->known[patient / 64] &= ~(UINT64_C(1) << patient % 64);
}

static struct figure figure_of(const struct row *row) { return (struct figure){row->value, row->sign}; }

static double sum_of(const struct row *row, uint32_t n) {
  double sum = 0;
  for (uint32_t i = 0; i < n; i++) sum += row[i].value;
  return sum;
}

/* The value of the last date among n > 0 rows. They stand in order, so the highest of that date is the last row and
 * the lowest is the first row of that date. */
static inline struct figure latest_of(const struct row *row, uint32_t n, enum image_ties ties) {
  uint32_t first = n - 1;
  if (ties == TIES_HIGHEST) return figure_of(&row[n - 1]);
  while (first > 0 && row[first - 1].date == row[n - 1].date) first--;
  if (first == n - 1) return figure_of(&row[n - 1]);
  if (ties == TIES_LOWEST) return figure_of(&row[first]);
  return (struct figure){sum_of(row + first, n - first) / (n - first), 0};
}

void rows_latest(struct rows *rows, struct number *out) {
  if (rows->recent && rows->ties == TIES_HIGHEST) {
    recent_value(rows->recent, 0, rows->known, out);
    return;
  }
  begin_figures(rows, out);
  const struct row *row = rows->row;
  const struct group *end = rows->group + rows->n_groups;
  const enum image_ties ties = rows->ties;
  for (const struct group *group = rows->group; group < end; group++) {
    struct figure latest = latest_of(row + group->first, group->n, ties);
    set_figure(out, group->patient, latest.value, latest.sign);
  }
}

void rows_earliest(struct rows *rows, struct number *out) {
  if (are_levels(rows)) {
    recent_value(rows->recent, rows->last - 1, rows->known, out);
    return;
  }
  begin_figures(rows, out);
  for (uint32_t g = 0; g < rows->n_groups; g++) {
    const struct group *group = &rows->group[g];
    if (group->is_short) continue;
    const struct row *first = &rows->row[group->first];
    set_figure(out, group->patient, first->value, first->sign);
  }
}

/* Whether a is higher than b or as high, by bound and then by sign. */
static bool is_as_high(const struct row *a, const struct row *b) {
  return a->value > b->value || (a->value == b->value && a->sign >= b->sign);
}

/* The row of the greatest value; of equal ones the last. */
static const struct row *highest_of(const struct row *row, uint32_t n) {
  const struct row *highest = row;
  for (uint32_t i = 1; i < n; i++)
    if (is_as_high(&row[i], highest)) highest = &row[i];
  return highest;
}

static const struct row *lowest_of(const struct row *row, uint32_t n) {
  const struct row *lowest = row;
  for (uint32_t i = 1; i < n; i++)
    if (is_as_high(lowest, &row[i])) lowest = &row[i];
  return lowest;
}

/* The least of n > 0 values, none of them censored; of two, which is what is mostly asked for, without a branch. */
static inline double least_of(const struct row *row, uint32_t n) {
  double least = row[0].value, second = row[n > 1].value;
  least = second < least ? second : least;
  for (uint32_t i = 2; i < n; i++) least = row[i].value < least ? row[i].value : least;
  return least;
}

static inline double greatest_of(const struct row *row, uint32_t n) {
  double greatest = row[0].value, second = row[n > 1].value;
  greatest = second > greatest ? second : greatest;
  for (uint32_t i = 2; i < n; i++) greatest = row[i].value > greatest ? row[i].value : greatest;
  return greatest;
}

/* Where no row is censored, and so every value is finite and has no sign. */
static inline void set_extremes(struct rows *rows, double extreme_of(const struct row *row, uint32_t n), struct number *out) {
  const struct row *row = rows->row;
  const struct group *end = rows->group + rows->n_groups;
  for (const struct group *group = rows->group; group < end; group++)
    out->value[group->patient] = extreme_of(row + group->first, group->n);
}

void rows_highest(struct rows *rows, struct number *out) {
  if (are_levels(rows) && !rows->has_signs) {
    recent_extreme(rows->recent, rows->last, true, rows->known, out);
    return;
  }
  begin_figures(rows, out);
  if (!rows->has_signs) {
    set_extremes(rows, greatest_of, out);
    return;
  }
  for (uint32_t g = 0; g < rows->n_groups; g++) {
    const struct group *group = &rows->group[g];
    if (group->is_short) continue;
    const struct row *highest = highest_of(rows->row + group->first, group->n);
    set_figure(out, group->patient, highest->value, highest->sign);
  }
}

void rows_lowest(struct rows *rows, struct number *out) {
  if (are_levels(rows) && !rows->has_signs) {
    recent_extreme(rows->recent, rows->last, false, rows->known, out);
    return;
  }
  begin_figures(rows, out);
  if (!rows->has_signs) {
    set_extremes(rows, least_of, out);
    return;
  }
  for (uint32_t g = 0; g < rows->n_groups; g++) {
    const struct group *group = &rows->group[g];
    if (group->is_short) continue;
    const struct row *lowest = lowest_of(rows->row + group->first, group->n);
    set_figure(out, group->patient, lowest->value, lowest->sign);
  }
}

void rows_sum(struct rows *rows, struct number *out) {
  if (are_levels(rows)) {
    recent_sum(rows->recent, rows->last, 1, rows->known, out);
    return;
  }
  begin_figures(rows, out);
  for (uint32_t g = 0; g < rows->n_groups; g++) {
    const struct group *group = &rows->group[g];
    if (!group->is_short) set_figure(out, group->patient, sum_of(rows->row + group->first, group->n), 0);
  }
}

void rows_mean(struct rows *rows, struct number *out) {
  if (are_levels(rows)) {
    recent_sum(rows->recent, rows->last, rows->last, rows->known, out);
    return;
  }
  begin_figures(rows, out);
  for (uint32_t g = 0; g < rows->n_groups; g++) {
    const struct group *group = &rows->group[g];
    if (!group->is_short) set_figure(out, group->patient, sum_of(rows->row + group->first, group->n) / group->n, 0);
  }
}

static int value_order(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static double median_of(const struct row *row, uint32_t n) {
  double few[64], *values = n <= 64 ? few : memory_take(n, sizeof *values);
  for (uint32_t i = 0; i < n; i++) values[i] = row[i].value;
  qsort(values, n, sizeof *values, value_order);
  double median = n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
  if (values != few) free(values);
  return median;
}

void rows_median(struct rows *rows, struct number *out) {
  begin_figures(rows, out);
  for (uint32_t g = 0; g < rows->n_groups; g++) {
    const struct group *group = &rows->group[g];
    if (!group->is_short) set_figure(out, group->patient, median_of(rows->row + group->first, group->n), 0);
  }
}

void rows_change(struct rows *rows, enum cut_unit unit, int32_t older, struct number *out) {
  rows_group(rows);
  number_fill_unknown(out);
  for (uint32_t g = 0; g < rows->n_groups; g++) {
    const struct group *group = &rows->group[g];
    if (group->is_short) continue;
    const struct row *row = rows->row + group->first;
    uint32_t n = group->n;
    int32_t last = row[n - 1].date;
    int32_t limit = unit == CUT_MONTHS ? date_months_back(last, older) : date_days_back(last, older);
    while (n > 0 && (limit == DATE_UNKNOWN || row[n - 1].date > limit)) n--;
    if (n == 0) continue;
    double now = latest_of(row, group->n, rows->ties).value, then = latest_of(row, n, rows->ties).value;
    number_set(out, group->patient, now - then, 0);
  }
}

/* ── dates ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct row *first_of(const struct row *row, uint32_t n) {
  (void)n;
  return row;
}
static const struct row *last_of(const struct row *row, uint32_t n) { return row + n - 1; }

static void date_of(struct rows *rows, const struct row *which(const struct row *row, uint32_t n), struct dates *out) {
  rows_group(rows);
  date_fill(out, DATE_UNKNOWN);
  for (uint32_t g = 0; g < rows->n_groups; g++) {
    const struct group *group = &rows->group[g];
    if (!group->is_short) out->day[group->patient] = which(rows->row + group->first, group->n)->date;
  }
}

void rows_date_of_last(struct rows *rows, struct dates *out) {
  if (rows->recent) recent_date(rows->recent, 0, rows->known, out);
  else date_of(rows, last_of, out);
}

void rows_date_of_first(struct rows *rows, struct dates *out) {
  if (are_levels(rows)) recent_date(rows->recent, rows->last - 1, rows->known, out);
  else date_of(rows, first_of, out);
}

void rows_date_of_highest(struct rows *rows, struct dates *out) { date_of(rows, highest_of, out); }
void rows_date_of_lowest(struct rows *rows, struct dates *out) { date_of(rows, lowest_of, out); }
