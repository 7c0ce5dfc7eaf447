/* dates.c: years are counted from 1 March, so that the leap day is the last of its year; 400 of them, an era, always
 * have 146,097 days. */
#include "runtime/image/dates.h"
#include <stdio.h>

#define ERA_DAYS 146097
/* From 0000-03-01, where the eras begin, to 1970-01-01. */
#define EPOCH_DAYS 719468

static int64_t divide_down(int64_t a, int64_t b) { return a / b - (a % b < 0); }

int32_t date_from_civil(int year, int month, int day) {
  int64_t y = (int64_t)year - (month <= 2);
  int64_t era = divide_down(y, 400);
  int64_t year_of_era = y - era * 400;
  int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return (int32_t)(era * ERA_DAYS + day_of_era - EPOCH_DAYS);
}

void date_to_civil(int32_t date, int *year, int *month, int *day) {
  int64_t days = (int64_t)date + EPOCH_DAYS;
  int64_t era = divide_down(days, ERA_DAYS);
  int32_t day_of_era = (int32_t)(days - era * ERA_DAYS);
  int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int32_t from_march = (5 * day_of_year + 2) / 153;
  *day = day_of_year - (153 * from_march + 2) / 5 + 1;
  *month = from_march < 10 ? from_march + 3 : from_march - 9;
  *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

static int month_length(int year, int month) {
  static const int8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return lengths[month - 1] + (month == 2 && leap);
}

int32_t date_days_back(int32_t date, int64_t days) {
  if (date == DATE_UNKNOWN) return DATE_UNKNOWN;
  int64_t back = date - days;
  return back < DATE_FIRST || back > DATE_LAST ? DATE_UNKNOWN : (int32_t)back;
}

int32_t date_months_back(int32_t date, int64_t months) {
  if (date == DATE_UNKNOWN) return DATE_UNKNOWN;
  int year, month, day;
  date_to_civil(date, &year, &month, &day);
  int64_t total = (int64_t)year * 12 + (month - 1) - months;
  if (total < 1 * 12 || total > 9999 * 12 + 11) return DATE_UNKNOWN;
  year = (int)(total / 12);
  month = (int)(total % 12) + 1;
  int length = month_length(year, month);
  return date_from_civil(year, month, day < length ? day : length);
}

/* `index` less the months between the two dates' months lies in the month of `date`: n is that many, or one fewer
 * where the day it falls on comes before `date`. Clamping that day to the month's end changes nothing, for no day of
 * the month is after its end. */
int32_t date_months_since(int32_t date, int32_t index) {
  int year, month, day, index_year, index_month, index_day;
  date_to_civil(date, &year, &month, &day);
  date_to_civil(index, &index_year, &index_month, &index_day);
  return (index_year - year) * 12 + (index_month - month) - (day > index_day);
}

int32_t date_weeks_since(int32_t date, int32_t index) { return (int32_t)divide_down((int64_t)index - date, 7); }
int32_t date_years_since(int32_t date, int32_t index) { return (int32_t)divide_down(date_months_since(date, index), 12); }

const char *date_write(int32_t date, bool danish, char out[DATE_TEXT]) {
  static const char *const in_danish[13] = {"", "januar", "februar", "marts", "april", "maj", "juni",
                                          "juli", "august", "september", "oktober", "november", "december"};
  static const char *const in_english[13] = {"", "January", "February", "March", "April", "May", "June",
                                           "July", "August", "September", "October", "November", "December"};
  int year, month, day;
  date_to_civil(date, &year, &month, &day);
  snprintf(out, DATE_TEXT, danish ? "%d. %s %d" : "%d %s %d", day, (danish ? in_danish : in_english)[month], year);
  return out;
}
