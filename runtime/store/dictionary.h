/* dictionary.h: every text once, with a number. The numbers count up from 0 in the order in which texts are added, so
 * an array beside a dictionary can hold what belongs to each text. Store and CSV reader both live on it. */
#ifndef KLYNGE_DICTIONARY_H
#define KLYNGE_DICTIONARY_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DICTIONARY_NONE UINT32_MAX

struct dictionary {
  uint32_t n, room;
  const char **texts;           /* by number, each ended by a NUL; the bytes never move, and the length stands before them */
  uint64_t *slots;              /* open addressing: the upper half of the hash, then number + 1; 0 is a free slot */
  size_t n_slots;               /* a power of two */
  char **chunks;                /* where the bytes are */
  size_t n_chunks, chunk_left;
  char *chunk_end;
};

void dictionary_open(struct dictionary *dictionary);
/* Makes room for so many texts at once. */
void dictionary_expect(struct dictionary *dictionary, uint32_t n);
void dictionary_close(struct dictionary *dictionary);
/* The number of a text, or DICTIONARY_NONE. Reads no byte outside it. */
uint32_t dictionary_find(const struct dictionary *dictionary, const char *bytes, size_t length);
/* Says that a text will be asked for soon: a look-up in a large dictionary is little but waiting for memory. */
void dictionary_fetch(const struct dictionary *dictionary, const char *bytes, size_t length);
/* The text with this number (borrowed; `length` bytes). */
const char *dictionary_text(const struct dictionary *dictionary, uint32_t number, size_t *length);
/* Whether the text with this number is this one. */
bool dictionary_is(const struct dictionary *dictionary, uint32_t number, const char *bytes, size_t length);
/* The number of a text, added if it is new. */
uint32_t dictionary_add(struct dictionary *dictionary, const char *bytes, size_t length);
#endif
