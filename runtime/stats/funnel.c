/* funnel.c: how far a practice's share lies from the cluster's by chance alone, by how many patients it has. */
#include "runtime/stats/stats.h"
#include <math.h>
#include "runtime/stats/distribution.h"

/* The fewest successes that have, with all fewer ones, at least this probability. */
static uint32_t quantile(double share, uint32_t n, double probability) {
  uint32_t low = 0, high = n;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (chance_binomial(middle, n, share) >= probability)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

/* Counts are whole and limits would jump from one n to the next, so a limit lies between two counts, as far from either as
 * the probability is. */
static double limit(double share, uint32_t n, double probability) {
  uint32_t successes = quantile(share, n, probability);
  double up_to = chance_binomial(successes, n, share), below = successes ? chance_binomial(successes - 1, n, share) : 0;
  double place = (successes - (up_to - probability) / (up_to - below)) / n;
  return fmin(fmax(place, 0), 1);
}

struct stats_funnel stats_funnel(double share, uint32_t n) {
  if (share <= 0 || share >= 1) {
    double end = share <= 0 ? 0 : 1;
    return (struct stats_funnel){{end, end}, {end, end}};
  }
  return (struct stats_funnel){{limit(share, n, 0.025), limit(share, n, 0.975)},
                               {limit(share, n, 0.001), limit(share, n, 0.999)}};
}
