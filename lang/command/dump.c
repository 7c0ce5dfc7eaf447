/* dump.c: `klynge dump STAGE FILE…`: what each arrow of the compiler gives. */
#include <stdlib.h>
#include <string.h>
#include "lang/command/command.h"
#include "lang/emit/emit.h"
#include "lang/memory.h"

static int finish(struct call *call, struct problems *problems) {
  problems_print(problems, stderr, call->colour_err, SEVERITY_WARNING);
  return rules_code(problems);
}

/* Tokens and trees are of one file alone: what it uses is not looked for. */
static const struct source *read_alone(const char *path, struct problems *problems) {
  const char *error = NULL;
  const struct source *source = source_read(path, &error);
  if (!source) problem_add(problems, PROBLEM_file, NULL, (struct place){0, 0}, NULL, "%s", error);
  return source;
}

static int dump_tokens(struct call *call, const char *const *files, size_t n) {
  struct problems *problems = problems_open();
  for (size_t i = 0; i < n; i++) {
    const struct source *source = read_alone(files[i], problems);
    if (source) parse_print_tokens(source, problems, stdout);
  }
  return finish(call, problems);
}

static int dump_tree(struct call *call, const char *const *files, size_t n) {
  struct problems *problems = problems_open();
  for (size_t i = 0; i < n; i++) {
    enum language language;
    const struct source *source = read_alone(files[i], problems);
    const struct node *tree = source ? parse_source(source, problems, &language) : NULL;
    if (tree) tree_print(tree, stdout);
  }
  return finish(call, problems);
}

static int dump_types(struct call *call, const char *const *files, size_t n) {
  struct problems *problems = problems_open();
  struct library *library = rules_library(problems);
  size_t n_settings;
  struct setting *settings = rules_settings(call, &n_settings);
  for (size_t i = 0; i < n; i++) {
    const struct program *program = rules_check(library, files[i], settings, n_settings, problems);
    if (program) program_print(program, stdout);
  }
  return finish(call, problems);
}

static int dump_plan(struct call *call, const char *const *files, size_t n) {
  enum exit_code code;
  const struct plan *plan = rules_plan(call, files, n, &code);
  if (!plan) return code;
  plan_print(plan, stdout);
  return EXIT_FINE;
}

static int dump_code(struct call *call, const char *const *files, size_t n) {
  enum exit_code code;
  const struct plan *plan = rules_plan(call, files, n, &code);
  struct image image;
  size_t length;
  if (!plan) return code;
  void *bytes = emit(plan, &length);
  const char *wrong = image_open(bytes, length, &image);
  if (wrong) return fail(call, EXIT_SYSTEM, "the compiler made an image that is refused: %s", wrong);
  image_print(&image, stdout);
  free(bytes);
  return EXIT_FINE;
}

int verb_dump(struct call *call) {
  static const struct {
    const char *name;
    int (*dump)(struct call *, const char *const *, size_t);
  } stages[] = {
      {"tokens", dump_tokens}, {"tree", dump_tree}, {"types", dump_types}, {"plan", dump_plan}, {"code", dump_code}};
  size_t n;
  if (call->n_words < 2) return fail(call, EXIT_USE, "klynge dump tokens|tree|types|plan|code FILE…");
  const char **files = rule_files(call, call->words + 1, call->n_words - 1, &n);
  if (!files) return EXIT_USE;
  for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
    if (strcmp(stages[i].name, call->words[0]) == 0) return stages[i].dump(call, files, n);
  return fail(call, EXIT_USE, "there is no stage `%s`: tokens, tree, types, plan or code", call->words[0]);
}
