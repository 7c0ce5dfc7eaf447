/* keywords.c: finds a keyword by its spelling or by the name of its token. What is looked up stands in three tables that
 * are filled once, from keywords.def, when the first keyword is looked for. */
#include "lang/parse/reading.h"
#include "lang/parse/grammar.h"
#include "lang/memory.h"
#include <string.h>
#include "runtime/image/hash.h"
#include "runtime/image/words.h"

static const struct keyword keywords[] = {
#define KEYWORD(token, group, english, danish) { TOK_##token, #token, GROUP_##group, { english, danish } },
#include "keywords.def"
#undef KEYWORD
};
enum { N_KEYWORDS = sizeof keywords / sizeof *keywords, BY_NAME = 2, N_TABLES, N_SLOTS = 1024 };

/* A key is a spelling, the first word of one, or, in the last table, the name of a token. */
static struct spelling tables[N_TABLES][N_SLOTS];

/* The key's slot, or the free one where it belongs. Every word of a rule file comes by here: keywords differ in their length
 * and their first and last letters, and up to eight letters there are none between these. */
static struct spelling *slot_of(int table, const char *key, size_t length) {
  uint64_t letters = hash_letters(key, length);
  for (uint64_t hash = hash_on(length, letters);; hash++) {
    struct spelling *slot = &tables[table][hash % N_SLOTS];
    if (!slot->key) return slot;
    if (slot->letters != letters || slot->length != length) continue;
    if (length <= sizeof letters || memcmp(slot->key, key, length) == 0) return slot;
  }
}

static struct spelling *add(int table, const char *key, size_t length) {
  struct spelling *slot = slot_of(table, key, length);
  slot->key = key;
  slot->length = length;
  slot->letters = hash_letters(key, length);
  return slot;
}

static void fill_once(void) {
  static bool filled;
  if (filled) return;
  filled = true;
  for (const struct keyword *keyword = keywords; keyword < keywords + N_KEYWORDS; keyword++)
    for (int table = 0; table < N_TABLES; table++) {
      const char *key = table == BY_NAME ? keyword->name : keyword->spelt[table];
      size_t first_word = strcspn(key, " ");
      struct spelling *slot = add(table, key, strlen(key));
      if (!slot->keyword) slot->keyword = keyword;
      if (key[first_word]) add(table, key, first_word)->goes_on = true;
    }
}

const struct spelling *keyword_look_up(enum language language, const char *words, size_t length) {
  fill_once();
  return slot_of((int)language, words, length);
}

const struct keyword *keyword_spelt(enum language language, const char *words, size_t length) {
  return keyword_look_up(language, words, length)->keyword;
}

const struct keyword *keyword_named(const char *name) {
  fill_once();
  return slot_of(BY_NAME, name, strlen(name))->keyword;
}

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
