#include "runtime/kernel/window.h"
#include <string.h>

static void window_set_each(struct window *window, const struct dates *low, const struct dates *high, int32_t index) {
  for (size_t w = 0; w < MASK_WORDS; w++) {
    const int32_t *from = date_days(low, w), *to = date_days(high, w);
    uint8_t unknown[64];
    for (size_t i = 0; i < 64; i++) {
      unknown[i] = (from[i] == DATE_UNKNOWN) | (to[i] == DATE_UNKNOWN);
      window->lows[w * 64 + i] = unknown[i] ? INT32_MAX : from[i];
      window->highs[w * 64 + i] = unknown[i] ? INT32_MIN : to[i] < index ? to[i] : index;
    }
    window->unknown[w] = mask_pack(unknown);
  }
}

void window_set(struct window *window, const struct dates *low, const struct dates *high, int32_t index) {
  window->uniform = low->n_words == 1 && high->n_words == 1;
  if (!window->uniform) {
    window_set_each(window, low, high, index);
    return;
  }
  int32_t from = low->day[0], to = high->day[0];
  bool unknown = from == DATE_UNKNOWN || to == DATE_UNKNOWN;
  window->low = unknown ? INT32_MAX : from;
  window->high = unknown ? INT32_MIN : to < index ? to : index;
  memset(window->unknown, unknown ? 0xff : 0, sizeof window->unknown);
}

/* By far the most used of the three ways to select. */
static void select_uniform_near(const struct window *window, const struct store_segment *segment, uint64_t first,
                                uint64_t n, uint64_t *bits) {
  int64_t low = (int64_t)window->low - segment->base, high = (int64_t)window->high - segment->base;
  if (low < 0) low = 0;
  if (high > UINT16_MAX) high = UINT16_MAX;
  if (low > high)
    memset(bits, 0, (n + 63) / 64 * sizeof *bits);
  else
    window->select->near(segment->near_date + first, n, (uint16_t)low, (uint16_t)(high - low), bits);
}

static uint64_t select_dates(const struct window *window, const struct store_segment *segment, uint64_t first, uint32_t n) {
  uint8_t hit[64] = {0};
  for (uint32_t i = 0; i < n; i++) {
    uint16_t patient = segment->patient[first + i];
    int32_t low = window->uniform ? window->low : window->lows[patient];
    int32_t high = window->uniform ? window->high : window->highs[patient];
    int32_t date = segment_date(segment, first + i);
    hit[i] = (low <= date) & (date <= high);
  }
  return mask_pack(hit);
}

/* The first day that is both in the span and not before the window decides. */
static uint64_t select_spans(const struct window *window, const struct store_segment *segment, uint64_t first, uint32_t n) {
  uint8_t hit[64] = {0};
  for (uint32_t i = 0; i < n; i++) {
    uint16_t patient = segment->patient[first + i];
    int32_t low = window->uniform ? window->low : window->lows[patient];
    int32_t high = window->uniform ? window->high : window->highs[patient];
    int32_t date = segment_date(segment, first + i);
    int32_t day = date > low ? date : low;
    hit[i] = (day <= high) & (segment->end[first + i] > day);
  }
  return mask_pack(hit);
}

enum window_reach window_reach(const struct window *window, const struct store_segment *segment, uint32_t block) {
  struct store_days days = segment->days[block];
  if (!window->uniform) return WINDOW_SOME;
  if (days.first > window->high || window->low > window->high) return WINDOW_NONE;
  if (segment->end) return WINDOW_SOME; /* a span may last until the window, and end before it */
  if (days.last < window->low) return WINDOW_NONE;
  return window->low <= days.first && days.last <= window->high ? WINDOW_ALL : WINDOW_SOME;
}

void window_select(const struct window *window, const struct store_segment *segment, uint64_t first, uint64_t n,
                   uint64_t *bits) {
  if (window->uniform && segment->near_date && !segment->end) {
    select_uniform_near(window, segment, first, n, bits);
    return;
  }
  for (uint64_t at = 0; at < n; at += 64) {
    uint32_t here = n - at < 64 ? (uint32_t)(n - at) : 64;
    bits[at / 64] = (segment->end ? select_spans : select_dates)(window, segment, first + at, here);
  }
}
