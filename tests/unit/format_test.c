/* format_test.c: every rule file there is, laid out anew from any placement of blanks, lines and comments: the layout is
 * stable, the tree stays, no comment leaves its place, and Danish and back gives the same bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "lang/format/format.h"
#include "lang/load/load.h"
#include "lang/memory.h"
#include "lang/parse/parse.h"

/* ── texts ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct source *source_of(const char *text) { return source_of_text("a.kly", text, strlen(text)); }

static char *tree_of(const char *text) {
  struct problems *problems = problems_open();
  enum language language;
  char *printed = NULL;
  size_t length;
  FILE *out = open_memstream(&printed, &length);
  tree_print(parse_source(source_of(text), problems, &language), out);
  fclose(out);
  char *copy = memory_copy(printed, length);
  free(printed);
  assert_int_equal(problems->n_errors, 0);
  return copy;
}

static const char *formatted(const char *text) {
  const char *said = format_source(source_of(text), NULL, problems_open());
  assert_non_null(said);
  return said;
}

static const char *turned(const char *text, enum language language) {
  return format_source(source_of(text), &language, problems_open());
}

/* A text that grows. */
struct text {
  char *bytes;
  size_t used, room;
};

static void add(struct text *text, const char *bytes, size_t length) {
  if (text->used + length + 1 > text->room) text->bytes = memory_grow(text->bytes, text->room = 2 * (text->used + length) + 64, 1);
  memcpy(text->bytes + text->used, bytes, length);
  text->used += length;
  text->bytes[text->used] = 0;
}

/* Each comment without the blanks after it, and the number of the token it stands before, a line each; the line of the language is left aside. */
static const char *comments_of(const char *bytes) {
  const struct source *source = source_of(bytes);
  enum language language;
  size_t n, from = 0;
  struct token *tokens = parse_tokens(source, problems_open(), &language, &n);
  bool named = n && (!strncmp(bytes + tokens[0].at.from, "language", 8) || !strncmp(bytes + tokens[0].at.from, "sprog", 5));
  size_t language_line = named ? 2 : 0;
  struct text found = { 0 };
  add(&found, "", 0);
  for (size_t i = 0; i <= n; i++) {
    size_t to = i < n ? tokens[i].at.from : source->length;
    for (const char *next = bytes + from; (next = memchr(next, '#', (size_t)(bytes + to - next)));) {
      size_t whole = strcspn(next, "\n"), length = whole;
      while (length && strchr(" \t\r", next[length - 1])) length--;
      const char *line = memory_print("%zu %.*s\n", i > language_line ? i - language_line : 0, (int)length, next);
      add(&found, line, strlen(line));
      next += whole;
    }
    if (i < n) from = tokens[i].at.to;
  }
  return found.bytes;
}

/* ── other placements ────────────────────────────────────────────────────────────────────────────────────────────── */

static uint32_t chance;

static uint32_t draw(uint32_t n) {
  chance = chance * 1664525u + 1013904223u;
  return (chance >> 8) % n;
}

static void add_gap(struct text *text, bool may_be_none) {
  static const char *const gaps[] = { " ", "   ", "\t", "\n", "\n\n\n", "\r\n", " \n  ", "\n    \n  ", "\xC2\xA0 " };
  uint32_t which = draw(14);
  if (may_be_none && which > 9) return;
  if (which < 9) add(text, gaps[which], strlen(gaps[which]));
  else if (which == 9 && draw(3) == 0) {
    const char *comment = memory_print("%s# comment %u, 100 %% \"so\"%s\n%s", draw(2) ? " " : "\n\n  ", draw(1000), draw(2) ? " " : "", draw(2) ? "" : "\n ");
    add(text, comment, strlen(comment));
  } else add(text, " ", 1);
}

/* The tokens of a text with other gaps between them; those that touch may be parted. */
static const char *placed_otherwise(const char *bytes) {
  enum language language;
  size_t n;
  const struct token *tokens = parse_tokens(source_of(bytes), problems_open(), &language, &n);
  struct text text = { 0 };
  add(&text, "\xEF\xBB\xBF", draw(4) ? 0 : 3);
  for (size_t i = 0; i < n; i++) {
    bool touches = i > 0 && tokens[i - 1].at.to == tokens[i].at.from;
    add_gap(&text, i == 0 || touches);
    add(&text, bytes + tokens[i].at.from, tokens[i].at.to - tokens[i].at.from);
  }
  add_gap(&text, true);
  return text.bytes;
}

/* ── claims ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void stands(const char *source, const char *tree) {
  const char *text = formatted(source);
  assert_string_equal(tree_of(text), tree);
  assert_string_equal(comments_of(text), comments_of(source));
  assert_string_equal(formatted(text), text);
  bool danish = strncmp(text, "language da\n", 12) == 0;
  const char *other = turned(text, danish ? ENGLISH : DANISH);
  assert_non_null(other);
  assert_string_equal(tree_of(other), tree);
  assert_string_equal(formatted(other), other);
  assert_string_equal(turned(other, danish ? DANISH : ENGLISH), text);
}

static void of_every_file(const char *folder, int rounds) {
  const char *top = getenv("srcdir");
  size_t n;
  const char **files = load_files_below(memory_print("%s/%s", top ? top : ".", folder), &n);
  assert_true(n > 0);
  for (size_t i = 0; i < n; i++) {
    const char *error;
    const struct source *source = source_read(files[i], &error);
    assert_non_null(source);
    const char *tree = tree_of(source->text);
    chance = (uint32_t)i;
    stands(source->text, tree);
    for (int round = 0; round < rounds; round++) {
      const char *other = placed_otherwise(source->text);
      assert_string_equal(tree_of(other), tree);
      stands(other, tree);
    }
  }
}

static void rules(void **state) { (void)state; of_every_file("rules", 3); }
static void language_tests(void **state) { (void)state; of_every_file("tests/language", 3); }
static void shapes(void **state) { (void)state; of_every_file("tests/shapes", 12); }
static void examples(void **state) { (void)state; of_every_file("examples", 20); }

static void texts_of_lines(void **state) {
  (void)state;
  static const char *const texts[] = { "\"\"\"one\"\"\"", "\"\"\"\n  one\n    two\n\n  three\n\"\"\"", "\"\"\"one\n      two\n    three\"\"\"",
    "\"\"\"   one\n\n\"\"\"", "\"\"\"\n\n\n\"\"\"", "\"\"\"\r\n\tone\r\n\ttwo\r\n\"\"\"", "\"\"\"\"\"\"", "\"\"\"\n  \"one\" \n\n\n\"\"\"", "\"\"\"\n   one\n \t two\"\"\"" };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    const char *pack = memory_print("pack a\nabout %s version \"1\"", texts[i]);
    stands(pack, tree_of(pack));
  }
}

static void nothing_at_all(void **state) {
  (void)state;
  assert_string_equal(formatted(""), "");
  assert_string_equal(formatted("\n \n"), "");
  assert_string_equal(formatted("#  alone \n\n\n"), "#  alone\n");
  assert_string_equal(formatted("# above\nsprog da # beside"), "language da\n\n# above\n# beside\n");
  assert_string_equal(formatted("language en"), "");
  assert_string_equal(turned("", DANISH), "language da\n");
}

static void files_with_errors(void **state) {
  (void)state;
  struct problems *problems = problems_open();
  assert_null(format_source(source_of("indicator a share were b"), NULL, problems));
  assert_null(format_source(source_of("pack \xFF"), NULL, problems));
  assert_true(problems->n_errors >= 2);
}

static void names_of_the_other_language(void **state) {
  (void)state;
  static const char *const names[] = { "define dag = age > 3", "define a = hvor > 3", "codes a = icpc liste", "test \"a\" patient age 3 inden for on 2024-01-01" };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    formatted(names[i]);
    enum language danish = DANISH;
    struct problems *problems = problems_open();
    assert_null(format_source(source_of(names[i]), &danish, problems));
    assert_int_equal(problems->n_errors, 1);
  }
  /* Soft words and columns may be names in both. */
  assert_string_equal(turned("define liste = age > 3", DANISH), "language da\n\ndefiner liste = alder > 3\n");
  assert_string_equal(turned("sprog da definer list = x.days > 3", ENGLISH), "define list = x.days > 3\n");
}

static void deep_and_long(void **state) {
  (void)state;
  struct text text = { 0 };
  add(&text, "define a = ", 11);
  for (int i = 0; i < 150; i++) add(&text, "(b or not (c and ", 17);
  add(&text, "d", 1);
  for (int i = 0; i < 150; i++) add(&text, "))", 2);
  add(&text, "\ncodes b = icpc", 15);
  for (int i = 0; i < 3000; i++) add(&text, " A01", 4);
  stands(text.bytes, tree_of(text.bytes));
}

int main(void) {
  memory_start(abort);
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(rules),
    cmocka_unit_test(language_tests),
    cmocka_unit_test(shapes),
    cmocka_unit_test(examples),
    cmocka_unit_test(texts_of_lines),
    cmocka_unit_test(nothing_at_all),
    cmocka_unit_test(files_with_errors),
    cmocka_unit_test(names_of_the_other_language),
    cmocka_unit_test(deep_and_long),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
