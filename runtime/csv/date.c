/* date.c: a date where it stands. */
#include "runtime/csv/csv.h"

static bool two_digits(const char *text, int *number) {
  unsigned tens = (unsigned char)text[0] - (unsigned)'0', ones = (unsigned char)text[1] - (unsigned)'0';
  *number = (int)(tens * 10 + ones);
  return tens <= 9 && ones <= 9;
}

/* A time after the date: nothing but what times are written with. */
static bool is_time(const char *text, size_t length) {
  if (text[0] != 'T' && text[0] != ' ') return false;
  for (size_t i = 1; i < length; i++) {
    char c = text[i];
    if (!((c >= '0' && c <= '9') || c == ':' || c == '.' || c == '+' || c == '-' || c == 'Z' || c == ' ')) return false;
  }
  return true;
}

/* Days from 1970-01-01 in the proleptic Gregorian calendar. Source: H. Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms", days_from_civil; years here are 1 and later, so nothing is negative. */
static int32_t days_of(int year, int month, int day) {
  int shifted = year - (month <= 2);
  int era = shifted / 400, year_of_era = shifted % 400;
  int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

bool csv_date(const char *text, size_t length, int32_t *date) {
  if (length < 10) return false;
  bool day_first = text[2] == '-' && text[5] == '-';
  if (!day_first && !(text[4] == '-' && text[7] == '-')) return false;
  int century, rest, month, day;
  if (!two_digits(text + (day_first ? 6 : 0), &century) || !two_digits(text + (day_first ? 8 : 2), &rest) ||
      !two_digits(text + (day_first ? 3 : 5), &month) || !two_digits(text + (day_first ? 0 : 8), &day))
    return false;
  if (length > 10 && !is_time(text + 10, length - 10)) return false;
  int year = century * 100 + rest;
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  static const int days_in[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (day > days_in[month - 1] + (month == 2 && leap)) return false;
  *date = days_of(year, month, day);
  return true;
}
