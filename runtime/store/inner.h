/* inner.h: what the files of the store share: the rows while they are collected, and the store's owner. */
#ifndef KLYNGE_STORE_INNER_H
#define KLYNGE_STORE_INNER_H
#include <math.h>
#include <stdbool.h>
#include <string.h>
#include "runtime/store/dictionary.h"
#include "runtime/store/store.h"

/* ── rows while they are collected ───────────────────────────────────────────────────────────────────────────────────
 *
 * A row is a few units of 16 bits, one after the other, so that adding it is one visit to memory, and what belongs to it in a
 * form depends on what the rows have held so far:
 *
 *   patient (2) | date (1, or 2) | end (2), in tables with spans | for each number column: the number (0, 1, 2, 4), and its sign (1)
 *
 * A date has one unit as long as all lie from 1970 to 2149, and numbers stand as whole ones over a scale as long as they
 * can (numbers.c). A row that its segment's form does not hold begins another part, in a wider one; rows already there stay as they
 * are until the segment is packed. */

/* How a number column stands in a row: not at all before the first number; scaled, in one unit or in two; or as a double, in four. */
enum number_kind { NUMBER_NONE, NUMBER_TINY, NUMBER_SMALL, NUMBER_WIDE };
struct number_form {
  enum number_kind kind;
  double scale;                 /* of tiny and small ones */
  bool sign;                    /* a unit says it; else no row is censored */
  uint32_t at, sign_at;         /* units */
};
struct row_form { bool spans, far; uint32_t end_at, n_units, n_values; struct number_form numbers[]; };

/* Room for rows, which is given in large pieces and never moved. */
struct row_chunk { struct row_chunk *next; uint64_t n; uint16_t *units; void *memory; /* freed with it, or NULL: another's */ };

/* Rows of one form. */
struct row_part { struct row_part *next; struct row_form *form; struct row_chunk *first, *last; };

/* Forms of rows that store_builder_add_decimal adds, each by its units: patient, a near date, and no number or one that is scaled and
 * not censored. */
enum brief { BRIEF_NOT, BRIEF_NONE = 3, BRIEF_TINY, BRIEF_SMALL };

/* The rows of one segment in the order of adding. */
struct segment_rows {
  uint32_t code, unit;          /* texts */
  uint64_t n;
  uint64_t foreseen;            /* about so many there will be */
  uint16_t *next, *end;         /* room in the last chunk of the last part; both NULL where none is open */
  enum brief brief;             /* what its rows are */
  uint32_t factor;              /* … of scaled ones: the scale, a power of ten */
  struct row_part *first, *last;
  struct row_chunk *spent;      /* their rows stand elsewhere by now, but others may lie in their memory */
};

struct table_rows {
  uint32_t name, key, n_values;
  bool spans;
  uint32_t n_segments, room;
  struct segment_rows *segments;
  uint32_t *slots, n_slots;     /* (code, unit) → segment + 1, open addressing */
};

struct practice_said { uint32_t id, cluster, name; };

struct store_builder {
  struct dictionary texts;
  uint32_t n_columns;
  uint32_t *column_names;
  char *column_kinds;
  uint32_t n_patients, patient_room;
  uint32_t *patient_id, *patient_practice;
  union store_cell *cells;      /* [patient × n_columns + column] */
  uint32_t *patient_of_text, n_patient_of_text;  /* text → patient + 1 */
  uint32_t n_said, said_room;
  struct practice_said *said;
  uint32_t n_tables;
  struct table_rows *tables;
};

/* All memory of a store: freed as a list. */
struct store_owner {
  struct store store;
  struct mapping *mapping;      /* of a store from a file, else NULL */
  size_t n_pieces, room;
  void **pieces;
};
/* map.c: unmaps the file. */
void mapping_close(struct mapping *mapping);
/* Gives `piece` to the store, which frees it when it is closed. */
void store_own(struct store_owner *owner, void *piece);

/* numbers.c: how numbers stand in rows. Whether value = small / scale to the last bit. */
static inline bool number_fits(double value, double scale, int32_t *small) {
  double product = value * scale;
  if (!(fabs(product) <= INT32_MAX)) return false;
  *small = (int32_t)(product + (product < 0 ? -0.5 : 0.5));
  return *small / scale == value;
}

/* Puts a scaled number; false if the form does not hold it. */
static inline bool number_put_scaled(const struct number_form *form, uint16_t *row, double value) {
  int32_t small = NO_SMALL;
  bool none = isnan(value);
  if (!none && !number_fits(value, form->scale, &small)) return false;
  if (form->kind == NUMBER_SMALL) {
    memcpy(row + form->at, &small, sizeof small);
    return true;
  }
  row[form->at] = (uint16_t)(none ? NO_TINY : small);
  return none || (small >= -INT16_MAX && small <= INT16_MAX);
}

/* Puts a number (NaN is none) and a sign; false if the form does not hold them. */
static inline bool number_put(const struct number_form *form, uint16_t *row, double value, int8_t sign) {
  if (form->sign) row[form->sign_at] = (uint16_t)sign;
  else if (sign != 0) return false;
  if (form->kind == NUMBER_TINY || form->kind == NUMBER_SMALL) return number_put_scaled(form, row, value);
  value += 0.0;  /* a zero has no sign here */
  if (form->kind == NUMBER_WIDE) memcpy(row + form->at, &value, sizeof value);
  return form->kind == NUMBER_WIDE || isnan(value);
}

static inline int32_t number_small_in(const struct number_form *form, const uint16_t *row) {
  int32_t small;
  memcpy(&small, row + form->at, sizeof small);
  return small;
}
static inline int16_t number_tiny_in(const struct number_form *form, const uint16_t *row) { return (int16_t)row[form->at]; }
double number_in(const struct number_form *form, const uint16_t *row);
static inline int number_sign_in(const struct number_form *form, const uint16_t *row) {
  return form->sign ? (int16_t)row[form->sign_at] : 0;
}
/* The upper half of a double, as a number without a sign in the same order; NaN is the last. */
uint32_t number_key(double value);
/* Widens a form so that it holds a number and a sign as well. */
void number_widen(struct number_form *form, double value, int8_t sign);
/* Widens a form so that it holds all that another one does, as far as the forms tell. */
void number_join(struct number_form *form, const struct number_form *other);

/* Patient, date and end of a row. */
static inline uint32_t row_patient(const uint16_t *row) {
  uint32_t patient;
  memcpy(&patient, row, sizeof patient);
  return patient;
}
static inline void row_put_patient(uint16_t *row, uint32_t patient) { memcpy(row, &patient, sizeof patient); }
static inline int32_t row_date(const struct row_form *form, const uint16_t *row) {
  int32_t date = row[2];
  if (form->far) memcpy(&date, row + 2, sizeof date);
  return date;
}
static inline bool date_is_far(int32_t date) { return (uint32_t)date > UINT16_MAX; }
/* False if the form does not hold it. */
static inline bool row_put_date(const struct row_form *form, uint16_t *row, int32_t date) {
  if (form->far) memcpy(row + 2, &date, sizeof date);
  else row[2] = (uint16_t)date;
  return form->far || !date_is_far(date);
}
static inline int32_t row_end(const struct row_form *form, const uint16_t *row) {
  int32_t end;
  memcpy(&end, row + form->end_at, sizeof end);
  return end;
}
static inline void row_put_end(const struct row_form *form, uint16_t *row, int32_t end) { memcpy(row + form->end_at, &end, sizeof end); }

/* rows.c: collecting rows. */
void segment_rows_open(struct segment_rows *rows, uint32_t code, uint32_t unit, uint32_t n_values, bool spans);
/* Puts another's rows behind these, and leaves it with none. */
void segment_rows_join(struct segment_rows *rows, struct segment_rows *more);
/* Gives all rows one form, that of the only part that there is then. */
void segment_rows_unify(struct segment_rows *rows);
/* A chunk for n rows, which are still to be written. */
struct row_chunk *row_chunk_take(const struct row_form *form, uint64_t n);
/* Puts a chunk in the place of all rows, which are of one form. */
void segment_rows_replace(struct segment_rows *rows, struct row_chunk *chunk);
void segment_rows_free(struct segment_rows *rows);

/* texts.c: sorts the dictionary by bytes, so that the number of a text does not depend on who said it first. Gives the
 * new number of each old one; the caller frees it. The store takes the texts over. */
uint32_t *store_sort_texts(struct store_owner *owner, struct store_builder *builder);

/* people.c: numbers clusters, practices and patients. Gives the final number of each patient; the caller frees it. */
uint32_t *store_number_people(struct store_owner *owner, struct store_builder *builder, const uint32_t *text_now);

/* order.c: the order of a segment's rows: by patient, date, first value, its sign, other values, end. */
struct row_counters { uint32_t n_patients; uint64_t *starts; /* n_patients + 1, made when first needed and freed by the caller */ };
/* Gives rows, which must be of one form, the patients' final numbers, and brings those of a patient together and the patients
 * in order. Says what the dates lie between. */
void rows_by_patient(struct row_counters *counters, struct segment_rows *rows, const uint32_t *patient_now, int32_t *oldest, int32_t *newest);
/* A row in the hands of the sort: the date, then as much of the first value as there is room for, as one unsigned number. */
struct row_entry { uint64_t key; const uint16_t *row; };
static inline uint64_t row_key(const struct row_form *form, const uint16_t *row) {
  uint64_t date = (uint64_t)((uint32_t)row_date(form, row) ^ 0x80000000u) << 32;
  const struct number_form *numbers = form->numbers;
  if (form->n_values == 0 || numbers->kind == NUMBER_NONE) return date;
  /* No number, the least of the scaled ones, becomes the last. */
  if (numbers->kind == NUMBER_TINY) return date | (uint16_t)(number_tiny_in(numbers, row) + INT16_MAX);
  if (numbers->kind == NUMBER_SMALL) return date | ((uint32_t)number_small_in(numbers, row) + INT32_MAX);
  return date | number_key(number_in(numbers, row));
}
static inline int32_t row_key_date(uint64_t key) { return (int32_t)((uint32_t)(key >> 32) ^ 0x80000000u); }
static inline int16_t row_key_tiny(uint64_t key) { return (int16_t)(uint16_t)(key - INT16_MAX); }
static inline int32_t row_key_small(uint64_t key) { return (int32_t)((uint32_t)key - INT32_MAX); }
/* Writes n keys of one patient, in their order, to `sorted`; those given are no longer in any. */
void row_order_keys(uint64_t *keys, uint64_t n, uint64_t *sorted);
/* Puts n rows of one patient in their order; there is scratch for as many. The form is NULL where the key is all there is to compare. */
void row_order_run(const struct row_form *form, struct row_entry *entries, struct row_entry *scratch, uint64_t n);

/* keys.c: writes n keys, each below 2^63, in their order to `sorted`. None is further from its place than `reach`, at most KEY_REACH.
 * KEY_REACH keys before them and KEY_SLACK − KEY_REACH behind them are written as well. All variants that this processor has give
 * the same; the first is portable, NULL comes after the last. */
#define KEY_REACH 32
#define KEY_SLACK (2 * KEY_REACH + 8)
typedef void key_order(uint64_t *keys, size_t n, size_t reach, uint64_t *sorted);
key_order *key_order_variant(size_t number);
key_order *key_order_chosen(void);

/* pack.c: turns collected tables into packed ones, each segment by one of the threads, and frees their rows as it goes. */
void store_pack_tables(struct store_owner *owner, struct store_builder *builder, const uint32_t *text_now,
                       const uint32_t *patient_now, uint32_t threads);
#endif
