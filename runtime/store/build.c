/* build.c: takes rows in any order and keeps them until the store is closed. Nothing is sorted here. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"
#include "runtime/store/inner.h"

enum { FIRST_ROOM = 16, FIRST_SLOTS = 16 };

struct store_builder *store_builder_open(void) {
  struct store_builder *builder = memory_take(1, sizeof *builder);
  dictionary_open(&builder->texts);
  dictionary_add(&builder->texts, "", 0);
  return builder;
}

uint32_t store_builder_text(struct store_builder *builder, const char *bytes, size_t length) {
  assert(memchr(bytes, '\0', length) == NULL);
  return dictionary_add(&builder->texts, bytes, length);
}

/* ── patients and practices ──────────────────────────────────────────────────────────────────────────────────────── */

void store_builder_columns(struct store_builder *builder, uint32_t n, const uint32_t *names, const char *kinds) {
  assert(builder->n_columns == 0 && builder->n_patients == 0);
  builder->n_columns = n;
  builder->column_names = memory_take(n, sizeof *builder->column_names);
  builder->column_kinds = memory_take(n, 1);
  if (n > 0) memcpy(builder->column_names, names, n * sizeof *names);
  if (n > 0) memcpy(builder->column_kinds, kinds, n);
}

/* Makes room in the array that says which patient has a text as id. */
static void know_text(struct store_builder *builder, uint32_t text) {
  uint32_t old = builder->n_patient_of_text;
  if (text < old) return;
  uint32_t n = builder->texts.n + builder->texts.n / 2;
  builder->patient_of_text = memory_resize(builder->patient_of_text, n, sizeof *builder->patient_of_text);
  memset(builder->patient_of_text + old, 0, (n - old) * sizeof *builder->patient_of_text);
  builder->n_patient_of_text = n;
}

static void make_room_for_patients(struct store_builder *builder, uint32_t room) {
  builder->patient_id = memory_resize(builder->patient_id, room, sizeof *builder->patient_id);
  builder->patient_practice = memory_resize(builder->patient_practice, room, sizeof *builder->patient_practice);
  builder->cells = memory_resize(builder->cells, (size_t)room * builder->n_columns, sizeof *builder->cells);
  builder->patient_room = room;
}

void store_builder_expect(struct store_builder *builder, uint32_t n_patients) {
  dictionary_expect(&builder->texts, n_patients);
  if (n_patients > builder->patient_room) make_room_for_patients(builder, n_patients);
}

uint32_t store_builder_add_patient(struct store_builder *builder, uint32_t id, uint32_t practice,
                                   const union store_cell *cells) {
  know_text(builder, id);
  assert(builder->patient_of_text[id] == 0);
  if (builder->n_patients == builder->patient_room)
    make_room_for_patients(builder, builder->patient_room ? builder->patient_room * 2 : FIRST_ROOM);
  uint32_t patient = builder->n_patients++;
  builder->patient_of_text[id] = patient + 1;
  builder->patient_id[patient] = id;
  store_builder_replace_patient(builder, patient, practice, cells);
  return patient;
}

void store_builder_replace_patient(struct store_builder *builder, uint32_t patient, uint32_t practice,
                                   const union store_cell *cells) {
  assert(patient < builder->n_patients);
  builder->patient_practice[patient] = practice;
  if (builder->n_columns > 0)
    memcpy(builder->cells + (size_t)patient * builder->n_columns, cells, builder->n_columns * sizeof *cells);
}

void store_builder_fetch(const struct store_builder *builder, const char *bytes, size_t length) {
  dictionary_fetch(&builder->texts, bytes, length);
}

uint32_t store_builder_patient(const struct store_builder *builder, const char *id, size_t length) {
  return store_builder_patient_of(builder, dictionary_find(&builder->texts, id, length));
}

uint32_t store_builder_patient_of(const struct store_builder *builder, uint32_t text) {
  if (text >= builder->n_patient_of_text) return UINT32_MAX;
  return builder->patient_of_text[text] - 1;  /* 0, for no patient, becomes UINT32_MAX */
}

bool store_builder_is_patient(const struct store_builder *builder, uint32_t patient, const char *id,
                              size_t length) {
  return patient < builder->n_patients && dictionary_is(&builder->texts, builder->patient_id[patient], id, length);
}

const char *store_builder_patient_id(const struct store_builder *builder, uint32_t patient, size_t *length) {
  assert(patient < builder->n_patients);
  return dictionary_text(&builder->texts, builder->patient_id[patient], length);
}

uint32_t store_builder_n_patients(const struct store_builder *builder) { return builder->n_patients; }

void store_builder_add_practice(struct store_builder *builder, uint32_t id, uint32_t cluster, uint32_t name) {
  if (builder->n_said == builder->said_room) {
    builder->said_room = builder->said_room ? builder->said_room * 2 : FIRST_ROOM;
    builder->said = memory_resize(builder->said, builder->said_room, sizeof *builder->said);
  }
  builder->said[builder->n_said++] = (struct practice_said){id, cluster, name};
}

/* ── tables, segments and rows ───────────────────────────────────────────────────────────────────────────────────── */

uint32_t store_builder_add_table(struct store_builder *builder, uint32_t name, uint32_t key, uint32_t n_values,
                                 bool spans) {
  builder->tables = memory_resize(builder->tables, builder->n_tables + 1, sizeof *builder->tables);
  struct table_rows *table = &builder->tables[builder->n_tables];
  *table = (struct table_rows){.name = name, .key = key, .n_values = n_values, .spans = spans};
  return builder->n_tables++;
}

/* The slot where a segment of this code and unit is, or would be. */
static uint32_t *slot_of(const struct table_rows *table, uint32_t code, uint32_t unit) {
  uint32_t mask = table->n_slots - 1;
  for (uint32_t i = (code * 0x9e3779b1u + unit * 0x85ebca77u) >> 7 & mask;; i = (i + 1) & mask) {
    uint32_t held = table->slots[i];
    if (held == 0 || (table->segments[held - 1].code == code && table->segments[held - 1].unit == unit))
      return &table->slots[i];
  }
}

static void spread(struct table_rows *table, uint32_t n_slots) {
  free(table->slots);
  table->slots = memory_take(n_slots, sizeof *table->slots);
  table->n_slots = n_slots;
  for (uint32_t i = 0; i < table->n_segments; i++)
    *slot_of(table, table->segments[i].code, table->segments[i].unit) = i + 1;
}

uint32_t store_builder_segment(struct store_builder *builder, uint32_t table_number, uint32_t code, uint32_t unit) {
  assert(table_number < builder->n_tables);
  struct table_rows *table = &builder->tables[table_number];
  if (table->n_segments * 2 >= table->n_slots) spread(table, table->n_slots ? table->n_slots * 2 : FIRST_SLOTS);
  uint32_t *slot = slot_of(table, code, unit);
  if (*slot != 0) return *slot - 1;
  if (table->n_segments == table->room) {
    table->room = table->room ? table->room * 2 : FIRST_ROOM;
    table->segments = memory_resize(table->segments, table->room, sizeof *table->segments);
  }
  segment_rows_open(&table->segments[table->n_segments], code, unit, table->n_values, table->spans);
  return (*slot = ++table->n_segments) - 1;
}

/* A segment of fewer rows says too little of how many there will be. */
enum { FORESEEN_FROM = 64 };

void store_builder_foresee(struct store_builder *builder, uint32_t table_number, double times) {
  struct table_rows *table = &builder->tables[table_number];
  for (uint32_t s = 0; s < table->n_segments; s++) {
    struct segment_rows *rows = &table->segments[s];
    if (rows->n >= FORESEEN_FROM) rows->foreseen = (uint64_t)((double)rows->n * times * 1.05);
  }
}

/* ── the end ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void free_people(struct store_builder *builder) {
  free(builder->patient_of_text);
  free(builder->patient_id);
  free(builder->patient_practice);
  free(builder->cells);
  free(builder->column_names);
  free(builder->column_kinds);
  free(builder->said);
}

void store_builder_drop(struct store_builder *builder) {
  for (uint32_t t = 0; t < builder->n_tables; t++) {
    struct table_rows *table = &builder->tables[t];
    for (uint32_t s = 0; s < table->n_segments; s++) segment_rows_free(&table->segments[s]);
    free(table->segments);
    free(table->slots);
  }
  free(builder->tables);
  free_people(builder);
  dictionary_close(&builder->texts);
  free(builder);
}

struct store *store_builder_close(struct store_builder *builder, int32_t newest, const uint64_t hash[2],
                                  uint32_t threads) {
  struct store_owner *owner = memory_take(1, sizeof *owner);
  struct store *store = &owner->store;
  store->owner = owner;
  store->newest = newest;
  store->hash[0] = hash[0];
  store->hash[1] = hash[1];
  uint32_t *text_now = store_sort_texts(owner, builder);
  uint32_t *patient_now = store_number_people(owner, builder, text_now);
  free_people(builder);
  store_pack_tables(owner, builder, text_now, patient_now, threads);
  free(patient_now);
  free(text_now);
  free(builder);
  return store;
}
