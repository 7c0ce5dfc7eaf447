/* digits.c: the check digits of LOINC and SNOMED CT. */
#include "lang/lint/digits.h"
#include <string.h>

bool digits_fit_loinc(const char *code) {
  size_t hyphen = strcspn(code, "-");
  if (!code[hyphen]) return false;
  int sum = 0;
  for (size_t i = hyphen; i > 0; i--) {
    int digit = (code[i - 1] - '0') * ((hyphen - i) % 2 ? 1 : 2);
    sum += digit / 10 + digit % 10;
  }
  return (sum + code[hyphen + 1] - '0') % 10 == 0;
}

/* The symmetries of a pentagon: 0 to 4 turn it, 5 to 9 turn it over. Two turns add; one that comes after a turning over
 * goes the other way. */
static int after(int a, int b) {
  int turned = a < 5 ? (a + b % 5) % 5 : (a - 5 + 5 - b % 5) % 5;
  return turned + 5 * ((a >= 5) != (b >= 5));
}

/* The permutation of each place is the one of the place before it, once more. */
static int permuted(int digit, size_t place) {
  static const int once[10] = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
  for (place %= 8; place > 0; place--) digit = once[digit];
  return digit;
}

bool digits_fit_snomed(const char *code) {
  size_t length = strlen(code);
  int product = 0;
  for (size_t place = 0; place < length; place++)
    product = after(product, permuted(code[length - 1 - place] - '0', place));
  return product == 0;
}
