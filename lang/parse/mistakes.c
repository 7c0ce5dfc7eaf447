/* mistakes.c: finds the row of mistakes.def that applies to a wrong token, and fills its words in. */
#include "lang/parse/wrong.h"
#include "lang/parse/grammar.h"
#include "lang/memory.h"
#include <ctype.h>
#include <string.h>
#include "runtime/image/words.h"

struct mistake {
  const char *token, *before, *fits;
  struct advice advice;
};

static const struct mistake mistakes[] = {
#define MISTAKE(token, before, fits, message, hint) { token, before, fits, { message, hint, PROBLEM_syntax, NULL } },
#define MIXED(token, fits, hint) { token, "", fits, { NULL, hint, PROBLEM_mixed_and_or, NULL } },
#include "mistakes.def"
#undef MIXED
#undef MISTAKE
};

/* ── which row ── */

/* Cuts the next name off a list of names with "; " between them. NULL after the last. */
static const char *next_name(const char **list) {
  if (**list == 0) return NULL;
  const char *end = strstr(*list, "; ");
  size_t length = end ? (size_t)(end - *list) : strlen(*list);
  const char *name = memory_copy(*list, length);
  *list += end ? length + 2 : length;
  return name;
}

static bool is_one_of(const char *token, const char *list) {
  if (*list == 0) return true;
  for (const char *name; (name = next_name(&list));) {
    if (strcmp(token, name) == 0) return true;
  }
  return false;
}

/* Where a declaration ends: before the next line that begins with a word. */
static bool begins_declaration(const char *text, size_t at) {
  return at == 0 || (text[at - 1] == '\n' && !strchr(" \t\r\n#", text[at]));
}

static bool is_in_word(char byte) { return isalnum((unsigned char)byte) || byte == '_' || (byte & 0x80); }

/* Where a keyword stands in these bytes; `to` where it does not. */
static size_t find_keyword(const struct wrong *wrong, const char *token, struct place in) {
  const char *text = wrong->reading->source->text, *spelt = parse_spelling(token, wrong->language);
  size_t length = strlen(spelt);
  for (size_t i = in.from; i + length <= in.to; i++) {
    bool alone = (i == 0 || !is_in_word(text[i - 1])) && !is_in_word(text[i + length]);
    if (alone && memcmp(text + i, spelt, length) == 0) return i;
  }
  return in.to;
}

/* Whether a keyword stands in the same declaration, before or after the wrong token. */
static bool stands(const struct wrong *wrong, char side, const char *token) {
  const char *text = wrong->reading->source->text;
  struct place in = wrong->at;
  if (side == '<') {
    in.to = in.from;
    while (!begins_declaration(text, in.from)) in.from--;
  } else {
    in.from = in.to;
    while (in.to < wrong->reading->source->length && !begins_declaration(text, in.to)) in.to++;
  }
  return find_keyword(wrong, token, in) < in.to;
}

static bool holds(const struct wrong *wrong, const char *fits) {
  for (const char *name; (name = next_name(&fits));) {
    /* "!=", "<=" and ">=" are tokens, and no conditions. */
    bool is_token = name[1] == '=', not = *name == '!' && !is_token, beside = strchr("<>", *name) && !is_token;
    bool so = beside ? stands(wrong, *name, name + 1) : wrong_fits(wrong, name + not);
    if (so == not) return false;
  }
  return true;
}

struct advice mistake_advice(const struct wrong *wrong) {
  for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
    const struct mistake *mistake = &mistakes[i];
    if (!is_one_of(wrong->token, mistake->token)) continue;
    if (!is_one_of(token_name(wrong->before->token), mistake->before)) continue;
    if (!holds(wrong, mistake->fits)) continue;
    return (struct advice){ mistake->advice.message ? mistake_say(wrong, mistake->advice.message) : NULL,
                            mistake_say(wrong, mistake->advice.hint), mistake->advice.id, NULL };
  }
  return (struct advice){ .message = NULL };
}

/* ── its words ── */

/* From here to the end of the line, to `where` or to a comment; of much only the beginning. */
static const char *line_from(const struct wrong *wrong, size_t from) {
  enum { MOST = 40 };
  const char *text = wrong->reading->source->text;
  struct place rest = { from, from + strcspn(text + from, "#\r\n") };
  while (rest.from < rest.to && strchr(" \t", text[rest.from])) rest.from++;
  rest.to = find_keyword(wrong, "WHERE", rest);
  bool cut = rest.to - rest.from > MOST;
  if (cut) rest.to = rest.from + MOST;
  while (cut && rest.to > rest.from && (text[rest.to] & 0xC0) == 0x80) rest.to--;
  while (rest.to > rest.from && strchr(" \t", text[rest.to - 1])) rest.to--;
  const char *words = memory_copy(text + rest.from, rest.to - rest.from);
  return cut || *words == 0 ? memory_print("%s…", words) : words;
}

static const char *words_at(const struct wrong *wrong, struct place at) {
  return memory_copy(wrong->reading->source->text + at.from, at.to - at.from);
}

static const char *words_named(const struct wrong *wrong, const char *name) {
  if (strcmp(name, "wrong") == 0) return words_at(wrong, wrong->at);
  if (strcmp(name, "before") == 0) return words_at(wrong, wrong->before[0].at);
  if (strcmp(name, "earlier") == 0) return words_at(wrong, wrong->before[1].at);
  if (strcmp(name, "rest") == 0) return line_from(wrong, wrong->at.from);
  return line_from(wrong, wrong->at.to);
}

const char *mistake_say(const struct wrong *wrong, const char *text) {
  text = parse_say(text, wrong->language);
  const char *said = "";
  for (const char *open; (open = strchr(text, '{'));) {
    const char *close = strchr(open, '}'), *name = memory_copy(open + 1, (size_t)(close - open) - 1);
    said = memory_print("%s%.*s%s", said, (int)(open - text), text, words_named(wrong, name));
    text = close + 1;
  }
  return memory_print("%s%s", said, text);
}
