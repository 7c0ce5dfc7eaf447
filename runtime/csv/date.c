/* date.c: a date where it stands. */
#include <string.h>
#include "runtime/csv/inner.h"

/* A time after the date: nothing but what times are written with. */
static bool is_time(const char *text, size_t length) {
  if (text[0] != 'T' && text[0] != ' ') return false;
  for (size_t i = 1; i < length; i++) {
    char c = text[i];
    if (!((c >= '0' && c <= '9') || c == ':' || c == '.' || c == '+' || c == '-' || c == 'Z' || c == ' '))
      return false;
  }
  return true;
}

/* The days before each month of a common year and of a leap year, and, as the last one, the days of the year. */
static const int16_t before[2][13] = {{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365},
                                      {0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366}};

enum { DAYS_TO_1970 = 719162 }; /* from 0001-01-01 */

struct parts { int century, rest, month, day; };

/* A date is 2024-03-01: eight bytes are tested and turned into pairs of digits at once, for every row has one,
 * and a branch and a multiplication for each digit would add up. */
static inline bool read_parts(const char *text, struct parts *parts) {
  const uint64_t dashes_and_zeros = 0x2d30302d30303030u; /* "0000-00-" */
  uint64_t digits = eight_bytes(text) ^ dashes_and_zeros;
  /* A digit becomes 0 … 9, to which 0x76 can be added without reaching the top bit; a dash becomes 0. */
  uint64_t wrong = (digits | (digits + 0x7f76767f76767676u)) & 0x8080808080808080u;
  unsigned tens = (unsigned char)text[8] - (unsigned)'0', ones = (unsigned char)text[9] - (unsigned)'0';
  if ((wrong != 0) | (tens > 9) | (ones > 9)) return false;
  uint64_t pairs = digits * 10 + (digits >> 8);
  *parts = (struct parts){(int)(pairs & 0xff), (int)(pairs >> 16 & 0xff), (int)(pairs >> 40 & 0xff),
                          (int)(tens * 10 + ones)};
  return true;
}

/* The same of 01-03-2024. */
static bool read_turned(const char *text, struct parts *parts) {
  char turned[10];
  if (text[2] != '-' || text[5] != '-') return false;
  memcpy(turned, text + 6, 4);
  turned[4] = turned[7] = '-';
  memcpy(turned + 5, text + 3, 2);
  memcpy(turned + 8, text, 2);
  return read_parts(turned, parts);
}

/* Days from 0001-01-01 to the first day of a year: 365 for each year and one for each leap year before it. */
static inline int days_before_year(int century, int rest) {
  int centuries = century - (rest == 0); /* whole ones before the year */
  return (century * 100 + rest - 1) * 365 + century * 25 + (rest + 3) / 4 - 1 - centuries + centuries / 4;
}

/* A date as the day before its month began, and the day in it. */
struct read_date { int32_t before_month; int day, days; /* of the month */ };

static bool read_date(const char *text, size_t length, struct read_date *read) {
  struct parts parts;
  if (length < 10 || (!read_parts(text, &parts) && !read_turned(text, &parts))) return false;
  int month = parts.month, leap = (parts.rest == 0 ? parts.century : parts.rest) % 4 == 0;
  if (parts.century + parts.rest == 0 || month < 1 || month > 12) return false;
  int days = before[leap][month] - before[leap][month - 1];
  if (parts.day < 1 || parts.day > days) return false;
  if (length > 10 && !is_time(text + 10, length - 10)) return false;
  int32_t first = days_before_year(parts.century, parts.rest) + before[leap][month - 1] - DAYS_TO_1970;
  *read = (struct read_date){first - 1, parts.day, days};
  return true;
}

bool csv_date(const char *text, size_t length, int32_t *date) {
  struct read_date read;
  if (!read_date(text, length, &read)) return false;
  *date = read.before_month + read.day;
  return true;
}

/* The last two digits of the year, and the month's, of which the first is 0 or 1. The factors were found by trying sums of shifts
 * until all months of a century came to lie apart. */
const struct months_form months_usual = {0x000f01000f0f0000u, 0x0000028040002008u, .month_at = 0, .day_at = 8},
                         months_turned = {0x0f0f0000000f0100u, 0x000020a000001402u, .month_at = 2, .day_at = 0};

bool months_date_new(struct months *months, const struct cell *cell, int32_t *date) {
  struct read_date read;
  if (!read_date(cell->bytes, cell->length, &read)) return false;
  *date = read.before_month + read.day;
  if (cell->length > 10) return true;
  months->form = cell->bytes[2] == '-' ? months_turned : months_usual;
  uint64_t text = months_text(months, cell);
  months->met[months_place(&months->form, text)] = (struct month){text, read.before_month, (uint32_t)read.days};
  return true;
}
