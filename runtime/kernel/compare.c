/* compare.c: how lanes compare, a word of outcomes for 64 of them. */
#include "runtime/kernel/compare.h"
#include "runtime/kernel/select.h"
#include "runtime/image/dates.h"

/* The values beside a result of n_words: see select.h. */
static struct select_pair values_of(const struct number *a, const struct number *b) {
  return (struct select_pair){a->value, b->value, a->n_words == 1 ? 0 : 64, b->n_words == 1 ? 0 : 64};
}

/* That a is at most b; where no lane is censored the rule says the plain comparison. */
static void compare_words(const struct number *a, const struct number *b, size_t n_words, uint64_t *yes, uint64_t *no) {
  const struct select *select = select_chosen();
  struct select_pair values = values_of(a, b);
  if (!a->censored && !b->censored) {
    select->at_most(&values, n_words, yes);
    for (size_t w = 0; w < n_words; w++) no[w] = ~yes[w];
  } else {
    select->less(&values, n_words, yes);
    select->equal(&values, n_words, no);
    for (size_t w = 0; w < n_words; w++) {
      struct outcomes outcomes = compare_at_most(yes[w], no[w], number_below_word(a, w), number_above_word(a, w),
                                                 number_below_word(b, w), number_above_word(b, w));
      yes[w] = outcomes.yes;
      no[w] = outcomes.no;
    }
  }
  for (size_t w = 0; w < n_words; w++) {
    uint64_t known = number_known_word(a, w) & number_known_word(b, w);
    yes[w] &= known;
    no[w] &= known;
  }
}

void number_at_most(struct mask *out, const struct number *a, const struct number *b) {
  compare_words(a, b, out->n_words, out->yes, out->no);
}

/* That a is below b is that b is not at most a. */
void number_below(struct mask *out, const struct number *a, const struct number *b) {
  compare_words(b, a, out->n_words, out->no, out->yes);
}

void number_equal(struct mask *out, const struct number *a, const struct number *b) {
  uint64_t yes[MASK_WORDS], no[MASK_WORDS];
  compare_words(b, a, out->n_words, yes, no);
  compare_words(a, b, out->n_words, out->yes, out->no);
  for (size_t w = 0; w < out->n_words; w++) {
    out->yes[w] &= yes[w];
    out->no[w] |= no[w];
  }
}

/* ── dates: 64 lanes are compared into bytes, which the compiler vectorises, and packed into a word ─────────────────── */

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
