/* plan.c: the indicators of all packs, lowered one after the other into one graph. */
#include "lang/plan/plan.h"
#include "lang/memory.h"
#include "lang/plan/graph.h"

/* ── packs ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void plan_indicator(struct planner *planner, struct plan_indicator *out, const struct indicator *indicator) {
  struct plan_node *denominator = planner->pack->population;
  if (indicator->denominator) denominator = graph_and(planner, denominator, lower(planner, indicator->denominator));
  out->indicator = indicator;
  out->counted = graph_full(planner, lower(planner, indicator->value ? indicator->value : indicator->numerator));
  plan_cells(planner, out, graph_full(planner, denominator));
}

static void plan_pack(struct planner *planner, struct plan_pack *pack, const struct program *program) {
  planner->pack = pack;
  windows_begin(planner);
  pack->program = program;
  pack->population =
      graph_full(planner, program->population ? lower(planner, program->population) : graph_truth(planner, 1));
  pack->indicators = NEW_ARRAY(struct plan_indicator, program->n_indicators + 1);
  for (size_t i = 0; i < program->n_indicators; i++)
    plan_indicator(planner, &pack->indicators[i], program->indicators[i]);
  planner->pack = NULL;
}

static void plan_questions(struct planner *planner, const struct expr *const *questions, size_t n) {
  struct plan *plan = planner->plan;
  plan->questions = NEW_ARRAY(struct plan_question, n + 1);
  plan->n_questions = (uint32_t)n;
  for (size_t i = 0; i < n; i++)
    plan->questions[i] = (struct plan_question){questions[i], graph_full(planner, lower(planner, questions[i]))};
}

/* Only what an indicator needs is worked out: simplifying may have left nodes behind. Nodes are numbered after what they
 * are made of, so one way back through the numbers finds all that is needed; no chain of nodes is too long for it. */
static void mark(struct plan *plan, bool *needed) {
  for (uint32_t p = 0; p < plan->n_packs; p++) {
    const struct plan_pack *pack = &plan->packs[p];
    needed[pack->population->number] = true;
    for (size_t i = 0; i < pack->program->n_indicators; i++) {
      const struct plan_indicator *indicator = &pack->indicators[i];
      needed[indicator->counted->number] = true;
      for (uint32_t c = 0; c < indicator->n_cells; c++) needed[indicator->cells[c].denominator->number] = true;
    }
    for (uint32_t i = 0; i < pack->n_windows; i++) {
      if (pack->windows[i].low) needed[pack->windows[i].low->number] = true;
      if (pack->windows[i].high) needed[pack->windows[i].high->number] = true;
    }
  }
  for (uint32_t i = 0; i < plan->n_questions; i++) needed[plan->questions[i].node->number] = true;
  for (uint32_t i = plan->n_nodes; i-- > 0;) {
    const struct plan_node *node = plan->nodes[i];
    if (!needed[i]) continue;
    for (uint32_t j = 0; j < node->n_args; j++) needed[node->args[j]->number] = true;
    if (node->scan) needed[node->scan->low->number] = needed[node->scan->high->number] = true;
  }
}

static void keep_needed(struct plan *plan) {
  bool *needed = memory_new((size_t)plan->n_nodes + 1, sizeof *needed);
  mark(plan, needed);
  uint32_t n = 0;
  for (uint32_t i = 0; i < plan->n_nodes; i++) {
    if (!needed[i]) continue;
    struct plan_node *node = plan->nodes[i];
    plan->nodes[n] = node;
    node->number = n++;
    if (!node->scan) continue;
    struct plan_scan *scan = node->scan;
    scan->reducers = memory_grow(scan->reducers, (size_t)scan->n_reducers + 1, sizeof *scan->reducers);
    scan->reducers[scan->n_reducers++] = node;
  }
  plan->n_nodes = n;
  n = 0;
  for (uint32_t i = 0; i < plan->n_scans; i++)
    if (plan->scans[i]->n_reducers) {
      plan->scans[n] = plan->scans[i];
      plan->scans[n]->number = n;
      n++;
    }
  plan->n_scans = n;
}

struct plan *plan(const struct program *const *programs, size_t n, struct problems *problems) {
  return plan_asking(programs, n, NULL, 0, problems);
}

struct plan *plan_asking(const struct program *const *programs, size_t n, const struct expr *const *questions,
                         size_t n_questions, struct problems *problems) {
  struct planner *planner = NEW(struct planner);
  struct plan *plan = NEW(struct plan);
  planner->plan = plan;
  planner->problems = problems;
  for (size_t i = 0; i < n; i++) plan_tables(planner, programs[i]);
  plan->packs = NEW_ARRAY(struct plan_pack, n + 1);
  plan->n_packs = (uint32_t)n;
  for (size_t i = 0; i < n; i++) plan_pack(planner, &plan->packs[i], programs[i]);
  plan_questions(planner, questions, n_questions);
  keep_needed(plan);
  return plan;
}
