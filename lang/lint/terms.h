/* terms.h: conditions as limits: of what, from where to where. */
#ifndef KLYNGE_LINT_TERMS_H
#define KLYNGE_LINT_TERMS_H
#include "lang/lint/same.h"

/* Values from low to high; infinite where there is no limit. */
struct range {
  double low, high;
  bool low_open, high_open;        /* the limit itself is not among them */
};

/* A condition that is yes for values of this range. What is no comparison with a constant is a limit of its own outcome:
 * 1 for yes, and 0 where `not` stands before it. */
struct term {
  uint64_t of;                     /* same_hash of what is limited */
  struct range range;
  const struct expr *value;        /* what is limited */
  const struct expr *expr, *shown; /* the comparison, where it is written; with the `not` before it */
  bool is_limit;                   /* a comparison of a number or date, not of an outcome or a word */
  bool is_whole;                   /* only whole numbers come */
  size_t part;                     /* in which part of the whole it stands */
};
struct terms {
  struct term *all;
  size_t n, room;
};

/* Adds the parts of an `and` (or of an `or`), definitions opened: all that a condition is made of, up to some hundreds. What
 * is no limit from one value to another is left out. */
void terms_add(struct terms *terms, const struct expr *expr, enum expr_kind junction, size_t part);
/* Sorts by what is limited; in the order of the rule where that is the same. */
void terms_sort(struct terms *terms);

bool range_is_empty(struct range range);
struct range range_both(struct range a, struct range b);
/* Whether all of b lies in a. */
bool range_holds(struct range a, struct range b);
#endif
