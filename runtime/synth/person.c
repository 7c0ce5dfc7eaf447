/* person.c: see person.h. */
#include <stdio.h>
#include "runtime/image/dates.h"
#include "runtime/synth/person.h"

#define YEAR 365

static int32_t later(int32_t a, int32_t b) { return a > b ? a : b; }
static int32_t sooner(int32_t a, int32_t b) { return a < b ? a : b; }

/* A day from low to high, both included, or low where that is nothing. */
static int32_t draw_day(struct chance *chance, int32_t low, int32_t high) {
  return high > low ? chance_between(chance, low, high) : low;
}

/* ── who it is ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* When the patient is listed: most have been for years, a few arrive in the years of the data, a few leave or die. */
static void draw_listing(struct person *person, const struct synth_options *options, struct chance *chance) {
  int32_t first = options->last_day - (int32_t)options->years * YEAR;
  person->from = draw_day(chance, later(person->birth, first - 22 * YEAR), first);
  if (chance_of(chance, 70)) person->from = draw_day(chance, later(person->birth, first), options->last_day - 30);
  person->from = later(person->from, person->birth);
  person->to = NO_DAY;
  if (chance_of(chance, 45)) person->to = draw_day(chance, later(person->from + 30, first), options->last_day);
  if (person->to > options->last_day) person->to = NO_DAY;
  person->first = later(first, person->from);
  person->last = person->to == NO_DAY ? options->last_day : person->to - 1;
}

struct person person_draw(const struct synth_options *options, const struct habits *habits, uint64_t number,
                          struct chance *chance) {
  struct person person = {.diabetes = NO_DAY};
  /* As many digits for all, so that the order of ids is the order of numbers. */
  int digits = snprintf(person.id, sizeof person.id, "%llu", (unsigned long long)options->patients);
  snprintf(person.id, sizeof person.id, "P%0*llu", digits < 5 ? 5 : digits, (unsigned long long)number + 1);

  int64_t diabetic = (int64_t)options->diabetes * habits->diabetes / 1000;
  bool diabetes = chance_of(chance, diabetic > 1000 ? 1000 : (int32_t)diabetic);
  person.female = chance_of(chance, diabetes ? 440 : 510);
  person.age = diabetes ? chance_normal(chance, 66, 11) : chance_between(chance, 0, 93);
  if (diabetes) person.age = sooner(later(person.age, 28), 96);
  person.birth = options->last_day - person.age * YEAR - person.age / 4 - chance_between(chance, 1, YEAR - 1);
  draw_listing(&person, options, chance);
  int32_t earliest = later(options->last_day - 22 * YEAR, person.birth + 25 * YEAR);
  if (diabetes) person.diabetes = draw_day(chance, earliest, options->last_day - 20);
  /* What comes to light after the patient has left, this practice never hears of. */
  if (person.diabetes > person.last) person.diabetes = NO_DAY;
  person.heart = chance_of(chance, diabetes ? 40 + 2 * person.age : person.age / 2);
  return person;
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_diagnosis(struct sheets *sheets, const char *id, int32_t day, const char *code) {
  struct sheet *sheet = &sheets->sheet[SHEET_DIAGNOSES];
  sheet_text(sheet, id);
  sheet_day(sheet, day);
  sheet_text(sheet, code);
  sheet_end(sheet);
}

static void write_diagnoses(const struct person *person, struct chance *chance, struct sheets *sheets) {
  static const char *const heart[] = {"K74", "K75", "K76"};
  static const char *const others[] = {"A04", "A98", "D73", "F71", "H71", "K86", "K86", "L03", "L15",
                                       "N01", "P76", "R05", "R74", "S88", "T82", "T93", "U71"};
  int32_t first = later(person->birth, person->first - 3 * YEAR);
  if (person->diabetes != NO_DAY) {
    write_diagnosis(sheets, person->id, person->diabetes, "T90");
    /* Some write the diagnosis again at a later visit. */
    if (chance_of(chance, 150)) write_diagnosis(sheets, person->id, draw_day(chance, person->diabetes, person->last), "T90");
  } else if (chance_of(chance, 6)) {
    write_diagnosis(sheets, person->id, draw_day(chance, first, person->last), "T89");
  }
  if (person->heart) {
    int32_t day = draw_day(chance, later(person->birth, person->last - 15 * YEAR), person->last);
    write_diagnosis(sheets, person->id, day, chance_text(chance, heart, 3));
  }
  for (int32_t n = chance_between(chance, 0, 3); n > 0; n--) {
    int32_t day = draw_day(chance, first, person->last);
    write_diagnosis(sheets, person->id, day, chance_text(chance, others, sizeof others / sizeof *others));
  }
}

static void write_enrolment(const struct person *person, const struct habits *habits, struct chance *chance,
                            struct sheets *sheets) {
  int32_t day = later(later(person->diabetes, person->from), person->last - 6 * YEAR);
  day += chance_between(chance, 10, 700);
  if (!chance_of(chance, habits->enrolment) || day > person->last) return;
  int32_t end = chance_of(chance, 80) ? day + chance_between(chance, 90, 1500) : NO_DAY;
  struct sheet *sheet = &sheets->sheet[SHEET_ENROLMENTS];
  sheet_text(sheet, person->id);
  sheet_day(sheet, day);
  sheet_day(sheet, end > person->last ? NO_DAY : end);
  sheet_text(sheet, "DM2");
  sheet_end(sheet);
}

void person_write(const struct person *person, const struct habits *habits, struct chance *chance,
                  struct sheets *sheets) {
  struct sheet *sheet = &sheets->sheet[SHEET_PATIENTS];
  sheet_text(sheet, person->id);
  sheet_text(sheet, habits->id);
  sheet_day(sheet, person->birth);
  sheet_text(sheet, person->female ? "female" : "male");
  sheet_day(sheet, person->from);
  sheet_day(sheet, person->to);
  sheet_end(sheet);
  write_diagnoses(person, chance, sheets);
  if (person->diabetes != NO_DAY) write_enrolment(person, habits, chance, sheets);
}

void person_write_noise(const struct person *person, int32_t most, struct chance *chance, struct sheets *sheets) {
  static const char *const services[] = {"0101", "0101", "0105", "0106", "0411", "2101", "7156"};
  /* Lowest and highest in tenths; below `bound` the laboratory answers that it is less. */
  static const struct { const char *code, *unit; int32_t low, high, bound; bool decimal; } results[] = {
    {"NPU19748", "mg/L", 5, 300, 50, false},      /* C-reactive protein */
    {"NPU02319", "mmol/L", 60, 105, 0, true},     /* haemoglobin */
    {"NPU03429", "mmol/L", 1340, 1450, 0, false}, /* sodium */
    {"NPU03230", "mmol/L", 33, 51, 0, true},      /* potassium */
    {"NPU18016", "µmol/L", 450, 1300, 0, false},  /* creatinine */
    {"NPU01567", "mmol/L", 7, 26, 0, true},       /* HDL cholesterol */
  };
  for (int32_t n = chance_between(chance, 0, most); n > 0; n--) {
    struct sheet *sheet = &sheets->sheet[SHEET_SERVICES];
    sheet_text(sheet, person->id);
    sheet_day(sheet, chance_between(chance, person->first, person->last));
    sheet_text(sheet, chance_text(chance, services, sizeof services / sizeof *services));
    sheet_end(sheet);
  }
  for (int32_t n = chance_between(chance, 0, most); n > 0; n--) {
    struct sheet *sheet = &sheets->sheet[SHEET_LABS];
    int32_t kind = chance_between(chance, 0, sizeof results / sizeof *results - 1);
    int32_t value = chance_between(chance, results[kind].low, results[kind].high);
    sheet_text(sheet, person->id);
    sheet_day(sheet, chance_between(chance, person->first, person->last));
    sheet_text(sheet, results[kind].code);
    if (value < results[kind].bound) sheet_bound(sheet, '<', results[kind].bound, results[kind].decimal);
    else sheet_tenths(sheet, value, results[kind].decimal);
    sheet_text(sheet, results[kind].unit);
    sheet_end(sheet);
  }
}

/* ── what cannot be read ─────────────────────────────────────────────────────────────────────────────────────────── */

/* An HbA1c as it is written, right or wrong. */
static void write_result(struct sheets *sheets, const char *id, const char *day, const char *value, const char *unit) {
  struct sheet *sheet = &sheets->sheet[SHEET_LABS];
  sheet_text(sheet, id);
  sheet_text(sheet, day);
  sheet_text(sheet, "NPU27300");
  sheet_text(sheet, value);
  sheet_text(sheet, unit);
  sheet_end(sheet);
}

void person_write_untidy(const struct person *person, struct chance *chance, struct sheets *sheets) {
  struct sheet *labs = &sheets->sheet[SHEET_LABS];
  char day[SHEET_DAY], none[SHEET_DAY], stranger[sizeof person->id];
  int32_t on = chance_between(chance, person->first, person->last), year, month, day_of_month;
  sheet_day_text(labs, on, day);
  /* The 30th of February of the same year. */
  date_to_civil(on, &year, &month, &day_of_month);
  snprintf(none, sizeof none, labs->danish_format ? "30-02-%04d" : "%04d-02-30", (int)year);
  snprintf(stranger, sizeof stranger, "X%s", person->id + 1);

  if (chance_of(chance, 8)) write_result(sheets, person->id, "", "55", "mmol/mol");
  if (chance_of(chance, 4)) write_result(sheets, person->id, none, "55", "mmol/mol");
  if (chance_of(chance, 6)) write_result(sheets, person->id, day, "7", "mmol/L");
  if (chance_of(chance, 6)) write_result(sheets, person->id, day, "52", "");
  if (chance_of(chance, 6)) write_result(sheets, person->id, day, "annulleret", "mmol/mol");
  if (chance_of(chance, 5)) write_result(sheets, person->id, day, "530", "mmol/mol");
  if (chance_of(chance, 6)) write_result(sheets, stranger, day, "61", "mmol/mol");
  if (chance_of(chance, 4)) write_diagnosis(sheets, person->id, NO_DAY, "K75");
}
