/* test.c: tests. A claim becomes an indicator or a condition whose outcome for a patient is known beforehand, so that a
 * test is run by the very engine that runs the pack. */
#include <string.h>
#include "lang/check/checker.h"
#include "lang/memory.h"

/* ── settings ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether a value is of the kind that a name takes; a problem where it is not. */
static bool setting_fits(struct checker *checker, struct named *named, const struct node *literal) {
  bool is_code = literal->kind == NODE_name || literal->kind == NODE_number || literal->kind == NODE_text;
  if (named->kind == NAMED_CODES && !is_code)
    wrong(checker, PROBLEM_setting, literal, "write a code, or several in quotes: \"A05 P20\"", "`%s` takes codes", named->name);
  if (named->kind == NAMED_CODES) return is_code;
  const struct expr *value = literal_value(checker, literal), *declared = parameter_of(checker, named)->value;
  if (value->kind == EXPR_wrong || declared->kind == EXPR_wrong) return false;
  if (value->type.kind == declared->type.kind && (!value->type.unit || value->type.unit == declared->type.unit)) return true;
  wrong(checker, PROBLEM_setting, literal, "write a value of the kind that the parameter is declared with",
        "`%s` takes %s", named->name, type_words(declared->type));
  return false;
}

/* What can be set: a parameter, or a set that holds no code yet. */
static bool is_settable(struct checker *checker, struct named *named) {
  const struct code_set *set = named && named->kind == NAMED_CODES ? codes_of(checker, named) : NULL;
  return named && (named->kind == NAMED_PARAMETER || (set && set->none_yet));
}

static void add_setting(struct checker *checker, const struct node *node, struct test *test) {
  const struct node *name = tree_child(node, 0), *literal = tree_child(node, 1);
  struct named *named = scope_find(&checker->values, name->text);
  if (!is_settable(checker, named)) {
    const char *near = scope_nearest(&checker->values, name->text, KIND(NAMED_PARAMETER));
    wrong(checker, named ? PROBLEM_wrong_kind : PROBLEM_unknown_name, name,
          near ? check_say(checker, "did you mean `%s`?", near) : N_("only a parameter can be set, or a set that holds none yet"),
          "there is no parameter called `%s`", name->text);
    return;
  }
  for (size_t i = 0; i < test->n_settings; i++)
    if (strcmp(test->settings[i].name, named->name) == 0)
      wrong(checker, PROBLEM_twice, name, "keep one of them", "`%s` is set twice", named->name);
  if (!setting_fits(checker, named, literal)) return;
  test->settings = memory_grow(test->settings, test->n_settings + 1, sizeof *test->settings);
  test->settings[test->n_settings++] = (struct setting){.name = named->name, .value = node_words(checker, literal), .literal = literal};
}

/* ── patients ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_patient(struct checker *checker, const struct node *node, struct test *test) {
  const struct node *name = tree_child(node, 0)->kind == NODE_name ? tree_child(node, 0) : NULL;
  struct test_patient patient = {.name = name ? name->text : NULL};
  for (size_t i = 0; name && i < test->n_patients; i++)
    if (test->patients[i].name && strcmp(test->patients[i].name, name->text) == 0)
      wrong(checker, PROBLEM_twice, name, "give one of them another name", "two patients are called `%s`", name->text);
  attributes_of(checker, tree_find(node, NODE_attributes), &patient);
  for (const struct node *row = node->first; row; row = row->next)
    if (row->kind == NODE_row) row_of(checker, row, &patient);
  test->patients = memory_grow(test->patients, test->n_patients + 1, sizeof patient);
  test->patients[test->n_patients++] = patient;
}

/* The patient of an `expect`; false after a problem. */
static bool find_patient(struct checker *checker, const struct node *expect, const struct test *test, size_t *patient) {
  const struct node *name = tree_child(expect, 0)->kind == NODE_name ? tree_child(expect, 0) : NULL;
  const char **names = NEW_ARRAY(const char *, test->n_patients + 1);
  size_t n = 0;
  *patient = 0;
  if (!name && test->n_patients == 1) return true;
  if (!name) {
    const char *hint = test->n_patients ? N_("write the patient's name first: {EXPECT} anna mp1 {YES}")
                                        : N_("write the patient before it: {PATIENT} {BORN} 1950-01-01, female");
    wrong(checker, PROBLEM_test, expect, hint,
          test->n_patients ? N_("it is not said which patient this is about") : N_("this test has no patient"));
    return false;
  }
  for (size_t i = 0; i < test->n_patients; i++) {
    if (!test->patients[i].name) continue;
    if (strcmp(test->patients[i].name, name->text) == 0) {
      *patient = i;
      return true;
    }
    names[n++] = test->patients[i].name;
  }
  const char *near = problem_nearest(name->text, names, n);
  wrong(checker, PROBLEM_unknown_name, name,
        near ? check_say(checker, "did you mean `%s`?", near)
             : check_say(checker, "declare it: {PATIENT} %s {BORN} 1950-01-01, female", name->text),
        "no patient of this test is called `%s`", name->text);
  return false;
}

/* ── claims ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct expr *known(struct checker *checker, const struct node *node, const struct expr *value) {
  return expr_with(checker, EXPR_is_known, TYPE_TRUTH, node, 1, &value);
}

/* Of a mean, a median, quartiles or a rate a patient has a number. */
static bool claim_of_value(struct checker *checker, const struct node *said, const struct indicator *indicator,
                           struct claim *claim) {
  claim->value = indicator->value;
  if (said->kind != NODE_outcome) {
    claim->wanted = CLAIMED_YES;
    claim->condition = compare_with(checker, said, indicator->value, said, COMPARE_EQUAL);
    return claim->condition->kind != EXPR_wrong;
  }
  if (claim->wanted == CLAIMED_OUTSIDE) return true;
  if (claim->wanted == CLAIMED_UNKNOWN) {
    claim->condition = known(checker, said, indicator->value);
    claim->wanted = CLAIMED_NO;
    return true;
  }
  wrong(checker, PROBLEM_type, said, check_say(checker, "write: %s = …, or {UNKNOWN}, or {OUTSIDE}", indicator->name),
        "`%s` is a number of each patient, and is not yes or no", indicator->name);
  return false;
}

/* A claim about what an indicator makes of the patient. */
static bool claim_of_indicator(struct checker *checker, const struct node *node, const struct named *named,
                               struct claim *claim) {
  const struct node *said = tree_child(node, 1);
  const struct indicator *indicator = claim->indicator = named->indicator;
  if (!indicator) return false;
  if (indicator->value) return claim_of_value(checker, said, indicator, claim);
  if (said->kind == NODE_outcome) return true;
  wrong(checker, PROBLEM_type, said, "write {YES}, {NO}, {UNKNOWN} or {OUTSIDE}",
        "`%s` is an indicator: a patient counts in it or does not", named->name);
  return false;
}

/* The labels of bands, for a hint. A dash between two limits may be written as the keyboard has it. */
static const char *labels_of(const struct stratum *stratum) {
  const char *labels = "";
  for (size_t i = 0; i < stratum->n_bands; i++)
    labels = memory_print("%s%s\"%s\"", labels, i ? ", " : "", stratum->bands[i].label);
  return labels;
}

static bool is_label(const char *label, const char *text) {
  static const char dash[] = "–";
  for (; *label && *text; label++, text++) {
    if (*text == '-' && strncmp(label, dash, strlen(dash)) == 0) label += strlen(dash) - 1;
    else if (*label != *text) return false;
  }
  return *label == *text;
}

/* A claim about the class of bands that the patient is in, or (`unknown`) that it is none. */
static bool claim_of_bands(struct checker *checker, const struct node *node, struct named *named, struct claim *claim) {
  const struct node *said = tree_child(node, 1);
  stratum_of(checker, named);
  const struct stratum *stratum = named->stratum;
  if (!stratum) return false;
  claim->value = stratum->value;
  if (said->kind == NODE_outcome && claim->wanted == CLAIMED_UNKNOWN) {
    const struct expr **classes = NEW_ARRAY(const struct expr *, stratum->n_bands + 1);
    for (size_t i = 0; i < stratum->n_bands; i++) classes[i] = stratum->bands[i].condition;
    const struct expr *any = expr_with(checker, EXPR_or, TYPE_TRUTH, said, stratum->n_bands, classes);
    claim->condition = expr_with(checker, EXPR_is_true, TYPE_TRUTH, said, 1, &any);
    claim->wanted = CLAIMED_NO;
    return true;
  }
  for (size_t i = 0; said->kind == NODE_text && i < stratum->n_bands; i++) {
    if (!is_label(stratum->bands[i].label, said->text)) continue;
    claim->wanted = CLAIMED_YES;
    claim->condition = stratum->bands[i].condition;
    return true;
  }
  wrong(checker, PROBLEM_test, said, check_say(checker, "write one of %s, or {UNKNOWN}", labels_of(stratum)),
        "`%s` has no such class", named->name);
  return false;
}

/* A claim about a definition, measure, parameter, events or column: the outcome of a condition, or a value. */
static bool claim_of_name(struct checker *checker, const struct node *node, struct claim *claim) {
  const struct node *name = tree_child(node, 0), *said = tree_child(node, 1);
  if (said->kind != NODE_outcome) {
    claim->wanted = CLAIMED_YES;
    claim->condition = check_comparison(checker, node, name, said, COMPARE_EQUAL);
    if (claim->condition->kind == EXPR_wrong) return false;
    if (claim->condition->kind == EXPR_compare) claim->value = claim->condition->args[0];
    return true;
  }
  const struct expr *value = check_expr(checker, name);
  if (value->kind == EXPR_wrong) return false;
  claim->condition = value;
  if (claim->wanted == CLAIMED_OUTSIDE) {
    wrong(checker, PROBLEM_test, said, "write {YES}, {NO} or {UNKNOWN}",
          "only an indicator has patients outside it, and `%s` is %s", name->text, type_words(value->type));
    return false;
  }
  if (value->type.kind == TYPE_TRUTH) return true;
  if (claim->wanted != CLAIMED_UNKNOWN || value->type.kind == TYPE_DURATION) {
    wrong(checker, PROBLEM_type, said, check_say(checker, "write: %s = …, or %s {UNKNOWN}", name->text, name->text),
          "`%s` is %s, and is not yes or no", name->text, type_words(value->type));
    return false;
  }
  claim->condition = known(checker, name, value);
  claim->wanted = CLAIMED_NO;
  claim->value = value;
  return true;
}

static enum claimed claimed_of(const struct node *said) {
  static const char *const words[] = {"no", "yes", "unknown", "outside"};
  int i = 0;
  while (said->kind == NODE_outcome && i < 3 && strcmp(words[i], said->text) != 0) i++;
  return (enum claimed)i;
}

static void add_claim(struct checker *checker, const struct node *node, size_t patient, struct test *test) {
  const struct node *name = tree_child(node, 0), *said = tree_child(node, 1);
  struct named *indicator = scope_find(&checker->indicators, name->text);
  struct named *value = scope_find(&checker->values, name->text);
  struct claim claim = {.patient = patient, .name = name->text, .at = node->at, .wanted = claimed_of(said)};
  claim.words = said->kind == NODE_outcome ? said->text : node_words(checker, said);
  if (!indicator && !value && unknown_again(checker, name)) return;
  if (!indicator && !value) {
    const char *near = scope_nearest(&checker->indicators, name->text, KIND(NAMED_INDICATOR));
    if (!near)
      near = scope_nearest(&checker->values, name->text,
                           KIND(NAMED_MEASURE) | KIND(NAMED_DEFINITION) | KIND(NAMED_PARAMETER));
    wrong(checker, PROBLEM_unknown_name, name,
          near ? check_say(checker, "did you mean `%s`?", near)
               : N_("a claim is about an indicator, a definition or a measure"),
          "nothing is called `%s`", name->text);
    unknown_told(checker, name);
    return;
  }
  bool made = indicator                    ? claim_of_indicator(checker, node, indicator, &claim)
              : value->kind == NAMED_BANDS ? claim_of_bands(checker, node, value, &claim)
                                           : claim_of_name(checker, node, &claim);
  if (!made) return;
  test->claims = memory_grow(test->claims, test->n_claims + 1, sizeof claim);
  test->claims[test->n_claims++] = claim;
}

/* ── the whole test ──────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_as_of(struct checker *checker, const struct node *test, struct test *out) {
  const struct node *as_of = tree_find(test, NODE_as_of), *title = tree_child(test, 0);
  if (!as_of) {
    wrong(checker, PROBLEM_test, title, "add, right below: {AS_OF} 2024-06-01",
          "this test does not say its index date");
    return;
  }
  out->as_of = literal_date(as_of->text);
  for (const struct node *other = as_of->next; other; other = other->next)
    if (other->kind == NODE_as_of)
      wrong(checker, PROBLEM_twice, other, "keep one of them", "the index date is said twice");
}

static struct test *test_of(struct checker *checker, const struct node *node) {
  const struct node *title = tree_child(node, 0);
  struct test *test = NEW(struct test);
  size_t patient;
  test->title = title->text;
  test->source = checker->source;
  test->at = title->at;
  add_as_of(checker, node, test);
  for (const struct node *line = title->next; line; line = line->next) {
    if (line->kind == NODE_set) add_setting(checker, line, test);
    if (line->kind == NODE_patient) add_patient(checker, line, test);
  }
  for (const struct node *line = title->next; line; line = line->next)
    if (line->kind == NODE_expect && find_patient(checker, line, test, &patient))
      for (const struct node *claim = tree_find(line, NODE_claims)->first; claim; claim = claim->next)
        add_claim(checker, claim, patient, test);
  if (!tree_find(node, NODE_expect))
    wrong(checker, PROBLEM_test, title, "add: {EXPECT} mp1 {YES}", "this test claims nothing");
  return test;
}

void tests_of(struct checker *checker, struct rule_file *file, const struct test *const *wanted, size_t n_wanted) {
  struct program *program = checker->program;
  const struct node *declarations = tree_find(file->tree, NODE_declarations);
  size_t number = 0;
  checker->source = file->source;
  program->tests = NEW_ARRAY(struct test *, (wanted ? n_wanted : (size_t)tree_count(declarations)) + 1);
  for (const struct node *node = declarations->first; node; node = node->next) {
    if (node->kind != NODE_test) continue;
    bool asked = !wanted || (program->n_tests < n_wanted && wanted[program->n_tests]->number == number);
    if (asked) (program->tests[program->n_tests++] = test_of(checker, node))->number = number;
    number++;
  }
}
