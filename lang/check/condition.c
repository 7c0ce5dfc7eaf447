/* condition.c: yes, no or unknown: logic, comparisons, sets and quantifiers over conditions. */
#include <string.h>
#include "lang/check/checker.h"
#include "lang/memory.h"
#include "lang/parse/parse.h"

const struct expr *check_condition(struct checker *checker, const struct node *node) {
  const struct expr *expr = check_expr(checker, node);
  if (expr->kind == EXPR_wrong || expr->type.kind == TYPE_TRUTH) return expr;
  const char *hint = expr->type.kind == TYPE_NUMBER ? N_("compare it (hba1c > 58), or write: hba1c {MEASURED}")
                                                    : N_("compare it with another: {SINCE} …, {BEFORE} …, =");
  wrong(checker, PROBLEM_type, node, hint, "a condition is wanted here, and this is %s", type_words(expr->type));
  return expr_wrong(checker, node);
}

/* ── units ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

bool units_agree(struct type a, struct type b) {
  if (a.unit && b.unit) return a.unit == b.unit;
  return !(a.unit && b.plain) && !(b.unit && a.plain);
}

struct type check_units(struct checker *checker, const struct node *node, const struct expr *a, const struct expr *b,
                        const char *sentence) {
  struct type type = a->type;
  if (a->kind == EXPR_wrong || b->kind == EXPR_wrong) return (struct type){.kind = TYPE_WRONG};
  if (units_agree(a->type, b->type)) {
    if (!a->type.unit) type.unit = b->type.unit;
    type.plain = a->type.plain || b->type.plain;
    return type;
  }
  const struct unit *unit = a->type.unit;
  const char *hint = unit && b->type.unit
                         ? check_say(checker, "write it in %s; no conversion is ever guessed", unit->spellings[0])
                         : N_("leave the unit out");
  const char *other =
      unit && b->type.unit ? check_say(checker, "one in %s", b->type.unit->spellings[0]) : type_words(b->type);
  wrong(checker, PROBLEM_unit, node, hint, sentence, type_words(a->type), other);
  return (struct type){.kind = TYPE_WRONG};
}

/* ── comparisons ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static enum comparison comparison_of(enum node_kind kind) {
  switch (kind) {
  case NODE_less: return COMPARE_BELOW;
  case NODE_less_equal: return COMPARE_AT_MOST;
  case NODE_greater: return COMPARE_ABOVE;
  case NODE_greater_equal: return COMPARE_AT_LEAST;
  case NODE_unequal: return COMPARE_UNEQUAL;
  default: return COMPARE_EQUAL;
  }
}

static const struct expr *compare(struct checker *checker, const struct node *node, const struct expr *a,
                                  const struct expr *b, enum comparison comparison) {
  struct expr *expr = expr_with(checker, EXPR_compare, TYPE_TRUTH, node, 2, (const struct expr *[]){a, b});
  expr->comparison = comparison;
  return expr;
}

/* The words that a column may hold, for a hint. */
static const char *words_of(const struct expr *expr) {
  const struct column *column = expr->kind == EXPR_column ? expr->column : NULL;
  if (!column || !column->n_choices) return _("a text in quotes");
  const char *words = column->choices[0];
  for (size_t i = 1; i < column->n_choices && i < 12; i++) words = memory_print("%s, %s", words, column->choices[i]);
  return column->n_choices > 12 ? memory_print("%s, …", words) : words;
}

/* Left is a column of texts; right a word of its list, a text in quotes, or a parameter that holds one. */
static const struct expr *compare_text(struct checker *checker, const struct node *node, const struct expr *column,
                                       const struct node *right, enum comparison comparison) {
  const char *text = NULL;
  struct named *named = right->kind == NODE_name ? scope_find(&checker->values, right->text) : NULL;
  if (right->kind == NODE_text)
    text = right->text;
  else if (named && named->kind == NAMED_PARAMETER && parameter_of(checker, named)->value->kind == EXPR_text)
    text = named->parameter->value->text;
  else if (right->kind == NODE_name)
    text = right->text;
  if (column->kind != EXPR_column || !text) {
    wrong(checker, PROBLEM_type, right, check_say(checker, "write one of them: %s", words_of(column)),
          "a column of words is compared with one of its words");
    return expr_wrong(checker, node);
  }
  if (comparison != COMPARE_EQUAL && comparison != COMPARE_UNEQUAL) {
    wrong(checker, PROBLEM_type, node, "write: = or !=", "words have no order");
    return expr_wrong(checker, node);
  }
  const struct column *list = column->column;
  bool found = list->type != COLUMN_LIST;
  for (size_t i = 0; i < list->n_choices; i++) found = found || !strcmp(list->choices[i], text);
  if (!found || (list->type != COLUMN_LIST && right->kind == NODE_name && !named)) {
    const char *near = problem_nearest(text, list->choices, list->n_choices), *meant = meant_word(text);
    for (size_t i = 0; meant && i < list->n_choices; i++)
      if (strcmp(list->choices[i], meant) == 0) near = meant;
    wrong(checker, PROBLEM_unknown_name, right,
          near    ? check_say(checker, "did you mean `%s`?", near)
          : found ? N_("put a text in quotes")
                  : check_say(checker, "write one of them: %s", words_of(column)),
          found ? N_("`%s` is not declared") : N_("`%s` is not a word of this column"), text);
    return expr_wrong(checker, node);
  }
  struct expr *word = expr_new(checker, EXPR_text, TYPE_TEXT, right);
  word->text = text;
  if (named && named->kind == NAMED_PARAMETER) word->parameter = named->parameter;
  return compare(checker, node, column, word, comparison);
}

/* Left are events: only a set of codes can stand on the other side, and only `=` between them. */
static const struct expr *compare_events(struct checker *checker, const struct node *node, const struct node *left,
                                         const struct node *right, enum comparison comparison) {
  if (comparison == COMPARE_EQUAL) return check_event_test(checker, node, left, right);
  const char *words = memory_print("%s = %s", node_words(checker, left), node_words(checker, right));
  if (comparison == COMPARE_UNEQUAL) {
    wrong(checker, PROBLEM_event_not_equal, node, check_say(checker, "write: {NOT} %s", words),
          "`!=` does not say whether one event or all of them should differ");
    problem_mend(checker->problems, memory_print("%s %s", parse_spelling("NOT", check_language(checker)), words));
    return expr_wrong(checker, node);
  }
  bool counts = is_constant_node(right->kind);
  wrong(checker, PROBLEM_event_not_equal, node,
        counts ? check_say(checker, "count them: {COUNT_OF} %s > 3", node_words(checker, left))
               : check_say(checker, "write: %s", words),
        "events have no order");
  if (!counts) problem_mend(checker->problems, words);
  return expr_wrong(checker, node);
}

/* Words on the left and their column on the right are the same question. */
static const struct named *text_column(struct checker *checker, const struct node *node) {
  struct named *named = node->kind == NODE_name ? scope_find(&checker->values, node->text) : NULL;
  bool words = named && named->kind == NAMED_COLUMN && named->column->type != COLUMN_NUMBER &&
               named->column->type != COLUMN_DATE;
  return words ? named : NULL;
}

static const char *duration_words(const struct checker *checker, struct duration duration) {
  static const char *const words[] = {"{DAYS}", "{WEEKS}", "{MONTHS}", "{YEARS}"};
  return parse_say(words[duration.unit], check_language(checker));
}

static const char *hint_of_types(const struct checker *checker, const struct node *node, const struct expr *a,
                                 const struct expr *b) {
  if (node->kind == NODE_between && (a->type.kind == TYPE_DURATION || b->type.kind == TYPE_DURATION))
    return N_("a window ends with `{AGO}`: {BETWEEN} 6 {AND} 18 {MONTHS} {AGO}");
  if (b->kind == EXPR_duration && a->type.plain)
    return check_say(checker, "it is a plain number already: write %d without `%s`", b->duration.n,
                     duration_words(checker, b->duration));
  if (a->type.kind == TYPE_DURATION || b->type.kind == TYPE_DURATION)
    return N_("`{YEARS} {SINCE} …` and `{AGE}` are plain numbers: {AGE} >= 18");
  if ((a->kind == EXPR_row_date || b->kind == EXPR_row_date) &&
      (a->type.kind == TYPE_NUMBER || b->type.kind == TYPE_NUMBER))
    return N_("`{FIRST} …` and `{LAST} …` are dates; the values are `{EARLIEST} …` and `{LATEST} …`");
  if (a->type.kind == TYPE_DATE || b->type.kind == TYPE_DATE)
    return N_("a date is compared with a date; `{DAYS} {SINCE} …` and `{YEARS} {SINCE} …` make numbers of dates");
  if (a->type.kind == TYPE_TRUTH || b->type.kind == TYPE_TRUTH)
    return N_("a condition stands for itself: write it without the comparison, or with `{NOT}` before it");
  return N_("both sides are numbers, dates or conditions");
}

const struct expr *compare_with(struct checker *checker, const struct node *node, const struct expr *a,
                                const struct node *right, enum comparison comparison) {
  if (a->kind == EXPR_wrong) return a;
  if (a->type.kind == TYPE_TEXT) return compare_text(checker, node, a, right, comparison);
  const struct expr *b = check_expr(checker, right);
  if (b->kind == EXPR_wrong) return b;
  if (a->type.kind != b->type.kind || a->type.kind == TYPE_DURATION) {
    wrong(checker, PROBLEM_type, node, hint_of_types(checker, node, a, b), "%s cannot be compared with %s",
          type_words(a->type), type_words(b->type));
    return expr_wrong(checker, node);
  }
  if (a->type.kind == TYPE_TRUTH && comparison != COMPARE_EQUAL && comparison != COMPARE_UNEQUAL) {
    wrong(checker, PROBLEM_type, node, "write: = or !=", "conditions have no order");
    return expr_wrong(checker, node);
  }
  if (a->type.kind == TYPE_NUMBER &&
      check_units(checker, right, a, b, N_("%s cannot be compared with %s")).kind == TYPE_WRONG)
    return expr_wrong(checker, node);
  return compare(checker, node, a, b, comparison);
}

const struct expr *check_comparison(struct checker *checker, const struct node *node, const struct node *left,
                                    const struct node *right, enum comparison comparison) {
  if (phrase_events(checker, left)) return compare_events(checker, node, left, right, comparison);
  if (phrase_events(checker, right)) {
    wrong(checker, PROBLEM_wrong_kind, node,
          check_say(checker, "write: %s = %s", node_words(checker, right), node_words(checker, left)),
          "the events stand on the left of the `=`");
    problem_mend(checker->problems, memory_print("%s = %s", node_words(checker, right), node_words(checker, left)));
    return expr_wrong(checker, node);
  }
  bool turned = text_column(checker, right) && !text_column(checker, left);
  return compare_with(checker, node, check_expr(checker, turned ? right : left), turned ? left : right, comparison);
}

static const struct expr *check_between(struct checker *checker, const struct node *node) {
  const struct node *x = tree_child(node, 0), *low = tree_child(node, 1), *high = tree_child(node, 2);
  if (phrase_events(checker, x)) {
    wrong(checker, PROBLEM_event_not_equal, node, "a window ends with `{AGO}`: {BETWEEN} 6 {AND} 18 {MONTHS} {AGO}",
          "events do not lie between two values");
    return expr_wrong(checker, node);
  }
  const struct expr *value = check_expr(checker, x);
  const struct expr *from = compare_with(checker, node, value, low, COMPARE_AT_LEAST);
  if (from->kind == EXPR_wrong) return from;
  const struct expr *to = compare_with(checker, node, value, high, COMPARE_AT_MOST);
  if (to->kind == EXPR_wrong) return to;
  const struct expr *a = from->args[1], *b = to->args[1];
  bool wrong_way = a->kind == EXPR_number && b->kind == EXPR_number
                       ? a->number > b->number
                       : a->kind == EXPR_date && b->kind == EXPR_date && a->date > b->date;
  if (wrong_way) {
    wrong(checker, PROBLEM_number, low, "write the lower one first", "nothing lies between these two");
    return expr_wrong(checker, node);
  }
  return expr_with(checker, EXPR_between, TYPE_TRUTH, node, 3, (const struct expr *[]){value, a, b});
}

/* ── in (…) ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

const struct expr *value_in(struct checker *checker, const struct node *node, const struct expr *value,
                            const struct node *list) {
  int n = 0;
  const struct expr **args = NEW_ARRAY(const struct expr *, tree_count(list) + 1);
  args[n++] = value;
  for (const struct node *one = list->first; one; one = one->next) {
    const struct expr *equal = compare_with(checker, node, value, one, COMPARE_EQUAL);
    if (equal->kind == EXPR_wrong) return equal;
    args[n++] = equal->args[1];
  }
  return expr_with(checker, EXPR_in, TYPE_TRUTH, node, n, args);
}

static const struct expr *check_in(struct checker *checker, const struct node *node) {
  const struct node *left = tree_child(node, 0), *set = tree_child(node, 1), *list = tree_child(set, 0);
  if (phrase_events(checker, left)) return check_event_test(checker, node, left, set);
  if (tree_child(set, 1)) {
    wrong(checker, PROBLEM_window, tree_child(set, 1), "write it right after the measure it limits",
          "a window cannot limit a list of values");
    return expr_wrong(checker, node);
  }
  return value_in(checker, node, check_expr(checker, left), list);
}

/* ── is … ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct expr *negation(struct checker *checker, const struct node *node, const struct expr *expr) {
  return expr_with(checker, EXPR_not, TYPE_TRUTH, node, 1, &expr);
}

static const struct expr *check_is(struct checker *checker, const struct node *node) {
  bool known = node->kind == NODE_is_known || node->kind == NODE_is_unknown;
  const struct expr *arg =
      known ? check_expr(checker, tree_child(node, 0)) : check_condition(checker, tree_child(node, 0));
  if (arg->kind == EXPR_wrong) return arg;
  if (known && arg->type.kind == TYPE_DURATION) {
    wrong(checker, PROBLEM_type, node, "leave the question out", "a length of time is always known");
    return expr_wrong(checker, node);
  }
  if (node->kind == NODE_is_false) arg = negation(checker, node, arg);
  const struct expr *expr = expr_with(checker, known ? EXPR_is_known : EXPR_is_true, TYPE_TRUTH, node, 1, &arg);
  return node->kind == NODE_is_unknown ? negation(checker, node, expr) : expr;
}

/* ── logic ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct expr *check_junction(struct checker *checker, const struct node *node, enum expr_kind kind) {
  int n = tree_count(node), i = 0;
  const struct expr **args = NEW_ARRAY(const struct expr *, n);
  for (const struct node *child = node->first; child; child = child->next) args[i++] = check_condition(checker, child);
  return expr_with(checker, kind, TYPE_TRUTH, node, n, args);
}

/* `at least 2 of (a, b, c)`: number, first condition, list of the others. */
static const struct expr *check_how_many(struct checker *checker, const struct node *node) {
  const struct node *list = tree_child(node, 2);
  int n = 1 + tree_count(list), i = 0;
  int32_t wanted;
  const struct expr **args = NEW_ARRAY(const struct expr *, n);
  args[i++] = check_condition(checker, tree_child(node, 1));
  for (const struct node *child = list->first; child; child = child->next) args[i++] = check_condition(checker, child);
  if (!literal_whole(checker, tree_child(node, 0), 0, 1e6, &wanted)) return expr_wrong(checker, node);
  if (wanted > n || (wanted == n && node->kind == NODE_at_most) || (wanted == 0 && node->kind == NODE_at_least))
    wrong(checker, PROBLEM_one_outcome, tree_child(node, 0), "write another number, or other conditions",
          "there are %d conditions to choose from, so the outcome is always the same", n);
  struct expr *expr = expr_with(checker, EXPR_how_many, TYPE_TRUTH, node, n, args);
  expr->quantifier = (enum quantifier)(EACH_AT_LEAST + (node->kind - NODE_at_least));
  expr->number = wanted;
  return expr;
}

static const struct expr *check_kind_of(struct checker *checker, const struct node *node) {
  switch (node->kind) {
  case NODE_and: return check_junction(checker, node, EXPR_and);
  case NODE_or: return check_junction(checker, node, EXPR_or);
  case NODE_not: return negation(checker, node, check_condition(checker, tree_child(node, 0)));
  case NODE_equal:
  case NODE_unequal:
  case NODE_less:
  case NODE_less_equal:
  case NODE_greater:
  case NODE_greater_equal:
    return check_comparison(checker, node, tree_child(node, 0), tree_child(node, 1), comparison_of(node->kind));
  case NODE_between: return check_between(checker, node);
  case NODE_in: return check_in(checker, node);
  case NODE_is_known:
  case NODE_is_unknown:
  case NODE_is_true:
  case NODE_is_false: return check_is(checker, node);
  case NODE_all_of:
  case NODE_any_of:
  case NODE_none_of: return check_each(checker, node);
  case NODE_at_least:
  case NODE_at_most:
  case NODE_exactly:
    return tree_child(node, 2)->kind == NODE_list ? check_how_many(checker, node) : check_each(checker, node);
  default: return check_value(checker, node);
  }
}

/* Definitions are checked where they are first used, so expressions may stand inside each other across many of them; the
 * stack of the program has an end. */
enum { DEEPEST_CHECK = 2000 };

const struct expr *check_expr(struct checker *checker, const struct node *node) {
  if (checker->depth >= DEEPEST_CHECK) {
    wrong(checker, PROBLEM_nesting, node, "declare what is used before what uses it, or write some of it out",
          "definitions are nested more than %d deep here", DEEPEST_CHECK);
    return expr_wrong(checker, node);
  }
  checker->depth++;
  const struct expr *expr = check_kind_of(checker, node);
  checker->depth--;
  return expr;
}
