/* The room boundary: patients are proposed on either side of what a rule turns on, and no two are alike. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "lang/boundary/inner.h"
#include "lang/check/check.h"
#include "lang/memory.h"

static const char *const head = "table patients (birth date, sex (female, male), from date, to date)\n"
                                "table diagnoses (date date, code code icpc)\n"
                                "table prescriptions (date date, code code atc)\n"
                                "table labs (date date, code code npu, value number, unit unit)\n"
                                "unit mmol/mol\n"
                                "events diagnosis = diagnoses.code\n"
                                "events drug = prescriptions.code within 12 months\n"
                                "codes t2d = icpc T90 K74..K76 except K75\n"
                                "codes ace = atc C09A* except C09AA01\n"
                                "measure a in mmol/mol\n"
                                "  from labs NPU1\n"
                                "  from labs NPU2 in % as (value - 2.15) * 10.929\n"
                                "  plausible 15 to 200 within 18 months\n";

static struct boundary *boundary_of(const char *condition) {
  const char *whole = memory_print("%sdefine d = %s\n", head, condition);
  FILE *file = fopen("boundary_test.kly", "w");
  struct problems *problems = problems_open();
  assert_non_null(file);
  fputs(whole, file);
  fclose(file);
  struct rule_file *rules = library_load(library_open(NULL, problems), "boundary_test.kly");
  const struct program *program = check(rules, NULL, 0, problems);
  remove("boundary_test.kly");
  problems_print(problems, stderr, false, SEVERITY_ERROR);
  assert_int_equal(problems->n_errors, 0);
  struct boundary_rule rule = {NULL, NULL, program->definitions[0]->value};
  return boundary_open(program, rule, date_from_civil(2024, 6, 1));
}

static struct ways solved(const char *condition, int truth) {
  struct boundary *boundary = boundary_of(condition);
  struct person born = {.birth = date_from_civil(1960, 1, 1)};
  struct person *person = person_copy(&born); /* who needs no change is a way as well, and outlives this function */
  struct ways ways = {.n = 0};
  solve(boundary, person, boundary->rule.asked, truth, &ways);
  return ways;
}

static void equal_patients_are_one(void **state) {
  struct boundary *boundary = boundary_of("diagnosis = t2d and drug = ace");
  struct people people = {0};
  struct person a = {.birth = 1}, *b;
  (void)state;
  person_add(&a, (struct fact){.of = boundary->readings[0].of, .code = "T90", .from = 5, .to = 5});
  person_add(&a, (struct fact){.of = boundary->readings[1].of, .code = "C09AA02", .from = 6, .to = 6});
  b = person_copy(&a);
  b->facts[0] = a.facts[1];
  b->facts[1] = a.facts[0];
  people_add(&people, &a);
  people_add(&people, b);
  assert_int_equal(people.n, 1);
  b = person_copy(&a);
  b->facts[0].from = 4;
  people_add(&people, b);
  assert_int_equal(people.n, 2);
}

static bool has_code(const struct reading *reading, const char *code) {
  for (size_t i = 0; i < reading->n_codes; i++)
    if (strcmp(reading->codes[i], code) == 0) return true;
  return false;
}

static void each_part_of_a_set_has_a_code(void **state) {
  const struct boundary *boundary = boundary_of("diagnosis = t2d and drug = ace");
  const struct reading *diagnosis = &boundary->readings[0], *drug = &boundary->readings[1];
  (void)state;
  assert_true(has_code(diagnosis, "T90") && has_code(diagnosis, "K74") && has_code(diagnosis, "K75") && has_code(diagnosis, "K76"));
  assert_true(has_code(drug, "C09AA01") && has_code(drug, "C09AA02"));
}

static void a_row_of_a_set_has_a_code_of_it(void **state) {
  struct ways ways = solved("drug = ace", 1), none = solved("drug = ace", 0);
  (void)state;
  assert_true(ways.n > 0);
  assert_int_equal(ways.all[0]->n_facts, 1);
  assert_string_equal(ways.all[0]->facts[0].code, "C09AA02");
  assert_int_equal(none.all[0]->n_facts, 0);
}

static void limits_are_met_on_both_sides(void **state) {
  struct ways above = solved("a > 58", 1), below = solved("a > 58", 0);
  (void)state;
  assert_true(above.all[0]->facts[0].number == 59);
  assert_true(below.all[0]->facts[0].number == 58);
}

static void conversions_are_undone(void **state) {
  const struct boundary *boundary = boundary_of("a > 58");
  const struct reading *reading = &boundary->readings[0];
  bool below = false, above = false;
  (void)state;
  for (size_t i = 0; i < reading->n_results; i++) {
    const struct result *result = &reading->results[i];
    if (!result->part->formula || !result->is_own) continue;
    double value = result_value(result);
    below = below || (value < 58 && value > 57.9);
    above = above || (value > 58 && value < 58.1);
    assert_true(fabs(result->number - 7.457) < 1);
  }
  assert_true(below && above);
}

static void ages_become_birthdays(void **state) {
  struct ways old = solved("age >= 75", 1), young = solved("age < 75", 1);
  (void)state;
  assert_int_equal(old.all[0]->birth, date_from_civil(1949, 6, 1));
  assert_int_equal(young.all[0]->birth, date_from_civil(1960, 1, 1)); /* so already */
}

static void counts_become_rows(void **state) {
  struct ways many = solved("count of a >= 3", 1), apart = solved("all of last 2 a at least 90 days apart > 58", 1);
  (void)state;
  assert_int_equal(many.all[0]->n_facts, 3);
  assert_int_equal(apart.all[0]->n_facts, 2);
}

static void rows_stand_as_far_apart_as_a_cut_asks(void **state) {
  struct ways ways = solved("all of last 2 a at least 90 days apart > 58", 1);
  const struct person *person = ways.all[0];
  int32_t days = person->facts[0].from - person->facts[1].from;
  (void)state;
  assert_true(days >= 90 || days <= -90);
}

static void a_test_says_what_the_patient_is(void **state) {
  struct ways ways = solved("a > 58 and sex = female and patients.to is known", 1);
  const struct person *person = ways.all[0];
  const char *const claims[] = {"d yes"};
  struct boundary_test test = {"a title", date_from_civil(2024, 6, 1), &person, claims, 1, "check: so?", "p"};
  (void)state;
  assert_string_equal(boundary_text(&test), "test \"a title\"\n"
                                            "  as of 2024-06-01\n"
                                            "  patient born 1960-01-01, female, to 2024-07-01\n"
                                            "    a 59 on 2024-05-01\n"
                                            "  expect d yes # check: so?\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equal_patients_are_one),        cmocka_unit_test(each_part_of_a_set_has_a_code),
      cmocka_unit_test(a_row_of_a_set_has_a_code_of_it), cmocka_unit_test(limits_are_met_on_both_sides),
      cmocka_unit_test(conversions_are_undone),        cmocka_unit_test(ages_become_birthdays),
      cmocka_unit_test(counts_become_rows),            cmocka_unit_test(rows_stand_as_far_apart_as_a_cut_asks),
      cmocka_unit_test(a_test_says_what_the_patient_is),
  };
  memory_start(abort);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
