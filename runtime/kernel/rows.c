/* rows.c: the memory of rows, and rows made of lanes. */
#include <stdlib.h>
#include "runtime/kernel/scan.h"
#include "runtime/memory/memory.h"

void rows_open(struct rows *rows) { rows->group = memory_take(LANES + 1, sizeof *rows->group); }

void rows_close(struct rows *rows) {
  free(rows->own);
  free(rows->group);
}

void rows_make_room(struct rows *rows, size_t n) {
  if (n > rows->capacity) {
    rows->capacity = n > rows->capacity * 2 ? n : rows->capacity * 2;
    rows->own = memory_resize(rows->own, rows->capacity, sizeof *rows->own);
  }
  rows->row = rows->own;
}

/* A patient's rows at the first levels, the last row of them last. */
static struct group group_of(const struct recent *recent, uint32_t levels, uint32_t patient, struct row *row) {
  uint32_t n = 0;
  for (uint32_t level = 0; level < levels; level++) n += recent->date[level * LANES + patient] != DATE_UNKNOWN;
  for (uint32_t i = 0; i < n; i++) {
    size_t lane = (n - 1 - i) * LANES + patient;
    row[i] = (struct row){recent->value[lane], recent->date[lane], (uint16_t)patient, recent->has_signs ? recent->sign[lane] : 0};
  }
  return (struct group){.n = n, .patient = (uint16_t)patient};
}

void rows_group(struct rows *rows) {
  const struct recent *recent = rows->recent;
  if (!recent || rows->is_grouped) return;
  uint32_t levels = rows->last && rows->last < recent->depth ? rows->last : recent->depth;
  rows_make_room(rows, (size_t)levels * LANES);
  rows->n_rows = rows->n_groups = 0;
  for (size_t w = 0; w < MASK_WORDS; w++)
    for (uint64_t left = rows->seen[w]; left; left &= left - 1) {
      struct group group = group_of(recent, levels, (uint32_t)(w * 64) + (uint32_t)__builtin_ctzll(left), rows->own + rows->n_rows);
      group.first = (uint32_t)rows->n_rows;
      group.is_short = group.n < rows->last;
      rows->group[rows->n_groups++] = group;
      rows->n_rows += group.n;
    }
  rows->is_grouped = true;
}
