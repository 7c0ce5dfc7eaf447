/* pack.h: what the files share that turn a segment's rows into columns.
 *
 *   pack.c → brief.c             rows whose key is all that they say, but for whose they are
 *            pack.c, order.c     all others */
#ifndef KLYNGE_STORE_PACK_H
#define KLYNGE_STORE_PACK_H
#include "runtime/store/inner.h"

/* The columns of a segment while they are written. */
struct store_columns {
  uint16_t *patient, *near_date;
  int32_t *far_date, *end;
  struct store_days *days;
  uint64_t *block, n_rows;      /* rows that are written */
  int32_t base;
  struct store_values *values;
};

/* What a thread has from one segment to the next. */
struct packing {
  struct store_owner *owner;
  const uint32_t *text_now, *patient_now;
  uint32_t n_blocks;
  struct row_counters counters;
  key_order *order_keys;
  /* of the segment at hand */
  const struct row_form *form;
  struct store_columns *columns;
  /* of the batch at hand: the keys of its rows and the same in their order; or the rows */
  struct key_room { uint64_t *keys, *sorted; size_t room; } brief;
  struct row_entry *entries, *scratch;
  uint64_t n, room;
};

/* brief.c: writes the rows of a segment whose form is brief, the columns of which are there. False, and what is written means nothing,
 * where patients are not in order. `patient_now`: the final number of each patient; NULL where rows have these already. */
bool pack_brief(struct packing *packing, const struct segment_rows *rows, const uint32_t *patient_now);
void key_room_free(struct key_room *room);

/* pack.c: what scaled numbers from `at` on lie between becomes what the column's do. */
void pack_meet_scaled(struct store_values *values, uint64_t at, uint64_t n);
#endif
