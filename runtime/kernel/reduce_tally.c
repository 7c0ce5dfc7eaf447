/* reduce_tally.c: each row's value against a number, counted for "all of", "any of", "at least 2 of". */
#include <math.h>
#include "runtime/kernel/compare.h"
#include "runtime/kernel/reduce.h"
#include "runtime/kernel/tally.h"

/* A number of one patient, or of one row; in bit 0 whether it is known, below or above its value. */
struct one { double value; uint64_t known, below, above; };

static inline struct one one_of_lane(const struct number *a, uint32_t lane) {
  size_t w = lane / 64, i = lane % 64;
  return (struct one){number_values(a, w)[i], number_known_word(a, w) >> i & 1, number_below_word(a, w) >> i & 1,
                      number_above_word(a, w) >> i & 1};
}

static struct one one_of_row(const struct row *row) { return (struct one){row->value, 1, row->sign < 0, row->sign > 0}; }

/* In bit 0: the one rule of compare.h. */
static struct outcomes at_most(struct one a, struct one b) {
  struct outcomes outcomes = compare_at_most(a.value < b.value, a.value == b.value, a.below, a.above, b.below, b.above);
  uint64_t known = a.known & b.known;
  return (struct outcomes){outcomes.yes & known, outcomes.no & known};
}

static struct outcomes row_outcome(enum rows_test test, struct one row, struct one a, struct one b) {
  switch (test) {
    case ROWS_BELOW: return outcomes_not(at_most(a, row));
    case ROWS_AT_MOST: return at_most(row, a);
    case ROWS_ABOVE: return outcomes_not(at_most(row, a));
    case ROWS_AT_LEAST: return at_most(a, row);
    case ROWS_EQUAL: return outcomes_and(at_most(a, row), at_most(row, a));
    case ROWS_UNEQUAL: return outcomes_not(outcomes_and(at_most(a, row), at_most(row, a)));
    case ROWS_BETWEEN: return outcomes_and(at_most(a, row), at_most(row, b));
  }
  return (struct outcomes){0, 0};
}

/* Of n rows, how many outcomes are yes and how many no: for numbers of any kind, one by one. */
static void tally_each(const struct row *row, uint32_t n, enum rows_test test, struct one a, struct one b, uint32_t *yes, uint32_t *no) {
  for (uint32_t i = 0; i < n; i++) {
    struct outcomes outcome = row_outcome(test, one_of_row(&row[i]), a, b);
    *yes += (uint32_t)outcome.yes;
    *no += (uint32_t)outcome.no;
  }
}

/* The values that the test says yes to, both included, or (is_outside) those it says no to: every test is one of an interval. */
struct interval { double low, high; bool is_outside; };

static inline struct interval interval_of(enum rows_test test, double a, double b) {
  switch (test) {
    case ROWS_BELOW: return (struct interval){a, INFINITY, true};
    case ROWS_AT_MOST: return (struct interval){-INFINITY, a, false};
    case ROWS_ABOVE: return (struct interval){-INFINITY, a, true};
    case ROWS_AT_LEAST: return (struct interval){a, INFINITY, false};
    case ROWS_EQUAL: return (struct interval){a, a, false};
    case ROWS_UNEQUAL: return (struct interval){a, a, true};
    case ROWS_BETWEEN: return (struct interval){a, b, false};
  }
  return (struct interval){0, 0, false};
}

/* The same where all is known and nothing censored: then each row is yes or no. */
static inline uint32_t n_inside(const struct row *row, uint32_t n, struct interval interval) {
  uint32_t inside = 0;
  for (uint32_t i = 0; i < n; i++) inside += (interval.low <= row[i].value) & (row[i].value <= interval.high);
  return inside;
}

void rows_tally(struct rows *rows, enum rows_test test, const struct number *a, const struct number *b, struct tally *out) {
  const struct number *second = test == ROWS_BETWEEN ? b : a;
  const bool exact = !rows->has_signs && !a->censored && !second->censored;
  rows_group(rows);
  const struct row *row = rows->row;
  const struct group *group = rows->group, *end = group + rows->n_groups;
  uint32_t *yes = out->yes, *no = out->no, *total = out->total;
  tally_none(out);
  for (; group < end; group++) {
    uint32_t patient = group->patient, n = group->n;
    if (group->is_short) continue;
    struct one low = one_of_lane(a, patient), high = one_of_lane(second, patient);
    total[patient] = n;
    if (exact && low.known & high.known) {
      struct interval interval = interval_of(test, low.value, high.value);
      uint32_t inside = n_inside(row + group->first, n, interval);
      yes[patient] = interval.is_outside ? n - inside : inside;
      no[patient] = interval.is_outside ? inside : n - inside;
    } else {
      tally_each(row + group->first, n, test, low, high, &yes[patient], &no[patient]);
    }
  }
}
