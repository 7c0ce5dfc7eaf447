/* standard.c: figures of practices whose patients differ in age, sex or what else they are adjusted by. */
#include "runtime/stats/stats.h"
#include <math.h>

double stats_expected(const struct stats_band *bands, uint32_t n) {
  double expected = 0;
  for (uint32_t i = 0; i < n; i++)
    if (bands[i].patients > 0)
      expected += bands[i].patients * bands[i].figure;
  return expected;
}

struct estimate stats_standardise(uint32_t observed, double expected, double cluster) {
  if (!(expected > 0))
    return (struct estimate){NAN, NAN, NAN};
  struct interval interval = stats_poisson(observed);
  double factor = cluster / expected;
  return (struct estimate){observed * factor, interval.low * factor, interval.high * factor};
}

double stats_standardise_mean(double mean, double expected, double cluster) { return mean - expected + cluster; }
