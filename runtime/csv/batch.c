/* batch.c: rows of the usual shape, many at once.
 *
 * About half of an export's rows are of codes that no rule names, and which ones they are no processor foresees. So what every row
 * has to be asked is asked of many first, without a branch that hangs on it: who it is about, its date, and whether it is to
 * be read further, which is written down and not acted upon. Then all of them are hashed, and only those on the list are read
 * further. A row that is not quite usual ends a batch and is read by itself (rows.c), which is where all reasons are. */
#include "runtime/csv/events.h"

enum { BATCH = 256 };           /* their bytes and marks fit the first-level cache */

struct batch {
  size_t n, n_further;
  uint32_t patients[BATCH];
  int32_t dates[BATCH];
  uint16_t further[BATCH];      /* rows of a code that is named, or not known yet, and nobody's rows */
};

/* A field of rows whose marks lie so far apart: it stands between two marks, both not in it. */
struct column { const char *bytes; const uint32_t *marks; size_t step; };

static struct column column_of(const struct reader *reader, uint32_t field) {
  return (struct column){reader->bytes, reader->marks.all + reader->next_mark + field - 1, reader->n_columns};
}

static inline struct cell column_next(struct column *column) {
  size_t begin = (uint32_t)(column->marks[0] + 1), end = column->marks[1];
  column->marks += column->step;
  return (struct cell){column->bytes + begin, end - begin};
}

/* Reads the dates of up to n rows, as far as they are of months that have been met. Gives how many. */
static size_t read_dates(struct column column, const struct months *restrict months, int32_t *restrict dates, size_t n) {
  for (size_t i = 0; i < n; i++) {
    struct cell date = column_next(&column);
    if (!months_date_met(months, &date, &dates[i])) return i;
  }
  return n;
}

/* Finds the patients of up to n rows, as far as they say one. Gives how many. */
static size_t find_patients(struct events *events, uint32_t *patients, size_t n) {
  struct column column = column_of(&events->reader, events->id);
  struct short_text last = events->last_id;
  uint32_t patient = events->last_patient;
  for (size_t i = 0; i < n; i++) {
    struct cell id = column_next(&column);
    if (id.length == 0) return i;
    if (!cell_is_short(&id) || !short_texts_equal(last, cell_short(&id))) {
      reader_put(&events->reader, i);
      patient = look_up_patient(events, id);
      last = events->last_id;
    }
    patients[i] = patient;
  }
  return n;
}

/* Lists the rows that are nobody's. */
static void list_unknown(struct batch *batch) {
  size_t n_further = 0;
  for (size_t i = 0; i < batch->n; i++) {
    batch->further[n_further] = (uint16_t)i;
    n_further += batch->patients[i] == UINT32_MAX;
  }
  batch->n_further = n_further;
}

/* Lists these and those whose code a rule may name. */
static void list_named(struct column column, const struct recent *restrict recent, struct batch *restrict batch) {
  size_t n_further = 0;
  for (size_t i = 0; i < batch->n; i++) {
    struct cell code = column_next(&column);
    bool passed_over = cell_is_short(&code) && is_passed_over(recent, cell_short(&code));
    batch->further[n_further] = (uint16_t)i;
    n_further += !passed_over | (batch->patients[i] == UINT32_MAX);
  }
  batch->n_further = n_further;
}

/* Looks at the next rows, as far as they are usual. */
static void look_at_rows(struct events *events, struct batch *batch) {
  struct reader *reader = &events->reader;
  size_t n = reader_usual(reader, BATCH);
  n = read_dates(column_of(reader, events->date), reader->csv->months, batch->dates, n);
  batch->n = find_patients(events, batch->patients, n);
  for (size_t i = 0; i < batch->n; i++) newest_meet(reader->csv->newest, batch->dates[i]);
  if (events->n_keys == 0) list_unknown(batch);
  else list_named(column_of(reader, events->keys->field), events->keys->recent, batch);
}

/* Reads those of them further that have to be. */
static void read_further(struct events *events, const struct batch *batch) {
  for (size_t k = 0; k < batch->n_further; k++) {
    size_t i = batch->further[k];
    reader_put(&events->reader, i);
    row_read_rest(events, batch->patients[i], batch->dates[i], DATE_OPEN);
  }
  events->reader.report->not_named += batch->n - batch->n_further;
}

/* Where the first row that is not read ends the reading, none after it may be counted; a span must have an end, whatever its code;
 * and few tables are cut by two columns. */
static bool is_usual(const struct events *events) {
  return events->date != NO_FIELD && !events->spans && events->n_keys <= 1 && !events->reader.csv->options->strict;
}

size_t batch_read(struct events *events) {
  struct batch batch;
  size_t n = 0;
  if (!is_usual(events)) return 0;
  do {
    look_at_rows(events, &batch);
    read_further(events, &batch);
    reader_pass(&events->reader, batch.n);
    n += batch.n;
  } while (batch.n == BATCH);
  return n;
}
