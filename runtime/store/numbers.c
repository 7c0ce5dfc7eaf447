/* numbers.c: numbers that stay in one unit of 16 bits, or in two, as long as they can.
 *
 * Lab values are short decimals: 53, 2.4, 131. Such a number is kept as a whole one over the column's scale, 24 over 10,
 * if dividing the two gives the very same double back. A number that needs more decimals raises the scale; one that is then
 * too large for 16 bits gives the whole column 32; and one that no scale up to a million holds, or that is too large for 32 bits,
 * turns the column into doubles. Which of these happens depends on the numbers, not on their order: the last scale is the
 * largest that any number needs, and a number that fits a scale fits all larger ones until it is too large. */
#include <math.h>
#include <string.h>
#include "runtime/store/inner.h"

#define LARGEST_SCALE 1e6

double number_in(const struct number_form *form, const uint16_t *row) {
  double value;
  if (form->kind == NUMBER_NONE) return (double)NAN;
  if (form->kind == NUMBER_WIDE) {
    memcpy(&value, row + form->at, sizeof value);
    return value;
  }
  bool tiny = form->kind == NUMBER_TINY;
  int32_t number = tiny ? number_tiny_in(form, row) : number_small_in(form, row);
  return number == (tiny ? NO_TINY : NO_SMALL) ? (double)NAN : number / form->scale;
}

uint32_t number_key(double value) {
  uint64_t bits;
  if (isnan(value)) return UINT32_MAX;
  memcpy(&bits, &value, sizeof bits);
  return (uint32_t)((bits >> 63 ? ~bits : bits | UINT64_C(1) << 63) >> 32);
}

void number_widen(struct number_form *form, double value, int8_t sign) {
  int32_t small = 0;
  form->sign = form->sign || sign != 0;
  if (isnan(value) || form->kind == NUMBER_WIDE) return;
  double scale = form->kind == NUMBER_NONE ? 1 : form->scale;
  while (scale <= LARGEST_SCALE && !number_fits(value, scale, &small)) scale *= 10;
  form->scale = scale;
  if (scale > LARGEST_SCALE) form->kind = NUMBER_WIDE;
  else if (small < -INT16_MAX || small > INT16_MAX) form->kind = NUMBER_SMALL;
  else if (form->kind == NUMBER_NONE) form->kind = NUMBER_TINY;
}

void number_join(struct number_form *form, const struct number_form *other) {
  form->sign = form->sign || other->sign;
  if (other->kind > form->kind) form->kind = other->kind;
  bool scaled = other->kind == NUMBER_TINY || other->kind == NUMBER_SMALL;
  if (scaled && !(form->scale >= other->scale)) form->scale = other->scale;
}
