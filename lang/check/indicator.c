/* indicator.c: indicators: what is counted of whom, and what the meeting is told of it. */
#include <math.h>
#include <string.h>
#include "lang/check/checker.h"
#include "lang/memory.h"

void clause_twice(struct checker *checker, const struct node *clause) {
  for (const struct node *other = clause->next; other; other = other->next)
    if (other->kind == clause->kind) {
      wrong(checker, PROBLEM_twice, other, "keep one of them", "this clause stands twice");
      return;
    }
}

/* ── what is counted ─────────────────────────────────────────────────────────────────────────────────────────────── */

static enum image_kind kind_of(enum node_kind kind) {
  switch (kind) {
  case NODE_count: return KIND_COUNT;
  case NODE_mean: return KIND_MEAN;
  case NODE_median: return KIND_MEDIAN;
  case NODE_quartiles: return KIND_QUARTILES;
  case NODE_rate: return KIND_RATE;
  default: return KIND_SHARE;
  }
}

static void denominator_of(struct checker *checker, const struct node *kind, struct indicator *indicator) {
  const struct node *of = tree_find(kind, NODE_of);
  if (!of) return;
  indicator->denominator = check_condition(checker, tree_child(of, 0));
  indicator->denominator_text = node_words(checker, tree_child(of, 0));
}

/* A share or a count: those for whom a condition holds. */
static void condition_of(struct checker *checker, const struct node *kind, struct indicator *indicator) {
  const struct node *where = tree_child(tree_find(kind, NODE_where), 0);
  denominator_of(checker, kind, indicator);
  indicator->numerator = check_condition(checker, where);
  indicator->numerator_text = node_words(checker, where);
}

/* A mean, a median or quartiles: a number of each patient. */
static void number_of(struct checker *checker, const struct node *kind, struct indicator *indicator) {
  denominator_of(checker, kind, indicator);
  indicator->value = check_number(checker, tree_child(kind, 0));
  indicator->numerator_text = node_words(checker, tree_child(kind, 0));
}

/* A rate counts the events that an event test looks for. */
static void events_of_rate(struct checker *checker, const struct node *kind, struct indicator *indicator) {
  const struct node *what = tree_child(kind, 0);
  const struct expr *test = check_expr(checker, what), *core = test;
  while (core->kind == EXPR_defined) core = core->definition->value;
  int32_t per = 0;
  indicator->numerator_text = node_words(checker, what);
  if (literal_whole(checker, tree_child(kind, 1), 1, 1e9, &per)) indicator->per = per;
  if (core->kind != EXPR_any_row) {
    if (core->kind != EXPR_wrong)
      wrong(checker, PROBLEM_type, what, "write: {RATE_OF} service = annual_review {PER} 1000 {PATIENTS}",
            "a rate counts events, and this is %s", type_words(test->type));
    return;
  }
  struct expr *count = NEW(struct expr);
  *count = *core;
  count->kind = EXPR_count;
  count->type = (struct type){.kind = TYPE_NUMBER, .plain = true};
  count->source = test->source;
  count->at = test->at;
  indicator->value = count;
}

/* ── what the meeting is told ────────────────────────────────────────────────────────────────────────────────────── */

static void add_text(struct checker *checker, struct texts *texts, const struct node *clause) {
  texts->all = memory_grow(texts->all, texts->n + 1, sizeof *texts->all);
  texts->all[texts->n++] = text_of(checker, clause);
}

static void aim_of_share(struct checker *checker, const struct node *number, struct indicator *indicator) {
  const struct node *unit = number->kind == NODE_quantity ? tree_child(number, 1) : NULL;
  double per_cent = 0;
  if (!unit || strcmp(unit->text, "%") != 0) {
    wrong(checker, PROBLEM_unit, number, "write: {AIM} 10 %", "the aim of a share is in per cent");
    return;
  }
  if (!literal_number(checker, tree_child(number, 0), &per_cent)) return;
  if (per_cent < 0 || per_cent > 100)
    wrong(checker, PROBLEM_number, number, "write a number from 0 to 100", "a share cannot be this large");
  indicator->aim = per_cent / 100;
}

static void aim_of(struct checker *checker, const struct node *clause, struct indicator *indicator) {
  const struct node *number = tree_child(clause, 0);
  clause_twice(checker, clause);
  indicator->aim_text = node_words(checker, number);
  if (indicator->kind == KIND_SHARE) {
    aim_of_share(checker, number, indicator);
    return;
  }
  const struct expr *aim = literal_value(checker, number);
  if (aim->kind == EXPR_wrong || !(indicator->value || indicator->numerator)) return;
  if (aim->type.unit && (!image_has_values(indicator->kind) || !units_agree(indicator->value->type, aim->type))) {
    bool has_unit = image_has_values(indicator->kind) && indicator->value->type.unit;
    wrong(checker, PROBLEM_unit, number,
          has_unit ? check_say(checker, "write it in %s", indicator->value->type.unit->spellings[0])
                   : N_("leave the unit out"),
          "this aim is in another unit than the figure");
  }
  indicator->aim = aim->number;
}

static void clause_of(struct checker *checker, const struct node *clause, struct indicator *indicator) {
  enum image_better better = clause->kind == NODE_better_lower ? BETTER_LOWER : BETTER_HIGHER;
  switch (clause->kind) {
  case NODE_better_lower:
  case NODE_better_higher:
    if (indicator->better)
      wrong(checker, PROBLEM_twice, clause, "keep one of them", "it is said twice which way is better");
    indicator->better = better;
    break;
  case NODE_by: strata_of(checker, tree_child(clause, 0), &indicator->by, &indicator->n_by); break;
  case NODE_adjust_by: adjust_of(checker, clause, indicator); break;
  case NODE_aim: aim_of(checker, clause, indicator); break;
  case NODE_known: add_text(checker, &indicator->known, clause); break;
  case NODE_advice: add_text(checker, &indicator->advice, clause); break;
  case NODE_reflect: add_text(checker, &indicator->reflect, clause); break;
  case NODE_list:
    clause_twice(checker, clause);
    indicator->list = text_of(checker, clause);
    break;
  case NODE_replaces:
    clause_twice(checker, clause);
    indicator->replaces = tree_child(clause, 0)->text;
    if (strcmp(indicator->replaces, indicator->name) == 0)
      wrong(checker, PROBLEM_circle, tree_child(clause, 0), "name the indicator of an earlier version",
            "an indicator cannot replace itself");
    break;
  case NODE_missing_counts_as_no:
    clause_twice(checker, clause);
    indicator->missing_counts_as_no = true;
    break;
  default: break;
  }
}

void indicator_of(struct checker *checker, struct named *named) {
  const struct node *kind = tree_child(named->node, 1);
  struct indicator *indicator = NEW(struct indicator);
  checker->source = named->file->source;
  *indicator = (struct indicator){.name = named->name, .title = text_of(checker, named->title), .aim = NAN, .node = named->node};
  indicator->source = checker->source;
  indicator->at = named->node->at;
  indicator->kind = kind_of(kind->kind);
  if (indicator->kind == KIND_RATE)
    events_of_rate(checker, kind, indicator);
  else if (image_has_values(indicator->kind))
    number_of(checker, kind, indicator);
  else if (kind->kind != NODE_wrong)
    condition_of(checker, kind, indicator);
  for (const struct node *clause = kind->next; clause; clause = clause->next) clause_of(checker, clause, indicator);
  if (!indicator->numerator && !indicator->value) return;
  named->indicator = indicator;
  struct program *program = checker->program;
  if ((program->n_indicators & (program->n_indicators - 1)) == 0)
    program->indicators = memory_grow(program->indicators, program->n_indicators ? 2 * program->n_indicators : 1,
                                      sizeof *program->indicators);
  program->indicators[program->n_indicators++] = indicator;
}
