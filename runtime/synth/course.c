/* course.c: one patient's years, visit by visit.
 *
 *   at a control:   values drift → some are measured → what is too high is treated (or not) → the next control
 *   once a year:    the review, with the blood and urine samples, and perhaps a plan
 *   in between:     prescriptions are renewed about every ninety days
 *
 * Values are held in tenths of their unit. The numbers are chosen so that tables look as a cluster's do; they are no
 * model of the disease. */
#include "runtime/synth/chance.h"
#include "runtime/synth/course.h"
#include "runtime/synth/person.h"

enum drug { METFORMIN, SGLT2, GLP1, OTHER_GLUCOSE, STATIN, ACE_ARB, OTHER_FIRST, OTHER_SECOND, N_DRUGS };

/* What a drug is prescribed as: one of these codes, drawn once for each patient. */
static const char *const drug_codes[N_DRUGS][5] = {
  [METFORMIN] = {"A10BA02", "A10BA02", "A10BA02", "A10BA02", "A10BD07"},
  [SGLT2] = {"A10BK01", "A10BK03", "A10BK03", "A10BK01", "A10BD20"},
  [GLP1] = {"A10BJ06", "A10BJ06", "A10BJ06", "A10BJ02", "A10AE56"},
  [OTHER_GLUCOSE] = {"A10BH01", "A10AE04", "A10BB12", "A10AE04", "A10AB05"},
  [STATIN] = {"C10AA05", "C10AA05", "C10AA01", "C10AA07", "C10BA02"},
  [ACE_ARB] = {"C09AA02", "C09AA05", "C09CA01", "C09CA01", "C09DA01"},
  [OTHER_FIRST] = {"A02BC01", "B01AC06", "C07AB02", "H03AA01", "N02BE01"},
  [OTHER_SECOND] = {"C03CA01", "C08CA01", "M01AE01", "N06AB04", "R03AC02"},
};

struct course {
  const struct habits *habits;
  const struct person *person;
  struct sheets *sheets;
  struct chance *chance;
  bool danish_format;
  int32_t day;
  int32_t hba1c, hba1c_drift, ldl, egfr, egfr_loss, systolic; /* drift and loss: in a year */
  int32_t albumin;                                            /* albumin/creatinine */
  int32_t attendance;                                         /* of 1,000 controls */
  int32_t reviewed;                                           /* the day of the last review */
  bool planned;
  const char *code[N_DRUGS];                                  /* NULL while the drug is not given */
  int32_t due[N_DRUGS];                                       /* the next prescription */
};

static int32_t within(int32_t low, int32_t value, int32_t high) {
  return value < low ? low : value > high ? high : value;
}

static void start(struct course *course, enum drug drug, int32_t day) {
  course->code[drug] = chance_text(course->chance, drug_codes[drug], 5);
  course->due[drug] = day;
}

/* ── how it begins ───────────────────────────────────────────────────────────────────────────────────────────────── */

static void begin_body(struct course *course) {
  struct chance *chance = course->chance;
  const struct habits *habits = course->habits;
  int32_t age = course->person->age;
  course->hba1c = within(370, chance_normal(chance, 560 + habits->level, 100), 1200);
  course->hba1c_drift = chance_normal(chance, 14, 18);
  course->ldl = within(8, chance_normal(chance, 28, 8), 60);
  course->egfr = within(200, chance_normal(chance, 1210 - 7 * age, 170), 1250);
  /* A few have weak kidneys whatever their age. */
  if (chance_of(chance, 60)) course->egfr = course->egfr * 45 / 100;
  course->egfr_loss = within(0, chance_normal(chance, 16, 16), 90);
  course->systolic = within(1050, chance_normal(chance, 1355 + habits->pressure, 110), 1900);
  course->albumin = chance_power(110, chance_normal(chance, 0, 390));
  course->attendance = chance_of(chance, 45) ? 60 : habits->attendance;
}

static void begin_drugs(struct course *course) {
  struct chance *chance = course->chance;
  const struct habits *habits = course->habits;
  const int32_t likely[N_DRUGS] = {
    [METFORMIN] = course->egfr >= 300 ? 690 : 250,
    [SGLT2] = habits->newer * (course->person->heart ? 600 : 300) / 1000,
    [GLP1] = habits->newer * (course->person->heart ? 400 : 220) / 1000,
    [OTHER_GLUCOSE] = 190,
    [STATIN] = habits->statin,
    [ACE_ARB] = habits->ace_arb * 700 / 1000,
    [OTHER_FIRST] = 330,
    [OTHER_SECOND] = 200,
  };
  for (enum drug drug = 0; drug < N_DRUGS; drug++)
    if (chance_of(chance, likely[drug])) start(course, drug, course->day + chance_between(chance, 0, 89));
  if (course->code[STATIN]) course->ldl = within(6, course->ldl - 9, 60);
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct sheet *begin_row(struct course *course, enum sheet_name name, int32_t day, const char *code) {
  struct sheet *sheet = &course->sheets->sheet[name];
  sheet_text(sheet, course->person->id);
  sheet_day(sheet, day);
  sheet_text(sheet, code);
  return sheet;
}

static void write_code(struct course *course, enum sheet_name name, const char *code) {
  sheet_end(begin_row(course, name, course->day, code));
}

static void write_result(struct course *course, const char *code, int32_t tenths, bool decimal, const char *unit) {
  struct sheet *sheet = begin_row(course, SHEET_LABS, course->day, code);
  sheet_tenths(sheet, tenths, decimal);
  sheet_text(sheet, unit);
  sheet_end(sheet);
}

/* A result beyond what the laboratory tells apart: "<9", ">90". */
static void write_bound(struct course *course, const char *code, char sign, int32_t tenths, bool decimal, const char *unit) {
  struct sheet *sheet = begin_row(course, SHEET_LABS, course->day, code);
  sheet_bound(sheet, sign, tenths, decimal);
  sheet_text(sheet, unit);
  sheet_end(sheet);
}

/* Every drug that is given, up to a day: renewed about every ninety days, now and then late, seldom given up. */
static void renew_until(struct course *course, int32_t until) {
  for (enum drug drug = 0; drug < N_DRUGS; drug++) {
    while (course->code[drug] && course->due[drug] <= until) {
      struct sheet *sheet = begin_row(course, SHEET_PRESCRIPTIONS, course->due[drug], course->code[drug]);
      sheet_tenths(sheet, chance_of(course->chance, 150) ? 300 : 1000, false);
      sheet_end(sheet);
      course->due[drug] += chance_between(course->chance, 82, 101);
      if (chance_of(course->chance, 40)) course->due[drug] += chance_between(course->chance, 30, 250);
      if (chance_of(course->chance, 9)) course->code[drug] = NULL;
    }
  }
}

/* ── measuring ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Each gives what was measured: the value itself, blurred. */

static int32_t measure_hba1c(struct course *course) {
  int32_t seen = within(300, chance_normal(course->chance, course->hba1c, 24), 1600);
  /* mmol/mol = (% − 2.15) × 10.929, turned round and rounded to tenths of a per cent. */
  if (chance_of(course->chance, course->habits->per_cent))
    write_result(course, "NPU03835", (seen * 2000 + 43 * 10929 + 10929) / (2 * 10929), true, "%");
  else write_result(course, "NPU27300", seen, false, "mmol/mol");
  return seen;
}

static int32_t measure_pressure(struct course *course) {
  int32_t seen = within(850, chance_normal(course->chance, course->systolic, 75), 2300);
  write_result(course, "DNK05472", seen, false, "mmHg");
  write_result(course, "DNK05473", within(450, chance_normal(course->chance, 330 + seen / 3, 60), 1300), false, "mmHg");
  return seen;
}

static int32_t measure_ldl(struct course *course) {
  int32_t seen = within(4, chance_normal(course->chance, course->ldl, 3), 90);
  write_result(course, chance_of(course->chance, 150) ? "DNK35308" : "NPU01568", seen, true, "mmol/L");
  return seen;
}

static int32_t measure_egfr(struct course *course) {
  const char *unit = course->danish_format ? "ml/min/1,73m²" : "mL/min/1.73m2";
  int32_t seen = within(50, chance_normal(course->chance, course->egfr, 30), 1300);
  if (seen > 900) write_bound(course, course->habits->egfr_code, '>', 900, false, unit);
  else write_result(course, course->habits->egfr_code, seen, false, unit);
  return seen;
}

static int32_t measure_albumin(struct course *course) {
  int32_t seen = chance_power(course->albumin, chance_normal(course->chance, 0, 110));
  if (course->habits->acr_in_mmol) {
    /* mg/g = mg/mmol × 8.84 */
    int32_t tenths = (int32_t)((int64_t)seen * 100 / 884);
    if (tenths < 10) write_bound(course, "NPU28842", '<', 10, true, "mg/mmol");
    else write_result(course, "NPU28842", tenths, true, "mg/mmol");
  } else if (seen < 90) write_bound(course, "NPU19661", '<', 90, false, "mg/g");
  else write_result(course, "NPU19661", seen, false, "mg/g");
  return seen;
}

/* ── treating ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The first drug of the ladder that the patient does not get yet, and that this practice offers. */
static void treat_hba1c(struct course *course) {
  const struct habits *habits = course->habits;
  const int32_t offered[] = {
    [METFORMIN] = course->egfr >= 300 ? 900 : 0, [SGLT2] = habits->newer, [GLP1] = habits->newer, [OTHER_GLUCOSE] = 600};
  for (enum drug drug = METFORMIN; drug <= OTHER_GLUCOSE; drug++) {
    if (course->code[drug] || !chance_of(course->chance, offered[drug])) continue;
    start(course, drug, course->day);
    course->hba1c = within(370, course->hba1c - chance_between(course->chance, 40, 120), 1600);
    return;
  }
}

static void treat_ldl(struct course *course) {
  if (course->code[STATIN] || !chance_of(course->chance, course->habits->statin)) return;
  start(course, STATIN, course->day);
  course->ldl = within(6, course->ldl - chance_between(course->chance, 8, 15), 60);
}

/* For a high pressure, and for albumin in the urine. */
static void treat_pressure(struct course *course) {
  course->systolic -= chance_between(course->chance, 30, 110);
  if (course->code[ACE_ARB] || !chance_of(course->chance, course->habits->ace_arb)) return;
  start(course, ACE_ARB, course->day);
}

static void treat_kidneys(struct course *course) {
  if (course->code[METFORMIN] && chance_of(course->chance, course->habits->stop)) course->code[METFORMIN] = NULL;
}

/* ── visits ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What `days` without a visit do. */
static void drift(struct course *course, int32_t days) {
  course->hba1c = within(370, course->hba1c + course->hba1c_drift * days / 365, 1600);
  course->egfr = within(70, course->egfr - course->egfr_loss * days / 365, 1250);
  course->systolic = within(1050, course->systolic + 15 * days / 365, 2100);
  course->albumin = within(10, course->albumin + course->albumin / 12 * days / 365, 40000);
}

static void review(struct course *course) {
  struct chance *chance = course->chance;
  course->reviewed = course->day;
  write_code(course, SHEET_SERVICES, course->habits->review_code);
  if (chance_of(chance, 930) && measure_ldl(course) > 25 && chance_of(chance, 600)) treat_ldl(course);
  if (chance_of(chance, 940) && measure_egfr(course) < 300) treat_kidneys(course);
  bool urine = chance_of(chance, course->habits->urine);
  if (urine && measure_albumin(course) >= 300 && chance_of(chance, 550)) treat_pressure(course);
  if (!course->planned && chance_of(chance, course->habits->plan)) {
    course->planned = true;
    write_code(course, SHEET_PLANS, "T2DM");
  }
}

static void visit(struct course *course) {
  struct chance *chance = course->chance;
  int32_t treat = course->habits->treat;
  if (chance_of(chance, 940) && measure_hba1c(course) > 580 && chance_of(chance, treat)) treat_hba1c(course);
  if (chance_of(chance, 780) && measure_pressure(course) > 1400 && chance_of(chance, treat)) treat_pressure(course);
  if (course->day - course->reviewed >= 320) {
    if (chance_of(chance, course->habits->review)) {
      review(course);
      return;
    }
    /* Not now: it is tried again at the next control but one. */
    if (chance_of(chance, 500)) course->reviewed += 180;
  }
  write_code(course, SHEET_SERVICES, "0101");
  if (chance_of(chance, 150) && measure_egfr(course) < 300) treat_kidneys(course);
  if (chance_of(chance, 90)) measure_ldl(course);
  if (chance_of(chance, 40)) measure_albumin(course);
}

static void follow(struct course *course) {
  struct chance *chance = course->chance;
  int32_t last = course->person->last;
  begin_body(course);
  begin_drugs(course);
  course->reviewed = course->day - chance_between(chance, 0, 400);
  course->planned = chance_of(chance, course->habits->plan / 2);
  if (course->planned) write_code(course, SHEET_PLANS, "T2DM");
  course->day += chance_between(chance, 0, course->habits->interval);
  while (course->day <= last) {
    if (chance_of(chance, course->attendance)) visit(course);
    int32_t days = course->habits->interval * chance_between(chance, 60, 145) / 100;
    renew_until(course, course->day + days - 1 < last ? course->day + days - 1 : last);
    drift(course, days);
    course->day += days;
  }
}

/* Someone without diabetes: a value taken now and then, a tablet for some. */
static void look_in(struct course *course) {
  struct chance *chance = course->chance;
  int32_t first = course->person->first, last = course->person->last;
  begin_body(course);
  course->day = chance_between(chance, first, last);
  course->hba1c = chance_normal(chance, 375, 25);
  if (course->person->age < 35) return;
  if (chance_of(chance, 150)) measure_hba1c(course);
  if (chance_of(chance, 200)) measure_pressure(course);
  if (chance_of(chance, 60)) start(course, STATIN, course->day);
  if (chance_of(chance, 70)) start(course, ACE_ARB, course->day);
  if (chance_of(chance, 80)) start(course, OTHER_FIRST, course->day);
  renew_until(course, last);
}

void course_write(const struct synth_options *options, const struct habits *habits, uint64_t number, struct sheets *sheets) {
  struct chance chance = chance_open(options->seed, 2, number);
  struct person person = person_draw(options, habits, number, &chance);
  struct course course = {
    .habits = habits, .person = &person, .sheets = sheets, .chance = &chance, .danish_format = options->danish_format};
  person_write(&person, habits, &chance, sheets);
  if (person.last < person.first) return;
  if (person.diabetes == NO_DAY) {
    person_write_noise(&person, 2, &chance, sheets);
    look_in(&course);
    return;
  }
  course.day = person.diabetes > person.first ? person.diabetes : person.first;
  if (course.day <= person.last) follow(&course);
  person_write_noise(&person, 7, &chance, sheets);
  if (options->untidy) person_write_untidy(&person, &chance, sheets);
}
