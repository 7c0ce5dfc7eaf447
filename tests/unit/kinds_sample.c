/* kinds_sample.c: an indicator of each kind, counted patient by patient. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include "tests/unit/result_sample.h"

static const char *const ages[] = {"<0", "0–39", "40–59", "60–69", "70–79", "80+", NULL};
static const char *const sexes[] = {"female", "male", NULL};
enum { N_AGES = sizeof ages / sizeof *ages, N_SEXES = sizeof sexes / sizeof *sexes };

/* A patient: the class of age and sex, and what the indicators ask; NAN where it is not known. */
struct person { uint32_t age, sex; double hba1c, ldl, systolic, visits; };

/* ── the rules ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct image_indicator *add(struct sample *sample, const char *name, const char *title, const char *denominator,
                                   uint32_t better) {
  sample_add_indicator(sample, name, title, denominator, better);
  return &sample->indicators[sample->image.n_indicators - 1];
}

static void by_age(struct sample *sample) {
  for (uint32_t i = 0; i < N_AGES; i++)
    sample_add_cell(sample, CELL_BY, "age_group", "Alder", ages[i], i == 0 || !ages[i]);
}
static void by_sex(struct sample *sample) {
  for (uint32_t i = 0; i < N_SEXES; i++)
    sample_add_cell(sample, CELL_BY, "sex", NULL, sexes[i], !sexes[i]);
}
static void adjust_by(struct sample *sample, const char *title, uint32_t n) {
  for (uint32_t i = 0; i < n; i++)
    sample_add_cell(sample, CELL_ADJUST, NULL, title, "", false);
}

static void add_rules(struct sample *sample) {
  sample_add_pack(sample, "kinds", "Type 2-diabetes: tal af hver slags");
  add(sample, "mp1", "HbA1c over 58", "hba1c measured", BETTER_LOWER)->aim = 0.1;
  by_age(sample);
  adjust_by(sample, "Alder", N_AGES);
  add(sample, "level", "HbA1c", NULL, BETTER_LOWER)->aim = 53;
  sample_make_kind(sample, KIND_MEDIAN, "hba1c", "mmol/mol");
  by_sex(sample);
  add(sample, "ldl", "LDL-kolesterol hos dem, der får statin", "drug = statin", BETTER_LOWER);
  sample_make_kind(sample, KIND_MEAN, "ldl", "mmol/L");
  adjust_by(sample, "sex, Alder", N_AGES * N_SEXES);
  add(sample, "systolic", "Systolisk blodtryk", "systolic measured", BETTER_NOTHING);
  sample_make_kind(sample, KIND_QUARTILES, "systolic", "mmHg");
  add(sample, "visits", "Konsultationer", NULL, BETTER_NOTHING)->per = 1000;
  sample_make_kind(sample, KIND_RATE, "service = consultation", NULL);
  adjust_by(sample, "Alder", N_AGES);
  add(sample, "frail", "Demens", NULL, BETTER_NOTHING);
  sample_make_kind(sample, KIND_COUNT, "diagnosis = dementia", NULL);
  by_age(sample);
}

/* ── the patients ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The i-th patient of a practice. The later the practice, the older its patients; the older, the higher the figures. */
static struct person person_of(uint32_t practice, uint32_t i) {
  uint32_t turn = i * 7919 + practice * 104729, age = 1 + (turn % 11 + practice * 3 % 7) / 4;
  struct person person = {.age = i == 20 ? N_AGES - 1 : age, .sex = turn % 97 == 0 ? N_SEXES - 1 : turn % 2};
  person.hba1c = turn % 17 == 0 ? (double)NAN : 40 + 3 * age + turn % 23 + practice % 5;
  person.ldl = turn % 3 == 0 ? (double)NAN : (15 + turn % 19 + age) / 10.0;
  person.systolic = turn % 19 == 0 ? (double)NAN : 112 + turn % 37 + 2 * age;
  person.visits = turn % 41 == 0 ? (double)NAN : age * turn % 9;
  return person;
}

static void count_share(struct sample *sample, uint32_t i, uint32_t practice, const struct person *person) {
  uint32_t cell = sample->indicators[i].first_cell + 1;
  enum outcome outcome = isnan(person->hba1c) ? OUTCOME_OUTSIDE : person->hba1c > 58 ? OUTCOME_YES : OUTCOME_NO;
  sample_count(sample, cell - 1, practice, outcome);
  sample_count(sample, cell + person->age, practice, outcome);
  sample_count(sample, cell + N_AGES + person->age, practice, outcome);
}

static void count_person(struct sample *sample, uint32_t practice, const struct person *person) {
  const struct image_indicator *indicators = sample->indicators;
  enum outcome frail = person->age >= 4 && (uint32_t)person->systolic % 6 == 0 ? OUTCOME_YES : OUTCOME_NO;
  uint32_t age = 1 + person->age, sex = 1 + person->sex;
  count_share(sample, 0, practice, person);
  sample_count_number(sample, indicators[1].first_cell, practice, person->hba1c);
  sample_count_number(sample, indicators[1].first_cell + sex, practice, person->hba1c);
  if (practice != 3 && person->visits > 4) {
    sample_count_number(sample, indicators[2].first_cell, practice, person->ldl);
    sample_count_number(sample, indicators[2].first_cell + 1 + person->sex * N_AGES + person->age, practice, person->ldl);
  }
  if (!isnan(person->systolic))
    sample_count_number(sample, indicators[3].first_cell, practice, person->systolic);
  sample_count_number(sample, indicators[4].first_cell, practice, person->visits);
  sample_count_number(sample, indicators[4].first_cell + age, practice, person->visits);
  sample_count(sample, indicators[5].first_cell, practice, frail);
  sample_count(sample, indicators[5].first_cell + age, practice, frail);
}

struct sample *sample_open_kinds(uint32_t n_practices) {
  struct sample *sample = sample_open();
  add_rules(sample);
  sample_add_cluster(sample, "C1", n_practices);
  sample->counts.n_practices = n_practices;
  for (uint32_t practice = 0; practice < n_practices; practice++) {
    uint32_t n = practice % 9 == 5 ? 7 : 28 + practice * 37 % 71;
    sample->population[practice] = n;
    for (uint32_t i = 0; i < n; i++) {
      struct person person = person_of(practice, i);
      count_person(sample, practice, &person);
    }
  }
  sample_join(sample);
  sample->image.n_parameters = 0;
  return sample;
}
