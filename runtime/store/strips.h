/* strips.h: the columns of a store on their way into a file. A strip's place is known before its bytes are looked at; its
 * checksum is told when they are. */
#ifndef KLYNGE_STORE_STRIPS_H
#define KLYNGE_STORE_STRIPS_H
#include "runtime/store/file.h"

/* Bytes in memory (borrowed). */
struct piece { const void *bytes; uint64_t length; };

/* Says where each of n strips lies, each at a multiple of STORE_ALIGN and the first not before `begin`. Gives where the last
 * one ends. The checksums are still to come. */
uint64_t strips_place(const struct piece *pieces, uint32_t n, uint64_t begin, struct file_strip *strips);

/* Where strips are put by several threads at once: a file of which nothing is written yet. */
struct strips_file {
  int file;                     /* −1: `out` takes bytes only in their order */
  char *bytes;                  /* the file in memory; NULL where it cannot be mapped, and is written by calls */
  uint64_t length;
};
/* Takes room for `length` bytes, all zero, on the disk of a new file; where `out` is something else (a pipe, a device, a file
 * with bytes in it or not opened for reading too) nothing is done but to say so. False, with errno set, where there is no such
 * room. */
bool strips_open(struct strips_file *place, FILE *out, uint64_t length);
/* Tells the checksum of each strip and, where the file takes strips in any order, writes them there. So many threads do it; the
 * bytes do not depend on it. False, with errno set, where they could not be written. */
bool strips_write(const struct strips_file *place, const struct piece *pieces, uint32_t n, struct file_strip *strips, uint32_t threads);
/* Lets go of the mapping. `out` is the caller's. */
void strips_close(struct strips_file *place);
#endif
