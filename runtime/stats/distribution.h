/* distribution.h: how probable something is by chance, for spread.c, funnel.c and change.c. */
#ifndef KLYNGE_STATS_DISTRIBUTION_H
#define KLYNGE_STATS_DISTRIBUTION_H
#include <stdint.h>

/* The probability that a gamma variable of this shape and of scale 1 is more than x (shape > 0, x ≥ 0). Of χ² with d degrees
 * of freedom: chance_gamma_above(d / 2, χ² / 2).
 * Source: M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), 6.5.29 and 6.5.31. */
double chance_gamma_above(double shape, double x);
/* The regularised incomplete beta function I_x(a, b), the probability that a beta variable is at most x (a, b > 0).
 * Source: Abramowitz and Stegun, 26.5.8 and 6.6.3. */
double chance_beta_below(double x, double a, double b);
/* The probability of at most `successes` of n, each with this probability. Source: Abramowitz and Stegun, 26.5.24. */
double chance_binomial(uint32_t successes, uint32_t n, double probability);
#endif
