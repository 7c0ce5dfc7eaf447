/* number.c: a number where it stands.
 *
 * Nearly all are short decimals, and those are exact without strtod: a whole number up to 2^53 and a power of ten up to
 * 10^22 are both doubles without error, so their quotient is rounded once, which is what strtod gives. Source: W. D.
 * Clinger, "How to read floating point numbers accurately", PLDI 1990. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/csv/decimal.h"

enum { LONGEST = 400 };         /* characters; no measurement needs more */

static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};

static bool is_digit(const char *at, const char *end) { return at < end && *at >= '0' && *at <= '9'; }

/* The rest of a number that is long or has an exponent, from its first digit on. */
static bool read_slowly(const char *at, const char *end, bool comma, double *number) {
  char copy[LONGEST + 1];
  if (end - at > LONGEST) return false;
  size_t length = (size_t)(end - at), i = 0;
  bool zero = true;
  memcpy(copy, at, length);
  copy[length] = '\0';
  for (; is_digit(copy + i, copy + length); i++) zero = zero && copy[i] == '0';
  if (i < length && (copy[i] == '.' || (comma && copy[i] == ','))) {
    copy[i++] = '.';
    if (!is_digit(copy + i, copy + length)) return false;
    for (; is_digit(copy + i, copy + length); i++) zero = zero && copy[i] == '0';
  }
  if (i < length && (copy[i] == 'e' || copy[i] == 'E')) {
    i++;
    if (i < length && (copy[i] == '+' || copy[i] == '-')) i++;
    if (!is_digit(copy + i, copy + length)) return false;
    while (is_digit(copy + i, copy + length)) i++;
  }
  if (i != length) return false;
  *number = strtod(copy, NULL);
  /* Too large, or so small that digits are lost: nobody measured that. */
  return isfinite(*number) && (zero || isnormal(*number));
}

bool csv_number(const char *text, size_t length, bool comma, double *number, int8_t *sign) {
  const char *at = text, *end = text + length;
  int8_t censored = 0;
  if (at < end && (*at == '<' || *at == '>')) {
    censored = *at++ == '<' ? -1 : 1;
    while (at < end && *at == ' ') at++;
  }
  bool minus = at < end && *at == '-';
  if (at < end && (*at == '-' || *at == '+')) at++;
  if (!is_digit(at, end)) return false;

  const char *first = at;
  uint64_t whole = 0;
  size_t decimals = 0;
  for (; is_digit(at, end); at++) whole = whole * 10 + (uint64_t)(*at - '0');
  if (at < end && (*at == '.' || (comma && *at == ','))) {
    const char *point = at++;
    if (!is_digit(at, end)) return false;
    for (; is_digit(at, end); at++) whole = whole * 10 + (uint64_t)(*at - '0');
    decimals = (size_t)(at - point - 1);
  }
  double read;
  if (at == end && at - first <= 19 && whole <= (UINT64_C(1) << 53)) read = (double)whole / powers[decimals];
  else if (!read_slowly(first, end, comma, &read)) return false;
  *number = minus ? -read : read;
  *sign = censored;
  return true;
}

bool cell_number(const struct cell *cell, bool comma, double *number, int8_t *sign) {
  struct decimal decimal;
  if (!decimal_read(cell, comma, &decimal)) return csv_number(cell->bytes, cell->length, comma, number, sign);
  *number = decimal_value(decimal);
  *sign = 0;
  return true;
}
