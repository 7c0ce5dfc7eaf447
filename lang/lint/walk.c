/* walk.c: the way through all expressions of a program. */
#include "lang/lint/inner.h"
#include "lang/lint/seen.h"

struct walk {
  lint_visit *visit;
  void *context;
  bool follows;     /* definitions where they are used */
  struct seen seen; /* definitions and default windows, which many phrases share */
};

static void go(struct walk *walk, const struct expr *expr) {
  if (!expr || expr->kind == EXPR_wrong) return;
  walk->visit(walk->context, expr);
  const struct rows *rows = expr->rows;
  if (rows && rows->n_limits && seen_first(&walk->seen, rows->limits))
    for (size_t i = 0; i < rows->n_limits; i++) {
      go(walk, rows->limits[i].low);
      go(walk, rows->limits[i].high);
    }
  if (expr->kind == EXPR_defined && (!walk->follows || !seen_first(&walk->seen, expr->definition))) return;
  for (size_t i = 0; i < expr->n_args; i++) go(walk, expr->args[i]);
}

/* The conditions of the bands are made of their number by the checker: they say nothing more. */
static void go_strata(struct walk *walk, const struct stratum *const *strata, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (seen_first(&walk->seen, strata[i])) go(walk, strata[i]->value);
}

static void go_all(struct walk *walk, const struct program *program) {
  go(walk, program->population);
  for (size_t i = 0; i < program->n_indicators; i++) {
    const struct indicator *indicator = program->indicators[i];
    go(walk, indicator->denominator);
    go(walk, indicator->numerator);
    go(walk, indicator->value);
    go_strata(walk, indicator->by, indicator->n_by);
    go_strata(walk, indicator->adjust, indicator->n_adjust);
  }
}

void lint_walk(const struct program *program, lint_visit *visit, void *context) {
  struct walk walk = {.visit = visit, .context = context};
  for (size_t i = 0; i < program->n_definitions; i++) go(&walk, program->definitions[i]->value);
  go_all(&walk, program);
}

void lint_walk_reached(const struct program *program, lint_visit *visit, void *context) {
  struct walk walk = {.visit = visit, .context = context, .follows = true};
  go_all(&walk, program);
}
