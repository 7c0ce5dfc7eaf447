/* strips.c: the columns of a store are hashed and put into its file by several threads. What takes the time is that the system
 * finds a page for every 4,096 bytes, and with room taken on the disk ahead two threads were measured to need less of it. (A mapping of the
 * file, filled by each thread for itself, is as fast where the pages are new, and takes twice the time where they are at hand.) */
#define _GNU_SOURCE /* fallocate, which Linux alone has */
#include "runtime/store/strips.h"
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "runtime/crew/crew.h"

enum { STEP = 1 << 18 };        /* bytes that are still in the cache when they are copied after their checksum */

uint64_t strips_place(const struct piece *pieces, uint32_t n, uint64_t begin, struct file_strip *strips) {
  for (uint32_t i = 0; i < n; i++) {
    begin = (begin + STORE_ALIGN - 1) / STORE_ALIGN * STORE_ALIGN;
    strips[i] = (struct file_strip){begin, pieces[i].length, 0};
    begin += pieces[i].length;
  }
  return begin;
}

/* ── room in the file ────────────────────────────────────────────────────────────────────────────────────────────── */

/* A file of which nothing is written, and whose bytes may be written in any order. */
static bool is_new_file(FILE *out) {
  struct stat what;
  int file = fileno(out);
  if (file < 0 || fstat(file, &what) != 0 || !S_ISREG(what.st_mode) || what.st_size != 0 || ftello(out) != 0) return false;
  int flags = fcntl(file, F_GETFL);
  return flags >= 0 && !(flags & O_APPEND);
}

/* 0 where there is room now; why not, where there is none; else ENOTSUP, for whatever the system or this kind of disk has against
 * taking it ahead, bytes may still be written in their order. */
static int take_room(int file, uint64_t length) {
#ifdef __linux__
  int error;
  do error = fallocate(file, 0, 0, (off_t)length) == 0 ? 0 : errno;
  while (error == EINTR);
  return error == 0 || error == ENOSPC || error == EDQUOT || error == EFBIG ? error : ENOTSUP;
#else
  (void)file;
  (void)length;
  return ENOTSUP;
#endif
}

bool strips_open(int *file, FILE *out, uint64_t length) {
  int error = is_new_file(out) ? take_room(fileno(out), length) : ENOTSUP;
  *file = error ? STRIPS_IN_ORDER : fileno(out);
  if (error) errno = error;
  return error == 0 || error == ENOTSUP;
}

/* ── bytes ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool write_at(int file, const char *bytes, uint64_t length, uint64_t at) {
  while (length > 0) {
    ssize_t n = pwrite(file, bytes, length, (off_t)at);
    if (n < 0 && errno != EINTR) return false;
    if (n < 0) continue;
    bytes += n;
    at += (uint64_t)n;
    length -= (uint64_t)n;
  }
  return true;
}

static bool put_strip(int file, const struct piece *piece, struct file_strip *strip) {
  const char *bytes = piece->bytes;
  bool written = true;
  XXH3_state_t state;
  XXH3_INITSTATE(&state);
  XXH3_64bits_reset(&state);
  for (uint64_t at = 0; at < piece->length && written; at += STEP) {
    uint64_t n = piece->length - at < STEP ? piece->length - at : STEP;
    XXH3_64bits_update(&state, bytes + at, n);
    written = file == STRIPS_IN_ORDER || write_at(file, bytes + at, n, strip->begin + at);
  }
  strip->hash = XXH3_64bits_digest(&state);
  return written;
}

/* ── threads ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Who is free takes the next. */
struct writing {
  int file;
  const struct piece *pieces;
  struct file_strip *strips;
  uint32_t n;
  atomic_uint next;
  atomic_int error;             /* why something could not be written, else 0 */
};

static void put_strips(void *context, uint32_t hand) {
  struct writing *writing = context;
  (void)hand;
  for (uint32_t i; (i = atomic_fetch_add(&writing->next, 1)) < writing->n && atomic_load(&writing->error) == 0;)
    if (!put_strip(writing->file, &writing->pieces[i], &writing->strips[i])) atomic_store(&writing->error, errno);
}

bool strips_write(int file, const struct piece *pieces, uint32_t n, struct file_strip *strips, uint32_t threads) {
  struct writing writing = {.file = file, .pieces = pieces, .strips = strips, .n = n};
  crew_work(threads, put_strips, &writing);
  int error = atomic_load(&writing.error);
  if (error) errno = error;
  return error == 0;
}
