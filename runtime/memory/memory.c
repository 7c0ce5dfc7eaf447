/* memory.c: malloc with the two checks that everyone would otherwise write: does n × size fit, and is there memory. */
#define _DEFAULT_SOURCE /* madvise */
#include "runtime/memory/memory.h"
#include <libintl.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

#define VECTOR_ALIGNMENT 64 /* a cache line, and the widest vector register there is */
#define LARGE_PAGE       ((size_t)2 << 20)
#define LARGE            ((size_t)4 << 20) /* what is smaller is not worth a large page at either end */
#define PAGE             ((uintptr_t)4096) /* or a multiple, on which it does not matter */
#define MANY_PAGES       ((size_t)128 << 10)
#define OWN_MAPPING      (1 << 30)
#define OLD_MOST         (32 << 20) /* the most that the C library took for it before 2.35 */
#define KEPT             (1 << 30)
#define VECTOR_SLACK     64 /* so that a kernel may read a whole register at the last element */

_Noreturn void memory_exhausted(void) {
  fputs(gettext("klynge: there is no memory left\n"), stderr);
  /* Not exit(): that would write out what is half done, and it may not be called by two threads at once. */
  _Exit(4);
}

/* n × size, at least 1, with room for `extra` bytes more in a size_t. */
static size_t memory_length(size_t n, size_t size, size_t extra) {
  if (size != 0 && n > (SIZE_MAX - extra) / size)
    memory_exhausted();
  return n * size == 0 ? 1 : n * size;
}

/* ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The system gives a page when it is first used, and that may take it longer than to fill it: about 11 µs for a page of 4 KiB
 * were measured on a virtual machine. What is large is therefore asked for at once, in large pages where there are some. It is
 * a wish: nothing depends on it, and a system that does not know it is not missed. */
static void ask_for_pages(uintptr_t first, uintptr_t end, uintptr_t page, int advice) {
  first = (first + page - 1) / page * page;
  end = end / page * page;
  if (first < end) madvise((void *)first, end - first, advice);
}

/* Of `length` bytes the first `used` have their pages already. */
static void *wish_pages(void *memory, size_t used, size_t length) {
  uintptr_t at = (uintptr_t)memory;
  if (length >= LARGE) ask_for_pages(at, at + length, LARGE_PAGE, MADV_HUGEPAGE);
#ifdef MADV_POPULATE_WRITE
  if (length >= MANY_PAGES && used < length) ask_for_pages(at + used, at + length, PAGE, MADV_POPULATE_WRITE);
#endif
  return memory;
}

void memory_fetch(const void *mapped, size_t length) {
#ifdef MADV_POPULATE_READ
  uintptr_t at = (uintptr_t)mapped;
  if (length >= MANY_PAGES) ask_for_pages(at, at + length, PAGE, MADV_POPULATE_READ);
#endif
}

/* One heap for all threads, of which up to a gigabyte is kept when it is given back: by itself the library would map each large block
 * anew and unmap it again, and the columns that rows are packed into would need other pages than the rows had. (Measured on 912 MB of
 * CSV, each in turn: from files to tables 0.93 to 0.81 s with two threads, 1.67 to 1.33 with one; 178 MB at the peak instead of 175.) */
void memory_begin(void) {
  mallopt(M_ARENA_MAX, 1);
  if (!mallopt(M_MMAP_THRESHOLD, OWN_MAPPING)) mallopt(M_MMAP_THRESHOLD, OLD_MOST);
  mallopt(M_TRIM_THRESHOLD, KEPT);
}

/* Where memory is limited nothing is taken that may not be needed. */
static bool is_limited(void) {
  static const int limits[] = {RLIMIT_AS, RLIMIT_DATA};
  struct rlimit limit;
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
    if (getrlimit(limits[i], &limit) != 0 || limit.rlim_cur != RLIM_INFINITY) return true;
  return false;
}

void memory_warm(size_t length, const atomic_bool *enough) {
  char *memory = is_limited() ? NULL : malloc(length);
  if (!memory) return;
  uintptr_t begin = (uintptr_t)memory;
  ask_for_pages(begin, begin + length, LARGE_PAGE, MADV_HUGEPAGE);
  /* On a virtual machine the first touch by the program itself is what the host finds its own page for. */
  for (size_t i = 0; i < length && !atomic_load_explicit(enough, memory_order_relaxed); i += PAGE) ((volatile char *)memory)[i] = 0;
  free(memory);
}

/* ── taking ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

void *memory_take(size_t n, size_t size) {
  size_t length = memory_length(n, size, 0);
  void *memory = calloc(length, 1);
  if (!memory)
    memory_exhausted();
  return wish_pages(memory, 0, length);
}

void *memory_resize(void *old, size_t n, size_t size) {
  size_t length = memory_length(n, size, 0);
  size_t used = old ? malloc_usable_size(old) : 0;
  void *memory = realloc(old, length);
  if (!memory)
    memory_exhausted();
  return wish_pages(memory, used, length);
}

void *memory_take_vector(size_t n, size_t size) {
  size_t used = memory_length(n, size, VECTOR_SLACK + VECTOR_ALIGNMENT), length = used + VECTOR_SLACK;
  length = (length + VECTOR_ALIGNMENT - 1) / VECTOR_ALIGNMENT * VECTOR_ALIGNMENT;
  void *memory = aligned_alloc(VECTOR_ALIGNMENT, length);
  if (!memory)
    memory_exhausted();
  memset((char *)wish_pages(memory, 0, length) + used, 0, length - used);
  return memory;
}

char *memory_text(const char *text, size_t length) {
  char *copy = memory_take(length + 1, 1);
  memcpy(copy, text, length);
  return copy;
}
