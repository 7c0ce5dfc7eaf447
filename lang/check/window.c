/* window.c: windows as limits: from a first day to a last one, both included. */
#include <string.h>
#include "lang/check/checker.h"
#include "lang/memory.h"

static bool is_month_based(struct duration duration) { return duration.unit >= DURATION_MONTHS; }

/* Whether a is certainly longer than b. Months and days are compared by the shortest and longest months there are. */
static bool longer(struct duration a, struct duration b) {
  static const double least[] = {1, 7, 28, 365}, most[] = {1, 7, 31, 366};
  if (is_month_based(a) == is_month_based(b)) {
    static const double same[] = {1, 7, 1, 12};
    return a.n * same[a.unit] > b.n * same[b.unit];
  }
  return a.n * least[a.unit] > b.n * most[b.unit];
}

/* A length of time, and the parameter that it is the value of, or NULL. */
struct span {
  struct duration duration;
  const struct parameter *parameter;
};

static const struct expr *index_minus(struct checker *checker, const struct node *node, struct span span) {
  const struct expr *index = expr_new(checker, EXPR_index, TYPE_DATE, node);
  struct expr *date = expr_earlier(checker, node, index, span.duration);
  date->parameter = span.parameter;
  return date;
}

/* A length of time as a literal or a parameter. */
static bool span_of(struct checker *checker, const struct node *node, struct span *span) {
  const struct expr *expr = check_expr(checker, node);
  if (expr->kind == EXPR_wrong) return false;
  if (expr->type.kind != TYPE_DURATION) {
    wrong(checker, PROBLEM_window, node, "write: 18 {MONTHS}, or the name of a parameter that holds a length of time",
          "%s is not a length of time", type_words(expr->type));
    return false;
  }
  *span = (struct span){expr->duration, expr->parameter};
  return true;
}

/* `between 6 and 18 months ago`: the first may leave its unit to the second. */
static bool ago_of(struct checker *checker, const struct node *node, struct limit *limit) {
  const struct node *near_node = tree_child(node, 0), *far_node = tree_child(node, 1);
  struct span near, far;
  if (!span_of(checker, far_node, &far)) return false;
  if (near_node->kind == NODE_number) {
    double n;
    if (!literal_number(checker, near_node, &n)) return false;
    if (n < 0 || n > 1e6 || n != (int32_t)n) {
      wrong(checker, PROBLEM_number, near_node, "write it in a smaller unit",
            "a length of time is a whole number of days, weeks, months or years");
      return false;
    }
    near = (struct span){{(int32_t)n, far.duration.unit}, NULL};
  } else if (!span_of(checker, near_node, &near)) {
    return false;
  }
  if (longer(near.duration, far.duration)) {
    wrong(checker, PROBLEM_window, node, "write the shorter time first: {BETWEEN} 6 {AND} 18 {MONTHS} {AGO}",
          "this window ends before it begins");
    return false;
  }
  *limit = (struct limit){index_minus(checker, node, far), index_minus(checker, node, near)};
  return true;
}

static bool limit_of(struct checker *checker, const struct node *node, struct limit *limit) {
  struct span span;
  const struct expr *date;
  switch (node->kind) {
  case NODE_within:
    if (!span_of(checker, tree_child(node, 0), &span)) return false;
    *limit = (struct limit){index_minus(checker, node, span), NULL};
    return true;
  case NODE_between_ago: return ago_of(checker, node, limit);
  case NODE_since:
  case NODE_before:
  case NODE_after:
    date = check_date(checker, tree_child(node, 0));
    if (date->kind == EXPR_wrong) return false;
    if (node->kind == NODE_since)
      *limit = (struct limit){date, NULL};
    else if (node->kind == NODE_before)
      *limit = (struct limit){NULL, expr_earlier(checker, node, date, (struct duration){1, DURATION_DAYS})};
    else
      *limit = (struct limit){expr_earlier(checker, node, date, (struct duration){-1, DURATION_DAYS}), NULL};
    return true;
  default: return false; /* ever: no limit */
  }
}

struct window window_of(struct checker *checker, const struct node *const *nodes, size_t n) {
  struct window window = {.limits = NEW_ARRAY(struct limit, n + 1)};
  for (size_t i = 0; i < n; i++) {
    const char *words = node_words(checker, nodes[i]);
    window.words = window.words ? memory_print("%s %s", window.words, words) : words;
    if (limit_of(checker, nodes[i], &window.limits[window.n_limits]))
      window.n_limits++;
    else if (nodes[i]->kind != NODE_ever)
      window.is_wrong = true;
  }
  return window;
}
