/* select_test.c: every variant that this processor has gives the bits that the portable one gives, at all lengths up to a few
 * words, and reads nothing beyond the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/dates.h"
#include "runtime/kernel/select.h"
#include "runtime/store/store.h"

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

/* In tiny and in small ones: those from one limit to another, among those that are selected already. */
static void values_are_selected(void **state) {
  (void)state;
  int16_t tiny[MOST];
  int32_t small[MOST];
  uint32_t seed = 2;
  static const int16_t limits[][2] = {{15, 200}, {-INT16_MAX, INT16_MAX}, {-INT16_MAX, -4}, {5, INT16_MAX}, {-5, -5}};
  for (size_t n = 0; n <= MOST; n++)
    for (size_t l = 0; l < sizeof limits / sizeof *limits; l++) {
      uint64_t before[WORDS + 1] = {0}, wanted[WORDS + 1] = {0}, got[WORDS + 1];
      for (size_t i = 0; i < n; i++) {
        uint32_t kind = next(&seed) % 9;
        tiny[i] = (int16_t)(kind == 0 ? NO_TINY : kind == 1 ? INT16_MAX : (int)(next(&seed) % 300) - 20);
        small[i] = kind == 0 ? NO_SMALL : tiny[i];
        if (next(&seed) % 2 && i / 64 % 2 == 0) before[i / 64] |= UINT64_C(1) << i % 64;
        if (before[i / 64] >> i % 64 & 1 && tiny[i] >= limits[l][0] && tiny[i] <= limits[l][1])
          wanted[i / 64] |= UINT64_C(1) << i % 64;
      }
      int16_t *held_tiny = just(tiny, n * sizeof *tiny);
      int32_t *held_small = just(small, n * sizeof *small);
      for (size_t v = 0; select_variant(v); v++) {
        memcpy(got, before, sizeof got);
        select_variant(v)->tiny(held_tiny, n, limits[l][0], limits[l][1], got);
        assert_memory_equal(got, wanted, (n + 63) / 64 * sizeof *got);
        memcpy(got, before, sizeof got);
        select_variant(v)->small(held_small, n, limits[l][0], limits[l][1], got);
        assert_memory_equal(got, wanted, (n + 63) / 64 * sizeof *got);
      }
      free(held_tiny);
      free(held_small);
    }
}

static void wide_limits_select_small_values(void **state) {
  (void)state;
  static const int32_t small[] = {NO_SMALL, -INT32_MAX, -40000, 0, 40000, INT32_MAX};
  for (size_t v = 0; select_variant(v); v++) {
    uint64_t all = 0x3f, some = 0x3f, none = 0x3f;
    select_variant(v)->small(small, 6, -INT32_MAX, INT32_MAX, &all);
    select_variant(v)->small(small, 6, -40000, 39999, &some);
    select_variant(v)->small(small, 6, 1, 0, &none);
    assert_int_equal(all, 0x3e);
    assert_int_equal(some, 0x0c);
    assert_int_equal(none, 0);
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

/* Bit i stays unless the next `keep` rows are set as well and of its patient. */
static void rows_side_by_side_are_thinned(void **state) {
  (void)state;
  uint32_t seed = 14;
  for (size_t n = 1; n <= MOST; n++)
    for (size_t keep = 1; keep <= 63; keep += keep < 3 ? 1 : 30) {
      uint16_t patients[MOST] = {0}, patient = 0;
      uint64_t bits[WORDS + 1] = {0}, wanted[WORDS + 1] = {0}, got[WORDS + 1];
      uint32_t rare = n % 3 ? 4 : 90;
      for (size_t i = 0; i < n; i++) {
        patients[i] = patient = (uint16_t)(patient + (next(&seed) % rare == 0));
        if (next(&seed) % (rare + 3)) bits[i / 64] |= UINT64_C(1) << i % 64;
      }
      for (size_t i = 0; i < n; i++) {
        size_t beside = 0;
        while (beside < keep && i + beside + 1 < n && bits[(i + beside + 1) / 64] >> (i + beside + 1) % 64 & 1 &&
               patients[i + beside + 1] == patients[i])
          beside++;
        if (bits[i / 64] >> i % 64 & 1 && beside < keep) wanted[i / 64] |= UINT64_C(1) << i % 64;
      }
      uint16_t *held = just(patients, n * sizeof *patients);
      for (size_t v = 0; select_variant(v); v++) {
        memcpy(got, bits, sizeof got);
        select_variant(v)->thin(held, n, keep, got);
        assert_memory_equal(got, wanted, sizeof got);
      }
      free(held);
    }
}

static void values_are_read(void **state) {
  (void)state;
  uint32_t seed = 15;
  int16_t tiny[MOST];
  int32_t small[MOST];
  for (size_t i = 0; i < MOST; i++) tiny[i] = (int16_t)(i % 5 ? (int)(next(&seed) % 65536) - 32768 : i % 2 ? INT16_MAX : INT16_MIN);
  for (size_t i = 0; i < MOST; i++) small[i] = i % 5 ? (int32_t)next(&seed) - 5000000 : i % 2 ? INT32_MAX : INT32_MIN;
  for (size_t n = 0; n <= MOST; n++)
    for (double scale = 1; scale <= 1000; scale *= 10) {
      uint32_t at[MOST];
      for (size_t i = 0; i < n; i++) at[i] = next(&seed) % MOST;
      uint32_t *held = just(at, n * sizeof *at);
      int16_t *held_tiny = just(tiny, sizeof tiny);
      for (size_t v = 0; select_variant(v); v++) {
        double *got = malloc((n + 1) * sizeof *got);
        assert_non_null(got);
        select_variant(v)->tiny_values(held_tiny, held, n, scale, got);
        for (size_t i = 0; i < n; i++) assert_true(got[i] == tiny[at[i]] / scale);
        select_variant(v)->small_values(small, held, n, scale, got);
        for (size_t i = 0; i < n; i++) assert_true(got[i] == small[at[i]] / scale);
        free(got);
      }
      free(held_tiny);
      free(held);
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

static void days_are_known(void **state) {
  (void)state;
  int32_t days[64 * WORDS];
  uint32_t seed = 6;
  uint64_t wanted[WORDS] = {0}, got[WORDS];
  static const int32_t kinds[] = {DATE_UNKNOWN, DATE_EVER, 0, -1, DATE_OPEN, DATE_UNKNOWN};
  for (size_t i = 0; i < 64 * WORDS; i++) {
    days[i] = kinds[next(&seed) % 6];
    wanted[i / 64] |= (uint64_t)(days[i] != DATE_UNKNOWN) << i % 64;
  }
  for (size_t v = 0; select_variant(v); v++) {
    select_variant(v)->known(days, WORDS, got);
    assert_memory_equal(got, wanted, sizeof got);
  }
}

/* Numbers of all kinds, equal ones and what is no number among them. */
static double some_number(uint32_t *seed) {
  static const double odd[] = {NAN, INFINITY, -INFINITY, 0.0, -0.0, 5e-324, 1e308};
  uint32_t which = next(seed) % 40;
  return which < 7 ? odd[which] : (int)(next(seed) % 7) - 3;
}

static void numbers_are_compared(void **state) {
  (void)state;
  uint32_t seed = 6;
  for (int round = 0; round < 200; round++) {
    double x[WORDS * 64], y[WORDS * 64];
    uint64_t less[WORDS] = {0}, equal[WORDS] = {0}, at_most[WORDS] = {0}, got[WORDS];
    struct select_pair pair = {x, y, round % 2 ? 64 : 0, round / 2 % 2 ? 64 : 0};
    for (size_t i = 0; i < WORDS * 64; i++) {
      x[i] = pair.x_step || i == 0 ? some_number(&seed) : x[0];
      y[i] = pair.y_step || i == 0 ? some_number(&seed) : y[0];
      less[i / 64] |= (uint64_t)(x[i] < y[i]) << i % 64;
      equal[i / 64] |= (uint64_t)(x[i] == y[i]) << i % 64;
      at_most[i / 64] |= (uint64_t)(x[i] <= y[i]) << i % 64;
    }
    for (size_t v = 0; select_variant(v); v++) {
      select_variant(v)->less(&pair, WORDS, got);
      assert_memory_equal(got, less, sizeof got);
      select_variant(v)->equal(&pair, WORDS, got);
      assert_memory_equal(got, equal, sizeof got);
      select_variant(v)->at_most(&pair, WORDS, got);
      assert_memory_equal(got, at_most, sizeof got);
    }
  }
}

static void tallies_are_compared(void **state) {
  (void)state;
  static const uint32_t ks[] = {0, 1, 2, 3, INT32_MAX, UINT32_MAX};
  uint32_t seed = 7;
  for (int round = 0; round < 200; round++) {
    uint32_t yes[WORDS * 64], no[WORDS * 64], total[WORDS * 64], k = ks[round % 6];
    struct tally tally = {.yes = yes, .no = no, .total = total, .n_words = WORDS};
    uint64_t enough[WORDS] = {0}, too_few[WORDS] = {0}, got[WORDS], got_few[WORDS];
    for (size_t i = 0; i < WORDS * 64; i++) {
      total[i] = next(&seed) % 20 ? next(&seed) % 5 : UINT32_MAX - next(&seed) % 3;
      yes[i] = total[i] ? next(&seed) % total[i] : 0;
      no[i] = total[i] - yes[i] ? next(&seed) % (total[i] - yes[i]) : 0;
      enough[i / 64] |= (uint64_t)(total[i] && yes[i] >= k) << i % 64;
      too_few[i / 64] |= (uint64_t)(total[i] && total[i] - no[i] < k) << i % 64;
    }
    for (size_t v = 0; select_variant(v); v++) {
      select_variant(v)->at_least(&tally, k, WORDS, got, got_few);
      assert_memory_equal(got, enough, sizeof got);
      assert_memory_equal(got_few, too_few, sizeof got_few);
    }
  }
}

static void bits_are_counted(void **state) {
  (void)state;
  uint32_t seed = 8;
  uint64_t bits[WORDS];
  for (size_t w = 0; w < WORDS; w++) bits[w] = (uint64_t)next(&seed) << 40 ^ (uint64_t)next(&seed) << 20 ^ next(&seed);
  for (uint32_t first = 0; first < WORDS * 64; first += 7)
    for (uint32_t end = first + 1; end <= WORDS * 64; end++) {
      struct select_range ranges[] = {{first, end}, {end - 1, end}, {0, WORDS * 64}};
      uint32_t wanted[3] = {0}, counts[3];
      for (int r = 0; r < 3; r++)
        for (uint32_t i = ranges[r].first; i < ranges[r].end; i++) wanted[r] += bits[i / 64] >> i % 64 & 1;
      for (size_t v = 0; select_variant(v); v++) {
        select_variant(v)->count(bits, ranges, 3, counts);
        assert_memory_equal(counts, wanted, sizeof counts);
      }
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
      cmocka_unit_test(dates_are_selected), cmocka_unit_test(values_are_selected),
      cmocka_unit_test(wide_limits_select_small_values), cmocka_unit_test(rows_are_numbered),
      cmocka_unit_test(the_last_rows_stay), cmocka_unit_test(rows_side_by_side_are_thinned), cmocka_unit_test(values_are_read),
      cmocka_unit_test(flags_become_bits), cmocka_unit_test(days_are_known),   cmocka_unit_test(numbers_are_compared),
      cmocka_unit_test(tallies_are_compared), cmocka_unit_test(bits_are_counted), cmocka_unit_test(one_variant_is_chosen),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
