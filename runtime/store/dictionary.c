/* dictionary.c: a hash table with open addressing. A slot holds half of the hash beside the number, so that a look-up
 * that finds nothing seldom touches a text. */
#include "runtime/store/dictionary.h"
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"

enum { FIRST_SLOTS = 64, FIRST_CHUNK = 1 << 16, LARGEST_CHUNK = 1 << 22 };

static uint64_t word_at(const char *bytes) {
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
  return word;
}

static uint64_t half_at(const char *bytes) {
  uint32_t half;
  memcpy(&half, bytes, sizeof half);
  return half;
}

static uint64_t mix(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
  return hash ^ (hash >> 32);
}

/* Eight bytes at a time; the last ones overlap those before them, so that nothing outside the text is read. */
static uint64_t hash_of(const char *bytes, size_t length) {
  uint64_t hash = length;
  if (length >= 8) {
    for (size_t i = 0; i + 8 < length; i += 8) hash = mix(hash, word_at(bytes + i));
    hash = mix(hash, word_at(bytes + length - 8));
  } else if (length >= 4) {
    hash = mix(hash, half_at(bytes) << 32 | half_at(bytes + length - 4));
  } else if (length > 0) {
    uint64_t first = (unsigned char)bytes[0], middle = (unsigned char)bytes[length / 2],
             last = (unsigned char)bytes[length - 1];
    hash = mix(hash, first << 16 | middle << 8 | last);
  }
  return mix(hash, 0x2545f4914f6cdd1du);
}

/* Beside the text, so that looking at both is one visit to memory: a look-up in a large dictionary is little else. */
static uint32_t length_of(const char *text) {
  uint32_t length;
  memcpy(&length, text - sizeof length, sizeof length);
  return length;
}

const char *dictionary_text(const struct dictionary *dictionary, uint32_t number, size_t *length) {
  *length = length_of(dictionary->texts[number]);
  return dictionary->texts[number];
}

bool dictionary_is(const struct dictionary *dictionary, uint32_t number, const char *bytes, size_t length) {
  const char *text = dictionary->texts[number];
  return length_of(text) == length && memcmp(text, bytes, length) == 0;
}

/* The slot that holds the text, or the free one where it would go. */
static size_t slot_of(const struct dictionary *dictionary, uint64_t hash, const char *bytes, size_t length) {
  size_t mask = dictionary->n_slots - 1;
  for (size_t slot = (size_t)hash & mask;; slot = (slot + 1) & mask) {
    uint64_t held = dictionary->slots[slot];
    if (held == 0) return slot;
    if ((held ^ hash) >> 32 != 0) continue;
    uint32_t number = (uint32_t)held - 1;
    if (dictionary_is(dictionary, number, bytes, length)) return slot;
  }
}

static void spread(struct dictionary *dictionary, size_t n_slots) {
  free(dictionary->slots);
  dictionary->slots = memory_take(n_slots, sizeof *dictionary->slots);
  dictionary->n_slots = n_slots;
  for (uint32_t i = 0; i < dictionary->n; i++) {
    uint64_t hash = hash_of(dictionary->texts[i], length_of(dictionary->texts[i]));
    size_t slot = (size_t)hash & (n_slots - 1);
    while (dictionary->slots[slot] != 0) slot = (slot + 1) & (n_slots - 1);
    dictionary->slots[slot] = (hash >> 32 << 32) | (i + 1);
  }
}

static const char *keep(struct dictionary *dictionary, const char *bytes, size_t length) {
  uint32_t prefix = (uint32_t)length;
  size_t needed = sizeof prefix + length + 1;
  if (dictionary->chunk_left < needed) {
    /* A large one gets its pages at once. */
    size_t size = dictionary->n_chunks < 6 ? (size_t)FIRST_CHUNK << dictionary->n_chunks : LARGEST_CHUNK;
    if (size < needed) size = needed;
    dictionary->chunks = memory_resize(dictionary->chunks, dictionary->n_chunks + 1, sizeof *dictionary->chunks);
    dictionary->chunks[dictionary->n_chunks++] = dictionary->chunk_end = memory_take(size, 1);
    dictionary->chunk_left = size;
  }
  char *text = dictionary->chunk_end + sizeof prefix;
  memcpy(dictionary->chunk_end, &prefix, sizeof prefix);
  memcpy(text, bytes, length);
  text[length] = '\0';
  dictionary->chunk_end += needed;
  dictionary->chunk_left -= needed;
  return text;
}

void dictionary_open(struct dictionary *dictionary) {
  *dictionary = (struct dictionary){0};
  spread(dictionary, FIRST_SLOTS);
}

void dictionary_expect(struct dictionary *dictionary, uint32_t n) {
  size_t n_slots = dictionary->n_slots;
  while (n_slots < 2 * (size_t)n) n_slots *= 2;
  if (n_slots > dictionary->n_slots) spread(dictionary, n_slots);
}

void dictionary_close(struct dictionary *dictionary) {
  for (size_t i = 0; i < dictionary->n_chunks; i++) free(dictionary->chunks[i]);
  free(dictionary->chunks);
  free(dictionary->texts);
  free(dictionary->slots);
  *dictionary = (struct dictionary){0};
}

uint32_t dictionary_find(const struct dictionary *dictionary, const char *bytes, size_t length) {
  uint64_t held = dictionary->slots[slot_of(dictionary, hash_of(bytes, length), bytes, length)];
  return held == 0 ? DICTIONARY_NONE : (uint32_t)held - 1;
}

void dictionary_fetch(const struct dictionary *dictionary, const char *bytes, size_t length) {
  __builtin_prefetch(&dictionary->slots[hash_of(bytes, length) & (dictionary->n_slots - 1)]);
}

uint32_t dictionary_add(struct dictionary *dictionary, const char *bytes, size_t length) {
  uint64_t hash = hash_of(bytes, length);
  size_t slot = slot_of(dictionary, hash, bytes, length);
  if (dictionary->slots[slot] != 0) return (uint32_t)dictionary->slots[slot] - 1;
  if (dictionary->n == DICTIONARY_NONE - 1 || length > UINT32_MAX) memory_exhausted();
  if (dictionary->n == dictionary->room) {
    dictionary->room = dictionary->room ? dictionary->room + dictionary->room / 2 : FIRST_SLOTS;
    dictionary->texts = memory_resize(dictionary->texts, dictionary->room, sizeof *dictionary->texts);
  }
  dictionary->texts[dictionary->n] = keep(dictionary, bytes, length);
  dictionary->slots[slot] = (hash >> 32 << 32) | ++dictionary->n;
  if (dictionary->n * (size_t)2 > dictionary->n_slots) spread(dictionary, dictionary->n_slots * 2);
  return dictionary->n - 1;
}
