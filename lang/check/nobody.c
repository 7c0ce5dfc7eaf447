/* nobody.c: what an expression is for a patient of whom nothing is known: a population must not hold for them. */
#include "lang/check/checker.h"
#include "lang/memory.h"

/* A patient in the data of whom no column is filled and who has no row. Three values and a fourth: EITHER, for what
 * depends on the index date alone. Numbers and dates are known, or unknown, or depend on the index date. */
enum { NO, YES, UNKNOWN, EITHER };
struct nobody {
  enum { NB_TRUTH, NB_UNKNOWN, NB_EITHER, NB_NUMBER, NB_DATE } kind;
  int truth;
  double number;
};

static struct nobody nobody(const struct expr *expr);

static int truth_of(const struct expr *expr) {
  struct nobody value = nobody(expr);
  return value.kind == NB_TRUTH ? value.truth : value.kind == NB_UNKNOWN ? UNKNOWN : EITHER;
}

static struct nobody as_truth(int truth) { return (struct nobody){NB_TRUTH, truth, 0}; }

static int both(int a, int b) {
  return a == NO || b == NO ? NO : a == UNKNOWN || b == UNKNOWN ? UNKNOWN : a == EITHER || b == EITHER ? EITHER : YES;
}
static int negate(int a) { return a == YES ? NO : a == NO ? YES : a; }
static int either(int a, int b) {
  return a == YES || b == YES ? YES : a == EITHER || b == EITHER ? EITHER : negate(both(negate(a), negate(b)));
}

static bool window_is_known(const struct rows *rows) {
  for (size_t i = 0; i < rows->n_limits; i++)
    if ((rows->limits[i].low && nobody(rows->limits[i].low).kind == NB_UNKNOWN) ||
        (rows->limits[i].high && nobody(rows->limits[i].high).kind == NB_UNKNOWN))
      return false;
  return true;
}

static int compared_by(enum comparison comparison, struct nobody a, const struct expr *right) {
  if (a.kind == NB_UNKNOWN) return UNKNOWN;
  struct nobody b = nobody(right);
  if (b.kind == NB_UNKNOWN || (a.kind == NB_TRUTH && a.truth == UNKNOWN) || (b.kind == NB_TRUTH && b.truth == UNKNOWN))
    return UNKNOWN;
  if (a.kind == NB_EITHER || b.kind == NB_EITHER) return EITHER;
  double x = a.kind == NB_TRUTH ? a.truth : a.number, y = b.kind == NB_TRUTH ? b.truth : b.number;
  switch (comparison) {
  case COMPARE_BELOW: return x < y;
  case COMPARE_AT_MOST: return x <= y;
  case COMPARE_ABOVE: return x > y;
  case COMPARE_AT_LEAST: return x >= y;
  case COMPARE_EQUAL: return x == y;
  default: return x != y;
  }
}

static int compared(const struct expr *expr) {
  struct nobody a = nobody(expr->args[0]);
  int truth = NO;
  if (expr->kind == EXPR_compare) return compared_by(expr->comparison, a, expr->args[1]);
  if (expr->kind == EXPR_between)
    return both(compared_by(COMPARE_AT_LEAST, a, expr->args[1]), compared_by(COMPARE_AT_MOST, a, expr->args[2]));
  for (size_t i = 1; i < expr->n_args; i++) truth = either(truth, compared_by(COMPARE_EQUAL, a, expr->args[i]));
  return truth;
}

static int how_many(const struct expr *expr) {
  double yes = 0, open = 0;
  bool on_index = false;
  for (size_t i = 0; i < expr->n_args; i++) {
    int truth = truth_of(expr->args[i]);
    on_index = on_index || truth == EITHER;
    yes += truth == YES;
    open += truth == UNKNOWN;
  }
  if (on_index) return EITHER;
  int least = yes >= expr->number ? YES : yes + open < expr->number ? NO : UNKNOWN;
  int most = yes > expr->number ? NO : yes + open <= expr->number ? YES : UNKNOWN;
  return expr->quantifier == EACH_AT_LEAST ? least : expr->quantifier == EACH_AT_MOST ? most : both(least, most);
}

static struct nobody chosen(const struct expr *expr) {
  for (size_t i = 0; i + 1 < expr->n_args; i += 2) {
    int when = truth_of(expr->args[i + 1]);
    if (when == YES) return nobody(expr->args[i]);
    if (when == EITHER) return (struct nobody){NB_EITHER, 0, 0};
  }
  return nobody(expr->args[expr->n_args - 1]);
}

static struct nobody arithmetic(const struct expr *expr) {
  double result = 0;
  bool on_index = false;
  for (size_t i = 0; i < expr->n_args; i++) {
    struct nobody value = nobody(expr->args[i]);
    if (value.kind == NB_UNKNOWN) return value;
    on_index = on_index || value.kind == NB_EITHER;
    if (i == 0)
      result = expr->kind == EXPR_negate ? -value.number : value.number;
    else if (expr->kind == EXPR_add)
      result += value.number;
    else if (expr->kind == EXPR_subtract)
      result -= value.number;
    else if (expr->kind == EXPR_multiply)
      result *= value.number;
    else if (!on_index && value.number == 0)
      return (struct nobody){NB_UNKNOWN, 0, 0};
    else
      result /= value.number;
  }
  return on_index ? (struct nobody){NB_EITHER, 0, 0} : (struct nobody){NB_NUMBER, 0, result};
}

static struct nobody work_out(const struct expr *expr) {
  const struct nobody unknown = {NB_UNKNOWN, 0, 0}, on_index = {NB_EITHER, 0, 0};
  int truth;
  switch (expr->kind) {
  case EXPR_truth: return as_truth(expr->date);
  case EXPR_number: return (struct nobody){NB_NUMBER, 0, expr->number};
  case EXPR_date: return (struct nobody){NB_DATE, 0, expr->date};
  case EXPR_index: return on_index;
  case EXPR_defined: return nobody(expr->args[0]);
  case EXPR_and:
    truth = YES;
    for (size_t i = 0; i < expr->n_args; i++) truth = both(truth, truth_of(expr->args[i]));
    return as_truth(truth);
  case EXPR_or:
    truth = NO;
    for (size_t i = 0; i < expr->n_args; i++) truth = either(truth, truth_of(expr->args[i]));
    return as_truth(truth);
  case EXPR_not: return as_truth(negate(truth_of(expr->args[0])));
  case EXPR_compare:
  case EXPR_between:
  case EXPR_in: return as_truth(compared(expr));
  case EXPR_is_known: {
    struct nobody value = nobody(expr->args[0]);
    return as_truth(value.kind == NB_UNKNOWN || (value.kind == NB_TRUTH && value.truth == UNKNOWN) ? NO : YES);
  }
  case EXPR_is_true: truth = truth_of(expr->args[0]); return as_truth(truth == UNKNOWN ? NO : truth);
  case EXPR_any_row: return as_truth(window_is_known(expr->rows) ? NO : UNKNOWN);
  case EXPR_count: return window_is_known(expr->rows) ? (struct nobody){NB_NUMBER, 0, 0} : unknown;
  case EXPR_each: return as_truth(UNKNOWN);
  case EXPR_how_many: return as_truth(how_many(expr));
  case EXPR_choose: return chosen(expr);
  case EXPR_otherwise: {
    struct nobody value = nobody(expr->args[0]);
    return value.kind == NB_UNKNOWN || (value.kind == NB_TRUTH && value.truth == UNKNOWN) ? nobody(expr->args[1])
                                                                                          : value;
  }
  case EXPR_add:
  case EXPR_subtract:
  case EXPR_multiply:
  case EXPR_divide:
  case EXPR_negate: return arithmetic(expr);
  case EXPR_earlier:
  case EXPR_since: return nobody(expr->args[0]).kind == NB_UNKNOWN ? unknown : on_index;
  default: return unknown; /* columns, figures, dates of rows */
  }
}

/* Definitions and windows may use each other many times over: each expression is worked out once. */
static struct nobody nobody(const struct expr *expr) {
  if (!expr->of_nobody) {
    struct nobody *value = NEW(struct nobody);
    *value = work_out(expr);
    ((struct expr *)expr)->of_nobody = value;
  }
  return *expr->of_nobody;
}

int outcome_of_nobody(const struct expr *expr) {
  int truth = truth_of(expr);
  return truth == EITHER ? YES : truth;
}
