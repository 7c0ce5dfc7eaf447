/* engine.c: rule text and CSV files through the real parser, checker, plan, image, store and engine. */
#include <stdlib.h>
#include <string.h>
#include "lang/check/check.h"
#include "lang/emit/emit.h"
#include "lang/memory.h"
#include "runtime/csv/csv.h"
#include "runtime/result/result.h"
#include "runtime/run/run.h"
#include "tests/agreement/agreement.h"

struct program *program_of_text(const char *text, const char *folder) {
  const char *path = memory_print("%s/pack.kly", folder);
  FILE *file = fopen(path, "w");
  if (!file || fputs(text, file) < 0 || fclose(file) != 0) {
    perror(path);
    exit(1);
  }
  struct problems *problems = problems_open();
  struct rule_file *rules = library_load(library_open(NULL, problems), path);
  struct program *program = rules && !problems->n_errors ? check(rules, NULL, 0, problems) : NULL;
  if (!problems->n_errors) return program;
  problems_print(problems, stderr, false, SEVERITY_ERROR);
  return NULL;
}

uint32_t engine_threads(int32_t index) { return 1 + ((uint32_t)index & 7); }

/* ── one run ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool open_plan(struct engine *engine, const struct plan *whole, const char *folder, uint32_t threads) {
  size_t length;
  *engine = (struct engine){.bytes = emit(whole, &length)};
  const char *wrong = image_open(engine->bytes, length, &engine->image);
  struct csv_options options = {.threads = threads};
  if (!wrong) engine->store = csv_read(folder, &engine->image, &options, &engine->report);
  if (!engine->store) fprintf(stderr, "refused: %s\n", wrong ? wrong : engine->report.error);
  return engine->store != NULL;
}

static bool engine_open(struct engine *engine, const struct packs *packs, const char *folder, uint32_t threads) {
  return open_plan(engine, plan(packs->programs, packs->n, problems_open()), folder, threads);
}

bool engine_open_asking(struct engine *engine, const struct program *program, const struct expr *const *questions,
                        size_t n_questions, const char *folder) {
  return open_plan(engine, plan_asking(&program, 1, questions, n_questions, problems_open()), folder, 1);
}

void engine_close(struct engine *engine) {
  store_close(engine->store);
  data_report_free(&engine->report);
  free(engine->bytes);
}

/* ── outcomes ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A patient's number in the store, found by id. */
struct numbered { const char *id; uint32_t number; };

static int compare_ids(const void *a, const void *b) { return strcmp(((const struct numbered *)a)->id, ((const struct numbered *)b)->id); }

static struct numbered *number_patients(const struct store *store) {
  struct numbered *all = NEW_ARRAY(struct numbered, store->n_patients + 1);
  for (uint32_t i = 0; i < store->n_patients; i++) all[i] = (struct numbered){memory_copy(store_text(store, store->patient_ids[i]), strlen(store_text(store, store->patient_ids[i]))), i};
  qsort(all, store->n_patients, sizeof *all, compare_ids);
  return all;
}

uint32_t *engine_places(const struct engine *engine, const struct people *people) {
  const struct numbered *numbered = number_patients(engine->store);
  uint32_t *places = memory_bytes(people->n * sizeof *places + 1);
  for (size_t i = 0; i < people->n; i++) {
    struct numbered wanted = {people->all[i].id, 0};
    const struct numbered *found = bsearch(&wanted, numbered, people->n, sizeof *numbered, compare_ids);
    places[i] = found ? found->number : 0;
  }
  return places;
}

/* The outcomes of people by their number in the store, put in the order of `people`. */
static uint8_t *order_outcomes(const struct engine *engine, const uint8_t *outcomes, const struct people *people) {
  size_t n_indicators = engine->image.n_indicators;
  const struct numbered *numbered = number_patients(engine->store);
  uint8_t *ordered = memory_bytes(n_indicators * people->n + 1);
  for (size_t i = 0; i < people->n; i++) {
    struct numbered wanted = {people->all[i].id, 0};
    const struct numbered *found = bsearch(&wanted, numbered, people->n, sizeof *numbered, compare_ids);
    for (size_t r = 0; r < n_indicators; r++) ordered[r * people->n + i] = found ? outcomes[r * people->n + found->number] : UINT8_MAX;
  }
  return ordered;
}

/* ── counts ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void copy_counts(const struct engine *engine, const struct counts *counts, struct answers *answers) {
  size_t n = answers->n_practices = engine->store->n_practices;
  answers->practices = NEW_ARRAY(const char *, n + 1);
  for (size_t p = 0; p < n; p++) {
    const char *id = store_text(engine->store, engine->store->practices[p].id);
    answers->practices[p] = memory_copy(id, strlen(id));
  }
  answers->counted = (struct counted){NEW_ARRAY(struct run_count, counts->n_cells * n + 1), NEW_ARRAY(struct run_values, counts->n_cells + 1)};
  memcpy(answers->counted.counts, counts->cell, counts->n_cells * n * sizeof *counts->cell);
  for (size_t c = 0; c < counts->n_cells; c++) {
    struct run_values *values = &answers->counted.values[c];
    *values = (struct run_values){NEW_ARRAY(double, counts->values[c].n + 1), counts->values[c].n};
    if (values->n) memcpy(values->all, counts->values[c].all, values->n * sizeof *values->all);
  }
}

bool engine_answers(const struct packs *packs, const char *folder, int32_t index, uint32_t threads, const struct people *people,
                    struct answers *answers) {
  struct engine engine;
  *answers = (struct answers){.outcomes = NULL};
  if (engine_open(&engine, packs, folder, threads) && engine.store->n_patients == people->n) {
    struct run_options options = {.index = index, .threads = threads};
    uint8_t *outcomes = run_outcomes(&engine.image, engine.store, &options);
    struct counts *counts = run(&engine.image, engine.store, &options);
    answers->outcomes = order_outcomes(&engine, outcomes, people);
    copy_counts(&engine, counts, answers);
    counts_free(counts);
    free(outcomes);
  }
  engine_close(&engine);
  return answers->outcomes != NULL;
}

/* ── the result ──────────────────────────────────────────────────────────────────────────────────────────────────── */

const char *engine_csv(const struct packs *packs, const char *folder, int32_t index) {
  struct engine engine;
  const char *copy = NULL;
  if (engine_open(&engine, packs, folder, engine_threads(index))) {
    struct run_options run_options = {.index = index, .threads = engine_threads(index)};
    struct result_options options = {.index = index, .index_given = true, .width = 100, .program_version = ""};
    struct counts *counts = run(&engine.image, engine.store, &run_options);
    char *error = NULL, *text = NULL;
    size_t length = 0;
    int code;
    struct result *result = result_make(&engine.image, engine.store, counts, &engine.report, &options, &error, &code);
    FILE *out = open_memstream(&text, &length);
    if (result && out) {
      result_write_csv(result, out);
      result_write_table(result, out);
    }
    if (out) fclose(out);
    if (error) fprintf(stderr, "refused: %s\n", error);
    else copy = memory_copy(text, length);
    free(text);
    free(error);
    result_free(result);
    counts_free(counts);
  }
  engine_close(&engine);
  return copy;
}
