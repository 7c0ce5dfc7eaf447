/* compare.c: 64 lanes are compared into bytes, which the compiler vectorises, and packed into a word. */
#include "runtime/kernel/compare.h"
#include "runtime/image/dates.h"

static uint64_t values_equal(const double *x, const double *y) {
  uint8_t truth[64];
  for (int i = 0; i < 64; i++) truth[i] = x[i] == y[i];
  return mask_pack(truth);
}

static uint64_t values_less(const double *x, const double *y) {
  uint8_t truth[64];
  for (int i = 0; i < 64; i++) truth[i] = x[i] < y[i];
  return mask_pack(truth);
}

static uint64_t values_at_most(const double *x, const double *y) {
  uint8_t truth[64];
  for (int i = 0; i < 64; i++) truth[i] = x[i] <= y[i];
  return mask_pack(truth);
}

/* Where no lane is censored the rule says the plain comparison. */
static struct outcomes at_most_word(const struct number *a, const struct number *b, size_t w) {
  const double *x = number_values(a, w), *y = number_values(b, w);
  uint64_t known = number_known_word(a, w) & number_known_word(b, w);
  struct outcomes outcomes;
  if (!a->censored && !b->censored) {
    uint64_t at_most = values_at_most(x, y);
    outcomes = (struct outcomes){at_most, ~at_most};
  } else {
    outcomes = compare_at_most(values_less(x, y), values_equal(x, y), number_below_word(a, w), number_above_word(a, w),
                               number_below_word(b, w), number_above_word(b, w));
  }
  return (struct outcomes){outcomes.yes & known, outcomes.no & known};
}

void number_at_most(struct mask *out, const struct number *a, const struct number *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    struct outcomes outcomes = at_most_word(a, b, w);
    out->yes[w] = outcomes.yes;
    out->no[w] = outcomes.no;
  }
}

void number_below(struct mask *out, const struct number *a, const struct number *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    struct outcomes outcomes = outcomes_not(at_most_word(b, a, w));
    out->yes[w] = outcomes.yes;
    out->no[w] = outcomes.no;
  }
}

void number_equal(struct mask *out, const struct number *a, const struct number *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    struct outcomes outcomes = outcomes_and(at_most_word(a, b, w), at_most_word(b, a, w));
    out->yes[w] = outcomes.yes;
    out->no[w] = outcomes.no;
  }
}

static uint64_t days_known(const int32_t *x, const int32_t *y) {
  uint8_t truth[64];
  for (int i = 0; i < 64; i++) truth[i] = (x[i] != DATE_UNKNOWN) & (y[i] != DATE_UNKNOWN);
  return mask_pack(truth);
}

static uint64_t days_at_most(const int32_t *x, const int32_t *y) {
  uint8_t truth[64];
  for (int i = 0; i < 64; i++) truth[i] = x[i] <= y[i];
  return mask_pack(truth);
}

static struct outcomes date_at_most_word(const struct dates *a, const struct dates *b, size_t w) {
  const int32_t *x = date_days(a, w), *y = date_days(b, w);
  uint64_t known = days_known(x, y), at_most = days_at_most(x, y);
  return (struct outcomes){at_most & known, ~at_most & known};
}

void date_at_most(struct mask *out, const struct dates *a, const struct dates *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    struct outcomes outcomes = date_at_most_word(a, b, w);
    out->yes[w] = outcomes.yes;
    out->no[w] = outcomes.no;
  }
}

void date_below(struct mask *out, const struct dates *a, const struct dates *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    struct outcomes outcomes = outcomes_not(date_at_most_word(b, a, w));
    out->yes[w] = outcomes.yes;
    out->no[w] = outcomes.no;
  }
}

void date_equal(struct mask *out, const struct dates *a, const struct dates *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    struct outcomes outcomes = outcomes_and(date_at_most_word(a, b, w), date_at_most_word(b, a, w));
    out->yes[w] = outcomes.yes;
    out->no[w] = outcomes.no;
  }
}
