/* why_miss.c: the nearest miss: each elementary condition is answered otherwise, alone, and the engine says what would then
 * become of the patient. */
#include "lang/command/why.h"
#include "lang/memory.h"
#include "lang/variant/variant.h"

static size_t ask_forced(struct why *why, const struct expr *expr, const struct expr *condition, int truth) {
  return expr ? why_ask(why, variant_forced(expr, condition, truth)) : NO_QUESTION;
}

void why_ask_misses(struct why *why) {
  const struct indicator *indicator = why->indicator;
  const struct expr *counted = indicator->value ? indicator->value : indicator->numerator;
  const struct expr *roots[] = {why->program->population, indicator->denominator, counted};
  struct conditions conditions = variant_conditions(roots, 3);
  why->misses = NEW_ARRAY(struct miss, 2 * conditions.n + 1);
  for (size_t i = 0; i < 2 * conditions.n; i++) {
    const struct expr *condition = conditions.all[i / 2];
    int truth = i % 2 == 0;
    why->misses[why->n_misses++] = (struct miss){
        .condition = condition,
        .truth = truth,
        .now = why_ask(why, condition),
        .population = ask_forced(why, roots[0], condition, truth),
        .denominator = ask_forced(why, roots[1], condition, truth),
        .counted = ask_forced(why, roots[2], condition, truth),
    };
  }
}

bool why_is_miss(const struct why *why, const struct miss *miss, enum outcome *would_be) {
  const struct run_answer *now = &why->answers[miss->now];
  *would_be = why_outcome(why, miss->population, miss->denominator, miss->counted);
  return !(now->known && now->truth == (miss->truth != 0)) && *would_be != why_outcome_now(why);
}
