/* parts.c: what `klynge why` tells of an indicator: the engine's answer to each part of a condition, for each patient, as the
 * slow evaluator answers it. A part that is asked for by itself must say what it says inside of the whole, whatever the plan
 * shares, folds or leaves out. */
#include <stdlib.h>
#include <string.h>
#include "lang/emit/emit.h"
#include "lang/memory.h"
#include "lang/variant/walk.h"
#include "tests/agreement/agreement.h"

enum { MOST_PARTS = 400 };

struct parts { const struct expr **all; size_t n; };

static bool collect(void *context, const struct expr *expr, bool is_limit) {
  struct parts *parts = context;
  (void)is_limit;
  bool can_be_asked = expr->type.kind == TYPE_TRUTH || expr->type.kind == TYPE_NUMBER || expr->type.kind == TYPE_DATE;
  if (can_be_asked && parts->n < MOST_PARTS) parts->all[parts->n++] = expr;
  return true;
}

/* Every part of a program's population and indicators, each once. */
static struct parts parts_of(const struct program *program) {
  struct parts parts = {NEW_ARRAY(const struct expr *, MOST_PARTS), 0};
  const struct expr **roots = NEW_ARRAY(const struct expr *, 3 * program->n_indicators + 1);
  size_t n = 0;
  roots[n++] = program->population;
  for (size_t i = 0; i < program->n_indicators; i++) {
    roots[n++] = program->indicators[i]->denominator;
    roots[n++] = program->indicators[i]->numerator;
    roots[n++] = program->indicators[i]->value;
  }
  walk(&(struct visitor){.context = &parts, .expr = collect}, roots, n);
  return parts;
}

static bool is_same(const struct run_answer *engine, struct value slow) {
  if (engine->known != slow.known) return false;
  if (!slow.known) return true;
  switch (engine->kind) {
  case REGISTER_MASK: return engine->truth == slow.truth;
  case REGISTER_DATE: return engine->date == slow.date;
  default: return engine->number == slow.number && engine->sign == slow.sign;
  }
}

static void tell(const struct expr *part, const struct patient *patient, const struct run_answer *engine, struct value slow) {
  fprintf(stderr, "# patient %s, `%.*s`: the engine says %s%g, the slow evaluator %s%g\n", patient->id,
          (int)(part->at.to - part->at.from), part->source->text + part->at.from, engine->known ? "" : "unknown ",
          engine->kind == REGISTER_MASK ? engine->truth : engine->kind == REGISTER_DATE ? engine->date : engine->number,
          slow.known ? "" : "unknown ",
          engine->kind == REGISTER_MASK ? slow.truth : engine->kind == REGISTER_DATE ? slow.date : slow.number);
}

bool parts_agree(const struct program *program, const char *folder, int32_t index, const struct people *people) {
  const struct parts parts = parts_of(program);
  struct engine engine;
  bool agree = engine_open_asking(&engine, program, parts.all, parts.n, folder) && engine.store->n_patients == people->n;
  if (agree) {
    struct run_options options = {.index = index};
    uint32_t *places = engine_places(&engine, people);
    struct run_answer *answers = run_answers(&engine.image, engine.store, &options, places, (uint32_t)people->n);
    for (size_t p = 0; p < parts.n && agree; p++)
      for (size_t i = 0; i < people->n && agree; i++) {
        const struct asked asked = {program, &people->all[i], index};
        const struct run_answer *answer = &answers[p * people->n + i];
        struct value slow = evaluate(&asked, parts.all[p]);
        agree = is_same(answer, slow);
        if (!agree) tell(parts.all[p], &people->all[i], answer, slow);
      }
    free(answers);
  }
  engine_close(&engine);
  return agree;
}
