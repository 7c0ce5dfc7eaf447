/* memory.h: the only door to the collector. What the compiler builds (sources, tokens, trees, checked programs, plans)
 * lives in the collected heap and is never freed by hand. Nothing outside that heap may hold the only pointer to it. */
#ifndef KLYNGE_LANG_MEMORY_H
#define KLYNGE_LANG_MEMORY_H
#include <stddef.h>

/* Starts the collector; called once, first in main. `exhausted` is called when there is no memory left and does not return. */
void memory_start(void (*exhausted)(void));
/* `n` elements of `size` bytes, zeroed. Never NULL. */
void *memory_new(size_t n, size_t size);
/* As memory_new, for bytes that hold no pointers; not zeroed. */
void *memory_bytes(size_t length);
/* Room for n elements of `size` bytes, what was there kept; the rest is not cleared. */
void *memory_grow(void *old, size_t n, size_t size);
/* A copy of the first `length` bytes, ended by a NUL. */
char *memory_copy(const char *text, size_t length);
/* As printf, into a new text. */
char *memory_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

#define NEW(type)      ((type *)memory_new(1, sizeof(type)))
#define NEW_ARRAY(type, n) ((type *)memory_new((n), sizeof(type)))
#endif
