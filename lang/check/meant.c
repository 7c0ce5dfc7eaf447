/* meant.c: which name is meant by a word that none is spelt nearly like: by what people call it, or by a word of its title. */
#include <string.h>
#include "lang/check/checker.h"
#include "lang/memory.h"
#include "runtime/image/words.h"

static const struct { const char *word, *name; } spoken[] = {
#define SPOKEN(word, name) { word, name },
#include "lang/check/spoken.def"
#undef SPOKEN
};

const char *name_here(const struct checker *checker, const struct named *named) {
  const struct node *head = named->node ? tree_child(named->node, 0) : NULL;
  const struct node *also = head && head->kind == NODE_head ? tree_find(head, NODE_also) : NULL;
  bool other = named->file && named->file->language != check_language(checker);
  return also && other ? tree_child(also, 0)->text : named->name;
}

const char *meant_word(const char *word) {
  for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++)
    if (problem_is_same(word, spoken[i].word)) return spoken[i].name;
  return NULL;
}

static bool has_choice(const struct column *column, const char *word) {
  for (size_t i = 0; i < column->n_choices; i++)
    if (strcmp(column->choices[i], word) == 0) return true;
  return false;
}

static const char *choices_of(const struct column *column) {
  const char *words = column->choices[0];
  for (size_t i = 1; i < column->n_choices; i++) words = memory_print("%s, %s", words, column->choices[i]);
  return words;
}

/* What to write of a column of patients that has this name, or this word; NULL where none has. */
static const char *column_hint(const struct checker *checker, const char *word) {
  for (size_t i = 0; checker->patients && i < checker->patients->n_columns; i++) {
    const struct column *column = checker->patients->columns[i];
    if (has_choice(column, word)) return check_say(checker, "write: %s = %s", column->name, word);
    if (strcmp(column->name, word) != 0) continue;
    if (column->n_choices) return check_say(checker, "write `%s`, and one of its words: %s", word, choices_of(column));
    return check_say(checker, "did you mean `%s`?", word);
  }
  return NULL;
}

/* Whether a title has the word, large letters or small. */
static bool has_word(const char *title, const char *word) {
  static const char between[] = " ,.;:()/-";
  for (const char *at = title + strspn(title, between); *at; at += strspn(at, between)) {
    size_t length = strcspn(at, between);
    if (problem_is_same(memory_copy(at, length), word)) return true;
    at += length;
  }
  return false;
}

static const char *titled(const struct checker *checker, const struct named *named) {
  return memory_print("`%s` (%s)", name_here(checker, named), named->title->text);
}

const char *meant_hint(const struct checker *checker, const char *word) {
  const char *name = meant_word(word), *hint = column_hint(checker, name ? name : word);
  if (hint) return hint;
  const struct named *found[2];
  int n = 0;
  for (const struct named *named = checker->values.first; named && n < 2; named = named->next)
    if (named->title && (named->kind == NAMED_EVENTS || named->kind == NAMED_MEASURE || named->kind == NAMED_CODES ||
                         named->kind == NAMED_DEFINITION) && has_word(named->title->text, word))
      found[n++] = named;
  if (n == 0) return NULL;
  if (n == 1) return check_say(checker, "did you mean %s?", titled(checker, found[0]));
  return check_say(checker, "did you mean %s or %s?", titled(checker, found[0]), titled(checker, found[1]));
}
