/* csv_cell_test.c: dates and numbers as they stand in files, and where fields end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/cpu/cpu.h"
#include "runtime/csv/csv.h"
#include "runtime/csv/decimal.h"
#include "runtime/csv/many.h"

static uint64_t random_state = 1;
static uint32_t random_below(uint32_t n) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(random_state >> 33) % n;
}

/* ── dates and numbers ───────────────────────────────────────────────────────────────────────────────────────────── */

static void dates(void **state) {
  (void)state;
  const struct { const char *text; bool fine; int32_t date; } cases[] = {
    {"1970-01-01", true, 0}, {"1969-12-31", true, -1}, {"2024-03-01", true, 19783}, {"01-03-2024", true, 19783},
    {"2024-02-29", true, 19782}, {"2000-02-29", true, 11016}, {"2023-02-29", false, 0}, {"1900-02-29", false, 0},
    {"0001-01-01", true, -719162}, {"9999-12-31", true, 2932896}, {"0000-12-31", false, 0}, {"2024-13-01", false, 0},
    {"2024-00-01", false, 0}, {"2024-04-31", false, 0}, {"2024-04-00", false, 0}, {"31-12-1999", true, 10956},
    {"2024-03-01T12:30:00Z", true, 19783}, {"2024-03-01 23:59", true, 19783}, {"01-03-2024 08:00", true, 19783},
    {"2024-03-01T12:30:00.000+01:00", true, 19783}, {"2024-03-01 about noon", false, 0}, {"2024-03-012", false, 0},
    {"2024-3-1", false, 0}, {"2024/03/01", false, 0}, {"20240301", false, 0}, {"", false, 0}, {"2024-03-0", false, 0},
    {"x024-03-01", false, 0}, {"2024-03-0x", false, 0}, {"2024-:3-01", false, 0}, {"2024-03 01", false, 0}, {"-024-03-01", false, 0},
    {"\xb2\xb0\xb2\xb4-03-01", false, 0}, {"32-01-2024", false, 0}, {"01-13-2024", false, 0}, {"29-02-2023", false, 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int32_t date = 0;
    if (csv_date(cases[i].text, strlen(cases[i].text), &date) != cases[i].fine || date != cases[i].date)
      fail_msg("%s gives %d", cases[i].text, date);
  }
  /* every day of four centuries follows the one before it */
  static const int days_in[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int32_t expected = -135140, date; /* 1600-01-01 */
  for (int year = 1600; year < 2001; year++)
    for (int month = 1; month <= 12; month++) {
      bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
      for (int day = 1; day <= days_in[month - 1] + (month == 2 && leap); day++, expected++) {
        char text[32];
        snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
        assert_true(csv_date(text, 10, &date) && date == expected);
      }
    }
}

/* No month of a century takes the place of another, and each is found again. */
static void months_lie_apart(void **state) {
  (void)state;
  const struct months_form *const forms[] = {&months_usual, &months_turned};
  for (int f = 0; f < 2; f++) {
    bool taken[1 << MONTH_BITS] = {false};
    for (int i = 0; i < 1200; i++) {
      char text[32];
      int year = 1960 + i / 12, month = 1 + i % 12;
      if (f == 0) snprintf(text, sizeof text, "%04d-%02d-01", year, month);
      else snprintf(text, sizeof text, "01-%02d-%04d", month, year);
      size_t place = months_place(forms[f], eight_bytes(text + forms[f]->month_at));
      assert_false(taken[place]);
      taken[place] = true;
    }
  }
}

/* A number in a cell is what the same text is alone, whatever stands behind it. */
/* ── many at once ──────────────────────────────────────────────────────────────────────────────────────────── */

enum { TOGETHER = 40 };
struct sheet { char bytes[TOGETHER * 48 + 64]; uint32_t all[3 * TOGETHER + 2]; struct column column; size_t n; };

/* Rows of three fields, what is read in the middle. Before the first one there is a mark, as in a window. */
static void write_sheet(struct sheet *sheet, const char texts[][16], size_t n, const char *end) {
  uint32_t at = 0, *mark = sheet->all;
  *mark++ = (uint32_t)-1;
  for (size_t i = 0; i < n; i++) {
    const char *const fields[] = {i % 3 ? "p1" : "", texts[i], i % 2 ? "x" : ""};
    for (int f = 0; f < 3; f++) {
      size_t length = strlen(fields[f]);
      memcpy(sheet->bytes + at, fields[f], length);
      at += (uint32_t)length;
      if (f == 1) for (const char *c = end; *c; c++) sheet->bytes[at++] = *c;
      sheet->bytes[at] = ',';
      *mark++ = at++;
    }
  }
  memset(sheet->bytes + at, '0', 64);
  sheet->column = (struct column){sheet->bytes, sheet->all + 1, 3, strlen(end)};
  sheet->n = n;
}

/* As many as are read are what each says by itself, and the one that ends them is no such date, or fewer than eight are left. */
static size_t assert_dates(const struct sheet *sheet, const char texts[][16], bool turned) {
  int32_t read[TOGETHER + 8], date;
  for (int i = 0; i < TOGETHER + 8; i++) read[i] = 4711;
  size_t n_read = many_chosen()->dates(sheet->column, sheet->n, turned, read);
  assert_true(n_read <= sheet->n);
  for (size_t i = 0; i < n_read; i++)
    if (!csv_date(texts[i], strlen(texts[i]), &date) || date != read[i]) fail_msg("%s gives %d", texts[i], read[i]);
  for (size_t i = sheet->n + MANY_SLACK; i < TOGETHER + 8; i++) assert_int_equal(read[i], 4711);
  if (cpu_chosen() == CPU_AVX512 && n_read + 8 <= sheet->n) {
    const char *text = texts[n_read], *year = text + (turned ? 6 : 0);
    bool formed = strlen(text) == 10 && text[turned ? 2 : 4] == '-' && text[turned ? 5 : 7] == '-';
    if (formed && csv_date(text, 10, &date) && strncmp(year, "1901", 4) >= 0 && strncmp(year, "2099", 4) <= 0) fail_msg("%s is not read", text);
  }
  return n_read;
}

static void write_day(char text[16], int year, int month, int day, bool turned) {
  if (turned) snprintf(text, 16, "%02d-%02d-%04d", day, month, year);
  else snprintf(text, 16, "%04d-%02d-%02d", year, month, day);
}

static void many_dates_at_once(void **state) {
  (void)state;
  static struct sheet sheet;
  char texts[TOGETHER][16];
  for (int turned = 0; turned < 2; turned++) {
    /* Each day that may be one, of all years that are and some that are not, in every place of a group. */
    size_t n = 0;
    for (int year = 1890; year < 2110; year++)
      for (int month = 0; month < 14; month++)
        for (int day = 0; day < 34; day++) {
          write_day(texts[n++], year, month, day, turned);
          if (n < 8 + (size_t)day % 9) continue;
          write_sheet(&sheet, texts, n, "");
          assert_dates(&sheet, texts, turned);
          n = 0;
        }
    /* Any number of fine ones, one of which may have another byte somewhere, or none of its own. */
    size_t all = 0;
    for (int round = 0; round < 60000; round++) {
      n = random_below(TOGETHER + 1);
      for (size_t i = 0; i < n; i++) write_day(texts[i], 1901 + (int)random_below(199), 1 + (int)random_below(12), 1 + (int)random_below(28), turned);
      if (n > 0 && random_below(2)) texts[random_below((uint32_t)n)][random_below(10)] = (char)(random_below(3) ? '0' + (int)random_below(12) - 1 : 1 + (int)random_below(255));
      if (n > 0 && random_below(9) == 0) strcpy(texts[random_below((uint32_t)n)], (const char *[]){"", "2024-03-1", "2024-03-01Z", "01-03-2024", "2024-03-01"}[random_below(5)]);
      write_sheet(&sheet, texts, n, random_below(2) ? "\r" : "");
      all += assert_dates(&sheet, texts, turned);
    }
    assert_true(all > 300000 || cpu_chosen() != CPU_AVX512);
  }
}

/* Numbers of up to nine characters, and what looks like one. */
static void make_decimal(char text[16]) {
  size_t length = random_below(10);
  for (size_t i = 0; i < length; i++) text[i] = random_below(random_below(20) ? 60 : 6) ? (char)('0' + random_below(10)) : (const char[]){'.', ',', '-', '<', ' ', (char)(1 + random_below(255))}[random_below(6)];
  if (length > 0 && random_below(2)) text[random_below((uint32_t)length)] = random_below(3) ? '.' : ',';
  text[length] = '\0';
}

static void many_decimals_at_once(void **state) {
  (void)state;
  static struct sheet sheet;
  char texts[TOGETHER][16];
  size_t n_numbers = 0, n_others = 0;
  for (int round = 0; round < 60000; round++) {
    size_t n = random_below(TOGETHER + 1), n_rows = 0;
    uint16_t rows[TOGETHER];
    struct decimal read[TOGETHER + MANY_SLACK], expected;
    bool comma = random_below(2);
    for (size_t i = 0; i < n; i++) {
      make_decimal(texts[i]);
      if (random_below(3)) rows[n_rows++] = (uint16_t)i;
    }
    write_sheet(&sheet, texts, n, random_below(2) ? "\r" : "");
    size_t n_read = many_chosen()->decimals(sheet.column, rows, n_rows, comma, read);
    assert_int_equal(n_read, cpu_chosen() == CPU_AVX512 ? n_rows / 8 * 8 : 0);
    for (size_t k = 0; k < n_read; k++) {
      struct cell cell = column_cell(sheet.column, rows[k]);
      bool is_one = decimal_read(&cell, comma, &expected);
      if (is_one ? read[k].whole != expected.whole || read[k].decimals != expected.decimals : read[k].decimals != NO_DECIMALS)
        fail_msg("%s%s gives %u with %u decimals", texts[rows[k]], comma ? " (comma)" : "", read[k].whole, read[k].decimals);
      n_numbers += is_one;
      n_others += !is_one;
    }
  }
  assert_true(cpu_chosen() != CPU_AVX512 || (n_numbers > 100000 && n_others > 100000));
}

/* Writes letters behind the first eight until the place is what it is without them. */
static void put_beside(char code[24], uint64_t factor) {
  char bare[24] = "", tried[24];
  memcpy(bare, code, 8);
  size_t place = met_code_place(cell_short(&(struct cell){bare, 8}), factor);
  do {
    memcpy(tried, bare, sizeof tried);
    for (uint32_t i = 8, end = 9 + random_below(8); i < end; i++) tried[i] = (char)('a' + random_below(26));
  } while (met_code_place(cell_short(&(struct cell){tried, strlen(tried)}), factor) != place);
  memcpy(code, tried, sizeof tried);
}

/* Some codes are remembered, others not; some are long, some too long, and some are what others begin with. */
static void many_codes_at_once(void **state) {
  (void)state;
  static char beside[24] = "NPU27300"; /* and more, so that its place is that of NPU27300 */
  const char *codes[] = {"NPU27300", "NPU2730", "NPU273000", beside, "DNK1", "A10BA02", "", "sixteen-letters-", "seventeen-letters", "sixteen-letters", "\xe6", "0101", "0201"};
  static struct sheet sheet;
  static struct key key;
  static char texts[TOGETHER][16 + 8];
  for (int round = 0; round < 20000; round++) {
    size_t n = random_below(TOGETHER + 1);
    uint32_t patients[TOGETHER + 8], listed[TOGETHER + MANY_SLACK];
    uint16_t rows[TOGETHER + MANY_SLACK];
    key = (struct key){.factor = FIRST_FACTOR + 2 * (uint64_t)(round / 100)};
    if (round % 100 == 0) put_beside(beside, key.factor);
    for (uint32_t c = 0; c < sizeof codes / sizeof *codes; c++) {
      struct cell cell = {texts[0], strlen(codes[c])};
      strcpy(texts[0], codes[c]);
      if (!cell_is_short(&cell) || random_below(3) == 0) continue;
      struct short_text text = cell_short(&cell);
      key.met[met_code_place(text, key.factor)] = (struct met_code){text, c + 1, random_below(2), text.high != 0};
    }
    uint32_t some = (const uint32_t[]){sizeof codes / sizeof *codes, 4, 2}[random_below(3)];
    uint32_t at = 0, *mark = sheet.all;
    *mark++ = (uint32_t)-1;
    for (size_t i = 0; i < n; i++) {
      const char *code = codes[random_below(some)];
      patients[i] = random_below(9) ? random_below(1000) : UINT32_MAX;
      memcpy(sheet.bytes + at, code, strlen(code));
      at += (uint32_t)strlen(code);
      sheet.bytes[at] = i % 2 ? ',' : '\n';
      *mark++ = at++;
    }
    memset(sheet.bytes + at, '0', 64);
    sheet.column = (struct column){sheet.bytes, sheet.all, 1, 0};
    struct further further = {99, rows, listed};
    size_t n_read = many_chosen()->codes(sheet.column, n, &key, patients, &further), k = 0;
    assert_int_equal(n_read, cpu_chosen() == CPU_AVX512 ? n / 8 * 8 : 0);
    for (size_t i = 0; i < n_read; i++) {
      struct cell cell = column_cell(sheet.column, i);
      const struct met_code *met = cell_is_short(&cell) ? &key.met[met_code_place(cell_short(&cell), key.factor)] : NULL;
      bool known = met && short_texts_equal(met->text, cell_short(&cell));
      if (known && met->passed_over && patients[i] != UINT32_MAX) continue;
      assert_true(k < further.n && rows[k] == i && listed[k] == (known ? met->number : 0));
      k++;
    }
    assert_int_equal(k, further.n);
  }
}

static void cell_is_as_number(const char *text, bool comma) {
  char bytes[128];
  struct cell cell = {bytes, strlen(text)};
  double number = 0, expected = 0;
  int8_t sign = 0, expected_sign = 0;
  memset(bytes, '7', sizeof bytes);
  memcpy(bytes, text, cell.length);
  bool fine = cell_number(&cell, comma, &number, &sign);
  if (fine != csv_number(text, cell.length, comma, &expected, &expected_sign) ||
      (fine && (memcmp(&number, &expected, sizeof number) != 0 || sign != expected_sign)))
    fail_msg("the cell %s gives %.17g", text, number);
}

static void numbers(void **state) {
  (void)state;
  const struct { const char *text; bool comma, fine; double number; int sign; } cases[] = {
    {"53", false, true, 53, 0}, {"-2.4", false, true, -2.4, 0}, {"+2.4", false, true, 2.4, 0}, {"2,4", true, true, 2.4, 0},
    {"2,4", false, false, 0, 0}, {"<5", false, true, 5, -1}, {">90", false, true, 90, 1}, {"> 90", false, true, 90, 1},
    {"<  0,5", true, true, 0.5, -1}, {">=90", false, false, 0, 0}, {"<", false, false, 0, 0}, {"> ", false, false, 0, 0},
    {"<-1", false, true, -1, -1}, {"<<5", false, false, 0, 0}, {"5<", false, false, 0, 0}, {"-<5", false, false, 0, 0},
    {"1e3", false, true, 1000, 0}, {"1.5E-3", false, true, 0.0015, 0}, {"1e", false, false, 0, 0}, {"1e+", false, false, 0, 0},
    {"1e999", false, false, 0, 0}, {"1e-999", false, false, 0, 0}, {"0e-999", false, true, 0, 0}, {"5e-324", false, false, 0, 0},
    {"nan", false, false, 0, 0}, {"inf", false, false, 0, 0}, {"0x10", false, false, 0, 0}, {"", false, false, 0, 0}, {"-", false, false, 0, 0},
    {".5", false, false, 0, 0}, {"5.", false, false, 0, 0}, {"1.2.3", false, false, 0, 0}, {"1,2,3", true, false, 0, 0},
    {"1.234,5", true, false, 0, 0}, {"1 000", false, false, 0, 0}, {"53 ", false, false, 0, 0}, {"- 5", false, false, 0, 0},
    {"9007199254740993", false, true, 9007199254740992.0, 0}, {"9007199254740992", false, true, 9007199254740992.0, 0},
    {"0.1234567890123456789", false, true, 0.1234567890123456789, 0}, {"123456789012345678901234567890", false, true, 1.2345678901234568e29, 0},
    {"0.00000000000000000001", false, true, 1e-20, 0}, {"000000000000000000000053", false, true, 53, 0}, {"1.7976931348623157e308", false, true, 1.7976931348623157e308, 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    double number = 0;
    int8_t sign = 0;
    bool fine = csv_number(cases[i].text, strlen(cases[i].text), cases[i].comma, &number, &sign);
    if (fine != cases[i].fine || (fine && (number != cases[i].number || sign != cases[i].sign))) fail_msg("%s gives %g", cases[i].text, number);
    cell_is_as_number(cases[i].text, cases[i].comma);
  }
  char longest[1001];
  memset(longest, '1', 1000);
  double number;
  int8_t sign;
  assert_false(csv_number(longest, 1000, false, &number, &sign));
  assert_true(csv_number("-0", 2, false, &number, &sign) && signbit(number));
}

static void numbers_are_what_strtod_gives(void **state) {
  (void)state;
  for (int round = 0; round < 200000; round++) {
    char text[64];
    int length = 0;
    for (uint32_t n = 1 + random_below(10); n > 0; n--) text[length++] = (char)('0' + random_below(10));
    if (random_below(4)) text[length++] = '.', text[length++] = (char)('0' + random_below(10));
    if (memchr(text, '.', (size_t)length))
      for (uint32_t n = random_below(14); n > 0; n--) text[length++] = (char)('0' + random_below(10));
    if (random_below(8) == 0) length += snprintf(text + length, 8, "e%d", (int)random_below(60) - 30);
    text[length] = '\0';
    double number, expected = strtod(text, NULL);
    int8_t sign;
    if (!csv_number(text, (size_t)length, false, &number, &sign) || memcmp(&number, &expected, sizeof number) != 0)
      fail_msg("%s gives %.17g", text, number);
  }
}

static void short_cells_are_what_their_texts_are(void **state) {
  (void)state;
  static const char letters[] = "0123456789..,,-+<> e\xae\xb0:/";
  for (int round = 0; round < 400000; round++) {
    char text[12];
    size_t length = random_below(10);
    for (size_t i = 0; i < length; i++) text[i] = letters[random_below(round % 2 ? 12 : sizeof letters - 1)];
    text[length] = '\0';
    cell_is_as_number(text, random_below(2));
  }
}

/* ── where fields end ────────────────────────────────────────────────────────────────────────────────────────────── */

static void marks_are_the_same_one_byte_at_a_time(void **state) {
  (void)state;
  static const char letters[] = "abc,;\n\t\"\r 12\xe6";
  for (size_t length = 0; length <= 130; length++)
    for (int round = 0; round < 50; round++) {
      char bytes[130 + FIND_SLACK];
      uint32_t places[2][2][130 + MARK_SLACK];
      struct marks marks[2] = {{places[0][0], places[0][1]}, {places[1][0], places[1][1]}};
      memset(bytes, '0', sizeof bytes);
      /* some rounds without quotes, NULs or letters beyond ASCII, for that is told too; some with little else than separators */
      for (size_t i = 0; i < length; i++) bytes[i] = random_below(200) == 0 && round > 40 ? '\0' : letters[random_below(round > 20 ? 13 : 7)];
      for (size_t i = 0; round < 5 && i < length; i++) bytes[i] = ",,,\n"[random_below(4)];
      struct found slow = find_variant(0)(bytes, length, ',', marks[0]);
      for (size_t variant = 1; find_variant(variant); variant++) {
        memset(places[1], 0xee, sizeof places[1]); /* what is not written is not what the variant before it has written */
        struct found fast = find_variant(variant)(bytes, length, ',', marks[1]);
        assert_true(fast.n_marks == slow.n_marks && fast.n_lines == slow.n_lines && fast.quotes == slow.quotes);
        assert_true(fast.nul == slow.nul && fast.high == slow.high && fast.odd == slow.odd);
        assert_memory_equal(marks[1].all, marks[0].all, slow.n_marks * sizeof(uint32_t));
        assert_memory_equal(marks[1].lines, marks[0].lines, slow.n_lines * sizeof(uint32_t));
      }
      for (size_t i = 0; i < slow.n_lines; i++) assert_true(bytes[marks[0].all[marks[0].lines[i]]] == '\n');
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(dates),
    cmocka_unit_test(months_lie_apart),
    cmocka_unit_test(many_dates_at_once),
    cmocka_unit_test(many_decimals_at_once),
    cmocka_unit_test(many_codes_at_once),
    cmocka_unit_test(numbers),
    cmocka_unit_test(numbers_are_what_strtod_gives),
    cmocka_unit_test(short_cells_are_what_their_texts_are),
    cmocka_unit_test(marks_are_the_same_one_byte_at_a_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
