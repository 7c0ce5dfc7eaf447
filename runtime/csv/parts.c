/* parts.c: a large file is read by several threads, each from one line end to another.
 *
 *   patient,date,code,value      header: every reader reads it for itself
 *   P1,2024-01-02,…        ┐
 *   P1,2024-02-03,…        ┘ a builder, a report, sums        ┐
 *   P2,2024-01-05,…        ┐                                  ├ joined in the order of the file
 *   P3,2024-03-01,…        ┘ a builder, a report, sums        ┘
 *
 * A line end may stand inside of quotes. Whether it does cannot be seen from where a part begins; but if every part holds an
 * even number of quotes, then every part begins and ends outside of them. If one does not, or if anything is wrong with the
 * file, what the threads have read is dropped and the file is read once more by one: that is rare, and what is said of a
 * file is then said of it from its first line on. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"

enum { SMALL_FILE = 1 << 19, MOST_PARTS = 64, STEP = 1 << 16 };

struct part {
  struct csv csv;               /* its own but for the folder, the image, and whose ids are known */
  struct csv_options options;   /* with progress told by the first part alone */
  struct data_report report;
  struct file_report file;
  uint32_t table;
  struct range range;
  pthread_t thread;
  bool started, read;
};

/* ── where parts begin ───────────────────────────────────────────────────────────────────────────────────────────── */

/* The place after the first line end from `offset` on; the file's size where there is none. */
static uint64_t next_line(const struct csv_file *file, uint64_t offset) {
  char *bytes = memory_take(STEP, 1);
  for (int64_t n; (n = csv_file_read(file, offset, bytes, STEP)) > 0; offset += (uint64_t)n) {
    const char *end = memchr(bytes, '\n', (size_t)n);
    if (!end) continue;
    offset += (uint64_t)(end + 1 - bytes);
    free(bytes);
    return offset;
  }
  free(bytes);
  return file->size;
}

/* How many parts a file is cut into; 1 where it is not worth the while, or the first row that is not read would end it. */
static uint32_t n_parts(const struct csv *csv, uint64_t size) {
  uint32_t n = csv->options->threads < MOST_PARTS ? csv->options->threads : MOST_PARTS;
  uint64_t small = csv->options->small ? csv->options->small : SMALL_FILE;
  return csv->options->strict || size <= small || n < 2 ? 1 : n;
}

static bool has_even_quotes(const struct csv_file *file, struct range range) {
  char *bytes = memory_take(STEP, 1);
  uint64_t quotes = 0;
  for (uint64_t at = range.begin; at < range.end;) {
    uint64_t left = range.end - at;
    int64_t n = csv_file_read(file, at, bytes, left < STEP ? (size_t)left : STEP);
    if (n <= 0) break;
    for (int64_t i = 0; i < n; i++) quotes += bytes[i] == '"';
    at += (uint64_t)n;
  }
  free(bytes);
  return quotes % 2 == 0;
}

/* ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void *read_part(void *context) {
  struct part *part = context;
  part->read = events_read_range(&part->csv, &part->file, part->table, &part->range);
  return NULL;
}

static void open_part(struct part *part, const struct csv *csv, const struct file_report *report, uint32_t table, bool tells) {
  part->csv = *csv;
  part->options = *csv->options;
  if (!tells) part->options.progress = NULL;
  part->csv.options = &part->options;
  part->csv.report = &part->report;
  part->csv.newest = memory_take(1, sizeof *part->csv.newest);
  part->csv.months = memory_take(1, sizeof *part->csv.months);
  part->csv.builder = store_builder_aside(csv->people);
  part->csv.hash[0] = part->csv.hash[1] = 0;
  part->file.name = report->name;
  part->table = table;
}

static void close_part(struct part *part) {
  if (part->csv.builder) store_builder_drop(part->csv.builder);
  free(part->csv.newest);
  free(part->csv.months);
  data_report_free(&part->report);
}

static void add_newest(struct newest *all, const struct newest *some) {
  for (int i = 0; i < NEWEST_BUCKETS; i++) {
    if (some->steps[i].rows == 0) continue;
    if (all->steps[i].rows == 0 || some->steps[i].date > all->steps[i].date) all->steps[i].date = some->steps[i].date;
    all->steps[i].rows += some->steps[i].rows;
  }
}

/* Lines are counted from 1 in each part; of the first one the header is among them. */
static void add_report(struct file_report *all, const struct file_report *some, uint64_t lines_before) {
  all->rows += some->rows;
  all->kept += some->kept;
  all->not_named += some->not_named;
  for (int i = 0; i < N_UNREAD; i++) {
    if (all->unread[i] == 0 && some->unread[i] > 0) {
      all->first_line[i] = lines_before + some->first_line[i];
      memcpy(all->first_text[i], some->first_text[i], sizeof all->first_text[i]);
    }
    all->unread[i] += some->unread[i];
  }
}

static void join(struct csv *csv, struct file_report *report, struct part *parts, uint32_t n) {
  uint64_t lines = 0;
  for (uint32_t i = 0; i < n; i++) {
    add_report(report, &parts[i].file, lines);
    lines += parts[i].range.n_lines;
    add_newest(csv->newest, parts[i].csv.newest);
    csv->hash[0] += parts[i].csv.hash[0];
    csv->hash[1] += parts[i].csv.hash[1];
    store_builder_join(csv->builder, parts[i].csv.builder);
    parts[i].csv.builder = NULL;
  }
  /* What was said of the header was said by each; all said the same. */
  for (uint32_t i = 0; i < parts[0].report.n_lacking; i++) {
    char *name = parts[0].report.lacking[i];
    csv_lacks(csv, report->name, name + strlen(report->name) + 1);
  }
}

/* Reads a file in n parts; false where it has to be read once more by one. */
static bool read_parts(struct csv *csv, struct file_report *report, uint32_t table, const struct csv_file *file, uint32_t n) {
  struct part *parts = memory_take(n, sizeof *parts);
  uint64_t begin = 0;
  for (uint32_t i = 0; i < n; i++) {
    uint64_t end = i + 1 == n ? file->size : next_line(file, file->size / n * (i + 1));
    open_part(&parts[i], csv, report, table, i == 0);
    parts[i].range = (struct range){.begin = begin, .end = end};
    begin = end;
    parts[i].started = i > 0 && pthread_create(&parts[i].thread, NULL, read_part, &parts[i]) == 0;
  }
  for (uint32_t i = 0; i < n; i++)
    if (!parts[i].started) read_part(&parts[i]);
  bool read = true;
  for (uint32_t i = 0; i < n; i++) {
    if (parts[i].started) pthread_join(parts[i].thread, NULL);
    read = read && parts[i].read && (!parts[i].range.quotes || has_even_quotes(file, parts[i].range));
  }
  if (read) join(csv, report, parts, n);
  for (uint32_t i = 0; i < n; i++) close_part(&parts[i]);
  free(parts);
  return read;
}

bool events_read(struct csv *csv, struct file_report *report, uint32_t table) {
  struct csv_file file;
  uint32_t n = n_parts(csv, csv_file_size(csv, report->name));
  bool read = n > 1 && csv_file_open(&file, csv, report->name) == OPENED;
  if (read) {
    read = read_parts(csv, report, table, &file, n);
    csv_file_close(&file);
  }
  if (read) csv->bytes_done += file.size;
  return read || (!csv_failed(csv) && events_read_range(csv, report, table, NULL));
}
