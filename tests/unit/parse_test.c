/* parse_test.c: rule text to trees, in both languages, and text that was made to break the parser. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "lang/memory.h"
#include "lang/parse/parse.h"

static struct problems *problems;
static enum language language;

static const struct node *parsed_bytes(const char *text, size_t length) {
  problems = problems_open();
  return parse_source(source_of_text("a.kly", text, length), problems, &language);
}

static const struct node *parsed(const char *text) { return parsed_bytes(text, strlen(text)); }

static char *printed(const struct node *tree) {
  char *text = NULL;
  size_t length;
  FILE *out = open_memstream(&text, &length);
  tree_print(tree, out);
  fclose(out);
  char *copy = memory_copy(text, length);
  free(text);
  return copy;
}

static const struct node *declaration(const struct node *file, int n) {
  return tree_child(tree_find(file, NODE_declarations), n);
}

static int count_declarations(const struct node *file) { return tree_count(tree_find(file, NODE_declarations)); }

/* BEFORE, then PART so many times, then AFTER. */
static const char *repeated(const char *before, const char *part, size_t times, const char *after) {
  size_t length = strlen(part), start = strlen(before);
  char *text = memory_bytes(start + times * length + strlen(after) + 1);
  memcpy(text, before, start);
  for (size_t i = 0; i < times; i++) memcpy(text + start + i * length, part, length);
  strcpy(text + start + times * length, after);
  return text;
}

static void tree_of_one_indicator(void **state) {
  (void)state;
  const struct node *file = parsed("indicator mp1 also mp_et \"HbA1c over 58\"\n"
                                   "  share of hba1c measured where latest hba1c > 58 mmol/mol\n  better lower\n");
  assert_int_equal(problems->n, 0);
  assert_string_equal(printed(declaration(file, 0)), "(indicator\n"
                                                     "  (head\n"
                                                     "    (name mp1)\n"
                                                     "    (also\n"
                                                     "      (name mp_et))\n"
                                                     "    (title HbA1c over 58))\n"
                                                     "  (share\n"
                                                     "    (of\n"
                                                     "      (measured\n"
                                                     "        (name hba1c)))\n"
                                                     "    (where\n"
                                                     "      (>\n"
                                                     "        (latest\n"
                                                     "          (name hba1c))\n"
                                                     "        (quantity\n"
                                                     "          (number 58)\n"
                                                     "          (unit mmol/mol)))))\n"
                                                     "  (better_lower))\n");
}

static void english_and_danish_give_one_tree(void **state) {
  (void)state;
  const struct node *english = parsed("indicator a share of count of hba1c within 1 year >= 2\n"
                                      "  where all of last 2 hba1c > 58 and not drug in (metformin, statin) better higher");
  assert_int_equal(problems->n, 0);
  assert_int_equal(language, ENGLISH);
  const struct node *danish = parsed("sprog da\nindikator a andel af antal hba1c inden for 1 år >= 2\n"
                                     "  hvor alle sidste 2 hba1c > 58 og ikke drug i (metformin, statin) højere er\n  bedre");
  assert_int_equal(problems->n, 0);
  assert_int_equal(language, DANISH);
  assert_string_equal(printed(declaration(english, 0)), printed(declaration(danish, 0)));
}

static void relation_and_unit_are_canonical(void **state) {
  (void)state;
  const struct node *file = parsed("sprog da\ndefiner a = alle sidste 2 hba1c inden for 1 dag ≥ 58\n"
                                   "definer b = nogen hba1c mellem 1 og 2");
  assert_int_equal(problems->n, 0);
  const struct node *all = tree_child(declaration(file, 0), 1);
  assert_int_equal(all->kind, NODE_all_of);
  assert_string_equal(tree_find(all, NODE_relation)->text, ">=");
  const struct node *span = tree_child(tree_find(tree_child(all, 0), NODE_within), 0);
  assert_string_equal(tree_child(span, 1)->text, "days");
  assert_string_equal(tree_find(tree_child(declaration(file, 1), 1), NODE_relation)->text, "between");
}

static void texts_lose_quotes_and_indentation(void **state) {
  (void)state;
  static const struct { const char *written, *text; } cases[] = {
    { "\"plain\"", "plain" },
    { "\"\"", "" },
    { "\"\"\"one\"\"\"", "one" },
    { "\"\"\"\n    first\n      second \"quoted\"\n\n    third\n    \"\"\"", "first\n  second \"quoted\"\n\nthird" },
    { "\"\"\"first\r\n  second\r\n  third\"\"\"", "first\nsecond\nthird" },
    { "\"\"\"\n\n  x\n\n  \"\"\"", "\nx\n" },
    { "\"\"\"   \n  \"\"\"", "" },
    { "\"\"\"\"\"\"", "" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const struct node *file = parsed(memory_print("pack p about %s", cases[i].written));
    assert_int_equal(problems->n, 0);
    assert_string_equal(tree_find(declaration(file, 0), NODE_about)->text, cases[i].text);
  }
}

static void words_are_kept_as_written(void **state) {
  (void)state;
  const struct node *file = parsed("codes a = ydelse 0120 5A11 \"4548-4\" C10AA*");
  assert_string_equal(printed(tree_child(declaration(file, 0), 1)), "(members\n"
                                                                    "  (part\n"
                                                                    "    (word ydelse)\n"
                                                                    "    (word 0120)\n"
                                                                    "    (word 5A11)\n"
                                                                    "    (text 4548-4)\n"
                                                                    "    (prefix\n"
                                                                    "      (word C10AA))))\n");
}

static void chains_of_and_are_flat(void **state) {
  (void)state;
  const struct node *file = parsed(repeated("define a = b", " and b", 100000, "\n"));
  assert_int_equal(problems->n, 0);
  const struct node *chain = tree_child(declaration(file, 0), 1);
  assert_int_equal(chain->kind, NODE_and);
  assert_int_equal(tree_count(chain), 100001);
}

static void one_mistake_leaves_the_rest(void **state) {
  (void)state;
  const struct node *file = parsed("define a = age > > 3\ndefine b = age > 3\n"
                                   "indicator c share where\ndefine d = age > 3\n");
  assert_int_equal(problems->n, 2);
  assert_int_equal(count_declarations(file), 3);
  assert_non_null(tree_find(declaration(file, 1), NODE_wrong));
}

static void wrong_first_word_leaves_the_rest(void **state) {
  (void)state;
  const struct node *file = parsed("defin a = age > 3\ndefine b = age > 3\n");
  assert_int_equal(problems->n, 1);
  assert_string_equal(problems->all[0].hint, "did you mean `define`?");
  assert_int_equal(count_declarations(file), 1);
}

static void empty_files_are_libraries(void **state) {
  (void)state;
  static const char *const texts[] = { "", "\n\n", "# nothing", "\xEF\xBB\xBF", "language en", "sprog da\n" };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    const struct node *file = parsed(texts[i]);
    assert_int_equal(problems->n, 0);
    assert_int_equal(count_declarations(file), 0);
    assert_int_equal(tree_count(tree_find(file, NODE_uses)), 0);
  }
}

static void byte_order_mark_before_the_language(void **state) {
  (void)state;
  parsed("\xEF\xBB\xBFsprog da\ndefiner a = alder > 3");
  assert_int_equal(problems->n, 0);
  assert_int_equal(language, DANISH);
}

static void what_is_no_text_is_not_read(void **state) {
  (void)state;
  assert_null(parsed("define a = 3 # bl\xE5"));
  assert_int_equal(problems->n, 1);
  assert_int_equal(problems->all[0].id, PROBLEM_not_utf8);
  assert_int_equal(problems->all[0].at.from, 17);
  assert_null(parsed_bytes("define a\0= 3", 12));
  assert_int_equal(problems->n, 1);
  assert_int_equal(problems->all[0].id, PROBLEM_character);
  assert_int_equal(problems->all[0].at.from, 8);
}

static void days_of_the_calendar(void **state) {
  (void)state;
  static const struct { const char *date; bool good; } cases[] = {
    { "2024-02-29", true }, { "2023-02-29", false }, { "1900-02-29", false }, { "2000-02-29", true },
    { "2024-04-31", false }, { "2024-12-31", true }, { "2024-13-01", false }, { "2024-00-10", false },
    { "2024-01-00", false }, { "0000-01-01", false },
    { "2024-1-1", false }, { "01.02.2024", false },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    parsed(memory_print("parameter a = %s", cases[i].date));
    assert_int_equal(problems->n, cases[i].good ? 0 : 1);
    if (!cases[i].good) assert_int_equal(problems->all[0].id, PROBLEM_date_form);
  }
}

static void language_that_is_not_known(void **state) {
  (void)state;
  parsed("language de\ndefine a = age > 3");
  assert_int_equal(problems->n, 1);
  assert_string_equal(problems->all[0].message, "`de` is no language of rule files");
}

/* Each of these nests something too deeply, in the parser's stack or in the tree: one problem, and the walk after it is
 * safe. What stands before has been read. */
static void nesting_has_an_end(void **state) {
  (void)state;
  static const struct { const char *before, *part; size_t times; const char *after; } cases[] = {
    { "define a = ", "(", 10000, "1" }, { "define a = ", "(", 2000, "1" }, { "define a = ", "not ", 100000, "b" },
    { "define a = ", "- ", 100000, "1 > 2" }, { "define a = 1", " + 1", 100000, " > 2" },
    { "define a = 1", " * 1", 100000, " > 2" }, { "define a = b", " else b", 100000, " > 2" },
    { "define a = b", " ever", 100000, " > 2" }, { "define a = ", "any of (", 5000, "b" },
    { "define a = ", "choose 1 when b, ", 100000, "2 otherwise" }, { "define a = ", "at least 1 of (b, ", 5000, "b" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    bool open = strchr(cases[i].part, '(') != NULL;
    const char *before = memory_print("define z = age > 3\n%s", cases[i].before);
    const char *text = repeated(before, cases[i].part, cases[i].times, cases[i].after);
    if (open) text = repeated(text, ")", cases[i].times, "\n");
    const struct node *file = parsed(text);
    int nesting = 0;
    for (size_t n = 0; n < problems->n; n++) nesting += problems->all[n].id == PROBLEM_nesting;
    assert_int_equal(nesting, 1);
    assert_true(file->depth < 1010);
    assert_int_equal(declaration(file, 0)->kind, NODE_define);
  }
}

static void long_names_and_texts(void **state) {
  (void)state;
  const struct node *file = parsed(repeated("define ", "a", 200, " = age > 3"));
  assert_int_equal(problems->n, 0);
  assert_int_equal(strlen(tree_find(tree_child(declaration(file, 0), 0), NODE_name)->text), 200);
  parsed(repeated("define ", "a", 1000000, " = age > 3"));
  assert_int_equal(problems->n, 1);
  assert_int_equal(problems->all[0].id, PROBLEM_name);
  assert_true(strlen(problems->all[0].message) < 200);
  file = parsed(repeated("pack p about \"", "x", 2000000, "\""));
  assert_int_equal(problems->n, 0);
  assert_int_equal(strlen(tree_find(declaration(file, 0), NODE_about)->text), 2000000);
}

static void a_file_full_of_mistakes_is_given_up(void **state) {
  (void)state;
  parsed(repeated("", "define a = age > > 3\n", 20000, ""));
  assert_int_equal(problems->n, 1000);
  parsed(repeated("", ";", 200000, ""));
  assert_int_equal(problems->n, 1000);
}

static void tokens_a_line_each(void **state) {
  (void)state;
  const char *rules = "sprog da\nindikator mp1 \"Æ\" andel hvor  inden\nfor ≥ 5,5 mmol/mol \"\"\"a\nb\"\"\"";
  char *text = NULL;
  size_t length;
  FILE *out = open_memstream(&text, &length);
  problems = problems_open();
  parse_print_tokens(source_of_text("a.kly", rules, strlen(rules)), problems, out);
  fclose(out);
  assert_string_equal(text, "1:1\tLANGUAGE\tsprog\n"
                            "1:7\ta name\tda\n"
                            "2:1\tINDICATOR\tindikator\n"
                            "2:11\ta name\tmp1\n"
                            "2:15\ta text in quotes\t\"Æ\"\n"
                            "2:19\tSHARE\tandel\n"
                            "2:25\tWHERE\thvor\n"
                            "2:31\tWITHIN\tinden\\nfor\n"
                            "3:5\t>=\t≥\n"
                            "3:7\ta number\t5\n"
                            "3:8\t','\t,\n"
                            "3:9\ta number\t5\n"
                            "3:11\ta unit\tmmol/mol\n"
                            "3:20\ta text in quotes\t\"\"\"a\\nb\"\"\"\n");
  free(text);
}

static void spellings_by_token(void **state) {
  (void)state;
  assert_string_equal(parse_spelling("WITHIN", ENGLISH), "within");
  assert_string_equal(parse_spelling("WITHIN", DANISH), "inden for");
  assert_string_equal(parse_spelling("MONTHS", DANISH), "måneder");
  assert_null(parse_spelling("NAME", ENGLISH));
  assert_string_equal(parse_say("write `{IS_UNKNOWN}`, not {before} or {", DANISH), "write `er ukendt`, not {before} or {");
}

/* Every keyword of both languages is found as the token of its row (its first row, where two rows share a spelling). */
static void every_keyword_is_found(void **state) {
  (void)state;
  static const struct { const char *name, *spelt[2]; } rows[] = {
#define KEYWORD(token, group, english, danish) { #token, { english, danish } },
#include "lang/parse/keywords.def"
#undef KEYWORD
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    for (int spoken = 0; spoken < 2; spoken++) {
      const char *rules = memory_print("%s %s", spoken == DANISH ? "sprog da" : "language en", rows[i].spelt[spoken]);
      char *text = NULL;
      size_t length;
      FILE *out = open_memstream(&text, &length);
      parse_print_tokens(source_of_text("a.kly", rules, strlen(rules)), problems_open(), out);
      fclose(out);
      const char *last = strstr(text, "\ta name\t");
      assert_non_null(strstr(last + 1, memory_print("\t%s\t%s\n", rows[i].name, rows[i].spelt[spoken])));
      free(text);
    }
  }
}

int main(void) {
  memory_start(abort);
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(tree_of_one_indicator),
    cmocka_unit_test(english_and_danish_give_one_tree),
    cmocka_unit_test(relation_and_unit_are_canonical),
    cmocka_unit_test(texts_lose_quotes_and_indentation),
    cmocka_unit_test(words_are_kept_as_written),
    cmocka_unit_test(chains_of_and_are_flat),
    cmocka_unit_test(one_mistake_leaves_the_rest),
    cmocka_unit_test(wrong_first_word_leaves_the_rest),
    cmocka_unit_test(empty_files_are_libraries),
    cmocka_unit_test(byte_order_mark_before_the_language),
    cmocka_unit_test(what_is_no_text_is_not_read),
    cmocka_unit_test(days_of_the_calendar),
    cmocka_unit_test(language_that_is_not_known),
    cmocka_unit_test(nesting_has_an_end),
    cmocka_unit_test(long_names_and_texts),
    cmocka_unit_test(a_file_full_of_mistakes_is_given_up),
    cmocka_unit_test(tokens_a_line_each),
    cmocka_unit_test(spellings_by_token),
    cmocka_unit_test(every_keyword_is_found),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
