/* mutants.c: the list of mutants, in which no two are alike, and their names. */
#include <string.h>
#include "lang/memory.h"
#include "lang/variant/inner.h"

static size_t hash_of(const struct mutant *mutant) {
  uint64_t h = (uintptr_t)mutant->source;
  const uint64_t parts[] = {mutant->site.from, mutant->site.to, mutant->kind, mutant->form, (uint32_t)mutant->step};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) h = ((h ^ parts[i]) * 0x9E3779B97F4A7C15u) ^ h >> 29;
  return (size_t)(h ^ h >> 32);
}

static bool same(const struct mutant *a, const struct mutant *b) {
  return a->source == b->source && a->site.from == b->site.from && a->site.to == b->site.to && a->kind == b->kind &&
         a->form == b->form && a->step == b->step;
}

static size_t *slot_of(const struct mutants *mutants, const struct mutant *mutant) {
  size_t i = hash_of(mutant) & (mutants->n_slots - 1);
  while (mutants->slots[i] && !same(&mutants->all[mutants->slots[i] - 1], mutant)) i = (i + 1) & (mutants->n_slots - 1);
  return &mutants->slots[i];
}

static void grow(struct mutants *mutants) {
  mutants->n_slots = mutants->n_slots ? 2 * mutants->n_slots : 256;
  mutants->slots = NEW_ARRAY(size_t, mutants->n_slots);
  for (size_t i = 0; i < mutants->n; i++) *slot_of(mutants, &mutants->all[i]) = i + 1;
}

size_t variant_find(const struct mutants *mutants, const struct mutant *mutant) {
  size_t found = mutants->n_slots ? *slot_of(mutants, mutant) : 0;
  return found ? found - 1 : mutants->n;
}

void mutant_add(struct mutants *mutants, struct mutant mutant) {
  if (2 * (mutants->n + 1) > mutants->n_slots) grow(mutants);
  size_t *slot = slot_of(mutants, &mutant);
  if (*slot) return;
  if ((mutants->n & (mutants->n - 1)) == 0)
    mutants->all = memory_grow(mutants->all, mutants->n ? 2 * mutants->n : 1, sizeof *mutants->all);
  mutant.was = words_at(mutant.source, mutant.at);
  mutants->all[mutants->n++] = mutant;
  *slot = mutants->n;
}

void mutant_becomes(struct mutants *mutants, struct mutant mutant, struct place at, const char *becomes) {
  mutant.form = FORM_BECOMES;
  mutant.at = at;
  mutant.becomes = becomes;
  mutant_add(mutants, mutant);
}

/* What stands before the digits is a minus or nothing, what stands after them a unit. */
void mutant_nudges(struct mutants *mutants, struct mutant mutant) {
  const char *text = mutant.source->text;
  struct place digits, site = mutant.site;
  if (!words_number(mutant.source, site.from, site.to, &digits)) return;
  bool minus = memchr(text + site.from, '-', digits.from - site.from) != NULL;
  const char *written = memory_print("%s%s", minus ? "-" : "", words_at(mutant.source, digits));
  const char *rest = memory_copy(text + digits.to, site.to - digits.to);
  for (mutant.step = -1; mutant.step <= 1; mutant.step += 2) {
    const char *words = words_nudged(written, mutant.step, &mutant.number);
    mutant_becomes(mutants, mutant, site, memory_print("%s%s", words, rest));
  }
}

void variant_mutants(struct mutants *mutants, const struct expr *const *roots, size_t n) {
  struct visitor visitor = {mutants, mutate_expr, mutate_rows, mutate_limit, mutate_stream, mutate_set};
  walk(&visitor, roots, n);
}

const char *variant_name(const struct mutant *mutant, enum language language) {
  static const char *const names[][2] = {{"", ""},
                                         {"", ""},
                                         {"begins a day earlier", "begynder en dag tidligere"},
                                         {"begins a day later", "begynder en dag senere"},
                                         {"ends a day earlier", "slutter en dag tidligere"},
                                         {"ends a day later", "slutter en dag senere"},
                                         {"a day earlier", "en dag tidligere"},
                                         {"a day later", "en dag senere"},
                                         {"one shorter", "én kortere"},
                                         {"one longer", "én længere"}};
  if (mutant->form == FORM_BECOMES) return mutant->becomes;
  if (mutant->form == FORM_WITHOUT) return memory_print(language == DANISH ? "uden %s" : "without %s", mutant->was);
  return names[mutant->form][language == DANISH];
}
