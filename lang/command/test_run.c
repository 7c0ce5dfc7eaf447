/* test_run.c: claims are asked of the engine: each becomes an indicator of a pack made for the trial. */
#include <assert.h>
#include <stdlib.h>
#include "lang/command/test.h"
#include "lang/emit/emit.h"
#include "lang/memory.h"
#include "lang/plan/plan.h"

/* The pack with the indicators that are asked about; number[question] is where its answer will be. */
static struct program *pack_of_indicators(const struct trial *trial, const struct question *questions, size_t n,
                                          size_t *number) {
  struct program *pack = NEW(struct program);
  *pack = *trial->program;
  pack->indicators = NEW_ARRAY(struct indicator *, n + 1);
  pack->n_indicators = 0;
  for (size_t q = 0; q < n; q++) {
    if (!questions[q].indicator) continue;
    size_t i = 0;
    while (i < pack->n_indicators && pack->indicators[i] != questions[q].indicator) i++;
    if (i == pack->n_indicators) pack->indicators[pack->n_indicators++] = (struct indicator *)questions[q].indicator;
    number[q] = i;
  }
  if (!pack->name) pack->name = "tests";
  return pack;
}

/* A pack of everybody, in which each condition is an indicator: `share where …`. */
static struct program *pack_of_conditions(const struct trial *trial, const struct question *questions, size_t n,
                                          size_t first, size_t *number) {
  struct program *pack = NEW(struct program);
  *pack = *trial->program;
  pack->name = "tests";
  pack->population = NULL;
  pack->population_text = NULL;
  pack->indicators = NEW_ARRAY(struct indicator *, n + 1);
  pack->n_indicators = 0;
  for (size_t q = 0; q < n; q++) {
    if (questions[q].indicator) continue;
    struct indicator *indicator = NEW(struct indicator);
    indicator->name = indicator->numerator_text = "claim";
    indicator->numerator = questions[q].condition;
    number[q] = first + pack->n_indicators;
    pack->indicators[pack->n_indicators++] = indicator;
  }
  return pack;
}

enum outcome *test_ask(const struct trial *trial, const struct question *questions, size_t n) {
  size_t *number = NEW_ARRAY(size_t, n + 1), length;
  enum outcome *answers = NEW_ARRAY(enum outcome, n + 1);
  struct program *indicators = pack_of_indicators(trial, questions, n, number);
  struct program *conditions = pack_of_conditions(trial, questions, n, indicators->n_indicators, number);
  const struct program *packs[] = {indicators, conditions};
  struct image image;
  void *bytes = emit(plan(packs, 2, problems_open()), &length);
  const char *wrong = image_open(bytes, length, &image);
  assert(!wrong);
  (void)wrong;
  uint32_t *place = NEW_ARRAY(uint32_t, test_count_patients(trial) + 1);
  struct store *store = test_store(trial, &image, place);
  struct run_options options = {.index = trial->tests[0]->as_of};
  uint8_t *outcomes = run_outcomes(&image, store, &options);
  for (size_t q = 0; q < n; q++) answers[q] = outcomes[number[q] * store->n_patients + place[questions[q].patient]];
  free(outcomes);
  store_close(store);
  free(bytes);
  return answers;
}

bool verdict_holds(const struct verdict *verdict) {
  static const enum outcome wanted[] = {OUTCOME_NO, OUTCOME_YES, OUTCOME_UNKNOWN, OUTCOME_OUTSIDE};
  return verdict->got == wanted[verdict->claim->wanted];
}

struct verdict *test_run(const struct trial *trial, size_t *n) {
  size_t n_claims = 0, patients = 0, failed = 0;
  for (size_t t = 0; t < trial->n_tests; t++) n_claims += trial->tests[t]->n_claims;
  struct verdict *verdicts = NEW_ARRAY(struct verdict, n_claims + 1);
  struct question *questions = NEW_ARRAY(struct question, n_claims + 1);
  *n = 0;
  for (size_t t = 0; t < trial->n_tests; t++) {
    const struct test *test = trial->tests[t];
    for (size_t c = 0; c < test->n_claims; c++) {
      const struct claim *claim = &test->claims[c];
      struct verdict *verdict = &verdicts[*n];
      *verdict = (struct verdict){.test = test, .claim = claim, .patient = (uint32_t)(patients + claim->patient)};
      questions[(*n)++] = (struct question){claim->indicator, claim->condition, verdict->patient};
    }
    patients += test->n_patients;
  }
  const enum outcome *answers = test_ask(trial, questions, *n);
  for (size_t v = 0; v < *n; v++) {
    verdicts[v].got = answers[v];
    failed += !verdict_holds(&verdicts[v]);
  }
  if (failed) test_find_values(trial, verdicts, *n);
  return verdicts;
}
