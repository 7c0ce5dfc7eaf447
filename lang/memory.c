/* memory.c: the Boehm collector behind memory.h; no other file includes gc.h. */
#define _DEFAULT_SOURCE /* madvise */
#include "lang/memory.h"
#include <gc.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <stdint.h>

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

/* Bytes of address space from the start: a pack is compiled before there is anything to collect. */
enum { FIRST_HEAP = 16 << 20, LARGE_PAGE = 2 << 20, BEFORE_LEAST = 8 << 10 };

/* Asks the system for large pages below the first heap: to be given a small one on its first use takes longer than all that
 * the compiler writes into it. The collector does not tell where its heap lies, but a large object does. It fills a heap from
 * its front, so what lies before the first large page is taken away and kept: that is addresses, not memory. */
static void use_large_pages(void) {
  static char *before;
  size_t length = FIRST_HEAP - (64 << 10);
  char *all = GC_MALLOC_ATOMIC(length);
  if (!all) return;
  char *first = (char *)(((uintptr_t)all + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE);
  char *end = (char *)((uintptr_t)(all + length) / LARGE_PAGE * LARGE_PAGE);
  if (first < end) madvise(first, (size_t)(end - first), MADV_HUGEPAGE);
  GC_FREE(all);
  if (first - all > BEFORE_LEAST) before = GC_MALLOC_ATOMIC((size_t)(first - all - BEFORE_LEAST));
  (void)before;
}

void memory_start(void (*exhausted)(void)) {
  on_exhausted = exhausted;
  GC_set_all_interior_pointers(1); /* a slice is known by a pointer into its block */
  GC_INIT();
  GC_expand_hp(FIRST_HEAP);
  use_large_pages();
  GC_set_oom_fn(no_memory);
}

/* What is small is sliced off a block: a compiler makes ten thousand nodes, texts and arrays of a few bytes, and to ask the
 * collector for each takes several times as long as to fill it. A block stays as long as one of its slices is in use. */
enum { BLOCK = 4 * 4096 - 16, MOST_SLICED = 1024, ALIGNMENT = 8 };
struct block { char *at, *end; };
static struct block cleared, plain;

/* A new block is begun: else what is in use of one time of the program would keep the block before it, and that the one before. */
void memory_collect(void) {
  cleared = plain = (struct block){NULL, NULL};
  GC_gcollect();
}

static void *slice(struct block *block, size_t bytes, void *(*take)(size_t)) {
  if (bytes > (size_t)(block->end - block->at)) {
    block->at = take(BLOCK);
    block->end = block->at + BLOCK;
  }
  char *sliced = block->at;
  block->at += bytes;
  return sliced;
}

static void *take_cleared(size_t bytes) { return GC_MALLOC(bytes); }
static void *take_plain(size_t bytes) { return GC_MALLOC_ATOMIC(bytes); }

static size_t aligned(size_t size) { return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT; }

void *memory_one(size_t size) {
  size = aligned(size);
  return size <= MOST_SLICED ? slice(&cleared, size, take_cleared) : GC_MALLOC(size);
}

static char *text_of(size_t length) {
  size_t size = aligned(length + 1);
  return size <= MOST_SLICED ? slice(&plain, size, take_plain) : GC_MALLOC_ATOMIC(size);
}

/* What may grow knows, in front of it, how long it may get where it lies, and whether it may hold pointers. */
struct array {
  size_t room : 63, is_plain : 1;
  char bytes[];
};
static const size_t before = offsetof(struct array, bytes);

static void *array_of(size_t room, bool is_plain) {
  size_t whole = before + room;
  struct array *array;
  if (whole > MOST_SLICED) array = is_plain ? GC_MALLOC_ATOMIC(whole) : GC_MALLOC(whole);
  else array = is_plain ? slice(&plain, whole, take_plain) : slice(&cleared, whole, take_cleared);
  array->room = room;
  array->is_plain = is_plain;
  return array->bytes;
}

void *memory_new(size_t n, size_t size) { return array_of(aligned(total(n, size)), false); }

void *memory_bytes(size_t length) { return array_of(aligned(total(length, 1)), true); }

/* Who adds one at a time copies no more than who doubles: there is room for as much again. */
void *memory_grow(void *old, size_t n, size_t size) {
  if (!old) return memory_new(n, size);
  struct array *array = (struct array *)((char *)old - before);
  size_t wanted = aligned(total(n, size));
  if (wanted <= array->room) return old;
  size_t room = wanted < 2 * array->room ? 2 * array->room : wanted;
  if (before + array->room <= MOST_SLICED) {
    return memcpy(array_of(room, array->is_plain), old, array->room);
  }
  array = GC_REALLOC(array, before + room);
  array->room = room;
  return array->bytes;
}

char *memory_copy(const char *text, size_t length) {
  char *copy = text_of(length);
  memcpy(copy, text, length);
  copy[length] = 0;
  return copy;
}

char *memory_print_list(const char *format, va_list list) {
  char first[256];
  va_list again;
  va_copy(again, list);
  int printed = vsnprintf(first, sizeof first, format, list);
  size_t length = printed < 0 ? 0 : (size_t)printed;
  char *text = text_of(length);
  if (length < sizeof first) memcpy(text, first, length);
  else vsnprintf(text, length + 1, format, again);
  text[length] = 0;
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
