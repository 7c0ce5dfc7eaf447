/* date_lanes.c: as in number_lanes.c, 64 lanes are computed on the side and then stored. */
#include "runtime/kernel/date_lanes.h"
#include "runtime/image/dates.h"
#include <string.h>

void date_fill(struct dates *out, int32_t date) {
  for (size_t i = 0; i < out->n_words * (size_t)64; i++) out->day[i] = date;
}

static void date_store(struct dates *out, size_t w, const int32_t days[64]) {
  memcpy(out->day + w * 64, days, 64 * sizeof *days);
}

void date_spread(struct dates *out, const struct dates *a) {
  for (size_t w = 0; w < out->n_words; w++) {
    int32_t days[64];
    memcpy(days, date_days(a, w), sizeof days);
    date_store(out, w, days);
  }
}

void date_column(struct dates *out, const int32_t *column, uint32_t n) {
  date_fill(out, DATE_UNKNOWN);
  if (column) memcpy(out->day, column, n * sizeof *column);
}

void date_choose(struct dates *out, const struct mask *a, const struct dates *b, const struct dates *c) {
  for (size_t w = 0; w < out->n_words; w++) {
    uint64_t take = a->yes[mask_word(a->n_words, w)];
    const int32_t *x = date_days(b, w), *y = date_days(c, w);
    int32_t days[64];
    for (int i = 0; i < 64; i++) days[i] = take >> i & 1 ? x[i] : y[i];
    date_store(out, w, days);
  }
}

void date_else(struct dates *out, const struct dates *a, const struct dates *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    const int32_t *x = date_days(a, w), *y = date_days(b, w);
    int32_t days[64];
    for (int i = 0; i < 64; i++) days[i] = x[i] != DATE_UNKNOWN ? x[i] : y[i];
    date_store(out, w, days);
  }
}

void date_later(struct dates *out, const struct dates *a, const struct dates *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    const int32_t *x = date_days(a, w), *y = date_days(b, w);
    int32_t days[64];
    for (int i = 0; i < 64; i++) {
      bool known = (x[i] != DATE_UNKNOWN) & (y[i] != DATE_UNKNOWN);
      int32_t later = x[i] > y[i] ? x[i] : y[i];
      days[i] = known ? later : DATE_UNKNOWN;
    }
    date_store(out, w, days);
  }
}

/* An unknown date is the lowest number there is, so the lower of two is unknown where either is. */
void date_earlier(struct dates *out, const struct dates *a, const struct dates *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    const int32_t *x = date_days(a, w), *y = date_days(b, w);
    int32_t days[64];
    for (int i = 0; i < 64; i++) days[i] = x[i] < y[i] ? x[i] : y[i];
    date_store(out, w, days);
  }
}

static uint64_t date_known_word(const struct dates *a, size_t w) {
  const int32_t *x = date_days(a, w);
  uint8_t truth[64];
  for (int i = 0; i < 64; i++) truth[i] = x[i] != DATE_UNKNOWN;
  return mask_pack(truth);
}

void date_known(struct mask *out, const struct dates *a) {
  for (size_t w = 0; w < out->n_words; w++) {
    uint64_t known = date_known_word(a, w);
    out->yes[w] = known;
    out->no[w] = ~known;
  }
}

void dates_months_back(struct dates *out, const struct dates *a, int32_t months) {
  for (size_t w = 0; w < out->n_words; w++) {
    const int32_t *x = date_days(a, w);
    int32_t days[64];
    for (int i = 0; i < 64; i++) days[i] = date_months_back(x[i], months);
    date_store(out, w, days);
  }
}

void dates_days_back(struct dates *out, const struct dates *a, int32_t days_back) {
  for (size_t w = 0; w < out->n_words; w++) {
    const int32_t *x = date_days(a, w);
    int32_t days[64];
    for (int i = 0; i < 64; i++) days[i] = date_days_back(x[i], days_back);
    date_store(out, w, days);
  }
}

static void since_store(struct number *out, size_t w, const double values[64], uint64_t known) {
  memcpy(out->value + w * 64, values, 64 * sizeof *values);
  out->known[w] = known;
  out->censored = false;
}

void dates_days_since(struct number *out, const struct dates *a, int32_t index) {
  for (size_t w = 0; w < out->n_words; w++) {
    const int32_t *x = date_days(a, w);
    double values[64];
    for (int i = 0; i < 64; i++) values[i] = (double)index - x[i];
    since_store(out, w, values, date_known_word(a, w));
  }
}

/* An unknown date is counted from as if it were a date, and the outcome then left unknown. */
static void dates_since(struct number *out, const struct dates *a, int32_t index,
                        int32_t since(int32_t date, int32_t index)) {
  for (size_t w = 0; w < out->n_words; w++) {
    const int32_t *x = date_days(a, w);
    double values[64];
    for (int i = 0; i < 64; i++) values[i] = since(x[i], index);
    since_store(out, w, values, date_known_word(a, w));
  }
}

void dates_weeks_since(struct number *out, const struct dates *a, int32_t index) {
  dates_since(out, a, index, date_weeks_since);
}

void dates_months_since(struct number *out, const struct dates *a, int32_t index) {
  dates_since(out, a, index, date_months_since);
}

void dates_years_since(struct number *out, const struct dates *a, int32_t index) {
  dates_since(out, a, index, date_years_since);
}
