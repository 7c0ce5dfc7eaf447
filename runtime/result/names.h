/* names.h: pseudonyms of practices, A, B, … Z, AA, AB, …, drawn for each cluster by a keyed hash.
 *
 *     practice P07 of cluster C1 ──hash with the key──> 5f1c… ──sorted among the cluster's──> the third: C
 *
 * Whoever has no key can neither say which practice a letter stands for nor find the same practice in another cluster.
 * A key that lives in a file also remembers who got which letter, so that a letter outlives practices that come and go. */
#ifndef KLYNGE_RESULT_NAMES_H
#define KLYNGE_RESULT_NAMES_H
#include <stdbool.h>
#include <stdint.h>

#define NAME_SECRET 32 /* bytes of a key */
#define NAME_TAG    16 /* bytes of a hash */

/* A practice that has its letter. Neither tag can be turned back into an id without the key. */
struct name_given {
  unsigned char cluster[NAME_TAG];
  unsigned char practice[NAME_TAG];
  uint32_t number;                 /* 0 for A, 1 for B, … */
};

struct name_key {
  unsigned char secret[NAME_SECRET];
  struct name_given *given;
  uint32_t n_given;
  bool changed;                    /* holds what its file does not */
};

/* A key made of the data: the same data give the same letters. */
void name_key_from_data(const uint64_t hash[2], struct name_key *key);
/* What a result says of the data's hash, to tell data apart: a hash of it, for who has the hash itself has the key, and could
 * find out which of all the practices that there are a letter stands for. */
void name_data(const uint64_t hash[2], uint64_t shown[2]);
/* Reads the key in the file `path`, or makes a new one where there is no such file. False with *error (a sentence, freed
 * by the caller) and *exit_code when the file is there and cannot be read as a key. */
bool name_key_read(const char *path, struct name_key *key, char **error, int *exit_code);
/* Writes the key if it has changed: beside its place, synced, then renamed; only its owner can read it. False as above. */
bool name_key_write(const char *path, struct name_key *key, char **error, int *exit_code);
/* By what a key is told from another, without giving it away: 16 hex digits. Practices of two results have the same letters where
 * this is the same. */
void name_key_print(const struct name_key *key, char out[17]);
/* Wipes the secret from memory and frees the rest. */
void name_key_close(struct name_key *key);

/* Gives every one of a cluster's `n` practices (ids) its number: the one that the key remembers, else the lowest that
 * no practice of the cluster has ever had, in the order of their hashes. The key remembers the new ones. */
void name_draw(struct name_key *key, const char *cluster, const char *const *practices, uint32_t n, uint32_t *numbers);
/* The letters of a number: A … Z, AA … ZZ, AAA … */
void name_letters(uint32_t number, char out[8]);

/* As printf, into a new text that the caller frees. */
char *name_sentence(const char *format, ...) __attribute__((format(printf, 1, 2)));
#endif
