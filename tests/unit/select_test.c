/* select_test.c: every variant that this processor has gives the bits that the portable one gives, at all lengths up to a few
 * words, and reads nothing beyond the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/kernel/select.h"

enum { MOST = 260, WORDS = (MOST + 63) / 64 };

/* Numbers that are made up, the same every time. */
static uint32_t next(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

/* Memory of just n bytes, so that a sanitizer sees what is read after them. */
static void *just(const void *bytes, size_t n) {
  void *copy = malloc(n ? n : 1);
  assert_non_null(copy);
  memcpy(copy, bytes, n);
  return copy;
}

static void dates_are_selected(void **state) {
  (void)state;
  uint16_t dates[MOST];
  uint32_t seed = 1;
  static const uint16_t lows[] = {0, 1, 400, 65535}, spans[] = {0, 1, 300, 65135, 65535};
  for (size_t n = 0; n <= MOST; n++)
    for (size_t l = 0; l < 4; l++)
      for (size_t s = 0; s < 5; s++) {
        for (size_t i = 0; i < n; i++) dates[i] = next(&seed) % 3 ? (uint16_t)(next(&seed) % 900) : (uint16_t)next(&seed);
        uint64_t wanted[WORDS + 1] = {0}, got[WORDS + 1];
        uint16_t *held = just(dates, n * sizeof *dates);
        for (size_t i = 0; i < n; i++) wanted[i / 64] |= (uint64_t)((uint16_t)(dates[i] - lows[l]) <= spans[s]) << i % 64;
        for (size_t v = 0; select_variant(v); v++) {
          memset(got, 0xa5, sizeof got);
          select_variant(v)->near(held, n, lows[l], spans[s], got);
          assert_memory_equal(got, wanted, (n + 63) / 64 * sizeof *got);
        }
        free(held);
      }
}

static void values_are_selected(void **state) {
  (void)state;
  int32_t values[MOST];
  uint32_t seed = 2;
  static const int32_t limits[][2] = {{15, 200}, {INT32_MIN + 1, INT32_MAX}, {1, 0}, {-5, -5}};
  for (size_t n = 0; n <= MOST; n++)
    for (size_t l = 0; l < 4; l++) {
      uint64_t before[WORDS + 1] = {0}, wanted[WORDS + 1] = {0}, got[WORDS + 1];
      for (size_t i = 0; i < n; i++) {
        values[i] = next(&seed) % 9 == 0 ? INT32_MIN : (int32_t)(next(&seed) % 300) - 20;
        if (next(&seed) % 2 && i / 64 % 2 == 0) before[i / 64] |= UINT64_C(1) << i % 64;
        if (before[i / 64] >> i % 64 & 1 && values[i] >= limits[l][0] && values[i] <= limits[l][1])
          wanted[i / 64] |= UINT64_C(1) << i % 64;
      }
      int32_t *held = just(values, n * sizeof *values);
      for (size_t v = 0; select_variant(v); v++) {
        memcpy(got, before, sizeof got);
        select_variant(v)->small(held, n, limits[l][0], limits[l][1], got);
        assert_memory_equal(got, wanted, (n + 63) / 64 * sizeof *got);
      }
      free(held);
    }
}

static void rows_are_numbered(void **state) {
  (void)state;
  uint16_t patients[MOST];
  uint32_t seed = 3;
  for (size_t n = 0; n <= MOST; n++)
    for (uint32_t one_in = 1; one_in <= 20; one_in += 3) {
      uint64_t bits[WORDS + 1] = {0};
      uint32_t at[MOST + SELECT_SLACK];
      uint16_t whose[MOST + SELECT_SLACK];
      for (size_t i = 0; i < n; i++) {
        patients[i] = (uint16_t)next(&seed);
        if (next(&seed) % one_in == 0) bits[i / 64] |= UINT64_C(1) << i % 64;
      }
      uint16_t *held = just(patients, n * sizeof *patients);
      for (size_t v = 0; select_variant(v); v++) {
        size_t found = select_variant(v)->number(bits, n, held, at, whose), i = 0;
        for (size_t row = 0; row < n; row++) {
          if (!(bits[row / 64] >> row % 64 & 1)) continue;
          assert_int_equal(at[i], row);
          assert_int_equal(whose[i++], patients[row]);
        }
        assert_int_equal(found, i);
      }
      free(held);
    }
}

static void the_last_rows_stay(void **state) {
  (void)state;
  uint32_t seed = 4;
  for (size_t n = 0; n <= MOST; n++)
    for (size_t keep = 1; keep <= 40; keep += keep < 3 ? 1 : 18) {
      uint16_t whose[MOST + SELECT_SLACK] = {0}, patient = 0;
      for (size_t i = 0; i < n; i++) whose[i] = patient = (uint16_t)(patient + (next(&seed) % 4 == 0));
      for (size_t v = 0; select_variant(v); v++) {
        uint32_t at[MOST + SELECT_SLACK];
        for (size_t i = 0; i < n; i++) at[i] = (uint32_t)(2 * i);
        size_t kept = select_variant(v)->last(whose, n, keep, at), expected = 0;
        for (size_t i = 0; i < n; i++)
          if (i + keep >= n || whose[i + keep] != whose[i]) assert_int_equal(at[expected++], 2 * i);
        assert_int_equal(kept, expected);
      }
    }
}

static void flags_become_bits(void **state) {
  (void)state;
  uint8_t flags[64 * WORDS];
  uint32_t seed = 5;
  uint64_t wanted[WORDS] = {0}, got[WORDS];
  for (size_t i = 0; i < sizeof flags; i++) {
    flags[i] = next(&seed) % 2;
    wanted[i / 64] |= (uint64_t)flags[i] << i % 64;
  }
  for (size_t v = 0; select_variant(v); v++) {
    select_variant(v)->flags(flags, WORDS, got);
    assert_memory_equal(got, wanted, sizeof got);
  }
}

static void one_variant_is_chosen(void **state) {
  (void)state;
  assert_string_equal(select_variant(0)->name, "portable");
  setenv("KLYNGE_CPU", "portable", 1);
  assert_ptr_equal(select_chosen()->near, select_variant(0)->near);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(dates_are_selected), cmocka_unit_test(values_are_selected), cmocka_unit_test(rows_are_numbered),
      cmocka_unit_test(the_last_rows_stay), cmocka_unit_test(flags_become_bits),   cmocka_unit_test(one_variant_is_chosen),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
