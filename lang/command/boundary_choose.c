/* boundary_choose.c: the engine looks at all proposed patients, with the rule as it is, with each change and with each
 * condition answered the other way. For each thing to be shown the smallest patient is kept that shows it. */
#include <stdlib.h>
#include <string.h>
#include "lang/command/boundary.h"
#include "lang/memory.h"

/* So many patients go into one store, and so many rules into one image. */
enum { MOST_PEOPLE = 65536, MOST_RULES = 2048 };

/* What the rules make of the proposed patients. */
struct matrix {
  struct trial trial;
  size_t n_people;
  const uint8_t *outcomes;         /* [rule × people + patient] */
  const struct run_answer *values; /* of a rule that asks for a value: its value, likewise */
  const char **claims; /* of each patient: what the rule makes of them today; NULL where no claim can say it */
};

/* ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct trial trial_of(const struct choosing *choosing) {
  struct test *test = NEW(struct test);
  test->as_of = choosing->index;
  test->n_patients = choosing->people.n;
  test->patients = NEW_ARRAY(struct test_patient, choosing->people.n + 1);
  for (size_t i = 0; i < choosing->people.n; i++) test->patients[i] = boundary_patient(choosing->people.all[i]);
  struct trial trial = {.program = choosing->program, .tests = NEW_ARRAY(const struct test *, 1), .n_tests = 1};
  trial.tests[0] = test;
  return trial;
}

static const struct expr *changed(const struct expr *expr, const struct target *target, int truth) {
  if (!expr) return NULL;
  return target->mutant ? variant_mutated(expr, target->mutant) : variant_forced(expr, target->condition, truth);
}

static struct rule rule_changed(const struct rule *rule, const struct target *target, int truth) {
  return (struct rule){changed(rule->population, target, truth), changed(rule->denominator, target, truth),
                       changed(rule->asked, target, truth)};
}

/* The rule as it is; then two of each target. A patient shows a change by telling it from the rule; a condition by its own
 * answer and the rule with the other; a bound by being told apart by the two answers. */
static struct rule *rules_of(const struct choosing *choosing) {
  const struct rule *rule = &choosing->rule;
  struct rule *rules = NEW_ARRAY(struct rule, 2 * choosing->n_targets + 1);
  rules[0] = *rule;
  for (size_t i = 0; i < choosing->n_targets; i++) {
    const struct target *target = &choosing->targets[i];
    rules[2 * i + 1] = rule_changed(rule, target, !target->truth);
    rules[2 * i + 2] = target->mutant ? *rule : (struct rule){NULL, NULL, target->condition};
    if (target->bound) rules[2 * i + 2] = rule_changed(rule, target, target->truth);
  }
  return rules;
}

static struct matrix ask(const struct choosing *choosing) {
  size_t n = 2 * choosing->n_targets + 1;
  struct rule *rules = rules_of(choosing);
  struct matrix matrix = {.trial = trial_of(choosing), .n_people = choosing->people.n};
  uint8_t *outcomes = memory_bytes(n * matrix.n_people + 1);
  for (size_t first = 0; first < n; first += MOST_RULES) {
    size_t some = n - first < MOST_RULES ? n - first : MOST_RULES;
    memcpy(outcomes + first * matrix.n_people, test_outcomes(&matrix.trial, rules + first, some),
           some * matrix.n_people);
  }
  matrix.outcomes = outcomes;
  if (choosing->rule.asked->type.kind == TYPE_TRUTH) return matrix;
  const struct expr **values = NEW_ARRAY(const struct expr *, n);
  for (size_t i = 0; i < n; i++)
    values[i] = rules[i].asked->type.kind == TYPE_TRUTH ? choosing->rule.asked : rules[i].asked;
  matrix.values = test_answers(&matrix.trial, values, n);
  return matrix;
}

/* ── what a patient shows ────────────────────────────────────────────────────────────────────────────────────────── */

static uint8_t outcome_at(const struct matrix *matrix, size_t rule, size_t person) {
  return matrix->outcomes[rule * matrix->n_people + person];
}

/* Whether two rules make another thing of the patient. */
static bool differ(const struct matrix *matrix, size_t one, size_t other, size_t person) {
  uint8_t was = outcome_at(matrix, one, person), is = outcome_at(matrix, other, person);
  if (was != is || was != OUTCOME_YES || !matrix->values) return was != is;
  const struct run_answer *a = &matrix->values[one * matrix->n_people + person],
                          *b = &matrix->values[other * matrix->n_people + person];
  return a->number != b->number || a->sign != b->sign;
}

static bool has_bound(const struct person *person, enum bound bound) {
  size_t n = 0;
  for (size_t i = 0; i < person->n_facts; i++) {
    const struct fact *fact = &person->facts[i];
    if (!fact->part) continue;
    n++;
    if ((bound == BOUND_BELOW && fact->sign < 0) || (bound == BOUND_ABOVE && fact->sign > 0)) return true;
    for (size_t j = 0; j < i && bound == BOUND_TIE; j++)
      if (person->facts[j].of == fact->of && person->facts[j].from == fact->from &&
          person->facts[j].number != fact->number)
        return true;
  }
  return bound == BOUND_MISSING && n == 0;
}

static bool shows(const struct choosing *choosing, const struct matrix *matrix, size_t target, size_t person) {
  const struct target *of = &choosing->targets[target];
  size_t first = 2 * target + 1, second = first + 1;
  if (!matrix->claims[person]) return false;
  if (of->bound) return has_bound(choosing->people.all[person], of->bound) && differ(matrix, first, second, person);
  uint8_t answer = outcome_at(matrix, second, person);
  if (!of->mutant && answer != (of->truth ? OUTCOME_YES : OUTCOME_NO)) return false;
  return differ(matrix, 0, first, person);
}

/* What a claim may say of the patient today; of a bound no claim can. */
static const char *claim_of(const struct choosing *choosing, const struct matrix *matrix, size_t person) {
  static const char *const words[] = {"outside", "no", "yes", "unknown"};
  const char *name = choosing->indicator->name;
  enum outcome outcome = (enum outcome)outcome_at(matrix, 0, person);
  if (choosing->claim) return outcome == OUTCOME_YES ? choosing->claim : NULL;
  if (!matrix->values || outcome == OUTCOME_OUTSIDE) return memory_print("%s %s", name, words[outcome]);
  const struct run_answer *answer = &matrix->values[person];
  if (answer->known && answer->sign) return NULL;
  return answer->known ? memory_print("%s = %s", name, test_answer_words(choosing->rule.asked, answer))
                       : memory_print("%s unknown", name);
}

/* ── keeping ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct candidate {
  size_t person;
  unsigned cost;
};

static int by_cost(const void *left, const void *right) {
  const struct candidate *a = left, *b = right;
  if (a->cost != b->cost) return a->cost < b->cost ? -1 : 1;
  return a->person < b->person ? -1 : a->person > b->person;
}

/* Yes and no are plainer than unknown, by as much as a row is to read; and a short number than a long one. */
static struct candidate *sorted(const struct choosing *choosing, const struct matrix *matrix,
                                const struct boundary *boundary) {
  enum { A_ROW = 14 };
  struct candidate *candidates = NEW_ARRAY(struct candidate, choosing->people.n + 1);
  for (size_t i = 0; i < choosing->people.n; i++)
    candidates[i] = (struct candidate){i, boundary_cost(boundary, choosing->people.all[i]) +
                                              A_ROW * (outcome_at(matrix, 0, i) == OUTCOME_UNKNOWN) +
                                              (unsigned)(matrix->claims[i] ? strlen(matrix->claims[i]) : 0)};
  qsort(candidates, choosing->people.n, sizeof *candidates, by_cost);
  return candidates;
}

/* The smallest patient that shows a target; of several, one that shows most that is still to be shown. */
static void keep_for(struct choosing *choosing, const struct matrix *matrix, const struct candidate *candidates,
                     size_t target) {
  enum { MOST_LOOKED_AT = 40 };
  size_t best = SIZE_MAX, most = 0, looked_at = 0;
  unsigned cost = 0;
  for (size_t i = 0; i < matrix->n_people && looked_at < MOST_LOOKED_AT; i++) {
    if (!shows(choosing, matrix, target, candidates[i].person)) continue;
    if (best != SIZE_MAX && candidates[i].cost > cost) break;
    size_t more = 0;
    for (size_t t = 0; t < choosing->n_targets; t++)
      more += !choosing->kept[t].person && shows(choosing, matrix, t, candidates[i].person);
    if (best == SIZE_MAX) cost = candidates[i].cost;
    if (best == SIZE_MAX || more > most) {
      best = candidates[i].person;
      most = more;
    }
    looked_at++;
  }
  if (best == SIZE_MAX) return;
  for (size_t t = 0; t < choosing->n_targets; t++)
    if (!choosing->kept[t].person && shows(choosing, matrix, t, best))
      choosing->kept[t] = (struct kept){choosing->people.all[best], matrix->claims[best], t == target};
}

void boundary_choose(struct choosing *choosing) {
  struct boundary *boundary =
      boundary_open(choosing->program,
                    (struct boundary_rule){choosing->rule.population, choosing->rule.denominator, choosing->rule.asked},
                    choosing->index);
  choosing->kept = NEW_ARRAY(struct kept, choosing->n_targets + 1);
  boundary_people(boundary, &choosing->people);
  if (choosing->people.n > MOST_PEOPLE) choosing->people.n = MOST_PEOPLE;
  if (!choosing->people.n || !choosing->n_targets) return;
  struct matrix matrix = ask(choosing);
  matrix.claims = NEW_ARRAY(const char *, choosing->people.n + 1);
  for (size_t i = 0; i < choosing->people.n; i++) matrix.claims[i] = claim_of(choosing, &matrix, i);
  const struct candidate *candidates = sorted(choosing, &matrix, boundary);
  for (int subject = 0; subject < N_SUBJECTS; subject++)
    for (size_t t = 0; t < choosing->n_targets; t++)
      if (!choosing->kept[t].person && (int)choosing->targets[t].subject == subject)
        keep_for(choosing, &matrix, candidates, t);
}
