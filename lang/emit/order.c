/* order.c: the graph as a list of instructions. The populations come first, for where nobody is in any the rest of the block is
 * not run. A node is written right before it is first needed, and all that is asked of the same rows stands behind one scan. */
#include "lang/emit/emitter.h"
#include "lang/memory.h"

struct ordering {
  const struct plan *plan;
  struct steps once, block;
  bool *done;           /* nodes that are written */
  struct wait *waiting; /* nodes that wait for what they need */
  size_t n_waiting, room;
};

/* A node and how much of what it needs has been looked at. */
struct wait {
  struct plan_node *node;
  size_t at;
};

static struct step *add(struct steps *steps, struct step step) {
  if (steps->n == steps->room) {
    steps->room = steps->room ? 2 * steps->room : 64;
    steps->all = memory_grow(steps->all, steps->room, sizeof *steps->all);
  }
  steps->all[steps->n] = step;
  return &steps->all[steps->n++];
}

static bool is_spread(enum opcode op) {
  return op == OP_number_spread || op == OP_date_spread || op == OP_truth_spread;
}

static void add_node(struct steps *steps, struct plan_node *node) {
  struct step step = {.op = node->op, .written = node, .n_read = node->n_args, .node = node};
  for (uint32_t i = 0; i < node->n_args; i++) step.read[i] = node->args[i];
  add(steps, step);
}

/* ── scans ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A test for any row needs no rows in hand: a bit is set for each. */
static bool only_any(const struct plan_scan *scan) {
  return scan->n_reducers == 1 && scan->reducers[0]->op == OP_rows_any && scan->reducers[0]->cut.n == 0;
}

static bool needs_order(const struct plan_scan *scan) {
  for (uint32_t i = 0; i < scan->n_reducers; i++) {
    const struct plan_node *node = scan->reducers[i];
    if ((node->op != OP_rows_any && node->op != OP_rows_count) || node->cut.n) return true;
  }
  return false;
}

/* How many of each patient's last rows are enough for all that is asked; 0: all of them are needed. Of several values of
 * one date only the highest is surely the last of all. */
static uint32_t rows_kept(const struct plan *plan, const struct plan_scan *scan) {
  bool highest = plan->streams[scan->stream].stream->ties == TIES_HIGHEST;
  uint32_t keep = 1;
  for (uint32_t i = 0; i < scan->n_reducers; i++) {
    const struct plan_node *node = scan->reducers[i];
    bool of_all = node->op == OP_rows_any || node->op == OP_rows_count || node->op == OP_date_of_last ||
                  (node->op == OP_rows_latest && highest);
    bool of_last = node->cut.n && node->cut.op == OP_cut_last && !node->cut.apart &&
                   (node->op != OP_rows_latest || highest) && node->op != OP_rows_change_days &&
                   node->op != OP_rows_change_months;
    if (node->cut.n ? !of_last : !of_all) return 0;
    if (node->cut.n && (uint32_t)node->cut.n > keep) keep = (uint32_t)node->cut.n;
  }
  return keep;
}

static bool is_counted(const struct plan_scan *scan) {
  for (uint32_t i = 0; i < scan->n_reducers; i++)
    if (scan->reducers[i]->op == OP_rows_count && !scan->reducers[i]->cut.n) return true;
  return false;
}

static bool same_cut(struct plan_cut a, struct plan_cut b) { return a.op == b.op && a.n == b.n && a.apart == b.apart; }

/* Reducers with one cut stand together behind it; those without stand first. */
static void write_reducers(struct ordering *ordering, const struct plan_scan *scan) {
  bool *written = memory_new((size_t)scan->n_reducers + 1, sizeof *written);
  for (int round = 0; round < 2; round++)
    for (uint32_t i = 0; i < scan->n_reducers; i++) {
      struct plan_cut cut = scan->reducers[i]->cut;
      if (written[i] || (round == 0 && cut.n)) continue;
      if (cut.n) add(&ordering->block, (struct step){.op = cut.op, .plain = {(uint32_t)cut.n, (uint32_t)cut.apart}});
      for (uint32_t j = i; j < scan->n_reducers; j++) {
        if (written[j] || !same_cut(scan->reducers[j]->cut, cut)) continue;
        add_node(&ordering->block, scan->reducers[j]);
        ordering->done[scan->reducers[j]->number] = written[j] = true;
      }
    }
}

static void write_scan(struct ordering *ordering, struct plan_scan *scan) {
  struct step step = {
      .op = OP_scan, .read = {scan->low, scan->high}, .n_read = 2, .plain = {scan->stream, needs_order(scan), rows_kept(ordering->plan, scan),
                                                                 is_counted(scan)}};
  if (only_any(scan)) {
    step.op = OP_any_row;
    step.written = scan->reducers[0];
    ordering->done[step.written->number] = true;
    add(&ordering->block, step);
    return;
  }
  add(&ordering->block, step);
  write_reducers(ordering, scan);
}

/* ── nodes ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum { MOST_ARGS = 3 };

/* The i-th thing that a node needs: its args, or, of a scan, the two days and the args of all its reducers, MOST_ARGS for
 * each. NULL where there is none at i; *more says whether there are any after it. */
static struct plan_node *need(const struct plan_node *node, size_t i, bool *more) {
  const struct plan_scan *scan = node->scan;
  if (!scan) {
    *more = i < node->n_args;
    return *more ? node->args[i] : NULL;
  }
  *more = i < 2 + (size_t)scan->n_reducers * MOST_ARGS;
  if (i < 2) return i ? scan->high : scan->low;
  if (!*more) return NULL;
  const struct plan_node *reducer = scan->reducers[(i - 2) / MOST_ARGS];
  return (i - 2) % MOST_ARGS < reducer->n_args ? reducer->args[(i - 2) % MOST_ARGS] : NULL;
}

static void write_one(struct ordering *ordering, struct plan_node *node) {
  if (ordering->done[node->number]) return;
  if (node->scan) {
    write_scan(ordering, node->scan);
    return;
  }
  ordering->done[node->number] = true;
  add_node(node->uniform || is_spread(node->op) ? &ordering->once : &ordering->block, node);
}

static void wait_for(struct ordering *ordering, struct plan_node *node) {
  if (ordering->n_waiting == ordering->room) {
    ordering->room = ordering->room ? 2 * ordering->room : 64;
    ordering->waiting = memory_grow(ordering->waiting, ordering->room, sizeof *ordering->waiting);
  }
  ordering->waiting[ordering->n_waiting++] = (struct wait){node, 0};
}

/* What a node needs is written before it. The nodes that wait stand in a list of their own, not on the program's stack: a
 * chain of them may be as long as a rule file. */
static void write_node(struct ordering *ordering, struct plan_node *node) {
  wait_for(ordering, node);
  while (ordering->n_waiting) {
    struct wait *wait = &ordering->waiting[ordering->n_waiting - 1];
    bool more = !ordering->done[wait->node->number];
    struct plan_node *needed = NULL;
    while (more && (!needed || ordering->done[needed->number])) needed = need(wait->node, wait->at++, &more);
    if (more) {
      wait_for(ordering, needed);
      continue;
    }
    ordering->n_waiting--;
    write_one(ordering, wait->node);
  }
}

static void write_count(struct ordering *ordering, const struct plan_indicator *indicator, uint32_t *n_cells) {
  enum image_kind kind = indicator->indicator->kind;
  enum opcode op = kind == KIND_RATE ? OP_count_events : image_has_values(kind) ? OP_count_numbers : OP_count_share;
  for (uint32_t c = 0; c < indicator->n_cells; c++) {
    struct plan_node *denominator = indicator->cells[c].denominator;
    write_node(ordering, denominator);
    write_node(ordering, indicator->counted);
    add(&ordering->block,
        (struct step){.op = op, .read = {denominator, indicator->counted}, .n_read = 2, .plain = {(*n_cells)++}});
  }
}

static void write_population(struct ordering *ordering, uint32_t number) {
  struct plan_node *population = ordering->plan->packs[number].population;
  write_node(ordering, population);
  add(&ordering->block, (struct step){.op = OP_count_population, .read = {population}, .n_read = 1, .plain = {number}});
}

static void write_pack(struct ordering *ordering, uint32_t number, uint32_t *n_cells) {
  const struct plan_pack *pack = &ordering->plan->packs[number];
  for (size_t i = 0; i < pack->program->n_indicators; i++) write_count(ordering, &pack->indicators[i], n_cells);
  for (uint32_t w = 0; w < pack->n_windows; w++) {
    if (pack->windows[w].low) write_node(ordering, pack->windows[w].low);
    if (pack->windows[w].high) write_node(ordering, pack->windows[w].high);
  }
}

static void write_question(struct ordering *ordering, uint32_t number) {
  static const enum opcode tells[] = {OP_tell_number, OP_tell_date, OP_tell_truth};
  struct plan_node *node = ordering->plan->questions[number].node;
  write_node(ordering, node);
  add(&ordering->block, (struct step){.op = tells[node->kind], .read = {node}, .n_read = 1, .plain = {number}});
}

struct steps order(const struct plan *plan, size_t *n_once) {
  struct ordering ordering = {.plan = plan};
  uint32_t n_cells = 0;
  ordering.done = memory_new((size_t)plan->n_nodes + 1, sizeof *ordering.done);
  for (uint32_t p = 0; p < plan->n_packs; p++) write_population(&ordering, p);
  /* Who is asked a question need not be in a population. */
  if (plan->n_packs && !plan->n_questions) add(&ordering.block, (struct step){.op = OP_end_if_nobody});
  for (uint32_t p = 0; p < plan->n_packs; p++) write_pack(&ordering, p, &n_cells);
  for (uint32_t q = 0; q < plan->n_questions; q++) write_question(&ordering, q);
  *n_once = ordering.once.n;
  for (size_t i = 0; i < ordering.block.n; i++) add(&ordering.once, ordering.block.all[i]);
  return ordering.once;
}
