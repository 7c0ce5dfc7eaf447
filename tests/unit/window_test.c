/* window_test.c: whether a window reaches the rows of a block, by the block's first and last day alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "runtime/kernel/window.h"

enum { INDEX = 1000 };

/* Rows from day 110 to day 120, as events or, with ends, as spans. */
static const struct store_days days[] = {{110, 120}, {INT32_MAX, INT32_MIN}};
static const int32_t ends[] = {130};
static const struct store_segment events = {.days = days}, spans = {.days = days, .end = ends};

static struct window window;

static void set(int32_t low, int32_t high) {
  struct dates from = {(int32_t[64]){low}, 1}, to = {(int32_t[64]){high}, 1};
  window_set(&window, &from, &to, INDEX);
}

static void a_window_lies_beside_the_rows_or_over_them_or_across(void **state) {
  (void)state;
  static const struct { int32_t low, high; enum window_reach events, spans; } cases[] = {
    {100, 109, WINDOW_NONE, WINDOW_NONE}, {121, 130, WINDOW_NONE, WINDOW_SOME}, {110, 120, WINDOW_ALL, WINDOW_SOME},
    {0, 130, WINDOW_ALL, WINDOW_SOME},    {111, 120, WINDOW_SOME, WINDOW_SOME}, {110, 119, WINDOW_SOME, WINDOW_SOME},
    {116, 114, WINDOW_NONE, WINDOW_NONE}, {120, 120, WINDOW_SOME, WINDOW_SOME}, {100, 110, WINDOW_SOME, WINDOW_SOME}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    set(cases[i].low, cases[i].high);
    assert_int_equal(window_reach(&window, &events, 0), cases[i].events);
    assert_int_equal(window_reach(&window, &spans, 0), cases[i].spans);
  }
}

static void a_block_without_rows_is_never_reached(void **state) {
  (void)state;
  set(INT32_MIN + 1, INDEX);
  assert_int_equal(window_reach(&window, &events, 1), WINDOW_NONE);
  assert_int_equal(window_reach(&window, &spans, 1), WINDOW_NONE);
}

static void an_unknown_day_reaches_nothing(void **state) {
  (void)state;
  set(DATE_UNKNOWN, 120);
  assert_int_equal(window_reach(&window, &events, 0), WINDOW_NONE);
  set(110, DATE_UNKNOWN);
  assert_int_equal(window_reach(&window, &events, 0), WINDOW_NONE);
}

static void windows_of_each_patient_are_always_looked_at(void **state) {
  (void)state;
  static int32_t lows[LANES];
  struct dates each = {lows, MASK_WORDS}, to = {(int32_t[64]){109}, 1};
  window_set(&window, &each, &to, INDEX);
  assert_int_equal(window_reach(&window, &events, 0), WINDOW_SOME);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_window_lies_beside_the_rows_or_over_them_or_across),
      cmocka_unit_test(a_block_without_rows_is_never_reached),
      cmocka_unit_test(an_unknown_day_reaches_nothing),
      cmocka_unit_test(windows_of_each_patient_are_always_looked_at),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
