/* mutate_data.c: the mutants of what is read: code sets, what is plausible, conversions. */
#include <math.h>
#include "lang/variant/inner.h"

/* ── code sets ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_match(struct mutants *mutants, const struct code_set *set, const struct code_match *match,
                      enum mutant_kind kind) {
  mutant_add(
      mutants,
      (struct mutant){.kind = kind, .form = FORM_WITHOUT, .source = set->source, .site = match->at, .at = match->at});
}

/* `drug = metformin` names one set: without it there would be no test. */
static bool is_one_set(const struct code_set *set) {
  return !set->name && set->n_parts == 1 && set->parts[0].n_matches == 1 &&
         set->parts[0].matches[0].kind == MATCHES_SET;
}

void mutate_set(void *context, const struct code_set *set) {
  if (is_one_set(set)) return;
  for (size_t i = 0; i < set->n_parts; i++) {
    const struct code_part *part = &set->parts[i];
    for (size_t j = 0; j < part->n_matches; j++) add_match(context, set, &part->matches[j], MUTANT_code);
    for (size_t j = 0; j < part->n_excepts; j++) add_match(context, set, &part->excepts[j], MUTANT_exception);
  }
}

/* ── measures ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void nudge(struct mutants *mutants, const struct stream *stream, struct place at, enum mutant_kind kind) {
  mutant_nudges(mutants, (struct mutant){.kind = kind, .source = stream->source, .site = at, .at = at});
}

static void conversion_of(struct mutants *mutants, const struct stream *stream, const struct formula *formula) {
  if (formula->kind == FORMULA_NUMBER) nudge(mutants, stream, formula->at, MUTANT_conversion);
  if (formula->a) conversion_of(mutants, stream, formula->a);
  if (formula->b) conversion_of(mutants, stream, formula->b);
}

void mutate_stream(void *context, const struct stream *stream) {
  struct mutants *mutants = context;
  if (!stream->source) return; /* a column that is read as it stands */
  if (isfinite(stream->low)) nudge(mutants, stream, stream->low_at, MUTANT_lowest);
  if (isfinite(stream->high)) nudge(mutants, stream, stream->high_at, MUTANT_highest);
  for (size_t i = 0; i < stream->n_parts; i++)
    if (stream->parts[i].formula) conversion_of(mutants, stream, stream->parts[i].formula);
  if (stream->ties != TIES_HIGHEST) {
    struct mutant ties = {.kind = MUTANT_ties, .source = stream->source, .site = stream->ties_at};
    enum language language = words_language(stream->source);
    struct place at;
    const char *token = stream->ties == TIES_LOWEST ? "LOWEST" : "MEAN";
    if (words_find(stream->source, ties.site.from, ties.site.to, token, &at))
      mutant_becomes(mutants, ties, at, parse_spelling("HIGHEST", language));
  }
}
