/* evaluate.c: what a checked expression is for one patient, in the words of the language's reference. */
#include <stdlib.h>
#include <string.h>
#include "lang/memory.h"
#include "runtime/run/run.h"
#include "tests/agreement/agreement.h"

static struct value unknown(void) { return (struct value){0}; }
static struct value truth(bool yes) { return (struct value){.known = true, .truth = yes}; }
static struct value number(double n) { return (struct value){.known = true, .number = n}; }
static struct value date(int32_t days) { return (struct value){.known = true, .date = days}; }

static bool is_yes(struct value value) { return value.known && value.truth; }

/* ── the patient's own columns ───────────────────────────────────────────────────────────────────────────────────── */

static bool is_choice(const struct column *column, const char *text) {
  for (size_t i = 0; i < column->n_choices; i++)
    if (strcmp(column->choices[i], text) == 0) return true;
  return column->type != COLUMN_LIST;
}

static const struct table *patients_table(const struct program *program) {
  size_t i = 0;
  while (strcmp(program->tables[i]->name, "patients") != 0) i++;
  return program->tables[i];
}

static struct value column(const struct asked *asked, const struct column *column) {
  const char *cell = asked->patient->tables[patients_table(asked->program)->number].all[0].cells[column->number];
  struct value value = unknown();
  if (column->type == COLUMN_NUMBER) value.known = number_read(cell, &value.number, &value.sign) && value.sign == 0;
  else if (column->type == COLUMN_DATE) value.known = date_read(cell, &value.date);
  else value = (struct value){.known = *cell && is_choice(column, cell), .text = cell};
  return value;
}

/* ── comparisons ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct value ordered(bool below, bool equal, enum comparison comparison) {
  switch (comparison) {
  case COMPARE_BELOW: return truth(below);
  case COMPARE_AT_MOST: return truth(below || equal);
  case COMPARE_ABOVE: return truth(!below && !equal);
  case COMPARE_AT_LEAST: return truth(!below);
  case COMPARE_EQUAL: return truth(equal);
  default: return truth(!equal);
  }
}

static struct value compare(enum type_kind type, enum comparison comparison, struct value a, struct value b) {
  if (!a.known || !b.known) return unknown();
  switch (type) {
  case TYPE_NUMBER: return compare_numbers(a, b, comparison);
  case TYPE_DATE: return ordered(a.date < b.date, a.date == b.date, comparison);
  case TYPE_TEXT: return ordered(false, strcmp(a.text, b.text) == 0, comparison);
  default: return ordered(false, a.truth == b.truth, comparison);
  }
}

/* ── logic ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct votes { double yes, no, open; };

static void vote(struct votes *votes, struct value value) {
  if (!value.known) votes->open++;
  else if (value.truth) votes->yes++;
  else votes->no++;
}

/* Yes or no once the open votes cannot change it. */
static struct value decide(struct votes votes, enum quantifier quantifier, double n) {
  double all = votes.yes + votes.no + votes.open, least = votes.yes, most = votes.yes + votes.open;
  switch (quantifier) {
  case EACH_ALL: return decide(votes, EACH_AT_LEAST, all);
  case EACH_ANY: return decide(votes, EACH_AT_LEAST, 1);
  case EACH_NONE: return decide(votes, EACH_AT_MOST, 0);
  case EACH_AT_LEAST: return least >= n ? truth(true) : most < n ? truth(false) : unknown();
  case EACH_AT_MOST: return most <= n ? truth(true) : least > n ? truth(false) : unknown();
  default: return least > n || most < n ? truth(false) : least == most ? truth(true) : unknown();
  }
}

static struct value count_votes(const struct asked *asked, const struct expr *expr, enum quantifier quantifier) {
  struct votes votes = {0};
  for (size_t i = 0; i < expr->n_args; i++) vote(&votes, evaluate(asked, expr->args[i]));
  return decide(votes, quantifier, expr->number);
}

static struct value not(struct value value) {
  value.truth = !value.truth;
  return value;
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct value compare_entry(const struct expr *expr, const struct entry *entry, const struct value sides[2]) {
  struct value value = {.known = true, .number = entry->value, .sign = entry->sign};
  if (expr->comparison != COMPARE_BETWEEN) return sides[0].known ? compare_numbers(value, sides[0], expr->comparison) : unknown();
  struct votes both = {0};
  vote(&both, sides[0].known ? compare_numbers(value, sides[0], COMPARE_AT_LEAST) : unknown());
  vote(&both, sides[1].known ? compare_numbers(value, sides[1], COMPARE_AT_MOST) : unknown());
  return decide(both, EACH_ALL, 0);
}

/* `between` asks two things of a value that must both hold, `in` several of which one is enough. */
static struct value among(const struct asked *asked, const struct expr *expr) {
  enum type_kind type = expr->args[0]->type.kind;
  struct value value = evaluate(asked, expr->args[0]);
  struct votes votes = {0};
  for (size_t i = 1; i < expr->n_args; i++) {
    enum comparison comparison = expr->kind == EXPR_in ? COMPARE_EQUAL : i == 1 ? COMPARE_AT_LEAST : COMPARE_AT_MOST;
    vote(&votes, compare(type, comparison, value, evaluate(asked, expr->args[i])));
  }
  return decide(votes, expr->kind == EXPR_in ? EACH_ANY : EACH_ALL, 0);
}

static struct value each(const struct asked *asked, const struct expr *expr) {
  struct entries entries = rows_of_patient(asked, expr->rows);
  struct value sides[2] = {0};
  struct votes votes = {0};
  if (!entries.n || !entries.enough) return unknown();
  for (size_t i = 0; i < expr->n_args; i++) sides[i] = evaluate(asked, expr->args[i]);
  for (size_t i = 0; i < entries.n; i++) vote(&votes, compare_entry(expr, &entries.all[i], sides));
  return decide(votes, expr->quantifier, expr->number);
}

static struct value figure(const struct asked *asked, const struct expr *expr) {
  struct entries entries = rows_of_patient(asked, expr->rows);
  if (!entries.n || !entries.enough) return unknown();
  return figure_of_entries(&entries, expr->figure, expr->rows->stream->ties);
}

/* The latest value minus the latest that is at least so much older. */
static struct value change(const struct asked *asked, const struct expr *expr) {
  struct entries entries = rows_of_patient(asked, expr->rows);
  enum image_ties ties = expr->rows->stream->ties;
  if (!entries.n || !entries.enough) return unknown();
  int32_t border = date_before(entries.all[entries.n - 1].date, expr->duration);
  struct entries older = entries;
  while (older.n && older.all[older.n - 1].date > border) older.n--;
  if (!older.n) return unknown();
  return number(figure_of_entries(&entries, FIGURE_LATEST, ties).number - figure_of_entries(&older, FIGURE_LATEST, ties).number);
}

static struct value row_date(const struct asked *asked, const struct expr *expr) {
  struct entries entries = rows_of_patient(asked, expr->rows);
  if (!entries.n || !entries.enough) return unknown();
  const struct entry *found = &entries.all[0];
  for (size_t i = 1; i < entries.n; i++) {       /* of equal ones the last */
    const struct entry *entry = &entries.all[i];
    bool takes = expr->figure == FIGURE_LATEST || (expr->figure == FIGURE_HIGHEST && entry_compare_size(entry, found) >= 0) ||
                 (expr->figure == FIGURE_LOWEST && entry_compare_size(entry, found) <= 0);
    if (takes) found = entry;
  }
  return date(found->date);
}

/* ── arithmetic and choices ──────────────────────────────────────────────────────────────────────────────────────── */

/* A censored number counts as its bound. */
static struct value calculate(const struct asked *asked, const struct expr *expr) {
  struct value a = evaluate(asked, expr->args[0]), b = expr->n_args == 2 ? evaluate(asked, expr->args[1]) : number(0);
  if (!a.known || !b.known) return unknown();
  switch (expr->kind) {
  case EXPR_add: return number(a.number + b.number);
  case EXPR_subtract: return number(a.number - b.number);
  case EXPR_multiply: return number(a.number * b.number);
  case EXPR_divide: return b.number == 0 ? unknown() : number(a.number / b.number);
  default: return number(-a.number);
  }
}

static struct value choose(const struct asked *asked, const struct expr *expr) {
  for (size_t i = 0; i + 1 < expr->n_args; i += 2)
    if (is_yes(evaluate(asked, expr->args[i + 1]))) return evaluate(asked, expr->args[i]);
  return evaluate(asked, expr->args[expr->n_args - 1]);
}

static struct value on_date(const struct asked *asked, const struct expr *expr) {
  struct value value = evaluate(asked, expr->args[0]);
  if (!value.known) return unknown();
  if (expr->kind == EXPR_earlier) return date(date_before(value.date, expr->duration));
  return number(date_completed(value.date, asked->index, expr->duration.unit));
}

/* ── all kinds ───────────────────────────────────────────────────────────────────────────────────────────────────── */

struct value evaluate(const struct asked *asked, const struct expr *expr) {
  struct entries entries;
  struct value first;
  switch (expr->kind) {
  case EXPR_truth: return expr->date == 2 ? unknown() : truth(expr->date);
  case EXPR_number: return number(expr->number);
  case EXPR_date: return date(expr->date);
  case EXPR_text: return (struct value){.known = true, .text = expr->text};
  case EXPR_index: return date(asked->index);
  case EXPR_column: return column(asked, expr->column);
  case EXPR_defined: return evaluate(asked, expr->definition->value);
  case EXPR_and: return count_votes(asked, expr, EACH_ALL);
  case EXPR_or: return count_votes(asked, expr, EACH_ANY);
  case EXPR_how_many: return count_votes(asked, expr, expr->quantifier);
  case EXPR_not: return not(evaluate(asked, expr->args[0]));
  case EXPR_compare: return compare(expr->args[0]->type.kind, expr->comparison, evaluate(asked, expr->args[0]), evaluate(asked, expr->args[1]));
  case EXPR_between:
  case EXPR_in: return among(asked, expr);
  case EXPR_is_known: return truth(evaluate(asked, expr->args[0]).known);
  case EXPR_is_true: return truth(is_yes(evaluate(asked, expr->args[0])));
  case EXPR_any_row:
    entries = rows_of_patient(asked, expr->rows);
    return entries.known ? truth(entries.n > 0) : unknown();
  case EXPR_count:
    entries = rows_of_patient(asked, expr->rows);
    return entries.known ? number((double)entries.n) : unknown();
  case EXPR_figure: return figure(asked, expr);
  case EXPR_change: return change(asked, expr);
  case EXPR_row_date: return row_date(asked, expr);
  case EXPR_each: return each(asked, expr);
  case EXPR_choose: return choose(asked, expr);
  case EXPR_otherwise:
    first = evaluate(asked, expr->args[0]);
    return first.known ? first : evaluate(asked, expr->args[1]);
  case EXPR_add:
  case EXPR_subtract:
  case EXPR_multiply:
  case EXPR_divide:
  case EXPR_negate: return calculate(asked, expr);
  case EXPR_earlier:
  case EXPR_since: return on_date(asked, expr);
  default: fprintf(stderr, "evaluate: no value has an expression of kind %d\n", expr->kind); abort();
  }
}

int evaluate_outcome(const struct asked *asked, const struct indicator *indicator) {
  if (asked->program->population && !is_yes(evaluate(asked, asked->program->population))) return OUTCOME_OUTSIDE;
  if (indicator->denominator && !is_yes(evaluate(asked, indicator->denominator))) return OUTCOME_OUTSIDE;
  /* Of a number it is asked whether it is known, of events whether there is one. */
  struct value value = evaluate(asked, indicator->value ? indicator->value : indicator->numerator);
  bool yes = !indicator->value ? value.truth : indicator->kind != KIND_RATE || value.number >= 1;
  return !value.known ? OUTCOME_UNKNOWN : yes ? OUTCOME_YES : OUTCOME_NO;
}
