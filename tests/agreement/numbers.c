/* numbers.c: figures of a series, and comparisons of what is known as a bound only. */
#include <math.h>
#include <stdlib.h>
#include "lang/memory.h"
#include "tests/agreement/agreement.h"

/* ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct value value_of_entry(const struct entry *entry) { return (struct value){.known = true, .number = entry->value, .sign = entry->sign}; }

static double sum(const struct entry *all, size_t n) {
  double total = 0;
  for (size_t i = 0; i < n; i++) total += all[i].value;
  return total;
}

static double mean(const struct entry *all, size_t n) { return sum(all, n) / (double)n; }

/* Of several values on the last date the one that the measure's ties say; a single one keeps its sign. */
static struct value latest(const struct entries *entries, enum image_ties ties) {
  const struct entry *end = entries->all + entries->n, *first = end - 1;
  while (first > entries->all && first[-1].date == end[-1].date) first--;
  if (ties == TIES_MEAN && end - first > 1) return (struct value){.known = true, .number = mean(first, (size_t)(end - first))};
  return value_of_entry(ties == TIES_LOWEST ? first : end - 1);
}

static int compare_sizes(const void *a, const void *b) { return entry_compare_size(a, b); }

struct value figure_of_entries(const struct entries *entries, enum figure figure, enum image_ties ties) {
  size_t n = entries->n, middle = n / 2;
  struct entry *sorted = NEW_ARRAY(struct entry, n);
  struct value value = {.known = true};
  for (size_t i = 0; i < n; i++) sorted[i] = entries->all[i];
  qsort(sorted, n, sizeof *sorted, compare_sizes);
  switch (figure) {
  case FIGURE_LATEST: return latest(entries, ties);
  case FIGURE_EARLIEST: return value_of_entry(&entries->all[0]);
  case FIGURE_HIGHEST: return value_of_entry(&sorted[n - 1]);
  case FIGURE_LOWEST: return value_of_entry(&sorted[0]);
  case FIGURE_MEAN: value.number = mean(entries->all, n); break;
  case FIGURE_SUM: value.number = sum(entries->all, n); break;
  default: value.number = n % 2 ? sorted[middle].value : (sorted[middle - 1].value + sorted[middle].value) / 2; break;
  }
  return value;
}

/* ── comparisons ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* All that a number may be: from low to high; of a censored one the bound itself is left out. */
struct range { double low, high; bool open; };

static struct range range_of(struct value value) {
  if (value.sign < 0) return (struct range){-INFINITY, value.number, true};
  if (value.sign > 0) return (struct range){value.number, INFINITY, true};
  return (struct range){value.number, value.number, false};
}

enum { NEVER, PERHAPS, ALWAYS };

/* Whether every number of a is below every one of b. */
static bool is_below(struct range a, struct range b) { return a.high < b.low || (a.high == b.low && (a.open || b.open)); }

static int below(struct range a, struct range b) {
  if (is_below(a, b)) return ALWAYS;
  return b.high <= a.low ? NEVER : PERHAPS;
}

static int equal(struct range a, struct range b) {
  if (!a.open && !b.open && a.low == b.low) return ALWAYS;
  return is_below(a, b) || is_below(b, a) ? NEVER : PERHAPS;
}

struct value compare_numbers(struct value x, struct value y, enum comparison comparison) {
  struct range a = range_of(x), b = range_of(y);
  int how = PERHAPS;
  switch (comparison) {
  case COMPARE_BELOW: how = below(a, b); break;
  case COMPARE_AT_LEAST: how = ALWAYS - below(a, b); break;
  case COMPARE_ABOVE: how = below(b, a); break;
  case COMPARE_AT_MOST: how = ALWAYS - below(b, a); break;
  case COMPARE_EQUAL: how = equal(a, b); break;
  default: how = ALWAYS - equal(a, b); break;
  }
  return (struct value){.known = how != PERHAPS, .truth = how == ALWAYS};
}
