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

#define STRIPS_IN_ORDER (-1)
/* Takes room for `length` bytes, all zero, on the disk of a new file, whose descriptor comes out as *file: strips can then be put there in any
 * order. Where `out` is something else (a pipe, a device, a file with bytes in it) nothing is done, and *file is STRIPS_IN_ORDER. False, with
 * errno set, where there is no such room. */
bool strips_open(int *file, FILE *out, uint64_t length);
/* Tells the checksum of each strip and, unless `file` is STRIPS_IN_ORDER, writes them there. So many threads do it; the bytes do not depend
 * on it. False, with errno set, where they could not be written. */
bool strips_write(int file, const struct piece *pieces, uint32_t n, struct file_strip *strips, uint32_t threads);
#endif
