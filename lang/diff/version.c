/* version.c: what a file and all it uses declare, by name, and what each declaration is made of. */
#include <string.h>
#include "lang/diff/inner.h"
#include "lang/memory.h"

/* ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

const char *version_words(const struct source *source, struct place at) {
  char *out = memory_bytes(at.to - at.from + 1);
  size_t n = 0;
  bool gap = false, quoted = false;
  for (size_t i = at.from; i < at.to; i++) {
    char c = source->text[i];
    if (!quoted && c == '#') {
      while (i < at.to && source->text[i] != '\n') i++;
      gap = true;
      continue;
    }
    if (!quoted && strchr(" \t\r\n", c)) {
      gap = true;
      continue;
    }
    if (c == '"') quoted = !quoted;
    if (gap && n) out[n++] = ' ';
    gap = false;
    out[n++] = c;
  }
  out[n] = 0;
  return out;
}

char *tree_words(const struct node *node) {
  char *text = NULL;
  size_t length;
  FILE *out = open_memstream(&text, &length);
  if (node && out) tree_print(node, out);
  if (out) fclose(out);
  char *kept = memory_copy(text ? text : "", text ? length : 0);
  free(text);
  return kept;
}

/* ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct node *name_of(const struct node *node) {
  const struct node *head = tree_child(node, 0);
  return head && head->kind == NODE_head ? tree_child(head, 0) : head;
}

static const struct node *also_of(const struct node *node) {
  const struct node *head = tree_child(node, 0);
  const struct node *also = head && head->kind == NODE_head ? tree_find(head, NODE_also) : NULL;
  return also ? tree_child(also, 0) : NULL;
}

static bool is_compared(enum node_kind kind) {
  switch (kind) {
  case NODE_table:
  case NODE_unit:
  case NODE_events:
  case NODE_codes:
  case NODE_measure:
  case NODE_parameter:
  case NODE_define:
  case NODE_bands:
  case NODE_indicator: return true;
  default: return false;
  }
}

static void add(struct version *version, const struct source *source, const struct node *node, const char *name,
                const char *also, enum node_kind kind) {
  version->all = memory_grow(version->all, version->n + 1, sizeof *version->all);
  version->all[version->n++] = (struct declared){kind, name, also, node, source, NULL, 0, false};
}

static void add_pack(struct version *version, const struct source *source, const struct node *pack) {
  const struct node *population = tree_find(pack, NODE_population);
  if (population) add(version, source, tree_child(population, 0), "", NULL, NODE_population);
}

struct version *version_of(struct rule_file *file) {
  struct version *version = NEW(struct version);
  size_t n_files;
  struct rule_file **files = load_closure(file, &n_files);
  for (size_t i = 0; i < n_files; i++) {
    if (!files[i]->tree) continue;
    for (const struct node *node = tree_find(files[i]->tree, NODE_declarations)->first; node; node = node->next) {
      if (node->kind == NODE_pack) add_pack(version, files[i]->source, node);
      if (!is_compared(node->kind)) continue;
      const struct node *name = name_of(node), *also = also_of(node);
      add(version, files[i]->source, node, name->text, also ? also->text : NULL, node->kind);
    }
  }
  return version;
}

struct declared *declared_find(const struct version *version, enum node_kind kind, const char *name) {
  for (size_t i = 0; i < version->n; i++)
    if (version->all[i].kind == kind && strcmp(version->all[i].name, name) == 0) return &version->all[i];
  return NULL;
}

const char *version_replacement(const struct version *version, const char *indicator) {
  for (size_t i = 0; i < version->n; i++) {
    const struct declared *declared = &version->all[i];
    const struct node *replaces = declared->kind == NODE_indicator ? tree_find(declared->node, NODE_replaces) : NULL;
    if (replaces && strcmp(tree_child(replaces, 0)->text, indicator) == 0) return declared->name;
  }
  return NULL;
}

/* ── what it is made of ──────────────────────────────────────────────────────────────────────────────────────────── */

static void add_part(struct declared *declared, const struct declared *part) {
  for (size_t i = 0; i < declared->n_parts; i++)
    if (declared->parts[i] == part) return;
  declared->parts = memory_grow(declared->parts, declared->n_parts + 1, sizeof *declared->parts);
  declared->parts[declared->n_parts++] = part;
}

/* Indicators are named in no expression, so a name that one of them has too is meant otherwise. */
static void add_named(const struct version *version, struct declared *declared, const char *name) {
  for (size_t i = 0; i < version->n; i++) {
    const struct declared *other = &version->all[i];
    if (other == declared || other->kind == NODE_indicator || other->kind == NODE_population) continue;
    if (strcmp(other->name, name) == 0 || (other->also && strcmp(other->also, name) == 0)) add_part(declared, other);
  }
}

static void find_parts(const struct version *version, struct declared *declared, const struct node *node) {
  if (node->kind == NODE_name || node->kind == NODE_word) add_named(version, declared, node->text);
  for (const struct node *child = node->first; child; child = child->next)
    if (child->kind != NODE_head && child->kind != NODE_presents) find_parts(version, declared, child);
}

static void know_parts(const struct version *version, struct declared *declared) {
  if (declared->parts_known) return;
  declared->parts_known = true;
  find_parts(version, declared, declared->node);
  for (size_t i = 0; i < declared->n_parts; i++) {
    struct declared *part = (struct declared *)declared->parts[i];
    know_parts(version, part);
    for (size_t j = 0; j < part->n_parts; j++) add_part(declared, part->parts[j]);
  }
}

bool declared_has(const struct version *version, struct declared *declared, const char *name) {
  know_parts(version, declared);
  for (size_t i = 0; i < declared->n_parts; i++)
    if (strcmp(declared->parts[i]->name, name) == 0) return true;
  return false;
}

/* The nodes that lie within a place. */
static const struct node *names_within(const struct node *node, struct place at, struct declared *into, const struct version *version) {
  bool within = node->at.from >= at.from && node->at.to <= at.to;
  if (within && (node->kind == NODE_name || node->kind == NODE_word)) add_named(version, into, node->text);
  for (const struct node *child = node->first; child; child = child->next) names_within(child, at, into, version);
  return node;
}

bool version_reaches(const struct version *version, const struct source *source, struct place at, const char *name) {
  struct declared within = {.source = source, .parts_known = true};
  for (size_t i = 0; i < version->n; i++) {
    const struct declared *declared = &version->all[i];
    if (declared->source == source && declared->node->at.from <= at.from && at.to <= declared->node->at.to)
      names_within(declared->node, at, &within, version);
  }
  for (size_t i = 0; i < within.n_parts; i++)
    if (strcmp(within.parts[i]->name, name) == 0 || declared_has(version, (struct declared *)within.parts[i], name)) return true;
  return false;
}
