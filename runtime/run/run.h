/* run.h: an image is run over a store at an index date, and patients become counts.
 *
 * For each block of 4,096 patients every instruction is carried out once, on vectors of 4,096 values that stay in the
 * processor's caches. The masks that come out are counted by practice. */
#ifndef KLYNGE_RUN_H
#define KLYNGE_RUN_H
#include <stdint.h>
#include "runtime/image/image.h"
#include "runtime/store/store.h"

/* What one indicator gives in one practice. */
struct run_count { uint32_t denominator, numerator, unknown; };

/* The counts of a run. */
struct counts {
  uint32_t n_practices, n_packs, n_indicators;
  uint32_t *population;       /* [pack × n_practices + practice] */
  struct run_count *share;    /* [indicator × n_practices + practice] */
  int32_t *window_low, *window_high;  /* [window of the image]: first and last day, DATE_UNKNOWN where unknown or each patient's own; DATE_EVER where a window has no first day */
};

struct run_options {
  int32_t index;              /* the index date, days since 1970-01-01 */
  uint32_t threads;           /* how many take blocks; 0 is 1. The result is the same for any number */
  void (*progress)(void *context, uint64_t done, uint64_t all);  /* called by the caller's thread alone */
  void *context;
};

/* Runs the image over the store. Never fails; the caller frees the counts with counts_free. */
struct counts *run(const struct image *image, const struct store *store, const struct run_options *options);
void counts_free(struct counts *counts);

/* What each patient's outcome is, for tests and explanations: outcome[indicator × n_patients + patient] is one of these. */
enum outcome { OUTCOME_OUTSIDE, OUTCOME_NO, OUTCOME_YES, OUTCOME_UNKNOWN };
/* As run, but gives every patient's outcome; freed with free(). A patient outside the pack's population is OUTSIDE. */
uint8_t *run_outcomes(const struct image *image, const struct store *store, const struct run_options *options);
#endif
