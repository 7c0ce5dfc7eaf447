/* tally.h: how many of a number of outcomes are yes, and what "all of", "any of" and "at least k of" make of it by
 * Kleene's logic: decided as soon as the unknown ones cannot change it. Unknown where nothing was counted. */
#ifndef KLYNGE_TALLY_H
#define KLYNGE_TALLY_H
#include "runtime/kernel/vector.h"

void tally_none(struct tally *out);
/* `a` with one more outcome for each lane. */
void tally_add(struct tally *out, const struct tally *a, const struct mask *b);

void tally_all(struct mask *out, const struct tally *a);
void tally_any(struct mask *out, const struct tally *a);
void tally_at_least(struct mask *out, const struct tally *a, int64_t k);
void tally_at_most(struct mask *out, const struct tally *a, int64_t k);
void tally_exactly(struct mask *out, const struct tally *a, int64_t k);
#endif
