/* limits.c: conditions that rule each other out, and such as leave nothing out. */
#include <math.h>
#include "lang/lint/inner.h"
#include "lang/lint/terms.h"

/* Where a term is shown: itself, if it stands within the part that it comes from, else that part, which names it. */
static const struct expr *place_of(const struct term *term, const struct expr *part) {
  const struct expr *shown = term->shown;
  bool inside = shown->source == part->source && shown->at.from >= part->at.from && shown->at.to <= part->at.to;
  return inside ? shown : part;
}

/* Two terms of different parts that no value can satisfy both; those of one part are told where the part is looked at. */
static bool find_pair(const struct terms *terms, size_t from, size_t to, const struct term **a, const struct term **b) {
  for (size_t i = from; i < to; i++)
    for (size_t j = from; j < i; j++) {
      *a = &terms->all[j];
      *b = &terms->all[i];
      if ((*a)->part != (*b)->part && range_is_empty(range_both((*a)->range, (*b)->range))) return true;
    }
  return false;
}

/* The first two that contradict each other. Ranges on one line that meet in pairs meet all together, so where all of them
 * have a value in common there is nothing to look for. */
static bool contradict(const struct terms *terms, const struct term **a, const struct term **b) {
  for (size_t i = 0, next; i < terms->n; i = next) {
    struct range common = terms->all[i].range;
    for (next = i + 1; next < terms->n && terms->all[next].of == terms->all[i].of; next++)
      common = range_both(common, terms->all[next].range);
    if (range_is_empty(common) && find_pair(terms, i, next, a, b)) return true;
  }
  return false;
}

static void check_and(const struct lint *lint, const struct expr *expr) {
  struct terms terms = {0};
  const struct term *a, *b;
  for (size_t i = 0; i < expr->n_args; i++) terms_add(&terms, expr->args[i], EXPR_and, i);
  terms_sort(&terms);
  if (!contradict(&terms, &a, &b)) return;
  const struct expr *place = place_of(b, expr->args[b->part]);
  lint_warn(lint, PROBLEM_contradiction, place->source, place->at,
            "mend one of them, or write `{OR}` if either is meant", "`%s` and `%s` never hold together",
            lint_words_of(a->shown), lint_words_of(b->shown));
}

/* ── or ──────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether one goes on where the other ends, or before. */
static bool leave_nothing(const struct term *low, const struct term *high) {
  struct range a = low->range, b = high->range;
  if (!low->is_limit) return a.low != b.low && a.low <= 1 && b.low <= 1; /* an outcome, and its opposite */
  if (isfinite(a.low) || isfinite(b.high)) return false;
  if (low->is_whole) return a.high + 1 >= b.low;
  return a.high > b.low || (a.high == b.low && !(a.high_open && b.low_open));
}

static void check_or(const struct lint *lint, const struct expr *expr) {
  struct terms terms = {0};
  for (size_t i = 0; i < expr->n_args; i++) terms_add(&terms, expr->args[i], EXPR_or, i);
  terms_sort(&terms);
  for (size_t i = 0; i < terms.n; i++)
    for (size_t j = i + 1; j < terms.n && terms.all[j].of == terms.all[i].of; j++) {
      const struct term *a = &terms.all[i], *b = &terms.all[j];
      if (a->part == b->part || !(leave_nothing(a, b) || leave_nothing(b, a))) continue;
      const struct expr *place = place_of(b, expr->args[b->part]);
      lint_warn(lint, PROBLEM_always, place->source, place->at,
                "write `{AND}` if both are meant, or mend one of them; who has no value stays unknown",
                a->is_limit ? N_("`%s` or `%s` holds for every value") : N_("`%s` or `%s` always holds"),
                lint_words_of(a->shown), lint_words_of(b->shown));
      return;
    }
}

static void check_expr(void *context, const struct expr *expr) {
  if (expr->kind == EXPR_and) check_and(context, expr);
  if (expr->kind == EXPR_or) check_or(context, expr);
}

/* ── population, denominator, numerator ──────────────────────────────────────────────────────────────────────────── */

enum part { POPULATION, DENOMINATOR, NUMERATOR, N_PARTS };

static void tell_never(const struct lint *lint, const struct expr *part, const struct term *a, const struct term *b) {
  const struct expr *place = place_of(b, part);
  lint_warn(lint, PROBLEM_contradiction, place->source, place->at, "mend one of the two",
            a->part == POPULATION ? N_("`%s` never holds here: the population has `%s`")
                                  : N_("`%s` never holds here: the denominator has `%s`"),
            lint_words_of(b->shown), lint_words_of(a->shown));
}

/* Whether what comes before the numerator asks for it already. */
static bool is_asked_for(const struct terms *terms, const struct term *term, const struct term **by) {
  struct range range = {-INFINITY, INFINITY, false, false};
  *by = NULL;
  for (size_t i = 0; i < terms->n; i++) {
    const struct term *other = &terms->all[i];
    if (other->of != term->of || other->part == NUMERATOR) continue;
    range = range_both(range, other->range);
    if (range_holds(term->range, range)) *by = other;
  }
  return *by != NULL;
}

static void check_indicator(const struct lint *lint, const struct indicator *indicator) {
  const struct expr *parts[N_PARTS] = {lint->program->population, indicator->denominator, indicator->numerator};
  struct terms terms = {0};
  const struct term *a, *b, *by = NULL;
  for (size_t i = 0; i < N_PARTS; i++)
    if (parts[i] && parts[i]->kind != EXPR_wrong) terms_add(&terms, parts[i], EXPR_and, i);
  terms_sort(&terms);
  if (contradict(&terms, &a, &b)) tell_never(lint, parts[b->part], a, b);
  bool always = parts[NUMERATOR] != NULL;
  for (size_t i = 0; i < terms.n && always; i++)
    if (terms.all[i].part == NUMERATOR) always = is_asked_for(&terms, &terms.all[i], &by);
  if (!always || !by) return;
  lint_warn(lint, PROBLEM_always, parts[NUMERATOR]->source, parts[NUMERATOR]->at, "mend one of the two",
            by->part == POPULATION ? N_("this holds for everybody: the population has `%s`")
                                   : N_("this holds for everybody in the denominator, which has `%s`"),
            lint_words_of(by->shown));
}

void lint_limits(const struct lint *lint) {
  lint_walk(lint->program, check_expr, (void *)lint);
  for (size_t i = 0; i < lint->program->n_indicators; i++) check_indicator(lint, lint->program->indicators[i]);
}
