#include "runtime/kernel/scan.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"

static void rows_open(struct rows *rows) { rows->group = memory_take(LANES + 1, sizeof *rows->group); }

static void rows_close(struct rows *rows) {
  free(rows->row);
  free(rows->group);
}

void rows_make_room(struct rows *rows, size_t n) {
  if (n <= rows->capacity) return;
  rows->capacity = n > rows->capacity * 2 ? n : rows->capacity * 2;
  rows->row = memory_resize(rows->row, rows->capacity, sizeof *rows->row);
}

void scanner_open(struct scanner *scanner) {
  memset(scanner, 0, sizeof *scanner);
  scanner->window.select = select_chosen();
  rows_open(&scanner->scan);
  rows_open(&scanner->cut);
  rows_open(&scanner->spare);
}

void scanner_close(struct scanner *scanner) {
  rows_close(&scanner->scan);
  rows_close(&scanner->cut);
  rows_close(&scanner->spare);
  free(scanner->bits);
  free(scanner->at);
  free(scanner->patient);
}

static void make_room(struct scanner *scanner, size_t n) {
  if (n <= scanner->room) return;
  scanner->room = n > scanner->room * 2 ? n : scanner->room * 2;
  scanner->bits = memory_resize(scanner->bits, (scanner->room + 63) / 64, sizeof *scanner->bits);
  scanner->at = memory_resize(scanner->at, scanner->room + SELECT_SLACK, sizeof *scanner->at);
  scanner->patient = memory_resize(scanner->patient, scanner->room + SELECT_SLACK, sizeof *scanner->patient);
}

/* ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static inline bool has_number(const struct scan_segment *segment, uint64_t row) {
  const struct store_values *values = segment->values;
  return values->small ? values->small[row] != INT32_MIN : !isnan(values->wide[row]);
}

/* The value of a row after conversion, with its sign. False where it is not read: it has no number, or one that is not
 * finite or not plausible. */
static inline bool read_value(const struct scan_segment *segment, uint64_t row, double *value, int8_t *sign) {
  const struct store_values *values = segment->values;
  if (!has_number(segment, row)) return false;
  double number = values->small ? values->small[row] / values->scale : values->wide[row];
  if (segment->n_steps > 0) number = image_convert(segment->steps, segment->n_steps, number);
  *value = number;
  *sign = values->sign ? values->sign[row] : 0;
  return image_is_plausible(number, segment->low, segment->high);
}

/* ── which rows ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void select_all(uint64_t n, uint64_t *bits) {
  memset(bits, 0xff, n / 64 * sizeof *bits);
  if (n % 64) bits[n / 64] = (UINT64_C(1) << n % 64) - 1;
}

/* The rows of the block that are in the window and, where the bits can tell, plausible; gives how many rows there are, and 0
 * where none can be in the window. */
static uint64_t select_rows(struct scanner *scanner, const struct scan_segment *segment, uint32_t block) {
  const struct store_segment *rows = segment->rows;
  uint64_t first = rows->block[block], n = rows->block[block + 1] - first;
  enum window_reach reach = window_reach(&scanner->window, rows, block);
  if (reach == WINDOW_NONE) return 0;
  make_room(scanner, n);
  if (reach == WINDOW_ALL) select_all(n, scanner->bits);
  else window_select(&scanner->window, rows, first, n, scanner->bits);
  if (segment->is_plain && !segment->all_plausible)
    scanner->window.select->small(segment->values->small + first, n, segment->small_low, segment->small_high,
                                  scanner->bits);
  return n;
}

/* Whether the bits do not say all: each value is still to be looked at. */
static bool is_open(const struct scan_segment *segment) { return segment->values && !segment->is_plain; }

/* ── whether there is a row ──────────────────────────────────────────────────────────────────────────────────────── */

static void scan_any_segment(struct scanner *scanner, const struct scan_segment *segment, uint32_t block) {
  const struct store_segment *rows = segment->rows;
  uint64_t first = rows->block[block], n = select_rows(scanner, segment, block);
  bool open = is_open(segment);
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

/* Counts each patient's rows beyond the last `keep`. */
static void count_dropped(struct scanner *scanner, size_t n, uint32_t keep) {
  for (size_t i = 0; i + keep < n; i++)
    scanner->n_dropped[scanner->patient[i] % LANES] += scanner->patient[i + keep] == scanner->patient[i];
}

/* A row is written where it will stand, member by member, and given up if its value is not read: to make it up aside
 * and copy it as a whole would wait for each of the small stores (a third of the time of a scan was measured for that). */
static void read_rows(struct scanner *scanner, const struct scan_segment *segment, uint64_t first, size_t n) {
  const struct store_segment *rows = segment->rows;
  struct rows *out = &scanner->scan;
  rows_make_room(out, out->n_rows + n);
  struct row *row = out->row + out->n_rows;
  for (size_t i = 0; i < n; i++) {
    uint64_t at = first + scanner->at[i];
    row->value = 0;
    row->date = segment_date(rows, at);
    row->patient = rows->patient[at] % LANES;
    row->sign = 0;
    row += !segment->values || read_value(segment, at, &row->value, &row->sign);
  }
  out->n_rows = (size_t)(row - out->row);
}

/* Only rows that stand in order have a last one, and only where all of them are read is it known which. */
static void scan_segment(struct scanner *scanner, const struct scan_segment *segment, uint32_t block, uint32_t keep,
                         bool counted) {
  uint64_t first = segment->rows->block[block], n = select_rows(scanner, segment, block);
  size_t selected = scanner->window.select->number(scanner->bits, n, segment->rows->patient + first, scanner->at,
                                                   scanner->patient);
  if (keep && segment->in_order && !is_open(segment)) {
    if (counted) count_dropped(scanner, selected, keep);
    selected = scanner->window.select->last(scanner->patient, selected, keep, scanner->at);
  }
  read_rows(scanner, segment, first, selected);
}

/* Brings the rows of several segments together by patient: a counting sort, which leaves each patient's rows in the
 * order in which they came. */
static void gather_by_patient(struct scanner *scanner) {
  struct rows *from = &scanner->scan, *to = &scanner->spare;
  uint32_t start[LANES + 1] = {0};
  for (size_t i = 0; i < from->n_rows; i++) start[from->row[i].patient + 1]++;
  for (size_t p = 0; p < LANES; p++) start[p + 1] += start[p];
  rows_make_room(to, from->n_rows);
  for (size_t i = 0; i < from->n_rows; i++) to->row[start[from->row[i].patient]++] = from->row[i];
  to->n_rows = from->n_rows;
  struct rows swap = *from;
  *from = *to;
  *to = swap;
}

/* Each row writes the group it would begin, and the place moves on if it does: whether a row is the first of its patient
 * cannot be foreseen, so a branch would mostly be guessed wrong. */
static void group_by_patient(struct scanner *scanner) {
  struct rows *rows = &scanner->scan;
  struct group *group = rows->group;
  uint32_t n = 0, last = LANES;
  for (size_t i = 0; i < rows->n_rows; i++) {
    uint16_t patient = rows->row[i].patient;
    group[n] = (struct group){.first = (uint32_t)i, .patient = patient};
    n += patient != last;
    last = patient;
  }
  group[n].first = (uint32_t)rows->n_rows;
  for (uint32_t g = 0; g < n; g++) {
    group[g].n = group[g + 1].first - group[g].first;
    group[g].n_all = group[g].n + scanner->n_dropped[group[g].patient];
    scanner->n_dropped[group[g].patient] = 0;
  }
  rows->n_groups = n;
}

static int row_order(const void *left, const void *right) {
  const struct row *a = left, *b = right;
  if (a->date != b->date) return a->date < b->date ? -1 : 1;
  if (a->value != b->value) return a->value < b->value ? -1 : 1;
  return a->sign - b->sign;
}

/* Up to this many rows, most of them in order already, insertion is the cheapest sort; beyond, it must not be quadratic. */
#define INSERTION_MOST 32

static void sort_rows(struct row *row, size_t n) {
  if (n > INSERTION_MOST) {
    qsort(row, n, sizeof *row, row_order);
    return;
  }
  for (size_t i = 1; i < n; i++) {
    struct row moved = row[i];
    size_t at = i;
    for (; at > 0 && row_order(&row[at - 1], &moved) > 0; at--) row[at] = row[at - 1];
    row[at] = moved;
  }
}

void scan_rows(struct scanner *scanner, const struct scan_stream *stream, uint32_t block, bool ordered,
               uint32_t keep, bool counted) {
  struct rows *rows = &scanner->scan;
  uint32_t n_sources = 0;
  bool in_order = true;
  rows->n_rows = 0;
  for (uint32_t s = 0; s < stream->n_segments; s++) {
    size_t before = rows->n_rows;
    scan_segment(scanner, &stream->segments[s], block, keep, counted);
    if (rows->n_rows == before) continue;
    n_sources++;
    in_order = in_order && stream->segments[s].in_order;
  }
  if (n_sources > 1) gather_by_patient(scanner);
  group_by_patient(scanner);
  if (ordered && (n_sources > 1 || !in_order))
    for (uint32_t g = 0; g < rows->n_groups; g++) sort_rows(rows->row + rows->group[g].first, rows->group[g].n);
  rows->ties = stream->ties;
  memcpy(rows->unknown, scanner->window.unknown, sizeof rows->unknown);
}
