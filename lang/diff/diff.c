/* diff.c: declarations of the same kind and name are compared as trees. */
#include "lang/diff/diff.h"
#include <string.h>
#include "lang/diff/inner.h"
#include "lang/memory.h"

/* ── what a declaration says ─────────────────────────────────────────────────────────────────────────────────────── */

/* Titles and texts are for people, and other names are for authors; what a set is called or who went through it when
 * changes no figure. */
static bool is_text(enum node_kind kind) {
  switch (kind) {
  case NODE_head:
  case NODE_known:
  case NODE_advice:
  case NODE_reflect:
  case NODE_list:
  case NODE_aim:
  case NODE_better_lower:
  case NODE_better_higher:
  case NODE_replaces:
  case NODE_missing_counts_as_no:
  case NODE_source:
  case NODE_reviewed: return true;
  default: return false;
  }
}

/* The meaning of a declaration, as a text that is equal where the meaning is. */
static const char *meaning_of(const struct declared *declared) {
  const char *words = "";
  if (declared->kind == NODE_population) return tree_words(declared->node);
  for (const struct node *child = declared->node->first; child; child = child->next)
    if (!is_text(child->kind)) words = memory_print("%s%s\n", words, tree_words(child));
  return words;
}

/* As written, from the first word of its meaning to the last. */
static const char *words_of(const struct declared *declared) {
  struct place at = declared->node->at;
  if (declared->kind == NODE_population) return version_words(declared->source, at);
  bool any = false;
  for (const struct node *child = declared->node->first; child; child = child->next) {
    if (is_text(child->kind)) continue;
    if (!any) at.from = child->at.from;
    at.to = child->at.to;
    any = true;
  }
  return version_words(declared->source, at);
}

/* ── code sets ───────────────────────────────────────────────────────────────────────────────────────────────────── */

struct codes { const char **all; size_t n; };

static void add_code(struct codes *codes, const char *code) {
  codes->all = memory_grow(codes->all, codes->n + 1, sizeof *codes->all);
  codes->all[codes->n++] = code;
}

/* `icpc K74..K76 K90*` is told code by code, each with its system. */
static void add_codes(struct codes *codes, const struct source *source, const struct node *part, const char *before) {
  const struct node *first = part->first;
  const char *system = first && first->next && first->kind == NODE_word ? first->text : NULL;
  for (const struct node *code = system ? first->next : first; code; code = code->next) {
    const char *words = version_words(source, code->at);
    add_code(codes, system ? memory_print("%s%s %s", before, system, words) : memory_print("%s%s", before, words));
  }
}

static struct codes codes_of(const struct declared *declared) {
  struct codes codes = {0};
  const struct node *members = declared ? tree_find(declared->node, NODE_members) : NULL;
  for (const struct node *part = members ? members->first : NULL; part; part = part->next)
    if (part->kind == NODE_except) add_codes(&codes, declared->source, tree_child(part, 0), "except ");
    else add_codes(&codes, declared->source, part, "");
  return codes;
}

static bool has_code(const struct codes *codes, const char *code) {
  for (size_t i = 0; i < codes->n; i++)
    if (strcmp(codes->all[i], code) == 0) return true;
  return false;
}

static void compare_codes(const struct declared *was, const struct declared *is, struct difference *difference) {
  struct codes old = codes_of(was), new = codes_of(is), dropped = {0}, added = {0};
  for (size_t i = 0; i < old.n; i++)
    if (!has_code(&new, old.all[i])) add_code(&dropped, old.all[i]);
  for (size_t i = 0; i < new.n; i++)
    if (!has_code(&old, new.all[i])) add_code(&added, new.all[i]);
  difference->dropped = dropped.all;
  difference->n_dropped = dropped.n;
  difference->added = added.all;
  difference->n_added = added.n;
}

/* ── differences ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static void find_reached(const struct version *version, struct difference *difference) {
  struct codes reached = {0};
  bool everybody = difference->declaration == NODE_population;
  for (size_t i = 0; i < version->n; i++) {
    struct declared *declared = &version->all[i];
    bool own = difference->declaration == NODE_indicator && strcmp(declared->name, difference->name) == 0;
    if (declared->kind != NODE_indicator) {
      everybody = everybody || (declared->kind == NODE_population && declared_has(version, declared, difference->name));
      continue;
    }
    if (own || (difference->declaration != NODE_indicator && declared_has(version, declared, difference->name)))
      add_code(&reached, declared->name);
  }
  if (everybody) {
    reached = (struct codes){0};
    for (size_t i = 0; i < version->n; i++)
      if (version->all[i].kind == NODE_indicator) add_code(&reached, version->all[i].name);
  }
  difference->reaches = reached.all;
  difference->n_reaches = reached.n;
}

/* Whether two declarations differ, and in what. */
static bool compare(const struct declared *was, const struct declared *is, struct difference *difference) {
  *difference = (struct difference){.declaration = is ? is->kind : was->kind, .name = is ? is->name : was->name};
  if (was) difference->was = words_of(was);
  if (is) difference->is = words_of(is);
  if (difference->declaration == NODE_codes) compare_codes(was, is, difference);
  difference->kind = !was ? DIFFERENCE_ADDED : !is ? DIFFERENCE_REMOVED : DIFFERENCE_MEANING;
  if (!was || !is || strcmp(meaning_of(was), meaning_of(is)) != 0) return true;
  difference->kind = DIFFERENCE_TEXTS;
  bool has_texts = is->kind == NODE_indicator || is->kind == NODE_parameter || is->kind == NODE_measure;
  return has_texts && strcmp(tree_words(was->node), tree_words(is->node)) != 0;
}

struct difference *diff_versions(const struct version *was, const struct version *is, size_t *n) {
  struct difference *all = NULL, difference;
  *n = 0;
  for (size_t i = 0; i < is->n; i++) {
    const struct declared *new = &is->all[i];
    if (!compare(declared_find(was, new->kind, new->name), new, &difference)) continue;
    find_reached(is, &difference);
    all = memory_grow(all, *n + 1, sizeof *all);
    all[(*n)++] = difference;
  }
  for (size_t i = 0; i < was->n; i++) {
    const struct declared *old = &was->all[i];
    if (declared_find(is, old->kind, old->name)) continue;
    compare(old, NULL, &difference);
    find_reached(was, &difference);
    all = memory_grow(all, *n + 1, sizeof *all);
    all[(*n)++] = difference;
  }
  return all;
}
