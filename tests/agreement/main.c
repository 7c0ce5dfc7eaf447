/* main.c: agree [SEED] [ROUNDS]: random rules over random patients, by the engine and by the slow evaluator. A round is one
 * rule file or two, one data set and two index dates. Of every eighth round the files are written once more in another order,
 * with some patients listed twice: the result must be the same to the byte. AGREE_ROUNDS says the rounds where nobody can
 * give arguments, as under valgrind. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "lang/check/check.h"
#include "lang/memory.h"
#include "runtime/memory/memory.h"
#include "tests/agreement/agreement.h"

enum { SEED = 20240831, ROUNDS = 800, PATIENTS = 60, OVER_A_BLOCK = 4160 };

struct tally { unsigned long rules, patients, differences, orders, changed; };

/* ── a round ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

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
static bool agrees(const struct round *round, int32_t index, const char *folder) {
  struct answers answers;
  if (!engine_answers(&round->packs, folder, index, &round->people, &answers)) return false;
  const uint8_t *engine = answers.outcomes;
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
  return counts_agree(round, index, &answers);
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

static void play(uint64_t seed, const char *folder, struct tally *tally) {
  struct round round = {.chance = {seed}};
  round.world = world_of_chance(&round.chance);
  bool agree = make_packs(&round, folder), changed = false;
  if (agree) {
    round.people = people_of_chance(&round.chance, round.packs.programs[0], &round.world, chance_one_in(&round.chance, 100) ? OVER_A_BLOCK : PATIENTS);
    tally->patients += round.people.n;
    for (size_t p = 0; p < round.packs.n; p++) tally->rules += round.packs.programs[p]->n_indicators;
    people_write(&round.people, round.packs.programs[0], folder, &round.chance, NULL);
    for (int i = 0; i < 2 && agree; i++) agree = agrees(&round, round.world.index[i], folder);
    tally->orders += seed % 8 == 0;
    changed = seed % 8 == 0 && order_matters(&round, folder);
  }
  tally->differences += !agree;
  tally->changed += changed;
  if (!agree || changed) fprintf(stderr, "# again: agree %llu 1\n", (unsigned long long)seed);
}

/* ── the folder ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void remove_folder(const char *folder) {
  static const char *const files[] = {"pack.kly", "patients.csv", "diagnoses.csv", "labs.csv", "trials.csv", "drugs.csv", "notes.csv", "stays.csv"};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) remove(memory_print("%s/%s", folder, files[i]));
  rmdir(folder);
}

int main(int argc, char **argv) {
  const char *place = getenv("TMPDIR"), *fewer = getenv("AGREE_ROUNDS");
  uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : SEED;
  unsigned long rounds = argc > 2 ? strtoul(argv[2], NULL, 10) : fewer ? strtoul(fewer, NULL, 10) : ROUNDS;
  struct tally tally = {0};
  memory_start(memory_exhausted);
  char *folder = memory_print("%s/agree-XXXXXX", place && *place ? place : "/tmp");
  if (sodium_init() < 0 || !mkdtemp(folder)) {
    perror(folder);
    return 1;
  }
  for (uint64_t i = 0; i < rounds && tally.differences + tally.changed < 5; i++) play(seed + i, folder, &tally);
  remove_folder(folder);
  printf("%s 1 - agreement: %lu rules × %lu patients, %lu differences\n", tally.differences ? "not ok" : "ok", tally.rules, tally.patients,
         tally.differences);
  printf("%s 2 - order: %lu results from shuffled files, %lu not the same to the byte\n1..2\n", tally.changed ? "not ok" : "ok", tally.orders,
         tally.changed);
  return tally.differences || tally.changed;
}
