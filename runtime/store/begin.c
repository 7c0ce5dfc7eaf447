/* begin.c: where the rows of a table begin. */
#include <stdlib.h>
#include "runtime/memory/memory.h"
#include "runtime/store/file.h"
#include "runtime/store/store.h"

/* Days are told apart from 1900 to 2099; what lies outside is at either end. */
enum { DAY_FIRST = -25567, DAYS = 73050, FEW = 100 };

static int32_t date_of(const struct store_segment *segment, uint64_t row) {
  return segment->near_date ? segment->base + segment->near_date[row] : segment->far_date[row];
}

static uint32_t day_of(int32_t date) {
  int64_t day = (int64_t)date - DAY_FIRST;
  return day < 0 ? 0 : day >= DAYS ? DAYS - 1 : (uint32_t)day;
}

/* A few rows stand far before all others: a birthday typed for a visit, an old diagnosis that somebody kept. */
int32_t store_table_begin(const struct store *store, const struct store_table *table) {
  uint64_t *rows = memory_take(DAYS, sizeof *rows), all = 0, before = 0;
  int32_t begin = DATE_UNKNOWN;
  for (uint32_t s = 0; s < table->n_segments; s++) {
    const struct store_segment *segment = &table->segments[s];
    if (!store_verify(store, segment->near_date) || !store_verify(store, segment->far_date)) continue;
    for (uint64_t i = 0; i < segment->n_rows && !segment->end; i++) rows[day_of(date_of(segment, i))]++;
    all += segment->end ? 0 : segment->n_rows;
  }
  for (uint32_t day = 0; day < DAYS && begin == DATE_UNKNOWN; day++) {
    before += rows[day];
    if (before > all / FEW) begin = DAY_FIRST + (int32_t)day;
  }
  free(rows);
  return begin;
}
