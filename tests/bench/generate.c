/* generate.c: a made-up data set of a size that is worth timing.
 *
 *   generate PATIENTS PATIENTS_PER_PRACTICE SEED FOLDER
 *
 * The same words give the same bytes. Nine in ten patients have type 2 diabetes, for chance spreads the work evenly then.
 * Rows run from 2016 to 2024, so that an index date in between leaves rows that must not be read; those of one patient
 * stand in no order, as an export leaves them. What is of no use to the rules of the benchmark is there as well, in the
 * proportions of a practice: other tests, other drugs, other diagnoses. `klynge synth` makes data to look at; this makes
 * data to count. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "runtime/image/dates.h"

/* ── chance ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static uint64_t state;

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t chance(void) {
  uint64_t z = state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}
/* From 0 up to and without 1. */
static double share(void) { return (double)(chance() >> 11) * 0x1p-53; }
static int from_to(int low, int high) { return low + (int)(chance() % (uint64_t)(high - low + 1)); }
static bool one_in(int n) { return from_to(0, n - 1) == 0; }
static bool percent(int n) { return from_to(0, 99) < n; }
/* About normal, with mean 0 and deviation 1: the sum of twelve. */
static double normal(void) {
  double sum = 0;
  for (int i = 0; i < 12; i++) sum += share();
  return sum - 6;
}
#define ONE_OF(array) ((array)[from_to(0, (int)(sizeof(array) / sizeof *(array)) - 1)])

/* ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum table { PATIENTS, DIAGNOSES, LABS, PRESCRIPTIONS, SERVICES, PLANS, ENROLMENTS, PRACTICES, N_TABLES };
static const struct { const char *name, *header; } tables[N_TABLES] = {
    [PATIENTS] = {"patients", "patient,practice,birth,sex,from,to"},
    [DIAGNOSES] = {"diagnoses", "patient,date,code"},
    [LABS] = {"labs", "patient,date,code,value,unit"},
    [PRESCRIPTIONS] = {"prescriptions", "patient,date,code,days"},
    [SERVICES] = {"services", "patient,date,code"},
    [PLANS] = {"plans", "patient,date,code"},
    [ENROLMENTS] = {"enrolments", "patient,from,to,code"},
    [PRACTICES] = {"practices", "practice,cluster,name"},
};
static FILE *files[N_TABLES];

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void open_files(const char *folder) {
  mkdir(folder, 0777);
  for (int table = 0; table < N_TABLES; table++) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.csv", folder, tables[table].name);
    files[table] = fopen(path, "w");
    if (!files[table]) fail(path);
    setvbuf(files[table], NULL, _IOFBF, 1 << 20);
    fprintf(files[table], "%s\n", tables[table].header);
  }
}

static void close_files(void) {
  for (int table = 0; table < N_TABLES; table++)
    if (fclose(files[table]) != 0) fail(tables[table].name);
}

/* ── dates ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static int32_t first_day, last_day;    /* of events */

struct date { char text[16]; };
static struct date date_of(int32_t day) {
  int year, month, of_month;
  struct date date;
  date_to_civil(day, &year, &month, &of_month);
  snprintf(date.text, sizeof date.text, "%04d-%02u-%02u", year, (unsigned)month % 100, (unsigned)of_month % 100);
  return date;
}
static int32_t any_day(void) { return first_day + from_to(0, last_day - first_day); }

/* ── a patient ───────────────────────────────────────────────────────────────────────────────────────────────────── */

struct person {
  long number;
  double style;                        /* of the practice: how ill its patients are, how often it sees them */
  double severity, followed;
};

/* The practice's style comes from a stream of its own, so that it is the same for all its patients. */
static void begin(struct person *person, long number, long practice, uint64_t seed) {
  state = seed * 77777u + (uint64_t)practice * 104729u;
  chance();
  person->style = normal() * 0.35;
  person->number = number;
  state = seed * 1000003u + (uint64_t)number * 7919u;
  chance();
}

static void write_patient(const struct person *person, long practice) {
  int32_t birth = date_from_civil(1930, 1, 1) + from_to(0, 70 * 365);
  int32_t from = one_in(10) ? any_day() : date_from_civil(2010, 1, 1) + from_to(0, 1800);
  int32_t to = one_in(25) ? any_day() : 0;
  if (to && to < from) to = from + 30;
  fprintf(files[PATIENTS], "P%08ld,%06ld,%s,%s,%s,%s\n", person->number, 10000 + practice * 7, date_of(birth).text,
          percent(46) ? "female" : "male", date_of(from).text, to ? date_of(to).text : "");
}

static void write_event(enum table table, const struct person *person, int32_t day, const char *code) {
  fprintf(files[table], "P%08ld,%s,%s\n", person->number, date_of(day).text, code);
}

static void write_diagnoses(const struct person *person) {
  static const char *const heart[] = {"K74", "K75", "K76"};
  static const char *const other[] = {"R74", "L03", "A04", "D73", "S88", "U71", "P76", "H71",
                                      "N01", "L15", "K86", "T82", "A98", "R05", "F71"};
  bool diabetes = percent(92);
  int32_t day = date_from_civil(2000, 1, 1) + from_to(0, 24 * 365);
  if (diabetes) write_event(DIAGNOSES, person, day, "T90");
  if (diabetes && one_in(5)) write_event(DIAGNOSES, person, day + from_to(1, 900), "T90");
  if (percent(21)) {
    day = first_day + from_to(-3000, 3200);
    write_event(DIAGNOSES, person, day, ONE_OF(heart));
  }
  for (int n = from_to(0, 8); n; n--) {
    day = first_day + from_to(-2000, last_day - first_day);
    write_event(DIAGNOSES, person, day, ONE_OF(other));
  }
}

/* ── results ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_result(const struct person *person, int32_t day, const char *code, double value, int decimals, const char *unit) {
  fprintf(files[LABS], "P%08ld,%s,%s,%.*f,%s\n", person->number, date_of(day).text, code, decimals, value, unit);
}
/* How many results there are: more of whoever is followed closely. */
static int how_many(const struct person *person, int least, int more) { return from_to(0, (int)(least + more * person->followed)); }
static double at_least(double value, double least) { return value < least ? least : value; }

/* One in 400 is written with the point in the wrong place, one in 20 is in per cent. */
static void write_hba1c(const struct person *person) {
  double base = 53 + 11 * person->severity;
  if (base < 34) base = 34 + share() * 4;
  for (int n = how_many(person, 8, 22); n; n--) {
    double value = at_least(base + normal() * 5, 25);
    if (one_in(400)) value *= 10;
    bool percents = one_in(20);
    int32_t day = any_day();
    if (percents) write_result(person, day, "NPU03835", value / 10.929 + 2.15, 1, "%");
    else write_result(person, day, "NPU27300", value, 0, "mmol/mol");
  }
}

static void write_ldl(const struct person *person) {
  for (int n = how_many(person, 4, 10); n; n--) {
    double value = at_least(2.1 + 0.45 * person->severity + normal() * 0.5, 0.4);
    int32_t day = any_day();
    write_result(person, day, one_in(4) ? "DNK35308" : "NPU01568", value, 1, "mmol/L");
  }
}

static void write_kidneys(const struct person *person) {
  double egfr = at_least(78 - 14 * person->severity - normal() * 16, 9);
  for (int n = how_many(person, 6, 16); n; n--) {
    double value = at_least(egfr + normal() * 4, 5);
    const char *code = one_in(2) ? "DNK35302" : "DNK35131";
    write_result(person, any_day(), code, value, 0, "mL/min/1.73m2");
  }
  double acr = share() < 0.7 ? from_to(2, 29) : from_to(20, 600);
  for (int n = how_many(person, 3, 9); n; n--) {
    double value = acr * (0.7 + 0.6 * share());
    write_result(person, any_day(), "NPU19661", value, 0, "mg/g");
  }
}

static void write_pressure(const struct person *person) {
  double systolic = 131 + 8 * person->severity;
  for (int n = how_many(person, 8, 18); n; n--) {
    int32_t day = any_day();
    write_result(person, day, "DNK05472", systolic + normal() * 11, 0, "mmHg");
    write_result(person, day, "DNK05473", 78 + normal() * 8, 0, "mmHg");
  }
}

static void write_other_results(const struct person *person) {
  static const char *const other[] = {"NPU02319", "NPU03429", "NPU03230", "NPU18016", "NPU19748", "NPU19651", "NPU01682", "NPU01567",
                                      "NPU04094", "NPU03577", "NPU02593", "NPU19673", "NPU03568", "NPU01944", "NPU18105", "NPU04169"};
  for (int n = from_to(0, 40); n; n--) {
    int32_t day = any_day();
    double value = from_to(1, 1500) / 10.0;
    write_result(person, day, ONE_OF(other), value, 1, "U/L");
  }
}

/* ── drugs, services, plans ──────────────────────────────────────────────────────────────────────────────────────── */

/* So many prescriptions, each of one of the drugs. */
static void prescribe(const struct person *person, int n, const char *const *drugs, int n_drugs) {
  for (; n; n--) {
    int32_t day = any_day();
    int days = one_in(4) ? 30 : 100;
    const char *drug = drugs[from_to(0, n_drugs - 1)];
    fprintf(files[PRESCRIPTIONS], "P%08ld,%s,%s,%d\n", person->number, date_of(day).text, drug, days);
  }
}
#define PRESCRIBE(person, n, drugs) prescribe(person, n, drugs, (int)(sizeof(drugs) / sizeof *(drugs)))

static void write_prescriptions(const struct person *person) {
  static const char *const metformin[] = {"A10BD07", "A10BA02", "A10BA02", "A10BA02", "A10BA02",
                                          "A10BA02", "A10BA02", "A10BA02", "A10BA02", "A10BA02"};
  static const char *const statin[] = {"C10AA01", "C10AA05", "C10AA07", "C10BA02", "C10BX15", "C10BA10", "A10BH51"};
  static const char *const ace_arb[] = {"C09AA02", "C09AA05", "C09CA01", "C09DA01", "C09BA02", "C09XA02"};
  static const char *const glp1[] = {"A10BJ06", "A10BJ02", "A10AE56", "A10BX16"};
  static const char *const sglt2[] = {"A10BK03", "A10BK01", "A10BD20", "A10BD25", "A10BD19"};
  static const char *const other[] = {"B01AC06", "C07AB02", "C08CA01", "A02BC01", "N02BE01", "M01AE01", "N06AB04", "R03AC02",
                                      "H03AA01", "C03CA01", "J01CE02", "A10AB05", "A10AE04", "A10BB12", "A10BH01", "N02AX02"};
  if (percent(74)) PRESCRIBE(person, from_to(1, 14), metformin);
  if (percent(66)) PRESCRIBE(person, from_to(1, 14), statin);
  if (percent(58)) PRESCRIBE(person, from_to(1, 14), ace_arb);
  if (percent(24)) PRESCRIBE(person, from_to(1, 12), glp1);
  if (percent(27)) PRESCRIBE(person, from_to(1, 12), sglt2);
  PRESCRIBE(person, from_to(0, 22), other);
}

static void write_services(const struct person *person) {
  static const char *const other[] = {"0101", "0105", "0411", "2101", "7156", "0106"};
  for (int year = 2016; year <= 2024; year++) {
    if (share() >= 0.35 + 0.6 * person->followed + person->style * 0.2) continue;
    int32_t day = date_from_civil(year, 1, 1) + from_to(0, 364);
    write_event(SERVICES, person, day, one_in(3) ? "0121" : "0120");
  }
  for (int n = from_to(2, 60); n; n--) {
    int32_t day = any_day();
    write_event(SERVICES, person, day, ONE_OF(other));
  }
}

static void write_plans(const struct person *person) {
  if (share() < 0.25 + 0.5 * person->followed) write_event(PLANS, person, first_day + from_to(700, last_day - first_day), "T2DM");
  if (share() >= 0.8) return;
  int32_t from = date_from_civil(2018, 1, 1) + from_to(0, 2000), to = one_in(12) ? from + from_to(100, 1500) : 0;
  fprintf(files[ENROLMENTS], "P%08ld,%s,%s,DM2\n", person->number, date_of(from).text, to ? date_of(to).text : "");
}

/* ── all of it ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_person(long number, long practice, uint64_t seed) {
  struct person person;
  begin(&person, number, practice, seed);
  write_patient(&person, practice);
  write_diagnoses(&person);
  person.severity = normal() * 0.8 + person.style;
  person.followed = share();
  write_hba1c(&person);
  write_ldl(&person);
  write_kidneys(&person);
  write_pressure(&person);
  write_other_results(&person);
  write_prescriptions(&person);
  write_services(&person);
  write_plans(&person);
}

int main(int argc, char **argv) {
  long n = argc == 5 ? atol(argv[1]) : -1, of_practice = argc == 5 ? atol(argv[2]) : 0;
  if (n < 0 || of_practice < 1) {
    fputs("use: generate PATIENTS PATIENTS_PER_PRACTICE SEED FOLDER\n", stderr);
    return 2;
  }
  first_day = date_from_civil(2016, 1, 1);
  last_day = date_from_civil(2024, 12, 31);
  open_files(argv[4]);
  for (long i = 0; i < n; i++) {
    long practice = i / of_practice;
    if (i % of_practice == 0) fprintf(files[PRACTICES], "%06ld,C%03ld,Praksis %ld\n", 10000 + practice * 7, practice / 20, practice + 1);
    write_person(i, practice, strtoull(argv[3], NULL, 10));
  }
  close_files();
  return 0;
}
