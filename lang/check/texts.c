/* texts.c: texts that people read, and the values of parameters in them: "HbA1c over {hba1c_limit}". */
#include <string.h>
#include "lang/check/checker.h"
#include "lang/memory.h"
#include "runtime/image/dates.h"

/* A name in braces; `from` is at its first letter, and `to` at the brace behind it. */
struct brace { const char *from, *to; };

static bool is_letter(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}

/* The first name in braces at `text` or later. Braces around anything else are the author's own and stay. */
static bool next_brace(const char *text, struct brace *brace) {
  for (const char *at = strchr(text, '{'); at; at = strchr(at + 1, '{')) {
    brace->from = brace->to = at + 1;
    if (!is_letter((unsigned char)*brace->from)) continue;
    while (is_letter((unsigned char)*brace->to) || (*brace->to >= '0' && *brace->to <= '9')) brace->to++;
    if (*brace->to == '}') return true;
  }
  return false;
}

/* ── a value, as the text's language writes it ───────────────────────────────────────────────────────────────────── */

static bool is_danish(const struct checker *checker) {
  const char *language = checker->program->language;
  return language ? strcmp(language, "da") == 0 : check_language(checker) == DANISH;
}

static const char *duration_in(struct duration duration, bool danish) {
  static const char *const units[][2][2] = {{{"day", "days"}, {"dag", "dage"}}, {{"week", "weeks"}, {"uge", "uger"}},
                                            {{"month", "months"}, {"måned", "måneder"}}, {{"year", "years"}, {"år", "år"}}};
  return memory_print("%d %s", duration.n, units[duration.unit][danish][duration.n != 1]);
}

/* The unit is left out: a title has it or not, as its author writes. */
static const char *number_in(const char *said, bool danish) {
  char *words = memory_copy(said, strspn(said, "-0123456789.")), *point = strchr(words, '.');
  if (danish && point) *point = ',';
  return words;
}

static const char *value_in_text(const struct parameter *parameter, bool danish) {
  const struct expr *value = parameter->value;
  char date[DATE_TEXT];
  switch (value->type.kind) {
  case TYPE_DURATION: return duration_in(value->duration, danish);
  case TYPE_NUMBER: return number_in(parameter->text, danish);
  case TYPE_DATE: return memory_print("%s", date_write(value->date, danish, date));
  default: return value->text ? value->text : parameter->text;
  }
}

/* ── a text ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The place of a name in braces within the text's own. */
static struct place place_of(const struct checker *checker, const struct node *node, struct brace brace) {
  const char *begin = checker->source->text + node->at.from;
  const size_t length = (size_t)(brace.to - brace.from) + 2;
  for (size_t i = 0; i + length <= node->at.to - node->at.from; i++)
    if (memcmp(begin + i, brace.from - 1, length) == 0)
      return (struct place){node->at.from + i + 1, node->at.from + i + length - 1};
  return node->at;
}

static const struct parameter *parameter_named(struct checker *checker, const struct node *node, struct brace brace) {
  const char *name = memory_copy(brace.from, (size_t)(brace.to - brace.from));
  struct named *named = scope_find(&checker->values, name);
  if (named && named->kind == NAMED_PARAMETER) return parameter_of(checker, named);
  struct node place = *node;
  place.at = place_of(checker, node, brace);
  const char *near = scope_nearest(&checker->values, name, KIND(NAMED_PARAMETER));
  wrong(checker, PROBLEM_unknown_name, &place,
        near ? check_say(checker, "did you mean `%s`?", near)
             : N_("in a text, the name of a parameter in braces stands for its value"),
        "there is no parameter called `%s`", name);
  return NULL;
}

const char *text_of(struct checker *checker, const struct node *node) {
  struct brace brace;
  if (!node) return NULL;
  if (!next_brace(node->text, &brace)) return node->text;
  const char *text = "", *rest = node->text;
  do {
    const struct parameter *parameter = parameter_named(checker, node, brace);
    const char *value = parameter ? value_in_text(parameter, is_danish(checker)) : "";
    text = memory_print("%s%.*s%s", text, (int)(brace.from - 1 - rest), rest, value);
    rest = brace.to + 1;
  } while (next_brace(rest, &brace));
  return memory_print("%s%s", text, rest);
}
