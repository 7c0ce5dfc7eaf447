/* value.c: values in words, as nouns: "age", "HbA1c (mean of the latest 3)", "6 months before the index date". */
#include <string.h>
#include "lang/explain/phrases.h"

/* ── columns of patients ─────────────────────────────────────────────────────────────────────────────────────────── */

struct word {
  const char *name, *words;
};
static const struct word columns[] = {
    {"sex", N_("sex")},
    {"birth", N_("the date of birth")},
    {"from", N_("the day of joining the practice")},
    {"to", N_("the day of leaving the practice")},
    {"practice", N_("the practice")},
};
static const struct word choices[] = {{"female", N_("woman")}, {"male", N_("man")}};

const char *column_words(const struct column *column) {
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    if (strcmp(columns[i].name, column->name) == 0) return _(columns[i].words);
  return memory_print(_("“%s”"), column->name);
}

const char *choice_words(const struct column *column, const char *choice) {
  for (size_t i = 0; column->type == COLUMN_LIST && i < sizeof choices / sizeof *choices; i++)
    if (strcmp(choices[i].name, choice) == 0) return _(choices[i].words);
  return memory_print(_("“%s”"), choice);
}

/* ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

bool is_age(const struct expr *expr) {
  return expr->kind == EXPR_since && expr->duration.unit == DURATION_YEARS && expr->args[0]->kind == EXPR_column &&
         strcmp(expr->args[0]->column->name, "birth") == 0;
}

static const char *constant_words(const struct expr *expr, const struct expr *beside) {
  const struct unit *unit = expr->type.unit ? expr->type.unit : beside ? beside->type.unit : NULL;
  const char *number = number_words(expr->number);
  if (unit) return memory_print("%s %s", number, unit->spellings[0]);
  if (!beside || beside->kind != EXPR_since) return number;
  unsigned plural = expr->number == 1 ? 1 : 2;
  switch (beside->duration.unit) {
  case DURATION_DAYS: return memory_print(Q_("%s day", "%s days", plural), number);
  case DURATION_WEEKS: return memory_print(Q_("%s week", "%s weeks", plural), number);
  case DURATION_MONTHS: return memory_print(Q_("%s month", "%s months", plural), number);
  default: return memory_print(Q_("%s year", "%s years", plural), number);
  }
}

static const char *figure_words(const struct expr *expr) {
  static const char *const alone[] = {N_("latest"), N_("earliest"), N_("highest"), N_("lowest"),
                                      N_("mean"),   N_("median"),   N_("sum")};
  static const char *const among[] = {N_("latest of %s"), N_("earliest of %s"), N_("highest of %s"), N_("lowest of %s"),
                                      N_("mean of %s"),   N_("median of %s"),   N_("sum of %s")};
  const struct rows *rows = expr->rows;
  bool usual = window_is_usual(rows);
  const char *name = stream_words(rows->stream), *window = explain_window(rows);
  if (expr->figure == FIGURE_LATEST && !rows->cut && usual) return name;
  const char *which = rows->cut ? memory_print(_(among[expr->figure]), cut_words(rows)) : _(alone[expr->figure]);
  if (!usual && *window) which = memory_print(_("%1$s %2$s"), which, window);
  return memory_print(_("%1$s (%2$s)"), name, which);
}

static const char *since_words(const struct expr *expr) {
  static const char *const formats[] = {N_("the number of days since %s"), N_("the number of whole weeks since %s"),
                                        N_("the number of whole months since %s"),
                                        N_("the number of whole years since %s")};
  if (is_age(expr)) return _("age");
  return memory_print(_(formats[expr->duration.unit]), value_words(expr->args[0], NULL));
}

/* ── arithmetic ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static int rank(const struct expr *expr) {
  switch (expr->kind) {
  case EXPR_add:
  case EXPR_subtract: return 1;
  case EXPR_multiply:
  case EXPR_divide: return 2;
  case EXPR_negate: return 3;
  case EXPR_choose: return 0;
  default: return 4;
  }
}

static const char *side(const struct expr *expr, const struct expr *beside, int least) {
  const char *words = value_words(expr, beside);
  return rank(expr) < least ? memory_print("(%s)", words) : words;
}

static const char *arithmetic_words(const struct expr *expr) {
  static const char *const signs[] = {"+", "−", "×", "/"};
  const struct expr *a = expr->args[0], *b = expr->args[1];
  int own = rank(expr);
  bool sum = own == 1;
  return memory_print("%s %s %s", side(a, sum ? b : NULL, own), signs[expr->kind - EXPR_add],
                      side(b, sum ? a : NULL, own + 1));
}

/* ── choices, dates ──────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *choose_words(const struct expr *expr, const struct expr *beside) {
  size_t n = expr->n_args;
  const char *text = memory_print(_("otherwise %s"), value_words(expr->args[n - 1], beside));
  for (size_t i = n - 1; i >= 2; i -= 2)
    text = memory_print(_("%1$s when: %2$s; %3$s"), value_words(expr->args[i - 2], beside),
                        condition_words(expr->args[i - 1], false), text);
  return text;
}

static const char *moved_words(const struct expr *expr) {
  struct duration duration = expr->duration;
  const char *date = value_words(expr->args[0], NULL);
  if (duration.n >= 0) return memory_print(_("the day %1$s before %2$s"), duration_words(duration), date);
  duration.n = -duration.n;
  return memory_print(_("the day %1$s after %2$s"), duration_words(duration), date);
}

const char *value_words(const struct expr *expr, const struct expr *beside) {
  switch (expr->kind) {
  case EXPR_number: return constant_words(expr, beside);
  case EXPR_date: return date_words(expr->date);
  case EXPR_duration: return duration_words(expr->duration);
  case EXPR_text: return memory_print(_("“%s”"), expr->text);
  case EXPR_index: return _("the index date");
  case EXPR_column: return column_words(expr->column);
  case EXPR_defined: return definition_words(expr->definition);
  case EXPR_count: return number_of_rows_words(expr->rows);
  case EXPR_figure: return figure_words(expr);
  case EXPR_change:
    return memory_print(_("the change in %1$s over %2$s"), stream_words(expr->rows->stream),
                        duration_words(expr->duration));
  case EXPR_row_date: return row_date_words(expr->rows, expr->figure);
  case EXPR_choose: return choose_words(expr, beside);
  case EXPR_otherwise:
    return memory_print(_("%1$s (where unknown: %2$s)"), value_words(expr->args[0], beside),
                        value_words(expr->args[1], expr->args[0]));
  case EXPR_add:
  case EXPR_subtract:
  case EXPR_multiply:
  case EXPR_divide: return arithmetic_words(expr);
  case EXPR_negate: return memory_print("−%s", side(expr->args[0], beside, 3));
  case EXPR_earlier: return moved_words(expr);
  case EXPR_since: return since_words(expr);
  default: return condition_words(expr, false);
  }
}
