/* run.h: an image is run over a store at an index date, and patients become counts.
 *
 * For each block of 4,096 patients every instruction is carried out once, on vectors of 4,096 values that stay in the
 * processor's caches. The masks that come out are counted by practice. */
#ifndef KLYNGE_RUN_H
#define KLYNGE_RUN_H
#include <stdint.h>
#include "runtime/image/image.h"
#include "runtime/store/store.h"

/* What one cell of an indicator gives in one practice. The numerator is, by the indicator's kind: of a share or count the
 * patients for whom the condition is yes; of a mean, a median or quartiles those whose number is known; of a rate how many
 * events the patients of the denominator have together. */
struct run_count { uint32_t denominator, numerator, unknown; };

/* The numbers that a cell of a mean, a median or quartiles gathers, in the order of patients: practice after practice,
 * of each as many as its numerator, cluster after cluster. A censored number counts as its bound. Empty for other kinds. */
struct run_values { double *all; uint64_t n; };

/* The counts of a run. */
struct counts {
  uint32_t n_practices, n_packs, n_cells;
  uint32_t *population;       /* [pack × n_practices + practice] */
  struct run_count *cell;     /* [cell of the image × n_practices + practice] */
  struct run_values *values;  /* [cell of the image] */
  int32_t *window_low, *window_high;  /* [window of the image]: first and last day, DATE_UNKNOWN where unknown or each patient's own; DATE_EVER where a window has no first day */
};

struct run_options {
  int32_t index;              /* the index date, days since 1970-01-01 */
  const bool *blocks;         /* [block] those that are run, as if nobody were in the others; NULL: all. Borrowed */
  uint32_t threads;           /* how many take blocks; 0 is 1. The result is the same for any number */
  void (*progress)(void *context, uint64_t done, uint64_t all);  /* called by the caller's thread alone */
  void *context;
};

/* Whether a store from a file can be run: it has the tables, cut by the keys, and the columns that the image reads, and the
 * bytes of all that will be read are those that were written; `threads` of them verify. Else a sentence (static). Every store
 * that was made in memory is fine. */
const char *run_check(const struct image *image, const struct store *store, uint32_t threads);

/* Runs the image over the store, which run_check has found fine. Never fails; the caller frees the counts with counts_free. */
struct counts *run(const struct image *image, const struct store *store, const struct run_options *options);
void counts_free(struct counts *counts);

/* What each patient's outcome is, for tests and explanations: outcome[indicator × n_patients + patient] is one of these. */
enum outcome { OUTCOME_OUTSIDE, OUTCOME_NO, OUTCOME_YES, OUTCOME_UNKNOWN };
/* As run, but gives every patient's outcome; freed with free(). A patient outside the pack's population is OUTSIDE. Of a
 * mean, a median or quartiles yes is a number that is known; of a rate yes is an event or more. */
uint8_t *run_outcomes(const struct image *image, const struct store *store, const struct run_options *options);

/* What became of the patients of an indicator from an earlier index date to a later one. Of those who are in the denominator on
 * both dates and decided on both: whose outcome became yes, became no, stayed yes, stayed no. And who is in the denominator only now,
 * and who only before. */
struct run_moved {
  uint32_t became_yes, became_no, stayed_yes, stayed_no, arrived, left;
  uint32_t patients[4][4];    /* all of them, by enum outcome: [before][after] */
};
/* Counts them from each patient's outcome on both dates: moved[indicator × n_practices + practice], freed with free(). */
struct run_moved *run_moved(const struct image *image, const struct store *store, const struct run_options *before,
                            const struct run_options *after);

/* The answer to a question about a patient; the members that its kind says. */
struct run_answer {
  uint8_t kind;               /* enum image_register_kind */
  bool known;                 /* a number or a date is known; an outcome is not unknown */
  bool truth;                 /* of a REGISTER_MASK that is known: yes */
  int8_t sign;                /* of a number: −1 where it is "<5", 1 where it is ">90" */
  int32_t date;
  double number;
};
/* The answers to the image's questions for n patients (numbers in the store): answer[question × n + i]; freed with free().
 * Only the blocks in which they are are run, by the caller's thread; threads and progress are not looked at. */
struct run_answer *run_answers(const struct image *image, const struct store *store, const struct run_options *options,
                               const uint32_t *patients, uint32_t n);
#endif
