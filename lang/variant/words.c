/* words.c: where in a rule's text something is said. The checked program knows the places of whole expressions; here the
 * sign, the keyword or the number in one is found, so that people see what would change. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lang/memory.h"
#include "lang/variant/inner.h"

/* A letter or digit, or a byte of a letter beyond ASCII. */
static bool is_word_byte(char c) { return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80; }

/* The end of a comment or of a text in quotes that begins here; here where none does. */
static size_t past_aside(const char *text, size_t at, size_t to) {
  if (text[at] == '#') {
    while (at < to && text[at] != '\n') at++;
  } else if (text[at] == '"') {
    at++;
    while (at < to && text[at] != '"') at++;
    if (at < to) at++;
  }
  return at;
}

enum language words_language(const struct source *source) {
  struct place at;
  size_t to = source->length;
  for (int danish = 0; danish < 2; danish++) {
    const char *word = parse_spelling("LANGUAGE", danish ? DANISH : ENGLISH);
    size_t from = source->lines[0];
    while (from < to) {
      size_t past = past_aside(source->text, from, to);
      if (past == from && !isspace((unsigned char)source->text[from])) break;
      from = past > from ? past : from + 1;
    }
    if (strncmp(source->text + from, word, strlen(word)) != 0) continue;
    size_t name = from + strlen(word);
    while (name < to && isspace((unsigned char)source->text[name])) name++;
    at = (struct place){name, name + 2};
    return at.to <= to && strncmp(source->text + at.from, "da", 2) == 0 ? DANISH : ENGLISH;
  }
  return ENGLISH;
}

/* ── keywords, signs and numbers ─────────────────────────────────────────────────────────────────────────────────── */

/* A keyword of several words may have any gap between them. Gives its length at this offset, or 0. */
static size_t keyword_length(const char *text, size_t at, size_t to, const char *word) {
  size_t from = at;
  for (; *word; word++) {
    if (*word == ' ') {
      if (at >= to || !isspace((unsigned char)text[at])) return 0;
      while (at < to && isspace((unsigned char)text[at])) at++;
    } else if (at >= to || text[at++] != *word) {
      return 0;
    }
  }
  return at < to && is_word_byte(text[at]) ? 0 : at - from;
}

bool words_find(const struct source *source, size_t from, size_t to, const char *token, struct place *at) {
  const char *text = source->text, *word = parse_spelling(token, words_language(source));
  for (size_t i = from; i < to;) {
    size_t past = past_aside(text, i, to), length = past > i ? 0 : keyword_length(text, i, to, word);
    bool begins = i == from || !is_word_byte(text[i - 1]);
    if (length && begins) {
      *at = (struct place){i, i + length};
      return true;
    }
    i = past > i ? past : i + 1;
  }
  return false;
}

static size_t sign_length(const char *text, const char *signs) {
  static const char *const spelt[] = {"<=", ">=", "!=", "≤", "≥", "≠", "<", ">", "=", "+", "-", "*", "/"};
  for (size_t i = 0; i < sizeof spelt / sizeof *spelt; i++)
    if (strncmp(text, spelt[i], strlen(spelt[i])) == 0 && strstr(signs, spelt[i])) return strlen(spelt[i]);
  return 0;
}

bool words_sign_before(const struct source *source, size_t from, size_t to, const char *signs, struct place *at) {
  bool found = false;
  for (size_t i = from; i < to;) {
    size_t past = past_aside(source->text, i, to), length = past > i ? 0 : sign_length(source->text + i, signs);
    if (length) *at = (struct place){i, i + length};
    found = found || length;
    i = past > i ? past : i + (length ? length : 1);
  }
  return found;
}

bool words_number(const struct source *source, size_t from, size_t to, struct place *at) {
  const char *text = source->text;
  for (size_t i = from; i < to;) {
    size_t past = past_aside(text, i, to);
    if (past == i && isdigit((unsigned char)text[i]) && (i == 0 || !is_word_byte(text[i - 1]))) {
      size_t end = i;
      while (end < to && (isdigit((unsigned char)text[end]) || text[end] == '.')) end++;
      *at = (struct place){i, end};
      return true;
    }
    i = past > i ? past : i + 1;
  }
  return false;
}

/* ── their words ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* On one line: comments go, and every gap becomes one space. */
const char *words_at(const struct source *source, struct place at) {
  char *out = memory_bytes(at.to - at.from + 1);
  size_t n = 0;
  for (size_t i = at.from; i < at.to;) {
    size_t past = source->text[i] == '#' ? past_aside(source->text, i, at.to) : i;
    bool gap = past > i || isspace((unsigned char)source->text[i]);
    if (!gap)
      out[n++] = source->text[i];
    else if (n && out[n - 1] != ' ')
      out[n++] = ' ';
    i = past > i ? past : i + 1;
  }
  if (n && out[n - 1] == ' ') n--;
  out[n] = 0;
  return out;
}

/* As whole numbers of the last digit, so that 2.5 and one step is 2.6 and no neighbour of it. */
const char *words_nudged(const char *written, int steps, double *value) {
  const char *point = strchr(written, '.');
  int digits = point ? (int)strspn(point + 1, "0123456789") : 0;
  double unit = 1;
  for (int i = 0; i < digits; i++) unit *= 10;
  double whole = strtod(written, NULL) * unit;
  whole = (double)(long long)(whole + (whole < 0 ? -0.5 : 0.5)) + steps;
  const char *words = memory_print("%.*f", digits, whole / unit);
  *value = strtod(words, NULL);
  return words;
}

int variant_decimals_at(const struct source *source, struct place at) {
  struct place digits;
  if (!words_number(source, at.from, at.to, &digits)) return 0;
  const char *point = memchr(source->text + digits.from, '.', digits.to - digits.from);
  return point ? (int)(source->text + digits.to - point) - 1 : 0;
}

int variant_decimals(const struct expr *number) {
  const struct expr *said = number->parameter ? number->parameter->value : number;
  return variant_decimals_at(said->source, said->at);
}
