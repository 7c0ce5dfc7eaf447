/* recent_test.c: where each patient's last rows suffice, they go into lanes: all that may then be asked is what all rows say. */
#include "tests/unit/scan_sample.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/kernel/number_lanes.h"
#include "runtime/kernel/recent.h"

/* The values of a segment as integers, a tenth each, of which those from least to most are plausible. */
static int32_t small[3][MOST_ROWS];
static void make_small(int which, int32_t least, int32_t most) {
  size_t n = written[which].segment.n_rows;
  for (size_t i = 0; i < n; i++) small[which][i] = (int32_t)lround(written[which].value[i] * 10);
  written[which].values = (struct store_values){.small = small[which], .scale = 10};
  parts[which].is_bounded = true;
  parts[which].scaled_low = least;
  parts[which].scaled_high = most;
}

/* Those that were made small, in 16 bits. */
static int16_t tiny[3][MOST_ROWS];
static void make_tiny(int which) {
  for (size_t i = 0; i < written[which].segment.n_rows; i++) tiny[which][i] = (int16_t)small[which][i];
  written[which].values = (struct store_values){.tiny = tiny[which], .scale = 10};
  if (parts[which].scaled_low < -INT16_MAX) parts[which].scaled_low = -INT16_MAX;
  if (parts[which].scaled_high > INT16_MAX) parts[which].scaled_high = INT16_MAX;
}

static int32_t low = EVER; /* the first day */
static void scan_last(uint32_t n_segments, uint32_t keep, bool counted) {
  struct dates from = {(int32_t[64]){low}, 1}, to = {(int32_t[64]){INDEX}, 1};
  stream = (struct scan_stream){STREAM_SERIES, TIES_HIGHEST, n_segments, parts};
  window_set(&scanner.window, &from, &to, INDEX);
  scan_rows(&scanner, &stream, 0, true, keep, counted);
}

/* ── by example ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void of_rows_in_two_segments_the_later_one_is_last(void **state) {
  (void)state;
  /* On one day, the first later, the second later, in one of the two alone; and below zero. */
  SEGMENT(0, true, {0, 500, 7, 0}, {1, 500, 1, 0}, {1, 600, 2, 0}, {2, 500, 3, 0}, {3, 400, 4, 0}, {5, 500, -4, 0}, {6, 500, -1, 0});
  SEGMENT(1, false, {0, 500, 6, 0}, {1, 599, 9, 0}, {2, 501, 0.5, 0}, {4, 300, 5, 0}, {5, 500, -3, 0}, {6, 501, -2, 0}, {7, 100, -8, 0});
  for (int is_small = 0; is_small < 2; is_small++) {
    for (int i = 0; is_small && i < 2; i++) make_small(i, INT32_MIN + 1, INT32_MAX);
    for (int turned = 0; turned < 2; turned++) {
      scan_last(2, 1, true);
      rows_latest(&scanner.scan, &figure);
      static const double latest[] = {7, 2, 0.5, 4, 5, -3, -2, -8};
      for (uint32_t i = 0; i < 8; i++) expect_figure(i, '=', latest[i]);
      expect_unknown(8);
      static const double counts[] = {2, 3, 2, 1, 1, 2, 2, 1, 0};
      for (uint32_t i = 0; i < 9; i++) expect_count(i, counts[i]);
      rows_date_of_last(&scanner.scan, &date);
      static const int32_t days[] = {500, 600, 501, 400, 300, 500, 501, 100, DATE_UNKNOWN};
      for (uint32_t i = 0; i < 9; i++) assert_int_equal(date.day[i], days[i]);
      struct scan_segment part = parts[0];
      parts[0] = parts[1];
      parts[1] = part;
    }
  }
}

static void the_last_two_may_come_from_two_segments(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 500, 7, 0}, {0, 510, 8, 0}, {0, 520, 9, 0}, {1, 500, 7, 0}, {2, 500, 3, 0}, {2, 500, 5, 0}, {3, 900, 1, 0});
  SEGMENT(1, true, {0, 515, 2, 0}, {1, 400, 1, 0}, {2, 500, 4, 0}, {4, 300, 1, 0}, {4, 301, -6, 0});
  for (int i = 0; i < 2; i++) make_small(i, INT32_MIN + 1, INT32_MAX);
  scan_last(2, 2, false);
  scan_cut(&scanner, CUT_LAST, 2, CUT_DAYS, 0);
  rows_lowest(&scanner.cut, &figure);
  static const double lowest[] = {2, 1, 4, 0, -6}, highest[] = {9, 7, 5, 0, 1}, sums[] = {11, 8, 9, 0, -5};
  for (uint32_t i = 0; i < 5; i++) i == 3 ? expect_unknown(i) : expect_figure(i, '=', lowest[i]);
  rows_highest(&scanner.cut, &figure);
  for (uint32_t i = 0; i < 5; i++) i == 3 ? expect_unknown(i) : expect_figure(i, '=', highest[i]);
  rows_sum(&scanner.cut, &figure);
  for (uint32_t i = 0; i < 5; i++) i == 3 ? expect_unknown(i) : expect_figure(i, '=', sums[i]);
  rows_count(&scanner.cut, &figure);
  expect_figure(3, '=', 1);
  expect_figure(4, '=', 2);
  expect_figure(5, '=', 0);
  rows_any(&scanner.cut, &mask);
  expect_mask(3, 'y');
  expect_mask(5, 'n');
}

static void a_censored_value_stands_beside_the_exact_one_of_its_day(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 500, 5, 1}, {0, 500, 5, -1}, {1, 500, 5, -1}, {2, 600, 90, 1}, {3, 600, 3, -1}, {3, 601, 3, 0});
  SEGMENT(1, true, {0, 500, 5, 0}, {1, 500, 5, 0}, {2, 500, 99, 0}, {3, 602, 2, -1});
  scan_last(2, 1, false);
  rows_latest(&scanner.scan, &figure);
  expect_figure(0, '>', 5);
  expect_figure(1, '=', 5);
  expect_figure(2, '>', 90);
  expect_figure(3, '<', 2);
  scan_last(2, 2, false);
  scan_cut(&scanner, CUT_LAST, 2, CUT_DAYS, 0);
  rows_lowest(&scanner.cut, &figure);
  expect_figure(0, '=', 5);
  expect_figure(1, '<', 5);
  rows_highest(&scanner.cut, &figure);
  expect_figure(2, '=', 99);
  /* What the lanes of an earlier scan had of signs is forgotten. */
  SEGMENT(0, true, {0, 500, 5, 0});
  scan_last(1, 1, false);
  rows_latest(&scanner.scan, &figure);
  expect_figure(0, '=', 5);
  assert_false(figure.censored);
}

static void a_row_that_is_not_plausible_is_no_last_one(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 500, 7, 0}, {0, 510, 99, 0}, {1, 510, 99, 0}, {2, 400, 1, 0}, {2, 401, 98, 0}, {2, 402, 2, 0}, {2, 403, 97, 0});
  make_small(0, 0, 500);
  for (uint32_t keep = 1; keep <= 2; keep++)
    for (int counted = 0; counted < 2; counted++) {
      scan_last(1, keep, counted);
      rows_latest(&scanner.scan, &figure);
      expect_figure(0, '=', 7);
      expect_unknown(1);
      expect_figure(2, '=', 2);
      for (uint32_t i = 0; counted && i < 3; i++) expect_count(i, (double[]){1, 0, 2}[i]);
    }
}

static void a_window_that_is_unknown_for_some_has_no_last_row_for_them(void **state) {
  (void)state;
  static int32_t lows[LANES];
  struct dates from = {lows, MASK_WORDS}, to = {(int32_t[64]){0}, 1};
  for (size_t i = 0; i < 64; i++) to.day[i] = INDEX;
  for (size_t i = 0; i < LANES; i++) lows[i] = 450;
  lows[1] = DATE_UNKNOWN;
  lows[2] = 501;
  SEGMENT(0, true, {0, 400, 1, 0}, {0, 500, 2, 0}, {1, 500, 3, 0}, {2, 500, 4, 0});
  SEGMENT(1, true, {1, 501, 5, 0}, {2, 501, 6, 0}, {3, 449, 7, 0});
  for (int i = 0; i < 2; i++) make_small(i, INT32_MIN + 1, INT32_MAX);
  stream = (struct scan_stream){STREAM_SERIES, TIES_HIGHEST, 2, parts};
  window_set(&scanner.window, &from, &to, INDEX);
  scan_rows(&scanner, &stream, 0, true, 1, true);
  rows_any(&scanner.scan, &mask);
  for (uint32_t i = 0; i < 4; i++) expect_mask(i, "yuyn"[i]);
  rows_latest(&scanner.scan, &figure);
  expect_figure(0, '=', 2);
  expect_unknown(1);
  expect_figure(2, '=', 6);
  expect_unknown(3);
  rows_count(&scanner.scan, &figure);
  expect_figure(0, '=', 1);
  expect_unknown(1);
  expect_figure(3, '=', 0);
}

static void many_segments_may_have_a_part_of_it(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 500, 60, 0}, {0, 700, 50, 0}, {3, 500, 1, 0});
  SEGMENT(1, false, {0, 600, 70, 0}, {0, 700, 40, 0}, {2, 500, 2, 0});
  SEGMENT(2, true, {0, 400, 80, 0}, {3, 501, 5, 0});
  struct scan_segment many[30];
  for (int i = 0; i < 30; i++) many[i] = parts[i % 3];
  scan_last(3, 1, true);
  stream = (struct scan_stream){STREAM_SERIES, TIES_HIGHEST, 30, many};
  for (uint32_t keep = 1; keep <= 20; keep++) { /* in lanes, and beyond what lanes hold */
    scan_rows(&scanner, &stream, 0, true, keep, true);
    rows_latest(&scanner.scan, &figure);
    expect_figure(0, '=', 50);
    expect_figure(2, '=', 2);
    expect_figure(3, '=', 5);
    expect_count(0, 50);
    scan_cut(&scanner, CUT_LAST, keep, CUT_DAYS, 0);
    rows_lowest(&scanner.cut, &figure);
    expect_figure(0, '=', keep <= 10 ? 50 : 40);
  }
}

/* No rules ask so, but an image might: of rows that were not kept nothing is known, and nothing else is read instead. */
static void more_than_is_kept_is_known_of_nobody(void **state) {
  (void)state;
  SEGMENT(0, true, {0, 500, 1, 0}, {0, 600, 2, 0}, {0, 700, 3, 0});
  scan_last(1, 2, false);
  scan_cut(&scanner, CUT_LAST, 3, CUT_DAYS, 0);
  rows_lowest(&scanner.cut, &figure);
  expect_unknown(0);
  rows_latest(&scanner.cut, &figure);
  expect_unknown(0);
  rows_mean(&scanner.cut, &figure);
  expect_unknown(0);
  scan_cut(&scanner, CUT_FIRST, 2, CUT_DAYS, 50);
  rows_sum(&scanner.cut, &figure);
  expect_figure(0, '=', 5);
  rows_lowest(&scanner.scan, &figure);
  expect_figure(0, '=', 2);
}

/* ── by chance ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static uint32_t seed;
static uint32_t chance(uint32_t n) {
  seed = seed * 1664525u + 1013904223u;
  return (seed >> 8) % n;
}

static int by_place(const void *left, const void *right) {
  const struct sample *a = left, *b = right;
  if (a->patient != b->patient) return a->patient < b->patient ? -1 : 1;
  if (a->date != b->date) return a->date < b->date ? -1 : 1;
  return (a->value > b->value) - (a->value < b->value);
}

/* Three segments of 40 patients, of every kind: exact or censored, in order or not, integers or not, some not plausible. */
static void make_up_segments(void) {
  for (int which = 0; which < 3; which++) {
    struct sample samples[MOST_ROWS];
    size_t n = chance(MOST_ROWS + 1);
    bool is_censored = chance(4) == 0;
    for (size_t i = 0; i < n; i++) {
      samples[i] = (struct sample){(uint16_t)(chance(40) * 100), 480 + (int32_t)chance(chance(2) ? 4 : 500), (double)chance(9) - 4, 0};
      if (is_censored) samples[i].sign = (int)chance(3) - 1;
    }
    qsort(samples, n, sizeof *samples, by_place);
    write_segment(which, n, samples, chance(2));
    if (!is_censored && chance(4) != 0) {
      make_small(which, chance(2) ? -30 : INT32_MIN + 1, chance(2) ? 30 : INT32_MAX);
      if (chance(2)) make_tiny(which);
    }
    parts[which].low = parts[which].is_bounded ? parts[which].scaled_low / 10.0 : -3;
    parts[which].high = parts[which].is_bounded ? parts[which].scaled_high / 10.0 : 3;
    if (chance(4) == 0) parts[which].in_order = false;
  }
}

/* All that may be asked, one after the other: of the scan, whose rows are counted or not, then of its cut. */
static const struct {
  void (*number)(struct rows *, struct number *);
  void (*dates)(struct rows *, struct dates *); /* neither: whether there is any row */
} questions[] = {
    {rows_count, NULL},  {rows_latest, NULL},   {NULL, rows_date_of_last},  {NULL, NULL},
    {rows_latest, NULL}, {rows_count, NULL},    {NULL, rows_date_of_last},  {NULL, NULL},              {rows_lowest, NULL},
    {rows_mean, NULL},   {rows_highest, NULL},  {rows_median, NULL},        {NULL, rows_date_of_first}, {NULL, rows_date_of_lowest},
    {rows_sum, NULL},    {rows_earliest, NULL}, {NULL, rows_date_of_highest}};
enum { FIRST_OF_CUT = 4, N_QUESTIONS = sizeof questions / sizeof *questions };
enum asked { ASKED_NUMBER, ASKED_DATE, ASKED_ANY };
struct answer { double value; int32_t day; char outcome; };

static void write_down(enum asked asked, struct answer *answers) {
  for (uint32_t i = 0; i < LANES; i++) {
    uint64_t bit = UINT64_C(1) << i % 64;
    answers[i] = (struct answer){0};
    if (asked == ASKED_ANY) answers[i].outcome = mask.yes[i / 64] & bit ? 'y' : mask.no[i / 64] & bit ? 'n' : 'u';
    if (asked == ASKED_DATE) answers[i].day = date.day[i];
    if (asked != ASKED_NUMBER || !(figure.known[i / 64] & bit)) continue;
    answers[i].outcome = number_below_word(&figure, i / 64) & bit ? '<' : number_above_word(&figure, i / 64) & bit ? '>' : '=';
    answers[i].value = figure.value[i];
  }
}

static enum asked ask(int question, struct rows *rows) {
  void (*number)(struct rows *, struct number *) = questions[question].number;
  void (*dates)(struct rows *, struct dates *) = questions[question].dates;
  if (number) number(rows, &figure);
  else if (dates) dates(rows, &date);
  else rows_any(rows, &mask);
  return number ? ASKED_NUMBER : dates ? ASKED_DATE : ASKED_ANY;
}

static void answer_all(uint32_t keep, bool counted, uint32_t cut, struct answer (*answers)[LANES]) {
  scan_last(3, keep, counted);
  for (int q = counted ? 0 : 1; q < N_QUESTIONS; q++) {
    if (q == FIRST_OF_CUT) scan_cut(&scanner, CUT_LAST, cut, CUT_DAYS, 0);
    write_down(ask(q, q < FIRST_OF_CUT ? &scanner.scan : &scanner.cut), answers[q]);
  }
}

static void the_last_rows_say_what_all_of_them_say(void **state) {
  (void)state;
  static struct answer wanted[N_QUESTIONS][LANES], got[N_QUESTIONS][LANES];
  for (uint32_t round = 1; round <= 200; round++) {
    seed = round;
    make_up_segments();
    low = chance(2) ? EVER : 480 + (int32_t)chance(20);
    for (uint32_t cut = 1; cut <= RECENT_MOST + 1; cut++) {
      bool counted = chance(2);
      answer_all(0, true, cut, wanted);
      answer_all(cut, counted, cut, got);
      for (int q = counted ? 0 : 1; q < N_QUESTIONS; q++)
        for (uint32_t i = 0; i < LANES; i++) {
          const struct answer *a = &wanted[q][i], *b = &got[q][i];
          assert_true(a->value == b->value && a->day == b->day && a->outcome == b->outcome);
        }
    }
  }
  low = EVER;
}

int main(void) {
#define test(name) cmocka_unit_test_setup_teardown(name, open_scanner, close_scanner)
  const struct CMUnitTest tests[] = {
      test(of_rows_in_two_segments_the_later_one_is_last), test(the_last_two_may_come_from_two_segments),
      test(a_censored_value_stands_beside_the_exact_one_of_its_day), test(a_row_that_is_not_plausible_is_no_last_one),
      test(a_window_that_is_unknown_for_some_has_no_last_row_for_them), test(many_segments_may_have_a_part_of_it),
      test(more_than_is_kept_is_known_of_nobody), test(the_last_rows_say_what_all_of_them_say),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
