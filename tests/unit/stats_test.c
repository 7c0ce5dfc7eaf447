/* stats_test.c: figures and intervals against published ones, against what R 4.2.2 prints for the call that stands
 * beside them, and against the equations that define them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
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

static void assert_near(double value, double wanted, double error) {
  if (!(fabs(value - wanted) <= error * fmax(1, fabs(wanted))))
    fail_msg("%.17g is not %.17g", value, wanted);
}

/* ── means ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* R: qt(0.975, degrees). */
static void students_quantiles_are_those_of_r(void **state) {
  (void)state;
  static const struct { uint64_t degrees; double t; } rows[] = {
    {1, 12.70620473617469},    {2, 4.302652729749462},     {3, 3.182446305283708},     {4, 2.776445105197793},
    {5, 2.570581835636314},    {9, 2.262157162798205},     {10, 2.228138851986274},    {24, 2.063898561628025},
    {30, 2.042272456301238},   {60, 2.00029782201426},     {100, 1.983971518523552},   {199, 1.971956544251752},
    {200, 1.971896223633908},  {201, 1.971836506779858},   {1000, 1.962339080826408},  {100000, 1.959987707534609},
    {10000000, 1.959964221767205},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_near(stats_student(rows[i].degrees), rows[i].t, 1e-11);
  for (uint64_t degrees = 1; degrees < 1000; degrees++)
    assert_true(stats_student(degrees + 1) < stats_student(degrees));
}

/* The data of Student's own paper, hours of sleep gained, as R has them: t.test(sleep$extra[1:10]) and [11:20]. */
static const double sleep[] = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0,
                               1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

static void means_of_students_sleepers_are_those_of_r(void **state) {
  (void)state;
  struct estimate first = stats_mean(sleep, 10), second = stats_mean(sleep + 10, 10);
  assert_near(first.value, 0.75, 1e-15);
  assert_near(first.low, -0.5297804135262322, 1e-11);
  assert_near(first.high, 2.029780413526232, 1e-11);
  assert_near(second.value, 2.33, 1e-15);
  assert_near(second.low, 0.8976775393767055, 1e-11);
  assert_near(second.high, 3.762322460623294, 1e-11);
}

static void one_value_has_a_mean_and_no_interval(void **state) {
  (void)state;
  struct estimate one = stats_mean((double[]){53}, 1), same = stats_mean((double[]){53, 53, 53}, 3);
  assert_true(one.value == 53 && isnan(one.low) && isnan(one.high));
  assert_true(same.value == 53 && same.low == 53 && same.high == 53);
}

static void sums_lose_nothing_on_the_way(void **state) {
  (void)state;
  assert_true(stats_sum((double[]){1e16, 1, 1, -1e16}, 4) == 2);
  assert_true(stats_sum((double[]){1, 1e100, 1, -1e100}, 4) == 2);
  double tenths[1000];
  for (int i = 0; i < 1000; i++)
    tenths[i] = 0.1;
  assert_true(stats_sum(tenths, 1000) == 100);
  assert_true(stats_sum(NULL, 0) == 0);
}

/* ── medians and quartiles ───────────────────────────────────────────────────────────────────────────────────────── */

/* R: quantile(sleep$extra), and sort(sleep$extra)[c(k, n − k + 1)] for k = qbinom(0.025, n, 0.5), which is what
 * DescTools::MedianCI(…, method = "exact") gives. */
static void order_statistics_of_students_sleepers_are_those_of_r(void **state) {
  (void)state;
  double sorted[20];
  for (int i = 0; i < 20; i++)
    sorted[i] = sleep[i];
  stats_order(sorted, 20);
  struct estimate median = stats_median(sorted, 20);
  assert_near(median.value, 0.95, 1e-15);
  assert_true(median.low == 0 && median.high == 3.4);
  assert_near(stats_quartile(sorted, 20, 1), -0.025, 1e-15);
  assert_near(stats_quartile(sorted, 20, 3), 3.4, 1e-15);
}

/* R: quantile(1:n, c(0.25, 0.5, 0.75)). */
static void quartiles_lie_between_values_in_proportion(void **state) {
  (void)state;
  static const struct { uint64_t n; double quartiles[3]; } rows[] = {
    {1, {1, 1, 1}}, {2, {1.25, 1.5, 1.75}}, {3, {1.5, 2, 2.5}}, {4, {1.75, 2.5, 3.25}}, {5, {2, 3, 4}}, {6, {2.25, 3.5, 4.75}},
    {101, {26, 51, 76}},
  };
  double sorted[101];
  for (int i = 0; i < 101; i++)
    sorted[i] = i + 1;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    for (unsigned q = 1; q <= 3; q++)
      assert_true(stats_quartile(sorted, rows[i].n, q) == rows[i].quartiles[q - 1]);
}

/* R: qbinom(0.025, n, 0.5), the rank of the lower end; 0 where no interval covers 95 %. */
static void the_medians_interval_has_the_ranks_of_the_binomial(void **state) {
  (void)state;
  static const struct { uint64_t n, rank; } rows[] = {
    {1, 0},   {2, 0},   {3, 0},   {4, 0},   {5, 0},   {6, 1},   {7, 1},   {8, 1},   {9, 2},       {10, 2},
    {11, 2},  {12, 3},  {13, 3},  {14, 3},  {15, 4},  {16, 4},  {17, 5},  {18, 5},  {19, 5},      {20, 6},
    {21, 6},  {22, 6},  {23, 7},  {24, 7},  {25, 8},  {26, 8},  {27, 8},  {28, 9},  {29, 9},      {30, 10},
    {50, 18}, {100, 40}, {1000, 469}, {9999, 4902}, {1000000, 499020},
  };
  double *sorted = malloc(1000000 * sizeof *sorted);
  for (int i = 0; i < 1000000; i++)
    sorted[i] = i + 1;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct estimate median = stats_median(sorted, rows[i].n);
    assert_true(median.value == (double)(rows[i].n + 1) / 2);
    if (rows[i].rank == 0)
      assert_true(isnan(median.low) && isnan(median.high));
    else
      assert_true(median.low == (double)rows[i].rank && median.high == (double)(rows[i].n - rows[i].rank + 1));
  }
  free(sorted);
}

static void values_that_compare_equal_are_the_same_to_the_bit(void **state) {
  (void)state;
  double one[] = {-0.0, 0.0, -0.0}, other[] = {0.0, -0.0, -0.0};
  stats_order(one, 3);
  stats_order(other, 3);
  assert_memory_equal(one, other, sizeof one);
  assert_false(signbit(stats_median(one, 3).value));
}

static int compare(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

/* The slow obvious way: all values in order. Many of them are equal in every other trial. */
static void values_are_in_order_wherever_a_figure_looks(void **state) {
  (void)state;
  static double ordered[600], sorted[600];
  uint64_t seed = 42;
  for (uint64_t n = 1; n < 600; n++) {
    for (uint64_t i = 0; i < n; i++) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      ordered[i] = sorted[i] = (double)(int64_t)(n % 2 ? seed >> 59 : seed);
    }
    stats_order(ordered, n);
    qsort(sorted, n, sizeof *sorted, compare);
    struct estimate one = stats_median(ordered, n), other = stats_median(sorted, n);
    assert_memory_equal(&one, &other, sizeof one);
    for (unsigned q = 1; q <= 3; q++) assert_true(stats_quartile(ordered, n, q) == stats_quartile(sorted, n, q));
    qsort(ordered, n, sizeof *ordered, compare);
    assert_memory_equal(ordered, sorted, n * sizeof *sorted);
  }
}

/* ── events ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* R: qchisq(0.025, 2 * x) / 2 and qchisq(0.975, 2 * (x + 1)) / 2, which poisson.test(x) prints; Garwood's own table has
 * 0.0253 and 5.57 for one event, 4.80 and 18.39 for ten. */
static void intervals_of_events_are_those_of_r(void **state) {
  (void)state;
  static const struct { uint32_t events; double low, high; } rows[] = {
    {0, 0, 3.688879454113935},                    {1, 0.02531780798428988, 5.571643390938899},
    {2, 0.2422092785439649, 7.224687667723958},   {5, 1.623486390118421, 11.66833207932267},
    {10, 4.795388696132433, 18.39035604201778},   {15, 8.395386132783313, 24.74021887148584},
    {16, 9.145382453641524, 25.98299759756095},   {17, 9.903126469607288, 27.21864681590661},
    {100, 81.36399125092315, 121.6267937924264},  {1000, 938.9730184076952, 1063.952136016302},
    {123456, 122768.2886985155, 124146.6083953446},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct interval interval = stats_poisson(rows[i].events);
    assert_near(interval.low, rows[i].low, 1e-12);
    assert_near(interval.high, rows[i].high, 1e-12);
  }
  struct interval most = stats_poisson(4000000000u);
  assert_near(most.low, 3999876041.940695, 1e-12);
  assert_near(most.high, 4000123960.953627, 1e-12);
}

/* With no event the upper end is where e^−λ = 0.025; with one, the lower end where 1 − e^−λ = 0.025. */
static void the_first_ends_are_logarithms(void **state) {
  (void)state;
  assert_near(stats_poisson(0).high, -log(0.025), 1e-15);
  assert_near(stats_poisson(1).low, -log1p(-0.025), 1e-15);
}

static void intervals_of_events_grow_with_them(void **state) {
  (void)state;
  for (uint32_t events = 0; events < 3000; events++) {
    struct interval one = stats_poisson(events), next = stats_poisson(events + 1);
    assert_true(one.low < next.low && one.high < next.high && one.low <= events && events < one.high);
  }
}

/* ── standardisation ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* The cluster has 10 % of the young and 40 % of the old; 100 of either, so 25 % of all. Of a practice's 80 young and
 * 20 old 16 were to be expected. It has 12: three quarters of that, as 18.75 % of all would be. */
static void a_practice_is_compared_with_what_was_to_be_expected(void **state) {
  (void)state;
  static const struct stats_band bands[] = {{80, 0.1}, {20, 0.4}, {0, NAN}};
  double expected = stats_expected(bands, 3);
  assert_near(expected, 16, 1e-15);
  struct estimate adjusted = stats_standardise(12, expected, 0.25);
  assert_near(adjusted.value, 0.1875, 1e-15);
  assert_near(adjusted.low, stats_poisson(12).low / 16 * 0.25, 1e-15);
  assert_near(adjusted.high, stats_poisson(12).high / 16 * 0.25, 1e-15);
  assert_near(stats_standardise(16, expected, 0.25).value, 0.25, 1e-15);
  assert_true(stats_standardise(0, expected, 0.25).value == 0);
  assert_true(isnan(stats_standardise(0, 0, 0).value));
}

/* Old patients of the cluster have 60 mmol/mol, young ones 50, and there are as many of either: 55. A practice of old
 * ones only has 58: two less than was to be expected. */
static void means_are_adjusted_by_a_difference(void **state) {
  (void)state;
  static const struct stats_band bands[] = {{0, 50}, {40, 60}};
  double expected = stats_expected(bands, 2) / 40;
  assert_near(stats_standardise_mean(58, expected, 55), 53, 1e-15);
  assert_true(stats_standardise_mean(60, expected, 55) == 55);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(agrees_with_newcombe),
    cmocka_unit_test(agrees_with_fifty_digits),
    cmocka_unit_test(ends_lie_where_the_equation_says),
    cmocka_unit_test(yes_and_no_mirror_each_other),
    cmocka_unit_test(holds_for_the_largest_numbers),
    cmocka_unit_test(students_quantiles_are_those_of_r),
    cmocka_unit_test(means_of_students_sleepers_are_those_of_r),
    cmocka_unit_test(one_value_has_a_mean_and_no_interval),
    cmocka_unit_test(sums_lose_nothing_on_the_way),
    cmocka_unit_test(order_statistics_of_students_sleepers_are_those_of_r),
    cmocka_unit_test(quartiles_lie_between_values_in_proportion),
    cmocka_unit_test(the_medians_interval_has_the_ranks_of_the_binomial),
    cmocka_unit_test(values_that_compare_equal_are_the_same_to_the_bit),
      cmocka_unit_test(values_are_in_order_wherever_a_figure_looks),
    cmocka_unit_test(intervals_of_events_are_those_of_r),
    cmocka_unit_test(the_first_ends_are_logarithms),
    cmocka_unit_test(intervals_of_events_grow_with_them),
    cmocka_unit_test(a_practice_is_compared_with_what_was_to_be_expected),
    cmocka_unit_test(means_are_adjusted_by_a_difference),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
