/* hash.h: the hash of a text, for tables in which texts are found. Eight bytes are taken at a time: names and keywords are
 * looked up for every word of a rule file, and most are no longer. Numbers differ from machine to machine, so nothing that is
 * seen may depend on their order. */
#ifndef KLYNGE_HASH_H
#define KLYNGE_HASH_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A product has nothing in its low bits of the high ones of its factors, in which names that are numbered differ. So the high
 * bits are brought down twice: before it, where they count, and after it, where tables look. */
static inline uint64_t hash_on(uint64_t hash, uint64_t part) {
  hash ^= part;
  hash = (hash ^ hash >> 32) * UINT64_C(0x9E3779B97F4A7C15);
  return hash ^ hash >> 32;
}

/* The first and the last four bytes of four to eight, or all of three at most. */
static inline uint64_t hash_letters(const char *text, size_t length) {
  if (length >= 4) {
    uint32_t first, last;
    memcpy(&first, text, sizeof first);
    memcpy(&last, text + length - sizeof last, sizeof last);
    return (uint64_t)last << 32 | first;
  }
  const unsigned char *letters = (const unsigned char *)text;
  return length ? (uint64_t)letters[0] << 16 | (uint64_t)letters[length / 2] << 8 | letters[length - 1] : 0;
}

static inline uint64_t hash_text(const char *text, size_t length) {
  uint64_t hash = length;
  for (; length > 8; text += 8, length -= 8) {
    uint64_t part;
    memcpy(&part, text, sizeof part);
    hash = hash_on(hash, part);
  }
  return hash_on(hash, hash_letters(text, length));
}
#endif
