/* problem_test.c: collecting, sorting and showing problems, and guessing the word that was meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "lang/memory.h"
#include "lang/problem/problem.h"

static const struct source *of(const char *path, const char *text) { return source_of_text(path, text, strlen(text)); }

static struct place at(const struct source *source, const char *word) {
  size_t from = (size_t)(strstr(source->text, word) - source->text);
  return (struct place){ from, from + strlen(word) };
}

static char *printed(struct problems *problems, bool colour, enum severity least) {
  char *text = NULL;
  size_t length;
  FILE *out = open_memstream(&text, &length);
  problems_print(problems, out, colour, least);
  fclose(out);
  char *copy = memory_copy(text, length);
  free(text);
  return copy;
}

static void shows_the_place(void **state) {
  (void)state;
  struct problems *problems = problems_open();
  const struct source *source = of("a.kly", "# æøå\n\tblåbær er\tgode\n");
  problem_add(problems, PROBLEM_syntax, source, at(source, "er\t"), "write `=`", "`%s` does not fit here", "er");
  assert_string_equal(printed(problems, false, SEVERITY_NOTE), "a.kly:2:9: error: `er` does not fit here [syntax]\n"
                                                               "    2 |  blåbær er gode\n"
                                                               "      |         ^~~\n"
                                                               "      = write `=`\n");
}

static void names_what_is_less_than_an_error(void **state) {
  (void)state;
  struct problems *problems = problems_open();
  const struct source *source = of("a.kly", "pack a");
  problem_add(problems, PROBLEM_no_population, source, at(source, "pack"), NULL, "everybody counts");
  problem_add(problems, PROBLEM_not_yet, source, at(source, "a"), NULL, "no effect yet");
  assert_int_equal(problems->n_errors, 0);
  assert_int_equal(problems->n_warnings, 1);
  assert_string_equal(printed(problems, false, SEVERITY_WARNING), "a.kly:1:1: warning: everybody counts [no_population]\n"
                                                                  "    1 | pack a\n"
                                                                  "      | ^~~~\n");
}

static void notes_are_shown_when_asked_for(void **state) {
  (void)state;
  struct problems *problems = problems_open();
  problem_add(problems, PROBLEM_not_yet, NULL, (struct place){ 0, 0 }, NULL, "no effect yet");
  assert_string_equal(printed(problems, false, SEVERITY_NOTE), "note: no effect yet [not_yet]\n");
}

static void colour_only_when_asked_for(void **state) {
  (void)state;
  struct problems *problems = problems_open();
  const struct source *source = of("a.kly", "x");
  problem_add(problems, PROBLEM_syntax, source, at(source, "x"), NULL, "wrong");
  assert_string_equal(printed(problems, true, SEVERITY_NOTE), "\033[1ma.kly:1:1:\033[0m \033[31merror:\033[0m wrong [syntax]\n"
                                                              "    1 | x\n      | ^\n");
}

static void sorted_by_file_as_met_and_by_place(void **state) {
  (void)state;
  struct problems *problems = problems_open();
  const struct source *z = of("z.kly", "one two"), *a = of("a.kly", "three");
  problem_add(problems, PROBLEM_syntax, z, at(z, "two"), NULL, "second");
  problem_add(problems, PROBLEM_syntax, a, at(a, "three"), NULL, "third");
  problem_add(problems, PROBLEM_syntax, z, at(z, "one"), NULL, "first");
  const char *text = printed(problems, false, SEVERITY_NOTE);
  assert_true(strstr(text, "first") < strstr(text, "second"));
  assert_true(strstr(text, "second") < strstr(text, "third"));
}

static void equal_problems_are_kept_once(void **state) {
  (void)state;
  struct problems *problems = problems_open();
  const struct source *source = of("a.kly", "one two");
  for (int i = 0; i < 100; i++) {
    problem_add(problems, PROBLEM_syntax, source, at(source, "one"), NULL, "wrong");
    problem_add(problems, PROBLEM_syntax, source, at(source, "two"), NULL, "wrong");
    problem_add(problems, PROBLEM_syntax, source, at(source, "two"), NULL, "wrong in another way");
  }
  assert_int_equal(problems->n, 3);
  assert_int_equal(problems->n_errors, 3);
}

static void nothing_is_printed_twice(void **state) {
  (void)state;
  struct problems *problems = problems_open();
  problem_add(problems, PROBLEM_file, NULL, (struct place){ 0, 0 }, NULL, "one");
  assert_string_equal(printed(problems, false, SEVERITY_NOTE), "error: one [file]\n");
  problem_add(problems, PROBLEM_file, NULL, (struct place){ 0, 0 }, NULL, "two");
  assert_string_equal(printed(problems, false, SEVERITY_NOTE), "error: two [file]\n");
}

static void long_line_is_shown_around_the_place(void **state) {
  (void)state;
  char text[1001];
  memset(text, '.', 1000);
  text[1000] = 0;
  memcpy(text + 500, "here", 4);
  struct problems *problems = problems_open();
  const struct source *source = of("a.kly", text);
  problem_add(problems, PROBLEM_syntax, source, at(source, "here"), NULL, "wrong");
  char wanted[400];
  snprintf(wanted, sizeof wanted, "a.kly:1:501: error: wrong [syntax]\n    1 | …%.40shere%.56s…\n      | %41s^~~~\n",
           text, text, "");
  assert_string_equal(printed(problems, false, SEVERITY_NOTE), wanted);
}

static void ends_of_a_long_line_are_not_cut(void **state) {
  (void)state;
  char text[201];
  memset(text, '.', 200);
  text[200] = 0;
  text[0] = '<';
  text[199] = '>';
  struct problems *problems = problems_open();
  const struct source *source = of("a.kly", text);
  problem_add(problems, PROBLEM_syntax, source, at(source, "<"), NULL, "wrong");
  problem_add(problems, PROBLEM_syntax, source, at(source, ">"), NULL, "wrong");
  char wanted[800];
  snprintf(wanted, sizeof wanted,
           "a.kly:1:1: error: wrong [syntax]\n    1 | <%.99s…\n      | ^\n"
           "a.kly:1:200: error: wrong [syntax]\n    1 | …%.99s>\n      | %100s^\n", text + 1, text + 1, "");
  assert_string_equal(printed(problems, false, SEVERITY_NOTE), wanted);
}

static void long_names_are_cut_to_sixty_letters(void **state) {
  (void)state;
  enum { LENGTH = 1000000 };
  char *name = memory_bytes(2 * LENGTH + 1);
  for (size_t i = 0; i < LENGTH; i++) memcpy(name + 2 * i, "æ", 2);
  name[2 * LENGTH] = 0;
  struct problems *problems = problems_open();
  problem_add(problems, PROBLEM_unknown_name, NULL, (struct place){ 0, 0 }, NULL,
              "`%s` and `short` and `%s` are not known", name, name);
  char wanted[400];
  snprintf(wanted, sizeof wanted, "`%.120s…` and `short` and `%.120s…` are not known", name, name);
  assert_string_equal(problems->all[0].message, wanted);
}

static void control_characters_are_not_let_through(void **state) {
  (void)state;
  struct problems *problems = problems_open();
  const struct source *source = of("a.kly", "\033[2J \xE2\x80\xAE x");
  problem_add(problems, PROBLEM_syntax, source, at(source, "x"), NULL, "\033[31m");
  const char *text = printed(problems, false, SEVERITY_NOTE);
  assert_null(strchr(text, '\033'));
  assert_null(strstr(text, "\xE2\x80\xAE"));
}

static void rest_of_many_errors_is_counted(void **state) {
  (void)state;
  enum { ERRORS = 10000 };
  char text[ERRORS + 1];
  memset(text, ';', ERRORS);
  text[ERRORS] = 0;
  struct problems *problems = problems_open();
  const struct source *source = of("a.kly", text);
  for (size_t i = 0; i < ERRORS; i++) {
    problem_add(problems, PROBLEM_character, source, (struct place){ i, i + 1 }, NULL, "wrong");
  }
  assert_int_equal(problems->n_errors, ERRORS);
  const char *said = printed(problems, false, SEVERITY_NOTE);
  assert_non_null(strstr(said, "a.kly:1:20: error"));
  assert_null(strstr(said, "a.kly:1:21: error"));
  assert_non_null(strstr(said, "a.kly: … and 9980 more\n"));
}

static void nearest_word(void **state) {
  (void)state;
  static const char *const words[] = { "hba1c", "metformin", "måneder", "egfr", "diagnosis", "år" };
  static const struct { const char *wrong, *right; } cases[] = {
    { "hba1d", "hba1c" }, { "HbA1c", "hba1c" }, { "metfromin", "metformin" }, { "metphormin", "metformin" },
    { "maneder", "måneder" }, { "MÅNEDER", "måneder" }, { "efgr", "egfr" }, { "diagnose", "diagnosis" },
    { "ldl", NULL }, { "ab", NULL }, { "hba", NULL }, { "", NULL },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *found = problem_nearest(cases[i].wrong, words, sizeof words / sizeof *words);
    if (cases[i].right) assert_string_equal(found, cases[i].right);
    else assert_null(found);
  }
}

int main(void) {
  memory_start(abort);
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(shows_the_place),
    cmocka_unit_test(names_what_is_less_than_an_error),
    cmocka_unit_test(notes_are_shown_when_asked_for),
    cmocka_unit_test(colour_only_when_asked_for),
    cmocka_unit_test(sorted_by_file_as_met_and_by_place),
    cmocka_unit_test(equal_problems_are_kept_once),
    cmocka_unit_test(nothing_is_printed_twice),
    cmocka_unit_test(long_line_is_shown_around_the_place),
    cmocka_unit_test(ends_of_a_long_line_are_not_cut),
    cmocka_unit_test(long_names_are_cut_to_sixty_letters),
    cmocka_unit_test(control_characters_are_not_let_through),
    cmocka_unit_test(rest_of_many_errors_is_counted),
    cmocka_unit_test(nearest_word),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
