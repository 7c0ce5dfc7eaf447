/* dates.h: the calendar, which both houses share. Dates are days since 1970-01-01 in the proleptic Gregorian calendar, from
 * the year 1 to 9999; what leaves those years becomes unknown. */
#ifndef KLYNGE_DATES_H
#define KLYNGE_DATES_H
#include <stdbool.h>
#include <stdint.h>

#define DATE_UNKNOWN INT32_MIN
#define DATE_EVER    (INT32_MIN + 1) /* the first day of a window that has none */
#define DATE_OPEN    INT32_MAX       /* the end of a span that has not ended */
#define DATE_FIRST (-719162) /* 0001-01-01 */
#define DATE_LAST  2932896   /* 9999-12-31 */

/* The day of a date that is in the calendar (month 1 … 12, day 1 … 31).
 * Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013), days_from_civil. */
int32_t date_from_civil(int year, int month, int day);
/* Year, month (1 … 12) and day (1 … 31) of a date; any date but DATE_UNKNOWN. Source: as above, civil_from_days. */
void date_to_civil(int32_t date, int *year, int *month, int *day);

/* The date `days` days before; DATE_UNKNOWN where `date` is, or outside the years 1 … 9999. */
int32_t date_days_back(int32_t date, int64_t days);
/* The date `months` months before, the day clamped to the month's end: a month before 31 March is the last day of
 * February. Negative months go forward. DATE_UNKNOWN where `date` is, or outside the years 1 … 9999. */
int32_t date_months_back(int32_t date, int64_t months);

/* Completed months from `date` to `index` (both known): the greatest n, negative for a later date, for which `date` is
 * not after `index` − n months. So someone born on 29 February is a year older on 1 March, but for leap years. */
int32_t date_months_since(int32_t date, int32_t index);
/* Completed weeks and years likewise. */
int32_t date_weeks_since(int32_t date, int32_t index);
int32_t date_years_since(int32_t date, int32_t index);

/* A date as people write it, into `out`, which is returned: "1 June 2024", in Danish "1. juni 2024". Any date but DATE_UNKNOWN,
 * DATE_EVER and DATE_OPEN. */
#define DATE_TEXT 32
const char *date_write(int32_t date, bool danish, char out[DATE_TEXT]);
#endif
