/* mutate_tell.c: changes for people: those that no test notices, in their places, then how many of each declaration are. */
#include <stdlib.h>
#include <string.h>
#include "lang/command/marks.h"
#include "lang/command/mutate.h"
#include "lang/memory.h"

/* ── what is not noticed ─────────────────────────────────────────────────────────────────────────────────────────── */

const char *mutate_words(const struct mutant *mutant) {
  static const char *const forms[] = {
      N_("becomes %s"),         N_("is left out"),      N_("begins a day earlier"), N_("begins a day later"),
      N_("ends a day earlier"), N_("ends a day later"), N_("is a day earlier"),     N_("is a day later"),
      N_("is one shorter"),     N_("is one longer"),
  };
  const char *words = _(forms[mutant->form]);
  return mutant->form == FORM_BECOMES ? memory_print(words, mutant->becomes) : words;
}

static int by_file_and_place(const void *left, const void *right) {
  const struct mutant *a = *(const struct mutant *const *)left, *b = *(const struct mutant *const *)right;
  int files = strcmp(a->source->path, b->source->path);
  if (files) return files;
  if (a->at.from != b->at.from) return a->at.from < b->at.from ? -1 : 1;
  if (a->at.to != b->at.to) return a->at.to < b->at.to ? -1 : 1;
  return a < b ? -1 : a > b;
}

/* The changes that are not noticed, in the order of their places. */
static const struct mutant **unnoticed(const struct changes *changes, size_t *n) {
  const struct mutant **found = NEW_ARRAY(const struct mutant *, changes->mutants.n + 1);
  *n = 0;
  for (size_t m = 0; m < changes->mutants.n; m++)
    if (changes->fates[m] == FATE_UNNOTICED) found[(*n)++] = &changes->mutants.all[m];
  qsort(found, *n, sizeof(struct mutant *), by_file_and_place);
  return found;
}

static bool is_same_place(const struct mark *mark, const struct mutant *mutant) {
  return mark->source == mutant->source && mark->at.from == mutant->at.from && mark->at.to == mutant->at.to;
}

static void tell_unnoticed(const struct call *call, const struct changes *changes) {
  size_t n, n_marks = 0;
  const struct mutant **mutants = unnoticed(changes, &n);
  struct mark *marks = NEW_ARRAY(struct mark, n + 1);
  for (size_t i = 0; i < n; i++) {
    const char *words = mutate_words(mutants[i]);
    if (n_marks && is_same_place(&marks[n_marks - 1], mutants[i]))
      marks[n_marks - 1].words = memory_print("%s; %s", marks[n_marks - 1].words, words);
    else
      marks[n_marks++] = (struct mark){mutants[i]->source, mutants[i]->at, words, false};
  }
  if (n) puts(_("No test notices when what is underlined"));
  marks_tell(call, NULL, marks, n_marks, stdout);
}

/* The calls of `klynge boundary` that look for tests which do notice, each once. */
static void tell_boundary(const struct changes *changes) {
  bool any = false;
  for (size_t m = 0; m < changes->mutants.n; m++) {
    const char *reader = changes->readers[m];
    bool told = changes->fates[m] != FATE_UNNOTICED || !reader;
    for (size_t i = 0; i < m && !told; i++)
      told = changes->fates[i] == FATE_UNNOTICED && changes->readers[i] && strcmp(changes->readers[i], reader) == 0;
    if (told) continue;
    if (!any) puts(_("klynge boundary looks for patients who show it:"));
    any = true;
    printf("      klynge boundary %s\n", reader);
  }
}

/* ── declarations ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The changes of one declaration. */
struct line {
  const struct source *source;
  const struct node *declaration;
  size_t all, noticed;
};
struct lines {
  struct line *all;
  size_t n;
};

/* The rule file of a source, among those that are tested and what they use. */
static const struct rule_file *file_of(struct tested *const *all, size_t n, const struct source *source) {
  for (size_t i = 0; i < n; i++) {
    size_t n_files;
    if (all[i]->is_broken) continue;
    struct rule_file **files = load_closure(all[i]->file, &n_files);
    for (size_t f = 0; f < n_files; f++)
      if (files[f]->source == source) return files[f];
  }
  return NULL;
}

static const struct node *declaration_of(const struct rule_file *file, size_t offset) {
  const struct node *node = file ? tree_find(file->tree, NODE_declarations)->first : NULL;
  while (node && node->at.to <= offset) node = node->next;
  return node;
}

static const char *name_of(const struct node *declaration) {
  const struct node *head = declaration ? tree_child(declaration, 0) : NULL;
  if (!head || declaration->kind == NODE_pack) return _("population");
  return head->kind == NODE_head ? tree_child(head, 0)->text : head->text;
}

static void count_change(struct lines *lines, const struct source *source, const struct node *declaration,
                         bool noticed) {
  size_t i = 0;
  while (i < lines->n && (lines->all[i].source != source || lines->all[i].declaration != declaration)) i++;
  if (i == lines->n) {
    lines->all = memory_grow(lines->all, lines->n + 1, sizeof *lines->all);
    lines->all[lines->n++] = (struct line){source, declaration, 0, 0};
  }
  lines->all[i].all++;
  lines->all[i].noticed += noticed;
}

static int by_place(const void *left, const void *right) {
  const struct line *a = left, *b = right;
  int files = strcmp(a->source->path, b->source->path);
  if (files) return files;
  size_t x = a->declaration ? a->declaration->at.from : 0, y = b->declaration ? b->declaration->at.from : 0;
  return x < y ? -1 : x > y;
}

static void tell_line(const struct line *line, size_t width) {
  const char *name = name_of(line->declaration);
  const char *counts =
      memory_print(Q_("%zu of %zu change noticed", "%zu of %zu changes noticed", line->all), line->noticed, line->all);
  printf("  %s%*s  %s\n", name, (int)(width - marks_width(name)), "", counts);
}

static void tell_lines(struct tested *const *all, size_t n, const struct changes *changes) {
  struct lines lines = {0};
  size_t width = 0;
  for (size_t m = 0; m < changes->mutants.n; m++) {
    const struct mutant *mutant = &changes->mutants.all[m];
    if (changes->fates[m] > FATE_NOTICED) continue;
    const struct node *declaration = declaration_of(file_of(all, n, mutant->source), mutant->site.from);
    count_change(&lines, mutant->source, declaration, changes->fates[m] == FATE_NOTICED);
  }
  if (lines.n) qsort(lines.all, lines.n, sizeof *lines.all, by_place);
  for (size_t i = 0; i < lines.n; i++) {
    size_t length = marks_width(name_of(lines.all[i].declaration));
    if (length > width) width = length;
  }
  for (size_t i = 0; i < lines.n; i++) {
    if (i == 0 || lines.all[i].source != lines.all[i - 1].source)
      printf(_("\n%s: which changes the tests notice\n"), lines.all[i].source->path);
    tell_line(&lines.all[i], width);
  }
}

void mutate_tell(const struct call *call, struct tested *const *all, size_t n, const struct changes *changes) {
  putchar('\n');
  tell_unnoticed(call, changes);
  tell_boundary(changes);
  if (!call->quiet) tell_lines(all, n, changes);
}
