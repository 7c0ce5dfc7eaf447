/* order.c: medians and quartiles, which ask nothing of values but their order. */
#include "runtime/stats/stats.h"
#include <assert.h>
#include <math.h>
#include <stdbool.h>

/* ── ranks ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The rank, from 1, of the interval's lower end; 0 where there is none.
 *
 * The true median lies below the k-th of n values when fewer than k of them lie below it, and each value lies below
 * it as a coin falls. So k is the largest with P(fewer than k heads of n) < 0.025. The probability is walked down
 * from the middle, where it is known, and the way is only as long as √n. */
static uint64_t find_low_rank(uint64_t n) {
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

/* It is asked for twice of the same values, so each thread remembers the last. */
static uint64_t low_rank(uint64_t n) {
  static _Thread_local uint64_t of, rank;
  if (n != of) rank = find_low_rank(n);
  of = n;
  return rank;
}

/* ── order ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum { FEW = 12, MOST_PLACES = 8 };

/* Values from … end − 1 that are not yet in order, and the places among them that are asked for. */
struct part { uint64_t from, end; const uint64_t *places; uint32_t n_places; };

static void sort_few(double *values, uint64_t n) {
  for (uint64_t i = 1; i < n; i++) {
    double value = values[i];
    uint64_t place = i;
    for (; place > 0 && values[place - 1] > value; place--) values[place] = values[place - 1];
    values[place] = value;
  }
}

/* Puts what is less than the pivot before all else, or, where it has to be told from nothing less, what is equal; gives the
 * place where the rest begins. Values go one way or the other as if at random, so nothing is guessed: every value is moved, and
 * the border goes on by one or by none. */
static uint64_t divide(double *values, struct part part, double pivot, bool equal) {
  uint64_t border = part.from;
  for (uint64_t i = part.from; i < part.end; i++) {
    double value = values[i];
    values[i] = values[border];
    values[border] = value;
    border += equal ? value <= pivot : value < pivot;
  }
  return border;
}

static double middle_of(double a, double b, double c) {
  double low = a < b ? a : b, high = a < b ? b : a;
  return c < low ? low : c > high ? high : c;
}

/* Divides a part, and goes on with what has places that are asked for. What is equal to the pivot is in order. */
static void order_part(double *values, struct part part) {
  uint64_t seed = part.end;
  while (part.n_places > 0 && part.end - part.from > FEW) {
    uint64_t n = part.end - part.from, picked[3];
    for (int i = 0; i < 3; i++) picked[i] = part.from + (seed = seed * UINT64_C(6364136223846793005) + 1) / 65536 % n;
    double pivot = middle_of(values[picked[0]], values[picked[1]], values[picked[2]]);
    uint64_t border = divide(values, part, pivot, false);
    bool any_before = border > part.from;
    uint32_t n_before = 0;
    if (!any_before) border = divide(values, part, pivot, true);
    while (n_before < part.n_places && part.places[n_before] < border) n_before++;
    if (any_before) order_part(values, (struct part){part.from, border, part.places, n_before});
    part = (struct part){border, part.end, part.places + n_before, part.n_places - n_before};
  }
  if (part.n_places > 0) sort_few(values + part.from, part.end - part.from);
}
static void add_place(uint64_t places[MOST_PLACES], uint32_t *n, uint64_t place) {
  uint32_t i = (*n)++;
  for (; i > 0 && places[i - 1] > place; i--) places[i] = places[i - 1];
  places[i] = place;
}

void stats_order(double *values, uint64_t n) {
  uint64_t places[MOST_PLACES], rank = low_rank(n);
  uint32_t n_places = 0;
  for (uint64_t i = 0; i < n; i++) values[i] += 0.0;
  for (unsigned quarters = 1; quarters <= 3 && n > 0; quarters++) {
    uint64_t below = (n - 1) * quarters / 4;
    add_place(places, &n_places, below);
    if (below + 1 < n) add_place(places, &n_places, below + 1);
  }
  if (rank) {
    add_place(places, &n_places, rank - 1);
    add_place(places, &n_places, n - rank);
  }
  order_part(values, (struct part){0, n, places, n_places});
}

double stats_quartile(const double *ordered, uint64_t n, unsigned quarters) {
  assert(n > 0);
  /* The place is counted in quarters of a step, in whole numbers. */
  uint64_t place = (n - 1) * quarters, below = place / 4;
  double above = (double)(place % 4) / 4;
  return above == 0 ? ordered[below] : (1 - above) * ordered[below] + above * ordered[below + 1];
}

struct estimate stats_median(const double *ordered, uint64_t n) {
  double median = stats_quartile(ordered, n, 2);
  uint64_t rank = low_rank(n);
  return rank ? (struct estimate){median, ordered[rank - 1], ordered[n - rank]} : (struct estimate){median, NAN, NAN};
}
