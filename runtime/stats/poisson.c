/* poisson.c: how many events were to be expected where so many were seen. */
#include "runtime/stats/stats.h"
#include <math.h>

#define Z     1.9599639845400542 /* the 0.975 quantile of the normal distribution */
#define TAIL  0.025
#define PI    3.14159265358979323846
#define SMALL 16                 /* events for which the formula may be worked out as it is written */
#define STEPS 50                 /* far more than are ever taken: each doubles the digits that are right */

/* The probability of exactly `events` where `expected` are: e^−λ λ^k / k!. With many events its factors are far too
 * large to cancel without loss. Then it is written around its own peak, after C. Loader, "Fast and accurate
 * computation of binomial probabilities" (2000): e^(−D) / √(2πk) with k! by Stirling's series, where
 * D = k × (u − ln(1 + u)) and λ = k × (1 + u). */
static double exactly(double events, double expected) {
  if (events < SMALL)
    return exp(events * log(expected) - expected - lgamma(events + 1));
  double u = (expected - events) / events, square = events * events;
  double stirling = (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - 1 / (1680 * square)) / square) / square) / events;
  return exp(-events * (u - log1p(u)) - stirling) / sqrt(2 * PI * events);
}

/* The probability of so many events or more, divided by that of exactly so many; expected < events. */
static double and_more(double events, double expected) {
  double sum = 1, term = 1;
  for (double k = events + 1; term > sum * 1e-17; k++)
    sum += term *= expected / k;
  return sum;
}

/* The same of so many events or fewer; expected > events. */
static double and_fewer(double events, double expected) {
  double sum = 1, term = 1;
  for (double k = events; k > 0 && term > sum * 1e-17; k--)
    sum += term *= k / expected;
  return sum;
}

/* An end of the interval is the expectation under which what was seen, or what lies further out, has a probability of
 * 0.025. Newton's method on the logarithm of that probability, which is concave: after the first step it comes nearer
 * from one side. It begins at Byar's approximation of the end (in N. E. Breslow, N. E. Day, Statistical Methods in
 * Cancer Research, vol. II, IARC 1987, chapter 2). */
static double end_of(double events, double byar, double direction) {
  double root = 1 - 1 / (9 * byar) + direction * Z / (3 * sqrt(byar)), expected = byar * root * root * root;
  for (int i = 0; i < STEPS; i++) {
    double sum = direction < 0 ? and_more(events, expected) : and_fewer(events, expected);
    double slope = (direction < 0 ? events / expected : -1) / sum;
    double step = log(exactly(events, expected) * sum / TAIL) / slope;
    expected -= step;
    if (fabs(step) <= 1e-15 * expected)
      break;
  }
  return expected;
}

struct interval stats_poisson(uint32_t events) {
  return (struct interval){
    .low = events == 0 ? 0 : end_of(events, events, -1),
    .high = end_of(events, (double)events + 1, 1),
  };
}
