/* byhand.c: the sixteen indicators of treatment.kly and followup.kly as somebody would write them who needs only these, and
 * needs them fast: a loop for each series over columns that are sorted for it, everything known when it is compiled.
 *
 *   byhand FOLDER YYYY-MM-DD THREADS ROUNDS COUNTS
 *
 * Reads what `generate` wrote, evaluates so many times, prints the least and the median time of one evaluation in
 * milliseconds, and writes the counts of each practice to the file COUNTS, in the columns of packs.sql. What is timed is what
 * the engine's evaluation is: from columns in memory to counts of practices. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/dates.h"
#include "tests/bench/byhand.h"
#include "tests/bench/times.h"

/* ── evaluating ──────────────────────────────────────────────────────────────────────────────────────────────────── */

enum { BLOCK = 4096, MOST_THREADS = 64, N_COUNTS = 20 };
static struct hand hand;
static struct counts { uint32_t n[N_COUNTS]; } *counts;
static int32_t index_date, months_18, months_12;
static uint32_t n_threads;

/* What is known of the patients of a block. */
struct block {
  float latest[N_MEASURES][BLOCK], before[BLOCK]; /* −1 where there is none; of HbA1c also the one before the latest */
  bool flag[N_FLAGS][BLOCK];
};

/* The first row of a patient from `first` on. */
static size_t find(const struct column *column, uint32_t first) {
  size_t low = 0, high = column->n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (column->patient[middle] < first) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* Rows stand in the order of dates, so the last one written is the latest. Gives the row after the block's. */
static size_t scan_measure(struct block *block, enum series series, size_t at, uint32_t first, uint32_t end) {
  const struct column column = hand.columns[series];
  float *latest = block->latest[series];
  for (; at < column.n && column.patient[at] < end; at++) {
    if (column.date[at] < months_18 || column.date[at] > index_date) continue;
    uint32_t i = column.patient[at] - first;
    if (series == HBA1C) block->before[i] = latest[i];
    latest[i] = column.value[at];
  }
  return at;
}

static size_t scan_events(struct block *block, enum series series, size_t at, uint32_t first, uint32_t end) {
  const struct column column = hand.columns[series];
  int32_t index = index_date, since = series <= SGLT2 ? months_12 : series == REVIEW ? months_18 : INT32_MIN;
  bool *flag = block->flag[series - N_MEASURES];
  if (series == ENROLMENT)
    for (; at < column.n && column.patient[at] < end; at++)
      flag[column.patient[at] - first] |= column.date[at] <= index && column.end[at] > index;
  else
    for (; at < column.n && column.patient[at] < end; at++)
      flag[column.patient[at] - first] |= column.date[at] >= since && column.date[at] <= index;
  return at;
}

#define FLAG(series) (block->flag[(series) - N_MEASURES][i])

/* The order is that of the columns of packs.sql. */
static void count(const struct block *block, uint32_t i, uint32_t *n) {
  float hba1c = block->latest[HBA1C][i], before = block->before[i], ldl = block->latest[LDL][i], egfr = block->latest[EGFR][i];
  float acr = block->latest[ACR][i], systolic = block->latest[SYSTOLIC][i];
  bool heart = FLAG(HEART), low_egfr = egfr >= 0 && egfr < 30;
  n[0]++;
  n[1] += hba1c >= 0;
  n[2] += hba1c > 58;
  n[3] += ldl >= 0;
  n[4] += ldl > 2.5f && !FLAG(STATIN);
  n[5] += systolic >= 0;
  n[6] += systolic > 140;
  n[7] += before >= 0;
  n[8] += before > 58 && hba1c > 58;
  n[9] += acr >= 30;
  n[10] += acr >= 30 && !FLAG(ACE_ARB);
  n[11] += low_egfr;
  n[12] += low_egfr && FLAG(METFORMIN);
  n[13] += heart;
  n[14] += heart && (FLAG(GLP1) || FLAG(SGLT2));
  n[15] += FLAG(REVIEW);
  n[16] += egfr >= 0;
  n[17] += acr >= 0;
  n[18] += FLAG(PLAN);
  n[19] += FLAG(ENROLMENT);
}

/* Each thread has its part of the blocks and counts of its own. */
struct worker { pthread_t thread; uint32_t number; struct counts *counts; };

static void *evaluate_part(void *context) {
  static _Thread_local struct block block;
  const struct worker *worker = context;
  uint32_t n_blocks = (hand.n_patients + BLOCK - 1) / BLOCK;
  uint32_t from = n_blocks * worker->number / n_threads, to = n_blocks * (worker->number + 1) / n_threads;
  size_t at[N_SERIES];
  for (int series = 0; series < N_SERIES; series++) at[series] = find(&hand.columns[series], from * BLOCK);
  for (uint32_t b = from; b < to; b++) {
    uint32_t first = b * BLOCK, end = first + BLOCK < hand.n_patients ? first + BLOCK : hand.n_patients;
    for (int m = 0; m < N_MEASURES; m++)
      for (int i = 0; i < BLOCK; i++) block.latest[m][i] = block.before[i] = -1;
    memset(block.flag, 0, sizeof block.flag);
    for (int s = 0; s < N_MEASURES; s++) at[s] = scan_measure(&block, s, at[s], first, end);
    for (int s = N_MEASURES; s < N_SERIES; s++) at[s] = scan_events(&block, s, at[s], first, end);
    for (uint32_t p = first; p < end; p++) {
      bool is_listed = hand.patients[p].from <= index_date && hand.patients[p].to > index_date;
      if (is_listed && block.flag[DIABETES - N_MEASURES][p - first]) count(&block, p - first, worker->counts[hand.patients[p].practice].n);
    }
  }
  return NULL;
}

/* ── timing ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static double evaluate(struct worker *workers) {
  double began = times_now(CLOCK_MONOTONIC);
  for (uint32_t i = 0; i < n_threads; i++) {
    memset(workers[i].counts, 0, hand.n_practices * sizeof *counts);
    if (pthread_create(&workers[i].thread, NULL, evaluate_part, &workers[i]) != 0) exit(4);
  }
  memset(counts, 0, hand.n_practices * sizeof *counts);
  for (uint32_t i = 0; i < n_threads; i++) {
    pthread_join(workers[i].thread, NULL);
    for (uint32_t p = 0; p < hand.n_practices; p++)
      for (int c = 0; c < N_COUNTS; c++) counts[p].n[c] += workers[i].counts[p].n[c];
  }
  return times_now(CLOCK_MONOTONIC) - began;
}

/* Practices without a patient in the population are not written, as SQL makes no group of them. */
static void write_counts(const char *path) {
  FILE *file = fopen(path, "w");
  for (uint32_t p = 0; file && p < hand.n_practices; p++) {
    if (!counts[p].n[0]) continue;
    fputs(hand.practices[p].id, file);
    for (int c = 0; c < N_COUNTS; c++) fprintf(file, ",%u", counts[p].n[c]);
    fputs("\n", file);
  }
  if (file && fclose(file) == 0) return;
  perror(path);
  exit(1);
}

int main(int argc, char **argv) {
  static struct worker workers[MOST_THREADS];
  size_t rounds = argc == 6 ? strtoul(argv[4], NULL, 10) : 0;
  n_threads = argc == 6 ? (uint32_t)strtoul(argv[3], NULL, 10) : 0;
  if (rounds == 0 || n_threads == 0 || n_threads > MOST_THREADS) {
    fputs("use: byhand FOLDER YYYY-MM-DD THREADS ROUNDS COUNTS\n", stderr);
    return 2;
  }
  index_date = hand_date(argv[2]);
  months_18 = date_months_back(index_date, 18);
  months_12 = date_months_back(index_date, 12);
  size_t n_rows = hand_read(&hand, argv[1]);
  counts = hand_take(NULL, hand.n_practices, sizeof *counts);
  for (uint32_t i = 0; i < n_threads; i++) workers[i] = (struct worker){.number = i, .counts = hand_take(NULL, hand.n_practices, sizeof *counts)};
  double *times = hand_take(NULL, rounds, sizeof *times);
  for (size_t i = 0; i < rounds; i++) times[i] = evaluate(workers);
  double median = times_median(times, rounds);
  printf("rows %zu\nleast_ms %.3f\nmedian_ms %.3f\n", n_rows, times[0], median);
  free(times);
  write_counts(argv[5]);
  return 0;
}
