/* join.c: rows that several threads have collected come together in one builder: first by name alone, and where they stand
 * only when their segment is packed, for segments are packed by several threads too. */
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"
#include "runtime/store/inner.h"

struct store_builder *store_builder_aside(const struct store_builder *people) {
  struct store_builder *aside = store_builder_open();
  aside->n_patients = people->n_patients;
  return aside;
}

void segment_rows_free(struct segment_rows *rows, uint32_t n_values) {
  free(rows->patient);
  free(rows->date);
  free(rows->end);
  for (uint32_t i = 0; i < n_values; i++) number_rows_free(&rows->numbers[i]);
  free(rows->numbers);
  if (!rows->more) return;
  segment_rows_free(rows->more, n_values);
  free(rows->more);
}

uint64_t segment_rows_n(const struct segment_rows *rows) {
  uint64_t n = 0;
  for (; rows; rows = rows->more) n += rows->n;
  return n;
}

/* Room for just so many rows. */
static void make_room(struct segment_rows *rows, uint32_t n_values, bool spans, uint64_t room) {
  if (room <= rows->room) return;
  rows->room = room;
  rows->patient = memory_resize(rows->patient, room, sizeof *rows->patient);
  rows->date = memory_resize(rows->date, room, sizeof *rows->date);
  if (spans) rows->end = memory_resize(rows->end, room, sizeof *rows->end);
  for (uint32_t i = 0; i < n_values; i++) number_rows_grow(&rows->numbers[i], room);
}

static void append_rows(struct segment_rows *rows, const struct segment_rows *more, uint32_t n_values, bool spans) {
  uint64_t n = rows->n;
  memcpy(rows->patient + n, more->patient, more->n * sizeof *more->patient);
  memcpy(rows->date + n, more->date, more->n * sizeof *more->date);
  if (spans) memcpy(rows->end + n, more->end, more->n * sizeof *more->end);
  for (uint32_t i = 0; i < n_values; i++) number_rows_append(&rows->numbers[i], n, rows->room, &more->numbers[i], more->n);
  if (more->oldest < rows->oldest) rows->oldest = more->oldest;
  if (more->newest > rows->newest) rows->newest = more->newest;
  rows->n = n + more->n;
}

void segment_rows_join(struct segment_rows *rows, const struct table_rows *table) {
  if (!rows->more) return;
  make_room(rows, table->n_values, table->spans, segment_rows_n(rows));
  for (const struct segment_rows *more = rows->more; more; more = more->more)
    append_rows(rows, more, table->n_values, table->spans);
  segment_rows_free(rows->more, table->n_values);
  free(rows->more);
  rows->more = NULL;
}

static void put_behind(struct segment_rows *rows, const struct segment_rows *more) {
  while (rows->more) rows = rows->more;
  rows->more = memory_take(1, sizeof *rows->more);
  *rows->more = *more;
}

static uint32_t text_of(struct store_builder *builder, const struct store_builder *aside, uint32_t text) {
  const char *bytes = aside->texts.texts[text];
  return store_builder_text(builder, bytes, strlen(bytes));
}

static uint32_t table_of(struct store_builder *builder, const struct store_builder *aside, const struct table_rows *table) {
  uint32_t name = text_of(builder, aside, table->name), key = text_of(builder, aside, table->key);
  for (uint32_t t = 0; t < builder->n_tables; t++)
    if (builder->tables[t].name == name && builder->tables[t].key == key) return t;
  return store_builder_add_table(builder, name, key, table->n_values, table->spans);
}

static void join_table(struct store_builder *builder, struct store_builder *aside, struct table_rows *table) {
  uint32_t number = table_of(builder, aside, table);
  for (uint32_t s = 0; s < table->n_segments; s++) {
    struct segment_rows *more = &table->segments[s];
    uint32_t code = text_of(builder, aside, more->code), unit = text_of(builder, aside, more->unit);
    uint32_t segment = store_builder_segment(builder, number, code, unit);
    struct segment_rows *rows = &builder->tables[number].segments[segment];
    if (rows->n == 0) { /* nothing to be put behind: it is taken as it stands */
      segment_rows_free(rows, table->n_values);
      *rows = *more;
      rows->code = code;
      rows->unit = unit;
    } else {
      put_behind(rows, more);
    }
  }
  free(table->segments);
  free(table->slots);
}

void store_builder_join(struct store_builder *builder, struct store_builder *aside) {
  for (uint32_t t = 0; t < aside->n_tables; t++) join_table(builder, aside, &aside->tables[t]);
  aside->n_tables = 0;
  store_builder_drop(aside);
}
