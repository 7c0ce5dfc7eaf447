/* count.h: what can become of that which leaves the machine: counts by practice, each patient's outcome, or the answers to
 * questions about some of them. */
#ifndef KLYNGE_COUNT_H
#define KLYNGE_COUNT_H
#include "runtime/run/run.h"
#include "runtime/run/worker.h"

/* Numbers as they come: those of one cell in one block, in the order of patients. */
struct gathered { double *all; uint32_t n; };

/* Each worker counts on its own; `gathered` [cell × n_blocks + block] is shared, for a block is taken by one worker. */
struct counting { const struct image *image; const struct store *store; struct counts *counts; struct gathered *gathered; };
/* Adds to counts->population and counts->cell, and gathers numbers. Borrows its context. */
struct sink count_by_practice(struct counting *context);

struct telling { const struct image *image; const struct store *store; uint8_t *outcome; };
/* Writes outcome[indicator × n_patients + patient]: of a block's patients alone, so threads may share the context. */
struct sink count_by_patient(struct telling *context);

/* Writes answer[question × n + i] for those of the n patients who are in the block. */
struct answering { const struct image *image; const uint32_t *patients; uint32_t n; struct run_answer *answer; };
struct sink count_answers(struct answering *context);
#endif
