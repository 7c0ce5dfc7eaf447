#include "runtime/kernel/tally.h"
#include <string.h>
#include "runtime/kernel/select.h"

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

/* No tally holds fewer than 0 or more than UINT32_MAX outcomes, so a k beyond asks the same as the last one within. */
static uint32_t within(int64_t k) { return k < 0 ? 0 : k > UINT32_MAX ? UINT32_MAX : (uint32_t)k; }

/* Yes where k or more of the outcomes are yes, no where too few can still become so. A tally has as many words as its
 * result, or one for a result of any size. */
static void at_least(const struct tally *a, int64_t k, size_t n_words, uint64_t *yes, uint64_t *no) {
  select_chosen()->at_least(a, within(k), a->n_words, yes, no);
  for (size_t w = a->n_words; w < n_words; w++) {
    yes[w] = yes[0];
    no[w] = no[0];
  }
}

void tally_at_least(struct mask *out, const struct tally *a, int64_t k) { at_least(a, k, out->n_words, out->yes, out->no); }

/* At most k is not (at least k + 1). */
void tally_at_most(struct mask *out, const struct tally *a, int64_t k) { at_least(a, k + 1, out->n_words, out->no, out->yes); }

void tally_exactly(struct mask *out, const struct tally *a, int64_t k) {
  uint64_t more[MASK_WORDS], no_more[MASK_WORDS];
  at_least(a, k + 1, out->n_words, more, no_more);
  at_least(a, k, out->n_words, out->yes, out->no);
  for (size_t w = 0; w < out->n_words; w++) {
    out->yes[w] &= no_more[w];
    out->no[w] |= more[w];
  }
}

void tally_any(struct mask *out, const struct tally *a) { tally_at_least(out, a, 1); }

/* All are yes unless one is not: any, with yes and no in each other's place. */
void tally_all(struct mask *out, const struct tally *a) {
  struct tally mirror = {.yes = a->no, .no = a->yes, .total = a->total, .n_words = a->n_words};
  tally_any(out, &mirror);
  mask_not(out, out);
}
