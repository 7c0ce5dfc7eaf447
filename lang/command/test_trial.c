/* test_trial.c: a rule file's tests, put together where they go together, and run. */
#include <string.h>
#include "lang/command/test.h"
#include "lang/memory.h"

/* So many patients go into one trial: claims times patients are the outcomes that are kept at a time. */
enum { MOST_PATIENTS = 1024 };

static bool go_together(const struct test *a, const struct test *b) {
  if (a->as_of != b->as_of || a->n_settings != b->n_settings) return false;
  for (size_t i = 0; i < a->n_settings; i++)
    if (strcmp(a->settings[i].name, b->settings[i].name) != 0 ||
        strcmp(a->settings[i].value, b->settings[i].value) != 0)
      return false;
  return true;
}

/* The trial that begins with the first test not yet run. */
static struct trial trial_of(const struct tested *tested, size_t first, bool *run) {
  const struct program *program = tested->program;
  struct trial trial = {.program = program, .tests = NEW_ARRAY(const struct test *, program->n_tests)};
  size_t patients = 0;
  for (size_t t = first; t < program->n_tests; t++) {
    const struct test *test = program->tests[t];
    if (run[t] || !go_together(program->tests[first], test) ||
        (trial.n_tests && patients + test->n_patients > MOST_PATIENTS))
      continue;
    run[t] = true;
    patients += test->n_patients;
    trial.tests[trial.n_tests++] = test;
  }
  return trial;
}

/* Runs the tests under their settings. The program is checked anew where something is set. False where that went wrong. */
static bool run_trial(struct tested *tested, struct trial *trial, struct problems *problems) {
  size_t errors = problems->n_errors;
  if (trial->tests[0]->n_settings) {
    trial->program = check_for_tests(tested->file, trial->tests, trial->n_tests, problems);
    if (problems->n_errors > errors) return false;
    for (size_t i = 0; i < trial->n_tests; i++) trial->tests[i] = trial->program->tests[i];
  }
  test_run(trial);
  struct verdict *verdicts = trial->verdicts;
  for (size_t i = 0; i < trial->n_tests; i++) {
    tested->verdicts[trial->tests[i]->number] = verdicts;
    verdicts += trial->tests[i]->n_claims;
  }
  return true;
}

static bool run_tests(struct tested *tested, struct problems *problems) {
  size_t n = tested->program->n_tests;
  bool *run = NEW_ARRAY(bool, n + 1), sound = true;
  tested->verdicts = NEW_ARRAY(struct verdict *, n + 1);
  tested->trials = NEW_ARRAY(struct trial, n + 1);
  for (size_t t = 0; t < n; t++) {
    if (run[t]) continue;
    struct trial *trial = &tested->trials[tested->n_trials++];
    *trial = trial_of(tested, t, run);
    sound = run_trial(tested, trial, problems) && sound;
  }
  return sound;
}

/* ── what came of it ─────────────────────────────────────────────────────────────────────────────────────────────── */

bool test_holds(const struct tested *tested, size_t test) {
  for (size_t i = 0; i < tested->program->tests[test]->n_claims; i++)
    if (!verdict_holds(&tested->verdicts[test][i])) return false;
  return true;
}

/* A mark at the end of a line is about all claims on it. */
bool claim_is_unconfirmed(const struct test *test, const struct claim *claim) {
  static const char *const marks[] = {"check:", "tjek:"};
  struct place line = source_line(test->source, claim->at.from);
  const char *sign = memchr(test->source->text + claim->at.to, '#', line.to - claim->at.to);
  if (!sign) return false;
  struct source_comment comment = {{(size_t)(sign - test->source->text), line.to}, line};
  return comment_begins(test->source, &comment, marks, 2) != 0;
}

/* Counts the claims, and keeps those that do not hold as problems of the file. */
static void note_claims(struct tested *tested) {
  tested->failures = problems_open();
  for (size_t t = 0; t < tested->program->n_tests; t++) {
    const struct test *test = tested->program->tests[t];
    for (size_t i = 0; i < test->n_claims; i++) {
      const struct verdict *verdict = &tested->verdicts[t][i];
      tested->n_claims++;
      tested->n_unconfirmed += claim_is_unconfirmed(test, verdict->claim);
      if (verdict_holds(verdict)) continue;
      tested->n_failed++;
      problem_add(tested->failures, PROBLEM_claim, test->source, verdict->claim->at,
                  memory_print(_("in the test \"%s\""), test->title), "%s", test_failure_words(verdict));
    }
  }
}

struct tested *test_file(struct library *library, const char *path, struct problems *problems) {
  size_t errors = problems->n_errors;
  struct tested *tested = NEW(struct tested);
  tested->path = path;
  tested->program = rules_check(library, path, NULL, 0, problems);
  tested->file = tested->program ? library_load(library, path) : NULL;
  tested->is_broken = problems->n_errors > errors || !tested->file || !run_tests(tested, problems);
  if (!tested->is_broken) note_claims(tested);
  return tested;
}
