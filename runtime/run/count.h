/* count.h: the two things that can become of an indicator's masks: counts by practice, or each patient's outcome. */
#ifndef KLYNGE_COUNT_H
#define KLYNGE_COUNT_H
#include "runtime/run/run.h"
#include "runtime/run/worker.h"

struct counting { const struct store *store; struct counts *counts; };
/* Adds to counts->population and counts->share. Borrows its context. */
struct sink count_by_practice(struct counting *context);

struct telling { const struct store *store; uint8_t *outcome; };
/* Writes outcome[indicator × n_patients + patient]: of a block's patients alone, so threads may share the context. */
struct sink count_by_patient(struct telling *context);
#endif
