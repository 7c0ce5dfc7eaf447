/* select.c: the variants of select.h and which of them is chosen. */
#include "runtime/kernel/select.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/cpu/cpu.h"
#include "runtime/image/dates.h"
#include "runtime/mask/mask.h"

/* ── portable: what the others are compared with ─────────────────────────────────────────────────────────────────── */

static void near_portable(const uint16_t *near, size_t n, uint16_t low, uint16_t span, uint64_t *bits) {
  for (size_t first = 0; first < n; first += 64) {
    size_t here = n - first < 64 ? n - first : 64;
    uint8_t hit[64] = {0};
    for (size_t i = 0; i < here; i++) hit[i] = (uint16_t)(near[first + i] - low) <= span;
    bits[first / 64] = mask_pack(hit);
  }
}

#define WITHIN(name, type)                                                                               \
  static void name##_portable(const type *name, size_t n, type low, type high, uint64_t *bits) {         \
    for (size_t first = 0; first < n; first += 64) {                                                     \
      size_t here = n - first < 64 ? n - first : 64;                                                     \
      uint8_t hit[64] = {0};                                                                             \
      if (!bits[first / 64]) continue;                                                                   \
      for (size_t i = 0; i < here; i++) hit[i] = (name[first + i] >= low) & (name[first + i] <= high);   \
      bits[first / 64] &= mask_pack(hit);                                                                \
    }                                                                                                    \
  }
WITHIN(tiny, int16_t)
WITHIN(small, int32_t)
#undef WITHIN

/* Bit i is set where row first + i and the one after it are of the same patient. */
static inline uint64_t same_portable(const uint16_t *patient, size_t n, size_t first) {
  size_t here = n - first - 1 < 64 ? n - first - 1 : 64;
  uint8_t same[64] = {0};
  for (size_t i = 0; i < here; i++) same[i] = patient[first + i] == patient[first + i + 1];
  return mask_pack(same);
}

/* The bits of word w whose next row is set as well and of the same patient. */
#define FOLLOWED(same)                                                                                   \
  uint64_t word = bits[w] & (bits[w] >> 1 | (w + 1 < (n + 63) / 64 ? bits[w + 1] << 63 : 0));            \
  return word ? word & same(patient, n, 64 * w) : 0;

/* A word is changed once the one after it has been read. */
#define THIN(followed)                                                                                   \
  size_t n_words = (n + 63) / 64;                                                                        \
  uint64_t here = n_words ? followed(patient, n, bits, 0) : 0;                                           \
  for (size_t w = 0; w < n_words; w++) {                                                                 \
    uint64_t next = w + 1 < n_words ? followed(patient, n, bits, w + 1) : 0, dropped = here;             \
    for (size_t k = 1; k < keep; k++) dropped &= here >> k | next << (64 - k);                           \
    bits[w] &= ~dropped;                                                                                 \
    here = next;                                                                                         \
  }

static inline uint64_t followed_portable(const uint16_t *patient, size_t n, const uint64_t *bits, size_t w) {
  FOLLOWED(same_portable)
}
static void thin_portable(const uint16_t *patient, size_t n, size_t keep, uint64_t *bits) { THIN(followed_portable) }

static size_t number_portable(const uint64_t *bits, size_t n, const uint16_t *patient, uint32_t *at, uint16_t *whose) {
  size_t found = 0;
  for (size_t first = 0; first < n; first += 64)
    for (uint64_t word = bits[first / 64]; word; word &= word - 1)
      at[found++] = (uint32_t)first + (uint32_t)__builtin_ctzll(word);
  for (size_t i = 0; i < found; i++) whose[i] = patient[at[i]];
  return found;
}

/* Row i is one of the last where row i + keep is none of the same patient. Whether it is cannot be foreseen, so every row is
 * written, and the next one over it where it does not stay. */
static size_t last_from(const uint16_t *whose, size_t i, size_t n, size_t keep, uint32_t *at, size_t kept) {
  for (; i < n; i++) {
    at[kept] = at[i];
    kept += i + keep >= n || whose[i + keep] != whose[i];
  }
  return kept;
}

static size_t last_portable(const uint16_t *whose, size_t n, size_t keep, uint32_t *at) {
  return last_from(whose, 0, n, keep, at, 0);
}

static void tiny_values_portable(const int16_t *tiny, const uint32_t *at, size_t n, double scale, double *out) {
  for (size_t i = 0; i < n; i++) out[i] = tiny[at[i]] / scale;
}

static void small_values_portable(const int32_t *small, const uint32_t *at, size_t n, double scale, double *out) {
  for (size_t i = 0; i < n; i++) out[i] = small[at[i]] / scale;
}

static void flags_portable(const uint8_t *flags, size_t n_words, uint64_t *bits) {
  for (size_t w = 0; w < n_words; w++) bits[w] = mask_pack(flags + 64 * w);
}

static void known_portable(const int32_t *day, size_t n_words, uint64_t *bits) {
  for (size_t w = 0; w < n_words; w++) {
    uint8_t known[64];
    for (int i = 0; i < 64; i++) known[i] = day[64 * w + i] != DATE_UNKNOWN;
    bits[w] = mask_pack(known);
  }
}

/* 64 lanes are compared into bytes, which the compiler vectorises, and packed into a word. */
#define COMPARE(name, sign)                                                                              \
  static void name##_portable(const struct select_pair *pair, size_t n_words, uint64_t *bits) {          \
    for (size_t w = 0; w < n_words; w++) {                                                               \
      const double *x = pair->x + w * pair->x_step, *y = pair->y + w * pair->y_step;                     \
      uint8_t truth[64];                                                                                 \
      for (int i = 0; i < 64; i++) truth[i] = x[i] sign y[i];                                            \
      bits[w] = mask_pack(truth);                                                                        \
    }                                                                                                    \
  }
COMPARE(less, <)
COMPARE(equal, ==)
COMPARE(at_most, <=)
#undef COMPARE

static void at_least_portable(const struct tally *tally, uint32_t k, size_t n_words, uint64_t *enough, uint64_t *too_few) {
  for (size_t w = 0; w < n_words; w++) {
    const uint32_t *yes = tally->yes + w * 64, *no = tally->no + w * 64, *total = tally->total + w * 64;
    uint8_t is_enough[64], is_too_few[64];
    for (int i = 0; i < 64; i++) {
      is_enough[i] = (total[i] != 0) & (yes[i] >= k);
      is_too_few[i] = (total[i] != 0) & (total[i] - no[i] < k);
    }
    enough[w] = mask_pack(is_enough);
    too_few[w] = mask_pack(is_too_few);
  }
}

static void count_portable(const uint64_t *bits, const struct select_range *ranges, size_t n, uint32_t *counts) {
  for (size_t i = 0; i < n; i++) counts[i] = mask_count(bits, ranges[i].first, ranges[i].end - ranges[i].first);
}

static const struct select portable = {
    .name = "portable", .near = near_portable, .tiny = tiny_portable, .small = small_portable, .thin = thin_portable, .number = number_portable, .last = last_portable,
    .tiny_values = tiny_values_portable, .small_values = small_values_portable, .flags = flags_portable, .known = known_portable, .less = less_portable,
    .equal = equal_portable, .at_most = at_most_portable, .at_least = at_least_portable, .count = count_portable};

/* ── x86: the comparisons give the bits themselves ───────────────────────────────────────────────────────────────── */

#if defined(__x86_64__)
#include "runtime/kernel/select_x86.h"
#endif

/* ── the choice ──────────────────────────────────────────────────────────────────────────────────────────────────── */

const struct select *select_variant(size_t number) {
#if defined(__x86_64__)
  static const struct select *const variants[] = {[CPU_PORTABLE] = &portable, [CPU_AVX2] = &avx2, [CPU_AVX512] = &avx512};
#else
  static const struct select *const variants[] = {[CPU_PORTABLE] = &portable};
#endif
  return number <= (size_t)cpu_best() ? variants[number] : NULL;
}

static const struct select *chosen;

static void choose(void) { chosen = select_variant((size_t)cpu_chosen()); }

const struct select *select_chosen(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, choose);
  return chosen;
}
