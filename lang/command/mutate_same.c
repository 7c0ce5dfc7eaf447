/* mutate_same.c: changes that nobody can notice. Some make the rule itself again, which the plan shows, or move a limit that no
 * result reaches; of others the author says so, in a comment where they are. */
#include "lang/command/mutate.h"
#include "lang/memory.h"
#include "lang/plan/plan.h"

/* So many changed rules go into one plan. */
enum { MOST_RULES = 4096 };

/* ── what is the rule itself ─────────────────────────────────────────────────────────────────────────────────────── */

/* Compares, in one plan, each rule with what a change makes of it: equal nodes are one. */
static void compare_plans(const struct tested *tested, const struct rule *rules, const size_t *mutants, size_t n,
                          bool *differs) {
  const struct program *pack = test_pack_of_rules(tested->program, rules, 2 * n);
  const struct expr **asked = NEW_ARRAY(const struct expr *, 2 * n);
  for (size_t i = 0; i < 2 * n; i++) asked[i] = rules[i].asked;
  const struct plan *whole = plan_asking(&pack, 1, asked, 2 * n, problems_open());
  for (size_t i = 0; i < n; i++) {
    const struct plan_indicator *was = &whole->packs[0].indicators[2 * i], *is = was + 1;
    bool same = whole->questions[2 * i].node == whole->questions[2 * i + 1].node;
    if (!same || was->cells[0].denominator != is->cells[0].denominator) differs[mutants[i]] = true;
  }
}

/* What is compared of one file. */
struct comparing {
  const struct tested *tested;
  struct changes *changes;
  bool *differs;
  struct rule *rules; /* two of each: as it is, and changed */
  size_t *mutants, n;
};

static void compare_now(struct comparing *comparing) {
  if (comparing->n)
    compare_plans(comparing->tested, comparing->rules, comparing->mutants, comparing->n, comparing->differs);
  comparing->n = 0;
}

/* Every change of a rule that is not noticed. `name` is that of the indicator whose rule it is, or NULL. */
static void compare_rule(struct comparing *comparing, const struct rule *rule, const char *name) {
  const struct expr *roots[] = {rule->population, rule->denominator, rule->asked};
  size_t n_own;
  const size_t *own = mutate_of_rule(comparing->changes, rule, &n_own);
  for (size_t i = 0; i < n_own; i++) {
    const struct mutant *mutant = &comparing->changes->mutants.all[own[i]];
    const char **reader = &comparing->changes->readers[own[i]];
    if (!mutate_rule(rule, mutant, &comparing->rules[2 * comparing->n + 1]) || variant_is_beyond(roots, 3, mutant))
      continue;
    if (name && !*reader) *reader = memory_print("%s %s", comparing->tested->path, name);
    comparing->rules[2 * comparing->n] = *rule;
    comparing->mutants[comparing->n++] = own[i];
    if (comparing->n == MOST_RULES) compare_now(comparing);
  }
}

/* The indicators, the population and the definitions of a file. */
static void compare_rules(const struct tested *tested, struct changes *changes, bool *differs) {
  struct comparing comparing = {
      tested, changes, differs, NEW_ARRAY(struct rule, 2 * MOST_RULES), NEW_ARRAY(size_t, MOST_RULES), 0};
  const struct program *program = tested->program;
  size_t n_roots;
  const struct expr **roots = mutate_roots(tested, &n_roots);
  for (size_t i = 0; i < program->n_indicators; i++) {
    struct rule rule = rule_of_indicator(program, program->indicators[i]);
    compare_rule(&comparing, &rule, program->indicators[i]->name);
  }
  for (size_t i = 0; i < n_roots; i++) {
    struct rule rule = {NULL, NULL, roots[i]};
    if (roots[i]) compare_rule(&comparing, &rule, NULL);
  }
  compare_now(&comparing);
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

void mutate_leave_out(struct tested *const *all, size_t n, struct changes *changes, struct problems *problems) {
  leave_out_same(all, n, changes);
  leave_out_equivalent(all, n, changes, problems);
}
