/* unmeasured.c: shares whose denominator holds patients of whom it is not known whether they count, because they lack a
 * measure. */
#include "lang/lint/inner.h"
#include "lang/lint/missing.h"
#include "lang/lint/same.h"
#include "lang/lint/seen.h"
#include "lang/lint/windows.h"

/* A series in a window that a numerator needs values of. */
struct need {
  const struct expr *expr; /* where it is asked for */
  int32_t n;
};
enum { MOST_NEEDS = 16, MOST_LOOKS = 2000 };
struct needs {
  struct need all[MOST_NEEDS];
  size_t n;
  struct seen seen; /* definitions */
  int left;
};

static bool is_same(const struct rows *a, const struct rows *b) {
  return a->stream == b->stream && windows_compare(a->limits, a->n_limits, b->limits, b->n_limits) == WINDOWS_SAME;
}

static void add_need(struct needs *needs, const struct expr *expr) {
  int32_t n = missing_needs(expr);
  for (size_t i = 0; i < needs->n; i++) {
    struct need *need = &needs->all[i];
    if (!is_same(need->expr->rows, expr->rows)) continue;
    if (n > need->n) *need = (struct need){expr, n};
    return;
  }
  if (needs->n < MOST_NEEDS) needs->all[needs->n++] = (struct need){expr, n};
}

static void find_needs(struct needs *needs, const struct expr *expr) {
  if (needs->left-- <= 0) return;
  if (expr->kind == EXPR_defined && !seen_first(&needs->seen, expr->definition)) return;
  if (expr->rows && expr->rows->stream->kind == STREAM_SERIES && missing_needs(expr)) add_need(needs, expr);
  for (size_t i = 0; expr->rows && i < expr->rows->n_limits; i++) {
    if (expr->rows->limits[i].low) find_needs(needs, expr->rows->limits[i].low);
    if (expr->rows->limits[i].high) find_needs(needs, expr->rows->limits[i].high);
  }
  for (size_t i = 0; i < expr->n_args; i++) find_needs(needs, expr->args[i]);
}

/* Whether a patient who lacks it may be in the denominator, and undecided there. */
static bool is_let_in(const struct program *program, const struct indicator *indicator, struct lack lack) {
  unsigned population = program->population ? missing_outcomes(program->population, lack) : MAY_BE_YES;
  unsigned denominator = indicator->denominator ? missing_outcomes(indicator->denominator, lack) : MAY_BE_YES;
  return population & denominator & MAY_BE_YES && missing_outcomes(indicator->numerator, lack) & MAY_BE_UNKNOWN;
}

static const char *words_of_need(const struct lint *lint, const struct source *source, const struct need *need) {
  const struct rows *rows = need->expr->rows;
  const char *name = rows->stream->name;
  const char *window = rows->window && rows->limits != rows->stream->usual ? memory_print(" %s", rows->window) : "";
  if (need->n == 1) return memory_print("%s %s%s", name, lint_keyword(lint, source, "MEASURED"), window);
  return memory_print("%s %s%s >= %d", lint_keyword(lint, source, "COUNT_OF"), name, window, need->n);
}

static void tell(const struct lint *lint, const struct indicator *indicator, const struct need *const *let_in,
                 size_t n) {
  const struct expr *numerator = indicator->numerator, *at = let_in[0]->expr;
  const struct source *source = numerator->source;
  bool inside = at->source == source && at->at.from >= numerator->at.from && at->at.to <= numerator->at.to;
  const char *names = memory_print("`%s`", at->rows->stream->name), *words = words_of_need(lint, source, let_in[0]);
  for (size_t i = 1; i < n; i++) {
    names = memory_print("%s, `%s`", names, let_in[i]->expr->rows->stream->name);
    words = memory_print("%s %s %s", words, lint_keyword(lint, source, "AND"), words_of_need(lint, source, let_in[i]));
  }
  const char *hint = indicator->denominator
                         ? lint_say(lint, source, "add to the denominator: {AND} %s, or say: {MISSING}", words)
                         : lint_say(lint, source, "add: {OF} %s, or say: {MISSING}", words);
  lint_warn(lint, PROBLEM_unmeasured, source, inside ? at->at : numerator->at, hint,
            let_in[0]->n > 1
                ? N_("the denominator holds patients with too few values of %s, and whether they count is unknown")
                : N_("the denominator holds patients without %s, and whether they count is unknown"),
            names);
}

static void check_share(const struct lint *lint, const struct indicator *indicator) {
  struct needs needs = {.left = MOST_LOOKS};
  const struct need *let_in[MOST_NEEDS];
  size_t n = 0;
  if (indicator->numerator->kind == EXPR_wrong) return;
  find_needs(&needs, indicator->numerator);
  for (size_t i = 0; i < needs.n; i++) {
    const struct need *need = &needs.all[i];
    struct lack none = {need->expr->rows, 0}, few = {need->expr->rows, need->n - 1};
    if (is_let_in(lint->program, indicator, none) || (need->n > 1 && is_let_in(lint->program, indicator, few)))
      let_in[n++] = need;
  }
  if (n) tell(lint, indicator, let_in, n);
}

void lint_unmeasured(const struct lint *lint) {
  for (size_t i = 0; i < lint->program->n_indicators; i++) {
    const struct indicator *indicator = lint->program->indicators[i];
    if (indicator->kind == KIND_SHARE && indicator->numerator && !indicator->missing_counts_as_no)
      check_share(lint, indicator);
  }
}
