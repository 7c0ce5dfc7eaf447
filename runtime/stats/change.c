/* change.c: from one date to another, and how far off the change may be. */
#include "runtime/stats/stats.h"
#include <math.h>
#include "runtime/stats/distribution.h"

#define Z      1.9599639845400542 /* the 0.975 quantile of the normal distribution */
#define T_MOST 12.8               /* Student's quantile of one degree of freedom is 12.706 */

/* Each end of the change is as far from it as the ends of both figures together, which are independent, put it. */
struct estimate stats_change(struct estimate before, struct estimate after) {
  double change = after.value - before.value;
  return (struct estimate){
      change,
      change - hypot(after.value - after.low, before.high - before.value),
      change + hypot(after.high - after.value, before.value - before.low),
  };
}

/* ── means ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Student's quantile where the degrees are no whole number: the probability beyond ±t is I_x(degrees / 2, 1 / 2) with
 * x = degrees / (degrees + t²) (Abramowitz and Stegun, 26.7.1). */
static double student(double degrees) {
  double low = Z, high = T_MOST;
  for (double middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2) {
    if (chance_beta_below(degrees / (degrees + middle * middle), degrees / 2, 0.5) > 0.05)
      low = middle;
    else
      high = middle;
  }
  return low;
}

struct stats_sample stats_sample(struct estimate mean, uint32_t n) {
  double reach = n > 1 ? (mean.high - mean.low) / 2 / stats_student(n - 1) : NAN;
  return (struct stats_sample){.n = n, .mean = mean.value, .variance = reach * reach * n};
}

struct estimate stats_change_mean(struct stats_sample before, struct stats_sample after) {
  double change = after.mean - before.mean;
  double a = after.variance / after.n, b = before.variance / before.n;
  if (before.n < 2 || after.n < 2) return (struct estimate){change, NAN, NAN};
  if (!(a + b > 0)) return (struct estimate){change, change, change};
  double degrees = (a + b) * (a + b) / (a * a / (after.n - 1) + b * b / (before.n - 1));
  double reach = student(degrees) * sqrt(a + b);
  return (struct estimate){change, change - reach, change + reach};
}
