/* test.h: what the files of the verb `test` share. Tests of one file with the same settings and index date are a trial:
 * all their patients go into one store, all that is asked of them into one image, and the engine is run once.
 *
 *   test_trial.c  files → trials → verdicts        test_tell.c, test_junit.c  verdicts → text, TAP, JUnit
 *   test_cover.c  which conditions are decided     cover_tell.c               the same, on the rule's own lines
 *   test_change.c which changes no test notices    change_tell.c              the same, with their places
 *   test_run.c    what the engine answers          test_data.c                patients → store */
#ifndef KLYNGE_TEST_H
#define KLYNGE_TEST_H
#include "lang/check/check.h"
#include "lang/command/command.h"
#include "lang/variant/variant.h"
#include "runtime/image/image.h"
#include "runtime/run/run.h"
#include "runtime/store/store.h"

/* `tests` are of `program`, and agree in settings and index date. The verdicts of all their claims, in the order of tests
 * and claims, are there once the trial has been run. */
struct trial {
  const struct program *program;
  const struct test **tests;         size_t n_tests;
  struct verdict *verdicts;          size_t n_verdicts;
};

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

/* A rule file whose tests are run. */
struct tested {
  const char *path;
  struct rule_file *file;
  const struct program *program;
  struct trial *trials;              size_t n_trials;
  struct verdict **verdicts;         /* of each test, in its trial */
  struct problems *failures;         /* the claims that do not hold, as problems of the file */
  size_t n_claims, n_failed, n_unconfirmed;
  bool is_broken;                    /* the rules have errors: nothing was run */
};

/* ── test_trial.c ── */
/* Checks a file and runs its tests; problems of the rules are added. */
struct tested *test_file(struct library *library, const char *path, struct problems *problems);
bool test_holds(const struct tested *tested, size_t test);
/* Whether nobody has said yet that a claim is right: a comment on its line begins with `check:` or `tjek:`, as boundary
 * writes them. Such a claim is run, and shows nothing. */
bool claim_is_unconfirmed(const struct test *test, const struct claim *claim);

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
/* An outcome that is asked for: of whom (all must be yes; NULL asks nothing), and what. Of a value, whether it is known. */
struct rule { const struct expr *population, *denominator, *asked; };
struct rule rule_of_indicator(const struct program *program, const struct indicator *indicator);
/* A pack of everybody, in which each rule is an indicator: what it asks, of whom it is yes. */
struct program *test_pack_of_rules(const struct program *program, const struct rule *rules, size_t n);
/* Each patient's outcome by each of n rules, as enum outcome: [rule × patients of the trial + patient]; collected memory. */
uint8_t *test_outcomes(const struct trial *trial, const struct rule *rules, size_t n);
/* What n expressions are for every patient of the trial: [expression × patients + patient]; collected memory. */
struct run_answer *test_answers(const struct trial *trial, const struct expr *const *exprs, size_t n);
/* Runs a trial: finds the verdicts of all its claims. */
void test_run(struct trial *trial);
bool verdict_holds(const struct verdict *verdict);

/* ── test_value.c ── */
/* A value as a claim would write it: yes, 58 mmol/mol, >90 mL/min, 2024-03-01, unknown. */
const char *test_answer_words(const struct expr *expr, const struct run_answer *answer);
/* What a claim wants, in words. */
const char *test_expected_words(const struct claim *claim);
/* Says in words what the claims got that do not hold. */
void test_find_values(const struct trial *trial, struct verdict *verdicts, size_t n);

/* ── test_why.c ── */
/* Tells of the first claims about indicators that do not hold what each condition was for the patient. */
void test_tell_why(const struct tested *tested);

/* ── test_tell.c, test_junit.c ── */
enum test_format { TEST_TEXT, TEST_TAP, TEST_JUNIT };
/* "`mp1` of anna: expected yes, got no", in the language of the call. */
const char *test_failure_words(const struct verdict *verdict);
void test_tell(const struct call *call, struct tested *const *all, size_t n);
void test_tell_tap(struct tested *const *all, size_t n);
void test_tell_junit(struct tested *const *all, size_t n);
#endif
