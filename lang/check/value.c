/* value.c: arithmetic with numbers and dates, choices, and what takes the place of the unknown. */
#include "lang/check/checker.h"
#include "lang/memory.h"

static const struct expr *check_kind(struct checker *checker, const struct node *node, enum type_kind kind,
                                     const char *sentence, const char *hint) {
  const struct expr *expr = check_expr(checker, node);
  if (expr->kind == EXPR_wrong || expr->type.kind == kind) return expr;
  wrong(checker, PROBLEM_type, node, hint, sentence, type_words(expr->type));
  return expr_wrong(checker, node);
}

const struct expr *check_number(struct checker *checker, const struct node *node) {
  return check_kind(checker, node, TYPE_NUMBER, N_("a number is wanted here, and this is %s"),
                    N_("write a value, such as hba1c, {AGE}, {COUNT_OF} … or {YEARS} {SINCE} …"));
}

const struct expr *check_date(struct checker *checker, const struct node *node) {
  return check_kind(
      checker, node, TYPE_DATE, N_("a date is wanted here, and this is %s"),
      N_("write a date (2024-03-01), {INDEX}, or the date of something: {FIRST} diagnosis = …, {DATE_OF} {LATEST} …"));
}

/* ── + and - ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A date and a length of time make a date. */
static const struct expr *shift(struct checker *checker, const struct node *node, const struct expr *date,
                                const struct expr *duration, bool later) {
  struct duration by = duration->duration;
  if (later) by.n = -by.n;
  struct expr *moved = expr_earlier(checker, node, date, by);
  moved->parameter = duration->parameter;
  return moved;
}

static const struct expr *check_sum(struct checker *checker, const struct node *node) {
  bool add = node->kind == NODE_add;
  const struct expr *a = check_expr(checker, tree_child(node, 0)), *b = check_expr(checker, tree_child(node, 1));
  if (a->kind == EXPR_wrong) return a;
  if (b->kind == EXPR_wrong) return b;
  if (a->type.kind == TYPE_DATE && b->type.kind == TYPE_DURATION) return shift(checker, node, a, b, add);
  if (add && a->type.kind == TYPE_DURATION && b->type.kind == TYPE_DATE) return shift(checker, node, b, a, true);
  if (a->type.kind != TYPE_NUMBER || b->type.kind != TYPE_NUMBER) {
    const char *hint = a->type.kind == TYPE_DATE && b->type.kind == TYPE_DATE ? N_("write: {DAYS} {SINCE} …")
                       : a->type.kind == TYPE_DATE || b->type.kind == TYPE_DATE
                           ? N_("a date is moved by a length of time: {INDEX} - 6 {MONTHS}")
                       : a->type.kind == TYPE_TRUTH || b->type.kind == TYPE_TRUTH ? N_("put the sum in parentheses")
                                                                                  : NULL;
    wrong(checker, PROBLEM_type, node, hint,
          add ? N_("%s and %s cannot be added") : N_("%s and %s cannot be taken from each other"), type_words(a->type),
          type_words(b->type));
    return expr_wrong(checker, node);
  }
  struct type type = check_units(checker, tree_child(node, 1), a, b,
                                 add ? N_("%s cannot be added to %s") : N_("%s cannot be lessened by %s"));
  if (type.kind == TYPE_WRONG) return expr_wrong(checker, node);
  struct expr *expr =
      expr_with(checker, add ? EXPR_add : EXPR_subtract, TYPE_NUMBER, node, 2, (const struct expr *[]){a, b});
  expr->type = type;
  return expr;
}

/* ── * and / ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct expr *check_product(struct checker *checker, const struct node *node) {
  bool multiply = node->kind == NODE_multiply;
  const struct expr *a = check_number(checker, tree_child(node, 0)), *b = check_number(checker, tree_child(node, 1));
  if (a->kind == EXPR_wrong) return a;
  if (b->kind == EXPR_wrong) return b;
  const struct unit *unit = a->type.unit;
  if (multiply && !unit) unit = b->type.unit;
  bool ratio = !multiply && unit && unit == b->type.unit; /* two of one unit: the ratio is a plain number */
  if (ratio)
    unit = NULL;
  else if (b->type.unit && (a->type.unit || !multiply)) {
    wrong(checker, PROBLEM_unit, tree_child(node, 1), "leave the unit out: a plain number keeps the unit of the other",
          multiply ? N_("%s cannot be multiplied by %s") : N_("%s cannot be divided by %s"), type_words(a->type),
          type_words(b->type));
    return expr_wrong(checker, node);
  }
  struct expr *expr =
      expr_with(checker, multiply ? EXPR_multiply : EXPR_divide, TYPE_NUMBER, node, 2, (const struct expr *[]){a, b});
  expr->type.unit = unit;
  expr->type.plain = !unit && (ratio || a->type.plain || b->type.plain);
  return expr;
}

static const struct expr *check_minus(struct checker *checker, const struct node *node) {
  const struct expr *arg = check_number(checker, tree_child(node, 0));
  if (arg->kind == EXPR_wrong) return arg;
  struct expr *expr = expr_with(checker, EXPR_negate, TYPE_NUMBER, node, 1, &arg);
  expr->type = arg->type;
  return expr;
}

/* ── choices ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Values that may take each other's place are of one type and unit. */
static bool same_type(struct checker *checker, const struct node *node, struct type *type, const struct expr *value,
                      bool first) {
  if (value->kind == EXPR_wrong) return false;
  if (value->type.kind == TYPE_DURATION || value->type.kind == TYPE_TEXT) {
    wrong(checker, PROBLEM_type, node, "a window takes a length of time, a comparison a word",
          "a number, a date or a condition is wanted here, and this is %s", type_words(value->type));
    return false;
  }
  if (first) {
    *type = value->type;
    return true;
  }
  if (value->type.kind != type->kind) {
    wrong(checker, PROBLEM_type, node, "all that may be chosen is of one kind", "%s cannot take the place of %s",
          type_words(value->type), type_words(*type));
    return false;
  }
  if (!units_agree(*type, value->type)) {
    wrong(checker, PROBLEM_unit, node,
          type->unit ? check_say(checker, "write it in %s; no conversion is ever guessed", type->unit->spellings[0])
                     : N_("leave the unit out"),
          "%s cannot take the place of %s", type_words(value->type), type_words(*type));
    return false;
  }
  if (!type->unit) type->unit = value->type.unit;
  type->plain = type->plain || value->type.plain;
  return true;
}

static const struct expr *check_choose(struct checker *checker, const struct node *node) {
  const struct node *arms = tree_child(node, 0), *otherwise = tree_child(tree_child(node, 1), 0);
  int n = 0;
  const struct expr **args = NEW_ARRAY(const struct expr *, 2 * tree_count(arms) + 1);
  struct type type = {.kind = TYPE_WRONG};
  bool sound = true;
  for (const struct node *arm = arms->first; arm; arm = arm->next) {
    args[n] = check_expr(checker, tree_child(arm, 0));
    sound = same_type(checker, tree_child(arm, 0), &type, args[n], n == 0) && sound;
    args[n + 1] = check_condition(checker, tree_child(arm, 1));
    n += 2;
  }
  args[n] = check_expr(checker, otherwise);
  sound = sound && same_type(checker, otherwise, &type, args[n], false);
  if (!sound) return expr_wrong(checker, node);
  struct expr *expr = expr_with(checker, EXPR_choose, type.kind, node, n + 1, args);
  if (expr->kind != EXPR_wrong) expr->type = type;
  return expr;
}

static const struct expr *check_else(struct checker *checker, const struct node *node) {
  const struct expr *a = check_expr(checker, tree_child(node, 0)), *b = check_expr(checker, tree_child(node, 1));
  struct type type;
  if (!same_type(checker, tree_child(node, 0), &type, a, true) ||
      !same_type(checker, tree_child(node, 1), &type, b, false))
    return expr_wrong(checker, node);
  struct expr *expr = expr_with(checker, EXPR_otherwise, type.kind, node, 2, (const struct expr *[]){a, b});
  expr->type = type;
  return expr;
}

const struct expr *check_value(struct checker *checker, const struct node *node) {
  switch (node->kind) {
  case NODE_add:
  case NODE_subtract: return check_sum(checker, node);
  case NODE_multiply:
  case NODE_divide: return check_product(checker, node);
  case NODE_minus: return check_minus(checker, node);
  case NODE_choose: return check_choose(checker, node);
  case NODE_else: return check_else(checker, node);
  case NODE_wrong: return expr_wrong(checker, node);
  default: return check_phrase(checker, node);
  }
}
