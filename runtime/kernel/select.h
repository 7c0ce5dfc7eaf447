/* select.h: which rows are in a window, which values are plausible and how numbers compare, as bits; bytes as bits; and how
 * many bits there are. Nearly all bytes that an evaluation touches are touched here, so there is a variant for each
 * instruction set, and the best one that the processor has is chosen at the start.
 *
 * Every variant gives the same bits. The environment variable KLYNGE_CPU (portable, avx2, avx512) chooses another one, as
 * tests do; one that the processor does not have, or no one's name, is passed over. */
#ifndef KLYNGE_SELECT_H
#define KLYNGE_SELECT_H
#include <stddef.h>
#include <stdint.h>
#include "runtime/kernel/vector.h"

#define SELECT_SLACK 64

/* Two columns of numbers, 64 lanes for each word of a result. The step is how many lanes on the next word's stand: 64, or 0
 * for a number that is the same for all, which has only 64. */
struct select_pair { const double *x, *y; size_t x_step, y_step; };

/* The bits first … end − 1, at least one. */
struct select_range { uint32_t first, end; };

struct select {
  const char *name;
  /* Bit i of the (n + 63) / 64 words is set where low <= near[i] <= low + span; bits from n on are clear. */
  void (*near)(const uint16_t *near, size_t n, uint16_t low, uint16_t span, uint64_t *bits);
  /* Clears bit i of the (n + 63) / 64 words where not low <= tiny[i] <= high; low <= high. Words without a bit are not looked at. */
  void (*tiny)(const int16_t *tiny, size_t n, int16_t low, int16_t high, uint64_t *bits);
  /* The same of wider ones. */
  void (*small)(const int32_t *small, size_t n, int32_t low, int32_t high, uint64_t *bits);
  /* Of rows in order of patients clears bit i of the (n + 63) / 64 words where the next `keep` rows, 1 … 63, are set as well and of
   * the same patient: of rows that are set side by side each patient's last `keep` stay. Bits from n on are clear before and after. */
  void (*thin)(const uint16_t *patient, size_t n, size_t keep, uint64_t *bits);
  /* Numbers the bits that are set among n: writes to `at` which these are, in rising order, and to `whose` what `patient` says
   * at them; gives how many there are. Up to SELECT_SLACK elements after them are written as well. */
  size_t (*number)(const uint64_t *bits, size_t n, const uint16_t *patient, uint32_t *at, uint16_t *whose);
  /* Of rows in order of patients leaves each patient's last `keep`: moves their `at` together, gives how many stay. */
  size_t (*last)(const uint16_t *whose, size_t n, size_t keep, uint32_t *at);
  /* out[i] = tiny[at[i]] / scale; small[at[i]] / scale. */
  void (*tiny_values)(const int16_t *tiny, const uint32_t *at, size_t n, double scale, double *out);
  void (*small_values)(const int32_t *small, const uint32_t *at, size_t n, double scale, double *out);
  /* n_words × 64 bytes, each 0 or 1, as bits. */
  void (*flags)(const uint8_t *flags, size_t n_words, uint64_t *bits);
  /* Bit i of n_words is set where day[i] is not DATE_UNKNOWN. */
  void (*known)(const int32_t *day, size_t n_words, uint64_t *bits);
  /* Bit i of n_words is set where x[i] < y[i], x[i] == y[i], x[i] <= y[i]; never where either is no number. */
  void (*less)(const struct select_pair *pair, size_t n_words, uint64_t *bits);
  void (*equal)(const struct select_pair *pair, size_t n_words, uint64_t *bits);
  void (*at_most)(const struct select_pair *pair, size_t n_words, uint64_t *bits);
  /* Of n_words × 64 tallies: bit i of `enough` where at least k are yes, of `too_few` where no more than k − 1 can become
   * so; in neither where there is no outcome at all. */
  void (*at_least)(const struct tally *tally, uint32_t k, size_t n_words, uint64_t *enough, uint64_t *too_few);
  /* How many bits of each range are set. */
  void (*count)(const uint64_t *bits, const struct select_range *ranges, size_t n, uint32_t *counts);
};

/* The variant for this process; the same for all threads. */
const struct select *select_chosen(void);
/* The variants that this processor has, the portable one first; NULL from some number on. */
const struct select *select_variant(size_t number);
#endif
