/* store.h: a data set in memory, cut by code, in the order in which the engine reads it.
 *
 *   clusters   ┌── C001 ──────────────┐┌── C002 ──...
 *   practices  ┌─ P1 ──┐┌─ P2 ────────┐
 *   patients   0 1 2 3 4 5 6 7 8 9 ...                  numbered in the order (cluster, practice, id)
 *   blocks     └──── 4,096 of them ───┘
 *   segment    all rows of one code and unit: patient | date | value, in the order (patient, date, value)
 *
 * A practice is a range of patient numbers, a block is 4,096 consecutive patients, and a segment knows where each
 * block's rows begin. So a scan of one block touches only the rows it needs, in order.
 *
 * Dates are days since 1970-01-01 (proleptic Gregorian). Texts are kept once, in the store's dictionary, and named by
 * their number; they stand in the order of their bytes, so text 0 is the empty one, and comparing two numbers is
 * comparing two texts. A store is read-only once built. */
#ifndef KLYNGE_STORE_H
#define KLYNGE_STORE_H
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "runtime/image/dates.h"

#define BLOCK_PATIENTS 4096

#define NO_TINY  INT16_MIN
#define NO_SMALL INT32_MIN

/* The values of one number column in a segment's rows, in one of three columns, the narrowest that holds them all: scaled, value =
 * tiny[i] / scale or small[i] / scale, and NO_TINY or NO_SMALL where the row has no number; or as doubles, NaN where it has
 * none. Reading back gives the very double that strtod would. */
struct store_values {
  const int16_t *tiny;
  const int32_t *small;
  const double *wide;         /* a zero has no sign */
  double scale;               /* 1, 10, 100, … */
  const int8_t *sign;         /* −1 for "<5", 1 for ">90", 0 else; NULL where no row of the segment is censored */
  double low, high;           /* the least and the greatest number, NaN where there is none */
  uint64_t n_missing;         /* how many rows have no number */
};

/* The scaled number of a row of tiny or small ones, NO_SMALL where it has none. */
static inline int32_t store_scaled(const struct store_values *values, uint64_t row) {
  if (!values->tiny) return values->small[row];
  return values->tiny[row] == NO_TINY ? NO_SMALL : values->tiny[row];
}
/* The number of a row, NaN where it has none. */
static inline double store_number(const struct store_values *values, uint64_t row) {
  if (values->wide) return values->wide[row];
  int32_t scaled = store_scaled(values, row);
  return scaled == NO_SMALL ? (double)NAN : scaled / values->scale;
}

/* The first day and the last of some rows; the first is after the last where there is no row. */
struct store_days { int32_t first, last; };

struct store_segment {
  uint32_t code;              /* text of the key column, 0 for the empty one */
  uint32_t unit;              /* text as written in the data, 0 for none */
  uint64_t n_rows;
  const uint64_t *block;      /* n_blocks + 1: the rows block[b] … block[b + 1] − 1 belong to block b */
  const struct store_days *days;  /* n_blocks: of the rows of each block; a span's is its first day */
  const uint16_t *patient;    /* within the block, 0 … 4095 */
  const uint16_t *near_date;  /* date = base + near_date, or NULL: then far_date holds it */
  int32_t base;
  const int32_t *far_date;
  const int32_t *end;         /* of spans: the first day after, or DATE_OPEN; NULL for events and measures */
  const struct store_values *values;  /* one for each number column of the table, in the order of the declaration */
};

/* A table cut into segments by the texts of one of its columns. Segments stand in the order (code, unit) of their texts' bytes. */
struct store_table {
  uint32_t name;              /* text */
  uint32_t key;               /* text: the name of the column that cuts */
  uint32_t n_values;          /* number columns of each segment */
  uint32_t n_segments;
  const struct store_segment *segments;
};

/* A column of table patients, with a value for each patient. */
struct store_column {
  uint32_t name;              /* text */
  const double *number;       /* NaN where empty; or NULL */
  const int32_t *date;        /* DATE_UNKNOWN where empty; or NULL */
  const uint32_t *text;       /* 0 where empty; or NULL */
};

struct store_practice { uint32_t id, name, cluster /* number */, first_patient, n_patients; };
struct store_cluster { uint32_t id, first_practice, n_practices; };

struct store {
  uint32_t n_texts;
  const char *text_bytes;     /* one text after the other, each ended by a NUL */
  const uint64_t *text_begins;  /* where each begins */
  uint64_t text_length;       /* of all of them; the last byte is a NUL */
  uint32_t n_patients, n_blocks, n_practices, n_clusters;
  const uint32_t *patient_ids;  /* texts, in the order of numbers */
  const struct store_practice *practices;  /* in the order (cluster, id), by bytes; one may have no patients */
  const struct store_cluster *clusters;    /* in the order of id, by bytes; each has a patient */
  uint32_t n_tables;
  const struct store_table *tables;
  uint32_t n_columns;
  const struct store_column *columns;
  int32_t newest;             /* the newest date of any row read, DATE_UNKNOWN if there is none */
  uint64_t hash[2];           /* of the data as delivered; the order of rows and columns does not change it */
  void *owner;                /* what store_close frees */
};

/* A text by its number, "" for one that is none (borrowed). */
static inline const char *store_text(const struct store *store, uint32_t text) {
  bool is_text = text < store->n_texts && store->text_begins[text] < store->text_length;
  return is_text ? store->text_bytes + store->text_begins[text] : "";
}
/* The number of a text in the dictionary, or UINT32_MAX where the data never say it. */
uint32_t store_find_text(const struct store *store, const char *text);

/* The table `name` cut by column `key`, or NULL. */
const struct store_table *store_find_table(const struct store *store, const char *name, const char *key);
/* The date before which at most one row of a table of events in a hundred lies; DATE_UNKNOWN where it has none, or has spans.
 * Of a store from a file the dates are verified, and rows whose dates are damaged passed over. */
int32_t store_table_begin(const struct store *store, const struct store_table *table);
/* The column of table patients called `name`, or NULL. */
const struct store_column *store_find_column(const struct store *store, const char *name);

/* Frees the store and all that belongs to it. NULL is fine. */
void store_close(struct store *store);

/* ── building: rows in any order in, a store out ─────────────────────────────────────────────────────────────────── */

/* Collects rows and sorts them into a store. The order in which anything is added never changes the store. */
struct store_builder;

struct store_builder *store_builder_open(void);
/* The number of a text, added if it is new. The bytes are copied and must hold no NUL. */
uint32_t store_builder_text(struct store_builder *builder, const char *bytes, size_t length);

/* Declares the columns of table patients: `kind` is 'n', 'd' or 't' for each. Called once, before any patient. */
void store_builder_columns(struct store_builder *builder, uint32_t n, const uint32_t *names, const char *kinds);
/* Says that about so many patients will come, after the columns are declared: a wish, so that what holds them need not grow. */
void store_builder_expect(struct store_builder *builder, uint32_t n_patients);
/* One cell of a patient's row: the member that the column's kind says. */
union store_cell { double number; int32_t date; uint32_t text; };
/* Adds a patient: texts of id and practice, and a cell for each column. The id must be new (store_builder_patient).
 * Returns the patient's number for store_builder_row: the order of adding, not yet the final one. */
uint32_t store_builder_add_patient(struct store_builder *builder, uint32_t id, uint32_t practice, const union store_cell *cells);
/* The patient whose id is this text, or UINT32_MAX. */
uint32_t store_builder_patient_of(const struct store_builder *builder, uint32_t text);
/* Says that a text will be asked for soon. */
void store_builder_fetch(const struct store_builder *builder, const char *bytes, size_t length);
/* The patient with this id, or UINT32_MAX. */
uint32_t store_builder_patient(const struct store_builder *builder, const char *id, size_t length);
/* The id of a patient (borrowed; `length` bytes), and how many patients there are. */
const char *store_builder_patient_id(const struct store_builder *builder, uint32_t patient, size_t *length);
uint32_t store_builder_n_patients(const struct store_builder *builder);
/* Whether `patient` is the number of a patient, and this is its id. Cheaper than looking it up. */
bool store_builder_is_patient(const struct store_builder *builder, uint32_t patient, const char *id, size_t length);
/* Puts new practice and cells in the place of an added patient's. */
void store_builder_replace_patient(struct store_builder *builder, uint32_t patient, uint32_t practice, const union store_cell *cells);
/* Says the cluster and name of a practice (texts). Practices never named belong to cluster "". */
void store_builder_add_practice(struct store_builder *builder, uint32_t id, uint32_t cluster, uint32_t name);

/* A table cut by a key: returns its number. `spans` says that rows have an end. */
uint32_t store_builder_add_table(struct store_builder *builder, uint32_t name, uint32_t key, uint32_t n_values, bool spans);
/* The segment of a code and unit in a table, made if it is new. */
uint32_t store_builder_segment(struct store_builder *builder, uint32_t table, uint32_t code, uint32_t unit);
/* Adds a row; `end` is used in tables of spans, values and signs (n_values of them; signs NULL: none) in tables with numbers. */
void store_builder_add_row(struct store_builder *builder, uint32_t table, uint32_t segment, uint32_t patient, int32_t date, int32_t end,
                           const double *values, const int8_t *signs);
/* A number as it was written: 5.25 is 525 with 2 decimals, of 7 at most. */
struct decimal { uint32_t whole, decimals; };
/* Does the same for a row without an end whose only number, if it has one, is this; NULL for none. Quicker, for a number need not be
 * divided to find out what it is a whole one of. False, and nothing is added, where only the other way is open. */
bool store_builder_add_decimal(struct store_builder *builder, uint32_t table, uint32_t segment, uint32_t patient, int32_t date,
                               const struct decimal *number);
/* Says that of each of a table's segments about so many times as many rows will come as there are now: a wish, so that what holds
 * them need not grow. */
void store_builder_foresee(struct store_builder *builder, uint32_t table, double times);
/* A builder for rows of the patients of another one, which must not change while this one is used: several threads may fill
 * one each. It has texts and tables of its own, and no patients. */
struct store_builder *store_builder_aside(const struct store_builder *people);
/* Adds to a builder what one aside holds, its rows after those there are; that one is gone. */
void store_builder_join(struct store_builder *builder, struct store_builder *aside);
/* Frees a builder that will not become a store. */
void store_builder_drop(struct store_builder *builder);
/* Sorts, packs and gives the store; the builder is gone. So many threads sort and pack; the store does not depend on it. */
struct store *store_builder_close(struct store_builder *builder, int32_t newest, const uint64_t hash[2], uint32_t threads);
#endif
