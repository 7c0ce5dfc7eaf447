/* boundary.h: what the files of the verb `boundary` share: which of the proposed patients are kept, and how they are told. */
#ifndef KLYNGE_COMMAND_BOUNDARY_H
#define KLYNGE_COMMAND_BOUNDARY_H
#include "lang/boundary/boundary.h"
#include "lang/command/test.h"

/* What a test may be about, in the order in which patients are kept and tests are written: what is shown by a patient who
 * is kept already needs no other. */
enum subject { SUBJECT_LIMIT, SUBJECT_WINDOW, SUBJECT_CODES, SUBJECT_CONDITION, SUBJECT_CLASS, SUBJECT_READ, SUBJECT_BOUND, N_SUBJECTS };

/* How a result may be none, or less than one: not there, "<5", ">90", two of one day. */
enum bound { BOUND_NONE, BOUND_MISSING, BOUND_BELOW, BOUND_ABOVE, BOUND_TIE, N_BOUNDS };

/* Something that a patient is to show: a change that is to be noticed, a condition that is to decide with an answer, or
 * one that hangs on a result which is none. */
struct target {
  enum subject subject;
  const struct mutant *mutant;       /* or NULL */
  const struct expr *condition;      /* the condition that it is about; NULL where it is about none */
  int truth;                         /* of a condition that is to decide */
  enum bound bound;
};

/* The patient that is kept and shows a target, and what the rule makes of them today; no person where none does. */
struct kept {
  const struct person *person;
  const char *claim;
  bool for_it;                       /* kept for this target; else for another, and shows this one too */
};

/* A rule, its targets and the patients proposed for it. The rule is that of an indicator, or asks who is in a class of bands. */
struct choosing {
  const struct program *program;
  const struct indicator *indicator;
  const struct stratum *stratum;     /* of a class: its bands; else NULL */
  const char *claim;                 /* of a class: what a test claims of who is in it; of others nothing is claimed */
  struct rule rule;
  int32_t index;
  struct target *targets;            size_t n_targets;
  struct people people;
  struct kept *kept;                 /* of each target */
};

/* ── boundary_choose.c ── */
/* Proposes patients and keeps the smallest that reach all targets. */
void boundary_choose(struct choosing *choosing);

/* ── boundary_tell.c ── */
/* The tests of the patients that are kept for n rules, laid out, in the language of the file. */
const char *boundary_tests(const struct choosing *all, size_t n, enum language language);
#endif
