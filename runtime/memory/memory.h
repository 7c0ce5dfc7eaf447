/* memory.h: memory of the runtime, outside the collected heap, and the one way to end when there is none left. */
#ifndef KLYNGE_MEMORY_H
#define KLYNGE_MEMORY_H
#include <stddef.h>
#include <stdint.h>

/* Says once, before all else, how the process wants its memory: what is large grows in place instead of being copied. */
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
/* Room for `length` bytes, in large pages where there are some, which the system gives when they are first written: all else
 * is zero. NULL where the process may not have so much. Given back with memory_release. */
void *memory_reserve(size_t length);
void memory_release(void *reserved, size_t length);
/* Says that a part of what was reserved is about to be written. */
void memory_expect(void *part, size_t length);
/* most.c: how many bytes of memory the machine has, or the group of processes in which this one is may have. */
uint64_t memory_most(void);
/* A copy of the first `length` bytes of text, ended by a NUL. */
char *memory_text(const char *text, size_t length);

/* Says on standard error that memory is exhausted and ends the program with exit code 4. */
_Noreturn void memory_exhausted(void);
#endif
