/* apply.c: an expression in which one thing is different. What the difference is not in is not copied, so that the variant
 * shares it with the rule, in memory, in the plan and in the engine. */
#include "lang/memory.h"
#include "lang/variant/inner.h"

/* What a definition has become; many lead to the same one. */
struct made {
  const struct definition *definition;
  const struct expr *value;
};

/* Either a mutant, or a condition and the answer that takes its place. */
struct making {
  const struct mutant *mutant;
  const struct expr *condition, *answer;
  struct made *made;
  size_t n_made;
};

static const struct expr *make(struct making *making, const struct expr *expr);

bool is_site(const struct mutant *mutant, const struct source *source, struct place at) {
  return mutant->source == source && mutant->site.from == at.from && mutant->site.to == at.to;
}

static bool is_here(const struct making *making, const struct expr *expr, enum mutant_kind kind) {
  return making->mutant && making->mutant->kind == kind && is_site(making->mutant, expr->source, expr->at);
}

static struct expr *copy_of(const struct expr *expr) {
  struct expr *copy = NEW(struct expr);
  *copy = *expr;
  copy->of_nobody = NULL;
  return copy;
}

/* The value of a parameter that is a length of time is another; the sign says which way a date is moved. */
static bool is_longer(const struct making *making, const struct parameter *parameter) {
  return parameter && !parameter->usual && is_here(making, parameter->value, MUTANT_number);
}

static struct duration lengthened(const struct making *making, struct duration duration) {
  int32_t n = (int32_t)making->mutant->number;
  return (struct duration){duration.n < 0 ? -n : n, duration.unit};
}

/* ── windows ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct expr *moved(const struct expr *date, int32_t days) {
  struct expr *expr = copy_of(date);
  expr->kind = EXPR_earlier;
  expr->args = NEW_ARRAY(const struct expr *, 1);
  expr->args[0] = date;
  expr->n_args = 1;
  expr->depth = date->depth + 1;
  expr->rows = NULL;
  expr->parameter = NULL;
  expr->duration = (struct duration){-days, DURATION_DAYS};
  return expr;
}

static const struct expr *index_moved(const struct expr *like, int32_t days) {
  struct expr *index = copy_of(like);
  index->kind = EXPR_index;
  index->n_args = 0;
  index->depth = 1;
  index->rows = NULL;
  index->parameter = NULL;
  return moved(index, days);
}

static struct limit limit_made(struct making *making, const struct limit *limit) {
  const struct mutant *mutant = making->mutant;
  struct limit out = {limit->low ? make(making, limit->low) : NULL, limit->high ? make(making, limit->high) : NULL};
  if (!mutant || limit->low == limit->high) return out;
  const struct expr *end = limit->high ? limit->high : limit->low;
  if (limit->low && is_here(making, limit->low, MUTANT_begins)) out.low = moved(out.low, mutant->step);
  if (is_here(making, end, MUTANT_ends))
    out.high = limit->high ? moved(out.high, mutant->step) : index_moved(limit->low, mutant->step);
  return out;
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void change_cut(struct making *making, const struct expr *expr, struct rows *rows) {
  if (is_here(making, expr, MUTANT_cut)) rows->n += making->mutant->step;
  if (is_here(making, expr, MUTANT_cut_end)) rows->cut = rows->cut == CUT_FIRST ? CUT_LAST : CUT_FIRST;
  if (is_here(making, expr, MUTANT_apart)) rows->apart.n += making->mutant->step;
  if (is_longer(making, rows->apart_parameter)) rows->apart = lengthened(making, rows->apart);
}

static const struct rows *rows_made(struct making *making, const struct expr *expr) {
  const struct rows *old = expr->rows;
  struct rows rows = *old;
  bool changed = false;
  if (making->mutant) rows.stream = stream_mutated(old->stream, making->mutant);
  rows.limits = NEW_ARRAY(struct limit, old->n_limits + 1);
  for (size_t i = 0; i < old->n_limits; i++) {
    rows.limits[i] = limit_made(making, &old->limits[i]);
    changed = changed || rows.limits[i].low != old->limits[i].low || rows.limits[i].high != old->limits[i].high;
  }
  if (!changed) rows.limits = old->limits;
  change_cut(making, expr, &rows);
  if (!changed && rows.stream == old->stream && rows.n == old->n && rows.cut == old->cut &&
      rows.apart.n == old->apart.n)
    return old;
  struct rows *made = NEW(struct rows);
  *made = rows;
  return made;
}

/* ── expressions ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct expr *constant_made(struct making *making, const struct expr *expr) {
  const struct expr *said = expr->parameter ? expr->parameter->value : expr;
  if (expr->parameter && expr->parameter->usual) return expr;
  if (expr->kind == EXPR_number && is_here(making, said, MUTANT_number)) {
    struct expr *number = copy_of(expr);
    number->number = making->mutant->number;
    return number;
  }
  return expr->kind == EXPR_date && is_here(making, said, MUTANT_date) ? moved(expr, making->mutant->step) : expr;
}

/* The expression itself is what the mutant changes. Gives the new one, or the old. */
static const struct expr *changed_here(struct making *making, const struct expr *expr, const struct expr *made) {
  const struct mutant *mutant = making->mutant;
  if (!is_site(mutant, expr->source, expr->at)) return made;
  struct expr *copy = copy_of(made);
  switch (mutant->kind) {
  case MUTANT_comparison:
    if (expr->kind != EXPR_compare && expr->kind != EXPR_each) return made;
    copy->comparison = (enum comparison)mutant->step;
    return copy;
  case MUTANT_junction:
    if (expr->kind != EXPR_and && expr->kind != EXPR_or) return made;
    copy->kind = (enum expr_kind)mutant->step;
    return copy;
  case MUTANT_negation: return expr->kind == EXPR_not ? made->args[0] : made;
  case MUTANT_question:
    if (expr->kind != EXPR_is_known && expr->kind != EXPR_is_true) return made;
    copy->kind = EXPR_not;
    copy->args = NEW_ARRAY(const struct expr *, 1);
    copy->args[0] = made;
    copy->n_args = 1;
    return copy;
  case MUTANT_figure:
    if (expr->kind != EXPR_figure && expr->kind != EXPR_row_date) return made;
    copy->figure = (enum figure)mutant->step;
    return copy;
  case MUTANT_over:
    if (expr->kind != EXPR_change) return made;
    copy->duration.n += mutant->step;
    return copy;
  case MUTANT_quantifier:
    if (expr->kind != EXPR_each && expr->kind != EXPR_how_many) return made;
    copy->quantifier = (enum quantifier)mutant->step;
    return copy;
  case MUTANT_how_many:
    if (expr->kind != EXPR_each && expr->kind != EXPR_how_many) return made;
    copy->number += mutant->step;
    return copy;
  case MUTANT_sign:
    if (expr->kind < EXPR_add || expr->kind > EXPR_divide) return made;
    copy->kind = (enum expr_kind)mutant->step;
    return copy;
  case MUTANT_date: return expr->kind == EXPR_earlier ? moved(made, mutant->step) : made;
  default: return made;
  }
}

static const struct expr *value_made(struct making *making, const struct definition *definition) {
  for (size_t i = 0; i < making->n_made; i++)
    if (making->made[i].definition == definition) return making->made[i].value;
  const struct expr *value = make(making, definition->value);
  making->made = memory_grow(making->made, making->n_made + 1, sizeof *making->made);
  making->made[making->n_made++] = (struct made){definition, value};
  return value;
}

static const struct expr *make(struct making *making, const struct expr *expr) {
  const struct expr **args = NULL;
  if (expr == making->condition) return making->answer;
  if (expr->kind == EXPR_defined) {
    const struct expr *value = value_made(making, expr->definition);
    return value == expr->definition->value ? expr : value;
  }
  if (making->mutant && (expr->kind == EXPR_number || expr->kind == EXPR_date)) return constant_made(making, expr);
  for (size_t i = 0; i < expr->n_args; i++) {
    const struct expr *arg = make(making, expr->args[i]);
    if (arg == expr->args[i]) continue;
    if (!args) {
      args = NEW_ARRAY(const struct expr *, expr->n_args);
      for (size_t j = 0; j < expr->n_args; j++) args[j] = expr->args[j];
    }
    args[i] = arg;
  }
  const struct rows *rows = expr->rows ? rows_made(making, expr) : NULL;
  const struct expr *made = expr;
  if (args || rows != expr->rows) {
    struct expr *copy = copy_of(expr);
    if (args) copy->args = args;
    copy->rows = rows;
    made = copy;
  }
  if ((expr->kind == EXPR_earlier || expr->kind == EXPR_change) && is_longer(making, expr->parameter)) {
    struct expr *copy = copy_of(made);
    copy->duration = lengthened(making, expr->duration);
    return copy;
  }
  return making->mutant ? changed_here(making, expr, made) : made;
}

const struct expr *variant_mutated(const struct expr *expr, const struct mutant *mutant) {
  struct making making = {.mutant = mutant};
  return make(&making, expr);
}

const struct expr *variant_forced(const struct expr *expr, const struct expr *condition, int truth) {
  struct expr *answer = copy_of(condition);
  struct making making = {.condition = condition, .answer = answer};
  *answer = (struct expr){.kind = EXPR_truth,
                          .type = {.kind = TYPE_TRUTH},
                          .source = condition->source,
                          .at = condition->at,
                          .depth = 1,
                          .date = truth};
  return make(&making, expr);
}
