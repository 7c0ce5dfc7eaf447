/* gate_sample.c: patients by chance, counted. */
#include "tests/unit/gate_sample.h"
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"

enum { AGES = 4, SEXES = 2, VISITS_MOST = 3 };

struct person { uint32_t age, sex, visits; bool measured, high, treated, measured_before, high_before; };

static uint32_t next(uint64_t *chance, uint32_t below) {
  *chance = *chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(*chance >> 33) % below;
}

static struct gate_figure *figure_of(struct gate_sample *sample, enum sample_sheet sheet, uint32_t row, uint32_t practice) {
  return &sample->sheets[sheet].figures[(size_t)row * (sample->gate.n_practices + 1) + practice];
}

/* Counts somebody of the population in the whole and in the person's bands. */
static void count(struct gate_sample *sample, enum sample_sheet sheet, uint32_t practice, const struct person *person, bool in,
                  uint32_t yes, bool unknown) {
  uint32_t rows[] = {0, 1 + person->age, 1 + AGES + person->sex};
  for (uint32_t i = 0; i < 3; i++) {
    if (rows[i] > sample->sheets[sheet].n_bands) continue;
    struct gate_figure *figure = figure_of(sample, sheet, rows[i], practice);
    figure->count[GATE_DENOMINATOR] += in;
    figure->count[GATE_NUMERATOR] += in ? yes : 0;
    figure->count[GATE_UNKNOWN] += in && unknown;
  }
  for (uint32_t row = 0; row <= sample->sheets[sheet].n_bands; row++)
    figure_of(sample, sheet, row, practice)->count[GATE_POPULATION]++;
}

static enum gate_outcome outcome(bool measured, bool high) { return !measured ? GATE_OUTSIDE : high ? GATE_YES : GATE_NO; }

static void count_person(struct gate_sample *sample, uint32_t practice, const struct person *person) {
  bool high = person->measured && person->high, high_before = person->measured_before && person->high_before;
  count(sample, SHEET_HIGH, practice, person, true, high, !person->measured);
  count(sample, SHEET_HIGH_MEASURED, practice, person, person->measured, high, false);
  count(sample, SHEET_NOT_HIGH, practice, person, person->measured, !high, false);
  count(sample, SHEET_NUMBER, practice, person, true, person->measured, !person->measured);
  count(sample, SHEET_TREATED, practice, person, true, person->treated, false);
  count(sample, SHEET_TREATED_HIGH, practice, person, high, person->treated, false);
  count(sample, SHEET_VISITS, practice, person, true, person->visits, false);
  count(sample, SHEET_BEFORE, practice, person, person->measured_before, high_before, false);
  enum gate_outcome before = outcome(person->measured_before, high_before), now = outcome(person->measured, high);
  sample->moves[0].movements[practice].patients[before][now]++;
}

static void add_people(struct gate_sample *sample, uint64_t *chance, uint32_t practice, uint32_t n, bool sparse) {
  uint32_t high = sparse ? 6 : 40, missing = 3 + next(chance, 25);
  for (uint32_t i = 0; i < n; i++) {
    struct person person = {.age = next(chance, 10) ? 1 + next(chance, AGES - 1) : 0, .sex = next(chance, SEXES)};
    person.visits = next(chance, VISITS_MOST);
    person.measured = next(chance, 100) >= missing;
    person.measured_before = next(chance, 100) >= missing / 2;
    person.high = next(chance, 100) < high;
    person.high_before = next(chance, 100) < 70 ? person.high : next(chance, 100) < high;
    person.treated = next(chance, 100) < (person.high ? 60 : 20);
    count_person(sample, practice, &person);
  }
}

void gate_sample_open(struct gate_sample *sample, uint32_t seed, uint32_t n_practices, uint32_t most, uint32_t limit, bool sparse) {
  static const uint32_t strata[AGES + SEXES] = {0, 0, 0, 0, 1, 1}, labels[AGES + SEXES] = {0, 1, 2, 3, 4, 5};
  static const enum gate_kind kinds[N_SAMPLE_SHEETS] = {[SHEET_NUMBER] = GATE_NUMBERS, [SHEET_VISITS] = GATE_EVENTS};
  static const uint32_t bands[N_SAMPLE_SHEETS] = {[SHEET_HIGH] = AGES + SEXES, [SHEET_HIGH_MEASURED] = AGES};
  uint64_t chance = seed * UINT64_C(2654435761) + 1;
  *sample = (struct gate_sample){.gate = {.limit = limit, .n_practices = n_practices, .n_sheets = N_SAMPLE_SHEETS, .n_moves = 1}};
  sample->gate.sheets = sample->sheets;
  sample->gate.moves = sample->moves;
  for (uint32_t s = 0; s < N_SAMPLE_SHEETS; s++) {
    struct gate_figure *figures = memory_take((size_t)(1 + bands[s]) * (n_practices + 1), sizeof *figures);
    sample->sheets[s] = (struct gate_sheet){.kind = kinds[s], .date = s == SHEET_BEFORE, .n_bands = bands[s], .stratum = strata, .label = labels, .figures = figures};
  }
  sample->moves[0] = (struct gate_moves){SHEET_BEFORE, SHEET_HIGH_MEASURED, memory_take(n_practices + 1, sizeof(struct gate_movement))};
  for (uint32_t p = 0; p < n_practices; p++)
    add_people(sample, &chance, p, next(&chance, 8) ? most / 2 + next(&chance, most / 2 + 1) : next(&chance, 8), sparse);
}

void gate_sample_close(struct gate_sample *sample) {
  for (uint32_t s = 0; s < N_SAMPLE_SHEETS; s++) free(sample->sheets[s].figures);
  free(sample->moves[0].movements);
}

struct attack *gate_sample_attack(const struct gate_sample *sample) {
  struct attack *attack = attack_open(&sample->gate);
  attack_tie(attack, SHEET_HIGH, IN_YES, SHEET_HIGH_MEASURED, IN_YES);
  attack_tie(attack, SHEET_HIGH, IN_NO, SHEET_HIGH_MEASURED, IN_NO);
  attack_tie(attack, SHEET_HIGH, IN_UNKNOWN, SHEET_HIGH_MEASURED, IN_OUTSIDE);
  attack_tie(attack, SHEET_NOT_HIGH, IN_NO, SHEET_HIGH_MEASURED, IN_YES);
  attack_tie(attack, SHEET_NOT_HIGH, IN_YES, SHEET_HIGH_MEASURED, IN_NO);
  attack_tie(attack, SHEET_NUMBER, IN_YES, SHEET_HIGH_MEASURED, IN_YES | IN_NO);
  attack_tie(attack, SHEET_NUMBER, IN_UNKNOWN, SHEET_HIGH, IN_UNKNOWN);
  attack_tie(attack, SHEET_TREATED_HIGH, IN_YES | IN_NO, SHEET_HIGH, IN_YES);
  for (uint32_t s = 1; s < N_SAMPLE_SHEETS; s++)
    attack_tie(attack, s, sample->sheets[s].kind == GATE_EVENTS ? IN_NO | IN_UNKNOWN | IN_OUTSIDE : IN_YES | IN_NO | IN_UNKNOWN | IN_OUTSIDE,
               0, IN_YES | IN_NO | IN_UNKNOWN | IN_OUTSIDE);
  return attack;
}
