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

/* A row in the hands of the sort: what mostly decides is here, the rest is looked up. */
struct row_entry {
  uint64_t when;                /* final patient number, then the date, as one unsigned number */
  double value;                 /* the first one; infinity where there is none, so that it stands last */
  uint64_t row;
};

enum { SHORT_RUN = 24 };        /* rows; below it insertion beats merging */

/* ── comparing rows ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* A missing number stands after all others. */
static int compare_numbers(double a, double b) {
  if (isnan(a) || isnan(b)) return isnan(a) - isnan(b);
  return (a > b) - (a < b);
}

static int compare_rest(const struct row_order *sorter, uint64_t a, uint64_t b) {
  const struct segment_rows *rows = sorter->rows;
  for (uint32_t i = 0; i < sorter->n_values; i++) {
    const struct number_rows *numbers = &rows->numbers[i];
    int order = compare_numbers(number_rows_value(numbers, a), number_rows_value(numbers, b));
    if (order == 0) order = number_rows_sign(numbers, a) - number_rows_sign(numbers, b);
    if (order != 0) return order;
  }
  return rows->end == NULL ? 0 : (rows->end[a] > rows->end[b]) - (rows->end[a] < rows->end[b]);
}

static bool stands_before(const struct row_order *sorter, const struct row_entry *a, const struct row_entry *b) {
  if (a->when != b->when) return a->when < b->when;
  if (a->value != b->value) return a->value < b->value;
  return compare_rest(sorter, a->row, b->row) < 0;
}

/* ── sorting entries ─────────────────────────────────────────────────────────────────────────────────────────────── */

static void insertion_sort(const struct row_order *sorter, struct row_entry *entries, uint64_t n) {
  for (uint64_t i = 1; i < n; i++) {
    struct row_entry entry = entries[i];
    uint64_t j = i;
    for (; j > 0 && stands_before(sorter, &entry, &entries[j - 1]); j--) entries[j] = entries[j - 1];
    entries[j] = entry;
  }
}

/* Merge sort, so that a million rows of one patient are no trap. */
static void sort_entries(const struct row_order *sorter, struct row_entry *entries, struct row_entry *scratch,
                         uint64_t n) {
  if (n <= SHORT_RUN) {
    insertion_sort(sorter, entries, n);
    return;
  }
  uint64_t half = n / 2;
  sort_entries(sorter, entries, scratch, half);
  sort_entries(sorter, entries + half, scratch, n - half);
  if (!stands_before(sorter, &entries[half], &entries[half - 1])) return;
  memcpy(scratch, entries, half * sizeof *entries);
  uint64_t left = 0, right = half, to = 0;
  while (left < half)
    if (right < n && stands_before(sorter, &entries[right], &scratch[left])) entries[to++] = entries[right++];
    else entries[to++] = scratch[left++];
}

/* Sorts order[0 … n), the numbers of some rows. */
static void sort_run(struct row_order *sorter, uint32_t *order, uint64_t n) {
  const struct segment_rows *rows = sorter->rows;
  if (n > sorter->room) {
    sorter->room = n * 2;
    free(sorter->entries);
    free(sorter->scratch);
    sorter->entries = memory_take(sorter->room, sizeof *sorter->entries);
    sorter->scratch = memory_take(sorter->room, sizeof *sorter->scratch);
  }
  for (uint64_t i = 0; i < n; i++) {
    uint32_t row = order[i];
    double value = sorter->n_values > 0 ? number_rows_value(&rows->numbers[0], row) : 0;
    sorter->entries[i].when =
        (uint64_t)sorter->patient_now[rows->patient[row]] << 32 | ((uint32_t)rows->date[row] ^ 0x80000000u);
    sorter->entries[i].value = isnan(value) ? (double)INFINITY : value;
    sorter->entries[i].row = row;
  }
  sort_entries(sorter, sorter->entries, sorter->scratch, n);
  for (uint64_t i = 0; i < n; i++) order[i] = (uint32_t)sorter->entries[i].row;
}

/* ── the patients' order ─────────────────────────────────────────────────────────────────────────────────────────── */

static bool patients_in_order(const struct row_order *sorter) {
  const struct segment_rows *rows = sorter->rows;
  uint32_t last = 0;
  for (uint64_t i = 0; i < rows->n; i++) {
    uint32_t patient = sorter->patient_now[rows->patient[i]];
    if (patient < last) return false;
    last = patient;
  }
  return true;
}

static void counting_sort(struct row_order *sorter, uint32_t *order) {
  const struct segment_rows *rows = sorter->rows;
  size_t n_starts = (size_t)sorter->n_patients + 1;
  if (sorter->starts == NULL) sorter->starts = memory_take(n_starts, sizeof *sorter->starts);
  memset(sorter->starts, 0, n_starts * sizeof *sorter->starts);
  for (uint64_t i = 0; i < rows->n; i++) sorter->starts[sorter->patient_now[rows->patient[i]] + 1]++;
  for (uint32_t i = 0; i < sorter->n_patients; i++) sorter->starts[i + 1] += sorter->starts[i];
  for (uint64_t i = 0; i < rows->n; i++)
    order[sorter->starts[sorter->patient_now[rows->patient[i]]]++] = (uint32_t)i;
}

void row_order_find(struct row_order *sorter, const struct segment_rows *rows, uint32_t *order) {
  sorter->rows = rows;
  if (rows->n > UINT32_MAX) memory_exhausted();
  bool in_order = patients_in_order(sorter);
  /* The counters cost as much as there are patients: a short segment is cheaper to sort as a whole. */
  if (!in_order && rows->n >= sorter->n_patients / 8) {
    counting_sort(sorter, order);
  } else {
    for (uint64_t i = 0; i < rows->n; i++) order[i] = (uint32_t)i;
    if (!in_order) sort_run(sorter, order, rows->n);
    if (!in_order) return;
  }
  for (uint64_t i = 0; i < rows->n;) {
    uint64_t first = i;
    uint32_t patient = rows->patient[order[i]];
    while (i < rows->n && rows->patient[order[i]] == patient) i++;
    if (i - first > 1) sort_run(sorter, order + first, i - first);
  }
}

void row_order_free(struct row_order *sorter) {
  free(sorter->starts);
  free(sorter->entries);
  free(sorter->scratch);
}
