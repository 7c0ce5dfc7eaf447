/* mean.c: means, and how far off they may be because values are few. */
#include "runtime/stats/stats.h"
#include <assert.h>
#include <math.h>
#include <stdbool.h>

#define Z       1.9599639845400542 /* the 0.975 quantile of the normal distribution */
#define PI      3.14159265358979323846
#define T_MOST  12.8               /* the quantile of one degree of freedom is 12.706 */
#define MANY    200                /* from here on what the series below leaves out is less than 1e-11 */

/* ── Student's distribution ──────────────────────────────────────────────────────────────────────────────────────── */

/* The probability of a value within ±t (26.7.3 of Abramowitz and Stegun for odd degrees, 26.7.4 for even ones): sums
 * of as many terms as half the degrees, all of them positive, so that nothing cancels. */
static double within(double t, uint64_t degrees) {
  bool odd = degrees % 2;
  double angle = atan(t / sqrt((double)degrees)), cosine = cos(angle), term = odd ? cosine : 1, sum = 0;
  for (uint64_t power = odd; power + 2 <= degrees; power += 2) {
    sum += term;
    term *= cosine * cosine * (double)(power + 1) / (double)(power + 2);
  }
  return odd ? 2 / PI * (angle + sin(angle) * sum) : sin(angle) * sum;
}

/* With many degrees t is near the normal distribution's quantile: 26.7.5, an expansion in 1 / degrees. */
static double near_normal(double degrees) {
  double z = Z, z2 = z * z;
  double first = z * (z2 + 1) / 4;
  double second = z * ((5 * z2 + 16) * z2 + 3) / 96;
  double third = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
  double fourth = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
  return z + (first + (second + (third + fourth / degrees) / degrees) / degrees) / degrees;
}

static double quantile(uint64_t degrees) {
  double low = Z, high = T_MOST;
  for (double middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2) {
    if (within(middle, degrees) < 0.95)
      low = middle;
    else
      high = middle;
  }
  return low;
}

/* Practices have the same few numbers of patients again and again, so each thread remembers what it has found. */
double stats_student(uint64_t degrees) {
  static _Thread_local double found[MANY];
  assert(degrees > 0);
  if (degrees >= MANY) return near_normal((double)degrees);
  if (found[degrees] == 0) found[degrees] = quantile(degrees);
  return found[degrees];
}

/* ── means ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What each addition loses is kept aside and added at the end. */
double stats_sum(const double *values, uint64_t n) {
  double sum = 0, lost = 0;
  for (uint64_t i = 0; i < n; i++) {
    double larger = sum + values[i];
    lost += fabs(sum) >= fabs(values[i]) ? (sum - larger) + values[i] : (values[i] - larger) + sum;
    sum = larger;
  }
  return sum + lost;
}

struct estimate stats_mean(const double *values, uint64_t n) {
  assert(n > 0);
  double mean = stats_sum(values, n) / (double)n, squares = 0;
  if (n == 1)
    return (struct estimate){mean, NAN, NAN};
  for (uint64_t i = 0; i < n; i++)
    squares += (values[i] - mean) * (values[i] - mean);
  double reach = stats_student(n - 1) * sqrt(squares / (double)(n - 1) / (double)n);
  return (struct estimate){mean, mean - reach, mean + reach};
}
