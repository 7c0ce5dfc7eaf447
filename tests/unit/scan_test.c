/* scan_test.c: which rows a window selects, how a series is cut, and every figure asked of rows. The index date is day
 * 1000 throughout; segments are written down row by row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/dates.h"
#include "runtime/kernel/number_lanes.h"
#include "runtime/kernel/reduce.h"
#include "runtime/kernel/scan.h"

#define INDEX 1000
#define EVER  DATE_EVER
#define MOST_ROWS 200

/* ── segments written by hand ────────────────────────────────────────────────────────────────────────────────────── */

struct sample { uint16_t patient; int32_t date; double value; int sign; };

/* A segment with 16-bit dates from a base of 100, or with 32-bit ones. */
struct written {
  uint64_t block[2];
  struct store_days days;
  uint16_t patient[MOST_ROWS], near[MOST_ROWS];
  int32_t far[MOST_ROWS], end[MOST_ROWS];
  double value[MOST_ROWS];
  int8_t sign[MOST_ROWS];
  struct store_values values;
  struct store_segment segment;
};

static struct written written[3];
static struct scan_segment parts[3];
static struct scan_stream stream;
static struct scanner scanner;

static struct scan_segment *write_segment(int which, size_t n, const struct sample *samples, bool near) {
  struct written *w = &written[which];
  bool censored = false;
  memset(w, 0, sizeof *w);
  for (size_t i = 0; i < n; i++) {
    w->patient[i] = samples[i].patient;
    w->near[i] = (uint16_t)(samples[i].date - 100);
    w->far[i] = samples[i].date;
    w->value[i] = samples[i].value;
    w->sign[i] = (int8_t)samples[i].sign;
    censored = censored || samples[i].sign != 0;
  }
  w->block[1] = n;
  w->days = (struct store_days){INT32_MAX, INT32_MIN};
  for (size_t i = 0; i < n; i++) {
    if (samples[i].date < w->days.first) w->days.first = samples[i].date;
    if (samples[i].date > w->days.last) w->days.last = samples[i].date;
  }
  w->values = (struct store_values){.wide = w->value, .sign = censored ? w->sign : NULL};
  w->segment = (struct store_segment){.n_rows = n, .block = w->block, .days = &w->days, .patient = w->patient, .near_date = near ? w->near : NULL,
                                      .base = near ? 100 : 0, .far_date = near ? NULL : w->far, .values = &w->values};
  parts[which] = (struct scan_segment){.rows = &w->segment, .values = &w->values, .low = -(double)INFINITY, .high = (double)INFINITY,
                                       .in_order = !censored};
  return &parts[which];
}

static void scan_between(uint32_t n_segments, enum image_ties ties, int32_t low, int32_t high) {
  struct dates from = {(int32_t[64]){low}, 1}, to = {(int32_t[64]){high}, 1};
  stream = (struct scan_stream){STREAM_SERIES, ties, n_segments, parts};
  window_set(&scanner.window, &from, &to, INDEX);
  scan_rows(&scanner, &stream, 0, true, 0, false);
}

static int open_scanner(void **state) {
  (void)state;
  scanner_open(&scanner);
  return 0;
}

static int close_scanner(void **state) {
  (void)state;
  scanner_close(&scanner);
  return 0;
}

#define SEGMENT(which, near, ...) \
  write_segment(which, sizeof((struct sample[]){__VA_ARGS__}) / sizeof(struct sample), (struct sample[]){__VA_ARGS__}, near)

/* ── what comes out ──────────────────────────────────────────────────────────────────────────────────────────────── */

static double value_room[LANES];
static int32_t day_room[LANES];
static uint32_t tally_room[3][LANES];
static uint64_t bits_room[6][MASK_WORDS];
static struct number figure = {value_room, bits_room[0], bits_room[1], bits_room[2], MASK_WORDS, false};
static struct dates date = {day_room, MASK_WORDS};
static struct mask mask = {bits_room[3], bits_room[4], MASK_WORDS};
static struct tally tally = {tally_room[0], tally_room[1], tally_room[2], MASK_WORDS};

static void expect_figure(uint32_t patient, char sign, double value) {
  uint64_t bit = UINT64_C(1) << patient % 64;
  assert_true(figure.known[patient / 64] & bit);
  char found = number_below_word(&figure, patient / 64) & bit ? '<' : number_above_word(&figure, patient / 64) & bit ? '>' : '=';
  assert_int_equal(found, sign);
  assert_true(figure.value[patient] == value);
}

static void expect_unknown(uint32_t patient) { assert_false(figure.known[patient / 64] >> patient % 64 & 1); }

static void expect_mask(uint32_t patient, char outcome) {
  uint64_t bit = UINT64_C(1) << patient % 64;
  assert_int_equal(mask.yes[patient / 64] & bit ? 'y' : mask.no[patient / 64] & bit ? 'n' : 'u', outcome);
}

static void expect_tally(uint32_t patient, uint32_t yes, uint32_t no, uint32_t total) {
  assert_int_equal(tally.yes[patient], yes);
  assert_int_equal(tally.no[patient], no);
  assert_int_equal(tally.total[patient], total);
}

static void expect_count(uint32_t patient, double n) {
  rows_count(&scanner.scan, &figure);
  expect_figure(patient, '=', n);
}

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

static void small_integers_are_read_back_by_their_scale(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 500, 0, 0}, {1, 500, 0, 0});
  written[0].values = (struct store_values){.small = (int32_t[]){24, INT32_MIN}, .scale = 10};
  scan_between(1, TIES_HIGHEST, EVER, INDEX);
  rows_latest(&scanner.scan, &figure);
  expect_figure(0, '=', 2.4);
  expect_unknown(1);
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
  }
  SEGMENT(0, true, {0, 300, 3, 0}, {0, 400, 5, 0}, {0, 500, 5, 0}, {0, 600, 6.5, 0}, {0, 700, 7, 0});
  scan_between(1, TIES_HIGHEST, EVER, INDEX);
  static const uint32_t yes[] = {1, 3, 2, 4, 2, 3, 3};
  for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
    rows_tally(&scanner.scan, (enum rows_test)i, &a, &b, &tally);
    expect_tally(0, yes[i], 5 - yes[i], 5);
  }
  number_fill_unknown(&a);
  rows_tally(&scanner.scan, ROWS_EQUAL, &a, NULL, &tally);
  expect_tally(0, 0, 0, 5);
}

int main(void) {
#define test(name) cmocka_unit_test_setup_teardown(name, open_scanner, close_scanner)
  const struct CMUnitTest tests[] = {
      test(both_days_of_a_window_are_in_it), test(nothing_after_the_index_date_counts),
      test(a_window_may_lie_outside_the_dates_that_16_bits_hold), test(every_number_of_rows_is_selected_alike),
      test(each_patient_may_have_a_window_of_their_own), test(a_window_that_hangs_on_an_unknown_date_makes_all_unknown),
      test(a_span_counts_on_its_days_but_not_on_its_end),
      test(values_are_converted_and_then_held_against_what_is_plausible), test(plausible_limits_are_included),
      test(every_step_of_a_conversion_does_what_it_says), test(small_integers_are_read_back_by_their_scale),
      test(rows_of_several_segments_are_put_in_order), 
      test(many_rows_of_one_patient_are_sorted_too), test(of_several_values_on_one_day_the_ties_decide),
      test(the_outermost_of_equal_bounds_is_highest_and_lowest), test(means_sums_and_medians_take_bounds),
      test(the_median_of_many_is_found), test(a_change_goes_back_to_a_value_old_enough),
      test(a_series_is_cut_to_its_last_or_first_values), test(fewer_than_asked_for_are_counted_but_give_no_figure),
      test(values_kept_stand_so_far_apart), test(months_apart_go_by_the_calendar),
      test(each_cut_begins_with_the_rows_of_the_scan), test(rows_are_counted_by_how_they_compare),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
