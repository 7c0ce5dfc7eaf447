/* events.h: what the files that read a table of events share.
 *
 *   events.c → batch.c, rows.c → lookup.c
 *   the file   many rows, one    what a code, a unit, an id means */
#ifndef KLYNGE_CSV_EVENTS_H
#define KLYNGE_CSV_EVENTS_H
#include "runtime/csv/inner.h"
#include "runtime/store/dictionary.h"

#define NO_TEXT UINT32_MAX      /* none in the store: no row that was read had it */

/* A code as it stands in the file. */
struct code {
  bool selected, readable;
  uint32_t text;                /* in the store, or NO_TEXT */
  struct known_text unit;       /* of its last row, which has gone to `segment` */
  uint32_t segment;
};

/* A unit as it stands in the file. */
struct unit { bool readable; uint32_t text; /* in the store, or NO_TEXT */ };

/* Codes that have been met, each found at one place by its words alone: most files hold a few dozen. */
enum { MET_BITS = 10, MET_CODES = 1 << MET_BITS };
#define FIRST_FACTOR UINT64_C(0x9e3779b97f4a7c15)
struct met_code { struct short_text text; uint32_t number; /* + 1; 0: nothing is here */ bool passed_over /* no rule names it */, is_long; /* of more than eight bytes */ };

/* A column that cuts the table: codes of the file, and the table of the store that they go to. */
struct key {
  uint32_t column;              /* in the image */
  uint32_t wanted, field;
  uint32_t table;               /* in the store */
  struct dictionary codes;
  struct code *meanings;        /* beside codes */
  uint32_t room;
  struct judgement *judgements;  /* [segment of the store's table] */
  uint32_t judgement_room;
  struct code *at_hand;         /* the code of the row at hand, until the next one is looked up; NULL where no rule names it */
  uint64_t factor;              /* says at which place of `met` a code is */
  uint32_t tries;               /* how often another one was looked for, so that no two have the same place */
  struct met_code met[MET_CODES];
};

struct events {
  struct reader reader;
  const struct image *image;
  uint32_t table;               /* in the image */
  bool spans;
  struct wanted *wanted;        /* patient, then the declared columns in their order */
  uint32_t n_wanted;
  uint32_t id, date, end, unit; /* fields; NO_FIELD where there is none */
  uint32_t n_keys;
  struct key *keys;
  uint32_t n_values;
  uint32_t *value_fields;       /* NO_FIELD for a column that no rule reads */
  double *values;
  int8_t *signs;

  struct dictionary units;
  struct unit *unit_meanings;   /* beside units */
  uint32_t unit_room;

  struct short_text last_id;    /* exports come grouped by patient; zero: none is remembered */
  uint32_t last_patient;
  uint32_t place;               /* of the last one in patients.csv, + 1 */
  uint32_t strays;              /* how often lately the next patient was not soon after the last */
  const struct many *many;      /* many.h: what is read of many rows at once */
  size_t at_once;               /* rows that batch.c looks at at once */
  uint32_t rest, rested;        /* rows that it leaves to be read one by one, and has left */
};

/* ── lookup.c: what codes, units and ids mean ────────────────────────────────────────────────────────────────────── */

/* Looks a code up among all that the file has held, and remembers it if it is short; found out what it means when it is met for the first
 * time. NULL where no rule names it. */
struct code *look_up_code(struct events *events, struct key *key, struct cell cell);
/* Whether the code at hand and a unit that is not known to be its last one's can be read, and which unit it is; false, with the row
 * counted, if not. */
bool find_readable(struct events *events, const struct key *key, const struct cell *unit, uint32_t *number);
/* Finds the segment of such a code and unit, which can be read. */
void find_segment(struct events *events, struct key *key, const struct cell *unit, uint32_t number);
/* A field of the row at hand as printable text, which the caller frees. */
char *copy_text(struct reader *reader, uint32_t field);
/* Looks up the patient of the row at hand, who is not the one of the row before; UINT32_MAX for nobody. */
uint32_t look_up_patient(struct events *events, struct cell cell);

static inline size_t met_code_place(struct short_text text, uint64_t factor) { return (text.low ^ text.high) * factor >> (64 - MET_BITS); }

/* What the code of the row at hand means; NULL where no rule names it. */
static inline struct code *find_code(struct events *events, struct key *key) {
  struct cell cell = reader_cell(&events->reader, key->field);
  if (!cell_is_short(&cell)) return look_up_code(events, key, cell);
  struct short_text text = cell_short(&cell);
  struct met_code *met = &key->met[met_code_place(text, key->factor)];
  if (!short_texts_equal(met->text, text) || met->number == 0) return look_up_code(events, key, cell);
  return met->passed_over ? NULL : &key->meanings[met->number - 1];
}

/* Whether this is the patient of the row before. No id is empty, so none is remembered where the last one was too long. */
static inline bool is_last_patient(const struct events *events, const struct cell *id) {
  return cell_is_short(id) && short_texts_equal(events->last_id, cell_short(id));
}

/* ── rows.c: one row ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* Reads the row at hand. */
void row_read(struct events *events);
/* What is left to do of the row at hand once patient and dates are known: it is kept, or counted. */
void row_read_rest(struct events *events, uint32_t patient, int32_t date, int32_t end);

/* ── batch.c: many rows ──────────────────────────────────────────────────────────────────────────────────────────── */

/* Reads what comes next of rows of the usual shape, and gives how many it has read: perhaps none. */
size_t batch_read(struct events *events);
#endif
