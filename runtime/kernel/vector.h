/* vector.h: the vectors that the machine works on: numbers, dates and tallies, a lane for each patient of a block.
 *
 * A full vector has MASK_WORDS × 64 lanes. A uniform one, the same for all patients, has 64 equal lanes: one word of a
 * bitmap. So every kernel is a loop over the words of its result, 64 lanes at a time, and takes operands of either
 * size: a uniform operand simply gives its one word again and again (mask_word). No lane is looked at on its own to
 * see whether its operand is uniform, and uniform results come out of the very same loops.
 *
 * The memory is borrowed from the worker. A kernel reads 64 lanes of its operands before it writes those of its
 * result, so a result may stand in the place of an operand. */
#ifndef KLYNGE_VECTOR_H
#define KLYNGE_VECTOR_H
#include "runtime/mask/mask.h"

#define LANES (MASK_WORDS * 64)

/* Numbers. A lane that is not known has some value or other, which is never looked at. A lane in `below` is censored,
 * written "<5": the number is less than its value; one in `above`, written ">90", is greater. */
struct number {
  double *value;
  uint64_t *known, *below, *above;
  uint32_t n_words;
  bool censored;       /* whether any lane is censored; if not, `below` and `above` hold nothing and are not read */
};

/* Dates, in days since 1970-01-01; DATE_UNKNOWN where unknown. */
struct dates {
  int32_t *day;
  uint32_t n_words;
};

/* Of a number of outcomes of each patient, how many were yes, how many no, and how many there were at all. */
struct tally {
  uint32_t *yes, *no, *total;
  uint32_t n_words;
};

/* The word of `below` (`above`) that stands beside word w of a result. */
static inline uint64_t number_below_word(const struct number *a, size_t w) {
  return a->censored ? a->below[mask_word(a->n_words, w)] : 0;
}
static inline uint64_t number_above_word(const struct number *a, size_t w) {
  return a->censored ? a->above[mask_word(a->n_words, w)] : 0;
}
static inline uint64_t number_known_word(const struct number *a, size_t w) { return a->known[mask_word(a->n_words, w)]; }
/* The 64 values, or days, that stand beside word w of a result. */
static inline const double *number_values(const struct number *a, size_t w) { return a->value + mask_word(a->n_words, w) * 64; }
static inline const int32_t *date_days(const struct dates *a, size_t w) { return a->day + mask_word(a->n_words, w) * 64; }
#endif
