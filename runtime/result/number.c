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

static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748"
                            "49505152535455565758596061626364656667686970717273747576777879808182838485868788899091929394959697"
                            "9899";

__extension__ typedef unsigned __int128 wide;

/* A number above 0 as digits.rest × 10^(exponent − 16): all 17 digits that are ever written, the first of them with the value
 * 10^exponent, and behind them, in 64 bits, what is left. It is read back from all that is nearer to it than half of its last
 * bit, which is `half` here; at a power of two it is less to one side. */
struct expansion { uint64_t digits, rest; wide half; int exponent; bool is_power; };

/* From 1/1,000 to 10^14 all fits whole numbers of 128 bits. False for other numbers. */
static bool expand(double size, struct expansion *out) {
  if (!(size >= 1e-3 && size < 1e14)) return false;
  uint64_t bits, first = UINT64_C(1) << 52;
  memcpy(&bits, &size, sizeof bits);
  uint64_t whole = first | (bits & (first - 1)); /* the number is whole × 2^−shift */
  int shift = 1075 - (int)(bits >> 52), exponent = size < 1 ? -1 : 0;
  while (size >= (double)tens[exponent + 1]) exponent++;
  for (;; exponent--) {
    int power = MOST - 1 - exponent;
    if (power >= TENS) return false;
    wide scaled = (wide)whole * tens[power] << (64 - shift);
    *out = (struct expansion){(uint64_t)(scaled >> 64), (uint64_t)scaled, (wide)tens[power] << (63 - shift), exponent, whole == first};
    if (out->digits >= tens[MOST - 1]) return true;
  }
}

/* Whether a number reads back from its digits, the last of which is worth `unit` of the last of all 17, or has to be left to
 * the library. In *digits they are rounded to the nearest, and to the even one of two. */
enum reading { READS_NOT, READS_BACK, READS_ODDLY };
static inline enum reading round_to(const struct expansion *number, uint64_t unit, uint64_t *digits) {
  uint64_t kept = number->digits / unit;
  wide one = (wide)unit << 64, rest = (wide)(number->digits - kept * unit) << 64 | number->rest;
  bool up = rest > one / 2 || (rest == one / 2 && kept % 2);
  wide error = up ? one - rest : rest;
  *digits = (kept + up) * unit;
  if ((error != 0 && number->is_power) || *digits == tens[MOST]) return READS_ODDLY;
  return error < number->half ? READS_BACK : READS_NOT;
}

static char *put_pair(char *out, uint32_t number) { return (char *)memcpy(out, &pairs[2 * number], 2) + 2; }
static char *put_eight(char *out, uint32_t number) {
  out = put_pair(out, number / 1000000);
  out = put_pair(out, number / 10000 % 100);
  out = put_pair(out, number / 100 % 100);
  return put_pair(out, number % 100);
}

/* 17 digits as C's %g writes them: without the zeros at their end. More is copied than is kept, since a copy of a length that
 * the compiler knows is no call. */
static int write_digits(uint64_t digits, int exponent, char out[31]) {
  char all[2 * MOST] = {(char)('0' + digits / tens[16])};
  int n = MOST, before = exponent + 1;
  put_eight(put_eight(all + 1, (uint32_t)(digits / tens[8] % tens[8])), (uint32_t)(digits % tens[8]));
  while (all[n - 1] == '0') n--;
  if (exponent < 0) {
    memcpy(out, "0.00", 4);
    out += 2 - before;
    memcpy(out, all, MOST);
    out[n] = '\0';
    return n + 2 - before;
  }
  memcpy(out, all, MOST);
  if (n > before) memcpy(out + before + 1, all + before, MOST);
  if (n > before) out[before] = '.';
  n = n > before ? n + 1 : before;
  out[n] = '\0';
  return n;
}

static int write_whole(uint64_t number, char out[31]) {
  char backwards[24];
  int n = 0;
  do backwards[n++] = (char)('0' + number % 10);
  while (number /= 10);
  for (int i = 0; i < n; i++) out[i] = backwards[n - 1 - i];
  out[n] = '\0';
  return n;
}

/* 0 where it has to be done by the library. */
static int write_common(double size, char out[31]) {
  struct expansion number;
  uint64_t digits;
  if (size < 1e14 && (double)(uint64_t)size == size) return write_whole((uint64_t)size, out);
  if (!expand(size, &number)) return 0;
  enum reading reading = round_to(&number, 100, &digits);
  if (reading == READS_NOT) reading = round_to(&number, 10, &digits);
  if (reading == READS_NOT) reading = round_to(&number, 1, &digits);
  return reading == READS_ODDLY ? 0 : write_digits(digits, number.exponent, out);
}

int result_number(double number, char out[32]) {
  /* 15 digits always survive the way from text to double and back, so most numbers that were once written by people
   * read back with them; 17 are enough for any double. */
  bool negative = signbit(number);
  int length = write_common(fabs(number), out + negative);
  if (negative) out[0] = '-';
  if (length > 0) return length + negative;
  for (int digits = FEWEST; length == 0; digits++) {
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
