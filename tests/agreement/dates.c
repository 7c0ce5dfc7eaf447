/* dates.c: a calendar without cleverness: years and months are counted one by one. */
#include <stdio.h>
#include <string.h>
#include "lang/memory.h"
#include "tests/agreement/agreement.h"

static bool is_leap_year(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

static int days_in_year(int year) { return is_leap_year(year) ? 366 : 365; }

static int days_in_month(int year, int month) {
  switch (month) {
  case 2: return is_leap_year(year) ? 29 : 28;
  case 4:
  case 6:
  case 9:
  case 11: return 30;
  default: return 31;
  }
}

int32_t date_of_day(struct day day) {
  int32_t date = day.day - 1;
  for (int year = 1970; year < day.year; year++) date += days_in_year(year);
  for (int year = 1969; year >= day.year; year--) date -= days_in_year(year);
  for (int month = 1; month < day.month; month++) date += days_in_month(day.year, month);
  return date;
}

struct day day_of_date(int32_t date) {
  struct day day = {1970, 1, 1};
  while (date < 0) date += days_in_year(--day.year);
  while (date >= days_in_year(day.year)) date -= days_in_year(day.year++);
  while (date >= days_in_month(day.year, day.month)) date -= days_in_month(day.year, day.month++);
  day.day += date;
  return day;
}

bool date_read(const char *text, int32_t *date) {
  struct day day;
  int end = 0;
  if (sscanf(text, "%4d-%2d-%2d%n", &day.year, &day.month, &day.day, &end) != 3 || end != 10 || text[end]) return false;
  if (day.year < 1 || day.month < 1 || day.month > 12 || day.day < 1 || day.day > days_in_month(day.year, day.month)) return false;
  *date = date_of_day(day);
  return true;
}

const char *date_text(int32_t date) {
  struct day day = day_of_date(date);
  return memory_print("%04d-%02d-%02d", day.year, day.month, day.day);
}

/* One month back or forth, leaving the day alone: there may be no such day. */
static void step_month(struct day *day, bool back) {
  day->month += back ? -1 : 1;
  if (day->month == 0) {
    day->month = 12;
    day->year--;
  }
  if (day->month == 13) {
    day->month = 1;
    day->year++;
  }
}

static int32_t months_before(int32_t date, int32_t n) {
  struct day day = day_of_date(date);
  for (int32_t i = 0; i < (n < 0 ? -n : n); i++) step_month(&day, n > 0);
  if (day.day > days_in_month(day.year, day.month)) day.day = days_in_month(day.year, day.month);
  return date_of_day(day);
}

int32_t date_before(int32_t date, struct duration duration) {
  switch (duration.unit) {
  case DURATION_DAYS: return date - duration.n;
  case DURATION_WEEKS: return date - 7 * duration.n;
  case DURATION_MONTHS: return months_before(date, duration.n);
  default: return months_before(date, 12 * duration.n);
  }
}

int32_t date_completed(int32_t date, int32_t index, enum duration_unit unit) {
  static const int32_t roughly[] = {1, 7, 31, 366};
  int32_t n = (index - date) / roughly[unit];     /* only where to begin */
  while (date > date_before(index, (struct duration){n, unit})) n--;
  while (date <= date_before(index, (struct duration){n + 1, unit})) n++;
  return n;
}
