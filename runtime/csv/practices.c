/* practices.c: practices.csv, which says what cluster a practice belongs to. It need not be there. */
#include <stdlib.h>
#include <string.h>
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"

static bool read_row(struct reader *reader, const struct wanted wanted[3]) {
  struct store_builder *builder = reader->csv->builder;
  uint32_t texts[3];
  for (int i = 0; i < 3; i++) {
    struct cell cell = reader_cell(reader, wanted[i].field);
    if (!cell_text(reader, &cell)) {
      reader_unread(reader, UNREAD_bad_text);
      return !csv_failed(reader->csv);
    }
    texts[i] = store_builder_text(builder, cell.bytes, cell.length);
  }
  store_builder_add_practice(builder, texts[0], texts[1], texts[2]);
  reader->report->kept++;
  return true;
}

bool practices_read(struct csv *csv, struct file_report *report) {
  struct reader reader;
  enum opened opened = reader_open(&reader, csv, report);
  if (opened == OPENED) {
    struct wanted wanted[] = {{"practice", true, 0}, {"cluster", true, 0}, {"name", false, 0}};
    bool fine = header_read(&reader, wanted, 3);
    while (fine && reader_next(&reader)) fine = read_row(&reader, wanted);
  }
  reader_close(&reader);
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
    const char *id = store->texts[practice->id];
    if (n++ < NAMED)
      length +=
          (size_t)snprintf(list + length, sizeof list - length, "%s%.64s", n > 1 ? ", " : "", id[0] ? id : "“”");
  }
  if (n > NAMED) snprintf(list + length, sizeof list - length, ", … (%u)", (unsigned)n);
  if (n > 0) csv_warn(csv, "practices.csv", SENTENCE_no_cluster, list);
}
