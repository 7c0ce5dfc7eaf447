/* number.c: numbers and dates for programs. */
#include "runtime/result/result.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/dates.h"

/* ── the numbers that results mostly hold, by whole numbers alone ─────────────────────────────────────────────────── */

enum { FEWEST = 15, MOST = 17, TENS = 20 };

static const uint64_t tens[TENS] = {
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000,
  10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000,
  10000000000000000000u};

__extension__ typedef unsigned __int128 wide;

/* A number above 0 as whole × 2^−shift; and as `digits` decimal digits, the first of them with the value 10^exponent. */
struct binary { uint64_t whole; int shift; };
struct decimal { uint64_t digits; int n, exponent; };

/* Puts the n digits nearest to the number into `decimal`, whose exponent may be too high and is then lowered; whether they
 * read back as it. A number is read back from all that is nearer to it than half of its last bit, which, scaled as here, is
 * 10^power / 2; at a power of two it is less to one side. False where it cannot be told. */
static bool round_to(struct binary number, struct decimal *decimal, bool *reads_back) {
  wide scaled, ten, one = (wide)1 << number.shift;
  for (;; decimal->exponent--) {
    int power = decimal->n - 1 - decimal->exponent;
    if (power < 0 || power >= TENS) return false;
    ten = tens[power];
    scaled = number.whole * ten;
    if (scaled >> number.shift >= tens[decimal->n - 1]) break;
  }
  wide rest = scaled & (one - 1);
  decimal->digits = (uint64_t)(scaled >> number.shift);
  bool up = 2 * rest > one || (2 * rest == one && decimal->digits % 2);
  decimal->digits += up;
  wide error = up ? one - rest : rest;
  *reads_back = 2 * error < ten;
  return error == 0 || number.whole != UINT64_C(1) << 52;
}

/* The decimal's digits as C's %g writes them. */
static int write_decimal(const struct decimal *decimal, bool negative, char out[32]) {
  char digits[24];
  int n = decimal->n, length = 0;
  uint64_t left = decimal->digits;
  for (int i = n; i-- > 0; left /= 10) digits[i] = (char)('0' + left % 10);
  while (n > 1 && digits[n - 1] == '0') n--;
  if (negative) out[length++] = '-';
  if (decimal->exponent < 0) {
    out[length++] = '0';
    out[length++] = '.';
    for (int i = -1; i > decimal->exponent; i--) out[length++] = '0';
  }
  for (int i = 0; i < n || i <= decimal->exponent; i++) {
    if (decimal->exponent >= 0 && i == decimal->exponent + 1) out[length++] = '.';
    out[length++] = i < n ? digits[i] : '0';
  }
  out[length] = '\0';
  return length;
}

/* From 1/1,000 to 10^14 all fits whole numbers of 128 bits. 0 where it has to be done by the library. */
static int write_common(double number, char out[32]) {
  double size = fabs(number);
  if (number == 0 && !signbit(number)) return (int)strlen(strcpy(out, "0"));
  if (!(size >= 1e-3 && size < 1e14)) return 0;
  int exponent;
  struct binary binary = {(uint64_t)ldexp(frexp(size, &exponent), 53), 0};
  binary.shift = 53 - exponent;
  struct decimal decimal = {.exponent = size < 1 ? -1 : 0};
  while (size >= (double)tens[decimal.exponent + 1]) decimal.exponent++;
  for (decimal.n = FEWEST; decimal.n <= MOST; decimal.n++) {
    bool reads_back;
    if (!round_to(binary, &decimal, &reads_back)) return 0;
    if ((reads_back || decimal.n == MOST) && decimal.digits == tens[decimal.n]) return 0; /* one digit more */
    if (reads_back || decimal.n == MOST) return write_decimal(&decimal, number < 0, out);
  }
  return 0;
}

int result_number(double number, char out[32]) {
  /* 15 digits always survive the way from text to double and back, so most numbers that were once written by people
   * read back with them; 17 are enough for any double. */
  int length = write_common(number, out);
  for (int digits = FEWEST; length == 0 && digits <= MOST; digits++) {
    int written = snprintf(out, 32, "%.*g", digits, number);
    if (digits == MOST || strtod(out, NULL) == number) length = written;
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
