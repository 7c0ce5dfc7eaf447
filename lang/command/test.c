/* test.c: `klynge test FILE…`: each test of a rule file is run by the compiler and engine that run the pack. */
#include <string.h>
#include "lang/command/cover.h"
#include "lang/command/mutate.h"
#include "lang/command/test.h"
#include "lang/memory.h"

/* Rounded down, so that 100 is all. */
static int percent(size_t n, size_t all) { return all ? (int)(100 * n / all) : 100; }

static bool read_format(const struct call *call, enum test_format *format) {
  static const char *const names[] = {"text", "tap", "junit"};
  const char *said = option_value(call, OPTION_format);
  *format = TEST_TEXT;
  if (!said) return true;
  for (int i = 0; i < 3; i++)
    if (strcmp(said, names[i]) == 0) {
      *format = (enum test_format)i;
      return true;
    }
  fail(call, EXIT_USE, "--format is text, tap or junit, not `%s`", said);
  return false;
}

/* Tells the coverage of all packs, to people alone. Whether it is complete. */
static bool tell_coverage(const struct call *call, struct tested *const *all, size_t n, bool tells) {
  size_t conditions = 0, shown = 0;
  for (size_t i = 0; i < n; i++) {
    size_t n_covered;
    if (all[i]->is_broken) continue;
    const struct coverage *covered = cover(all[i], &n_covered);
    if (n_covered && tells) cover_tell(call, all[i], covered, n_covered);
    cover_count(covered, n_covered, &conditions, &shown);
  }
  if (tells)
    printf(_("\nConditions decided both ways: %zu of %zu, %d %%\n"), shown, conditions, percent(shown, conditions));
  return shown == conditions;
}

/* Tells people which changes of the rules no test notices. Whether there are none. */
static bool tell_changes(const struct call *call, struct library *library, struct tested *const *all, size_t n,
                         bool tells) {
  size_t changes = 0, noticed = 0;
  struct problems *problems = problems_open();
  const struct changes *tried = mutate(library, all, n, problems);
  rules_print(call, problems);
  if (tells) mutate_tell(call, all, n, tried);
  mutate_count(tried, &changes, &noticed);
  if (tells) printf(_("\nChanges noticed: %zu of %zu, %d %%\n"), noticed, changes, percent(noticed, changes));
  return noticed == changes;
}

static enum exit_code code_of(struct tested *const *all, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (all[i]->is_broken || all[i]->n_failed) return EXIT_RULES;
  return EXIT_FINE;
}

int verb_test(struct call *call) {
  enum test_format format;
  size_t n;
  if (!call->n_words) return fail(call, EXIT_USE, "which rule files? klynge test FILE…");
  if (!read_format(call, &format)) return EXIT_USE;
  const char **files = rule_files(call, call->words, call->n_words, &n);
  if (!files) return EXIT_USE;
  struct problems *problems = rules_problems(call);
  if (!problems) return EXIT_USE;
  struct library *library = rules_library(problems);
  struct tested **all = NEW_ARRAY(struct tested *, n + 1);
  for (size_t i = 0; i < n; i++) {
    all[i] = test_file(library, files[i], problems);
    rules_print(call, problems);
  }
  if (!problems->n_errors) problems_tell_unused(problems);
  rules_print(call, problems);
  if (format == TEST_TAP)
    test_tell_tap(all, n);
  else if (format == TEST_JUNIT)
    test_tell_junit(all, n);
  else
    test_tell(call, all, n);
  bool complete = true, tells = format == TEST_TEXT;
  if (option_value(call, OPTION_coverage)) complete = tell_coverage(call, all, n, tells);
  if (option_value(call, OPTION_mutate)) complete = tell_changes(call, library, all, n, tells) && complete;
  return complete || !option_value(call, OPTION_complete) ? code_of(all, n) : EXIT_RULES;
}
