#include "runtime/kernel/scan.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/kernel/order.h"
#include "runtime/memory/memory.h"

static void rows_open(struct rows *rows) { rows->group = memory_take(LANES + 1, sizeof *rows->group); }

static void rows_close(struct rows *rows) {
  free(rows->own);
  free(rows->group);
}

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

void rows_make_room(struct rows *rows, size_t n) {
  if (n > rows->capacity) {
    rows->capacity = n > rows->capacity * 2 ? n : rows->capacity * 2;
    rows->own = memory_resize(rows->own, rows->capacity, sizeof *rows->own);
  }
  rows->row = rows->own;
}

void scanner_open(struct scanner *scanner) {
  memset(scanner, 0, sizeof *scanner);
  scanner->window.select = select_chosen();
  rows_open(&scanner->scan);
  rows_open(&scanner->cut);
  rows_open(&scanner->spare);
  for (int i = 0; i < 2; i++) open_number(&scanner->extreme[i]);
  scanner->tally = (struct tally){memory_take(LANES, sizeof(uint32_t)), memory_take(LANES, sizeof(uint32_t)),
                                  memory_take(LANES, sizeof(uint32_t)), MASK_WORDS};
}

void scanner_close(struct scanner *scanner) {
  rows_close(&scanner->scan);
  rows_close(&scanner->cut);
  rows_close(&scanner->spare);
  for (int i = 0; i < 2; i++) close_number(&scanner->extreme[i]);
  free(scanner->tally.yes);
  free(scanner->tally.no);
  free(scanner->tally.total);
  free(scanner->bits);
  free(scanner->at);
  free(scanner->patient);
  free(scanner->end);
  free(scanner->value);
}

static void make_room(struct scanner *scanner, size_t n) {
  if (n <= scanner->room) return;
  scanner->room = n > scanner->room * 2 ? n : scanner->room * 2;
  scanner->bits = memory_resize(scanner->bits, (scanner->room + 63) / 64, sizeof *scanner->bits);
  scanner->at = memory_resize(scanner->at, scanner->room + SELECT_SLACK, sizeof *scanner->at);
  scanner->patient = memory_resize(scanner->patient, scanner->room + SELECT_SLACK, sizeof *scanner->patient);
  scanner->end = memory_resize(scanner->end, scanner->room, sizeof *scanner->end);
  scanner->value = memory_resize(scanner->value, scanner->room, sizeof *scanner->value);
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
      scanner->window.select->number(scanner->bits, n, rows->patient + first, scanner->at, scanner->patient);
  for (size_t i = 0; i < selected; i++) {
    double value;
    int8_t sign;
    if (!open || read_value(segment, first + scanner->at[i], &value, &sign)) scanner->flags[scanner->patient[i] % LANES] = 1;
  }
}

void scan_any(struct scanner *scanner, const struct scan_stream *stream, uint32_t block, struct mask *out) {
  memset(scanner->flags, 0, sizeof scanner->flags);
  for (uint32_t s = 0; s < stream->n_segments; s++) scan_any_segment(scanner, &stream->segments[s], block);
  scanner->window.select->flags(scanner->flags, MASK_WORDS, out->yes);
  for (size_t w = 0; w < MASK_WORDS; w++) out->no[w] = ~(out->yes[w] | scanner->window.unknown[w]);
}

/* ── the rows themselves ─────────────────────────────────────────────────────────────────────────────────────────── */

/* Counts each patient's rows beyond the last `keep`, by where one patient's end and the next one's begin. */
static void count_dropped(struct scanner *scanner, size_t n, uint32_t keep) {
  uint32_t begin = 0;
  for (size_t i = 0; i < n; i++) scanner->end[i] = (uint32_t)i;
  size_t n_patients = scanner->window.select->last(scanner->patient, n, 1, scanner->end);
  for (size_t i = 0; i < n_patients; i++) {
    uint32_t last = scanner->end[i], found = last + 1 - begin;
    scanner->n_dropped[scanner->patient[last] % LANES] += found > keep ? found - keep : 0;
    begin = last + 1;
  }
}

/* A row is written where it will stand, member by member, and given up if its value is not read: to make it up aside
 * and copy it as a whole would wait for each of the small stores (a third of the time of a scan was measured for that). */
static void read_open_rows(struct scanner *scanner, const struct scan_segment *segment, uint64_t first, size_t n) {
  const struct store_segment *rows = segment->rows;
  struct rows *out = &scanner->scan;
  struct row *row = out->own + out->n_rows;
  for (size_t i = 0; i < n; i++) {
    uint64_t at = first + scanner->at[i];
    row->value = 0;
    row->date = segment_date(rows, at);
    row->patient = rows->patient[at] % LANES;
    row->sign = 0;
    row += read_value(segment, at, &row->value, &row->sign);
  }
  out->n_rows = (size_t)(row - out->own);
}

/* Near dates, and values as they stand. */
static void read_usual_rows(const struct store_segment *rows, const double *value, const uint32_t *at, uint64_t first, size_t n,
                            struct row *row) {
  const uint16_t *near = rows->near_date + first, *patient = rows->patient + first;
  const int32_t base = rows->base;
  for (size_t i = 0; i < n; i++) row[i] = (struct row){value[i], base + near[at[i]], patient[at[i]] % LANES, 0};
}

/* Rows of which each is read: events and spans, and values that the bits have found plausible. */
static void read_rows(struct scanner *scanner, const struct scan_segment *segment, uint64_t first, size_t n) {
  const struct store_segment *rows = segment->rows;
  const struct store_values *values = segment->values;
  struct row *row = scanner->scan.own + scanner->scan.n_rows;
  scanner->scan.n_rows += n;
  if (values && values->tiny) scanner->window.select->tiny_values(values->tiny + first, scanner->at, n, values->scale, scanner->value);
  else if (values) scanner->window.select->small_values(values->small + first, scanner->at, n, values->scale, scanner->value);
  if (values && rows->near_date && !values->sign && segment->n_steps == 0) {
    read_usual_rows(rows, scanner->value, scanner->at, first, n, row);
    return;
  }
  for (size_t i = 0; i < n; i++) {
    uint64_t at = first + scanner->at[i];
    row[i].value = values ? convert(segment, scanner->value[i]) : 0;
    row[i].date = segment_date(rows, at);
    row[i].patient = rows->patient[at] % LANES;
    row[i].sign = values && values->sign ? values->sign[at] : 0;
  }
}

/* Only rows that stand in order have a last one, and only where all of them are read is it known which. Those that stand
 * side by side are thinned as bits, which is cheap; rows that are not plausible may part them, so it is not the last word. */
static void scan_segment(struct scanner *scanner, const struct scan_segment *segment, uint32_t block, uint32_t keep,
                         bool counted) {
  const struct select *select = scanner->window.select;
  const uint16_t *patient = segment->rows->patient + segment->rows->block[block];
  uint64_t first = segment->rows->block[block], n = select_rows(scanner, segment, block);
  bool open = is_open(segment), some = keep && segment->in_order && !open;
  if (some && !counted && keep < 64) select->thin(patient, n, keep, scanner->bits);
  size_t selected = select->number(scanner->bits, n, patient, scanner->at, scanner->patient);
  if (some && counted) count_dropped(scanner, selected, keep);
  if (some) selected = select->last(scanner->patient, selected, keep, scanner->at);
  rows_make_room(&scanner->scan, scanner->scan.n_rows + selected);
  (open ? read_open_rows : read_rows)(scanner, segment, first, selected);
}

/* So many sources are merged one after the other; more are cheaper brought together and sorted at once. */
#define MERGED_MOST 8

/* Of how many segments rows were read, whether they stand in order now, and whether any may be censored. */
struct sources { uint32_t n; bool in_order, has_signs; };

static struct sources scan_sources(struct scanner *scanner, const struct scan_stream *stream, uint32_t block, uint32_t keep,
                                   bool counted) {
  struct sources sources = {.in_order = true};
  scanner->scan.n_rows = 0;
  for (uint32_t s = 0; s < stream->n_segments; s++) {
    const struct scan_segment *segment = &stream->segments[s];
    size_t before = scanner->scan.n_rows;
    scan_segment(scanner, segment, block, keep, counted);
    if (scanner->scan.n_rows == before) continue;
    sources.n++;
    sources.in_order = sources.in_order && segment->in_order && sources.n <= MERGED_MOST;
    sources.has_signs = sources.has_signs || (segment->values && segment->values->sign);
    if (sources.in_order && sources.n > 1) order_merge(scanner, before);
  }
  return sources;
}

void scan_rows(struct scanner *scanner, const struct scan_stream *stream, uint32_t block, bool ordered,
               uint32_t keep, bool counted) {
  struct rows *rows = &scanner->scan;
  struct sources sources = scan_sources(scanner, stream, block, keep, counted);
  if (sources.n > 1 && !sources.in_order) order_gather(scanner);
  order_group(scanner);
  if (ordered && !sources.in_order) order_sort(rows);
  rows->ties = stream->ties;
  rows->has_signs = sources.has_signs;
  scanner->has_extreme[0] = scanner->has_extreme[1] = false;
  memcpy(rows->unknown, scanner->window.unknown, sizeof rows->unknown);
}
