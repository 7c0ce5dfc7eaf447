/* keys.c: the keys of some rows in their order, where each stands near its place: rows come patient by patient, a few of each.
 *
 *   keys    1·31  1·12  1·25 │ 2·07 │ 3·18  3·02        patient · date and number
 *   less    +2    −1    −1   │  0   │ +1    −1          how many stand behind it that are less, before it that are more
 *   sorted  1·12  1·25  1·31 │ 2·07 │ 3·02  3·18
 *
 * How many rows a patient has no processor foresees, so sorting each by itself is mostly waiting for branches that went wrong. Here
 * every key is compared with as many neighbours as any could be away from, several keys at once, and nothing is branched on. */
#include "runtime/cpu/cpu.h"
#include "runtime/store/inner.h"

/* Insertion, for keys stand near their places. */
static void order_portable(uint64_t *keys, size_t n, size_t reach, uint64_t *sorted) {
  (void)reach;
  for (size_t i = 0; i < n; i++) {
    uint64_t key = keys[i];
    size_t place = i;
    for (; place > 0 && sorted[place - 1] > key; place--) sorted[place] = sorted[place - 1];
    sorted[place] = key;
  }
}

#if defined(__x86_64__)
#include <immintrin.h>

/* What stands around the keys is in no one's way: less than all before them, more than all behind them. */
static void fence(uint64_t *keys, size_t n) {
  for (size_t i = 1; i <= KEY_REACH; i++) keys[-(ptrdiff_t)i] = 0;
  for (size_t i = 0; i < KEY_SLACK - KEY_REACH; i++) keys[n + i] = INT64_MAX;
}

static inline void put(const uint64_t *keys, const uint64_t *places, size_t n, uint64_t *sorted) {
  for (size_t i = 0; i < n; i++) sorted[places[i]] = keys[i];
}

/* Keys are below 2^63, so that a comparison of signed numbers will do. */
__attribute__((target("avx2"))) static void order_avx2(uint64_t *keys, size_t n, size_t reach, uint64_t *sorted) {
  uint64_t places[4];
  __m256i place = _mm256_setr_epi64x(0, 1, 2, 3);
  fence(keys, n);
  for (size_t i = 0; i < n; i += 4, place = _mm256_add_epi64(place, _mm256_set1_epi64x(4))) {
    __m256i key = _mm256_loadu_si256((const __m256i *)(keys + i)), moved = place;
    for (size_t away = 1; away <= reach; away++) {
      __m256i after = _mm256_loadu_si256((const __m256i *)(keys + i + away)), before = _mm256_loadu_si256((const __m256i *)(keys + i - away));
      moved = _mm256_sub_epi64(moved, _mm256_cmpgt_epi64(key, after));
      moved = _mm256_add_epi64(moved, _mm256_cmpgt_epi64(before, key));
    }
    _mm256_storeu_si256((__m256i *)places, moved);
    put(keys + i, places, n - i < 4 ? n - i : 4, sorted);
  }
}

__attribute__((target("avx512f"))) static void order_avx512(uint64_t *keys, size_t n, size_t reach, uint64_t *sorted) {
  uint64_t places[8];
  __m512i one = _mm512_set1_epi64(1), place = _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7);
  fence(keys, n);
  for (size_t i = 0; i < n; i += 8, place = _mm512_add_epi64(place, _mm512_set1_epi64(8))) {
    __m512i key = _mm512_loadu_si512(keys + i), moved = place;
    for (size_t away = 1; away <= reach; away++) {
      moved = _mm512_mask_add_epi64(moved, _mm512_cmplt_epu64_mask(_mm512_loadu_si512(keys + i + away), key), moved, one);
      moved = _mm512_mask_sub_epi64(moved, _mm512_cmpgt_epu64_mask(_mm512_loadu_si512(keys + i - away), key), moved, one);
    }
    _mm512_storeu_si512(places, moved);
    put(keys + i, places, n - i < 8 ? n - i : 8, sorted);
  }
}
#endif

key_order *key_order_variant(size_t number) {
#if defined(__x86_64__)
  static key_order *const variants[] = {[CPU_PORTABLE] = order_portable, [CPU_AVX2] = order_avx2, [CPU_AVX512] = order_avx512};
#else
  static key_order *const variants[] = {[CPU_PORTABLE] = order_portable};
#endif
  return number <= (size_t)cpu_best() ? variants[number] : NULL;
}

key_order *key_order_chosen(void) { return key_order_variant((size_t)cpu_chosen()); }
