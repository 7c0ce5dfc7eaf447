/* missing.h: what becomes of a condition for a patient whose measure is missing. */
#ifndef KLYNGE_LINT_MISSING_H
#define KLYNGE_LINT_MISSING_H
#include "lang/check/program.h"

/* Outcomes that may come, as bits. */
enum { MAY_BE_NO = 1, MAY_BE_YES = 2, MAY_BE_UNKNOWN = 4 };

/* A patient with so many values of a series in a window, fewer than are asked for; of all else anything may be known, and
 * nothing else is missing. */
struct lack {
  const struct rows *rows;
  int32_t has;
};
/* What the condition may be for such patients. One that is very large may be yes or no, without a look at it. */
unsigned missing_outcomes(const struct expr *condition, struct lack lack);
/* How many values an expression needs of its rows: 2 of a change, n of a cut, else 1; 0 where it is known without any. */
int32_t missing_needs(const struct expr *expr);
#endif
