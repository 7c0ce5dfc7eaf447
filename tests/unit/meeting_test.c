/* meeting_test.c: a result's JSON is read back as it was written, and what is no such result is an error and nothing worse. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "runtime/image/dates.h"
#include "runtime/meeting/meeting.h"

#define FIGURE(n, of) "{\"population\": 40, \"denominator\": " of ", \"numerator\": " n ", \"unknown\": 0, \"value\": 0.25, \"low\": 0.1, \"high\": 0.5}"
#define BEGIN "{\"format\": \"klynge result\", \"version\": 1, \"language\": \"da\", \"program\": \"0.1.0\", \"data\": \"ab\", \"as_of\": \"2024-06-01\", \"suppress\": 5, \"identified\": false,"
#define PACK  "\"packs\": [{\"pack\": \"p\", \"title\": \"En pakke\", \"language\": \"en\", \"rules\": \"cd\"," \
  "\"parameters\": [{\"parameter\": \"limit\", \"title\": \"Grænse\", \"value\": \"58\", \"set\": true}]," \
  "\"windows\": [{\"window\": \"within 18 months\", \"of\": \"hba1c\", \"first\": \"2022-12-01\", \"last\": \"2024-06-01\"}]," \
  "\"indicators\": [{\"indicator\": \"a\", \"title\": \"Spørgsmål\", \"kind\": \"share\", \"better\": \"lower\", \"aim\": 0.1}]," \
  "\"material\": {\"programme\": {\"title\": \"Møde\", \"duration\": 60, \"blocks\": [{\"block\": \"b\", \"title\": \"Blok\", \"break\": false, \"minutes\": 60, \"presents\": [\"a\"], \"about\": [], \"reflect\": [\"Hvad?\"]}]}," \
  "\"indicators\": [{\"indicator\": \"a\", \"known\": [\"k\"], \"advice\": [], \"reflect\": []}]," \
  "\"explained\": {\"title\": \"t\", \"sections\": [{\"key\": \"indicator\", \"name\": \"a\", \"title\": \"t\", \"parts\": [{\"key\": \"unknown\", \"label\": \"Ukendt\", \"text\": \"Ingen.\"}]}]}}," \
  "\"clusters\": [{\"cluster\": \"C1\", \"population\": 80, \"practices\": [{\"practice\": \"A\", \"population\": 40}, {\"practice\": \"B\", \"population\": \"<5\"}]," \
  "\"figures\": [{\"indicator\": \"a\", \"all\": " FIGURE("10", "40") ", \"practices\": [" FIGURE("\"<5\"", "\"hidden\"") ", " FIGURE("10", "40") "]}]}]}]}"
static const char RESULT[] = BEGIN "\"files\": [{\"file\": \"labs.csv\", \"missing\": false, \"rows\": 9, \"unread\": [{\"reason\": \"no date\", \"rows\": 2}]}]," PACK;

static struct meetings *read_whole_result(void) {
  char *error;
  struct meetings *meetings = meetings_read(RESULT, strlen(RESULT), &error);
  if (error) fail_msg("%s", error);
  return meetings;
}

static void a_result_is_read_back(void **state) {
  struct meetings *meetings = read_whole_result();
  (void)state;
  assert_int_equal(meetings->n, 1);
  const struct meeting *meeting = &meetings->all[0];
  assert_true(meeting->danish);
  assert_string_equal(meeting->language, "en");
  assert_int_equal(meeting->index, date_from_civil(2024, 6, 1));
  assert_int_equal(meeting->before, DATE_UNKNOWN);
  assert_string_equal(meeting->cluster, "C1");
  assert_string_equal(meeting->practices[1].label, "B");
  assert_int_equal(meeting->practices[1].population.state, COUNT_SMALL);
  assert_int_equal(meeting->indicators[0].practices[0].denominator.state, COUNT_HIDDEN);
  assert_int_equal(meeting->indicators[0].better, MEETING_LOWER);
  assert_true(meeting->indicators[0].aim == 0.1);
  assert_true(isnan(meeting->indicators[0].all.adjusted));
  assert_string_equal(meeting->indicators[0].known[0], "k");
  assert_string_equal(meeting_part(meeting->indicators[0].explained, "unknown")->text, "Ingen.");
  assert_int_equal(meeting->blocks[0].presents[0], 0);
  assert_string_equal(meeting->blocks[0].reflect[0], "Hvad?");
  assert_true(meeting->parameters[0].is_set);
  assert_int_equal(meeting->windows[0].first, date_from_civil(2022, 12, 1));
  assert_int_equal(meeting->unread[0].rows.n, 2);
  meetings_free(meetings);
}

/* Cut anywhere, a result is an error with a sentence. */
static void what_is_cut_is_an_error(void **state) {
  (void)state;
  for (size_t length = 0; length + 1 < sizeof RESULT - 1; length++) {
    char *error;
    assert_null(meetings_read(RESULT, length, &error));
    assert_non_null(error);
    free(error);
  }
}

/* Any value replaced by one of another kind, a number beyond what there is, or another name: an error, or read. Sanitizers and
 * valgrind see that nothing worse happens; here, that most of it is noticed. */
static void what_is_wrong_is_noticed(void **state) {
  static const char *const values[] = {"-1", "1e300", "true", "[]", "{}", "\"x\"", "null"};
  size_t n_errors = 0, n = 0;
  char text[2 * sizeof RESULT];
  (void)state;
  for (const char *colon = strchr(RESULT, ':'); colon; colon = strchr(colon + 1, ':'))
    for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
      char *error;
      const char *end = colon + 2;
      if (*end == '{' || *end == '[') continue;
      end += *end == '"' ? strcspn(end + 1, "\"") + 2 : strcspn(end, ",}]");
      snprintf(text, sizeof text, "%.*s%s%s", (int)(colon + 2 - RESULT), RESULT, values[v], end);
      meetings_free(meetings_read(text, strlen(text), &error));
      n_errors += error != NULL;
      n++;
      free(error);
    }
  assert_true(n > 300);
  assert_true(n_errors * 4 > n * 3);
}

static void numbers_are_in_the_meetings_language(void **state) {
  struct meetings *meetings = read_whole_result();
  struct meeting meeting = meetings->all[0];
  struct meeting_indicator indicator = meeting.indicators[0];
  char text[MEETING_TEXT];
  (void)state;
  assert_string_equal(meeting_write_value(&meeting, &indicator, 0.16161, text), "16,2 %");
  assert_string_equal(meeting_write_value(&meeting, &indicator, NAN, text), "–");
  assert_string_equal(meeting_write_interval(&meeting, &indicator, 0.131, 0.189, text), "13–19 %");
  assert_string_equal(meeting_write_count(&meeting, (struct meeting_count){12345, COUNT_SHOWN}, text), "12.345");
  assert_string_equal(meeting_write_count(&meeting, (struct meeting_count){0, COUNT_SMALL}, text), "<5");
  assert_string_equal(meeting_write_date(&meeting, meeting.index, text), "1. juni 2024");
  indicator.kind = MEETING_MEDIAN;
  indicator.unit = "mmol/mol";
  assert_string_equal(meeting_write_value(&meeting, &indicator, 55, text), "55 mmol/mol");
  assert_string_equal(meeting_write_change(&meeting, &indicator, -1.5, text), "−1,5 mmol/mol");
  meeting.danish = false;
  assert_string_equal(meeting_write_date(&meeting, meeting.index, text), "1 June 2024");
  meetings_free(meetings);
}

static void practices_are_read_from_low_to_high(void **state) {
  double values[] = {0.3, NAN, 0.1, 0.3, 0.2};
  struct meeting_figure figures[5] = {{.value = 0}};
  struct meeting meeting = {.n_practices = 5};
  struct meeting_indicator indicator = {.practices = figures};
  size_t order[5], wanted[] = {2, 4, 0, 3, 1};
  (void)state;
  for (int i = 0; i < 5; i++) figures[i].value = values[i];
  meeting_sort(&meeting, &indicator, order);
  assert_memory_equal(order, wanted, sizeof wanted);
}

static const char *range_of(const struct meeting *meeting, const struct meeting_indicator *indicator) {
  static char line[MEETING_LINE];
  return meeting_write_range(meeting, indicator, line);
}

/* A share of 1 of 1 is 100 %, and says nothing of how far practices lie apart. */
static void a_range_is_of_practices_that_can_be_compared(void **state) {
  struct meeting_figure figures[4] = {{.value = 0.25, .denominator = {40, COUNT_SHOWN}},
                                      {.value = 0.5, .denominator = {30, COUNT_SHOWN}},
                                      {.value = NAN, .denominator = {0, COUNT_SHOWN}},
                                      {.value = 0.4, .denominator = {10, COUNT_SHOWN}}};
  struct meeting meeting = {.n_practices = 4};
  struct meeting_indicator indicator = {.practices = figures};
  (void)state;
  assert_string_equal(range_of(&meeting, &indicator), "practices: 25–50%");
  figures[1] = (struct meeting_figure){.value = 1, .denominator = {1, COUNT_SHOWN}};
  assert_string_equal(range_of(&meeting, &indicator), "practices of ten patients or more: 25–40%");
  figures[0].value = figures[3].value;
  assert_string_equal(range_of(&meeting, &indicator), "practices of ten patients or more: 40.0%");
  figures[0].denominator.n = 9;
  assert_string_equal(range_of(&meeting, &indicator), "");
  figures[0].denominator.n = 40;
  figures[2].numerator.state = COUNT_HIDDEN;
  assert_string_equal(range_of(&meeting, &indicator), "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_result_is_read_back),
      cmocka_unit_test(what_is_cut_is_an_error),
      cmocka_unit_test(what_is_wrong_is_noticed),
      cmocka_unit_test(numbers_are_in_the_meetings_language),
      cmocka_unit_test(practices_are_read_from_low_to_high),
      cmocka_unit_test(a_range_is_of_practices_that_can_be_compared),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
