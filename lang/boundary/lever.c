/* lever.c: a patient is changed so that a value becomes what is wanted: by rows, or by what table patients says. */
#include <string.h>
#include "lang/boundary/inner.h"
#include "lang/memory.h"

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum { A_MONTH = 30 };

/* Windows that hang on a date of the patient need it to be there. */
static void know_window(struct boundary *boundary, struct person *person, const struct rows *rows) {
  for (size_t i = 0; i < rows->n_limits; i++) {
    const struct limit *limit = &rows->limits[i];
    const struct expr *const ends[] = {limit->low, limit->high};
    for (int e = 0; e < 2; e++)
      if (ends[e] && date_for(boundary, person, ends[e]) == DATE_UNKNOWN) set_known(boundary, person, ends[e]);
  }
}

static bool is_taken(const struct person *person, const struct stream *of, int32_t date) {
  for (size_t i = 0; i < person->n_facts; i++)
    if (person->facts[i].of == of && person->facts[i].from == date) return true;
  return false;
}

/* A day inside the window on which no such row is: about a month before its end, events years before where they may; and as
 * far from others as the cut asks. */
static int32_t free_day(const struct boundary *boundary, const struct person *person, const struct rows *rows,
                        const struct stream *of) {
  int32_t low, high;
  if (!window_for(boundary, person, rows, &low, &high) || low > high) return DATE_UNKNOWN;
  bool long_ago = rows->stream->kind != STREAM_SERIES && low == DATE_FIRST;
  int32_t day = date_months_back(high, long_ago ? 48 : 1);
  int32_t gap = A_MONTH;
  if (rows->apart.n && date_before(high, rows->apart) != DATE_UNKNOWN) gap = high - date_before(high, rows->apart) + 1;
  while (day >= low && is_taken(person, of, day)) day -= gap;
  for (day = day < low ? low : day; day <= high && is_taken(person, of, day);) day++;
  return day > high ? high : day;
}

static const char *code_of(const struct stream *stream, const struct stream_part *part) {
  if (!part) part = &stream->parts[0];
  if (stream->kind != STREAM_SERIES || !part->set)
    return code_of_part(stream->kind == STREAM_SERIES ? part : &stream->parts[0]);
  return code_of_part(part);
}

/* A row that the stream reads, on a day; false where none could be written. */
static bool add_row(struct boundary *boundary, struct person *person, const struct rows *rows, int32_t day) {
  const struct reading *reading = reading_of(boundary, rows->stream);
  if (!reading || day == DATE_UNKNOWN) return false;
  struct fact fact = {.of = reading->of, .from = day, .to = day, .open = true};
  if (rows->stream->kind == STREAM_SERIES) {
    struct result usual = result_usual(reading);
    fact.part = usual.part;
    fact.number = usual.number;
  }
  fact.code = code_of(rows->stream, fact.part);
  if (!fact.code) return false;
  person_add(person, fact);
  return true;
}

size_t set_rows(struct boundary *boundary, struct person *person, const struct rows *rows, size_t n, bool exactly) {
  size_t facts[MOST_ROWS], had;
  const struct reading *reading = reading_of(boundary, rows->stream);
  if (n) know_window(boundary, person, rows);
  while ((had = facts_in(boundary, person, rows, facts, MOST_ROWS)) < n && had < MOST_ROWS && reading)
    if (!add_row(boundary, person, rows, free_day(boundary, person, rows, reading->of)) ||
        facts_in(boundary, person, rows, facts, MOST_ROWS) == had)
      break;
  while (exactly && (had = facts_in(boundary, person, rows, facts, MOST_ROWS)) > n) person_remove(person, facts[0]);
  return facts_in(boundary, person, rows, facts, MOST_ROWS);
}

/* ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void set_value(struct person *person, size_t fact, const struct reading *reading, double value) {
  struct result result = result_of(reading, value);
  struct fact *of = &person->facts[fact];
  of->part = result.part;
  of->number = result.number;
  of->sign = 0;
  of->code = code_of_part(result.part);
}

/* All that the figure is taken of is the value. */
static bool set_figure(struct boundary *boundary, struct person *person, const struct rows *rows, double value) {
  const struct reading *reading = reading_of(boundary, rows->stream);
  size_t facts[MOST_ROWS], n = set_rows(boundary, person, rows, rows->cut ? (size_t)rows->n : 1, false);
  if (!reading || !n) return false;
  n = facts_in(boundary, person, rows, facts, MOST_ROWS);
  for (size_t i = 0; i < n; i++) set_value(person, facts[i], reading, value);
  return true;
}

/* Two results: the usual one, and so much more of it later. */
static bool set_change(struct boundary *boundary, struct person *person, const struct expr *expr, double value) {
  const struct reading *reading = reading_of(boundary, expr->rows->stream);
  size_t facts[MOST_ROWS];
  if (!reading || !set_rows(boundary, person, expr->rows, 1, false)) return false;
  size_t n = facts_in(boundary, person, expr->rows, facts, MOST_ROWS);
  struct result usual = result_usual(reading);
  double base = result_value(&usual);
  struct fact older = person->facts[facts[n - 1]];
  set_value(person, facts[n - 1], reading, base + value);
  older.from = older.to = date_before(older.from, expr->duration);
  person_add(person, older);
  set_value(person, person->n_facts - 1, reading, base);
  return true;
}

static bool set_sum(struct boundary *boundary, struct person *person, const struct expr *expr, double value) {
  const struct expr *a = expr->args[0], *b = expr->args[1];
  double other = b->kind == EXPR_number ? b->number : a->kind == EXPR_number ? a->number : 50;
  if (b->kind != EXPR_number && a->kind != EXPR_number && !set_number(boundary, person, b, other)) return false;
  if (a->kind == EXPR_number)
    return set_number(boundary, person, b, expr->kind == EXPR_add ? value - other : other - value);
  return set_number(boundary, person, a, expr->kind == EXPR_add ? value - other : value + other);
}

static bool set_product(struct boundary *boundary, struct person *person, const struct expr *expr, double value) {
  const struct expr *a = expr->args[0], *b = expr->args[1];
  if (b->kind == EXPR_number)
    return set_number(boundary, person, a, expr->kind == EXPR_multiply ? value / b->number : value * b->number);
  if (a->kind == EXPR_number && expr->kind == EXPR_multiply) return set_number(boundary, person, b, value / a->number);
  return set_number(boundary, person, b, 2) &&
         set_number(boundary, person, a, expr->kind == EXPR_multiply ? value / 2 : value * 2);
}

bool set_number(struct boundary *boundary, struct person *person, const struct expr *expr, double value) {
  struct duration back = {(int32_t)value, expr->duration.unit};
  switch (expr->kind) {
  case EXPR_defined: return set_number(boundary, person, expr->definition->value, value);
  case EXPR_figure: return set_figure(boundary, person, expr->rows, value);
  case EXPR_change: return set_change(boundary, person, expr, value);
  case EXPR_count:
    return value >= 0 && value < MOST_ROWS &&
           set_rows(boundary, person, expr->rows, (size_t)value, true) == (size_t)value;
  case EXPR_since: return set_date(boundary, person, expr->args[0], date_before(boundary->index, back));
  case EXPR_column: person_set(person, (struct test_cell){.column = expr->column, .number = value}); return true;
  case EXPR_otherwise: return set_number(boundary, person, expr->args[0], value);
  case EXPR_negate: return set_number(boundary, person, expr->args[0], -value);
  case EXPR_add:
  case EXPR_subtract: return set_sum(boundary, person, expr, value);
  case EXPR_multiply:
  case EXPR_divide: return set_product(boundary, person, expr, value);
  default: return false;
  }
}

/* ── dates ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool set_column(struct person *person, const struct column *column, int32_t date) {
  if (strcmp(column->name, "birth") == 0)
    person->birth = date;
  else
    person_set(person, (struct test_cell){.column = column, .date = date});
  return true;
}

/* The first or last of the rows is moved; where a day is asked that others lie beyond, they are moved as well. */
static bool set_row_date(struct boundary *boundary, struct person *person, const struct expr *expr, int32_t date) {
  size_t facts[MOST_ROWS], n = facts_in(boundary, person, expr->rows, facts, MOST_ROWS);
  if (!n) return add_row(boundary, person, expr->rows, date);
  person->facts[facts[expr->figure == FIGURE_EARLIEST ? 0 : n - 1]].from = date;
  for (size_t i = 0; i < n; i++) {
    struct fact *fact = &person->facts[facts[i]];
    bool beyond = expr->figure == FIGURE_EARLIEST ? fact->from < date : fact->from > date;
    if (beyond) fact->from = date;
    if (!fact->open || fact->to < fact->from) fact->to = fact->from;
  }
  return true;
}

bool set_date(struct boundary *boundary, struct person *person, const struct expr *expr, int32_t date) {
  if (date == DATE_UNKNOWN) return false;
  switch (expr->kind) {
  case EXPR_defined: return set_date(boundary, person, expr->definition->value, date);
  case EXPR_column: return set_column(person, expr->column, date);
  case EXPR_row_date: return set_row_date(boundary, person, expr, date);
  case EXPR_otherwise: return set_date(boundary, person, expr->args[0], date);
  case EXPR_earlier: {
    struct duration later = {-expr->duration.n, expr->duration.unit};
    return set_date(boundary, person, expr->args[0], date_before(date, later));
  }
  default: return false;
  }
}

/* ── known ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

bool set_known(struct boundary *boundary, struct person *person, const struct expr *expr) {
  size_t wanted = expr->rows && expr->rows->cut ? (size_t)expr->rows->n : 1;
  switch (expr->kind) {
  case EXPR_defined: return set_known(boundary, person, expr->definition->value);
  case EXPR_figure:
  case EXPR_row_date:
  case EXPR_each: return set_rows(boundary, person, expr->rows, wanted, false) > 0;
  case EXPR_change: return set_change(boundary, person, expr, 0);
  case EXPR_column:
    if (expr->column->type == COLUMN_DATE) return set_column(person, expr->column, boundary->index + A_MONTH);
    if (expr->column->n_choices)
      person_set(person, (struct test_cell){.column = expr->column, .text = expr->column->choices[0]});
    return expr->column->n_choices > 0;
  default: {
    bool all = expr->n_args > 0;
    for (size_t i = 0; i < expr->n_args; i++)
      if (expr->args[i]->kind != EXPR_number) all = set_known(boundary, person, expr->args[i]) && all;
    return all;
  }
  }
}
