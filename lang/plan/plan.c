/* plan.c: the indicators of all packs, lowered one after the other into one graph. */
#include "lang/plan/plan.h"
#include <string.h>
#include "lang/memory.h"
#include "lang/plan/graph.h"

/* ── windows for people ──────────────────────────────────────────────────────────────────────────────────────────── */

/* Each window with what it limits, once; a day that is each patient's own is left out. */
static void note_window(struct planner *planner, struct plan_pack *pack, const struct rows *rows) {
  struct plan_window window = {.title = rows->window, .subject = rows->stream->name};
  if (!window.title) return;
  lower_window(planner, rows, &window.low, &window.high);
  if (!window.low->uniform) window.low = NULL;
  if (!window.high->uniform) window.high = NULL;
  for (uint32_t i = 0; i < pack->n_windows; i++) {
    const struct plan_window *other = &pack->windows[i];
    if (other->low == window.low && other->high == window.high && !strcmp(other->title, window.title) && !strcmp(other->subject, window.subject)) return;
  }
  pack->windows = memory_grow(pack->windows, (size_t)pack->n_windows + 1, sizeof *pack->windows);
  pack->windows[pack->n_windows++] = window;
}

/* Definitions that have been looked through. */
struct seen { const struct definition **definitions; size_t n; };

static bool seen_before(struct seen *seen, const struct definition *definition) {
  for (size_t i = 0; i < seen->n; i++)
    if (seen->definitions[i] == definition) return true;
  seen->definitions = memory_grow(seen->definitions, seen->n + 1, sizeof *seen->definitions);
  seen->definitions[seen->n++] = definition;
  return false;
}

static void note_windows(struct planner *planner, struct plan_pack *pack, struct seen *seen, const struct expr *expr) {
  if (!expr || (expr->kind == EXPR_defined && seen_before(seen, expr->definition))) return;
  if (expr->rows) note_window(planner, pack, expr->rows);
  for (size_t i = 0; i < expr->n_args; i++) note_windows(planner, pack, seen, expr->args[i]);
}

/* ── packs ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void plan_pack(struct planner *planner, struct plan_pack *pack, const struct program *program) {
  struct seen seen = {0};
  pack->program = program;
  pack->population = graph_full(planner, program->population ? lower(planner, program->population) : graph_truth(planner, 1));
  note_windows(planner, pack, &seen, program->population);
  pack->indicators = NEW_ARRAY(struct plan_indicator, program->n_indicators + 1);
  for (size_t i = 0; i < program->n_indicators; i++) {
    const struct indicator *indicator = program->indicators[i];
    struct plan_node *denominator = pack->population;
    if (indicator->denominator) denominator = graph_and(planner, denominator, lower(planner, indicator->denominator));
    pack->indicators[i] = (struct plan_indicator){indicator, graph_full(planner, denominator), graph_full(planner, lower(planner, indicator->numerator))};
    note_windows(planner, pack, &seen, indicator->denominator);
    note_windows(planner, pack, &seen, indicator->numerator);
  }
}

/* Only what an indicator needs is worked out: simplifying may have left nodes behind. */
static void mark(struct plan_node *node, bool *needed) {
  if (needed[node->number]) return;
  needed[node->number] = true;
  for (uint32_t i = 0; i < node->n_args; i++) mark(node->args[i], needed);
  if (!node->scan) return;
  mark(node->scan->low, needed);
  mark(node->scan->high, needed);
}

static void mark_pack(const struct plan_pack *pack, bool *needed) {
  mark(pack->population, needed);
  for (size_t i = 0; i < pack->program->n_indicators; i++) {
    mark(pack->indicators[i].denominator, needed);
    mark(pack->indicators[i].numerator, needed);
  }
  for (uint32_t i = 0; i < pack->n_windows; i++) {
    if (pack->windows[i].low) mark(pack->windows[i].low, needed);
    if (pack->windows[i].high) mark(pack->windows[i].high, needed);
  }
}

static void keep_needed(struct plan *plan) {
  bool *needed = memory_new((size_t)plan->n_nodes + 1, sizeof *needed);
  for (uint32_t i = 0; i < plan->n_packs; i++) mark_pack(&plan->packs[i], needed);
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
  struct planner *planner = NEW(struct planner);
  struct plan *plan = NEW(struct plan);
  planner->plan = plan;
  planner->problems = problems;
  for (size_t i = 0; i < n; i++) plan_tables(planner, programs[i]);
  plan->packs = NEW_ARRAY(struct plan_pack, n + 1);
  plan->n_packs = (uint32_t)n;
  for (size_t i = 0; i < n; i++) plan_pack(planner, &plan->packs[i], programs[i]);
  keep_needed(plan);
  return plan;
}
