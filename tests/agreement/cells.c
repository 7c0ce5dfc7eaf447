/* cells.c: what an indicator counts in each practice and cell, patient by patient. */
#include <stdlib.h>
#include <string.h>
#include "lang/memory.h"
#include "tests/agreement/agreement.h"

/* ── which cells there are ───────────────────────────────────────────────────────────────────────────────────────── */

static size_t n_classes(const struct stratum *stratum) { return stratum->n_bands + 1; }

/* The whole, every class of each stratum of `by`, and every combination of the classes of `adjust by`. */
size_t cells_of_indicator(const struct indicator *indicator) {
  size_t n = 1, combinations = indicator->n_adjust > 0;
  for (size_t i = 0; i < indicator->n_by; i++) n += n_classes(indicator->by[i]);
  for (size_t i = 0; i < indicator->n_adjust; i++) combinations *= n_classes(indicator->adjust[i]);
  return n + combinations;
}

/* The band whose condition is yes; the class after the last band where none is. */
static size_t class_of(const struct asked *asked, const struct stratum *stratum) {
  for (size_t i = 0; i < stratum->n_bands; i++) {
    struct value value = evaluate(asked, stratum->bands[i].condition);
    if (value.known && value.truth) return i;
  }
  return stratum->n_bands;
}

/* Marks the cells that a patient of the denominator is in. Of two strata that adjust, the first changes slowest. */
static void mark_cells(const struct asked *asked, const struct indicator *indicator, bool *is_in) {
  size_t at = 1, combination = 0;
  memset(is_in, 0, cells_of_indicator(indicator) * sizeof *is_in);
  is_in[0] = true;
  for (size_t i = 0; i < indicator->n_by; i++) {
    is_in[at + class_of(asked, indicator->by[i])] = true;
    at += n_classes(indicator->by[i]);
  }
  if (!indicator->n_adjust) return;
  for (size_t i = 0; i < indicator->n_adjust; i++)
    combination = combination * n_classes(indicator->adjust[i]) + class_of(asked, indicator->adjust[i]);
  is_in[at + combination] = true;
}

/* ── what is counted ─────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_value(struct run_values *values, double value) {
  values->all = memory_grow(values->all, values->n + 1, sizeof *values->all);
  values->all[values->n++] = value;
}

static void count_patient(const struct asked *asked, const struct indicator *indicator, struct run_count *count,
                          struct run_values *values) {
  struct value value = evaluate(asked, indicator->value ? indicator->value : indicator->numerator);
  count->denominator++;
  count->unknown += !value.known;
  if (!value.known) return;
  if (!indicator->value) count->numerator += value.truth;
  else if (indicator->kind == KIND_RATE) count->numerator += (uint32_t)value.number;
  else {
    count->numerator++;
    add_value(values, value.number);
  }
}

static const char *practice_of(const struct program *program, const struct patient *patient) {
  for (size_t t = 0; t < program->n_tables; t++)
    for (size_t c = 0; c < program->tables[t]->n_columns; c++)
      if (strcmp(program->tables[t]->name, "patients") == 0 && strcmp(program->tables[t]->columns[c]->name, "practice") == 0)
        return patient->tables[program->tables[t]->number].all[0].cells[c];
  return "";
}

static int compare_ids(const void *a, const void *b) {
  return strcmp((*(const struct patient *const *)a)->id, (*(const struct patient *const *)b)->id);
}

/* A practice's patients in the order of their ids, in which their values stand. */
static const struct patient **patients_of(const struct program *program, const struct people *people, const char *practice,
                                          size_t *n) {
  const struct patient **all = NEW_ARRAY(const struct patient *, people->n + 1);
  *n = 0;
  for (size_t i = 0; i < people->n; i++)
    if (strcmp(practice_of(program, &people->all[i]), practice) == 0) all[(*n)++] = &people->all[i];
  qsort(all, *n, sizeof(const struct patient *), compare_ids);
  return all;
}

struct counted cells_count(const struct program *program, const struct indicator *indicator, const struct people *people,
                           int32_t index, const char *const *practices, size_t n_practices) {
  size_t n_cells = cells_of_indicator(indicator);
  struct counted counted = {NEW_ARRAY(struct run_count, n_cells * n_practices + 1), NEW_ARRAY(struct run_values, n_cells)};
  bool *is_in = NEW_ARRAY(bool, n_cells);
  for (size_t p = 0; p < n_practices; p++) {
    size_t n;
    const struct patient **patients = patients_of(program, people, practices[p], &n);
    for (size_t i = 0; i < n; i++) {
      struct asked asked = {program, patients[i], index};
      if (evaluate_outcome(&asked, indicator) == OUTCOME_OUTSIDE) continue;
      mark_cells(&asked, indicator, is_in);
      for (size_t c = 0; c < n_cells; c++)
        if (is_in[c]) count_patient(&asked, indicator, &counted.counts[c * n_practices + p], &counted.values[c]);
    }
  }
  return counted;
}

/* ── comparing ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void print_counts(const char *who, const struct run_count *count) {
  fprintf(stderr, "# %s: denominator %u, numerator %u, unknown %u\n", who, count->denominator, count->numerator, count->unknown);
}

static bool values_agree(const struct run_values *engine, const struct run_values *slow) {
  if (engine->n != slow->n) return false;
  for (uint64_t i = 0; i < engine->n; i++) {
    if (engine->all[i] == slow->all[i]) continue;
    fprintf(stderr, "# value %llu of %llu: engine %.17g, slow %.17g\n", (unsigned long long)i + 1, (unsigned long long)engine->n,
            engine->all[i], slow->all[i]);
    return false;
  }
  return true;
}

bool cells_agree(const struct program *program, const struct indicator *indicator, const struct people *people,
                 int32_t index, const struct answers *answers, size_t first_cell) {
  size_t n = answers->n_practices;
  struct counted slow = cells_count(program, indicator, people, index, answers->practices, n);
  for (size_t c = 0; c < cells_of_indicator(indicator); c++) {
    bool agree = values_agree(&answers->counted.values[first_cell + c], &slow.values[c]);
    for (size_t p = 0; p < n && agree; p++) {
      const struct run_count *engine = &answers->counted.counts[(first_cell + c) * n + p], *other = &slow.counts[c * n + p];
      agree = memcmp(engine, other, sizeof *engine) == 0;
      if (agree) continue;
      fprintf(stderr, "# practice \"%s\"\n", answers->practices[p]);
      print_counts("engine", engine);
      print_counts("slow", other);
    }
    if (agree) continue;
    fprintf(stderr, "# in cell %zu of indicator %s, index date %s\n", c, indicator->name, date_text(index));
    return false;
  }
  return true;
}
