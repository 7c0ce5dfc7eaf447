/* test_data.c: the patients of tests as a store, as if they had been read from files. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "lang/command/test.h"
#include "lang/memory.h"
#include "runtime/image/dates.h"

size_t test_count_patients(const struct trial *trial) {
  size_t n = 0;
  for (size_t t = 0; t < trial->n_tests; t++) n += trial->tests[t]->n_patients;
  return n;
}

static uint32_t text_in(struct store_builder *builder, const char *text) {
  return store_builder_text(builder, text, strlen(text));
}

/* ── patients ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static int32_t birth_of(const struct test_patient *patient, int32_t as_of) {
  if (patient->born == BORN_ON) return patient->birth;
  return patient->born == BORN_UNKNOWN ? DATE_UNKNOWN : date_months_back(as_of, 12 * (int64_t)patient->age);
}

/* What a column holds of which the test says nothing. Who is not said to come or go is listed from birth on; with an
 * unknown birth, from the first day of the calendar. */
static union store_cell silent_cell(const struct image_column *column, const char *name, int32_t birth) {
  union store_cell cell = {.text = 0};
  if (column->type == COLUMN_NUMBER) cell.number = NAN;
  if (column->type != COLUMN_DATE) return cell;
  cell.date = DATE_UNKNOWN;
  if (strcmp(name, "birth") == 0) cell.date = birth;
  if (strcmp(name, "from") == 0) cell.date = birth == DATE_UNKNOWN ? DATE_FIRST : birth;
  return cell;
}

static const struct test_cell *said_of(const struct test_patient *patient, const char *column) {
  for (size_t i = 0; i < patient->n_cells; i++)
    if (strcmp(patient->cells[i].column->name, column) == 0) return &patient->cells[i];
  return NULL;
}

static const struct image_table *patients_table(const struct image *image) {
  for (uint32_t t = 0; t < image->n_tables; t++)
    if (strcmp(image_text(image, image->tables[t].name), "patients") == 0) return &image->tables[t];
  return NULL;
}

static void declare_columns(struct store_builder *builder, const struct image *image, const struct image_table *table) {
  uint32_t n = table ? table->n_columns : 0;
  uint32_t *names = NEW_ARRAY(uint32_t, n + 1);
  char *kinds = NEW_ARRAY(char, n + 1);
  for (uint32_t i = 0; i < n; i++) {
    const struct image_column *column = &image->columns[table->first_column + i];
    names[i] = text_in(builder, image_text(image, column->name));
    kinds[i] = column->type == COLUMN_NUMBER ? 'n' : column->type == COLUMN_DATE ? 'd' : 't';
  }
  store_builder_columns(builder, n, names, kinds);
}

static void add_patient(struct store_builder *builder, const struct image *image, const struct image_table *table,
                        const struct test_patient *patient, int32_t as_of, const char *id) {
  uint32_t n = table ? table->n_columns : 0;
  union store_cell *cells = NEW_ARRAY(union store_cell, n + 1);
  for (uint32_t i = 0; i < n; i++) {
    const struct image_column *column = &image->columns[table->first_column + i];
    const char *name = image_text(image, column->name);
    const struct test_cell *said = said_of(patient, name);
    cells[i] = silent_cell(column, name, birth_of(patient, as_of));
    if (!said) continue;
    if (column->type == COLUMN_NUMBER)
      cells[i].number = said->number;
    else if (column->type == COLUMN_DATE)
      cells[i].date = said->date;
    else
      cells[i].text = text_in(builder, said->text);
  }
  const struct test_cell *practice = said_of(patient, "practice");
  store_builder_add_patient(builder, text_in(builder, id), text_in(builder, practice ? practice->text : ""), cells);
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A table of the store: one of the image's, cut by one of its columns. */
struct cut {
  const char *table, *key;
  uint32_t number;
};
struct cuts {
  struct cut *all;
  size_t n;
};

/* Every column by which some stream cuts a table. */
static struct cuts declare_cuts(struct store_builder *builder, const struct image *image) {
  struct cuts cuts = {NEW_ARRAY(struct cut, image->n_parts + 1), 0};
  for (uint32_t p = 0; p < image->n_parts; p++) {
    const struct image_table *table = &image->tables[image->parts[p].table];
    struct cut cut = {image_text(image, table->name), image_text(image, image->columns[image->parts[p].key].name), 0};
    size_t i = 0;
    while (i < cuts.n && (strcmp(cuts.all[i].table, cut.table) != 0 || strcmp(cuts.all[i].key, cut.key) != 0)) i++;
    if (i < cuts.n) continue;
    uint32_t n_values = 0;
    bool date = false;
    for (uint32_t c = 0; c < table->n_columns; c++) {
      const struct image_column *column = &image->columns[table->first_column + c];
      n_values += column->type == COLUMN_NUMBER;
      date = date || strcmp(image_text(image, column->name), "date") == 0;
    }
    cut.number =
        store_builder_add_table(builder, text_in(builder, cut.table), text_in(builder, cut.key), n_values, !date);
    cuts.all[cuts.n++] = cut;
  }
  return cuts;
}

/* The number stands in its own column, and in the others of the table there is none. */
static void values_of(const struct test_row *row, double *values, int8_t *signs) {
  size_t n = 0;
  for (size_t i = 0; i < row->table->n_columns; i++) {
    if (row->table->columns[i]->type != COLUMN_NUMBER) continue;
    bool own = row->table->columns[i] == row->value;
    values[n] = own ? row->number : NAN;
    signs[n++] = own ? (int8_t)row->sign : 0;
  }
}

/* A row stands in its table however that is cut. By another column than that of its own code, it has an empty one. */
static void add_row(struct store_builder *builder, const struct cuts *cuts, const struct test_row *row,
                    uint32_t patient) {
  double *values = NEW_ARRAY(double, row->table->n_columns + 1);
  int8_t *signs = NEW_ARRAY(int8_t, row->table->n_columns + 1);
  values_of(row, values, signs);
  for (size_t i = 0; i < cuts->n; i++) {
    const struct cut *cut = &cuts->all[i];
    if (strcmp(cut->table, row->table->name) != 0) continue;
    const char *code = strcmp(cut->key, row->key->name) == 0 ? row->code : "";
    uint32_t segment = store_builder_segment(builder, cut->number, text_in(builder, code), text_in(builder, row->unit));
    store_builder_add_row(builder, cut->number, segment, patient, row->from, row->open ? DATE_OPEN : row->to, values,
                          signs);
  }
}

/* ── the store ───────────────────────────────────────────────────────────────────────────────────────────────────── */

struct store *test_store(const struct trial *trial, const struct image *image, uint32_t *place) {
  struct store_builder *builder = store_builder_open();
  const struct image_table *table = patients_table(image);
  const uint64_t no_hash[2] = {0, 0};
  uint32_t n = 0;
  declare_columns(builder, image, table);
  struct cuts cuts = declare_cuts(builder, image);
  for (size_t t = 0; t < trial->n_tests; t++) {
    const struct test *test = trial->tests[t];
    for (size_t p = 0; p < test->n_patients; p++, n++) {
      add_patient(builder, image, table, &test->patients[p], test->as_of, memory_print("%u", n));
      for (size_t r = 0; r < test->patients[p].n_rows; r++) add_row(builder, &cuts, &test->patients[p].rows[r], n);
    }
  }
  struct store *store = store_builder_close(builder, trial->tests[0]->as_of, no_hash, 1);
  for (uint32_t i = 0; i < store->n_patients; i++) place[strtoul(store_text(store, store->patient_ids[i]), NULL, 10)] = i;
  return store;
}
