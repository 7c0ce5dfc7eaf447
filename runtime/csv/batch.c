/* batch.c: rows of the usual shape, many at once.
 *
 * About half of an export's rows are of codes that no rule names, and which ones they are no processor foresees. So what every row
 * has to be asked is asked of many first, without a branch that hangs on it: who it is about, its date, and whether it is to
 * be read further, which is written down and not acted upon. Only those on the list are read further: what a row of a known code in a
 * known unit says is put into the store as it stands. Then all of them are hashed. A row that is not quite usual is read by itself
 * (rows.c), which is where all reasons are. */
#include "runtime/csv/decimal.h"
#include "runtime/csv/many.h"

enum { BATCH = 256 };           /* their bytes and marks fit the first-level cache */
enum { MOST_REST = 63 };

struct batch {
  size_t n, n_further;
  uint32_t patients[BATCH];
  int32_t dates[BATCH + MANY_SLACK];
  uint16_t further[BATCH + MANY_SLACK];  /* rows of a code that is named, or not known yet, and nobody's rows */
  uint32_t codes[BATCH + MANY_SLACK];    /* of these: the number of the code + 1, 0 where it is not known */
  struct decimal decimals[BATCH + MANY_SLACK];
};

static struct column column_of(const struct reader *reader, uint32_t field) {
  bool cr = reader->cr && field + 1 == reader->n_columns;
  return (struct column){reader->bytes, reader->marks.all + reader->next_mark + field - 1, reader->n_columns, cr};
}

/* As many of n rows as have nothing around this cell. */
static size_t bare_in(struct column column, size_t n) {
  for (size_t i = 0; i < n; i++) {
    struct cell cell = column_cell(column, i);
    if (!cell_is_bare(&cell)) return i;
  }
  return n;
}

/* As many of n rows as can be looked at as they stand. */
static size_t bare_rows(const struct events *events, size_t n) {
  const struct reader *reader = &events->reader;
  if (!reader->odd) return n;
  n = bare_in(column_of(reader, events->id), n);
  n = bare_in(column_of(reader, events->date), n);
  return events->n_keys == 0 ? n : bare_in(column_of(reader, events->keys->field), n);
}

/* Reads the dates of up to n rows, as far as they say one. Gives how many. */
static size_t read_dates(const struct events *events, int32_t *restrict dates, size_t n) {
  const struct csv *csv = events->reader.csv;
  struct column column = column_of(&events->reader, events->date);
  size_t i = events->many->dates(column, n, csv->months->form.day_at == 0, dates);
  for (; i < n; i++) {
    struct cell date = column_cell(column, i);
    if (!months_date(csv->months, &date, &dates[i])) break;
  }
  for (size_t k = 0; k < i; k++) newest_meet(csv->newest, dates[k]);
  return i;
}

/* An id with what separates it from the next field, which is in no id: so its length need not be known to compare it. A CR may be
 * in one, so where that comes after it, and where it is long, none is like it. */
struct marked_id { struct short_text text, keep; };

static struct marked_id marked_id_of(const struct cell *id, bool cr) {
  if (cr || id->length >= sizeof(struct short_text)) return (struct marked_id){.text = {1, 0}};
  struct short_text keep = short_keep(id->length + 1);
  return (struct marked_id){short_kept(short_bytes(id->bytes), keep), keep};
}

/* Finds the patients of up to n rows, as far as they say one. Gives how many. */
static size_t find_patients(struct events *events, uint32_t *patients, size_t n) {
  struct reader *reader = &events->reader;
  struct column column = column_of(reader, events->id);
  struct marked_id last = {.text = {1, 0}};
  for (size_t i = 0; i < n; i++, column.marks += column.step) {
    if (!short_texts_equal(last.text, short_kept(short_bytes(column.bytes + (uint32_t)(column.marks[0] + 1)), last.keep))) {
      struct cell id = column_cell(column, 0);
      if (id.length == 0) return i;
      reader_put(reader, i);
      if (!is_last_patient(events, &id)) look_up_patient(events, id);
      last = marked_id_of(&id, column.cr);
    }
    patients[i] = events->last_patient;
  }
  return n;
}

/* Lists the rows that are nobody's. */
static void list_unknown(struct batch *batch) {
  size_t n_further = 0;
  for (size_t i = 0; i < batch->n; i++) {
    batch->further[n_further] = (uint16_t)i;
    batch->codes[n_further] = 0;
    n_further += batch->patients[i] == UINT32_MAX;
  }
  batch->n_further = n_further;
}

/* Lists these and those whose code a rule may name. */
static void list_named(const struct events *events, struct batch *restrict batch) {
  const struct key *key = events->keys;
  struct column column = column_of(&events->reader, key->field);
  struct further further = {0, batch->further, batch->codes};
  size_t i = events->many->codes(column, batch->n, key, batch->patients, &further), n_further = further.n;
  for (; i < batch->n; i++) {
    struct cell code = column_cell(column, i);
    bool is_short = cell_is_short(&code);
    struct short_text text = cell_short(&(struct cell){code.bytes, is_short ? code.length : 0});
    const struct met_code *met = &key->met[met_code_place(text, key->factor)];
    bool known = is_short & short_texts_equal(met->text, text);
    batch->further[n_further] = (uint16_t)i;
    batch->codes[n_further] = known ? met->number : 0;
    n_further += !(known & met->passed_over) | (batch->patients[i] == UINT32_MAX);
  }
  batch->n_further = n_further;
}

/* Looks at the next rows, as far as they are usual. Where one is not, those after it are looked at again; so that this never
 * grows to more than the work itself, fewer are then looked at at once. */
static void look_at_rows(struct events *events, struct batch *batch) {
  struct reader *reader = &events->reader;
  size_t n = reader_usual(reader, events->at_once), known = find_patients(events, batch->patients, bare_rows(events, n));
  batch->n = read_dates(events, batch->dates, known);
  size_t next = batch->n < n ? 2 * batch->n + 1 : 2 * events->at_once;
  events->at_once = next < BATCH ? next : BATCH;
  if (events->n_keys == 0) list_unknown(batch);
  else list_named(events, batch);
}

/* Where unit and number are, of rows that can be kept as they stand; those with several numbers cannot (store_builder_add_decimal). */
struct sayings { bool has_unit, has_number; struct column unit, number; };

static struct sayings sayings_of(const struct events *events) {
  const struct reader *reader = &events->reader;
  uint32_t number = events->n_values == 1 ? events->value_fields[0] : NO_FIELD;
  struct sayings sayings = {events->unit != NO_FIELD, number != NO_FIELD, {0}, {0}};
  if (sayings.has_unit) sayings.unit = column_of(reader, events->unit);
  if (sayings.has_number) sayings.number = column_of(reader, number);
  return sayings;
}

static void read_decimals(const struct events *events, struct batch *batch, struct column column) {
  bool comma = events->reader.comma;
  size_t k = events->many->decimals(column, batch->further, batch->n_further, comma, batch->decimals);
  for (; k < batch->n_further; k++) {
    struct cell cell = column_cell(column, batch->further[k]);
    if (!decimal_read(&cell, comma, &batch->decimals[k])) batch->decimals[k].decimals = NO_DECIMALS;
  }
}

/* Keeps the k-th of them, if there is nothing to be found out or to be told about it. */
static inline bool keep_row(struct events *events, const struct batch *batch, const struct sayings *sayings, size_t k) {
  static const struct cell nothing = {"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 0};
  const struct key *key = events->keys;
  size_t i = batch->further[k];
  if (batch->codes[k] == 0 || batch->patients[i] == UINT32_MAX) return false;
  const struct code *code = &key->meanings[batch->codes[k] - 1];
  struct cell unit = sayings->has_unit ? column_cell(sayings->unit, i) : nothing;
  if ((events->reader.odd && !cell_is_bare(&unit)) || !is_known(&code->unit, &unit)) return false;
  const struct judgement *judgement = &key->judgements[code->segment];
  const struct decimal *decimal = sayings->has_number ? &batch->decimals[k] : NULL;
  if (decimal) {
    if (decimal->decimals == NO_DECIMALS) return false;
    double value = decimal_value(*decimal);
    if (!(judgement->low <= value && value <= judgement->high)) return false;
  } else if (judgement->n > 0 || judgement->other_unit) {
    return false;
  }
  return store_builder_add_decimal(events->reader.csv->builder, key->table, code->segment, batch->patients[i], batch->dates[i], decimal);
}

/* Reads those of them further that have to be. */
static void read_further(struct events *events, struct batch *batch) {
  struct file_report *report = events->reader.report;
  struct sayings sayings = sayings_of(events);
  if (sayings.has_number) read_decimals(events, batch, sayings.number);
  for (size_t k = 0; k < batch->n_further; k++) {
    if (keep_row(events, batch, &sayings, k)) {
      report->kept++;
    } else {
      reader_put(&events->reader, batch->further[k]);
      row_read_rest(events, batch->patients[batch->further[k]], batch->dates[batch->further[k]], DATE_OPEN);
    }
  }
  report->not_named += batch->n - batch->n_further;
}

/* Where the first row that is not read ends the reading, none after it may be counted; a span must have an end, whatever its code;
 * and few tables are cut by two columns. */
static bool is_usual(const struct events *events) {
  bool one_key = events->n_keys == 0 || (events->n_keys == 1 && events->keys->field != NO_FIELD);
  return events->date != NO_FIELD && !events->spans && one_key && !events->reader.csv->options->strict;
}

/* Where not one row was usual, perhaps none of the file's are: then ever more are read one by one before it is tried again. */
static bool rests(struct events *events) { return events->rested++ < events->rest; }

size_t batch_read(struct events *events) {
  struct batch batch;
  size_t n = 0, asked;
  if (events->reader.next_row == events->reader.n_rows || events->reader.quotes || !is_usual(events) || rests(events)) return 0;
  do {
    asked = events->at_once;
    look_at_rows(events, &batch);
    read_further(events, &batch);
    reader_pass(&events->reader, batch.n);
    n += batch.n;
  } while (batch.n == asked);
  events->rest = n > 0 ? 0 : events->rest < MOST_REST ? 2 * events->rest + 1 : MOST_REST;
  events->rested = 0;
  return n;
}
