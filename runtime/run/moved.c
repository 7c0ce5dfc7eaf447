/* moved.c: each patient's outcome on two index dates, counted by practice. */
#include <stdlib.h>
#include "runtime/memory/memory.h"
#include "runtime/run/run.h"

static void add_patient(struct run_moved *moved, uint8_t before, uint8_t after) {
  moved->patients[before][after]++;
  if (before == OUTCOME_OUTSIDE || after == OUTCOME_OUTSIDE) {
    moved->arrived += after != OUTCOME_OUTSIDE;
    moved->left += before != OUTCOME_OUTSIDE;
  } else if (before != OUTCOME_UNKNOWN && after != OUTCOME_UNKNOWN) {
    moved->stayed_yes += before == after && after == OUTCOME_YES;
    moved->stayed_no += before == after && after == OUTCOME_NO;
    moved->became_yes += before != after && after == OUTCOME_YES;
    moved->became_no += before != after && after == OUTCOME_NO;
  }
}

struct run_moved *run_moved(const struct image *image, const struct store *store, const struct run_options *before,
                            const struct run_options *after) {
  struct run_moved *moved = memory_take((size_t)image->n_indicators * store->n_practices, sizeof *moved);
  uint8_t *then = run_outcomes(image, store, before), *now = run_outcomes(image, store, after);
  for (uint32_t i = 0; i < image->n_indicators; i++)
    for (uint32_t p = 0; p < store->n_practices; p++) {
      const struct store_practice *practice = &store->practices[p];
      size_t first = (size_t)i * store->n_patients + practice->first_patient;
      for (size_t patient = first; patient < first + practice->n_patients; patient++)
        add_patient(&moved[(size_t)i * store->n_practices + p], then[patient], now[patient]);
    }
  free(then);
  free(now);
  return moved;
}
