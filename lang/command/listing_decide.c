/* listing_decide.c: the conditions that decide what becomes of a patient.
 *
 * Of `A and B` that holds both decide; of one that does not hold those that do not; of one that is unknown those that are unknown.
 * Of `A or B` it is the other way round. So a rule of thirty conditions becomes the two or three that say why this patient is on
 * the list:
 *
 *     heart_disease or kidney_disease or three_risk_factors      yes: an ischaemic heart disease, nothing else
 *     not drug in (sglt2, glp1)                                  yes: no prescription of either */
#include <string.h>
#include "lang/command/listing.h"
#include "lang/memory.h"

enum { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN };

static int truth_of(const struct why *why, const struct why_node *node) {
  const struct run_answer *answer = &why->answers[node->question];
  return !answer->known ? TRUTH_UNKNOWN : answer->truth ? TRUTH_YES : TRUTH_NO;
}

/* ── nodes ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct why_node *find_opened(struct why_node *node, const struct definition *definition) {
  struct why_node *found = NULL;
  if (node && node->expr->kind == EXPR_defined && node->expr->definition == definition && node->n_children) return node;
  for (size_t i = 0; node && i < node->n_children && !found; i++) found = find_opened(node->children[i], definition);
  return found;
}

/* `klynge why` opens a definition where it is first met; what it is of this patient is the same wherever it stands. */
struct why_node *listing_opened(const struct why *why, struct why_node *node) {
  if (node->expr->kind != EXPR_defined || node->n_children) return node;
  struct why_node *const trees[] = {why->population, why->denominator, why->counted};
  struct why_node *found = NULL;
  for (size_t i = 0; i < 3 && !found; i++) found = find_opened(trees[i], node->expr->definition);
  return found ? found : node;
}

/* The node of one of its args; NULL of a constant, which has none. */
static struct why_node *child_of(const struct why_node *node, const struct expr *arg) {
  for (size_t i = 0; i < node->n_children; i++)
    if (node->children[i]->expr == arg) return node->children[i];
  return NULL;
}

/* ── who decides ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add(struct listing_decided *decided, struct why_node *node) {
  for (size_t i = 0; i < decided->n; i++)
    if (decided->all[i] == node) return;
  decided->all = memory_grow(decided->all, decided->n + 1, sizeof *decided->all);
  decided->all[decided->n++] = node;
}

static void gather(struct listing_decided *decided, const struct why *why, struct why_node *node);

static void gather_children(struct listing_decided *decided, const struct why *why, struct why_node *node, int truth) {
  for (size_t i = 0; i < node->n_children; i++)
    if (truth_of(why, node->children[i]) == truth) gather(decided, why, node->children[i]);
}

static void gather_all(struct listing_decided *decided, const struct why *why, struct why_node *node) {
  for (size_t i = 0; i < node->n_children; i++) gather(decided, why, node->children[i]);
}

/* What joins conditions hands on to those that decide it; false where it can only be told whole. */
static bool hand_on(struct listing_decided *decided, const struct why *why, struct why_node *node) {
  const struct expr *expr = node->expr;
  int truth = truth_of(why, node);
  struct why_node *first = expr->n_args ? child_of(node, expr->args[0]) : NULL;
  switch (expr->kind) {
  case EXPR_and:
    if (truth == TRUTH_YES) gather_all(decided, why, node);
    else gather_children(decided, why, node, truth);
    return true;
  case EXPR_or:
    if (truth == TRUTH_NO) gather_all(decided, why, node);
    else gather_children(decided, why, node, truth);
    return true;
  case EXPR_how_many:
    if (expr->quantifier != EACH_AT_LEAST || truth != TRUTH_YES) return false;
    gather_children(decided, why, node, truth);
    return true;
  case EXPR_not:
    if (first) gather(decided, why, first);
    return first != NULL;
  case EXPR_is_true:
  case EXPR_otherwise:
    if (!first || truth_of(why, first) == TRUTH_UNKNOWN) return false;
    gather(decided, why, first);
    return true;
  default: return false;
  }
}

static void gather(struct listing_decided *decided, const struct why *why, struct why_node *node) {
  if (node->expr->type.kind != TYPE_TRUTH) {
    add(decided, node);
  } else if (node->expr->kind == EXPR_defined) {
    struct why_node *opened = listing_opened(why, node);
    if (opened->n_children) gather(decided, why, opened->children[0]);
    else add(decided, node);
  } else if (!hand_on(decided, why, node)) {
    add(decided, node);
  }
}

/* ── what need not be told ───────────────────────────────────────────────────────────────────────────────────────── */

static bool is_about(const struct why_node *node, const struct stream *stream) {
  const struct rows *rows = node->expr->rows;
  if (rows && rows->stream->kind == STREAM_SERIES && strcmp(rows->stream->name, stream->name) == 0) return true;
  for (size_t i = 0; i < node->n_children; i++)
    if (is_about(node->children[i], stream)) return true;
  return false;
}

/* "HbA1c is measured", of which nothing more is known than that there is a value. */
static const struct stream *measured_stream(const struct why_node *node) {
  const struct expr *expr = node->expr;
  const struct expr *what = expr->kind == EXPR_compare ? expr->args[0] : expr;
  bool is_of_rows = (what->kind == EXPR_any_row || what->kind == EXPR_count) && what->rows->stream->kind == STREAM_SERIES;
  return is_of_rows ? what->rows->stream : NULL;
}

static bool is_told_by_another(const struct listing_decided *decided, size_t from, const struct stream *stream) {
  for (size_t i = from; i < decided->n; i++)
    if (is_about(decided->all[i], stream)) return true;
  return false;
}

struct listing_decided listing_decide(const struct why *why) {
  struct listing_decided decided = {0}, told = {0};
  if (why->denominator) gather(&decided, why, why->denominator);
  size_t n_denominator = decided.n;
  gather(&decided, why, why->counted);
  for (size_t i = 0; i < decided.n; i++) {
    const struct stream *measured = i < n_denominator ? measured_stream(decided.all[i]) : NULL;
    if (!measured || !is_told_by_another(&decided, n_denominator, measured)) add(&told, decided.all[i]);
  }
  return told;
}
