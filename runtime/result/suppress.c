/* suppress.c: the figures of a cluster go through the gate, and what it hides is wiped before anybody writes it.
 *
 * The gate is shown all practices of the cluster, all indicators of the run and both dates, whatever of it is shown. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/gate/gate.h"
#include "runtime/memory/memory.h"
#include "runtime/result/result.h"

/* A cluster at the gate. The sheets of the earlier date stand after those of the later one, in the same order. */
struct passage {
  const struct result *result;
  struct result_cluster *cluster;
  struct gate gate;
  uint32_t *stratum, *label;     /* [cell of the image]: what bands are of one stratum, and of one description */
};

/* ── in ──────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static enum gate_kind kind_of(const struct image_indicator *indicator) {
  if (image_has_values(indicator->kind)) return GATE_NUMBERS;
  return indicator->kind == KIND_RATE ? GATE_EVENTS : GATE_PATIENTS;
}

/* Texts are kept once: bands with the same texts have the same description. */
static bool is_same_band(const struct image_cell *a, const struct image_cell *b) { return a->stratum == b->stratum && a->band == b->band; }

static void number_bands(struct passage *passage) {
  const struct image *image = passage->result->image;
  passage->stratum = memory_take(image->n_cells, sizeof *passage->stratum);
  passage->label = memory_take(image->n_cells, sizeof *passage->label);
  for (uint32_t i = 0; i < image->n_cells; i++) {
    passage->stratum[i] = image->cells[i].stratum;
    for (passage->label[i] = 0; passage->label[i] < i && !is_same_band(&image->cells[passage->label[i]], &image->cells[i]);)
      passage->label[i]++;
  }
}

/* The bands of `by` follow the whole; those that only adjust follow them and are never shown. */
static uint32_t count_bands(const struct image *image, const struct image_indicator *indicator) {
  uint32_t n = 0;
  for (uint32_t i = 1; i < indicator->n_cells; i++) n += image->cells[indicator->first_cell + i].role == CELL_BY;
  return n;
}

static struct gate_sheet open_sheet(const struct passage *passage, const struct image_indicator *indicator, const struct counts *counts,
                                    uint32_t date) {
  const struct result_cluster *cluster = passage->cluster;
  uint32_t n_bands = count_bands(passage->result->image, indicator), n = cluster->n_in_cluster, first = cluster->first_practice;
  struct gate_sheet sheet = {.kind = kind_of(indicator), .date = date, .n_bands = n_bands, .stratum = &passage->stratum[indicator->first_cell + 1],
                             .label = &passage->label[indicator->first_cell + 1]};
  sheet.figures = memory_take((size_t)(n_bands + 1) * (n + 1), sizeof *sheet.figures);
  for (uint32_t row = 0; row <= n_bands; row++)
    for (uint32_t p = 0; p < n; p++) {
      const struct run_count *count = &counts->cell[(size_t)(indicator->first_cell + row) * counts->n_practices + first + p];
      sheet.figures[(size_t)row * (n + 1) + p] = (struct gate_figure){
          .count = {counts->population[(size_t)indicator->pack * counts->n_practices + first + p], count->denominator, count->numerator,
                    count->unknown}};
    }
  return sheet;
}

static bool has_patients(const struct image_indicator *indicator) { return indicator->kind == KIND_SHARE || indicator->kind == KIND_COUNT; }

static struct gate_moves open_moves(const struct passage *passage, uint32_t indicator) {
  const struct result *result = passage->result;
  const struct result_cluster *cluster = passage->cluster;
  const struct run_moved *moved = &result->options.before->moved[(size_t)indicator * result->counts->n_practices];
  struct gate_moves moves = {.before = result->image->n_indicators + indicator, .now = indicator};
  moves.movements = memory_take((size_t)cluster->n_in_cluster + 1, sizeof *moves.movements);
  for (uint32_t p = 0; p < cluster->n_in_cluster; p++)
    memcpy(moves.movements[p].patients, moved[cluster->first_practice + p].patients, sizeof moves.movements[p].patients);
  return moves;
}

static void open_gate(struct passage *passage) {
  const struct result *result = passage->result;
  const struct image *image = result->image;
  const struct result_before *before = result->options.before;
  struct gate *gate = &passage->gate;
  *gate = (struct gate){.limit = result->options.suppress, .n_practices = passage->cluster->n_in_cluster};
  gate->sheets = memory_take(2 * (size_t)image->n_indicators, sizeof *gate->sheets);
  gate->moves = memory_take(image->n_indicators, sizeof *gate->moves);
  for (uint32_t i = 0; i < image->n_indicators; i++)
    gate->sheets[gate->n_sheets++] = open_sheet(passage, &image->indicators[i], result->counts, 0);
  for (uint32_t i = 0; before && i < image->n_indicators; i++)
    gate->sheets[gate->n_sheets++] = open_sheet(passage, &image->indicators[i], before->counts, 1);
  for (uint32_t i = 0; before && i < image->n_indicators; i++)
    if (has_patients(&image->indicators[i])) gate->moves[gate->n_moves++] = open_moves(passage, i);
}

/* ── out ─────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct estimate nothing = {NAN, NAN, NAN};

/* Hides of a figure what the gate says. A mean is told by its number of patients alone; a share or a rate needs both its counts. */
static void hide_counts(const struct gate_sheet *sheet, const struct gate_figure *from, struct result_figure *figure) {
  uint32_t *const counts[N_RESULT_COUNTS] = {&figure->population, &figure->denominator, &figure->numerator, &figure->unknown};
  for (int i = 0; i < N_RESULT_COUNTS; i++) {
    figure->state[i] = from->state[i];
    if (from->state[i] != GATE_SHOWN) *counts[i] = 0;
  }
  bool has_value = from->state[GATE_NUMERATOR] == GATE_SHOWN &&
                   (from->state[GATE_DENOMINATOR] == GATE_SHOWN || sheet->kind == GATE_NUMBERS);
  if (has_value) return;
  figure->value = figure->low = figure->high = figure->expected = NAN;
  figure->adjusted = nothing;
}

/* The gate's number of the cluster's i-th practice that is shown; the cluster's own is the last. */
static uint32_t number_in_gate(const struct result_cluster *cluster, uint32_t i) {
  return i == cluster->n_practices ? cluster->n_in_cluster : cluster->practices[i].number - cluster->first_practice;
}

static bool hides_band(const struct gate_sheet *sheet, uint32_t n_practices, uint32_t practice) {
  for (uint32_t row = 1; row <= sheet->n_bands; row++)
    for (int count = GATE_DENOMINATOR; count < GATE_COUNTS; count++)
      if (sheet->figures[(size_t)row * (n_practices + 1) + practice].state[count] != GATE_SHOWN) return true;
  return false;
}

static void hide_figures(const struct passage *passage, const struct gate_sheet *sheet, const struct image_indicator *indicator,
                         const struct counts *counts, struct result_figure *figures) {
  const struct result_cluster *cluster = passage->cluster;
  uint32_t n = cluster->n_in_cluster;
  for (uint32_t row = 0; row <= sheet->n_bands; row++) {
    size_t place = passage->result->row_of_cell[indicator->first_cell + row] * (size_t)(cluster->n_practices + 1);
    for (uint32_t i = 0; i <= cluster->n_practices; i++)
      hide_counts(sheet, &sheet->figures[(size_t)row * (n + 1) + number_in_gate(cluster, i)], &figures[place + i]);
  }
  size_t whole = passage->result->row_of_cell[indicator->first_cell] * (size_t)(cluster->n_practices + 1);
  for (uint32_t i = 0; i < cluster->n_practices; i++) {
    uint32_t practice = number_in_gate(cluster, i);
    if (!hides_band(sheet, n, practice) && !result_tells_few(passage->result, cluster, indicator, counts, practice)) continue;
    figures[whole + i].expected = NAN;
    figures[whole + i].adjusted = nothing;
  }
}

static void hide_changes(const struct passage *passage, const struct gate_moves *moves) {
  const struct result_cluster *cluster = passage->cluster;
  struct result_change *changes = &cluster->changes[(size_t)moves->now * (cluster->n_practices + 1)];
  for (uint32_t i = 0; i <= cluster->n_practices; i++) {
    const struct gate_movement *movement = &moves->movements[number_in_gate(cluster, i)];
    struct run_moved *patients = &changes[i].patients;
    uint32_t *const counts[N_RESULT_MOVES] = {&patients->became_yes, &patients->became_no, &patients->stayed_yes,
                                              &patients->stayed_no, &patients->arrived, &patients->left};
    memset(patients->patients, 0, sizeof patients->patients);
    for (int k = 0; k < N_RESULT_MOVES; k++) {
      changes[i].state[k] = movement->state[k];
      if (movement->state[k] != GATE_SHOWN) *counts[k] = 0;
    }
  }
}

static void close_gate(struct passage *passage) {
  for (uint32_t i = 0; i < passage->gate.n_sheets; i++) free(passage->gate.sheets[i].figures);
  for (uint32_t i = 0; i < passage->gate.n_moves; i++) free(passage->gate.moves[i].movements);
  free(passage->gate.sheets);
  free(passage->gate.moves);
  free(passage->stratum);
  free(passage->label);
}

void result_suppress(struct result *result) {
  const struct image *image = result->image;
  const struct result_before *before = result->options.before;
  for (uint32_t c = 0; result->options.suppress && c < result->n_clusters; c++) {
    struct passage passage = {.result = result, .cluster = &result->clusters[c]};
    number_bands(&passage);
    open_gate(&passage);
    gate_close(&passage.gate);
    for (uint32_t i = 0; i < image->n_indicators; i++) {
      hide_figures(&passage, &passage.gate.sheets[i], &image->indicators[i], result->counts, passage.cluster->figures);
      if (before)
        hide_figures(&passage, &passage.gate.sheets[image->n_indicators + i], &image->indicators[i], before->counts, passage.cluster->before);
    }
    for (uint32_t i = 0; i < passage.gate.n_moves; i++) hide_changes(&passage, &passage.gate.moves[i]);
    close_gate(&passage);
  }
}
