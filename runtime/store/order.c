/* order.c: the order of a segment's rows: by patient, then date, first value, its sign, the other values, the end.
 *
 * Exports come grouped by patient, so it is done in two steps: put the patients in order, which is nothing to do where
 * they came that way and else one counting sort, and then sort the few rows of each patient. Rows that are equal in
 * all of these are equal altogether, so their order among each other cannot be seen. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"
#include "runtime/store/inner.h"

/* Up to so many keys are each told their place by all others, without a branch; up to so many rows insertion beats merging. */
enum { FEW = 12, SHORT_RUN = 24 };

/* ── comparing rows ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* A missing number stands after all others. */
static int compare_numbers(double a, double b) {
  if (isnan(a) || isnan(b)) return isnan(a) - isnan(b);
  return (a > b) - (a < b);
}

static int compare_rest(const struct row_form *form, const uint16_t *a, const uint16_t *b) {
  for (uint32_t i = 0; i < form->n_values; i++) {
    const struct number_form *numbers = &form->numbers[i];
    int order = compare_numbers(number_in(numbers, a), number_in(numbers, b));
    if (order == 0) order = number_sign_in(numbers, a) - number_sign_in(numbers, b);
    if (order != 0) return order;
  }
  return form->spans ? (row_end(form, a) > row_end(form, b)) - (row_end(form, a) < row_end(form, b)) : 0;
}

/* A form that is NULL says that the key is all there is to compare. */
static bool stands_before(const struct row_form *form, const struct row_entry *a, const struct row_entry *b) {
  if (a->key != b->key || !form) return a->key < b->key;
  return compare_rest(form, a->row, b->row) < 0;
}

/* ── sorting keys ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void place_keys(const uint64_t *keys, uint64_t n, uint64_t *sorted) {
  for (uint64_t i = 0; i < n; i++) {
    uint64_t key = keys[i], place = 0;
    for (uint64_t j = 0; j < i; j++) place += keys[j] <= key;
    for (uint64_t j = i + 1; j < n; j++) place += keys[j] < key;
    sorted[place] = key;
  }
}

/* From which half the next key comes cannot be foreseen, so it is worked out and not branched on. */
static void merge_keys(const uint64_t *keys, uint64_t half, uint64_t n, uint64_t *to) {
  uint64_t a = 0, b = half, next = 0;
  while (a < half && b < n) {
    uint64_t second = keys[b] < keys[a];
    to[next++] = keys[a + (b - a) * second];
    a += 1 - second;
    b += second;
  }
  memcpy(to + next, keys + a, (half - a) * sizeof *keys);
  memcpy(to + next + (half - a), keys + b, (n - b) * sizeof *keys);
}

void row_order_keys(uint64_t *keys, uint64_t n, uint64_t *sorted) {
  if (n <= FEW) {
    place_keys(keys, n, sorted);
    return;
  }
  uint64_t half = n / 2;
  row_order_keys(keys, half, sorted);
  row_order_keys(keys + half, n - half, sorted + half);
  if (sorted[half - 1] <= sorted[half]) return;
  merge_keys(sorted, half, n, keys);
  memcpy(sorted, keys, n * sizeof *keys);
}

/* ── sorting rows ─────────────────────────────────────────────────────────────────────────────────────────────── */

static void insertion_sort(const struct row_form *form, struct row_entry *entries, uint64_t n) {
  for (uint64_t i = 1; i < n; i++) {
    struct row_entry entry = entries[i];
    uint64_t j = i;
    for (; j > 0 && stands_before(form, &entry, &entries[j - 1]); j--) entries[j] = entries[j - 1];
    entries[j] = entry;
  }
}

/* Merge sort, so that a million rows of one patient are no trap. */
void row_order_run(const struct row_form *form, struct row_entry *entries, struct row_entry *scratch, uint64_t n) {
  if (n <= SHORT_RUN) {
    insertion_sort(form, entries, n);
    return;
  }
  uint64_t half = n / 2;
  row_order_run(form, entries, scratch, half);
  row_order_run(form, entries + half, scratch, n - half);
  if (!stands_before(form, &entries[half], &entries[half - 1])) return;
  memcpy(scratch, entries, half * sizeof *entries);
  uint64_t left = 0, right = half, to = 0;
  while (left < half)
    if (right < n && stands_before(form, &entries[right], &scratch[left])) entries[to++] = entries[right++];
    else entries[to++] = scratch[left++];
}

/* ── the patients' order ─────────────────────────────────────────────────────────────────────────────────────────── */

/* Gives rows the patients' final numbers. Says whether these are in order, and what the dates lie between. */
static bool number_patients(struct segment_rows *rows, const uint32_t *patient_now, int32_t *oldest, int32_t *newest) {
  const struct row_form *form = rows->first->form;
  size_t n_units = form->n_units;
  uint32_t last = 0;
  bool in_order = true;
  *oldest = INT32_MAX;
  *newest = INT32_MIN;
  for (const struct row_chunk *chunk = rows->first->first; chunk; chunk = chunk->next) {
    uint16_t *row = chunk->units, *end = row + chunk->n * n_units;
    for (; row < end; row += n_units) {
      uint32_t was = row_patient(row), patient = patient_now[was];
      int32_t date = row_date(form, row);
      in_order = in_order && patient >= last;
      last = patient;
      if (patient != was) row_put_patient(row, patient); /* what is as it was need not be written back to memory */
      *oldest = date < *oldest ? date : *oldest;
      *newest = date > *newest ? date : *newest;
    }
  }
  return in_order;
}

static void copy_row(uint16_t *to, const uint16_t *row, size_t n_units) {
  for (size_t i = 0; i < n_units; i++) to[i] = row[i];
}

static void counting_sort(struct row_counters *counters, const struct segment_rows *rows, uint16_t *sorted) {
  size_t n_units = rows->first->form->n_units, n_starts = (size_t)counters->n_patients + 1;
  if (!counters->starts) counters->starts = memory_take(n_starts, sizeof *counters->starts);
  uint64_t *starts = counters->starts;
  memset(starts, 0, n_starts * sizeof *starts);
  for (const struct row_chunk *chunk = rows->first->first; chunk; chunk = chunk->next)
    for (uint64_t i = 0; i < chunk->n; i++) starts[(size_t)row_patient(chunk->units + i * n_units) + 1]++;
  for (uint32_t i = 0; i < counters->n_patients; i++) starts[i + 1] += starts[i];
  for (const struct row_chunk *chunk = rows->first->first; chunk; chunk = chunk->next)
    for (uint64_t i = 0; i < chunk->n; i++) {
      const uint16_t *row = chunk->units + i * n_units;
      copy_row(sorted + starts[row_patient(row)]++ * n_units, row, n_units);
    }
}

static void merge_sort(const struct segment_rows *rows, uint16_t *sorted) {
  size_t n_units = rows->first->form->n_units;
  struct row_entry *entries = memory_take(rows->n, sizeof *entries), *scratch = memory_take(rows->n, sizeof *scratch);
  uint64_t n = 0;
  for (const struct row_chunk *chunk = rows->first->first; chunk; chunk = chunk->next)
    for (uint64_t i = 0; i < chunk->n; i++, n++)
      entries[n] = (struct row_entry){row_patient(chunk->units + i * n_units), chunk->units + i * n_units};
  row_order_run(NULL, entries, scratch, n);
  for (uint64_t i = 0; i < n; i++) copy_row(sorted + i * n_units, entries[i].row, n_units);
  free(entries);
  free(scratch);
}

void rows_by_patient(struct row_counters *counters, struct segment_rows *rows, const uint32_t *patient_now, int32_t *oldest, int32_t *newest) {
  if (number_patients(rows, patient_now, oldest, newest)) return;
  struct row_chunk *chunk = row_chunk_take(rows->first->form, rows->n);
  /* The counters cost as much as there are patients: a short segment is cheaper to sort as a whole. */
  if (rows->n >= counters->n_patients / 8) counting_sort(counters, rows, chunk->units);
  else merge_sort(rows, chunk->units);
  segment_rows_replace(rows, chunk);
}
