/* csv_test.c: folders as they come out of real systems, what is read of them, and what is said of the rest. */
#include "tests/unit/csv_folder.h"

/* The segments of a table alone. */
static char *print_table(const char *name) {
  char *text = NULL;
  size_t length;
  FILE *out = open_memstream(&text, &length);
  const struct store_table *table = store_find_table(store, name, "code");
  assert_non_null(table);
  for (uint32_t s = 0; s < table->n_segments; s++) print_segment(out, &table->segments[s], strcmp(name, "labs") == 0);
  fclose(out);
  return text;
}

static void assert_table(const char *name, const char *expected) {
  char *text = print_table(name);
  assert_string_equal(text, expected);
  free(text);
}

static uint64_t random_state = 1;
static uint32_t random_below(uint32_t n) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(random_state >> 33) % n;
}

/* ── formats ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void every_format_gives_the_same_rows(void **state) {
  (void)state;
  static const char *const formats[] = {
    "patient,date,code,value,unit\np1,2024-03-01,NPU1,53,mmol/mol\np3,2024-01-31,NPU1,>90.5,mmol/mol\n",
    "\xef\xbb\xbfpatient,date,code,value,unit\np1,2024-03-01,NPU1,53,mmol/mol\np3,2024-01-31,NPU1,>90.5,mmol/mol",
    "\xef\xbb\xbf\"patient\",\"date\",\"code\",\"value\",\"unit\"\r\n\"p1\",\"2024-03-01\",\"NPU1\",\"53\",\"mmol/mol\"\r\n\"p3\",\"2024-01-31\",\"NPU1\",\">90.5\",\"mmol/mol\"\r\n",
    "patient;date;code;value;unit\r\np1;01-03-2024;NPU1;53;mmol/mol\r\np3;31-01-2024;NPU1;>90,5;mmol/mol\r\n",
    "patient;date;code;value;unit\np1;2024-03-01T10:00:00;NPU1;53,0;mmol/mol\np3;2024-01-31 00:00;NPU1;> 90.50;mmol/mol",
    "patient\tdate\tcode\tvalue\tunit\np1\t2024-03-01\tNPU1\t5.3e1\tmmol/mol\np3\t2024-01-31\tNPU1\t>90,5\tmmol/mol\n",
    "unit,note,value,code,date,patient\nmmol/mol,\"a, b\",53,NPU1,2024-03-01,p1\nmmol/mol,\"line\nbreak \"\"x\"\"\",>90.5,NPU1,2024-01-31,p3\n",
    "patient , Date,CODE, value ,unit\n p1 , 2024-03-01,NPU1 , 53,mmol/mol \np3,  2024-01-31,\" NPU1 \",\t>90.5,mmol/mol\n",
    "patient,date,code,value,unit\n\np1,2024-03-01,NPU1,53,mmol/mol,,\n\r\np3,2024-01-31,NPU1,>90.5,mmol/mol\n\n",
    "patient,date,\"co,de\",code,value,unit\np1,2024-03-01,5\" tube,NPU1,53,mmol/mol\np3,2024-01-31, \"x\n,y\",NPU1,>90.5,mmol/mol\n",
    "patient,date,\"a\nb\",code,value,unit\np1,2024-03-01,,NPU1,53,mmol/mol\np3,2024-01-31,,NPU1,>90.5,mmol/mol\n",
    "patient;date;note;code;value;unit\np1;2024-03-01;x, \"y;NPU1;53;mmol/mol\np3;2024-01-31;;NPU1;>90,5;mmol/mol\n",
  };
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
    write_file("labs.csv", formats[i]);
    read_folder();
    assert_table("labs", "NPU1 [mmol/mol] n10 p1:19783=53 p3:19753=>90.5\n");
    assert_int_equal(file_called("labs.csv")->rows, 2);
    assert_int_equal(file_called("labs.csv")->kept, 2);
    assert_int_equal(store->newest, 19783);
  }
}

static void letters_of_both_encodings_are_the_same(void **state) {
  (void)state;
  static const char *const formats[] = {
    "patient,date,code\np1,2024-03-01,sår\np2,2024-03-01,\"sår på €\"\n",
    "patient,date,code\np1,2024-03-01,s\xe5r\np2,2024-03-01,\"s\xe5r p\xe5 \x80\"\n",
  };
  for (int i = 0; i < 2; i++) {
    write_file("services.csv", formats[i]);
    read_folder();
    assert_table("services", "sår [] n0 p1:19783\nsår på € [] n0 p2:19783\n");
  }
  /* patients, too, and a column's name */
  write_file("patients.csv", "patient,pr\xe6,practice,birth,town\n\xe6,1,\xd8,,\xc5rhus\n");
  write_file("services.csv", "patient,date,code\næ,2024-03-01,01\n");
  read_folder();
  assert_table("services", "01 [] n0 æ:19783\n");
  assert_string_equal(store_text(store, store->practices[0].id), "Ø");
  assert_string_equal(store_text(store, store_find_column(store, "town")->text[0]), "Århus");
}

static void a_file_larger_than_a_window(void **state) {
  (void)state;
  options.keep_all = true;
  for (int quoted = 0; quoted < 2; quoted++) {
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    fprintf(out, "patient,date,note,code\n");
    for (int i = 0; i < 20000; i++) {
      fprintf(out, "p%d,2024-01-%02d,", 1 + i % 3, 1 + i % 31);
      for (uint32_t n = random_below(20); n > 0; n--) fputc('a', out);
      if (quoted && i % 50 == 0) fprintf(out, " x");
      fprintf(out, ",01\n");
      if (quoted && i % 700 == 0) fprintf(out, "p1,2024-01-01,\"a\n,\"\"%d\",02\n", i);
    }
    if (quoted) {
      fprintf(out, "p1,2024-01-01,\"");
      for (int i = 0; i < 400000; i++) fputs(i % 100 ? "," : "\n", out);
      fprintf(out, "\",03\n");
    }
    fclose(out);
    write_bytes("services.csv", text, length);
    free(text);
    read_folder();
    const struct store_table *table = store_find_table(store, "services", "code");
    assert_int_equal(table->n_segments, quoted ? 3 : 1);
    assert_int_equal(table->segments[0].n_rows, 20000);
    if (quoted) assert_int_equal(table->segments[1].n_rows, 29);
    if (quoted) assert_int_equal(table->segments[2].n_rows, 1);
  }
}

static void lines_are_counted_through_quotes(void **state) {
  (void)state;
  write_file("services.csv", "patient,date,\"no\nte\",code\np1,2024-01-01,\"a\nb\nc\",01\n\np1,x,,01\n");
  read_folder();
  assert_int_equal(file_called("services.csv")->first_line[UNREAD_bad_date], 7);
}

/* ── what is not read ────────────────────────────────────────────────────────────────────────────────────────────── */

static void assert_unread(const char *name, enum unread reason, uint64_t n, uint64_t line, const char *told) {
  const struct file_report *file = file_called(name);
  if (file->unread[reason] != n || file->first_line[reason] != line || strcmp(file->first_text[reason], told) != 0)
    fail_msg("%s: %d, first in line %d: “%s”; expected %d, %d: “%s”", unread_reasons[reason].id, (int)file->unread[reason], (int)file->first_line[reason], file->first_text[reason],
             (int)n, (int)line, told);
}

static void rows_are_counted_by_reason(void **state) {
  (void)state;
  write_file("labs.csv", "patient,date,code,value,unit\n"
                         "p1,2024-01-01,NPU1,53,u\n"        /* 2: read */
                         "p1,2024-01-01,NPU1,7,2,%\n"       /* 3: many_fields */
                         ",2024-01-01,NPU1,53,u\n"          /* 4: no_patient */
                         "p9,2024-01-01,NPU1,53,u\n"        /* 5: unknown_patient */
                         "p1,,NPU1,53,u\n"                  /* 6: no_date */
                         "p1,2024-02-30,NPU1,53,u\n"        /* 7: bad_date */
                         "p1,2024-01-02,NPU\x01,53,u\n"     /* 8: bad_text */
                         "p1,2024-01-02,NPU1,53,u\x7f\n"    /* 9: bad_text */
                         "p1,2024-01-03,NPU1,abc,u\n"       /* 10: bad_number, read */
                         "p1,2024-01-04,NPU1,,u\n"          /* 11: no_number, read */
                         "p1,2025-01-01,DNK1,abc,u\n"       /* 12: of a code that nothing names */
                         "p9,2025-01-02,DNK1,abc,u\n");     /* 13: unknown_patient */
  read_folder();
  const struct file_report *labs = file_called("labs.csv");
  const struct { enum unread reason; uint64_t n, line; } expected[] = {
    {UNREAD_many_fields, 1, 3}, {UNREAD_no_patient, 1, 4}, {UNREAD_unknown_patient, 2, 5}, {UNREAD_twice, 0, 0},
    {UNREAD_no_date, 1, 6}, {UNREAD_bad_date, 1, 7}, {UNREAD_bad_text, 2, 8}, {UNREAD_bad_number, 1, 10}, {UNREAD_no_number, 1, 11},
    {UNREAD_bad_cell, 0, 0}, {UNREAD_other_unit, 0, 0}, {UNREAD_no_unit, 0, 0}, {UNREAD_implausible, 0, 0}};
  assert_int_equal(sizeof expected / sizeof *expected, N_UNREAD);
  for (int i = 0; i < N_UNREAD; i++)
    if (labs->unread[expected[i].reason] != expected[i].n || labs->first_line[expected[i].reason] != expected[i].line)
      fail_msg("%s: %d, first in line %d", unread_reasons[expected[i].reason].id, (int)labs->unread[expected[i].reason], (int)labs->first_line[expected[i].reason]);
  assert_int_equal(labs->rows, 12);
  assert_int_equal(labs->kept, 3);
  assert_int_equal(labs->not_named, 1);
  assert_table("labs", "NPU1 [u] n1 p1:19723=53 p1:19725=nan p1:19726=nan\n");
  assert_int_equal(store->newest, 20090); /* 2025-01-02, of a row that is not read */
}

static void a_bad_cell_of_a_patient_is_empty(void **state) {
  (void)state;
  write_file("patients.csv", "patient,practice,birth,sex,weight,town\n"
                             "p1,A,1950-13-01,unknown,>70,\x01\n"
                             "p2,A,1950-12-01,male,7.5,Aarhus\n"
                             ",A,,,,\n"
                             "p3,\x01,,,,\n"
                             "p5,,,,,\"two\nlines\"\n");
  read_folder();
  const struct file_report *patients = file_called("patients.csv");
  assert_int_equal(patients->unread[UNREAD_bad_cell], 4);
  assert_int_equal(patients->first_line[UNREAD_bad_cell], 2);
  assert_int_equal(patients->unread[UNREAD_no_patient], 1);
  assert_int_equal(patients->unread[UNREAD_bad_text], 1);
  assert_int_equal(patients->kept, 3);
  char *text = print_store();
  assert_non_null(strstr(text, "\np5:  -2147483648  nan two lines\np1: A -2147483648  nan \np2: A -6971 male 7.5 Aarhus\n"));
  free(text);
}

static void a_patient_listed_twice(void **state) {
  (void)state;
  static const char *const orders[] = {
    "patient,practice,birth,sex\np1,B,,male\np1,A,,female\np1,A,,male\np2,A,,male\np2,A,,male\n",
    "patient,practice,birth,sex\np1,A,,male\np2,A,,male\np1,A,,female\np1,B,,male\np2,A,,male\n",
    "patient,practice,birth,sex\np2,A,,male\np1,A,,female\np2,A,,male\np1,B,,male\np1,A,,male\n"};
  for (int i = 0; i < 3; i++) {
    write_file("patients.csv", orders[i]);
    read_folder();
    assert_int_equal(store->n_patients, 2);
    assert_int_equal(file_called("patients.csv")->unread[UNREAD_twice], 3);
    assert_int_equal(file_called("patients.csv")->kept, 2);
    assert_int_equal(store->n_practices, 1);
    assert_string_equal(store_text(store, store_find_column(store, "sex")->text[0]), "female");
  }
}

static void a_result_that_no_measure_reads_is_counted_with_its_place(void **state) {
  (void)state;
  write_file("labs.csv", "patient,date,code,value,unit\n"
                         "p1,2024-01-01,CRP,5,mg/L\n"       /* 2: read */
                         "p1,2024-01-02,CRP,5,mg pr L\n"    /* 3: read, spelt otherwise */
                         "p1,2024-01-03,CRP,0.4,mg/L\n"     /* 4: implausible */
                         "p1,2024-01-04,CRP,600,mg/L\n"     /* 5: implausible, between what crp and old_crp read */
                         "p1,2024-01-05,CRP,901,mg/L\n"     /* 6: read, by old_crp */
                         "p1,2024-01-06,CRP,0.4,g/L\n"      /* 7: read, as 400 mg/L */
                         "p1,2024-01-07,CRP,5,g/L\n"        /* 8: implausible, as 5000 mg/L */
                         "p1,2024-01-08,CRP2,5,\n"          /* 9: no_unit, read */
                         "p1,2024-01-09,CRP,0.1,\n"         /* 10: implausible */
                         "p1,2024-01-10,CRP,5,MG/L\n"       /* 11: other_unit */
                         "p1,2024-01-11,CRP3,5,µg/L\n"      /* 12: other_unit */
                         "p1,2024-01-12,CRP,abc,mg/L\n"     /* 13: bad_number */
                         "p1,2024-01-13,CRP,,mg/L\n"        /* 14: no_number */
                         "p1,2024-01-14,NPU1,1e9,any\n"     /* 15: read, its measure looks at no unit and no limit */
                         "p9,2024-01-15,CRP,5,MG/L\n"       /* 16: unknown_patient */
                         "p1,2024-01-16,DNK1,5,MG/L\n");    /* 17: of a code that nothing names */
  read_folder();
  assert_unread("labs.csv", UNREAD_implausible, 4, 4, "0.4");
  assert_unread("labs.csv", UNREAD_other_unit, 2, 11, "MG/L");
  assert_unread("labs.csv", UNREAD_no_unit, 1, 9, "");
  assert_unread("labs.csv", UNREAD_bad_number, 1, 13, "abc");
  assert_unread("labs.csv", UNREAD_no_number, 1, 14, "");
  assert_unread("labs.csv", UNREAD_unknown_patient, 1, 16, "");
  assert_int_equal(file_called("labs.csv")->kept, 14);
}

static void the_first_text_is_told_but_never_an_id(void **state) {
  (void)state;
  static const struct { const char *cell, *told; } cases[] = {
    {"x", "x"}, {"\"annulleret, se note\"", "annulleret, se note"}, {"\"a\nb\"", "a b"},
    {"nr12345678901234567890", ""}, {"abcdefghijabcdefghij", "abcdefghijabcdefghij"}, {"abcdefghijabcdefghijk", "abcdefghijabcdefghij…"},
    {"æøåæøåæøåæøåæøåæøåæøåæøå", "æøåæøåæøåæøåæøåæøåæø…"}, {"a\x01", ""},
    {"p1", ""}, {"p3", ""}, {"p4", "p4"}, {"se 010203-1234", ""}, {"se 0102031234", ""}, {"010203 1234", ""}, {"kl 20240301", "kl 20240301"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char text[256];
    snprintf(text, sizeof text, "patient,date,code,value,unit\np1,2024-01-01,NPU1,%s,u\np1,2024-01-01,NPU1,later,u\n", cases[i].cell);
    write_file("labs.csv", text);
    read_folder();
    assert_unread("labs.csv", UNREAD_bad_number, 2, 2, cases[i].told);
    snprintf(text, sizeof text, "patient,date,code\np1,%s,01\n", cases[i].cell);
    write_file("services.csv", text);
    read_folder();
    assert_unread("services.csv", UNREAD_bad_date, 1, 2, cases[i].told);
    /* The patient's own id, before the patient is known. */
    snprintf(text, sizeof text, "patient,practice,birth\n%s,A,%s\n", cases[i].cell, cases[i].cell);
    if (cases[i].told[0] == '\0') continue;
    write_file("patients.csv", text);
    read_folder();
    assert_unread("patients.csv", UNREAD_bad_cell, 1, 2, "");
    write_file("patients.csv", PATIENTS);
  }
}

static void strict_stops_at_the_first_row(void **state) {
  (void)state;
  static const struct { const char *rows, *error; } cases[] = {
    {"p1,2024-01-01,NPU1,53,u\np9,2024-01-01,NPU1,53,u\np1,x,NPU1,53,u\n", "labs.csv:3:1: a patient who is not in patients.csv; expected one who is"},
    {"p1,2024-01-01,NPU1,5x3,u\n", "labs.csv:2:20: “5x3”: a number that is none; expected a number, perhaps with < or > before it"},
    {"p1,2024-1-1,NPU1,53,u\n", "labs.csv:2:4: “2024-1-1”: a date that is none; expected a date as 2024-03-01 or 01-03-2024"},
    {"p1,,NPU1,53,u\n", "labs.csv:2:4: no date; expected a date as 2024-03-01 or 01-03-2024"},
    {",2024-01-01,NPU1,53,u\n", "labs.csv:2:1: no patient; expected the patient's id"},
    {"p1,2024-01-01,NPU1,5,3,u\n", "labs.csv:2:24: too many fields; expected 5"},
    {"p1,2024-01-01,NPU1,53,a\x01\n", "labs.csv:2:23: text that is neither UTF-8 nor Windows-1252, or holds a control character; expected text"},
    {"p1,2024-01-01,CRP,5,mg\n", "labs.csv:2:21: “mg”: a unit that no measure declares for its code; expected mg/L, g/L"},
    {"p1,2024-01-01,CRP,600,mg/L\n", "labs.csv:2:19: “600”: a value that is not plausible; expected 0.5 – 500 (crp), ≥ 900 (old_crp)"},
    {"p1,2024-01-01,NPU1,,u\np1,2024-01-01,CRP,5,\np1,2024-01-01,DNK,x,y\n", NULL}};
  options.strict = true;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char text[256];
    snprintf(text, sizeof text, "patient,date,code,value,unit\n%s", cases[i].rows);
    write_file("labs.csv", text);
    read_folder();
    assert_true((store == NULL) == (cases[i].error != NULL));
    if (cases[i].error != NULL) assert_string_equal(report.error + strlen(folder) + 1, cases[i].error);
  }
  options.danish = true;
  write_file("labs.csv", "patient,date,code,value,unit\np1,2024-01-01,CRP,0.4,mg/L\n");
  read_folder();
  assert_string_equal(report.error + strlen(folder) + 1, "labs.csv:2:19: “0.4”: en værdi, der ikke er plausibel; der skal stå 0,5 – 500 (crp), ≥ 900 (old_crp)");
  options.danish = false;
  write_file("patients.csv", "patient,practice,birth,sex\np1,A,1950-01-31,F\n");
  read_folder();
  assert_string_equal(report.error + strlen(folder) + 1, "patients.csv:2:17: “F”: a cell that is not of its column's kind; expected female, male");
}

/* ── files that cannot be read ───────────────────────────────────────────────────────────────────────────────────── */

static void a_file_that_is_not_what_it_seems_is_an_error(void **state) {
  (void)state;
  static const struct { const char *name, *text; size_t length; const char *error; } cases[] = {
#define TEXT(text) text, sizeof text - 1
    {"labs.csv", TEXT(""), "labs.csv: is empty: expected a header with the columns patient, date, code, value, unit"},
    {"labs.csv", TEXT("\n"), "labs.csv:1: no column “patient” in the header; found: "},
    {"patients.csv", TEXT(""), "patients.csv: is empty: expected a header with the columns patient, practice, birth"},
    {"patients.csv", TEXT("\xef\xbb\xbf"), "patients.csv:1: no column “patient” in the header; found: "},
    {"patients.csv", TEXT("id,practice\n1,2\n"), "patients.csv:1: no column “patient” in the header; found: id, practice"},
    {"patients.csv", TEXT("patient,practice,born,sex\n1,2,,\n"), "patients.csv:1: no column “birth” in the header; found: patient, practice, born, sex"},
    {"labs.csv", TEXT("patient;dato;code;value;unit\n"), "labs.csv:1: no column “date” in the header; found: patient, dato, code, value, unit"},
    {"labs.csv", TEXT("patient,date,code,unit\n"), "labs.csv:1: no column “value” in the header; found: patient, date, code, unit"},
    {"labs.csv", TEXT("patient,date,code,value\n"), "labs.csv:1: no column “unit” in the header; found: patient, date, code, value"},
    {"enrolments.csv", TEXT("patient,from,code\n"), "enrolments.csv:1: no column “to” in the header; found: patient, from, code"},
    {"services.csv", TEXT("patient,date,code,date\n"), "services.csv:1: the column “date” stands twice in the header"},
    {"services.csv", TEXT("patient,date,code\np1,2024-01-01\np1,2024-01-01,01\n"), "services.csv:2:14: a row of 2 fields; expected 3, as many as in the header"},
    {"services.csv", TEXT("patient,date,code\np1,2024-01-01,01\np1,2024-0"), "services.csv:3:10: ends in the middle of a row: 2 fields, expected 3"},
    {"services.csv", TEXT("patient,date,code\np1,2024-01-01,01\np1,\0,01\n"), "services.csv:3:4: a NUL byte: expected text"},
    {"services.csv", TEXT("pat\0ient,date,code\n"), "services.csv:1:4: a NUL byte: expected text"},
    {"services.csv", TEXT("patient,date,code\np1,2024-01-01,01\np1,2024-01-01,\"01\np1,2024-01-01,01\n"), "services.csv:3:15: the quote that is opened here is never closed"},
    {"services.csv", TEXT("patient,\"date,code\np1,2024-01-01,01\n"), "services.csv:1: no column “date” in the header; found: patient, date,code"},
    {"services.csv", TEXT("patient,date,code\rp1,2024-01-01,01\r"), "services.csv:1:18: the lines end in CR alone: expected LF or CR LF"},
    {"services.csv", TEXT("\xff\xfep\0a\0t\0"), "services.csv: is in UTF-16: expected UTF-8 or Windows-1252"},
    {"practices.csv", TEXT("practice,name\n"), "practices.csv:1: no column “cluster” in the header; found: practice, name"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    write_bytes(cases[i].name, cases[i].text, cases[i].length);
    read_folder();
    if (store != NULL) fail_msg("read in spite of: %s", cases[i].error);
    assert_string_equal(report.error + strlen(folder) + 1, cases[i].error);
    char path[160];
    snprintf(path, sizeof path, "%s/%s", folder, cases[i].name);
    unlink(path);
    write_file("patients.csv", PATIENTS);
  }
}

static void a_whole_last_line_needs_no_end(void **state) {
  (void)state;
  write_file("services.csv", "patient,date,code\np1,2024-01-01,01");
  read_folder();
  assert_table("services", "01 [] n0 p1:19723\n");
  write_file("services.csv", "patient,date,code");
  read_folder();
  assert_int_equal(file_called("services.csv")->rows, 0);
}

static void folders_and_files_that_are_not_there(void **state) {
  (void)state;
  char kept[32], path[160];
  memcpy(kept, folder, sizeof "/tmp/klynge-csv-XXXXXX");
  snprintf(path, sizeof path, "%s/patients.csv", folder);

  snprintf(folder, sizeof folder, "%s/none", kept);
  read_folder();
  assert_non_null(strstr(report.error, "/none: there is no such folder"));
  snprintf(folder, sizeof folder, "%s/patients.csv", kept);
  read_folder();
  assert_non_null(strstr(report.error, "/patients.csv: is not a folder"));
  strcpy(folder, kept);

  unlink(path);
  read_folder();
  assert_non_null(strstr(report.error, "/patients.csv: there is no such file, and without the patients"));
  assert_int_equal(report.n_warnings, 0);
  assert_int_equal(mkdir(path, 0700), 0);
  read_folder();
  assert_non_null(strstr(report.error, "/patients.csv: is a folder; a CSV file was expected"));
  options.danish = true;
  read_folder();
  assert_non_null(strstr(report.error, "/patients.csv: er en mappe; det skal være en CSV-fil"));
}

static void a_missing_table_is_empty_and_said(void **state) {
  (void)state;
  read_folder();
  assert_non_null(store);
  /* labs, services and enrolments; no rule reads plans, and practices.csv need not be there */
  assert_int_equal(report.n_warnings, 3);
  assert_non_null(strstr(report.warnings[0], "/labs.csv: there is no such file: the table is read as empty"));
  assert_true(file_called("plans.csv")->missing && file_called("practices.csv")->missing && !file_called("patients.csv")->missing);
  assert_int_equal(store_find_table(store, "labs", "code")->n_segments, 0);
  assert_int_equal(store->n_clusters, 1);
  assert_int_equal(store->newest, DATE_UNKNOWN);
  /* columns of patients that no rule reads may be missing as well */
  write_file("patients.csv", "patient,practice,birth\np1,A,\n");
  read_folder();
  assert_non_null(store);
  assert_int_equal(report.n_warnings, 3);
}

/* ── the tables ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void practices_have_clusters(void **state) {
  (void)state;
  write_file("practices.csv", "practice;cluster;name\nB;K2;Ved havnen\nC;K2;\nD;K9;\nB;K3;\n");
  read_folder();
  char *text = print_store();
  assert_non_null(strstr(text, "\npractice A () in : 2\npractice B (Ved havnen) in K2: 1\npractice C () in K2: 0\n"));
  free(text);
  assert_int_equal(report.n_warnings, 5);
  const char *warning = report.warnings[4];
  assert_string_equal(warning + strlen(folder) + 1, "practices.csv: practices of patients.csv that are not listed here, and so in no cluster: A");
}

static void a_practice_in_two_clusters_is_told(void **state) {
  (void)state;
  static const char *const orders[] = {"practice,cluster\nB,K2\nA,K1\nB,K10\nA,K1\nB,\nC,K1\n", "practice,cluster\nB,K10\nC,K1\nB,\nA,K1\nB,K2\nB,K2\nA,K1\n"};
  for (int i = 0; i < 2; i++) {
    write_file("practices.csv", orders[i]);
    read_folder();
    assert_int_equal(report.n_warnings, 5);
    assert_string_equal(report.warnings[0] + strlen(folder) + 1, "practices.csv: the practice B is listed in more than one cluster, “”, K10, K2: it is counted in the first of these");
  }
  write_file("practices.csv", "practice,cluster\nA,1\nB,1\nC,1\nD,1\nE,1\nF,1\nG,1\nA,2\nB,2\nC,2\nD,2\nE,2\nF,2\nG,2\n");
  read_folder();
  assert_int_equal(report.n_warnings, 3 + 5 + 1);
  assert_string_equal(report.warnings[5] + strlen(folder) + 1, "practices.csv: so are 2 practices more");
}

static void spans_have_an_end(void **state) {
  (void)state;
  write_file("enrolments.csv", "patient,from,to,code\np1,2024-01-02,,DM2\np1,2024-01-01,2024-01-31,DM2\np2,,2024-01-01,DM2\np2,2024-01-01,x,DM2\np3,2024-01-01,2030-01-01,\n");
  read_folder();
  assert_table("enrolments", " [] n0 p3:19723-21915\nDM2 [] n0 p1:19723-19753 p1:19724-open\n");
  assert_int_equal(file_called("enrolments.csv")->unread[UNREAD_no_date], 1);
  assert_int_equal(file_called("enrolments.csv")->unread[UNREAD_bad_date], 1);
  assert_int_equal(store->newest, 19724);
}

static void units_cut_segments(void **state) {
  (void)state;
  write_file("labs.csv", "patient,date,code,value,unit\np1,2024-01-01,NPU1,7,%\np1,2024-01-01,NPU1,53,mmol/mol\np1,2024-01-02,NPU1,1,\np1,1700-01-02,NPU1,1.25,%\n"
                         "p1,2024-01-01,NPU-a-code-of-more-than-16-bytes,<2,a unit of more than 16 bytes\n");
  read_folder();
  assert_table("labs", "NPU-a-code-of-more-than-16-bytes [a unit of more than 16 bytes] n1 p1:19723=<2\n"
                       "NPU1 [] n1 p1:19724=1\nNPU1 [%] f100 p1:-98614=1.25 p1:19723=7\nNPU1 [mmol/mol] n1 p1:19723=53\n");
}

static void everything_is_kept_when_asked(void **state) {
  (void)state;
  options.keep_all = true;
  write_file("services.csv", "patient,date,code\np1,2024-01-01,9999\np1,2024-01-01,01\n");
  write_file("plans.csv", "patient,date,code\np1,2024-01-01,T2DM\n");
  read_folder();
  assert_table("services", "01 [] n0 p1:19723\n9999 [] n0 p1:19723\n");
  assert_table("plans", "T2DM [] n0 p1:19723\n");
}

/* ── order ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Writes labs.csv with its rows, and its columns, in some order. */
static void write_shuffled(const char (*rows)[4][24], uint32_t *order, uint32_t n, bool turned) {
  for (uint32_t i = n; i > 1; i--) {
    uint32_t j = random_below(i), kept = order[i - 1];
    order[i - 1] = order[j];
    order[j] = kept;
  }
  char *text;
  size_t length;
  FILE *out = open_memstream(&text, &length);
  fprintf(out, turned ? "unit,value,extra,code,date,patient\n" : "patient,date,code,value,unit\n");
  for (uint32_t i = 0; i < n; i++) {
    const char (*row)[24] = rows[order[i]];
    if (turned) fprintf(out, "mmol/mol,%s,%u,%s,%s,%s\n", row[3], i, row[2], row[1], row[0]);
    else fprintf(out, "%s,%s,%s,%s,mmol/mol\n", row[0], row[1], row[2], row[3]);
  }
  fclose(out);
  write_bytes("labs.csv", text, length);
  free(text);
}

static void the_order_of_rows_and_columns_never_shows(void **state) {
  (void)state;
  enum { N = 5000 };
  static char rows[N][4][24];
  static uint32_t order[N];
  for (uint32_t i = 0; i < N; i++) {
    order[i] = i;
    snprintf(rows[i][0], 24, "p%u", 1 + random_below(4)); /* p4 is unknown */
    snprintf(rows[i][1], 24, "2024-%02u-%02u", 1 + random_below(13), 1 + random_below(28));
    snprintf(rows[i][2], 24, "%s%u", random_below(4) ? "NPU" : "DNK", random_below(20));
    snprintf(rows[i][3], 24, "%s%u.%u", random_below(9) ? "" : "<", random_below(9), random_below(9));
  }
  write_shuffled((const char (*)[4][24])rows, order, N, false);
  read_folder();
  char *first = print_store();
  for (int round = 0; round < 6; round++) {
    write_shuffled((const char (*)[4][24])rows, order, N, round % 2 == 1);
    write_file("patients.csv", round % 3 ? PATIENTS : "patient,practice,birth,sex,weight,town\np3,B,1960-02-29,,80,Odense\np1,A,1950-01-31,female,70.5,Aarhus\np2,A,,male,,\n");
    read_folder();
    char *other = print_store();
    assert_string_equal(other, first);
    free(other);
  }
  /* one digit elsewhere, and it is another data set, even in a row that no rule reads */
  snprintf(rows[7][2], 24, "OTHER");
  write_shuffled((const char (*)[4][24])rows, order, N, false);
  uint64_t before = store->hash[0];
  read_folder();
  assert_true(store->hash[0] != before);
  assert_true(store->hash[1] != store->hash[0]);
  free(first);
}

/* Spreadsheets add empty fields behind the last column. They are no column that a table declares, whichever others there are. */
static void fields_behind_the_last_column_are_in_no_hash(void **state) {
  (void)state;
  static const char *const files[] = {
    "patient,date,code,value,unit\np1,2024-01-01,NPU1,5,mmol/mol\np2,2024-01-02,NPU1,6,\n",
    "patient,date,code,value,unit\np1,2024-01-01,NPU1,5,mmol/mol,,\np2,2024-01-02,NPU1,6,,,\n",
    "patient,date,code,value,unit\r\np1,2024-01-01,NPU1,5,mmol/mol,\r\np2,2024-01-02,NPU1,6,\r\n",
    "unit,note,patient,date,code,value\nmmol/mol,x,p1,2024-01-01,NPU1,5,,\n,y,p2,2024-01-02,NPU1,6,\n"};
  uint64_t first = 0;
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    write_file("labs.csv", files[i]);
    read_folder();
    assert_int_equal(file_called("labs.csv")->kept, 2);
    if (i == 0) first = store->hash[0];
    assert_int_equal(store->hash[0], first);
  }
}

/* Each value of labs.csv is its patient's number, which the id ends with. */
static uint64_t count_at_their_patients(void) {
  uint64_t n = 0;
  const struct store_table *table = store_find_table(store, "labs", "code");
  assert_non_null(table);
  for (uint32_t s = 0; s < table->n_segments; s++) {
    const struct store_segment *segment = &table->segments[s];
    for (uint64_t row = 0; row < segment->n_rows; row++, n++) {
      const char *id = store_text(store, store->patient_ids[segment->patient[row]]);
      assert_int_equal(store_scaled(&segment->values[0], row), strtol(strrchr(id, '-') + 1, NULL, 10));
    }
  }
  return n;
}

/* The next patient soon after the last one; far behind; in no order at all; and those whom nobody lists between them. */
static void patients_are_found_wherever_they_come(void **state) {
  (void)state;
  enum { N = 600, ROWS = 9000 };
  char *patients, *labs;
  size_t patients_length, labs_length;
  FILE *out = open_memstream(&patients, &patients_length);
  fprintf(out, "patient,practice,birth,sex,weight,town\n");
  for (int i = 0; i < N; i++) fprintf(out, "%s-%d,A,,,,\n", i % 7 ? "p" : "a-patient-with-a-long-id", i);
  fclose(out);
  write_bytes("patients.csv", patients, patients_length);
  out = open_memstream(&labs, &labs_length);
  fprintf(out, "patient,date,code,value,unit\n");
  for (unsigned row = 0, i = 0, n_unknown = 0; row < ROWS; row++) {
    bool ordered = row / 1000 % 2 == 0;
    i = ordered ? i + random_below(random_below(5) ? 4 : 40) : random_below(N + N / 10);
    if (ordered && i >= N) i = 0;
    n_unknown += i >= N;
    fprintf(out, "%s-%u,2024-01-01,NPU1,%u,mmol/mol\n", i % 7 ? "p" : "a-patient-with-a-long-id", i, i);
    if (row + 1 == ROWS) assert_true(n_unknown > 100);
  }
  fclose(out);
  write_bytes("labs.csv", labs, labs_length);
  read_folder();
  uint64_t n = count_at_their_patients();
  assert_int_equal(n + file_called("labs.csv")->unread[UNREAD_unknown_patient], ROWS);
  free(patients);
  free(labs);
}

static uint64_t told_done, told_all;
static void tell(void *context, uint64_t done, uint64_t all) {
  assert_ptr_equal(context, &told_done);
  told_done = done;
  told_all = all;
}

static void progress_ends_where_the_bytes_do(void **state) {
  (void)state;
  options.progress = tell;
  options.context = &told_done;
  write_file("services.csv", "patient,date,code\np1,2024-01-01,9999\n");
  read_folder();
  assert_int_equal(told_all, strlen(PATIENTS) + strlen("patient,date,code\np1,2024-01-01,9999\n"));
  assert_int_equal(told_done, told_all);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void) {
  const struct CMUnitTest tests[] = {
    IN_FOLDER(every_format_gives_the_same_rows),
    IN_FOLDER(letters_of_both_encodings_are_the_same),
    IN_FOLDER(a_file_larger_than_a_window),
    IN_FOLDER(lines_are_counted_through_quotes),
    IN_FOLDER(rows_are_counted_by_reason),
    IN_FOLDER(a_bad_cell_of_a_patient_is_empty),
    IN_FOLDER(a_patient_listed_twice),
    IN_FOLDER(a_result_that_no_measure_reads_is_counted_with_its_place),
    IN_FOLDER(the_first_text_is_told_but_never_an_id),
    IN_FOLDER(strict_stops_at_the_first_row),
    IN_FOLDER(a_file_that_is_not_what_it_seems_is_an_error),
    IN_FOLDER(a_whole_last_line_needs_no_end),
    IN_FOLDER(folders_and_files_that_are_not_there),
    IN_FOLDER(a_missing_table_is_empty_and_said),
    IN_FOLDER(practices_have_clusters),
    IN_FOLDER(a_practice_in_two_clusters_is_told),
    IN_FOLDER(spans_have_an_end),
    IN_FOLDER(units_cut_segments),
    IN_FOLDER(everything_is_kept_when_asked),
    IN_FOLDER(the_order_of_rows_and_columns_never_shows),
    IN_FOLDER(fields_behind_the_last_column_are_in_no_hash),
    IN_FOLDER(patients_are_found_wherever_they_come),
    IN_FOLDER(progress_ends_where_the_bytes_do),
  };
  return cmocka_run_group_tests(tests, make_image, free_image);
}
