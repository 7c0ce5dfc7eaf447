/* review.c: code sets that nobody has gone through for a long time. New drugs and codes come every year. */
#include <stdio.h>
#include <string.h>
#include "lang/lint/inner.h"
#include "lang/lint/seen.h"
#include "runtime/image/dates.h"

enum { MOST_MONTHS = 24 };

struct review {
  struct problems *problems;
  int32_t index;
  struct seen sets;
};

static int32_t day_of(const char *date) {
  int year = 0, month = 0, day = 0;
  sscanf(date, "%d-%d-%d", &year, &month, &day);
  return date_from_civil(year, month, day);
}

static void look(struct review *review, const struct code_set *set) {
  if (!set || !seen_first(&review->sets, set)) return;
  if (set->reviewed && set->name && day_of(set->reviewed) < date_months_back(review->index, MOST_MONTHS))
    problem_add(review->problems, PROBLEM_old_review, set->source, set->reviewed_at,
                "go through its codes, and write the day on which you did",
                "`%s` was last reviewed more than two years before the index date", set->name);
  for (size_t i = 0; i < set->n_parts; i++) {
    const struct code_part *part = &set->parts[i];
    for (size_t j = 0; j < part->n_matches; j++) look(review, part->matches[j].set);
    for (size_t j = 0; j < part->n_excepts; j++) look(review, part->excepts[j].set);
  }
}

static void look_at_rows(void *context, const struct expr *expr) {
  const struct stream *stream = expr->rows ? expr->rows->stream : NULL;
  for (size_t i = 0; stream && i < stream->n_parts; i++) look(context, stream->parts[i].set);
}

void lint_reviewed(const struct program *program, int32_t index, struct problems *problems) {
  struct review review = {problems, index, {0}};
  if (program->is_pack) {
    lint_walk_reached(program, look_at_rows, &review);
    return;
  }
  for (size_t i = 0; i < program->n_sets; i++) look(&review, program->sets[i]);
}
