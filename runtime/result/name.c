/* name.c: which letter a practice appears under. */
#include "runtime/result/names.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"

/* The keyed hash of a cluster, or of a practice in it. The NUL between the ids keeps cluster A, practice BC from being
 * the same as cluster AB, practice C; the letter in front keeps a cluster from being taken for a practice. */
static void tag_of(const struct name_key *key, const char *cluster, const char *practice, unsigned char tag[NAME_TAG]) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, key->secret, NAME_SECRET, NAME_TAG);
  crypto_generichash_update(&state, (const unsigned char *)(practice ? "p" : "c"), 1);
  crypto_generichash_update(&state, (const unsigned char *)cluster, strlen(cluster) + 1);
  if (practice)
    crypto_generichash_update(&state, (const unsigned char *)practice, strlen(practice) + 1);
  crypto_generichash_final(&state, tag, NAME_TAG);
}

static void write_hash(const uint64_t hash[2], unsigned char bytes[16]) {
  for (int i = 0; i < 16; i++)
    bytes[i] = (unsigned char)(hash[i / 8] >> (8 * (i % 8)));
}

void name_key_from_data(const uint64_t hash[2], struct name_key *key) {
  unsigned char bytes[16];
  write_hash(hash, bytes);
  *key = (struct name_key){.given = NULL};
  crypto_generichash(key->secret, NAME_SECRET, bytes, sizeof bytes, (const unsigned char *)"klynge names of the data", 24);
}

void name_data(const uint64_t hash[2], uint64_t shown[2]) {
  unsigned char bytes[16], out[16];
  write_hash(hash, bytes);
  crypto_generichash(out, sizeof out, bytes, sizeof bytes, (const unsigned char *)"klynge shows the data", 21);
  shown[0] = shown[1] = 0;
  for (int i = 0; i < 16; i++)
    shown[i / 8] |= (uint64_t)out[i] << (8 * (i % 8));
}

void name_key_print(const struct name_key *key, char out[17]) {
  unsigned char hash[crypto_generichash_BYTES_MIN];
  crypto_generichash(hash, sizeof hash, (const unsigned char *)"klynge letters", 14, key->secret, NAME_SECRET);
  sodium_bin2hex(out, 17, hash, 8);
}

void name_key_close(struct name_key *key) {
  sodium_memzero(key->secret, NAME_SECRET);
  free(key->given);
  key->given = NULL;
}

/* A practice that waits for its number. */
struct newcomer { unsigned char tag[NAME_TAG]; const char *id; uint32_t place; };

static int compare_newcomers(const void *left, const void *right) {
  const struct newcomer *a = left, *b = right;
  int order = memcmp(a->tag, b->tag, NAME_TAG);
  return order ? order : strcmp(a->id, b->id);
}

/* The first number that no practice of the cluster has ever had: numbers are given without gaps, and those of
 * practices that have left are not given again, or a follow-up would show two practices as one. */
static uint32_t next_number(const struct name_key *key, const unsigned char cluster[NAME_TAG]) {
  uint32_t next = 0;
  for (uint32_t i = 0; i < key->n_given; i++)
    if (memcmp(key->given[i].cluster, cluster, NAME_TAG) == 0 && key->given[i].number >= next)
      next = key->given[i].number + 1;
  return next;
}

static const struct name_given *find_given(const struct name_key *key, const unsigned char practice[NAME_TAG]) {
  for (uint32_t i = 0; i < key->n_given; i++)
    if (memcmp(key->given[i].practice, practice, NAME_TAG) == 0)
      return &key->given[i];
  return NULL;
}

void name_draw(struct name_key *key, const char *cluster, const char *const *practices, uint32_t n, uint32_t *numbers) {
  struct newcomer *newcomers = memory_take(n, sizeof *newcomers);
  uint32_t n_newcomers = 0;
  for (uint32_t i = 0; i < n; i++) {
    struct newcomer newcomer = {.id = practices[i], .place = i};
    tag_of(key, cluster, practices[i], newcomer.tag);
    const struct name_given *given = find_given(key, newcomer.tag);
    if (given)
      numbers[i] = given->number;
    else
      newcomers[n_newcomers++] = newcomer;
  }
  qsort(newcomers, n_newcomers, sizeof *newcomers, compare_newcomers);

  struct name_given name;
  tag_of(key, cluster, NULL, name.cluster);
  uint32_t next = next_number(key, name.cluster);
  key->given = memory_resize(key->given, (size_t)key->n_given + n_newcomers, sizeof *key->given);
  for (uint32_t i = 0; i < n_newcomers; i++) {
    memcpy(name.practice, newcomers[i].tag, NAME_TAG);
    name.number = numbers[newcomers[i].place] = next++;
    key->given[key->n_given++] = name;
    key->changed = true;
  }
  free(newcomers);
}

/* Counting with letters has no zero: after Z comes AA, so each further letter takes one off first. */
void name_letters(uint32_t number, char out[8]) {
  char backwards[8];
  int n = 0;
  for (uint64_t rest = (uint64_t)number + 1; rest > 0; rest = (rest - 1) / 26)
    backwards[n++] = (char)('A' + (rest - 1) % 26);
  for (int i = 0; i < n; i++)
    out[i] = backwards[n - 1 - i];
  out[n] = '\0';
}
