/* words.c: how each token is written: keywords in a language, with one blank between their words; signs in their plain form;
 * all else as the author wrote it. */
#include "lang/format/page.h"
#include <string.h>
#include "lang/memory.h"
#include "runtime/image/words.h"

size_t words_width(const char *words, size_t length) {
  size_t width = 0;
  for (size_t i = 0; i < length; i++) width += (words[i] & 0xC0) != 0x80;
  return width;
}

static bool is_token(const struct page *page, size_t i, const char *words) {
  struct place at = page->items[i].at;
  return at.to - at.from == strlen(words) && memcmp(page->source->text + at.from, words, at.to - at.from) == 0;
}

/* The keyword that an item is; NULL where it is none, or its word is a name here. */
static const struct keyword *keyword_of(const struct item *item) {
  return item->is_name || item->token == TOK_NAME ? NULL : keyword_named(token_name(item->token));
}

static const char *sign(int token) {
  return token == TOK_LE ? "<=" : token == TOK_GE ? ">=" : token == TOK_NE ? "!=" : NULL;
}

/* What is seen of a text on the line where it begins. */
static size_t text_width(const char *words) { return words_width(words, strcspn(words, "\n")); }

void page_spell(struct page *page, enum language language) {
  for (size_t i = 0; i < page->n; i++) {
    struct item *item = &page->items[i];
    const struct keyword *keyword = keyword_of(item);
    if (keyword) {
      bool one = i > 0 && page->items[i - 1].token == TOK_NUMBER && is_token(page, i - 1, "1");
      item->words = keyword_spelling(keyword, language, one);
      item->width = keyword_width(keyword);
    } else {
      const char *plain = sign(item->token);
      item->words = plain ? plain : memory_copy(page->source->text + item->at.from, item->at.to - item->at.from);
      item->width = text_width(item->words);
    }
  }
}

/* ── names that are keywords of the other language ───────────────────────────────────────────────────────────────── */

/* After a point any word is a name; elsewhere a soft word may be one where the grammar has a name, but not as a code. */
static bool clashes(const struct page *page, size_t i, enum language turn_to) {
  const struct item *item = &page->items[i];
  if (item->token != TOK_NAME || (i > 0 && item[-1].token == '.')) return false;
  const struct keyword *keyword =
      keyword_spelt(turn_to, page->source->text + item->at.from, item->at.to - item->at.from);
  return keyword && (keyword->group != GROUP_SOFT || !item->is_name);
}

void page_tell_clashes(const struct page *page, enum language turn_to, struct problems *problems) {
  size_t n = 0;
  for (size_t i = 0; i < page->n; i++) {
    struct place at = page->items[i].at;
    if (!clashes(page, i, turn_to)) continue;
    problem_add(problems, PROBLEM_turn, page->source, at, "give it another name, then turn the file",
                turn_to == DANISH ? N_("`%.*s` is a keyword in Danish") : N_("`%.*s` is a keyword in English"),
                (int)(at.to - at.from), page->source->text + at.from);
    n++;
  }
  if (n) return;
  problem_add(problems, PROBLEM_turn, page->source, (struct place){0, 0}, NULL,
              turn_to == DANISH
                  ? N_("turned to Danish this file would not be read as it is now: names side by side are a keyword")
                  : N_("turned to English this file would not be read as it is now: names side by side are a keyword"));
}

/* ── texts of several lines ──────────────────────────────────────────────────────────────────────────────────────── */

const char *words_of_lines(const struct source *source, struct place at, size_t indent) {
  const char *text = leaf_text(source, at);
  size_t n_lines = 2, used = 0;
  for (const char *byte = text; *byte; byte++) n_lines += *byte == '\n';
  char *lines = memory_bytes(strlen(text) + n_lines * (indent + 1) + 8);
  used += (size_t)sprintf(lines, "\"\"\"\n");
  for (const char *line = text;;) {
    size_t length = strcspn(line, "\n");
    if (length) used += (size_t)sprintf(lines + used, "%*s%.*s", (int)indent, "", (int)length, line);
    lines[used++] = '\n';
    if (!line[length]) break;
    line += length + 1;
  }
  used += (size_t)sprintf(lines + used, "%*s\"\"\"", (int)indent, "");
  const struct source *written = source_of_text(source->path, lines, used);
  return strcmp(text, leaf_text(written, (struct place){0, used})) == 0 ? lines : NULL;
}
