/* synth.h: a made-up data set with the shape of the real one, to write rules without access to patients.
 *
 * Nobody in it exists. What makes it of use is that things hang together as they do in a practice: values move slowly,
 * a high one is followed by a drug, kidneys grow weaker, prescriptions are renewed, reviews come round every year. And
 * practices differ: in size, in level, in how closely they follow up and in what they prescribe.
 *
 *   synth.c    the order of things: practices, then each practice's patients
 *   habits.c   what makes one practice differ from another
 *   person.c   who a patient is, and the rows that need no course of years
 *   course.c   one patient's years, visit by visit
 *   sheet.c    eight CSV files, complete or not there
 *   chance.c   randomness in whole numbers
 *
 * The same options give the same bytes on every machine: nothing here uses floating point, the clock or the locale. */
#ifndef KLYNGE_SYNTH_H
#define KLYNGE_SYNTH_H
#include <stdbool.h>
#include <stdint.h>

struct synth_options {
  const char *folder;        /* where the files go; made if it is not there (its parent must be) */
  uint64_t patients;         /* rows in patients.csv, 1 … SYNTH_MOST_PATIENTS */
  uint64_t seed;
  uint32_t practices;        /* 0: one for every 60 patients with type 2 diabetes */
  uint32_t clusters;         /* 0: one for every 12 practices */
  uint32_t diabetes;         /* how many of 1,000 patients have type 2 diabetes. In a real practice 50 to 60 */
  int32_t last_day;          /* no row is dated after it; days since 1970-01-01 */
  uint32_t years;            /* of history before last_day, 1 … 20 */
  bool untidy;               /* a few rows that cannot be read, as in every real export */
  bool danish_format;        /* semicolon, decimal comma, dd-mm-yyyy, Windows-1252, CRLF */
  void (*progress)(void *context, uint64_t patients_done, uint64_t patients_all);  /* called now and then, or NULL */
  void *context;
};

#define SYNTH_MOST_PATIENTS 50000000
#define SYNTH_MOST_PRACTICES 99999

/* The options `klynge synth` starts from: 1,800 patients, seed 1, 400 of 1,000 with type 2 diabetes (so that a small set
 * says something), three years up to 2024-06-30, untidy. The folder is NULL and must be set. */
struct synth_options synth_defaults(void);

/* Writes patients, practices, diagnoses, labs, prescriptions, services, plans and enrolments (.csv) into the folder.
 * All of them or none: they are written beside their places, synced, and then renamed. A file of one of these names that is
 * there already is never written over: it could be real. Returns NULL, or a sentence that says what is wrong (freed by
 * the caller) with *exit_code 2 for options that make no sense and for files in the way, 4 where the system failed. */
char *synth(const struct synth_options *options, int *exit_code);
#endif
