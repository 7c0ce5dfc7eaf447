/* patients.c: patients.csv. One row for each patient; of two that differ, the one whose text comes first counts, so that
 * the order of rows decides nothing. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/csv/inner.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

/* The texts of the rows that count, one after the other, to compare with when a patient comes again. */
struct kept_rows { char *bytes; size_t length, room; struct { size_t begin, length; } *rows; size_t row_room; };

/* Texts of one column that have been met, found by their words alone: there are few practices, and fewer words of a list. */
enum { MET = 16 };
struct met_text { struct short_text text; uint32_t number; /* in the store; 0, the empty one, where there is none */ };

struct patients {
  struct reader reader;
  const struct image_table *table;  /* or NULL: nothing is declared */
  uint32_t n_columns;
  struct wanted *wanted;        /* patient, practice, then the declared columns but practice */
  uint32_t *wanted_of;          /* declared column → wanted */
  union store_cell *cells;
  struct met_text (*met)[MET];  /* of the practice, then of each declared column */
  struct kept_rows kept;
};

static const struct image_column *column_of(const struct patients *patients, uint32_t i) {
  return &patients->reader.csv->image->columns[patients->table->first_column + i];
}

static void plan_columns(struct patients *patients, struct csv *csv, const struct image_table *table) {
  patients->table = table;
  patients->n_columns = table == NULL ? 0 : table->n_columns;
  patients->wanted = memory_take(patients->n_columns + (size_t)2, sizeof *patients->wanted);
  patients->wanted_of = memory_take(patients->n_columns, sizeof *patients->wanted_of);
  patients->cells = memory_take(patients->n_columns, sizeof *patients->cells);
  patients->met = memory_take(patients->n_columns + (size_t)1, sizeof *patients->met);
  uint32_t *names = memory_take(patients->n_columns, sizeof *names), n = 2;
  char *kinds = memory_take(patients->n_columns, 1);
  patients->wanted[0] = (struct wanted){"patient", true, 0};
  patients->wanted[1] = (struct wanted){"practice", true, 0};
  for (uint32_t i = 0; i < patients->n_columns; i++) {
    const struct image_column *column = column_of(patients, i);
    const char *name = image_text(csv->image, column->name);
    names[i] = store_builder_text(csv->builder, name, strlen(name));
    kinds[i] = column->type == COLUMN_NUMBER ? 'n' : column->type == COLUMN_DATE ? 'd' : 't';
    patients->wanted_of[i] = strcmp(name, "practice") == 0 ? 1 : n;
    if (patients->wanted_of[i] == n) patients->wanted[n++] = (struct wanted){name, image_reads_column(csv->image, table->first_column + i), 0};
  }
  store_builder_columns(csv->builder, patients->n_columns, names, kinds);
  free(names);
  free(kinds);
}

/* ── cells ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool in_list(const struct image *image, const struct image_column *column, const struct cell *cell) {
  for (uint32_t i = 0; i < column->n_choices; i++) {
    const char *choice = image_text(image, image->choices[column->first_choice + i]);
    if (strlen(choice) == cell->length && memcmp(choice, cell->bytes, cell->length) == 0) return true;
  }
  return false;
}

/* Counts a cell that is not of its column's kind, and says what that kind is. */
static void refuse_cell(struct patients *patients, uint32_t i) {
  const struct csv *csv = patients->reader.csv;
  const struct image_column *column = column_of(patients, i);
  const struct unread_row *row = &unread_reasons[column->type == COLUMN_NUMBER ? UNREAD_no_number : column->type == COLUMN_DATE ? UNREAD_bad_date : UNREAD_bad_text];
  char choices[EXPECTED] = "";
  for (uint32_t c = 0; c < column->n_choices; c++) {
    size_t length = strlen(choices);
    snprintf(choices + length, sizeof choices - length, "%s%s", c > 0 ? ", " : "", image_text(csv->image, csv->image->choices[column->first_choice + c]));
  }
  const char *expected = column->type == COLUMN_LIST ? choices : _(row->expected);
  reader_unread(&patients->reader, UNREAD_bad_cell, patients->wanted[patients->wanted_of[i]].field, expected);
}

static inline struct met_text *met_place(struct met_text *met, struct short_text text) {
  return &met[(text.low ^ text.high * 31) * 0x9e3779b97f4a7c15u >> 60];
}

/* The text of a cell that is not empty; false if it is none, or the column, unless that is NULL, does not have it. */
static bool read_text(struct reader *reader, struct met_text *known, const struct image_column *column, struct cell cell, uint32_t *number) {
  bool is_short = cell_is_short(&cell);
  struct short_text text = is_short ? cell_short(&cell) : (struct short_text){0, 0};
  struct met_text *met = met_place(known, text);
  *number = met->number;
  if (is_short && met->number != 0 && short_texts_equal(met->text, text)) return true;
  if (!cell_text(reader, &cell) || (column && column->type == COLUMN_LIST && !in_list(reader->csv->image, column, &cell))) return false;
  *number = store_builder_text(reader->csv->builder, cell.bytes, cell.length);
  if (is_short) *met = (struct met_text){text, *number};
  return true;
}

/* Reads one cell; what is not of the column's kind is counted and empty. */
static union store_cell read_cell(struct patients *patients, uint32_t i) {
  struct reader *reader = &patients->reader;
  const struct image_column *column = column_of(patients, i);
  struct cell cell = reader_cell(reader, patients->wanted[patients->wanted_of[i]].field);
  union store_cell read = {.text = 0};
  bool fine = true;
  if (column->type == COLUMN_NUMBER) {
    int8_t sign = 0;
    read.number = NAN;
    fine =
        cell.length == 0 || (cell_number(&cell, reader->comma, &read.number, &sign) && sign == 0);
    if (!fine) read.number = NAN;
  } else if (column->type == COLUMN_DATE) {
    read.date = DATE_UNKNOWN;
    fine = cell.length == 0 || months_date(reader->csv->months, &cell, &read.date);
  } else if (cell.length > 0) {
    uint32_t text;
    fine = read_text(reader, patients->met[1 + i], column, cell, &text);
    if (fine) read.text = text;
  }
  if (!fine) refuse_cell(patients, i);
  return read;
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void keep_row(struct kept_rows *kept, uint32_t patient, const struct cell *row) {
  if (kept->room - kept->length < row->length) {
    kept->room = 2 * kept->room + row->length;
    kept->bytes = memory_resize(kept->bytes, kept->room, 1);
  }
  if (patient >= kept->row_room) {
    kept->row_room = 2 * (size_t)patient + 16;
    kept->rows = memory_resize(kept->rows, kept->row_room, sizeof *kept->rows);
  }
  memcpy(kept->bytes + kept->length, row->bytes, row->length);
  kept->rows[patient].begin = kept->length;
  kept->rows[patient].length = row->length;
  kept->length += row->length;
}

static bool comes_first(const struct kept_rows *kept, uint32_t patient, const struct cell *row) {
  size_t length = kept->rows[patient].length, shorter = length < row->length ? length : row->length;
  int order = memcmp(row->bytes, kept->bytes + kept->rows[patient].begin, shorter);
  return order < 0 || (order == 0 && row->length < length);
}

static void add_patient(struct patients *patients, const struct cell *id, uint32_t practice) {
  struct reader *reader = &patients->reader;
  struct store_builder *builder = reader->csv->builder;
  struct cell row = reader_canonical(reader);
  uint32_t text = store_builder_text(builder, id->bytes, id->length), patient = store_builder_patient_of(builder, text);
  if (patient == UINT32_MAX) {
    patient = store_builder_add_patient(builder, text, practice, patients->cells);
    keep_row(&patients->kept, patient, &row);
    reader->report->kept++;
    return;
  }
  if (comes_first(&patients->kept, patient, &row)) {
    store_builder_replace_patient(builder, patient, practice, patients->cells);
    keep_row(&patients->kept, patient, &row);
  }
  reader_unread(reader, UNREAD_twice, patients->wanted[0].field, NULL);
}

/* Nearly all that reading a patient takes is waiting for where the id is to be remembered: memory is asked for it a row before. */
static void fetch_coming(const struct patients *patients) {
  const struct csv *csv = patients->reader.csv;
  struct cell id;
  if (reader_coming_cell(&patients->reader, patients->wanted[0].field, &id)) store_builder_fetch(csv->builder, id.bytes, id.length);
}

static void read_row(struct patients *patients) {
  struct reader *reader = &patients->reader;
  fetch_coming(patients);
  struct cell id = reader_cell(reader, patients->wanted[0].field),
              practice = reader_cell(reader, patients->wanted[1].field);
  uint32_t practice_text = 0;
  if (id.length == 0) {
    reader_unread(reader, UNREAD_no_patient, patients->wanted[0].field, NULL);
  } else if (!cell_text(reader, &id)) {
    reader_unread(reader, UNREAD_bad_text, patients->wanted[0].field, NULL);
  } else if (practice.length > 0 && !read_text(reader, patients->met[0], NULL, practice, &practice_text)) {
    reader_unread(reader, UNREAD_bad_text, patients->wanted[1].field, NULL);
  } else {
    for (uint32_t i = 0; i < patients->n_columns; i++) patients->cells[i] = read_cell(patients, i);
    add_patient(patients, &id, practice_text);
  }
}

/* patient, practice and the declared columns but practice */
static uint32_t count_wanted(const struct patients *patients) {
  uint32_t n = 2;
  for (uint32_t i = 0; i < patients->n_columns; i++) n += patients->wanted_of[i] != 1;
  return n;
}

enum { MOST_EXPECTED = 1 << 22, MOST_KEPT = 1 << 30 };

/* About how many rows the file has, by those of its first window. */
static uint32_t rows_expected(const struct reader *reader) {
  size_t lines = 0;
  for (size_t i = 0; i < reader->length; i++) lines += reader->bytes[i] == '\n';
  double rows = lines ? (double)reader->file.size * (double)lines / (double)reader->length : 0;
  return rows < MOST_EXPECTED ? (uint32_t)rows : MOST_EXPECTED;
}

/* Room for all of them at once: what grows step by step is copied with each. */
static void expect_rows(struct patients *patients) {
  uint32_t n = rows_expected(&patients->reader);
  struct kept_rows *kept = &patients->kept;
  store_builder_expect(patients->reader.csv->builder, n);
  kept->row_room = n;
  kept->rows = memory_resize(kept->rows, kept->row_room, sizeof *kept->rows);
  kept->room = patients->reader.file.size < MOST_KEPT ? (size_t)patients->reader.file.size : MOST_KEPT;
  kept->bytes = memory_resize(kept->bytes, kept->room, 1);
}

bool patients_read(struct csv *csv, struct file_report *report, const struct image_table *table) {
  struct patients patients = {0};
  struct reader *reader = &patients.reader;
  enum opened opened = reader_open(reader, csv, report);
  plan_columns(&patients, csv, table);
  if (opened == OPENED_MISSING) csv_fail(csv, report->name, 0, 0, SENTENCE_no_patients, NULL, NULL);
  if (opened == OPENED && header_read(reader, patients.wanted, count_wanted(&patients))) {
    expect_rows(&patients);
    while (!csv_failed(csv) && reader_next(reader)) read_row(&patients);
  }
  reader_close(reader);
  free(patients.wanted);
  free(patients.wanted_of);
  free(patients.cells);
  free(patients.met);
  free(patients.kept.bytes);
  free(patients.kept.rows);
  return !csv_failed(csv);
}
