/* run.c: bind, run once, then block after block, by as many threads as are asked for. Start here. */
#include "runtime/run/run.h"
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/crew/crew.h"
#include "runtime/memory/memory.h"
#include "runtime/run/bind.h"
#include "runtime/run/count.h"
#include "runtime/run/worker.h"

static struct counts *counts_open(const struct image *image, const struct store *store) {
  struct counts *counts = memory_take(1, sizeof *counts);
  counts->n_practices = store->n_practices;
  counts->n_packs = image->n_packs;
  counts->n_cells = image->n_cells;
  counts->population = memory_take((size_t)image->n_packs * store->n_practices, sizeof *counts->population);
  counts->cell = memory_take((size_t)image->n_cells * store->n_practices, sizeof *counts->cell);
  counts->values = memory_take(image->n_cells, sizeof *counts->values);
  counts->window_low = memory_take(image->n_windows, sizeof *counts->window_low);
  counts->window_high = memory_take(image->n_windows, sizeof *counts->window_high);
  return counts;
}

void counts_free(struct counts *counts) {
  if (!counts) return;
  free(counts->population);
  for (uint32_t c = 0; c < counts->n_cells; c++) free(counts->values[c].all);
  free(counts->values);
  free(counts->cell);
  free(counts->window_low);
  free(counts->window_high);
  free(counts);
}

static int32_t day_of(const struct worker *worker, uint32_t date) {
  return date == IMAGE_NONE ? DATE_UNKNOWN : worker->registers[date].dates.day[0];
}

/* No window reaches beyond the index date, whatever its rule says. */
static void note_windows(const struct worker *worker, struct counts *counts) {
  const struct image *image = worker->bound->image;
  for (uint32_t w = 0; w < image->n_windows; w++) {
    int32_t high = day_of(worker, image->windows[w].high);
    counts->window_low[w] = day_of(worker, image->windows[w].low);
    counts->window_high[w] = high > worker->index ? worker->index : high;
  }
}

/* ── blocks ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct hand {
  struct sink sink;
  struct counts *counts;              /* where the windows go; NULL for all but one */
  bool tells;                         /* calls back with the progress */
};

/* What the hands of a run share: who is done with a block takes the next. */
struct running {
  const struct bound *bound;
  const struct run_options *options;
  struct hand *hands;
  atomic_uint next;
};

static void work(void *context, uint32_t number) {
  struct running *running = context;
  const struct run_options *options = running->options;
  const struct hand *hand = &running->hands[number];
  struct worker worker;
  uint32_t n_blocks = running->bound->store->n_blocks, block;
  worker_open(&worker, running->bound, options->index, hand->sink);
  worker_run_once(&worker);
  if (hand->counts) note_windows(&worker, hand->counts);
  while ((block = atomic_fetch_add(&running->next, 1)) < n_blocks) {
    if (!options->blocks || options->blocks[block]) worker_run_block(&worker, block);
    if (hand->tells) options->progress(options->context, block + 1, n_blocks);
  }
  worker_close(&worker);
}

/* As many as are asked for, but none that would find no block. */
static uint32_t n_hands(const struct store *store, const struct run_options *options) {
  uint32_t n = options->threads ? options->threads : 1;
  if (n > store->n_blocks) n = store->n_blocks;
  return n > 1 ? n : 1;
}

/* Runs all blocks. */
static void run_blocks(struct hand *hands, uint32_t n, const struct image *image, const struct store *store, const struct run_options *options,
                       struct counts *counts) {
  struct bound *bound = bind_open(image, store);
  struct running running = {.bound = bound, .options = options, .hands = hands};
  hands[0].counts = counts;
  hands[0].tells = options->progress != NULL;
  crew_work(n, work, &running);
  bind_close(bound);
}

/* ── counts ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Blocks are put one after the other, whoever took them. */
static void join_values(struct counts *counts, struct gathered *gathered, uint32_t n_blocks) {
  for (uint32_t c = 0; c < counts->n_cells; c++) {
    struct run_values *values = &counts->values[c];
    const struct gathered *of = gathered + (size_t)c * n_blocks;
    uint64_t n = 0;
    for (uint32_t b = 0; b < n_blocks; b++) n += of[b].n;
    if (n) values->all = memory_take(n, sizeof *values->all);
    for (uint32_t b = 0; b < n_blocks; b++) {
      if (of[b].n) memcpy(values->all + values->n, of[b].all, of[b].n * sizeof *values->all);
      values->n += of[b].n;
      free(of[b].all);
    }
  }
  free(gathered);
}

struct counts *run(const struct image *image, const struct store *store, const struct run_options *options) {
  uint32_t n = n_hands(store, options);
  struct hand *hands = memory_take(n, sizeof *hands);
  struct counting *counting = memory_take(n, sizeof *counting);
  struct gathered *gathered = memory_take((size_t)image->n_cells * store->n_blocks, sizeof *gathered);
  struct counts *counts = counts_open(image, store);
  for (uint32_t i = 0; i < n; i++) {
    counting[i] = (struct counting){.image = image, .store = store, .counts = counts, .gathered = gathered};
    hands[i].sink = count_by_practice(&counting[i]);
  }
  run_blocks(hands, n, image, store, options, counts);
  join_values(counts, gathered, store->n_blocks);
  free(counting);
  free(hands);
  return counts;
}

/* ── patients ────────────────────────────────────────────────────────────────────────────────────────────────────── */

uint8_t *run_outcomes(const struct image *image, const struct store *store, const struct run_options *options) {
  uint32_t n = n_hands(store, options);
  struct hand *hands = memory_take(n, sizeof *hands);
  struct telling telling = {image, store, memory_take((size_t)image->n_indicators * store->n_patients, 1)};
  for (uint32_t i = 0; i < n; i++) hands[i].sink = count_by_patient(&telling);   /* each block has bytes of its own */
  run_blocks(hands, n, image, store, options, NULL);
  free(hands);
  return telling.outcome;
}

struct run_answer *run_answers(const struct image *image, const struct store *store, const struct run_options *options,
                               const uint32_t *patients, uint32_t n) {
  struct bound *bound = bind_open(image, store);
  struct answering answering = {image, patients, n, memory_take((size_t)image->n_questions * n, sizeof *answering.answer)};
  bool *wanted = memory_take(store->n_blocks, sizeof *wanted);
  for (uint32_t i = 0; i < n; i++) wanted[patients[i] / BLOCK_PATIENTS] = true;
  struct worker worker;
  worker_open(&worker, bound, options->index, count_answers(&answering));
  worker_run_once(&worker);
  for (uint32_t b = 0; b < store->n_blocks; b++)
    if (wanted[b]) worker_run_block(&worker, b);
  worker_close(&worker);
  free(wanted);
  bind_close(bound);
  return answering.answer;
}
