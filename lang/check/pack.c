/* pack.c: the pack itself, its population, and the programme of its meeting. */
#include <string.h>
#include "lang/check/checker.h"
#include "lang/memory.h"

static void population_of(struct checker *checker, const struct node *clause) {
  struct program *program = checker->program;
  const struct node *condition = tree_child(clause, 0);
  program->population = check_condition(checker, condition);
  program->population_text = node_words(checker, condition);
  if (program->population->kind != EXPR_wrong && outcome_of_nobody(program->population) == 1)
    wrong(checker, PROBLEM_population, condition, "say what a patient must have: listed {AND} diagnosis = …",
          "this population holds for a patient of whom nothing is known");
}

/* Documents mark the pack's texts with it, for those who are read aloud to. In a file with Danish keywords they are Danish,
 * unless it says otherwise; English keywords say nothing. */
static void written_in(struct checker *checker, const struct node *language) {
  static const char *const known[] = {"da", "en"};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strcmp(language->text, known[i]) == 0) {
      checker->program->language = known[i];
      return;
    }
  wrong(checker, PROBLEM_unknown_name, language, "write `da` or `en`", "no language is called `%s` here", language->text);
}

void language_of_texts(struct checker *checker, const struct node *pack, struct rule_file *file) {
  checker->source = file->source;
  checker->program->language = check_language(checker) == DANISH ? "da" : NULL;
  const struct node *said = tree_find(pack, NODE_written_in);
  if (said) written_in(checker, said);
}

void pack_of(struct checker *checker, const struct node *pack, struct rule_file *file) {
  struct program *program = checker->program;
  const struct node *title = tree_find(pack, NODE_title), *name = tree_child(pack, 0);
  checker->source = file->source;
  program->is_pack = true;
  program->name = name->text;
  program->title = text_of(checker, title);
  for (const struct node *clause = name->next; clause; clause = clause->next) {
    if (clause->kind != NODE_use) clause_twice(checker, clause);
    switch (clause->kind) {
    case NODE_version: program->version = clause->text; break;
    case NODE_about: program->about = text_of(checker, clause); break;
    case NODE_guideline: program->guideline = text_of(checker, clause); break;
    case NODE_contact: program->contact = clause->text; break;
    case NODE_population: population_of(checker, clause); break;
    default: break;
    }
  }
  if (!program->population)
    wrong(checker, PROBLEM_no_population, name, "write: {POPULATION} listed {AND} diagnosis = …",
          "the pack `%s` has no population: every patient in the data counts", name->text);
}

/* ── the programme ───────────────────────────────────────────────────────────────────────────────────────────────── */

static struct programme_block *add_block(struct programme *programme) {
  programme->blocks = memory_grow(programme->blocks, programme->n_blocks + 1, sizeof *programme->blocks);
  return &programme->blocks[programme->n_blocks++];
}

static void minutes_of(struct checker *checker, const struct node *node, int32_t *minutes) {
  literal_whole(checker, node, 1, 24 * 60, minutes);
}

static void presents_of(struct checker *checker, const struct node *names, struct programme_block *block) {
  for (const struct node *name = names->first; name; name = name->next) {
    const struct named *named = scope_find(&checker->indicators, name->text);
    if (!named) {
      const char *near = scope_nearest(&checker->indicators, name->text, KIND(NAMED_INDICATOR));
      wrong(checker, PROBLEM_unknown_name, name,
            near ? check_say(checker, "did you mean `%s`?", near) : N_("declare it, or leave it out"),
            "there is no indicator called `%s`", name->text);
    } else if (named->indicator) {
      block->presents = memory_grow(block->presents, block->n_presents + 1, sizeof *block->presents);
      block->presents[block->n_presents++] = named->indicator;
    }
  }
}

/* What a line says belongs to the block above it. */
static void line_of_block(struct checker *checker, const struct node *line, struct programme *programme) {
  struct programme_block *block = programme->n_blocks ? &programme->blocks[programme->n_blocks - 1] : NULL;
  if (!block || block->is_break) {
    wrong(checker, PROBLEM_programme, line, "write it below the block that it belongs to",
          block ? N_("a break presents nothing") : N_("no block stands above this line"));
    return;
  }
  if (line->kind == NODE_presents) presents_of(checker, tree_child(line, 0), block);
  if (line->kind == NODE_about) block->about = text_of(checker, line);
  if (line->kind != NODE_reflect) return;
  block->reflect.all = memory_grow(block->reflect.all, block->reflect.n + 1, sizeof *block->reflect.all);
  block->reflect.all[block->reflect.n++] = text_of(checker, line);
}

void programme_of(struct checker *checker, const struct node *node, struct rule_file *file) {
  struct program *program = checker->program;
  checker->source = file->source;
  if (program->programme) {
    wrong(checker, PROBLEM_twice, node, "keep one of them", "the meeting has a programme already");
    return;
  }
  struct programme *programme = program->programme = NEW(struct programme);
  programme->at = node->at;
  programme->source = checker->source;
  for (const struct node *line = node->first; line; line = line->next) {
    struct programme_block *block;
    switch (line->kind) {
    case NODE_title: programme->title = text_of(checker, line); break;
    case NODE_length:
      clause_twice(checker, line);
      minutes_of(checker, tree_child(line, 0), &programme->duration);
      programme->duration_at = line->at;
      break;
    case NODE_block: {
      const struct node *head = tree_child(line, 0), *title = tree_find(head, NODE_title);
      block = add_block(programme);
      *block = (struct programme_block){.name = tree_child(head, 0)->text, .title = text_of(checker, title)};
      minutes_of(checker, tree_child(line, 1), &block->minutes);
      break;
    }
    case NODE_break:
      block = add_block(programme);
      *block = (struct programme_block){.is_break = true};
      minutes_of(checker, tree_child(line, 0), &block->minutes);
      break;
    default: line_of_block(checker, line, programme); break;
    }
  }
}
