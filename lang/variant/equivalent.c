/* equivalent.c: the mutants that an author says are none: nobody can tell them from the rule. */
#include <string.h>
#include "lang/memory.h"
#include "lang/variant/inner.h"

/* The whole declaration, if one begins on the line; else the line. */
static struct place widened(const struct rule_file *file, struct place line) {
  const struct node *node = tree_find(file->tree, NODE_declarations)->first;
  while (node && node->at.from < line.from) node = node->next;
  if (!node || node->at.from >= line.to) return line;
  return (struct place){line.from, node->at.to > line.to ? node->at.to : line.to};
}

static struct place trimmed(const char *text, struct place at) {
  while (at.from < at.to && strchr(" \t\r", text[at.from])) at.from++;
  while (at.to > at.from && strchr(" \t\r", text[at.to - 1])) at.to--;
  return at;
}

/* Where the reason begins; the end of the comment where none is given. */
static size_t find_reason(const char *text, struct place at) {
  static const char *const words[] = {" because ", " fordi "};
  for (size_t i = at.from; i < at.to; i++)
    for (int w = 0; w < 2; w++)
      if (at.to - i > strlen(words[w]) && strncmp(text + i, words[w], strlen(words[w])) == 0) return i;
  return at.to;
}

static void add_names(struct equivalents *equivalents, const struct rule_file *file, struct place names,
                      struct place about) {
  const char *text = file->source->text;
  while (names.from < names.to) {
    const char *comma = memchr(text + names.from, ',', names.to - names.from);
    size_t end = comma ? (size_t)(comma - text) : names.to;
    struct place at = trimmed(text, (struct place){names.from, end});
    names.from = end + (comma != NULL);
    if (at.from == at.to) continue;
    equivalents->all = memory_grow(equivalents->all, equivalents->n + 1, sizeof *equivalents->all);
    equivalents->all[equivalents->n++] =
        (struct equivalent){file->source, at, about, memory_copy(text + at.from, at.to - at.from)};
  }
}

void variant_equivalents(struct equivalents *equivalents, const struct rule_file *file, struct problems *problems) {
  static const char *const words[] = {"equivalent:", "ækvivalent:"};
  size_t n;
  if (!strstr(file->source->text, "kvivalent:") && !strstr(file->source->text, "quivalent:")) return;
  const struct source_comment *comments = source_comments(file->source, &n);
  for (size_t i = 0; i < n; i++) {
    size_t from = comment_begins(file->source, &comments[i], words, 2);
    struct place rest = {from, comments[i].at.to};
    if (!from) continue;
    rest.to = find_reason(file->source->text, rest);
    if (rest.to == comments[i].at.to)
      problem_add(problems, PROBLEM_equivalent, file->source, trimmed(file->source->text, rest),
                  "say why: # equivalent: 59 mmol/mol because …", "it is not said why nobody can notice this change");
    add_names(equivalents, file, rest, widened(file, comments[i].about));
  }
}

bool equivalent_names(const struct equivalent *equivalent, const struct mutant *mutant) {
  if (mutant->source != equivalent->source || mutant->at.from < equivalent->about.from ||
      mutant->at.from >= equivalent->about.to)
    return false;
  for (int danish = 0; danish < 2; danish++)
    if (strcmp(equivalent->name, variant_name(mutant, danish ? DANISH : ENGLISH)) == 0) return true;
  return false;
}
