/* outline.c: conditions as lists in lists. What is joined by `and` and what is joined by `or` never stand on one line: each
 * list says how many of it must hold. */
#include "lang/explain/outline.h"

/* More codes than this, or longer titles, are a list of their own. */
enum { FEW_CODES = 2, SHORT_TITLES = 40 };

const struct expr *outline_core(const struct expr *expr) {
  while (expr->kind == EXPR_defined) expr = expr->definition->value;
  return expr;
}

/* ── what kind of list a condition is ────────────────────────────────────────────────────────────────────────────── */

static bool looks_for_many(const struct expr *expr) {
  size_t n, length = 0;
  if (expr->kind != EXPR_any_row || expr->rows->stream->kind == STREAM_SERIES) return false;
  const char **words = sought_words(expr->rows->stream, &n);
  for (size_t i = 0; i < n; i++)
    for (const char *letter = words[i]; *letter; letter++) length++;
  return n > FEW_CODES || (n > 1 && length > SHORT_TITLES);
}

static bool is_list(const struct expr *expr) {
  switch (expr->kind) {
  case EXPR_and:
  case EXPR_or:
  case EXPR_how_many:
  case EXPR_choose: return true;
  default: return false;
  }
}

static const char *how_many_hold(const struct expr *expr, bool negated) {
  int n = (int)expr->number;
  switch (expr->quantifier) {
  case EACH_AT_LEAST:
    return memory_print(negated ? Q_("fewer than %d of these holds", "fewer than %d of these hold", n)
                                : Q_("at least %d of these holds", "at least %d of these hold", n),
                        n);
  case EACH_AT_MOST:
    return memory_print(negated ? Q_("more than %d of these holds", "more than %d of these hold", n)
                                : Q_("at most %d of these holds", "at most %d of these hold", n),
                        n);
  default:
    return memory_print(negated ? Q_("not exactly %d of these holds", "not exactly %d of these hold", n)
                                : Q_("exactly %d of these holds", "exactly %d of these hold", n),
                        n);
  }
}

const char *outline_quantifier(const struct expr *expr, bool negated) {
  while (expr->kind == EXPR_not) {
    expr = expr->args[0];
    negated = !negated;
  }
  switch (expr->kind) {
  case EXPR_and: return negated ? _("not all of these hold") : _("all of these hold");
  case EXPR_or: return negated ? _("none of these holds") : _("at least one of these holds");
  case EXPR_how_many: return how_many_hold(expr, negated);
  case EXPR_choose: return _("the first of these that fits the patient holds");
  default: return _("this holds");
  }
}

/* ── lists ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_items(struct part *into, const struct expr *expr, bool negated);

static void add_codes(struct part *into, const struct expr *expr) {
  size_t n;
  const char **words = sought_words(expr->rows->stream, &n);
  for (size_t i = 0; i < n; i++) part_item(into, words[i]);
}

/* An item of a list: a clause, or what is asked of the list that follows. */
static void add_item(struct part *into, const struct expr *expr, bool negated) {
  while (expr->kind == EXPR_not) {
    expr = expr->args[0];
    negated = !negated;
  }
  if (is_list(expr))
    add_items(part_item(into, memory_print(_("%s:"), outline_quantifier(expr, negated))), expr, negated);
  else if (looks_for_many(expr))
    add_codes(part_item(into, any_of_these_words(expr->rows, negated)), expr);
  else
    part_item(into, condition_words(expr, negated));
}

/* A line of a choice: what is chosen, and when. */
static void add_arm(struct part *into, const char *chosen, const struct expr *when) {
  const struct expr *core = when;
  while (core->kind == EXPR_not) core = core->args[0];
  if (is_list(core))
    add_items(part_item(into, memory_print(_("%1$s, when %2$s:"), chosen, outline_quantifier(when, false))), when,
              false);
  else
    part_item(into, memory_print(_("%1$s, when %2$s: %3$s"), chosen, outline_quantifier(when, false),
                                 condition_words(when, false)));
}

static void add_arms(struct part *into, const struct expr *expr, bool negated) {
  for (size_t i = 0; i < expr->n_args; i += 2) {
    const struct expr *value = expr->args[i];
    const char *chosen = value->type.kind == TYPE_TRUTH ? condition_words(value, negated) : value_words(value, expr);
    if (i + 1 < expr->n_args)
      add_arm(into, chosen, expr->args[i + 1]);
    else
      part_item(into, memory_print(_("%s in all other cases"), chosen));
  }
}

static void add_items(struct part *into, const struct expr *expr, bool negated) {
  while (expr->kind == EXPR_not) {
    expr = expr->args[0];
    negated = !negated;
  }
  if (expr->kind == EXPR_choose)
    add_arms(into, expr, negated);
  else
    for (size_t i = 0; i < expr->n_args; i++) add_item(into, expr->args[i], false);
}

/* ── behind a sentence ───────────────────────────────────────────────────────────────────────────────────────────── */

struct part *outline_condition(const char *key, const char *label, const char *lead, const struct expr *expr) {
  const char *asked = outline_quantifier(expr, false), *sentence = lead ? memory_print(lead, asked) : asked;
  const struct expr *core = expr;
  while (core->kind == EXPR_not) core = core->args[0];
  struct part *part = part_make(key, label, NULL);
  if (is_list(core)) {
    part->text = memory_print(_("%s:"), sentence);
    add_items(part, expr, false);
  } else if (!lead) {
    part->text = looks_for_many(core) ? any_of_these_words(core->rows, core != expr)
                                      : memory_print(_("%s."), condition_words(expr, false));
    if (looks_for_many(core)) add_codes(part, core);
  } else if (looks_for_many(core)) {
    part->text = memory_print(_("%1$s: %2$s"), sentence, any_of_these_words(core->rows, core != expr));
    add_codes(part, core);
  } else {
    part->text = memory_print(_("%1$s: %2$s."), sentence, condition_words(expr, false));
  }
  return part;
}

struct part *outline_value(const char *key, const char *label, const char *lead, const struct expr *expr) {
  if (expr->kind != EXPR_choose) return part_make(key, label, memory_print(lead, value_words(expr, NULL)));
  struct part *part = part_make(key, label, _("The first of these that fits the patient:"));
  add_arms(part, expr, false);
  return part;
}
