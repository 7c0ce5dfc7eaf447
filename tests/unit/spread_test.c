/* spread_test.c: spread beyond chance, reliability, funnel limits and change against published examples, against what R 4.2.2
 * prints for the call that stands beside them, and against all tables there are of some small sums. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include "runtime/stats/distribution.h"
#include "runtime/stats/stats.h"

static void assert_near(double value, double wanted, double error) {
  if (!(fabs(value - wanted) <= error * fmax(1, fabs(wanted)))) fail_msg("%.17g is not %.17g", value, wanted);
}

/* ── distributions ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* R: pgamma(x, shape, lower.tail = FALSE), pbeta(x, a, b), pbinom(q, n, p). */
static void probabilities_are_those_of_r(void **state) {
  (void)state;
  assert_near(chance_gamma_above(0.5, 0.5), 0.3173105078629141, 1e-14);
  assert_near(chance_gamma_above(12, 30) / 6.387702539927337e-05, 1, 1e-12);
  assert_near(chance_gamma_above(12, 3), 0.9999286133710258, 1e-14);
  assert_near(chance_gamma_above(1000, 1200) / 1.288160608628144e-09, 1, 1e-10);
  assert_true(chance_gamma_above(3, 0) == 1);
  assert_true(chance_beta_below(0, 2, 3) == 0 && chance_beta_below(1, 2, 3) == 1);
  /* I_x(2, 3) is the polynomial x² (6 − 8 x + 3 x²). */
  for (double x = 0.05; x < 1; x += 0.05)
    assert_near(chance_beta_below(x, 2, 3), x * x * (6 - 8 * x + 3 * x * x), 1e-14);
  for (uint32_t x = 0; x < 20; x++) {
    double sum = 0;
    for (uint32_t k = 0; k <= x; k++)
      sum += exp(lgamma(21) - lgamma(k + 1) - lgamma(21 - k)) * pow(0.3, k) * pow(0.7, 20 - k);
    assert_near(chance_binomial(x, 20, 0.3), sum, 1e-13);
  }
  assert_true(chance_binomial(20, 20, 0.3) == 1);
}

/* ── spread ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* J. L. Fleiss, Statistical Methods for Rates and Proportions, 2nd ed. (1981), the smokers among patients with lung cancer in
 * four studies, as R's prop.test has them: χ² = 12.600. The rest by the formulas of stats.h in R: pgamma(12.6004 * m / v,
 * m^2 / v, lower.tail = FALSE) with m = 3.0075757575757578, v = 5.8062176566200394, and (12.6004 − m) * each / (N − Σ n² / N). */
static void fleiss_smokers_differ_by_more_than_chance(void **state) {
  (void)state;
  static const struct stats_part smokers[] = {{83, 86}, {90, 93}, {129, 136}, {70, 82}};
  struct stats_spread spread = stats_spread_shares(smokers, 4);
  assert_near(spread.each, 0.059006782607592186, 1e-14);
  assert_near(spread.between, 0.001931503278426659, 1e-13);
  assert_near(spread.chance, 0.005063766009200725, 1e-12);
  assert_int_equal(spread.class, SPREAD_MORE);
  assert_near(stats_reliability(&spread, 82), 0.001931503278426659 / (0.001931503278426659 + 0.059006782607592186 / 82),
              1e-12);
}

/* Twelve practices by the same formulas in R: pgamma(…) = 0.02291; half and more of the difference is chance. */
static void some_of_the_difference_is_more_than_chance(void **state) {
  (void)state;
  static const struct stats_part parts[] = {{8, 33},  {9, 43},  {25, 64}, {10, 46}, {8, 46},  {5, 42},
                                            {19, 61}, {20, 55}, {8, 60},  {12, 49}, {11, 44}, {13, 51}};
  struct stats_spread spread = stats_spread_shares(parts, 12);
  assert_near(spread.chance, 0.022910072546671462, 1e-12);
  assert_near(spread.between, 0.003816754850856174, 1e-13);
  assert_int_equal(spread.class, SPREAD_MORE);
  static const struct stats_part others[] = {{8, 33},  {9, 43},  {23, 64}, {10, 46}, {8, 46},  {6, 42},
                                             {18, 61}, {19, 55}, {8, 60},  {12, 49}, {11, 44}, {13, 51}};
  spread = stats_spread_shares(others, 12);
  assert_true(spread.chance > 0.05);
  assert_int_equal(spread.class, SPREAD_CHANCE);
  struct stats_part many[40];
  for (int i = 0; i < 40; i++) many[i] = (struct stats_part){(uint32_t)(i % 2 ? 24 : 35), 100};
  spread = stats_spread_shares(many, 40);
  assert_true(spread.chance < 0.05);
  assert_int_equal(spread.class, SPREAD_SOME);
}

/* All tables of three practices with 2, 3 and 4 patients, 3 of them yes: the gamma variable has the mean and the variance that
 * χ² has over them, 2.25 and 3.4352678571428577, each table weighed by the ways to fill it. R: pgamma of them. */
static void chance_has_the_moments_of_all_tables(void **state) {
  (void)state;
  static const uint32_t sizes[] = {2, 3, 4}, ways[][5] = {{1, 2, 1}, {1, 3, 3, 1}, {1, 4, 6, 4, 1}};
  double mean = 0, square = 0, all = 84; /* 9 choose 3 */
  for (uint32_t a = 0; a <= 2; a++)
    for (uint32_t b = 0; a + b <= 3; b++) {
      uint32_t yes[] = {a, b, 3 - a - b};
      double chi = 0, weight = ways[0][a] * ways[1][b] * ways[2][yes[2]] / all;
      for (int i = 0; i < 3; i++) chi += pow(yes[i] - sizes[i] / 3.0, 2) / (sizes[i] / 3.0 * (2 / 3.0));
      mean += weight * chi, square += weight * chi * chi;
    }
  double variance = square - mean * mean;
  assert_near(mean, 2.25, 1e-14);
  static const struct stats_part one_each[] = {{1, 2}, {1, 3}, {1, 4}};
  struct stats_spread spread = stats_spread_shares(one_each, 3);
  assert_near(spread.chance, chance_gamma_above(mean * mean / variance, 0.375 * mean / variance), 1e-13);
  assert_near(spread.chance, 0.9162241958973973, 1e-12);
  assert_true(spread.between == 0);
  assert_int_equal(spread.class, SPREAD_TOO_FEW);
  assert_true(isnan(stats_reliability(&spread, 4)));
}

static void where_nothing_can_be_said_nothing_is(void **state) {
  (void)state;
  static const struct stats_part two[] = {{5, 50}, {20, 50}, {0, 0}}, none[] = {{0, 50}, {0, 40}, {0, 60}},
                                 all[] = {{9, 9}, {8, 8}, {7, 7}};
  static const struct stats_sample same[] = {{20, 55, 0}, {20, 55, 0}, {20, 55, 0}};
  assert_int_equal(stats_spread_shares(two, 3).class, SPREAD_UNSAID);
  assert_int_equal(stats_spread_shares(none, 3).class, SPREAD_UNSAID);
  assert_int_equal(stats_spread_shares(all, 3).class, SPREAD_UNSAID);
  assert_int_equal(stats_spread_shares(NULL, 0).class, SPREAD_UNSAID);
  assert_int_equal(stats_spread_rates(two, 3).class, SPREAD_UNSAID);
  assert_int_equal(stats_spread_rates(none, 3).class, SPREAD_UNSAID);
  assert_int_equal(stats_spread_means(same, 3).class, SPREAD_UNSAID);
  assert_int_equal(stats_spread_means(NULL, 0).class, SPREAD_UNSAID);
}

/* Practices that are all alike: nothing is more than chance, and no figure tells a practice from another. */
static void practices_that_are_alike_have_no_reliability(void **state) {
  (void)state;
  struct stats_part parts[12];
  for (int i = 0; i < 12; i++) parts[i] = (struct stats_part){12, 50};
  struct stats_spread spread = stats_spread_shares(parts, 12);
  assert_int_equal(spread.class, SPREAD_CHANCE);
  assert_true(spread.between == 0 && stats_reliability(&spread, 50) == 0);
  assert_near(spread.chance, 1, 1e-12);
}

/* The larger a practice, the more reliable its figure; of one half where its n is each ÷ between. */
static void reliability_grows_with_patients(void **state) {
  (void)state;
  struct stats_spread spread = {SPREAD_MORE, 0.01, 0.25, 0.001};
  assert_near(stats_reliability(&spread, 25), 0.5, 1e-15);
  for (uint32_t n = 1; n < 100; n++) assert_true(stats_reliability(&spread, n) < stats_reliability(&spread, n + 1));
  assert_true(isnan(stats_reliability(&spread, 0)));
}

/* By the formulas of stats.h in R; the variance of χ² of 6 events over 5, 4 and 6 patients is 3.375, as all its multinomial
 * tables have it. */
static void rates_are_those_of_r(void **state) {
  (void)state;
  static const struct stats_part few[] = {{3, 5}, {1, 4}, {2, 6}};
  static const struct stats_part parts[] = {{30, 50}, {12, 40}, {44, 55}, {25, 48}, {60, 70}};
  struct stats_spread spread = stats_spread_rates(parts, 5);
  assert_near(spread.chance, 0.003731197595432907, 1e-12);
  assert_near(spread.between, 0.035805861640790505, 1e-13);
  assert_near(spread.each, 0.650190114068441072, 1e-14);
  assert_int_equal(spread.class, SPREAD_MORE);
  spread = stats_spread_rates(few, 3);
  assert_near(spread.chance, 0.7082333283089077, 1e-12);
  assert_int_equal(spread.class, SPREAD_TOO_FEW);
}

/* R: anova(lm(weight ~ group, PlantGrowth)), F = 4.8461, p = 0.01591; and of chickwts, F = 15.365, p = 5.936e-10. The variance
 * between is (SS between − (k − 1) s²) ÷ (N − Σ n² / N). */
static void means_are_those_of_rs_analysis_of_variance(void **state) {
  (void)state;
  static const struct stats_sample plants[] = {
      {10, 5.032, 0.3399955555555556}, {10, 4.661, 0.6299211111111112}, {10, 5.526, 0.1958711111111111}};
  static const struct stats_sample chicks[] = {{12, 323.5833333333333, 4151.719696969697},
                                               {10, 160.2, 1491.955555555556},
                                               {12, 218.75, 2728.568181818182},
                                               {11, 276.9090909090909, 4212.090909090909},
                                               {14, 246.4285714285714, 2929.956043956044},
                                               {12, 328.9166666666667, 2384.992424242424}};
  struct stats_spread spread = stats_spread_means(plants, 3);
  assert_near(spread.chance, 0.01590995832562291, 1e-12);
  assert_near(spread.between, 0.14945740740740748, 1e-12);
  assert_near(spread.each, 0.38859592592592596, 1e-13);
  spread = stats_spread_means(chicks, 6);
  assert_near(spread.chance / 5.936419853471248e-10, 1, 1e-9);
  assert_near(spread.between, 3.659860157264810e+03, 1e-12);
  assert_int_equal(spread.class, SPREAD_MORE);
}

/* ── funnel ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* R: r <- qbinom(p, n, share); a <- (pbinom(r, n, share) - p) / (pbinom(r, n, share) - pbinom(r - 1, n, share)); (r - a) / n,
 * within 0 … 1, for p = 0.025, 0.975, 0.001, 0.999. */
static void funnel_limits_are_those_of_r(void **state) {
  (void)state;
  static const struct {
    double share;
    uint32_t n;
    double limits[4];
  } rows[] = {
      {0.02, 100, {0, 0.04730771722323251, 0, 0.06978256376878131}},
      {0.162, 10, {0, 0.377468293955222, 0, 0.5584612870491598}},
      {0.162, 49, {0.05458232079887271, 0.2616812208840004, 0.01027293799258028, 0.3324067599867883}},
      {0.55, 50, {0.4014049210346482, 0.6770541495274049, 0.3219118775771448, 0.7534973972716331}},
      {0.3, 1, {0, 0.9166666666666666, 0, 0.9966666666666667}},
      {0.007, 58, {0, 0.0291027467203649, 0, 0.05113356799111134}},
      {0.5, 5000, {0.4860407120372615, 0.5137592879627385, 0.4780502069763393, 0.5217497930236606}},
      {0.1, 200000, {0.09868461325421647, 0.1013141777989305, 0.09793022563045123, 0.1020761817247546}},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct stats_funnel funnel = stats_funnel(rows[i].share, rows[i].n);
    assert_near(funnel.warning.low, rows[i].limits[0], 1e-9);
    assert_near(funnel.warning.high, rows[i].limits[1], 1e-9);
    assert_near(funnel.alarm.low, rows[i].limits[2], 1e-9);
    assert_near(funnel.alarm.high, rows[i].limits[3], 1e-9);
  }
}

static void a_funnel_narrows_and_holds_its_middle(void **state) {
  (void)state;
  for (double share = 0.05; share < 1; share += 0.15)
    for (uint32_t n = 1; n < 300; n++) {
      struct stats_funnel one = stats_funnel(share, n);
      assert_true(0 <= one.alarm.low && one.alarm.low <= one.warning.low && one.warning.low <= share);
      assert_true(share <= one.warning.high && one.warning.high <= one.alarm.high && one.alarm.high <= 1);
    }
  struct stats_funnel none = stats_funnel(0, 10), all = stats_funnel(1, 10);
  assert_true(none.alarm.high == 0 && all.alarm.low == 1);
}

/* ── change ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct estimate share_of(uint32_t successes, uint32_t n) {
  struct interval interval = stats_wilson(successes, n);
  return (struct estimate){(double)successes / n, interval.low, interval.high};
}

/* R. G. Newcombe, Statistics in Medicine 17 (1998), 873–890, table II, method 10, as printed: four decimals. */
static void changes_of_shares_are_newcombes(void **state) {
  (void)state;
  static const struct {
    uint32_t a, m, b, n;
    double low, high;
  } rows[] = {
      {56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090},  {6, 7, 2, 7, 0.0582, 0.8062},
      {5, 56, 0, 29, -0.0381, 0.1926},  {0, 10, 0, 20, -0.1611, 0.2775}, {0, 10, 0, 10, -0.2775, 0.2775},
      {10, 10, 0, 20, 0.6791, 1.0000},  {10, 10, 0, 10, 0.6075, 1.0000},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct estimate change = stats_change(share_of(rows[i].b, rows[i].n), share_of(rows[i].a, rows[i].m));
    assert_near(change.value, (double)rows[i].a / rows[i].m - (double)rows[i].b / rows[i].n, 1e-15);
    assert_true(fabs(change.low - rows[i].low) <= 0.00005);
    assert_true(fabs(change.high - rows[i].high) <= 0.00005);
  }
}

static void a_change_without_intervals_has_none(void **state) {
  (void)state;
  struct estimate change = stats_change((struct estimate){50, NAN, NAN}, (struct estimate){53, 50, 55});
  assert_true(change.value == 3 && isnan(change.low) && isnan(change.high));
}

/* R: t.test(extra ~ group, data = sleep) and t.test(weight ~ feed, subset(chickwts, feed %in% c("horsebean", "linseed"))),
 * the samples as the intervals of their means give them back. */
static void changes_of_means_are_welchs(void **state) {
  (void)state;
  static const double first[] = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
  static const double second[] = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
  struct estimate change =
      stats_change_mean(stats_sample(stats_mean(second, 10), 10), stats_sample(stats_mean(first, 10), 10));
  assert_near(change.value, -1.58, 1e-14);
  assert_near(change.low, -3.3654832307117104, 1e-11);
  assert_near(change.high, 0.2054832307117102, 1e-11);
  change = stats_change_mean((struct stats_sample){12, 218.75, 2728.568181818182},
                             (struct stats_sample){10, 160.2, 1491.955555555556});
  assert_near(change.low, -99.05969583077697, 1e-11);
  assert_near(change.high, -18.04030416922305, 1e-11);
}

static void a_mean_of_one_number_has_no_interval_of_its_change(void **state) {
  (void)state;
  struct stats_sample one = stats_sample((struct estimate){53, NAN, NAN}, 1), two = {2, 55, 2}, same = {3, 53, 0};
  assert_true(one.n == 1 && one.mean == 53 && isnan(one.variance));
  struct estimate change = stats_change_mean(one, two);
  assert_true(change.value == 2 && isnan(change.low));
  change = stats_change_mean(same, same);
  assert_true(change.value == 0 && change.low == 0 && change.high == 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(probabilities_are_those_of_r),
      cmocka_unit_test(fleiss_smokers_differ_by_more_than_chance),
      cmocka_unit_test(some_of_the_difference_is_more_than_chance),
      cmocka_unit_test(chance_has_the_moments_of_all_tables),
      cmocka_unit_test(where_nothing_can_be_said_nothing_is),
      cmocka_unit_test(practices_that_are_alike_have_no_reliability),
      cmocka_unit_test(reliability_grows_with_patients),
      cmocka_unit_test(rates_are_those_of_r),
      cmocka_unit_test(means_are_those_of_rs_analysis_of_variance),
      cmocka_unit_test(funnel_limits_are_those_of_r),
      cmocka_unit_test(a_funnel_narrows_and_holds_its_middle),
      cmocka_unit_test(changes_of_shares_are_newcombes),
      cmocka_unit_test(a_change_without_intervals_has_none),
      cmocka_unit_test(changes_of_means_are_welchs),
      cmocka_unit_test(a_mean_of_one_number_has_no_interval_of_its_change),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
