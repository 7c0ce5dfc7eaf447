/* mask.c: Kleene's logic over bitmaps. Each function reads the words of its operands before it writes any, so that a
 * result may stand in the place of an operand. */
#include "runtime/mask/mask.h"

struct words { uint64_t yes, no; };

static struct words mask_read(const struct mask *mask, size_t w) {
  size_t at = mask_word(mask->n_words, w);
  return (struct words){mask->yes[at], mask->no[at]};
}

static void mask_write(struct mask *out, size_t w, uint64_t yes, uint64_t no) {
  out->yes[w] = yes;
  out->no[w] = no;
}

void mask_fill(struct mask *out, enum mask_truth truth) {
  for (size_t w = 0; w < out->n_words; w++)
    mask_write(out, w, truth == MASK_YES ? UINT64_MAX : 0, truth == MASK_NO ? UINT64_MAX : 0);
}

void mask_spread(struct mask *out, const struct mask *a) {
  for (size_t w = 0; w < out->n_words; w++) {
    struct words x = mask_read(a, w);
    mask_write(out, w, x.yes, x.no);
  }
}

void mask_and(struct mask *out, const struct mask *a, const struct mask *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    struct words x = mask_read(a, w), y = mask_read(b, w);
    mask_write(out, w, x.yes & y.yes, x.no | y.no);
  }
}

void mask_or(struct mask *out, const struct mask *a, const struct mask *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    struct words x = mask_read(a, w), y = mask_read(b, w);
    mask_write(out, w, x.yes | y.yes, x.no & y.no);
  }
}

void mask_not(struct mask *out, const struct mask *a) {
  for (size_t w = 0; w < out->n_words; w++) {
    struct words x = mask_read(a, w);
    mask_write(out, w, x.no, x.yes);
  }
}

void mask_equal(struct mask *out, const struct mask *a, const struct mask *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    struct words x = mask_read(a, w), y = mask_read(b, w);
    mask_write(out, w, (x.yes & y.yes) | (x.no & y.no), (x.yes & y.no) | (x.no & y.yes));
  }
}

void mask_choose(struct mask *out, const struct mask *a, const struct mask *b, const struct mask *c) {
  for (size_t w = 0; w < out->n_words; w++) {
    struct words x = mask_read(a, w), y = mask_read(b, w), z = mask_read(c, w);
    mask_write(out, w, (x.yes & y.yes) | (~x.yes & z.yes), (x.yes & y.no) | (~x.yes & z.no));
  }
}

void mask_else(struct mask *out, const struct mask *a, const struct mask *b) {
  for (size_t w = 0; w < out->n_words; w++) {
    struct words x = mask_read(a, w), y = mask_read(b, w);
    uint64_t known = x.yes | x.no;
    mask_write(out, w, x.yes | (~known & y.yes), x.no | (~known & y.no));
  }
}

void mask_known(struct mask *out, const struct mask *a) {
  for (size_t w = 0; w < out->n_words; w++) {
    struct words x = mask_read(a, w);
    mask_write(out, w, x.yes | x.no, ~(x.yes | x.no));
  }
}

void mask_yes(struct mask *out, const struct mask *a) {
  for (size_t w = 0; w < out->n_words; w++) {
    struct words x = mask_read(a, w);
    mask_write(out, w, x.yes, ~x.yes);
  }
}

/* The classic count in halves, quarters and bytes; compilers turn it into the processor's own instruction where the
 * build allows one. Source: H. S. Warren, Hacker's Delight, 2nd edition (2012), section 5-1. */
static uint32_t mask_count_word(uint64_t x) {
  x -= x >> 1 & 0x5555555555555555u;
  x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
  x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
  return (uint32_t)(x * 0x0101010101010101u >> 56);
}

uint32_t mask_count(const uint64_t *bits, uint32_t first, uint32_t n) {
  if (n == 0) return 0;
  uint32_t end = first + n, last_word = (end - 1) / 64, count = 0;
  for (uint32_t w = first / 64; w <= last_word; w++) {
    uint64_t word = bits[w];
    if (w == first / 64) word &= UINT64_MAX << first % 64;
    if (w == last_word) word &= UINT64_MAX >> (63 - (end - 1) % 64);
    count += mask_count_word(word);
  }
  return count;
}

/* Eight bytes of 0 or 1, read as a number whose lowest byte comes first, times this constant have byte i's bit in bit
 * 56 + i: the products that land elsewhere do not carry into the top byte. */
uint64_t mask_pack(const uint8_t truth[64]) {
  uint64_t bits = 0;
  for (unsigned i = 0; i < 8; i++) {
    const uint8_t *t = truth + i * 8;
    uint64_t bytes = (uint64_t)t[0] | (uint64_t)t[1] << 8 | (uint64_t)t[2] << 16 | (uint64_t)t[3] << 24 |
                     (uint64_t)t[4] << 32 | (uint64_t)t[5] << 40 | (uint64_t)t[6] << 48 | (uint64_t)t[7] << 56;
    bits |= (bytes * 0x0102040810204080u >> 56) << i * 8;
  }
  return bits;
}
