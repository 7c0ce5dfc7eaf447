/* test_why.c: under the claims that do not hold, why: the conditions of the indicator, each with what it was for the patient. */
#include "lang/command/test.h"
#include "lang/command/why.h"
#include "lang/memory.h"

enum { MOST_TOLD = 5 };

static void tell(const struct trial *trial, const struct verdict *verdict) {
  struct why *why = why_of(trial->program, verdict->claim->indicator);
  why_ask_misses(why);
  uint32_t *patients = NEW_ARRAY(uint32_t, why->n_questions + 1);
  for (size_t i = 0; i < why->n_questions; i++) patients[i] = verdict->patient;
  why->answers = test_values(trial, why->questions, patients, why->n_questions);
  why->index = verdict->test->as_of;
  why->brief = true;
  const char *patient = verdict->test->patients[verdict->claim->patient].name;
  putchar('\n');
  if (patient) printf(_("    `%s` of %s, in \"%s\"\n"), verdict->claim->name, patient, verdict->test->title);
  else printf(_("    `%s`, in \"%s\"\n"), verdict->claim->name, verdict->test->title);
  why_tell(why, 4, stdout);
}

void test_tell_why(const struct tested *tested) {
  size_t n = 0;
  for (size_t i = 0; i < tested->n_trials; i++) {
    const struct trial *trial = &tested->trials[i];
    for (size_t v = 0; v < trial->n_verdicts && n < MOST_TOLD; v++) {
      const struct verdict *verdict = &trial->verdicts[v];
      if (verdict_holds(verdict) || !verdict->claim->indicator) continue;
      tell(trial, verdict);
      n++;
    }
  }
  if (n) putchar('\n');
}
