/* boundary.c: `klynge boundary FILE INDICATOR`: tests with patients just inside and just outside whatever a rule turns on,
 * for its author to say of each whether the rule is right. */
#include <string.h>
#include "lang/command/boundary.h"
#include "lang/command/cover.h"
#include "lang/command/marks.h"
#include "lang/command/mutate.h"
#include "lang/memory.h"
#include "lang/variant/walk.h"
#include "runtime/image/dates.h"

/* ── which indicator, as of when ─────────────────────────────────────────────────────────────────────────────────── */

static const struct indicator *find_indicator(const struct call *call, const struct program *program,
                                              const char *name) {
  const char **names = NEW_ARRAY(const char *, program->n_indicators + 1);
  for (size_t i = 0; i < program->n_indicators; i++) {
    if (strcmp(program->indicators[i]->name, name) == 0) return program->indicators[i];
    names[i] = program->indicators[i]->name;
  }
  const char *near = problem_nearest(name, names, program->n_indicators);
  if (near)
    fail(call, EXIT_USE, "there is no indicator `%s`; did you mean `%s`?", name, near);
  else
    fail(call, EXIT_USE, "there is no indicator `%s`", name);
  return NULL;
}

/* The index date of most of the file's tests: patients are then as old as those. */
static int32_t index_of(const struct program *program) {
  int32_t index = date_from_civil(2024, 6, 1);
  size_t most = 0;
  for (size_t t = 0; t < program->n_tests; t++) {
    size_t n = 0;
    for (size_t i = 0; i < program->n_tests; i++) n += program->tests[i]->as_of == program->tests[t]->as_of;
    if (n > most) {
      most = n;
      index = program->tests[t]->as_of;
    }
  }
  return index;
}

/* ── what is to be shown ─────────────────────────────────────────────────────────────────────────────────────────── */

static void add_target(struct choosing *choosing, struct target target) {
  choosing->targets = memory_grow(choosing->targets, choosing->n_targets + 1, sizeof target);
  choosing->targets[choosing->n_targets++] = target;
}

static enum subject subject_of(enum mutant_kind kind) {
  switch (kind) {
  case MUTANT_junction:
  case MUTANT_negation:
  case MUTANT_question: return SUBJECT_CONDITION;
  case MUTANT_begins:
  case MUTANT_ends: return SUBJECT_WINDOW;
  case MUTANT_code:
  case MUTANT_exception: return SUBJECT_CODES;
  case MUTANT_lowest:
  case MUTANT_highest:
  case MUTANT_conversion:
  case MUTANT_ties: return SUBJECT_READ;
  default: return SUBJECT_LIMIT;
  }
}

static struct conditions conditions_of(const struct choosing *choosing) {
  const struct expr *roots[] = {choosing->rule.population, choosing->rule.denominator, choosing->rule.asked};
  return variant_conditions(roots, 3);
}

/* The condition that a change is in, if it is in one. */
static const struct expr *condition_of(const struct conditions *conditions, const struct mutant *mutant) {
  for (size_t i = 0; i < conditions->n; i++)
    if (variant_mutated(conditions->all[i], mutant) != conditions->all[i]) return conditions->all[i];
  return NULL;
}

static bool is_wanted(const struct choosing *choosing, const struct mutant *mutant) {
  for (size_t i = 0; i < choosing->n_targets; i++)
    if (choosing->targets[i].mutant == mutant) return true;
  return false;
}

static bool reads(const struct choosing *choosing, const struct mutant *mutant) {
  const struct expr *roots[] = {choosing->rule.population, choosing->rule.denominator, choosing->rule.asked};
  for (int i = 0; i < 3; i++)
    if (roots[i] && variant_mutated(roots[i], mutant) != roots[i]) return true;
  return false;
}

static void want_changes(struct choosing *choosing, const struct changes *changes, bool all) {
  struct conditions conditions = conditions_of(choosing);
  for (size_t m = 0; m < changes->mutants.n; m++) {
    const struct mutant *mutant = &changes->mutants.all[m];
    if (changes->fates[m] != FATE_UNNOTICED && !(all && changes->fates[m] == FATE_NOTICED)) continue;
    if (reads(choosing, mutant))
      add_target(choosing, (struct target){.subject = choosing->stratum ? SUBJECT_CLASS : subject_of(mutant->kind),
                                           .mutant = mutant,
                                           .condition = condition_of(&conditions, mutant)});
  }
}

static void want_conditions(struct choosing *choosing, const struct coverage *coverage, bool all) {
  for (size_t c = 0; c < coverage->n; c++)
    for (int truth = 1; truth >= 0; truth--)
      if ((all || !coverage->conditions[c].shown[truth]) && !(truth && coverage->conditions[c].never_yes))
        add_target(choosing, (struct target){.subject = SUBJECT_CONDITION,
                                             .condition = coverage->conditions[c].condition,
                                             .truth = truth});
}

static bool note_series(void *context, const struct expr *expr, bool is_limit) {
  bool *found = context;
  (void)is_limit;
  *found = *found || (expr->rows && expr->rows->stream->kind == STREAM_SERIES && expr->kind != EXPR_any_row &&
                      expr->kind != EXPR_count);
  return true;
}

/* Results that are missing, censored or two of one day, where a condition looks at results. */
static void want_bounds(struct choosing *choosing) {
  struct conditions conditions = conditions_of(choosing);
  for (size_t c = 0; c < conditions.n; c++) {
    bool reads = false;
    struct visitor visitor = {.context = &reads, .expr = note_series};
    walk(&visitor, &conditions.all[c], 1);
    for (int bound = BOUND_MISSING; reads && bound < N_BOUNDS; bound++)
      add_target(choosing,
                 (struct target){.subject = SUBJECT_BOUND, .condition = conditions.all[c], .bound = (enum bound)bound});
  }
}

/* Whether the file claims anything of the indicator; if so, its author has thought of values that are missing. */
static bool is_claimed(const struct choosing *choosing) {
  for (size_t t = 0; t < choosing->program->n_tests; t++)
    for (size_t c = 0; c < choosing->program->tests[t]->n_claims; c++)
      if (choosing->program->tests[t]->claims[c].indicator == choosing->indicator) return true;
  return false;
}

/* A rule and the classes that it is told apart by. */
struct wanted {
  struct choosing *all;
  size_t n;
};

/* The changes of a class that are not those of the rule. */
static void want_class(struct wanted *wanted, const struct stratum *stratum, const struct band *band,
                       const struct changes *changes, bool all) {
  struct choosing class = wanted->all[0], *rule = &wanted->all[0];
  class.rule = (struct rule){NULL, NULL, band->condition};
  class.stratum = stratum;
  class.claim = memory_print("%s = \"%s\"", stratum->name, band->label);
  class.targets = NULL;
  class.n_targets = 0;
  want_changes(&class, changes, all);
  size_t n = 0;
  for (size_t i = 0; i < class.n_targets; i++)
    if (!is_wanted(rule, class.targets[i].mutant)) class.targets[n++] = class.targets[i];
  class.n_targets = n;
  if (!n) return;
  wanted->all = memory_grow(wanted->all, wanted->n + 1, sizeof class);
  wanted->all[wanted->n++] = class;
}

/* The words of a listed column are no limits. */
static void want_classes(struct wanted *wanted, const struct stratum *const *strata, size_t n,
                         const struct changes *changes, bool all) {
  for (size_t i = 0; i < n; i++)
    for (size_t b = 0; strata[i]->value && b < strata[i]->n_bands; b++)
      want_class(wanted, strata[i], &strata[i]->bands[b], changes, all);
}

static struct wanted want(struct choosing choosing, struct library *library, struct tested *tested, bool all,
                          struct problems *problems) {
  size_t n;
  struct tested *const one[] = {tested};
  const struct coverage *coverage = cover(tested, &n);
  const struct changes *changes = mutate(library, one, 1, problems);
  for (size_t i = 0; i < n; i++)
    if (!coverage[i].indicator || coverage[i].indicator == choosing.indicator)
      want_conditions(&choosing, &coverage[i], all);
  want_changes(&choosing, changes, all);
  if (all || !is_claimed(&choosing)) want_bounds(&choosing);
  struct wanted wanted = {NEW_ARRAY(struct choosing, 1), 1};
  wanted.all[0] = choosing;
  want_classes(&wanted, choosing.indicator->by, choosing.indicator->n_by, changes, all);
  want_classes(&wanted, choosing.indicator->adjust, choosing.indicator->n_adjust, changes, all);
  return wanted;
}

/* ── the verb ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether some patient shows a target: that of a change may stand with another rule. */
static bool is_shown(const struct wanted *wanted, const struct target *target) {
  for (size_t i = 0; i < wanted->n; i++)
    for (size_t t = 0; t < wanted->all[i].n_targets; t++) {
      const struct target *other = &wanted->all[i].targets[t];
      bool same = other == target || (target->mutant && other->mutant == target->mutant);
      if (same && wanted->all[i].kept[t].person) return true;
    }
  return false;
}

/* What no patient was found for is told: a person may find one, or see that there is none. */
static void tell_missed(const struct call *call, const struct wanted *wanted) {
  struct mark *marks = NULL;
  size_t n = 0;
  for (size_t i = 0; i < wanted->n; i++)
    for (size_t t = 0; t < wanted->all[i].n_targets; t++) {
      const struct target *target = &wanted->all[i].targets[t];
      const struct mutant *mutant = target->mutant;
      if (target->bound || is_shown(wanted, target)) continue;
      marks = memory_grow(marks, n + 1, sizeof *marks);
      if (mutant)
        marks[n++] = (struct mark){mutant->source, mutant->at, mutate_words(mutant), false};
      else
        marks[n++] = (struct mark){target->condition->source, target->condition->at,
                                   target->truth ? _("decides as yes") : _("decides as no"), false};
    }
  if (!n || call->quiet) return;
  marks_sort(marks, n);
  fputs(_("No patient was found who shows it when what is underlined\n"), stderr);
  marks_tell(call, NULL, marks, n, stderr);
}

static int write_tests(struct call *call, struct library *library, struct tested *tested,
                       const struct indicator *indicator, struct problems *problems) {
  struct choosing choosing = {.program = tested->program, .indicator = indicator, .index = index_of(tested->program)};
  choosing.rule = rule_of_indicator(tested->program, indicator);
  struct wanted wanted = want(choosing, library, tested, option_value(call, OPTION_all) != NULL, problems);
  problems_print(problems, stderr, call->colour_err, SEVERITY_ERROR);
  for (size_t i = 0; i < wanted.n; i++) boundary_choose(&wanted.all[i]);
  if (tested->file->language == DANISH) words_speak(true, texts_folder());
  const char *text = boundary_tests(wanted.all, wanted.n, tested->file->language);
  if (!*text && !call->quiet)
    fprintf(stderr, _("klynge boundary: the tests of %s show all of `%s` already; --all writes them again\n"),
            tested->path, indicator->name);
  fputs(text, stdout);
  tell_missed(call, &wanted);
  return EXIT_FINE;
}

int verb_boundary(struct call *call) {
  size_t n;
  if (call->n_words != 2)
    return fail(call, EXIT_USE, "which rule file, and which of its indicators? klynge boundary FILE INDICATOR");
  const char **files = rule_files(call, call->words, 1, &n);
  if (!files) return EXIT_USE;
  if (n != 1) return fail(call, EXIT_USE, "name one rule file: %s is a folder of %zu", call->words[0], n);
  struct problems *problems = problems_open();
  struct library *library = rules_library(problems);
  struct tested *tested = test_file(library, files[0], problems);
  problems_print(problems, stderr, call->colour_err, call->quiet ? SEVERITY_ERROR : SEVERITY_WARNING);
  if (tested->is_broken) return EXIT_RULES;
  const struct indicator *indicator = find_indicator(call, tested->program, call->words[1]);
  return indicator ? write_tests(call, library, tested, indicator, problems) : EXIT_USE;
}
