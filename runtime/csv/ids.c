/* ids.c: patients by their ids, with the id in the table itself. Exports that are in the order of dates ask for another
 * patient with each row, and what that costs is visits to memory: here it is one, in the store's dictionary three. Exports in the
 * order of patients need no table, so it is made when it is first asked. */
#include <stdlib.h>
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"

enum { FIRST_SLOTS = 1024, AT_ONCE = 16 };

void ids_open(struct ids *ids) {
  *ids = (struct ids){.slots = NULL};
  pthread_mutex_init(&ids->making, NULL);
}

void ids_close(struct ids *ids) {
  free(ids->slots);
  pthread_mutex_destroy(&ids->making);
}

static inline size_t first_slot(const struct ids *ids, struct short_text id) {
  uint64_t hash = (id.low ^ id.high * 0x9e3779b97f4a7c15u) * 0xff51afd7ed558ccdu;
  return (size_t)((hash ^ hash >> 32) * 0xc4ceb9fe1a85ec53u >> 32) & (ids->n_slots - 1);
}

/* The slot that holds the id, or the free one where it would go. */
static struct id_slot *slot_of(const struct ids *ids, struct id_slot *slots, struct short_text id) {
  for (size_t i = first_slot(ids, id);; i = (i + 1) & (ids->n_slots - 1))
    if (slots[i].patient == 0 || short_texts_equal(slots[i].id, id)) return &slots[i];
}

/* The id of a patient; false where it is not short. */
static bool id_of(const struct store_builder *people, uint32_t patient, struct short_text *id) {
  char bytes[CELL_SLACK] = "";
  size_t length;
  const char *text = store_builder_patient_id(people, patient, &length);
  if (length > sizeof bytes) return false;
  memcpy(bytes, text, length);
  *id = cell_short(&(struct cell){bytes, length});
  return true;
}

/* Some at once: memory is asked for all their places before it is needed for the first. */
static void add_some(const struct ids *ids, struct id_slot *slots, const struct store_builder *people, uint32_t first, uint32_t end) {
  struct short_text texts[AT_ONCE];
  bool is_short[AT_ONCE];
  for (uint32_t i = first; i < end; i++) {
    is_short[i - first] = id_of(people, i, &texts[i - first]);
    if (is_short[i - first]) __builtin_prefetch(&slots[first_slot(ids, texts[i - first])], 1);
  }
  for (uint32_t i = first; i < end; i++)
    if (is_short[i - first]) *slot_of(ids, slots, texts[i - first]) = (struct id_slot){texts[i - first], i + 1};
}

static struct id_slot *make(struct ids *ids, const struct store_builder *people) {
  uint32_t n = store_builder_n_patients(people);
  ids->n_slots = FIRST_SLOTS;
  while (ids->n_slots < 2 * (size_t)n) ids->n_slots *= 2;
  struct id_slot *slots = memory_take(ids->n_slots, sizeof *slots);
  for (uint32_t first = 0; first < n; first += AT_ONCE) add_some(ids, slots, people, first, n - first < AT_ONCE ? n : first + AT_ONCE);
  return slots;
}

uint32_t ids_find(struct ids *ids, const struct store_builder *people, struct short_text id) {
  struct id_slot *slots = atomic_load_explicit(&ids->slots, memory_order_acquire);
  if (!slots) {
    pthread_mutex_lock(&ids->making);
    slots = atomic_load_explicit(&ids->slots, memory_order_relaxed);
    if (!slots) atomic_store_explicit(&ids->slots, slots = make(ids, people), memory_order_release);
    pthread_mutex_unlock(&ids->making);
  }
  return slot_of(ids, slots, id)->patient - 1;
}
