/* cover.c: each condition of a rule, answered the other way for each patient of whom something is claimed. The rule with
 * the condition as it is, as no and as yes are three rules of one image. */
#include "lang/command/cover.h"
#include "lang/memory.h"

/* A rule whose conditions are asked about, in the program of one trial. `whole` is what the claims are about; the
 * conditions stand in all of it, or in its population alone. */
struct subject {
  struct coverage *coverage;
  struct rule whole;
  struct conditions conditions;
  const struct verdict **verdicts; /* of the claims that may show something */
  size_t n_verdicts;
  size_t first; /* where its rules stand: whole, then of each condition the condition itself, forced to no, to yes */
};

struct asking {
  const struct trial *trial;
  struct subject *subjects;
  size_t n_subjects;
  struct rule *rules;
  size_t n_rules, room;
  const uint8_t *outcomes;
  size_t n_patients;
};

/* ── what is asked ───────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_rule(struct asking *asking, struct rule rule) {
  if (asking->n_rules == asking->room) {
    asking->room = asking->room ? 2 * asking->room : 256;
    asking->rules = memory_grow(asking->rules, asking->room, sizeof *asking->rules);
  }
  asking->rules[asking->n_rules++] = rule;
}

static const struct expr *forced(const struct expr *expr, const struct expr *condition, int truth) {
  return expr ? variant_forced(expr, condition, truth) : NULL;
}

/* A condition that both the population and the indicator have (a definition) is asked about in each alone. */
static struct rule rule_forced(const struct subject *subject, const struct expr *condition, int truth) {
  struct rule rule = subject->whole;
  if (!subject->coverage->indicator) {
    rule.population = forced(rule.population, condition, truth);
  } else {
    rule.denominator = forced(rule.denominator, condition, truth);
    rule.asked = forced(rule.asked, condition, truth);
  }
  return rule;
}

static void ask_about(struct asking *asking, struct subject *subject) {
  subject->first = asking->n_rules;
  add_rule(asking, subject->whole);
  for (size_t i = 0; i < subject->conditions.n; i++) {
    const struct expr *condition = subject->conditions.all[i];
    add_rule(asking, (struct rule){NULL, NULL, condition});
    for (int truth = 0; truth < 2; truth++) add_rule(asking, rule_forced(subject, condition, truth));
  }
}

/* The claims of the trial about an indicator that may show something. */
static void gather_claims(const struct trial *trial, const struct indicator *indicator, struct subject *subject) {
  subject->verdicts = NEW_ARRAY(const struct verdict *, trial->n_verdicts + 1);
  for (size_t i = 0; i < trial->n_verdicts; i++) {
    const struct verdict *verdict = &trial->verdicts[i];
    if (verdict->claim->indicator == indicator && verdict_holds(verdict) &&
        !claim_is_unconfirmed(verdict->test, verdict->claim))
      subject->verdicts[subject->n_verdicts++] = verdict;
  }
}

static void add_subject(struct asking *asking, struct coverage *coverage, const struct indicator *indicator) {
  const struct program *program = asking->trial->program;
  struct subject subject = {.coverage = coverage, .whole = rule_of_indicator(program, indicator)};
  const struct expr *inside[] = {subject.whole.denominator, subject.whole.asked};
  gather_claims(asking->trial, indicator, &subject);
  if (!subject.n_verdicts) return;
  subject.conditions =
      coverage->indicator ? variant_conditions(inside, 2) : variant_conditions(&subject.whole.population, 1);
  ask_about(asking, &subject);
  asking->subjects = memory_grow(asking->subjects, asking->n_subjects + 1, sizeof subject);
  asking->subjects[asking->n_subjects++] = subject;
}

/* ── what is answered ────────────────────────────────────────────────────────────────────────────────────────────── */

static enum outcome outcome_at(const struct asking *asking, size_t rule, uint32_t patient) {
  return (enum outcome)asking->outcomes[rule * asking->n_patients + patient];
}

/* Two numbers of a patient that are both known. */
static bool values_differ(const struct trial *trial, const struct expr *a, const struct expr *b, uint32_t patient) {
  const struct expr *const exprs[] = {a, b};
  const uint32_t patients[] = {patient, patient};
  if (a == b) return false;
  const struct run_answer *answers = test_values(trial, exprs, patients, 2);
  return answers[0].number != answers[1].number || answers[0].sign != answers[1].sign;
}

/* Whether the patient's outcome would be another with the condition forced. */
static bool decides(const struct asking *asking, const struct subject *subject, size_t forced_rule, uint32_t patient) {
  enum outcome was = outcome_at(asking, subject->first, patient), is = outcome_at(asking, forced_rule, patient);
  const struct expr *asked = subject->whole.asked;
  if (was != is || was != OUTCOME_YES || asked->type.kind == TYPE_TRUTH) return was != is;
  return values_differ(asking->trial, asked, asking->rules[forced_rule].asked, patient);
}

static void note_shown(const struct asking *asking, const struct subject *subject, size_t condition) {
  size_t own = subject->first + 1 + 3 * condition;
  struct covered *covered = &subject->coverage->conditions[condition];
  for (size_t v = 0; v < subject->n_verdicts && !(covered->shown[0] && covered->shown[1]); v++) {
    uint32_t patient = subject->verdicts[v]->patient;
    enum outcome truth = outcome_at(asking, own, patient);
    if (truth != OUTCOME_YES && truth != OUTCOME_NO) continue;
    bool yes = truth == OUTCOME_YES;
    if (!covered->shown[yes]) covered->shown[yes] = decides(asking, subject, own + (yes ? 1 : 2), patient);
  }
}

/* ── trial by trial ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* The programs of all trials declare the same indicators in the same order, whatever is set. */
static void cover_trial(const struct trial *trial, struct coverage *all, size_t n) {
  struct asking asking = {.trial = trial, .n_patients = test_count_patients(trial)};
  const struct program *program = trial->program;
  bool of_population = n > program->n_indicators;
  for (size_t i = 0; i < program->n_indicators; i++) {
    if (of_population) add_subject(&asking, &all[0], program->indicators[i]);
    add_subject(&asking, &all[of_population + i], program->indicators[i]);
  }
  if (!asking.n_subjects) return;
  asking.outcomes = test_outcomes(trial, asking.rules, asking.n_rules);
  for (size_t s = 0; s < asking.n_subjects; s++)
    for (size_t c = 0; c < asking.subjects[s].conditions.n; c++) note_shown(&asking, &asking.subjects[s], c);
}

bool covered_whole(const struct covered *covered) {
  return covered->shown[0] && (covered->shown[1] || covered->never_yes);
}

static bool is_never_yes(const struct expr *condition) {
  const struct code_set *set = condition->kind == EXPR_any_row ? condition->rows->stream->parts[0].set : NULL;
  return set && condition->rows->stream->n_parts == 1 && set->size == 0;
}

static struct coverage coverage_of(const struct indicator *indicator, const struct expr *const *roots, size_t n) {
  struct conditions conditions = variant_conditions(roots, n);
  struct coverage coverage = {indicator, NEW_ARRAY(struct covered, conditions.n + 1), conditions.n, 0};
  for (size_t i = 0; i < conditions.n; i++)
    coverage.conditions[i] = (struct covered){conditions.all[i], {false, false}, is_never_yes(conditions.all[i])};
  return coverage;
}

struct coverage *cover(const struct tested *tested, size_t *n) {
  const struct program *program = tested->program;
  struct coverage *all = NEW_ARRAY(struct coverage, program->n_indicators + 2);
  *n = 0;
  if (program->population) all[(*n)++] = coverage_of(NULL, &program->population, 1);
  for (size_t i = 0; i < program->n_indicators; i++) {
    struct rule rule = rule_of_indicator(program, program->indicators[i]);
    const struct expr *inside[] = {rule.denominator, rule.asked};
    all[(*n)++] = coverage_of(program->indicators[i], inside, 2);
  }
  for (size_t t = 0; t < tested->n_trials; t++) cover_trial(&tested->trials[t], all, *n);
  for (size_t i = 0; i < *n; i++)
    for (size_t c = 0; c < all[i].n; c++) all[i].n_shown += covered_whole(&all[i].conditions[c]);
  return all;
}

void cover_count(const struct coverage *all, size_t n, size_t *conditions, size_t *shown) {
  for (size_t i = 0; i < n; i++) {
    *conditions += all[i].n;
    *shown += all[i].n_shown;
  }
}
