#include "runtime/run/worker.h"
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"

#define ALIGNMENT 64 /* bytes of a cache line, and of the widest vectors */

/* Hands out pieces of one chunk. It is gone through twice with the same steps: first without memory, to measure. */
struct pieces { char *memory; size_t used; };

static void *piece(struct pieces *pieces, size_t n, size_t size) {
  size_t at = pieces->used;
  pieces->used += (n * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  return pieces->memory ? pieces->memory + at : NULL;
}

static void lay_register(struct pieces *pieces, const struct image_register *kind, union machine_register *out) {
  uint32_t words = kind->uniform ? 1 : MASK_WORDS;
  size_t lanes = (size_t)words * 64;
  switch ((enum image_register_kind)kind->kind) {
    case REGISTER_NUMBER:
      out->number = (struct number){.n_words = words};
      out->number.value = piece(pieces, lanes, sizeof *out->number.value);
      out->number.known = piece(pieces, words, sizeof *out->number.known);
      out->number.below = piece(pieces, words, sizeof *out->number.below);
      out->number.above = piece(pieces, words, sizeof *out->number.above);
      break;
    case REGISTER_DATE:
      out->dates = (struct dates){.day = piece(pieces, lanes, sizeof *out->dates.day), .n_words = words};
      break;
    case REGISTER_MASK:
      out->mask = (struct mask){.n_words = words};
      out->mask.yes = piece(pieces, words, sizeof *out->mask.yes);
      out->mask.no = piece(pieces, words, sizeof *out->mask.no);
      break;
    case REGISTER_TALLY:
      out->tally = (struct tally){.n_words = words};
      out->tally.yes = piece(pieces, lanes, sizeof *out->tally.yes);
      out->tally.no = piece(pieces, lanes, sizeof *out->tally.no);
      out->tally.total = piece(pieces, lanes, sizeof *out->tally.total);
      break;
    case N_REGISTER_KINDS: break;
  }
}

static void lay_registers(struct pieces *pieces, const struct image *image, union machine_register *out) {
  pieces->used = 0;
  for (uint32_t r = 0; r < image->n_registers; r++) lay_register(pieces, &image->registers[r], &out[r]);
}

void worker_open(struct worker *worker, const struct bound *bound, int32_t index, struct sink sink) {
  struct pieces pieces = {NULL, 0};
  *worker = (struct worker){.bound = bound, .index = index, .sink = sink};
  worker->registers = memory_take(bound->image->n_registers, sizeof *worker->registers);
  lay_registers(&pieces, bound->image, worker->registers);
  worker->memory = memset(memory_take_vector(pieces.used, 1), 0, pieces.used);
  pieces.memory = worker->memory;
  lay_registers(&pieces, bound->image, worker->registers);
  scanner_open(&worker->scanner);
  worker->rows = &worker->scanner.scan;
}

void worker_close(struct worker *worker) {
  scanner_close(&worker->scanner);
  free(worker->registers);
  free(worker->memory);
}
