#include "runtime/kernel/tally.h"
#include <string.h>
#include "runtime/kernel/compare.h"

void tally_none(struct tally *out) {
  size_t size = out->n_words * (size_t)64 * sizeof *out->total;
  memset(out->yes, 0, size);
  memset(out->no, 0, size);
  memset(out->total, 0, size);
}

void tally_add(struct tally *out, const struct tally *a, const struct mask *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    size_t from = mask_word(a->n_words, w) * 64, at = mask_word(b->n_words, w);
    uint64_t yes = b->yes[at], no = b->no[at];
    for (size_t i = 0; i < 64; i++) {
      out->yes[w * 64 + i] = a->yes[from + i] + (uint32_t)(yes >> i & 1);
      out->no[w * 64 + i] = a->no[from + i] + (uint32_t)(no >> i & 1);
      out->total[w * 64 + i] = a->total[from + i] + 1;
    }
  }
}

/* Yes where k or more of the outcomes are yes, no where too few can still become so. */
static struct outcomes at_least_word(const struct tally *a, size_t w, uint32_t k) {
  size_t from = mask_word(a->n_words, w) * 64;
  const uint32_t *yes = a->yes + from, *no = a->no + from, *total = a->total + from;
  uint8_t enough[64], too_few[64];
  for (int i = 0; i < 64; i++) {
    enough[i] = (total[i] != 0) & (yes[i] >= k);
    too_few[i] = (total[i] != 0) & (total[i] - no[i] < k);
  }
  return (struct outcomes){mask_pack(enough), mask_pack(too_few)};
}

/* No tally holds fewer than 0 or more than UINT32_MAX outcomes, so a k beyond asks the same as the last one within. */
static uint32_t within(int64_t k) { return k < 0 ? 0 : k > UINT32_MAX ? UINT32_MAX : (uint32_t)k; }

static void tally_write(struct mask *out, size_t w, struct outcomes outcomes) {
  out->yes[w] = outcomes.yes;
  out->no[w] = outcomes.no;
}

void tally_at_least(struct mask *out, const struct tally *a, int64_t k) {
  for (size_t w = 0; w < out->n_words; w++) tally_write(out, w, at_least_word(a, w, within(k)));
}

/* At most k is not (at least k + 1). */
void tally_at_most(struct mask *out, const struct tally *a, int64_t k) {
  for (size_t w = 0; w < out->n_words; w++) tally_write(out, w, outcomes_not(at_least_word(a, w, within(k + 1))));
}

void tally_exactly(struct mask *out, const struct tally *a, int64_t k) {
  for (size_t w = 0; w < out->n_words; w++) {
    struct outcomes at_least = at_least_word(a, w, within(k)), at_most = outcomes_not(at_least_word(a, w, within(k + 1)));
    tally_write(out, w, outcomes_and(at_least, at_most));
  }
}

void tally_any(struct mask *out, const struct tally *a) { tally_at_least(out, a, 1); }

/* All are yes unless one is not: any, with yes and no in each other's place. */
void tally_all(struct mask *out, const struct tally *a) {
  struct tally mirror = {.yes = a->no, .no = a->yes, .total = a->total, .n_words = a->n_words};
  tally_any(out, &mirror);
  mask_not(out, out);
}
