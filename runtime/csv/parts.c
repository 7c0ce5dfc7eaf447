/* parts.c: large files are read by several threads. All their parts stand in one queue, and who is free takes the next.
 *
 *   labs.csv   patient,date,code,value      header: every part reads it for itself
 *              P1,2024-01-02,…        ┐
 *              P1,2024-02-03,…        ┘ a builder, a report, sums        ┐
 *              P2,2024-01-05,…        ┐                                  ├ joined in the order of the files and their lines
 *              P3,2024-03-01,…        ┘ a builder, a report, sums        │
 *   plans.csv  P1,2024-01-02,…        ┐                                  │
 *              P2,2024-01-05,…        ┘ a builder, a report, sums        ┘
 *
 * A line end may stand inside of quotes. Whether it does cannot be seen from where a part begins; but the first part begins outside
 * of them, and if it ends outside as well, so does the next. A part that ends inside of them is refused. If one is, or if anything is
 * wrong with the file, what has been read of it is dropped and the file is read once more by one thread, in its turn: that is rare,
 * and what is said of a file is then said of it from its first line on, and of the first file first. */
#include <stdlib.h>
#include <string.h>
#include "runtime/crew/crew.h"
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"

enum state { WAITS, READ, REFUSED };

struct part {
  struct csv csv;               /* its own but for the folder, the image, and whose ids are known */
  struct data_report report;
  struct file_report file;
  struct range range;
  uint32_t number;              /* of the file */
  enum state state;
};

struct queue {
  const struct csv *csv;
  const struct table_file *files;
  uint32_t n, threads;
  struct part *parts;
  atomic_int *encodings;        /* [file] */
  atomic_uint next;             /* all before it are read or refused when nobody works */
  atomic_bool stopped;          /* a part is refused: no other is begun before its file has been read by one thread */
};

/* What a thread has from one part to the next. */
struct kept { struct months months; struct window window; };

/* ── one part ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void open_part(struct part *part, const struct queue *queue, struct kept *kept, uint32_t hand) {
  part->csv = *queue->csv;
  part->csv.silent = hand > 0;
  part->csv.counted = 0;
  part->csv.report = &part->report;
  part->csv.newest = newest_open();
  part->csv.months = &kept->months;
  part->csv.spare = &kept->window;
  part->csv.encoding = &queue->encodings[part->number];
  part->csv.builder = store_builder_aside(queue->csv->people);
  part->csv.hash[0] = part->csv.hash[1] = 0;
  part->file.name = queue->files[part->number].report->name;
}

static bool read_part(struct part *part, uint32_t table) {
  return events_read_range(&part->csv, &part->file, table, &part->range) && !part->file.missing;
}

/* May be called again, or for a part that was never opened. */
static void close_part(struct part *part) {
  if (part->csv.builder) store_builder_drop(part->csv.builder);
  free(part->csv.newest);
  part->csv.builder = NULL;
  part->csv.newest = NULL;
  data_report_free(&part->report);
}

/* ── all of them ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static void work(void *context, uint32_t hand) {
  struct queue *queue = context;
  struct kept *kept = memory_take(1, sizeof *kept);
  for (uint32_t i; !atomic_load(&queue->stopped) && (i = atomic_fetch_add(&queue->next, 1)) < queue->n;) {
    struct part *part = &queue->parts[i];
    open_part(part, queue, kept, hand);
    part->state = read_part(part, queue->files[part->number].table) ? READ : REFUSED;
    if (part->state == REFUSED) atomic_store(&queue->stopped, true);
  }
  window_free(&kept->window);
  free(kept);
}

static struct queue open_queue(const struct csv *csv, const struct table_file *files, uint32_t n) {
  struct cuts cuts = cuts_make(csv, files, n);
  struct queue queue = {.csv = csv, .files = files, .n = cuts.n, .threads = cuts.threads};
  queue.parts = memory_take(cuts.n, sizeof *queue.parts);
  queue.encodings = memory_take(n, sizeof *queue.encodings);
  for (uint32_t i = 0; i < cuts.n; i++) {
    queue.parts[i].number = cuts.all[i].file;
    queue.parts[i].range = cuts.all[i].range;
  }
  free(cuts.all);
  return queue;
}

static void close_queue(struct queue *queue) {
  for (uint32_t i = 0; i < queue->n; i++) close_part(&queue->parts[i]);
  free(queue->parts);
  free(queue->encodings);
}

/* ── joining ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_newest(struct newest *all, const struct newest *some) {
  for (int i = 0; i < NEWEST_BUCKETS; i++) {
    if (some->steps[i].date > all->steps[i].date) all->steps[i].date = some->steps[i].date;
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

/* The parts of one file. */
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
  for (uint32_t i = 0; i < n; i++) close_part(&parts[i]);
}

/* ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool any(const struct part *parts, uint32_t n, enum state state) {
  for (uint32_t i = 0; i < n; i++)
    if (parts[i].state == state) return true;
  return false;
}

/* Forgets what has been read of a file: it will be read by one thread, and so its other parts need not be. */
static void forget(struct csv *csv, struct queue *queue, uint32_t first, uint32_t end) {
  for (uint32_t i = first; i < end; i++) {
    atomic_fetch_sub(&csv->bytes->done, queue->parts[i].csv.counted);
    close_part(&queue->parts[i]);
  }
  if (atomic_load(&queue->next) < end) atomic_store(&queue->next, end);
}

/* The parts from `first` to `end` are those of one file; false where it has to be read by one thread. */
static bool read_parts(struct csv *csv, struct file_report *report, struct queue *queue, uint32_t first, uint32_t end) {
  struct part *parts = &queue->parts[first];
  uint32_t n = end - first;
  if (!any(parts, n, REFUSED) && any(parts, n, WAITS)) {
    atomic_store(&queue->stopped, false);
    crew_work(queue->threads < queue->n ? queue->threads : queue->n, work, queue);
  }
  bool read = n > 0 && !any(parts, n, REFUSED);
  if (read) join(csv, report, parts, n);
  else forget(csv, queue, first, end);
  return read;
}

bool events_read(struct csv *csv, const struct table_file *files, uint32_t n) {
  struct queue queue = open_queue(csv, files, n);
  bool read = true;
  for (uint32_t i = 0, first = 0, end; i < n && read; i++, first = end) {
    for (end = first; end < queue.n && queue.parts[end].number == i;) end++;
    read = read_parts(csv, files[i].report, &queue, first, end) || events_read_range(csv, files[i].report, files[i].table, NULL);
  }
  close_queue(&queue);
  return read;
}
