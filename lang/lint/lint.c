/* lint.c: all that a checked program is looked through for, one after the other. Problems are sorted when they are told, so
 * the order here does not matter. */
#include "lang/lint/lint.h"
#include "lang/lint/inner.h"

/* A file of which nothing could be read has been told of. */
static void find_files(struct lint *lint) {
  size_t n;
  struct rule_file **files = load_closure(lint->file, &n);
  lint->files = NEW_ARRAY(struct rule_file *, n + 1);
  for (size_t i = 0; i < n; i++)
    if (files[i]->tree) lint->files[lint->n_files++] = files[i];
}

void lint(const struct program *program, struct rule_file *file, bool is_sound, struct problems *problems) {
  struct lint lint = {.program = program, .file = file, .problems = problems};
  if (!file->tree) return;
  find_files(&lint);
  lint_allows(&lint);
  lint_codes(&lint);
  lint_sets(&lint);
  lint_limits(&lint);
  lint_implausible(&lint);
  lint_neighbours(&lint);
  lint_windows(&lint);
  lint_unmeasured(&lint);
  lint_shadow(&lint);
  if (is_sound) lint_programme(&lint);
  if (is_sound && program->is_pack) lint_unused(&lint);
}
