/* propose.c: patients for whom each condition of a rule decides, and their neighbours. Start here. */
#include "lang/boundary/inner.h"
#include "lang/memory.h"

struct boundary *boundary_open(const struct program *program, struct boundary_rule rule, int32_t index) {
  struct boundary *boundary = NEW(struct boundary);
  *boundary = (struct boundary){.program = program, .rule = rule, .index = index};
  gather(boundary);
  return boundary;
}

/* Nobody in particular: of an age at which most rules ask nothing of it. */
static const struct person *somebody(void) {
  struct person *person = NEW(struct person);
  person->birth = date_from_civil(1960, 1, 1);
  return person;
}

/* The part of the rule that has a condition: the parts before it hold. Who is not asked about numerators is in them as far
 * as they go. */
static void propose(struct boundary *boundary, const struct expr *const *parts, size_t part,
                    const struct expr *condition, struct people *bases) {
  struct ways here = {.all = {somebody()}, .n = 1};
  for (size_t i = 0; i < 3; i++) {
    struct ways next = {.n = 0};
    if (!parts[i] || i == part) continue;
    for (size_t w = 0; w < here.n; w++) {
      if (i < 2) solve(boundary, here.all[w], parts[i], 1, &next);
      if (i == 2 && parts[i]->type.kind != TYPE_TRUTH) {
        struct person *copy = person_copy(here.all[w]);
        set_known(boundary, copy, parts[i]);
        ways_add(&next, copy);
      }
      ways_add(&next, here.all[w]);
    }
    here = next;
  }
  for (int truth = 0; truth < 2; truth++) {
    struct ways ways = {.n = 0};
    for (size_t w = 0; w < here.n; w++) boundary_decide(boundary, here.all[w], parts[part], condition, truth, &ways);
    for (size_t w = 0; w < ways.n; w++) people_add(bases, ways.all[w]);
  }
}

void boundary_people(struct boundary *boundary, struct people *people) {
  const struct expr *const parts[] = {boundary->rule.population, boundary->rule.denominator, boundary->rule.asked};
  struct people bases = {0};
  for (size_t part = 0; part < 3; part++) {
    struct conditions conditions = variant_conditions(&parts[part], 1);
    for (size_t i = 0; i < conditions.n; i++) propose(boundary, parts, part, conditions.all[i], &bases);
  }
  if (parts[2]->type.kind != TYPE_TRUTH) propose(boundary, parts, 2, NULL, &bases);
  for (size_t i = 0; i < bases.n; i++) boundary_neighbours(boundary, bases.all[i], people);
}
