/* memory.h: the only door to the collector. What the compiler builds (sources, tokens, trees, checked programs, plans)
 * lives in the collected heap and is never freed by hand. Nothing outside that heap may hold the only pointer to it. */
#ifndef KLYNGE_LANG_MEMORY_H
#define KLYNGE_LANG_MEMORY_H
#include <stdarg.h>
#include <stddef.h>

/* Starts the collector; called once, first in main. `exhausted` is called when there is no memory left and does not return. */
void memory_start(void (*exhausted)(void));
/* Collects now. For who measures: a call of the command ends long before there is something to collect. */
void memory_collect(void);
/* `n` elements of `size` bytes, zeroed. Never NULL. */
void *memory_new(size_t n, size_t size);
/* One element, zeroed. Never NULL, and never grown. */
void *memory_one(size_t size);
/* As memory_new, for bytes that hold no pointers; not zeroed. */
void *memory_bytes(size_t length);
/* Room for n elements of `size` bytes, what was there kept; the rest is not cleared. Who adds one at a time may ask for one
 * more each time: that copies no more often than asking for twice as many. A block from memory_bytes stays one
 * that holds no pointers; `old` may be NULL, and then the new one may hold them. */
void *memory_grow(void *old, size_t n, size_t size);
/* A copy of the first `length` bytes, ended by a NUL. It is never grown. */
char *memory_copy(const char *text, size_t length);
/* As printf, into a new text. It is never grown. */
char *memory_print(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *memory_print_list(const char *format, va_list list) __attribute__((format(printf, 1, 0)));

#define NEW(type)      ((type *)memory_one(sizeof(type)))
#define NEW_ARRAY(type, n) ((type *)memory_new((n), sizeof(type)))
#endif
