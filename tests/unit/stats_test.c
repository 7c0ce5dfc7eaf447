/* stats_test.c: intervals against published ones and against the equation that defines them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include "runtime/stats/stats.h"

/* R. G. Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven methods", Statistics
 * in Medicine 17 (1998), 857–872, table I, method 3 (score, no continuity correction), as printed: four decimals. */
static void agrees_with_newcombe(void **state) {
  (void)state;
  static const struct { uint32_t successes, n; double low, high; } rows[] = {
    {81, 263, 0.2553, 0.3662},
    {15, 148, 0.0624, 0.1605},
    {0,  20,  0.0000, 0.1611},
    {1,  29,  0.0061, 0.1718},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct interval interval = stats_wilson(rows[i].successes, rows[i].n);
    assert_true(fabs(interval.low - rows[i].low) <= 0.00005);
    assert_true(fabs(interval.high - rows[i].high) <= 0.00005);
  }
}

/* The closed formula in decimal arithmetic of 50 digits, rounded to a double at the end. */
static void agrees_with_fifty_digits(void **state) {
  (void)state;
  static const struct { uint32_t successes, n; double low, high; } rows[] = {
    {5, 10, 0.23659309051256397, 0.7634069094874361},
    {29, 29, 0.8830302015002592, 1.0},
    {512, 1140, 0.4204677801863905, 0.47811956414750295},
    {1, 1, 0.2065493143772374, 1.0},
    {3, 7000, 0.00014576342408600934, 0.0012593881457428184},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct interval interval = stats_wilson(rows[i].successes, rows[i].n);
    assert_true(fabs(interval.low - rows[i].low) < 1e-15);
    assert_true(fabs(interval.high - rows[i].high) < 1e-15);
  }
}

/* At each end the share that was seen is exactly z standard errors away; 0 and 1 where none or all were seen. */
static void ends_lie_where_the_equation_says(void **state) {
  (void)state;
  double z = 1.959963984540054;
  for (uint32_t n = 1; n <= 60; n++)
    for (uint32_t successes = 0; successes <= n; successes++) {
      struct interval interval = stats_wilson(successes, n);
      double share = (double)successes / n;
      assert_true(0 <= interval.low && interval.low <= share && share <= interval.high && interval.high <= 1);
      for (int end = 0; end < 2; end++) {
        double p = end ? interval.high : interval.low;
        assert_true(fabs((share - p) * (share - p) - z * z * p * (1 - p) / n) < 1e-14);
      }
      if (successes == 0)
        assert_true(interval.low == 0);
      if (successes == n)
        assert_true(interval.high == 1);
    }
}

static void yes_and_no_mirror_each_other(void **state) {
  (void)state;
  for (uint32_t successes = 0; successes <= 50; successes++) {
    struct interval yes = stats_wilson(successes, 50), no = stats_wilson(50 - successes, 50);
    assert_true(fabs(yes.low - (1 - no.high)) < 1e-15);
  }
}

static void holds_for_the_largest_numbers(void **state) {
  (void)state;
  struct interval interval = stats_wilson(UINT32_MAX / 2, UINT32_MAX);
  assert_true(interval.low < 0.5 && interval.high > 0.5 && interval.high - interval.low < 0.0001);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(agrees_with_newcombe),
    cmocka_unit_test(agrees_with_fifty_digits),
    cmocka_unit_test(ends_lie_where_the_equation_says),
    cmocka_unit_test(yes_and_no_mirror_each_other),
    cmocka_unit_test(holds_for_the_largest_numbers),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
