/* csv_batch_test.c: many rows at once are what they are one by one.
 *
 * A window with a quote in it is read row by row. So each file is written three times: with LF and a column more, which no table
 * declares, in quotes; with LF; and with CR LF. The others are read with each instruction set. All must give the same store, and the
 * same must be said of them, wherever rows stand that are not quite usual. All of it once more where the others have that column as
 * well, for then their rows are copied before they are hashed. */
#include "tests/unit/csv_folder.h"
#include "runtime/csv/events.h"

static uint64_t random_state = 1;
static uint32_t random_below(uint32_t n) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(random_state >> 33) % n;
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct file { char *text; size_t length; FILE *out; };
static const struct { const char *extra, *end; } written[] = {{"\"x\",", "\n"}, {"x,", "\n"}, {"x,", "\r\n"}};
enum { N_FILES = sizeof written / sizeof *written };
static bool has_extra; /* all have the column more */

static void write_line(struct file files[N_FILES], const char *line, bool is_header) {
  for (int i = 0; i < N_FILES; i++) {
    bool extra = line[0] && (i == 0 || has_extra);
    fprintf(files[i].out, "%s%s%s", !extra ? "" : is_header ? "extra," : written[i].extra, line, written[i].end);
  }
}

static void begin_files(struct file files[N_FILES], const char *header) {
  for (int i = 0; i < N_FILES; i++) files[i].out = open_memstream(&files[i].text, &files[i].length);
  write_line(files, header, true);
}

static void add_row(struct file files[N_FILES], const char *row) { write_line(files, row, false); }

static const char *const odd_labs[] = {
  ",2024-01-01,NPU1,53,u", ",,,,", "p9,2024-01-01,NPU1,53,u", "p9,2024-01-01,DNK1,53,u", "an-id-of-more-than-16-bytes,2024-01-01,NPU1,5,u",
  "a-patient-with-a-long-id,2024-01-01,NPU1,5,u", "p1,,NPU1,53,u", "p1,2024-02-30,DNK1,53,u", "p2,2024-02-31,NPU1,53,u",
  "p1,2024-03-01T10:00,NPU1,53,u", "p1,01-03-2024,NPU1,5,u", "p1,1850-01-01,NPU1,5,u", "p1,2999-12-31,DNK1,5,u", "p9,2031-01-01,DNK2,5,u",
  "p1,2024-01-02,NPU1,53,u,", "p1,2024-01-02,NPU1,53,u,x", "", "p1,2024-01-02,NPU-a-code-of-more-than-16-bytes,1,u",
  "p1,2024-01-02,DNK-a-code-of-more-than-16-bytes,1,u", "p1,2024-01-02,NPU\x7f,1,u", "p1,2024-01-02,NPU2,1,\x7f", "p1,2024-01-02,NPU3,x,u",
  "p1,2024-01-02,NPU3,,u", "p1,2024-01-02,DNK3,x,u", "p1,2024-01-02,CRP1,5,kg", "p1,2024-01-02,CRP1,5,", "p1,2024-01-02,CRP1,700,mg/L",
  "p1,2024-01-02,CRP1,<5,g/L", "p1,2024-01-02,,5,u", "p\xe6,2024-01-02,NPU1,5,u", "p1,2024-01-02,NPU1,5,\xb5mol", "p1,2024-01-02,DNK\xe6,5,u"};

/* A usual row: patients come in groups, some of them nobody's, codes at random. */
static void usual_lab(char row[64], uint32_t i) {
  snprintf(row, 64, "p%u,2023-%02u-%02u,%s%u,%u,mmol/L", i / 7 % 10, 1 + random_below(12), 1 + random_below(28), random_below(2) ? "NPU" : "DNK",
           random_below(30), random_below(100));
}

/* ── the same twice ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* Store, counts, and what is said of the first rows of each reason. */
static char *print_all(const char *name) {
  char *text, *read = print_store();
  size_t length;
  FILE *out = open_memstream(&text, &length);
  const struct file_report *file = file_called(name);
  fprintf(out, "%susual newest %d, %d rows, %d kept, %d not named\n", read, report.usual_newest, (int)file->rows, (int)file->kept, (int)file->not_named);
  for (int i = 0; i < N_UNREAD; i++)
    fprintf(out, "%s: %d, first in line %d: “%s”\n", unread_reasons[i].id, (int)file->unread[i], (int)file->first_line[i], file->first_text[i]);
  fclose(out);
  free(read);
  return text;
}

/* Only where they differ is shown: a segment's line is long. */
static void assert_same_lines(const char *text, const char *expected) {
  size_t same = 0;
  while (text[same] == expected[same] && text[same] != '\0') same++;
  if (text[same] != expected[same]) fail_msg("…%.60s\nbut expected …%.60s", text + (same < 30 ? 0 : same - 30), expected + (same < 30 ? 0 : same - 30));
}

/* NULL: with what this test is run with. */
static char *read_with(const char *cpu, const char *name) {
  const char *outside = getenv("KLYNGE_CPU");
  char before[16] = "";
  if (outside) snprintf(before, sizeof before, "%s", outside);
  if (cpu) setenv("KLYNGE_CPU", cpu, 1);
  read_folder();
  if (cpu && outside) setenv("KLYNGE_CPU", before, 1);
  else if (cpu) unsetenv("KLYNGE_CPU");
  return print_all(name);
}

static void assert_same(struct file files[N_FILES], const char *name) {
  static const char *const cpus[] = {NULL, "avx2", "portable"};
  char *expected = NULL;
  for (int i = 0; i < N_FILES; i++) {
    fclose(files[i].out);
    write_bytes(name, files[i].text, files[i].length);
    free(files[i].text);
    for (int c = 0; c < (i > 0 ? 3 : 1); c++) {
      char *said = read_with(cpus[c], name);
      if (expected) assert_same_lines(said, expected);
      if (expected) free(said);
      else expected = said;
    }
  }
  free(expected);
}

static int make_people(void **state) {
  make_folder(state);
  has_extra = false;
  write_file("patients.csv", "patient,practice,birth,sex,weight,town\np0,A,,,,\np1,A,,,,\np2,B,,,,\np3,B,,,,\np4,B,,,,\np5,B,,,,\np6,B,,,,\np\xe6,B,,,,\n"
                             "a-patient-with-a-long-id,B,,,,\n");
  return 0;
}

static int make_extra(void **state) {
  make_people(state);
  has_extra = true;
  return 0;
}

/* Each kind of row alone, in the places where a batch may begin and end. */
static void a_row_that_is_not_usual_may_stand_anywhere(void **state) {
  (void)state;
  for (size_t kind = 0; kind < sizeof odd_labs / sizeof *odd_labs; kind++) {
    struct file files[N_FILES];
    begin_files(files, "patient,date,code,value,unit");
    uint32_t place = random_below(6), n = 1400 + random_below(3);
    for (uint32_t i = 0; i < n; i++) {
      char row[64];
      usual_lab(row, i);
      bool here = i == place || (i + 3) % 256 == place || i + 1 == n;
      add_row(files, here ? odd_labs[kind] : row);
    }
    assert_same(files, "labs.csv");
  }
}

/* Few of them, half of the rows, and nearly all; more rows than a window holds. */
static void rows_that_are_not_usual_may_stand_side_by_side(void **state) {
  (void)state;
  static const uint32_t often[] = {1, 2, 30, 300, 5000}, many[] = {0, 1, 2, 3, 255, 256, 257, 258, 511, 512, 513, 9000};
  for (size_t o = 0; o < sizeof often / sizeof *often; o++)
    for (size_t m = 0; m < sizeof many / sizeof *many; m++) {
      struct file files[N_FILES];
      begin_files(files, "patient,date,code,value,unit");
      options.keep_all = o == 2 && m % 2 == 0;
      for (uint32_t i = 0; i < many[m]; i++) {
        char row[64];
        usual_lab(row, i);
        add_row(files, random_below(often[o]) == 0 ? odd_labs[random_below(sizeof odd_labs / sizeof *odd_labs)] : row);
      }
      assert_same(files, "labs.csv");
    }
}

/* Rows of known codes are kept without being looked at closely: so of each code here are numbers that its segment does not hold yet,
 * on the limits of what is plausible, censored, long and none, in units that change and on dates that do not fit 16 bits. Each round
 * has four of them, for one that needs many decimals hides what others need. */
static void numbers_of_every_kind(void **state) {
  (void)state;
  static const char *const numbers[] = {"5", "5.0", "5.25", "0", "0.5", "00.50", "500", "500.0", "499.999", "500.001", "501", "0.4", "900", "900.1", "32767", "32768", "3276.8", "0.0001", "1.234567",
                                        "12345678", "123456789", "2147483647", "99999999", ".5", "5.", "5,5", "-5", "+5", "<5", ">5", "", " 5", "5e2", "1.5e300", "x", "5.5.5"},
                    *const units[] = {"mg/L", "g/L", "mg pr L", "", "stone", "exactly-16-bytes", "17-bytes-are-more", "mg/L "},
                    *const codes[] = {"CRP", "CRP1", "NPU1", "NPU2", "DNK1"}, *const dates[] = {"2024-01-01", "2024-01-02", "1969-12-31", "2150-01-01"};
  for (uint32_t round = 0; round < 200; round++) {
    uint32_t often = round % 3 == 0 ? 2 : round % 3 == 1 ? 12 : 60, few = 1 + random_below(9);
    const char *chosen[4];
    for (int i = 0; i < 4; i++) chosen[i] = numbers[random_below(sizeof numbers / sizeof *numbers)];
    struct file files[N_FILES];
    begin_files(files, round % 2 ? "patient,date,code,value,unit" : "patient,date,code,unit,value");
    for (uint32_t i = 0; i < 900; i++) {
      char row[96];
      bool odd = random_below(often) == 0;
      const char *number = odd ? chosen[random_below(4)] : round % 5 ? "7" : numbers[(i / 300 + random_below(few)) % 8];
      const char *unit = units[random_below(odd ? 8 : 1 + round % 4)], *date = dates[random_below(odd ? 4 : 2)];
      bool before = round % 2;
      snprintf(row, sizeof row, "p%u,%s,%s,%s,%s", i / 9 % 6, date, codes[random_below(5)], before ? number : unit, before ? unit : number);
      add_row(files, row);
    }
    assert_same(files, "labs.csv");
  }
}

/* How many rows of each code and unit the store has is how many were written. */
static void assert_counted(const char codes[12][24], const char *const units[7], uint64_t counts[12][7]) {
  const struct store_table *table = store_find_table(store, "labs", "code");
  for (uint32_t s = 0; s < table->n_segments; s++) {
    const char *code = store_text(store, table->segments[s].code), *unit = store_text(store, table->segments[s].unit);
    int c = 0, u = 0;
    while (c < 11 && strcmp(codes[c], code) != 0) c++;
    while (u < 6 && strcmp(units[u], unit) != 0) u++;
    if (table->segments[s].n_rows != counts[c][u]) fail_msg("%d rows of %s in %s, not %d", (int)table->segments[s].n_rows, code, unit, (int)counts[c][u]);
    counts[c][u] = 0;
  }
  for (int c = 0; c < 12; c++)
    for (int u = 0; u < 7; u++)
      if (strncmp(codes[c], "NPU", 3) == 0) assert_int_equal(counts[c][u], 0);
}

/* Each word that a file has held is compared as a whole: units of one length, codes that begin with each other, and of these some that
 * are looked for at the same place. */
static void words_that_are_nearly_the_same(void **state) {
  (void)state;
  static const char *const units[] = {"aa", "bb", "ab", "mg/L", "mg/l", "exactly-16-bytes", "exactly-16-byteS"};
  static char codes[12][24] = {"NPU1", "NPU12", "NPU12345", "NPU1234", "DNK12345", "DNK1"};
  uint32_t n_codes = 6;
  while (n_codes < 12) { /* the place of NPU12345, and of DNK12345, of the factor with which each file begins */
    const char *of = codes[n_codes % 2 ? 2 : 4];
    char *code = codes[n_codes];
    strcpy(code, of);
    for (uint32_t i = 8, end = 9 + random_below(8); i < end; i++) code[i] = (char)('a' + random_below(26)), code[i + 1] = '\0';
    struct cell one = {of, 8}, other = {code, strlen(code)};
    n_codes += met_code_place(cell_short(&one), FIRST_FACTOR) == met_code_place(cell_short(&other), FIRST_FACTOR);
  }
  for (int round = 0; round < 40; round++) {
    struct file files[N_FILES];
    uint64_t counts[12][7] = {{0}};
    begin_files(files, round % 2 ? "patient,date,code,value,unit" : "patient,date,code,unit,value");
    for (uint32_t i = 0; i < 1200; i++) {
      char row[96], value[8];
      uint32_t few = 1 + i / 100;
      snprintf(value, sizeof value, "%u", random_below(50));
      uint32_t u = random_below(7), c = (random_below(few) + (uint32_t)round) % 12;
      const char *unit = units[u], *code = codes[c];
      counts[c][u]++;
      snprintf(row, sizeof row, "p%u,2024-01-%02u,%s,%s,%s", i / 40 % 6, 1 + random_below(28), code, round % 2 ? value : unit, round % 2 ? unit : value);
      add_row(files, row);
    }
    assert_same(files, "labs.csv");
    assert_counted((const char (*)[24])codes, units, counts);
  }
}

/* Tables that no rule reads, and spans: whose rows are read one by one. */
static void other_tables_are_read_so_too(void **state) {
  (void)state;
  static const char *const names[] = {"plans.csv", "services.csv", "enrolments.csv"},
                    *const headers[] = {"patient,date,code", "date,code,patient", "patient,from,to,code"};
  for (int t = 0; t < 3; t++) {
    struct file files[N_FILES];
    begin_files(files, headers[t]);
    for (uint32_t i = 0; i < 3000; i++) {
      char row[64], date[16], id[16];
      snprintf(date, sizeof date, random_below(40) ? "2023-01-%02u" : "2023-02-3%u", 1 + random_below(31));
      snprintf(id, sizeof id, random_below(80) ? "p%u" : "p%u\rx", i / 9 % 9);
      if (random_below(80) == 0) id[0] = '\0';
      const char *code = random_below(2) ? "0101" : "DM";
      if (t == 0) snprintf(row, sizeof row, "%s,%s,%s", id, date, code);
      if (t == 1) snprintf(row, sizeof row, "%s,%s,%s", date, code, id);
      if (t == 2) snprintf(row, sizeof row, "%s,%s,%s,%s", id, date, random_below(3) ? "" : date, code);
      add_row(files, row);
    }
    assert_same(files, names[t]);
  }
}

/* With everything kept a table is cut by its codes, even where the file has none. */
static void a_file_may_lack_the_column_that_cuts(void **state) {
  (void)state;
  options.keep_all = true;
  struct file files[N_FILES];
  begin_files(files, "patient,date");
  for (uint32_t i = 0; i < 600; i++) add_row(files, i % 3 ? "p1,2024-01-01" : "p2,2024-01-02");
  assert_same(files, "plans.csv");
  assert_int_equal(file_called("plans.csv")->kept, 600);
}

/* Few codes have a place of their own, many share one, and more than there are places come again and again: each value is the number
 * that its code ends with, and so is none that another code's rows have. */
static void any_number_of_codes(void **state) {
  (void)state;
  static const uint32_t many[] = {1, 2, 40, 90, 1000, 3000};
  enum { ROWS = 30000 };
  for (size_t m = 0; m < sizeof many / sizeof *many; m++) {
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    fprintf(out, "patient,date,code,value,unit\n");
    for (uint32_t i = 0; i < ROWS; i++) {
      uint32_t code = i < many[m] ? i : random_below(many[m]);
      fprintf(out, "p%u,2024-01-%02u,%s%u,%u,u\n", 1 + i % 3, 1 + i % 28, code % 3 ? "NPU" : "DNK", code, code);
    }
    fclose(out);
    write_bytes("labs.csv", text, length);
    free(text);
    read_folder();
    const struct store_table *table = store_find_table(store, "labs", "code");
    uint64_t n = 0;
    assert_int_equal(table->n_segments, many[m] - (many[m] + 2) / 3);
    for (uint32_t s = 0; s < table->n_segments; s++)
      for (uint64_t row = 0; row < table->segments[s].n_rows; row++, n++)
        assert_int_equal(store_scaled(&table->segments[s].values[0], row), strtol(store_text(store, table->segments[s].code) + 3, NULL, 10));
    assert_int_equal(n, file_called("labs.csv")->kept);
    assert_int_equal(n + file_called("labs.csv")->not_named, ROWS);
  }
}

/* Whatever comes first in the file, none after it is counted. */
static void strict_counts_nothing_after_the_row_that_stops(void **state) {
  (void)state;
  options.strict = true;
  for (uint32_t place = 0; place < 600; place += 41) {
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    fprintf(out, "patient,date,code,value,unit\n");
    for (uint32_t i = 0; i < 700; i++) fprintf(out, i >= place ? "p1,2024-01-01,NPU1,x,u\n" : "p1,2024-01-01,DNK1,x,u\n");
    fclose(out);
    write_bytes("labs.csv", text, length);
    free(text);
    read_folder();
    char expected[64];
    snprintf(expected, sizeof expected, "/labs.csv:%u:20: “x”", place + 2);
    if (store != NULL || !strstr(report.error, expected)) fail_msg("%s; expected %s", report.error, expected);
    assert_int_equal(file_called("labs.csv")->rows, place + 1);
  }
}

#define WITH_EXTRA(test) {#test "_with_a_column_more", test, make_extra, remove_folder, NULL}
#define AMONG_PEOPLE(test) cmocka_unit_test_setup_teardown(test, make_people, remove_folder)

int main(void) {
  const struct CMUnitTest tests[] = {
    AMONG_PEOPLE(a_row_that_is_not_usual_may_stand_anywhere),
    WITH_EXTRA(a_row_that_is_not_usual_may_stand_anywhere),
    AMONG_PEOPLE(rows_that_are_not_usual_may_stand_side_by_side),
    WITH_EXTRA(rows_that_are_not_usual_may_stand_side_by_side),
    AMONG_PEOPLE(numbers_of_every_kind),
    WITH_EXTRA(numbers_of_every_kind),
    AMONG_PEOPLE(words_that_are_nearly_the_same),
    AMONG_PEOPLE(other_tables_are_read_so_too),
    AMONG_PEOPLE(a_file_may_lack_the_column_that_cuts),
    AMONG_PEOPLE(any_number_of_codes),
    AMONG_PEOPLE(strict_counts_nothing_after_the_row_that_stops),
  };
  return cmocka_run_group_tests(tests, make_image, free_image);
}
