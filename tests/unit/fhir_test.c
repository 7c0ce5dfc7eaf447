/* fhir_test.c: MeasureReports have the elements that FHIR R4 asks for, of every kind of figure, and what is hidden is masked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <cjson/cJSON.h>
#include "runtime/fhir/fhir.h"

#define FIGURE(of, n, unknown, value)                                                                                  \
  "{\"population\": 40, \"denominator\": " of ", \"numerator\": " n ", \"unknown\": " unknown ", \"value\": " value    \
  ", \"low\": null, \"high\": null}"
#define ONE(name, figure)           "{\"indicator\": \"" name "\", \"all\": " figure ", \"practices\": [" figure "]"
#define INDICATOR(name, kind, rest) "{\"indicator\": \"" name "\", \"title\": \"T\", \"kind\": \"" kind "\"" rest "}"
#define SHARE_FIGURE                FIGURE("30", "12", "3", "0.4")
#define BAND(name)                                                                                                     \
  "{\"stratum\": \"s\", \"title\": \"Alder\", \"band\": \"" name "\", \"band_title\": \"" name                         \
  "\", \"all\": " SHARE_FIGURE ", \"practices\": [" SHARE_FIGURE "]}"

static const char RESULT[] =
    "{\"format\": \"klynge result\", \"version\": 1, \"language\": \"da\", \"program\": \"0.1.0\", \"data\": \"ab\", "
    "\"as_of\": \"2024-06-01\", \"suppress\": 5, \"identified\": false,"
    "\"files\": [], \"packs\": [{\"pack\": \"på\", \"title\": \"En pakke\", \"version\": \"1 b\", \"rules\": \"cd\", "
    "\"parameters\": [], \"windows\": [],"
    "\"indicators\": [" INDICATOR("share", "share", ", \"better\": \"lower\"") ", " INDICATOR("mean", "mean", ", \"unit\": \"mmol/mol\"") ", " INDICATOR("rate", "rate", ", \"per\": 100, \"better\": \"higher\"") ", " INDICATOR(
        "hidden",
        "share", "") ", " INDICATOR("nobody",
                                    "share", "") "],"
                                                 "\"clusters\": [{\"cluster\": \"C1\", \"population\": 40, "
                                                 "\"practices\": [{\"practice\": \"A\", \"population\": 40}], "
                                                 "\"figures\": [" ONE("share", SHARE_FIGURE) ", \"bands\": [" BAND("0–3"
                                                                                                                   "9") ", " BAND("40+") "]}, " ONE(
                                                     "mean",
                                                     FIGURE(
                                                         "30", "28", "2",
                                                         "55.5")) "}, " ONE("rate",
                                                                            FIGURE(
                                                                                "30", "61", "0",
                                                                                "203.25")) "}, " ONE("hidden",
                                                                                                     FIGURE(
                                                                                                         "30", "\"<5\"",
                                                                                                         "0",
                                                                                                         "null")) "},"
                                                                                                                  " " ONE("nobody",
                                                                                                                          FIGURE(
                                                                                                                              "0",
                                                                                                                              "0",
                                                                                                                              "0",
                                                                                                                              "null")) "}]}]}]}";

/* ── the Bundle ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *bundle_of(const char *json) {
  char *error, *text = NULL;
  size_t length;
  struct meetings *meetings = meetings_read(json, strlen(json), &error);
  if (error) fail_msg("%s", error);
  FILE *out = open_memstream(&text, &length);
  fhir_write(meetings, out);
  fclose(out);
  meetings_free(meetings);
  cJSON *bundle = cJSON_ParseWithLength(text, length);
  assert_non_null(bundle);
  free(text);
  return bundle;
}

static const cJSON *at(const cJSON *object, const char *name) {
  const cJSON *found = cJSON_GetObjectItemCaseSensitive(object, name);
  if (!found) fail_msg("there is no %s", name);
  return found;
}
static void assert_text(const cJSON *object, const char *name, const char *wanted) {
  assert_string_equal(at(object, name)->valuestring, wanted);
}
static const cJSON *report(const cJSON *bundle, int i) {
  return at(cJSON_GetArrayItem(at(bundle, "entry"), i), "resource");
}
static const cJSON *group(const cJSON *bundle, int i) { return cJSON_GetArrayItem(at(report(bundle, i), "group"), 0); }

/* The population with this code; NULL where there is none. */
static const cJSON *population(const cJSON *of, const char *code) {
  const cJSON *one;
  cJSON_ArrayForEach(
      one,
      at(of, "population")) if (strcmp(at(cJSON_GetArrayItem(at(at(one, "code"), "coding"), 0), "code")->valuestring,
                                       code) == 0) return one;
  return NULL;
}
static void assert_count(const cJSON *of, const char *code, int wanted) {
  assert_int_equal(at(population(of, code), "count")->valueint, wanted);
}

/* ── tests ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What R4 demands of every MeasureReport: status, type, measure, period; and of every entry a name of its own. */
static void each_report_has_what_is_demanded(void **state) {
  cJSON *bundle = bundle_of(RESULT);
  (void)state;
  assert_text(bundle, "resourceType", "Bundle");
  assert_text(bundle, "type", "collection");
  assert_int_equal(cJSON_GetArraySize(at(bundle, "entry")), 10);
  for (int i = 0; i < 10; i++) {
    const cJSON *one = report(bundle, i);
    assert_text(one, "resourceType", "MeasureReport");
    assert_text(one, "status", "complete");
    assert_text(one, "type", "summary");
    assert_text(at(one, "period"), "start", "2024-06-01");
    assert_text(at(one, "period"), "end", "2024-06-01");
    const char *url = at(cJSON_GetArrayItem(at(bundle, "entry"), i), "fullUrl")->valuestring,
               *id = at(one, "id")->valuestring;
    assert_true(strncmp(url, "urn:uuid:", 9) == 0 && strcmp(url + 9, id) == 0 && strlen(id) == 36 && id[14] == '8' &&
                strchr("89ab", id[19]));
  }
  assert_text(report(bundle, 0), "measure", "urn:klynge:measure:p%C3%A5:share|1%20b");
  assert_text(at(at(report(bundle, 0), "reporter"), "identifier"), "value", "A");
  assert_text(at(at(report(bundle, 1), "reporter"), "identifier"), "value", "C1");
  cJSON_Delete(bundle);
}

static void a_share_is_a_proportion(void **state) {
  cJSON *bundle = bundle_of(RESULT);
  (void)state;
  const cJSON *of = group(bundle, 0);
  assert_count(of, "initial-population", 40);
  assert_count(of, "denominator", 30);
  assert_count(of, "numerator", 12);
  assert_count(of, "unknown", 3);
  assert_null(population(of, "denominator-exclusion"));
  assert_true(at(at(of, "measureScore"), "value")->valuedouble == 0.4);
  assert_text(cJSON_GetArrayItem(at(at(report(bundle, 0), "improvementNotation"), "coding"), 0), "code", "decrease");
  cJSON_Delete(bundle);
}

static void bands_are_strata(void **state) {
  cJSON *bundle = bundle_of(RESULT);
  (void)state;
  const cJSON *stratifiers = at(group(bundle, 0), "stratifier"),
              *strata = at(cJSON_GetArrayItem(stratifiers, 0), "stratum");
  assert_int_equal(cJSON_GetArraySize(stratifiers), 1);
  assert_int_equal(cJSON_GetArraySize(strata), 2);
  assert_text(at(cJSON_GetArrayItem(strata, 1), "value"), "text", "40+");
  assert_count(cJSON_GetArrayItem(strata, 1), "denominator", 30);
  assert_null(population(cJSON_GetArrayItem(strata, 1), "initial-population"));
  cJSON_Delete(bundle);
}

static void other_kinds_have_their_populations_and_units(void **state) {
  cJSON *bundle = bundle_of(RESULT);
  (void)state;
  assert_count(group(bundle, 2), "measure-population", 30);
  assert_count(group(bundle, 2), "measure-observation", 28);
  assert_text(at(group(bundle, 2), "measureScore"), "unit", "mmol/mol");
  assert_null(cJSON_GetObjectItemCaseSensitive(report(bundle, 2), "improvementNotation"));
  assert_count(group(bundle, 4), "numerator", 61);
  assert_null(population(group(bundle, 4), "unknown"));
  assert_text(at(group(bundle, 4), "measureScore"), "unit", "per 100 patients");
  cJSON_Delete(bundle);
}

static void what_is_hidden_is_masked_and_nobody_has_no_score(void **state) {
  cJSON *bundle = bundle_of(RESULT);
  (void)state;
  const cJSON *hidden = population(group(bundle, 6), "numerator");
  assert_null(cJSON_GetObjectItemCaseSensitive(hidden, "count"));
  assert_text(cJSON_GetArrayItem(at(at(hidden, "_count"), "extension"), 0), "valueCode", "masked");
  assert_non_null(at(at(group(bundle, 6), "measureScore"), "_value"));
  assert_null(cJSON_GetObjectItemCaseSensitive(group(bundle, 8), "measureScore"));
  assert_count(group(bundle, 8), "denominator", 0);
  cJSON_Delete(bundle);
}

static void a_result_of_nothing_has_no_entries(void **state) {
  cJSON *bundle = bundle_of("{\"format\": \"klynge result\", \"version\": 1, \"language\": \"en\", \"as_of\": "
                            "\"2024-06-01\", \"files\": [], \"packs\": []}");
  (void)state;
  assert_null(cJSON_GetObjectItemCaseSensitive(bundle, "entry"));
  cJSON_Delete(bundle);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_report_has_what_is_demanded),
      cmocka_unit_test(a_share_is_a_proportion),
      cmocka_unit_test(bands_are_strata),
      cmocka_unit_test(other_kinds_have_their_populations_and_units),
      cmocka_unit_test(what_is_hidden_is_masked_and_nobody_has_no_score),
      cmocka_unit_test(a_result_of_nothing_has_no_entries),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
