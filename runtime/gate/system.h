/* system.h: what is published as a system of sums, for the files of the gate.
 *
 * A cell is a number of patients that is not divided further: in one figure of one practice those of the numerator, those who are
 * not, the unknown, and those outside. A line is a sum of cells that a reader knows, or would know were it not hidden. */
#ifndef KLYNGE_GATE_SYSTEM_H
#define KLYNGE_GATE_SYSTEM_H
#include "runtime/gate/gate.h"

enum leaf { LEAF_YES, LEAF_NO, LEAF_UNKNOWN, LEAF_OUTSIDE, N_LEAVES };

enum line_kind {
  LINE_COUNT,      /* a published count: known while it is shown */
  LINE_DERIVED,    /* what a reader gets by subtraction: known while the counts it is made of are */
  LINE_RELATION    /* a sum that is nothing: the bands are the whole, one indicator's patients are another's */
};
struct line {
  uint32_t first, n;             /* its members */
  int32_t value;
  uint8_t kind;                  /* enum line_kind */
  bool is_known, is_marked;      /* what is shown, or follows from it; a count of which the mark says something */
  bool is_safe;                  /* hidden, and another table has been found in which it is another number */
  bool is_silent;                /* hidden as HIDDEN, small or not */
  bool hides_nobody;             /* … and a 0 as well: of bands of a practice, and of what became of patients */
  uint8_t *state;                /* of a count */
  uint32_t base[3], n_base;      /* of what is derived: lines */
  uint32_t sheet, row, practice; /* of a count of a figure; the row is 0 for the whole and 1 + band */
  uint32_t count;                /* enum gate_count; of a movement enum gate_move, and `sheet` is the number of the moves; of what
                                    is derived the count with which it is hidden */
  bool is_move;
};
struct member { uint32_t cell; int8_t sign; };
struct use { uint32_t line; int8_t sign; };

/* Whose counts are taken for known: all that are shown, or for a look at one side only the practices', or only the cluster's. */
enum scope { SCOPE_ALL, SCOPE_PRACTICES, SCOPE_CLUSTER };

struct system {
  struct gate *gate;
  uint32_t n_cells, n_lines, n_members;
  int32_t *value;                /* [cell] */
  bool *is_fixed;                /* [cell]: can be worked out from what is known */
  int32_t *low, *high;           /* [cell]: what the mark of a count says that is this cell alone */
  struct line *lines;
  struct member *members;
  uint32_t *first_use;           /* [cell + 1] */
  struct use *uses;
  uint32_t *first_row;           /* [sheet]: rows of all sheets before it */
  uint32_t n_rows, first_move;   /* the first line of a movement */
  uint32_t *class_of;            /* [sheet × GATE_COUNTS + count]: counts of wholes that are equal in every practice share a class */
  uint32_t *group_of;            /* [sheet]: sheets that are tied by relations share a group */
  uint8_t *was_shown_again;      /* [line]: hidden once, could be worked out and told nothing small: it stays shown */
  struct search *search;
  uint32_t n_tried;              /* of widen.c: see there */
  bool is_stuck;                 /* few are told together, and nothing that could be hidden helps */
  uint8_t scope;                 /* enum scope */
};

/* build.c */
struct system *system_open(struct gate *gate);
void system_close(struct system *system);
uint32_t system_cell(const struct system *system, uint32_t sheet, uint32_t row, uint32_t practice, enum leaf leaf);
uint32_t system_line(const struct system *system, uint32_t sheet, uint32_t row, uint32_t practice, enum gate_count count);
uint32_t system_move_line(const struct system *system, uint32_t moves, uint32_t practice, enum gate_move move);
struct gate_figure *system_figure(const struct system *system, uint32_t sheet, uint32_t row, uint32_t practice);
/* Adds a line; its members are those added since the last. Gives its number. */
uint32_t system_add_line(struct system *system, struct line line);
void system_add_member(struct system *system, uint32_t cell, int sign);
/* The leaves that a count is made of, as bits. */
unsigned system_leaves(enum gate_kind kind, enum gate_count count);

/* links.c: finds what one sheet's counts say of another's: fills class_of and group_of, and adds relations. */
void system_link(struct system *system);

/* merge.c: makes one cell of those that a relation says are the same. */
void system_merge(struct system *system);

/* fix.c: works out, as a reader would, which cells follow from what is known. */
void system_fix(struct system *system);

/* What a hidden line's mark says of it. */
int32_t system_least(const struct system *system, const struct line *line);
int32_t system_most(const struct system *system, const struct line *line);

/* search.c: looks for another table in which a hidden line is another number; all hidden lines that differ in it are safe. */
bool system_search(struct system *system, uint32_t line);
struct search *search_open(const struct system *system);
void search_close(struct search *search);

/* first.c: hides the small counts, and of each figure so much that none can be worked out within it. */
void system_hide_small(struct system *system);
bool system_is_small(const struct system *system, int64_t count);

/* hide.c: hides a count unless it is 0, and with it the counts that are the same, the bands of a whole, its patients' movements. */
void system_hide(struct system *system, uint32_t line);
/* All counts but the population, and those that are the same. */
void system_hide_figure(struct system *system, uint32_t sheet, uint32_t row, uint32_t practice);
/* Whether a count of a sheet's wholes is the population, by name or in every practice. */
bool system_is_population(const struct system *system, uint32_t sheet, enum gate_count count);
/* The bands of a row's stratum, or of all strata for row 0, of all sheets of the group. */
void system_hide_bands(struct system *system, uint32_t sheet, uint32_t row, uint32_t practice);
void system_hide_movement(struct system *system, uint32_t moves, uint32_t practice);
/* Where a mark alone would say too much (a hidden 5 of 6 beside a <5), a practice's hidden counts get the mark that says nothing,
 * in all sheets of the group. */
void system_silence(struct system *system, uint32_t sheet, uint32_t practice);
/* Hides the counts of a practice's wholes that are hidden of another, in all sheets of the group. */
void system_hide_alike(struct system *system, uint32_t sheet, uint32_t of, uint32_t practice);
/* Hides all of a sheet, of its group, or of all sheets; false where nothing was left to hide. */
bool system_hide_sheet(struct system *system, uint32_t sheet);
bool system_hide_group(struct system *system, uint32_t sheet);
bool system_hide_all(struct system *system);
uint32_t system_count_shown(const struct system *system);

/* widen.c: hides more for the sake of a hidden line that can be worked back; false where nothing is left to hide. */
bool system_widen(struct system *system, uint32_t line);

/* few.c: hides more where what is hidden is few patients together. False where nothing is. */
bool system_widen_few(struct system *system);
#endif
