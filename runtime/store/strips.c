/* strips.c: the columns of a store are hashed and put into its file by several threads. What takes the time is that the system
 * finds a page for every 4,096 bytes. Calls that write into one file wait for each other, so that two threads gain nothing
 * by them; a mapping of the file is filled by each thread for itself. */
#define _GNU_SOURCE /* fallocate and MADV_POPULATE_WRITE, which Linux alone has */
#include "runtime/store/strips.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "runtime/memory/memory.h"

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

/* A file that is new, and whose bytes may be read as well, as a mapping wants it. */
static bool is_new_file(FILE *out) {
  struct stat what;
  int file = fileno(out);
  if (file < 0 || fstat(file, &what) != 0 || !S_ISREG(what.st_mode) || what.st_size != 0 || ftello(out) != 0) return false;
  int flags = fcntl(file, F_GETFL);
  return flags >= 0 && (flags & O_ACCMODE) == O_RDWR && !(flags & O_APPEND);
}

/* 0 where there is room now, else why not; ENOTSUP where the system or this kind of disk takes none ahead. */
static int take_room(int file, uint64_t length) {
#ifdef __linux__
  int error;
  do error = fallocate(file, 0, 0, (off_t)length) == 0 ? 0 : errno;
  while (error == EINTR);
  return error == EOPNOTSUPP || error == ENOSYS || error == EINVAL ? ENOTSUP : error;
#else
  (void)file;
  (void)length;
  return ENOTSUP;
#endif
}

bool strips_open(struct strips_file *place, FILE *out, uint64_t length) {
  *place = (struct strips_file){.file = -1, .length = length};
  int error = is_new_file(out) ? take_room(fileno(out), length) : ENOTSUP;
  if (error == ENOTSUP) return true;
  if (error) {
    errno = error;
    return false;
  }
  place->file = fileno(out);
  void *bytes = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, place->file, 0);
  if (bytes != MAP_FAILED) place->bytes = bytes;
  return true;
}

void strips_close(struct strips_file *place) {
  if (place->bytes) munmap(place->bytes, place->length);
  place->bytes = NULL;
}

/* ── bytes ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Asks for the pages of some bytes of the mapping before they are written to. A page that cannot be had (a disk that fails, or
 * is full though there was room) would be a signal when its bytes are written; here it is an answer. Nobody else has the file,
 * which is new and not in its place yet, so that it is not cut under the mapping either; and what the disk says later is told
 * when the file is synced. */
static bool have_pages(const struct strips_file *place, uint64_t at, uint64_t length) {
#ifdef MADV_POPULATE_WRITE
  if (!place->bytes) return false;
  uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE), first = at / page * page;
  return madvise(place->bytes + first, at + length - first, MADV_POPULATE_WRITE) == 0;
#else
  (void)place;
  (void)at;
  (void)length;
  return false;
#endif
}

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

static bool put_bytes(const struct strips_file *place, const char *bytes, uint64_t length, uint64_t at) {
  if (place->file < 0 || length == 0) return true;
  if (!have_pages(place, at, length)) return write_at(place->file, bytes, length, at);
  memcpy(place->bytes + at, bytes, length);
  return true;
}

static bool put_strip(const struct strips_file *place, const struct piece *piece, struct file_strip *strip) {
  const char *bytes = piece->bytes;
  bool written = true;
  XXH3_state_t state;
  XXH3_INITSTATE(&state);
  XXH3_64bits_reset(&state);
  for (uint64_t at = 0; at < piece->length && written; at += STEP) {
    uint64_t n = piece->length - at < STEP ? piece->length - at : STEP;
    XXH3_64bits_update(&state, bytes + at, n);
    written = put_bytes(place, bytes + at, n, strip->begin + at);
  }
  strip->hash = XXH3_64bits_digest(&state);
  return written;
}

/* ── threads ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct crew {
  const struct strips_file *place;
  const struct piece *pieces;
  struct file_strip *strips;
  uint32_t n;
  atomic_uint next;
  atomic_int error;             /* why something could not be written, else 0 */
};

static void *work(void *context) {
  struct crew *crew = context;
  for (uint32_t i; (i = atomic_fetch_add(&crew->next, 1)) < crew->n && atomic_load(&crew->error) == 0;)
    if (!put_strip(crew->place, &crew->pieces[i], &crew->strips[i])) atomic_store(&crew->error, errno);
  return NULL;
}

bool strips_write(const struct strips_file *place, const struct piece *pieces, uint32_t n, struct file_strip *strips, uint32_t threads) {
  struct crew crew = {.place = place, .pieces = pieces, .strips = strips, .n = n};
  pthread_t *others = memory_take(threads, sizeof *others);
  uint32_t started = 0;
  while (started + 1 < threads && pthread_create(&others[started], NULL, work, &crew) == 0) started++;
  work(&crew);
  for (uint32_t i = 0; i < started; i++) pthread_join(others[i], NULL);
  free(others);
  int error = atomic_load(&crew.error);
  if (error) errno = error;
  return error == 0;
}
