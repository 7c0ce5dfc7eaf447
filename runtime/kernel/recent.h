/* recent.h: each patient's last rows in a window, as lanes.
 *
 *   level 0   date │ value │ sign     each patient's last row: a lane for each patient of the block
 *   level 1   date │ value │ sign     the row before it
 *   …
 *
 * Nearly all that is asked of a series is answered by a patient's last row, or by the last few. So where a scan says that these
 * suffice, a row is put in its place among its patient's as it is read, whichever segment it comes from: none is merged, sorted
 * or grouped, and the latest value is a vector as it stands. */
#ifndef KLYNGE_RECENT_H
#define KLYNGE_RECENT_H
#include "runtime/image/dates.h"
#include "runtime/kernel/vector.h"

/* So many levels there are at most. A patient seldom has more rows in a window, so to ask for more is to ask for all. */
#define RECENT_MOST 8

/* What rows say, side by side. */
struct reading {
  uint16_t *patient;
  int32_t *date;
  double *value;                                /* 0 for events and spans */
  int8_t *sign;                                 /* −1 below, 0 exact, 1 above */
};

struct recent {
  uint32_t depth;                               /* how many levels */
  bool is_counted;                              /* whether n_rows says how many rows each patient has at all */
  bool has_signs;                               /* whether any row may be censored; if not, `sign` holds nothing */
  int32_t *date;                                /* (depth + 1) × LANES; DATE_UNKNOWN where the patient has not so many rows */
  double *value;
  int8_t *sign;
  uint32_t *n_rows;                             /* counted by who adds them */
  uint32_t room;                                /* levels there is room for */
};

void recent_open(struct recent *recent);
void recent_close(struct recent *recent);
/* Forgets all rows. */
void recent_begin(struct recent *recent, uint32_t depth, bool counted, bool has_signs);
/* Puts n rows in their places: by date, value and sign; of rows that are alike the one that comes later stands later. */
void recent_add(struct recent *recent, const struct reading *reading, size_t n);
/* The same of rows each of which stands after all of its patient's that have come before. */
void recent_fill(struct recent *recent, const struct reading *reading, size_t n);

/* What is asked of them, for the patients who are `known`, each of whom has a row at the level that is asked for, or at the first
 * `levels`: the value and date of a row, … */
void recent_value(const struct recent *recent, uint32_t level, const uint64_t *known, struct number *out);
void recent_date(const struct recent *recent, uint32_t level, const uint64_t *known, struct dates *out);
/* … the greatest value or the least, where no row is censored, and the sum of bounds divided by a number. */
void recent_extreme(const struct recent *recent, uint32_t levels, bool greatest, const uint64_t *known, struct number *out);
void recent_sum(const struct recent *recent, uint32_t levels, double divisor, const uint64_t *known, struct number *out);
#endif
