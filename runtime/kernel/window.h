/* window.h: the days between which a row counts, and which of 64 rows do. */
#ifndef KLYNGE_WINDOW_H
#define KLYNGE_WINDOW_H
#include "runtime/kernel/vector.h"
#include "runtime/store/store.h"

/* First and last day, both included. Where a day is unknown, no row is selected: the window is empty. */
struct window {
  bool uniform;
  int32_t low, high;                   /* of a uniform window */
  int32_t lows[LANES], highs[LANES];   /* of each patient, in one that is not */
  uint64_t unknown[MASK_WORDS];        /* the patients for whom a day is unknown */
};

/* A window between two dates, uniform or not. It ends at the index date at the latest. */
void window_set(struct window *window, const struct dates *low, const struct dates *high, int32_t index);

/* The date of a row: of a span, its first day. */
static inline int32_t segment_date(const struct store_segment *segment, uint64_t row) {
  return segment->near_date ? segment->base + segment->near_date[row] : segment->far_date[row];
}

/* Which of the rows first … first + n − 1 (n ≤ 64) are in the window, as bits from bit 0 on. A span is when one of its
 * days is; its end, the first day after, is none of them. */
uint64_t window_select(const struct window *window, const struct store_segment *segment, uint64_t first, uint32_t n);
#endif
