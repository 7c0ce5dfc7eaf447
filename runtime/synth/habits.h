/* habits.h: what makes one practice differ from another. */
#ifndef KLYNGE_HABITS_H
#define KLYNGE_HABITS_H
#include <stdbool.h>
#include <stdint.h>

/* Of 1,000 cases, unless another unit is given. */
struct habits {
  char id[8];            /* six digits beginning with 9: no practice has such a number */
  int32_t size;          /* a weight: patients are shared out by it */
  int32_t diabetes;      /* patients with type 2 diabetes, against 1,000 in the whole set */
  int32_t level;         /* how far HbA1c lies above or below the others', in tenths of mmol/mol */
  int32_t pressure;      /* the same for systolic pressure, in tenths of mmHg */
  int32_t interval;      /* days between two controls */
  int32_t attendance;    /* controls that take place */
  int32_t review;        /* reviews that are held when they are due */
  int32_t urine;         /* reviews with a urine sample */
  int32_t plan;          /* reviews that end in a plan where there is none */
  int32_t enrolment;     /* patients enrolled in the chronic care fee */
  int32_t treat;         /* results over their limit that lead to a change */
  int32_t statin, ace_arb, newer; /* patients who are offered the drug when it is thought of; newer: SGLT2 and GLP-1 */
  int32_t stop;          /* patients in whom metformin is stopped once the eGFR is below 30 */
  int32_t per_cent;      /* HbA1c answered in % */
  bool acr_in_mmol;      /* albumin/creatinine answered in mg/mmol */
  const char *egfr_code; /* which of the two its laboratory uses */
  const char *review_code;
};

struct habits habits_draw(uint64_t seed, uint32_t practice);
#endif
