/* words.c: what is said, and what an author wrote, quoted in it. */
#include "lang/lint/inner.h"
#include <stdarg.h>
#include <string.h>

static enum language language_of(const struct lint *lint, const struct source *source) {
  for (size_t i = 0; i < lint->n_files; i++)
    if (lint->files[i]->source == source) return lint->files[i]->language;
  return ENGLISH;
}

const char *lint_say(const struct lint *lint, const struct source *source, const char *format, ...) {
  va_list args;
  va_start(args, format);
  const char *said = memory_print_list(parse_say(format, language_of(lint, source)), args);
  va_end(args);
  return said;
}

const char *lint_keyword(const struct lint *lint, const struct source *source, const char *token) {
  return parse_spelling(token, language_of(lint, source));
}

void lint_warn(const struct lint *lint, enum problem_id id, const struct source *source, struct place at,
               const char *hint, const char *format, ...) {
  va_list args;
  va_start(args, format);
  enum language language = language_of(lint, source);
  problem_add_list(lint->problems, id, source, at, hint ? parse_say(hint, language) : NULL, parse_say(format, language),
                   args);
  va_end(args);
}

const char *lint_words(const struct source *source, struct place at) {
  const char *text = source->text;
  char *words = memory_bytes(at.to - at.from + 1);
  size_t n = 0;
  bool gap = false, quoted = false;
  for (size_t i = at.from; i < at.to; i++) {
    if (!quoted && text[i] == '#')
      while (i < at.to && text[i] != '\n') i++;
    if (i == at.to) break;
    if (text[i] == '"') quoted = !quoted;
    if (!quoted && strchr(" \t\r\n", text[i])) {
      gap = n > 0;
      continue;
    }
    if (gap) words[n++] = ' ';
    gap = false;
    words[n++] = text[i];
  }
  words[n] = 0;
  return words;
}

const char *lint_words_of(const struct expr *expr) { return lint_words(expr->source, expr->at); }
