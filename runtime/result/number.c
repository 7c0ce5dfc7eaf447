/* number.c: numbers and dates for programs. */
#include "runtime/result/result.h"
#include <stdlib.h>
#include "runtime/image/dates.h"

int result_number(double number, char out[32]) {
  /* 15 digits always survive the way from text to double and back, so most numbers that were once written by people
   * read back with them; 17 are enough for any double. */
  int length = 0;
  for (int digits = 15; digits <= 17; digits++) {
    length = snprintf(out, 32, "%.*g", digits, number);
    if (strtod(out, NULL) == number)
      break;
  }
  return length;
}

void result_date(int32_t date, char out[16]) {
  out[0] = '\0';
  if (date < DATE_FIRST || date > DATE_LAST)
    return;
  int year, month, day;
  date_to_civil(date, &year, &month, &day);
  snprintf(out, 16, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100, (unsigned)day % 100);
}
