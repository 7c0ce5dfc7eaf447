/* main.c: random rules over random patients, by the engine and by the slow evaluator.
 *
 *   agree [SEED] [ROUNDS]   Of every eighth round the files are written once more in another order, with some patients
 *                           listed twice: the result must be the same to the byte. AGREE_ROUNDS says the rounds where
 *                           nobody can give arguments, as under valgrind.
 *   agree edges [SEED]      Patients at the edges of what the engine is built of, each with 1 to 8 threads. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "lang/memory.h"
#include "runtime/memory/memory.h"
#include "tests/agreement/agreement.h"

enum { SEED = 20240831, EDGES_SEED = 2000, ROUNDS = 800, PATIENTS = 60 };

/* ── the folder ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void remove_folder(const char *folder) {
  static const char *const files[] = {"pack.kly",   "patients.csv", "diagnoses.csv", "labs.csv",
                                      "trials.csv", "drugs.csv",    "notes.csv",     "stays.csv"};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) remove(memory_print("%s/%s", folder, files[i]));
  rmdir(folder);
}

static char *make_folder(void) {
  const char *place = getenv("TMPDIR");
  char *folder = memory_print("%s/agree-XXXXXX", place && *place ? place : "/tmp");
  if (mkdtemp(folder)) return folder;
  perror(folder);
  exit(1);
}

/* ── what is played ──────────────────────────────────────────────────────────────────────────────────────────────── */

static bool play_rounds(uint64_t seed, unsigned long rounds, const char *folder) {
  const struct edge ordinary = {.n_patients = PATIENTS};
  struct tally tally = {0};
  for (uint64_t i = 0; i < rounds && tally.differences + tally.changed < 5; i++) {
    unsigned long before = tally.differences + tally.changed;
    round_play(seed + i, &ordinary, false, folder, &tally);
    if (tally.differences + tally.changed > before) fprintf(stderr, "# again: agree %llu 1\n", (unsigned long long)(seed + i));
  }
  printf("%s 1 - agreement: %lu rules × %lu patients, %lu differences\n", tally.differences ? "not ok" : "ok", tally.rules, tally.patients,
         tally.differences);
  printf("%s 2 - order: %lu results from shuffled files, %lu not the same to the byte\n", tally.changed ? "not ok" : "ok", tally.orders,
         tally.changed);
  printf("%s 3 - parts: in %lu rounds every part of every condition by itself, as klynge why asks\n1..3\n",
         tally.differences ? "not ok" : "ok", tally.parts);
  return tally.differences + tally.changed == 0;
}

static const struct edge edges[] = {
    {"nobody at all", 2, .n_patients = 0},
    {"one patient", 8, .n_patients = 1},
    {"a block but for one patient", 1, .n_patients = 4095},
    {"a whole block", 1, .n_patients = 4096},
    {"a block and one patient", 1, .n_patients = 4097},
    {"a practice across blocks", 1, .n_patients = 4200, .one_practice = true},
    {"a patient with 70,000 results of one code", 1, .n_patients = 3, .n_results = 70000},
    {"dates before 1970 and after 2079", 10, .n_patients = PATIENTS, .far_dates = true},
    {"values that are no short decimals", 10, .n_patients = PATIENTS, .long_numbers = true},
};
enum { N_EDGES = sizeof edges / sizeof *edges };

static bool play_edges(uint64_t seed, const char *folder) {
  bool all = true;
  for (size_t i = 0; i < N_EDGES; i++) {
    struct tally tally = {0};
    for (unsigned round = 0; round < edges[i].rounds && !tally.differences; round++)
      round_play(seed++, &edges[i], true, folder, &tally);
    printf("%s %zu - %s, 1 to 8 threads: %lu rules × %lu patients, %lu differences\n", tally.differences ? "not ok" : "ok", i + 1,
           edges[i].claim, tally.rules, tally.patients, tally.differences);
    all &= !tally.differences;
  }
  printf("1..%d\n", N_EDGES);
  return all;
}

int main(int argc, char **argv) {
  const char *fewer = getenv("AGREE_ROUNDS");
  bool at_edges = argc > 1 && strcmp(argv[1], "edges") == 0;
  memory_start(memory_exhausted);
  if (sodium_init() < 0) return 1;
  char **rest = argv + at_edges;
  argc -= at_edges;
  uint64_t seed = argc > 1 ? strtoull(rest[1], NULL, 10) : at_edges ? EDGES_SEED : SEED;
  unsigned long rounds = argc > 2 ? strtoul(rest[2], NULL, 10) : fewer ? strtoul(fewer, NULL, 10) : ROUNDS;
  char *folder = make_folder();
  bool agree = at_edges ? play_edges(seed, folder) : play_rounds(seed, rounds, folder);
  remove_folder(folder);
  return !agree;
}
