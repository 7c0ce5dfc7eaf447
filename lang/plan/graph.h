/* graph.h: how the plan's nodes are made: each once. Internal to the room. */
#ifndef KLYNGE_PLAN_GRAPH_H
#define KLYNGE_PLAN_GRAPH_H
#include "lang/plan/plan.h"

struct planner {
  struct plan *plan;
  struct problems *problems;
  struct plan_node **slots;          /* a hash table of the nodes */
  size_t n_slots;
  struct plan_scan **scan_slots;
  size_t n_scan_slots;
  uint32_t *stream_slots;            /* of stream numbers + 1 */
  size_t n_stream_slots;
  struct plan_pack *pack;            /* the one that is planned */
  uint32_t *window_slots;            /* of the numbers of its windows + 1 */
  size_t n_window_slots;
  struct memo *memo;                 /* expression → node */
  size_t n_memo, n_memo_slots;
};

/* The node that is equal to this draft: found, or made with the kind, level and uniformity that follow from it. Operands
 * that have to be full vectors are spread. */
struct plan_node *graph_node(struct planner *planner, struct plan_node draft);
/* The usual shapes of it. */
struct plan_node *graph_op(struct planner *planner, enum opcode op, int n, struct plan_node *const args[]);
struct plan_node *graph_date(struct planner *planner, int32_t date);
struct plan_node *graph_truth(struct planner *planner, int truth);
/* A full vector of the same value. */
struct plan_node *graph_full(struct planner *planner, struct plan_node *node);
/* Logic, with what is already decided left out: x and yes, x or x, not not x. */
struct plan_node *graph_and(struct planner *planner, struct plan_node *a, struct plan_node *b);
struct plan_node *graph_or(struct planner *planner, struct plan_node *a, struct plan_node *b);
struct plan_node *graph_not(struct planner *planner, struct plan_node *a);

/* What is asked of the rows of a stream in a window. */
struct plan_node *graph_rows(struct planner *planner, struct plan_node draft, uint32_t stream, struct plan_node *low, struct plan_node *high);

/* ── streams.c ── */
uint32_t stream_number(struct planner *planner, const struct stream *stream);
void plan_tables(struct planner *planner, const struct program *program);
uint32_t patients_column(const struct plan *plan, const char *name);

/* ── windows.c ── */
/* Before the rules of a pack are planned. */
void windows_begin(struct planner *planner);
/* Notes a window of the pack that is planned, with what it limits; a day that is each patient's own is left out. */
void windows_note(struct planner *planner, const struct rows *rows, struct plan_node *low, struct plan_node *high);

/* ── cells.c ── */
/* Fills in the cells of an indicator, whose patients are those of `denominator`. */
void plan_cells(struct planner *planner, struct plan_indicator *indicator, struct plan_node *denominator);

/* ── lower.c ── */
struct plan_node *lower(struct planner *planner, const struct expr *expr);
#endif
