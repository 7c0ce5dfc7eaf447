/* practices.c: practices.csv, which says what cluster a practice belongs to. It need not be there. */
#include <stdlib.h>
#include <string.h>
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"

/* What a row says, to find practices in two clusters: an order of their own, so that no order of rows shows. */
struct listed { char *practice, *cluster; };
struct practices { struct reader reader; struct wanted wanted[3]; size_t n; struct listed *listed; };

static bool read_row(struct practices *practices) {
  struct reader *reader = &practices->reader;
  struct store_builder *builder = reader->csv->builder;
  struct cell cells[3];
  uint32_t texts[3];
  for (int i = 0; i < 3; i++) {
    cells[i] = reader_cell(reader, practices->wanted[i].field);
    if (!cell_text(reader, &cells[i])) {
      reader_unread(reader, UNREAD_bad_text, practices->wanted[i].field, NULL);
      return !csv_failed(reader->csv);
    }
    texts[i] = store_builder_text(builder, cells[i].bytes, cells[i].length);
  }
  store_builder_add_practice(builder, texts[0], texts[1], texts[2]);
  practices->listed = memory_resize(practices->listed, practices->n + 1, sizeof *practices->listed);
  practices->listed[practices->n++] =
      (struct listed){memory_text(cells[0].bytes, cells[0].length), memory_text(cells[1].bytes, cells[1].length)};
  reader->report->kept++;
  return true;
}

static int by_practice(const void *a, const void *b) {
  const struct listed *x = a, *y = b;
  int order = strcmp(x->practice, y->practice);
  return order != 0 ? order : strcmp(x->cluster, y->cluster);
}

/* Warns of the practices that are listed in two clusters or more. The first by its name is the one that counts. */
static void warn_of_two_clusters(struct csv *csv, struct listed *listed, size_t n) {
  enum { TOLD = 5 };
  uint32_t found = 0;
  if (n > 0) qsort(listed, n, sizeof *listed, by_practice);
  for (size_t i = 0, next; i < n; i = next) {
    char list[256] = "";
    size_t length = 0, n_clusters = 0;
    for (next = i; next < n && strcmp(listed[next].practice, listed[i].practice) == 0; next++) {
      const char *cluster = listed[next].cluster;
      if (next > i && strcmp(cluster, listed[next - 1].cluster) == 0) continue;
      if (length + 80 < sizeof list)
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%.64s", n_clusters > 0 ? ", " : "",
                                   cluster[0] ? cluster : "“”");
      n_clusters++;
    }
    if (n_clusters > 1 && found++ < TOLD)
      csv_warn(csv, "practices.csv", SENTENCE_two_clusters, listed[i].practice, list);
  }
  char more[16];
  snprintf(more, sizeof more, "%u", (unsigned)(found - TOLD));
  if (found > TOLD) csv_warn(csv, "practices.csv", SENTENCE_more_clusters, more, NULL);
}

bool practices_read(struct csv *csv, struct file_report *report) {
  struct practices practices = {.wanted = {{"practice", true, 0}, {"cluster", true, 0}, {"name", false, 0}}};
  struct reader *reader = &practices.reader;
  if (reader_open(reader, csv, report) == OPENED) {
    bool fine = header_read(reader, practices.wanted, 3);
    while (fine && reader_next(reader)) fine = read_row(&practices);
    if (!csv_failed(csv)) warn_of_two_clusters(csv, practices.listed, practices.n);
  }
  reader_close(reader);
  for (size_t i = 0; i < practices.n; i++) {
    free(practices.listed[i].practice);
    free(practices.listed[i].cluster);
  }
  free(practices.listed);
  return !csv_failed(csv);
}

void practices_check(struct csv *csv, const struct store *store) {
  enum { NAMED = 5 };
  char list[512] = "";
  size_t length = 0;
  uint32_t n = 0;
  for (uint32_t i = 0; i < store->n_practices; i++) {
    const struct store_practice *practice = &store->practices[i];
    if (practice->n_patients == 0 || store->clusters[practice->cluster].id != 0) continue;
    const char *id = store_text(store, practice->id);
    if (n++ < NAMED)
      length +=
          (size_t)snprintf(list + length, sizeof list - length, "%s%.64s", n > 1 ? ", " : "", id[0] ? id : "“”");
  }
  if (n > NAMED) snprintf(list + length, sizeof list - length, ", … (%u)", (unsigned)n);
  if (n > 0) csv_warn(csv, "practices.csv", SENTENCE_no_cluster, list, NULL);
}
