/* test_tell.c: what came of tests, for people and as TAP. */
#include <stdlib.h>
#include <string.h>
#include "lang/command/test.h"
#include "lang/memory.h"

const char *test_failure_words(const struct verdict *verdict) {
  const struct claim *claim = verdict->claim;
  const char *patient = verdict->test->patients[claim->patient].name;
  const char *expected = test_expected_words(claim);
  if (!patient) return memory_print(_("`%s`: expected %s, got %s"), claim->name, expected, verdict->got_words);
  return memory_print(_("`%s` of %s: expected %s, got %s"), claim->name, patient, expected, verdict->got_words);
}

/* ── for people ──────────────────────────────────────────────────────────────────────────────────────────────────── */

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

static void tell_unconfirmed(const char *what, size_t n) {
  if (!n) return;
  printf(Q_("%s: %zu claim is marked `# check:`; it shows nothing until somebody has looked at it and taken the mark "
            "away\n",
            "%s: %zu claims are marked `# check:`; they show nothing until somebody has looked at them and taken the "
            "marks away\n",
            n),
         what, n);
}

void test_tell(const struct call *call, struct tested *const *all, size_t n) {
  size_t tests = 0, claims = 0, failed = 0;
  for (size_t i = 0; i < n; i++) {
    const struct tested *tested = all[i];
    if (tested->is_broken) {
      if (!call->quiet) printf(_("%s: the rules have errors, no test was run\n"), tested->path);
      continue;
    }
    problems_print(tested->failures, stdout, call->colour_out, SEVERITY_ERROR);
    test_tell_why(tested);
    if (!call->quiet) tell_counts(tested->path, tested->program->n_tests, tested->n_claims, tested->n_failed);
    if (!call->quiet) tell_unconfirmed(tested->path, tested->n_unconfirmed);
    tests += tested->program->n_tests;
    claims += tested->n_claims;
    failed += tested->n_failed;
  }
  if (n > 1 && !call->quiet) tell_counts(memory_print(Q_("%zu file", "%zu files", n), n), tests, claims, failed);
}

/* ── for programs ────────────────────────────────────────────────────────────────────────────────────────────────── */

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
    printf("%s %zu - %s: ", test_holds(tested, t) ? "ok" : "not ok", n_before + t + 1, test->source->path);
    tell_title(test->title);
    for (size_t i = 0; i < test->n_claims; i++) {
      const struct verdict *verdict = &tested->verdicts[t][i];
      size_t line, column;
      if (verdict_holds(verdict)) continue;
      source_position(test->source, verdict->claim->at.from, &line, &column);
      printf("# line %zu: %s\n", line, test_failure_words(verdict));
    }
  }
}

void test_tell_tap(struct tested *const *all, size_t n) {
  size_t tests = 0;
  for (size_t i = 0; i < n; i++) {
    if (all[i]->is_broken) {
      printf("not ok %zu - %s: the rules have errors\n", ++tests, all[i]->path);
      continue;
    }
    tell_tap(all[i], tests);
    tests += all[i]->program->n_tests;
  }
  printf("1..%zu\n", tests);
}
