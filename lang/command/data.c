/* data.c: the data that --data names: a folder of CSV files, or a store that `klynge import` has written. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "lang/command/command.h"
#include "lang/memory.h"
#include "runtime/csv/csv.h"
#include "runtime/run/run.h"
#include "runtime/store/file.h"

enum { MOST_THREADS = 1024 };

static uint64_t processors(void) {
  long n = sysconf(_SC_NPROCESSORS_ONLN);
  return n > 0 && n < MOST_THREADS ? (uint64_t)n : 1;
}

bool data_threads(const struct call *call, uint32_t *threads) {
  uint64_t n = processors();
  bool fine = option_number(call, OPTION_threads, 1, MOST_THREADS, &n);
  *threads = (uint32_t)n;
  return fine;
}

static struct store *read_folder(struct call *call, const char *folder, const struct image *image, uint32_t threads,
                                 bool keep_all, struct data_report *report) {
  if (!option_value(call, OPTION_data) && access("patients.csv", F_OK) != 0) {
    fail(call, EXIT_DATA, "there is no patients.csv in this folder; data in another one are named so: --data DIR");
    return NULL;
  }
  struct progress progress = progress_of(call, _("reading data"));
  struct csv_options options = {.strict = option_value(call, OPTION_strict) != NULL,
                                .keep_all = keep_all,
                                .danish = call->danish,
                                .threads = threads,
                                .progress = progress_show,
                                .context = &progress};
  struct store *store = csv_read(folder, image, &options, report);
  progress_clear(&progress);
  if (!store) fail(call, EXIT_DATA, "%s", report->error);
  return store;
}

/* The first column that the rules read and that the files had not; NULL where there is none. */
static const char *lacking(const struct image *image, const struct data_report *report) {
  for (uint32_t t = 0; t < image->n_tables; t++) {
    const struct image_table *table = &image->tables[t];
    for (uint32_t c = table->first_column; c < table->first_column + table->n_columns; c++) {
      bool read = image_reads_column(image, c);
      for (uint32_t p = 0; p < image->n_parts && !read; p++) read = image->parts[p].key == c || image->parts[p].value == c;
      const char *name =
          memory_print("%s.csv %s", image_text(image, table->name), image_text(image, image->columns[c].name));
      for (uint32_t i = 0; i < report->n_lacking && read; i++)
        if (strcmp(report->lacking[i], name) == 0) return name;
    }
  }
  return NULL;
}

static struct store *map_store(struct call *call, const char *path, const struct image *image, uint32_t threads,
                               struct data_report *report) {
  const char *wrong, *lacks;
  size_t n_notes;
  struct store *store = store_open(path, &wrong);
  if (!store) {
    fail(call, EXIT_DATA, _("%s: %s"), path, _(wrong));
    return NULL;
  }
  wrong = run_check(image, store, threads);
  const void *notes = store_notes(store, &n_notes);
  data_report_of_notes(notes, n_notes, report);
  lacks = wrong ? NULL : lacking(image, report);
  if (!wrong && !lacks) {
    data_report_judge(report, image, store);
    return store;
  }
  if (wrong)
    fail(call, EXIT_DATA, _("%s: %s"), path, _(wrong));
  else
    fail(call, EXIT_DATA, _("%s: the files that were imported had no such column: %s"), path, lacks);
  store_close(store);
  return NULL;
}

struct store *data_open(struct call *call, const struct image *image, uint32_t threads, struct data_report *report) {
  const char *path = option_value(call, OPTION_data);
  if (!path) path = ".";
  struct store *store = store_is_file(path) ? map_store(call, path, image, threads, report)
                                            : read_folder(call, path, image, threads, false, report);
  for (uint32_t i = 0; store && i < report->n_warnings && !call->quiet; i++)
    fprintf(stderr, _("klynge run: warning: %s\n"), report->warnings[i]);
  return store;
}

struct store *data_read_all(struct call *call, const struct image *image, uint32_t threads, struct data_report *report) {
  const char *path = option_value(call, OPTION_data);
  return read_folder(call, path ? path : ".", image, threads, true, report);
}
