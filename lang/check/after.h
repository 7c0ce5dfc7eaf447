/* after.h: what follows a phrase, on its way to the rows that it limits. The author writes windows, `measured` and `apart`
 * after the whole phrase (`count of drug = metformin within 2 years`); the checker moves them to the series or events in it.
 *
 *   after.c    takes them off a phrase
 *   rows.c     puts them on rows: of a series, of an event test
 *   phrase.c   what is asked of the rows, and all other operands */
#ifndef KLYNGE_AFTER_H
#define KLYNGE_AFTER_H
#include "lang/check/checker.h"

enum { MOST_WINDOWS = 32 };

/* What stood after a phrase, from the end: the last window is the first. */
struct after {
  const struct node *windows[MOST_WINDOWS];
  size_t n_windows;
  const struct node *measured, *apart;
};

bool is_series_node(enum node_kind kind);
bool is_figure_node(enum node_kind kind);

/* Takes off what follows a phrase, and parentheses around it; gives the phrase itself. */
const struct node *after_peel(struct checker *checker, const struct node *node, struct after *after);
void after_add_window(struct checker *checker, struct after *after, const struct node *window);
/* A problem where anything follows, or where `measured` does, `what` cannot take; true where nothing does. */
bool after_nothing(struct checker *checker, const struct after *after, const char *what);
bool after_not_measured(struct checker *checker, const struct after *after, const char *what);

/* The declaration that a name or table.column stands for; NULL where there is none. */
struct named *rows_named(struct checker *checker, const struct node *node);
void rows_unknown_name(struct checker *checker, const struct node *node);
/* The rows of a series phrase, or NULL after a problem. *named is the measure. */
struct rows *rows_of_series(struct checker *checker, const struct node *node, struct after *after, struct named **named);
/* The rows of an event test. `right` is a set's name, a NODE_set, or NULL for events alone. NULL after a problem. */
struct rows *rows_of_events(struct checker *checker, const struct node *node, const struct node *left, const struct node *right, struct after *after);
/* An expression about rows. */
struct expr *rows_expr(struct checker *checker, enum expr_kind kind, enum type_kind type, const struct node *node, const struct rows *rows);
unsigned rows_depth(const struct rows *rows);
#endif
