/* file.h: a store as a file, which later runs map into memory: the bytes of its columns are those that the engine reads.
 *
 *   header       what the file is, how long, and a checksum of itself and of the directory
 *   directory    what store.h's structs say, with numbers of strips where those have pointers
 *   strips       the columns themselves, each beginning at a multiple of 64
 *
 * Opening reads header and directory and believes neither before its checksum: every number in them is then checked
 * against what it must fit. The strips are only mapped; whoever is about to read one asks for it to be verified first
 * (store_verify), which is done once. So opening costs the same for any size, and a damaged file is told before a byte of
 * the damage is used. Numbers are of this machine's byte order; a file from another kind of machine is refused. */
#ifndef KLYNGE_STORE_FILE_H
#define KLYNGE_STORE_FILE_H
#include <stdio.h>
#include "runtime/store/store.h"

#define STORE_MAGIC   UINT64_C(0x0a31524f54534b0a) /* "\nKSTOR1\n": a text file that was turned about does not begin so */
#define STORE_VERSION 4u
#define STORE_ALIGN   64
#define STORE_NONE    UINT32_MAX                   /* the number of no strip */

struct file_header {
  uint64_t magic;
  uint32_t version, unused;
  uint64_t length;                   /* of the whole file */
  uint64_t directory_length;         /* which begins right after this header */
  uint64_t directory_hash, header_hash;  /* XXH3; the second of all that stands before it */
};

/* The directory: the counts, then the arrays in the order in which they are counted. */
struct file_counts {
  uint32_t n_strips, n_tables, n_segments, n_values, n_columns, n_practices, n_clusters;
  uint32_t n_texts, n_patients;
  int32_t newest;
  uint64_t hash[2];
  uint32_t text_bytes, text_begins, patient_ids, notes;  /* strips */
};
struct file_strip { uint64_t begin, length, hash; };
struct file_table { uint32_t name, key, first_segment, n_segments, n_values, spans; };
struct file_segment {
  uint64_t n_rows;
  uint32_t code, unit;
  uint32_t block, days, patient, near_date, far_date, end;     /* strips */
  int32_t base;
  uint32_t first_value;
};
struct file_values { double scale, low, high; uint64_t n_missing; uint32_t tiny, small, wide, sign; /* strips */ };
struct file_column { uint32_t name, number, date, text; };

/* Writes a store with notes of the caller's (any bytes; what a reading had to tell). `out` is left open, at the end. The same
 * store and notes give the same bytes. So many threads put them into a file that is new; anything else is
 * written from its beginning to its end. False, with errno set, where it could not be written: what is there is then no
 * store, and `out` need not tell of it (ferror). */
bool store_write(const struct store *store, const void *notes, size_t n_notes, FILE *out, uint32_t threads);

/* Opens a file: NULL with *wrong (a sentence, static) where it is none, or is damaged, or of another version. The store
 * borrows nothing and is closed with store_close. */
struct store *store_open(const char *path, const char **wrong);
/* Whether a file begins as a store does. */
bool store_is_file(const char *path);
/* The notes (borrowed from the store), verified; NULL for a store that is no file, or whose notes are damaged. */
const void *store_notes(const struct store *store, size_t *n_notes);

/* Verifies the strip in which a column of the store lies; NULL is fine, and so is every column of a store in memory. False
 * where its bytes are not those that were written. Done once for each strip; threads may ask at the same time. */
bool store_verify(const struct store *store, const void *column);
/* Verifies all that a scan of a segment reads, that its blocks lie within its rows, and that each block's rows are of its patients,
 * in their order: a scan has no room for others. In which order a patient's rows stand no room depends on, so that is believed.
 * Done once for each segment of the store. */
bool store_verify_segment(const struct store *store, const struct store_segment *segment);
/* Verifies one number column of a segment. */
bool store_verify_values(const struct store *store, const struct store_values *values);
/* Verifies the texts and the ids of patients. */
bool store_verify_people(const struct store *store);
#endif
