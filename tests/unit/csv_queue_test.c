/* csv_queue_test.c: folders are read by any number of threads, in parts of any size, as they are by one: the same store, and the same
 * is said. */
#include <fcntl.h>
#include "tests/unit/csv_folder.h"

static uint64_t random_state = 1;
static uint32_t random_below(uint32_t n) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(random_state >> 33) % n;
}

/* ── a reading as a text ─────────────────────────────────────────────────────────────────────────────────────────── */

/* The store if there is one, and all that is said; the caller frees it. */
static char *print_reading(void) {
  char *text = NULL, *stored = store ? print_store() : NULL;
  size_t length;
  FILE *out = open_memstream(&text, &length);
  fprintf(out, "error: %s\n%s", report.error ? report.error : "none", stored ? stored : "");
  for (uint32_t i = 0; i < report.n_files; i++) {
    const struct file_report *file = &report.files[i];
    fprintf(out, "%s%s %d rows, %d kept, %d not named\n", file->name, file->missing ? " (missing)" : "", (int)file->rows, (int)file->kept, (int)file->not_named);
    for (int r = 0; r < N_UNREAD; r++)
      if (file->unread[r]) fprintf(out, "  %s %d from line %d “%s”\n", unread_reasons[r].id, (int)file->unread[r], (int)file->first_line[r], file->first_text[r]);
  }
  for (uint32_t i = 0; i < report.n_warnings; i++) fprintf(out, "warning: %s\n", report.warnings[i]);
  for (uint32_t i = 0; i < report.n_lacking; i++) fprintf(out, "lacking: %s\n", report.lacking[i]);
  fprintf(out, "usual newest %d\n", report.usual_newest);
  fclose(out);
  free(stored);
  return text;
}

static void assert_stored(const char *line) {
  char *stored = print_store();
  assert_non_null(strstr(stored, line));
  free(stored);
}

static uint64_t told_done;
static void tell(void *context, uint64_t done, uint64_t all) {
  (void)context;
  assert_true(done >= told_done && done <= all);
  told_done = done;
}

static char *read_by(uint32_t threads, uint64_t small) {
  options.threads = threads;
  options.small = small;
  options.progress = tell;
  told_done = 0;
  read_folder();
  return print_reading();
}

/* What an error leaves of the files after it is told by none, since nobody has read them in their turn. */
static void assert_same_by_any_number_of_threads(void) {
  static const struct { uint32_t threads; uint64_t small; } ways[] = {{2, 1}, {3, 1}, {8, 1}, {2, 40}, {3, 300}, {2, 3000}, {5, 0}};
  char *alone = read_by(1, 0);
  uint64_t all = told_done;
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    char *together = read_by(ways[i].threads, ways[i].small);
    assert_string_equal(together, alone);
    if (store) assert_int_equal(told_done, all);
    free(together);
  }
  free(alone);
}

/* ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct sheet { FILE *out; char *text; size_t length; };

static struct sheet *open_sheet(struct sheet *sheet, const char *header) {
  sheet->out = open_memstream(&sheet->text, &sheet->length);
  fputs(header, sheet->out);
  return sheet;
}

static void close_sheet(struct sheet *sheet, const char *name) {
  fclose(sheet->out);
  write_bytes(name, sheet->text, sheet->length);
  free(sheet->text);
}

/* Many lines of labs, services, enrolments and plans; `odd` lines after which one is not read, in every file; 0 for none. */
static void write_files(int n, int odd) {
  struct sheet labs, services, enrolments, plans;
  open_sheet(&labs, "patient,date,code,value,unit\n");
  open_sheet(&services, "patient,date,code\n");
  open_sheet(&enrolments, "patient,from,to,code\n");
  open_sheet(&plans, "patient,date\n");
  for (int i = 0; i < n; i++) {
    bool is_odd = odd && i % odd == odd - 1;
    fprintf(labs.out, "p%d,20%02d-%02d-01,NPU%d,%s%d.%d,mmol/mol\n", 1 + i % 3, 10 + i % 14, 1 + i % 12, i % 5, is_odd ? "x" : "", i % 90, i % 10);
    fprintf(services.out, "p%d,2024-%02d-%02d,0%d\n", is_odd ? 9 : 1 + i % 3, 1 + i % 12, 1 + i % 28, i % 3);
    fprintf(enrolments.out, "p%d,2024-01-01,%s,DM%d\n", 1 + i % 3, is_odd ? "?" : "2024-02-01", i % 2);
    fprintf(plans.out, "p%d,%s\n", 1 + i % 3, is_odd ? "never" : "2023-03-04");
  }
  close_sheet(&labs, "labs.csv");
  close_sheet(&services, "services.csv");
  close_sheet(&enrolments, "enrolments.csv");
  close_sheet(&plans, "plans.csv");
}

static void append_to(const char *name, const char *text) {
  char path[160];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "ab");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
}

/* ── claims ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void many_parts_of_several_files(void **state) {
  (void)state;
  for (int keep_all = 0; keep_all < 2; keep_all++) {
    options.keep_all = keep_all;
    write_files(400, 0);
    assert_same_by_any_number_of_threads();
    assert_int_equal(file_called("enrolments.csv")->kept, 400);
  }
}

static void more_threads_than_rows(void **state) {
  (void)state;
  write_files(20, 3);
  char *alone = read_by(1, 0), *together = read_by(200, 1);
  assert_string_equal(together, alone);
  free(alone);
  free(together);
}

/* The usual parts have a megabyte and more: several windows each, and files that end within one. */
static void parts_of_the_usual_size(void **state) {
  (void)state;
  write_files(150000, 1000);
  assert_same_by_any_number_of_threads();
  assert_int_equal(file_called("labs.csv")->rows, 150000);
}

static void the_first_line_of_a_reason_is_that_of_the_file(void **state) {
  (void)state;
  write_files(400, 390);
  assert_same_by_any_number_of_threads();
  assert_int_equal(file_called("labs.csv")->first_line[UNREAD_bad_number], 391);
  assert_int_equal(file_called("services.csv")->first_line[UNREAD_unknown_patient], 391);
  assert_int_equal(file_called("enrolments.csv")->first_line[UNREAD_bad_date], 391);
  assert_string_equal(file_called("enrolments.csv")->first_text[UNREAD_bad_date], "?");
  assert_int_equal(report.n_lacking, 1);
  assert_string_equal(report.lacking[0], "plans.csv code");
}

static void an_error_in_the_last_part(void **state) {
  (void)state;
  write_files(400, 7);
  append_to("enrolments.csv", "p1,2024-01-01\n");
  assert_same_by_any_number_of_threads();
  assert_null(store);
  assert_non_null(strstr(report.error, "enrolments.csv:402:"));
  assert_int_equal(file_called("labs.csv")->rows, 400);
  assert_int_equal(file_called("plans.csv")->rows, 0);
}

/* Whoever finds one first: that of the earlier file is told, and nothing of a later one. */
static void the_first_file_with_an_error_wins(void **state) {
  (void)state;
  for (int small = 0; small < 2; small++) {
    write_files(400, 7);
    append_to("services.csv", "p1,2024-01-01\n");
    write_file("enrolments.csv", small ? "patient,from\n" : "patient,from,to,code\np1,2024-01-01,,DM,\"never closed\np1,2024-01-01,,DM\n");
    write_file("plans.csv", "");
    assert_same_by_any_number_of_threads();
    assert_non_null(strstr(report.error, "services.csv:402:"));
  }
}

/* Such a file is read by one thread, those before and after it by several. */
static void quotes_over_the_ends_of_parts(void **state) {
  (void)state;
  options.keep_all = true;
  for (int at = 0; at < 3; at++) {
    write_files(400, 11);
    struct sheet sheet;
    open_sheet(&sheet, "patient,date,code,note\n");
    for (int i = 0; i < 300; i++) {
      fprintf(sheet.out, "p%d,2024-01-%02d,0%d,", 1 + i % 3, 1 + i % 28, i % 4);
      if (i % 150 == 100) for (int line = 0; line < 200; line++) fprintf(sheet.out, line ? "p1,2024-01-01,01,x\n" : "\"");
      fputs(i % 150 == 100 ? "\"\n" : i % 40 == 7 ? "\"a\n\"\"b\"\n" : "\n", sheet.out);
    }
    close_sheet(&sheet, at == 0 ? "services.csv" : at == 1 ? "plans.csv" : "labs.csv");
    if (at == 2) write_file("labs.csv", "patient,date,code,value,unit\np1,2024-01-01,NPU1,5,\"mg\nL\"\np2,2024-01-01,NPU1,5,\"mg\nL\"\np3,x,NPU1,5,\"\n\n\"\n");
    assert_same_by_any_number_of_threads();
    assert_non_null(store);
    if (at == 2) assert_stored("NPU1 [mg L] n1 p1:19723=5 p2:19723=5\n");
    if (at == 2) assert_int_equal(file_called("labs.csv")->first_line[UNREAD_bad_date], 6);
    else assert_int_equal(file_called(at == 0 ? "services.csv" : "plans.csv")->rows, 300);
  }
}

static void files_that_cannot_be_cut(void **state) {
  (void)state;
  char path[160];
  write_files(400, 7);
  snprintf(path, sizeof path, "%s/services.csv", folder);
  assert_int_equal(unlink(path), 0);
  assert_same_by_any_number_of_threads();
  assert_true(file_called("services.csv")->missing);
  assert_int_equal(mkdir(path, 0700), 0);
  assert_same_by_any_number_of_threads();
  assert_non_null(strstr(report.error, "services.csv: "));
}

/* A unit or a code that only rows have that are not read is in no store. */
static void texts_of_rows_that_are_not_read(void **state) {
  (void)state;
  write_file("labs.csv", "patient,date,code,value,unit\n"
                         "p1,2024-01-01,NPU1,5,mmol/mol\n"
                         "p1,2024-01-02,NPU\x01,5,stone\n"
                         "p1,2024-01-03,NPU7,5,mg\x02\n"
                         "p1,2024-01-04,NPU1,6,mmol/mol\n");
  assert_same_by_any_number_of_threads();
  assert_int_equal(file_called("labs.csv")->unread[UNREAD_bad_text], 2);
  assert_true(store_find_text(store, "mmol/mol") < UINT32_MAX && store_find_text(store, "NPU1") < UINT32_MAX);
  assert_int_equal(store_find_text(store, "stone"), UINT32_MAX);
  assert_int_equal(store_find_text(store, "NPU7"), UINT32_MAX);
}

static void data_that_end_before_1970(void **state) {
  (void)state;
  write_file("services.csv", "patient,date,code\np1,1960-03-04,01\np2,1969-12-30,01\np9,1969-12-31,02\np1,1950-01-01,01\n");
  assert_same_by_any_number_of_threads();
  assert_int_equal(store->newest, -1);
  assert_int_equal(report.usual_newest, -1);
}

static void add_result(struct image_writer *writer, const char *name, uint32_t table, uint32_t key, uint32_t value, const char *prefix) {
  struct image_part part = {.table = table, .key = key, .value = value, .selector = add_prefix(writer, prefix)};
  struct image_stream stream = {.name = image_writer_text(writer, name), .kind = STREAM_SERIES, .n_parts = 1};
  stream.first_part = add_in_unit(writer, part, (struct in_unit){"mg/L", 1, 0.5, 500});
  image_writer_add(writer, SECTION_streams, &stream, sizeof stream);
}

/* A table that is cut by two columns, code and kind: events, or results in mg/L. */
static void *make_two_keys(struct image *two, bool results) {
  struct image_writer *writer = image_writer_open();
  add_patients(writer);
  uint32_t first = add_column(writer, "date", COLUMN_DATE);
  uint32_t code = add_column(writer, "code", COLUMN_CODE), kind = add_column(writer, "kind", COLUMN_TEXT);
  uint32_t value = results ? add_column(writer, "value", COLUMN_NUMBER) : 0;
  if (results) add_column(writer, "unit", COLUMN_UNIT);
  uint32_t services = add_table(writer, "services", first, results ? 5 : 3);
  if (results) {
    add_result(writer, "by_code", services, code, value, "01");
    add_result(writer, "by_kind", services, kind, value, "v");
  } else {
    add_stream(writer, "review", STREAM_EVENTS, services, code, IMAGE_NONE, add_prefix(writer, "01"));
    add_stream(writer, "visit", STREAM_EVENTS, services, kind, IMAGE_NONE, add_prefix(writer, "v"));
  }
  size_t length;
  void *bytes = image_writer_close(writer, 0, &length);
  assert_null(image_open(bytes, length, two));
  return bytes;
}

static void a_row_is_in_all_of_its_tables_or_in_none(void **state) {
  (void)state;
  struct image two, usual = image;
  void *bytes = make_two_keys(&two, false);
  image = two;
  write_file("services.csv", "patient,date,code,kind\np1,2024-01-01,0120,visit\np1,2024-01-02,0120,v\x01\np1,2024-01-03,01\x02,visit\np2,2024-01-04,99,visit\np2,2024-01-05,0120,x\n");
  assert_same_by_any_number_of_threads();
  const struct file_report *file = file_called("services.csv");
  assert_true(file->kept == 3 && file->unread[UNREAD_bad_text] == 2);
  assert_stored("0120 [] n0 p1:19723 p2:19727\n");
  assert_stored("visit [] n0 p1:19723 p2:19726\n");
  image = usual;
  forget();
  free(bytes);
}

/* However many of its tables have something to say of a row, it is one row. */
static void what_is_said_of_a_row_is_said_once(void **state) {
  (void)state;
  struct image two, usual = image;
  void *bytes = make_two_keys(&two, true);
  image = two;
  write_file("services.csv", "patient,date,code,kind,value,unit\np1,2024-01-01,0120,visit,5,mg/L\np1,2024-01-02,0120,visit,5,stone\np1,2024-01-03,0120,visit,5000,mg/L\n"
                             "p2,2024-01-04,0120,visit,5,\np2,2024-01-05,0120,x,5000,mg/L\n");
  assert_same_by_any_number_of_threads();
  const struct file_report *file = file_called("services.csv");
  assert_int_equal(file->kept, 5);
  assert_true(file->unread[UNREAD_other_unit] == 1 && file->unread[UNREAD_implausible] == 2 && file->unread[UNREAD_no_unit] == 1);
  image = usual;
  forget();
  free(bytes);
}

/* What stands in quotes keeps its tab, what does not loses it, whichever was read before in the same part: of the same words they are two
 * units, and the second one is that of rows without quotes. A line break within an id is a space, and so is it in every file. */
static void quoted_and_bare_cells_of_the_same_words(void **state) {
  (void)state;
  struct sheet labs, services;
  write_file("patients.csv", PATIENTS "\"q\t1\",B,,,,\n");
  open_sheet(&labs, "patient,date,code,value,unit\np1,2024-01-01,NPU1,7,\"\tu\"\n");
  open_sheet(&services, "patient,date,code\n");
  for (int i = 0; i < 9000; i++) fprintf(labs.out, "p1,2024-01-01,DNK1,7,x\n");
  for (int i = 0; i < 600; i++) fprintf(labs.out, i % 3 < 2 ? "p1,2024-01-02,NPU1,7,\tu\n" : "p1,2024-01-02,NPU1,7,u\t\n");
  for (int i = 0; i < 900; i++) fprintf(services.out, i % 100 == 50 ? "p1,2024-01-02,s\xc3\xa5r\n" : "\"q\t1\",2024-01-02,01\n");
  close_sheet(&labs, "labs.csv");
  close_sheet(&services, "services.csv");
  assert_same_by_any_number_of_threads();
  assert_stored("NPU1 [ u] n1 p1:19723=7\n");
  assert_int_equal(file_called("services.csv")->unread[UNREAD_unknown_patient], 0);
  assert_int_equal(file_called("services.csv")->kept, 900);
}

/* Bytes that this process has asked the system for; 0 where it does not count them. */
static uint64_t bytes_asked_for(void) {
  char text[64] = "";
  int counts = open("/proc/self/io", O_RDONLY);
  ssize_t n = counts < 0 ? 0 : read(counts, text, sizeof text - 1);
  if (counts >= 0) close(counts);
  return n > 0 && strncmp(text, "rchar: ", 7) == 0 ? strtoull(text + 7, NULL, 10) : 0;
}

/* A file's encoding is that of all of it, however many read a part of it; and it is looked for once, and not by each of them. */
static void letters_beyond_ascii_in_many_parts(void **state) {
  (void)state;
  enum { LINES = 60000, PART = 1 << 16 };
  for (int windows = 0; windows < 2; windows++) {
    struct sheet services;
    open_sheet(&services, "patient,date,code\n");
    for (int i = 0; i < LINES; i++) fprintf(services.out, "p%d,2024-01-%02d,%s\n", 1 + i % 3, 1 + i % 28, windows && i == LINES - 1 ? "s\xe5r" : windows ? "01" : "sår");
    uint64_t size = (uint64_t)ftell(services.out);
    close_sheet(&services, "services.csv");
    char *alone = read_by(1, 0);
    assert_stored(windows ? "sår [] n0 p3:" : "sår [] n0 p1:");
    uint64_t before = bytes_asked_for();
    char *together = read_by(2, PART);
    assert_string_equal(together, alone);
    /* Each part begins with a window for the header, twice its own size; two threads may look for the encoding at the same time. */
    if (before > 0) assert_in_range(bytes_asked_for() - before, size, 6 * size);
    free(alone);
    free(together);
  }
}

/* Rows of every sort, some of them wrong, with quotes where they please. */
static void write_anything(const char *name, const char *header, const char *tail) {
  static const char *const ids[] = {"p1", "p2", "p3", "p9", "", "\"p1\"", " p2"}, *const dates[] = {"2024-03-01", "01-03-2024", "2023-12-31T10:00", "2024-02-30", "", "\"2024-01-01\""},
                    *const codes[] = {"NPU1", "01", "DNK2", "CRP", "sår", "s\xe5r", "\"NPU\n2\"", "\"0,1\"", "N\"PU\""}, *const ends[] = {"\n", "\n", "\n", "\r\n", "\n\n"};
  struct sheet sheet;
  open_sheet(&sheet, header);
  bool wild = random_below(3) == 0;
  for (uint32_t n = random_below(60); n > 0; n--) {
    uint32_t plain = wild ? 0 : 3;
    fprintf(sheet.out, "%s,%s,%s%s%s", ids[random_below(7 - plain)], dates[random_below(6)], codes[random_below(9 - plain)], tail, n > 1 || random_below(2) ? ends[random_below(5)] : "");
    if (wild && random_below(150) == 0) fputs(random_below(2) ? "\"" : "p1,2024-01-01\n", sheet.out);
  }
  close_sheet(&sheet, name);
}

static void anything_is_read_alike(void **state) {
  (void)state;
  int n_errors = 0, n_rounds = 200;
  for (int round = 0; round < n_rounds; round++) {
    options.keep_all = random_below(2);
    write_anything("labs.csv", "patient,date,code,value,unit\n", random_below(2) ? ",5,mg/L" : ",\"7\",");
    write_anything("services.csv", random_below(2) ? "patient,date,code\n" : "\"patient\",\"date\",\"code\"\r\n", "");
    write_anything("plans.csv", random_below(2) ? "patient,date,note,code\n" : "patient,date,\"a\n\nnote\",code\n", ",01");
    assert_same_by_any_number_of_threads();
    n_errors += store == NULL;
  }
  assert_true(n_errors > n_rounds / 20 && n_errors < n_rounds / 2);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void) {
  const struct CMUnitTest tests[] = {
    IN_FOLDER(many_parts_of_several_files),
    IN_FOLDER(more_threads_than_rows),
    IN_FOLDER(parts_of_the_usual_size),
    IN_FOLDER(the_first_line_of_a_reason_is_that_of_the_file),
    IN_FOLDER(an_error_in_the_last_part),
    IN_FOLDER(the_first_file_with_an_error_wins),
    IN_FOLDER(quotes_over_the_ends_of_parts),
    IN_FOLDER(files_that_cannot_be_cut),
    IN_FOLDER(texts_of_rows_that_are_not_read),
    IN_FOLDER(data_that_end_before_1970),
    IN_FOLDER(a_row_is_in_all_of_its_tables_or_in_none),
    IN_FOLDER(what_is_said_of_a_row_is_said_once),
    IN_FOLDER(quoted_and_bare_cells_of_the_same_words),
    IN_FOLDER(letters_beyond_ascii_in_many_parts),
    IN_FOLDER(anything_is_read_alike),
  };
  return cmocka_run_group_tests(tests, make_image, free_image);
}
