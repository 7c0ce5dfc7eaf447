/* many.h: what cells of many rows say, at once, where the processor can do so.
 *
 *   dates      2024-03-01  2019-11-30 …   days
 *   codes      NPU27300    DNK35131 …     rows whose code a rule may name
 *   decimals   44          1.6 …          whole numbers and how many of their digits are decimals
 *
 * Each looks at the first of n rows, mostly at a multiple of eight, and gives how many these were, perhaps none: what is left is read one
 * by one, by those who also know what else a cell may say. Up to MANY_SLACK elements after what is written may be written as well. */
#ifndef KLYNGE_CSV_MANY_H
#define KLYNGE_CSV_MANY_H
#include "runtime/csv/events.h"

#define MANY_SLACK 8

/* A field of rows whose marks lie so far apart: it stands between two marks, both not in it, or before a CR. */
struct column { const char *bytes; const uint32_t *marks; size_t step, cr; };

/* Rows that are to be read further: those of a code that is named or not known, and nobody's. */
struct further {
  size_t n;
  uint16_t *rows;
  uint32_t *codes;              /* of each: the number of its code + 1, 0 where it is not known */
};

struct many {
  /* What csv_date gives, as far as they are dates from 1901 to 2099 without a time, written so or, turned, as 01-03-2024. */
  size_t (*dates)(struct column column, size_t n, bool turned, int32_t *dates);
  /* Adds to a list that is empty. `patients` has UINT32_MAX for nobody. */
  size_t (*codes)(struct column column, size_t n, const struct key *key, const uint32_t *patients, struct further *further);
  /* What decimal_read gives, of these rows; NO_DECIMALS of those for which it is false. */
  size_t (*decimals)(struct column column, const uint16_t *rows, size_t n, bool comma, struct decimal *decimals);
};
#define NO_DECIMALS UINT32_MAX

/* The fastest that cpu_chosen allows; one that leaves all that is asked of it where there is no way. */
const struct many *many_chosen(void);

static inline struct cell column_cell(struct column column, size_t row) {
  const uint32_t *marks = column.marks + row * column.step;
  size_t begin = (uint32_t)(marks[0] + 1), end = marks[1] - column.cr;
  return (struct cell){column.bytes + begin, end - begin};
}
#endif
