/* person.h: who a made-up patient is, and the rows that need no course of years: the listing, diagnoses, a span of
 * enrolment, and what people without diabetes come for. */
#ifndef KLYNGE_PERSON_H
#define KLYNGE_PERSON_H
#include <stdbool.h>
#include <stdint.h>
#include "runtime/synth/chance.h"
#include "runtime/synth/habits.h"
#include "runtime/synth/sheet.h"
#include "runtime/synth/synth.h"

struct person {
  char id[24];
  int32_t birth, from, to;   /* to: NO_DAY while listed */
  bool female;
  int32_t diabetes;          /* the day of the diagnosis, or NO_DAY */
  bool heart;                /* ischaemic heart disease */
  int32_t first, last;       /* the days between which rows are written; last < first if there are none */
  int32_t age;               /* on the last day of the data */
};

/* Draws who the patient with this number (from 0) is. */
struct person person_draw(const struct synth_options *options, const struct habits *habits, uint64_t number,
                          struct chance *chance);
/* The rows of patients, diagnoses and enrolments. */
void person_write(const struct person *person, const struct habits *habits, struct chance *chance,
                  struct sheets *sheets);
/* Laboratory results and services that no pack names, at most `most` of each. */
void person_write_noise(const struct person *person, int32_t most, struct chance *chance, struct sheets *sheets);
/* Now and then a row that cannot be read, as in every real export. */
void person_write_untidy(const struct person *person, struct chance *chance, struct sheets *sheets);
#endif
