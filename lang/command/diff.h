/* diff.h: what the files of the verb `diff` share: two versions of a pack, run over the same patients.
 *
 *   diff.c        the verb: rules, data, and who is told
 *   diff_move.c   whose outcome differs between the versions, and which condition made it so
 *   diff_tell.c   for people      diff_json.c   for programs */
#ifndef KLYNGE_COMMAND_DIFF_H
#define KLYNGE_COMMAND_DIFF_H
#include "lang/command/command.h"
#include "lang/diff/diff.h"
#include "runtime/result/result.h"
#include "runtime/run/run.h"
#include "runtime/store/store.h"

/* How many patients an indicator has in a practice or in all of them, in the old version and in the new one. */
struct sides { uint32_t denominator, numerator, unknown; };
struct moved {
  struct sides was, is;
  uint32_t into_denominator, out_of_denominator, into_numerator, out_of_numerator;
  uint32_t n;                        /* patients whose outcome differs at all */
};

/* A condition that alone made a patient's outcome another one; NULL where several did together. */
struct reason {
  const struct expr *condition;
  bool is_old;                       /* it stands in the old version alone */
  uint32_t n;
};

/* An indicator of both versions. */
struct pair {
  const struct indicator *was, *is;
  struct moved *practices;           /* [practice of the store] */
  struct moved all;
  struct reason *reasons;
  size_t n_reasons;
};

struct revision {
  struct call *call;
  const struct program *was, *is;
  const struct version *old, *new;
  const struct difference *differences;
  size_t n_differences;
  struct pair *pairs;
  size_t n_pairs;
  /* with data: */
  const struct store *store;
  const struct result *result;       /* for the names of practices */
  int32_t index;
};

/* ── diff_move.c ── */
/* The image that asks both versions' indicators at once (bytes to be freed); NULL after a message. */
void *diff_image(struct revision *revision, struct image *image);
/* Counts who moves in each pair, and why. */
void diff_move(struct revision *revision, const struct image *image, uint32_t threads);

/* ── diff_tell.c, diff_json.c ── */
void diff_tell(const struct revision *revision);
void diff_tell_json(const struct revision *revision);
/* What a condition is called: its words as written, with the parameters and sets in it that differ. */
const char *diff_reason_words(const struct revision *revision, const struct reason *reason);
#endif
