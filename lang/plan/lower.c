/* lower.c: checked expressions → nodes of the graph. */
#include <string.h>
#include "lang/memory.h"
#include "lang/plan/graph.h"

/* ── windows ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* All limits hold at once, and the index date ends every window. */
static void lower_window(struct planner *planner, const struct rows *rows, struct plan_node **low,
                         struct plan_node **high) {
  *low = NULL;
  *high = graph_op(planner, OP_date_index, 0, NULL);
  for (size_t i = 0; i < rows->n_limits; i++) {
    const struct limit *limit = &rows->limits[i];
    if (limit->low) {
      struct plan_node *date = lower(planner, limit->low);
      *low = !*low || *low == date ? date : graph_op(planner, OP_date_later, 2, (struct plan_node *[]){*low, date});
    }
    if (limit->high) {
      struct plan_node *date = lower(planner, limit->high);
      if (date != *high) *high = graph_op(planner, OP_date_earlier, 2, (struct plan_node *[]){*high, date});
    }
  }
  if (!*low) *low = graph_date(planner, DATE_EVER);
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool in_months(struct duration duration) { return duration.unit >= DURATION_MONTHS; }

static int32_t steps(struct duration duration) {
  static const int32_t factors[] = {1, 7, 1, 12};
  return duration.n * factors[duration.unit];
}

static struct plan_cut cut_of(const struct rows *rows) {
  if (rows->cut == CUT_NONE) return (struct plan_cut){0, 0, 0};
  bool months = in_months(rows->apart);
  enum opcode last = months ? OP_cut_last_months : OP_cut_last, first = months ? OP_cut_first_months : OP_cut_first;
  return (struct plan_cut){rows->cut == CUT_LAST ? last : first, rows->n, steps(rows->apart)};
}

static struct plan_node *asked(struct planner *planner, const struct rows *rows, struct plan_node draft) {
  struct plan_node *low, *high;
  lower_window(planner, rows, &low, &high);
  windows_note(planner, rows, low, high);
  draft.cut = cut_of(rows);
  return graph_rows(planner, draft, stream_number(planner, rows->stream), low, high);
}

static struct plan_node *lower_figure(struct planner *planner, const struct expr *expr) {
  static const enum opcode ops[] = {OP_rows_latest, OP_rows_earliest, OP_rows_highest, OP_rows_lowest,
                                    OP_rows_mean,   OP_rows_median,   OP_rows_sum};
  return asked(planner, expr->rows, (struct plan_node){.op = ops[expr->figure]});
}

static struct plan_node *lower_row_date(struct planner *planner, const struct expr *expr) {
  static const enum opcode ops[] = {OP_date_of_last, OP_date_of_first, OP_date_of_highest, OP_date_of_lowest};
  return asked(planner, expr->rows, (struct plan_node){.op = ops[expr->figure]});
}

static struct plan_node *lower_change(struct planner *planner, const struct expr *expr) {
  enum opcode op = in_months(expr->duration) ? OP_rows_change_months : OP_rows_change_days;
  return asked(planner, expr->rows, (struct plan_node){.op = op, .k = steps(expr->duration)});
}

/* ── quantifiers ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct plan_node *decide(struct planner *planner, struct plan_node *tally, enum quantifier quantifier,
                                double n) {
  static const enum opcode ops[] = {OP_tally_all,      OP_tally_any,     OP_tally_any,
                                    OP_tally_at_least, OP_tally_at_most, OP_tally_exactly};
  struct plan_node draft = {.op = ops[quantifier], .n_args = 1, .args = {tally}};
  if (quantifier >= EACH_AT_LEAST) draft.k = (int32_t)n;
  struct plan_node *node = graph_node(planner, draft);
  return quantifier == EACH_NONE ? graph_not(planner, node) : node;
}

static struct plan_node *lower_each(struct planner *planner, const struct expr *expr) {
  static const enum opcode ops[] = {OP_rows_below, OP_rows_at_most, OP_rows_above,  OP_rows_at_least,
                                    OP_rows_equal, OP_rows_unequal, OP_rows_between};
  struct plan_node draft = {.op = ops[expr->comparison], .n_args = (uint32_t)expr->n_args};
  for (size_t i = 0; i < expr->n_args; i++) draft.args[i] = lower(planner, expr->args[i]);
  if (expr->quantifier <= EACH_NONE && expr->comparison != COMPARE_BETWEEN) {
    draft.op = expr->quantifier == EACH_ALL ? OP_rows_all : OP_rows_some;
    draft.k = (int32_t)expr->comparison;
    struct plan_node *node = asked(planner, expr->rows, draft);
    return expr->quantifier == EACH_NONE ? graph_not(planner, node) : node;
  }
  return decide(planner, asked(planner, expr->rows, draft), expr->quantifier, expr->number);
}

static struct plan_node *lower_how_many(struct planner *planner, const struct expr *expr) {
  struct plan_node *tally = graph_op(planner, OP_tally_none, 0, NULL);
  for (size_t i = 0; i < expr->n_args; i++)
    tally = graph_op(planner, OP_tally_add, 2, (struct plan_node *[]){tally, lower(planner, expr->args[i])});
  return decide(planner, tally, expr->quantifier, expr->number);
}

/* ── comparisons and choices ─────────────────────────────────────────────────────────────────────────────────────── */

static struct plan_node *compare_by(struct planner *planner, const enum opcode ops[3], enum comparison comparison,
                                    struct plan_node *a, struct plan_node *b) {
  switch (comparison) {
  case COMPARE_BELOW: return graph_op(planner, ops[0], 2, (struct plan_node *[]){a, b});
  case COMPARE_ABOVE: return graph_op(planner, ops[0], 2, (struct plan_node *[]){b, a});
  case COMPARE_AT_MOST: return graph_op(planner, ops[1], 2, (struct plan_node *[]){a, b});
  case COMPARE_AT_LEAST: return graph_op(planner, ops[1], 2, (struct plan_node *[]){b, a});
  case COMPARE_EQUAL: return graph_op(planner, ops[2], 2, (struct plan_node *[]){a, b});
  default: return graph_not(planner, graph_op(planner, ops[2], 2, (struct plan_node *[]){a, b}));
  }
}

static const enum opcode *comparisons_of(enum type_kind type) {
  static const enum opcode numbers[] = {OP_number_below, OP_number_at_most, OP_number_equal};
  static const enum opcode dates[] = {OP_date_below, OP_date_at_most, OP_date_equal};
  static const enum opcode truths[] = {OP_truth_equal, OP_truth_equal, OP_truth_equal};
  return type == TYPE_NUMBER ? numbers : type == TYPE_DATE ? dates : truths;
}

static struct plan_node *text_equal(struct planner *planner, const struct expr *column, const char *text) {
  return graph_node(planner, (struct plan_node){.op = OP_text_equal,
                                                .column = patients_column(planner->plan, column->column->name),
                                                .text = text});
}

static struct plan_node *lower_compare(struct planner *planner, const struct expr *expr) {
  const struct expr *left = expr->args[0], *right = expr->args[1];
  if (left->type.kind == TYPE_TEXT) {
    struct plan_node *node = text_equal(planner, left, right->text);
    return expr->comparison == COMPARE_UNEQUAL ? graph_not(planner, node) : node;
  }
  struct plan_node *a = lower(planner, left), *b = lower(planner, right);
  return compare_by(planner, comparisons_of(left->type.kind), expr->comparison, a, b);
}

static struct plan_node *lower_between(struct planner *planner, const struct expr *expr) {
  const enum opcode *ops = comparisons_of(expr->args[0]->type.kind);
  struct plan_node *value = lower(planner, expr->args[0]), *low = lower(planner, expr->args[1]),
                   *high = lower(planner, expr->args[2]);
  return graph_and(planner, compare_by(planner, ops, COMPARE_AT_LEAST, value, low),
                   compare_by(planner, ops, COMPARE_AT_MOST, value, high));
}

static struct plan_node *lower_in(struct planner *planner, const struct expr *expr) {
  const struct expr *left = expr->args[0];
  struct plan_node *any = NULL, *value = left->type.kind == TYPE_TEXT ? NULL : lower(planner, left);
  for (size_t i = 1; i < expr->n_args; i++) {
    struct plan_node *equal = value ? compare_by(planner, comparisons_of(left->type.kind), COMPARE_EQUAL, value,
                                                 lower(planner, expr->args[i]))
                                    : text_equal(planner, left, expr->args[i]->text);
    any = any ? graph_or(planner, any, equal) : equal;
  }
  return any;
}

/* All figures of the same rows are known for the same patients, so the question is asked of one of them. */
static struct plan_node *lower_asked(struct planner *planner, const struct expr *expr) {
  while (expr->kind == EXPR_defined) expr = expr->definition->value;
  if (expr->kind != EXPR_figure && expr->kind != EXPR_row_date) return lower(planner, expr);
  struct expr *latest = NEW(struct expr);
  *latest = *expr;
  latest->figure = FIGURE_LATEST;
  return lower(planner, latest);
}

static struct plan_node *lower_known(struct planner *planner, const struct expr *expr) {
  const struct expr *arg = expr->args[0];
  if (arg->type.kind == TYPE_TEXT)
    return graph_node(
        planner, (struct plan_node){.op = OP_text_known, .column = patients_column(planner->plan, arg->column->name)});
  struct plan_node *node = lower_asked(planner, arg);
  static const enum opcode ops[] = {OP_number_known, OP_date_known, OP_truth_known};
  return graph_op(planner, ops[node->kind], 1, &node);
}

static struct plan_node *lower_choose(struct planner *planner, const struct expr *expr) {
  static const enum opcode ops[] = {OP_number_choose, OP_date_choose, OP_truth_choose};
  struct plan_node *chosen = lower(planner, expr->args[expr->n_args - 1]);
  for (size_t i = expr->n_args - 1; i >= 2; i -= 2) {
    struct plan_node *value = lower(planner, expr->args[i - 2]), *when = lower(planner, expr->args[i - 1]);
    chosen = graph_op(planner, ops[value->kind], 3, (struct plan_node *[]){when, value, chosen});
  }
  return chosen;
}

static struct plan_node *lower_junction(struct planner *planner, const struct expr *expr) {
  struct plan_node *node = lower(planner, expr->args[0]);
  for (size_t i = 1; i < expr->n_args; i++) {
    struct plan_node *next = lower(planner, expr->args[i]);
    node = expr->kind == EXPR_and ? graph_and(planner, node, next) : graph_or(planner, node, next);
  }
  return node;
}

/* ── dates and columns ───────────────────────────────────────────────────────────────────────────────────────────── */

static struct plan_node *lower_earlier(struct planner *planner, const struct expr *expr) {
  struct plan_node *date = lower(planner, expr->args[0]);
  if (expr->duration.n == 0) return date;
  enum opcode op = in_months(expr->duration) ? OP_months_back : OP_days_back;
  return graph_node(planner, (struct plan_node){.op = op, .n_args = 1, .args = {date}, .k = steps(expr->duration)});
}

static struct plan_node *lower_since(struct planner *planner, const struct expr *expr) {
  static const enum opcode ops[] = {OP_days_since, OP_weeks_since, OP_months_since, OP_years_since};
  struct plan_node *date = lower(planner, expr->args[0]);
  return graph_op(planner, ops[expr->duration.unit], 1, &date);
}

static struct plan_node *lower_column(struct planner *planner, const struct expr *expr) {
  enum opcode op = expr->type.kind == TYPE_NUMBER ? OP_number_column : OP_date_column;
  return graph_node(planner,
                    (struct plan_node){.op = op, .column = patients_column(planner->plan, expr->column->name)});
}

/* ── each once ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* An expression is lowered once, however often definitions and windows lead to it: what is planned is then linear in what
 * is written. */
struct memo {
  const struct expr *expr;
  struct plan_node *node;
};

static struct memo *memo_of(struct memo *slots, size_t n, const struct expr *expr) {
  size_t i = ((uintptr_t)expr >> 4) * 0x9E3779B97F4A7C15u >> 20 & (n - 1);
  while (slots[i].expr && slots[i].expr != expr) i = (i + 1) & (n - 1);
  return &slots[i];
}

static void grow_memo(struct planner *planner) {
  size_t n = planner->n_memo_slots ? 2 * planner->n_memo_slots : 256;
  struct memo *slots = NEW_ARRAY(struct memo, n);
  for (size_t i = 0; i < planner->n_memo_slots; i++)
    if (planner->memo[i].expr) *memo_of(slots, n, planner->memo[i].expr) = planner->memo[i];
  planner->memo = slots;
  planner->n_memo_slots = n;
}

static struct plan_node *lower_kind(struct planner *planner, const struct expr *expr);

struct plan_node *lower(struct planner *planner, const struct expr *expr) {
  if (expr->kind == EXPR_defined) return lower(planner, expr->definition->value);
  if (2 * (planner->n_memo + 1) > planner->n_memo_slots) grow_memo(planner);
  struct memo *memo = memo_of(planner->memo, planner->n_memo_slots, expr);
  if (memo->node) return memo->node;
  struct plan_node *node = lower_kind(planner, expr);
  if (2 * (planner->n_memo + 1) > planner->n_memo_slots) grow_memo(planner);
  memo = memo_of(planner->memo, planner->n_memo_slots, expr); /* lowering may have moved the table */
  *memo = (struct memo){expr, node};
  planner->n_memo++;
  return node;
}

static struct plan_node *lower_kind(struct planner *planner, const struct expr *expr) {
  struct plan_node *a, *b;
  switch (expr->kind) {
  case EXPR_truth: return graph_truth(planner, expr->date);
  case EXPR_number: return graph_node(planner, (struct plan_node){.op = OP_number_is, .constant = expr->number});
  case EXPR_date: return graph_date(planner, expr->date);
  case EXPR_index: return graph_op(planner, OP_date_index, 0, NULL);
  case EXPR_column: return lower_column(planner, expr);
  case EXPR_and:
  case EXPR_or: return lower_junction(planner, expr);
  case EXPR_not: return graph_not(planner, lower(planner, expr->args[0]));
  case EXPR_compare: return lower_compare(planner, expr);
  case EXPR_between: return lower_between(planner, expr);
  case EXPR_in: return lower_in(planner, expr);
  case EXPR_is_known: return lower_known(planner, expr);
  case EXPR_is_true: return graph_op(planner, OP_truth_yes, 1, (struct plan_node *[]){lower(planner, expr->args[0])});
  case EXPR_any_row: return asked(planner, expr->rows, (struct plan_node){.op = OP_rows_any});
  case EXPR_count: return asked(planner, expr->rows, (struct plan_node){.op = OP_rows_count});
  case EXPR_figure: return lower_figure(planner, expr);
  case EXPR_change: return lower_change(planner, expr);
  case EXPR_row_date: return lower_row_date(planner, expr);
  case EXPR_each: return lower_each(planner, expr);
  case EXPR_how_many: return lower_how_many(planner, expr);
  case EXPR_choose: return lower_choose(planner, expr);
  case EXPR_otherwise:
    a = lower(planner, expr->args[0]);
    b = lower(planner, expr->args[1]);
    return graph_op(planner,
                    a->kind == REGISTER_NUMBER ? OP_number_else
                    : a->kind == REGISTER_DATE ? OP_date_else
                                               : OP_truth_else,
                    2, (struct plan_node *[]){a, b});
  case EXPR_negate: return graph_op(planner, OP_negate, 1, (struct plan_node *[]){lower(planner, expr->args[0])});
  case EXPR_add:
  case EXPR_subtract:
  case EXPR_multiply:
  case EXPR_divide: {
    static const enum opcode ops[] = {OP_add, OP_subtract, OP_multiply, OP_divide};
    a = lower(planner, expr->args[0]);
    b = lower(planner, expr->args[1]);
    return graph_op(planner, ops[expr->kind - EXPR_add], 2, (struct plan_node *[]){a, b});
  }
  case EXPR_earlier: return lower_earlier(planner, expr);
  case EXPR_since: return lower_since(planner, expr);
  default: return graph_truth(planner, 2); /* durations and texts never stand alone in a checked program */
  }
}
