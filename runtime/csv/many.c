/* many.c: eight cells at once, each in one of the eight numbers of a register.
 *
 *   2024-03-01  ┐ each digit less '0', dashes 0;   ten times the first of two and the second: 20 24 00 03 · 01;
 *   2019-11-30  │ then 2024 and 3; of the month, from a table, the days before it and its own
 *   …           ┘
 *
 * What is asked of a cell one by one is asked here in the same way (date.c, events.h, decimal.h); there the reasons are. */
#include "runtime/csv/many.h"
#include "runtime/cpu/cpu.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi2,popcnt")))

/* ── eight cells ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Written out eight times, so that all of it stays in registers: a loop over them, or eight numbers that are stored and then loaded as
 * one register, take twice the time. */
#define EIGHT(of) of(0), of(1), of(2), of(3), of(4), of(5), of(6), of(7)
#define INLINE    static inline __attribute__((always_inline)) AVX512

struct eight { const char *at[8]; __m512i length; };

INLINE __m512i all(uint64_t number) { return _mm512_set1_epi64((long long)number); }

INLINE __m512i together(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f, uint64_t g, uint64_t h) {
  return _mm512_setr_epi64((long long)a, (long long)b, (long long)c, (long long)d, (long long)e, (long long)f, (long long)g, (long long)h);
}

/* The mark before a cell in the lower half, the one behind it in the upper. */
INLINE uint64_t both_marks(const uint32_t *marks) { return eight_bytes((const char *)marks); }

INLINE struct eight eight_cells(struct column column, const uint32_t *const marks[8]) {
#define BEGIN(k) column.bytes + (uint32_t)(marks[k][0] + 1)
#define BOTH(k)  both_marks(marks[k])
  __m512i both = together(EIGHT(BOTH)), begin = _mm512_and_si512(_mm512_add_epi64(both, all(1)), all(UINT32_MAX));
  __m512i end = _mm512_sub_epi64(_mm512_srli_epi64(both, 32), all(column.cr));
  return (struct eight){{EIGHT(BEGIN)}, _mm512_sub_epi64(end, begin)};
#undef BEGIN
#undef BOTH
}

/* Those of the rows from `first` on. */
INLINE struct eight eight_rows(struct column column, size_t first) {
#define MARKS(k) column.marks + (first + k) * column.step
  return eight_cells(column, (const uint32_t *const[]){EIGHT(MARKS)});
#undef MARKS
}

/* Those of these rows. */
INLINE struct eight eight_of(struct column column, const uint16_t *rows) {
#define MARKS(k) column.marks + rows[k] * column.step
  return eight_cells(column, (const uint32_t *const[]){EIGHT(MARKS)});
#undef MARKS
}

/* Eight bytes of each cell. On many processors a load that gathers them takes longer. */
INLINE __m512i load_bytes(const struct eight *eight, size_t further) {
#define BYTES(k) eight_bytes(eight->at[k] + further)
  return together(EIGHT(BYTES));
#undef BYTES
}

/* ── dates ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Years in which every fourth one is a leap year. */
enum { FIRST_YEAR = 1901, LAST_YEAR = 2099, TO_FIRST_YEAR = -25202 /* 1901-01-01 */ };

/* By month, from 0 to 15: the days before it, and how many it has, of a common year. */
static const int32_t days_before[16] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334}, days_in[16] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

/* "2024-03-" and "01" of each. */
struct date_texts { __m512i month, day; };

INLINE struct date_texts load_dates(const struct eight *eight, bool turned) {
  __m512i first = load_bytes(eight, 0), last = load_bytes(eight, 2);
  if (!turned) return (struct date_texts){first, _mm512_srli_epi64(last, 48)};
  const __m512i places = _mm512_broadcast_i32x4(_mm_setr_epi8(4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
  return (struct date_texts){_mm512_shuffle_epi8(last, places), _mm512_and_si512(first, all(0xffff))};
}

/* Reads eight dates, and gives which of them are none. */
INLINE __mmask8 read_eight_dates(struct date_texts text, __m512i *dates) {
  __m512i month_text = _mm512_xor_si512(text.month, all(0x2d30302d30303030)); /* "0000-00-" */
  __m512i day_text = _mm512_xor_si512(text.day, all(0x3030));
  __mmask64 wrong = _mm512_cmpgt_epu8_mask(month_text, all(0x0009090009090909)) | _mm512_cmpgt_epu8_mask(day_text, all(0x0909));
  /* Two digits each, then the century's and the year's, and the month's: year below, month above. */
  __m512i pairs = _mm512_maddubs_epi16(month_text, all(0x00010a00010a010a)), both = _mm512_madd_epi16(pairs, all(0x0001000100010064));
  __m512i year = _mm512_sub_epi64(_mm512_and_si512(both, all(0xffff)), all(FIRST_YEAR));
  __m512i month = _mm512_srli_epi64(both, 32), day = _mm512_maddubs_epi16(day_text, all(0x010a));
  __mmask8 leap = _mm512_testn_epi64_mask(_mm512_add_epi64(year, all(1)), all(3));
  __mmask8 after_february = _mm512_cmpgt_epu64_mask(month, all(2)), february = _mm512_cmpeq_epu64_mask(month, all(2));
  /* A month's number stands in the lower half; the upper one, 0, finds 0. */
  __m512i before = _mm512_permutexvar_epi32(month, _mm512_loadu_si512(days_before)), days = _mm512_permutexvar_epi32(month, _mm512_loadu_si512(days_in));
  before = _mm512_mask_add_epi64(before, leap & after_february, before, all(1));
  days = _mm512_mask_add_epi64(days, leap & february, days, all(1));
  __m512i before_year = _mm512_add_epi64(_mm512_mul_epu32(year, all(365)), _mm512_srli_epi64(year, 2));
  *dates = _mm512_add_epi64(_mm512_add_epi64(before_year, before), _mm512_add_epi64(day, _mm512_set1_epi64(TO_FIRST_YEAR - 1)));
  __mmask8 none = _mm512_cmpgt_epu64_mask(year, all(LAST_YEAR - FIRST_YEAR)) | _mm512_cmpgt_epu64_mask(month, all(12));
  none |= _mm512_cmpge_epu64_mask(_mm512_sub_epi64(day, all(1)), days);
  return none | _mm512_test_epi64_mask(_mm512_movm_epi8(wrong), all(UINT64_MAX));
}

static AVX512 size_t read_dates(struct column column, size_t n, bool turned, int32_t *dates) {
  for (size_t i = 0; i + 8 <= n; i += 8) {
    struct eight eight = eight_rows(column, i);
    __m512i read;
    unsigned none = _mm512_cmpneq_epu64_mask(eight.length, all(10));
    none |= read_eight_dates(load_dates(&eight, turned), &read);
    _mm256_storeu_si256((__m256i *)(dates + i), _mm512_cvtepi64_epi32(read));
    if (none) return i + (size_t)__builtin_ctz(none);
  }
  return n / 8 * 8;
}

/* ── codes ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The bytes of a text of so many that stand in its first word, where it has bits / 8 in that and the ones before. */
INLINE __m512i keep(__m512i length, uint64_t bits) {
  return _mm512_srlv_epi64(all(UINT64_MAX), _mm512_subs_epu16(all(bits), _mm512_slli_epi64(length, 3)));
}

#define PASSED_OVER (UINT64_C(1) << 32)
#define IS_LONG     (UINT64_C(1) << 40)

/* Which codes are known, and what is remembered of each behind its text. Few codes have more than eight bytes. */
INLINE __mmask8 find_codes(const struct eight *eight, const struct key *key, __m512i *met) {
  __mmask8 is_short = _mm512_cmple_epu64_mask(eight->length, all(16)), is_long = is_short & _mm512_cmpgt_epu64_mask(eight->length, all(8));
  __m512i length = _mm512_maskz_mov_epi64(is_short, eight->length);
  __m512i low = _mm512_and_si512(load_bytes(eight, 0), keep(length, 64)), high = _mm512_setzero_si512();
  if (is_long) high = _mm512_and_si512(load_bytes(eight, 8), keep(length, 128));
  __m512i place = _mm512_srli_epi64(_mm512_mullo_epi64(_mm512_xor_si512(low, high), all(key->factor)), 64 - MET_BITS);
  __m512i word = _mm512_add_epi64(place, _mm512_add_epi64(place, place)); /* three words each */
  __mmask8 known = is_short & _mm512_cmpeq_epi64_mask(low, _mm512_i64gather_epi64(word, key->met, 8));
  *met = _mm512_i64gather_epi64(word, (const char *)key->met + 16, 8);
  if (!is_long) return known & _mm512_testn_epi64_mask(*met, all(IS_LONG));
  return known & _mm512_cmpeq_epi64_mask(high, _mm512_i64gather_epi64(word, (const char *)key->met + 8, 8));
}

static AVX512 size_t list_codes(struct column column, size_t n, const struct key *key, const uint32_t *patients, struct further *further) {
  _Static_assert(sizeof(struct met_code) == 24 && offsetof(struct met_code, number) == 16 && offsetof(struct met_code, passed_over) == 20 &&
                 offsetof(struct met_code, is_long) == 21, "three words");
  const __m128i rows = _mm_setr_epi16(0, 1, 2, 3, 4, 5, 6, 7);
  size_t n_further = 0;
  for (size_t i = 0; i + 8 <= n; i += 8) {
    struct eight eight = eight_rows(column, i);
    __m512i met;
    __mmask8 known = find_codes(&eight, key, &met), passed_over = known & _mm512_test_epi64_mask(met, all(PASSED_OVER));
    __mmask8 nobody = _mm256_cmpeq_epi32_mask(_mm256_loadu_si256((const __m256i *)(patients + i)), _mm256_set1_epi32(-1));
    __mmask8 listed = nobody | (__mmask8)~passed_over;
    __m256i codes = _mm512_cvtepi64_epi32(_mm512_maskz_mov_epi64(known, met));
    _mm256_storeu_si256((__m256i *)(further->codes + n_further), _mm256_maskz_compress_epi32(listed, codes));
    _mm_storeu_si128((__m128i *)(further->rows + n_further), _mm_maskz_compress_epi16(listed, _mm_add_epi16(rows, _mm_set1_epi16((short)i))));
    n_further += (size_t)__builtin_popcount(listed);
  }
  further->n = n_further;
  return n / 8 * 8;
}

/* ── decimals ────────────────────────────────────────────────────────────────────────────────────────────────────── */

INLINE __m512i read_eight_decimals(const struct eight *eight, bool comma) {
  __m512i length = eight->length, ones = all(UINT64_MAX), bits = _mm512_sub_epi64(all(64), _mm512_slli_epi64(length, 3));
  __m512i word = _mm512_sllv_epi64(load_bytes(eight, 0), bits); /* the last byte is the highest */
  __mmask64 points = _mm512_cmpeq_epi8_mask(word, _mm512_set1_epi8('.'));
  if (comma) points |= _mm512_cmpeq_epi8_mask(word, _mm512_set1_epi8(','));
  __m512i point = _mm512_movm_epi8(points), first = _mm512_and_si512(point, _mm512_sub_epi64(_mm512_setzero_si512(), point));
  __mmask8 pointed = _mm512_test_epi64_mask(point, point);
  /* Without its point the part before it moves up by one. */
  __m512i below = _mm512_sub_epi64(first, all(1)), above = _mm512_slli_epi64(_mm512_xor_si512(below, ones), 8);
  __m512i joined = _mm512_or_si512(_mm512_and_si512(word, above), _mm512_slli_epi64(_mm512_and_si512(word, below), 8));
  __m512i digits = _mm512_xor_si512(_mm512_mask_mov_epi64(word, pointed, joined), _mm512_set1_epi8('0'));
  __m512i used = _mm512_sllv_epi64(ones, _mm512_mask_add_epi64(bits, pointed, bits, all(8)));
  digits = _mm512_and_si512(digits, used);
  __m512i decimals = _mm512_maskz_srli_epi64(pointed, _mm512_sub_epi64(_mm512_lzcnt_epi64(first), all(7)), 3);
  __mmask8 none = _mm512_cmpgt_epu64_mask(_mm512_sub_epi64(length, all(1)), all(7));
  none |= _mm512_test_epi64_mask(_mm512_movm_epi8(_mm512_cmpgt_epu8_mask(digits, _mm512_set1_epi8(9))), ones);
  none |= pointed & (_mm512_testn_epi64_mask(decimals, ones) | _mm512_cmpge_epu64_mask(decimals, _mm512_sub_epi64(length, all(1))));
  /* Two digits, four, and eight. */
  __m512i fours = _mm512_madd_epi16(_mm512_maddubs_epi16(digits, all(0x010a010a010a010a)), all(0x0001006400010064));
  __m512i whole = _mm512_add_epi64(_mm512_mul_epu32(fours, all(10000)), _mm512_srli_epi64(fours, 32));
  decimals = _mm512_mask_mov_epi64(decimals, none, all(NO_DECIMALS));
  return _mm512_or_si512(whole, _mm512_slli_epi64(decimals, 32));
}

static AVX512 size_t read_decimals(struct column column, const uint16_t *rows, size_t n, bool comma, struct decimal *decimals) {
  _Static_assert(sizeof(struct decimal) == 8 && offsetof(struct decimal, decimals) == 4, "one word");
  for (size_t i = 0; i + 8 <= n; i += 8) {
    struct eight eight = eight_of(column, rows + i);
    _mm512_storeu_si512(decimals + i, read_eight_decimals(&eight, comma));
  }
  return n / 8 * 8;
}

static const struct many eight_at_once = {read_dates, list_codes, read_decimals};
#endif

/* ── where there is no way ───────────────────────────────────────────────────────────────────────────────────────── */

static size_t no_dates(struct column column, size_t n, bool turned, int32_t *dates) {
  (void)column, (void)n, (void)turned, (void)dates;
  return 0;
}

static size_t no_codes(struct column column, size_t n, const struct key *key, const uint32_t *patients, struct further *further) {
  (void)column, (void)n, (void)key, (void)patients;
  further->n = 0;
  return 0;
}

static size_t no_decimals(struct column column, const uint16_t *rows, size_t n, bool comma, struct decimal *decimals) {
  (void)column, (void)rows, (void)n, (void)comma, (void)decimals;
  return 0;
}

const struct many *many_chosen(void) {
  static const struct many none = {no_dates, no_codes, no_decimals};
#if defined(__x86_64__)
  if (cpu_chosen() == CPU_AVX512) return &eight_at_once;
#endif
  return &none;
}
