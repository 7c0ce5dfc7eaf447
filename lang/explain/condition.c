/* condition.c: conditions in words: clauses that hold where the condition is yes, and their opposites. A `not` is moved to
 * where the language has it: "is not measured", "none of these". By Kleene's logic that changes no outcome. */
#include <string.h>
#include "lang/explain/phrases.h"

/* ── comparisons ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* One template for each comparison, in the order of the enum: of numbers, and of dates. `plural` is of several values. */
static const char *const of_numbers[] = {N_("%1$s is below %2$s"), N_("%1$s is at most %2$s"),
                                         N_("%1$s is above %2$s"), N_("%1$s is at least %2$s"),
                                         N_("%1$s is %2$s"),       N_("%1$s is not %2$s")};
static const char *const not_of_numbers[] = {N_("%1$s is not below %2$s"), N_("%1$s is above %2$s"),
                                             N_("%1$s is not above %2$s"), N_("%1$s is below %2$s"),
                                             N_("%1$s is not %2$s"),       N_("%1$s is %2$s")};
static const char *const of_values[] = {N_("%1$s are below %2$s"), N_("%1$s are at most %2$s"),
                                        N_("%1$s are above %2$s"), N_("%1$s are at least %2$s"),
                                        N_("%1$s are %2$s"),       N_("%1$s are not %2$s")};
static const char *const of_dates[] = {N_("%1$s is before %2$s"), N_("%1$s is on %2$s or before"),
                                       N_("%1$s is after %2$s"),  N_("%1$s is on %2$s or after"),
                                       N_("%1$s is on %2$s"),     N_("%1$s is not on %2$s")};
static const enum comparison opposite[] = {COMPARE_AT_LEAST, COMPARE_ABOVE,   COMPARE_AT_MOST,
                                           COMPARE_BELOW,    COMPARE_UNEQUAL, COMPARE_EQUAL};

static bool is_date(const struct expr *expr) { return expr->type.kind == TYPE_DATE; }

/* Of a sex the patient is, not the sex; or NULL. */
static const char *sex_words(const struct column *column, const char *choice, bool negated) {
  if (strcmp(column->name, "sex") != 0 || column->type != COLUMN_LIST) return NULL;
  if (strcmp(choice, "male") == 0) return negated ? _("is not a man") : _("is a man");
  if (strcmp(choice, "female") == 0) return negated ? _("is not a woman") : _("is a woman");
  return NULL;
}

static const char *text_words(const struct expr *expr, bool negated) {
  const struct column *column = expr->args[0]->column;
  const char *choice = choice_words(column, expr->args[1]->text);
  const char *sex = sex_words(column, expr->args[1]->text, (expr->comparison == COMPARE_UNEQUAL) != negated);
  if (sex) return sex;
  if ((expr->comparison == COMPARE_UNEQUAL) != negated)
    return memory_print(_("%1$s is not %2$s"), column_words(column), choice);
  return memory_print(_("%1$s is %2$s"), column_words(column), choice);
}

/* So long since, where that is said more simply than as a number; or NULL. */
static const char *time_words(const struct expr *expr, enum comparison comparison) {
  const struct expr *since = expr->args[0], *limit = expr->args[1];
  if (since->kind != EXPR_since || limit->kind != EXPR_number) return NULL;
  const char *n = value_words(limit, since);
  if (is_age(since)) {
    if (comparison == COMPARE_AT_LEAST) return memory_print(_("is %s old or more"), n);
    if (comparison == COMPARE_BELOW) return memory_print(_("is under %s old"), n);
    return NULL;
  }
  const char *date = value_words(since->args[0], NULL);
  if (comparison == COMPARE_AT_LEAST) return memory_print(_("at least %1$s have passed since %2$s"), n, date);
  if (comparison == COMPARE_BELOW) return memory_print(_("less than %1$s have passed since %2$s"), n, date);
  return NULL;
}

static const char *outcomes_words(const struct expr *expr, bool negated) {
  const char *a = condition_words(expr->args[0], false), *b = condition_words(expr->args[1], false);
  if ((expr->comparison == COMPARE_UNEQUAL) != negated)
    return memory_print(_("one of these holds, and the other does not: %1$s; %2$s"), a, b);
  return memory_print(_("both of these hold, or neither does: %1$s; %2$s"), a, b);
}

static const char *compare_words(const struct expr *expr, bool negated) {
  const struct expr *a = expr->args[0], *b = expr->args[1];
  enum comparison comparison = expr->comparison;
  if (a->type.kind == TYPE_TEXT) return text_words(expr, negated);
  if (a->type.kind == TYPE_TRUTH) return outcomes_words(expr, negated);
  if (is_date(a))
    return memory_print(_(of_dates[negated ? opposite[comparison] : comparison]), value_words(a, b), value_words(b, a));
  const char *special = time_words(expr, negated ? opposite[comparison] : comparison);
  if (!special && a->kind == EXPR_count && b->kind == EXPR_number)
    special = times_words(a->rows, negated ? opposite[comparison] : comparison, b->number);
  return special ? special
                 : memory_print(_((negated ? not_of_numbers : of_numbers)[comparison]), value_words(a, b),
                                value_words(b, a));
}

static const char *between_words(const struct expr *expr, bool negated) {
  const struct expr *a = expr->args[0];
  const char *low = value_words(expr->args[1], a), *high = value_words(expr->args[2], a);
  if (expr->args[1]->kind == EXPR_number && expr->args[2]->kind == EXPR_number)
    low = number_words(expr->args[1]->number);
  return memory_print(negated ? _("%1$s is not from %2$s up to and including %3$s")
                              : _("%1$s is from %2$s up to and including %3$s"),
                      value_words(a, expr->args[1]), low, high);
}

static const char *in_words(const struct expr *expr, bool negated) {
  const struct expr *a = expr->args[0];
  const char **words = NEW_ARRAY(const char *, expr->n_args);
  for (size_t i = 1; i < expr->n_args; i++)
    words[i - 1] =
        a->type.kind == TYPE_TEXT ? choice_words(a->column, expr->args[i]->text) : value_words(expr->args[i], a);
  return memory_print(negated ? _("%1$s is not %2$s") : _("%1$s is %2$s"), value_words(a, NULL),
                      either_words(words, expr->n_args - 1));
}

/* ── the values of a series ──────────────────────────────────────────────────────────────────────────────────────── */

/* Which values are meant, as the subject of a sentence; *many where it is of several. */
static const char *values_words(const struct expr *expr, bool negated, bool *many) {
  const struct rows *rows = expr->rows;
  const char *window = window_is_usual(rows) ? "" : explain_window(rows), *all = measurements_words(rows);
  if (*window) all = memory_print(_("%1$s %2$s"), all, window);
  int n = (int)expr->number;
  *many = true;
  switch (expr->quantifier) {
  case EACH_ALL: return memory_print(negated ? _("not all of %s") : _("all of %s"), all);
  case EACH_ANY:
  case EACH_NONE:
    *many = (expr->quantifier == EACH_NONE) != negated;
    return memory_print(*many ? _("none of %s") : _("at least one of %s"), all);
  case EACH_AT_LEAST: return memory_print(negated ? _("fewer than %1$d of %2$s") : _("at least %1$d of %2$s"), n, all);
  case EACH_AT_MOST: return memory_print(negated ? _("more than %1$d of %2$s") : _("at most %1$d of %2$s"), n, all);
  default: return memory_print(negated ? _("not exactly %1$d of %2$s") : _("exactly %1$d of %2$s"), n, all);
  }
}

static const char *each_words(const struct expr *expr, bool negated) {
  struct expr value = {.kind = EXPR_number, .type = {.kind = TYPE_NUMBER, .unit = expr->rows->stream->in}};
  bool many;
  const char *values = values_words(expr, negated, &many), *side = value_words(expr->args[0], &value);
  if (expr->comparison != COMPARE_BETWEEN)
    return memory_print(_((many ? of_values : of_numbers)[expr->comparison]), values, side);
  if (expr->args[0]->kind == EXPR_number) side = number_words(expr->args[0]->number);
  return memory_print(many ? _("%1$s are from %2$s up to and including %3$s")
                           : _("%1$s is from %2$s up to and including %3$s"),
                      values, side, value_words(expr->args[1], &value));
}

/* ── logic ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_junction(const struct expr *expr) {
  while (expr->kind == EXPR_not) expr = expr->args[0];
  return expr->kind == EXPR_and || expr->kind == EXPR_or || expr->kind == EXPR_how_many || expr->kind == EXPR_choose;
}

/* All of the args in a row, by a template that puts two together. */
static const char *row_of(const struct expr *expr, const char *two, bool negated) {
  const char *text = NULL;
  for (size_t i = 0; i < expr->n_args; i++) {
    const char *one = condition_words(expr->args[i], negated);
    if (is_junction(expr->args[i])) one = memory_print("(%s)", one);
    text = text ? memory_print(_(two), text, one) : one;
  }
  return text;
}

static const char *how_many_words(const struct expr *expr, bool negated) {
  int n = (int)expr->number;
  const char *list = row_of(expr, N_("%1$s; %2$s"), false);
  switch (expr->quantifier) {
  case EACH_AT_LEAST:
    return memory_print(negated ? _("fewer than %1$d of these hold: %2$s") : _("at least %1$d of these hold: %2$s"), n,
                        list);
  case EACH_AT_MOST:
    return memory_print(negated ? _("more than %1$d of these hold: %2$s") : _("at most %1$d of these hold: %2$s"), n,
                        list);
  default:
    return memory_print(negated ? _("not exactly %1$d of these hold: %2$s") : _("exactly %1$d of these hold: %2$s"), n,
                        list);
  }
}

static const char *choose_words(const struct expr *expr, bool negated) {
  size_t n = expr->n_args;
  const char *text = memory_print(_("otherwise %s"), condition_words(expr->args[n - 1], negated));
  for (size_t i = n - 1; i >= 2; i -= 2)
    text = memory_print(_("%1$s when: %2$s; %3$s"), condition_words(expr->args[i - 2], negated),
                        condition_words(expr->args[i - 1], false), text);
  return text;
}

/* ── what is known ───────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *known_words(const struct expr *arg, bool negated) {
  if (arg->type.kind == TYPE_TRUTH)
    return memory_print(negated ? _("it is not known whether this holds: %s") : _("it is known whether this holds: %s"),
                        condition_words(arg, false));
  if (arg->kind == EXPR_column)
    return memory_print(negated ? _("%s is not in the data") : _("%s is in the data"), column_words(arg->column));
  return memory_print(negated ? _("%s is not known") : _("%s is known"), value_words(arg, NULL));
}

const char *condition_words(const struct expr *expr, bool negated) {
  switch (expr->kind) {
  case EXPR_truth: return expr->date == 2 ? _("unknown") : (expr->date == 1) != negated ? _("always") : _("never");
  case EXPR_defined: return memory_print(negated ? _("not %s") : "%s", definition_words(expr->definition));
  case EXPR_and:
    return negated ? memory_print(_("not all of these hold: %s"), row_of(expr, N_("%1$s; %2$s"), false))
                   : row_of(expr, N_("%1$s, and %2$s"), false);
  case EXPR_or:
    return negated ? memory_print(_("none of these hold: %s"), row_of(expr, N_("%1$s; %2$s"), false))
                   : row_of(expr, N_("%1$s, or %2$s"), false);
  case EXPR_not: return condition_words(expr->args[0], !negated);
  case EXPR_compare: return compare_words(expr, negated);
  case EXPR_between: return between_words(expr, negated);
  case EXPR_in: return in_words(expr, negated);
  case EXPR_is_known: return known_words(expr->args[0], negated);
  case EXPR_is_true:
    return memory_print(negated ? _("%s (unknown counts as yes)") : _("%s (unknown counts as no)"),
                        condition_words(expr->args[0], negated));
  case EXPR_any_row: return any_row_words(expr->rows, negated);
  case EXPR_each: return each_words(expr, negated);
  case EXPR_how_many: return how_many_words(expr, negated);
  case EXPR_choose: return choose_words(expr, negated);
  case EXPR_otherwise:
    return memory_print(_("%1$s (where unknown: %2$s)"), condition_words(expr->args[0], negated),
                        condition_words(expr->args[1], negated));
  default: return value_words(expr, NULL);
  }
}

const char *explain_phrase(const struct expr *expr) {
  return expr->type.kind == TYPE_TRUTH ? condition_words(expr, false) : value_words(expr, NULL);
}

const char *explain_opposite(const struct expr *condition) { return condition_words(condition, true); }
