/* scan_test.c: which rows a window selects, how their values are read, and in what order they stand. */
#include "tests/unit/scan_sample.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/kernel/number_lanes.h"

/* ── windows ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void both_days_of_a_window_are_in_it(void **state) {
  (void)state;
  for (int near = 0; near < 2; near++) {
    SEGMENT(0, near, {0, 499, 1, 0}, {1, 500, 1, 0}, {2, 600, 1, 0}, {3, 601, 1, 0}, {4, 500, 1, 0}, {4, 600, 1, 0});
    scan_between(1, TIES_HIGHEST, 500, 600);
    expect_count(0, 0);
    expect_count(1, 1);
    expect_count(2, 1);
    expect_count(3, 0);
    expect_count(4, 2);
    rows_any(&scanner.scan, &mask);
    expect_mask(0, 'n');
    expect_mask(4, 'y');
    scan_any(&scanner, &stream, 0, &mask);
    expect_mask(0, 'n');
    expect_mask(1, 'y');
    expect_mask(3, 'n');
    expect_mask(4095, 'n');
  }
}

static void nothing_after_the_index_date_counts(void **state) {
  (void)state;
  SEGMENT(0, true, {7, 1000, 1, 0}, {7, 1001, 2, 0}, {8, 1001, 2, 0});
  scan_between(1, TIES_HIGHEST, EVER, DATE_LAST);
  expect_count(7, 1);
  expect_count(8, 0);
  rows_latest(&scanner.scan, &figure);
  expect_figure(7, '=', 1);
}

static void a_window_may_lie_outside_the_dates_that_16_bits_hold(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 100, 1, 0}, {0, 900, 2, 0});
  scan_between(1, TIES_HIGHEST, EVER, 1000);
  expect_count(0, 2);
  scan_between(1, TIES_HIGHEST, EVER, 99);
  expect_count(0, 0);
  scan_between(1, TIES_HIGHEST, 700, 600);
  expect_count(0, 0);
}

static void every_number_of_rows_is_selected_alike(void **state) {
  (void)state;
  struct sample samples[130];
  static const int32_t days[] = {450, 449, 551, 550, 551, 449}; /* the window's first and last day, and those beside it */
  for (uint16_t i = 0; i < 130; i++) samples[i] = (struct sample){i, days[i % 6], 1, 0};
  for (size_t n = 0; n <= 130; n++)
    for (int near = 0; near < 2; near++) {
      write_segment(0, n, samples, near);
      scan_between(1, TIES_HIGHEST, 450, 550);
      rows_any(&scanner.scan, &mask);
      for (uint32_t i = 0; i < 130; i++) expect_mask(i, i < n && i % 3 == 0 ? 'y' : 'n');
    }
}

static void each_patient_may_have_a_window_of_their_own(void **state) {
  (void)state;
  static int32_t lows[LANES];
  static int32_t later[64];
  struct dates from = {lows, MASK_WORDS}, to = {later, 1};
  for (size_t i = 0; i < 64; i++) later[i] = 2000;
  for (int near = 0; near < 2; near++) {
    SEGMENT(0, near, {0, 500, 1, 0}, {1, 500, 1, 0}, {2, 500, 1, 0}, {3, 1001, 1, 0});
    for (size_t i = 0; i < LANES; i++) lows[i] = 500;
    lows[1] = 501;
    lows[2] = DATE_UNKNOWN;
    stream = (struct scan_stream){STREAM_SERIES, TIES_HIGHEST, 1, parts};
    window_set(&scanner.window, &from, &to, INDEX);
    scan_any(&scanner, &stream, 0, &mask);
    expect_mask(0, 'y');
    expect_mask(1, 'n');
    expect_mask(2, 'u');
    expect_mask(3, 'n');
    scan_rows(&scanner, &stream, 0, true, 0, false);
    rows_any(&scanner.scan, &mask);
    expect_mask(1, 'n');
    expect_mask(2, 'u');
    rows_count(&scanner.scan, &figure);
    expect_figure(0, '=', 1);
    expect_figure(1, '=', 0);
    expect_unknown(2);
    rows_latest(&scanner.scan, &figure);
    expect_figure(0, '=', 1);
    expect_unknown(2);
  }
}

static void a_window_that_hangs_on_an_unknown_date_makes_all_unknown(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 500, 1, 0});
  scan_between(1, TIES_HIGHEST, DATE_UNKNOWN, 600);
  rows_count(&scanner.scan, &figure);
  expect_unknown(0);
  expect_unknown(1);
  scan_any(&scanner, &stream, 0, &mask);
  expect_mask(0, 'u');
  scan_between(1, TIES_HIGHEST, 400, DATE_UNKNOWN);
  rows_any(&scanner.scan, &mask);
  expect_mask(0, 'u');
}

static void a_span_counts_on_its_days_but_not_on_its_end(void **state) {
  (void)state;
  /* from, to */
  static const int32_t days[][2] = {{300, DATE_OPEN}, {300, 500}, {300, 501}, {600, 700}, {601, DATE_OPEN}, {550, 550}, {550, 540}};
  for (int near = 0; near < 2; near++) {
    struct sample samples[7];
    for (uint16_t i = 0; i < 7; i++) samples[i] = (struct sample){i, days[i][0], 0, 0};
    write_segment(0, 7, samples, near);
    for (uint16_t i = 0; i < 7; i++) written[0].end[i] = days[i][1];
    written[0].segment.end = written[0].end;
    parts[0].values = NULL;
    scan_between(1, TIES_HIGHEST, 500, 600);
    scan_any(&scanner, &stream, 0, &mask);
    for (uint16_t i = 0; i < 7; i++) expect_mask(i, "ynyynnn"[i]);
    rows_date_of_first(&scanner.scan, &date);
    assert_int_equal(date.day[2], 300);
    assert_int_equal(date.day[1], DATE_UNKNOWN);
  }
}

/* ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void values_are_converted_and_then_held_against_what_is_plausible(void **state) {
  (void)state;
  static const struct image_convert_step percent[] = {{CONVERT_VALUE, 0, 0},    {CONVERT_NUMBER, 0, 2.15},      {CONVERT_SUBTRACT, 0, 0},
                                                      {CONVERT_NUMBER, 0, 10.929}, {CONVERT_MULTIPLY, 0, 0}};
  SEGMENT(0, true, {0, 500, 7, 0}, {1, 500, 7, -1}, {2, 500, 2, 0}, {3, 500, (double)NAN, 0}, {4, 500, (double)INFINITY, 0});
  parts[0].steps = percent;
  parts[0].n_steps = 5;
  parts[0].low = 15;
  parts[0].high = 200;
  parts[0].in_order = false;
  scan_between(1, TIES_HIGHEST, EVER, INDEX);
  rows_latest(&scanner.scan, &figure);
  expect_figure(0, '=', (7 - 2.15) * 10.929);
  expect_figure(1, '<', (7 - 2.15) * 10.929);
  expect_unknown(2);
  scan_any(&scanner, &stream, 0, &mask);
  for (uint32_t i = 0; i < 5; i++) expect_mask(i, "yynnn"[i]);
}

static void plausible_limits_are_included(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 500, 15, 0}, {1, 500, 200, 0}, {2, 500, 14.9, 0}, {3, 500, 200.1, 0});
  parts[0].low = 15;
  parts[0].high = 200;
  scan_between(1, TIES_HIGHEST, EVER, INDEX);
  rows_any(&scanner.scan, &mask);
  for (uint32_t i = 0; i < 4; i++) expect_mask(i, "yynn"[i]);
}

static void every_step_of_a_conversion_does_what_it_says(void **state) {
  (void)state;
  /* -((value + 1) / 4) */
  static const struct image_convert_step steps[] = {{CONVERT_VALUE, 0, 0},  {CONVERT_NUMBER, 0, 1}, {CONVERT_ADD, 0, 0},
                                                    {CONVERT_NUMBER, 0, 4}, {CONVERT_DIVIDE, 0, 0}, {CONVERT_NEGATE, 0, 0}};
  SEGMENT(0, true, {0, 500, 5, 0}, {0, 500, 9, 0});
  parts[0].steps = steps;
  parts[0].n_steps = 6;
  parts[0].in_order = false;
  scan_between(1, TIES_HIGHEST, EVER, INDEX);
  rows_latest(&scanner.scan, &figure);
  expect_figure(0, '=', -1.5);
  rows_earliest(&scanner.scan, &figure);
  expect_figure(0, '=', -2.5);
}

static void scaled_integers_are_read_back_by_their_scale(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 500, 0, 0}, {1, 500, 0, 0});
  const struct store_values scaled[] = {{.tiny = (int16_t[]){24, NO_TINY}, .scale = 10}, {.small = (int32_t[]){24, NO_SMALL}, .scale = 10}};
  for (int i = 0; i < 2; i++) {
    written[0].values = scaled[i];
    scan_between(1, TIES_HIGHEST, EVER, INDEX);
    rows_latest(&scanner.scan, &figure);
    expect_figure(0, '=', 2.4);
    expect_unknown(1);
  }
}

/* ── the order of rows, and ties ─────────────────────────────────────────────────────────────────────────────────── */

static void rows_of_several_segments_are_put_in_order(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 500, 60, 0}, {0, 700, 50, 0}, {3, 500, 1, 0});
  SEGMENT(1, false, {0, 600, 70, 0}, {0, 700, 40, 0}, {2, 500, 2, 0});
  SEGMENT(2, true, {0, 400, 80, 0}, {3, 400, 5, 0});
  for (int merged = 0; merged < 2; merged++) { /* or brought together and sorted, as if they were in no order */
    for (int i = 0; i < 3; i++) parts[i].in_order = merged;
    scan_between(3, TIES_HIGHEST, EVER, INDEX);
    assert_int_equal(scanner.scan.n_groups, 3);
    static const double in_order[] = {80, 60, 70, 40, 50};
    for (size_t i = 0; i < 5; i++) assert_true(scanner.scan.row[i].value == in_order[i]);
    rows_latest(&scanner.scan, &figure);
    expect_figure(0, '=', 50);
    expect_figure(2, '=', 2);
    expect_figure(3, '=', 1);
    rows_earliest(&scanner.scan, &figure);
    expect_figure(0, '=', 80);
    expect_figure(3, '=', 5);
  }
  struct scan_segment many[30]; /* more than are merged */
  for (int i = 0; i < 30; i++) many[i] = parts[i % 3];
  stream = (struct scan_stream){STREAM_SERIES, TIES_HIGHEST, 30, many};
  scan_rows(&scanner, &stream, 0, true, 1, true);
  rows_latest(&scanner.scan, &figure);
  expect_figure(0, '=', 50);
  rows_count(&scanner.scan, &figure);
  expect_figure(0, '=', 50);
}

static void many_rows_of_one_patient_are_sorted_too(void **state) {
  (void)state;
  struct sample odd[100], even[100];
  for (int i = 0; i < 100; i++) {
    odd[i] = (struct sample){9, 300 + 2 * i + 1, 1000 - i, 0};
    even[i] = (struct sample){9, 300 + 2 * i, i, 0};
  }
  write_segment(0, 100, odd, true);
  write_segment(1, 100, even, true);
  for (int merged = 0; merged < 2; merged++) {
    for (int i = 0; i < 2; i++) parts[i].in_order = merged;
    scan_between(2, TIES_HIGHEST, EVER, INDEX);
    for (int i = 0; i < 200; i++) assert_int_equal(scanner.scan.row[i].date, 300 + i);
    rows_latest(&scanner.scan, &figure);
    expect_figure(9, '=', 901);
  }
}

static void of_several_values_on_one_day_the_ties_decide(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 400, 99, 0}, {0, 500, 4, 0}, {0, 500, 5, -1}, {0, 500, 9, 0}, {1, 500, 9, 1}, {2, 500, 5, 1}, {2, 500, 5, 0},
          {2, 500, 5, -1});
  scan_between(1, TIES_HIGHEST, EVER, INDEX);
  rows_latest(&scanner.scan, &figure);
  expect_figure(0, '=', 9);
  expect_figure(1, '>', 9);
  expect_figure(2, '>', 5);
  scan_between(1, TIES_LOWEST, EVER, INDEX);
  rows_latest(&scanner.scan, &figure);
  expect_figure(0, '=', 4);
  expect_figure(1, '>', 9);
  expect_figure(2, '<', 5);
  scan_between(1, TIES_MEAN, EVER, INDEX);
  rows_latest(&scanner.scan, &figure);
  expect_figure(0, '=', 6);
  expect_figure(1, '>', 9);
  expect_figure(2, '=', 5);
  rows_earliest(&scanner.scan, &figure);
  expect_figure(0, '=', 99);
  expect_figure(2, '<', 5);
}

int main(void) {
#define test(name) cmocka_unit_test_setup_teardown(name, open_scanner, close_scanner)
  const struct CMUnitTest tests[] = {
      test(both_days_of_a_window_are_in_it), test(nothing_after_the_index_date_counts),
      test(a_window_may_lie_outside_the_dates_that_16_bits_hold), test(every_number_of_rows_is_selected_alike),
      test(each_patient_may_have_a_window_of_their_own), test(a_window_that_hangs_on_an_unknown_date_makes_all_unknown),
      test(a_span_counts_on_its_days_but_not_on_its_end),
      test(values_are_converted_and_then_held_against_what_is_plausible), test(plausible_limits_are_included),
      test(every_step_of_a_conversion_does_what_it_says), test(scaled_integers_are_read_back_by_their_scale),
      test(rows_of_several_segments_are_put_in_order), test(many_rows_of_one_patient_are_sorted_too),
      test(of_several_values_on_one_day_the_ties_decide),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
