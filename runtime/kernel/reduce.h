/* reduce.h: what is asked of the rows of a scan or of a cut: one figure, date or tally for each patient.
 *
 * Figures, dates and tallies of a short group (scan.h) see no rows: they are unknown, and its tally is empty. Only
 * rows_any and rows_count see the rows that it has. All but those two need rows in order. */
#ifndef KLYNGE_REDUCE_H
#define KLYNGE_REDUCE_H
#include "runtime/kernel/scan.h"

/* Unknown for a patient for whom a day of the window is unknown. */
void rows_any(const struct rows *rows, struct mask *out);
void rows_count(struct rows *rows, struct number *out);

/* The value of the last date: of several the highest, the lowest or the mean, as the stream's ties say. The sign is
 * kept, but for a mean of several, in which a censored value counts as its bound. */
void rows_latest(struct rows *rows, struct number *out);
void rows_earliest(struct rows *rows, struct number *out);
/* Of equal bounds the outermost: ">90" is higher than 90, "<5" is lower than 5. */
void rows_highest(struct rows *rows, struct number *out);
void rows_lowest(struct rows *rows, struct number *out);

/* Of bounds, without a sign. Sums are taken from the first row to the last, so they always give the same bits. */
void rows_mean(struct rows *rows, struct number *out);
void rows_sum(struct rows *rows, struct number *out);
void rows_median(struct rows *rows, struct number *out);

/* The latest value minus the latest of those at least so much older than its date; of several on one date as for
 * rows_latest. Unknown where there is none so old. */
void rows_change(struct rows *rows, enum cut_unit unit, int32_t older, struct number *out);

void rows_date_of_last(struct rows *rows, struct dates *out);
void rows_date_of_first(struct rows *rows, struct dates *out);
/* Of equal values the last. */
void rows_date_of_highest(struct rows *rows, struct dates *out);
void rows_date_of_lowest(struct rows *rows, struct dates *out);

/* How each row's value compares with a, or whether it lies between a and b, both included; each as compare.h says. */
enum rows_test { ROWS_BELOW, ROWS_AT_MOST, ROWS_ABOVE, ROWS_AT_LEAST, ROWS_EQUAL, ROWS_UNEQUAL, ROWS_BETWEEN };
/* b is looked at for ROWS_BETWEEN only. */
void rows_tally(struct rows *rows, enum rows_test test, const struct number *a, const struct number *b, struct tally *out);

/* Whether all of the rows' values compare with a like this (not ROWS_BETWEEN), and whether one of them does: what the tally of them
 * says, unknown where it is empty. `rows` are the scanner's last. Where no value is censored, each patient's lowest or highest
 * decides, which the scanner remembers: asked again with another a, it is one comparison. */
void rows_all(struct scanner *scanner, struct rows *rows, enum rows_test test, const struct number *a, struct mask *out);
void rows_some(struct scanner *scanner, struct rows *rows, enum rows_test test, const struct number *a, struct mask *out);
#endif
