/* diff_move.c: both versions are run over the same patients, and those whose outcome differs are asked why: each condition
 * of the new version is answered once and for all, and where that gives the old outcome again, it is what moved the
 * patient. So are the conditions of the old version, for one that is gone stands there alone. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "lang/command/diff.h"
#include "lang/emit/emit.h"
#include "lang/memory.h"
#include "lang/plan/plan.h"
#include "lang/variant/variant.h"

/* ── indicators of everybody ─────────────────────────────────────────────────────────────────────────────────────── */

static const struct expr *both(const struct expr *a, const struct expr *b) {
  if (!a || !b) return a ? a : b;
  struct expr *and = NEW(struct expr);
  *and = (struct expr){.kind = EXPR_and, .type = {.kind = TYPE_TRUTH}, .source = a->source, .at = a->at, .n_args = 2};
  and->args = NEW_ARRAY(const struct expr *, 2);
  and->args[0] = a;
  and->args[1] = b;
  and->depth = 1 + (a->depth > b->depth ? a->depth : b->depth);
  return and;
}

/* An indicator that says its population itself, so that those of both versions stand in one pack; with a condition answered
 * where one is given. */
static struct indicator *of_everybody(const struct program *program, const struct indicator *indicator,
                                      const struct expr *condition, int truth) {
  struct indicator *flat = NEW(struct indicator);
  *flat = *indicator;
  flat->n_by = flat->n_adjust = 0;
  flat->denominator = both(program->population, indicator->denominator);
  if (!condition) return flat;
  if (flat->denominator) flat->denominator = variant_forced(flat->denominator, condition, truth);
  if (flat->numerator) flat->numerator = variant_forced(flat->numerator, condition, truth);
  if (flat->value) flat->value = variant_forced(flat->value, condition, truth);
  return flat;
}

/* A program of no indicators: its tables are read. */
static const struct program *tables_alone(const struct program *program, const char *name) {
  struct program *alone = NEW(struct program);
  *alone = *program;
  alone->name = name;
  alone->n_indicators = 0;
  alone->population = NULL;
  return alone;
}

/* The image of a pack made of these indicators; problems are printed. */
static void *image_of(struct revision *revision, struct indicator **indicators, size_t n, struct image *image) {
  struct program *asked = NEW(struct program);
  size_t length;
  *asked = *revision->is;
  asked->name = "both";
  asked->population = NULL;
  asked->indicators = indicators;
  asked->n_indicators = n;
  const struct program *programs[] = {tables_alone(revision->was, "old"), tables_alone(revision->is, "new"), asked};
  struct problems *problems = revision->call->problems;
  const struct plan *all = plan(programs, 3, problems);
  rules_print(revision->call, problems);
  if (problems->n_errors) return NULL;
  void *bytes = emit(all, &length);
  const char *wrong = image_open(bytes, length, image);
  assert(!wrong);
  (void)wrong;
  return bytes;
}

void *diff_image(struct revision *revision, struct image *image) {
  struct indicator **indicators = NEW_ARRAY(struct indicator *, 2 * revision->n_pairs + 1);
  for (size_t i = 0; i < revision->n_pairs; i++) {
    indicators[2 * i] = of_everybody(revision->was, revision->pairs[i].was, NULL, 0);
    indicators[2 * i + 1] = of_everybody(revision->is, revision->pairs[i].is, NULL, 0);
  }
  return image_of(revision, indicators, 2 * revision->n_pairs, image);
}

/* ── who moves ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_side(struct sides *sides, uint8_t outcome) {
  sides->denominator += outcome != OUTCOME_OUTSIDE;
  sides->numerator += outcome == OUTCOME_YES;
  sides->unknown += outcome == OUTCOME_UNKNOWN;
}

static void add_patient(struct moved *moved, uint8_t was, uint8_t is) {
  add_side(&moved->was, was);
  add_side(&moved->is, is);
  moved->n += was != is;
  moved->into_denominator += was == OUTCOME_OUTSIDE && is != OUTCOME_OUTSIDE;
  moved->out_of_denominator += was != OUTCOME_OUTSIDE && is == OUTCOME_OUTSIDE;
  moved->into_numerator += was != OUTCOME_YES && is == OUTCOME_YES;
  moved->out_of_numerator += was == OUTCOME_YES && is != OUTCOME_YES;
}

static void count_pair(struct revision *revision, struct pair *pair, const uint8_t *was, const uint8_t *is) {
  const struct store *store = revision->store;
  pair->practices = NEW_ARRAY(struct moved, store->n_practices + 1);
  for (uint32_t p = 0; p < store->n_practices; p++) {
    const struct store_practice *practice = &store->practices[p];
    for (uint32_t i = practice->first_patient; i < practice->first_patient + practice->n_patients; i++) {
      add_patient(&pair->practices[p], was[i], is[i]);
      add_patient(&pair->all, was[i], is[i]);
    }
  }
}

/* ── why ─────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *words_of(const struct expr *condition) { return version_words(condition->source, condition->at); }

static struct conditions conditions_of(const struct program *program, const struct indicator *indicator) {
  const struct expr *roots[] = {program->population, indicator->denominator, indicator->numerator, indicator->value};
  return variant_conditions(roots, 4);
}

static bool says(const struct conditions *conditions, const char *words) {
  for (size_t i = 0; i < conditions->n; i++)
    if (strcmp(words_of(conditions->all[i]), words) == 0) return true;
  return false;
}

static bool is_touched(const struct revision *revision, const struct expr *condition) {
  for (size_t i = 0; i < revision->n_differences; i++)
    if (version_reaches(revision->new, condition->source, condition->at, revision->differences[i].name)) return true;
  return false;
}

/* What may have moved patients, the likeliest first: conditions that are new or of which something differs, then those that
 * are gone, then all others. */
static struct reason *candidates_of(struct revision *revision, const struct pair *pair, size_t *n) {
  struct conditions new = conditions_of(revision->is, pair->is), old = conditions_of(revision->was, pair->was);
  struct reason *all = NEW_ARRAY(struct reason, new.n + old.n + 1);
  bool *taken = NEW_ARRAY(bool, new.n + 1);
  *n = 0;
  for (size_t i = 0; i < new.n; i++) {
    taken[i] = !says(&old, words_of(new.all[i])) || is_touched(revision, new.all[i]);
    if (taken[i]) all[(*n)++] = (struct reason){.condition = new.all[i]};
  }
  for (size_t i = 0; i < old.n; i++)
    if (!says(&new, words_of(old.all[i]))) all[(*n)++] = (struct reason){.condition = old.all[i], .is_old = true};
  for (size_t i = 0; i < new.n; i++)
    if (!taken[i]) all[(*n)++] = (struct reason){.condition = new.all[i]};
  return all;
}

/* Whether answering the condition takes the patient back: to the old outcome, or, in the old version, to the new one. */
static bool explains(const struct reason *reason, const uint8_t *of_no, const uint8_t *of_yes, uint32_t patient, uint8_t was,
                     uint8_t is) {
  uint8_t wanted = reason->is_old ? is : was;
  return of_no[patient] == wanted || of_yes[patient] == wanted;
}

static void tell_reasons(struct revision *revision, struct pair *pair, struct reason *candidates, size_t n,
                         const uint8_t *outcomes, const uint8_t *was, const uint8_t *is) {
  size_t patients = revision->store->n_patients;
  struct reason several = {0};
  for (uint32_t p = 0; p < patients; p++) {
    if (was[p] == is[p]) continue;
    size_t i = 0;
    while (i < n && !explains(&candidates[i], outcomes + 2 * i * patients, outcomes + (2 * i + 1) * patients, p, was[p], is[p])) i++;
    if (i < n) candidates[i].n++;
    else several.n++;
  }
  for (size_t i = 0; i <= n; i++) {
    struct reason reason = i < n ? candidates[i] : several;
    if (!reason.n) continue;
    pair->reasons = memory_grow(pair->reasons, pair->n_reasons + 1, sizeof reason);
    pair->reasons[pair->n_reasons++] = reason;
  }
}

static void find_reasons(struct revision *revision, struct pair *pair, const struct run_options *options,
                         const uint8_t *was, const uint8_t *is) {
  size_t n;
  struct reason *candidates = candidates_of(revision, pair, &n);
  struct indicator **variants = NEW_ARRAY(struct indicator *, 2 * n + 1);
  for (size_t i = 0; i < 2 * n; i++) {
    const struct reason *reason = &candidates[i / 2];
    const struct program *program = reason->is_old ? revision->was : revision->is;
    variants[i] = of_everybody(program, reason->is_old ? pair->was : pair->is, reason->condition, (int)(i % 2));
  }
  struct image image;
  void *bytes = image_of(revision, variants, 2 * n, &image);
  if (!bytes) return;
  uint8_t *outcomes = run_outcomes(&image, revision->store, options);
  tell_reasons(revision, pair, candidates, n, outcomes, was, is);
  free(outcomes);
  free(bytes);
}

void diff_move(struct revision *revision, const struct image *image, uint32_t threads) {
  struct run_options options = {.index = revision->index, .threads = threads};
  size_t patients = revision->store->n_patients;
  uint8_t *outcomes = run_outcomes(image, revision->store, &options);
  for (size_t i = 0; i < revision->n_pairs; i++) {
    const uint8_t *was = outcomes + 2 * i * patients, *is = was + patients;
    count_pair(revision, &revision->pairs[i], was, is);
    if (revision->pairs[i].all.n) find_reasons(revision, &revision->pairs[i], &options, was, is);
  }
  free(outcomes);
}
