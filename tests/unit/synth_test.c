/* synth_test.c: made-up data are the same everywhere, hang together, and never touch a file that is there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include "runtime/synth/chance.h"
#include "runtime/synth/sheet.h"
#include "runtime/synth/synth.h"

static const char *const names[] = {"patients",      "practices", "diagnoses", "labs",
                                    "prescriptions", "services",  "plans",     "enrolments"};
#define N_NAMES (sizeof names / sizeof *names)

/* ── a folder for each test, and its files ───────────────────────────────────────────────────────────────────────── */

static char base[64];

static int open_folder(void **state) {
  (void)state;
  strcpy(base, "/tmp/klynge-synth-XXXXXX");
  return mkdtemp(base) ? 0 : -1;
}

static const char *place(const char *folder, const char *name) {
  static char path[256];
  snprintf(path, sizeof path, "%s/%s%s%s", base, folder, *name ? "/" : "", name);
  return path;
}

static int count_entries(const char *path) {
  DIR *folder = opendir(path);
  int n = -2; /* . and .. */
  assert_non_null(folder);
  while (readdir(folder)) n++;
  closedir(folder);
  return n;
}

static void remove_all(const char *path) {
  DIR *folder = opendir(path);
  struct dirent *entry;
  while (folder && (entry = readdir(folder))) {
    char inner[512];
    snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    if (unlink(inner) != 0) remove_all(inner);
  }
  if (folder) closedir(folder);
  rmdir(path);
}

static int close_folder(void **state) {
  (void)state;
  remove_all(base);
  return 0;
}

/* The bytes of a file, ended by a NUL; the caller frees them. */
static char *read_all(const char *folder, const char *name, size_t *length) {
  char file[64];
  snprintf(file, sizeof file, "%s.csv", name);
  FILE *in = fopen(place(folder, file), "rb");
  assert_non_null(in);
  fseek(in, 0, SEEK_END);
  *length = (size_t)ftell(in);
  rewind(in);
  char *bytes = malloc(*length + 1);
  assert_int_equal(fread(bytes, 1, *length, in), *length);
  bytes[*length] = '\0';
  fclose(in);
  return bytes;
}

/* FNV-1a with 64 bits. */
static uint64_t hash_of(const char *folder, const char *name) {
  size_t length;
  char *bytes = read_all(folder, name, &length);
  uint64_t hash = UINT64_C(0xcbf29ce484222325);
  for (size_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
  free(bytes);
  return hash;
}

/* Makes a set that must succeed. */
static void make(const char *folder, struct synth_options options) {
  char path[256];
  int exit_code = -1;
  snprintf(path, sizeof path, "%s", place(folder, ""));
  options.folder = path;
  char *error = synth(&options, &exit_code);
  if (error) fail_msg("%s", error);
  assert_int_equal(exit_code, 0);
}

static struct synth_options small(void) {
  struct synth_options options = synth_defaults();
  options.patients = 300;
  options.practices = 4;
  return options;
}

/* ── the same everywhere ─────────────────────────────────────────────────────────────────────────────────────────── */

static void expect_hashes(const char *folder, const uint64_t expected[N_NAMES]) {
  for (size_t i = 0; i < N_NAMES; i++) {
    uint64_t hash = hash_of(folder, names[i]);
    if (hash != expected[i]) fail_msg("%s.csv has the hash %016llx", names[i], (unsigned long long)hash);
  }
}

/* Whoever changes what is made up puts the new hashes here, and makes examples/cluster anew. */
static void same_options_give_these_bytes(void **state) {
  (void)state;
  static const uint64_t plain[N_NAMES] = {
    UINT64_C(0xee5e547a10a58fa4), UINT64_C(0xb10b856f7cf2924d), UINT64_C(0xeb2f874b825c8546),
    UINT64_C(0xad2aa5e5108fcb3a), UINT64_C(0xda8a4145bcafbf40), UINT64_C(0x97d2820c5cdba5db),
    UINT64_C(0x8a473706f8aab759), UINT64_C(0x383d291a2cd09084)};
  static const uint64_t danish[N_NAMES] = {
    UINT64_C(0x27951251b175f834), UINT64_C(0xf84c586bf876e3b6), UINT64_C(0x9ef546b6861fd05e),
    UINT64_C(0x70839c65c044ac74), UINT64_C(0x9664e43285ff8296), UINT64_C(0xd2a4309db8751911),
    UINT64_C(0xbfcc34181e94f595), UINT64_C(0x8f44841c76d2c11e)};
  struct synth_options options = small();
  make("plain", options);
  expect_hashes("plain", plain);
  options.danish_format = true;
  make("danish", options);
  expect_hashes("danish", danish);
}

static void another_seed_gives_other_data(void **state) {
  (void)state;
  struct synth_options options = small();
  make("one", options);
  options.seed = 2;
  make("two", options);
  for (size_t i = 0; i < N_NAMES; i++)
    if (strcmp(names[i], "practices") != 0) assert_int_not_equal(hash_of("one", names[i]), hash_of("two", names[i]));
}

/* ── rows that hang together ─────────────────────────────────────────────────────────────────────────────────────── */

/* True for a day of the calendar, written as 2024-03-01. */
static bool is_date(const char *text, size_t length) {
  static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int year, month, day, end = 0;
  char copy[11] = "";
  if (length != 10) return false;
  memcpy(copy, text, 10);
  if (sscanf(copy, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 || end != 10) return false;
  if (month < 1 || month > 12 || day < 1 || day > days[month - 1]) return false;
  return month != 2 || day < 29 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

/* A cell of a row of plain CSV, from 0. */
static const char *cell_of(const char *row, int cell, size_t *length) {
  while (cell-- > 0) {
    row = strchr(row, ',');
    assert_non_null(row);
    row++;
  }
  *length = strcspn(row, ",\n");
  return row;
}

/* Checks that the cell is a date no later than the last day; empty only if it may be. */
static void expect_date(const char *name, const char *row, int cell, bool may_be_empty) {
  size_t length;
  const char *text = cell_of(row, cell, &length);
  if (length == 0 && may_be_empty) return;
  if (!is_date(text, length) || strncmp(text, "2024-06-30", 10) > 0)
    fail_msg("%s.csv: %.*s is no date up to 2024-06-30", name, (int)length, text);
}

static void tidy_rows_have_dates_and_known_patients(void **state) {
  (void)state;
  struct synth_options options = small();
  options.untidy = false;
  make("tidy", options);
  for (size_t i = 0; i < N_NAMES; i++) {
    size_t length;
    char *bytes = read_all("tidy", names[i], &length);
    for (char *row = strchr(bytes, '\n') + 1; *row; row = strchr(row, '\n') + 1) {
      bool patients = strcmp(names[i], "patients") == 0, spans = strcmp(names[i], "enrolments") == 0;
      if (strcmp(names[i], "practices") == 0) continue;
      assert_true(row[0] == 'P' && atoi(row + 1) >= 1 && atoi(row + 1) <= 300);
      expect_date(names[i], row, patients ? 2 : 1, false);
      if (patients) expect_date(names[i], row, 4, false);
      if (patients) expect_date(names[i], row, 5, true);
      if (spans) expect_date(names[i], row, 2, true);
    }
    free(bytes);
  }
}

static void patients_are_as_many_as_asked_for_and_each_once(void **state) {
  (void)state;
  make("set", small());
  size_t length;
  char *bytes = read_all("set", "patients", &length), *row = strchr(bytes, '\n') + 1;
  for (int i = 1; i <= 300; i++, row = strchr(row, '\n') + 1) {
    char id[16];
    snprintf(id, sizeof id, "P%05d,", i);
    assert_memory_equal(row, id, strlen(id));
  }
  assert_int_equal(*row, '\0');
  free(bytes);
}

static int count_text(const char *folder, const char *name, const char *text) {
  size_t length;
  char *bytes = read_all(folder, name, &length);
  int n = 0;
  for (const char *found = bytes; (found = strstr(found, text)); found += strlen(text)) n++;
  free(bytes);
  return n;
}

static void untidy_sets_hold_what_cannot_be_read(void **state) {
  (void)state;
  struct synth_options options = synth_defaults();
  make("untidy", options);
  options.untidy = false;
  make("tidy", options);
  static const char *const spoilt[] = {"\nX0", ",,NPU27300", "-02-30,", "annulleret", ",530,", ",7,mmol/L\n"};
  for (size_t i = 0; i < sizeof spoilt / sizeof *spoilt; i++) {
    assert_true(count_text("untidy", "labs", spoilt[i]) > 0);
    assert_int_equal(count_text("tidy", "labs", spoilt[i]), 0);
  }
}

static void results_are_censored_and_in_several_units(void **state) {
  (void)state;
  make("set", synth_defaults());
  static const char *const seen[] = {
    ",>90,mL/min/1.73m2\n", ",<9,mg/g\n", ",<1.0,mg/mmol\n", ",<5,mg/L\n", ",NPU03835,", ",%\n", "µmol/L\n"};
  for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
    if (count_text("set", "labs", seen[i]) == 0) fail_msg("no %s", seen[i]);
}

static void a_danish_export_has_its_own_signs(void **state) {
  (void)state;
  struct synth_options options = small();
  options.danish_format = true;
  make("danish", options);
  assert_int_equal(count_text("danish", "labs", "patient;date;code;value;unit\r\n"), 1);
  assert_int_equal(count_text("danish", "labs", "\xC2"), 0);
  assert_true(count_text("danish", "labs", "1,73m\xB2\r\n") > 0);
  assert_true(count_text("danish", "patients", "-2019;") > 0);
  make("plain", small());
  assert_int_equal(count_text("danish", "labs", "\n"), count_text("plain", "labs", "\n"));
}

/* ── how many practices and clusters ─────────────────────────────────────────────────────────────────────────────── */

static void practices_follow_from_the_patients(void **state) {
  (void)state;
  make("default", synth_defaults());
  assert_int_equal(count_text("default", "practices", ",C001,"), 12);
  struct synth_options options = small();
  options.clusters = 3;
  make("given", options);
  assert_int_equal(count_text("given", "practices", ",C001,"), 2);
  assert_int_equal(count_text("given", "practices", ",C002,"), 1);
  assert_int_equal(count_text("given", "practices", ",C003,"), 1);
}

static void one_patient_is_a_set(void **state) {
  (void)state;
  struct synth_options options = synth_defaults();
  options.patients = 1;
  make("one", options);
  assert_int_equal(count_text("one", "patients", "\n"), 2);
  assert_int_equal(count_text("one", "practices", "\n"), 2);
}

/* ── all or nothing ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* Runs options that must be refused, and gives nothing to look at but the exit code. */
static int refused(const char *folder, struct synth_options options) {
  char path[256];
  int exit_code = -1;
  snprintf(path, sizeof path, "%s", place(folder, ""));
  options.folder = path;
  char *error = synth(&options, &exit_code);
  assert_non_null(error);
  assert_true(strlen(error) > 10);
  free(error);
  return exit_code;
}

static void a_file_that_is_there_is_left_alone(void **state) {
  (void)state;
  assert_int_equal(mkdir(place("mine", ""), 0777), 0);
  FILE *file = fopen(place("mine", "services.csv"), "w");
  fputs("real", file);
  fclose(file);
  assert_int_equal(refused("mine", small()), 2);
  assert_int_equal(count_entries(place("mine", "")), 1);
  assert_int_equal(count_text("mine", "services", "real"), 1);
}

static void a_folder_that_cannot_be_made_is_an_error_of_the_system(void **state) {
  (void)state;
  assert_int_equal(refused("no/such", small()), 4);
  FILE *file = fopen(place("file", ""), "w");
  fclose(file);
  assert_int_equal(refused("file", small()), 4);
  assert_int_equal(count_entries(base), 1);
}

static void options_that_make_no_sense_are_refused(void **state) {
  (void)state;
  struct synth_options options = small();
  options.patients = 0;
  assert_int_equal(refused("x", options), 2);
  options = small();
  options.practices = 301;
  assert_int_equal(refused("x", options), 2);
  options = small();
  options.clusters = 5;
  assert_int_equal(refused("x", options), 2);
  options = small();
  options.diabetes = 1001;
  assert_int_equal(refused("x", options), 2);
  options = small();
  options.last_day = INT32_MAX;
  assert_int_equal(refused("x", options), 2);
  assert_int_equal(count_entries(base), 0);
}

/* A limit on the size of files stands in for a full disk. */
static void a_full_disk_leaves_nothing(void **state) {
  (void)state;
  struct rlimit before, tight;
  signal(SIGXFSZ, SIG_IGN);
  getrlimit(RLIMIT_FSIZE, &before);
  tight = before;
  tight.rlim_cur = 50000;
  setrlimit(RLIMIT_FSIZE, &tight);
  int exit_code = refused("full", synth_defaults());
  setrlimit(RLIMIT_FSIZE, &before);
  assert_int_equal(exit_code, 4);
  assert_int_equal(count_entries(base), 0);
}

static void only_the_files_are_left(void **state) {
  (void)state;
  make("set", small());
  assert_int_equal(count_entries(place("set", "")), N_NAMES);
}

/* ── chance ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void draws_stay_within_their_ends(void **state) {
  (void)state;
  struct chance chance = chance_open(1, 1, 1);
  bool low = false, high = false;
  for (int i = 0; i < 10000; i++) {
    int32_t drawn = chance_between(&chance, -3, 4);
    assert_in_range(drawn + 3, 0, 7);
    low |= drawn == -3;
    high |= drawn == 4;
    assert_false(chance_of(&chance, 0));
    assert_true(chance_of(&chance, 1000));
    assert_in_range(chance_normal(&chance, 1000, 100), 400, 1600);
  }
  assert_true(low && high);
}

static void a_power_doubles_every_256(void **state) {
  (void)state;
  assert_int_equal(chance_power(90, 0), 90);
  assert_int_equal(chance_power(90, 256), 180);
  assert_int_equal(chance_power(90, 512), 360);
  assert_int_equal(chance_power(90, 384), 270); /* half way between 180 and 360 */
  assert_int_equal(chance_power(90, -256), 45);
  assert_int_equal(chance_power(90, -128), 67); /* half way between 45 and 90, cut */
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, open_folder, close_folder)

int main(void) {
  const struct CMUnitTest tests[] = {
    IN_A_FOLDER(same_options_give_these_bytes),
    IN_A_FOLDER(another_seed_gives_other_data),
    IN_A_FOLDER(tidy_rows_have_dates_and_known_patients),
    IN_A_FOLDER(patients_are_as_many_as_asked_for_and_each_once),
    IN_A_FOLDER(untidy_sets_hold_what_cannot_be_read),
    IN_A_FOLDER(results_are_censored_and_in_several_units),
    IN_A_FOLDER(a_danish_export_has_its_own_signs),
    IN_A_FOLDER(practices_follow_from_the_patients),
    IN_A_FOLDER(one_patient_is_a_set),
    IN_A_FOLDER(a_file_that_is_there_is_left_alone),
    IN_A_FOLDER(a_folder_that_cannot_be_made_is_an_error_of_the_system),
    IN_A_FOLDER(options_that_make_no_sense_are_refused),
    IN_A_FOLDER(a_full_disk_leaves_nothing),
    IN_A_FOLDER(only_the_files_are_left),
    cmocka_unit_test(draws_stay_within_their_ends),
    cmocka_unit_test(a_power_doubles_every_256),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
