/* number_lanes.c: each kernel computes 64 lanes into an array of its own and then stores them: the compiler sees that
 * nothing overlaps and vectorises the loop, and the result may stand in the place of an operand. */
#include "runtime/kernel/number_lanes.h"
#include <math.h>
#include <string.h>

void number_fill(struct number *out, double value) {
  for (size_t i = 0; i < out->n_words * (size_t)64; i++) out->value[i] = value;
  for (size_t w = 0; w < out->n_words; w++) out->known[w] = isfinite(value) ? UINT64_MAX : 0;
  out->censored = false;
}

/* `censored` is false while no lane has a sign, so the signs are cleared by the first lane that has one (number_sign). */
void number_fill_unknown(struct number *out) {
  memset(out->known, 0, out->n_words * sizeof *out->known);
  out->censored = false;
}

static void number_store(struct number *out, size_t w, const double values[64], uint64_t known) {
  memcpy(out->value + w * 64, values, 64 * sizeof *values);
  out->known[w] = known;
}

void number_spread(struct number *out, const struct number *a) {
  bool censored = a->censored;
  for (size_t w = 0; w < out->n_words; w++) {
    double values[64];
    memcpy(values, number_values(a, w), sizeof values);
    uint64_t below = number_below_word(a, w), above = number_above_word(a, w);
    number_store(out, w, values, number_known_word(a, w));
    if (censored) {
      out->below[w] = below;
      out->above[w] = above;
    }
  }
  out->censored = censored;
}

void number_column(struct number *out, const double *column, uint32_t n) {
  number_fill_unknown(out);
  if (!column) return;
  memcpy(out->value, column, n * sizeof *column);
  for (uint32_t i = 0; i < n; i++)
    if (isfinite(column[i])) out->known[i / 64] |= UINT64_C(1) << i % 64;
}

/* Which of 64 values are numbers: a number less itself is 0, infinity less itself is none. */
static uint64_t number_finite(const double values[64]) {
  uint8_t finite[64];
  for (int i = 0; i < 64; i++) finite[i] = values[i] - values[i] == 0;
  return mask_pack(finite);
}

static void number_result(struct number *out, size_t w, const double values[64], uint64_t known) {
  number_store(out, w, values, known & number_finite(values));
}

static uint64_t both_known(const struct number *a, const struct number *b, size_t w) {
  return number_known_word(a, w) & number_known_word(b, w);
}

void number_add(struct number *out, const struct number *a, const struct number *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    const double *x = number_values(a, w), *y = number_values(b, w);
    double values[64];
    for (int i = 0; i < 64; i++) values[i] = x[i] + y[i];
    number_result(out, w, values, both_known(a, b, w));
  }
  out->censored = false;
}

void number_subtract(struct number *out, const struct number *a, const struct number *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    const double *x = number_values(a, w), *y = number_values(b, w);
    double values[64];
    for (int i = 0; i < 64; i++) values[i] = x[i] - y[i];
    number_result(out, w, values, both_known(a, b, w));
  }
  out->censored = false;
}

void number_multiply(struct number *out, const struct number *a, const struct number *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    const double *x = number_values(a, w), *y = number_values(b, w);
    double values[64];
    for (int i = 0; i < 64; i++) values[i] = x[i] * y[i];
    number_result(out, w, values, both_known(a, b, w));
  }
  out->censored = false;
}

void number_divide(struct number *out, const struct number *a, const struct number *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    const double *x = number_values(a, w), *y = number_values(b, w);
    double values[64];
    for (int i = 0; i < 64; i++) values[i] = x[i] / y[i];
    number_result(out, w, values, both_known(a, b, w));
  }
  out->censored = false;
}

void number_negate(struct number *out, const struct number *a) {
  for (size_t w = 0; w < out->n_words; w++) {
    const double *x = number_values(a, w);
    double values[64];
    for (int i = 0; i < 64; i++) values[i] = -x[i];
    number_result(out, w, values, number_known_word(a, w));
  }
  out->censored = false;
}

/* Lane by lane b where `take` has a bit, else c, with signs. */
static void number_merge(struct number *out, size_t w, uint64_t take, const struct number *b, const struct number *c) {
  const double *x = number_values(b, w), *y = number_values(c, w);
  uint64_t known = (take & number_known_word(b, w)) | (~take & number_known_word(c, w));
  uint64_t below = (take & number_below_word(b, w)) | (~take & number_below_word(c, w));
  uint64_t above = (take & number_above_word(b, w)) | (~take & number_above_word(c, w));
  double values[64];
  for (int i = 0; i < 64; i++) values[i] = take >> i & 1 ? x[i] : y[i];
  number_store(out, w, values, known);
  if (b->censored || c->censored) {
    out->below[w] = below;
    out->above[w] = above;
  }
}

void number_choose(struct number *out, const struct mask *a, const struct number *b, const struct number *c) {
  bool censored = b->censored || c->censored;
  for (size_t w = 0; w < out->n_words; w++) number_merge(out, w, a->yes[mask_word(a->n_words, w)], b, c);
  out->censored = censored;
}

void number_else(struct number *out, const struct number *a, const struct number *b) {
  bool censored = a->censored || b->censored;
  for (size_t w = 0; w < out->n_words; w++) number_merge(out, w, number_known_word(a, w), a, b);
  out->censored = censored;
}

void number_known(struct mask *out, const struct number *a) {
  for (size_t w = 0; w < out->n_words; w++) {
    uint64_t known = number_known_word(a, w);
    out->yes[w] = known;
    out->no[w] = ~known;
  }
}

void number_sign(struct number *out, uint32_t lane, int sign) {
  uint64_t bit = UINT64_C(1) << lane % 64;
  if (!out->censored) {
    memset(out->below, 0, out->n_words * sizeof *out->below);
    memset(out->above, 0, out->n_words * sizeof *out->above);
    out->censored = true;
  }
  (sign < 0 ? out->below : out->above)[lane / 64] |= bit;
}

void number_set(struct number *out, uint32_t lane, double value, int sign) {
  if (!isfinite(value)) return;
  out->value[lane] = value;
  out->known[lane / 64] |= UINT64_C(1) << lane % 64;
  if (sign) number_sign(out, lane, sign);
}
