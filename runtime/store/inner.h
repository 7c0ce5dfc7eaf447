/* inner.h: what the files of the store share: the rows while they are collected, and the store's owner. */
#ifndef KLYNGE_STORE_INNER_H
#define KLYNGE_STORE_INNER_H
#include <stdbool.h>
#include "runtime/store/dictionary.h"
#include "runtime/store/store.h"

#define NO_NUMBER INT32_MIN     /* in scaled numbers: the row has none */

/* One number column of a segment's rows. As long as every number is a short decimal it is kept as `small` over a
 * scale, which halves the memory; the first that is not turns the column into doubles. Before the first number of all
 * both are NULL. */
struct number_rows {
  int32_t *small;
  double scale;
  double *wide;
  int8_t *sign;                 /* NULL while no row is censored */
};

/* The rows of one segment in the order of adding. */
struct segment_rows {
  uint32_t code, unit;          /* texts */
  uint64_t n, room;
  uint32_t *patient;            /* in the order of adding patients */
  int32_t *date, *end;          /* end: NULL in tables without spans */
  int32_t oldest, newest;
  struct number_rows *numbers;  /* n_values of them */
  struct segment_rows *more;    /* rows that others have collected and that are still to be put behind these; or NULL */
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

/* numbers.c: adds the number of row `row` to a column with room for `room` rows. NaN is none. */
void number_rows_add(struct number_rows *numbers, uint64_t row, uint64_t room, double value, int8_t sign);
void number_rows_grow(struct number_rows *numbers, uint64_t room);
void number_rows_free(struct number_rows *numbers);
/* Adds the n numbers of another column as those from `row` on. */
void number_rows_append(struct number_rows *numbers, uint64_t row, uint64_t room, const struct number_rows *more, uint64_t n);
double number_rows_value(const struct number_rows *numbers, uint64_t row);
int number_rows_sign(const struct number_rows *numbers, uint64_t row);

/* join.c: how many rows a segment has, with those still to be put behind; puts them there; frees all of them. */
uint64_t segment_rows_n(const struct segment_rows *rows);
void segment_rows_join(struct segment_rows *rows, const struct table_rows *table);
void segment_rows_free(struct segment_rows *rows, uint32_t n_values);

/* texts.c: sorts the dictionary by bytes, so that the number of a text does not depend on who said it first. Gives the
 * new number of each old one; the caller frees it. The store takes the texts over. */
uint32_t *store_sort_texts(struct store_owner *owner, struct store_builder *builder);

/* people.c: numbers clusters, practices and patients. Gives the final number of each patient; the caller frees it. */
uint32_t *store_number_people(struct store_owner *owner, struct store_builder *builder, const uint32_t *text_now);

/* order.c: the order of a segment's rows: row numbers by (patient, date, first value, sign, other values, end). */
struct row_order {
  const struct segment_rows *rows;
  uint32_t n_values;
  const uint32_t *patient_now;  /* final numbers */
  uint32_t n_patients;
  uint32_t *starts;             /* n_patients + 1 counters of counting sort, made when first needed */
  struct row_entry *entries, *scratch;
  uint64_t room;
};
/* Writes the n rows' numbers in their final order to `order`. */
void row_order_find(struct row_order *sorter, const struct segment_rows *rows, uint32_t *order);
void row_order_free(struct row_order *sorter);

/* pack.c: turns collected tables into packed ones, each segment by one of the threads, and frees their rows as it goes. */
void store_pack_tables(struct store_owner *owner, struct store_builder *builder, const uint32_t *text_now,
                       const uint32_t *patient_now, uint32_t threads);
#endif
