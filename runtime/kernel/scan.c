#include "runtime/kernel/scan.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/kernel/order.h"
#include "runtime/memory/memory.h"

static void open_number(struct number *number) {
  *number = (struct number){.n_words = MASK_WORDS};
  number->value = memory_take(LANES, sizeof *number->value);
  number->known = memory_take(MASK_WORDS, sizeof *number->known);
  number->below = memory_take(MASK_WORDS, sizeof *number->below);
  number->above = memory_take(MASK_WORDS, sizeof *number->above);
}

static void close_number(struct number *number) {
  free(number->value);
  free(number->known);
  free(number->below);
  free(number->above);
}

void scanner_open(struct scanner *scanner) {
  memset(scanner, 0, sizeof *scanner);
  scanner->window.select = select_chosen();
  rows_open(&scanner->scan);
  rows_open(&scanner->cut);
  rows_open(&scanner->spare);
  recent_open(&scanner->recent);
  for (int i = 0; i < 2; i++) open_number(&scanner->extreme[i]);
  scanner->tally = (struct tally){memory_take(LANES, sizeof(uint32_t)), memory_take(LANES, sizeof(uint32_t)),
                                  memory_take(LANES, sizeof(uint32_t)), MASK_WORDS};
}

void scanner_close(struct scanner *scanner) {
  rows_close(&scanner->scan);
  rows_close(&scanner->cut);
  rows_close(&scanner->spare);
  recent_close(&scanner->recent);
  for (int i = 0; i < 2; i++) close_number(&scanner->extreme[i]);
  free(scanner->tally.yes);
  free(scanner->tally.no);
  free(scanner->tally.total);
  free(scanner->bits);
  free(scanner->at);
  free(scanner->reading.patient);
  free(scanner->reading.date);
  free(scanner->reading.value);
  free(scanner->reading.sign);
  free(scanner->end);
}

static void make_room(struct scanner *scanner, size_t n) {
  if (n <= scanner->room) return;
  scanner->room = n > scanner->room * 2 ? n : scanner->room * 2;
  scanner->bits = memory_resize(scanner->bits, (scanner->room + 63) / 64, sizeof *scanner->bits);
  scanner->at = memory_resize(scanner->at, scanner->room + SELECT_SLACK, sizeof *scanner->at);
  scanner->end = memory_resize(scanner->end, scanner->room, sizeof *scanner->end);
  struct reading *reading = &scanner->reading;
  reading->patient = memory_resize(reading->patient, scanner->room + SELECT_SLACK, sizeof *reading->patient);
  reading->date = memory_resize(reading->date, scanner->room, sizeof *reading->date);
  reading->value = memory_resize(reading->value, scanner->room, sizeof *reading->value);
  reading->sign = memory_resize(reading->sign, scanner->room, sizeof *reading->sign);
}

/* ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static inline double convert(const struct scan_segment *segment, double value) {
  return segment->n_steps > 0 ? image_convert(segment->steps, segment->n_steps, value) : value;
}

/* The value of a row after conversion, with its sign. False where it is not read: it has no number, or one that is not
 * finite or not plausible. */
static inline bool read_value(const struct scan_segment *segment, uint64_t row, double *value, int8_t *sign) {
  double number = store_number(segment->values, row);
  if (isnan(number)) return false;
  *value = convert(segment, number);
  *sign = segment->values->sign ? segment->values->sign[row] : 0;
  return image_is_plausible(*value, segment->low, segment->high);
}

/* ── which rows ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void select_all(uint64_t n, uint64_t *bits) {
  memset(bits, 0xff, n / 64 * sizeof *bits);
  if (n % 64) bits[n / 64] = (UINT64_C(1) << n % 64) - 1;
}

/* Leaves those of the selected rows whose values are plausible. */
static void select_plausible(const struct select *select, const struct scan_segment *segment, uint64_t first, uint64_t n, uint64_t *bits) {
  const struct store_values *values = segment->values;
  if (values->tiny) select->tiny(values->tiny + first, n, (int16_t)segment->scaled_low, (int16_t)segment->scaled_high, bits);
  else select->small(values->small + first, n, segment->scaled_low, segment->scaled_high, bits);
}

/* The rows of the block that are in the window and, where the bits can tell, plausible; gives how many rows there are, and 0
 * where none can be in the window. */
static uint64_t select_rows(struct scanner *scanner, const struct scan_segment *segment, uint32_t block) {
  const struct store_segment *rows = segment->rows;
  uint64_t first = rows->block[block], n = rows->block[block + 1] - first;
  enum window_reach reach = window_reach(&scanner->window, rows, block);
  if (reach == WINDOW_NONE || (segment->is_bounded && segment->scaled_low > segment->scaled_high)) return 0;
  make_room(scanner, n);
  if (reach == WINDOW_ALL) select_all(n, scanner->bits);
  else window_select(&scanner->window, rows, first, n, scanner->bits);
  if (segment->is_bounded && !segment->all_plausible)
    select_plausible(scanner->window.select, segment, first, n, scanner->bits);
  return n;
}

/* Whether the bits do not say all: each value is still to be looked at. */
static bool is_open(const struct scan_segment *segment) { return segment->values && !segment->is_bounded; }

/* ── whether there is a row ──────────────────────────────────────────────────────────────────────────────────────── */

/* Any row will do, so of those side by side the last. */
static void scan_any_segment(struct scanner *scanner, const struct scan_segment *segment, uint32_t block) {
  const struct store_segment *rows = segment->rows;
  uint64_t first = rows->block[block], n = select_rows(scanner, segment, block);
  bool open = is_open(segment);
  if (!open) scanner->window.select->thin(rows->patient + first, n, 1, scanner->bits);
  size_t selected =
      scanner->window.select->number(scanner->bits, n, rows->patient + first, scanner->at, scanner->reading.patient);
  for (size_t i = 0; i < selected; i++) {
    double value;
    int8_t sign;
    if (!open || read_value(segment, first + scanner->at[i], &value, &sign)) scanner->flags[scanner->reading.patient[i] % LANES] = 1;
  }
}

void scan_any(struct scanner *scanner, const struct scan_stream *stream, uint32_t block, struct mask *out) {
  memset(scanner->flags, 0, sizeof scanner->flags);
  for (uint32_t s = 0; s < stream->n_segments; s++) scan_any_segment(scanner, &stream->segments[s], block);
  scanner->window.select->flags(scanner->flags, MASK_WORDS, out->yes);
  for (size_t w = 0; w < MASK_WORDS; w++) out->no[w] = ~(out->yes[w] | scanner->window.unknown[w]);
}

/* ── what they say ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* Each row is written where it will stand, and the next one over it if its value is not read. */
static size_t read_open_rows(struct scanner *scanner, const struct scan_segment *segment, uint64_t first, size_t n) {
  const struct store_segment *rows = segment->rows;
  const struct reading *reading = &scanner->reading;
  size_t n_read = 0;
  for (size_t i = 0; i < n; i++) {
    uint64_t at = first + scanner->at[i];
    reading->patient[n_read] = rows->patient[at];
    reading->date[n_read] = segment_date(rows, at);
    reading->value[n_read] = reading->sign[n_read] = 0;
    n_read += read_value(segment, at, &reading->value[n_read], &reading->sign[n_read]);
  }
  return n_read;
}

static void read_dates(const struct store_segment *rows, uint64_t first, const uint32_t *at, size_t n, int32_t *date) {
  const int32_t base = rows->base;
  if (rows->near_date)
    for (size_t i = 0; i < n; i++) date[i] = base + rows->near_date[first + at[i]];
  else
    for (size_t i = 0; i < n; i++) date[i] = rows->far_date[first + at[i]];
}

/* Rows of which each is read: events and spans, and values that the bits have found plausible. */
static void read_rows(struct scanner *scanner, const struct scan_segment *segment, uint64_t first, size_t n) {
  const struct store_values *values = segment->values;
  const struct reading *reading = &scanner->reading;
  const uint32_t *at = scanner->at;
  read_dates(segment->rows, first, at, n, reading->date);
  if (values && values->tiny) scanner->window.select->tiny_values(values->tiny + first, at, n, values->scale, reading->value);
  else if (values) scanner->window.select->small_values(values->small + first, at, n, values->scale, reading->value);
  else memset(reading->value, 0, n * sizeof *reading->value);
  for (size_t i = 0; segment->n_steps > 0 && i < n; i++) reading->value[i] = convert(segment, reading->value[i]);
  if (values && values->sign)
    for (size_t i = 0; i < n; i++) reading->sign[i] = values->sign[first + at[i]];
  else memset(reading->sign, 0, n * sizeof *reading->sign);
}

/* Reads the n rows whose numbers and patients are known; gives how many of them say something. */
static size_t read_selected(struct scanner *scanner, const struct scan_segment *segment, uint32_t block, size_t n) {
  uint64_t first = segment->rows->block[block];
  if (n == 0) return 0; /* there may be no memory yet */
  if (is_open(segment)) return read_open_rows(scanner, segment, first, n);
  read_rows(scanner, segment, first, n);
  return n;
}

/* ── each patient's last rows ────────────────────────────────────────────────────────────────────────────────────── */

/* Counts each patient's rows, by where one patient's end and the next one's begin. */
static void count_rows(struct scanner *scanner, size_t n) {
  const uint16_t *patient = scanner->reading.patient;
  uint32_t begin = 0;
  for (size_t i = 0; i < n; i++) scanner->end[i] = (uint32_t)i;
  size_t n_patients = scanner->window.select->last(patient, n, 1, scanner->end);
  for (size_t i = 0; i < n_patients; i++) {
    uint32_t end = scanner->end[i] + 1;
    scanner->recent.n_rows[patient[end - 1] % LANES] += end - begin;
    begin = end;
  }
}

/* Of rows that are numbered and counted leaves each patient's last, as many as there are levels. */
static size_t leave_last(struct scanner *scanner, const uint16_t *patient, size_t n) {
  size_t left = scanner->window.select->last(scanner->reading.patient, n, scanner->recent.depth, scanner->at);
  for (size_t i = 0; i < left; i++) scanner->reading.patient[i] = patient[scanner->at[i]];
  return left;
}

/* Only rows that stand in order have a last one, and only where all of them are read is it known which. They are thinned so
 * that fewer are read, as bits, which is cheap, unless they are to be counted; a few more than the last do no harm. */
static void scan_recent_segment(struct scanner *scanner, const struct scan_segment *segment, uint32_t block, bool is_first) {
  const struct select *select = scanner->window.select;
  struct recent *recent = &scanner->recent;
  const uint16_t *patient = segment->rows->patient + segment->rows->block[block];
  uint64_t n = select_rows(scanner, segment, block);
  bool some = segment->in_order && !is_open(segment);
  if (some && !recent->is_counted) select->thin(patient, n, recent->depth, scanner->bits);
  size_t selected = select->number(scanner->bits, n, patient, scanner->at, scanner->reading.patient);
  if (some && recent->is_counted) {
    count_rows(scanner, selected);
    selected = leave_last(scanner, patient, selected);
  }
  size_t n_read = read_selected(scanner, segment, block, selected);
  if (!some && recent->is_counted) count_rows(scanner, n_read);
  (is_first ? recent_fill : recent_add)(recent, &scanner->reading, n_read);
}

static bool has_signs(const struct scan_stream *stream) {
  for (uint32_t s = 0; s < stream->n_segments; s++)
    if (stream->segments[s].values && stream->segments[s].values->sign) return true;
  return false;
}

/* The segment in order that has most rows in the block, n_segments where there is none: read before the others, its rows need
 * not be held against any. */
static uint32_t largest_in_order(const struct scan_stream *stream, uint32_t block) {
  uint32_t largest = stream->n_segments;
  uint64_t most = 0;
  for (uint32_t s = 0; s < stream->n_segments; s++) {
    const struct scan_segment *segment = &stream->segments[s];
    uint64_t n = segment->rows->block[block + 1] - segment->rows->block[block];
    if (!segment->in_order || n <= most) continue;
    largest = s;
    most = n;
  }
  return largest;
}

static void scan_recent(struct scanner *scanner, const struct scan_stream *stream, uint32_t block, uint32_t keep, bool counted) {
  struct rows *rows = &scanner->scan;
  rows->has_signs = has_signs(stream);
  recent_begin(&scanner->recent, keep, counted, rows->has_signs);
  uint32_t first = largest_in_order(stream, block);
  if (first < stream->n_segments) scan_recent_segment(scanner, &stream->segments[first], block, true);
  for (uint32_t s = 0; s < stream->n_segments; s++)
    if (s != first) scan_recent_segment(scanner, &stream->segments[s], block, false);
  rows->recent = &scanner->recent;
  rows->last = 0;
  rows->is_grouped = false;
  scanner->window.select->known(scanner->recent.date, MASK_WORDS, rows->seen);
  memcpy(rows->known, rows->seen, sizeof rows->known);
}

/* ── all rows ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void scan_segment(struct scanner *scanner, const struct scan_segment *segment, uint32_t block) {
  const uint16_t *patient = segment->rows->patient + segment->rows->block[block];
  uint64_t n = select_rows(scanner, segment, block);
  size_t selected = scanner->window.select->number(scanner->bits, n, patient, scanner->at, scanner->reading.patient);
  size_t n_read = read_selected(scanner, segment, block, selected);
  struct rows *out = &scanner->scan;
  const struct reading *reading = &scanner->reading;
  rows_make_room(out, out->n_rows + n_read);
  struct row *row = out->own + out->n_rows;
  for (size_t i = 0; i < n_read; i++) row[i] = (struct row){reading->value[i], reading->date[i], reading->patient[i] % LANES, reading->sign[i]};
  out->n_rows += n_read;
}

/* So many sources are merged one after the other; more are cheaper brought together and sorted at once. */
#define MERGED_MOST 8

/* Of how many segments rows were read, whether they stand in order now, and whether any may be censored. */
struct sources { uint32_t n; bool in_order, has_signs; };

static struct sources scan_sources(struct scanner *scanner, const struct scan_stream *stream, uint32_t block) {
  struct sources sources = {.in_order = true};
  scanner->scan.n_rows = 0;
  for (uint32_t s = 0; s < stream->n_segments; s++) {
    const struct scan_segment *segment = &stream->segments[s];
    size_t before = scanner->scan.n_rows;
    scan_segment(scanner, segment, block);
    if (scanner->scan.n_rows == before) continue;
    sources.n++;
    sources.in_order = sources.in_order && segment->in_order && sources.n <= MERGED_MOST;
    sources.has_signs = sources.has_signs || (segment->values && segment->values->sign);
    if (sources.in_order && sources.n > 1) order_merge(scanner, before);
  }
  return sources;
}

static void scan_all(struct scanner *scanner, const struct scan_stream *stream, uint32_t block, bool ordered) {
  struct rows *rows = &scanner->scan;
  struct sources sources = scan_sources(scanner, stream, block);
  if (sources.n > 1 && !sources.in_order) order_gather(scanner);
  order_group(scanner);
  if (ordered && !sources.in_order) order_sort(rows);
  rows->recent = NULL;
  rows->has_signs = sources.has_signs;
}

void scan_rows(struct scanner *scanner, const struct scan_stream *stream, uint32_t block, bool ordered,
               uint32_t keep, bool counted) {
  struct rows *rows = &scanner->scan;
  if (keep > 0 && keep <= RECENT_MOST) scan_recent(scanner, stream, block, keep, counted);
  else scan_all(scanner, stream, block, ordered);
  rows->ties = stream->ties;
  scanner->has_extreme[0] = scanner->has_extreme[1] = false;
  memcpy(rows->unknown, scanner->window.unknown, sizeof rows->unknown);
}
