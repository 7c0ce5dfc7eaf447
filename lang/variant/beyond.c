/* beyond.c: limits that no result can reach: where neither a limit nor what it becomes lies among the values that are
 * plausible, and both lie on one side of them, every value that is read compares with the two alike. A bound does too: ">200"
 * is above what is below 200, and whether it is above 250 is unknown, as it is of 251. */
#include "lang/variant/inner.h"

struct looking {
  const struct mutant *mutant;
  size_t n, n_beyond; /* comparisons with the number, and those that it makes no difference to */
};

static const struct expr *opened(const struct expr *expr) {
  while (expr->kind == EXPR_defined) expr = expr->definition->value;
  return expr;
}

/* The values that a side can have; false where nothing is known of them. */
static bool range_of(const struct expr *side, const struct stream **stream) {
  side = opened(side);
  bool is_value = side->kind == EXPR_figure && side->figure != FIGURE_SUM;
  if (is_value) *stream = side->rows->stream;
  return is_value;
}

static bool is_beyond(const struct stream *stream, double was, double is) {
  return (was < stream->low && is < stream->low) || (was > stream->high && is > stream->high);
}

/* The limit of a comparison, and the results that it is compared with; NULL where it has none, or they could be anything. */
static const struct stream *compared_with(const struct expr *expr, size_t number) {
  const struct stream *stream = NULL;
  if (expr->kind == EXPR_each) return expr->rows->stream;
  bool compares = expr->kind == EXPR_compare || expr->kind == EXPR_between;
  return compares && range_of(expr->args[number ? 0 : 1], &stream) ? stream : NULL;
}

/* A number that changes, or a `<` that becomes `<=`. */
static bool look(void *context, const struct expr *expr, bool is_limit) {
  struct looking *looking = context;
  const struct mutant *mutant = looking->mutant;
  bool has_order = expr->comparison <= COMPARE_AT_LEAST && (expr->kind == EXPR_compare || expr->kind == EXPR_each);
  bool turns = mutant->kind == MUTANT_comparison && has_order && is_site(mutant, expr->source, expr->at);
  (void)is_limit;
  for (size_t i = 0; i < expr->n_args; i++) {
    const struct expr *number = opened(expr->args[i]), *said = number->parameter ? number->parameter->value : number;
    if (number->kind != EXPR_number) continue;
    bool moves = mutant->kind == MUTANT_number && is_site(mutant, said->source, said->at);
    const struct stream *stream = moves || turns ? compared_with(expr, i) : NULL;
    looking->n += moves || turns;
    looking->n_beyond += stream && is_beyond(stream, number->number, moves ? mutant->number : number->number);
  }
  return true;
}

bool variant_is_beyond(const struct expr *const *roots, size_t n, const struct mutant *mutant) {
  struct looking looking = {.mutant = mutant};
  struct visitor visitor = {.context = &looking, .expr = look};
  if (mutant->kind != MUTANT_number && mutant->kind != MUTANT_comparison) return false;
  walk(&visitor, roots, n);
  return looking.n && looking.n == looking.n_beyond;
}
