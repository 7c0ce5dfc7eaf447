/* pack.c: sorted rows become the narrow columns that the engine scans. Each segment's rows are freed as soon as it is
 * packed, so a store being built never stands in memory twice. */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include "runtime/memory/memory.h"
#include "runtime/store/inner.h"

struct packing {
  struct store_owner *owner;
  const struct table_rows *table;
  const uint32_t *text_now, *patient_now;
  uint32_t n_blocks;
  uint32_t *order;              /* of the segment at hand */
  uint64_t room;
};

/* ── one column at a time ────────────────────────────────────────────────────────────────────────────────────────── */

static void *own_vector(struct packing *packing, uint64_t n, size_t size) {
  void *vector = memory_take_vector(n, size);
  store_own(packing->owner, vector);
  return vector;
}

static void pack_patients(struct packing *packing, const struct segment_rows *rows, struct store_segment *segment) {
  uint16_t *patient = own_vector(packing, rows->n, sizeof *patient);
  uint64_t *block = own_vector(packing, (uint64_t)packing->n_blocks + 1, sizeof *block);
  uint32_t next = 0;            /* the blocks before it know where they begin */
  for (uint64_t i = 0; i < rows->n; i++) {
    uint32_t number = packing->patient_now[rows->patient[packing->order[i]]];
    while (next <= number / BLOCK_PATIENTS) block[next++] = i;
    patient[i] = number % BLOCK_PATIENTS;
  }
  while (next <= packing->n_blocks) block[next++] = rows->n;
  segment->patient = patient;
  segment->block = block;
}

static void pack_dates(struct packing *packing, const struct segment_rows *rows, struct store_segment *segment) {
  segment->base = rows->n > 0 ? rows->oldest : 0;
  if ((int64_t)rows->newest - rows->oldest <= UINT16_MAX) {
    uint16_t *near_date = own_vector(packing, rows->n, sizeof *near_date);
    for (uint64_t i = 0; i < rows->n; i++) near_date[i] = (uint16_t)(rows->date[packing->order[i]] - rows->oldest);
    segment->near_date = near_date;
  } else {
    int32_t *far_date = own_vector(packing, rows->n, sizeof *far_date);
    for (uint64_t i = 0; i < rows->n; i++) far_date[i] = rows->date[packing->order[i]];
    segment->far_date = far_date;
  }
  if (rows->end == NULL) return;
  int32_t *end = own_vector(packing, rows->n, sizeof *end);
  for (uint64_t i = 0; i < rows->n; i++) end[i] = rows->end[packing->order[i]];
  segment->end = end;
}

/* Of each block the first day and the last, so that a window that lies beside them needs not look at the rows. */
static void pack_days(struct packing *packing, struct store_segment *segment) {
  struct store_days *days = own_vector(packing, packing->n_blocks, sizeof *days);
  for (uint32_t b = 0; b < packing->n_blocks; b++) {
    days[b] = (struct store_days){INT32_MAX, INT32_MIN};
    for (uint64_t row = segment->block[b]; row < segment->block[b + 1]; row++) {
      int32_t date = segment->near_date ? segment->base + segment->near_date[row] : segment->far_date[row];
      if (date < days[b].first) days[b].first = date;
      if (date > days[b].last) days[b].last = date;
    }
  }
  segment->days = days;
}

static void measure_small(const struct number_rows *numbers, uint64_t n, struct store_values *values) {
  int32_t low = INT32_MAX, high = NO_NUMBER; /* which is below all numbers */
  for (uint64_t i = 0; i < n; i++) {
    int32_t small = numbers->small[i];
    values->n_missing += small == NO_NUMBER;
    high = small > high ? small : high;
    low = small < low && small != NO_NUMBER ? small : low;
  }
  if (values->n_missing == n) return;
  values->low = low / numbers->scale;
  values->high = high / numbers->scale;
}

/* What the numbers lie between, and how many there are not. */
static void measure_numbers(const struct number_rows *numbers, uint64_t n, struct store_values *values) {
  values->low = values->high = (double)NAN;
  if (numbers->small) {
    measure_small(numbers, n, values);
    return;
  }
  for (uint64_t i = 0; i < n; i++) {
    double number = number_rows_value(numbers, i);
    if (isnan(number)) values->n_missing++;
    else {
      if (!(values->low <= number)) values->low = number;
      if (!(values->high >= number)) values->high = number;
    }
  }
}

static void pack_numbers(struct packing *packing, uint64_t n, const struct number_rows *numbers,
                         struct store_values *values) {
  if (numbers->wide != NULL) {
    double *wide = own_vector(packing, n, sizeof *wide);
    for (uint64_t i = 0; i < n; i++) wide[i] = numbers->wide[packing->order[i]];
    values->wide = wide;
  } else {
    int32_t *small = own_vector(packing, n, sizeof *small);
    for (uint64_t i = 0; i < n; i++)
      small[i] = numbers->small == NULL ? NO_NUMBER : numbers->small[packing->order[i]];
    values->small = small;
  }
  values->scale = numbers->small == NULL ? 1 : numbers->scale;
  if (numbers->sign == NULL) return;
  int8_t *sign = own_vector(packing, n, sizeof *sign);
  for (uint64_t i = 0; i < n; i++) sign[i] = numbers->sign[packing->order[i]];
  values->sign = sign;
}

/* ── segments and tables ─────────────────────────────────────────────────────────────────────────────────────────── */

static void pack_segment(struct packing *packing, struct row_order *sorter, struct segment_rows *rows,
                         struct store_segment *segment) {
  segment_rows_join(rows, packing->table);
  if (rows->n > packing->room) {
    packing->room = rows->n;
    free(packing->order);
    packing->order = memory_resize(NULL, packing->room, sizeof *packing->order);
  }
  row_order_find(sorter, rows, packing->order);
  segment->code = packing->text_now[rows->code];
  segment->unit = packing->text_now[rows->unit];
  segment->n_rows = rows->n;
  pack_patients(packing, rows, segment);
  free(rows->patient);
  pack_dates(packing, rows, segment);
  pack_days(packing, segment);
  free(rows->date);
  free(rows->end);
  struct store_values *values = memory_take(packing->table->n_values, sizeof *values);
  store_own(packing->owner, values);
  for (uint32_t i = 0; i < packing->table->n_values; i++) {
    measure_numbers(&rows->numbers[i], rows->n, &values[i]);
    pack_numbers(packing, rows->n, &rows->numbers[i], &values[i]);
    number_rows_free(&rows->numbers[i]);
  }
  free(rows->numbers);
  segment->values = values;
}

static int compare_segments(const void *a, const void *b) {
  const struct store_segment *x = a, *y = b;
  if (x->code != y->code) return x->code < y->code ? -1 : 1;
  return (x->unit > y->unit) - (x->unit < y->unit);
}

/* ── by several threads ──────────────────────────────────────────────────────────────────────────────────────────── */

/* A segment to be packed; the largest are taken first, so that no thread is left with one at the end. */
struct task { const struct table_rows *table; struct segment_rows *rows; uint64_t n; struct store_segment *packed; };

struct crew { const struct packing *shared; const struct store *store; struct task *tasks; uint32_t n; atomic_uint next; };
/* Each thread owns what it makes until all are done. */
struct hand { struct crew *crew; struct store_owner mine; pthread_t thread; };

static int by_size(const void *a, const void *b) {
  const struct task *x = a, *y = b;
  return (x->n < y->n) - (x->n > y->n);
}

static void *work(void *context) {
  struct hand *hand = context;
  struct crew *crew = hand->crew;
  struct packing packing = *crew->shared;
  struct row_order sorter = {.patient_now = packing.patient_now, .n_patients = crew->store->n_patients};
  packing.owner = &hand->mine;
  for (uint32_t i; (i = atomic_fetch_add(&crew->next, 1)) < crew->n;) {
    struct task *task = &crew->tasks[i];
    packing.table = task->table;
    sorter.n_values = task->table->n_values;
    pack_segment(&packing, &sorter, task->rows, task->packed);
  }
  row_order_free(&sorter);
  free(packing.order);
  return NULL;
}

static void pack_all(struct store_owner *owner, const struct packing *shared, struct task *tasks, uint32_t n, uint32_t threads) {
  struct crew crew = {.shared = shared, .store = &owner->store, .tasks = tasks, .n = n};
  if (threads == 0) threads = 1;
  struct hand *hands = memory_take(threads, sizeof *hands);
  uint32_t started = 1;
  for (uint32_t i = 0; i < threads; i++) hands[i].crew = &crew;
  qsort(tasks, n, sizeof *tasks, by_size);
  while (started < threads && pthread_create(&hands[started].thread, NULL, work, &hands[started]) == 0) started++;
  work(&hands[0]);
  for (uint32_t i = 0; i < started; i++) {
    if (i > 0) pthread_join(hands[i].thread, NULL);
    for (size_t p = 0; p < hands[i].mine.n_pieces; p++) store_own(owner, hands[i].mine.pieces[p]);
    free(hands[i].mine.pieces);
  }
  free(hands);
}

static int compare_tables(const void *a, const void *b) {
  const struct store_table *x = a, *y = b;
  if (x->name != y->name) return x->name < y->name ? -1 : 1;
  return (x->key > y->key) - (x->key < y->key);
}

void store_pack_tables(struct store_owner *owner, struct store_builder *builder, const uint32_t *text_now,
                       const uint32_t *patient_now, uint32_t threads) {
  const struct packing shared = {.text_now = text_now, .patient_now = patient_now, .n_blocks = owner->store.n_blocks};
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
      tasks[at++] = (struct task){table, rows, segment_rows_n(rows), &segments[s]};
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
