/* phrase.c: operands: what is asked of rows, names, and everything else that windows may follow. */
#include <string.h>
#include "lang/check/after.h"
#include "lang/memory.h"

static const struct expr *check_core(struct checker *checker, const struct node *node, struct after *after);

/* ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A value of a measure. */
static struct type number_of(const struct named *measure) {
  return (struct type){.kind = TYPE_NUMBER, .unit = measure->unit};
}

static const struct expr *figure_of(struct checker *checker, const struct node *node, const struct node *series,
                                    enum figure figure, struct after *after) {
  struct named *named;
  struct rows *rows = rows_of_series(checker, series, after, &named);
  if (!rows) return expr_wrong(checker, node);
  if (after->measured && figure == FIGURE_LATEST && is_series_node(node->kind))
    return rows_expr(checker, EXPR_any_row, TYPE_TRUTH, after->measured, rows);
  if (!after_not_measured(checker, after, _("a figure"))) return expr_wrong(checker, node);
  if (rows->cut && is_series_node(node->kind)) {
    wrong(checker, PROBLEM_type, node,
          "write which is meant: {ALL_OF} {LAST} 2 …, {ANY_OF} {LAST} 2 …, {MEAN_OF} {LAST} 2 …",
          "several values cannot stand where one is wanted");
    return expr_wrong(checker, node);
  }
  struct expr *expr = rows_expr(checker, EXPR_figure, TYPE_NUMBER, node, rows);
  expr->figure = figure;
  expr->type = number_of(named);
  return expr;
}

static enum figure figure_of_node(enum node_kind kind) { return (enum figure)(FIGURE_LATEST + (kind - NODE_latest)); }

static const struct expr *change_of(struct checker *checker, const struct node *node, struct after *after) {
  struct named *named;
  struct rows *rows = rows_of_series(checker, tree_child(node, 0), after, &named);
  const struct expr *over = check_expr(checker, tree_child(node, 1));
  if (!rows || over->kind == EXPR_wrong || !after_not_measured(checker, after, _("a change")))
    return expr_wrong(checker, node);
  if (over->type.kind != TYPE_DURATION) {
    wrong(checker, PROBLEM_type, tree_child(node, 1), "write: {OVER} 12 {MONTHS}", "%s is not a length of time",
          type_words(over->type));
    return expr_wrong(checker, node);
  }
  struct expr *expr = rows_expr(checker, EXPR_change, TYPE_NUMBER, node, rows);
  expr->duration = over->duration;
  expr->parameter = over->parameter;
  expr->type = number_of(named);
  return expr;
}

/* ── counts and dates ────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_test_node(enum node_kind kind) { return kind == NODE_equal || kind == NODE_in; }

/* What a count or a date is compared with, and events never are. */
bool is_constant_node(enum node_kind kind) {
  return kind == NODE_number || kind == NODE_quantity || kind == NODE_date || kind == NODE_index;
}

static bool is_parameter(struct checker *checker, const struct node *node) {
  const struct named *named = node->kind == NODE_name ? scope_find(&checker->values, node->text) : NULL;
  return named && named->kind == NAMED_PARAMETER;
}

/* The rows of a subject: a series, or an event test as `=` or `in`. Where `=` stands after a measure it was meant as a
 * comparison of the whole (`count of hba1c = 2`): *compared is then its right side. */
static struct rows *subject_of(struct checker *checker, const struct node *subject, struct after *after,
                               const struct node **compared) {
  if (subject->kind == NODE_group && is_test_node(tree_child(subject, 0)->kind)) subject = tree_child(subject, 0);
  bool tests = is_test_node(subject->kind);
  const struct node *left = tests ? tree_child(subject, 0) : subject, *right = tests ? tree_child(subject, 1) : NULL;
  struct named *named;
  *compared = NULL;
  if (phrase_events(checker, left)) {
    if (right && (is_constant_node(right->kind) || is_parameter(checker, right))) *compared = right;
    return rows_of_events(checker, subject, left, *compared ? NULL : right, after);
  }
  *compared = right;
  struct rows *rows = rows_of_series(checker, left, after, &named);
  return rows && after_not_measured(checker, after, _("a count")) ? rows : NULL;
}

/* Compares a finished figure with what stood after its `=` or `in (…)`. */
static const struct expr *compare_whole(struct checker *checker, const struct node *node, const struct expr *whole,
                                        const struct node *right) {
  if (right->kind == NODE_set) return value_in(checker, node, whole, tree_child(right, 0));
  return compare_with(checker, node, whole, right, COMPARE_EQUAL);
}

static const struct expr *count_of(struct checker *checker, const struct node *node, struct after *after) {
  const struct node *compared;
  struct rows *rows = subject_of(checker, tree_child(node, 0), after, &compared);
  if (!rows) return expr_wrong(checker, node);
  struct expr *count = rows_expr(checker, EXPR_count, TYPE_NUMBER, node, rows);
  count->type.plain = true;
  return compared ? compare_whole(checker, node, count, compared) : count;
}

static const struct expr *occurrence_of(struct checker *checker, const struct node *node, struct after *after) {
  const struct node *compared;
  struct rows *rows = subject_of(checker, tree_child(node, 0), after, &compared);
  if (!rows) return expr_wrong(checker, node);
  if (rows->cut) {
    wrong(checker, PROBLEM_type, node, "write: {DATE_OF} {LATEST} {LAST} 2 …",
          "`{FIRST}` and `{LAST}` look at all rows of a window, not at a cut");
    return expr_wrong(checker, node);
  }
  struct expr *date = rows_expr(checker, EXPR_row_date, TYPE_DATE, node, rows);
  date->figure = node->kind == NODE_first_event ? FIGURE_EARLIEST : FIGURE_LATEST;
  return compared ? compare_whole(checker, node, date, compared) : date;
}

static const struct expr *date_of(struct checker *checker, const struct node *node, struct after *after) {
  const struct node *what = tree_child(node, 0);
  struct named *named;
  if (!is_figure_node(what->kind)) return occurrence_of(checker, what, after);
  enum figure figure = figure_of_node(what->kind);
  if (figure > FIGURE_LOWEST) {
    wrong(checker, PROBLEM_type, what, "ask for the date of one value: {DATE_OF} {LATEST} …, {DATE_OF} {HIGHEST} …",
          "`%s` is made of several values, and has no date", node_words(checker, what));
    return expr_wrong(checker, node);
  }
  struct rows *rows = rows_of_series(checker, tree_child(what, 0), after, &named);
  if (!rows || !after_not_measured(checker, after, _("a date"))) return expr_wrong(checker, node);
  struct expr *date = rows_expr(checker, EXPR_row_date, TYPE_DATE, node, rows);
  date->figure = figure;
  return date;
}

static const struct expr *time_since(struct checker *checker, const struct node *node, struct after *after) {
  const struct node *unit = tree_child(node, 0), *primary = tree_child(node, 1);
  static const char *const units[] = {"days", "weeks", "months", "years"};
  const struct expr *date = check_core(checker, primary, after);
  if (date->kind == EXPR_wrong) return date;
  if (date->type.kind != TYPE_DATE) {
    wrong(checker, PROBLEM_type, primary,
          "write: {YEARS} {SINCE} {FIRST} diagnosis = …, {YEARS} {SINCE} {DATE_OF} {LATEST} …", "%s is not a date",
          type_words(date->type));
    return expr_wrong(checker, node);
  }
  struct expr *since = expr_with(checker, EXPR_since, TYPE_NUMBER, node, 1, &date);
  since->type.plain = true;
  for (int i = 0; i < 4; i++)
    if (strcmp(unit->text, units[i]) == 0) since->duration.unit = (enum duration_unit)i;
  return since;
}

/* ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct expr *column_expr(struct checker *checker, const struct node *node, const struct column *column) {
  enum type_kind type = column->type == COLUMN_NUMBER ? TYPE_NUMBER
                        : column->type == COLUMN_DATE ? TYPE_DATE
                                                      : TYPE_TEXT;
  struct expr *expr = expr_new(checker, EXPR_column, type, node);
  expr->column = column;
  return expr;
}

/* A constant keeps its value and takes the place where it is used. */
static struct expr *constant_at(const struct node *node, const struct source *source, const struct expr *value) {
  struct expr *expr = NEW(struct expr);
  *expr = *value;
  expr->at = node->at;
  expr->source = source;
  return expr;
}

static const struct expr *parameter_at(struct checker *checker, const struct node *node,
                                       const struct parameter *parameter) {
  struct expr *expr = constant_at(node, checker->source, parameter->value);
  expr->parameter = parameter;
  return expr;
}

static struct definition *definition_of(struct checker *checker, struct named *named, const struct node *user) {
  if (named->state == NAMED_BUSY) {
    wrong(checker, PROBLEM_circle, user, circle_words(checker, named), "the definition of `%s` depends on itself",
          named->name);
    return NULL;
  }
  if (named->state == NAMED_DONE) return named->definition;
  const struct source *was = checker->source;
  named->state = NAMED_BUSY;
  named->asked_by = checker->within;
  checker->within = named;
  checker->source = named->file->source;
  struct definition *definition = NEW(struct definition);
  definition->name = named->name;
  definition->title = text_of(checker, named->title);
  definition->source = checker->source;
  definition->at = named->at;
  definition->value = check_expr(checker, tree_child(named->node, 1));
  named->definition = definition;
  named->state = NAMED_DONE;
  checker->within = named->asked_by;
  checker->source = was;
  return definition;
}

static const struct expr *defined(struct checker *checker, const struct node *node, struct named *named) {
  const struct definition *definition = definition_of(checker, named, node);
  if (!definition || definition->value->kind == EXPR_wrong) return expr_wrong(checker, node);
  if (definition->value->type.kind == TYPE_DURATION) return constant_at(node, checker->source, definition->value);
  struct expr *expr = expr_with(checker, EXPR_defined, definition->value->type.kind, node, 1, &definition->value);
  expr->type = expr->kind == EXPR_wrong ? expr->type : definition->value->type;
  expr->definition = definition;
  return expr;
}

/* Codes are asked of events: of those that look at their system, where there are such. */
static const char *codes_hint(struct checker *checker, const struct node *node, struct named *codes) {
  const struct code_set *set = codes_of(checker, codes);
  const struct named *events = set ? events_of_set(checker, set) : NULL;
  if (events) return check_say(checker, "say which events have these codes: %s = %s", name_here(checker, events), node->text);
  return check_say(checker, "say which events have these codes: diagnosis = %s, drug = %s", node->text, node->text);
}

static const struct expr *check_name(struct checker *checker, const struct node *node, struct after *after) {
  struct named *named = rows_named(checker, node);
  if (!named) {
    if (node->kind == NODE_name) rows_unknown_name(checker, node);
    return expr_wrong(checker, node);
  }
  switch (named->kind) {
  case NAMED_EVENTS: {
    struct rows *rows = rows_of_events(checker, node, node, NULL, after);
    return rows ? rows_expr(checker, EXPR_any_row, TYPE_TRUTH, node, rows) : expr_wrong(checker, node);
  }
  case NAMED_MEASURE: return figure_of(checker, node, node, FIGURE_LATEST, after);
  case NAMED_PARAMETER:
    if (!after_nothing(checker, after, _("a parameter"))) return expr_wrong(checker, node);
    return parameter_at(checker, node, parameter_of(checker, named));
  case NAMED_COLUMN:
    if (!after_nothing(checker, after, _("what is said of the patient"))) return expr_wrong(checker, node);
    return column_expr(checker, node, named->column);
  case NAMED_DEFINITION:
    if (!after_nothing(checker, after, _("a definition"))) return expr_wrong(checker, node);
    return defined(checker, node, named);
  case NAMED_CODES:
    wrong(checker, PROBLEM_wrong_kind, node, codes_hint(checker, node, named), "`%s` is a code set", named->name);
    return expr_wrong(checker, node);
  default:
    wrong(checker, PROBLEM_wrong_kind, node, "compare the number itself: {AGE} >= 40",
          "`%s` cannot stand in a condition", named->name);
    return expr_wrong(checker, node);
  }
}

static const struct expr *age(struct checker *checker, const struct node *node) {
  const struct column *birth = checker->patients ? column_named(checker->patients, "birth") : NULL;
  if (!birth || birth->type != COLUMN_DATE) {
    wrong(checker, PROBLEM_table, node, "{TABLE} patients (birth {DATE_TYPE}, …)",
          "`{AGE}` needs a column `birth` in table patients");
    return expr_wrong(checker, node);
  }
  const struct expr *date = column_expr(checker, node, birth);
  struct expr *since = expr_with(checker, EXPR_since, TYPE_NUMBER, node, 1, &date);
  since->type.plain = true;
  since->duration.unit = DURATION_YEARS;
  return since;
}

/* ── the whole operand ───────────────────────────────────────────────────────────────────────────────────────────── */

static const struct expr *check_core(struct checker *checker, const struct node *node, struct after *after) {
  const struct node *core = after_peel(checker, node, after);
  if (is_figure_node(core->kind))
    return figure_of(checker, core, tree_child(core, 0), figure_of_node(core->kind), after);
  switch (core->kind) {
  case NODE_name:
  case NODE_column: return check_name(checker, core, after);
  case NODE_first_values:
  case NODE_last_values: return figure_of(checker, core, core, FIGURE_LATEST, after);
  case NODE_count_of: return count_of(checker, core, after);
  case NODE_first_event:
  case NODE_last_event: return occurrence_of(checker, core, after);
  case NODE_date_of: return date_of(checker, core, after);
  case NODE_time_since: return time_since(checker, core, after);
  case NODE_change: return change_of(checker, core, after);
  case NODE_group: {
    const struct node *inner = tree_child(core, 0);
    bool tests = (inner->kind == NODE_equal || inner->kind == NODE_in) && phrase_events(checker, tree_child(inner, 0));
    if (tests) {
      struct rows *rows = rows_of_events(checker, inner, tree_child(inner, 0), tree_child(inner, 1), after);
      return rows ? rows_expr(checker, EXPR_any_row, TYPE_TRUTH, inner, rows) : expr_wrong(checker, node);
    }
    return after_nothing(checker, after, _("a whole condition")) ? check_expr(checker, inner)
                                                                 : expr_wrong(checker, node);
  }
  case NODE_index:
    return after_nothing(checker, after, _("the index date")) ? expr_new(checker, EXPR_index, TYPE_DATE, core)
                                                              : expr_wrong(checker, node);
  case NODE_age: return after_nothing(checker, after, _("an age")) ? age(checker, core) : expr_wrong(checker, node);
  case NODE_number:
  case NODE_quantity:
  case NODE_duration:
  case NODE_date:
  case NODE_text:
    return after_nothing(checker, after, _("a constant")) ? literal_value(checker, core) : expr_wrong(checker, node);
  default: return after_nothing(checker, after, _("this")) ? check_expr(checker, core) : expr_wrong(checker, node);
  }
}

const struct expr *check_phrase(struct checker *checker, const struct node *node) {
  struct after after = {0};
  return check_core(checker, node, &after);
}

/* ── quantifiers over values ─────────────────────────────────────────────────────────────────────────────────────── */

static enum comparison comparison_of(const char *relation) {
  static const char *const words[] = {"<", "<=", ">", ">=", "=", "!=", "between"};
  int i = 0;
  while (i < COMPARE_BETWEEN && strcmp(words[i], relation) != 0) i++;
  return (enum comparison)i;
}

const struct expr *check_each(struct checker *checker, const struct node *node) {
  bool counted = node->kind == NODE_at_least || node->kind == NODE_at_most || node->kind == NODE_exactly;
  const struct node *series = tree_child(node, counted), *relation = series->next;
  struct after after = {0};
  struct named *named;
  int32_t n = 0;
  if (counted && !literal_whole(checker, tree_child(node, 0), 0, 1000000, &n)) return expr_wrong(checker, node);
  struct rows *rows = rows_of_series(checker, series, &after, &named);
  const struct expr *sides[2];
  int n_sides = 0;
  bool agree = true;
  for (const struct node *side = relation->next; side; side = side->next) {
    sides[n_sides] = check_number(checker, side);
    struct expr *value = expr_new(checker, EXPR_number, TYPE_NUMBER, series); /* stands for a value of the series */
    if (rows) value->type = number_of(named);
    if (rows &&
        check_units(checker, side, value, sides[n_sides], N_("%s cannot be compared with %s")).kind == TYPE_WRONG)
      agree = false;
    n_sides++;
  }
  if (!rows || !agree || !after_not_measured(checker, &after, _("the values of a series")))
    return expr_wrong(checker, node);
  struct expr *each = expr_with(checker, EXPR_each, TYPE_TRUTH, node, n_sides, sides);
  each->rows = rows;
  each->comparison = comparison_of(relation->text);
  each->quantifier = counted ? (enum quantifier)(EACH_AT_LEAST + (node->kind - NODE_at_least))
                             : (enum quantifier)(EACH_ALL + (node->kind - NODE_all_of));
  each->number = n;
  unsigned depth = rows_depth(rows) + 1;
  if (depth > each->depth) each->depth = depth;
  return each;
}
