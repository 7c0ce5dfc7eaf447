/* test.h: what the files of the verb `test` share. Tests of one file with the same settings and index date are a trial:
 * all their patients go into one store, all their claims into one image, and the engine is run once. */
#ifndef KLYNGE_TEST_H
#define KLYNGE_TEST_H
#include "lang/check/check.h"
#include "runtime/image/image.h"
#include "runtime/run/run.h"
#include "runtime/store/store.h"

/* `tests` are of `program`, and agree in settings and index date. */
struct trial { const struct program *program; const struct test **tests; size_t n_tests; };

/* A claim in its trial, and what came of it. */
struct verdict {
  const struct test *test;
  const struct claim *claim;
  uint32_t patient;                  /* in the trial */
  enum outcome got;
  const char *got_words;             /* where the claim does not hold */
};

/* What is asked of a patient of the trial: what an indicator makes of them, what a condition is for them, or, of both, what
 * the condition is where the indicator's denominator has them. */
struct question { const struct indicator *indicator; const struct expr *condition; uint32_t patient; };

/* ── test_data.c ── */
/* The patients of the trial's tests as a store, for an image; freed with store_close. place[patient] becomes the store's
 * number of the trial's patient. */
struct store *test_store(const struct trial *trial, const struct image *image, uint32_t *place);
size_t test_count_patients(const struct trial *trial);

/* ── test_run.c ── */
/* What the engine answers to n questions; the answers are collected memory. */
enum outcome *test_ask(const struct trial *trial, const struct question *questions, size_t n);
/* What n expressions are, each for the patient beside it; collected memory. */
struct run_answer *test_values(const struct trial *trial, const struct expr *const *exprs, const uint32_t *patients, size_t n);
/* Runs a trial: gives the verdicts of all its claims, in the order of tests and claims. */
struct verdict *test_run(const struct trial *trial, size_t *n);
bool verdict_holds(const struct verdict *verdict);

/* ── test_value.c ── */
/* A value as a claim would write it: yes, 58 mmol/mol, >90 mL/min, 2024-03-01, unknown. */
const char *test_answer_words(const struct expr *expr, const struct run_answer *answer);
/* Says in words what the claims got that do not hold. */
void test_find_values(const struct trial *trial, struct verdict *verdicts, size_t n);
#endif
