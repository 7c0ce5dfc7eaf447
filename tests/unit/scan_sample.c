/* scan_sample.c: see scan_sample.h. */
#include "tests/unit/scan_sample.h"
#include <math.h>
#include <string.h>

/* ── segments written by hand ────────────────────────────────────────────────────────────────────────────────────── */

struct written written[3];
struct scan_segment parts[3];
struct scan_stream stream;
struct scanner scanner;

struct scan_segment *write_segment(int which, size_t n, const struct sample *samples, bool near) {
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

void scan_between(uint32_t n_segments, enum image_ties ties, int32_t low, int32_t high) {
  struct dates from = {(int32_t[64]){low}, 1}, to = {(int32_t[64]){high}, 1};
  stream = (struct scan_stream){STREAM_SERIES, ties, n_segments, parts};
  window_set(&scanner.window, &from, &to, INDEX);
  scan_rows(&scanner, &stream, 0, true, 0, false);
}

int open_scanner(void **state) {
  (void)state;
  scanner_open(&scanner);
  return 0;
}

int close_scanner(void **state) {
  (void)state;
  scanner_close(&scanner);
  return 0;
}

/* ── what comes out ──────────────────────────────────────────────────────────────────────────────────────────────── */

static double value_room[LANES];
static int32_t day_room[LANES];
static uint32_t tally_room[3][LANES];
static uint64_t bits_room[6][MASK_WORDS];
struct number figure = {value_room, bits_room[0], bits_room[1], bits_room[2], MASK_WORDS, false};
struct dates date = {day_room, MASK_WORDS};
struct mask mask = {bits_room[3], bits_room[4], MASK_WORDS};
struct tally tally = {tally_room[0], tally_room[1], tally_room[2], MASK_WORDS};

void expect_figure(uint32_t patient, char sign, double value) {
  uint64_t bit = UINT64_C(1) << patient % 64;
  assert_true(figure.known[patient / 64] & bit);
  char found = number_below_word(&figure, patient / 64) & bit ? '<' : number_above_word(&figure, patient / 64) & bit ? '>' : '=';
  assert_int_equal(found, sign);
  assert_true(figure.value[patient] == value);
}

void expect_unknown(uint32_t patient) { assert_false(figure.known[patient / 64] >> patient % 64 & 1); }

void expect_mask(uint32_t patient, char outcome) {
  uint64_t bit = UINT64_C(1) << patient % 64;
  assert_int_equal(mask.yes[patient / 64] & bit ? 'y' : mask.no[patient / 64] & bit ? 'n' : 'u', outcome);
}

void expect_tally(uint32_t patient, uint32_t yes, uint32_t no, uint32_t total) {
  assert_int_equal(tally.yes[patient], yes);
  assert_int_equal(tally.no[patient], no);
  assert_int_equal(tally.total[patient], total);
}

void expect_count(uint32_t patient, double n) {
  rows_count(&scanner.scan, &figure);
  expect_figure(patient, '=', n);
}
