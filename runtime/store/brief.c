/* brief.c: brief rows (inner.h) become columns: a row's date and number are one key, so only keys are put in order, and patients are
 * written as they come. Nothing is branched on that changes from row to row. */
#include <stdlib.h>
#include "runtime/memory/memory.h"
#include "runtime/store/pack.h"

enum { BATCH = 1024 };          /* rows that are put in order before any column is written: their keys fit the first-level cache */

struct batch {
  struct packing *packing;
  enum brief brief;
  size_t n_units;
  const uint32_t *patient_now;
  size_t n;
  uint32_t last, next_block;    /* the last row's patient; the blocks before `next_block` know where they begin */
  uint64_t group;               /* of that patient among those of the batch, from 1 on */
  size_t run, longest;          /* how many rows of that patient there are; the most of any */
};

static uint32_t patient_of(const struct batch *batch, const uint16_t *row) {
  uint32_t patient = row_patient(row);
  return batch->patient_now ? batch->patient_now[patient] : patient;
}

/* ── a batch's columns ───────────────────────────────────────────────────────────────────────────────────────────── */

/* A patient with many rows has room for none but merging. */
static void order_long(uint64_t *keys, size_t n, uint64_t *sorted) {
  for (size_t first = 0, end; first < n; first = end) {
    for (end = first + 1; end < n && keys[end] >> 48 == keys[first] >> 48;) end++;
    row_order_keys(keys + first, end - first, sorted + first);
  }
}

static void write_dates(const uint64_t *sorted, size_t n, uint16_t *near_date) {
  for (size_t i = 0; i < n; i++) near_date[i] = (uint16_t)(sorted[i] >> 32);
}

static void write_values(const struct batch *batch, const uint64_t *sorted, struct store_values *values, uint64_t at) {
  int16_t *tiny = (int16_t *)values->tiny;
  int32_t *small = (int32_t *)values->small;
  for (size_t i = 0; tiny && batch->brief == BRIEF_NONE && i < batch->n; i++) tiny[at + i] = NO_TINY;
  for (size_t i = 0; tiny && batch->brief == BRIEF_TINY && i < batch->n; i++) tiny[at + i] = row_key_tiny(sorted[i]);
  for (size_t i = 0; small && i < batch->n; i++) small[at + i] = row_key_small(sorted[i]);
  pack_meet_scaled(values, at, batch->n);
}

static void meet_days(struct store_days *days, const uint16_t *near_date, uint64_t first, uint64_t end) {
  uint16_t oldest = UINT16_MAX, newest = 0;
  if (first >= end) return;
  for (uint64_t i = first; i < end; i++) {
    oldest = near_date[i] < oldest ? near_date[i] : oldest;
    newest = near_date[i] > newest ? near_date[i] : newest;
  }
  if (oldest < days->first) days->first = oldest;
  if (newest > days->last) days->last = newest;
}

/* Writes all but the patients, who are there. */
static void write_batch(struct batch *batch) {
  struct packing *packing = batch->packing;
  struct store_columns *columns = packing->columns;
  uint64_t *keys = packing->brief.keys, *sorted = packing->brief.sorted, at = columns->n_rows, end = at + batch->n;
  if (batch->n == 0) return;
  if (batch->longest > KEY_REACH) order_long(keys, batch->n, sorted);
  else packing->order_keys(keys, batch->n, batch->longest - 1, sorted);
  write_dates(sorted, batch->n, columns->near_date + at);
  if (packing->form->n_values > 0) write_values(batch, sorted, &columns->values[0], at);
  uint64_t block_end = end;
  for (uint32_t b = batch->next_block; b-- > 0 && block_end > at; block_end = columns->block[b])
    meet_days(&columns->days[b], columns->near_date, columns->block[b] > at ? columns->block[b] : at, block_end);
  columns->n_rows = end;
  batch->n = batch->longest = batch->run = 0;
  batch->group = 0;
}

/* ── rows as keys ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Date and number of a row as row_key has them, of a form that is known. */
static inline uint64_t brief_key(const uint16_t *row, enum brief brief) {
  uint64_t date = (uint64_t)row[2] << 32;
  int32_t small;
  if (brief == BRIEF_NONE) return date;
  if (brief == BRIEF_TINY) return date | (uint16_t)((int16_t)row[3] + INT16_MAX);
  memcpy(&small, row + 3, sizeof small);
  return date | ((uint32_t)small + INT32_MAX);
}

static void begin_blocks(struct batch *batch, uint32_t patient, uint64_t at) {
  while (batch->next_block <= patient / BLOCK_PATIENTS) batch->packing->columns->block[batch->next_block++] = at;
}

/* Adds n rows to the batch. False where patients are not in order. */
static inline bool add_rows(struct batch *given, const uint16_t *row, size_t n, enum brief brief) {
  struct batch batch = *given;
  struct store_columns *columns = batch.packing->columns;
  uint16_t *patients = columns->patient + columns->n_rows + batch.n;
  uint64_t *keys = batch.packing->brief.keys + batch.n;
  bool in_order = true;
  for (size_t i = 0; i < n; i++, row += brief) {
    uint32_t patient = patient_of(&batch, row);
    size_t same = (patient == batch.last) & (batch.run > 0);
    in_order = in_order & (patient >= batch.last);
    batch.last = patient;
    batch.group += 1 - same;
    batch.run = (batch.run & -same) + 1; /* written so that no compiler makes a branch of it */
    batch.longest = batch.run > batch.longest ? batch.run : batch.longest;
    if (patient / BLOCK_PATIENTS >= batch.next_block) begin_blocks(&batch, patient, columns->n_rows + batch.n + i);
    patients[i] = patient % BLOCK_PATIENTS;
    keys[i] = batch.group << 48 | brief_key(row, brief);
  }
  batch.n += n;
  *given = batch;
  return in_order;
}

static bool take_rows(struct batch *batch, const uint16_t *row, size_t n) {
  if (batch->brief == BRIEF_NONE) return add_rows(batch, row, n, BRIEF_NONE);
  if (batch->brief == BRIEF_TINY) return add_rows(batch, row, n, BRIEF_TINY);
  return add_rows(batch, row, n, BRIEF_SMALL);
}

static void make_room(struct key_room *room) {
  size_t all = (room->room ? 2 * room->room : 2 * BATCH);
  uint64_t *keys = room->keys ? room->keys - KEY_REACH : NULL;
  room->keys = (uint64_t *)memory_resize(keys, all + KEY_SLACK, sizeof *keys) + KEY_REACH;
  room->sorted = memory_resize(room->sorted, all, sizeof *room->sorted);
  room->room = all;
}

void key_room_free(struct key_room *room) {
  if (room->keys) free(room->keys - KEY_REACH);
  free(room->sorted);
}

/* A batch is whole patients: once there are enough it ends where the next patient begins. */
static bool take_chunk(struct batch *batch, const struct row_chunk *chunk) {
  struct key_room *room = &batch->packing->brief;
  const uint16_t *row = chunk->units, *end = row + chunk->n * batch->n_units;
  while (row < end) {
    size_t left = (size_t)(end - row) / batch->n_units, n = left;
    if (batch->n >= BATCH && patient_of(batch, row) != batch->last) write_batch(batch);
    if (batch->n >= BATCH) n = 1;
    else if (n > BATCH - batch->n) n = BATCH - batch->n;
    if (batch->n + n > room->room) make_room(room);
    if (!take_rows(batch, row, n)) return false;
    row += n * batch->n_units;
  }
  return true;
}

bool pack_brief(struct packing *packing, const struct segment_rows *rows, const uint32_t *patient_now) {
  struct store_columns *columns = packing->columns;
  struct batch batch = {.packing = packing, .brief = rows->brief, .n_units = packing->form->n_units, .patient_now = patient_now};
  columns->n_rows = 0;
  for (const struct row_chunk *chunk = rows->first->first; chunk; chunk = chunk->next)
    if (!take_chunk(&batch, chunk)) return false;
  write_batch(&batch);
  while (batch.next_block <= packing->n_blocks) columns->block[batch.next_block++] = rows->n;
  return true;
}
