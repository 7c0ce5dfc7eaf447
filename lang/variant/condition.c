/* condition.c: the elementary conditions of a rule, and a rule in which one of them is answered once and for all. */
#include "lang/memory.h"
#include "lang/variant/inner.h"

/* Conditions that are compared with each other are joined, not compared: `female_line = male_line`. */
static bool is_elementary(const struct expr *expr) {
  switch (expr->kind) {
  case EXPR_compare: return expr->args[0]->type.kind != TYPE_TRUTH;
  case EXPR_between:
  case EXPR_in:
  case EXPR_is_known:
  case EXPR_any_row:
  case EXPR_each: return true;
  default: return false;
  }
}

/* Whether a condition is known hangs on more than its answer, so the conditions in it decide nothing alone. */
static bool gather(void *context, const struct expr *expr, bool is_limit) {
  struct conditions *conditions = context;
  (void)is_limit;
  if (!is_elementary(expr)) return true;
  conditions->all = memory_grow(conditions->all, conditions->n + 1, sizeof *conditions->all);
  conditions->all[conditions->n++] = expr;
  return expr->kind != EXPR_is_known || expr->args[0]->type.kind != TYPE_TRUTH;
}

struct conditions variant_conditions(const struct expr *const *roots, size_t n) {
  struct conditions conditions = {0};
  struct visitor visitor = {.context = &conditions, .expr = gather};
  walk(&visitor, roots, n);
  return conditions;
}
