/* count.h: what can become of that which leaves the machine: counts by practice, each patient's outcome, or the answers to
 * questions about some of them. */
#ifndef KLYNGE_COUNT_H
#define KLYNGE_COUNT_H
#include "runtime/run/run.h"
#include "runtime/kernel/select.h"
#include "runtime/run/worker.h"

/* Numbers as they come: those of one cell in one block, in the order of patients. */
struct gathered { double *all; uint32_t n; };

/* What one worker counts. `counts` and `gathered` [cell × n_blocks + block] are all workers': a block is taken by one of them,
 * and to a practice that lies in several blocks they add one at a time. */
struct counting {
  const struct image *image;
  const struct store *store;
  struct counts *counts;
  struct gathered *gathered;
  uint32_t block, n_parts;            /* the block at hand, and the practices that have patients in it: */
  uint32_t practice[LANES];
  struct select_range lanes[LANES];
  bool is_shared[LANES];              /* it lies in other blocks too */
};
/* Adds to counts->population and counts->cell, and gathers numbers. Borrows its context. */
struct sink count_by_practice(struct counting *context);

struct telling { const struct image *image; const struct store *store; uint8_t *outcome; };
/* Writes outcome[indicator × n_patients + patient]: of a block's patients alone, so threads may share the context. */
struct sink count_by_patient(struct telling *context);

/* Writes answer[question × n + i] for those of the n patients who are in the block. */
struct answering { const struct image *image; const uint32_t *patients; uint32_t n; struct run_answer *answer; };
struct sink count_answers(struct answering *context);
#endif
