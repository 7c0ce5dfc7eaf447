/* check.c: the order of checking: names first, then everything that is declared, then the pack, then the tests. */
#include "lang/check/check.h"
#include "lang/check/checker.h"
#include "lang/memory.h"

static void add_definition(struct program *program, struct definition *definition) {
  program->definitions = memory_grow(program->definitions, program->n_definitions + 1, sizeof *program->definitions);
  program->definitions[program->n_definitions++] = definition;
}

static void add_parameter(struct program *program, struct parameter *parameter) {
  if (!parameter) return;
  program->parameters = memory_grow(program->parameters, program->n_parameters + 1, sizeof *program->parameters);
  program->parameters[program->n_parameters++] = parameter;
}

/* A definition is checked through its name, as a use of it would. */
static void check_definition(struct checker *checker, const struct node *node, struct named *named) {
  checker->source = named->file->source;
  struct node name = *tree_child(tree_child(node, 0), 0);
  check_expr(checker, &name);
  if (named->definition) add_definition(checker->program, named->definition);
}

/* Declarations whose meaning comes later are read, and the author is told. */
static void check_later(struct checker *checker, const struct node *node) {
  switch (node->kind) {
  case NODE_data_source: declare_later(checker, node, "DATA_SOURCE"); break;
  default: break;
  }
}

static void check_declaration(struct checker *checker, const struct node *node, struct rule_file *file) {
  const struct node *head = tree_child(node, 0);
  const struct node *name = head && head->kind == NODE_head ? tree_child(head, 0) : NULL;
  bool is_indicator = node->kind == NODE_indicator;
  struct named *named = name ? scope_find(is_indicator ? &checker->indicators : &checker->values, name->text) : NULL;
  checker->source = file->source;
  check_later(checker, node);
  if (!named || named->node != node) return; /* declared twice: told */
  switch (node->kind) {
  case NODE_events: events_of(checker, named); break;
  case NODE_codes:
    codes_of(checker, named);
    add_parameter(checker->program, codes_parameter(checker, named));
    break;
  case NODE_measure: measure_of(checker, named); break;
  case NODE_parameter: add_parameter(checker->program, parameter_of(checker, named)); break;
  case NODE_define: check_definition(checker, node, named); break;
  case NODE_bands: stratum_of(checker, named); break;
  case NODE_indicator: indicator_of(checker, named); break;
  default: break;
  }
}

/* A programme names indicators wherever they stand, so it comes after them. */
static void check_programmes(struct checker *checker, struct rule_file *file) {
  for (const struct node *node = tree_find(file->tree, NODE_declarations)->first; node; node = node->next)
    if (node->kind == NODE_programme) programme_of(checker, node, file);
}

/* The first pack of a file. */
static const struct node *pack_in(const struct rule_file *file) {
  return file->tree ? tree_find(tree_find(file->tree, NODE_declarations), NODE_pack) : NULL;
}

static void check_packs(struct checker *checker, struct rule_file *file) {
  const struct node *pack = NULL;
  checker->source = file->source;
  for (const struct node *node = tree_find(file->tree, NODE_declarations)->first; node; node = node->next) {
    if (node->kind != NODE_pack) continue;
    if (pack)
      wrong(checker, PROBLEM_two_packs, tree_child(node, 0), "put it in a file of its own",
            "this file has a pack already");
    else
      pack_of(checker, pack = node, file);
  }
}

static void check_orders(struct checker *checker, struct rule_file *file) {
  for (const struct node *node = tree_find(file->tree, NODE_declarations)->first; node; node = node->next)
    if (node->kind == NODE_meeting) order_of(checker, node, file);
}

/* Everything but the tests. */
static struct checker *check_rules(struct rule_file *file, struct setting *settings, size_t n_settings,
                                   struct problems *problems) {
  struct checker *checker = NEW(struct checker);
  size_t n_files;
  struct rule_file **files = load_closure(file, &n_files);
  checker->files = files;
  checker->n_files = n_files;
  checker->problems = problems;
  checker->program = NEW(struct program);
  checker->program->source = file->source;
  checker->settings = settings;
  checker->n_settings = n_settings;
  checker->asked = file->source;
  checker->asked_file = file;
  checker->program->hash = load_hash(files, n_files);
  declare_all(checker, files, n_files);
  if (pack_in(file)) language_of_texts(checker, pack_in(file), file);
  for (size_t i = 0; i < n_files; i++) {
    if (!files[i]->tree) continue;
    for (const struct node *node = tree_find(files[i]->tree, NODE_declarations)->first; node; node = node->next)
      check_declaration(checker, node, files[i]);
  }
  if (file->tree) check_packs(checker, file);
  if (file->tree) check_orders(checker, file);
  /* The programme of a meeting names indicators of its packs, and is checked with them. */
  if (file->tree && !checker->program->order) check_programmes(checker, file);
  return checker;
}

struct program *check(struct rule_file *file, struct setting *settings, size_t n_settings, struct problems *problems) {
  struct checker *checker = check_rules(file, settings, n_settings, problems);
  if (file->tree) tests_of(checker, file, NULL, 0);
  unknown_count(checker);
  return checker->program;
}

struct program *check_for_tests(struct rule_file *file, const struct test *const *tests, size_t n_tests,
                                struct problems *problems) {
  struct checker *checker = check_rules(file, tests[0]->settings, tests[0]->n_settings, problems);
  tests_of(checker, file, tests, n_tests);
  return checker->program;
}
