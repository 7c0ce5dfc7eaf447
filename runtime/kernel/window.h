/* window.h: the days between which a row counts, and which of 64 rows do. */
#ifndef KLYNGE_WINDOW_H
#define KLYNGE_WINDOW_H
#include "runtime/kernel/select.h"
#include "runtime/kernel/vector.h"
#include "runtime/store/store.h"

/* Days and how they are compared. First and last day are both included. Where a day is unknown, no row is selected: the window is empty. */
struct window {
  const struct select *select;
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

/* Whether no row between two days can be in the window, or every one is: then none needs to be looked at. */
enum window_reach { WINDOW_NONE, WINDOW_SOME, WINDOW_ALL };
enum window_reach window_reach(const struct window *window, const struct store_segment *segment, uint32_t block);

/* Which of the rows first … first + n − 1 are in the window, as bits in (n + 63) / 64 words. A span is when one of its days
 * is; its end, the first day after, is none of them. */
void window_select(const struct window *window, const struct store_segment *segment, uint64_t first, uint64_t n, uint64_t *bits);
#endif
