/* emitter.h: what the files of this room share. */
#ifndef KLYNGE_EMITTER_H
#define KLYNGE_EMITTER_H
#include "lang/emit/emit.h"

/* An instruction before registers are given out: nodes stand where registers will. */
struct step {
  enum opcode op;
  struct plan_node *written;         /* NULL where nothing is */
  struct plan_node *read[3];
  uint32_t n_read;
  const struct plan_node *node;      /* where the plain operands come from; NULL for scans, cuts and counts */
  uint32_t plain[4];                 /* of scans, cuts and counts: stream, order, keep and counted; n and distance; pack, cell or question */
};

struct steps { struct step *all; size_t n, room; };

/* The instructions of a plan in an order in which everything is written before it is read: those that are run once,
 * then those for each block; *n_once says how many the first are. */
struct steps order(const struct plan *plan, size_t *n_once);

/* Gives registers to the nodes of the steps: register_of[node number]. Registers of the block part are used again when
 * the last instruction that reads them is past. Adds them to the image. */
uint32_t *assign_registers(const struct plan *plan, const struct steps *steps, size_t n_once, struct image_writer *writer);

/* ── data.c: tables, sets, streams ── */
/* Adds all tables, units and streams; *columns is the image's number of the first column of table patients. */
void emit_data(const struct plan *plan, struct image_writer *writer, uint32_t *patients);
/* Adds packs, indicators, cells, windows, parameters and questions. */
void emit_packs(const struct plan *plan, const uint32_t *register_of, struct image_writer *writer);
#endif
