/* graph.c: hash consing: a node that is made a second time is the first one. */
#include "lang/plan/graph.h"
#include <string.h>
#include "lang/memory.h"
#include "runtime/image/hash.h"

static uint64_t bits_of(double number) {
  uint64_t bits;
  memcpy(&bits, &number, sizeof bits);
  return bits;
}

static size_t hash_of(const struct plan_node *node) {
  uint64_t h = node->op;
  for (uint32_t i = 0; i < node->n_args; i++) h = hash_on(h, node->args[i]->number + 1);
  h = hash_on(h, node->scan ? node->scan->number + 1 : 0);
  h = hash_on(h, (uint64_t)node->cut.op ^ (uint64_t)(uint32_t)node->cut.n << 32);
  h = hash_on(h, (uint32_t)node->cut.apart);
  h = hash_on(h, (uint32_t)node->k);
  h = hash_on(h, bits_of(node->constant));
  h = hash_on(h, node->text ? hash_text(node->text, strlen(node->text)) : 0);
  return (size_t)hash_on(h, node->column);
}

static bool same_text(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

static bool same(const struct plan_node *a, const struct plan_node *b) {
  if (a->op != b->op || a->n_args != b->n_args || a->scan != b->scan || a->k != b->k || a->column != b->column)
    return false;
  if (a->cut.op != b->cut.op || a->cut.n != b->cut.n || a->cut.apart != b->cut.apart) return false;
  if (bits_of(a->constant) != bits_of(b->constant) || !same_text(a->text, b->text)) return false;
  for (uint32_t i = 0; i < a->n_args; i++)
    if (a->args[i] != b->args[i]) return false;
  return true;
}

static void add_slot(struct planner *planner, struct plan_node *node) {
  size_t i = hash_of(node) & (planner->n_slots - 1);
  while (planner->slots[i]) i = (i + 1) & (planner->n_slots - 1);
  planner->slots[i] = node;
}

static void grow(struct planner *planner) {
  planner->n_slots = planner->n_slots ? 2 * planner->n_slots : 256;
  planner->slots = NEW_ARRAY(struct plan_node *, planner->n_slots);
  for (uint32_t i = 0; i < planner->plan->n_nodes; i++) add_slot(planner, planner->plan->nodes[i]);
}

/* ── making ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The kind of the register that an operation writes stands first in its row of opcodes.def. */
static enum image_register_kind written(enum opcode op) { return opcode_register(opcodes[op].operands[0]); }

/* Nothing of the patient goes in: constants, the index date, and what is made of such. */
static bool is_uniform(const struct plan_node *node) {
  switch (node->op) {
  case OP_number_spread:
  case OP_date_spread:
  case OP_truth_spread:
  case OP_number_column:
  case OP_date_column:
  case OP_text_known:
  case OP_text_equal: return false;
  default: break;
  }
  if (node->scan) return false;
  for (uint32_t i = 0; i < node->n_args; i++)
    if (!node->args[i]->uniform) return false;
  return true;
}

struct plan_node *graph_full(struct planner *planner, struct plan_node *node) {
  static const enum opcode spread[] = {OP_number_spread, OP_date_spread, OP_truth_spread};
  if (!node->uniform) return node;
  return graph_op(planner, spread[node->kind], 1, &node);
}

/* The operand of the opcode's row that the i-th register read is. */
static int operand_of(enum opcode op, uint32_t read) {
  const char *letters = opcodes[op].operands;
  for (int i = 0; letters[i]; i++)
    if (strchr("ndmt", letters[i]) && read-- == 0) return i;
  return -1;
}

static void spread_args(struct planner *planner, struct plan_node *draft) {
  if (draft->uniform || draft->op == OP_number_spread || draft->op == OP_date_spread || draft->op == OP_truth_spread)
    return;
  for (uint32_t i = 0; i < draft->n_args; i++)
    if (draft->args[i]->uniform && !opcode_takes_uniform(draft->op, operand_of(draft->op, i)))
      draft->args[i] = graph_full(planner, draft->args[i]);
}

/* A tally of outcomes is counted up in a full register from the start. */
static bool starts_full(const struct plan_node *draft) { return draft->kind == REGISTER_TALLY; }

struct plan_node *graph_node(struct planner *planner, struct plan_node draft) {
  draft.kind = written(draft.op);
  draft.uniform = is_uniform(&draft) && !starts_full(&draft);
  spread_args(planner, &draft);
  if (2 * (planner->plan->n_nodes + 1) > planner->n_slots) grow(planner);
  size_t i = hash_of(&draft) & (planner->n_slots - 1);
  for (; planner->slots[i]; i = (i + 1) & (planner->n_slots - 1))
    if (same(planner->slots[i], &draft)) return planner->slots[i];
  struct plan_node *node = NEW(struct plan_node);
  *node = draft;
  node->level = draft.scan ? draft.scan->level : 0;
  for (uint32_t j = 0; j < node->n_args; j++)
    if (node->args[j]->level > node->level) node->level = node->args[j]->level;
  struct plan *plan = planner->plan;
  node->number = plan->n_nodes;
  if ((plan->n_nodes & (plan->n_nodes - 1)) == 0)
    plan->nodes = memory_grow(plan->nodes, plan->n_nodes ? 2 * (size_t)plan->n_nodes : 1, sizeof *plan->nodes);
  plan->nodes[plan->n_nodes++] = node;
  return planner->slots[i] = node;
}

struct plan_node *graph_op(struct planner *planner, enum opcode op, int n, struct plan_node *const args[]) {
  struct plan_node draft = {.op = op, .n_args = (uint32_t)n};
  for (int i = 0; i < n; i++) draft.args[i] = args[i];
  return graph_node(planner, draft);
}

struct plan_node *graph_date(struct planner *planner, int32_t date) {
  return graph_node(planner, (struct plan_node){.op = OP_date_is, .k = date});
}

struct plan_node *graph_truth(struct planner *planner, int truth) {
  return graph_node(planner, (struct plan_node){.op = OP_truth_is, .k = truth});
}

/* ── logic ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_truth(const struct plan_node *node, int truth) {
  if (node->op == OP_truth_spread) node = node->args[0];
  return node->op == OP_truth_is && node->k == truth;
}

/* `decides` is the outcome of one side that decides the whole; the other constant changes nothing. */
static struct plan_node *junction(struct planner *planner, enum opcode op, struct plan_node *a, struct plan_node *b,
                                  int decides) {
  if (a == b || is_truth(a, decides) || is_truth(b, !decides)) return a;
  if (is_truth(b, decides) || is_truth(a, !decides)) return b;
  if (a->number > b->number) return graph_op(planner, op, 2, (struct plan_node *[]){b, a});
  return graph_op(planner, op, 2, (struct plan_node *[]){a, b});
}

struct plan_node *graph_and(struct planner *planner, struct plan_node *a, struct plan_node *b) {
  return junction(planner, OP_and, a, b, 0);
}
struct plan_node *graph_or(struct planner *planner, struct plan_node *a, struct plan_node *b) {
  return junction(planner, OP_or, a, b, 1);
}

struct plan_node *graph_not(struct planner *planner, struct plan_node *a) {
  if (a->op == OP_not) return a->args[0];
  return graph_op(planner, OP_not, 1, &a);
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* All reducers of a scan are worked out in one pass, so none may need what another scan gives that needs this one. The
 * level keeps them apart: it is one more than that of everything the reducer needs. */
static struct plan_scan *scan_of(struct planner *planner, uint32_t stream, struct plan_node *low,
                                 struct plan_node *high, uint32_t level) {
  struct plan *plan = planner->plan;
  if (2 * ((size_t)plan->n_scans + 1) > planner->n_scan_slots) {
    planner->n_scan_slots = planner->n_scan_slots ? 2 * planner->n_scan_slots : 64;
    planner->scan_slots = NEW_ARRAY(struct plan_scan *, planner->n_scan_slots);
    for (uint32_t i = 0; i < plan->n_scans; i++) {
      const struct plan_scan *scan = plan->scans[i];
      size_t slot =
          hash_on(hash_on(hash_on(scan->stream, scan->low->number), scan->high->number), scan->level) & (planner->n_scan_slots - 1);
      while (planner->scan_slots[slot]) slot = (slot + 1) & (planner->n_scan_slots - 1);
      planner->scan_slots[slot] = plan->scans[i];
    }
  }
  size_t slot = hash_on(hash_on(hash_on(stream, low->number), high->number), level) & (planner->n_scan_slots - 1);
  for (; planner->scan_slots[slot]; slot = (slot + 1) & (planner->n_scan_slots - 1)) {
    struct plan_scan *scan = planner->scan_slots[slot];
    if (scan->stream == stream && scan->low == low && scan->high == high && scan->level == level) return scan;
  }
  struct plan_scan *scan = NEW(struct plan_scan);
  *scan = (struct plan_scan){.stream = stream, .low = low, .high = high, .level = level, .number = plan->n_scans};
  plan->scans = memory_grow(plan->scans, (size_t)plan->n_scans + 1, sizeof *plan->scans);
  plan->scans[plan->n_scans++] = scan;
  return planner->scan_slots[slot] = scan;
}

struct plan_node *graph_rows(struct planner *planner, struct plan_node draft, uint32_t stream, struct plan_node *low,
                             struct plan_node *high) {
  uint32_t level = low->level > high->level ? low->level : high->level;
  for (uint32_t i = 0; i < draft.n_args; i++)
    if (draft.args[i]->level > level) level = draft.args[i]->level;
  draft.scan = scan_of(planner, stream, low, high, level + 1);
  return graph_node(planner, draft);
}
