/* engine.c: engine PACKS… DATA INDEX THREADS [RUNS]: reads the data once, then evaluates the packs so many times, and prints the
 * least and the median time of one evaluation in milliseconds. What is timed is what a warm store costs: bind, run, count. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "lang/check/check.h"
#include "lang/emit/emit.h"
#include "lang/load/load.h"
#include "lang/memory.h"
#include "lang/plan/plan.h"
#include "runtime/csv/csv.h"
#include "runtime/memory/memory.h"
#include "runtime/run/run.h"

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec * 1e-6;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void *image_of(char **paths, size_t n, struct image *image) {
  struct problems *problems = problems_open();
  struct library *library = library_open(getenv("KLYNGE_RULES"), problems);
  const struct program **programs = NEW_ARRAY(const struct program *, n + 1);
  size_t length;
  for (size_t i = 0; i < n; i++) programs[i] = check(library_load(library, paths[i]), NULL, 0, problems);
  problems_print(problems, stderr, false, SEVERITY_ERROR);
  if (problems->n_errors) exit(1);
  void *bytes = emit(plan(programs, n, problems), &length);
  const char *wrong = image_open(bytes, length, image);
  if (wrong) fprintf(stderr, "%s\n", wrong), exit(1);
  return bytes;
}

int main(int argc, char **argv) {
  int n_packs = 0, year, month, day;
  memory_start(memory_exhausted);
  while (n_packs + 1 < argc && strlen(argv[n_packs + 1]) > 4 && !strcmp(argv[n_packs + 1] + strlen(argv[n_packs + 1]) - 4, ".kly")) n_packs++;
  char **rest = argv + 1 + n_packs;
  if (argc - n_packs < 4 || sscanf(rest[1], "%d-%d-%d", &year, &month, &day) != 3) return 2;
  struct image image;
  double began = now();
  void *bytes = image_of(argv + 1, (size_t)n_packs, &image);
  double compiled = now();
  struct data_report report = {0};
  struct csv_options csv = {.threads = (uint32_t)atoi(rest[2])};
  struct store *store = csv_read(rest[0], &image, &csv, &report);
  if (!store) fprintf(stderr, "%s\n", report.error), exit(3);
  double read = now();
  struct run_options options = {.index = date_from_civil(year, month, day), .threads = (uint32_t)atoi(rest[2])};
  int runs = argc - n_packs > 4 ? atoi(rest[3]) : 21;
  double *times = malloc((size_t)runs * sizeof *times);
  for (int i = 0; i < runs; i++) {
    double before = now();
    struct counts *counts = run(&image, store, &options);
    times[i] = now() - before;
    counts_free(counts);
  }
  qsort(times, (size_t)runs, sizeof *times, by_size);
  printf("compile %.2f ms, read %.0f ms, evaluate: least %.2f ms, median %.2f ms\n", compiled - began, read - compiled, times[0], times[runs / 2]);
  store_close(store);
  data_report_free(&report);
  free(bytes);
  free(times);
  return 0;
}
