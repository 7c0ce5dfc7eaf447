/* main.c: agree [SEED] [ROUNDS]: random rules over random patients, by the engine and by the slow evaluator. A round is one
 * rule file, one data set and two index dates. Of every eighth round the files are written once more in another order,
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

enum { SEED = 20240831, ROUNDS = 600, PATIENTS = 60, OVER_A_BLOCK = 4097 };

struct tally { unsigned long rules, patients, differences, orders, changed; };

/* ── a round ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* False at the first patient about whom they do not agree; one is told of each index date. */
static bool agrees(const struct program *program, const char *rules, const struct people *people, int32_t index, const char *folder) {
  const uint8_t *engine = engine_outcomes(program, folder, index, people);
  if (!engine) return false;
  for (size_t r = 0; r < program->n_indicators; r++)
    for (size_t i = 0; i < people->n; i++) {
      struct asked asked = {program, &people->all[i], index};
      if (evaluate_outcome(&asked, program->indicators[r]) == engine[r * people->n + i]) continue;
      difference_print(program, rules, program->indicators[r], &people->all[i], index, folder);
      return false;
    }
  return true;
}

static bool order_matters(const struct program *program, const struct people *people, const struct world *world, struct chance *chance,
                                const char *folder) {
  struct people twice = people_of_chance(chance, program, world, people->n / 4);
  people_write(people, program, folder, chance, &twice);
  const char *one = engine_csv(program, folder, world->index[0]);
  people_write(people, program, folder, chance, &twice);
  const char *other = engine_csv(program, folder, world->index[0]);
  return !one || !other || strcmp(one, other) != 0;
}

static void play_round(uint64_t seed, const char *folder, struct tally *tally) {
  struct chance chance = {seed};
  struct world world = world_of_chance(&chance);
  const char *rules = rules_of_chance(&chance, &world);
  const struct program *program = program_of_text(rules, folder, NULL, 0);
  bool agree = program != NULL, changed = false;
  if (program) {
    struct people people = people_of_chance(&chance, program, &world, chance_one_in(&chance, 100) ? OVER_A_BLOCK : PATIENTS);
    tally->rules += program->n_indicators;
    tally->patients += people.n;
    people_write(&people, program, folder, &chance, NULL);
    for (int i = 0; i < 2 && agree; i++) agree = agrees(program, rules, &people, world.index[i], folder);
    tally->orders += seed % 8 == 0;
    changed = seed % 8 == 0 && order_matters(program, &people, &world, &chance, folder);
  } else {
    fputs(rules, stderr);
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
  for (uint64_t i = 0; i < rounds && tally.differences + tally.changed < 5; i++) play_round(seed + i, folder, &tally);
  remove_folder(folder);
  printf("%s 1 - agreement: %lu rules × %lu patients, %lu differences\n", tally.differences ? "not ok" : "ok", tally.rules, tally.patients,
         tally.differences);
  printf("%s 2 - order: %lu results from shuffled files, %lu not the same to the byte\n1..2\n", tally.changed ? "not ok" : "ok", tally.orders,
         tally.changed);
  return tally.differences || tally.changed;
}
