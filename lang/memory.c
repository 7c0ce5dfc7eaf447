/* memory.c: the Boehm collector behind memory.h; no other file includes gc.h. */
#define _DEFAULT_SOURCE /* madvise */
#include "lang/memory.h"
#include <gc.h>
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

void *memory_new(size_t n, size_t size) { return GC_MALLOC(total(n, size)); }

void *memory_bytes(size_t length) { return GC_MALLOC_ATOMIC(length); }

/* What is small is sliced off a block: a compiler makes ten thousand nodes and texts of a few bytes, and to ask the
 * collector for each takes several times as long as to fill it. A block stays as long as one of its slices is in use. */
enum { BLOCK = 4 * 4096 - 16, MOST_SLICED = 256, ALIGNMENT = 8 };
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

void *memory_one(size_t size) {
  size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  return size <= MOST_SLICED ? slice(&cleared, size, take_cleared) : GC_MALLOC(size);
}

static char *text_of(size_t length) {
  return length < MOST_SLICED ? slice(&plain, length + 1, take_plain) : memory_bytes(length + 1);
}

/* The collector remembers of each block whether it may hold pointers, and keeps that when the block grows. A block that
 * did not exist yet is taken to hold them. */
void *memory_grow(void *old, size_t n, size_t size) {
  return old ? GC_REALLOC(old, total(n, size)) : memory_new(n, size);
}

char *memory_copy(const char *text, size_t length) {
  char *copy = text_of(length);
  memcpy(copy, text, length);
  copy[length] = 0;
  return copy;
}

char *memory_print_list(const char *format, va_list list) {
  char first[MOST_SLICED];
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
