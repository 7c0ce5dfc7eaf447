/* memory.c: the Boehm collector behind memory.h; no other file includes gc.h. */
#include "lang/memory.h"
#include <gc.h>
#include <stdio.h>
#include <string.h>

static void (*on_exhausted)(void);

static void *no_memory(size_t bytes) {
  (void)bytes;
  on_exhausted();
  return NULL;
}

/* The product of two sizes; one that does not fit a size_t fits no memory either. */
static size_t total(size_t n, size_t size) {
  if (size && n > (size_t)-1 / 2 / size) no_memory(0);
  return n * size;
}

void memory_start(void (*exhausted)(void)) {
  on_exhausted = exhausted;
  GC_INIT();
  GC_set_oom_fn(no_memory);
}

void *memory_new(size_t n, size_t size) { return GC_MALLOC(total(n, size)); }

void *memory_bytes(size_t length) { return GC_MALLOC_ATOMIC(length); }

/* The collector remembers of each block whether it may hold pointers, and keeps that when the block grows. A block that
 * did not exist yet is taken to hold them. */
void *memory_grow(void *old, size_t n, size_t size) {
  return old ? GC_REALLOC(old, total(n, size)) : memory_new(n, size);
}

char *memory_copy(const char *text, size_t length) {
  char *copy = memory_bytes(length + 1);
  memcpy(copy, text, length);
  copy[length] = 0;
  return copy;
}

char *memory_print_list(const char *format, va_list list) {
  va_list again;
  va_copy(again, list);
  int length = vsnprintf(NULL, 0, format, list);
  char *text = memory_bytes((size_t)(length < 0 ? 0 : length) + 1);
  if (length < 0) text[0] = 0;
  else vsnprintf(text, (size_t)length + 1, format, again);
  va_end(again);
  return text;
}

char *memory_print(const char *format, ...) {
  va_list list;
  va_start(list, format);
  char *text = memory_print_list(format, list);
  va_end(list);
  return text;
}
