/* rows.c: one row of a table of events. It is looked at in the order in which it is most likely to be left out, and a row of a code
 * that no rule names ends after its date. */
#include <math.h>
#include <stdlib.h>
#include "runtime/csv/events.h"

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Reads the row's dates; false if it has none. The newest date of the data is that of any row, whatever its patient and code, so
 * that it does not depend on what the rules name. */
static inline bool read_dates(struct events *events, int32_t *date, int32_t *end) {
  struct reader *reader = &events->reader;
  struct cell cell = reader_cell(reader, events->date);
  *end = DATE_OPEN;
  if (!months_date(reader->csv->months, &cell, date)) return false;
  newest_meet(reader->csv->newest, *date);
  if (!events->spans) return true;
  cell = reader_cell(reader, events->end);
  return cell.length == 0 || months_date(reader->csv->months, &cell, end);
}

/* Counts a row as one without dates: the first of them is at fault, or else the end. */
static void refuse_dates(struct events *events) {
  struct reader *reader = &events->reader;
  struct cell cell = reader_cell(reader, events->date);
  int32_t date;
  bool begins = csv_date(cell.bytes, cell.length, &date);
  reader_unread(reader, cell.length == 0 ? UNREAD_no_date : UNREAD_bad_date, begins ? events->end : events->date, NULL);
}

static void read_values(struct events *events) {
  struct reader *reader = &events->reader;
  for (uint32_t i = 0; i < events->n_values; i++) {
    events->values[i] = NAN;
    events->signs[i] = 0;
    if (events->value_fields[i] == NO_FIELD) continue;
    struct cell cell = reader_cell(reader, events->value_fields[i]);
    if (cell.length == 0) {
      reader_unread(reader, UNREAD_no_number, events->value_fields[i], NULL);
    } else if (!cell_number(&cell, reader->comma, &events->values[i], &events->signs[i])) {
      reader_unread(reader, UNREAD_bad_number, events->value_fields[i], NULL);
    }
  }
}

/* ── what no measure will read ───────────────────────────────────────────────────────────────────────────────────── */

static void refuse_unit(struct events *events, const struct key *key) {
  struct reader *reader = &events->reader;
  char expected[EXPECTED] = "";
  if (reader->csv->options->strict) {
    char *code = copy_text(reader, key->field);
    series_units(events->image, events->table, key->column, code, expected);
    free(code);
  }
  reader_unread(reader, UNREAD_other_unit, events->unit, expected);
}

static void refuse_value(struct events *events, const struct judgement *judgement) {
  const struct csv_options *options = events->reader.csv->options;
  char expected[EXPECTED] = "";
  if (options->strict) judgement_limits(judgement, events->image, options->danish, expected);
  reader_unread(&events->reader, UNREAD_implausible, events->value_fields[judgement->readings[0].number], expected);
}

/* What has been told of the row at hand, by another of its tables. */
struct told { bool other_unit, implausible, no_unit; };

static bool is_new(bool *told) {
  bool is = !*told;
  *told = true;
  return is;
}

static void judge_closely(struct events *events, const struct key *key, const struct judgement *judgement, struct told *told) {
  if (judgement->other_unit && is_new(&told->other_unit)) refuse_unit(events, key);
  if (judgement->n == 0) return;
  enum judged judged = judgement_of(judgement, events->image, events->values);
  if (judged == JUDGED_IMPLAUSIBLE && is_new(&told->implausible)) refuse_value(events, judgement);
  if (judged == JUDGED_READ && judgement->no_unit && is_new(&told->no_unit)) reader_unread(&events->reader, UNREAD_no_unit, events->unit, NULL);
}

/* Counts the row at hand if no measure that names its code will read it. It is kept all the same. */
static inline void judge_row(struct events *events, const struct key *key, uint32_t segment, struct told *told) {
  const struct judgement *judgement = &key->judgements[segment];
  if (judgement->n == 0 && !judgement->other_unit) return;
  double number = events->values[judgement->number];
  if (!(judgement->low <= number && number <= judgement->high)) judge_closely(events, key, judgement, told);
}

/* The unit of a row: the cell, and, unless it is the last one of each of its codes, which it is. */
struct row_unit { struct cell cell; uint32_t number; };

/* Finds out what the row's codes mean, before anything of it is kept: where one of them or the unit cannot be read, no table has the
 * row. False, with the row counted, if so. `named` comes out as whether some rule names one; only then there is a unit. */
static inline bool find_codes(struct events *events, struct row_unit *unit, bool *named) {
  *named = false;
  for (struct key *key = events->keys; key < events->keys + events->n_keys; key++) {
    struct code *code = key->at_hand = find_code(events, key);
    if (!code) continue;
    if (!*named) unit->cell = reader_cell(&events->reader, events->unit);
    *named = true;
    if (!is_known(&code->unit, &unit->cell) && !find_readable(events, key, &unit->cell, &unit->number)) return false;
  }
  return true;
}

/* Adds the row to the table of each key whose code some rule names. */
static inline void add_row(struct events *events, uint32_t patient, int32_t date, int32_t end) {
  struct reader *reader = &events->reader;
  struct row_unit unit;
  struct told told = {false, false, false};
  bool named;
  if (!find_codes(events, &unit, &named)) return;
  if (named) read_values(events);
  for (struct key *key = events->keys; key < events->keys + events->n_keys; key++) {
    if (!key->at_hand) continue;
    if (!is_known(&key->at_hand->unit, &unit.cell)) find_segment(events, key, &unit.cell, unit.number);
    judge_row(events, key, key->at_hand->segment, &told);
    store_builder_add_row(reader->csv->builder, key->table, key->at_hand->segment, patient, date, end, events->values, events->signs);
  }
  reader->report->kept += named;
  reader->report->not_named += !named;
}

void row_read_rest(struct events *events, uint32_t patient, int32_t date, int32_t end) {
  if (patient == UINT32_MAX) reader_unread(&events->reader, UNREAD_unknown_patient, events->id, NULL);
  else add_row(events, patient, date, end);
}

void row_read(struct events *events) {
  struct reader *reader = &events->reader;
  struct cell id = reader_cell(reader, events->id);
  int32_t date, end;
  bool dated = read_dates(events, &date, &end);
  if (id.length == 0) {
    reader_unread(reader, UNREAD_no_patient, events->id, NULL);
    return;
  }
  uint32_t patient = is_last_patient(events, &id) ? events->last_patient : look_up_patient(events, id);
  if (patient != UINT32_MAX && !dated) refuse_dates(events);
  else row_read_rest(events, patient, date, end);
}
