/* order.c: a meeting that is ordered: its clauses by themselves. What it says of a pack is checked with the pack. */
#include <string.h>
#include "lang/check/checker.h"
#include "lang/memory.h"
#include "runtime/image/dates.h"

static void add_words(struct texts *texts, const struct node *list) {
  for (const struct node *word = list->first; word; word = word->next) {
    texts->all = memory_grow(texts->all, texts->n + 1, sizeof *texts->all);
    texts->all[texts->n++] = word->text;
  }
}

static void add_names(struct order_names *names, const struct node *list) {
  for (const struct node *name = list->first; name; name = name->next) {
    names->all = memory_grow(names->all, names->n + 1, sizeof *names->all);
    names->all[names->n++] = (struct order_name){name->text, name->at, false};
  }
}

static void add_setting(struct checker *checker, struct order *order, const struct node *clause) {
  const struct node *name = tree_child(clause, 0), *value = tree_child(clause, 1);
  for (size_t i = 0; i < order->n_settings; i++)
    if (strcmp(order->settings[i].name, name->text) == 0)
      wrong(checker, PROBLEM_twice, name, "keep one of them", "`%s` is set twice", name->text);
  order->settings = memory_grow(order->settings, order->n_settings + 1, sizeof *order->settings);
  order->settings[order->n_settings++] = (struct setting){.name = name->text,
                                                          .value = node_words(checker, value),
                                                          .literal = value,
                                                          .source = checker->source,
                                                          .at = clause->at};
}

static void add_clause(struct checker *checker, struct order *order, const struct node *clause) {
  if (clause->kind != NODE_set && clause->kind != NODE_without) clause_twice(checker, clause);
  switch (clause->kind) {
  case NODE_cluster: add_words(&order->clusters, tree_child(clause, 0)); break;
  case NODE_practices: add_words(&order->practices, tree_child(clause, 0)); break;
  case NODE_on: order->on = literal_date(clause->text); break;
  case NODE_as_of: order->as_of = literal_date(clause->text); break;
  case NODE_compared_with: order->compared_with = literal_date(clause->text); break;
  case NODE_consultant: order->consultant = clause->text; break;
  case NODE_contact: order->contact = clause->text; break;
  case NODE_without: add_names(&order->without, tree_child(clause, 0)); break;
  case NODE_set: add_setting(checker, order, clause); break;
  default: break;
  }
}

static const struct node *clause_of(const struct node *node, enum node_kind kind) { return tree_find(node, kind); }

void order_of(struct checker *checker, const struct node *node, struct rule_file *file) {
  struct program *program = checker->program;
  const struct node *head = tree_child(node, 0), *title = tree_find(head, NODE_title);
  checker->source = file->source;
  if (program->order) {
    wrong(checker, PROBLEM_twice, tree_child(head, 0), "put it in a file of its own", "this file has a meeting already");
    return;
  }
  struct order *order = program->order = NEW(struct order);
  *order = (struct order){.name = tree_child(head, 0)->text, .title = title ? title->text : NULL, .on = DATE_UNKNOWN,
                          .as_of = DATE_UNKNOWN, .compared_with = DATE_UNKNOWN, .source = file->source, .file = file,
                          .at = tree_child(head, 0)->at};
  const struct node *of = tree_child(node, 1);
  add_names(&order->packs, tree_child(of, 0));
  for (const struct node *clause = of->next; clause; clause = clause->next) add_clause(checker, order, clause);
  const struct node *earlier = clause_of(node, NODE_compared_with);
  if (earlier && order->as_of != DATE_UNKNOWN && order->compared_with >= order->as_of)
    wrong(checker, PROBLEM_order, earlier, "write an earlier date", "the date to compare with is not before the index date");
  const struct node *held = clause_of(node, NODE_on);
  if (held && order->as_of != DATE_UNKNOWN && order->on < order->as_of)
    wrong(checker, PROBLEM_meeting_date, held, "look at both dates: {ON} is the day of the meeting, {AS_OF} that of the figures",
          "the meeting is held before its index date");
}

/* ── what an order changes of a pack ─────────────────────────────────────────────────────────────────────────────── */

static bool leaves_out(const struct order *order, const char *name) {
  bool found = false;
  for (size_t i = 0; i < order->without.n; i++)
    if (strcmp(order->without.all[i].name, name) == 0) found = order->without.all[i].used = true;
  return found;
}

static void leave_out(struct program *program, const struct order *order) {
  struct programme *programme = program->programme;
  size_t n = 0;
  for (size_t b = 0; programme && b < programme->n_blocks; b++) {
    struct programme_block *block = &programme->blocks[b];
    size_t n_kept = 0;
    for (size_t i = 0; i < block->n_presents; i++)
      if (!leaves_out(order, block->presents[i]->name)) block->presents[n_kept++] = block->presents[i];
    block->n_presents = n_kept;
  }
  for (size_t i = 0; i < program->n_indicators; i++)
    if (!leaves_out(order, program->indicators[i]->name)) program->indicators[n++] = program->indicators[i];
  program->n_indicators = n;
}

static void add_done(struct scope *scope, struct named done) {
  struct named *named = NEW(struct named);
  *named = done;
  named->state = NAMED_DONE;
  scope_add(scope, named->name, named);
}

/* Names are those of the pack's indicators, and in texts those of its parameters. */
static void replace_programme(struct program *program, const struct order *order, const struct node *node,
                              struct problems *problems) {
  struct checker *checker = NEW(struct checker);
  checker->problems = problems;
  checker->program = program;
  checker->asked = order->source;
  checker->asked_file = order->file;
  for (size_t i = 0; i < program->n_indicators; i++)
    add_done(&checker->indicators, (struct named){.kind = NAMED_INDICATOR, .name = program->indicators[i]->name,
                                                  .indicator = program->indicators[i]});
  for (size_t i = 0; i < program->n_parameters; i++)
    add_done(&checker->values, (struct named){.kind = NAMED_PARAMETER, .name = program->parameters[i]->name,
                                              .parameter = program->parameters[i]});
  program->programme = NULL;
  programme_of(checker, node, order->file);
}

void check_order(struct program *program, const struct order *order, struct problems *problems) {
  const struct node *declarations = tree_find(order->file->tree, NODE_declarations);
  for (const struct node *node = declarations->first; node; node = node->next)
    if (node->kind == NODE_programme) replace_programme(program, order, node, problems);
  leave_out(program, order);
}
