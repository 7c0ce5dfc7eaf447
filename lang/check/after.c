/* after.c: windows, `measured` and `apart`, taken off the phrase they follow. */
#include "lang/check/after.h"

bool is_series_node(enum node_kind kind) {
  return kind == NODE_name || kind == NODE_column || kind == NODE_first_values || kind == NODE_last_values;
}

bool is_figure_node(enum node_kind kind) { return kind >= NODE_latest && kind <= NODE_sum_of; }

/* Parentheses that hold one phrase change nothing: (hba1c) within 6 months. */
static bool is_phrase_node(enum node_kind kind) {
  return is_series_node(kind) || is_figure_node(kind) || kind == NODE_count_of || kind == NODE_first_event ||
         kind == NODE_last_event || kind == NODE_date_of || kind == NODE_windowed || kind == NODE_measured ||
         kind == NODE_apart || kind == NODE_group;
}

void after_add_window(struct checker *checker, struct after *after, const struct node *window) {
  if (after->n_windows < MOST_WINDOWS)
    after->windows[after->n_windows++] = window;
  else
    wrong(checker, PROBLEM_window, window, "one or two windows say what is meant", "more than %d windows stand here",
          MOST_WINDOWS);
}

/* Takes off what follows a phrase, and parentheses around it; gives the phrase itself. */
const struct node *after_peel(struct checker *checker, const struct node *node, struct after *after) {
  for (;;) {
    const struct node *inner = tree_child(node, 0);
    if (node->kind == NODE_windowed)
      after_add_window(checker, after, tree_child(node, 1));
    else if (node->kind == NODE_measured)
      after->measured = node;
    else if (node->kind == NODE_apart)
      after->apart = node;
    else if (node->kind != NODE_group || !is_phrase_node(inner->kind))
      return node;
    node = inner;
  }
}

/* ── what follows where nothing may ──────────────────────────────────────────────────────────────────────────────── */

bool after_nothing(struct checker *checker, const struct after *after, const char *what) {
  const struct node *follows = after->n_windows ? after->windows[0] : after->measured ? after->measured : after->apart;
  if (!follows) return true;
  if (after->n_windows)
    wrong(checker, PROBLEM_window, follows,
          "write it right after the measure or events it limits: hba1c {WITHIN} 12 {MONTHS} > 58",
          "a window cannot limit %s", what);
  else if (after->measured)
    wrong(checker, PROBLEM_window, follows, "write it after a measure: hba1c {MEASURED}",
          "`{MEASURED}` does not fit after %s", what);
  else
    wrong(checker, PROBLEM_window, follows, "write it after a cut series: {LAST} 2 hba1c {AT_LEAST} 90 {DAYS} {APART}",
          "`{APART}` does not fit after %s", what);
  return false;
}

bool after_not_measured(struct checker *checker, const struct after *after, const char *what) {
  if (after->measured)
    wrong(checker, PROBLEM_window, after->measured, "write it after a measure: hba1c {MEASURED}",
          "`{MEASURED}` does not fit after %s", what);
  return !after->measured;
}
