/* syntax.c: what to say of a token that does not fit: never a long list of tokens, but what was most likely meant.
 * What takes a closer look at the words is in hints.c, what can be told from two tokens in mistakes.def. */
#include "lang/parse/wrong.h"
#include "lang/memory.h"
#include <string.h>
#include "runtime/image/words.h"

bool wrong_fits(const struct wrong *wrong, const char *token) {
  for (int i = 0; i < wrong->n; i++) {
    if (strcmp(wrong->expected[i], token) == 0) return true;
  }
  return false;
}

static bool is(const struct wrong *wrong, const char *name) { return strcmp(wrong->token, name) == 0; }

static bool on_new_line(const struct wrong *wrong) {
  size_t end = wrong->before->at.to;
  return wrong->before->token == 0 || memchr(wrong->reading->source->text + end, '\n', wrong->at.from - end);
}

/* ── where nothing better is known: what would have fitted, if it is little enough to be said ── */

/* Up to three of the words with which a line of the declaration may begin, or else those of a declaration. */
const char *wrong_lines(const struct wrong *wrong) {
  const char *words[3];
  int n = 0;
  for (int i = 0; i < wrong->n && n < 3; i++) {
    const struct keyword *keyword = keyword_named(wrong->expected[i]);
    bool line = keyword && (keyword->group == GROUP_CLAUSE || keyword->group == GROUP_SOFT);
    if (line && strcmp(keyword->name, "USE") != 0) words[n++] = keyword->spelt[wrong->language];
  }
  if (n == 0) return mistake_say(wrong, "a new declaration begins with a word such as `{DEFINE}` or `{INDICATOR}`");
  if (n == 1) return memory_print(_("a line begins here with `%s`"), words[0]);
  if (n == 2) return memory_print(_("a line begins here with a word such as `%s` or `%s`"), words[0], words[1]);
  return memory_print(_("a line begins here with a word such as `%s`, `%s` or `%s`"), words[0], words[1], words[2]);
}

/* What the grammar calls its tokens, where they are no keywords. */
static const char *const token_names[] = {
  N_("a name"), N_("a number"), N_("a date"), N_("a text in quotes"), N_("a unit"), N_("a code"),
};

static const char *phrase_of(const struct wrong *wrong, const char *token) {
  const struct keyword *keyword = keyword_named(token);
  if (keyword) return memory_print("`%s`", keyword->spelt[wrong->language]);
  if (strcmp(token, "','") == 0) return _("a comma");
  for (size_t i = 0; i < sizeof token_names / sizeof *token_names; i++) {
    if (strcmp(token, token_names[i]) == 0) return _(token_names[i]);
  }
  return *token == '\'' ? memory_copy(token + 1, 1) : token;
}

static const char *what_fits(const struct wrong *wrong) {
  const char *phrases[3];
  int n = 0;
  bool name = wrong_fits(wrong, "a name");
  if (wrong_fits(wrong, "DEFINE") && on_new_line(wrong)) return wrong_lines(wrong);
  for (int i = 0; i < wrong->n; i++) {
    const struct keyword *keyword = keyword_named(wrong->expected[i]);
    /* A word that may be a name too fits only as a name, where one does. */
    if (name && keyword && keyword->group == GROUP_SOFT) continue;
    if (strcmp(wrong->expected[i], "end of file") == 0) continue;
    if (n == 3 && is(wrong, "the end")) return N_("write the rest of it");
    if (n == 3) return N_("leave it out, or write what is missing before it");
    phrases[n++] = phrase_of(wrong, wrong->expected[i]);
  }
  if (n == 0) return NULL;
  if (n == 1) return memory_print(_("write %s here"), phrases[0]);
  return n == 2 ? memory_print(_("write %s or %s here"), phrases[0], phrases[1])
                : memory_print(_("write %s, %s or %s here"), phrases[0], phrases[1], phrases[2]);
}

/* ── what is said ── */

static struct advice advice_for(const struct wrong *wrong) {
  bool unfinished = is(wrong, "the end");
  struct advice advice = { .message = NULL };
  if (!unfinished) advice = wrong_decimal_comma(wrong);
  if (!unfinished && !advice.hint) advice = (struct advice){ .hint = wrong_hint(wrong) };
  if (!advice.hint) advice = mistake_advice(wrong);
  if (!advice.hint) advice.hint = what_fits(wrong);
  if (advice.message) return advice;
  if (unfinished) {
    advice.message = N_("this is not finished");
    return advice;
  }
  bool reserved = wrong->keyword && wrong->keyword->group != GROUP_SOFT;
  advice.message = mistake_say(wrong, is(wrong, "a name") ? N_("the name `{wrong}` does not fit here")
                                      : reserved          ? N_("the word `{wrong}` does not fit here")
                                                          : N_("`{wrong}` does not fit here"));
  return advice;
}

/* Where the file ends, or the next declaration begins on a line of its own, the mistake lies before it. */
static bool is_unfinished(const struct wrong *wrong) {
  if (wrong->at.from == wrong->at.to) return true;
  if (!wrong->keyword || wrong->keyword->group != GROUP_DECLARATION || is(wrong, "LANGUAGE")) return false;
  return on_new_line(wrong);
}

void syntax_unexpected(struct reading *reading, struct place at, const char *token, const char *const names[], int n) {
  if (reading_is_hopeless(reading)) return;
  const struct seen *newest = &reading->last[0];
  struct wrong wrong = {
    .reading = reading, .language = reading->language, .at = at, .token = token, .keyword = keyword_named(token),
    .before = newest->at.from == at.from ? newest + 1 : newest, .expected = names, .n = n,
  };
  if (is_unfinished(&wrong)) {
    wrong.token = "the end";
    wrong.keyword = NULL;
    wrong.at = (struct place){ wrong.before->at.to, wrong.before->at.to + 1 };
  }
  struct advice advice = advice_for(&wrong);
  reading_problem(reading, advice.id ? advice.id : PROBLEM_syntax, wrong.at, advice.hint, "%s", _(advice.message));
  if (advice.mended) problem_mend(reading->problems, advice.mended);
}
