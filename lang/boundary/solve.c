/* solve.c: patients for whom a condition holds or does not, made by walking down to what can be changed: the logic here,
 * comparisons in compare.c, rows and columns in lever.c. It is a search that may miss: nothing is promised of a patient
 * before the engine has seen them. */
#include "lang/boundary/inner.h"
#include "lang/memory.h"

enum { DEEPEST = 200 };

void ways_add(struct ways *ways, const struct person *person) {
  if (ways->n < MOST_WAYS) ways->all[ways->n++] = person;
}

static void add_all(struct ways *ways, const struct ways *more) {
  for (size_t i = 0; i < more->n; i++) ways_add(ways, more->all[i]);
}

/* Each way so far, with one more condition answered. */
static void solve_next(struct boundary *boundary, struct ways *ways, const struct expr *expr, int truth) {
  struct ways next = {.n = 0};
  for (size_t i = 0; i < ways->n; i++) {
    struct ways here = {.n = 0};
    solve(boundary, ways->all[i], expr, truth, &here);
    /* The first of each way before the second of any, so that none crowds out the others. */
    for (size_t j = 0; j < here.n && j < (ways->n > 2 ? 2u : MOST_WAYS); j++) ways_add(&next, here.all[j]);
  }
  *ways = next;
}

static struct ways only(const struct person *person) { return (struct ways){.all = {person}, .n = 1}; }

/* All args are to be `truth`. */
static void solve_all(struct boundary *boundary, const struct person *person, const struct expr *expr, int truth,
                      struct ways *ways) {
  struct ways here = only(person);
  for (size_t i = 0; i < expr->n_args; i++) solve_next(boundary, &here, expr->args[i], truth);
  add_all(ways, &here);
}

/* One of the args is to be `truth`. */
static void solve_one(struct boundary *boundary, const struct person *person, const struct expr *expr, int truth,
                      struct ways *ways) {
  for (size_t i = 0; i < expr->n_args; i++) solve(boundary, person, expr->args[i], truth, ways);
}

/* The first n args yes and the rest no; `but` is left as it is. */
static struct ways solve_count(struct boundary *boundary, const struct person *person, const struct expr *expr,
                               double n, const struct expr *but) {
  struct ways here = only(person);
  for (size_t i = 0; i < expr->n_args; i++) {
    if (expr->args[i] == but) continue;
    solve_next(boundary, &here, expr->args[i], n > 0);
    n--;
  }
  return here;
}

static void solve_how_many(struct boundary *boundary, const struct person *person, const struct expr *expr, int truth,
                           struct ways *ways) {
  double n = expr->number;
  if (expr->quantifier == EACH_AT_LEAST && !truth) n--;
  if (expr->quantifier != EACH_AT_LEAST && !truth) n++;
  struct ways here = solve_count(boundary, person, expr, n, NULL);
  add_all(ways, &here);
}

/* The arm of a choice is taken: the conditions before it no, its own yes. */
static struct ways solve_arm(struct boundary *boundary, const struct person *person, const struct expr *choose,
                             size_t arm) {
  struct ways here = only(person);
  for (size_t i = 0; i < arm; i += 2) solve_next(boundary, &here, choose->args[i + 1], 0);
  if (arm + 1 < choose->n_args) solve_next(boundary, &here, choose->args[arm + 1], 1);
  return here;
}

static void solve_choose(struct boundary *boundary, const struct person *person, const struct expr *expr, int truth,
                         struct ways *ways) {
  for (size_t arm = 0; arm < expr->n_args; arm += 2) {
    struct ways here = solve_arm(boundary, person, expr, arm);
    solve_next(boundary, &here, expr->args[arm], truth);
    add_all(ways, &here);
  }
}

static void solve_rows(struct boundary *boundary, const struct person *person, const struct expr *expr, int truth,
                       struct ways *ways) {
  struct person *copy = person_copy(person);
  size_t wanted = truth ? (expr->rows->cut ? (size_t)expr->rows->n : 1) : 0;
  size_t had = set_rows(boundary, copy, expr->rows, wanted, !truth);
  if (truth ? had > 0 : had == 0) ways_add(ways, copy);
}

static void solve_known(struct boundary *boundary, const struct person *person, const struct expr *expr, int truth,
                        struct ways *ways) {
  const struct expr *arg = expr->args[0];
  struct person *copy = person_copy(person);
  if (truth && set_known(boundary, copy, arg)) ways_add(ways, copy);
  if (truth) return;
  if (arg->rows) set_rows(boundary, copy, arg->rows, 0, true);
  if (arg->kind == EXPR_column) person_forget(copy, arg->column);
  ways_add(ways, copy);
}

static void solve_kind(struct boundary *boundary, const struct person *person, const struct expr *expr, int truth,
                       struct ways *ways) {
  switch (expr->kind) {
  case EXPR_truth:
    if (expr->date == truth) ways_add(ways, person);
    break;
  case EXPR_defined: solve(boundary, person, expr->definition->value, truth, ways); break;
  case EXPR_and: (truth ? solve_all : solve_one)(boundary, person, expr, truth, ways); break;
  case EXPR_or: (truth ? solve_one : solve_all)(boundary, person, expr, truth, ways); break;
  case EXPR_not: solve(boundary, person, expr->args[0], !truth, ways); break;
  case EXPR_is_true: solve(boundary, person, expr->args[0], truth, ways); break;
  case EXPR_otherwise: solve_one(boundary, person, expr, truth, ways); break;
  case EXPR_how_many: solve_how_many(boundary, person, expr, truth, ways); break;
  case EXPR_choose: solve_choose(boundary, person, expr, truth, ways); break;
  case EXPR_any_row: solve_rows(boundary, person, expr, truth, ways); break;
  case EXPR_is_known: solve_known(boundary, person, expr, truth, ways); break;
  case EXPR_each: solve_each(boundary, person, expr, truth, ways); break;
  case EXPR_compare:
  case EXPR_between:
  case EXPR_in: solve_compare(boundary, person, expr, truth, ways); break;
  default: break;
  }
}

void solve(struct boundary *boundary, const struct person *person, const struct expr *expr, int truth,
           struct ways *ways) {
  if (boundary->depth >= DEEPEST || ways->n >= MOST_WAYS) return;
  boundary->depth++;
  solve_kind(boundary, person, expr, truth, ways);
  boundary->depth--;
}

/* ── one condition decides ───────────────────────────────────────────────────────────────────────────────────────── */

static bool holds(const struct expr *expr, const struct expr *condition) {
  return variant_forced(expr, condition, 0) != expr;
}

static void decide(struct boundary *boundary, const struct person *person, const struct expr *expr,
                   const struct expr *condition, int truth, struct ways *ways);

static void decide_next(struct boundary *boundary, struct ways *here, const struct expr *expr,
                        const struct expr *condition, int truth, struct ways *ways) {
  for (size_t i = 0; i < here->n; i++) decide(boundary, here->all[i], expr, condition, truth, ways);
}

/* Of `and` all others are yes, of `or` no. */
static void decide_junction(struct boundary *boundary, const struct person *person, const struct expr *expr,
                            const struct expr *condition, int truth, struct ways *ways) {
  for (size_t i = 0; i < expr->n_args; i++) {
    struct ways here = only(person);
    if (!holds(expr->args[i], condition)) continue;
    for (size_t j = 0; j < expr->n_args; j++)
      if (j != i) solve_next(boundary, &here, expr->args[j], expr->kind == EXPR_and);
    decide_next(boundary, &here, expr->args[i], condition, truth, ways);
  }
}

static void decide_how_many(struct boundary *boundary, const struct person *person, const struct expr *expr,
                            const struct expr *condition, int truth, struct ways *ways) {
  for (size_t i = 0; i < expr->n_args; i++) {
    if (!holds(expr->args[i], condition)) continue;
    for (double n = expr->number - 1; n <= expr->number; n++) {
      struct ways here = solve_count(boundary, person, expr, n, expr->args[i]);
      decide_next(boundary, &here, expr->args[i], condition, truth, ways);
    }
  }
}

/* A condition of a choice decides where no earlier arm is taken; what is chosen differs by chance. */
static void decide_choose(struct boundary *boundary, const struct person *person, const struct expr *expr,
                          const struct expr *condition, int truth, struct ways *ways) {
  for (size_t arm = 0; arm < expr->n_args; arm += 2) {
    bool has_when = arm + 1 < expr->n_args;
    if (has_when && holds(expr->args[arm + 1], condition)) {
      struct ways here = only(person);
      for (size_t i = 0; i < arm; i += 2) solve_next(boundary, &here, expr->args[i + 1], 0);
      if (expr->type.kind == TYPE_TRUTH)
        for (int value = 1; value >= 0; value--) {
          struct ways both = here;
          solve_next(boundary, &both, expr->args[arm], value);
          solve_next(boundary, &both, expr->args[arm + 2], !value);
          decide_next(boundary, &both, expr->args[arm + 1], condition, truth, ways);
        }
      decide_next(boundary, &here, expr->args[arm + 1], condition, truth, ways);
    }
    if (holds(expr->args[arm], condition)) {
      struct ways here = solve_arm(boundary, person, expr, arm);
      decide_next(boundary, &here, expr->args[arm], condition, truth, ways);
    }
  }
}

/* A condition inside a value that is compared: both answers of the comparison are made, then the condition. */
static void decide_inside(struct boundary *boundary, const struct person *person, const struct expr *expr,
                          const struct expr *condition, int truth, struct ways *ways) {
  for (int answer = 1; answer >= 0; answer--) {
    struct ways here = {.n = 0};
    if (expr->type.kind == TYPE_TRUTH) solve(boundary, person, expr, answer, &here);
    ways_add(&here, person);
    for (size_t i = 0; i < expr->n_args; i++)
      if (holds(expr->args[i], condition)) decide_next(boundary, &here, expr->args[i], condition, truth, ways);
  }
}

static void decide(struct boundary *boundary, const struct person *person, const struct expr *expr,
                   const struct expr *condition, int truth, struct ways *ways) {
  if (boundary->depth >= DEEPEST || ways->n >= MOST_WAYS) return;
  boundary->depth++;
  if (expr == condition)
    solve(boundary, person, expr, truth, ways);
  else if (expr->kind == EXPR_defined)
    decide(boundary, person, expr->definition->value, condition, truth, ways);
  else if (expr->kind == EXPR_and || expr->kind == EXPR_or)
    decide_junction(boundary, person, expr, condition, truth, ways);
  else if (expr->kind == EXPR_how_many)
    decide_how_many(boundary, person, expr, condition, truth, ways);
  else if (expr->kind == EXPR_choose)
    decide_choose(boundary, person, expr, condition, truth, ways);
  else if (expr->n_args == 1)
    decide(boundary, person, expr->args[0], condition, truth, ways);
  else
    decide_inside(boundary, person, expr, condition, truth, ways);
  boundary->depth--;
}

void boundary_decide(struct boundary *boundary, const struct person *person, const struct expr *expr,
                     const struct expr *condition, int truth, struct ways *ways) {
  if (condition)
    decide(boundary, person, expr, condition, truth, ways);
  else
    ways_add(ways, person);
}
