/* test_run.c: claims are asked of the engine: those about an indicator of the pack itself, all others as questions beside
 * it. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "lang/command/test.h"
#include "lang/emit/emit.h"
#include "lang/memory.h"
#include "lang/plan/plan.h"

/* ── the image and the store of a trial ──────────────────────────────────────────────────────────────────────────── */

struct bench {
  void *bytes;
  struct image image;
  struct store *store;
  uint32_t *place; /* patient of the trial → patient of the store */
};

static struct bench bench_open(const struct trial *trial, const struct program *pack, const struct expr *const *exprs,
                               size_t n) {
  struct bench bench;
  size_t length;
  bench.bytes = emit(plan_asking(&pack, 1, exprs, n, problems_open()), &length);
  const char *wrong = image_open(bench.bytes, length, &bench.image);
  assert(!wrong);
  (void)wrong;
  bench.place = NEW_ARRAY(uint32_t, test_count_patients(trial) + 1);
  bench.store = test_store(trial, &bench.image, bench.place);
  return bench;
}

static void bench_close(struct bench *bench) {
  store_close(bench->store);
  free(bench->bytes);
}

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

/* ── answers ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Each condition is asked once, whoever the patients are. */
static size_t conditions_of(const struct question *questions, size_t n, const struct expr **conditions,
                            size_t *number) {
  size_t n_conditions = 0;
  for (size_t q = 0; q < n; q++) {
    if (!questions[q].condition) continue;
    number[q] = n_conditions;
    conditions[n_conditions++] = questions[q].condition;
  }
  return n_conditions;
}

static enum outcome outcome_of(const struct run_answer *answer) {
  return !answer->known ? OUTCOME_UNKNOWN : answer->truth ? OUTCOME_YES : OUTCOME_NO;
}

enum outcome *test_ask(const struct trial *trial, const struct question *questions, size_t n) {
  size_t *indicator = NEW_ARRAY(size_t, n + 1), *condition = NEW_ARRAY(size_t, n + 1);
  const struct expr **conditions = NEW_ARRAY(const struct expr *, n + 1);
  enum outcome *answers = NEW_ARRAY(enum outcome, n + 1);
  size_t n_conditions = conditions_of(questions, n, conditions, condition), n_patients = test_count_patients(trial);
  struct bench bench = bench_open(trial, pack_of_indicators(trial, questions, n, indicator), conditions, n_conditions);
  struct run_options options = {.index = trial->tests[0]->as_of};
  uint8_t *outcomes = run_outcomes(&bench.image, bench.store, &options);
  struct run_answer *told = run_answers(&bench.image, bench.store, &options, bench.place, (uint32_t)n_patients);
  for (size_t q = 0; q < n; q++) {
    uint32_t patient = questions[q].patient;
    answers[q] = OUTCOME_YES;
    if (questions[q].indicator) answers[q] = outcomes[indicator[q] * bench.store->n_patients + bench.place[patient]];
    /* A value is claimed of those who are in the denominator. */
    if (questions[q].condition && answers[q] != OUTCOME_OUTSIDE)
      answers[q] = outcome_of(&told[condition[q] * n_patients + patient]);
  }
  free(told);
  free(outcomes);
  bench_close(&bench);
  return answers;
}

struct run_answer *test_answers(const struct trial *trial, const struct expr *const *exprs, size_t n) {
  struct program *nobody = NEW(struct program);
  size_t n_patients = test_count_patients(trial);
  struct run_answer *answers = memory_bytes(n * n_patients * sizeof *answers + 1);
  *nobody = *trial->program;
  nobody->n_indicators = 0;
  nobody->population = NULL;
  if (!nobody->name) nobody->name = "tests";
  struct bench bench = bench_open(trial, nobody, exprs, n);
  struct run_options options = {.index = trial->tests[0]->as_of};
  struct run_answer *told = run_answers(&bench.image, bench.store, &options, bench.place, (uint32_t)n_patients);
  memcpy(answers, told, n * n_patients * sizeof *answers);
  free(told);
  bench_close(&bench);
  return answers;
}

struct run_answer *test_values(const struct trial *trial, const struct expr *const *exprs, const uint32_t *patients,
                               size_t n) {
  size_t n_patients = test_count_patients(trial);
  struct run_answer *answers = NEW_ARRAY(struct run_answer, n + 1), *told = test_answers(trial, exprs, n);
  for (size_t i = 0; i < n; i++) answers[i] = told[i * n_patients + patients[i]];
  return answers;
}

/* ── many rules ──────────────────────────────────────────────────────────────────────────────────────────────────── */

struct rule rule_of_indicator(const struct program *program, const struct indicator *indicator) {
  return (struct rule){program->population, indicator->denominator,
                       indicator->value ? indicator->value : indicator->numerator};
}

static const struct expr *joined(enum expr_kind kind, const struct expr *a, const struct expr *b) {
  struct expr *expr = NEW(struct expr);
  *expr = (struct expr){.kind = kind, .type = {.kind = TYPE_TRUTH}, .source = a->source, .at = a->at, .depth = 1};
  expr->args = NEW_ARRAY(const struct expr *, 2);
  expr->args[0] = a;
  expr->args[1] = b;
  expr->n_args = b ? 2 : 1;
  return expr;
}

static const struct expr *condition_of(const struct expr *asked) {
  return asked->type.kind == TYPE_TRUTH ? asked : joined(EXPR_is_known, asked, NULL);
}

struct program *test_pack_of_rules(const struct program *program, const struct rule *rules, size_t n) {
  struct program *pack = NEW(struct program);
  struct indicator *indicators = NEW_ARRAY(struct indicator, n + 1);
  *pack = *program;
  if (!pack->name) pack->name = "tests";
  pack->population = NULL;
  pack->indicators = NEW_ARRAY(struct indicator *, n + 1);
  pack->n_indicators = n;
  for (size_t i = 0; i < n; i++) {
    const struct expr *population = rules[i].population, *denominator = rules[i].denominator;
    indicators[i].name = indicators[i].numerator_text = "rule";
    indicators[i].numerator = condition_of(rules[i].asked);
    indicators[i].denominator = population && denominator ? joined(EXPR_and, population, denominator)
                                : population              ? population
                                                          : denominator;
    pack->indicators[i] = &indicators[i];
  }
  return pack;
}

uint8_t *test_outcomes(const struct trial *trial, const struct rule *rules, size_t n) {
  size_t n_patients = test_count_patients(trial);
  uint8_t *outcomes = memory_bytes(n * n_patients + 1);
  struct bench bench = bench_open(trial, test_pack_of_rules(trial->program, rules, n), NULL, 0);
  struct run_options options = {.index = trial->tests[0]->as_of};
  uint8_t *found = run_outcomes(&bench.image, bench.store, &options);
  for (size_t r = 0; r < n; r++)
    for (size_t p = 0; p < n_patients; p++)
      outcomes[r * n_patients + p] = found[r * bench.store->n_patients + bench.place[p]];
  free(found);
  bench_close(&bench);
  return outcomes;
}

/* ── claims ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

bool verdict_holds(const struct verdict *verdict) {
  static const enum outcome wanted[] = {OUTCOME_NO, OUTCOME_YES, OUTCOME_UNKNOWN, OUTCOME_OUTSIDE};
  return verdict->got == wanted[verdict->claim->wanted];
}

void test_run(struct trial *trial) {
  size_t n_claims = 0, patients = 0, failed = 0, n = 0;
  for (size_t t = 0; t < trial->n_tests; t++) n_claims += trial->tests[t]->n_claims;
  struct verdict *verdicts = NEW_ARRAY(struct verdict, n_claims + 1);
  struct question *questions = NEW_ARRAY(struct question, n_claims + 1);
  trial->verdicts = verdicts;
  for (size_t t = 0; t < trial->n_tests; t++) {
    const struct test *test = trial->tests[t];
    for (size_t c = 0; c < test->n_claims; c++) {
      const struct claim *claim = &test->claims[c];
      struct verdict *verdict = &verdicts[n];
      *verdict = (struct verdict){.test = test, .claim = claim, .patient = (uint32_t)(patients + claim->patient)};
      questions[n++] = (struct question){claim->indicator, claim->condition, verdict->patient};
    }
    patients += test->n_patients;
  }
  const enum outcome *answers = test_ask(trial, questions, n);
  for (size_t v = 0; v < n; v++) {
    verdicts[v].got = answers[v];
    failed += !verdict_holds(&verdicts[v]);
  }
  trial->n_verdicts = n;
  if (failed) test_find_values(trial, verdicts, n);
}
