/* seen.c: a set of pointers. */
#include "lang/lint/seen.h"
#include <stdint.h>
#include "lang/memory.h"

static const void **slot_of(const void **slots, size_t n_slots, const void *thing) {
  size_t i = (size_t)((uint64_t)(uintptr_t)thing * 11400714819323198485u >> 20) & (n_slots - 1);
  while (slots[i] && slots[i] != thing) i = (i + 1) & (n_slots - 1);
  return &slots[i];
}

static void grow(struct seen *seen) {
  size_t n = seen->n_slots ? 2 * seen->n_slots : 64;
  const void **slots = NEW_ARRAY(const void *, n);
  for (size_t i = 0; i < seen->n_slots; i++)
    if (seen->slots[i]) *slot_of(slots, n, seen->slots[i]) = seen->slots[i];
  seen->slots = slots;
  seen->n_slots = n;
}

bool seen_first(struct seen *seen, const void *thing) {
  if (2 * (seen->n + 1) > seen->n_slots) grow(seen);
  const void **slot = slot_of(seen->slots, seen->n_slots, thing);
  if (*slot) return false;
  *slot = thing;
  seen->n++;
  return true;
}
