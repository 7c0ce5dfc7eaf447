/* lists_test.c: the file of a practice: whole or not there, its owner's alone, the same bytes each time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "runtime/lists/lists.h"
#include "runtime/memory/memory.h"
#include "runtime/ooxml/ooxml.h"

static const struct lists_patient PATIENTS[] = {{"0007", 0, "woman"}, {"=1", -20000, ""}, {"z", -40000, "man"}};
static const char *HEADS[] = {"HbA1c, mmol/mol", "LDL"};
static const struct lists_cell CELLS[][2] = {{{.kind = LISTS_NUMBER, .number = 63.5}, {.kind = LISTS_NOTHING}}, {{.kind = LISTS_TEXT, .text = "<9"}, {.kind = LISTS_NOTHING}}};
static const struct lists_row ROWS[] = {{2, "a\nb", CELLS[0]}, {0, "c", CELLS[1]}}, MORE[] = {{2, "d", CELLS[1]}, {1, "e", CELLS[1]}};


static struct lists_practice practice_of(const struct lists_list lists[2]) {
  return (struct lists_practice){.id = "P1", .name = "", .changed = "", .index = 19875, .patients = PATIENTS, .n_patients = 3, .lists = lists, .n_lists = 2};
}
static const struct lists_list LISTS[] = {
    {.title = "One [1]", .pack = "P", .indicator = "I", .heads = HEADS, .n_columns = 2, .rows = ROWS, .n_rows = 2, .n_unknown = 1},
    {.title = "Two", .pack = "P", .indicator = "J", .heads = HEADS, .n_columns = 0, .rows = MORE, .n_rows = 2}};

static char *bytes_of(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  char *bytes = memory_take(200000, 1);
  *length = fread(bytes, 1, 200000, file);
  fclose(file);
  return bytes;
}

static size_t count(const char *text, const char *piece) {
  size_t n = 0;
  for (const char *at = strstr(text, piece); at; at = strstr(at + 1, piece)) n++;
  return n;
}

/* A part of the file, ended by a NUL; freed by the caller. */
static char *part_of(const char *path, const char *name) {
  char *error;
  struct package *package = package_open(path, &error);
  assert_non_null(package);
  struct part *part = package_find(package, name);
  assert_non_null(part);
  size_t length;
  const char *bytes = part_bytes(part, &length);
  char *text = memory_text(bytes, length);
  package_free(package);
  return text;
}

static int in_a_folder(void **state) {
  char *folder = memory_text("/tmp/klynge-lists-XXXXXX", 24);
  *state = folder;
  return mkdtemp(folder) ? 0 : 1;
}
static int folder_gone(void **state) {
  char command[128];
  snprintf(command, sizeof command, "rm -rf %s", (char *)*state);
  int wrong = system(command);
  free(*state);
  return wrong;
}
static void path_in(void **state, const char *name, char path[128]) { snprintf(path, 128, "%s/%s", (char *)*state, name); }

static void only_its_owner_reads_it(void **state) {
  struct lists_practice practice = practice_of(LISTS);
  char path[128], *error;
  struct stat what;
  path_in(state, "a.xlsx", path);
  mode_t mask = umask(0);
  fclose(fopen(path, "w"));
  assert_true(lists_write(&practice, path, &error));
  umask(mask);
  assert_int_equal(stat(path, &what), 0);
  assert_int_equal(what.st_mode & 07777, 0600);
}

static void the_same_practice_gives_the_same_bytes(void **state) {
  struct lists_practice practice = practice_of(LISTS);
  char path[128], other[128], *error;
  size_t n, m;
  path_in(state, "a.xlsx", path);
  path_in(state, "b.xlsx", other);
  assert_true(lists_write(&practice, path, &error) && lists_write(&practice, other, &error));
  char *a = bytes_of(path, &n), *b = bytes_of(other, &m);
  assert_int_equal(n, m);
  assert_memory_equal(a, b, n);
  free(a);
  free(b);
}

static void what_cannot_be_placed_leaves_nothing(void **state) {
  struct lists_practice practice = practice_of(LISTS);
  char path[128], beside[160], *error;
  path_in(state, "nowhere/a.xlsx", path);
  assert_false(lists_write(&practice, path, &error));
  assert_non_null(error);
  free(error);
  path_in(state, "taken", path);
  assert_int_equal(mkdir(path, 0700), 0);
  assert_false(lists_write(&practice, path, &error));
  free(error);
  snprintf(beside, sizeof beside, "%s.%ld.part", path, (long)getpid());
  assert_int_not_equal(access(beside, F_OK), 0);
}

static void who_is_on_most_lists_stands_first(void **state) {
  struct lists_practice practice = practice_of(LISTS);
  char path[128], *error;
  path_in(state, "a.xlsx", path);
  assert_true(lists_write(&practice, path, &error));
  char *texts = part_of(path, "xl/sharedStrings.xml");
  const char *z = strstr(texts, "<t>z</t>"), *seven = strstr(texts, "<t>0007</t>"), *formula = strstr(texts, "<t>=1</t>");
  assert_true(z && seven && formula && z < seven && seven < formula);
  free(texts);
}

static void a_column_that_is_empty_is_not_shown(void **state) {
  struct lists_practice practice = practice_of(LISTS);
  char path[128], *error;
  path_in(state, "a.xlsx", path);
  assert_true(lists_write(&practice, path, &error));
  char *texts = part_of(path, "xl/sharedStrings.xml"), *sheet = part_of(path, "xl/worksheets/sheet2.xml");
  assert_int_equal(count(texts, "HbA1c, mmol/mol"), 1);
  assert_int_equal(count(texts, "LDL"), 0);
  assert_int_equal(count(sheet, "<v>63.5</v>"), 1);
  assert_int_equal(count(texts, "Of 1 more patient it is not known."), 1);
  free(texts);
  free(sheet);
}

/* Letters of three bytes, so that a cut by bytes could fall inside one. */
static void what_is_too_long_for_a_cell_is_cut_between_letters(void **state) {
  size_t n = 20000;
  char path[128], *error, *reason = memory_take(3 * n + 1, 1);
  for (size_t i = 0; i < n; i++) memcpy(reason + 3 * i, "…", 3);
  const struct lists_row row = {0, reason, CELLS[0]};
  const struct lists_list lists[] = {{.title = "L", .pack = "P", .indicator = "I", .heads = HEADS, .n_columns = 2, .rows = &row, .n_rows = 1}, LISTS[1]};
  struct lists_practice practice = practice_of(lists);
  path_in(state, "a.xlsx", path);
  assert_true(lists_write(&practice, path, &error));
  char *texts = part_of(path, "xl/sharedStrings.xml");
  assert_in_range(count(texts, "…"), 10000, 11000);
  free(texts);
  free(reason);
}

static void what_is_changed_stands_on_every_sheet(void **state) {
  struct lists_practice practice = practice_of(LISTS);
  char path[128], *error;
  practice.changed = "Changed: 53";
  path_in(state, "a.xlsx", path);
  assert_true(lists_write(&practice, path, &error));
  char *texts = part_of(path, "xl/sharedStrings.xml"), *sst = strstr(texts, " count=\"");
  assert_int_equal(count(texts, "Changed: 53"), 1);
  practice.changed = "";
  assert_true(lists_write(&practice, path, &error));
  char *without = part_of(path, "xl/sharedStrings.xml"), *less = strstr(without, " count=\"");
  assert_int_equal(count(without, "Changed: 53"), 0);
  assert_non_null(sst);
  assert_non_null(less);
  assert_int_equal(strtol(sst + 8, NULL, 10) - strtol(less + 8, NULL, 10), 3); /* that of all, and of either list */
  free(texts);
  free(without);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(only_its_owner_reads_it, in_a_folder, folder_gone),
    cmocka_unit_test_setup_teardown(the_same_practice_gives_the_same_bytes, in_a_folder, folder_gone),
    cmocka_unit_test_setup_teardown(what_cannot_be_placed_leaves_nothing, in_a_folder, folder_gone),
    cmocka_unit_test_setup_teardown(who_is_on_most_lists_stands_first, in_a_folder, folder_gone),
    cmocka_unit_test_setup_teardown(a_column_that_is_empty_is_not_shown, in_a_folder, folder_gone),
    cmocka_unit_test_setup_teardown(what_is_too_long_for_a_cell_is_cut_between_letters, in_a_folder, folder_gone),
    cmocka_unit_test_setup_teardown(what_is_changed_stands_on_every_sheet, in_a_folder, folder_gone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
