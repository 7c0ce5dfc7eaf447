/* brief_test.c: rows whose date and number are one key. Keys are put in order by every variant as by the slow way, and a segment of such
 * rows is what sorting them plainly gives, whatever order they come in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/store/inner.h"

static uint64_t random_state = 1;
static uint32_t random_below(uint32_t n) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(random_state >> 33) % n;
}

/* ── keys ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static int compare_keys(const void *a, const void *b) {
  const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

/* Groups of up to `longest` keys, many of them equal, some the least and the greatest that there are. */
static void make_keys(uint64_t *keys, size_t n, uint32_t longest) {
  uint64_t group = 0;
  for (size_t i = 0, left = 0; i < n; i++, left--) {
    if (left == 0) {
      left = 1 + random_below(longest);
      group += random_below(3) ? 1 : 40;
    }
    uint64_t low = random_below(4) ? random_below(5) : random_below(2) ? 0 : UINT64_C(0xffffffffffff);
    keys[i] = group << 48 | low;
  }
}

static void every_variant_puts_keys_in_order(void **state) {
  (void)state;
  enum { MOST = 700 };
  uint64_t *held = malloc((MOST + KEY_SLACK) * sizeof *held), expected[MOST], sorted[MOST];
  for (int round = 0; round < 3000; round++) {
    size_t n = round < 70 ? (size_t)round : random_below(MOST);
    uint32_t longest = 1 + random_below(KEY_REACH + 1);
    make_keys(expected, n, longest);
    for (size_t v = 0; key_order_variant(v); v++) {
      uint64_t *keys = held + KEY_REACH;
      memcpy(keys, expected, n * sizeof *keys);
      key_order_variant(v)(keys, n, longest - 1, sorted);
      qsort(keys, n, sizeof *keys, compare_keys);
      if (memcmp(sorted, keys, n * sizeof *keys) != 0) fail_msg("variant %zu, %zu keys, groups of %u", v, n, longest);
    }
  }
  free(held);
}

/* ── segments ────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct row { uint32_t patient; int32_t date; double value; };

static int compare_rows(const void *a, const void *b) {
  const struct row *x = a, *y = b;
  if (x->patient != y->patient) return x->patient < y->patient ? -1 : 1;
  if (x->date != y->date) return x->date < y->date ? -1 : 1;
  if (isnan(x->value) || isnan(y->value)) return isnan(x->value) - isnan(y->value);
  return (x->value > y->value) - (x->value < y->value);
}

enum { PATIENTS = 9000, N_VALUES = 4 };
enum values { NO_COLUMN, NO_NUMBERS, TINY_NUMBERS, SMALL_NUMBERS };

static double value_of(enum values values) {
  if (values <= NO_NUMBERS || random_below(30) == 0) return (double)NAN;
  if (values == SMALL_NUMBERS && random_below(9) == 0) return 40000 + random_below(2) * 2e6;
  return random_below(2) ? random_below(300) / 10.0 : -(double)random_below(3);
}

/* Patient by patient; how many rows each has changes with the round. */
static size_t make_rows(struct row *rows, size_t n, int round, enum values values) {
  static const uint32_t most[] = {1, 3, 12, 31, 32, 33, 34, 90, 3000};
  uint32_t longest = most[round % 9], patient = random_below(3);
  size_t made = 0;
  while (made < n && patient < PATIENTS) {
    for (uint32_t left = 1 + random_below(longest); left > 0 && made < n; left--)
      rows[made++] = (struct row){patient, random_below(8) ? 15000 + (int32_t)random_below(40) : random_below(2) ? 0 : UINT16_MAX, value_of(values)};
    patient += random_below(9) ? 1 : 1 + random_below(round % 2 ? 5 : 5000);
  }
  return made;
}

static struct store *store_of(const struct row *rows, size_t n, enum values values) {
  struct store_builder *builder = store_builder_open();
  store_builder_columns(builder, 0, NULL, "");
  for (uint32_t i = 0; i < PATIENTS; i++) {
    char id[16];
    snprintf(id, sizeof id, "p%05u", (unsigned)i);
    store_builder_add_patient(builder, store_builder_text(builder, id, 6), 0, NULL);
  }
  uint32_t table = store_builder_add_table(builder, store_builder_text(builder, "labs", 4), store_builder_text(builder, "code", 4), values != NO_COLUMN, false);
  uint32_t segment = store_builder_segment(builder, table, store_builder_text(builder, "A", 1), 0);
  for (size_t i = 0; i < n; i++) store_builder_add_row(builder, table, segment, rows[i].patient, rows[i].date, 0, &rows[i].value, NULL);
  return store_builder_close(builder, 0, (uint64_t[2]){1, 2}, 1);
}

static void assert_days(const struct store_segment *segment, const struct row *rows) {
  for (uint32_t b = 0; b < PATIENTS / BLOCK_PATIENTS + 1; b++) {
    int32_t first = INT32_MAX, last = INT32_MIN;
    for (uint64_t i = segment->block[b]; i < segment->block[b + 1]; i++) {
      assert_int_equal(rows[i].patient / BLOCK_PATIENTS, b);
      if (rows[i].date < first) first = rows[i].date;
      if (rows[i].date > last) last = rows[i].date;
    }
    assert_int_equal(segment->days[b].first, first);
    assert_int_equal(segment->days[b].last, last);
  }
}

static void assert_values(const struct store_values *values, const struct row *rows, size_t n) {
  double low = (double)NAN, high = (double)NAN;
  uint64_t n_missing = 0;
  for (size_t i = 0; i < n; i++) {
    double value = store_number(values, i);
    if (isnan(rows[i].value) ? !isnan(value) : value != rows[i].value) fail_msg("row %zu is %g and not %g", i, value, rows[i].value);
    n_missing += isnan(value);
    low = fmin(low, value);
    high = fmax(high, value);
  }
  assert_true(values->n_missing == n_missing && values->sign == NULL);
  assert_true(n_missing == n ? isnan(values->low) && isnan(values->high) : values->low == low && values->high == high);
}

static void assert_packed(struct row *rows, size_t n, enum values values) {
  struct store *store = store_of(rows, n, values);
  const struct store_segment *segment = &store_find_table(store, "labs", "code")->segments[0];
  qsort(rows, n, sizeof *rows, compare_rows);
  assert_int_equal(segment->n_rows, n);
  assert_int_equal(segment->block[PATIENTS / BLOCK_PATIENTS + 1], n);
  assert_non_null(segment->near_date);
  for (size_t i = 0; i < n; i++)
    if (segment->patient[i] != rows[i].patient % BLOCK_PATIENTS || segment->base + segment->near_date[i] != rows[i].date) fail_msg("row %zu of %zu", i, n);
  assert_days(segment, rows);
  if (values != NO_COLUMN) assert_values(&segment->values[0], rows, n);
  if (values == SMALL_NUMBERS && n > 2000) assert_non_null(segment->values[0].small);
  if (values == TINY_NUMBERS) assert_non_null(segment->values[0].tiny);
  store_close(store);
}

static void a_segment_is_what_sorting_its_rows_gives(void **state) {
  (void)state;
  enum { MOST = 12000 };
  static const size_t sizes[] = {0, 1, 2, 1023, 1024, 1025, 2049, MOST};
  struct row *rows = malloc(MOST * sizeof *rows);
  for (int round = 0; round < 18 * 8; round++) {
    enum values values = (enum values)(round / 2 % N_VALUES);
    size_t n = make_rows(rows, sizes[round % 8], round / 8, values);
    if (round % 5 == 0) /* and now patients do not come in order: one of them, or all */
      for (size_t i = n, times = round % 2 ? n : 1; i > 1 && times > 0; i--, times--) {
        size_t j = random_below((uint32_t)i);
        struct row kept = rows[i - 1];
        rows[i - 1] = rows[j];
        rows[j] = kept;
      }
    assert_packed(rows, n, values);
  }
  free(rows);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_variant_puts_keys_in_order),
    cmocka_unit_test(a_segment_is_what_sorting_its_rows_gives),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
