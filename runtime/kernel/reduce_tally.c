/* reduce_tally.c: each row's value against a number, counted for "all of", "any of", "at least 2 of". */
#include "runtime/kernel/compare.h"
#include "runtime/kernel/reduce.h"
#include "runtime/kernel/tally.h"

/* A number of one patient, or of one row; in bit 0 whether it is known, below or above its value. */
struct one { double value; uint64_t known, below, above; };

static struct one one_of_lane(const struct number *a, uint32_t lane) {
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

void rows_tally(const struct rows *rows, enum rows_test test, const struct number *a, const struct number *b, struct tally *out) {
  tally_none(out);
  for (uint32_t g = 0; g < rows->n_groups; g++) {
    const struct group *group = &rows->group[g];
    if (group->is_short) continue;
    uint32_t patient = group->patient, yes = 0, no = 0;
    struct one low = one_of_lane(a, patient), high = test == ROWS_BETWEEN ? one_of_lane(b, patient) : low;
    for (uint32_t i = 0; i < group->n; i++) {
      struct outcomes outcome = row_outcome(test, one_of_row(&rows->row[group->first + i]), low, high);
      yes += (uint32_t)outcome.yes;
      no += (uint32_t)outcome.no;
    }
    out->yes[patient] = yes;
    out->no[patient] = no;
    out->total[patient] = group->n;
  }
}
