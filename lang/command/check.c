/* check.c: `klynge check FILE…`. */
#include "lang/command/command.h"
#include "lang/memory.h"

static void print_fine(const struct call *call, const char *path, const struct program *program) {
  if (call->quiet) return;
  if (program->is_pack)
    printf(_("%s: pack %s, %zu indicators\n"), path, program->name, program->n_indicators);
  else
    printf(_("%s: library\n"), path);
}

int verb_check(struct call *call) {
  size_t n, n_settings;
  if (!call->n_words) return fail(call, EXIT_USE, "which rule files? klynge check FILE…");
  const char **files = rule_files(call, call->words, call->n_words, &n);
  if (!files) return EXIT_USE;
  struct setting *settings = rules_settings(call, &n_settings);
  struct problems *problems = problems_open();
  struct library *library = rules_library(problems);
  for (size_t i = 0; i < n; i++) {
    size_t errors = problems->n_errors;
    const struct program *program = rules_check(library, files[i], settings, n_settings, problems);
    if (program && problems->n_errors == errors) print_fine(call, files[i], program);
  }
  problems_print(problems, stderr, call->colour_err, call->quiet ? SEVERITY_ERROR : SEVERITY_NOTE);
  return rules_code(problems);
}
