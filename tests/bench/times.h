/* times.h: what the programs that time share: the clock, and the middle of several times. */
#ifndef KLYNGE_BENCH_TIMES_H
#define KLYNGE_BENCH_TIMES_H
#include <stdlib.h>
#include <time.h>

/* Milliseconds by CLOCK_MONOTONIC (as a clock on the wall) or CLOCK_PROCESS_CPUTIME_ID (of all threads together). */
static inline double times_now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec * 1e-6;
}

static inline int times_compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Sorts: the least stands first then. Gives the median; of an even number the later of the two in the middle. */
static inline double times_median(double *times, size_t n) {
  qsort(times, n, sizeof *times, times_compare);
  return times[n / 2];
}
#endif
