/* wilson.c: how far a share may be off because patients are few. */
#include "runtime/stats/stats.h"
#include <assert.h>
#include <math.h>

#define Z 1.9599639845400542 /* the 0.975 quantile of the normal distribution */

/* The interval holds every true share p for which the one that was seen, x / n, lies within z standard errors of p:
 *
 *     (x / n − p)² ≤ z² p (1 − p) / n
 *
 * Its ends are the two roots of that quadratic in p, middle ± reach below. */
struct interval stats_wilson(uint32_t successes, uint32_t n) {
  assert(n > 0 && successes <= n);
  double size = n, share = successes / size;
  double shrink = 1 + Z * Z / size;
  double middle = (share + Z * Z / (2 * size)) / shrink;
  double reach = Z * sqrt(share * (1 - share) / size + Z * Z / (4 * size * size)) / shrink;
  /* With none or all of n an end is 0 or 1 to the letter, which rounding would miss by a hair. */
  return (struct interval){
    .low = successes == 0 ? 0 : middle - reach,
    .high = successes == n ? 1 : middle + reach,
  };
}
