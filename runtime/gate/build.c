/* build.c: figures become cells and lines. */
#include <stdlib.h>
#include <string.h>
#include "runtime/gate/system.h"
#include "runtime/memory/memory.h"

uint32_t system_cell(const struct system *system, uint32_t sheet, uint32_t row, uint32_t practice, enum leaf leaf) {
  return ((system->first_row[sheet] + row) * system->gate->n_practices + practice) * N_LEAVES + leaf;
}

uint32_t system_line(const struct system *system, uint32_t sheet, uint32_t row, uint32_t practice, enum gate_count count) {
  return ((system->first_row[sheet] + row) * (system->gate->n_practices + 1) + practice) * GATE_COUNTS + count;
}

uint32_t system_move_line(const struct system *system, uint32_t moves, uint32_t practice, enum gate_move move) {
  return system->first_move + (moves * (system->gate->n_practices + 1) + practice) * GATE_MOVES + move;
}

struct gate_figure *system_figure(const struct system *system, uint32_t sheet, uint32_t row, uint32_t practice) {
  return &system->gate->sheets[sheet].figures[(size_t)row * (system->gate->n_practices + 1) + practice];
}

unsigned system_leaves(enum gate_kind kind, enum gate_count count) {
  unsigned decided = kind == GATE_EVENTS ? 1u << LEAF_NO : 1u << LEAF_YES | 1u << LEAF_NO;
  unsigned denominator = decided | 1u << LEAF_UNKNOWN;
  switch (count) {
  case GATE_POPULATION: return denominator | 1u << LEAF_OUTSIDE;
  case GATE_DENOMINATOR: return denominator;
  case GATE_NUMERATOR: return 1u << LEAF_YES;
  case GATE_UNKNOWN: return 1u << LEAF_UNKNOWN;
  case GATE_COUNTS: break;
  }
  return 0;
}

/* ── lines ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

void system_add_member(struct system *system, uint32_t cell, int sign) {
  if ((system->n_members & (system->n_members + 1)) == 0)
    system->members = memory_resize(system->members, 2 * ((size_t)system->n_members + 1), sizeof *system->members);
  system->members[system->n_members++] = (struct member){cell, (int8_t)sign};
}

uint32_t system_add_line(struct system *system, struct line line) {
  if ((system->n_lines & (system->n_lines + 1)) == 0)
    system->lines = memory_resize(system->lines, 2 * ((size_t)system->n_lines + 1), sizeof *system->lines);
  line.first = system->n_lines ? system->lines[system->n_lines - 1].first + system->lines[system->n_lines - 1].n : 0;
  line.n = system->n_members - line.first;
  for (uint32_t i = line.first; i < system->n_members; i++)
    line.value += system->members[i].sign * system->value[system->members[i].cell];
  system->lines[system->n_lines] = line;
  return system->n_lines++;
}

/* The leaves of one practice, or of all of them for the cluster. */
static void add_leaves(struct system *system, uint32_t sheet, uint32_t row, uint32_t practice, unsigned leaves) {
  uint32_t n = system->gate->n_practices, first = practice == n ? 0 : practice, end = practice == n ? n : practice + 1;
  for (uint32_t p = first; p < end; p++)
    for (enum leaf leaf = 0; leaf < N_LEAVES; leaf++)
      if (leaves >> leaf & 1) system_add_member(system, system_cell(system, sheet, row, p, leaf), 1);
}

/* A band's population is its practice's: nothing is counted of it here. A practice's bands are so few, and their sum is known so often,
 * that a mark which says nothing is the better one. */
static void add_counts(struct system *system, uint32_t sheet, uint32_t row) {
  for (uint32_t p = 0; p <= system->gate->n_practices; p++)
    for (enum gate_count count = 0; count < GATE_COUNTS; count++) {
      unsigned leaves = row > 0 && count == GATE_POPULATION ? 0 : system_leaves(system->gate->sheets[sheet].kind, count);
      add_leaves(system, sheet, row, p, leaves);
      system_add_line(system, (struct line){.kind = LINE_COUNT, .state = &system_figure(system, sheet, row, p)->state[count],
                                            .sheet = sheet, .row = row, .practice = p, .count = count,
                                            .is_silent = row > 0 && p < system->gate->n_practices,
                                            .hides_nobody = row > 0 && p < system->gate->n_practices});
    }
}

/* Those who are not in the numerator, and those outside the denominator. */
static void add_derived(struct system *system, uint32_t sheet, uint32_t row) {
  for (uint32_t p = 0; p <= system->gate->n_practices; p++) {
    uint32_t first = system_line(system, sheet, row, p, 0);
    struct line not = {.kind = LINE_DERIVED, .n_base = 3, .base = {first + GATE_DENOMINATOR, first + GATE_NUMERATOR, first + GATE_UNKNOWN}};
    struct line outside = {.kind = LINE_DERIVED, .n_base = 2, .base = {first + GATE_POPULATION, first + GATE_DENOMINATOR}};
    not.sheet = outside.sheet = sheet, not.row = outside.row = row, not.practice = outside.practice = p;
    not.count = GATE_NUMERATOR, outside.count = GATE_DENOMINATOR;
    if (system->gate->sheets[sheet].kind == GATE_EVENTS) not.base[1] = first + GATE_UNKNOWN, not.count = GATE_DENOMINATOR;
    add_leaves(system, sheet, row, p, 1u << LEAF_NO);
    system_add_line(system, not);
    if (row > 0) continue;
    add_leaves(system, sheet, row, p, 1u << LEAF_OUTSIDE);
    system_add_line(system, outside);
  }
}

/* The bands of a stratum are all patients of the whole. */
static void add_strata(struct system *system, uint32_t sheet) {
  const struct gate_sheet *of = &system->gate->sheets[sheet];
  for (uint32_t first = 0, end; first < of->n_bands; first = end) {
    for (end = first; end < of->n_bands && of->stratum[end] == of->stratum[first];) end++;
    for (uint32_t p = 0; p < system->gate->n_practices; p++)
      for (enum leaf leaf = 0; leaf < LEAF_OUTSIDE; leaf++) {
        for (uint32_t band = first; band < end; band++)
          system_add_member(system, system_cell(system, sheet, 1 + band, p, leaf), 1);
        system_add_member(system, system_cell(system, sheet, 0, p, leaf), -1);
        system_add_line(system, (struct line){.kind = LINE_RELATION, .sheet = sheet, .practice = p});
      }
  }
}

/* ── movements ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_of_move(enum gate_move move, uint32_t before, uint32_t now) {
  switch (move) {
  case GATE_BECAME_YES: return before == GATE_NO && now == GATE_YES;
  case GATE_BECAME_NO: return before == GATE_YES && now == GATE_NO;
  case GATE_STAYED_YES: return before == GATE_YES && now == GATE_YES;
  case GATE_STAYED_NO: return before == GATE_NO && now == GATE_NO;
  case GATE_ARRIVED: return before == GATE_OUTSIDE && now != GATE_OUTSIDE;
  case GATE_LEFT: return before != GATE_OUTSIDE && now == GATE_OUTSIDE;
  case GATE_MOVES: break;
  }
  return false;
}

uint32_t gate_moved(const struct gate_movement *movement, enum gate_move move) {
  uint32_t sum = 0;
  for (uint32_t before = 0; before < GATE_OUTCOMES; before++)
    for (uint32_t now = 0; now < GATE_OUTCOMES; now++)
      if (is_of_move(move, before, now)) sum += movement->patients[before][now];
  return sum;
}

static uint32_t move_cell(const struct system *system, uint32_t moves, uint32_t practice, uint32_t before, uint32_t now) {
  uint32_t first = system->n_rows * system->gate->n_practices * N_LEAVES;
  return first + ((moves * system->gate->n_practices + practice) * GATE_OUTCOMES + before) * GATE_OUTCOMES + now;
}

static void add_move_counts(struct system *system, uint32_t moves) {
  uint32_t n = system->gate->n_practices;
  for (uint32_t p = 0; p <= n; p++)
    for (enum gate_move move = 0; move < GATE_MOVES; move++) {
      for (uint32_t q = p == n ? 0 : p; q < (p == n ? n : p + 1); q++)
        for (uint32_t i = 0; i < GATE_OUTCOMES * GATE_OUTCOMES; i++)
          if (is_of_move(move, i / GATE_OUTCOMES, i % GATE_OUTCOMES))
            system_add_member(system, move_cell(system, moves, q, i / GATE_OUTCOMES, i % GATE_OUTCOMES), 1);
      uint8_t *state = &system->gate->moves[moves].movements[p].state[move];
      system_add_line(system, (struct line){.kind = LINE_COUNT, .state = state, .sheet = moves, .practice = p, .count = move, .is_move = true,
                                            .is_silent = p < n, .hides_nobody = true});
    }
}

/* Those who were in a state before are all that the sheet of the earlier date counted there, wherever they are now; and likewise. */
static void add_margins(struct system *system, uint32_t moves) {
  static const enum leaf leaves[GATE_OUTCOMES] = {LEAF_OUTSIDE, LEAF_NO, LEAF_YES, LEAF_UNKNOWN};
  const struct gate_moves *of = &system->gate->moves[moves];
  for (uint32_t p = 0; p < system->gate->n_practices; p++)
    for (uint32_t outcome = GATE_NO; outcome < GATE_OUTCOMES; outcome++)
      for (int side = 0; side < 2; side++) {
        for (uint32_t other = 0; other < GATE_OUTCOMES; other++)
          system_add_member(system, side ? move_cell(system, moves, p, other, outcome) : move_cell(system, moves, p, outcome, other), 1);
        system_add_member(system, system_cell(system, side ? of->now : of->before, 0, p, leaves[outcome]), -1);
        system_add_line(system, (struct line){.kind = LINE_RELATION, .sheet = side ? of->now : of->before, .practice = p});
      }
}

/* ── the whole system ────────────────────────────────────────────────────────────────────────────────────────────── */

static uint32_t left_of(uint32_t all, uint32_t part) { return all > part ? all - part : 0; }

static void set_cells(struct system *system, uint32_t sheet, uint32_t row, uint32_t practice) {
  const uint32_t *count = system_figure(system, sheet, row, practice)->count;
  bool events = system->gate->sheets[sheet].kind == GATE_EVENTS;
  int32_t *cell = &system->value[system_cell(system, sheet, row, practice, 0)];
  cell[LEAF_YES] = (int32_t)count[GATE_NUMERATOR];
  cell[LEAF_UNKNOWN] = (int32_t)count[GATE_UNKNOWN];
  cell[LEAF_NO] = (int32_t)left_of(count[GATE_DENOMINATOR], count[GATE_UNKNOWN] + (events ? 0 : count[GATE_NUMERATOR]));
  cell[LEAF_OUTSIDE] = row ? 0 : (int32_t)left_of(count[GATE_POPULATION], count[GATE_DENOMINATOR]);
}

/* Sums what the caller has left to the gate, and takes all for shown. */
static void prepare_figures(struct system *system, uint32_t sheet, uint32_t row) {
  uint32_t n = system->gate->n_practices;
  struct gate_figure *all = system_figure(system, sheet, row, n);
  *all = (struct gate_figure){{0}, {0}};
  for (uint32_t p = 0; p < n; p++) {
    struct gate_figure *figure = system_figure(system, sheet, row, p);
    memset(figure->state, GATE_SHOWN, sizeof figure->state);
    for (int count = 0; count < GATE_COUNTS; count++) all->count[count] += figure->count[count];
    set_cells(system, sheet, row, p);
  }
}

static void prepare_movements(struct system *system, uint32_t moves) {
  uint32_t n = system->gate->n_practices;
  struct gate_movement *movements = system->gate->moves[moves].movements, *all = &movements[n];
  *all = (struct gate_movement){{{0}}, {0}};
  for (uint32_t p = 0; p < n; p++) {
    memset(movements[p].state, GATE_SHOWN, sizeof movements[p].state);
    for (uint32_t i = 0; i < GATE_OUTCOMES * GATE_OUTCOMES; i++) {
      uint32_t patients = movements[p].patients[i / GATE_OUTCOMES][i % GATE_OUTCOMES];
      all->patients[i / GATE_OUTCOMES][i % GATE_OUTCOMES] += patients;
      system->value[move_cell(system, moves, p, i / GATE_OUTCOMES, i % GATE_OUTCOMES)] = (int32_t)patients;
    }
  }
}

static void count_cells(struct system *system) {
  const struct gate *gate = system->gate;
  system->first_row = memory_take(gate->n_sheets, sizeof *system->first_row);
  for (uint32_t s = 0; s < gate->n_sheets; s++) {
    system->first_row[s] = system->n_rows;
    system->n_rows += 1 + gate->sheets[s].n_bands;
  }
  system->n_cells = gate->n_practices * (system->n_rows * N_LEAVES + gate->n_moves * GATE_OUTCOMES * GATE_OUTCOMES);
  system->value = memory_take(system->n_cells, sizeof *system->value);
  system->is_fixed = memory_take(system->n_cells, sizeof *system->is_fixed);
  system->low = memory_take(system->n_cells, sizeof *system->low);
  system->high = memory_take(system->n_cells, sizeof *system->high);
}

/* From each cell to the lines that it is in. */
static void find_uses(struct system *system) {
  system->first_use = memory_take((size_t)system->n_cells + 2, sizeof *system->first_use);
  system->uses = memory_take(system->n_members, sizeof *system->uses);
  for (uint32_t i = 0; i < system->n_members; i++) system->first_use[system->members[i].cell + 2]++;
  for (uint32_t i = 2; i < system->n_cells + 2; i++) system->first_use[i] += system->first_use[i - 1];
  for (uint32_t line = 0; line < system->n_lines; line++)
    for (uint32_t i = system->lines[line].first; i < system->lines[line].first + system->lines[line].n; i++)
      system->uses[system->first_use[system->members[i].cell + 1]++] = (struct use){line, system->members[i].sign};
}

struct system *system_open(struct gate *gate) {
  struct system *system = memory_take(1, sizeof *system);
  system->gate = gate;
  count_cells(system);
  for (uint32_t s = 0; s < gate->n_sheets; s++)
    for (uint32_t row = 0; row <= gate->sheets[s].n_bands; row++) prepare_figures(system, s, row);
  for (uint32_t m = 0; m < gate->n_moves; m++) prepare_movements(system, m);
  for (uint32_t s = 0; s < gate->n_sheets; s++)
    for (uint32_t row = 0; row <= gate->sheets[s].n_bands; row++) add_counts(system, s, row);
  system->first_move = system->n_lines;
  for (uint32_t m = 0; m < gate->n_moves; m++) add_move_counts(system, m);
  for (uint32_t s = 0; s < gate->n_sheets; s++)
    for (uint32_t row = 0; row <= gate->sheets[s].n_bands; row++) add_derived(system, s, row);
  for (uint32_t s = 0; s < gate->n_sheets; s++) add_strata(system, s);
  for (uint32_t m = 0; m < gate->n_moves; m++) add_margins(system, m);
  system_link(system);
  system_merge(system);
  find_uses(system);
  system->was_shown_again = memory_take(system->n_lines, sizeof *system->was_shown_again);
  system->search = search_open(system);
  return system;
}

void system_close(struct system *system) {
  search_close(system->search);
  free(system->value);
  free(system->is_fixed);
  free(system->low);
  free(system->high);
  free(system->lines);
  free(system->members);
  free(system->first_use);
  free(system->uses);
  free(system->first_row);
  free(system->class_of);
  free(system->group_of);
  free(system->was_shown_again);
  free(system);
}
