/* dates.c: the dates of many rows at once, where the processor can do so: eight of them, digit by digit, in the eight numbers of a register.
 *
 *   2024-03-01  ┐ each digit less '0', dashes 0;   ten times the first of two and the second: 20 24 00 03 · 01;
 *   2019-11-30  │ then 2024 and 3; of the month, from a table, the days before it and its own
 *   …           ┘
 *
 * Years are those for which every fourth is a leap year, 1901 to 2099; all that is not such a date is left to date.c. */
#include "runtime/cpu/cpu.h"
#include "runtime/csv/inner.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl")))

enum { FIRST_YEAR = 1901, LAST_YEAR = 2099, TO_FIRST_YEAR = -25202 /* 1901-01-01 */ };

/* By month, from 0 to 15: the days before it, and how many it has, of a common year. */
static const int32_t days_before[16] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334}, days_in[16] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

/* The ten bytes of each date: "2024-03-" and "01". */
struct eight { __m512i month, day; };

/* Eight loads; on many processors a gathering one takes longer. */
static inline AVX512 __m512i load_eight(const char *const at[8], size_t further) {
#define AT(i) (long long)eight_bytes(at[i] + further)
  return _mm512_set_epi64(AT(7), AT(6), AT(5), AT(4), AT(3), AT(2), AT(1), AT(0));
#undef AT
}

/* Of dates that stand there; a date that is turned is 01-03-2024. */
static inline AVX512 struct eight load_dates(const char *const at[8], bool turned) {
  __m512i first = load_eight(at, 0), last = load_eight(at, 2);
  if (!turned) return (struct eight){first, _mm512_srli_epi64(last, 48)};
  const __m512i places = _mm512_broadcast_i32x4(_mm_setr_epi8(4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
  return (struct eight){_mm512_shuffle_epi8(last, places), _mm512_and_si512(first, _mm512_set1_epi64(0xffff))};
}

/* Reads eight dates, and gives which of them are none. */
static inline AVX512 __mmask8 read_eight(struct eight text, __m512i *dates) {
  __m512i month_text = _mm512_xor_si512(text.month, _mm512_set1_epi64(0x2d30302d30303030)); /* "0000-00-" */
  __m512i day_text = _mm512_xor_si512(text.day, _mm512_set1_epi64(0x3030));
  __mmask64 wrong = _mm512_cmpgt_epu8_mask(month_text, _mm512_set1_epi64(0x0009090009090909)) | _mm512_cmpgt_epu8_mask(day_text, _mm512_set1_epi64(0x0909));
  /* Two digits each, then the century's and the year's, and the month's: year below, month above. */
  __m512i pairs = _mm512_maddubs_epi16(month_text, _mm512_set1_epi64(0x00010a00010a010a));
  __m512i both = _mm512_madd_epi16(pairs, _mm512_set1_epi64(0x0001000100010064));
  __m512i year = _mm512_sub_epi64(_mm512_and_si512(both, _mm512_set1_epi64(0xffff)), _mm512_set1_epi64(FIRST_YEAR));
  __m512i month = _mm512_srli_epi64(both, 32), day = _mm512_maddubs_epi16(day_text, _mm512_set1_epi64(0x010a));
  __mmask8 leap = _mm512_testn_epi64_mask(_mm512_add_epi64(year, _mm512_set1_epi64(1)), _mm512_set1_epi64(3));
  __mmask8 after_february = _mm512_cmpgt_epu64_mask(month, _mm512_set1_epi64(2)), february = _mm512_cmpeq_epu64_mask(month, _mm512_set1_epi64(2));
  /* A month's number stands in the lower half; the upper one, 0, finds 0. */
  __m512i before = _mm512_permutexvar_epi32(month, _mm512_loadu_si512(days_before)), days = _mm512_permutexvar_epi32(month, _mm512_loadu_si512(days_in));
  before = _mm512_mask_add_epi64(before, leap & after_february, before, _mm512_set1_epi64(1));
  days = _mm512_mask_add_epi64(days, leap & february, days, _mm512_set1_epi64(1));
  __m512i before_year = _mm512_add_epi64(_mm512_mul_epu32(year, _mm512_set1_epi64(365)), _mm512_srli_epi64(year, 2));
  *dates = _mm512_add_epi64(_mm512_add_epi64(before_year, before), _mm512_add_epi64(day, _mm512_set1_epi64(TO_FIRST_YEAR - 1)));
  __mmask8 none = _mm512_cmpgt_epu64_mask(year, _mm512_set1_epi64(LAST_YEAR - FIRST_YEAR)) | _mm512_cmpgt_epu64_mask(month, _mm512_set1_epi64(12));
  none |= _mm512_cmpge_epu64_mask(_mm512_sub_epi64(day, _mm512_set1_epi64(1)), days);
  return none | _mm512_test_epi64_mask(_mm512_movm_epi8(wrong), _mm512_set1_epi64(-1));
}

static inline AVX512 size_t read_dates(struct dates_at at, size_t n, int32_t *dates, bool turned) {
  for (size_t i = 0; i + 8 <= n; i += 8) {
    const char *texts[8];
    unsigned none = 0;
    __m512i read;
    for (unsigned k = 0; k < 8; k++) {
      const uint32_t *marks = at.marks + (i + k) * at.step;
      uint32_t begin = marks[0] + 1;
      texts[k] = at.bytes + begin;
      none |= (unsigned)(marks[1] - begin != 10 + at.cr) << k;
    }
    none |= read_eight(load_dates(texts, turned), &read);
    _mm256_storeu_si256((__m256i *)(dates + i), _mm512_cvtepi64_epi32(read));
    if (none) return i + (size_t)__builtin_ctz(none);
  }
  return n / 8 * 8;
}

static AVX512 size_t read_usual_avx512(struct dates_at at, size_t n, int32_t *dates) { return read_dates(at, n, dates, false); }
static AVX512 size_t read_turned_avx512(struct dates_at at, size_t n, int32_t *dates) { return read_dates(at, n, dates, true); }
#endif

static size_t read_none(struct dates_at at, size_t n, int32_t *dates) {
  (void)at, (void)n, (void)dates;
  return 0;
}

dates_read *dates_chosen(bool turned) {
#if defined(__x86_64__)
  if (cpu_chosen() == CPU_AVX512) return turned ? read_turned_avx512 : read_usual_avx512;
#endif
  (void)turned;
  return read_none;
}
