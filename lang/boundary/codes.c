/* codes.c: one code of everything that a set is made of, so that a test can ask for each. */
#include <string.h>
#include "lang/boundary/inner.h"
#include "lang/memory.h"

static void add_code(struct reading *reading, const char *code) {
  for (size_t i = 0; i < reading->n_codes; i++)
    if (strcmp(reading->codes[i], code) == 0) return;
  reading->codes = memory_grow(reading->codes, reading->n_codes + 1, sizeof *reading->codes);
  reading->codes[reading->n_codes++] = code;
}

/* A code that begins so, as long as codes of its system are: A10BJ01 for A10BJ*, K90 for K90*. An ATC code is a letter, two
 * digits, two letters, two digits (WHO Collaborating Centre for Drug Statistics Methodology). */
static const char *code_with(const char *prefix, const char *system, const char *atc) {
  size_t n = strlen(prefix);
  if (strcmp(system, "atc") != 0 || n >= strlen(atc)) return prefix;
  return memory_print("%s%s", prefix, atc + n);
}

static void codes_of_match(struct reading *reading, const struct code_match *match, const char *system);

static void codes_of_set(struct reading *reading, const struct code_set *set, const char *system) {
  for (size_t i = 0; i < set->n_parts; i++) {
    const struct code_part *part = &set->parts[i];
    if (part->system && *part->system && strcmp(part->system, system) != 0) continue;
    for (size_t j = 0; j < part->n_matches; j++) codes_of_match(reading, &part->matches[j], system);
    for (size_t j = 0; j < part->n_excepts; j++) codes_of_match(reading, &part->excepts[j], system);
  }
}

/* Of a range both ends and one between: where ranges and exceptions overlap, one of them may be in this one alone. */
static void codes_of_match(struct reading *reading, const struct code_match *match, const char *system) {
  switch (match->kind) {
  case MATCHES_SET: codes_of_set(reading, match->set, system); break;
  case MATCHES_PREFIX:
    add_code(reading, code_with(match->a, system, "A01AA01"));
    add_code(reading, code_with(match->a, system, "A01AA02")); /* should the first be excepted */
    add_code(reading, match->a);
    break;
  case MATCHES_RANGE: {
    char *next = memory_copy(match->a, strlen(match->a));
    size_t last = strlen(next);
    add_code(reading, match->a);
    add_code(reading, match->b);
    if (last && next[last - 1] < '9') next[last - 1]++;
    if (strcmp(next, match->b) < 0) add_code(reading, next);
    break;
  }
  default: add_code(reading, match->a); break;
  }
}

void gather_codes(struct reading *reading, const struct stream *stream) {
  for (size_t i = 0; i < stream->n_parts; i++) {
    const struct stream_part *part = &stream->parts[i];
    const char *system = part->key->system ? part->key->system : "";
    if (part->set)
      codes_of_set(reading, part->set, system);
    else if (part->key->n_choices)
      for (size_t c = 0; c < part->key->n_choices; c++) add_code(reading, part->key->choices[c]);
  }
}

/* ── which rows a stream takes ───────────────────────────────────────────────────────────────────────────────────── */

static bool part_takes(const struct stream_part *part, const char *code) {
  return !part->set || code_set_has(part->set, part->key->system ? part->key->system : "", code);
}

bool stream_takes(const struct stream *stream, const struct fact *fact) {
  if (stream->declared != fact->of) {
    const struct stream_part *a = &stream->parts[0], *b = &fact->of->parts[0];
    if (stream->declared || a->table != b->table || a->key != b->key || a->value != b->value) return false;
  }
  if (stream->kind == STREAM_SERIES) return true; /* the row was made for one of its parts */
  return part_takes(&stream->parts[0], fact->code);
}

const char *code_of_part(const struct stream_part *part) {
  struct reading all = {0};
  struct stream alone = {.parts = (struct stream_part *)part, .n_parts = 1};
  gather_codes(&all, &alone);
  for (size_t i = 0; i < all.n_codes; i++)
    if (part_takes(part, all.codes[i])) return all.codes[i];
  return part->set ? NULL : "";
}
