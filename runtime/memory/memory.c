/* memory.c: malloc with the two checks that everyone would otherwise write: does n × size fit, and is there memory. */
#include "runtime/memory/memory.h"
#include <libintl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VECTOR_ALIGNMENT 64 /* a cache line, and the widest vector register there is */
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

void *memory_take(size_t n, size_t size) {
  void *memory = calloc(memory_length(n, size, 0), 1);
  if (!memory)
    memory_exhausted();
  return memory;
}

void *memory_resize(void *old, size_t n, size_t size) {
  void *memory = realloc(old, memory_length(n, size, 0));
  if (!memory)
    memory_exhausted();
  return memory;
}

void *memory_take_vector(size_t n, size_t size) {
  size_t length = memory_length(n, size, VECTOR_SLACK + VECTOR_ALIGNMENT) + VECTOR_SLACK;
  length = (length + VECTOR_ALIGNMENT - 1) / VECTOR_ALIGNMENT * VECTOR_ALIGNMENT;
  void *memory = aligned_alloc(VECTOR_ALIGNMENT, length);
  if (!memory)
    memory_exhausted();
  return memset(memory, 0, length);
}

char *memory_text(const char *text, size_t length) {
  char *copy = memory_take(length + 1, 1);
  memcpy(copy, text, length);
  return copy;
}
