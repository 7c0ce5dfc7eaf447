/* mask.h: yes, no or unknown for each patient, as two bitmaps.
 *
 * A patient whose bit is set in neither is unknown; no bit is ever set in both. So an operation of Kleene's logic takes
 * two or three word operations for 64 patients, and counting is a popcount.
 *
 *      a        b       a and b   a or b          yes bit of (a and b) = a.yes & b.yes
 *      yes      yes     yes       yes             no  bit of (a and b) = a.no  | b.no
 *      yes      unknown unknown   yes
 *      yes      no      no        yes             yes bit of (a or b)  = a.yes | b.yes
 *      unknown  yes     unknown   yes             no  bit of (a or b)  = a.no  & b.no
 *      unknown  unknown unknown   unknown
 *      unknown  no      no        unknown         not a: the two bitmaps change places
 *      no       yes     no        yes
 *      no       unknown no        unknown
 *      no       no      no        no
 *
 * A full mask has 64 words, a lane for each patient of a block; a uniform one, the same for all patients, has one word
 * of 64 equal bits. Every function takes operands of either size and works on as many words as its result has; the
 * result may be the same mask as an operand. */
#ifndef KLYNGE_MASK_H
#define KLYNGE_MASK_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MASK_WORDS 64 /* 4,096 lanes */

struct mask {
  uint64_t *yes, *no;  /* borrowed: the memory is the worker's */
  uint32_t n_words;    /* MASK_WORDS or 1 */
};

/* Where the word that stands beside word w of the result is found in an operand of n_words: a uniform one has only one. */
static inline size_t mask_word(uint32_t n_words, size_t w) { return n_words == 1 ? 0 : w; }

enum mask_truth { MASK_NO, MASK_YES, MASK_UNKNOWN };
void mask_fill(struct mask *out, enum mask_truth truth);
/* The outcome of `a` for every lane: it spreads a uniform mask, and copies a full one. */
void mask_spread(struct mask *out, const struct mask *a);

void mask_and(struct mask *out, const struct mask *a, const struct mask *b);
void mask_or(struct mask *out, const struct mask *a, const struct mask *b);
void mask_not(struct mask *out, const struct mask *a);
/* Yes where both are yes or both no, no where they differ, unknown where either is. */
void mask_equal(struct mask *out, const struct mask *a, const struct mask *b);
/* b where a is yes, else c: an unknown condition is passed over. */
void mask_choose(struct mask *out, const struct mask *a, const struct mask *b, const struct mask *c);
/* a, and b where a is unknown. */
void mask_else(struct mask *out, const struct mask *a, const struct mask *b);
/* Yes where a is yes or no, else no. */
void mask_known(struct mask *out, const struct mask *a);
/* Yes where a is yes, else no. */
void mask_yes(struct mask *out, const struct mask *a);

/* How many of the n bits from bit `first` on are set. */
uint32_t mask_count(const uint64_t *bits, uint32_t first, uint32_t n);

/* 64 bytes, each 0 or 1, as the bits of a word: byte i is bit i. */
uint64_t mask_pack(const uint8_t truth[64]);
#endif
