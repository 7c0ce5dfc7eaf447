/* hints.c: hints that take a closer look at the words: at their spelling, at what follows, at the line they stand on.
 * What can be told from two tokens alone stands in mistakes.def. */
#include "lang/parse/wrong.h"
#include "lang/parse/grammar.h"
#include "lang/memory.h"
#include <string.h>
#include "runtime/image/words.h"

static bool is(const struct wrong *wrong, const char *name) { return strcmp(wrong->token, name) == 0; }

static const char *text_from(const struct wrong *wrong, size_t at) { return wrong->reading->source->text + at; }

static const char *words_at(const struct wrong *wrong, struct place at) {
  return memory_copy(text_from(wrong, at.from), at.to - at.from);
}

/* ── what is at a place in the source ── */

static const char *skip_blanks(const char *text) { return text + strspn(text, " \t\r\n"); }

static size_t length_of_word(const char *text) { return strcspn(text, " \t\r\n,()[]<>=!+-*/.\"#"); }

/* Whether these words stand there; after them in *end where they do. */
static bool begins_with(const char *text, const char *words, const char **end) {
  size_t length = strlen(words);
  if (strncmp(text, words, length) != 0 || length_of_word(text + length) > 0) return false;
  *end = skip_blanks(text + length);
  return true;
}

static bool keyword_at(const struct wrong *wrong, const char *text, const char *token) {
  const char *end;
  return begins_with(text, parse_spelling(token, wrong->language), &end);
}

static bool is_sign(char byte) { return byte && strchr("<>=!", byte); }

static bool on_new_line(const struct wrong *wrong, struct place before, struct place at) {
  return memchr(text_from(wrong, before.to), '\n', at.from - before.to) != NULL;
}

/* The keyword of a language that begins there, the longest of one to four words. */
static const struct keyword *longest_keyword(const char *text, enum language language, size_t *length) {
  const struct keyword *longest = NULL;
  char tidy[64];
  size_t used = 0;
  for (int i = 0; i < 4; i++) {
    size_t word = length_of_word(text);
    if (word == 0 || used + word + 1 > sizeof tidy) break;
    memcpy(tidy + used, text, word);
    used += word;
    const struct keyword *found = keyword_spelt(language, tidy, used);
    if (found) {
      longest = found;
      *length = used;
    }
    tidy[used++] = ' ';
    text = skip_blanks(text + word);
  }
  return longest;
}

/* ── hints. Each gives one, or NULL where it does not apply; the first that applies is shown ── */

struct advice wrong_decimal_comma(const struct wrong *wrong) {
  struct advice advice = { .id = PROBLEM_decimal_comma, .mended = "." };
  const char *sign = text_from(wrong, wrong->at.from);
  size_t digits = strspn(sign + 1, "0123456789");
  bool number_before = wrong->before->token == TOK_NUMBER && wrong->before->at.to == wrong->at.from;
  if (!number_before || *sign != ',' || digits == 0) return (struct advice){ .message = NULL };
  const char *whole = words_at(wrong, wrong->before->at);
  const char *decimals = memory_copy(sign + 1, digits);
  advice.hint = memory_print(_("a decimal is written with a point: %s.%s"), whole, decimals);
  if (digits != 3) return advice;
  advice.mended = NULL;
  advice.hint = memory_print(_("a decimal is written with a point, and thousands without a sign: %s.%s or %s%s"), whole,
                             decimals, whole, decimals);
  return advice;
}

/* `drug = metformin, statin`. */
static const char *several_after_equals(const struct wrong *wrong) {
  const struct seen *value = wrong->before, *sign = value + 1, *left = value + 2;
  if (!is(wrong, "','") || value->token != TOK_NAME || sign->token != '=' || left->token != TOK_NAME) return NULL;
  const char *next = skip_blanks(text_from(wrong, wrong->at.to));
  size_t length = length_of_word(next);
  if (length == 0 || is_sign(*skip_blanks(next + length))) return NULL;
  return memory_print(_("several stand in parentheses: %s %s (%s, %s)"), words_at(wrong, left->at),
                      parse_spelling("IN", wrong->language), words_at(wrong, value->at),
                      length < 40 ? memory_copy(next, length) : "…");
}

static const char *said_twice(const struct wrong *wrong) {
  static const char *const may_be[] = { "a name", "a number", "a date", "a text in quotes", "a code", "'('", "')'" };
  for (size_t i = 0; i < sizeof may_be / sizeof *may_be; i++) {
    if (is(wrong, may_be[i])) return NULL;
  }
  bool same = strcmp(wrong->token, token_name(wrong->before->token)) == 0;
  return same ? mistake_say(wrong, "it stands here twice: leave one `{wrong}` out") : NULL;
}

/* `known` of `is known`, and what is meant where `not` stands before it. */
static const struct state { const char *token, *opposite; } states[] = {
  { "IS_KNOWN", "IS_UNKNOWN" }, { "IS_UNKNOWN", "IS_KNOWN" },
  { "IS_TRUE", "IS_FALSE" }, { "IS_FALSE", "IS_TRUE" },
};

/* NULL where none stands there. What is missing is unknown. */
static const struct state *state_at(const char *text, enum language language) {
  const char *end;
  for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
    if (begins_with(text, strchr(parse_spelling(states[i].token, language), ' ') + 1, &end)) return &states[i];
  }
  return begins_with(text, "missing", &end) ? &states[1] : NULL;
}

/* `sex is female`, `age is between 40 and 75`, `hba1c not measured`, `hba1c is not known`, `hba1c not known`, `hba1c known`;
 * `is` in whatever language, and behind `not` as in Danish: `hba1c ikke er målt`. */
static const char *is_and_not_in(const struct wrong *wrong, enum language language) {
  static const char *const after[] = { "IN", "BETWEEN", "MEASURED", "WITHIN" };
  const char *known = parse_spelling("IS_KNOWN", language), *word = text_from(wrong, wrong->at.from);
  const char *verb = memory_copy(known, strcspn(known, " "));
  bool is_is = begins_with(word, verb, &word);
  bool not = begins_with(word, parse_spelling("NOT", language), &word);
  bool is_behind = not && !is_is && begins_with(word, verb, &word);
  const struct state *state = state_at(word, language);
  if (state) return memory_print(_("write `%s`"), parse_spelling(not ? state->opposite : state->token, wrong->language));
  if (is_is && not) return mistake_say(wrong, "`{NOT}` stands before the whole condition: {NOT} {before} = …");
  bool inside = is_sign(*word);
  for (size_t i = 0; i < sizeof after / sizeof *after; i++) inside |= keyword_at(wrong, word, after[i]);
  if (is_is && inside) return mistake_say(wrong, "leave `{wrong}` out: {before} {after}");
  if (is_is) return mistake_say(wrong, "write `=` for `{wrong}`: {before} = {after}");
  if (!not || !inside) return NULL;
  if (is_behind)
    return memory_print(_("`%s` stands before the whole condition: %s %s %.*s …"), parse_spelling("NOT", wrong->language),
                        parse_spelling("NOT", wrong->language), words_at(wrong, wrong->before->at),
                        (int)length_of_word(word), word);
  return mistake_say(wrong, "`{NOT}` stands before the whole condition: {NOT} {before} {after}");
}

static const char *is_and_not(const struct wrong *wrong) {
  if (!wrong_fits(wrong, "IS_KNOWN")) return NULL;
  const char *hint = is_and_not_in(wrong, wrong->language);
  return hint ? hint : is_and_not_in(wrong, wrong->language == DANISH ? ENGLISH : DANISH);
}

/* The wrong words, or the name before them, may be a keyword of the other language. */
static const char *other_language(const struct wrong *wrong) {
  enum language other = wrong->language == DANISH ? ENGLISH : DANISH;
  const char *words = text_from(wrong, wrong->at.from);
  size_t length = 0;
  const struct keyword *found = is(wrong, "a name") ? longest_keyword(words, other, &length) : NULL;
  if (found && !wrong_fits(wrong, found->name)) found = NULL;
  if (!found && wrong->before->token == TOK_NAME) {
    words = text_from(wrong, wrong->before->at.from);
    found = longest_keyword(words, other, &length);
    if (found && (found->group == GROUP_SOFT || found->group == GROUP_KIND)) found = NULL;
  }
  if (!found) return NULL;
  const char *said = wrong->language == DANISH
                         ? _("this file is in Danish: write `%s` for `%.*s`")
                         : _("this file is in English: write `%s` for `%.*s`, or begin the file with `sprog da`");
  return memory_print(said, found->spelt[wrong->language], (int)length, words);
}

/* The word of these that is most like one in the source; `count` alone may be meant for `count of`. */
static const char *nearest(const struct wrong *wrong, struct place at, const char *const *spelt, size_t n) {
  const char *word = words_at(wrong, at);
  size_t length = strlen(word);
  if (length < 3) return NULL;
  for (size_t i = 0; i < n; i++) {
    if (strncmp(spelt[i], word, length) == 0 && spelt[i][length] == ' ') return spelt[i];
  }
  return problem_nearest(word, spelt, n);
}

static const char *misspelt(const struct wrong *wrong) {
  if (!is(wrong, "a name")) return NULL;
  const char **spelt = NEW_ARRAY(const char *, (size_t)wrong->n + 1);
  size_t n = 0;
  for (int i = 0; i < wrong->n; i++) {
    const struct keyword *keyword = keyword_named(wrong->expected[i]);
    if (keyword) spelt[n++] = keyword->spelt[wrong->language];
  }
  const char *meant = nearest(wrong, wrong->at, spelt, n);
  return meant ? memory_print(_("did you mean `%s`?"), meant) : NULL;
}

/* A misspelt word is read as a name, and what follows it is what does not fit: `latst hba1c`, `age > 3 adn …`. */
static const char *misspelt_before(const struct wrong *wrong) {
  static const char *const words[] = {
    "AND", "OR", "NOT", "BETWEEN", "ALL_OF", "ANY_OF", "NONE_OF", "AT_LEAST", "AT_MOST", "EXACTLY", "LATEST",
    "EARLIEST", "HIGHEST", "LOWEST", "MEAN_OF", "MEDIAN_OF", "SUM_OF", "COUNT_OF", "CHANGE_IN", "DATE_OF", "FIRST",
    "LAST", "CHOOSE", "WITHIN", "SINCE",
  };
  enum { N = sizeof words / sizeof *words };
  bool is_name = is(wrong, "a name") || wrong->keyword;
  if (!is_name || wrong->before->token != TOK_NAME || wrong_fits(wrong, "a number")) return NULL;
  const char *spelt[N];
  for (size_t i = 0; i < N; i++) spelt[i] = parse_spelling(words[i], wrong->language);
  const char *meant = nearest(wrong, wrong->before->at, spelt, N);
  return meant ? mistake_say(wrong, memory_print(_("did you mean `%s` for `{before}`?"), meant)) : NULL;
}

/* After `first`, `last`, `at least` a number belongs to the word before it. */
static const char *read_as_unit(const struct wrong *wrong) {
  const struct seen *unit = wrong->before, *number = unit + 1, *word = unit + 2;
  bool counts = word->token == TOK_FIRST || word->token == TOK_LAST;
  if (unit->token != TOK_NAME || number->token != TOK_NUMBER || counts || wrong_fits(wrong, "a name")) return NULL;
  if (wrong_fits(wrong, "WHEN")) return NULL;
  if (on_new_line(wrong, number->at, unit->at)) {
    return memory_print(_("%s, not with `%s`"), wrong_lines(wrong), words_at(wrong, unit->at));
  }
  return mistake_say(wrong, "`{before}` was read as the unit of {earlier}; "
                            "if a new condition begins there, write `{AND}` or `{OR}` before it");
}

static const char *unit_of_time(const struct wrong *wrong) {
  static const char *const units[] = { "DAYS", "WEEKS", "MONTHS", "YEARS" };
  if (!is(wrong, "a name") || !wrong_fits(wrong, "DAYS") || wrong->before->token != TOK_NUMBER) return NULL;
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    const char *spelt = parse_spelling(units[i], wrong->language);
    if (*spelt != *text_from(wrong, wrong->at.from)) continue;
    return mistake_say(wrong, memory_print(_("did you mean `{before} %s`?"), spelt));
  }
  return NULL;
}

/* `hba1c over 58`, `egfr is below 30`. */
static const char *comparison_in_words(const struct wrong *wrong) {
  static const struct { const char *word, *sign; } words[] = {
    { "over", ">" }, { "above", ">" }, { "more", ">" }, { "greater", ">" }, { "higher", ">" }, { "exceeds", ">" },
    { "under", "<" }, { "below", "<" }, { "less", "<" }, { "lower", "<" }, { "fewer", "<" }, { "equals", "=" },
    { "mere", ">" }, { "flere", ">" }, { "større", ">" }, { "højere", ">" }, { "mindre", "<" }, { "færre", "<" },
    { "lavere", "<" }, { "lig", "=" },
  };
  const char *word = text_from(wrong, wrong->at.from), *known = parse_spelling("IS_KNOWN", wrong->language);
  if (!wrong_fits(wrong, "'<'")) return NULL;
  begins_with(word, memory_copy(known, strcspn(known, " ")), &word);
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    const char *end;
    if (!begins_with(word, words[i].word, &end)) continue;
    return memory_print(_("`%s` is written %s"), words[i].word, words[i].sign);
  }
  return NULL;
}

/* Words of plain speech that the language does not have: `share with …`, `the latest hba1c`. */
static const char *stray_word(const struct wrong *wrong) {
  static const char *const words[] = { "the", "if", "with", "who", "has", "have", "det", "de", "hvis", "med", "der", "har" };
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (strcmp(words_at(wrong, wrong->at), words[i]) == 0 && wrong_fits(wrong, "WHERE")) {
      return mistake_say(wrong, "write `{WHERE}` for `{wrong}`");
    }
    for (int before = 0; before < 2; before++) {
      const char *word = words_at(wrong, before ? wrong->before->at : wrong->at);
      if (strcmp(word, words[i]) != 0) continue;
      if (!wrong_fits(wrong, "WHEN")) return memory_print(_("leave `%s` out"), word);
      return memory_print(_("write `%s` for `%s`"), parse_spelling("WHEN", wrong->language), word);
    }
  }
  return NULL;
}

/* `pack heart disease "…"`, `indicator low-egfr "…"`: what is declared, and before its title a second word. */
static const char *name_of_words(const struct wrong *wrong) {
  static const int kinds[] = {
    TOK_PACK, TOK_INDICATOR, TOK_DEFINE, TOK_PARAMETER, TOK_CODES, TOK_MEASURE, TOK_EVENTS, TOK_MEETING,
  };
  const struct seen *name = wrong->before, *kind = name + 1;
  const char *word = text_from(wrong, wrong->at.from);
  if (name->token != TOK_NAME) return NULL;
  word += *word == '-';
  size_t length = length_of_word(word);
  const char *next = skip_blanks(word + length);
  if (length == 0 || length > 40 || !(*next == '"' || *next == '=')) return NULL;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (kind->token != kinds[i]) continue;
    return memory_print(_("a name has no blanks and no dashes in it: %s_%.*s"), words_at(wrong, name->at), (int)length,
                        word);
  }
  return NULL;
}

static const char *keyword_as_name(const struct wrong *wrong) {
  bool reserved = wrong->keyword && wrong->keyword->group != GROUP_SOFT;
  bool groups = wrong->before->token == TOK_BY || wrong->before->token == TOK_ADJUST_BY;
  if (!reserved || groups || !wrong_fits(wrong, "a name") || wrong_fits(wrong, "a unit")) return NULL;
  if (wrong_fits(wrong, "a number") || wrong_fits(wrong, "'('")) return NULL;
  return mistake_say(wrong, "`{wrong}` is a word of the language: choose another name");
}

/* A sign in a list of codes, where it is no sign of the list: `4548-4`, `E11.9`. */
static const char *sign_in_code(const struct wrong *wrong) {
  if (!wrong_fits(wrong, "EXCEPT") || !strchr("-./", *text_from(wrong, wrong->at.from))) return NULL;
  const char *code = text_from(wrong, wrong->before->at.from);
  size_t length = strcspn(code, " \t\r\n,\"#");
  const char *sign = text_from(wrong, wrong->at.from);
  if (*sign == '-' && length_of_word(sign + 1) > 0 && strspn(sign + 1, "0123456789") == 0) {
    return mistake_say(wrong, "a range of codes is written with two points: {before}..{after}");
  }
  bool whole = wrong->before->at.to == wrong->at.from && length < 40;
  if (!whole) return N_("a code with a sign in it stands in quotes: \"4548-4\"");
  return memory_print(_("a code with a sign in it stands in quotes: \"%s\""), memory_copy(code, length));
}

/* `58mmol/mol` in the place of a value: digits joined to letters are a code. */
static const char *unit_joined(const struct wrong *wrong) {
  if (!is(wrong, "a code") || !wrong_fits(wrong, "a number")) return NULL;
  const char *word = text_from(wrong, wrong->at.from);
  size_t digits = strspn(word, "0123456789"), length = strcspn(word, " \t\r\n,()\"#");
  if (length > 40) return NULL;
  if (strspn(word, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length) {
    return mistake_say(wrong, "a code is given a name first: {CODES} my_codes = icd11 {wrong}");
  }
  return memory_print(_("a space stands between a number and its unit: %s %s"), memory_copy(word, digits),
                      memory_copy(word + digits, length - digits));
}

/* `patient born 1950-01-01 female`: the attribute is read as the first row of the patient. */
static const char *attribute_without_comma(const struct wrong *wrong) {
  for (const struct seen *name = wrong->before; name < wrong->before + 2; name++) {
    if (name->token != TOK_NAME || name[1].token != TOK_DATE || !wrong_fits(wrong, "ON")) continue;
    if (on_new_line(wrong, name[1].at, name->at)) continue;
    return memory_print(_("a comma is missing before `%s`"), words_at(wrong, name->at));
  }
  return NULL;
}

/* `by sex age_group`: names side by side on one line. */
static const char *comma_missing(const struct wrong *wrong) {
  if (!is(wrong, "a name") || !wrong_fits(wrong, "','")) return NULL;
  if (wrong_fits(wrong, "AND") || wrong_fits(wrong, "OR")) return NULL;
  bool line = on_new_line(wrong, wrong->before->at, wrong->at) && wrong_fits(wrong, "DEFINE");
  return line ? NULL : mistake_say(wrong, "a comma is missing before `{wrong}`");
}

/* A line that begins with what is no word of the language; it may also go on with a condition. */
static const char *line_of_its_own(const struct wrong *wrong) {
  if (!is(wrong, "a name") || !wrong_fits(wrong, "DEFINE") || wrong_fits(wrong, "EXPECT")) return NULL;
  if (wrong->before->token && !on_new_line(wrong, wrong->before->at, wrong->at)) return NULL;
  const char *words = wrong_lines(wrong);
  if (!wrong_fits(wrong, "AND") && !wrong_fits(wrong, "OR")) return words;
  return memory_print("%s; %s", words, mistake_say(wrong, "a condition goes on with `{AND}` or `{OR}`"));
}

const char *wrong_hint(const struct wrong *wrong) {
  static const char *(*const hints[])(const struct wrong *) = {
    several_after_equals, comparison_in_words, other_language, is_and_not, stray_word, said_twice,
    misspelt, unit_of_time, misspelt_before, name_of_words, read_as_unit, keyword_as_name, sign_in_code, unit_joined,
    attribute_without_comma, comma_missing, line_of_its_own,
  };
  for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
    const char *hint = hints[i](wrong);
    if (hint) return hint;
  }
  return NULL;
}
