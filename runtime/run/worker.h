/* worker.h: the machine: registers, the memory of scans, and the block of patients it is at. Workers share nothing
 * that is written but what their sinks write, so several may run over different blocks. */
#ifndef KLYNGE_WORKER_H
#define KLYNGE_WORKER_H
#include "runtime/run/bind.h"

union machine_register {
  struct number number;
  struct dates dates;
  struct mask mask;
  struct tally tally;
};

/* The patients of a block: first_patient … first_patient + n − 1. */
struct block { uint32_t number, first_patient, n; };

/* What becomes of the masks that leave the machine. Bitmaps have a bit for each patient of the block; what lies beyond
 * its n patients means nothing. */
struct sink {
  void (*population)(void *context, uint32_t pack, const struct block *block, const uint64_t *yes);
  /* `numerator` and `unknown` lie within `denominator`. */
  void (*share)(void *context, uint32_t cell, const struct block *block, const uint64_t *denominator,
                const uint64_t *numerator, const uint64_t *unknown);
  /* The numbers of a mean, a median or quartiles, and how many events each patient has. */
  void (*numbers)(void *context, uint32_t cell, const struct block *block, const uint64_t *denominator,
                  const struct number *number);
  void (*events)(void *context, uint32_t cell, const struct block *block, const uint64_t *denominator,
                 const struct number *number);
  /* The answers to a question, in a register of its kind. */
  void (*answer)(void *context, uint32_t question, const struct block *block, const union machine_register *answer);
  void *context;
};

struct worker {
  const struct bound *bound;
  int32_t index;                      /* the index date */
  struct block block;                 /* of the part that is run once: none, n = 0 */
  union machine_register *registers;
  void *memory;                       /* of all registers, in one piece, zero until written */
  struct scanner scanner;
  struct rows *rows;                  /* of the last scan or cut */
  bool anybody;                       /* a patient of the block has been counted in a pack's population */
  struct sink sink;
};

void worker_open(struct worker *worker, const struct bound *bound, int32_t index, struct sink sink);
void worker_close(struct worker *worker);

/* Runs the part of the code that is run once; uniform registers hold their values from then on. */
void worker_run_once(struct worker *worker);
/* Runs the part for each block over one block. */
void worker_run_block(struct worker *worker, uint32_t block);
#endif
