/* order.c: the rows of several segments by patient and date. */
#include "runtime/kernel/order.h"
#include <stdlib.h>
#include <string.h>

static inline bool is_greater(const struct row *a, const struct row *b) {
  return a->value > b->value || (a->value == b->value && a->sign > b->sign);
}

/* Whether one row of a patient stands after another. */
static inline bool is_after(const struct row *a, const struct row *b) {
  return a->date > b->date || (a->date == b->date && is_greater(a, b));
}

static void swap_spare(struct scanner *scanner) {
  struct rows swap = scanner->scan;
  scanner->scan = scanner->spare;
  scanner->spare = swap;
}

/* Patient and date as one number: which of two rows stands first is then one comparison, but for rows of one day. */
static inline uint64_t place_of(const struct row *row) {
  return (uint64_t)row->patient << 32 | ((uint32_t)row->date ^ UINT32_C(0x80000000));
}

/* From which of the two the next row comes cannot be foreseen, so it is worked out and not branched on. */
void order_merge(struct scanner *scanner, size_t middle) {
  struct rows *to = &scanner->spare;
  size_t n = scanner->scan.n_rows, a = 0, b = middle, next = 0;
  rows_make_room(to, n);
  const struct row *row = scanner->scan.row;
  while (a < middle && b < n) {
    uint64_t place_a = place_of(&row[a]), place_b = place_of(&row[b]);
    size_t later = place_a > place_b;
    if (place_a == place_b) later = is_greater(&row[a], &row[b]);
    to->own[next++] = row[a + (b - a) * later];
    a += 1 - later;
    b += later;
  }
  memcpy(to->own + next, row + a, (middle - a) * sizeof *row);
  memcpy(to->own + next + (middle - a), row + b, (n - b) * sizeof *row);
  to->n_rows = n;
  swap_spare(scanner);
}

void order_gather(struct scanner *scanner) {
  struct rows *from = &scanner->scan, *to = &scanner->spare;
  uint32_t start[LANES + 1] = {0};
  for (size_t i = 0; i < from->n_rows; i++) start[from->row[i].patient + 1]++;
  for (size_t p = 0; p < LANES; p++) start[p + 1] += start[p];
  rows_make_room(to, from->n_rows);
  for (size_t i = 0; i < from->n_rows; i++) to->own[start[from->row[i].patient]++] = from->row[i];
  to->n_rows = from->n_rows;
  swap_spare(scanner);
}

/* Each row writes the group it would begin, and the place moves on if it does: whether a row is the first of its patient
 * cannot be foreseen, so a branch would mostly be guessed wrong. */
void order_group(struct scanner *scanner) {
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
  memset(scanner->flags, 0, sizeof scanner->flags);
  for (uint32_t g = 0; g < n; g++) {
    group[g].n = group[g + 1].first - group[g].first;
    scanner->flags[group[g].patient] = 1;
  }
  rows->n_groups = n;
  scanner->window.select->flags(scanner->flags, MASK_WORDS, rows->seen);
  memcpy(rows->known, rows->seen, sizeof rows->known);
}

static int row_order(const void *left, const void *right) { return is_after(left, right) - is_after(right, left); }

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
    for (; at > 0 && is_after(&row[at - 1], &moved); at--) row[at] = row[at - 1];
    row[at] = moved;
  }
}

void order_sort(struct rows *rows) {
  for (uint32_t g = 0; g < rows->n_groups; g++) sort_rows(rows->own + rows->group[g].first, rows->group[g].n);
}
