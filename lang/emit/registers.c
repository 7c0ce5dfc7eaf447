/* registers.c: which register each node gets. What is worked out once keeps its own; in the block part a register is
 * free again after the last instruction that reads it, so that a block's working set stays in the nearest cache. */
#include "lang/emit/emitter.h"
#include "lang/memory.h"

/* Free registers of one kind, the last one freed on top: it is the warmest. */
struct pile {
  uint32_t *registers;
  size_t n;
};

struct giving {
  struct image_writer *writer;
  struct pile piles[N_REGISTER_KINDS];
  uint32_t *register_of;
  size_t *last_read; /* the step after which a node's register is free */
};

static bool is_pinned(const struct plan_node *node) {
  return node->uniform || node->op == OP_number_spread || node->op == OP_date_spread || node->op == OP_truth_spread;
}

/* The dates of a scan are looked at again by its reducers (a window that is unknown makes a count unknown), so they are
 * held until the next scan. */
static void find_last_reads(struct giving *giving, const struct steps *steps) {
  size_t next_scan = steps->n;
  for (size_t i = steps->n; i-- > 0;) {
    const struct step *step = &steps->all[i];
    size_t until = step->op == OP_scan && next_scan > 0 ? next_scan - 1 : i;
    for (uint32_t j = 0; j < step->n_read; j++)
      if (giving->last_read[step->read[j]->number] < until) giving->last_read[step->read[j]->number] = until;
    if (step->written && giving->last_read[step->written->number] < i) giving->last_read[step->written->number] = i;
    if (step->op == OP_scan) next_scan = i;
  }
}

static uint32_t take(struct giving *giving, const struct plan_node *node) {
  struct pile *pile = &giving->piles[node->kind];
  if (pile->n && !is_pinned(node)) return pile->registers[--pile->n];
  struct image_register fresh = {node->kind, node->uniform};
  uint32_t number = image_writer_add(giving->writer, SECTION_registers, &fresh, sizeof fresh);
  pile->registers = memory_grow(pile->registers, number + 1, sizeof *pile->registers);
  return number;
}

static void give_back(struct giving *giving, const struct plan_node *node) {
  struct pile *pile = &giving->piles[node->kind];
  if (!is_pinned(node)) pile->registers[pile->n++] = giving->register_of[node->number];
}

/* The nodes whose last reader is each step, as lists through `next`. */
static uint32_t *freed_after(const struct plan *plan, const struct giving *giving, const struct steps *steps,
                             uint32_t *next) {
  uint32_t *first = memory_bytes((steps->n + 1) * sizeof *first);
  for (size_t i = 0; i <= steps->n; i++) first[i] = IMAGE_NONE;
  for (uint32_t n = plan->n_nodes; n-- > 0;) {
    size_t at = giving->last_read[n];
    next[n] = first[at];
    first[at] = n;
  }
  return first;
}

uint32_t *assign_registers(const struct plan *plan, const struct steps *steps, size_t n_once,
                           struct image_writer *writer) {
  struct giving giving = {.writer = writer};
  uint32_t *next = memory_bytes(((size_t)plan->n_nodes + 1) * sizeof *next);
  giving.register_of = memory_bytes(((size_t)plan->n_nodes + 1) * sizeof *giving.register_of);
  giving.last_read = memory_new((size_t)plan->n_nodes + 1, sizeof *giving.last_read);
  for (uint32_t i = 0; i < plan->n_nodes; i++) giving.register_of[i] = IMAGE_NONE;
  find_last_reads(&giving, steps);
  uint32_t *first = freed_after(plan, &giving, steps, next);
  for (size_t i = 0; i < steps->n; i++) {
    struct plan_node *written = steps->all[i].written;
    /* What is read here for the last time may be written in place. */
    for (uint32_t n = first[i]; n != IMAGE_NONE; n = next[n])
      if (giving.register_of[n] != IMAGE_NONE && i >= n_once) give_back(&giving, plan->nodes[n]);
    if (!written) continue;
    giving.register_of[written->number] = take(&giving, written);
    if (giving.last_read[written->number] == i && i >= n_once) give_back(&giving, written); /* nobody reads it */
  }
  return giving.register_of;
}
