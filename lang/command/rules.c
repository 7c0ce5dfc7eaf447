/* rules.c: rule files as the verbs take them. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include "lang/command/command.h"
#include "lang/memory.h"

/* ── files and folders ───────────────────────────────────────────────────────────────────────────────────────────── */

struct list {
  const char **all;
  size_t n;
};

static void add(struct list *list, const char *path) {
  list->all = memory_grow(list->all, list->n + 1, sizeof *list->all);
  list->all[list->n++] = path;
}

static bool is_missing(const char *path) {
  struct stat what;
  return strcmp(path, "-") != 0 && stat(path, &what) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

/* Who names no data has most often written their folder beside the rules. */
static void tell_no_rules(struct call *call, const char *path) {
  if (strstr(call->verb->options, " data ") && !option_value(call, OPTION_data))
    fail(call, EXIT_USE, "there is no rule file (.kly) in the folder %s; a folder of data is named so: --data %s", path, path);
  else
    fail(call, EXIT_USE, "there is no rule file (.kly) in the folder %s", path);
}

const char **rule_files(struct call *call, const char *const *words, size_t n_words, size_t *n) {
  struct list list = {0};
  for (size_t i = 0; i < n_words; i++) {
    size_t length = strlen(words[i]), n_below;
    while (length > 1 && words[i][length - 1] == '/') length--;
    const char *path = memory_copy(words[i], length);
    if (is_missing(path)) {
      fail(call, EXIT_USE, "%s: there is no file of this name", path);
      return NULL;
    }
    if (!load_is_folder(path)) {
      add(&list, path);
      continue;
    }
    const char **below = load_files_below(path, &n_below);
    for (size_t j = 0; j < n_below; j++) add(&list, below[j]);
    if (n_below == 0) {
      tell_no_rules(call, path);
      return NULL;
    }
  }
  *n = list.n;
  return list.all;
}

/* ── checking ────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct library *rules_library(struct problems *problems) {
  return library_open(rules_folder(), problems);
}

/* A file that could not be parsed lacks declarations, and to miss those would be to tell one mistake many times. */
struct program *rules_check(struct library *library, const char *path, struct setting *settings, size_t n_settings,
                            struct problems *problems) {
  size_t errors = problems->n_errors;
  struct rule_file *file = library_load(library, path);
  if (!file || problems->n_errors > errors) return NULL;
  struct program *program = check(file, settings, n_settings, problems);
  lint(program, file, problems->n_errors == errors, problems);
  return program;
}

/* `--allow ID,ID`: no problem of these kinds is told. */
static bool allow(const struct call *call, const char *name, struct problems *problems) {
  enum problem_id id;
  bool found = problem_find(name, &id);
  if (found && problem_severity(id) != SEVERITY_ERROR) {
    problem_allow_everywhere(problems, id);
    return true;
  }
  const char *near = problem_nearest_silent(name);
  if (found)
    fail(call, EXIT_USE, "--allow: `%s` is an error, and errors cannot be allowed", name);
  else if (near)
    fail(call, EXIT_USE, "--allow: there is no warning called `%s`; did you mean `%s`?", name, near);
  else
    fail(call, EXIT_USE, "--allow: there is no warning called `%s`; its name stands in [ ] after the warning", name);
  return false;
}

struct problems *rules_problems(const struct call *call) {
  struct problems *problems = problems_open();
  for (size_t i = 0; i < call->n_values[OPTION_allow]; i++)
    for (const char *name = call->values[OPTION_allow][i]; *name;) {
      size_t length = strcspn(name, ", ");
      if (length && !allow(call, memory_copy(name, length), problems)) return NULL;
      name += length + (name[length] != 0);
    }
  return problems;
}

void rules_print(const struct call *call, struct problems *problems) {
  problems_print(problems, stderr, call->colour_err, call->quiet ? SEVERITY_ERROR : SEVERITY_WARNING);
}

struct setting *rules_settings(const struct call *call, size_t *n) {
  *n = call->n_values[OPTION_set];
  struct setting *settings = NEW_ARRAY(struct setting, *n + 1);
  for (size_t i = 0; i < *n; i++) {
    const char *text = call->values[OPTION_set][i], *equals = strchr(text, '=');
    settings[i] = (struct setting){.option = "--set", .name = memory_copy(text, (size_t)(equals - text)), .value = equals + 1};
  }
  return settings;
}

static void tell_unused(const struct program *const *programs, size_t n_programs, const struct setting *settings,
                        size_t n, struct problems *problems) {
  for (size_t i = 0; i < n; i++) {
    if (settings[i].used) continue;
    size_t n_names = 0;
    for (size_t p = 0; p < n_programs; p++) n_names += programs[p]->n_parameters;
    const char **names = NEW_ARRAY(const char *, n_names + 1);
    n_names = 0;
    for (size_t p = 0; p < n_programs; p++)
      for (size_t j = 0; j < programs[p]->n_parameters; j++) names[n_names++] = programs[p]->parameters[j]->name;
    const char *near = problem_nearest(settings[i].name, names, n_names);
    const char *hint = near ? memory_print(_("did you mean `%s`?"), near) : NULL;
    if (settings[i].source)
      problem_add(problems, PROBLEM_setting, settings[i].source, settings[i].at,
                  hint ? hint : N_("set what the pack declares as a parameter"), "there is no parameter called `%s`",
                  settings[i].name);
    else
      problem_add(problems, PROBLEM_setting, NULL, (struct place){0, 0}, hint,
                  "%s %s=%s: there is no parameter called `%s`", settings[i].option, settings[i].name, settings[i].value,
                  settings[i].name);
  }
}

/* What is to be left out and is in no pack, is most often misspelt. */
static void tell_not_left_out(const struct program *const *programs, size_t n_programs, const struct order *order,
                              struct problems *problems) {
  for (size_t i = 0; i < order->without.n; i++) {
    const struct order_name *name = &order->without.all[i];
    size_t n = 0;
    if (name->used) continue;
    for (size_t p = 0; p < n_programs; p++) n += programs[p]->n_indicators;
    const char **names = NEW_ARRAY(const char *, n + 1);
    n = 0;
    for (size_t p = 0; p < n_programs; p++)
      for (size_t j = 0; j < programs[p]->n_indicators; j++) names[n++] = programs[p]->indicators[j]->name;
    const char *near = problem_nearest(name->name, names, n);
    problem_add(problems, PROBLEM_unknown_name, order->source, name->at,
                near ? memory_print(_("did you mean `%s`?"), near) : N_("write the name of an indicator of the pack"),
                "there is no indicator called `%s`", name->name);
  }
}

enum exit_code rules_code(const struct problems *problems) {
  size_t said = 0;
  /* What a rule file sets in a test has a place in it; what was said with --set has none. */
  for (size_t i = 0; i < problems->n; i++) said += problems->all[i].id == PROBLEM_setting && !problems->all[i].source;
  return !problems->n_errors ? EXIT_FINE : said == problems->n_errors ? EXIT_USE : EXIT_RULES;
}

/* A pack's rows are known by its name, so two of one name could not be told apart. False after a message. */
bool rules_packs_differ(const struct call *call, const struct program *const *programs, const char *const *paths,
                        size_t n) {
  for (size_t i = 1; i < n; i++)
    for (size_t j = 0; j < i; j++) {
      if (strcmp(programs[i]->name, programs[j]->name) != 0) continue;
      fail(call, EXIT_USE, "the pack `%s` is asked for twice: by %s and by %s", programs[i]->name, paths[j], paths[i]);
      return false;
    }
  return true;
}

struct program *rules_program(struct call *call, const char *path, enum exit_code *code) {
  size_t n_settings, n;
  *code = EXIT_USE;
  struct setting *settings = rules_settings(call, &n_settings);
  const char **files = rule_files(call, &path, 1, &n);
  if (files && n > 1) fail(call, EXIT_USE, "%s is a folder of several rule files: name one of them", path);
  struct problems *problems = files && n == 1 ? rules_problems(call) : NULL;
  if (!problems) return NULL;
  struct program *program = rules_check(rules_library(problems), files[0], settings, n_settings, problems);
  if (program && !problems->n_errors)
    tell_unused((const struct program *const *)&program, 1, settings, n_settings, problems);
  rules_print(call, problems);
  *code = rules_code(problems);
  return *code == EXIT_FINE ? program : NULL;
}

const struct program **rules_packs(struct library *library, const char *const *files, size_t n_files,
                                   struct setting *settings, size_t n_settings, struct order *order,
                                   struct problems *problems, const char **paths, size_t *n_packs) {
  const struct program **programs = NEW_ARRAY(const struct program *, n_files + 1);
  size_t n = 0;
  for (size_t i = 0; i < n_files; i++) {
    struct program *program = rules_check(library, files[i], settings, n_settings, problems);
    if (!program) continue;
    if (order) check_order(program, order, problems);
    paths[n] = files[i];
    programs[n++] = program;
    if (!program->is_pack)
      problem_add(problems, PROBLEM_no_pack, NULL, (struct place){0, 0},
                  program->order ? N_("it orders a meeting, whose documents are made so: klynge report FILE -o FOLDER")
                                 : N_("run the pack that uses it; `klynge check` checks a library"),
                  "%s declares no pack", files[i]);
  }
  bool is_sound = !problems->n_errors;
  if (is_sound) tell_unused(programs, n, settings, n_settings, problems);
  if (is_sound && order) tell_not_left_out(programs, n, order, problems);
  *n_packs = n;
  return programs;
}

struct plan *rules_plan(struct call *call, const char *const *files, size_t n_files, enum exit_code *code) {
  struct problems *problems = call->problems = rules_problems(call);
  *code = EXIT_USE;
  if (!problems) return NULL;
  size_t n;
  struct setting *settings = rules_settings(call, &n);
  return rules_plan_set(call, rules_library(problems), files, n_files, settings, n, NULL, code);
}

struct plan *rules_plan_set(struct call *call, struct library *library, const char *const *files, size_t n_files,
                            struct setting *settings, size_t n_settings, struct order *order, enum exit_code *code) {
  struct problems *problems = call->problems;
  const char **paths = NEW_ARRAY(const char *, n_files + 1);
  size_t n;
  const struct program **programs = rules_packs(library, files, n_files, settings, n_settings, order, problems, paths, &n);
  bool differ = problems->n_errors || rules_packs_differ(call, programs, paths, n);
  struct plan *whole = problems->n_errors || !differ ? NULL : plan(programs, n, problems);
  if (whole && !n_settings) problems_tell_unused(problems);
  rules_print(call, problems);
  *code = differ ? rules_code(problems) : EXIT_USE;
  return *code == EXIT_FINE ? whole : NULL;
}

/* Libraries that stand in a folder beside packs are no packs, and are not meant. */
const char **rule_packs(struct call *call, size_t *n) {
  size_t n_files;
  const char **files = rule_files(call, call->words, call->n_words, &n_files);
  if (!files) return NULL;
  if (n_files == call->n_words) {
    *n = n_files;
    return files;
  }
  struct problems *aside = problems_open();
  struct library *library = rules_library(aside);
  *n = 0;
  for (size_t i = 0; i < n_files; i++) {
    const struct rule_file *file = library_load(library, files[i]);
    bool is_pack = !file || !file->tree || tree_find(tree_find(file->tree, NODE_declarations), NODE_pack);
    if (is_pack) files[(*n)++] = files[i];
  }
  if (*n) return files;
  fail(call, EXIT_USE, "there is no pack in this folder");
  return NULL;
}
