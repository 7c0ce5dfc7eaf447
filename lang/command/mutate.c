/* mutate.c: the tests of rule files are run once more for every change, many changes at a time: each rule that a claim is
 * about, as a change has it, is one more rule of the trial's image. */
#include <string.h>
#include "lang/command/mutate.h"
#include "lang/memory.h"
#include "lang/plan/plan.h"

/* So many changed rules go into one image. */
enum { MOST_RULES = 4096 };

/* ── the changes there are ───────────────────────────────────────────────────────────────────────────────────────── */

/* What a file stands for: its population, its indicators, and the definitions that it declares itself. */
static const struct expr **roots_of(const struct tested *tested, size_t *n) {
  const struct program *program = tested->program;
  const struct expr **roots = NEW_ARRAY(const struct expr *, 1 + 2 * program->n_indicators + program->n_definitions);
  *n = 0;
  roots[(*n)++] = program->population;
  for (size_t i = 0; i < program->n_indicators; i++) {
    struct rule rule = rule_of_indicator(program, program->indicators[i]);
    roots[(*n)++] = rule.denominator;
    roots[(*n)++] = rule.asked;
  }
  for (size_t i = 0; i < program->n_definitions; i++)
    if (program->definitions[i]->value->source == tested->file->source) roots[(*n)++] = program->definitions[i]->value;
  return roots;
}

static struct changes *changes_of(struct tested *const *all, size_t n) {
  struct changes *changes = NEW(struct changes);
  for (size_t i = 0; i < n; i++) {
    size_t n_roots;
    if (all[i]->is_broken) continue;
    const struct expr **roots = roots_of(all[i], &n_roots);
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

static const struct expr *mutated(const struct expr *expr, const struct mutant *mutant) {
  return expr ? variant_mutated(expr, mutant) : NULL;
}

/* False where the change leaves the rule as it is. */
static bool mutate_rule(const struct rule *rule, const struct mutant *mutant, struct rule *out) {
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
  size_t n_subjects, n = 0;
  const struct subject *subjects = subjects_of(trial, &n_subjects);
  for (size_t m = 0; m < changes->mutants.n; m++) {
    for (size_t s = 0; s < n_subjects && changes->fates[m] == FATE_UNNOTICED; s++) {
      if (!mutate_rule(&subjects[s].rule, &changes->mutants.all[m], &rules[n])) continue;
      attempts[n++] = (struct attempt){&subjects[s], m};
      if (n < MOST_RULES) continue;
      run_attempts(trial, changes, rules, attempts, n);
      n = 0;
    }
  }
  run_attempts(trial, changes, rules, attempts, n);
}

/* ── what cannot be noticed ──────────────────────────────────────────────────────────────────────────────────────── */

/* Compares, in one plan, each rule with what a change makes of it: equal nodes are one. */
static void compare_plans(const struct tested *tested, const struct rule *rules, const struct attempt *attempts,
                          size_t n, bool *differs) {
  const struct program *pack = test_pack_of_rules(tested->program, rules, 2 * n);
  const struct plan *whole = plan(&pack, 1, problems_open());
  for (size_t i = 0; i < n; i++) {
    const struct plan_indicator *was = &whole->packs[0].indicators[2 * i], *is = was + 1;
    if (was->counted != is->counted || was->cells[0].denominator != is->cells[0].denominator)
      differs[attempts[i].mutant] = true;
  }
}

/* The indicators, the population and the definitions of a file, each with every change that is not noticed. */
static void compare_rules(const struct tested *tested, struct changes *changes, bool *differs) {
  struct rule *rules = NEW_ARRAY(struct rule, 2 * MOST_RULES);
  struct attempt *attempts = NEW_ARRAY(struct attempt, MOST_RULES);
  const struct program *program = tested->program;
  size_t n_roots, n = 0;
  const struct expr **roots = roots_of(tested, &n_roots);
  for (size_t m = 0; m < changes->mutants.n; m++) {
    if (changes->fates[m] != FATE_UNNOTICED) continue;
    for (size_t i = 0; i < program->n_indicators + n_roots; i++) {
      bool is_indicator = i < program->n_indicators;
      struct rule rule = is_indicator ? rule_of_indicator(program, program->indicators[i])
                                      : (struct rule){NULL, NULL, roots[i - program->n_indicators]};
      if (!rule.asked || !mutate_rule(&rule, &changes->mutants.all[m], &rules[2 * n + 1])) continue;
      if (is_indicator && !changes->readers[m])
        changes->readers[m] = memory_print("%s %s", tested->path, program->indicators[i]->name);
      rules[2 * n] = rule;
      attempts[n++] = (struct attempt){NULL, m};
      if (n < MOST_RULES) continue;
      compare_plans(tested, rules, attempts, n, differs);
      n = 0;
    }
  }
  if (n) compare_plans(tested, rules, attempts, n, differs);
}

static void leave_out_same(struct tested *const *all, size_t n, struct changes *changes) {
  bool *differs = NEW_ARRAY(bool, changes->mutants.n + 1);
  for (size_t i = 0; i < n; i++)
    if (!all[i]->is_broken) compare_rules(all[i], changes, differs);
  for (size_t m = 0; m < changes->mutants.n; m++)
    if (changes->fates[m] == FATE_UNNOTICED && !differs[m]) changes->fates[m] = FATE_SAME;
}

/* ── what its author says cannot be noticed ──────────────────────────────────────────────────────────────────────── */

static void leave_out_named(const struct equivalent *entry, struct changes *changes, struct problems *problems) {
  size_t named = 0, unnoticed = 0;
  for (size_t m = 0; m < changes->mutants.n; m++) {
    if (!equivalent_names(entry, &changes->mutants.all[m])) continue;
    named++;
    if (changes->fates[m] == FATE_NOTICED) continue;
    unnoticed++;
    if (changes->fates[m] == FATE_UNNOTICED) changes->fates[m] = FATE_EQUIVALENT;
  }
  if (!named)
    problem_add(problems, PROBLEM_equivalent, entry->source, entry->at,
                "write the change as `klynge test --mutate` tells it, right before its line",
                "there is no change called `%s` here", entry->name);
  else if (!unnoticed)
    problem_add(problems, PROBLEM_equivalent, entry->source, entry->at, "take the comment away",
                "a test notices when `%s` stands here, so somebody can tell", entry->name);
}

/* The comments of the files and of all they use, each file's once. */
static void leave_out_equivalent(struct tested *const *all, size_t n, struct changes *changes,
                                 struct problems *problems) {
  struct equivalents equivalents = {0};
  struct rule_file **seen = NULL;
  size_t n_seen = 0, n_files, known;
  for (size_t i = 0; i < n; i++) {
    if (all[i]->is_broken) continue;
    struct rule_file **files = load_closure(all[i]->file, &n_files);
    for (size_t f = 0; f < n_files; f++) {
      for (known = 0; known < n_seen && seen[known] != files[f];) known++;
      if (known < n_seen) continue;
      seen = memory_grow(seen, n_seen + 1, sizeof(struct rule_file *));
      seen[n_seen++] = files[f];
      variant_equivalents(&equivalents, files[f], problems);
    }
  }
  for (size_t i = 0; i < equivalents.n; i++) leave_out_named(&equivalents.all[i], changes, problems);
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
  leave_out_same(all, n, changes);
  leave_out_equivalent(all, n, changes, problems);
  return changes;
}

void mutate_count(const struct changes *changes, size_t *all, size_t *noticed) {
  for (size_t m = 0; m < changes->mutants.n; m++) {
    *noticed += changes->fates[m] == FATE_NOTICED;
    *all += changes->fates[m] == FATE_NOTICED || changes->fates[m] == FATE_UNNOTICED;
  }
}
