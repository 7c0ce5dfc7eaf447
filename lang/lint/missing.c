/* missing.c: conditions worked out for all patients at once who lack a measure: not one outcome comes of it, but all that
 * may. */
#include "lang/lint/missing.h"
#include <math.h>
#include "lang/lint/same.h"
#include "lang/lint/windows.h"

/* What an expression may be. A number or date that is known lies from low to high. */
struct may {
  unsigned outcomes;
  bool known, unknown;
  double low, high;
};
/* Definitions may hold each other many times over; so much is looked at. */
enum { MOST_LOOKS = 5000 };
struct looking {
  struct lack lack;
  int left;
};

static struct may look(struct looking *looking, const struct expr *expr);

static struct may outcomes_of(unsigned outcomes) { return (struct may){.outcomes = outcomes}; }
static const struct may anything = {MAY_BE_NO | MAY_BE_YES, true, false, -INFINITY, INFINITY};

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

int32_t missing_needs(const struct expr *expr) {
  switch (expr->kind) {
  case EXPR_figure:
  case EXPR_row_date:
  case EXPR_each: return expr->rows->cut ? expr->rows->n : 1;
  case EXPR_change: return 2;
  default: return 0;
  }
}

/* How many values there may be in a window. */
static void count(const struct looking *looking, const struct rows *rows, double *least, double *most) {
  const struct rows *lacking = looking->lack.rows;
  double has = looking->lack.has;
  *least = 0;
  *most = INFINITY;
  if (rows->stream != lacking->stream) return;
  switch (windows_compare(rows->limits, rows->n_limits, lacking->limits, lacking->n_limits)) {
  case WINDOWS_SAME: *least = *most = has; break;
  case WINDOWS_INSIDE: *most = has; break;
  case WINDOWS_AROUND: *least = has; break;
  default: break;
  }
}

/* A window that hangs on an unknown date makes unknown what it limits. */
static struct may windowed(struct looking *looking, const struct rows *rows, struct may may) {
  for (size_t i = 0; i < 2 * rows->n_limits; i++) {
    const struct expr *limit = i % 2 ? rows->limits[i / 2].high : rows->limits[i / 2].low;
    struct may date = limit ? look(looking, limit) : anything;
    if (date.unknown) may.outcomes |= MAY_BE_UNKNOWN, may.unknown = true;
    if (!date.known) may.outcomes = MAY_BE_UNKNOWN, may.known = false;
  }
  return may;
}

static struct may of_rows(struct looking *looking, const struct expr *expr) {
  double least, most;
  count(looking, expr->rows, &least, &most);
  struct may may = anything;
  if (expr->kind == EXPR_any_row)
    may.outcomes = (least < 1 ? MAY_BE_NO : 0) | (most >= 1 ? MAY_BE_YES : 0);
  else if (expr->kind == EXPR_count)
    may.low = least, may.high = most;
  else if (most < missing_needs(expr))
    may = (struct may){.outcomes = MAY_BE_UNKNOWN, .unknown = true};
  return windowed(looking, expr->rows, may);
}

/* ── logic ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static unsigned negated(unsigned a) {
  return (a & MAY_BE_UNKNOWN) | (a & MAY_BE_NO ? MAY_BE_YES : 0) | (a & MAY_BE_YES ? MAY_BE_NO : 0);
}

/* Each outcome of the one with each of the other. */
static unsigned both(unsigned a, unsigned b) {
  unsigned result = (a | b) & MAY_BE_NO;
  if (a & b & MAY_BE_YES) result |= MAY_BE_YES;
  if ((a & MAY_BE_UNKNOWN && b & ~(unsigned)MAY_BE_NO) || (b & MAY_BE_UNKNOWN && a & ~(unsigned)MAY_BE_NO))
    result |= MAY_BE_UNKNOWN;
  return result;
}
static unsigned either(unsigned a, unsigned b) { return negated(both(negated(a), negated(b))); }

static struct may junction(struct looking *looking, const struct expr *expr) {
  bool is_and = expr->kind == EXPR_and;
  unsigned result = is_and ? MAY_BE_YES : MAY_BE_NO;
  for (size_t i = 0; i < expr->n_args; i++) {
    unsigned arg = look(looking, expr->args[i]).outcomes;
    result = is_and ? both(result, arg) : either(result, arg);
  }
  return outcomes_of(result);
}

/* ── comparisons ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static unsigned compared(enum comparison comparison, struct may a, struct may b) {
  unsigned result = a.unknown || b.unknown ? MAY_BE_UNKNOWN : 0;
  if (!a.known || !b.known) return result;
  switch (comparison) {
  case COMPARE_BELOW: return result | (a.low < b.high ? MAY_BE_YES : 0) | (a.high >= b.low ? MAY_BE_NO : 0);
  case COMPARE_AT_MOST: return result | (a.low <= b.high ? MAY_BE_YES : 0) | (a.high > b.low ? MAY_BE_NO : 0);
  case COMPARE_ABOVE: return compared(COMPARE_BELOW, b, a);
  case COMPARE_AT_LEAST: return compared(COMPARE_AT_MOST, b, a);
  case COMPARE_EQUAL: {
    bool one = a.low == a.high && b.low == b.high && a.low == b.low;
    return result | (a.low <= b.high && b.low <= a.high ? MAY_BE_YES : 0) | (one ? 0 : MAY_BE_NO);
  }
  default: return negated(compared(COMPARE_EQUAL, a, b));
  }
}

/* Outcomes that are compared are known or not. */
static struct may side(struct looking *looking, const struct expr *expr) {
  struct may may = look(looking, expr);
  if (expr->type.kind != TYPE_TRUTH) return may;
  return (struct may){0, (may.outcomes & (MAY_BE_NO | MAY_BE_YES)) != 0, (may.outcomes & MAY_BE_UNKNOWN) != 0,
                      -INFINITY, INFINITY};
}

static struct may comparison(struct looking *looking, const struct expr *expr) {
  struct may a = side(looking, expr->args[0]), b = side(looking, expr->args[1]);
  unsigned result;
  if (expr->kind == EXPR_compare) return outcomes_of(compared(expr->comparison, a, b));
  if (expr->kind == EXPR_between)
    return outcomes_of(
        both(compared(COMPARE_AT_LEAST, a, b), compared(COMPARE_AT_MOST, a, side(looking, expr->args[2]))));
  result = MAY_BE_NO;
  for (size_t i = 1; i < expr->n_args; i++)
    result = either(result, compared(COMPARE_EQUAL, a, side(looking, expr->args[i])));
  return outcomes_of(result);
}

static struct may known(struct looking *looking, const struct expr *expr) {
  struct may may = side(looking, expr->args[0]);
  return outcomes_of((may.known ? MAY_BE_YES : 0) | (may.unknown ? MAY_BE_NO : 0));
}

static struct may truly(struct looking *looking, const struct expr *expr) {
  unsigned arg = look(looking, expr->args[0]).outcomes;
  return outcomes_of((arg & MAY_BE_YES) | (arg & (MAY_BE_NO | MAY_BE_UNKNOWN) ? MAY_BE_NO : 0));
}

/* ── of several ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* At least n: by how many are certain, how many may be yes, and how many are not certain to be no. */
static unsigned at_least(struct looking *looking, const struct expr *expr, double n) {
  double certain = 0, may_be_yes = 0, open = 0;
  bool unknown = false;
  for (size_t i = 0; i < expr->n_args; i++) {
    unsigned arg = look(looking, expr->args[i]).outcomes;
    certain += arg == MAY_BE_YES;
    may_be_yes += (arg & MAY_BE_YES) != 0;
    open += (arg & (MAY_BE_YES | MAY_BE_UNKNOWN)) != 0;
    unknown = unknown || arg & MAY_BE_UNKNOWN;
  }
  if (certain >= n) return MAY_BE_YES;
  if (open < n) return MAY_BE_NO;
  return (may_be_yes >= n ? MAY_BE_YES : 0) | MAY_BE_NO | (unknown ? MAY_BE_UNKNOWN : 0);
}

static struct may how_many(struct looking *looking, const struct expr *expr) {
  unsigned least = at_least(looking, expr, expr->number);
  if (expr->quantifier == EACH_AT_LEAST) return outcomes_of(least);
  unsigned most = negated(at_least(looking, expr, expr->number + 1));
  return outcomes_of(expr->quantifier == EACH_AT_MOST ? most : both(least, most));
}

static struct may any_of(struct may a, struct may b) {
  if (!a.known) a.low = INFINITY, a.high = -INFINITY;
  if (!b.known) b.low = INFINITY, b.high = -INFINITY;
  return (struct may){a.outcomes | b.outcomes, a.known || b.known, a.unknown || b.unknown, fmin(a.low, b.low),
                      fmax(a.high, b.high)};
}

/* The first value whose condition is yes; one that is unknown is passed over. */
static struct may chosen(struct looking *looking, const struct expr *expr) {
  struct may result = {.low = INFINITY, .high = -INFINITY};
  for (size_t i = 0; i + 1 < expr->n_args; i += 2) {
    unsigned when = look(looking, expr->args[i + 1]).outcomes;
    if (when & MAY_BE_YES) result = any_of(result, look(looking, expr->args[i]));
    if (when == MAY_BE_YES) return result;
  }
  return any_of(result, look(looking, expr->args[expr->n_args - 1]));
}

static struct may otherwise(struct looking *looking, const struct expr *expr) {
  struct may may = look(looking, expr->args[0]);
  bool unknown = may.unknown || may.outcomes & MAY_BE_UNKNOWN;
  may.unknown = false;
  may.outcomes &= ~(unsigned)MAY_BE_UNKNOWN;
  return unknown ? any_of(may, look(looking, expr->args[1])) : may;
}

/* Whatever is worked out of a value is unknown where that is. */
static struct may worked_out(struct looking *looking, const struct expr *expr) {
  struct may may = anything;
  for (size_t i = 0; i < expr->n_args; i++) {
    struct may arg = look(looking, expr->args[i]);
    may.known = may.known && arg.known;
    may.unknown = may.unknown || arg.unknown;
  }
  return may;
}

static struct may look(struct looking *looking, const struct expr *expr) {
  expr = same_core(expr);
  if (looking->left-- <= 0) return anything;
  switch (expr->kind) {
  case EXPR_number: return (struct may){0, true, false, expr->number, expr->number};
  case EXPR_date: return (struct may){0, true, false, expr->date, expr->date};
  case EXPR_truth: return outcomes_of(expr->date == 0 ? MAY_BE_NO : expr->date == 1 ? MAY_BE_YES : MAY_BE_UNKNOWN);
  case EXPR_and:
  case EXPR_or: return junction(looking, expr);
  case EXPR_not: return outcomes_of(negated(look(looking, expr->args[0]).outcomes));
  case EXPR_compare:
  case EXPR_between:
  case EXPR_in: return comparison(looking, expr);
  case EXPR_is_known: return known(looking, expr);
  case EXPR_is_true: return truly(looking, expr);
  case EXPR_any_row:
  case EXPR_count:
  case EXPR_figure:
  case EXPR_change:
  case EXPR_row_date:
  case EXPR_each: return of_rows(looking, expr);
  case EXPR_how_many: return how_many(looking, expr);
  case EXPR_choose: return chosen(looking, expr);
  case EXPR_otherwise: return otherwise(looking, expr);
  case EXPR_add:
  case EXPR_subtract:
  case EXPR_multiply:
  case EXPR_divide:
  case EXPR_negate:
  case EXPR_earlier:
  case EXPR_since: return worked_out(looking, expr);
  default: return anything; /* columns, texts, the index date */
  }
}

unsigned missing_outcomes(const struct expr *condition, struct lack lack) {
  struct looking looking = {lack, MOST_LOOKS};
  return look(&looking, condition).outcomes;
}
