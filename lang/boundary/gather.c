/* gather.c: what a rule turns on: at which results, on which days, by which codes and columns. */
#include <math.h>
#include "lang/boundary/inner.h"
#include "lang/memory.h"

/* ── readings and traits ─────────────────────────────────────────────────────────────────────────────────────────── */

/* The declared events or measure of which a row could be written that this stream reads; NULL where there are none. */
static const struct stream *declared_of(const struct program *program, const struct stream *stream) {
  if (stream->declared) return stream->declared;
  for (size_t i = 0; i < program->n_streams; i++) {
    const struct stream_part *a = &program->streams[i]->parts[0], *b = &stream->parts[0];
    if (a->table == b->table && a->key == b->key && a->value == b->value) return program->streams[i];
  }
  return NULL;
}

struct reading *reading_of(const struct boundary *boundary, const struct stream *stream) {
  const struct stream *of = declared_of(boundary->program, stream);
  for (size_t i = 0; i < boundary->n_readings; i++)
    if (boundary->readings[i].of == of) return &boundary->readings[i];
  return NULL;
}

static void add_plausible(struct reading *reading) {
  const struct stream *stream = reading->of;
  if (!stream->source) return;
  if (isfinite(stream->low))
    gather_results(reading, stream->low, variant_decimals_at(stream->source, stream->low_at), false);
  if (isfinite(stream->high))
    gather_results(reading, stream->high, variant_decimals_at(stream->source, stream->high_at), false);
}

static struct reading *open_reading(struct boundary *boundary, const struct stream *stream) {
  struct reading *reading = reading_of(boundary, stream);
  const struct stream *of = declared_of(boundary->program, stream);
  if (reading || !of) return reading;
  boundary->readings = memory_grow(boundary->readings, boundary->n_readings + 1, sizeof *boundary->readings);
  reading = &boundary->readings[boundary->n_readings++];
  *reading = (struct reading){.of = of};
  return reading;
}

static struct trait *open_trait(struct boundary *boundary, const struct column *column) {
  for (size_t i = 0; i < boundary->n_traits; i++)
    if (boundary->traits[i].column == column) return &boundary->traits[i];
  boundary->traits = memory_grow(boundary->traits, boundary->n_traits + 1, sizeof *boundary->traits);
  boundary->traits[boundary->n_traits] = (struct trait){.column = column};
  return &boundary->traits[boundary->n_traits++];
}

static void add_date(int32_t **dates, size_t *n, int32_t date) {
  if (date == DATE_UNKNOWN || date == DATE_EVER) return;
  for (size_t i = 0; i < *n; i++)
    if ((*dates)[i] == date) return;
  *dates = memory_grow(*dates, *n + 1, sizeof **dates);
  (*dates)[(*n)++] = date;
}

/* A day and the two beside it. */
static void add_days(int32_t **dates, size_t *n, int32_t date) {
  if (date == DATE_UNKNOWN) return;
  add_date(dates, n, date);
  add_date(dates, n, date - 1);
  add_date(dates, n, date + 1);
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void gather_rows(void *context, const struct expr *expr, const struct rows *rows) {
  struct boundary *boundary = context;
  static const struct person nobody = {.birth = DATE_UNKNOWN};
  struct reading *reading = open_reading(boundary, rows->stream);
  if (!reading) return;
  gather_codes(reading, rows->stream);
  for (size_t i = 0; i < rows->n_limits; i++) {
    const struct limit *limit = &rows->limits[i];
    if (limit->low) add_days(&reading->dates, &reading->n_dates, date_for(boundary, &nobody, limit->low));
    if (limit->high) add_days(&reading->dates, &reading->n_dates, date_for(boundary, &nobody, limit->high));
  }
  add_date(&reading->dates, &reading->n_dates, boundary->index);
  struct duration gap = rows->apart.n ? rows->apart : expr->kind == EXPR_change ? expr->duration : (struct duration){0};
  if (!gap.n) return;
  reading->gaps = memory_grow(reading->gaps, reading->n_gaps + 1, sizeof gap);
  reading->gaps[reading->n_gaps++] = gap;
}

/* ── what is compared ────────────────────────────────────────────────────────────────────────────────────────────── */

/* What stands on the sides of a comparison. */
struct sides {
  struct boundary *boundary;
  const struct expr *numbers[MOST_ROWS];
  size_t n_numbers;
  const struct stream *series[MOST_ROWS];
  size_t n_series;
  const struct expr *dates[MOST_ROWS];
  size_t n_dates; /* row dates and date columns */
  const struct expr *since[MOST_ROWS];
  size_t n_since;
  const struct column *columns[MOST_ROWS];
  size_t n_columns;
  int32_t days[MOST_ROWS];
  size_t n_days; /* dates that are the same for all */
  bool is_sum;
};

static bool gather_side(void *context, const struct expr *expr, bool is_limit) {
  struct sides *sides = context;
  static const struct person nobody = {.birth = DATE_UNKNOWN};
  if (is_limit) return true;
  if (expr->kind == EXPR_number && sides->n_numbers < MOST_ROWS) sides->numbers[sides->n_numbers++] = expr;
  if (expr->rows && expr->rows->stream->kind == STREAM_SERIES && expr->kind != EXPR_count &&
      sides->n_series < MOST_ROWS)
    sides->series[sides->n_series++] = expr->rows->stream;
  if (expr->kind == EXPR_since && sides->n_since < MOST_ROWS) sides->since[sides->n_since++] = expr;
  if ((expr->kind == EXPR_row_date || (expr->kind == EXPR_column && expr->type.kind == TYPE_DATE)) &&
      sides->n_dates < MOST_ROWS)
    sides->dates[sides->n_dates++] = expr;
  if (expr->kind == EXPR_column && expr->type.kind == TYPE_NUMBER && sides->n_columns < MOST_ROWS)
    sides->columns[sides->n_columns++] = expr->column;
  if (expr->type.kind == TYPE_DATE && sides->n_days < MOST_ROWS) {
    int32_t date = date_for(sides->boundary, &nobody, expr);
    if (date != DATE_UNKNOWN) sides->days[sides->n_days++] = date;
  }
  sides->is_sum = sides->is_sum || expr->kind == EXPR_add || expr->kind == EXPR_subtract || expr->kind == EXPR_change;
  return true;
}

static void add_days_to(struct boundary *boundary, const struct expr *date, int32_t day) {
  if (date->kind == EXPR_column) {
    struct trait *trait = open_trait(boundary, date->column);
    add_days(&trait->dates, &trait->n_dates, day);
  } else {
    struct reading *reading = open_reading(boundary, date->rows->stream);
    if (reading) add_days(&reading->dates, &reading->n_dates, day);
  }
}

/* `years since first diagnosis = … >= 5`: the day on which it becomes five, and six. */
static void gather_since(struct boundary *boundary, const struct sides *sides, double n) {
  for (size_t i = 0; i < sides->n_since; i++)
    for (int more = 0; more < 2; more++)
      for (size_t j = 0; j < sides->n_dates; j++) {
        struct duration duration = {(int32_t)n + more, sides->since[i]->duration.unit};
        add_days_to(boundary, sides->dates[j], date_before(boundary->index, duration));
      }
}

/* A sum of several is moved past its limit by moving one of them from where it usually is. */
static void gather_numbers(struct boundary *boundary, const struct sides *sides) {
  for (size_t i = 0; i < sides->n_numbers; i++) {
    const struct expr *number = sides->numbers[i];
    int decimals = variant_decimals(number);
    for (size_t j = 0; j < sides->n_series; j++) {
      struct reading *reading = open_reading(boundary, sides->series[j]);
      if (!reading) continue;
      struct result usual = result_usual(reading);
      if (sides->is_sum) gather_results(reading, result_value(&usual) + number->number, decimals, true);
      gather_results(reading, number->number, decimals, true);
    }
    for (size_t j = 0; j < sides->n_columns; j++) {
      struct trait *trait = open_trait(boundary, sides->columns[j]);
      trait->numbers = memory_grow(trait->numbers, trait->n_numbers + 3, sizeof *trait->numbers);
      for (int step = -1; step <= 1; step++) trait->numbers[trait->n_numbers++] = number->number + step;
    }
    gather_since(boundary, sides, number->number);
  }
}

static bool gather_expr(void *context, const struct expr *expr, bool is_limit) {
  struct boundary *boundary = context;
  (void)is_limit;
  if (expr->kind == EXPR_column) open_trait(boundary, expr->column);
  if (expr->kind != EXPR_compare && expr->kind != EXPR_between && expr->kind != EXPR_in && expr->kind != EXPR_each)
    return true;
  struct sides *sides = NEW(struct sides);
  struct visitor visitor = {.context = sides, .expr = gather_side};
  sides->boundary = boundary;
  walk(&visitor, &expr, 1);
  gather_numbers(boundary, sides);
  for (size_t i = 0; i < sides->n_days; i++)
    for (size_t j = 0; j < sides->n_dates; j++) add_days_to(boundary, sides->dates[j], sides->days[i]);
  return true;
}

void gather(struct boundary *boundary) {
  const struct expr *roots[] = {boundary->rule.population, boundary->rule.denominator, boundary->rule.asked};
  struct visitor visitor = {.context = boundary, .expr = gather_expr, .rows = gather_rows};
  walk(&visitor, roots, 3);
  for (size_t i = 0; i < boundary->n_readings; i++) {
    gather_codes(&boundary->readings[i], boundary->readings[i].of);
    if (boundary->readings[i].of->kind == STREAM_SERIES) gather_middle(&boundary->readings[i]);
    add_plausible(&boundary->readings[i]);
  }
  for (size_t i = 0; i < boundary->n_traits; i++) {
    struct trait *trait = &boundary->traits[i];
    if (trait->column->type == COLUMN_DATE) add_days(&trait->dates, &trait->n_dates, boundary->index);
  }
}
