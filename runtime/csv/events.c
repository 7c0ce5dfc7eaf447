/* events.c: the file of any table but patients: rows of patients, dates, codes, and perhaps numbers with units.
 *
 * A row is looked at in the order in which it is most likely to be left out, and a row of a code that no rule names ends
 * after its date. What a code means, and where its rows go, is found out once for each code that the file holds. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"
#include "runtime/store/dictionary.h"

/* A code as it stands in the file. */
struct code {
  bool selected, readable;
  uint32_t text;                /* in the store */
  bool placed;                  /* a row of it has gone to `segment`; its unit was `unit` */
  struct short_text unit;
  uint32_t segment;
};

/* The codes met last, found by their words alone: most files hold a few dozen codes. */
enum { RECENT = 256 };
struct recent { struct short_text text; uint32_t number; /* + 1 */ bool passed_over; /* no rule names it */ };

/* A column that cuts the table: codes of the file, and the table of the store that they go to. */
struct key {
  uint32_t column;              /* in the image */
  uint32_t wanted, field;
  uint32_t table;               /* in the store */
  struct dictionary codes;
  struct code *meanings;        /* beside codes */
  uint32_t room;
  struct judgement *judgements;  /* [segment of the store's table] */
  uint32_t judgement_room;
  struct recent recent[RECENT];
};

struct events {
  struct reader reader;
  const struct image *image;
  uint32_t table;               /* in the image */
  bool spans;
  struct wanted *wanted;        /* patient, then the declared columns in their order */
  uint32_t n_wanted;
  uint32_t id, date, end, unit; /* fields; NO_FIELD where there is none */
  uint32_t n_keys;
  struct key *keys;
  uint32_t n_values;
  uint32_t *value_fields;       /* NO_FIELD for a column that no rule reads */
  double *values;
  int8_t *signs;

  struct dictionary units;
  uint32_t *unit_texts, unit_room;  /* beside units: in the store, or UNREADABLE */

  struct short_text last_id;    /* exports come grouped by patient; zero: none is remembered */
  uint32_t last_patient;
  uint32_t place;               /* of the last one in patients.csv, + 1 */
  uint32_t strays;              /* how often lately the next patient was not soon after the last */
};

#define UNREADABLE UINT32_MAX

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
  *key = (struct key){.column = column, .wanted = 1 + column - events->image->tables[events->table].first_column};
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

/* ── codes, units, patients ──────────────────────────────────────────────────────────────────────────────────────── */

static bool is_selected(const struct events *events, const struct key *key, const struct cell *code) {
  const struct image *image = events->image;
  if (events->reader.csv->options->keep_all) return true;
  for (uint32_t i = 0; i < image->n_parts; i++) {
    const struct image_part *part = &image->parts[i];
    if (part->table == events->table && part->key == key->column &&
        image_selects(image, part->selector, code->bytes, code->length))
      return true;
  }
  return false;
}

static struct code *add_code(struct events *events, struct key *key, uint32_t number, struct cell *cell) {
  struct reader *reader = &events->reader;
  if (number == key->room) {
    key->room = key->room ? key->room * 2 : 64;
    key->meanings = memory_resize(key->meanings, key->room, sizeof *key->meanings);
  }
  struct code code = {.readable = cell_text(reader, cell)};
  /* What cannot be read cannot be said to be in no set. */
  code.selected = !code.readable || is_selected(events, key, cell);
  if (code.readable && code.selected)
    code.text = store_builder_text(reader->csv->builder, cell->bytes, cell->length);
  key->meanings[number] = code;
  return &key->meanings[number];
}

/* Looks a code up among all that the file has held; found out what it means when it is met for the first time. */
static struct code *look_up_code(struct events *events, struct key *key, struct cell cell, struct recent *recent) {
  struct short_text text = recent ? cell_short(&cell) : (struct short_text){0, 0};
  uint32_t before = key->codes.n, number = dictionary_add(&key->codes, cell.bytes, cell.length);
  struct code *code = number < before ? &key->meanings[number] : add_code(events, key, number, &cell);
  if (recent) *recent = (struct recent){text, number + 1, !code->selected};
  return code->selected ? code : NULL;
}

/* What the code of the row at hand means; NULL where no rule names it. */
static inline struct code *find_code(struct events *events, struct key *key) {
  struct cell cell = reader_cell(&events->reader, key->field);
  if (!cell_is_short(&cell)) return look_up_code(events, key, cell, NULL);
  struct short_text text = cell_short(&cell);
  struct recent *recent = &key->recent[(text.low ^ text.high * 31) * 0x9e3779b97f4a7c15u >> 56];
  if (!short_texts_equal(recent->text, text) || recent->number == 0) return look_up_code(events, key, cell, recent);
  return recent->passed_over ? NULL : &key->meanings[recent->number - 1];
}

/* A field of the row at hand as printable text, which the caller frees. */
static char *copy_text(struct reader *reader, uint32_t field) {
  size_t used = reader->scratch_used;
  struct cell cell = reader_cell(reader, field);
  char *text = cell_text(reader, &cell) ? memory_text(cell.bytes, cell.length) : memory_text("", 0);
  reader->scratch_used = used; /* for a row may be asked so for each key */
  return text;
}

/* The text of a unit in the store, or UNREADABLE. */
static uint32_t find_unit(struct events *events, struct cell *cell) {
  struct reader *reader = &events->reader;
  uint32_t before = events->units.n, number = dictionary_add(&events->units, cell->bytes, cell->length);
  if (number < before) return events->unit_texts[number];
  if (number == events->unit_room) {
    events->unit_room = events->unit_room ? events->unit_room * 2 : 16;
    events->unit_texts = memory_resize(events->unit_texts, events->unit_room, sizeof *events->unit_texts);
  }
  bool readable = cell_text(reader, cell);
  events->unit_texts[number] =
      readable ? store_builder_text(reader->csv->builder, cell->bytes, cell->length) : UNREADABLE;
  return events->unit_texts[number];
}

/* Finds out what the measures make of a segment, whose code and unit are those of the row at hand. */
static void judge_segment(struct events *events, struct key *key, uint32_t segment) {
  struct reader *reader = &events->reader;
  if (segment >= key->judgement_room) {
    uint32_t room = 2 * segment + 16, old = key->judgement_room;
    key->judgements = memory_resize(key->judgements, room, sizeof *key->judgements);
    memset(key->judgements + old, 0, (room - old) * sizeof *key->judgements);
    key->judgement_room = room;
  }
  if (key->judgements[segment].made) return;
  char *code = copy_text(reader, key->field), *unit = copy_text(reader, events->unit);
  key->judgements[segment] = judgement_make(events->image, events->table, key->column, code, unit);
  free(code);
  free(unit);
}

/* Finds the segment of a code in the unit of the row at hand. False, with the row counted, if code or unit cannot be read. */
static bool find_segment(struct events *events, struct key *key, struct code *code, struct cell *unit) {
  bool is_short = cell_is_short(unit);
  struct short_text text = is_short ? cell_short(unit) : (struct short_text){0, 0};
  if (code->placed && is_short && short_texts_equal(code->unit, text)) return true;
  uint32_t unit_text = find_unit(events, unit);
  if (!code->readable || unit_text == UNREADABLE) {
    uint32_t field = code->readable ? events->unit : key->field;
    reader_unread(&events->reader, UNREAD_bad_text, field, NULL);
    return false;
  }
  code->segment = store_builder_segment(events->reader.csv->builder, key->table, code->text, unit_text);
  code->placed = is_short;
  if (is_short) code->unit = text;
  judge_segment(events, key, code->segment);
  return true;
}

/* The files of one export are mostly in the same order: the next patient here comes soon after the last one in patients.csv. */
enum { SOON = 8, STRAYS = 32, MOST_STRAYS = 64 };

static uint32_t find_soon(const struct events *events, const struct cell *cell) {
  for (uint32_t patient = events->place; patient < events->place + SOON; patient++)
    if (store_builder_is_patient(events->reader.csv->people, patient, cell->bytes, cell->length)) return patient;
  return UINT32_MAX;
}

/* Where patients come in another order, nobody is looked for there. */
static uint32_t find_anywhere(const struct events *events, const struct cell *cell) {
  const struct csv *csv = events->reader.csv;
  if (events->strays >= STRAYS && cell_is_short(cell)) return ids_find(csv->ids, csv->people, cell_short(cell));
  return store_builder_patient(csv->people, cell->bytes, cell->length);
}

/* Looks up a patient who is not the one of the row before. */
static uint32_t look_up_patient(struct events *events, struct cell cell) {
  struct reader *reader = &events->reader;
  events->last_id = cell_is_short(&cell) ? cell_short(&cell) : (struct short_text){0, 0};
  if (reader->high && !cell_text(reader, &cell)) return events->last_patient = UINT32_MAX;
  uint32_t patient = events->strays < STRAYS ? find_soon(events, &cell) : UINT32_MAX;
  if (patient == UINT32_MAX) patient = find_anywhere(events, &cell);
  bool soon = patient != UINT32_MAX && patient - events->place < SOON;
  if (soon && events->strays > 0) events->strays--;
  if (!soon && events->strays < MOST_STRAYS) events->strays++;
  if (patient != UINT32_MAX) events->place = patient + 1;
  return events->last_patient = patient;
}

/* No id is empty, so none is remembered where the last one was too long. */
static inline uint32_t find_patient(struct events *events, struct cell cell) {
  if (cell_is_short(&cell) && short_texts_equal(events->last_id, cell_short(&cell))) return events->last_patient;
  return look_up_patient(events, cell);
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Reads the row's dates; false if it has none. The newest date of the data is that of any row, whatever its patient and code, so
 * that it does not depend on what the rules name. */
static inline bool read_dates(struct events *events, int32_t *date, int32_t *end) {
  struct reader *reader = &events->reader;
  struct cell cell = reader_cell(reader, events->date);
  *end = DATE_OPEN;
  if (!months_date(reader->csv->months, &cell, date)) return false;
  newest_meet(reader->csv->newest, *date);
  if (!events->spans) return true;
  cell = reader_cell(reader, events->end);
  return cell.length == 0 || months_date(reader->csv->months, &cell, end);
}

/* Counts a row as one without dates: the first of them is at fault, or else the end. */
static void refuse_dates(struct events *events) {
  struct reader *reader = &events->reader;
  struct cell cell = reader_cell(reader, events->date);
  int32_t date;
  bool begins = csv_date(cell.bytes, cell.length, &date);
  reader_unread(reader, cell.length == 0 ? UNREAD_no_date : UNREAD_bad_date, begins ? events->end : events->date, NULL);
}

static void read_values(struct events *events) {
  struct reader *reader = &events->reader;
  for (uint32_t i = 0; i < events->n_values; i++) {
    events->values[i] = NAN;
    events->signs[i] = 0;
    if (events->value_fields[i] == NO_FIELD) continue;
    struct cell cell = reader_cell(reader, events->value_fields[i]);
    if (cell.length == 0) {
      reader_unread(reader, UNREAD_no_number, events->value_fields[i], NULL);
    } else if (!cell_number(&cell, reader->comma, &events->values[i], &events->signs[i])) {
      reader_unread(reader, UNREAD_bad_number, events->value_fields[i], NULL);
    }
  }
}

/* ── what no measure will read ───────────────────────────────────────────────────────────────────────────────────── */

static void refuse_unit(struct events *events, const struct key *key) {
  struct reader *reader = &events->reader;
  char expected[EXPECTED] = "";
  if (reader->csv->options->strict) {
    char *code = copy_text(reader, key->field);
    series_units(events->image, events->table, key->column, code, expected);
    free(code);
  }
  reader_unread(reader, UNREAD_other_unit, events->unit, expected);
}

static void refuse_value(struct events *events, const struct judgement *judgement) {
  const struct csv_options *options = events->reader.csv->options;
  char expected[EXPECTED] = "";
  if (options->strict) judgement_limits(judgement, events->image, options->danish, expected);
  reader_unread(&events->reader, UNREAD_implausible, events->value_fields[judgement->readings[0].number], expected);
}

static void judge_closely(struct events *events, const struct key *key, const struct judgement *judgement) {
  if (judgement->other_unit) refuse_unit(events, key);
  if (judgement->n == 0) return;
  enum judged judged = judgement_of(judgement, events->image, events->values);
  if (judged == JUDGED_IMPLAUSIBLE) refuse_value(events, judgement);
  if (judged == JUDGED_READ && judgement->no_unit) reader_unread(&events->reader, UNREAD_no_unit, events->unit, NULL);
}

/* Counts the row at hand if no measure that names its code will read it. It is kept all the same. */
static inline void judge_row(struct events *events, const struct key *key, uint32_t segment) {
  const struct judgement *judgement = &key->judgements[segment];
  if (judgement->n == 0 && !judgement->other_unit) return;
  double number = events->values[judgement->number];
  if (!(judgement->low <= number && number <= judgement->high)) judge_closely(events, key, judgement);
}

/* Adds the row to the table of each key whose code some rule names. Gives how many there are. */
static uint32_t add_row(struct events *events, uint32_t patient, int32_t date, int32_t end) {
  struct reader *reader = &events->reader;
  uint32_t n_named = 0;
  struct cell unit;
  for (uint32_t i = 0; i < events->n_keys; i++) {
    struct key *key = &events->keys[i];
    struct code *code = find_code(events, key);
    if (!code) continue;
    if (n_named == 0) unit = reader_cell(reader, events->unit);
    if (!find_segment(events, key, code, &unit)) return 1;
    if (n_named++ == 0) read_values(events);
    judge_row(events, key, code->segment);
    store_builder_add_row(reader->csv->builder, key->table, code->segment, patient, date, end, events->values,
                          events->signs);
  }
  reader->report->kept += n_named > 0;
  return n_named;
}

static void read_row(struct events *events) {
  struct reader *reader = &events->reader;
  struct cell id = reader_cell(reader, events->id);
  int32_t date, end;
  bool dated = read_dates(events, &date, &end);
  if (id.length == 0) {
    reader_unread(reader, UNREAD_no_patient, events->id, NULL);
    return;
  }
  uint32_t patient = find_patient(events, id);
  if (patient == UINT32_MAX) reader_unread(reader, UNREAD_unknown_patient, events->id, NULL);
  else if (!dated) refuse_dates(events);
  else if (add_row(events, patient, date, end) == 0) reader->report->not_named++;
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
  free(events->unit_texts);
}

/* After so many rows of a file it is foreseen how many of each code there will be: what grows step by step is copied with each. */
enum { SAMPLE = 1 << 15 };

static void foresee_rows(const struct events *events, const struct range *range) {
  const struct reader *reader = &events->reader;
  uint64_t begin = range ? range->begin : 0, end = range ? range->end : reader->file.size;
  uint64_t here = reader->offset + reader->row_end;
  if (here <= begin || here >= end) return;
  double times = (double)(end - begin) / (double)(here - begin);
  for (uint32_t i = 0; i < events->n_keys; i++) store_builder_foresee(reader->csv->builder, events->keys[i].table, times);
}

bool events_read_range(struct csv *csv, struct file_report *report, uint32_t table, struct range *range) {
  struct events events = {.image = csv->image, .table = table};
  struct reader *reader = &events.reader;
  enum opened opened = reader_open(reader, csv, report);
  dictionary_open(&events.units);
  plan_columns(&events);
  add_store_tables(&events);
  if (opened == OPENED_MISSING && events.n_keys > 0) csv_warn(csv, report->name, SENTENCE_missing_file, NULL, NULL);
  if (opened == OPENED && header_read(reader, events.wanted, events.n_wanted)) {
    plan_fields(&events);
    if (range) reader_seek(reader, range);
    for (size_t n = 1; !csv_failed(csv) && reader_next(reader); n++) {
      read_row(&events);
      if (n == SAMPLE) foresee_rows(&events, range);
    }
  }
  if (range) {
    range->n_lines = reader->next_line - 1;
    range->quotes = reader->any_quotes;
  }
  close_events(&events);
  return !csv_failed(csv);
}
