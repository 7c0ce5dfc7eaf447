/* decimal.h: short decimals, all of their bytes at once. */
#ifndef KLYNGE_CSV_DECIMAL_H
#define KLYNGE_CSV_DECIMAL_H
#include "runtime/csv/inner.h"

#define EACH_BYTE(byte) ((byte) * UINT64_C(0x0101010101010101))

/* A high bit in the first byte that is `byte`, and perhaps in others after it; 0 where there is none. */
static inline uint64_t find_byte(uint64_t word, unsigned char byte) {
  uint64_t other = word ^ EACH_BYTE(byte);
  return (other - EACH_BYTE(1)) & ~other & EACH_BYTE(0x80);
}

/* Eight digits, the first one lowest, each as its value. */
static inline uint32_t eight_digits(uint64_t digits) {
  digits = digits * 10 + (digits >> 8);
  return (uint32_t)(((digits & 0x000000ff000000ffu) * 0x000f424000000064u +
                     (digits >> 16 & 0x000000ff000000ffu) * 0x0000271000000001u) >> 32);
}

/* Reads up to eight bytes of digits, and perhaps a point between them; false for any other cell. Which numbers have a point, and how
 * long they are, no processor foresees, so there is no branch for either. */
static inline bool decimal_read(const struct cell *cell, bool comma, struct decimal *number) {
  if (cell->length - 1 > 7) return false;
  uint64_t word = eight_bytes(cell->bytes) << (64 - 8 * cell->length); /* the last byte is the highest */
  uint64_t point = find_byte(word, '.');
  if (comma) point |= find_byte(word, ',');
  unsigned at = (unsigned)__builtin_ctzll(point | UINT64_C(1) << 63) / 8, before = 8 - (unsigned)cell->length;
  uint64_t below = (UINT64_C(1) << 8 * at) - 1;
  /* Without its point the part before it moves up by one. */
  uint64_t joined = (word & ~below << 8) | (word & below) << 8;
  uint64_t used = ~UINT64_C(0) << 8 * before << (point ? 8 : 0), digits = ((point ? joined : word) ^ EACH_BYTE('0')) & used;
  *number = (struct decimal){eight_digits(digits), point ? 7 - at : 0};
  return ((digits | (digits + EACH_BYTE(0x76))) & EACH_BYTE(0x80)) == 0 && !(point && (at <= before || at == 7));
}

/* Both are doubles without error, so their quotient is rounded once. */
static inline double decimal_value(struct decimal number) {
  static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};
  return number.whole / powers[number.decimals];
}
#endif
