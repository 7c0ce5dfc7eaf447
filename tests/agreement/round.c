/* round.c: a round is one rule file or two, one data set and two index dates, asked of the engine and of the slow
 * evaluator. */
#include <string.h>
#include "lang/check/check.h"
#include "lang/memory.h"
#include "tests/agreement/agreement.h"

enum { OVER_A_BLOCK = 4160, MOST_ASKED = 200 };

/* ── what is asked ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* All that a round is about. */
struct round {
  struct chance chance;
  struct world world;
  const char *rules[2];              /* of the packs, as text */
  struct packs packs;
  struct people people;
};

/* Most rounds are one pack, some two that share an image. False where a rule is refused: it should not be. */
static bool make_packs(struct round *round, const char *folder) {
  static const char *const names[] = {"one", "another"};
  size_t n = chance_one_in(&round->chance, 4) ? 2 : 1;
  for (; round->packs.n < n; round->packs.n++) {
    size_t i = round->packs.n;
    round->rules[i] = rules_of_chance(&round->chance, &round->world, names[i]);
    round->packs.programs[i] = program_of_text(round->rules[i], folder);
    if (round->packs.programs[i]) continue;
    fputs(round->rules[i], stderr);
    return false;
  }
  return true;
}

/* Whether all cells of all practices hold the same counts and values; they can differ where all outcomes are the same. */
static bool counts_agree(const struct round *round, int32_t index, const struct answers *answers) {
  size_t cell = 0;
  for (size_t p = 0; p < round->packs.n; p++) {
    const struct program *program = round->packs.programs[p];
    for (size_t r = 0; r < program->n_indicators; r++) {
      if (!cells_agree(program, program->indicators[r], &round->people, index, answers, cell)) {
        fputs(round->rules[p], stderr);
        return false;
      }
      cell += cells_of_indicator(program->indicators[r]);
    }
  }
  return true;
}

/* False at the first patient about whom they do not agree, who is told of. */
static bool outcomes_agree(const struct round *round, int32_t index, const uint8_t *engine, const char *folder) {
  for (size_t p = 0; p < round->packs.n; p++) {
    const struct program *program = round->packs.programs[p];
    for (size_t r = 0; r < program->n_indicators; r++, engine += round->people.n)
      for (size_t i = 0; i < round->people.n; i++) {
        struct asked asked = {program, &round->people.all[i], index};
        if (evaluate_outcome(&asked, program->indicators[r]) == engine[i]) continue;
        difference_print(program, round->rules[p], program->indicators[r], &round->people.all[i], index, folder);
        return false;
      }
  }
  return true;
}

/* The answers are the same to the byte. */
static bool same_answers(const struct round *round, const struct answers *a, const struct answers *b) {
  size_t n_indicators = 0, n_cells = 0;
  for (size_t p = 0; p < round->packs.n; p++) {
    const struct program *program = round->packs.programs[p];
    n_indicators += program->n_indicators;
    for (size_t r = 0; r < program->n_indicators; r++) n_cells += cells_of_indicator(program->indicators[r]);
  }
  if (a->n_practices != b->n_practices || memcmp(a->outcomes, b->outcomes, n_indicators * round->people.n) != 0) return false;
  if (memcmp(a->counted.counts, b->counted.counts, n_cells * a->n_practices * sizeof *a->counted.counts) != 0) return false;
  for (size_t c = 0; c < n_cells; c++) {
    const struct run_values *x = &a->counted.values[c], *y = &b->counted.values[c];
    if (x->n != y->n || memcmp(x->all, y->all, x->n * sizeof *x->all) != 0) return false;
  }
  return true;
}

/* Any number of threads from 1 to 8 gives the same. */
static bool threads_agree(const struct round *round, int32_t index, const char *folder, const struct answers *answers) {
  for (uint32_t threads = 1; threads <= 8; threads++) {
    struct answers other;
    if (engine_answers(&round->packs, folder, index, threads, &round->people, &other) && same_answers(round, answers, &other)) continue;
    fprintf(stderr, "# %u threads say something else\n", threads);
    return false;
  }
  return true;
}

static bool agrees(const struct round *round, int32_t index, bool all_threads, const char *folder) {
  struct answers answers;
  if (!engine_answers(&round->packs, folder, index, engine_threads(index), &round->people, &answers)) return false;
  if (all_threads && !threads_agree(round, index, folder, &answers)) return false;
  return outcomes_agree(round, index, answers.outcomes, folder) && counts_agree(round, index, &answers);
}

static bool order_matters(struct round *round, const char *folder) {
  const struct program *program = round->packs.programs[0];
  struct people twice = people_of_chance(&round->chance, program, &round->world, round->people.n / 4);
  people_write(&round->people, program, folder, &round->chance, &twice);
  const char *one = engine_csv(&round->packs, folder, round->world.index[0]);
  people_write(&round->people, program, folder, &round->chance, &twice);
  const char *other = engine_csv(&round->packs, folder, round->world.index[0]);
  return !one || !other || strcmp(one, other) != 0;
}

void round_play(uint64_t seed, const struct edge *edge, bool all_threads, const char *folder, struct tally *tally) {
  struct round round = {.chance = {seed}};
  round.world = world_of_chance(&round.chance, *edge);
  bool agree = make_packs(&round, folder), changed = false, reorder = !all_threads && seed % 8 == 0;
  if (agree) {
    size_t n = all_threads || !chance_one_in(&round.chance, 100) ? edge->n_patients : OVER_A_BLOCK;
    round.people = people_of_chance(&round.chance, round.packs.programs[0], &round.world, n);
    tally->patients += round.people.n;
    for (size_t p = 0; p < round.packs.n; p++) tally->rules += round.packs.programs[p]->n_indicators;
    people_write(&round.people, round.packs.programs[0], folder, &round.chance, NULL);
    for (int i = 0; i < 2 && agree; i++) agree = agrees(&round, round.world.index[i], all_threads, folder);
    bool ask_parts = !all_threads && seed % 3 == 0 && n <= MOST_ASKED;
    for (size_t p = 0; p < round.packs.n && agree && ask_parts; p++) {
      agree = parts_agree(round.packs.programs[p], folder, round.world.index[0], &round.people);
      if (!agree) fputs(round.rules[p], stderr);
    }
    tally->parts += ask_parts;
    tally->orders += reorder;
    changed = reorder && order_matters(&round, folder);
  }
  tally->differences += !agree;
  tally->changed += changed;
}
