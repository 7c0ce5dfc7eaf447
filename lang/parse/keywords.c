/* keywords.c: finds a keyword by its spelling or by the name of its token. The table of keywords.def is sorted three
 * ways, once, when the first keyword is looked for. */
#include "lang/parse/reading.h"
#include "lang/parse/grammar.h"
#include "lang/memory.h"
#include <stdlib.h>
#include <string.h>
#include "runtime/image/words.h"

static const struct keyword keywords[] = {
#define KEYWORD(token, group, english, danish) { TOK_##token, #token, GROUP_##group, { english, danish } },
#include "keywords.def"
#undef KEYWORD
};
enum { N_KEYWORDS = sizeof keywords / sizeof *keywords, BY_NAME = 2, N_ORDERS };

static const struct keyword *orders[N_ORDERS][N_KEYWORDS];
/* Where in an order the keys begin whose first byte is this one, or a later one where there are none. */
static int begins[N_ORDERS][257];

static const char *sort_key(const struct keyword *keyword, int order) {
  return order == BY_NAME ? keyword->name : keyword->spelt[order];
}

/* Rows of one spelling keep their order, so that the plural of `år` and the first row of a token are found. */
static int compare(const struct keyword *a, const struct keyword *b, int order) {
  int c = strcmp(sort_key(a, order), sort_key(b, order));
  return c ? c : (a > b) - (a < b);
}

static int by_english(const void *a, const void *b) {
  return compare(*(const struct keyword *const *)a, *(const struct keyword *const *)b, ENGLISH);
}
static int by_danish(const void *a, const void *b) {
  return compare(*(const struct keyword *const *)a, *(const struct keyword *const *)b, DANISH);
}
static int by_name(const void *a, const void *b) {
  return compare(*(const struct keyword *const *)a, *(const struct keyword *const *)b, BY_NAME);
}

static void sort_once(void) {
  static int (*const by[N_ORDERS])(const void *, const void *) = { by_english, by_danish, by_name };
  if (orders[0][0]) return;
  for (int order = N_ORDERS - 1; order >= 0; order--) {
    for (int i = 0; i < N_KEYWORDS; i++) orders[order][i] = &keywords[i];
    qsort(orders[order], N_KEYWORDS, sizeof orders[order][0], by[order]);
    for (int byte = 0, i = 0; byte <= 256; byte++) {
      while (i < N_KEYWORDS && (unsigned char)*sort_key(orders[order][i], order) < byte) i++;
      begins[order][byte] = i;
    }
  }
}

/* The place of the first whose key begins with these bytes, or would stand behind them. */
static int place_of(int order, const char *key, size_t length) {
  sort_once();
  int low = begins[order][(unsigned char)*key], high = begins[order][(unsigned char)*key + 1];
  while (low < high) {
    int middle = low + (high - low) / 2;
    if (strncmp(sort_key(orders[order][middle], order), key, length) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

static bool begins_with(int order, int place, const char *key, size_t length) {
  return place < N_KEYWORDS && strncmp(sort_key(orders[order][place], order), key, length) == 0;
}

/* The first of those whose key is this one. */
static const struct keyword *find(int order, const char *key, size_t length) {
  int place = place_of(order, key, length);
  bool found = begins_with(order, place, key, length) && !sort_key(orders[order][place], order)[length];
  return found ? orders[order][place] : NULL;
}

const struct keyword *keyword_spelt(enum language language, const char *words, size_t length) {
  return find((int)language, words, length);
}

/* What goes on behind a word and a blank stands right behind the word itself. */
bool keyword_goes_on(enum language language, const char *word, size_t length) {
  int order = (int)language, place = place_of(order, word, length);
  while (begins_with(order, place, word, length) && !sort_key(orders[order][place], order)[length]) place++;
  return begins_with(order, place, word, length) && sort_key(orders[order][place], order)[length] == ' ';
}

const struct keyword *keyword_named(const char *name) { return find(BY_NAME, name, strlen(name)); }

/* The last row of the token of a keyword that is the first of its token. */
static const struct keyword *last_row(const struct keyword *first) {
  const struct keyword *last = first;
  while (last + 1 < keywords + N_KEYWORDS && last[1].token == first->token) last++;
  return last;
}

const char *keyword_spelling(const struct keyword *keyword, enum language language, bool one) {
  const struct keyword *first = keyword_named(keyword->name);
  return (one ? last_row(first) : first)->spelt[language];
}

size_t keyword_width(const struct keyword *keyword) {
  const struct keyword *first = keyword_named(keyword->name), *last = last_row(first);
  size_t widest = 0;
  for (const struct keyword *row = first; row <= last; row++)
    for (int language = ENGLISH; language <= DANISH; language++) {
      size_t width = 0;
      for (const char *byte = row->spelt[language]; *byte; byte++) width += (*byte & 0xC0) != 0x80;
      if (width > widest) widest = width;
    }
  return widest;
}

const char *parse_spelling(const char *token, enum language language) {
  const struct keyword *keyword = keyword_named(token);
  return keyword ? keyword->spelt[language] : NULL;
}

const char *parse_say(const char *text, enum language language) {
  const char *said = "";
  if (*text) text = _(text);
  for (size_t n; *text; text += n) {
    n = strcspn(text, "{");
    const char *spelling = NULL;
    if (n == 0) {
      n = strcspn(text, "}") + (strchr(text, '}') != NULL);
      if (n > 2) spelling = parse_spelling(memory_copy(text + 1, n - 2), language);
    }
    said = spelling ? memory_print("%s%s", said, spelling) : memory_print("%s%.*s", said, (int)n, text);
  }
  return said;
}
