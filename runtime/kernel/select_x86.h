/* select_x86.h: the variants of select.h for x86, included by select.c alone. A comparison of 64 dates takes four
 * instructions with AVX-512 and a dozen with AVX2, where the portable loop takes over a hundred. */
#ifndef KLYNGE_SELECT_X86_H
#define KLYNGE_SELECT_X86_H
#include <immintrin.h>
#include <stdbool.h>

#define AVX2   __attribute__((target("avx2,popcnt")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,popcnt")))

/* The bits 0 … n − 1 of a word, n up to 64. */
static inline uint64_t low_bits(size_t n) { return n < 64 ? (UINT64_C(1) << n) - 1 : UINT64_MAX; }

/* The processor itself fetches ahead within a page of memory, so a page's first lines would be waited for: each step asks for
 * what comes so many bytes later. It took a third of the time off an evaluation. What lies beyond a column's end is not read. */
#define AHEAD 4096
static inline void fetch_ahead(const void *bytes) { _mm_prefetch((const char *)bytes + AHEAD, _MM_HINT_T0); }

/* ── AVX2 ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* 32 dates: a date less the first day, without a sign, is at most the span. */
static inline AVX2 uint32_t near_32(const uint16_t *near, __m256i low, __m256i span) {
  __m256i a = _mm256_sub_epi16(_mm256_loadu_si256((const __m256i *)near), low);
  __m256i b = _mm256_sub_epi16(_mm256_loadu_si256((const __m256i *)(near + 16)), low);
  a = _mm256_cmpeq_epi16(_mm256_min_epu16(a, span), a);
  b = _mm256_cmpeq_epi16(_mm256_min_epu16(b, span), b);
  /* Packing works on halves: its quarters come out as a, b, a, b. */
  return (uint32_t)_mm256_movemask_epi8(_mm256_permute4x64_epi64(_mm256_packs_epi16(a, b), 0xd8));
}

static AVX2 void near_avx2(const uint16_t *near, size_t n, uint16_t low, uint16_t span, uint64_t *bits) {
  __m256i lows = _mm256_set1_epi16((short)low), spans = _mm256_set1_epi16((short)span);
  size_t first = 0;
  for (; first + 64 <= n; first += 64) {
    fetch_ahead(near + first);
    fetch_ahead(near + first + 32);
    bits[first / 64] = near_32(near + first, lows, spans) | (uint64_t)near_32(near + first + 32, lows, spans) << 32;
  }
  if (first < n) near_portable(near + first, n - first, low, span, bits + first / 64);
}

/* Numbers from low to high are at most high − low above low, without a sign: 64 of them are looked at as dates are. */
static AVX2 void tiny_avx2(const int16_t *tiny, size_t n, int16_t low, int16_t high, uint64_t *bits) {
  __m256i lows = _mm256_set1_epi16(low), spans = _mm256_set1_epi16((short)(high - low));
  const uint16_t *near = (const uint16_t *)tiny;
  size_t first = 0;
  for (; first + 64 <= n; first += 64) {
    fetch_ahead(near + first);
    fetch_ahead(near + first + 32);
    if (bits[first / 64])
      bits[first / 64] &= near_32(near + first, lows, spans) | (uint64_t)near_32(near + first + 32, lows, spans) << 32;
  }
  if (first < n) tiny_portable(tiny + first, n - first, low, high, bits + first / 64);
}

static inline AVX2 uint32_t small_8(const int32_t *small, __m256i low, __m256i high) {
  __m256i a = _mm256_loadu_si256((const __m256i *)small);
  __m256i out = _mm256_or_si256(_mm256_cmpgt_epi32(low, a), _mm256_cmpgt_epi32(a, high));
  return ~(uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(out)) & 0xff;
}

static AVX2 void small_avx2(const int32_t *small, size_t n, int32_t low, int32_t high, uint64_t *bits) {
  __m256i lows = _mm256_set1_epi32(low), highs = _mm256_set1_epi32(high);
  size_t first = 0;
  for (; first + 64 <= n; first += 64) {
    uint64_t hit = 0;
    if (!bits[first / 64]) continue;
    for (size_t i = 0; i < 64; i += 8) hit |= (uint64_t)small_8(small + first + i, lows, highs) << i;
    bits[first / 64] &= hit;
  }
  if (first < n) small_portable(small + first, n - first, low, high, bits + first / 64);
}

static inline AVX2 uint64_t same_avx2(const uint16_t *patient, size_t n, size_t first) {
  const uint16_t *here = patient + first;
  uint64_t same = 0;
  if (n - first < 65) return same_portable(patient, n, first);
  for (size_t i = 0; i < 64; i += 32) {
    fetch_ahead(here + i);
    __m256i a = _mm256_cmpeq_epi16(_mm256_loadu_si256((const __m256i *)(here + i)), _mm256_loadu_si256((const __m256i *)(here + i + 1)));
    __m256i b = _mm256_cmpeq_epi16(_mm256_loadu_si256((const __m256i *)(here + i + 16)), _mm256_loadu_si256((const __m256i *)(here + i + 17)));
    same |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_permute4x64_epi64(_mm256_packs_epi16(a, b), 0xd8)) << i;
  }
  return same;
}

static inline AVX2 uint64_t followed_avx2(const uint16_t *patient, size_t n, const uint64_t *bits, size_t w) { FOLLOWED(same_avx2) }
static AVX2 void thin_avx2(const uint16_t *patient, size_t n, size_t keep, uint64_t *bits) { THIN(followed_avx2) }

static AVX2 void flags_avx2(const uint8_t *flags, size_t n_words, uint64_t *bits) {
  for (size_t w = 0; w < n_words; w++) {
    const __m256i *bytes = (const __m256i *)(flags + 64 * w);
    uint32_t a = (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(_mm256_loadu_si256(bytes), 7));
    uint32_t b = (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(_mm256_loadu_si256(bytes + 1), 7));
    bits[w] = a | (uint64_t)b << 32;
  }
}

static AVX2 void known_avx2(const int32_t *day, size_t n_words, uint64_t *bits) {
  const __m256i unknown = _mm256_set1_epi32(DATE_UNKNOWN);
  for (size_t w = 0; w < n_words; w++) {
    uint64_t word = 0;
    for (int i = 0; i < 64; i += 8) {
      __m256i is_unknown = _mm256_cmpeq_epi32(_mm256_loadu_si256((const __m256i *)(day + 64 * w + i)), unknown);
      word |= (uint64_t)(~(unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(is_unknown)) & 0xff) << i;
    }
    bits[w] = word;
  }
}

#define COMPARE(name, sign)                                                                              \
  static AVX2 void name##_avx2(const struct select_pair *pair, size_t n_words, uint64_t *bits) {         \
    for (size_t w = 0; w < n_words; w++) {                                                               \
      const double *x = pair->x + w * pair->x_step, *y = pair->y + w * pair->y_step;                     \
      uint64_t word = 0;                                                                                 \
      for (int i = 0; i < 64; i += 4) {                                                                  \
        __m256d truth = _mm256_cmp_pd(_mm256_loadu_pd(x + i), _mm256_loadu_pd(y + i), sign);             \
        word |= (uint64_t)(unsigned)_mm256_movemask_pd(truth) << i;                                      \
      }                                                                                                  \
      bits[w] = word;                                                                                    \
    }                                                                                                    \
  }
COMPARE(less, _CMP_LT_OQ)
COMPARE(equal, _CMP_EQ_OQ)
COMPARE(at_most, _CMP_LE_OQ)
#undef COMPARE

/* Without a sign a ≥ b where the greater of the two is a. */
static AVX2 void at_least_avx2(const struct tally *tally, uint32_t k, size_t n_words, uint64_t *enough, uint64_t *too_few) {
  const __m256i ks = _mm256_set1_epi32((int)k), zero = _mm256_setzero_si256();
  for (size_t w = 0; w < n_words; w++) {
    enough[w] = too_few[w] = 0;
    for (size_t i = 0; i < 64; i += 8) {
      __m256i yes = _mm256_loadu_si256((const __m256i *)(tally->yes + w * 64 + i));
      __m256i no = _mm256_loadu_si256((const __m256i *)(tally->no + w * 64 + i));
      __m256i total = _mm256_loadu_si256((const __m256i *)(tally->total + w * 64 + i));
      __m256i none = _mm256_cmpeq_epi32(total, zero), open = _mm256_sub_epi32(total, no);
      __m256i reached = _mm256_andnot_si256(none, _mm256_cmpeq_epi32(_mm256_max_epu32(yes, ks), yes));
      __m256i possible = _mm256_or_si256(none, _mm256_cmpeq_epi32(_mm256_max_epu32(open, ks), open));
      enough[w] |= (uint64_t)(unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(reached)) << i;
      too_few[w] |= (uint64_t)(~(unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(possible)) & 0xff) << i;
    }
  }
}

/* Both kinds of processor count the bits of a word with one instruction. */
static AVX2 void count_avx2(const uint64_t *bits, const struct select_range *ranges, size_t n, uint32_t *counts) {
  for (size_t i = 0; i < n; i++) {
    uint32_t word = ranges[i].first / 64, last = (ranges[i].end - 1) / 64;
    uint64_t from = UINT64_MAX << ranges[i].first % 64, to = UINT64_MAX >> (63 - (ranges[i].end - 1) % 64);
    uint64_t count = 0;
    for (; word < last; word++) {
      count += (uint64_t)__builtin_popcountll(bits[word] & from);
      from = UINT64_MAX;
    }
    counts[i] = (uint32_t)count + (uint32_t)__builtin_popcountll(bits[last] & from & to);
  }
}

static const struct select avx2 = {
    .name = "avx2", .near = near_avx2, .tiny = tiny_avx2, .small = small_avx2, .thin = thin_avx2, .number = number_portable, .last = last_portable,
    .tiny_values = tiny_values_portable, .small_values = small_values_portable, .flags = flags_avx2, .known = known_avx2, .less = less_avx2,
    .equal = equal_avx2, .at_most = at_most_avx2, .at_least = at_least_avx2, .count = count_avx2};

/* ── AVX-512 ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static inline AVX512 uint64_t near_64(const uint16_t *near, uint64_t valid, __m512i low, __m512i span) {
  __mmask32 first = (__mmask32)valid, second = (__mmask32)(valid >> 32);
  __m512i a = _mm512_sub_epi16(_mm512_maskz_loadu_epi16(first, near), low);
  __m512i b = _mm512_sub_epi16(_mm512_maskz_loadu_epi16(second, near + 32), low);
  return _mm512_mask_cmple_epu16_mask(first, a, span) | (uint64_t)_mm512_mask_cmple_epu16_mask(second, b, span) << 32;
}

static AVX512 void near_avx512(const uint16_t *near, size_t n, uint16_t low, uint16_t span, uint64_t *bits) {
  __m512i lows = _mm512_set1_epi16((short)low), spans = _mm512_set1_epi16((short)span);
  for (size_t first = 0; first < n; first += 64) {
    fetch_ahead(near + first);
    fetch_ahead(near + first + 32);
    bits[first / 64] = near_64(near + first, low_bits(n - first), lows, spans);
  }
}

static AVX512 void tiny_avx512(const int16_t *tiny, size_t n, int16_t low, int16_t high, uint64_t *bits) {
  __m512i lows = _mm512_set1_epi16(low), spans = _mm512_set1_epi16((short)(high - low));
  for (size_t first = 0; first < n; first += 64) {
    fetch_ahead(tiny + first);
    fetch_ahead(tiny + first + 32);
    if (bits[first / 64]) bits[first / 64] = near_64((const uint16_t *)tiny + first, bits[first / 64], lows, spans);
  }
}

static AVX512 void small_avx512(const int32_t *small, size_t n, int32_t low, int32_t high, uint64_t *bits) {
  __m512i lows = _mm512_set1_epi32(low), highs = _mm512_set1_epi32(high);
  for (size_t first = 0; first < n; first += 64) {
    uint64_t word = bits[first / 64], hit = 0;
    if (!word) continue;
    for (size_t i = 0; i < 64; i += 16) {
      __mmask16 some = (__mmask16)(word >> i);
      fetch_ahead(small + first + i);
      __m512i a = _mm512_maskz_loadu_epi32(some, small + first + i);
      some = _mm512_mask_cmpge_epi32_mask(some, a, lows);
      hit |= (uint64_t)_mm512_mask_cmple_epi32_mask(some, a, highs) << i;
    }
    bits[first / 64] = hit;
  }
}

static inline AVX512 uint64_t same_avx512(const uint16_t *patient, size_t n, size_t first) {
  const uint16_t *here = patient + first;
  fetch_ahead(here);
  fetch_ahead(here + 32);
  uint64_t valid = low_bits(n - first - 1);
  __mmask32 low = (__mmask32)valid, high = (__mmask32)(valid >> 32);
  low = _mm512_mask_cmpeq_epi16_mask(low, _mm512_maskz_loadu_epi16(low, here), _mm512_maskz_loadu_epi16(low, here + 1));
  high = _mm512_mask_cmpeq_epi16_mask(high, _mm512_maskz_loadu_epi16(high, here + 32), _mm512_maskz_loadu_epi16(high, here + 33));
  return low | (uint64_t)high << 32;
}

static inline AVX512 uint64_t followed_avx512(const uint16_t *patient, size_t n, const uint64_t *bits, size_t w) { FOLLOWED(same_avx512) }
static AVX512 void thin_avx512(const uint16_t *patient, size_t n, size_t keep, uint64_t *bits) { THIN(followed_avx512) }

/* Which bits of a word are set moves together as bytes, 64 at once, and is spread to numbers, 16 at a time, and to where patients
 * are taken from, 32 at a time: most words have no more than 16. */
static inline AVX512 void number_word(uint64_t word, size_t first, const uint16_t *patient, size_t n_set, uint32_t *at, uint16_t *whose) {
  static const uint8_t steps[64] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
                                    22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
                                    44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  __m512i which = _mm512_maskz_compress_epi8(word, _mm512_loadu_si512(steps)), from = _mm512_set1_epi32((int)first);
  __m512i low = _mm512_maskz_loadu_epi16((__mmask32)word, patient + first);
  __m512i high = _mm512_maskz_loadu_epi16((__mmask32)(word >> 32), patient + first + 32);
  _mm512_storeu_si512(at, _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(which))));
  _mm512_storeu_si512(whose, _mm512_permutex2var_epi16(low, _mm512_cvtepu8_epi16(_mm512_castsi512_si256(which)), high));
  if (n_set <= 16) return;
  _mm512_storeu_si512(at + 16, _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(which, 1))));
  if (n_set <= 32) return;
  _mm512_storeu_si512(at + 32, _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(which, 2))));
  _mm512_storeu_si512(at + 48, _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(which, 3))));
  _mm512_storeu_si512(whose + 32, _mm512_permutex2var_epi16(low, _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(which, 1)), high));
}

static AVX512 size_t number_avx512(const uint64_t *bits, size_t n, const uint16_t *patient, uint32_t *at, uint16_t *whose) {
  size_t found = 0;
  for (size_t first = 0; first < n; first += 64) {
    uint64_t word = bits[first / 64];
    if (!word) continue;
    size_t n_set = (size_t)__builtin_popcountll(word);
    number_word(word, first, patient, n_set, at + found, whose + found);
    found += n_set;
  }
  return found;
}

/* What is written never reaches what is still to be read: 16 numbers are read before fewer or as many are written. */
static AVX512 size_t last_avx512(const uint16_t *whose, size_t n, size_t keep, uint32_t *at) {
  size_t kept = 0, i = 0;
  for (; i + keep + 32 <= n; i += 32) {
    __m512i here = _mm512_loadu_si512(whose + i), there = _mm512_loadu_si512(whose + i + keep);
    uint32_t stays = (uint32_t)_mm512_cmpneq_epi16_mask(here, there);
    __m512i low = _mm512_loadu_si512(at + i), high = _mm512_loadu_si512(at + i + 16);
    uint32_t n_low = (uint32_t)__builtin_popcount(stays & 0xffff);
    _mm512_mask_storeu_epi32(at + kept, (__mmask16)((1u << n_low) - 1), _mm512_maskz_compress_epi32((__mmask16)stays, low));
    kept += n_low;
    uint32_t n_high = (uint32_t)__builtin_popcount(stays >> 16);
    _mm512_mask_storeu_epi32(at + kept, (__mmask16)((1u << n_high) - 1), _mm512_maskz_compress_epi32((__mmask16)(stays >> 16), high));
    kept += n_high;
  }
  return last_from(whose, i, n, keep, at, kept);
}

/* There is no instruction that gathers 16 bits, and what gathers 32 would read beyond the last. */
static AVX512 void tiny_values_avx512(const int16_t *tiny, const uint32_t *at, size_t n, double scale, double *out) {
  const __m512d scales = _mm512_set1_pd(scale);
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    const uint32_t *w = at + i;
    for (size_t k = i + 32; k < i + 40 && k < n; k++) _mm_prefetch((const char *)(tiny + at[k]), _MM_HINT_T0);
    __m128i found = _mm_set_epi16(tiny[w[7]], tiny[w[6]], tiny[w[5]], tiny[w[4]], tiny[w[3]], tiny[w[2]], tiny[w[1]], tiny[w[0]]);
    _mm512_storeu_pd(out + i, _mm512_div_pd(_mm512_cvtepi32_pd(_mm256_cvtepi16_epi32(found)), scales));
  }
  tiny_values_portable(tiny, at + i, n - i, scale, out + i);
}

static AVX512 void small_values_avx512(const int32_t *small, const uint32_t *at, size_t n, double scale, double *out) {
  const __m512d scales = _mm512_set1_pd(scale);
  for (size_t i = 0; i < n; i += 8) {
    __mmask8 some = (__mmask8)low_bits(n - i);
    __m256i where = _mm256_maskz_loadu_epi32(some, at + i);
    for (size_t k = i + 32; k < i + 40 && k < n; k++) _mm_prefetch((const char *)(small + at[k]), _MM_HINT_T0);
    __m256i found = _mm256_mmask_i32gather_epi32(_mm256_setzero_si256(), some, where, small, 4);
    _mm512_mask_storeu_pd(out + i, some, _mm512_div_pd(_mm512_cvtepi32_pd(found), scales));
  }
}

static AVX512 void flags_avx512(const uint8_t *flags, size_t n_words, uint64_t *bits) {
  for (size_t w = 0; w < n_words; w++) {
    __m512i bytes = _mm512_loadu_si512(flags + 64 * w);
    bits[w] = _mm512_test_epi8_mask(bytes, bytes);
  }
}

static AVX512 void known_avx512(const int32_t *day, size_t n_words, uint64_t *bits) {
  const __m512i unknown = _mm512_set1_epi32(DATE_UNKNOWN);
  for (size_t w = 0; w < n_words; w++) {
    uint64_t word = 0;
    for (int i = 0; i < 64; i += 16) word |= (uint64_t)_mm512_cmpneq_epi32_mask(_mm512_loadu_si512(day + 64 * w + i), unknown) << i;
    bits[w] = word;
  }
}

#define COMPARE(name, sign)                                                                              \
  static AVX512 void name##_avx512(const struct select_pair *pair, size_t n_words, uint64_t *bits) {     \
    for (size_t w = 0; w < n_words; w++) {                                                               \
      const double *x = pair->x + w * pair->x_step, *y = pair->y + w * pair->y_step;                     \
      uint64_t word = 0;                                                                                 \
      for (int i = 0; i < 64; i += 8)                                                                    \
        word |= (uint64_t)_mm512_cmp_pd_mask(_mm512_loadu_pd(x + i), _mm512_loadu_pd(y + i), sign) << i; \
      bits[w] = word;                                                                                    \
    }                                                                                                    \
  }
COMPARE(less, _CMP_LT_OQ)
COMPARE(equal, _CMP_EQ_OQ)
COMPARE(at_most, _CMP_LE_OQ)
#undef COMPARE

static AVX512 void at_least_avx512(const struct tally *tally, uint32_t k, size_t n_words, uint64_t *enough, uint64_t *too_few) {
  const __m512i ks = _mm512_set1_epi32((int)k);
  for (size_t w = 0; w < n_words; w++) {
    enough[w] = too_few[w] = 0;
    for (size_t i = 0; i < 64; i += 16) {
      __m512i total = _mm512_loadu_si512(tally->total + w * 64 + i);
      __m512i open = _mm512_sub_epi32(total, _mm512_loadu_si512(tally->no + w * 64 + i));
      __mmask16 some = _mm512_test_epi32_mask(total, total);
      enough[w] |= (uint64_t)_mm512_mask_cmpge_epu32_mask(some, _mm512_loadu_si512(tally->yes + w * 64 + i), ks) << i;
      too_few[w] |= (uint64_t)_mm512_mask_cmplt_epu32_mask(some, open, ks) << i;
    }
  }
}

static const struct select avx512 = {
    .name = "avx512", .near = near_avx512, .tiny = tiny_avx512, .small = small_avx512, .thin = thin_avx512, .number = number_avx512, .last = last_avx512,
    .tiny_values = tiny_values_avx512, .small_values = small_values_avx512, .flags = flags_avx512, .known = known_avx512, .less = less_avx512,
    .equal = equal_avx512, .at_most = at_most_avx512, .at_least = at_least_avx512, .count = count_avx2};
#endif
