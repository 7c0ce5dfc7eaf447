/* quantify.c: whether all values of the rows, or some, compare with a number as asked. */
#include "runtime/kernel/compare.h"
#include "runtime/kernel/reduce.h"
#include "runtime/kernel/tally.h"

static const struct number *lowest(struct scanner *scanner, const struct rows *rows) {
  if (!scanner->has_extreme[0]) rows_lowest(rows, &scanner->extreme[0]);
  scanner->has_extreme[0] = true;
  return &scanner->extreme[0];
}

static const struct number *highest(struct scanner *scanner, const struct rows *rows) {
  if (!scanner->has_extreme[1]) rows_highest(rows, &scanner->extreme[1]);
  scanner->has_extreme[1] = true;
  return &scanner->extreme[1];
}

/* Whether one value of each patient decides: where some are censored, which of them is the lowest is not known. */
static bool is_decided_by_one(const struct rows *rows, enum rows_test test, const struct number *a) {
  return test <= ROWS_AT_LEAST && !rows->has_signs && !a->censored;
}

/* All are below a number if the highest is, and above it if the lowest is. */
void rows_all(struct scanner *scanner, const struct rows *rows, enum rows_test test, const struct number *a, struct mask *out) {
  if (!is_decided_by_one(rows, test, a)) {
    rows_tally(rows, test, a, NULL, &scanner->tally);
    tally_all(out, &scanner->tally);
    return;
  }
  switch (test) {
    case ROWS_BELOW: number_below(out, highest(scanner, rows), a); break;
    case ROWS_AT_MOST: number_at_most(out, highest(scanner, rows), a); break;
    case ROWS_ABOVE: number_below(out, a, lowest(scanner, rows)); break;
    default: number_at_most(out, a, lowest(scanner, rows)); break;
  }
}

/* One is below a number if the lowest is, and above it if the highest is. */
void rows_some(struct scanner *scanner, const struct rows *rows, enum rows_test test, const struct number *a, struct mask *out) {
  if (!is_decided_by_one(rows, test, a)) {
    rows_tally(rows, test, a, NULL, &scanner->tally);
    tally_any(out, &scanner->tally);
    return;
  }
  switch (test) {
    case ROWS_BELOW: number_below(out, lowest(scanner, rows), a); break;
    case ROWS_AT_MOST: number_at_most(out, lowest(scanner, rows), a); break;
    case ROWS_ABOVE: number_below(out, a, highest(scanner, rows)); break;
    default: number_at_most(out, a, highest(scanner, rows)); break;
  }
}
