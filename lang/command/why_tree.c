/* why_tree.c: the conditions of an indicator as a tree, in the author's shape: a definition is opened where it is first met. */
#include "lang/command/why.h"
#include <string.h>
#include "lang/diff/diff.h"
#include "lang/memory.h"

size_t why_ask(struct why *why, const struct expr *expr) {
  for (size_t i = 0; i < why->n_questions; i++)
    if (why->questions[i] == expr) return i;
  why->questions = memory_grow(why->questions, why->n_questions + 1, sizeof *why->questions);
  why->questions[why->n_questions] = expr;
  return why->n_questions++;
}

const char *why_words(const struct expr *expr) { return version_words(expr->source, expr->at); }

/* ── nodes ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What stands for itself needs no line of its own, but for a parameter, whose value is not to be seen. */
static bool is_plain(const struct expr *expr) {
  switch (expr->kind) {
  case EXPR_number:
  case EXPR_date: return !expr->parameter;
  case EXPR_duration:
  case EXPR_text:
  case EXPR_truth:
  case EXPR_index:
  case EXPR_wrong: return true;
  default: return false;
  }
}

struct opened { const struct definition **all; size_t n; };

static bool is_open(const struct opened *opened, const struct definition *definition) {
  for (size_t i = 0; i < opened->n; i++)
    if (opened->all[i] == definition) return true;
  return false;
}

static struct why_node *node_of(struct why *why, const struct expr *expr, struct opened *opened);

static void add_child(struct why *why, struct why_node *node, const struct expr *expr, struct opened *opened) {
  if (is_plain(expr)) return;
  /* `x is unknown` is read as not `x is known`: what stands at the same place is one line. */
  if (node->expr->kind == EXPR_not && expr->source == node->expr->source && expr->at.from == node->expr->at.from &&
      expr->at.to == node->expr->at.to) {
    for (size_t i = 0; i < expr->n_args; i++) add_child(why, node, expr->args[i], opened);
    return;
  }
  node->children = memory_grow(node->children, node->n_children + 1, sizeof *node->children);
  node->children[node->n_children++] = node_of(why, expr, opened);
}

/* All limits of a window hold at once; their days are worked out by the engine, as all else is. */
static void ask_window(struct why *why, struct why_node *node, const struct rows *rows) {
  node->lows = NEW_ARRAY(size_t, rows->n_limits + 1);
  node->highs = NEW_ARRAY(size_t, rows->n_limits + 1);
  for (size_t i = 0; i < rows->n_limits; i++) {
    if (rows->limits[i].low) node->lows[node->n_lows++] = why_ask(why, rows->limits[i].low);
    if (rows->limits[i].high) node->highs[node->n_highs++] = why_ask(why, rows->limits[i].high);
  }
}

static void open_definition(struct why *why, struct why_node *node, struct opened *opened) {
  const struct definition *definition = node->expr->definition;
  if (is_open(opened, definition)) return;
  opened->all = memory_grow(opened->all, opened->n + 1, sizeof *opened->all);
  opened->all[opened->n++] = definition;
  node->title = definition->title;
  add_child(why, node, definition->value, opened);
}

static struct why_node *node_of(struct why *why, const struct expr *expr, struct opened *opened) {
  struct why_node *node = NEW(struct why_node);
  node->expr = expr;
  node->words = why_words(expr);
  /* `age` is made of the column birth. */
  if (expr->kind == EXPR_column && !strstr(node->words, expr->column->name)) node->words = expr->column->name;
  node->question = NO_QUESTION;
  if (expr->type.kind == TYPE_TRUTH || expr->type.kind == TYPE_NUMBER || expr->type.kind == TYPE_DATE)
    node->question = why_ask(why, expr);
  if (expr->rows) ask_window(why, node, expr->rows);
  if (expr->kind == EXPR_defined) open_definition(why, node, opened);
  else
    for (size_t i = 0; i < expr->n_args; i++) add_child(why, node, expr->args[i], opened);
  return node;
}

struct why *why_of(const struct program *program, const struct indicator *indicator) {
  struct why *why = NEW(struct why);
  struct opened opened = {0};
  why->program = program;
  why->indicator = indicator;
  if (program->population) why->population = node_of(why, program->population, &opened);
  if (indicator->denominator) why->denominator = node_of(why, indicator->denominator, &opened);
  why->counted = node_of(why, indicator->value ? indicator->value : indicator->numerator, &opened);
  return why;
}

/* ── the outcome ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool holds(const struct why *why, size_t question) {
  return question == NO_QUESTION || (why->answers[question].known && why->answers[question].truth);
}

enum outcome why_outcome(const struct why *why, size_t population, size_t denominator, size_t counted) {
  if (!holds(why, population) || !holds(why, denominator)) return OUTCOME_OUTSIDE;
  const struct run_answer *answer = &why->answers[counted];
  if (!answer->known) return OUTCOME_UNKNOWN;
  return why->indicator->value || answer->truth ? OUTCOME_YES : OUTCOME_NO;
}

enum outcome why_outcome_now(const struct why *why) {
  return why_outcome(why, why->population ? why->population->question : NO_QUESTION,
                     why->denominator ? why->denominator->question : NO_QUESTION, why->counted->question);
}
