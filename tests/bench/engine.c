/* engine.c: what each step of a run takes, in one process.
 *
 *   engine [all] PACK… DATA INDEX THREADS [ROUNDS [TABLES]]
 *
 * DATA is a folder of CSV files, or a store. It is opened once; then the packs are evaluated so many times, and of the last
 * few of these (5) tables are made. Prints a line for each figure:
 *
 *   compile_ms    rule text to image
 *   read_ms       of a folder: files to store; `all` keeps every code, as klynge import does
 *   open_ms       of a store: mapped, its directory checked …
 *   verify_ms     … and the columns that the packs read verified, once
 *   least_ms, median_ms   of one evaluation: from the store to the counts of each practice
 *   tables_ms     median of one evaluation and the result made of it, written as CSV into memory
 *   rows, bytes   of the columns that the packs read: no evaluation touches more of the store */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lang/check/check.h"
#include "lang/emit/emit.h"
#include "lang/load/load.h"
#include "lang/memory.h"
#include "lang/plan/plan.h"
#include "runtime/csv/csv.h"
#include "runtime/memory/memory.h"
#include "runtime/result/result.h"
#include "runtime/run/run.h"
#include "runtime/store/file.h"
#include "tests/bench/size.h"
#include "tests/bench/times.h"

/* What is asked for, and what is timed. */
struct bench {
  bool all;
  char **packs, *data;
  int n_packs;
  size_t rounds, tables;
  struct run_options options;
  struct image image;
  struct data_report report;
  struct store *store;
  char *table;                        /* [TABLE_MOST]: where tables are written, one over the other */
};
enum { TABLE_MOST = 64 << 20 };

static double now(void) { return times_now(CLOCK_MONOTONIC); }

static void refuse(const char *sentence) {
  fprintf(stderr, "engine: %s\n", sentence);
  exit(3);
}

/* ── rules and data ──────────────────────────────────────────────────────────────────────────────────────────────── */

static void *compile(struct bench *bench) {
  double began = now();
  struct problems *problems = problems_open();
  struct library *library = library_open(getenv("KLYNGE_RULES"), problems);
  const struct program **programs = NEW_ARRAY(const struct program *, (size_t)bench->n_packs + 1);
  size_t length;
  for (int i = 0; i < bench->n_packs; i++) programs[i] = check(library_load(library, bench->packs[i]), NULL, 0, problems);
  problems_print(problems, stderr, false, SEVERITY_ERROR);
  if (problems->n_errors) exit(1);
  void *bytes = emit(plan(programs, (size_t)bench->n_packs, problems), &length);
  const char *wrong = image_open(bytes, length, &bench->image);
  if (wrong) refuse(wrong);
  printf("compile_ms %.3f\n", now() - began);
  return bytes;
}

static void open_data(struct bench *bench) {
  double began = now();
  if (store_is_file(bench->data)) {
    const char *wrong;
    bench->store = store_open(bench->data, &wrong);
    if (!bench->store) refuse(wrong);
    double opened = now();
    wrong = run_check(&bench->image, bench->store, bench->options.threads);
    if (wrong) refuse(wrong);
    printf("open_ms %.3f\nverify_ms %.3f\n", opened - began, now() - opened);
  } else {
    struct csv_options options = {.threads = bench->options.threads, .keep_all = bench->all};
    bench->store = csv_read(bench->data, &bench->image, &options, &bench->report);
    if (!bench->store) refuse(bench->report.error);
    printf("read_ms %.3f\n", now() - began);
  }
}

/* ── what is evaluated ───────────────────────────────────────────────────────────────────────────────────────────── */

static void make_tables(struct bench *bench, struct counts *counts) {
  struct result_options options = {.index = bench->options.index, .index_given = true, .identified = true, .width = 100, .program_version = ""};
  char *error = NULL;
  int code;
  FILE *out = bench->table ? fmemopen(bench->table, TABLE_MOST, "w") : NULL;
  struct result *result = result_make(&bench->image, bench->store, counts, &bench->report, &options, &error, &code);
  if (!result || !out) refuse(error ? error : "no memory");
  result_write_csv(result, out);
  if (fclose(out) != 0) refuse("the table is larger than the room for it");
  result_free(result);
}

static void evaluate(struct bench *bench) {
  double *times = memory_take(bench->rounds, sizeof *times), *tables = memory_take(bench->rounds, sizeof *tables);
  size_t n_tables = 0;
  bench->table = bench->tables ? malloc(TABLE_MOST) : NULL;
  for (size_t i = 0; i < bench->rounds; i++) {
    double began = now();
    struct counts *counts = run(&bench->image, bench->store, &bench->options);
    times[i] = now() - began;
    if (i + bench->tables >= bench->rounds) {
      make_tables(bench, counts);
      tables[n_tables++] = now() - began;
    }
    counts_free(counts);
  }
  double median = times_median(times, bench->rounds);
  printf("least_ms %.3f\nmedian_ms %.3f\n", times[0], median);
  if (n_tables) printf("tables_ms %.3f\n", times_median(tables, n_tables));
  free(times);
  free(tables);
  free(bench->table);
}

/* ── the call ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_pack(const char *word) {
  size_t length = strlen(word);
  return length > 4 && strcmp(word + length - 4, ".kly") == 0;
}

static bool read_call(struct bench *bench, int n, char **words) {
  int year, month, day;
  bench->all = n > 0 && strcmp(words[0], "all") == 0;
  bench->packs = words + bench->all;
  n -= bench->all;
  while (bench->n_packs < n && is_pack(bench->packs[bench->n_packs])) bench->n_packs++;
  char **rest = bench->packs + bench->n_packs;
  n -= bench->n_packs;
  if (bench->n_packs == 0 || n < 3 || sscanf(rest[1], "%d-%d-%d", &year, &month, &day) != 3) return false;
  bench->data = rest[0];
  bench->options = (struct run_options){.index = date_from_civil(year, month, day), .threads = (uint32_t)strtoul(rest[2], NULL, 10)};
  bench->rounds = n > 3 ? strtoul(rest[3], NULL, 10) : 21;
  bench->tables = n > 4 ? strtoul(rest[4], NULL, 10) : 5;
  return bench->rounds > 0;
}

int main(int argc, char **argv) {
  struct bench bench = {0};
  memory_begin();
  memory_start(memory_exhausted);
  if (!read_call(&bench, argc - 1, argv + 1)) {
    fputs("use: engine [all] PACK… DATA INDEX THREADS [ROUNDS [TABLES]]\n", stderr);
    return 2;
  }
  void *bytes = compile(&bench);
  open_data(&bench);
  struct size size = size_of_columns(&bench.image, bench.store);
  printf("rows %llu\nbytes %llu\n", (unsigned long long)size.rows, (unsigned long long)size.bytes);
  evaluate(&bench);
  store_close(bench.store);
  data_report_free(&bench.report);
  free(bytes);
  return 0;
}
