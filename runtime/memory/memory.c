/* memory.c: malloc with the two checks that everyone would otherwise write: does n × size fit, and is there memory. */
#define _DEFAULT_SOURCE /* madvise */
#include "runtime/memory/memory.h"
#include <libintl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define VECTOR_ALIGNMENT 64 /* a cache line, and the widest vector register there is */
#define LARGE_PAGE       ((size_t)2 << 20)
#define LARGE            ((size_t)4 << 20) /* what is smaller is not worth a large page at either end */
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

/* Asks for large pages below what is large and has not been touched yet: to be given a page on its first use takes the system
 * longer than to fill it, and a store is millions of small pages. It is a wish; nothing depends on it. */
static void *wish_large_pages(void *memory, size_t length) {
  uintptr_t first = ((uintptr_t)memory + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
  uintptr_t end = ((uintptr_t)memory + length) / LARGE_PAGE * LARGE_PAGE;
  if (length >= LARGE && first < end)
    madvise((void *)first, end - first, MADV_HUGEPAGE);
  return memory;
}

void *memory_take(size_t n, size_t size) {
  size_t length = memory_length(n, size, 0);
  void *memory = calloc(length, 1);
  if (!memory)
    memory_exhausted();
  return wish_large_pages(memory, length);
}

void *memory_resize(void *old, size_t n, size_t size) {
  size_t length = memory_length(n, size, 0);
  void *memory = realloc(old, length);
  if (!memory)
    memory_exhausted();
  return wish_large_pages(memory, length);
}

void *memory_take_vector(size_t n, size_t size) {
  size_t length = memory_length(n, size, VECTOR_SLACK + VECTOR_ALIGNMENT) + VECTOR_SLACK;
  length = (length + VECTOR_ALIGNMENT - 1) / VECTOR_ALIGNMENT * VECTOR_ALIGNMENT;
  void *memory = aligned_alloc(VECTOR_ALIGNMENT, length);
  if (!memory)
    memory_exhausted();
  return memset(wish_large_pages(memory, length), 0, length);
}

char *memory_text(const char *text, size_t length) {
  char *copy = memory_take(length + 1, 1);
  memcpy(copy, text, length);
  return copy;
}
