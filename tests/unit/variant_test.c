/* The room variant: which conditions a rule hangs on, and that a variant differs in one place and in no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "lang/check/check.h"
#include "lang/memory.h"
#include "lang/variant/inner.h"

static const char *const head = "table patients (birth date, sex (female, male), from date, to date)\n"
                                "table labs (date date, code code npu, value number)\n"
                                "measure a from labs NPU1 NPU2 plausible 0.5 to 15 within 18 months\n"
                                "parameter limit = 2.5\n";

/* The checked program of a text. */
static const struct program *program_of(const char *text) {
  const char *whole = memory_print("%s%s", head, text);
  FILE *file = fopen("variant_test.kly", "w");
  struct problems *problems = problems_open();
  assert_non_null(file);
  fputs(whole, file);
  fclose(file);
  struct rule_file *rules = library_load(library_open(NULL, problems), "variant_test.kly");
  const struct program *program = check(rules, NULL, 0, problems);
  remove("variant_test.kly");
  problems_print(problems, stderr, false, SEVERITY_ERROR);
  assert_int_equal(problems->n_errors, 0);
  return program;
}

/* The value of the last definition of a text. */
static const struct expr *value_of(const char *text) {
  const struct program *program = program_of(text);
  return program->definitions[program->n_definitions - 1]->value;
}

static struct mutants mutants_of(const struct expr *expr) {
  struct mutants mutants = {0};
  variant_mutants(&mutants, &expr, 1);
  return mutants;
}

static size_t count_kind(const struct mutants *mutants, enum mutant_kind kind) {
  size_t n = 0;
  for (size_t i = 0; i < mutants->n; i++) n += mutants->all[i].kind == kind;
  return n;
}

static const struct mutant *mutant_named(const struct mutants *mutants, const char *name) {
  for (size_t i = 0; i < mutants->n; i++)
    if (strcmp(variant_name(&mutants->all[i], ENGLISH), name) == 0) return &mutants->all[i];
  fail_msg("there is no mutant %s", name);
  return NULL;
}

/* ── words ── */

static void nudged(const char *written, int steps, const char *wanted) {
  double value;
  assert_string_equal(words_nudged(written, steps, &value), wanted);
  assert_true(value == strtod(wanted, NULL));
}

static void numbers_are_nudged_in_their_last_digit(void **state) {
  (void)state;
  nudged("58", 1, "59");
  nudged("2.5", -1, "2.4");
  nudged("0.1", -1, "0.0");
  nudged("0", -1, "-1");
  nudged("-5", -1, "-6");
  nudged("-5", 1, "-4");
  nudged("10.929", 1, "10.930");
  nudged("99", 1, "100");
  nudged("9.9", 1, "10.0");
}

static void keywords_are_found_as_words(void **state) {
  struct place at;
  const char *text = "brand # and\n and \"and\" andre";
  const struct source *source = source_of_text("text", text, strlen(text));
  (void)state;
  assert_true(words_find(source, 0, source->length, "AND", &at));
  assert_int_equal(at.from, 13);
  assert_false(words_find(source, at.to, source->length, "AND", &at));
}

/* ── conditions ── */

static void what_joins_conditions_is_none(void **state) {
  const struct expr *expr = value_of("define d = a measured and not (sex = female or at least 2 of (a > 3, a > 4, age > 70))\n");
  struct conditions conditions = variant_conditions(&expr, 1);
  (void)state;
  assert_int_equal(conditions.n, 5);
  assert_int_equal(conditions.all[0]->kind, EXPR_any_row);
  assert_int_equal(conditions.all[1]->kind, EXPR_compare);
}

static void conditions_are_found_inside_values_and_definitions_once(void **state) {
  const struct expr *expr = value_of("define old = age >= 75\n"
                                     "define d = (old or a > (choose 5 when old, 4 when sex = male, 3 otherwise)) and old\n");
  struct conditions conditions = variant_conditions(&expr, 1);
  (void)state;
  assert_int_equal(conditions.n, 3);
}

static void a_question_about_a_condition_is_one_condition(void **state) {
  const struct expr *expr = value_of("define d = (a > 3) is known\n");
  (void)state;
  assert_int_equal(variant_conditions(&expr, 1).n, 1);
}

static void a_condition_is_forced_wherever_it_stands(void **state) {
  const struct expr *expr = value_of("define old = age >= 75\ndefine d = old and (old or a > 3)\n");
  const struct expr *old = variant_conditions(&expr, 1).all[0], *forced = variant_forced(expr, old, 0);
  (void)state;
  assert_int_equal(forced->args[0]->kind, EXPR_truth);
  assert_int_equal(forced->args[0]->date, 0);
  assert_ptr_equal(forced->args[1]->args[0], forced->args[0]);
  assert_ptr_equal(forced->args[1]->args[1], expr->args[1]->args[1]);
  assert_ptr_equal(variant_forced(expr->args[1]->args[1], old, 0), expr->args[1]->args[1]);
}

/* ── mutants ── */

static void a_mutant_differs_in_one_place(void **state) {
  const struct expr *expr = value_of("define d = a > limit and sex = female\n");
  struct mutants mutants = mutants_of(expr);
  const struct expr *mutated = variant_mutated(expr, mutant_named(&mutants, "2.6"));
  (void)state;
  assert_ptr_not_equal(mutated, expr);
  assert_true(mutated->args[0]->args[1]->number == 2.6);
  assert_ptr_equal(mutated->args[1], expr->args[1]);
  assert_ptr_equal(mutated->args[0]->args[0], expr->args[0]->args[0]);
  assert_true(expr->args[0]->args[1]->number == 2.5);
}

static void a_mutant_is_known_by_its_place(void **state) {
  const struct program *program = program_of("define other = a < limit\ndefine d = sex = female\n");
  const struct expr *other = program->definitions[0]->value, *d = program->definitions[1]->value;
  struct mutants mutants = mutants_of(other);
  size_t n = mutants.n;
  (void)state;
  variant_mutants(&mutants, &other, 1);
  assert_int_equal(mutants.n, n);
  for (size_t i = 0; i < n; i++) {
    assert_ptr_not_equal(variant_mutated(other, &mutants.all[i]), other);
    assert_ptr_equal(variant_mutated(d, &mutants.all[i]), d);
  }
}

static void windows_move_at_both_ends(void **state) {
  const struct expr *within = value_of("define d = a measured\n"), *ever = value_of("define d = a measured ever\n"),
                    *ago = value_of("define d = a measured between 6 and 18 months ago\n"),
                    *two = value_of("define d = a measured since 2020-01-01 before 2024-01-01\n");
  struct mutants mutants = mutants_of(within);
  const struct limit *limit = variant_mutated(within, mutant_named(&mutants, "begins a day earlier"))->rows->limits;
  (void)state;
  assert_int_equal(limit->low->kind, EXPR_earlier);
  assert_int_equal(limit->low->duration.n, 1);
  assert_ptr_equal(limit->low->args[0], within->rows->limits->low);
  assert_int_equal(count_kind(&mutants, MUTANT_begins), 2);
  assert_int_equal(count_kind(&mutants, MUTANT_ends), 1); /* after the index date nothing is */
  mutants = mutants_of(ever);
  assert_int_equal(count_kind(&mutants, MUTANT_begins) + count_kind(&mutants, MUTANT_ends), 0);
  mutants = mutants_of(ago);
  assert_int_equal(count_kind(&mutants, MUTANT_begins) + count_kind(&mutants, MUTANT_ends), 4);
  mutants = mutants_of(two);
  assert_int_equal(count_kind(&mutants, MUTANT_begins), 2);
  assert_int_equal(count_kind(&mutants, MUTANT_ends), 3);
  assert_int_equal(count_kind(&mutants, MUTANT_date), 0);
}

static void codes_are_dropped_from_what_is_read(void **state) {
  const struct expr *expr = value_of("define d = a > 3\n");
  struct mutants mutants = mutants_of(expr);
  const struct expr *mutated = variant_mutated(expr, mutant_named(&mutants, "without NPU1"));
  const struct code_set *was = expr->args[0]->rows->stream->parts[0].set,
                        *is = mutated->args[0]->rows->stream->parts[0].set;
  (void)state;
  assert_true(code_set_has(was, "npu", "NPU1"));
  assert_false(code_set_has(is, "npu", "NPU1"));
  assert_true(code_set_has(is, "npu", "NPU2"));
}

static void each_number_has_two_neighbours(void **state) {
  const struct expr *expr = value_of("define d = a > 3 and a < 4 and a < limit\n");
  struct mutants mutants = mutants_of(expr);
  (void)state;
  assert_int_equal(count_kind(&mutants, MUTANT_number), 6);
  assert_int_equal(count_kind(&mutants, MUTANT_comparison), 3);
  assert_int_equal(count_kind(&mutants, MUTANT_figure), 3);
  assert_int_equal(count_kind(&mutants, MUTANT_lowest), 2);
  assert_int_equal(count_kind(&mutants, MUTANT_highest), 2);
  assert_int_equal(count_kind(&mutants, MUTANT_junction), 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_are_nudged_in_their_last_digit),
      cmocka_unit_test(keywords_are_found_as_words),
      cmocka_unit_test(what_joins_conditions_is_none),
      cmocka_unit_test(conditions_are_found_inside_values_and_definitions_once),
      cmocka_unit_test(a_question_about_a_condition_is_one_condition),
      cmocka_unit_test(a_condition_is_forced_wherever_it_stands),
      cmocka_unit_test(a_mutant_differs_in_one_place),
      cmocka_unit_test(a_mutant_is_known_by_its_place),
      cmocka_unit_test(windows_move_at_both_ends),
      cmocka_unit_test(codes_are_dropped_from_what_is_read),
      cmocka_unit_test(each_number_has_two_neighbours),
  };
  memory_start(abort);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
