/* reduce_test.c: how a series is cut, and every figure asked of rows. */
#include "tests/unit/scan_sample.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/kernel/number_lanes.h"
#include "runtime/kernel/tally.h"

/* ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void the_outermost_of_equal_bounds_is_highest_and_lowest(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 300, 90, 1}, {0, 400, 90, 0}, {0, 500, 90, -1}, {0, 600, 90, 1}, {0, 700, 90, 0}, {1, 300, 3, 0}, {1, 400, 7, -1});
  scan_between(1, TIES_HIGHEST, EVER, INDEX);
  rows_highest(&scanner.scan, &figure);
  expect_figure(0, '>', 90);
  expect_figure(1, '<', 7);
  rows_lowest(&scanner.scan, &figure);
  expect_figure(0, '<', 90);
  expect_figure(1, '=', 3);
  rows_date_of_highest(&scanner.scan, &date);
  assert_int_equal(date.day[0], 600);
  assert_int_equal(date.day[1], 400);
  rows_date_of_lowest(&scanner.scan, &date);
  assert_int_equal(date.day[0], 500);
  assert_int_equal(date.day[1], 300);
  assert_int_equal(date.day[2], DATE_UNKNOWN);
  rows_date_of_first(&scanner.scan, &date);
  assert_int_equal(date.day[0], 300);
  rows_date_of_last(&scanner.scan, &date);
  assert_int_equal(date.day[0], 700);
}

static void means_sums_and_medians_take_bounds(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 300, 8, 1}, {0, 400, 1, 0}, {0, 500, 3, -1}, {1, 300, 9, 0}, {1, 400, 1, 0}, {1, 500, 2, 0}, {1, 600, 4, 1}, {2, 300, 6, 1},
          {3, 300, 1e308, 0}, {3, 400, 1e308, 0});
  scan_between(1, TIES_HIGHEST, EVER, INDEX);
  rows_mean(&scanner.scan, &figure);
  expect_figure(0, '=', 4);
  expect_figure(1, '=', 4);
  expect_figure(2, '=', 6);
  expect_unknown(3);
  expect_unknown(4);
  rows_sum(&scanner.scan, &figure);
  expect_figure(0, '=', 12);
  expect_unknown(3);
  rows_median(&scanner.scan, &figure);
  expect_figure(0, '=', 3);
  expect_figure(1, '=', 3);
  expect_figure(2, '=', 6);
}

static void the_median_of_many_is_found(void **state) {
  (void)state;
  struct sample samples[101];
  for (int i = 0; i < 101; i++) samples[i] = (struct sample){0, 300 + i, i * 37 % 101, 0};
  write_segment(0, 101, samples, true);
  scan_between(1, TIES_HIGHEST, EVER, INDEX);
  rows_median(&scanner.scan, &figure);
  expect_figure(0, '=', 50);
  scan_between(1, TIES_HIGHEST, EVER, 399); /* the last, 100 × 37 mod 101 = 64, is left out */
  rows_median(&scanner.scan, &figure);
  expect_figure(0, '=', 49.5);
}

static void a_change_goes_back_to_a_value_old_enough(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 400, 50, 0}, {0, 535, 60, 0}, {0, 536, 70, 0}, {0, 900, 90, 1}, {1, 536, 70, 0}, {1, 900, 90, 0}, {2, 900, 90, 0},
          {3, 500, 10, 0}, {3, 500, 20, 0}, {3, 900, 30, 0}, {3, 900, 31, 0});
  scan_between(1, TIES_LOWEST, EVER, INDEX);
  rows_change(&scanner.scan, CUT_DAYS, 365, &figure);
  expect_figure(0, '=', 30);
  expect_unknown(1);
  expect_unknown(2);
  expect_figure(3, '=', 20);
  rows_change(&scanner.scan, CUT_DAYS, 364, &figure);
  expect_figure(0, '=', 20);
  expect_figure(1, '=', 20);
  rows_change(&scanner.scan, CUT_MONTHS, 12, &figure);
  expect_figure(0, '=', 40); /* day 900 is 1972-06-19, and twelve months before it, 1971-06-19, is day 534 */
}

/* ── cuts ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void expect_cut(const struct group *group, size_t n, const double *values) {
  assert_int_equal(group->n, n);
  for (size_t i = 0; i < n; i++) assert_true(scanner.cut.row[group->first + i].value == values[i]);
}

static void a_series_is_cut_to_its_last_or_first_values(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 300, 1, 0}, {0, 400, 2, 0}, {0, 500, 3, 0}, {1, 400, 7, 0});
  scan_between(1, TIES_HIGHEST, EVER, INDEX);
  scan_cut(&scanner, CUT_LAST, 2, CUT_DAYS, 0);
  expect_cut(&scanner.cut.group[0], 2, (double[]){2, 3});
  rows_mean(&scanner.cut, &figure);
  expect_figure(0, '=', 2.5);
  expect_unknown(1);
  scan_cut(&scanner, CUT_FIRST, 2, CUT_DAYS, 0);
  expect_cut(&scanner.cut.group[0], 2, (double[]){1, 2});
  rows_latest(&scanner.cut, &figure);
  expect_figure(0, '=', 2);
}

static void fewer_than_asked_for_are_counted_but_give_no_figure(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 300, 1, 0}, {0, 400, 2, 0}, {2, 300, 1, 0}, {2, 400, 2, 0}, {2, 500, 3, 0});
  scan_between(1, TIES_HIGHEST, EVER, INDEX);
  scan_cut(&scanner, CUT_LAST, 3, CUT_DAYS, 0);
  rows_count(&scanner.cut, &figure);
  expect_figure(0, '=', 2);
  expect_figure(1, '=', 0);
  expect_figure(2, '=', 3);
  rows_any(&scanner.cut, &mask);
  expect_mask(0, 'y');
  expect_mask(1, 'n');
  struct number limit = {(double[64]){0}, (uint64_t[]){UINT64_MAX}, NULL, NULL, 1, false};
  rows_tally(&scanner.cut, ROWS_ABOVE, &limit, NULL, &tally);
  expect_tally(0, 0, 0, 0);
  expect_tally(2, 3, 0, 3);
  rows_sum(&scanner.cut, &figure);
  expect_unknown(0);
  expect_figure(2, '=', 6);
  rows_date_of_first(&scanner.cut, &date);
  assert_int_equal(date.day[0], DATE_UNKNOWN);
  rows_change(&scanner.cut, CUT_DAYS, 0, &figure);
  expect_unknown(0);
}

static void values_kept_stand_so_far_apart(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 300, 1, 0}, {0, 380, 2, 0}, {0, 390, 3, 0}, {0, 480, 4, 0}, {0, 569, 5, 0}, {0, 570, 6, 0});
  scan_between(1, TIES_HIGHEST, EVER, INDEX);
  scan_cut(&scanner, CUT_LAST, 3, CUT_DAYS, 90);
  expect_cut(&scanner.cut.group[0], 3, (double[]){3, 4, 6});
  scan_cut(&scanner, CUT_FIRST, 3, CUT_DAYS, 90);
  expect_cut(&scanner.cut.group[0], 3, (double[]){1, 3, 4});
  scan_cut(&scanner, CUT_LAST, 4, CUT_DAYS, 90);
  expect_cut(&scanner.cut.group[0], 4, (double[]){1, 3, 4, 6});
  assert_false(scanner.cut.group[0].is_short);
  scan_cut(&scanner, CUT_LAST, 5, CUT_DAYS, 90);
  assert_true(scanner.cut.group[0].is_short);
  assert_int_equal(scanner.cut.group[0].n, 4);
}

static void months_apart_go_by_the_calendar(void **state) {
  (void)state;
  int32_t last = date_from_civil(1972, 3, 31), february = date_from_civil(1972, 2, 29);
  SEGMENT(0, true, {0, february, 1, 0}, {0, february + 1, 2, 0}, {0, last, 3, 0});
  scan_between(1, TIES_HIGHEST, EVER, INDEX);
  scan_cut(&scanner, CUT_LAST, 2, CUT_MONTHS, 1);
  expect_cut(&scanner.cut.group[0], 2, (double[]){1, 3});
  scan_cut(&scanner, CUT_FIRST, 2, CUT_MONTHS, 1);
  expect_cut(&scanner.cut.group[0], 2, (double[]){1, 3});
  SEGMENT(0, true, {0, february, 1, 0}, {0, last - 3, 2, 0}, {0, last - 2, 3, 0});
  scan_between(1, TIES_HIGHEST, EVER, INDEX);
  scan_cut(&scanner, CUT_FIRST, 2, CUT_MONTHS, 1);
  expect_cut(&scanner.cut.group[0], 2, (double[]){1, 3});
}

static void each_cut_begins_with_the_rows_of_the_scan(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 300, 1, 0}, {0, 400, 2, 0}, {0, 500, 3, 0});
  scan_between(1, TIES_HIGHEST, EVER, INDEX);
  scan_cut(&scanner, CUT_LAST, 1, CUT_DAYS, 0);
  scan_cut(&scanner, CUT_FIRST, 2, CUT_DAYS, 0);
  expect_cut(&scanner.cut.group[0], 2, (double[]){1, 2});
  rows_sum(&scanner.scan, &figure);
  expect_figure(0, '=', 6);
}

/* ── rows against a number ───────────────────────────────────────────────────────────────────────────────────────── */

/* All and some of the rows, for the first 64 patients, as the tally of them says. */
static void expect_decided_as_tallied(enum rows_test test, const struct number *a) {
  struct mask wanted = {(uint64_t[MASK_WORDS]){0}, (uint64_t[MASK_WORDS]){0}, MASK_WORDS};
  for (int all = 0; all < 2; all++) {
    (all ? tally_all : tally_any)(&wanted, &tally);
    (all ? rows_all : rows_some)(&scanner, &scanner.scan, test, a, &mask);
    assert_true(mask.yes[0] == wanted.yes[0] && mask.no[0] == wanted.no[0]);
  }
}

static void rows_are_counted_by_how_they_compare(void **state) {
  (void)state;
  static const struct { enum rows_test test; uint32_t yes, no; } expected[] = {
      {ROWS_BELOW, 2, 3},   {ROWS_AT_MOST, 3, 2}, {ROWS_ABOVE, 2, 3},   {ROWS_AT_LEAST, 3, 2},
      {ROWS_EQUAL, 1, 4},   {ROWS_UNEQUAL, 4, 1}, {ROWS_BETWEEN, 2, 3},
  };
  /* The first patient's "<5" is below 5 for certain; the second's ">4" and "<9" leave all of it open. */
  SEGMENT(0, true, {0, 300, 3, 0}, {0, 400, 5, -1}, {0, 500, 5, 0}, {0, 600, 6.5, 0}, {0, 700, 7, 0}, {1, 300, 4, 1}, {1, 400, 9, -1});
  scan_between(1, TIES_HIGHEST, EVER, INDEX);
  struct number a = {(double[64]){0}, (uint64_t[1]){0}, NULL, NULL, 1, false}, b = {(double[64]){0}, (uint64_t[1]){0}, NULL, NULL, 1, false};
  number_fill(&a, 5);
  number_fill(&b, 6.5);
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    rows_tally(&scanner.scan, expected[i].test, &a, &b, &tally);
    expect_tally(0, expected[i].yes, expected[i].no, 5);
    expect_tally(1, 0, 0, 2);
    expect_tally(2, 0, 0, 0);
    if (expected[i].test != ROWS_BETWEEN) expect_decided_as_tallied(expected[i].test, &a);
  }
  SEGMENT(0, true, {0, 300, 3, 0}, {0, 400, 5, 0}, {0, 500, 5, 0}, {0, 600, 6.5, 0}, {0, 700, 7, 0});
  scan_between(1, TIES_HIGHEST, EVER, INDEX);
  static const uint32_t yes[] = {1, 3, 2, 4, 2, 3, 3};
  for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
    rows_tally(&scanner.scan, (enum rows_test)i, &a, &b, &tally);
    expect_tally(0, yes[i], 5 - yes[i], 5);
    if (i < ROWS_BETWEEN) expect_decided_as_tallied((enum rows_test)i, &a);
  }
  number_fill_unknown(&a);
  rows_tally(&scanner.scan, ROWS_EQUAL, &a, NULL, &tally);
  expect_tally(0, 0, 0, 5);
}

int main(void) {
#define test(name) cmocka_unit_test_setup_teardown(name, open_scanner, close_scanner)
  const struct CMUnitTest tests[] = {
      test(the_outermost_of_equal_bounds_is_highest_and_lowest), test(means_sums_and_medians_take_bounds),
      test(the_median_of_many_is_found), test(a_change_goes_back_to_a_value_old_enough),
      test(a_series_is_cut_to_its_last_or_first_values), test(fewer_than_asked_for_are_counted_but_give_no_figure),
      test(values_kept_stand_so_far_apart), test(months_apart_go_by_the_calendar),
      test(each_cut_begins_with_the_rows_of_the_scan), test(rows_are_counted_by_how_they_compare),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
