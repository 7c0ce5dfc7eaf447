/* names.c: names collected and looked up. */
#include "lang/lint/names.h"
#include <string.h>
#include "lang/memory.h"
#include "runtime/image/hash.h"

static bool has_name(const struct node *node, bool with_indicators) {
  switch (node->kind) {
  case NODE_events:
  case NODE_codes:
  case NODE_measure:
  case NODE_parameter:
  case NODE_define:
  case NODE_bands: return true;
  case NODE_indicator: return with_indicators;
  default: return false;
  }
}

static void add(struct names *names, size_t *room, const struct node *node, const struct node *leaf,
                const struct rule_file *file) {
  if (names->n == *room) {
    *room = *room ? 2 * *room : 64;
    names->all = memory_grow(names->all, *room, sizeof *names->all);
  }
  names->all[names->n++] = (struct declared){leaf->text, node, leaf, file};
}

void names_add(struct names *names, const struct rule_file *file, bool with_indicators) {
  size_t room = names->n;
  for (const struct node *node = tree_find(file->tree, NODE_declarations)->first; node; node = node->next) {
    if (!has_name(node, with_indicators)) continue;
    const struct node *head = tree_child(node, 0), *also = tree_find(head, NODE_also);
    add(names, &room, node, tree_child(head, 0), file);
    if (also) add(names, &room, node, tree_child(also, 0), file);
  }
}

static struct declared **slot_of(const struct names *names, const char *name) {
  for (size_t i = hash_text(name, strlen(name));; i++) {
    struct declared **slot = &names->slots[i & (names->n_slots - 1)];
    if (!*slot || strcmp((*slot)->name, name) == 0) return slot;
  }
}

static uint64_t beginning_of(const char *name) {
  const unsigned char *letters = (const unsigned char *)name;
  return UINT64_C(1) << ((letters[0] ^ letters[1] << 1) & 63);
}

void names_index(struct names *names) {
  for (names->n_slots = 64; names->n_slots < 2 * (names->n + 1); names->n_slots *= 2) continue;
  names->slots = NEW_ARRAY(struct declared *, names->n_slots);
  for (size_t i = 0; i < names->n; i++) {
    names->beginnings |= beginning_of(names->all[i].name);
    struct declared **slot = slot_of(names, names->all[i].name);
    if (!*slot) *slot = &names->all[i];
  }
}

struct declared *names_find(const struct names *names, const char *name) {
  return names->beginnings & beginning_of(name) ? *slot_of(names, name) : NULL;
}
