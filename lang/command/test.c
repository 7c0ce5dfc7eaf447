/* test.c: `klynge test FILE…`: each test of a rule file is run by the compiler and engine that run the pack. */
#include <stdlib.h>
#include <string.h>
#include "lang/command/command.h"
#include "lang/command/test.h"
#include "lang/memory.h"

/* So many patients go into one trial: claims times patients are the outcomes that are kept at a time. */
enum { MOST_PATIENTS = 1024 };

/* What is counted over all files. */
struct tally {
  size_t files, tests, claims, failed, broken;
};

/* A rule file whose tests are run. */
struct tested {
  struct rule_file *file;
  const struct program *program;
  struct verdict **verdicts; /* of each test */
  size_t *n_verdicts;
  struct problems *failures; /* the claims that do not hold, as problems of the rule file */
};

/* ── trials ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

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
  struct trial trial = {program, NEW_ARRAY(const struct test *, program->n_tests), 0};
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
static bool run_trial(struct tested *tested, struct trial trial, struct problems *problems) {
  size_t errors = problems->n_errors, n;
  if (trial.tests[0]->n_settings) {
    trial.program = check_for_tests(tested->file, trial.tests, trial.n_tests, problems);
    if (problems->n_errors > errors) return false;
    for (size_t i = 0; i < trial.n_tests; i++) trial.tests[i] = trial.program->tests[i];
  }
  struct verdict *verdicts = test_run(&trial, &n);
  for (size_t i = 0; i < trial.n_tests; i++) {
    tested->verdicts[trial.tests[i]->number] = verdicts;
    tested->n_verdicts[trial.tests[i]->number] = trial.tests[i]->n_claims;
    verdicts += trial.tests[i]->n_claims;
  }
  return true;
}

static bool run_tests(struct tested *tested, struct problems *problems) {
  size_t n = tested->program->n_tests;
  bool *run = NEW_ARRAY(bool, n + 1), sound = true;
  tested->verdicts = NEW_ARRAY(struct verdict *, n + 1);
  tested->n_verdicts = NEW_ARRAY(size_t, n + 1);
  for (size_t t = 0; t < n; t++)
    if (!run[t]) sound = run_trial(tested, trial_of(tested, t, run), problems) && sound;
  return sound;
}

/* ── telling ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *expected_words(const struct claim *claim) {
  const struct unit *unit = claim->value ? claim->value->type.unit : NULL;
  bool plain = unit && claim->words[strspn(claim->words, "-0123456789. ")] == 0;
  return plain ? memory_print("%s %s", claim->words, unit->spellings[0]) : claim->words;
}

static const char *failure_words(const struct verdict *verdict) {
  const struct claim *claim = verdict->claim;
  const char *patient = verdict->test->patients[claim->patient].name;
  const char *expected = expected_words(claim);
  if (!patient) return memory_print(_("`%s`: expected %s, got %s"), claim->name, expected, verdict->got_words);
  return memory_print(_("`%s` of %s: expected %s, got %s"), claim->name, patient, expected, verdict->got_words);
}

/* Counts the claims that do not hold, and keeps them as problems of the file. */
static size_t note_failures(struct tested *tested) {
  size_t failed = 0;
  tested->failures = problems_open();
  for (size_t t = 0; t < tested->program->n_tests; t++)
    for (size_t i = 0; i < tested->n_verdicts[t]; i++) {
      const struct verdict *verdict = &tested->verdicts[t][i];
      if (verdict_holds(verdict)) continue;
      failed++;
      problem_add(tested->failures, PROBLEM_claim, verdict->test->source, verdict->claim->at,
                  memory_print(_("in the test \"%s\""), verdict->test->title), "%s", failure_words(verdict));
    }
  return failed;
}

/* A title on one line; `#` would begin a directive of TAP. */
static void tell_title(const char *title) {
  for (; *title; title++) {
    if (*title == '#' || *title == '\\') putchar('\\');
    putchar(*title == '\n' ? ' ' : *title);
  }
  putchar('\n');
}

static void tell_tap(const struct tested *tested, size_t n_before) {
  for (size_t t = 0; t < tested->program->n_tests; t++) {
    const struct test *test = tested->program->tests[t];
    bool holds = true;
    for (size_t i = 0; i < tested->n_verdicts[t]; i++) holds = holds && verdict_holds(&tested->verdicts[t][i]);
    printf("%s %zu - %s: ", holds ? "ok" : "not ok", n_before + t + 1, test->source->path);
    tell_title(test->title);
    for (size_t i = 0; i < tested->n_verdicts[t]; i++) {
      const struct verdict *verdict = &tested->verdicts[t][i];
      size_t line, column;
      if (verdict_holds(verdict)) continue;
      source_position(test->source, verdict->claim->at.from, &line, &column);
      printf("# line %zu: %s\n", line, failure_words(verdict));
    }
  }
}

static void tell_counts(const char *what, size_t tests, size_t claims, size_t failed) {
  const char *n_tests = memory_print(Q_("%zu test", "%zu tests", tests), tests);
  const char *n_claims = memory_print(Q_("%zu claim", "%zu claims", claims), claims);
  if (!tests)
    printf(_("%s: no tests\n"), what);
  else if (!failed)
    printf(_("%s: %s, %s, all hold\n"), what, n_tests, n_claims);
  else
    printf(Q_("%s: %s, %s, %zu of them does not hold\n", "%s: %s, %s, %zu of them do not hold\n", failed), what,
           n_tests, n_claims, failed);
}

/* ── one file after the other ────────────────────────────────────────────────────────────────────────────────────── */

static void tell_file(const struct call *call, struct tested *tested, const char *path, bool tap, struct tally *tally) {
  size_t claims = 0, failed = note_failures(tested), n = tested->program->n_tests;
  for (size_t t = 0; t < n; t++) claims += tested->n_verdicts[t];
  if (tap)
    tell_tap(tested, tally->tests);
  else
    problems_print(tested->failures, stdout, call->colour_out, SEVERITY_ERROR);
  if (!tap && !call->quiet) tell_counts(path, n, claims, failed);
  tally->tests += n;
  tally->claims += claims;
  tally->failed += failed;
}

static void test_file(const struct call *call, struct library *library, const char *path, bool tap,
                      struct problems *problems, struct tally *tally) {
  size_t errors = problems->n_errors;
  struct tested tested = {.program = rules_check(library, path, NULL, 0, problems)};
  tested.file = tested.program ? library_load(library, path) : NULL;
  bool sound = problems->n_errors == errors && tested.file && run_tests(&tested, problems);
  problems_print(problems, stderr, call->colour_err, call->quiet ? SEVERITY_ERROR : SEVERITY_WARNING);
  tally->files++;
  if (sound) {
    tell_file(call, &tested, path, tap, tally);
    return;
  }
  tally->broken++;
  if (tap)
    printf("not ok %zu - %s: the rules have errors\n", ++tally->tests, path);
  else if (!call->quiet)
    printf(_("%s: the rules have errors, no test was run\n"), path);
}

int verb_test(struct call *call) {
  const char *format = option_value(call, OPTION_format);
  bool tap = format && strcmp(format, "tap") == 0;
  struct tally tally = {0};
  size_t n;
  if (!call->n_words) return fail(call, EXIT_USE, "which rule files? klynge test FILE…");
  if (format && !tap && strcmp(format, "text") != 0)
    return fail(call, EXIT_USE, "--format is text or tap, not `%s`", format);
  const char **files = rule_files(call, call->words, call->n_words, &n);
  if (!files) return EXIT_USE;
  struct problems *problems = problems_open();
  struct library *library = rules_library(problems);
  for (size_t i = 0; i < n; i++) test_file(call, library, files[i], tap, problems, &tally);
  if (tap)
    printf("1..%zu\n", tally.tests);
  else if (n > 1 && !call->quiet)
    tell_counts(memory_print(Q_("%zu file", "%zu files", n), n), tally.tests, tally.claims, tally.failed);
  return tally.failed || tally.broken ? EXIT_RULES : EXIT_FINE;
}
