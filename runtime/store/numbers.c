/* numbers.c: numbers that stay in one word as long as they can.
 *
 * Lab values are short decimals: 53, 2.4, 131. Such a number is kept as a whole one over the column's scale, 24 over 10,
 * if dividing the two gives the very same double back. A number that needs more decimals raises the scale; one that
 * no scale up to a million holds, or a scale that makes another number too large, turns the whole column into
 * doubles. Which of these happens depends on the numbers, not on their order: the last scale is the largest that any
 * number needs, and a number that fits a scale fits all larger ones until it is too large. */
#include <math.h>
#include <string.h>
#include "runtime/store/inner.h"

#define LARGEST_SCALE 1e6

double number_in(const struct number_form *form, const uint32_t *row) {
  double value;
  if (form->kind == NUMBER_WIDE) memcpy(&value, row + form->at, sizeof value);
  else if (form->kind == NUMBER_NONE || (int32_t)row[form->at] == NO_NUMBER) value = (double)NAN;
  else value = (int32_t)row[form->at] / form->scale;
  return value;
}

uint32_t number_key(double value) {
  uint64_t bits;
  if (isnan(value)) return UINT32_MAX;
  memcpy(&bits, &value, sizeof bits);
  return (uint32_t)((bits >> 63 ? ~bits : bits | UINT64_C(1) << 63) >> 32);
}

void number_widen(struct number_form *form, double value, int8_t sign) {
  int32_t small;
  form->sign = form->sign || sign != 0;
  if (isnan(value) || form->kind == NUMBER_WIDE) return;
  double scale = form->kind == NUMBER_NONE ? 1 : form->scale;
  while (scale <= LARGEST_SCALE && !number_fits(value, scale, &small)) scale *= 10;
  form->kind = scale <= LARGEST_SCALE ? NUMBER_SMALL : NUMBER_WIDE;
  form->scale = scale;
}

void number_join(struct number_form *form, const struct number_form *other) {
  form->sign = form->sign || other->sign;
  if (other->kind > form->kind) form->kind = other->kind;
  if (other->kind == NUMBER_SMALL && !(form->scale >= other->scale)) form->scale = other->scale;
}
