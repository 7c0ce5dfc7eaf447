/* events.c: the file of any table but patients: rows of patients, dates, codes, and perhaps numbers with units. Here is what is
 * read of it, and how a file is gone through; lookup.c knows what its codes, units and ids mean, rows.c reads one row, and batch.c
 * many of the usual shape at once. */
#include <stdlib.h>
#include <string.h>
#include "runtime/csv/many.h"
#include "runtime/memory/memory.h"

/* ── what is read of the table ───────────────────────────────────────────────────────────────────────────────────── */

static const struct image_column *column_of(const struct events *events, uint32_t i) {
  return &events->image->columns[events->image->tables[events->table].first_column + i];
}

/* The wanted column of a date called `name`, or NULL. */
static struct wanted *find_date(struct events *events, const char *name) {
  for (uint32_t i = 0; i + 1 < events->n_wanted; i++)
    if (column_of(events, i)->type == COLUMN_DATE && strcmp(events->wanted[i + 1].name, name) == 0)
      return &events->wanted[i + 1];
  return NULL;
}

static void add_key(struct events *events, uint32_t column) {
  for (uint32_t i = 0; i < events->n_keys; i++)
    if (events->keys[i].column == column) return;
  events->keys = memory_resize(events->keys, events->n_keys + (size_t)1, sizeof *events->keys);
  struct key *key = &events->keys[events->n_keys++];
  *key = (struct key){.column = column, .wanted = 1 + column - events->image->tables[events->table].first_column, .factor = FIRST_FACTOR};
  dictionary_open(&key->codes);
}

/* With everything kept, a table that no rule reads is cut by its codes, or else its first text. */
static void add_default_key(struct events *events) {
  uint32_t first = events->image->tables[events->table].first_column;
  const uint32_t types[] = {COLUMN_CODE, COLUMN_TEXT};
  for (int t = 0; t < 2 && events->n_keys == 0; t++)
    for (uint32_t i = 0; i + 1 < events->n_wanted && events->n_keys == 0; i++)
      if (column_of(events, i)->type == types[t]) add_key(events, first + i);
}

/* Says which columns the file must have, and which keys cut it. */
static void plan_columns(struct events *events) {
  const struct image *image = events->image;
  const struct image_table *table = &image->tables[events->table];
  events->n_wanted = table->n_columns + 1;
  events->wanted = memory_take(events->n_wanted, sizeof *events->wanted);
  events->wanted[0] = (struct wanted){"patient", true, 0};
  for (uint32_t i = 0; i < table->n_columns; i++)
    events->wanted[i + 1].name = image_text(image, column_of(events, i)->name);
  struct wanted *date = find_date(events, "date"), *from = find_date(events, "from"), *to = find_date(events, "to");
  events->spans = date == NULL && from != NULL && to != NULL;
  if (date == NULL) date = from;
  if (date != NULL) date->needed = true;
  if (events->spans) to->needed = true;
  for (uint32_t i = 0; i < image->n_parts; i++) {
    const struct image_part *part = &image->parts[i];
    if (part->table != events->table) continue;
    add_key(events, part->key);
    events->wanted[1 + part->key - table->first_column].needed = true;
    if (part->value == IMAGE_NONE) continue;
    events->wanted[1 + part->value - table->first_column].needed = true;
    for (uint32_t c = 0; c < table->n_columns; c++)
      if (column_of(events, c)->type == COLUMN_UNIT) events->wanted[c + 1].needed = true;
  }
  if (events->reader.csv->options->keep_all) add_default_key(events);
}

/* Once the fields are known: where dates, units and numbers are, and the tables of the store. */
static void plan_fields(struct events *events) {
  struct csv *csv = events->reader.csv;
  const struct image_table *table = &events->image->tables[events->table];
  struct wanted *date = find_date(events, "date");
  if (date == NULL) date = find_date(events, "from");
  events->id = events->wanted[0].field;
  for (uint32_t i = 0; i < events->n_keys; i++) events->keys[i].field = events->wanted[events->keys[i].wanted].field;
  events->date = date == NULL ? NO_FIELD : date->field;
  events->end = events->spans ? find_date(events, "to")->field : NO_FIELD;
  events->unit = NO_FIELD;
  events->value_fields = memory_take(table->n_columns, sizeof *events->value_fields);
  for (uint32_t i = table->n_columns; i-- > 0;)
    if (column_of(events, i)->type == COLUMN_UNIT) events->unit = events->wanted[i + 1].field;
  for (uint32_t i = 0; i < table->n_columns; i++) {
    if (column_of(events, i)->type != COLUMN_NUMBER) continue;
    bool read = events->wanted[i + 1].needed || csv->options->keep_all;
    events->value_fields[events->n_values++] = read ? events->wanted[i + 1].field : NO_FIELD;
  }
  events->values = memory_take(events->n_values, sizeof *events->values);
  events->signs = memory_take(events->n_values, sizeof *events->signs);
}

static void add_store_tables(struct events *events) {
  struct store_builder *builder = events->reader.csv->builder;
  const struct image_table *table = &events->image->tables[events->table];
  uint32_t n_values = 0;
  for (uint32_t i = 0; i < table->n_columns; i++) n_values += column_of(events, i)->type == COLUMN_NUMBER;
  const char *name = image_text(events->image, table->name);
  for (uint32_t i = 0; i < events->n_keys; i++) {
    const char *key = events->wanted[events->keys[i].wanted].name;
    events->keys[i].table =
        store_builder_add_table(builder, store_builder_text(builder, name, strlen(name)),
                                store_builder_text(builder, key, strlen(key)), n_values, events->spans);
  }
}

/* ── the file ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void close_events(struct events *events) {
  reader_close(&events->reader);
  for (uint32_t i = 0; i < events->n_keys; i++) {
    dictionary_close(&events->keys[i].codes);
    free(events->keys[i].meanings);
    for (uint32_t j = 0; j < events->keys[i].judgement_room; j++) free(events->keys[i].judgements[j].readings);
    free(events->keys[i].judgements);
  }
  free(events->keys);
  free(events->wanted);
  free(events->value_fields);
  free(events->values);
  free(events->signs);
  dictionary_close(&events->units);
  free(events->unit_meanings);
}

/* After so many rows of a file it is foreseen how many of each code there will be: what grows step by step is copied with each. */
enum { SAMPLE = 1 << 15 };

static void foresee_rows(const struct events *events, const struct range *range) {
  const struct reader *reader = &events->reader;
  uint64_t begin = range ? range->begin : 0, end = range ? range->end : reader->file.size;
  uint64_t here = reader->offset + reader->next_begin;
  if (here <= begin || here >= end) return;
  double times = (double)(end - begin) / (double)(here - begin);
  for (uint32_t i = 0; i < events->n_keys; i++) store_builder_foresee(reader->csv->builder, events->keys[i].table, times);
}

/* What is not of the usual shape, and what comes first in a window, is read row by row. */
static void read_rows(struct events *events, const struct range *range) {
  struct reader *reader = &events->reader;
  for (size_t n = 0, before = 0; !csv_failed(reader->csv) && reader_next(reader); before = n) {
    row_read(events);
    n += 1 + batch_read(events);
    if (before < SAMPLE && n >= SAMPLE) foresee_rows(events, range);
  }
}

bool events_read_range(struct csv *csv, struct file_report *report, uint32_t table, struct range *range) {
  struct events events = {.image = csv->image, .table = table, .at_once = 1, .many = many_chosen()};
  struct reader *reader = &events.reader;
  enum opened opened = reader_open(reader, csv, report);
  dictionary_open(&events.units);
  plan_columns(&events);
  add_store_tables(&events);
  if (opened == OPENED_MISSING && events.n_keys > 0) csv_warn(csv, report->name, SENTENCE_missing_file, NULL, NULL);
  if (opened == OPENED && header_read(reader, events.wanted, events.n_wanted)) {
    plan_fields(&events);
    if (range) reader_seek(reader, range);
    read_rows(&events, range);
  }
  if (range) range->n_lines = reader->next_line - 1;
  close_events(&events);
  return !csv_failed(csv);
}
