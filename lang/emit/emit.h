/* emit.h: plan → image. Scans are put in order, registers are given out and used again, and everything the runtime
 * needs to know is written into one flat run of bytes. */
#ifndef KLYNGE_EMIT_H
#define KLYNGE_EMIT_H
#include <stddef.h>
#include "lang/plan/plan.h"

/* The image of a plan: `*length` bytes outside the collected heap, which the caller frees with free(). */
void *emit(const struct plan *plan, size_t *length);
#endif
