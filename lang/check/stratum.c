/* stratum.c: what figures are told apart by: bands of a number, or the words of a listed column of patients. Each class gets
 * the condition of who is in it, so that whoever asks for it needs to know nothing of bands. */
#include <string.h>
#include "lang/check/checker.h"
#include "lang/memory.h"

enum { MOST_CELLS = 1000 };

/* ── bands ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* An age, a count and completed units have no values between whole numbers. */
static bool is_whole(const struct expr *value) {
  while (value->kind == EXPR_defined) value = value->definition->value;
  return value->kind == EXPR_count || value->kind == EXPR_since;
}

static const char *band_label(const double *limits, size_t n, size_t i, bool whole) {
  if (i == 0) return memory_print("<%.15g", limits[0]);
  if (i == n) return memory_print("%.15g+", limits[n - 1]);
  if (!whole) return memory_print("%.15g–<%.15g", limits[i - 1], limits[i]);
  if (limits[i] - 1 <= limits[i - 1]) return memory_print("%.15g", limits[i - 1]);
  return memory_print("%.15g–%.15g", limits[i - 1], limits[i] - 1);
}

static const struct expr *side_of(struct checker *checker, const struct node *node, const struct expr *value,
                                  double limit, enum comparison comparison) {
  struct expr *number = expr_new(checker, EXPR_number, TYPE_NUMBER, node);
  number->number = limit;
  number->type = value->type;
  struct expr *side = expr_with(checker, EXPR_compare, TYPE_TRUTH, node, 2, (const struct expr *[]){value, number});
  side->comparison = comparison;
  return side;
}

/* Class 0 lies below the first limit, class i from limit i - 1 up to the next. Each side stands where its limit does. */
static struct band band_of(struct checker *checker, const struct node *node, const struct expr *value,
                           const double *limits, size_t n, size_t i) {
  const struct expr *low = NULL, *high = NULL;
  if (i > 0) low = side_of(checker, tree_child(node, (int)i - 1), value, limits[i - 1], COMPARE_AT_LEAST);
  if (i < n) high = side_of(checker, tree_child(node, (int)i), value, limits[i], COMPARE_BELOW);
  const struct expr *condition =
      low && high ? expr_with(checker, EXPR_and, TYPE_TRUTH, node, 2, (const struct expr *[]){low, high})
      : low       ? low
                  : high;
  return (struct band){band_label(limits, n, i, is_whole(value)), condition, i == 0};
}

/* The limits of bands, rising, in the unit of the value; false after a problem. */
static bool limits_of(struct checker *checker, const struct node *numbers, const struct expr *value, double *limits,
                      size_t *n) {
  for (const struct node *node = numbers->first; node; node = node->next) {
    const struct expr *limit = literal_value(checker, node);
    if (limit->kind == EXPR_wrong) return false;
    if (check_units(checker, node, value, limit, N_("%s cannot be compared with %s")).kind == TYPE_WRONG) return false;
    if (*n && limit->number <= limits[*n - 1]) {
      wrong(checker, PROBLEM_number, node, "write the limits in rising order: {BY} 0, 40, 60, 70, 80",
            "this limit is not above the one before it");
      return false;
    }
    limits[(*n)++] = limit->number;
  }
  return true;
}

static void bands_of(struct checker *checker, struct named *named) {
  const struct node *sum = tree_child(named->node, 1), *numbers = tree_child(named->node, 2);
  struct stratum *stratum = NEW(struct stratum);
  const struct expr *value = check_number(checker, sum);
  double *limits = memory_new((size_t)tree_count(numbers) + 1, sizeof *limits);
  size_t n = 0;
  if (value->kind == EXPR_wrong || !limits_of(checker, numbers, value, limits, &n)) return;
  *stratum = (struct stratum){.name = named->name, .title = text_of(checker, named->title), .value = value};
  stratum->bands = NEW_ARRAY(struct band, n + 2);
  for (size_t i = 0; i <= n; i++) stratum->bands[stratum->n_bands++] = band_of(checker, numbers, value, limits, n, i);
  named->stratum = stratum;
}

/* ── listed columns ──────────────────────────────────────────────────────────────────────────────────────────────── */

static void column_of_stratum(struct checker *checker, const struct node *name, struct named *named) {
  const struct column *column = named->column;
  struct stratum *stratum = NEW(struct stratum);
  if (column->type != COLUMN_LIST) {
    wrong(checker, PROBLEM_wrong_kind, name, "write bands, or a column with a closed list such as sex",
          "the column `%s` has no closed list of words", column->name);
    return;
  }
  *stratum = (struct stratum){.name = column->name, .title = NULL};
  stratum->bands = NEW_ARRAY(struct band, column->n_choices + 1);
  for (size_t i = 0; i < column->n_choices; i++) {
    struct expr *left = expr_new(checker, EXPR_column, TYPE_TEXT, name),
                *right = expr_new(checker, EXPR_text, TYPE_TEXT, name);
    left->column = column;
    right->text = column->choices[i];
    struct expr *equal = expr_with(checker, EXPR_compare, TYPE_TRUTH, name, 2, (const struct expr *[]){left, right});
    equal->comparison = COMPARE_EQUAL;
    stratum->bands[stratum->n_bands++] = (struct band){column->choices[i], equal, false};
  }
  named->stratum = stratum;
}

/* ── by their names ──────────────────────────────────────────────────────────────────────────────────────────────── */

void stratum_of(struct checker *checker, struct named *named) {
  if (named->kind != NAMED_BANDS || named->state == NAMED_DONE) return;
  const struct source *was = checker->source;
  named->state = NAMED_DONE;
  checker->source = named->file->source;
  bands_of(checker, named);
  checker->source = was;
}

static struct named *stratum_named(struct checker *checker, const struct node *name) {
  struct named *named = scope_find(&checker->values, name->text);
  unsigned kinds = KIND(NAMED_BANDS) | KIND(NAMED_COLUMN);
  if (named && kinds & KIND(named->kind)) return named;
  const char *near = scope_nearest(&checker->values, name->text, kinds);
  if (named)
    wrong(checker, PROBLEM_wrong_kind, name, "write the name of bands, or of a column with a closed list such as sex",
          "figures cannot be told apart by `%s`", name->text);
  else
    wrong(checker, PROBLEM_unknown_name, name,
          near ? check_say(checker, "did you mean `%s`?", near)
               : N_("declare it: {BANDS} age_group = {AGE} {BY} 0, 40, 60, 80"),
          "there are no bands and no column called `%s`", name->text);
  return NULL;
}

void strata_of(struct checker *checker, const struct node *names, const struct stratum ***strata, size_t *n) {
  for (const struct node *name = names->first; name; name = name->next) {
    struct named *named = stratum_named(checker, name);
    if (!named) continue;
    stratum_of(checker, named);
    if (named->kind == NAMED_COLUMN && !named->stratum) column_of_stratum(checker, name, named);
    bool twice = false;
    for (size_t i = 0; i < *n; i++) twice = twice || (*strata)[i] == named->stratum;
    if (!named->stratum) continue;
    if (twice) {
      wrong(checker, PROBLEM_twice, name, "keep one of them", "`%s` stands here already", name->text);
      continue;
    }
    *strata = memory_grow(*strata, *n + 1, sizeof **strata);
    (*strata)[(*n)++] = named->stratum;
  }
}

void adjust_of(struct checker *checker, const struct node *clause, struct indicator *indicator) {
  bool can = indicator->kind == KIND_SHARE || indicator->kind == KIND_MEAN || indicator->kind == KIND_RATE;
  clause_twice(checker, clause);
  if (!can) {
    wrong(checker, PROBLEM_type, clause, "show it by the bands instead: {BY} age_group",
          "only a share, a mean or a rate can be adjusted");
    return;
  }
  strata_of(checker, tree_child(clause, 0), &indicator->adjust, &indicator->n_adjust);
  size_t cells = 1;
  for (size_t i = 0; i < indicator->n_adjust && cells <= MOST_CELLS; i++) cells *= indicator->adjust[i]->n_bands + 1;
  if (cells <= MOST_CELLS) return;
  wrong(checker, PROBLEM_number, clause, "adjust by fewer, or by wider bands",
        "these bands make more than %d combinations: too few patients would be in each", MOST_CELLS);
  indicator->n_adjust = 0;
}
