/* order.c: medians and quartiles, which ask nothing of values but their order. */
#include "runtime/stats/stats.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>

static int compare(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

void stats_sort(double *values, uint64_t n) {
  for (uint64_t i = 0; i < n; i++)
    values[i] += 0.0;
  qsort(values, n, sizeof *values, compare);
}

double stats_quartile(const double *sorted, uint64_t n, unsigned quarters) {
  assert(n > 0);
  /* The place is counted in quarters of a step, in whole numbers. */
  uint64_t place = (n - 1) * quarters, below = place / 4;
  double above = (double)(place % 4) / 4;
  return above == 0 ? sorted[below] : (1 - above) * sorted[below] + above * sorted[below + 1];
}

/* The rank, from 1, of the interval's lower end; 0 where there is none.
 *
 * The true median lies below the k-th of n values when fewer than k of them lie below it, and each value lies below
 * it as a coin falls. So k is the largest with P(fewer than k heads of n) < 0.025. The probability is walked down
 * from the middle, where it is known, and the way is only as long as √n. */
static uint64_t low_rank(uint64_t n) {
  uint64_t k = n / 2;
  double size = (double)n, heads = (double)k;
  double exactly = exp(lgamma(size + 1) - lgamma(heads + 1) - lgamma(size - heads + 1) - size * log(2));
  double at_most = n % 2 ? 0.5 : 0.5 + exactly / 2;
  for (; k > 0; k--) {
    at_most -= exactly;
    if (at_most < 0.025)
      break;
    exactly *= (double)k / (double)(n - k + 1);
  }
  return k;
}

struct estimate stats_median(const double *sorted, uint64_t n) {
  double median = stats_quartile(sorted, n, 2);
  uint64_t rank = low_rank(n);
  return rank ? (struct estimate){median, sorted[rank - 1], sorted[n - rank]} : (struct estimate){median, NAN, NAN};
}
