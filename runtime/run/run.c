/* run.c: bind, run once, then block after block. Start here. */
#include "runtime/run/run.h"
#include <stdlib.h>
#include "runtime/memory/memory.h"
#include "runtime/run/bind.h"
#include "runtime/run/count.h"
#include "runtime/run/worker.h"

static struct counts *counts_open(const struct image *image, const struct store *store) {
  struct counts *counts = memory_take(1, sizeof *counts);
  counts->n_practices = store->n_practices;
  counts->n_packs = image->n_packs;
  counts->n_indicators = image->n_indicators;
  counts->population = memory_take((size_t)image->n_packs * store->n_practices, sizeof *counts->population);
  counts->share = memory_take((size_t)image->n_indicators * store->n_practices, sizeof *counts->share);
  counts->window_low = memory_take(image->n_windows, sizeof *counts->window_low);
  counts->window_high = memory_take(image->n_windows, sizeof *counts->window_high);
  return counts;
}

void counts_free(struct counts *counts) {
  if (!counts) return;
  free(counts->population);
  free(counts->share);
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

/* Runs all blocks into a sink; `counts` gets the windows, unless it is NULL. */
static void run_into(struct sink sink, const struct image *image, const struct store *store, const struct run_options *options,
                     struct counts *counts) {
  struct bound *bound = bind_open(image, store);
  struct worker worker;
  worker_open(&worker, bound, options->index, sink);
  worker_run_once(&worker);
  if (counts) note_windows(&worker, counts);
  for (uint32_t block = 0; block < store->n_blocks; block++) {
    worker_run_block(&worker, block);
    if (options->progress) options->progress(options->context, block + 1, store->n_blocks);
  }
  worker_close(&worker);
  bind_close(bound);
}

struct counts *run(const struct image *image, const struct store *store, const struct run_options *options) {
  struct counts *counts = counts_open(image, store);
  struct counting counting = {store, counts};
  run_into(count_by_practice(&counting), image, store, options, counts);
  return counts;
}

uint8_t *run_outcomes(const struct image *image, const struct store *store, const struct run_options *options) {
  struct telling telling = {store, memory_take((size_t)image->n_indicators * store->n_patients, 1)};
  run_into(count_by_patient(&telling), image, store, options, NULL);
  return telling.outcome;
}
