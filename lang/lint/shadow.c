/* shadow.c: names that can be taken for something else. Two things of one name are an error; these are allowed, and people
 * read them wrongly. */
#include <stdlib.h>
#include <string.h>
#include "lang/lint/codes.h"
#include "lang/lint/names.h"

static void tell(const struct lint *lint, const struct declared *declared, const char *format) {
  lint_warn(lint, PROBLEM_shadow, declared->file->source, declared->leaf->at, "choose another name", format,
            declared->name);
}

/* ── units, systems, codes and words of columns ──────────────────────────────────────────────────────────────────── */

/* As strcmp, where hardly any two of many are the same. */
static bool is_same(const char *a, const char *b) { return *a == *b && strcmp(a, b) == 0; }

static bool is_unit(const struct program *program, const char *name) {
  for (size_t i = 0; i < program->n_units; i++)
    for (size_t j = 0; j < program->units[i]->n_spellings; j++)
      if (is_same(program->units[i]->spellings[j], name)) return true;
  return false;
}

static bool is_system(const struct program *program, const char *name) {
  for (size_t i = 0; i < program->n_tables; i++)
    for (size_t j = 0; j < program->tables[i]->n_columns; j++) {
      const char *system = program->tables[i]->columns[j]->system;
      if (system && is_same(system, name)) return true;
    }
  return codes_called(name) != NULL;
}

static bool is_word(const struct program *program, const char *name) {
  for (size_t i = 0; i < program->n_tables; i++)
    for (size_t j = 0; j < program->tables[i]->n_columns; j++) {
      const struct column *column = program->tables[i]->columns[j];
      for (size_t k = 0; k < column->n_choices; k++)
        if (is_same(column->choices[k], name)) return true;
    }
  return false;
}

static void check_name(const struct lint *lint, const struct declared *declared) {
  bool codes = declared->node->kind == NODE_codes;
  if (is_unit(lint->program, declared->name))
    tell(lint, declared, N_("`%s` is a unit too: after a number it is the unit, elsewhere what is declared here"));
  else if (codes && is_system(lint->program, declared->name))
    tell(lint, declared, N_("`%s` is a code system too: before codes it is the system, alone the set"));
  else if (codes && codes_look_like(declared->name))
    tell(lint, declared, N_("`%s` looks like a code, and in a list of codes it is the set"));
  else if (declared->node->kind == NODE_parameter && is_word(lint->program, declared->name))
    tell(lint, declared, N_("`%s` is a word of a column too, and after `=` the parameter takes its place"));
}

/* ── capital letters ─────────────────────────────────────────────────────────────────────────────────────────────── */

static int small(char sign) { return sign >= 'A' && sign <= 'Z' ? sign - 'A' + 'a' : (unsigned char)sign; }

static int compare_small(const char *a, const char *b) {
  while (*a && small(*a) == small(*b)) a++, b++;
  return small(*a) - small(*b);
}

/* Files that are used come first, so that of two names the one told of is the user's. */
static int by_small_name(const void *left, const void *right) {
  const struct declared *a = *(const struct declared *const *)left, *b = *(const struct declared *const *)right;
  int order = compare_small(a->name, b->name);
  if (order) return order;
  return a < b ? -1 : a > b;
}

static void check_capitals(const struct lint *lint, const struct names *names) {
  const struct declared **all = NEW_ARRAY(const struct declared *, names->n + 1);
  for (size_t i = 0; i < names->n; i++) all[i] = &names->all[i];
  qsort(all, names->n, sizeof *all, by_small_name);
  for (size_t i = 1; i < names->n; i++) {
    if (compare_small(all[i]->name, all[i - 1]->name) != 0 || strcmp(all[i]->name, all[i - 1]->name) == 0) continue;
    if (all[i]->node == all[i - 1]->node) continue;
    lint_warn(lint, PROBLEM_shadow, all[i]->file->source, all[i]->leaf->at, "choose another name",
              "`%s` and `%s` differ in capital letters alone, and are two things", all[i]->name, all[i - 1]->name);
  }
}

/* ── patients of tests ───────────────────────────────────────────────────────────────────────────────────────────── */

static void check_patients(const struct lint *lint, const struct names *indicators, const struct node *test) {
  for (const struct node *patient = test->first; patient; patient = patient->next) {
    const struct node *name = patient->kind == NODE_patient ? patient->first : NULL;
    const struct declared *other = name && name->kind == NODE_name ? names_find(indicators, name->text) : NULL;
    if (!other) continue;
    lint_warn(lint, PROBLEM_shadow, lint->file->source, name->at, "give the patient another name",
              "`%s` is an indicator too: what `{EXPECT} %s …` is about is hard to read", name->text, name->text);
  }
}

void lint_shadow(const struct lint *lint) {
  struct names names = {0};
  for (size_t i = 0; i < lint->n_files; i++) names_add(&names, lint->files[i], true);
  check_capitals(lint, &names);
  struct names indicators = {.all = NEW_ARRAY(struct declared, names.n + 1)};
  for (size_t i = 0; i < names.n; i++) {
    if (names.all[i].node->kind == NODE_indicator)
      indicators.all[indicators.n++] = names.all[i];
    else
      check_name(lint, &names.all[i]);
  }
  names_index(&indicators);
  for (const struct node *node = tree_find(lint->file->tree, NODE_declarations)->first; node; node = node->next)
    if (node->kind == NODE_test) check_patients(lint, &indicators, node);
}
