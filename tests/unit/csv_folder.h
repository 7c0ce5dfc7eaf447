/* csv_folder.h: what csv_test.c stands on: an image that reads a few tables, a folder for each test, and a store as a
 * text. */
#ifndef KLYNGE_CSV_FOLDER_H
#define KLYNGE_CSV_FOLDER_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "runtime/csv/csv.h"
#include "runtime/image/words.h"

/* ── an image that reads a few tables ─────────────────────────────────────────────────────────────────────────────── */

static void *image_bytes;
static struct image image;

static uint32_t add_column(struct image_writer *writer, const char *name, uint32_t type) {
  struct image_column column = {image_writer_text(writer, name), type, IMAGE_NONE, 0, 0};
  if (type == COLUMN_LIST) {
    uint32_t female = image_writer_text(writer, "female"), male = image_writer_text(writer, "male");
    column.first_choice = image_writer_add(writer, SECTION_choices, &female, sizeof female);
    image_writer_add(writer, SECTION_choices, &male, sizeof male);
    column.n_choices = 2;
  }
  return image_writer_add(writer, SECTION_columns, &column, sizeof column);
}

/* A table whose columns have just been added. */
static uint32_t add_table(struct image_writer *writer, const char *name, uint32_t first, uint32_t n) {
  struct image_table table = {image_writer_text(writer, name), first, n};
  return image_writer_add(writer, SECTION_tables, &table, sizeof table);
}

static uint32_t add_prefix(struct image_writer *writer, const char *prefix) {
  struct image_match_step step = {MATCH_PREFIX, image_writer_text(writer, prefix), image_writer_text(writer, "")};
  struct image_selector selector = {image_writer_add(writer, SECTION_match_steps, &step, sizeof step), 1};
  return image_writer_add(writer, SECTION_selectors, &selector, sizeof selector);
}

static void add_stream(struct image_writer *writer, const char *name, uint32_t kind, uint32_t table, uint32_t key, uint32_t value, uint32_t selector) {
  struct image_part part = {.table = table, .key = key, .value = value, .selector = selector, .unit = IMAGE_NONE,
                            .low = -(double)INFINITY, .high = (double)INFINITY};
  struct image_stream stream = {.name = image_writer_text(writer, name), .kind = kind,
                                .first_part = image_writer_add(writer, SECTION_parts, &part, sizeof part), .n_parts = 1};
  image_writer_add(writer, SECTION_streams, &stream, sizeof stream);
}

/* What a part of crp reads: its unit, a factor, 1 for the value as it stands, and the limits after it. */
struct in_unit { const char *unit; double factor, low, high; };

static uint32_t add_in_unit(struct image_writer *writer, struct image_part part, struct in_unit in) {
  const struct image_convert_step steps[] = {{CONVERT_VALUE, 0, 0}, {CONVERT_NUMBER, 0, in.factor}, {CONVERT_MULTIPLY, 0, 0}};
  part.unit = image_writer_text(writer, in.unit);
  part.low = in.low;
  part.high = in.high;
  part.n_steps = in.factor == 1 ? 0 : 3;
  part.first_step = image_writer_count(writer, SECTION_convert_steps);
  for (uint32_t i = 0; i < part.n_steps; i++) image_writer_add(writer, SECTION_convert_steps, &steps[i], sizeof steps[i]);
  return image_writer_add(writer, SECTION_parts, &part, sizeof part);
}

/* Two series of the codes CRP…: crp in mg/L, also written mg pr L, or in g/L; and old_crp, which takes
 * what is above 900 mg/L. */
static void add_crp(struct image_writer *writer, uint32_t labs, uint32_t code, uint32_t value) {
  struct image_alias alias = {image_writer_text(writer, "mg/L"), image_writer_text(writer, "mg pr L")};
  image_writer_add(writer, SECTION_aliases, &alias, sizeof alias);
  struct image_part part = {.table = labs, .key = code, .value = value, .selector = add_prefix(writer, "CRP")};
  struct image_stream crp = {.name = image_writer_text(writer, "crp"), .kind = STREAM_SERIES, .n_parts = 2};
  crp.first_part = add_in_unit(writer, part, (struct in_unit){"mg/L", 1, 0.5, 500});
  add_in_unit(writer, part, (struct in_unit){"g/L", 1000, 0.5, 500});
  image_writer_add(writer, SECTION_streams, &crp, sizeof crp);
  struct image_stream old = {.name = image_writer_text(writer, "old_crp"), .kind = STREAM_SERIES, .n_parts = 1};
  old.first_part = add_in_unit(writer, part, (struct in_unit){"mg/L", 1, 900, (double)INFINITY});
  image_writer_add(writer, SECTION_streams, &old, sizeof old);
}

/* The code reads one column of patients. */
static void add_code(struct image_writer *writer, uint32_t birth) {
  struct image_register made = {REGISTER_DATE, 0};
  const uint32_t words[] = {OP_date_column, image_writer_add(writer, SECTION_registers, &made, sizeof made), birth};
  for (int i = 0; i < 3; i++) image_writer_add(writer, SECTION_code, &words[i], sizeof words[i]);
}

static void add_patients(struct image_writer *writer) {
  uint32_t first = add_column(writer, "practice", COLUMN_TEXT);
  add_code(writer, add_column(writer, "birth", COLUMN_DATE));
  add_column(writer, "sex", COLUMN_LIST);
  add_column(writer, "weight", COLUMN_NUMBER);
  add_column(writer, "town", COLUMN_TEXT);
  add_table(writer, "patients", first, 5);
}

static int make_image(void **state) {
  (void)state;
  struct image_writer *writer = image_writer_open();
  add_patients(writer);
  uint32_t first = add_column(writer, "date", COLUMN_DATE);
  uint32_t lab_code = add_column(writer, "code", COLUMN_CODE), lab_value = add_column(writer, "value", COLUMN_NUMBER);
  add_column(writer, "unit", COLUMN_UNIT);
  uint32_t labs = add_table(writer, "labs", first, 4);
  first = add_column(writer, "date", COLUMN_DATE);
  uint32_t service_code = add_column(writer, "code", COLUMN_CODE);
  uint32_t services = add_table(writer, "services", first, 2);
  first = add_column(writer, "from", COLUMN_DATE);
  add_column(writer, "to", COLUMN_DATE);
  uint32_t fee = add_column(writer, "code", COLUMN_TEXT);
  uint32_t enrolments = add_table(writer, "enrolments", first, 3);
  first = add_column(writer, "date", COLUMN_DATE);
  add_column(writer, "code", COLUMN_TEXT);
  add_table(writer, "plans", first, 2);
  add_crp(writer, labs, lab_code, lab_value);
  add_stream(writer, "hba1c", STREAM_SERIES, labs, lab_code, lab_value, add_prefix(writer, "NPU"));
  add_stream(writer, "review", STREAM_EVENTS, services, service_code, IMAGE_NONE, add_prefix(writer, "01"));
  add_stream(writer, "sår", STREAM_EVENTS, services, service_code, IMAGE_NONE, add_prefix(writer, "sår"));
  add_stream(writer, "enrolment", STREAM_SPANS, enrolments, fee, IMAGE_NONE, IMAGE_NONE);
  size_t length;
  image_bytes = image_writer_close(writer, 0, &length);
  assert_null(image_open(image_bytes, length, &image));
  return 0;
}

static int free_image(void **state) {
  (void)state;
  free(image_bytes);
  return 0;
}

/* ── folders ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static char folder[96];
static struct store *store;
static struct data_report report;
static struct csv_options options;
/* All that is said of files must be said by several threads as by one: csv_parts_test is the same tests, every file in
 * parts. */
#ifndef CSV_THREADS
#define CSV_THREADS 1
#endif

#define PATIENTS "patient,practice,birth,sex,weight,town\np1,A,1950-01-31,female,70.5,Aarhus\np2,A,,male,,\np3,B,1960-02-29,,80,Odense\n"

static void write_bytes(const char *name, const char *bytes, size_t length) {
  char path[160];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, length, file), length);
  fclose(file);
}

static void write_file(const char *name, const char *text) { write_bytes(name, text, strlen(text)); }

static int make_folder(void **state) {
  (void)state;
  strcpy(folder, "/tmp/klynge-csv-XXXXXX");
  assert_non_null(mkdtemp(folder));
  write_file("patients.csv", PATIENTS);
  options = (struct csv_options){.threads = CSV_THREADS, .small = 1};
  store = NULL;
  report = (struct data_report){0};
  return 0;
}

static void forget(void) {
  store_close(store);
  store = NULL;
  data_report_free(&report);
}

static int remove_folder(void **state) {
  (void)state;
  forget();
  DIR *listing = opendir(folder);
  for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    if (entry->d_name[0] != '.' && unlink(path) != 0) rmdir(path);
  }
  closedir(listing);
  rmdir(folder);
  return 0;
}

static void read_folder(void) {
  words_speak(options.danish, getenv("KLYNGE_LOCALE") ? getenv("KLYNGE_LOCALE") : "locale");
  forget();
  store = csv_read(folder, &image, &options, &report);
  if (store == NULL) assert_non_null(report.error);
  else if (report.error != NULL) fail_msg("%s", report.error);
}

static const struct file_report *file_called(const char *name) {
  for (uint32_t i = 0; i < report.n_files; i++)
    if (strcmp(report.files[i].name, name) == 0) return &report.files[i];
  fail_msg("no report of %s", name);
  return NULL;
}

/* ── a store as a text ───────────────────────────────────────────────────────────────────────────────────────────── */

static void print_segment(FILE *out, const struct store_segment *segment, bool has_value) {
  fprintf(out, "%s [%s] %c%g", store_text(store, segment->code), store_text(store, segment->unit), segment->near_date ? 'n' : 'f',
          has_value ? segment->values[0].scale : 0);
  uint32_t block = 0;
  for (uint64_t i = 0; i < segment->n_rows; i++) {
    while (segment->block[block + 1] <= i) block++;
    uint32_t patient = block * BLOCK_PATIENTS + segment->patient[i];
    fprintf(out, " %s:%d", store_text(store, store->patient_ids[patient]), segment->near_date ? segment->base + segment->near_date[i] : segment->far_date[i]);
    if (segment->end != NULL && segment->end[i] == DATE_OPEN) fprintf(out, "-open");
    else if (segment->end != NULL) fprintf(out, "-%d", segment->end[i]);
    if (!has_value) continue;
    const struct store_values *values = &segment->values[0];
    fprintf(out, "=%s%.17g", values->sign == NULL || values->sign[i] == 0 ? "" : values->sign[i] < 0 ? "<" : ">", store_number(values, i));
  }
  fprintf(out, "\n");
}

/* Everything in the store, hash and newest date included; the caller frees it. */
static char *print_store(void) {
  char *text = NULL;
  size_t length;
  FILE *out = open_memstream(&text, &length);
  fprintf(out, "newest %d hash %016llx%016llx\n", store->newest, (unsigned long long)store->hash[0], (unsigned long long)store->hash[1]);
  for (uint32_t i = 0; i < store->n_texts; i++) fprintf(out, "%s|", store_text(store, i));
  for (uint32_t i = 0; i < store->n_practices; i++)
    fprintf(out, "\npractice %s (%s) in %s: %u", store_text(store, store->practices[i].id), store_text(store, store->practices[i].name),
            store_text(store, store->clusters[store->practices[i].cluster].id), store->practices[i].n_patients);
  for (uint32_t p = 0; p < store->n_patients; p++) {
    fprintf(out, "\n%s:", store_text(store, store->patient_ids[p]));
    for (uint32_t c = 0; c < store->n_columns; c++) {
      const struct store_column *column = &store->columns[c];
      if (column->number) fprintf(out, " %g", column->number[p]);
      else if (column->date) fprintf(out, " %d", column->date[p]);
      else fprintf(out, " %s", store_text(store, column->text[p]));
    }
  }
  fprintf(out, "\n");
  for (uint32_t t = 0; t < store->n_tables; t++) {
    fprintf(out, "%s by %s\n", store_text(store, store->tables[t].name), store_text(store, store->tables[t].key));
    bool has_value = strcmp(store_text(store, store->tables[t].name), "labs") == 0;
    for (uint32_t s = 0; s < store->tables[t].n_segments; s++) print_segment(out, &store->tables[t].segments[s], has_value);
  }
  fclose(out);
  return text;
}
#endif
