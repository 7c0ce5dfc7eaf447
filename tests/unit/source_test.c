/* source_test.c: offsets to lines and columns, and files that cannot be read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "lang/memory.h"
#include "lang/source/source.h"

static const struct source *of(const char *text) { return source_of_text("a.kly", text, strlen(text)); }

static void assert_position(const struct source *source, const char *at, size_t line, size_t column) {
  size_t found_line, found_column;
  source_position(source, (size_t)(strstr(source->text, at) - source->text), &found_line, &found_column);
  assert_int_equal(found_line, line);
  assert_int_equal(found_column, column);
}

static void columns_count_letters(void **state) {
  (void)state;
  const struct source *source = of("ab\næøå x\n\n€😀 y");
  assert_position(source, "ab", 1, 1);
  assert_position(source, "x", 2, 5);
  assert_position(source, "y", 4, 4);
}

static void byte_order_mark_is_no_letter(void **state) {
  (void)state;
  const struct source *source = of("\xEF\xBB\xBF" "ab\ncd");
  assert_position(source, "b\n", 1, 2);
  assert_position(source, "d", 2, 2);
  assert_int_equal(source_line(source, 4).from, 3);
}

static void line_without_its_end(void **state) {
  (void)state;
  const struct source *source = of("one\r\ntwo\n\nlast");
  struct place first = source_line(source, 1), empty = source_line(source, 9), last = source_line(source, 14);
  assert_int_equal(first.from, 0);
  assert_int_equal(first.to, 3);
  assert_int_equal(empty.from, empty.to);
  assert_int_equal(last.from, 10);
  assert_int_equal(last.to, 14);
}

static void empty_source_has_a_place(void **state) {
  (void)state;
  const struct source *source = of("");
  assert_position(source, "", 1, 1);
  assert_int_equal(source_line(source, 0).to, 0);
  assert_int_equal(source_bad_utf8(source), 0);
}

static void first_byte_that_is_not_utf8(void **state) {
  (void)state;
  static const struct { const char *text; size_t bad; } cases[] = {
    { "plain", 5 }, { "æøå €😀", 14 }, { "a\xE5", 1 }, { "a\xC3", 1 }, { "\xC0\x80", 0 }, { "ab\xE0\x80\x80", 2 },
    { "\xED\xA0\x80", 0 }, { "\xF4\x90\x80\x80", 0 }, { "\xF0\x9F\x98", 0 }, { "\x80", 0 },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_int_equal(source_bad_utf8(of(cases[i].text)), cases[i].bad);
  }
}

static void every_offset_of_a_long_file(void **state) {
  (void)state;
  enum { LINES = 10000 };
  char *text = memory_bytes(LINES * 4 + 1);
  for (int i = 0; i < LINES; i++) memcpy(text + 4 * i, "abc\n", 4);
  const struct source *source = source_of_text("a.kly", text, LINES * 4);
  for (size_t offset = 0; offset < LINES * 4; offset++) {
    size_t line, column;
    source_position(source, offset, &line, &column);
    assert_int_equal(line, offset / 4 + 1);
    assert_int_equal(column, offset % 4 + 1);
  }
}

static void reads_a_file_whole(void **state) {
  (void)state;
  char path[] = "/tmp/source_test_XXXXXX";
  int handle = mkstemp(path);
  assert_true(handle >= 0);
  FILE *out = fdopen(handle, "wb");
  for (int i = 0; i < 100000; i++) fputs("æ\n", out);
  fclose(out);
  const char *error = NULL;
  const struct source *source = source_read(path, &error);
  unlink(path);
  assert_non_null(source);
  assert_int_equal(source->length, 300000);
  assert_int_equal(source->n_lines, 100001);
  assert_string_equal(source->path, path);
  assert_int_equal(source->text[source->length], 0);
}

static void says_why_a_file_cannot_be_read(void **state) {
  (void)state;
  const char *error = NULL;
  assert_null(source_read("/there/is/no/such.kly", &error));
  assert_string_equal(error, "/there/is/no/such.kly: there is no file of this name");
  assert_null(source_read("/", &error));
  assert_string_equal(error, "/: this is a folder: name a file in it");
  assert_null(source_read("/dev/zero", &error));
  assert_string_equal(error, "/dev/zero: this file is longer than 16 MB: it is no rule file");
}

int main(void) {
  memory_start(abort);
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(columns_count_letters),
    cmocka_unit_test(byte_order_mark_is_no_letter),
    cmocka_unit_test(line_without_its_end),
    cmocka_unit_test(empty_source_has_a_place),
    cmocka_unit_test(first_byte_that_is_not_utf8),
    cmocka_unit_test(every_offset_of_a_long_file),
    cmocka_unit_test(reads_a_file_whole),
    cmocka_unit_test(says_why_a_file_cannot_be_read),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
