/* plan.h: checked programs → one graph for all indicators of all packs of a run. Equal expressions are the same node, so
 * that each is worked out once, and all that is asked of the same rows stands together as one scan.
 *
 * The plan speaks of tables, codes and windows, nothing of blocks or registers. Its operations are those of opcodes.def;
 * what a node is made of stands in `args`, in the order of that table's operands. */
#ifndef KLYNGE_PLAN_H
#define KLYNGE_PLAN_H
#include <stdio.h>
#include "lang/check/program.h"
#include "lang/problem/problem.h"
#include "runtime/image/dates.h"
#include "runtime/image/image.h"

/* A cut of a scan's rows; n = 0: the scan's rows themselves. */
struct plan_cut { enum opcode op; int32_t n, apart; };

/* A value for each patient, or (uniform) one for all. */
struct plan_node {
  enum opcode op;
  enum image_register_kind kind;
  bool uniform;
  uint32_t number;                 /* its place in the plan: after all it is made of */
  uint32_t level;                  /* how many scans stand one above the other below it */
  uint32_t n_args;
  struct plan_node *args[3];       /* registers that are read */
  struct plan_scan *scan;          /* of a rows_… or date_of_… node: where its rows come from */
  struct plan_cut cut;
  int32_t k;                       /* a plain integer */
  double constant;
  const char *text;
  uint32_t column;                 /* a column of patients, by its number in the plan's table */
};

/* All that is asked of the rows of one stream inside one window. `reducers` is filled once the plan is whole. */
struct plan_scan {
  uint32_t stream, level;
  struct plan_node *low, *high;
  uint32_t number;
  struct plan_node **reducers;
  uint32_t n_reducers;
};

struct plan_stream { const struct stream *stream; const char *key; /* says all of it; equal keys are equal streams */ };

struct plan_window { const char *title, *subject; struct plan_node *low, *high; /* NULL: each patient's own */ };

/* A part of an indicator that is counted by itself: as image_cell says. */
struct plan_cell {
  enum image_cell_role role;
  const char *stratum, *title;     /* of `by` */
  const char *band;                /* NULL: the whole, or unknown */
  bool is_edge;
  struct plan_node *denominator;
};

struct plan_indicator {
  const struct indicator *indicator;
  struct plan_node *counted;       /* the numerator, or the value */
  struct plan_cell *cells;         uint32_t n_cells;
};

/* Something that is asked of each patient besides. */
struct plan_question { const struct expr *expr; struct plan_node *node; };

struct plan_pack {
  const struct program *program;
  struct plan_node *population;
  struct plan_indicator *indicators;   /* as many as the program has */
  struct plan_window *windows;
  uint32_t n_windows;
};

struct plan {
  struct plan_node **nodes;      uint32_t n_nodes;
  struct plan_scan **scans;      uint32_t n_scans;
  struct plan_stream *streams;   uint32_t n_streams;
  const struct table **tables;   uint32_t n_tables;     /* of all packs, each once */
  const struct unit **units;     uint32_t n_units;
  struct plan_pack *packs;       uint32_t n_packs;
  struct plan_question *questions; uint32_t n_questions;
};

/* Plans the packs, which have been checked without errors. A problem is added where two packs declare one table in two
 * ways. */
struct plan *plan(const struct program *const *programs, size_t n, struct problems *problems);

/* As plan, and with what is asked of each patient besides: conditions, numbers and dates of the programs. */
struct plan *plan_asking(const struct program *const *programs, size_t n, const struct expr *const *questions, size_t n_questions,
                         struct problems *problems);

/* Prints the graph: `dump plan`. */
void plan_print(const struct plan *plan, FILE *out);

/* The number of a stream in the plan, and so in its image; IMAGE_NONE where nothing asks for it. */
uint32_t plan_stream(const struct plan *plan, const struct stream *stream);
/* The table of this name in the plan, and the number of a column in it; IMAGE_NONE where there is none. */
uint32_t plan_table(const struct plan *plan, const char *name);
#endif
