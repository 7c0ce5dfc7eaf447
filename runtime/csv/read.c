/* read.c: the folder, file by file: practices, patients, then every other table that the rules declare. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"

static bool check_folder(struct csv *csv) {
  struct stat status;
  if (stat(csv->folder, &status) != 0)
    return csv_fail(csv, NULL, 0, 0, errno == ENOENT ? SENTENCE_no_folder : SENTENCE_folder_closed, strerror(errno),
                    NULL);
  return S_ISDIR(status.st_mode) || csv_fail(csv, NULL, 0, 0, SENTENCE_not_a_folder, NULL, NULL);
}

static const char *table_name(const struct csv *csv, uint32_t table) {
  return image_text(csv->image, csv->image->tables[table].name);
}

static bool is_of_events(const struct csv *csv, uint32_t table) {
  return strcmp(table_name(csv, table), "practices") != 0 && strcmp(table_name(csv, table), "patients") != 0;
}

static struct file_report *add_file(struct csv *csv, const char *table) {
  struct data_report *report = csv->report;
  report->files = memory_resize(report->files, report->n_files + (size_t)1, sizeof *report->files);
  struct file_report *file = &report->files[report->n_files++];
  size_t length = strlen(table) + sizeof ".csv";
  *file = (struct file_report){.name = memory_take(length, 1)};
  snprintf(file->name, length, "%s.csv", table);
  return file;
}

/* Adds a report for each file before any is read, for readers keep pointers to them, and sums up their sizes. */
static void add_files(struct csv *csv) {
  add_file(csv, "practices");
  add_file(csv, "patients");
  for (uint32_t i = 0; i < csv->image->n_tables; i++)
    if (is_of_events(csv, i)) add_file(csv, table_name(csv, i));
  for (uint32_t i = 0; i < csv->report->n_files; i++) csv->bytes->all += csv_file_size(csv, csv->report->files[i].name);
}

static bool read_files(struct csv *csv) {
  const struct image *image = csv->image;
  struct file_report *files = csv->report->files;
  const struct image_table *patients = NULL;
  for (uint32_t i = 0; i < image->n_tables; i++)
    if (strcmp(table_name(csv, i), "patients") == 0) patients = &image->tables[i];
  struct warming warming;
  warming_begin(&warming, csv);
  bool read = practices_read(csv, &files[0]) && patients_read(csv, &files[1], patients);
  warming_end(&warming);
  struct table_file *events = memory_take(image->n_tables, sizeof *events);
  uint32_t n = 0;
  for (uint32_t i = 0; i < image->n_tables; i++)
    if (is_of_events(csv, i)) {
      events[n] = (struct table_file){&files[2 + n], i};
      n++;
    }
  read = read && events_read(csv, events, n);
  free(events);
  return read;
}

struct store *csv_read(const char *folder, const struct image *image, const struct csv_options *options,
                       struct data_report *report) {
  struct ids ids;
  struct bytes_read bytes = {0};
  struct window spare = {0};
  *report = (struct data_report){0};
  ids_open(&ids);
  struct csv csv = {.folder = folder, .ids = &ids, .image = image, .options = options, .report = report, .bytes = &bytes, .spare = &spare,
                    .newest = newest_open(), .months = memory_take(1, sizeof *csv.months), .builder = store_builder_open()};
  csv.people = csv.builder;
  bool read = check_folder(&csv);
  if (read) {
    add_files(&csv);
    read = read_files(&csv);
  }
  ids_close(&ids);
  window_free(&spare);
  struct store *store = store_builder_close(csv.builder, newest_of_all(csv.newest), csv.hash, options->threads);
  report->usual_newest = newest_usual(csv.newest);
  free(csv.newest);
  free(csv.months);
  if (read) {
    if (!report->files[0].missing) practices_check(&csv, store);
    if (options->progress != NULL) options->progress(options->context, bytes.done, bytes.all);
    return store;
  }
  store_close(store);
  return NULL;
}
