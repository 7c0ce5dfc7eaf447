/* date_lanes.h: what is done with vectors of dates but for comparing them. */
#ifndef KLYNGE_DATE_LANES_H
#define KLYNGE_DATE_LANES_H
#include "runtime/kernel/vector.h"

/* The same date, or DATE_UNKNOWN, in every lane. */
void date_fill(struct dates *out, int32_t date);
void date_spread(struct dates *out, const struct dates *a);
/* The first n lanes from a column (NULL: all unknown); the others unknown. */
void date_column(struct dates *out, const int32_t *column, uint32_t n);

/* b where the mask is yes, c elsewhere; and a, with b where it is unknown. */
void date_choose(struct dates *out, const struct mask *a, const struct dates *b, const struct dates *c);
void date_else(struct dates *out, const struct dates *a, const struct dates *b);
/* The later and the earlier of two; unknown where either is. */
void date_later(struct dates *out, const struct dates *a, const struct dates *b);
void date_earlier(struct dates *out, const struct dates *a, const struct dates *b);
/* Yes where the date is known, else no. */
void date_known(struct mask *out, const struct dates *a);

/* dates.h, lane by lane. */
void dates_months_back(struct dates *out, const struct dates *a, int32_t months);
void dates_days_back(struct dates *out, const struct dates *a, int32_t days);
void dates_days_since(struct number *out, const struct dates *a, int32_t index);
void dates_weeks_since(struct number *out, const struct dates *a, int32_t index);
void dates_months_since(struct number *out, const struct dates *a, int32_t index);
void dates_years_since(struct number *out, const struct dates *a, int32_t index);
#endif
