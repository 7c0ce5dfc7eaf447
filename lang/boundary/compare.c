/* compare.c: patients for whom a comparison holds or does not, just at its limit. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "lang/boundary/inner.h"
#include "lang/memory.h"

/* ── what a side may be ──────────────────────────────────────────────────────────────────────────────────────────── */

/* A number that a side is, and how many decimals it is said with; for a choice, the patients for whom it is that one. */
struct target {
  double number;
  int decimals;
  const struct person *person;
};
enum { MOST_TARGETS = 8 };
struct targets {
  struct target all[MOST_TARGETS];
  size_t n;
};

static void add_target(struct targets *targets, double number, int decimals, const struct person *person) {
  if (targets->n < MOST_TARGETS) targets->all[targets->n++] = (struct target){number, decimals, person};
}

static const struct expr *opened(const struct expr *expr) {
  while (expr->kind == EXPR_defined) expr = expr->definition->value;
  return expr;
}

static void targets_of(struct boundary *boundary, const struct person *person, const struct expr *side,
                       struct targets *targets);

/* Each arm, for a patient for whom it is taken. */
static void targets_of_choice(struct boundary *boundary, const struct person *person, const struct expr *choose,
                              struct targets *targets) {
  for (size_t arm = 0; arm < choose->n_args; arm += 2) {
    struct ways here = {.all = {person}, .n = 1};
    for (size_t i = 1; i <= arm + 1 && i < choose->n_args; i += 2) {
      struct ways next = {.n = 0};
      for (size_t w = 0; w < here.n; w++) solve(boundary, here.all[w], choose->args[i], i == arm + 1, &next);
      here = next;
    }
    if (here.n) targets_of(boundary, here.all[0], choose->args[arm], targets);
  }
}

static double calculated(enum expr_kind kind, double a, double b) {
  return kind == EXPR_add ? a + b : kind == EXPR_subtract ? a - b : kind == EXPR_multiply ? a * b : a / b;
}

/* A side that is the patient's own is given a usual value, which is then the limit. */
static void targets_of(struct boundary *boundary, const struct person *person, const struct expr *side,
                       struct targets *targets) {
  side = opened(side);
  if (side->kind == EXPR_number) {
    add_target(targets, side->number, variant_decimals(side), person);
  } else if (side->kind == EXPR_choose) {
    targets_of_choice(boundary, person, side, targets);
  } else if (side->kind >= EXPR_add && side->kind <= EXPR_divide && opened(side->args[1])->kind == EXPR_number) {
    struct targets inner = {.n = 0};
    targets_of(boundary, person, side->args[0], &inner);
    for (size_t i = 0; i < inner.n; i++)
      add_target(targets, calculated(side->kind, inner.all[i].number, opened(side->args[1])->number),
                 inner.all[i].decimals, inner.all[i].person);
  } else if (side->kind == EXPR_otherwise) {
    targets_of(boundary, person, side->args[1], targets);
    targets_of(boundary, person, side->args[0], targets);
  } else {
    struct person *copy = person_copy(person);
    const struct reading *reading = side->rows ? reading_of(boundary, side->rows->stream) : NULL;
    struct result usual = reading && side->kind == EXPR_figure ? result_usual(reading) : (struct result){.number = 2};
    double number = usual.part ? result_value(&usual) : usual.number;
    if (set_number(boundary, copy, side, number)) add_target(targets, number, 0, copy);
  }
}

static bool compares(enum comparison comparison, double a, double b) {
  switch (comparison) {
  case COMPARE_BELOW: return a < b;
  case COMPARE_AT_MOST: return a <= b;
  case COMPARE_ABOVE: return a > b;
  case COMPARE_AT_LEAST: return a >= b;
  case COMPARE_EQUAL: return a == b;
  default: return a != b;
  }
}

static double stepped(const struct target *target, int steps) {
  double unit = pow(10, target->decimals);
  return strtod(memory_print("%.*f", target->decimals, (round(target->number * unit) + steps) / unit), NULL);
}

/* ── numbers and dates ───────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether a side can be changed for a patient: else the other one is. */
static bool can_move(const struct expr *side) {
  side = opened(side);
  if (side->kind == EXPR_number || side->kind == EXPR_date || side->kind == EXPR_index) return false;
  if (side->kind == EXPR_choose) return false;
  if (side->kind == EXPR_earlier) return can_move(side->args[0]);
  return true;
}

static const enum comparison turned[] = {COMPARE_ABOVE, COMPARE_AT_LEAST, COMPARE_BELOW,  COMPARE_AT_MOST,
                                         COMPARE_EQUAL, COMPARE_UNEQUAL,  COMPARE_BETWEEN};

static void solve_number(struct boundary *boundary, const struct person *person, const struct expr *moved,
                         const struct expr *limit, enum comparison comparison, int truth, struct ways *ways) {
  static const int steps[] = {0, 1, -1};
  struct targets targets = {.n = 0};
  targets_of(boundary, person, limit, &targets);
  for (size_t i = 0; i < targets.n; i++) {
    double now = number_for(boundary, targets.all[i].person, moved);
    if (!isnan(now) && compares(comparison, now, targets.all[i].number) == truth)
      ways_add(ways, targets.all[i].person); /* it is so already */
  }
  for (size_t i = 0; i < targets.n; i++)
    for (int s = 0; s < 3; s++) {
      struct person *copy = person_copy(targets.all[i].person);
      double value = stepped(&targets.all[i], steps[s]);
      if (compares(comparison, value, targets.all[i].number) != truth) continue;
      if (set_number(boundary, copy, moved, value)) ways_add(ways, copy);
    }
}

static void solve_date(struct boundary *boundary, const struct person *person, const struct expr *moved,
                       const struct expr *limit, enum comparison comparison, int truth, struct ways *ways) {
  static const int steps[] = {0, 1, -1};
  struct person *known = person_copy(person);
  if (date_for(boundary, known, limit) == DATE_UNKNOWN) set_known(boundary, known, limit);
  int32_t date = date_for(boundary, known, limit), now = date_for(boundary, known, moved);
  if (date == DATE_UNKNOWN) return;
  if (now != DATE_UNKNOWN && compares(comparison, now, date) == truth) ways_add(ways, known); /* it is so already */
  for (int s = 0; s < 3; s++) {
    struct person *copy = person_copy(known);
    if (compares(comparison, date + steps[s], date) != truth) continue;
    if (set_date(boundary, copy, moved, date + steps[s])) ways_add(ways, copy);
  }
}

/* ── words and conditions ────────────────────────────────────────────────────────────────────────────────────────── */

static void solve_text(const struct person *person, const struct expr *column, const char *text, bool equal,
                       struct ways *ways) {
  const struct column *of = column->column;
  const struct test_cell *said = person_cell(person, of);
  if (said && (strcmp(said->text, text) == 0) == equal) {
    ways_add(ways, person);
    return;
  }
  struct person *copy = person_copy(person);
  if (!equal) {
    size_t other = 0;
    while (other < of->n_choices && strcmp(of->choices[other], text) == 0) other++;
    if (of->n_choices && other == of->n_choices) return;
    text = of->n_choices ? of->choices[other] : "other";
  }
  person_set(copy, (struct test_cell){.column = of, .text = text});
  ways_add(ways, copy);
}

static void solve_truths(struct boundary *boundary, const struct person *person, const struct expr *expr, bool equal,
                         struct ways *ways) {
  for (int a = 1; a >= 0; a--) {
    struct ways here = {.n = 0};
    solve(boundary, person, expr->args[0], a, &here);
    for (size_t i = 0; i < here.n; i++) solve(boundary, here.all[i], expr->args[1], equal ? a : !a, ways);
  }
}

/* ── each kind ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void solve_two(struct boundary *boundary, const struct person *person, const struct expr *a,
                      const struct expr *b, enum comparison comparison, int truth, struct ways *ways) {
  void (*solve_kind)(struct boundary *, const struct person *, const struct expr *, const struct expr *,
                     enum comparison, int, struct ways *) = a->type.kind == TYPE_DATE ? solve_date : solve_number;
  if (a->type.kind == TYPE_TEXT) {
    solve_text(person, a, b->text, truth == (comparison == COMPARE_EQUAL), ways);
    return;
  }
  if (can_move(a)) solve_kind(boundary, person, a, b, comparison, truth, ways);
  if (can_move(b)) solve_kind(boundary, person, b, a, turned[comparison], truth, ways);
}

void solve_compare(struct boundary *boundary, const struct person *person, const struct expr *expr, int truth,
                   struct ways *ways) {
  const struct expr *const *args = expr->args;
  if (expr->kind == EXPR_compare && args[0]->type.kind == TYPE_TRUTH) {
    solve_truths(boundary, person, expr, truth == (expr->comparison == COMPARE_EQUAL), ways);
  } else if (expr->kind == EXPR_compare) {
    solve_two(boundary, person, args[0], args[1], expr->comparison, truth, ways);
  } else if (expr->kind == EXPR_between) {
    solve_two(boundary, person, args[0], args[1], truth ? COMPARE_EQUAL : COMPARE_BELOW, 1, ways);
    solve_two(boundary, person, args[0], args[2], truth ? COMPARE_EQUAL : COMPARE_ABOVE, 1, ways);
  } else {
    for (size_t i = 1; i < expr->n_args; i++) solve_two(boundary, person, args[0], args[i], COMPARE_EQUAL, truth, ways);
  }
}

/* ── quantifiers over values ─────────────────────────────────────────────────────────────────────────────────────── */

/* A value that the comparison holds for, or does not. */
static bool value_for(struct boundary *boundary, const struct person *person, const struct expr *each, bool fits,
                      double *value) {
  static const int steps[] = {0, 1, -1};
  struct targets targets = {.n = 0};
  bool between = each->comparison == COMPARE_BETWEEN;
  targets_of(boundary, person, each->args[0], &targets);
  if (!targets.n) return false;
  for (int s = 0; s < 3; s++) {
    *value = stepped(&targets.all[0], steps[s]);
    bool holds = between ? *value >= targets.all[0].number : compares(each->comparison, *value, targets.all[0].number);
    if (holds == fits) return true;
  }
  return false;
}

/* How many of n values should fit so that the quantifier gives the answer; −1 where none do. */
static int fitting(const struct expr *each, int n, int truth) {
  int wanted = (int)each->number;
  switch (each->quantifier) {
  case EACH_ALL: return truth ? n : n - 1;
  case EACH_ANY: return truth;
  case EACH_NONE: return !truth;
  case EACH_AT_LEAST: return truth ? wanted : wanted - 1;
  default: return truth ? wanted : wanted + 1;
  }
}

/* The values that fit are the oldest, or the newest: which end is cut may matter. */
void solve_each(struct boundary *boundary, const struct person *person, const struct expr *expr, int truth,
                struct ways *ways) {
  const struct rows *rows = expr->rows;
  const struct reading *reading = reading_of(boundary, rows->stream);
  double fits, other;
  if (!reading || !value_for(boundary, person, expr, true, &fits) || !value_for(boundary, person, expr, false, &other))
    return;
  int n = rows->cut ? rows->n : expr->quantifier >= EACH_AT_LEAST ? (int)expr->number + 1 : 1;
  if (!rows->cut && fitting(expr, n, truth) > n) n = fitting(expr, n, truth);
  for (int newest = 0; newest < 2; newest++) {
    struct person *copy = person_copy(person);
    size_t facts[MOST_ROWS], had = set_rows(boundary, copy, rows, (size_t)n, true);
    int fit = fitting(expr, (int)had, truth);
    if (!had || fit < 0) return;
    facts_in(boundary, copy, rows, facts, MOST_ROWS);
    for (size_t i = 0; i < had; i++) {
      bool fitted = newest ? (int)(had - i) <= fit : (int)i < fit;
      struct result result = result_of(reading, fitted ? fits : other);
      struct fact *fact = &copy->facts[facts[i]];
      fact->part = result.part;
      fact->number = result.number;
      fact->sign = 0;
      fact->code = code_of_part(result.part);
    }
    ways_add(ways, copy);
  }
}
