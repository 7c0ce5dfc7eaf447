/* store.c: looking things up in a finished store, and freeing it. */
#include "runtime/store/store.h"
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"
#include "runtime/store/inner.h"

uint32_t store_find_text(const struct store *store, const char *text) {
  uint32_t low = 0, high = store->n_texts;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    int order = strcmp(store_text(store, middle), text);
    if (order == 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return UINT32_MAX;
}

const struct store_table *store_find_table(const struct store *store, const char *name, const char *key) {
  for (uint32_t i = 0; i < store->n_tables; i++) {
    const struct store_table *table = &store->tables[i];
    if (strcmp(store_text(store, table->name), name) == 0 && strcmp(store_text(store, table->key), key) == 0) return table;
  }
  return NULL;
}

const struct store_column *store_find_column(const struct store *store, const char *name) {
  for (uint32_t i = 0; i < store->n_columns; i++)
    if (strcmp(store_text(store, store->columns[i].name), name) == 0) return &store->columns[i];
  return NULL;
}

void store_own(struct store_owner *owner, void *piece) {
  if (owner->n_pieces == owner->room) {
    owner->room = owner->room ? owner->room * 2 : 64;
    owner->pieces = memory_resize(owner->pieces, owner->room, sizeof *owner->pieces);
  }
  owner->pieces[owner->n_pieces++] = piece;
}

void store_close(struct store *store) {
  if (store == NULL) return;
  struct store_owner *owner = store->owner;
  mapping_close(owner->mapping);
  for (size_t i = 0; i < owner->n_pieces; i++) free(owner->pieces[i]);
  free(owner->pieces);
  free(owner);
}
