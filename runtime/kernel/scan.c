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
  rows_open(&scanner->scan);
  rows_open(&scanner->cut);
  rows_open(&scanner->spare);
}

void scanner_close(struct scanner *scanner) {
  rows_close(&scanner->scan);
  rows_close(&scanner->cut);
  rows_close(&scanner->spare);
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

/* ── whether there is a row ──────────────────────────────────────────────────────────────────────────────────────── */

static void scan_any_segment(const struct window *window, const struct scan_segment *segment, uint32_t block, uint64_t *yes) {
  const struct store_segment *rows = segment->rows;
  uint64_t end = rows->block[block + 1];
  for (uint64_t first = rows->block[block]; first < end; first += 64) {
    uint64_t bits = window_select(window, rows, first, end - first < 64 ? (uint32_t)(end - first) : 64);
    for (; bits; bits &= bits - 1) {
      uint64_t row = first + (uint32_t)__builtin_ctzll(bits);
      uint32_t patient = rows->patient[row];
      double value;
      int8_t sign;
      if (!segment->values || read_value(segment, row, &value, &sign)) yes[patient / 64] |= UINT64_C(1) << patient % 64;
    }
  }
}

void scan_any(const struct scanner *scanner, const struct scan_stream *stream, uint32_t block, struct mask *out) {
  memset(out->yes, 0, MASK_WORDS * sizeof *out->yes);
  for (uint32_t s = 0; s < stream->n_segments; s++) scan_any_segment(&scanner->window, &stream->segments[s], block, out->yes);
  for (size_t w = 0; w < MASK_WORDS; w++) out->no[w] = ~(out->yes[w] | scanner->window.unknown[w]);
}

/* ── the rows themselves ─────────────────────────────────────────────────────────────────────────────────────────── */

/* A row is written where it will stand, member by member, and given up if its value is not read: to make it up aside
 * and copy it as a whole would wait for each of the small stores (a third of the time of a scan was measured for that). */
static void scan_rows_segment(struct scanner *scanner, const struct scan_segment *segment, uint32_t block) {
  struct rows *out = &scanner->scan;
  const struct store_segment *rows = segment->rows;
  uint64_t end = rows->block[block + 1];
  for (uint64_t first = rows->block[block]; first < end; first += 64) {
    uint64_t bits = window_select(&scanner->window, rows, first, end - first < 64 ? (uint32_t)(end - first) : 64);
    if (!bits) continue;
    rows_make_room(out, out->n_rows + 64);
    struct row *row = out->row + out->n_rows;
    for (; bits; bits &= bits - 1) {
      uint64_t at = first + (uint32_t)__builtin_ctzll(bits);
      row->value = 0;
      row->date = segment_date(rows, at);
      row->patient = rows->patient[at];
      row->sign = 0;
      row += !segment->values || read_value(segment, at, &row->value, &row->sign);
    }
    out->n_rows = (size_t)(row - out->row);
  }
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
static void group_by_patient(struct rows *rows) {
  struct group *group = rows->group;
  uint32_t n = 0, last = LANES;
  for (size_t i = 0; i < rows->n_rows; i++) {
    uint16_t patient = rows->row[i].patient;
    group[n] = (struct group){.first = (uint32_t)i, .patient = patient};
    n += patient != last;
    last = patient;
  }
  group[n].first = (uint32_t)rows->n_rows;
  for (uint32_t g = 0; g < n; g++) group[g].n = group[g + 1].first - group[g].first;
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

void scan_rows(struct scanner *scanner, const struct scan_stream *stream, uint32_t block, bool ordered) {
  struct rows *rows = &scanner->scan;
  uint32_t n_sources = 0;
  bool in_order = true;
  rows->n_rows = 0;
  for (uint32_t s = 0; s < stream->n_segments; s++) {
    size_t before = rows->n_rows;
    scan_rows_segment(scanner, &stream->segments[s], block);
    if (rows->n_rows == before) continue;
    n_sources++;
    in_order = in_order && stream->segments[s].in_order;
  }
  if (n_sources > 1) gather_by_patient(scanner);
  group_by_patient(rows);
  if (ordered && (n_sources > 1 || !in_order))
    for (uint32_t g = 0; g < rows->n_groups; g++) sort_rows(rows->row + rows->group[g].first, rows->group[g].n);
  rows->ties = stream->ties;
  memcpy(rows->unknown, scanner->window.unknown, sizeof rows->unknown);
}
