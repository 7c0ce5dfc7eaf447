/* apply_data.c: streams and code sets in which one thing is different. */
#include "lang/memory.h"
#include "lang/variant/inner.h"

/* ── code sets ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct code_set *set_mutated(const struct code_set *set, const struct mutant *mutant);

/* Copies matches but the one that is left out; false where all stay as they are. */
static bool matches_mutated(const struct code_set *set, struct code_match **matches, size_t *n, enum mutant_kind kind,
                            const struct mutant *mutant) {
  struct code_match *made = NEW_ARRAY(struct code_match, *n + 1);
  size_t kept = 0;
  bool changed = false;
  for (size_t i = 0; i < *n; i++) {
    if (mutant->kind == kind && is_site(mutant, set->source, (*matches)[i].at)) {
      changed = true;
      continue;
    }
    made[kept] = (*matches)[i];
    if (made[kept].kind == MATCHES_SET) {
      made[kept].set = set_mutated((*matches)[i].set, mutant);
      changed = changed || made[kept].set != (*matches)[i].set;
    }
    kept++;
  }
  if (!changed) return false;
  *matches = made;
  *n = kept;
  return true;
}

/* A part that has no code left is left out: an `except` alone takes from nothing. */
static const struct code_set *set_mutated(const struct code_set *set, const struct mutant *mutant) {
  struct code_part *parts = NEW_ARRAY(struct code_part, set->n_parts + 1);
  size_t n = 0;
  bool changed = false;
  for (size_t i = 0; i < set->n_parts; i++) {
    parts[n] = set->parts[i];
    bool fewer = matches_mutated(set, &parts[n].matches, &parts[n].n_matches, MUTANT_code, mutant);
    bool more = matches_mutated(set, &parts[n].excepts, &parts[n].n_excepts, MUTANT_exception, mutant);
    changed = changed || fewer || more;
    n += parts[n].n_matches > 0;
  }
  if (!changed) return set;
  struct code_set *made = NEW(struct code_set);
  *made = *set;
  made->parts = parts;
  made->n_parts = n;
  return made;
}

/* ── streams ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct formula *formula_mutated(const struct stream *stream, const struct formula *formula,
                                             const struct mutant *mutant) {
  struct formula made = *formula;
  if (formula->kind == FORMULA_NUMBER && is_site(mutant, stream->source, formula->at)) made.number = mutant->number;
  if (formula->a) made.a = formula_mutated(stream, formula->a, mutant);
  if (formula->b) made.b = formula_mutated(stream, formula->b, mutant);
  if (made.number == formula->number && made.a == formula->a && made.b == formula->b) return formula;
  struct formula *copy = NEW(struct formula);
  *copy = made;
  return copy;
}

static bool is_of_part(enum mutant_kind kind) {
  return kind == MUTANT_code || kind == MUTANT_exception || kind == MUTANT_conversion;
}

static bool parts_mutated(const struct stream *stream, const struct mutant *mutant, struct stream_part **parts) {
  bool changed = false;
  *parts = NEW_ARRAY(struct stream_part, stream->n_parts + 1);
  for (size_t i = 0; i < stream->n_parts; i++) {
    struct stream_part *part = &(*parts)[i];
    *part = stream->parts[i];
    if (part->set) part->set = set_mutated(part->set, mutant);
    if (part->formula && mutant->kind == MUTANT_conversion)
      part->formula = formula_mutated(stream, part->formula, mutant);
    changed = changed || part->set != stream->parts[i].set || part->formula != stream->parts[i].formula;
  }
  return changed;
}

const struct stream *stream_mutated(const struct stream *stream, const struct mutant *mutant) {
  struct stream made = *stream;
  bool changed = false;
  if (is_of_part(mutant->kind)) {
    changed = parts_mutated(stream, mutant, &made.parts);
  } else if (mutant->kind == MUTANT_lowest && is_site(mutant, stream->source, stream->low_at)) {
    made.low = mutant->number;
    changed = true;
  } else if (mutant->kind == MUTANT_highest && is_site(mutant, stream->source, stream->high_at)) {
    made.high = mutant->number;
    changed = true;
  } else if (mutant->kind == MUTANT_ties && is_site(mutant, stream->source, stream->ties_at)) {
    made.ties = TIES_HIGHEST;
    changed = true;
  }
  if (!changed) return stream;
  struct stream *copy = NEW(struct stream);
  *copy = made;
  return copy;
}
