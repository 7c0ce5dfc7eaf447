/* webpage_test.c: the page is whole HTML whatever stands in the texts, and says nothing that may not be seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "runtime/webpage/webpage.h"

#define FIGURE(n, of, unknown, value) "{\"population\": 40, \"denominator\": " of ", \"numerator\": " n ", \"unknown\": " unknown ", \"value\": " value ", \"low\": " value ", \"high\": " value "}"
static const char RESULT[] =
  "{\"format\": \"klynge result\", \"version\": 1, \"language\": \"en\", \"program\": \"0.1.0\", \"data\": \"ab\", \"as_of\": \"2024-06-01\", \"compared_with\": \"2023-06-01\", \"suppress\": 5, \"identified\": false,"
  "\"packs\": [{\"pack\": \"p\", \"language\": \"da\", \"title\": \"A <b>pack</b> & \\\"more\\\"\", \"about\": \"</script><script>alert(1)</script>\", \"rules\": \"cd\","
  "\"indicators\": [{\"indicator\": \"a\", \"title\": \"</title><img src=x>\", \"kind\": \"share\", \"better\": \"lower\"}],"
  "\"clusters\": [{\"cluster\": \"C1\", \"population\": 80, \"practices\": [{\"practice\": \"A\\\" onload=\\\"x\", \"population\": 40}, {\"practice\": \"B\", \"population\": 40}],"
  "\"figures\": [{\"indicator\": \"a\", \"all\": " FIGURE("10", "40", "3", "0.25") ", \"practices\": [" FIGURE("\"<5\"", "\"hidden\"", "\"hidden\"", "null") ", " FIGURE("10", "40", "3", "0.25") "],"
  "\"before\": {\"all\": " FIGURE("15", "40", "3", "0.375") ", \"practices\": [" FIGURE("0", "0", "0", "null") ", " FIGURE("2", "4", "0", "0.5") "]},"
  "\"change\": {\"all\": {\"change\": -0.125, \"low\": -0.3, \"high\": 0.1}, \"practices\": [{\"change\": null, \"low\": null, \"high\": null},"
  " {\"change\": -0.25, \"low\": -0.6, \"high\": 0.2}]}}]}]}]}";

static char *page_of_result(void) {
  char *error, path[] = "/tmp/klynge-page-XXXXXX";
  static char bytes[200000];
  struct meetings *meetings = meetings_read(RESULT, strlen(RESULT), &error);
  if (!meetings) fail_msg("%s", error);
  int made = mkstemp(path);
  assert_true(made >= 0);
  close(made);
  assert_true(webpage_write(&meetings->all[0], path, &error));
  FILE *file = fopen(path, "rb");
  size_t length = fread(bytes, 1, sizeof bytes - 1, file);
  fclose(file);
  unlink(path);
  bytes[length] = '\0';
  meetings_free(meetings);
  return bytes;
}

static size_t count(const char *text, const char *piece) {
  size_t n = 0;
  for (const char *at = strstr(text, piece); at; at = strstr(at + 1, piece)) n++;
  return n;
}

static void texts_are_nothing_but_text(void **state) {
  const char *page = page_of_result();
  (void)state;
  assert_int_equal(count(page, "<script>"), 1);
  assert_int_equal(count(page, "<img"), 0);
  assert_int_equal(count(page, "<b>"), 0);
  assert_int_equal(count(page, "\" onload"), 0);
  assert_true(count(page, "A &lt;b&gt;pack&lt;/b&gt; &amp; &quot;more&quot;") >= 2);
}

static void texts_of_the_pack_are_marked_with_its_language(void **state) {
  const char *page = page_of_result();
  (void)state;
  assert_int_equal(count(page, "<html lang=\"en\">"), 1);
  assert_int_equal(count(page, "<h1 lang=\"da\">A &lt;b&gt;pack"), 1);
  assert_int_equal(count(page, "<h2 id=\"i0\" lang=\"da\">"), 1);
  assert_int_equal(count(page, "<p lang=\"da\">&lt;/script&gt;"), 1);
  assert_int_equal(count(page, "lang=\"da\""), 5);
}

/* Before there were four of them. */
static void of_few_patients_no_change_is_told(void **state) {
  const char *page = page_of_result();
  (void)state;
  assert_true(count(page, "12.5 percentage points") > 0);
  assert_int_equal(count(page, "25.0 percentage points"), 0);
}

static void what_is_opened_is_closed(void **state) {
  static const char *const elements[] = {"table", "tr", "td", "th", "section", "svg", "g", "ul", "li", "details", "p", "h2", "div", "main", "header", "footer"};
  const char *page = page_of_result();
  (void)state;
  for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
    char open[32], open_with[32], close_it[32];
    snprintf(open, sizeof open, "<%s>", elements[i]);
    snprintf(open_with, sizeof open_with, "<%s ", elements[i]);
    snprintf(close_it, sizeof close_it, "</%s>", elements[i]);
    assert_int_equal(count(page, open) + count(page, open_with), count(page, close_it));
  }
}

static void what_is_hidden_has_no_number(void **state) {
  const char *page = page_of_result(), *row = strstr(page, "<tr data-practice=\"A");
  char cells[1000];
  (void)state;
  assert_non_null(row);
  snprintf(cells, sizeof cells, "%.*s", (int)(strstr(row, "</tr>") - row), row);
  assert_non_null(strstr(cells, "&lt;5 of hidden"));
  assert_null(strstr(cells, "data-value"));
}

static void what_may_be_seen_is_sorted_by_its_number(void **state) {
  const char *page = page_of_result(), *row = strstr(page, "<tr data-practice=\"B");
  char cells[1000];
  (void)state;
  assert_non_null(row);
  snprintf(cells, sizeof cells, "%.*s", (int)(strstr(row, "</tr>") - row), row);
  assert_string_equal(strstr(cells, "<td"), "<td data-value=\"0.25\">25.0%</td><td data-value=\"0.25\">25–25%</td>"
                                            "<td data-value=\"10\">10 of 40</td><td data-value=\"3\">3</td>");
}

/* The highest end of an interval is 25 %: the axis goes to 30 %. */
static void the_axis_is_round(void **state) {
  const char *page = page_of_result(), *axis = strstr(page, "class=\"axis\"");
  (void)state;
  assert_non_null(axis);
  for (const char *const *label = (const char *const[]){">0%<", ">10%<", ">20%<", ">30%<", NULL}; *label; label++) {
    axis = strstr(axis, *label);
    assert_non_null(axis);
  }
  assert_non_null(strstr(page, "cx=\"83.33%\""));
}

static void nothing_is_asked_of_a_network(void **state) {
  const char *page = page_of_result();
  (void)state;
  assert_int_equal(count(page, "http://") + count(page, "https://"), 0);
  assert_int_equal(count(page, "default-src 'none'"), 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_are_nothing_but_text),
      cmocka_unit_test(texts_of_the_pack_are_marked_with_its_language),
      cmocka_unit_test(of_few_patients_no_change_is_told),
      cmocka_unit_test(what_is_opened_is_closed),
      cmocka_unit_test(what_is_hidden_has_no_number),
      cmocka_unit_test(what_may_be_seen_is_sorted_by_its_number),
      cmocka_unit_test(the_axis_is_round),
      cmocka_unit_test(nothing_is_asked_of_a_network),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
