/* mutate.c: the tests of rule files are run once more for every change, many changes at a time: each rule that a claim is
 * about, as a change has it, is one more rule of the trial's image. */
#include <string.h>
#include "lang/command/mutate.h"
#include "lang/memory.h"

/* So many changed rules go into one image. */
enum { MOST_RULES = 4096 };

/* ── the changes there are ───────────────────────────────────────────────────────────────────────────────────────── */

static void add_classes(struct conditions *classes, const struct stratum *const *strata, size_t n) {
  for (size_t i = 0; i < n; i++)
    for (size_t b = 0; b < strata[i]->n_bands; b++) {
      classes->all = memory_grow(classes->all, classes->n + 1, sizeof *classes->all);
      classes->all[classes->n++] = strata[i]->bands[b].condition;
    }
}

/* Who is in which class of the bands by which figures are told apart or adjusted. */
static struct conditions classes_of(const struct program *program) {
  struct conditions classes = {0};
  for (size_t i = 0; i < program->n_indicators; i++) {
    add_classes(&classes, program->indicators[i]->by, program->indicators[i]->n_by);
    add_classes(&classes, program->indicators[i]->adjust, program->indicators[i]->n_adjust);
  }
  return classes;
}

const struct expr **mutate_roots(const struct tested *tested, size_t *n) {
  const struct program *program = tested->program;
  struct conditions classes = classes_of(program);
  const struct expr **roots =
      NEW_ARRAY(const struct expr *, 1 + 2 * program->n_indicators + program->n_definitions + classes.n);
  *n = 0;
  roots[(*n)++] = program->population;
  for (size_t i = 0; i < program->n_indicators; i++) {
    struct rule rule = rule_of_indicator(program, program->indicators[i]);
    roots[(*n)++] = rule.denominator;
    roots[(*n)++] = rule.asked;
  }
  for (size_t i = 0; i < program->n_definitions; i++)
    if (program->definitions[i]->value->source == tested->file->source) roots[(*n)++] = program->definitions[i]->value;
  for (size_t i = 0; i < classes.n; i++) roots[(*n)++] = classes.all[i];
  return roots;
}

static struct changes *changes_of(struct tested *const *all, size_t n) {
  struct changes *changes = NEW(struct changes);
  for (size_t i = 0; i < n; i++) {
    size_t n_roots;
    if (all[i]->is_broken) continue;
    const struct expr **roots = mutate_roots(all[i], &n_roots);
    variant_mutants(&changes->mutants, roots, n_roots);
  }
  changes->fates = NEW_ARRAY(enum fate, changes->mutants.n + 1);
  changes->readers = NEW_ARRAY(const char *, changes->mutants.n + 1);
  return changes;
}

/* ── one trial ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A rule that claims are about. */
struct subject {
  const struct indicator *indicator;
  const struct expr *condition;
  struct rule rule;
  const struct verdict **verdicts;
  size_t n_verdicts;
};

/* A subject's rule as a change has it. */
struct attempt {
  const struct subject *subject;
  size_t mutant;
};

size_t *mutate_of_rule(const struct changes *changes, const struct rule *rule, size_t *n) {
  const struct expr *roots[] = {rule->population, rule->denominator, rule->asked};
  struct mutants own = {0};
  variant_mutants(&own, roots, 3);
  size_t *found = NEW_ARRAY(size_t, own.n + 1);
  *n = 0;
  for (size_t i = 0; i < own.n; i++) {
    size_t m = variant_find(&changes->mutants, &own.all[i]);
    if (m < changes->mutants.n && changes->fates[m] == FATE_UNNOTICED) found[(*n)++] = m;
  }
  return found;
}

static const struct expr *mutated(const struct expr *expr, const struct mutant *mutant) {
  return expr ? variant_mutated(expr, mutant) : NULL;
}

bool mutate_rule(const struct rule *rule, const struct mutant *mutant, struct rule *out) {
  *out = (struct rule){mutated(rule->population, mutant), mutated(rule->denominator, mutant),
                       mutated(rule->asked, mutant)};
  return out->population != rule->population || out->denominator != rule->denominator || out->asked != rule->asked;
}

static struct subject *subject_of(struct subject *subjects, size_t *n, const struct trial *trial,
                                  const struct claim *claim) {
  for (size_t i = 0; i < *n; i++)
    if (subjects[i].indicator == claim->indicator && subjects[i].condition == claim->condition) return &subjects[i];
  struct subject *subject = &subjects[(*n)++];
  *subject = (struct subject){.indicator = claim->indicator, .condition = claim->condition};
  if (claim->indicator) subject->rule = rule_of_indicator(trial->program, claim->indicator);
  if (claim->condition) subject->rule.asked = claim->condition;
  return subject;
}

/* The claims that hold and are confirmed, by the rule they are about. */
static struct subject *subjects_of(const struct trial *trial, size_t *n) {
  struct subject *subjects = NEW_ARRAY(struct subject, trial->n_verdicts + 1);
  *n = 0;
  for (size_t i = 0; i < trial->n_verdicts; i++) {
    const struct verdict *verdict = &trial->verdicts[i];
    if (!verdict_holds(verdict) || claim_is_unconfirmed(verdict->test, verdict->claim)) continue;
    struct subject *subject = subject_of(subjects, n, trial, verdict->claim);
    if ((subject->n_verdicts & (subject->n_verdicts - 1)) == 0)
      subject->verdicts =
          memory_grow(subject->verdicts, subject->n_verdicts ? 2 * subject->n_verdicts : 1, sizeof *subject->verdicts);
    subject->verdicts[subject->n_verdicts++] = verdict;
  }
  return subjects;
}

static bool is_noticed(const struct subject *subject, const uint8_t *outcomes) {
  for (size_t i = 0; i < subject->n_verdicts; i++) {
    struct verdict verdict = *subject->verdicts[i];
    verdict.got = (enum outcome)outcomes[verdict.patient];
    if (!verdict_holds(&verdict)) return true;
  }
  return false;
}

static void run_attempts(const struct trial *trial, struct changes *changes, const struct rule *rules,
                         const struct attempt *attempts, size_t n) {
  size_t n_patients = test_count_patients(trial);
  if (!n) return;
  const uint8_t *outcomes = test_outcomes(trial, rules, n);
  for (size_t i = 0; i < n; i++)
    if (is_noticed(attempts[i].subject, outcomes + i * n_patients)) changes->fates[attempts[i].mutant] = FATE_NOTICED;
}

static void mutate_trial(const struct trial *trial, struct changes *changes) {
  struct rule *rules = NEW_ARRAY(struct rule, MOST_RULES);
  struct attempt *attempts = NEW_ARRAY(struct attempt, MOST_RULES);
  size_t n_subjects, n_own, n = 0;
  const struct subject *subjects = subjects_of(trial, &n_subjects);
  for (size_t s = 0; s < n_subjects; s++) {
    const size_t *own = mutate_of_rule(changes, &subjects[s].rule, &n_own);
    for (size_t i = 0; i < n_own; i++) {
      if (!mutate_rule(&subjects[s].rule, &changes->mutants.all[own[i]], &rules[n])) continue;
      attempts[n++] = (struct attempt){&subjects[s], own[i]};
      if (n < MOST_RULES) continue;
      run_attempts(trial, changes, rules, attempts, n);
      n = 0;
    }
  }
  run_attempts(trial, changes, rules, attempts, n);
}

/* ── all files ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The files and the libraries they use, each once. */
static struct tested **with_libraries(struct library *library, struct tested *const *all, size_t n, size_t *n_whole,
                                      struct problems *problems) {
  struct tested **whole = NULL;
  *n_whole = 0;
  for (size_t i = 0; i < n; i++) {
    whole = memory_grow(whole, *n_whole + 1, sizeof *whole);
    whole[(*n_whole)++] = all[i];
  }
  for (size_t i = 0; i < n; i++) {
    size_t n_files, known;
    if (all[i]->is_broken) continue;
    struct rule_file **files = load_closure(all[i]->file, &n_files);
    for (size_t f = 0; f < n_files; f++) {
      for (known = 0; known < *n_whole; known++)
        if (whole[known]->file == files[f]) break;
      if (known < *n_whole) continue;
      whole = memory_grow(whole, *n_whole + 1, sizeof *whole);
      whole[(*n_whole)++] = test_file(library, files[f]->source->path, problems);
    }
  }
  return whole;
}

struct changes *mutate(struct library *library, struct tested *const *all, size_t n, struct problems *problems) {
  struct changes *changes = changes_of(all, n);
  size_t n_whole;
  struct tested **whole = with_libraries(library, all, n, &n_whole, problems);
  for (size_t i = 0; i < n_whole; i++)
    for (size_t t = 0; !whole[i]->is_broken && t < whole[i]->n_trials; t++) mutate_trial(&whole[i]->trials[t], changes);
  mutate_leave_out(all, n, changes, problems);
  return changes;
}

void mutate_count(const struct changes *changes, size_t *all, size_t *noticed) {
  for (size_t m = 0; m < changes->mutants.n; m++) {
    *noticed += changes->fates[m] == FATE_NOTICED;
    *all += changes->fates[m] == FATE_NOTICED || changes->fates[m] == FATE_UNNOTICED;
  }
}
