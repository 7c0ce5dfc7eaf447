/* order.c: from a meeting in a rule file to its packs, planned as it asks. */
#include "lang/command/order.h"
#include <string.h>
#include "lang/memory.h"
#include "runtime/result/result.h"

struct order *order_read(struct call *call, const char *path, struct library **library) {
  *library = rules_library(call->problems);
  const struct program *program = rules_check(*library, path, NULL, 0, call->problems);
  return program ? program->order : NULL;
}

/* ── packs ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct found { const char *first, *second; const char **names; size_t n; };

/* Looks for a pack among files. What cannot be read is no pack. */
static void look_among(const char **files, size_t n, const char *name, struct found *found) {
  struct library *library = library_open(NULL, problems_open());
  for (size_t i = 0; i < n; i++) {
    const struct rule_file *file = library_load(library, files[i]);
    const struct node *pack = file && file->tree ? tree_find(tree_find(file->tree, NODE_declarations), NODE_pack) : NULL;
    if (!pack) continue;
    const char *its_name = tree_child(pack, 0)->text;
    found->names = memory_grow(found->names, found->n + 1, sizeof *found->names);
    found->names[found->n++] = its_name;
    if (strcmp(its_name, name) != 0) continue;
    if (!found->first) found->first = files[i];
    else if (!found->second) found->second = files[i];
  }
}

static const char *folder_of(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? memory_copy(path, (size_t)(slash - path)) : ".";
}

static const char *find_pack(const struct order *order, const struct order_name *pack, struct problems *problems) {
  struct found found = {0};
  size_t n;
  const char **files = load_files_in(folder_of(order->source->path), &n);
  look_among(files, n, pack->name, &found);
  if (!found.first && rules_folder()) {
    files = load_files_below(rules_folder(), &n);
    look_among(files, n, pack->name, &found);
  }
  if (found.first && !found.second) return found.first;
  if (found.second) {
    problem_add(problems, PROBLEM_order, order->source, pack->at, N_("move one of them out of this folder"),
                "the pack `%s` stands in two files: %s and %s", pack->name, found.first, found.second);
    return NULL;
  }
  const char *near = problem_nearest(pack->name, found.names, found.n);
  problem_add(problems, PROBLEM_order, order->source, pack->at,
              near ? memory_print(_("did you mean `%s`?"), near) : N_("put the pack's file beside that of the meeting"),
              "there is no pack called `%s` beside this file, and none that came with the program", pack->name);
  return NULL;
}

const char **order_packs(const struct order *order, struct problems *problems) {
  const char **files = NEW_ARRAY(const char *, order->packs.n + 1);
  bool all = true;
  for (size_t i = 0; i < order->packs.n; i++) {
    files[i] = find_pack(order, &order->packs.all[i], problems);
    all = all && files[i];
  }
  return all ? files : NULL;
}

struct plan *order_plan(struct call *call, struct order *order, struct library *library, enum exit_code *code) {
  size_t n_said;
  const struct setting *said = rules_settings(call, &n_said);
  struct setting *settings = NEW_ARRAY(struct setting, order->n_settings + n_said + 1);
  const char **files = order_packs(order, call->problems);
  if (!files) {
    rules_print(call, call->problems);
    *code = EXIT_RULES;
    return NULL;
  }
  if (order->n_settings) memcpy(settings, order->settings, order->n_settings * sizeof *settings);
  if (n_said) memcpy(settings + order->n_settings, said, n_said * sizeof *settings);
  return rules_plan_set(call, library, files, order->packs.n, settings, order->n_settings + n_said, order, code);
}

/* ── what an order says for the evaluation ───────────────────────────────────────────────────────────────────────── */

static void say(struct call *call, enum option_id option, const char *const *words, size_t n) {
  if (!n || call->n_values[option]) return;
  call->values[option] = NEW_ARRAY(const char *, n);
  memcpy(call->values[option], words, n * sizeof *words);
  call->n_values[option] = n;
}

static void say_date(struct call *call, enum option_id option, int32_t date) {
  char text[16];
  result_date(date, text);
  const char *word = memory_copy(text, strlen(text));
  say(call, option, &word, date != DATE_UNKNOWN);
}

void order_say(struct call *call, const struct order *order) {
  say(call, OPTION_cluster, order->clusters.all, order->clusters.n);
  say(call, OPTION_practice, order->practices.all, order->practices.n);
  say_date(call, OPTION_as_of, order->as_of);
  say_date(call, OPTION_compare, order->compared_with);
}
