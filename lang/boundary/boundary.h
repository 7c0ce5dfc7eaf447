/* boundary.h: a checked rule → patients on either side of whatever it turns on, for its author to say what the rule should
 * make of them.
 *
 *   gather.c    what the rule turns on: limits, window edges, codes, ages
 *   solve.c     patients for whom one condition decides, all others being as they must be (lever.c, reach.c, each.c)
 *   alter.c     their neighbours: a day, a step, a row, a code away
 *   write.c     patients → a test in the rule language
 *
 * Nothing is decided here. Patients are proposed; which of them a rule takes one way and a changed rule another, the engine
 * says, and command/boundary.c keeps the smallest. So a patient that misses what it was made for does no harm. */
#ifndef KLYNGE_BOUNDARY_H
#define KLYNGE_BOUNDARY_H
#include "lang/check/program.h"

/* A row of a proposed patient: of events a code, of a measure a result as the data would have it. */
struct fact {
  const struct stream *of;         /* the events or measure as declared */
  const struct stream_part *part;  /* of a measure: the `from` that reads it */
  const char *code;
  double number;
  int sign;                        /* −1 for "<5", 1 for ">90" */
  int32_t from, to;                /* a row that is no span has one date */
  bool open;                       /* a span without an end */
};

/* A proposed patient. */
struct person {
  int32_t birth;                   /* DATE_UNKNOWN where nobody knows */
  struct test_cell *cells;         size_t n_cells;
  struct fact *facts;              size_t n_facts;
};
/* Many, no two alike. */
struct people { const struct person **all; size_t n, room; size_t *slots; size_t n_slots; };

/* A rule: who is in it, of whom it is asked (both may be NULL), and what is asked: a condition or a value. */
struct boundary_rule { const struct expr *population, *denominator, *asked; };

struct boundary;
/* What there is to know of a rule before patients are proposed, seen as of an index date. */
struct boundary *boundary_open(const struct program *program, struct boundary_rule rule, int32_t index);
/* Patients for whom each condition of the rule decides, as yes and as no, and their neighbours. */
void boundary_people(struct boundary *boundary, struct people *people);
/* The neighbours of one patient. */
void boundary_neighbours(struct boundary *boundary, const struct person *person, struct people *people);
/* How much there is to read in a patient: the smallest is the best. */
unsigned boundary_cost(const struct boundary *boundary, const struct person *person);
/* The patient as tests have them, for the engine. */
struct test_patient boundary_patient(const struct person *person);

/* A test of some of them, each with the claim that is made of it. */
struct boundary_test {
  const char *title;
  int32_t index;
  const struct person *const *people;
  const char *const *claims;       /* of each: `mp1 yes` */
  size_t n;
  const char *mark;                /* the comment behind each claim */
  const char *prefix;              /* of the patients' names: p gives p1, p2 */
};
/* Its text in the rule language, with English keywords; not yet laid out. */
const char *boundary_text(const struct boundary_test *test);
#endif
