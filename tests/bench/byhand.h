/* byhand.h: what the hand-written C keeps in memory: a column for each series of the sixteen indicators, in the order of
 * patients, dates and values, and each patient's practice and days. Everything is read once and never given back. */
#ifndef KLYNGE_BYHAND_H
#define KLYNGE_BYHAND_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum series { HBA1C, LDL, EGFR, ACR, SYSTOLIC, STATIN, ACE_ARB, METFORMIN, GLP1, SGLT2, DIABETES, HEART, REVIEW, PLAN, ENROLMENT, N_SERIES };
enum { N_MEASURES = SYSTOLIC + 1, N_FLAGS = N_SERIES - N_MEASURES };

/* Dates are days since 1970-01-01; `end` is used of enrolments alone, `value` of measures. */
struct column { size_t n; uint32_t *patient; int32_t *date, *end; float *value; };
struct patient { uint32_t practice; int32_t from, to; };
struct practice { char id[8]; };

struct hand {
  struct column columns[N_SERIES];
  uint32_t n_patients, n_practices;
  struct patient *patients;
  struct practice *practices;
};

/* Reads what `generate` wrote: ids in order, a patient's rows together, cells of a fixed width. Gives the number of rows. */
size_t hand_read(struct hand *hand, const char *folder);
/* A date as 2024-03-01; an empty one never comes. */
int32_t hand_date(const char *text);
/* realloc that does not fail: without memory the program ends. */
void *hand_take(void *old, size_t n, size_t size);
#endif
