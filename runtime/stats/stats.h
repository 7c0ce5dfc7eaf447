/* stats.h: statistics of figures. Each function names the source of its formula.
 *
 * All intervals are of 95 %. Sums are made in the order of the values, by one thread, so the same values in the same
 * order give the same bits. */
#ifndef KLYNGE_STATS_H
#define KLYNGE_STATS_H
#include <stdint.h>

struct interval { double low, high; };
/* A figure and its interval; low and high are NaN where values are too few to say how far off it may be. */
struct estimate { double value, low, high; };

/* ── wilson.c: a share ───────────────────────────────────────────────────────────────────────────────────────────── */

/* Wilson's score interval, 95 %, of `successes` out of `n` (n > 0), without continuity correction; within 0 … 1.
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
 * American Statistical Association 22 (1927), 209–212; as recommended by L. D. Brown, T. T. Cai, A. DasGupta,
 * "Interval estimation for a binomial proportion", Statistical Science 16 (2001), 101–133. z is the 0.975 quantile of
 * the normal distribution. */
struct interval stats_wilson(uint32_t successes, uint32_t n);

/* ── mean.c ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The 0.975 quantile of Student's t distribution with so many degrees of freedom (at least one), to 1e-9 and better.
 * Source: M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), 26.7.3–26.7.5. */
double stats_student(uint64_t degrees);
/* The sum of n values: Neumaier's compensated sum, which is off by hardly more than its own rounding.
 * Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", Zeitschrift für
 * Angewandte Mathematik und Mechanik 54 (1974), 39–51. */
double stats_sum(const double *values, uint64_t n);
/* The mean of n values (n > 0), and mean ± t × s / √n, with s² = Σ (value − mean)² / (n − 1). One value has no
 * interval.
 * Source: Student, "The probable error of a mean", Biometrika 6 (1908), 1–25. */
struct estimate stats_mean(const double *values, uint64_t n);

/* ── order.c: of values that are sorted ──────────────────────────────────────────────────────────────────────────── */

/* Sorts values, the smallest first. −0 becomes 0, so that values that compare equal are the same to the bit. */
void stats_sort(double *values, uint64_t n);
/* The value below which a quarter × `quarters` of n sorted values lie (n > 0; quarters 1, 2 or 3), between two values
 * in proportion: R's type 7. The median of an even number is the mean of the two in the middle.
 * Source: R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996),
 * 361–365. */
double stats_quartile(const double *sorted, uint64_t n, unsigned quarters);
/* The median of n sorted values (n > 0), and the k-th value from either end, k as large as the interval still covers
 * the true median with at least 95 % probability whatever the distribution. Up to five values have no such interval.
 * Source: W. J. Conover, Practical Nonparametric Statistics, 3rd ed. (1999), section 3.2. */
struct estimate stats_median(const double *sorted, uint64_t n);

/* ── poisson.c: a count of events ────────────────────────────────────────────────────────────────────────────────── */

/* The exact interval of the number of events that was to be expected where so many happened.
 * Source: F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936), 437–442. */
struct interval stats_poisson(uint32_t events);

/* ── standard.c: what a practice's figure would be, were its patients like the cluster's ─────────────────────────── */

/* Of one band of patients: how many the practice has, and the figure of the whole cluster's in it. */
struct stats_band { double patients, figure; };

/* Σ patients × figure: the events that the practice's patients would have if each band had the cluster's figure. */
double stats_expected(const struct stats_band *bands, uint32_t n);
/* Indirect standardisation: observed ÷ expected × the cluster's own figure, with Garwood's interval of the observed.
 * All NaN where nothing is expected. A share may so come to more than 1.
 * Source: N. E. Breslow, N. E. Day, Statistical Methods in Cancer Research, vol. II (IARC 1987), chapter 2; the
 * interval: K. Ulm, "A simple method to calculate the confidence interval of a standardized mortality ratio (SMR)",
 * American Journal of Epidemiology 131 (1990), 373–375. */
struct estimate stats_standardise(uint32_t observed, double expected, double cluster);
/* The same of a mean, where bands shift and do not multiply: the practice's mean − the mean that was to be expected +
 * the cluster's mean. It is what a linear model of the bands, fitted to the cluster, leaves to the practice.
 * Source: observed less expected is Breslow and Day's comparison, as a difference. */
double stats_standardise_mean(double mean, double expected, double cluster);
#endif
