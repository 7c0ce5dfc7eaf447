/* implausible.c: comparisons with values that are never read. */
#include <math.h>
#include "lang/lint/inner.h"
#include "lang/lint/terms.h"

/* The values that a comparison lets through, if it is with constants; of a series each of them. */
static bool range_of(const struct expr *expr, struct range *range, const struct rows **rows) {
  struct terms terms = {0};
  struct expr of_each;
  if (expr->kind == EXPR_each) {
    /* Written as a comparison of its own, with the rows in the place of one value. */
    struct expr value = {.kind = EXPR_figure, .rows = expr->rows};
    const struct expr *args[3] = {&value, expr->args[0], expr->n_args > 1 ? expr->args[1] : NULL};
    of_each = *expr;
    of_each.kind = expr->comparison == COMPARE_BETWEEN ? EXPR_between : EXPR_compare;
    of_each.args = args;
    of_each.n_args = expr->n_args + 1;
    terms_add(&terms, &of_each, EXPR_wrong, 0);
  } else {
    terms_add(&terms, expr, EXPR_wrong, 0);
  }
  if (terms.n != 1 || !terms.all[0].is_limit) return false;
  const struct expr *value = expr->kind == EXPR_each ? expr : terms.all[0].value;
  bool is_one = value->kind == EXPR_each || (value->kind == EXPR_figure && value->figure != FIGURE_SUM);
  *range = terms.all[0].range;
  *rows = value->rows;
  return is_one;
}

static void check_expr(void *context, const struct expr *expr) {
  const struct lint *lint = context;
  struct range range;
  const struct rows *rows;
  bool compares = expr->kind == EXPR_compare || expr->kind == EXPR_between || expr->kind == EXPR_in;
  if (!(compares || expr->kind == EXPR_each) || !range_of(expr, &range, &rows)) return;
  const struct stream *stream = rows->stream;
  struct range read = {stream->low, stream->high, false, false};
  if (!isfinite(read.low) || !isfinite(read.high)) return;
  bool never = range_is_empty(range_both(range, read));
  if (!never && !range_holds(range, read)) return;
  const char *hint = never
                         ? N_("mend the limit, or what is `{PLAUSIBLE}`")
                         : N_("write `{MEASURED}` if that is meant, or mend the limit; who has no value stays unknown");
  lint_warn(lint, PROBLEM_implausible, expr->source, expr->at, hint,
            never ? N_("this is never so: of `%s` values from %.15g to %.15g are read")
                  : N_("this is always so: of `%s` values from %.15g to %.15g are read"),
            stream->name, stream->low, stream->high);
}

void lint_implausible(const struct lint *lint) { lint_walk(lint->program, check_expr, (void *)lint); }
