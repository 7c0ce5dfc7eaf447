/* numbers.c: a column of numbers that stays in four bytes a number as long as it can.
 *
 * Lab values are short decimals: 53, 2.4, 131. Such a number is kept as a whole one over the column's scale, 24 over 10,
 * if dividing the two gives the very same double back. A number that needs more decimals raises the scale; one that
 * no scale up to a million holds, or a scale that makes an earlier number too large, turns the whole column into
 * doubles. Which of these happens depends on the numbers, not on their order: the last scale is the largest that any
 * number needs, and a number that fits a scale fits all larger ones until it is too large. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"
#include "runtime/store/inner.h"

#define LARGEST_SCALE 1e6
#define LARGEST_SMALL 2147483647.0

/* Whether value = small / scale to the last bit. */
static bool fits(double value, double scale, int32_t *small) {
  double product = value * scale;
  if (!(fabs(product) <= LARGEST_SMALL)) return false;
  *small = (int32_t)(product + (product < 0 ? -0.5 : 0.5));
  return *small / scale == value;
}

static void widen(struct number_rows *numbers, uint64_t n, uint64_t room) {
  numbers->wide = memory_resize(NULL, room, sizeof *numbers->wide);
  for (uint64_t i = 0; i < n; i++)
    numbers->wide[i] = numbers->small[i] == NO_NUMBER ? (double)NAN : numbers->small[i] / numbers->scale;
  free(numbers->small);
  numbers->small = NULL;
}

/* Moves the first n numbers to a larger scale; false, and nothing is changed, if one of them becomes too large. */
static bool rescale(struct number_rows *numbers, uint64_t n, double scale) {
  int64_t factor = (int64_t)(scale / numbers->scale);
  for (uint64_t i = 0; i < n; i++)
    if (numbers->small[i] != NO_NUMBER && llabs(numbers->small[i] * factor) > INT32_MAX) return false;
  for (uint64_t i = 0; i < n; i++)
    if (numbers->small[i] != NO_NUMBER) numbers->small[i] = (int32_t)(numbers->small[i] * factor);
  numbers->scale = scale;
  return true;
}

/* A number that the column's scale does not hold: finds one that does, or gives up on scales. */
static void add_misfit(struct number_rows *numbers, uint64_t row, uint64_t room, double value) {
  for (double scale = numbers->scale * 10; scale <= LARGEST_SCALE; scale *= 10) {
    int32_t small;
    if (!fits(value, scale, &small)) continue;
    if (!rescale(numbers, row, scale)) break;
    numbers->small[row] = small;
    return;
  }
  widen(numbers, row, room);
  numbers->wide[row] = value;
}

/* The first number, or sign, of a column: the rows before it have none. */
static void begin(struct number_rows *numbers, uint64_t row, uint64_t room) {
  numbers->small = memory_resize(NULL, room, sizeof *numbers->small);
  numbers->scale = 1;
  for (uint64_t i = 0; i < row; i++) numbers->small[i] = NO_NUMBER;
}

void number_rows_add(struct number_rows *numbers, uint64_t row, uint64_t room, double value, int8_t sign) {
  if (sign != 0 && numbers->sign == NULL) numbers->sign = memory_take(room, sizeof *numbers->sign);
  if (numbers->sign != NULL) numbers->sign[row] = sign;
  if (numbers->wide != NULL) {
    numbers->wide[row] = value + 0.0;  /* a zero has no sign here */
  } else if (isnan(value)) {
    if (numbers->small != NULL) numbers->small[row] = NO_NUMBER;
  } else {
    if (numbers->small == NULL) begin(numbers, row, room);
    if (!fits(value, numbers->scale, &numbers->small[row])) add_misfit(numbers, row, room, value);
  }
}

/* Whole columns of the same scale are joined as they stand; others number by number, as if each were added. */
void number_rows_append(struct number_rows *numbers, uint64_t row, uint64_t room, const struct number_rows *more,
                        uint64_t n) {
  bool alike = numbers->small && more->small && numbers->scale == more->scale && !numbers->sign && !more->sign;
  if (alike) {
    memcpy(numbers->small + row, more->small, n * sizeof *more->small);
    return;
  }
  for (uint64_t i = 0; i < n; i++)
    number_rows_add(numbers, row + i, room, number_rows_value(more, i), (int8_t)number_rows_sign(more, i));
}

void number_rows_grow(struct number_rows *numbers, uint64_t room) {
  if (numbers->small != NULL) numbers->small = memory_resize(numbers->small, room, sizeof *numbers->small);
  if (numbers->wide != NULL) numbers->wide = memory_resize(numbers->wide, room, sizeof *numbers->wide);
  if (numbers->sign != NULL) numbers->sign = memory_resize(numbers->sign, room, sizeof *numbers->sign);
}

void number_rows_free(struct number_rows *numbers) {
  free(numbers->small);
  free(numbers->wide);
  free(numbers->sign);
  *numbers = (struct number_rows){0};
}

double number_rows_value(const struct number_rows *numbers, uint64_t row) {
  if (numbers->wide != NULL) return numbers->wide[row];
  if (numbers->small == NULL || numbers->small[row] == NO_NUMBER) return NAN;
  return numbers->small[row] / numbers->scale;
}

int number_rows_sign(const struct number_rows *numbers, uint64_t row) {
  return numbers->sign == NULL ? 0 : numbers->sign[row];
}
