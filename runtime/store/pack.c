/* pack.c: sorted rows become the narrow columns that the engine scans. Each segment's rows are freed as soon as it is
 * packed, so a store being built never stands in memory twice. */
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include "runtime/crew/crew.h"
#include "runtime/memory/memory.h"
#include "runtime/store/pack.h"

enum { BATCH = 2048 };          /* rows that are put in order before any column of them is written: what fits a cache */

/* ── one column at a time ────────────────────────────────────────────────────────────────────────────────────────── */

static void *own_vector(struct packing *packing, uint64_t n, size_t size) {
  void *vector = memory_take_vector(n, size);
  store_own(packing->owner, vector);
  return vector;
}

static void meet_number(struct store_values *values, double number) {
  if (isnan(number)) values->n_missing++;
  if (!(values->low <= number) && !isnan(number)) values->low = number;
  if (!(values->high >= number) && !isnan(number)) values->high = number;
}

/* What scaled numbers lie between, looked for among whole ones; the number that says none is below all others. */
struct reach { int32_t low, high; uint64_t n_missing; };

#define MEET_SCALED(name, type, none)                                                                    \
  static struct reach meet_##name(const type *scaled, uint64_t n) {                                      \
    struct reach reach = {INT32_MAX, INT32_MIN, 0};                                                      \
    for (uint64_t i = 0; i < n; i++) {                                                                   \
      reach.n_missing += scaled[i] == none;                                                              \
      reach.high = scaled[i] > reach.high ? scaled[i] : reach.high;                                      \
      reach.low = scaled[i] < reach.low && scaled[i] != none ? scaled[i] : reach.low;                    \
    }                                                                                                    \
    return reach;                                                                                        \
  }
MEET_SCALED(tiny, int16_t, NO_TINY)
MEET_SCALED(small, int32_t, NO_SMALL)
#undef MEET_SCALED

static void meet_reach(struct store_values *values, struct reach reach, uint64_t n) {
  values->n_missing += reach.n_missing;
  if (reach.n_missing == n) return;
  double least = reach.low / values->scale, greatest = reach.high / values->scale;
  if (!(values->low <= least)) values->low = least;
  if (!(values->high >= greatest)) values->high = greatest;
}

void pack_meet_scaled(struct store_values *values, uint64_t at, uint64_t n) {
  meet_reach(values, values->tiny ? meet_tiny(values->tiny + at, n) : meet_small(values->small + at, n), n);
}

static void write_numbers(const struct packing *packing, const struct number_form *form, struct store_values *values) {
  uint64_t n = packing->n, at = packing->columns->n_rows;
  const struct row_entry *entries = packing->entries;
  if (values->tiny || values->small) {
    int16_t *tiny = (int16_t *)values->tiny;
    int32_t *small = (int32_t *)values->small;
    for (uint64_t i = 0; tiny && i < n; i++) tiny[at + i] = form->kind == NUMBER_NONE ? NO_TINY : number_tiny_in(form, entries[i].row);
    for (uint64_t i = 0; small && i < n; i++) small[at + i] = number_small_in(form, entries[i].row);
    pack_meet_scaled(values, at, n);
  } else {
    double *wide = (double *)values->wide + at;
    for (uint64_t i = 0; i < n; i++) meet_number(values, wide[i] = number_in(form, entries[i].row));
  }
  if (!form->sign) return;
  int8_t *sign = (int8_t *)values->sign + at;
  for (uint64_t i = 0; i < n; i++) sign[i] = (int8_t)number_sign_in(form, entries[i].row);
}

/* Writes the rows of a batch but for their patients, who are written as they are met. */
static void write_batch(struct packing *packing) {
  struct store_columns *columns = packing->columns;
  const struct row_entry *entries = packing->entries;
  uint64_t n = packing->n, at = columns->n_rows;
  for (uint64_t i = 0; columns->near_date && i < n; i++) columns->near_date[at + i] = (uint16_t)(row_key_date(entries[i].key) - columns->base);
  for (uint64_t i = 0; columns->far_date && i < n; i++) columns->far_date[at + i] = row_key_date(entries[i].key);
  for (uint64_t i = 0; columns->end && i < n; i++) columns->end[at + i] = row_end(packing->form, entries[i].row);
  for (uint32_t i = 0; i < packing->form->n_values; i++) write_numbers(packing, &packing->form->numbers[i], &columns->values[i]);
  columns->n_rows += n;
  packing->n = 0;
}

/* ── segments ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Room for the columns. */
static void take_columns(struct packing *packing, const struct segment_rows *rows, int32_t oldest, int32_t newest) {
  struct store_columns *columns = packing->columns;
  const struct row_form *form = packing->form;
  columns->patient = own_vector(packing, rows->n, sizeof *columns->patient);
  columns->block = own_vector(packing, (uint64_t)packing->n_blocks + 1, sizeof *columns->block);
  columns->base = rows->n > 0 ? oldest : 0;
  if ((int64_t)newest - oldest <= UINT16_MAX) columns->near_date = own_vector(packing, rows->n, sizeof *columns->near_date);
  else columns->far_date = own_vector(packing, rows->n, sizeof *columns->far_date);
  if (form->spans) columns->end = own_vector(packing, rows->n, sizeof *columns->end);
  columns->days = own_vector(packing, packing->n_blocks, sizeof *columns->days);
  columns->values = memory_take(form->n_values, sizeof *columns->values);
  store_own(packing->owner, columns->values);
  for (uint32_t i = 0; i < form->n_values; i++) {
    const struct number_form *numbers = &form->numbers[i];
    struct store_values *values = &columns->values[i];
    values->scale = 1;
    if (numbers->kind == NUMBER_TINY || numbers->kind == NUMBER_SMALL) values->scale = numbers->scale;
    if (numbers->kind == NUMBER_WIDE) values->wide = own_vector(packing, rows->n, sizeof *values->wide);
    else if (numbers->kind == NUMBER_SMALL) values->small = own_vector(packing, rows->n, sizeof *values->small);
    else values->tiny = own_vector(packing, rows->n, sizeof *values->tiny);
    if (numbers->sign) values->sign = own_vector(packing, rows->n, sizeof *values->sign);
  }
}

/* Nothing is in the columns yet: the days of each block and what values lie between are still to be met. */
static void begin_columns(const struct packing *packing) {
  struct store_columns *columns = packing->columns;
  columns->n_rows = 0;
  for (uint32_t b = 0; b < packing->n_blocks; b++) columns->days[b] = (struct store_days){INT32_MAX, INT32_MIN};
  for (uint32_t i = 0; i < packing->form->n_values; i++) {
    columns->values[i].n_missing = 0;
    columns->values[i].low = columns->values[i].high = (double)NAN;
  }
}

/* Puts the rows of one patient, which are the last of the batch, in their order. */
static void end_patient(struct packing *packing, uint64_t first, uint32_t patient) {
  uint64_t n = packing->n - first;
  if (n == 0) return;
  struct row_entry *entries = packing->entries + first;
  row_order_run(packing->form, entries, packing->scratch, n);
  struct store_days *days = &packing->columns->days[patient / BLOCK_PATIENTS];
  int32_t oldest = row_key_date(entries[0].key), newest = row_key_date(entries[n - 1].key);
  if (oldest < days->first) days->first = oldest;
  if (newest > days->last) days->last = newest;
}

static void make_room(struct packing *packing) {
  packing->room = packing->room ? 2 * packing->room : 2 * BATCH;
  packing->entries = memory_resize(packing->entries, packing->room, sizeof *packing->entries);
  packing->scratch = memory_resize(packing->scratch, packing->room, sizeof *packing->scratch);
}

/* Goes through the rows, which lie patient by patient, and writes them batch by batch, each of whole patients. */
static void write_rows(struct packing *packing, const struct segment_rows *rows) {
  struct store_columns *columns = packing->columns;
  const struct row_form *form = packing->form;
  size_t n_units = form->n_units;
  uint64_t first = 0;           /* of the patient at hand, in the batch */
  uint32_t last = 0, next = 0;  /* the blocks before `next` know where they begin */
  for (const struct row_chunk *chunk = rows->first->first; chunk; chunk = chunk->next) {
    const uint16_t *row = chunk->units, *end = row + chunk->n * n_units;
    for (; row < end; row += n_units) {
      uint32_t patient = row_patient(row);
      if (patient != last) {
        end_patient(packing, first, last);
        if (packing->n >= BATCH) write_batch(packing);
        first = packing->n;
        last = patient;
      }
      while (next <= last / BLOCK_PATIENTS) columns->block[next++] = columns->n_rows + packing->n;
      if (packing->n == packing->room) make_room(packing);
      columns->patient[columns->n_rows + packing->n] = last % BLOCK_PATIENTS;
      packing->entries[packing->n++] = (struct row_entry){row_key(form, row), row};
    }
  }
  end_patient(packing, first, last);
  write_batch(packing);
  while (next <= packing->n_blocks) columns->block[next++] = rows->n;
}

/* Brief rows are mostly in the order of patients; where they are not, and of any other form, rows are brought into it first. */
static void pack_rows(struct packing *packing, struct segment_rows *rows) {
  bool brief = rows->brief != BRIEF_NOT;
  int32_t oldest = 0, newest = 0; /* brief rows have dates from 0 on, that fit as they are */
  packing->form = rows->first->form;
  if (!brief) rows_by_patient(&packing->counters, rows, packing->patient_now, &oldest, &newest);
  take_columns(packing, rows, oldest, newest);
  begin_columns(packing);
  if (!brief) {
    write_rows(packing, rows);
  } else if (!pack_brief(packing, rows, packing->patient_now)) {
    rows_by_patient(&packing->counters, rows, packing->patient_now, &oldest, &newest);
    begin_columns(packing);
    pack_brief(packing, rows, NULL);
  }
}

static void pack_segment(struct packing *packing, struct segment_rows *rows, struct store_segment *segment) {
  struct store_columns columns = {0};
  packing->columns = &columns;
  segment_rows_unify(rows);
  pack_rows(packing, rows);
  *segment = (struct store_segment){
      .code = packing->text_now[rows->code], .unit = packing->text_now[rows->unit], .n_rows = rows->n, .block = columns.block,
      .days = columns.days, .patient = columns.patient, .near_date = columns.near_date, .base = columns.base,
      .far_date = columns.far_date, .end = columns.end, .values = columns.values};
  segment_rows_free(rows);
}

static int compare_segments(const void *a, const void *b) {
  const struct store_segment *x = a, *y = b;
  if (x->code != y->code) return x->code < y->code ? -1 : 1;
  return (x->unit > y->unit) - (x->unit < y->unit);
}

/* ── by several threads ──────────────────────────────────────────────────────────────────────────────────────────── */

/* A segment to be packed; the largest are taken first, so that no thread is left with one at the end. */
struct task { struct segment_rows *rows; uint64_t n; struct store_segment *packed; };

struct packers {
  const struct packing *shared;
  const struct store *store;
  struct task *tasks;
  uint32_t n;
  atomic_uint next;
  struct store_owner *mine;     /* each thread owns what it makes until all are done */
};

static int by_size(const void *a, const void *b) {
  const struct task *x = a, *y = b;
  return (x->n < y->n) - (x->n > y->n);
}

static void work(void *context, uint32_t hand) {
  struct packers *packers = context;
  struct packing packing = *packers->shared;
  packing.counters.n_patients = packers->store->n_patients;
  packing.owner = &packers->mine[hand];
  for (uint32_t i; (i = atomic_fetch_add(&packers->next, 1)) < packers->n;)
    pack_segment(&packing, packers->tasks[i].rows, packers->tasks[i].packed);
  free(packing.counters.starts);
  key_room_free(&packing.brief);
  free(packing.entries);
  free(packing.scratch);
}

static void pack_all(struct store_owner *owner, const struct packing *shared, struct task *tasks, uint32_t n, uint32_t threads) {
  if (threads == 0) threads = 1;
  struct packers packers = {.shared = shared, .store = &owner->store, .tasks = tasks, .n = n};
  packers.mine = memory_take(threads, sizeof *packers.mine);
  qsort(tasks, n, sizeof *tasks, by_size);
  crew_work(threads, work, &packers);
  for (uint32_t i = 0; i < threads; i++) {
    for (size_t p = 0; p < packers.mine[i].n_pieces; p++) store_own(owner, packers.mine[i].pieces[p]);
    free(packers.mine[i].pieces);
  }
  free(packers.mine);
}

static int compare_tables(const void *a, const void *b) {
  const struct store_table *x = a, *y = b;
  if (x->name != y->name) return x->name < y->name ? -1 : 1;
  return (x->key > y->key) - (x->key < y->key);
}

void store_pack_tables(struct store_owner *owner, struct store_builder *builder, const uint32_t *text_now,
                       const uint32_t *patient_now, uint32_t threads) {
  const struct packing shared = {.text_now = text_now, .patient_now = patient_now, .n_blocks = owner->store.n_blocks, .order_keys = key_order_chosen()};
  struct store_table *tables = memory_take(builder->n_tables, sizeof *tables);
  uint32_t n = 0, at = 0;
  for (uint32_t t = 0; t < builder->n_tables; t++) n += builder->tables[t].n_segments;
  struct task *tasks = memory_take(n, sizeof *tasks);
  store_own(owner, tables);
  for (uint32_t t = 0; t < builder->n_tables; t++) {
    struct table_rows *table = &builder->tables[t];
    struct store_segment *segments = memory_take(table->n_segments, sizeof *segments);
    store_own(owner, segments);
    for (uint32_t s = 0; s < table->n_segments; s++) {
      struct segment_rows *rows = &table->segments[s];
      tasks[at++] = (struct task){rows, rows->n, &segments[s]};
    }
    tables[t] = (struct store_table){text_now[table->name], text_now[table->key], table->n_values, table->n_segments, segments};
  }
  pack_all(owner, &shared, tasks, n, threads);
  for (uint32_t t = 0; t < builder->n_tables; t++) {
    struct table_rows *table = &builder->tables[t];
    qsort((struct store_segment *)tables[t].segments, table->n_segments, sizeof *tables[t].segments, compare_segments);
    free(table->segments);
    free(table->slots);
  }
  qsort(tables, builder->n_tables, sizeof *tables, compare_tables);
  owner->store.n_tables = builder->n_tables;
  owner->store.tables = tables;
  free(tasks);
  free(builder->tables);
}
