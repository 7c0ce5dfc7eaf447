/* terms.c: limits found in conditions. */
#include "lang/lint/terms.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "lang/memory.h"

static const struct range everything = {-INFINITY, INFINITY, false, false};

/* ── ranges ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

bool range_is_empty(struct range range) {
  return range.low > range.high || (range.low == range.high && (range.low_open || range.high_open));
}

struct range range_both(struct range a, struct range b) {
  struct range both = a;
  if (b.low > a.low || (b.low == a.low && b.low_open)) both.low = b.low, both.low_open = b.low_open;
  if (b.high < a.high || (b.high == a.high && b.high_open)) both.high = b.high, both.high_open = b.high_open;
  return both;
}

bool range_holds(struct range a, struct range b) {
  bool low = a.low < b.low || (a.low == b.low && (!a.low_open || b.low_open));
  bool high = a.high > b.high || (a.high == b.high && (!a.high_open || b.high_open));
  return low && high;
}

/* Where only whole numbers come, above 39 is from 40. */
static struct range whole(struct range range) {
  if (isfinite(range.low)) range.low = range.low_open ? floor(range.low) + 1 : ceil(range.low);
  if (isfinite(range.high)) range.high = range.high_open ? ceil(range.high) - 1 : floor(range.high);
  range.low_open = range.high_open = false;
  return range;
}

/* ── one condition ───────────────────────────────────────────────────────────────────────────────────────────────── */

static bool constant_of(const struct expr *expr, double *value) {
  expr = same_core(expr);
  if (expr->kind == EXPR_number) *value = expr->number;
  if (expr->kind == EXPR_date) *value = expr->date;
  return expr->kind == EXPR_number || expr->kind == EXPR_date;
}

static enum comparison turned(enum comparison comparison) {
  switch (comparison) {
  case COMPARE_BELOW: return COMPARE_ABOVE;
  case COMPARE_AT_MOST: return COMPARE_AT_LEAST;
  case COMPARE_ABOVE: return COMPARE_BELOW;
  case COMPARE_AT_LEAST: return COMPARE_AT_MOST;
  default: return comparison;
  }
}

static enum comparison negated(enum comparison comparison) {
  switch (comparison) {
  case COMPARE_BELOW: return COMPARE_AT_LEAST;
  case COMPARE_AT_MOST: return COMPARE_ABOVE;
  case COMPARE_ABOVE: return COMPARE_AT_MOST;
  case COMPARE_AT_LEAST: return COMPARE_BELOW;
  case COMPARE_EQUAL: return COMPARE_UNEQUAL;
  default: return COMPARE_EQUAL;
  }
}

static bool range_of(enum comparison comparison, double limit, struct range *range) {
  *range = everything;
  switch (comparison) {
  case COMPARE_BELOW: range->high = limit, range->high_open = true; return true;
  case COMPARE_AT_MOST: range->high = limit; return true;
  case COMPARE_ABOVE: range->low = limit, range->low_open = true; return true;
  case COMPARE_AT_LEAST: range->low = limit; return true;
  case COMPARE_EQUAL: range->low = range->high = limit; return true;
  default: return false;
  }
}

/* A word as a value: two words are two values. */
static double value_of_word(const char *text) {
  uint32_t hash = 2166136261u;
  for (; *text; text++) hash = (hash ^ (unsigned char)*text) * 16777619u;
  return hash;
}

static bool compared(const struct expr *expr, bool is_not, struct term *term) {
  const struct expr *left = same_core(expr->args[0]), *right = same_core(expr->args[1]);
  enum comparison comparison = is_not ? negated(expr->comparison) : expr->comparison;
  double limit = 0;
  term->is_limit = true;
  if (right->kind == EXPR_text) {
    term->is_limit = false;
    limit = value_of_word(right->text);
  } else if (constant_of(left, &limit)) {
    left = right;
    comparison = turned(comparison);
  } else if (!constant_of(right, &limit)) {
    return false;
  }
  term->value = left;
  return !constant_of(left, &(double){0}) && range_of(comparison, limit, &term->range);
}

static bool lies_between(const struct expr *expr, struct term *term) {
  term->is_limit = true;
  term->value = same_core(expr->args[0]);
  term->range = everything;
  return constant_of(expr->args[1], &term->range.low) && constant_of(expr->args[2], &term->range.high);
}

/* `in (48, 53)` lies from 48 to 53; what is told of it is true of the values between as well. */
static bool is_in(const struct expr *expr, struct term *term) {
  term->is_limit = true;
  term->value = same_core(expr->args[0]);
  term->range = (struct range){INFINITY, -INFINITY, false, false};
  for (size_t i = 1; i < expr->n_args; i++) {
    double value;
    if (!constant_of(expr->args[i], &value)) return false;
    if (value < term->range.low) term->range.low = value;
    if (value > term->range.high) term->range.high = value;
  }
  return true;
}

static bool limits(const struct expr *expr, bool is_not, struct term *term) {
  switch (expr->kind) {
  case EXPR_compare: return compared(expr, is_not, term);
  case EXPR_between: return !is_not && lies_between(expr, term);
  case EXPR_in: return !is_not && is_in(expr, term);
  default: return false;
  }
}

static void add_one(struct terms *terms, const struct expr *expr, size_t part) {
  const struct expr *core = same_core(expr), *shown = core;
  struct term term = {0};
  bool is_not = false;
  for (; core->kind == EXPR_not; core = same_core(core->args[0])) is_not = !is_not;
  if (core->kind == EXPR_truth || core->kind == EXPR_wrong) return;
  if (!limits(core, is_not, &term)) {
    double yes = !is_not;
    term = (struct term){.value = core, .range = {yes, yes, false, false}};
  }
  term.part = part;
  term.expr = core;
  term.shown = shown;
  term.of = same_hash(term.value);
  term.is_whole = term.is_limit && (term.value->kind == EXPR_since || term.value->kind == EXPR_count);
  if (term.is_whole) term.range = whole(term.range);
  if (terms->n == terms->room) {
    terms->room = terms->room ? 2 * terms->room : 8;
    terms->all = memory_grow(terms->all, terms->room, sizeof *terms->all);
  }
  terms->all[terms->n++] = term;
}

/* ── all of a junction ───────────────────────────────────────────────────────────────────────────────────────────── */

/* Definitions may hold each other many times over. */
enum { MOST_TERMS = 256 };

void terms_add(struct terms *terms, const struct expr *expr, enum expr_kind junction, size_t part) {
  const struct expr *core = same_core(expr);
  if (terms->n >= MOST_TERMS) return;
  if (core->kind != junction) {
    add_one(terms, expr, part);
    return;
  }
  for (size_t i = 0; i < core->n_args; i++) terms_add(terms, core->args[i], junction, part);
}

static int by_value(const void *left, const void *right) {
  const struct term *a = left, *b = right;
  if (a->of != b->of) return a->of < b->of ? -1 : 1;
  return a->part < b->part ? -1 : a->part > b->part;
}

/* Few are sorted with few steps; of equal ones the order is kept by their parts. */
void terms_sort(struct terms *terms) {
  if (terms->n) qsort(terms->all, terms->n, sizeof *terms->all, by_value);
}
