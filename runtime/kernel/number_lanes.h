/* number_lanes.h: what is done with vectors of numbers but for comparing them: constants, columns, arithmetic, choices. */
#ifndef KLYNGE_NUMBER_LANES_H
#define KLYNGE_NUMBER_LANES_H
#include "runtime/kernel/vector.h"

/* The same value in every lane; unknown if it is not finite. */
void number_fill(struct number *out, double value);
void number_fill_unknown(struct number *out);
/* The value of `a`, its sign too, in every lane. */
void number_spread(struct number *out, const struct number *a);
/* The first n lanes from a column, NaN where unknown (NULL: all are); the others unknown. */
void number_column(struct number *out, const double *column, uint32_t n);

/* Arithmetic on bounds: the result has no sign. It is unknown where an operand is, and where it is not finite, as it
 * is after a division by 0. */
void number_add(struct number *out, const struct number *a, const struct number *b);
void number_subtract(struct number *out, const struct number *a, const struct number *b);
void number_multiply(struct number *out, const struct number *a, const struct number *b);
void number_divide(struct number *out, const struct number *a, const struct number *b);
void number_negate(struct number *out, const struct number *a);

/* b where the mask is yes, c elsewhere; and a, with b where it is unknown. Signs are kept. */
void number_choose(struct number *out, const struct mask *a, const struct number *b, const struct number *c);
void number_else(struct number *out, const struct number *a, const struct number *b);
/* Yes where the number is known, else no. */
void number_known(struct mask *out, const struct number *a);

/* ── lane by lane, for what is made of rows ──────────────────────────────────────────────────────────────────────── */

/* Writes one known lane of a vector that number_fill_unknown has cleared; a value that is not finite stays unknown. */
void number_set(struct number *out, uint32_t lane, double value, int sign);
/* Says of such a lane that its number is below its value (a sign below 0) or above it. */
void number_sign(struct number *out, uint32_t lane, int sign);
#endif
