/* ids.c: patients by their ids, with the id in the table itself. Exports that are in the order of dates ask for another
 * patient with each row, and what that costs is visits to memory: here it is one, in the store's dictionary three. */
#include <stdlib.h>
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"

enum { FIRST_SLOTS = 1024 };

static inline size_t first_slot(const struct ids *ids, struct short_text id) {
  uint64_t hash = (id.low ^ id.high * 0x9e3779b97f4a7c15u) * 0xff51afd7ed558ccdu;
  return (size_t)((hash ^ hash >> 32) * 0xc4ceb9fe1a85ec53u >> 32) & (ids->n_slots - 1);
}

/* The slot that holds the id, or the free one where it would go. */
static struct id_slot *slot_of(const struct ids *ids, struct short_text id) {
  for (size_t i = first_slot(ids, id);; i = (i + 1) & (ids->n_slots - 1))
    if (ids->slots[i].patient == 0 || short_texts_equal(ids->slots[i].id, id)) return &ids->slots[i];
}

static void spread(struct ids *ids, size_t n_slots) {
  struct ids old = *ids;
  ids->slots = memory_take(n_slots, sizeof *ids->slots);
  ids->n_slots = n_slots;
  for (size_t i = 0; i < old.n_slots; i++)
    if (old.slots[i].patient != 0) *slot_of(ids, old.slots[i].id) = old.slots[i];
  free(old.slots);
}

void ids_expect(struct ids *ids, uint32_t n) {
  size_t n_slots = ids->n_slots ? ids->n_slots : FIRST_SLOTS;
  while (n_slots < 2 * (size_t)n) n_slots *= 2;
  if (n_slots > ids->n_slots) spread(ids, n_slots);
}

void ids_add(struct ids *ids, struct short_text id, uint32_t patient) {
  if (ids->n * 2 >= ids->n_slots) spread(ids, ids->n_slots == 0 ? FIRST_SLOTS : ids->n_slots * 2);
  *slot_of(ids, id) = (struct id_slot){id, patient + 1};
  ids->n++;
}

uint32_t ids_find(const struct ids *ids, struct short_text id) {
  return ids->n_slots == 0 ? UINT32_MAX : slot_of(ids, id)->patient - 1;
}

void ids_fetch(const struct ids *ids, struct short_text id) {
  if (ids->n_slots > 0) __builtin_prefetch(&ids->slots[first_slot(ids, id)], 1);
}
