/* mutate.c: the mutants of what a rule says: its numbers, comparisons, logic and quantifiers. */
#include <string.h>
#include "lang/memory.h"
#include "lang/variant/inner.h"

/* A mutant whose site is the expression. */
static struct mutant mutant_of(const struct expr *expr, enum mutant_kind kind, int32_t step) {
  return (struct mutant){.kind = kind, .source = expr->source, .site = expr->at, .at = expr->at, .step = step};
}

/* The keyword of a token, in the language of the file. */
static const char *spelt(const struct expr *expr, const char *token) {
  return parse_spelling(token, words_language(expr->source));
}

/* One keyword takes the place of another that stands between two offsets; nothing where it does not stand there. */
static bool swap(struct mutants *mutants, const struct expr *expr, enum mutant_kind kind, int32_t step, size_t from,
                 size_t to, const char *token, const char *other) {
  struct place at;
  if (!words_find(expr->source, from, to, token, &at)) return false;
  mutant_becomes(mutants, mutant_of(expr, kind, step), at, spelt(expr, other));
  return true;
}

/* ── constants ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A parameter's value is said where it is declared. */
static void number_of(struct mutants *mutants, const struct expr *expr) {
  const struct expr *said = expr->parameter ? expr->parameter->value : expr;
  mutant_nudges(mutants, mutant_of(said, MUTANT_number, 0));
}

/* A parameter that holds a length of time, wherever it is used. */
static void duration_of(struct mutants *mutants, const struct parameter *parameter) {
  if (parameter) mutant_nudges(mutants, mutant_of(parameter->value, MUTANT_number, 0));
}

/* A date that is said, or worked out: a day earlier and a day later. */
static void date_of(struct mutants *mutants, const struct expr *expr) {
  struct mutant mutant =
      mutant_of(expr->kind == EXPR_date && expr->parameter ? expr->parameter->value : expr, MUTANT_date, -1);
  mutant.form = FORM_EARLIER;
  mutant_add(mutants, mutant);
  mutant.step = 1;
  mutant.form = FORM_LATER;
  mutant_add(mutants, mutant);
}

/* ── comparisons ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static const enum comparison other_comparison[] = {COMPARE_AT_MOST, COMPARE_BELOW, COMPARE_AT_LEAST, COMPARE_ABOVE,
                                                   COMPARE_UNEQUAL, COMPARE_EQUAL, COMPARE_BETWEEN};

/* The sign stands before the side that is written last: the left one may hold signs of its own. */
static void comparison_of(struct mutants *mutants, const struct expr *expr) {
  static const char *const signs[] = {"<", "<=", ">", ">=", "=", "!="};
  enum comparison other = other_comparison[expr->comparison];
  size_t until = expr->args[expr->n_args - 1]->at.from;
  struct place at;
  if (other == COMPARE_BETWEEN) return;
  if (expr->kind == EXPR_compare && expr->args[0]->at.from > until) until = expr->args[0]->at.from;
  if (words_sign_before(expr->source, expr->at.from, until, "<= >= != ≤ ≥ ≠", &at))
    mutant_becomes(mutants, mutant_of(expr, MUTANT_comparison, (int32_t)other), at, signs[other]);
}

/* ── logic ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void junction_of(struct mutants *mutants, const struct expr *expr) {
  bool is_and = expr->kind == EXPR_and;
  swap(mutants, expr, MUTANT_junction, is_and ? EXPR_or : EXPR_and, expr->args[0]->at.to, expr->at.to,
       is_and ? "AND" : "OR", is_and ? "OR" : "AND");
}

/* `x is unknown` and `x is false` have a negation in them that is not written. */
static void negation_of(struct mutants *mutants, const struct expr *expr) {
  const struct expr *arg = expr->args[0];
  struct mutant mutant = mutant_of(expr, MUTANT_negation, 0);
  mutant.form = FORM_WITHOUT;
  if (words_find(expr->source, expr->at.from, arg->at.from, "NOT", &mutant.at)) mutant_add(mutants, mutant);
}

static void question_of(struct mutants *mutants, const struct expr *expr) {
  static const char *const tokens[] = {"IS_KNOWN", "IS_UNKNOWN", "IS_TRUE", "IS_FALSE"};
  size_t from = expr->args[0]->at.from == expr->at.from && expr->args[0]->at.to == expr->at.to ? expr->at.from
                                                                                               : expr->args[0]->at.to;
  for (int i = 0; i < 4; i++)
    if (swap(mutants, expr, MUTANT_question, 0, from, expr->at.to, tokens[i], tokens[i ^ 1])) return;
}

/* ── quantifiers ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *const quantifiers[] = {"ALL_OF", "ANY_OF", "NONE_OF", "AT_LEAST", "AT_MOST", "EXACTLY"};

static void quantifier_of(struct mutants *mutants, const struct expr *expr) {
  static const enum quantifier others[] = {EACH_ANY, EACH_ALL, EACH_ANY, EACH_AT_MOST, EACH_AT_LEAST, EACH_AT_LEAST};
  enum quantifier other = others[expr->quantifier];
  swap(mutants, expr, MUTANT_quantifier, (int32_t)other, expr->at.from, expr->at.to, quantifiers[expr->quantifier],
       quantifiers[other]);
}

/* One more than there are conditions, and one less than none, are numbers that nobody would write. */
static void how_many_of(struct mutants *mutants, const struct expr *expr) {
  struct place at;
  double most = expr->kind == EXPR_how_many ? (double)expr->n_args : 1e6;
  if (expr->quantifier < EACH_AT_LEAST || !words_number(expr->source, expr->at.from, expr->at.to, &at)) return;
  for (int step = -1; step <= 1; step += 2) {
    double n = expr->number + step;
    if (n < (expr->quantifier == EACH_AT_LEAST) || n > most || (n == most && expr->quantifier == EACH_AT_MOST))
      continue;
    mutant_becomes(mutants, mutant_of(expr, MUTANT_how_many, step), at, memory_print("%.0f", n));
  }
}

/* ── arithmetic ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void sign_of(struct mutants *mutants, const struct expr *expr) {
  static const char *const signs[] = {"+", "-", "*", "/"};
  int i = (int)(expr->kind - EXPR_add), other = i ^ 1;
  struct place at;
  if (words_sign_before(expr->source, expr->args[0]->at.to, expr->args[1]->at.from, signs[i], &at))
    mutant_becomes(mutants, mutant_of(expr, MUTANT_sign, EXPR_add + other), at, signs[other]);
}

/* ── each kind ───────────────────────────────────────────────────────────────────────────────────────────────────── */

bool mutate_expr(void *context, const struct expr *expr, bool is_limit) {
  struct mutants *mutants = context;
  switch (expr->kind) {
  case EXPR_number: number_of(mutants, expr); break;
  case EXPR_date:
  case EXPR_earlier: /* the days of a window are moved with the window */
    if (expr->kind == EXPR_earlier) duration_of(mutants, expr->parameter);
    if (!is_limit) date_of(mutants, expr);
    break;
  case EXPR_change: duration_of(mutants, expr->parameter); break;
  case EXPR_compare: comparison_of(mutants, expr); break;
  case EXPR_and:
  case EXPR_or: junction_of(mutants, expr); break;
  case EXPR_not: negation_of(mutants, expr); break;
  case EXPR_is_known:
  case EXPR_is_true: question_of(mutants, expr); break;
  case EXPR_each:
    comparison_of(mutants, expr);
    quantifier_of(mutants, expr);
    how_many_of(mutants, expr);
    break;
  case EXPR_how_many:
    quantifier_of(mutants, expr);
    how_many_of(mutants, expr);
    break;
  case EXPR_add:
  case EXPR_subtract:
  case EXPR_multiply:
  case EXPR_divide: sign_of(mutants, expr); break;
  default: break;
  }
  return true;
}
