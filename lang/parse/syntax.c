/* syntax.c: what to say of a token that does not fit: never a long list of tokens, but what was most likely meant. */
#include "lang/parse/reading.h"
#include "lang/parse/grammar.h"
#include "lang/memory.h"
#include <stdio.h>
#include <string.h>

/* A wrong token and all that is known of it. */
struct wrong {
  const struct reading *reading;
  enum language language;
  struct place at;
  const char *token;                    /* its name */
  const char *word;                     /* where it begins in the source */
  int length;
  const struct keyword *keyword;        /* NULL where it is none */
  const struct seen *before;            /* the token before it, and those before that */
  const char *const *expected;          /* the names of the tokens that would fit */
  int n;
};

static bool fits(const struct wrong *wrong, const char *name) {
  for (int i = 0; i < wrong->n; i++) {
    if (strcmp(wrong->expected[i], name) == 0) return true;
  }
  return false;
}

static bool is(const struct wrong *wrong, const char *name) { return strcmp(wrong->token, name) == 0; }

/* Where a name of the author's own would fit (and not only a unit, which is a name too). */
static bool name_fits(const struct wrong *wrong) { return fits(wrong, "a name") && !fits(wrong, "a unit"); }

static const char *words_at(const struct wrong *wrong, struct place at) {
  return memory_copy(wrong->reading->source->text + at.from, at.to - at.from);
}

/* ── what would have fitted, in a handful of phrases ── */

struct phrases {
  const char *text;
};

static void say(struct phrases *phrases, const char *phrase) {
  phrases->text = phrases->text ? memory_print("%s, %s", phrases->text, phrase) : phrase;
}

static int count_group(const struct wrong *wrong, enum group group) {
  int n = 0;
  for (int i = 0; i < wrong->n; i++) {
    const struct keyword *keyword = keyword_named(wrong->expected[i]);
    n += keyword && keyword->group == group;
  }
  return n;
}

/* What would fit besides keywords. */
static void say_tokens(struct phrases *phrases, const struct wrong *wrong, bool value) {
  if (fits(wrong, "')'")) say(phrases, ")");
  if (fits(wrong, "','")) say(phrases, "a comma");
  if (value) say(phrases, fits(wrong, "NOT") ? "a value or a condition" : "a value");
  else if (name_fits(wrong)) say(phrases, "a name");
  if (value) return;
  if (fits(wrong, "a number")) say(phrases, "a number");
  if (fits(wrong, "a date")) say(phrases, "a date");
  if (fits(wrong, "a text in quotes")) say(phrases, "a text in quotes");
  if (fits(wrong, "DAYS") && !fits(wrong, "a unit")) {
    say(phrases, wrong->language == DANISH ? "dage, uger, måneder, år" : "days, weeks, months, years");
  }
}

/* The expected tokens: crowds by what they are, single words as they are spelt. NULL where nothing fits. */
static const char *what_fits(const struct wrong *wrong) {
  struct phrases phrases = { NULL };
  bool value = fits(wrong, "a number") && fits(wrong, "'('"), name = name_fits(wrong);
  bool comparison = fits(wrong, "'<'") && fits(wrong, "'='"), window = fits(wrong, "EVER");
  bool soft_are_names = name && fits(wrong, "AIM") && fits(wrong, "REVIEWED");
  int lines = count_group(wrong, GROUP_CLAUSE) + (soft_are_names ? 0 : count_group(wrong, GROUP_SOFT));
  int declarations = count_group(wrong, GROUP_DECLARATION);
  say_tokens(&phrases, wrong, value);
  for (int i = 0; i < wrong->n; i++) {
    const struct keyword *keyword = keyword_named(wrong->expected[i]);
    if (!keyword) continue;
    bool shown = false;
    switch (keyword->group) {
    case GROUP_WORD: case GROUP_JOIN: shown = true; break;
    case GROUP_KIND: shown = !value; break;
    case GROUP_COMPARISON: shown = !comparison && !window; break;
    case GROUP_CLAUSE: shown = lines <= 3; break;
    case GROUP_SOFT: shown = !name && lines <= 3; break;
    case GROUP_DECLARATION: shown = declarations <= 3; break;
    default: break;
    }
    if (shown) say(&phrases, keyword->spelt[wrong->language]);
  }
  if (comparison) say(&phrases, "a comparison (=, >, between, in, …)");
  else if (fits(wrong, "'='")) say(&phrases, "=");
  if (window) say(&phrases, "a window (within, since, …)");
  if (lines > 3) say(&phrases, "the next line of this declaration");
  if (declarations > 3) say(&phrases, "the next declaration");
  return phrases.text;
}

static const char *expected(const struct wrong *wrong) {
  if (fits(wrong, "AGO") && !fits(wrong, "AND")) {
    return "expected: ago; a sum that is compared stands in parentheses: (a + b) between 5 and 10";
  }
  const char *list = what_fits(wrong);
  return list ? memory_print("expected: %s", list) : NULL;
}

/* ── hints. Each gives one, or NULL where it does not apply; the first that applies is shown ── */

static const char *decimal_comma(const struct wrong *wrong) {
  bool number_before = wrong->before->token == TOK_NUMBER && wrong->before->at.to == wrong->at.from;
  if (!number_before || *wrong->word != ',' || wrong->word[1] < '0' || wrong->word[1] > '9') return NULL;
  return memory_print("a decimal is written with a point: %s.%c…", words_at(wrong, wrong->before->at), wrong->word[1]);
}

static const char *and_with_or(const struct wrong *wrong) {
  if (!(is(wrong, "OR") && fits(wrong, "AND")) && !(is(wrong, "AND") && fits(wrong, "OR"))) return NULL;
  return "`and` and `or` side by side are read in two ways: put parentheses around what belongs together";
}

static const char *word_is(const struct wrong *wrong) {
  if (!is(wrong, "a name") || wrong->length != 2 || memcmp(wrong->word, "is", 2) != 0) return NULL;
  return "write `=`, or `is known`, `is unknown`, `is true`, `is false`";
}

static const char *other_language(const struct wrong *wrong) {
  enum language other = wrong->language == DANISH ? ENGLISH : DANISH;
  const struct keyword *keyword = is(wrong, "a name") ? keyword_spelt(other, wrong->word, (size_t)wrong->length) : NULL;
  if (!keyword || !fits(wrong, keyword->name)) return NULL;
  return memory_print("this file is in %s: write `%s` for `%.*s`", wrong->language == DANISH ? "Danish" : "English",
                      keyword->spelt[wrong->language], wrong->length, wrong->word);
}

/* `count` alone may be meant for `count of`, `wher` for `where`. */
static const char *misspelt(const struct wrong *wrong) {
  if (!is(wrong, "a name") || wrong->length < 3) return NULL;
  const char **spelt = NEW_ARRAY(const char *, (size_t)wrong->n + 1);
  size_t n = 0;
  const char *meant = NULL;
  for (int i = 0; i < wrong->n; i++) {
    const struct keyword *keyword = keyword_named(wrong->expected[i]);
    if (!keyword) continue;
    const char *spelling = spelt[n++] = keyword->spelt[wrong->language];
    if (strncmp(spelling, wrong->word, (size_t)wrong->length) == 0 && spelling[wrong->length] == ' ') meant = spelling;
  }
  if (!meant) meant = problem_nearest(words_at(wrong, wrong->at), spelt, n);
  return meant ? memory_print("did you mean `%s`?", meant) : NULL;
}

static const char *read_as_unit(const struct wrong *wrong) {
  const struct seen *unit = wrong->before, *number = unit + 1;
  if (unit->token != TOK_NAME || number->token != TOK_NUMBER || fits(wrong, "a name")) return NULL;
  return memory_print("`%s` was read as the unit of %s; if a new condition begins there, write `and` or `or` before it",
                      words_at(wrong, unit->at), words_at(wrong, number->at));
}

static const char *not_inside(const struct wrong *wrong) {
  return is(wrong, "NOT") ? "`not` stands before the whole condition: not drug in (…)" : NULL;
}

static const char *top_of_file(const struct wrong *wrong) {
  if (is(wrong, "LANGUAGE")) return "the language is said once, first of all";
  return is(wrong, "USE") ? "`use` stands at the top of the file, or under `pack`" : NULL;
}

static const char *keyword_as_name(const struct wrong *wrong) {
  bool reserved = wrong->keyword && wrong->keyword->group != GROUP_SOFT;
  if (!reserved || !name_fits(wrong) || fits(wrong, "a number")) return NULL;
  return memory_print("`%.*s` is a word of the language: choose another name", wrong->length, wrong->word);
}

static const char *sign_in_code(const struct wrong *wrong) {
  if (!fits(wrong, "EXCEPT") || !strchr("-./", *wrong->word)) return NULL;
  return "a code with a sign in it stands in quotes: \"4548-4\"";
}

static const char *unit_joined(const struct wrong *wrong) {
  if (!is(wrong, "a code")) return NULL;
  return "put a space between a number and its unit; a code that begins with a digit stands only in a list of codes";
}

static const char *second_comparison(const struct wrong *wrong) {
  if (!strchr("<>=!", *wrong->word) || !fits(wrong, "AND") || fits(wrong, "'='")) return NULL;
  return "one condition makes one comparison: join two with `and`, or use `between … and …`";
}

static const char *hint_for(const struct wrong *wrong) {
  static const char *(*const hints[])(const struct wrong *) = {
    decimal_comma, and_with_or, word_is, other_language, misspelt, read_as_unit, not_inside, top_of_file,
    keyword_as_name, sign_in_code, unit_joined, second_comparison, expected,
  };
  for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
    const char *hint = hints[i](wrong);
    if (hint) return hint;
  }
  return NULL;
}

/* Where the file ends, or the next declaration begins on a line of its own, the mistake lies before it. */
static bool is_unfinished(const struct wrong *wrong) {
  if (wrong->at.from == wrong->at.to) return true;
  if (!wrong->keyword || wrong->keyword->group != GROUP_DECLARATION || is(wrong, "LANGUAGE")) return false;
  size_t end = wrong->before->at.to;
  return memchr(wrong->reading->source->text + end, '\n', wrong->at.from - end) != NULL;
}

void syntax_unexpected(struct reading *reading, struct place at, const char *token, const char *const names[], int n) {
  if (reading_is_hopeless(reading)) return;
  const struct seen *newest = &reading->last[0];
  struct wrong wrong = {
    .reading = reading, .language = reading->language, .at = at, .token = token,
    .word = reading->source->text + at.from, .length = (int)(at.to - at.from), .keyword = keyword_named(token),
    .before = newest->at.from == at.from ? newest + 1 : newest, .expected = names, .n = n,
  };
  if (is_unfinished(&wrong)) {
    struct place after = { wrong.before->at.to, wrong.before->at.to + 1 };
    reading_problem(reading, PROBLEM_syntax, after, expected(&wrong), "this is not finished");
    return;
  }
  bool reserved = wrong.keyword && wrong.keyword->group != GROUP_SOFT;
  const char *what = is(&wrong, "a name") ? "the name " : reserved ? "the word " : "";
  reading_problem(reading, PROBLEM_syntax, at, hint_for(&wrong), "%s`%.*s` does not fit here", what,
                  wrong.length, wrong.word);
}
