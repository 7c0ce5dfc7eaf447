/* gate.h: which counts of a cluster's practices may be seen, so that no small one can be read or worked back.
 *
 * What is published is a system of sums: a cluster's figure is its practices', a whole is its bands', a denominator is its
 * numerator and what is not, one indicator's patients may be another's. A count from 1 to limit − 1 is small and is never shown;
 * others are hidden beside it until, of every hidden count, there is another table that agrees with all that is shown, in which
 * this count is another. Such a table is looked for and found, or more is hidden (search.c): it is no rule of thumb.
 *
 * The gate knows only counts: neither names nor indicators. docs/privacy.md says what it promises, and what not. */
#ifndef KLYNGE_GATE_H
#define KLYNGE_GATE_H
#include <stdbool.h>
#include <stdint.h>

/* A reader sees <5 (SMALL) or a mark (HIDDEN). A 0 of a whole is always shown, so that what is HIDDEN is at least 1; most often it is
 * at least the limit, but where a <5 would give something away a small count is HIDDEN too. In the bands of a practice, and of what
 * became of patients, a 0 is HIDDEN as any count: their sums are known so often that the zeros would tell the others. */
enum gate_state { GATE_SHOWN, GATE_SMALL, GATE_HIDDEN };

/* The counts of a figure. The denominator is the numerator, those who are not, and the unknown; the population is the denominator
 * and those outside it. */
enum gate_count { GATE_POPULATION, GATE_DENOMINATOR, GATE_NUMERATOR, GATE_UNKNOWN, GATE_COUNTS };
struct gate_figure { uint32_t count[GATE_COUNTS]; uint8_t state[GATE_COUNTS]; };

/* What is counted: it says which counts belong together, and which are best kept. Of events (a rate) the numerator is no part of the
 * denominator. Of numbers (a mean) the figure needs the numerator alone, of patients the denominator as well. */
enum gate_kind { GATE_PATIENTS, GATE_NUMBERS, GATE_EVENTS };

/* An indicator at one date: its whole and its bands, practice by practice. */
struct gate_sheet {
  enum gate_kind kind;
  uint32_t date;                 /* sheets of one date hang together by more than those of two */
  uint32_t n_bands;              /* of all its strata, one stratum after another */
  const uint32_t *stratum;       /* [band]: the bands of one stratum are all patients of the whole … */
  const uint32_t *label;         /* … and bands of two sheets with one label hold the patients of one description */
  struct gate_figure *figures;   /* [(0: whole, 1 + band) × (n_practices + 1) + practice]; the cluster's stand last in each row and
                                    are summed by the gate. A band's population is its practice's, and has the whole's state. */
};

/* What became of a sheet's patients between two dates: how many were in each state before and are in each now. */
enum gate_outcome { GATE_OUTSIDE, GATE_NO, GATE_YES, GATE_UNDECIDED, GATE_OUTCOMES };
enum gate_move { GATE_BECAME_YES, GATE_BECAME_NO, GATE_STAYED_YES, GATE_STAYED_NO, GATE_ARRIVED, GATE_LEFT, GATE_MOVES };
struct gate_movement {
  uint32_t patients[GATE_OUTCOMES][GATE_OUTCOMES];  /* [before][now] */
  uint8_t state[GATE_MOVES];                        /* of the counts that are published of them */
};
struct gate_moves {
  uint32_t before, now;                 /* sheets, of GATE_PATIENTS */
  struct gate_movement *movements;      /* [practice], then the cluster's, which the gate sums */
};

/* All that is published of one cluster. */
struct gate {
  uint32_t limit;                       /* at least 3 */
  uint32_t n_practices, n_sheets, n_moves;
  struct gate_sheet *sheets;
  struct gate_moves *moves;
  uint32_t n_open;                      /* by the gate: hidden counts of which it found no other table though all is hidden */
  bool only_small;                      /* hides small counts and nothing beside them: for the test that shows what that gives away */
};

/* Decides every state, the same for the same counts. */
void gate_close(struct gate *gate);

/* The count of a movement that is published under a name. */
uint32_t gate_moved(const struct gate_movement *movement, enum gate_move move);
#endif
