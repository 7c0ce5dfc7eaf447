/* distribution.c: the distributions behind tests and limits, each by a series or a continued fraction that comes near quickly. */
#include "runtime/stats/distribution.h"
#include <math.h>

#define STEPS 100000 /* far more than are ever taken: they grow with the root of the numbers */
#define NEAR  1e-16
#define TINY  1e-300 /* stands for a 0 that would be divided by */

/* ── gamma ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* 6.5.29: the probability of at most x, for x that are not far above the shape. */
static double gamma_series(double shape, double x) {
  double term = 1 / shape, sum = term;
  for (int i = 1; i < STEPS && term > sum * NEAR; i++) sum += term *= x / (shape + i);
  return sum * exp(shape * log(x) - x - lgamma(shape));
}

/* 6.5.31: the probability of more than x, by Lentz's method. */
static double gamma_fraction(double shape, double x) {
  double b = x + 1 - shape, c = 1 / TINY, d = 1 / b, product = d;
  for (int i = 1; i < STEPS; i++) {
    double a = -i * (i - shape);
    b += 2;
    d = a * d + b;
    c = b + a / c;
    d = 1 / (fabs(d) < TINY ? TINY : d);
    c = fabs(c) < TINY ? TINY : c;
    product *= d * c;
    if (fabs(d * c - 1) < NEAR * 8) break;
  }
  return product * exp(shape * log(x) - x - lgamma(shape));
}

double chance_gamma_above(double shape, double x) {
  if (x <= 0) return 1;
  return x < shape + 1 ? 1 - gamma_series(shape, x) : gamma_fraction(shape, x);
}

/* ── beta ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The i-th numerator of 26.5.8. */
static double beta_numerator(int i, double x, double a, double b) {
  double m = i / 2;
  if (i % 2) return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
  return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
}

static double beta_fraction(double x, double a, double b) {
  double c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), product = d;
  for (int i = 2; i < STEPS; i++) {
    double numerator = beta_numerator(i, x, a, b);
    d = 1 + numerator * d;
    c = 1 + numerator / c;
    d = 1 / (fabs(d) < TINY ? TINY : d);
    c = fabs(c) < TINY ? TINY : c;
    product *= d * c;
    if (fabs(d * c - 1) < NEAR * 8) break;
  }
  return product * exp(a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b)) / a;
}

/* The fraction comes near quickly below the mean; above it the other tail does (6.6.3). */
double chance_beta_below(double x, double a, double b) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  return x < (a + 1) / (a + b + 2) ? beta_fraction(x, a, b) : 1 - beta_fraction(1 - x, b, a);
}

double chance_binomial(uint32_t successes, uint32_t n, double probability) {
  return successes >= n ? 1 : chance_beta_below(1 - probability, n - successes, (double)successes + 1);
}
