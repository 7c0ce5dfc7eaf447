/* quantify.c: whether all values of the rows, or some, compare with a number as asked. */
#include "runtime/kernel/compare.h"
#include "runtime/kernel/reduce.h"
#include "runtime/kernel/tally.h"

static const struct number *extreme(struct scanner *scanner, struct rows *rows, bool highest) {
  if (!scanner->has_extreme[highest]) (highest ? rows_highest : rows_lowest)(rows, &scanner->extreme[highest]);
  scanner->has_extreme[highest] = true;
  return &scanner->extreme[highest];
}

/* Whether one value of each patient decides: where some are censored, which of them is the lowest is not known. */
static bool is_decided_by_one(const struct rows *rows, enum rows_test test, const struct number *a) {
  return test <= ROWS_AT_LEAST && !rows->has_signs && !a->censored;
}

/* All are below a number if the highest is, and above it if the lowest is; for one of them it is the other way about. */
static void decide(struct scanner *scanner, struct rows *rows, enum rows_test test, const struct number *a, bool all,
                   struct mask *out) {
  bool is_upper = test == ROWS_BELOW || test == ROWS_AT_MOST;
  if (!is_decided_by_one(rows, test, a)) {
    rows_tally(rows, test, a, NULL, &scanner->tally);
    (all ? tally_all : tally_any)(out, &scanner->tally);
    return;
  }
  const struct number *value = extreme(scanner, rows, is_upper == all);
  bool is_strict = test == ROWS_BELOW || test == ROWS_ABOVE;
  (is_strict ? number_below : number_at_most)(out, is_upper ? value : a, is_upper ? a : value);
}

void rows_all(struct scanner *scanner, struct rows *rows, enum rows_test test, const struct number *a, struct mask *out) {
  decide(scanner, rows, test, a, true, out);
}

void rows_some(struct scanner *scanner, struct rows *rows, enum rows_test test, const struct number *a, struct mask *out) {
  decide(scanner, rows, test, a, false, out);
}
