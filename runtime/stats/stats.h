/* stats.h: statistics of figures. Each function names the source of its formula. */
#ifndef KLYNGE_STATS_H
#define KLYNGE_STATS_H
#include <stdint.h>

struct interval { double low, high; };

/* Wilson's score interval, 95 %, of `successes` out of `n` (n > 0), without continuity correction; within 0 … 1.
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
 * Statistical Association 22 (1927), 209–212; as recommended by L. D. Brown, T. T. Cai, A. DasGupta, "Interval estimation
 * for a binomial proportion", Statistical Science 16 (2001), 101–133. z is the 0.975 quantile of the normal distribution. */
struct interval stats_wilson(uint32_t successes, uint32_t n);
#endif
