/* memory.h: memory of the runtime, outside the collected heap, and the one way to end when there is none left. */
#ifndef KLYNGE_MEMORY_H
#define KLYNGE_MEMORY_H
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* Says once, before all else and before any thread, how the process wants its memory: what is given back is kept and taken again. */
void memory_begin(void);
/* n elements of `size` bytes, all zero. Never NULL (n = 0 gives one byte). Freed with free(). */
void *memory_take(size_t n, size_t size);
/* Makes room for n elements of `size` bytes; what is new is not cleared. Takes `old`, gives the new one. */
void *memory_resize(void *old, size_t n, size_t size);
/* n elements of `size` bytes that are still to be written, aligned to 64 bytes for vectors, and with at least 64 readable
 * bytes after the last element. Freed with free(). */
void *memory_take_vector(size_t n, size_t size);
/* Says that mapped memory is about to be read. */
void memory_fetch(const void *mapped, size_t length);
/* Asks the system for `length` bytes that will be taken later, in blocks of any size, and stops as soon as `enough` is true. A wish:
 * where there are none, or memory is limited, it does nothing. */
void memory_warm(size_t length, const atomic_bool *enough);
/* A copy of the first `length` bytes of text, ended by a NUL. */
char *memory_text(const char *text, size_t length);

/* Says on standard error that memory is exhausted and ends the program with exit code 4. */
_Noreturn void memory_exhausted(void);
#endif
