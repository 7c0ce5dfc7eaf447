/* words.c: what the scanner passes by, and what a word is: a keyword of one to four words, or a name. Most of a rule file
 * is looked at here, a letter once, and not by the scanner's tables, which take several times as long for each. */
#include "lang/parse/reading.h"
#include "lang/parse/grammar.h"
#include <string.h>

static bool is_plain_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

size_t words_blank(const char *text) {
  const char *next = text;
  for (;;) {
    while (is_plain_blank(*next)) next++;
    if (*next != '#') return (size_t)(next - text);
    next += strcspn(next, "\n");
  }
}

static bool is_plain(unsigned char c) {
  return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10 || c == '_';
}

size_t words_plain(const char *text) {
  const char *next = text;
  while (is_plain((unsigned char)*next)) next++;
  return (size_t)(next - text);
}

bool words_is_day(const char *text) {
  for (int i = 0; i < DAY_LETTERS; i++)
    if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
  return leaf_is_day(text);
}

/* Up to four words: where each ends, and their tidy form, one blank between two. No keyword is longer than that form has
 * room for; what is longer ends there and is found to be none. */
struct words {
  char tidy[48];
  size_t ends[4], lengths[4];
  int n;
};

static bool is_blank(const char *text, size_t i) {
  char c = text[i];
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\xC2' || (i > 0 && text[i - 1] == '\xC2');
}

static void cut_words(const char *text, size_t length, struct words *words) {
  size_t used = 0;
  for (size_t i = 0; i < length; i++) {
    if (is_blank(text, i)) continue;
    if (used < sizeof words->tidy) words->tidy[used] = text[i];
    used++;
    if (i + 1 < length && !is_blank(text, i + 1)) continue;
    words->ends[words->n] = i + 1;
    words->lengths[words->n++] = used;
    if (used < sizeof words->tidy) words->tidy[used] = ' ';
    used++;
  }
}

/* The word after `language`: from here on keywords are read in it. */
static int choose_language(struct reading *reading, struct place at) {
  const char *word = reading->source->text + at.from;
  size_t length = at.to - at.from;
  bool danish = length == 2 && memcmp(word, "da", 2) == 0, english = length == 2 && memcmp(word, "en", 2) == 0;
  if (danish || english) reading->language = danish ? DANISH : ENGLISH;
  else reading_problem(reading, PROBLEM_syntax, at, "write `language en` or `sprog da`", "`%.*s` is no language of rule files",
                       (int)length, word);
  return TOK_NAME;
}

static bool is_language(const char *word, size_t length) {
  const struct keyword *found = keyword_spelt(DANISH, word, length);
  return found && found->token == TOK_LANGUAGE;
}

/* A file in Danish begins with `sprog`, before its language is known. */
int words_token(struct reading *reading, struct place at, const struct spelling *spelling) {
  if (reading->last[0].token == TOK_LANGUAGE) return choose_language(reading, at);
  if (spelling->keyword) return spelling->keyword->token;
  bool first = reading->last[0].token == 0;
  return first && is_language(reading->source->text + at.from, at.to - at.from) ? TOK_LANGUAGE : TOK_NAME;
}

int words_longest(struct reading *reading, struct place *at) {
  const char *text = reading->source->text + at->from;
  struct words words = { .n = 0 };
  cut_words(text, at->to - at->from, &words);
  for (int i = reading->last[0].token == TOK_LANGUAGE ? 0 : words.n - 1; i > 0; i--) {
    const struct keyword *found = NULL;
    if (words.lengths[i] <= sizeof words.tidy) found = keyword_spelt(reading->language, words.tidy, words.lengths[i]);
    if (!found) continue;
    at->to = at->from + words.ends[i];
    return found->token;
  }
  at->to = at->from + words.ends[0];
  return words_token(reading, *at, keyword_look_up(reading->language, text, words.ends[0]));
}
