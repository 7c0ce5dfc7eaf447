/* results.c: results as the data would have them, at the values a rule turns on. */
#include <math.h>
#include <stdlib.h>
#include "lang/boundary/inner.h"
#include "lang/memory.h"

static double converted(const struct formula *formula, double value) {
  double a = formula->a ? converted(formula->a, value) : 0, b = formula->b ? converted(formula->b, value) : 0;
  switch (formula->kind) {
  case FORMULA_VALUE: return value;
  case FORMULA_NUMBER: return formula->number;
  case FORMULA_ADD: return a + b;
  case FORMULA_SUBTRACT: return a - b;
  case FORMULA_MULTIPLY: return a * b;
  case FORMULA_DIVIDE: return a / b;
  default: return -a;
  }
}

double result_value(const struct result *result) {
  return result->part->formula ? converted(result->part->formula, result->number) : result->number;
}

/* What is converted to a value: conversions between units are straight lines. NaN where this one is not. */
static double unconverted(const struct formula *formula, double value) {
  double at_0 = converted(formula, 0), slope = converted(formula, 1) - at_0, number = (value - at_0) / slope;
  return isfinite(number) && fabs(converted(formula, number) - value) <= 1e-9 * (1 + fabs(value)) ? number : NAN;
}

static void add_result(struct reading *reading, struct result result) {
  if (!isfinite(result.number)) return;
  for (size_t i = 0; i < reading->n_results; i++) {
    const struct result *other = &reading->results[i];
    if (other->part == result.part && other->number == result.number && other->sign == result.sign) return;
  }
  reading->results = memory_grow(reading->results, reading->n_results + 1, sizeof result);
  reading->results[reading->n_results++] = result;
}

static double rounded(double number, int decimals) { return strtod(memory_print("%.*f", decimals, number), NULL); }

/* A converted limit has many decimals. The nearest numbers with few are on either side of it, at each length: so that some
 * lie between the limit and what a slightly other conversion would make of it. */
static void add_around(struct reading *reading, const struct stream_part *part, double number, bool is_own) {
  double unit = 1;
  for (int decimals = 0; decimals <= 5; decimals++, unit *= 10) {
    add_result(reading, (struct result){part, rounded(floor(number * unit) / unit, decimals), 0, is_own});
    add_result(reading, (struct result){part, rounded(ceil(number * unit) / unit, decimals), 0, is_own});
  }
}

void gather_results(struct reading *reading, double value, int decimals, bool is_own) {
  double step = pow(10, -decimals);
  for (size_t i = 0; i < reading->of->n_parts; i++) {
    const struct stream_part *part = &reading->of->parts[i];
    if (part->formula) {
      double number = unconverted(part->formula, value);
      if (isfinite(number)) add_around(reading, part, number, is_own);
      continue;
    }
    add_result(reading, (struct result){part, value, 0, is_own});
    add_result(reading, (struct result){part, rounded(value - step, decimals), 0, is_own});
    add_result(reading, (struct result){part, rounded(value + step, decimals), 0, is_own});
    add_result(reading, (struct result){part, value, -1, is_own});
    add_result(reading, (struct result){part, value, 1, is_own});
  }
}

struct result result_of(const struct reading *reading, double value) {
  const struct stream *stream = reading->of;
  for (size_t i = 0; i < stream->n_parts; i++)
    if (!stream->parts[i].formula) return (struct result){&stream->parts[i], value, 0, true};
  double number = unconverted(stream->parts[0].formula, value);
  return (struct result){&stream->parts[0], isfinite(number) ? rounded(number, 4) : value, 0, true};
}

/* In the middle of what is plausible. */
static double middle(const struct stream *stream) {
  bool is_plausible = isfinite(stream->low) && isfinite(stream->high);
  return is_plausible ? floor(stream->low + (stream->high - stream->low) / 2) : 50;
}

struct result result_usual(const struct reading *reading) {
  const struct stream *stream = reading->of;
  for (size_t i = 0; i < reading->n_results; i++) {
    const struct result *result = &reading->results[i];
    double value = result_value(result);
    if (result->sign == 0 && result->is_own && value > stream->low && value < stream->high) return *result;
  }
  return result_of(reading, middle(stream));
}

void gather_middle(struct reading *reading) {
  for (size_t i = 0; i < reading->n_results; i++)
    if (reading->results[i].is_own) return;
  gather_results(reading, middle(reading->of), 0, true);
}
