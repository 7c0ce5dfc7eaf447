/* dates.c: what a date is for a proposed patient. */
#include <math.h>
#include <string.h>
#include "lang/boundary/inner.h"

int32_t date_before(int32_t date, struct duration duration) {
  static const int32_t factors[] = {1, 7, 1, 12};
  int64_t n = (int64_t)duration.n * factors[duration.unit];
  return duration.unit >= DURATION_MONTHS ? date_months_back(date, n) : date_days_back(date, n);
}

/* Who is not said to come has been there since birth. */
static int32_t column_for(const struct person *person, const struct column *column) {
  const struct test_cell *cell = person_cell(person, column);
  if (cell) return cell->date;
  bool since_birth = strcmp(column->name, "birth") == 0 || strcmp(column->name, "from") == 0;
  return since_birth ? person->birth : DATE_UNKNOWN;
}

static int32_t row_date_for(const struct boundary *boundary, const struct person *person, const struct expr *expr) {
  size_t facts[MOST_ROWS], n = facts_in(boundary, person, expr->rows, facts, MOST_ROWS);
  if (!n) return DATE_UNKNOWN;
  return person->facts[facts[expr->figure == FIGURE_EARLIEST ? 0 : n - 1]].from;
}

int32_t date_for(const struct boundary *boundary, const struct person *person, const struct expr *expr) {
  switch (expr->kind) {
  case EXPR_index: return boundary->index;
  case EXPR_date: return expr->date;
  case EXPR_defined: return date_for(boundary, person, expr->definition->value);
  case EXPR_earlier: {
    int32_t date = date_for(boundary, person, expr->args[0]);
    return date == DATE_UNKNOWN ? date : date_before(date, expr->duration);
  }
  case EXPR_otherwise: {
    int32_t date = date_for(boundary, person, expr->args[0]);
    return date == DATE_UNKNOWN ? date_for(boundary, person, expr->args[1]) : date;
  }
  case EXPR_column: return column_for(person, expr->column);
  case EXPR_row_date: return row_date_for(boundary, person, expr);
  default: return DATE_UNKNOWN;
  }
}

double number_for(const struct boundary *boundary, const struct person *person, const struct expr *expr) {
  size_t facts[MOST_ROWS], n;
  int32_t date;
  switch (expr->kind) {
  case EXPR_number: return expr->number;
  case EXPR_defined: return number_for(boundary, person, expr->definition->value);
  case EXPR_count: return (double)facts_in(boundary, person, expr->rows, facts, MOST_ROWS);
  case EXPR_since:
    date = date_for(boundary, person, expr->args[0]);
    if (date == DATE_UNKNOWN) return NAN;
    return expr->duration.unit == DURATION_DAYS     ? boundary->index - date
           : expr->duration.unit == DURATION_WEEKS  ? date_weeks_since(date, boundary->index)
           : expr->duration.unit == DURATION_MONTHS ? date_months_since(date, boundary->index)
                                                    : date_years_since(date, boundary->index);
  case EXPR_figure: {
    n = facts_in(boundary, person, expr->rows, facts, MOST_ROWS);
    if (n != 1 || expr->rows->cut) return NAN;
    const struct fact *fact = &person->facts[facts[0]];
    struct result result = {fact->part, fact->number, fact->sign, true};
    return result_value(&result);
  }
  default: return NAN;
  }
}

bool window_for(const struct boundary *boundary, const struct person *person, const struct rows *rows, int32_t *low,
                int32_t *high) {
  *low = DATE_FIRST;
  *high = boundary->index;
  for (size_t i = 0; i < rows->n_limits; i++) {
    const struct limit *limit = &rows->limits[i];
    int32_t first = limit->low ? date_for(boundary, person, limit->low) : *low;
    int32_t last = limit->high ? date_for(boundary, person, limit->high) : *high;
    if (first == DATE_UNKNOWN || last == DATE_UNKNOWN) return false;
    if (first > *low) *low = first;
    if (last < *high) *high = last;
  }
  return true;
}

/* Spans overlap their window, all other rows lie in it. */
static bool lies_in(const struct fact *fact, int32_t low, int32_t high, bool span) {
  if (fact->from > high) return false;
  return span ? fact->open || fact->to > low : fact->from >= low;
}

size_t facts_in(const struct boundary *boundary, const struct person *person, const struct rows *rows, size_t *facts,
                size_t room) {
  int32_t low, high;
  size_t n = 0;
  if (!window_for(boundary, person, rows, &low, &high)) return 0;
  for (size_t i = 0; i < person->n_facts; i++) {
    const struct fact *fact = &person->facts[i];
    if (n == room || !stream_takes(rows->stream, fact) || !lies_in(fact, low, high, rows->stream->kind == STREAM_SPANS))
      continue;
    size_t at = n++;
    for (; at > 0 && person->facts[facts[at - 1]].from > fact->from; at--) facts[at] = facts[at - 1];
    facts[at] = i;
  }
  return n;
}
