/* gate_attack.c: a system of sums in whole numbers, and two ways to solve it: bounds, and bounds with trying. */
#include "tests/unit/gate_attack.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"

enum { MANY = 1000000 };

struct term { uint32_t variable; int sign; };
struct sum { uint32_t first, n; int64_t low, high; };
struct attack {
  const struct gate *gate;
  uint32_t n_variables, n_sums, n_terms, n_counts;
  int64_t *low, *high;
  struct sum *sums;
  struct term *terms;
  uint32_t *of_count;            /* the variables of hidden counts … */
  int64_t *truth;                /* … and what they are, to tell whether a count was got back */
  char example[160];
};

/* ── the system ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static uint32_t add_variable(struct attack *attack, int64_t low, int64_t high) {
  attack->low = memory_resize(attack->low, attack->n_variables + 1, sizeof *attack->low);
  attack->high = memory_resize(attack->high, attack->n_variables + 1, sizeof *attack->high);
  attack->low[attack->n_variables] = low;
  attack->high[attack->n_variables] = high;
  return attack->n_variables++;
}

static void add_term(struct attack *attack, uint32_t variable, int sign) {
  attack->terms = memory_resize(attack->terms, attack->n_terms + 1, sizeof *attack->terms);
  attack->terms[attack->n_terms++] = (struct term){variable, sign};
}

/* That the terms added since the last sum come to nothing. */
static void end_sum(struct attack *attack) {
  uint32_t first = attack->n_sums ? attack->sums[attack->n_sums - 1].first + attack->sums[attack->n_sums - 1].n : 0;
  attack->sums = memory_resize(attack->sums, attack->n_sums + 1, sizeof *attack->sums);
  attack->sums[attack->n_sums++] = (struct sum){first, attack->n_terms - first, 0, 0};
}

/* A count as it was published: what is hidden is at least 1; in the bands of a practice, and of what became of patients, it may
 * be 0. */
static uint32_t add_count(struct attack *attack, uint32_t count, uint8_t state, int64_t least_hidden) {
  int64_t limit = attack->gate->limit;
  if (state == GATE_SHOWN) return add_variable(attack, count, count);
  uint32_t variable = add_variable(attack, state == GATE_SMALL ? 1 : least_hidden, state == GATE_SMALL ? limit - 1 : MANY);
  attack->of_count = memory_resize(attack->of_count, attack->n_counts + 1, sizeof *attack->of_count);
  attack->truth = memory_resize(attack->truth, attack->n_counts + 1, sizeof *attack->truth);
  attack->truth[attack->n_counts] = count;
  attack->of_count[attack->n_counts++] = variable;
  return variable;
}

/* Cells are the first variables: of each row of each sheet, practice by practice, four; then of movements sixteen. */
static uint32_t row_before(const struct gate *gate, uint32_t sheet) {
  uint32_t row = 0;
  for (uint32_t s = 0; s < sheet; s++) row += 1 + gate->sheets[s].n_bands;
  return row;
}
static uint32_t cell_of(const struct gate *gate, uint32_t sheet, uint32_t row, uint32_t practice) {
  return ((row_before(gate, sheet) + row) * gate->n_practices + practice) * 4;
}
static uint32_t move_of(const struct gate *gate, uint32_t moves, uint32_t practice) {
  return row_before(gate, gate->n_sheets) * gate->n_practices * 4 + (moves * gate->n_practices + practice) * 16;
}

static unsigned cells_of(const struct gate_sheet *sheet, int count) {
  unsigned denominator = IN_NO | IN_UNKNOWN | (sheet->kind == GATE_EVENTS ? 0 : IN_YES);
  const unsigned cells[] = {denominator | IN_OUTSIDE, denominator, IN_YES, IN_UNKNOWN};
  return cells[count];
}

static void add_cells(struct attack *attack, uint32_t cell, unsigned cells, int sign) {
  for (uint32_t i = 0; i < 4; i++)
    if (cells >> i & 1) add_term(attack, cell + i, sign);
}

static void add_row(struct attack *attack, uint32_t s, uint32_t row) {
  const struct gate *gate = attack->gate;
  uint32_t n = gate->n_practices;
  const struct gate_figure *figures = &gate->sheets[s].figures[(size_t)row * (n + 1)];
  for (int count = row ? 1 : 0; count < GATE_COUNTS; count++) {
    uint32_t first = attack->n_variables;
    for (uint32_t p = 0; p <= n; p++) add_count(attack, figures[p].count[count], figures[p].state[count], row == 0 || p == n);
    for (uint32_t p = 0; p < n; p++) {
      add_cells(attack, cell_of(gate, s, row, p), cells_of(&gate->sheets[s], count), 1);
      add_term(attack, first + p, -1);
      end_sum(attack);
    }
    for (uint32_t p = 0; p < n; p++) add_term(attack, first + p, 1);
    add_term(attack, first + n, -1);
    end_sum(attack);
  }
}

/* The counts of a row that nobody prints, but everybody can subtract: together they narrow what bounds alone leave wide. */
static void add_parts(struct attack *attack, uint32_t s, uint32_t row) {
  static const unsigned parts[] = {IN_NO, IN_OUTSIDE, IN_YES | IN_NO, IN_NO | IN_UNKNOWN, IN_NO | IN_OUTSIDE};
  const struct gate *gate = attack->gate;
  uint32_t n = gate->n_practices;
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    uint32_t first = attack->n_variables;
    if (row && parts[i] & IN_OUTSIDE) continue;
    for (uint32_t p = 0; p <= n; p++) add_variable(attack, 0, MANY);
    for (uint32_t p = 0; p < n; p++) {
      add_cells(attack, cell_of(gate, s, row, p), parts[i], 1);
      add_term(attack, first + p, -1);
      end_sum(attack);
    }
    for (uint32_t p = 0; p < n; p++) add_term(attack, first + p, 1);
    add_term(attack, first + n, -1);
    end_sum(attack);
  }
}

/* A number is known or unknown, and nobody is neither. */
static void add_nobody(struct attack *attack, uint32_t s) {
  if (attack->gate->sheets[s].kind != GATE_NUMBERS) return;
  for (uint32_t row = 0; row <= attack->gate->sheets[s].n_bands; row++)
    for (uint32_t p = 0; p < attack->gate->n_practices; p++) attack->high[cell_of(attack->gate, s, row, p) + 1] = 0;
}

static void add_strata(struct attack *attack, uint32_t s) {
  const struct gate_sheet *sheet = &attack->gate->sheets[s];
  for (uint32_t first = 0, end; first < sheet->n_bands; first = end) {
    for (end = first; end < sheet->n_bands && sheet->stratum[end] == sheet->stratum[first];) end++;
    for (uint32_t p = 0; p < attack->gate->n_practices; p++)
      for (uint32_t i = 0; i < 3; i++) {
        for (uint32_t band = first; band < end; band++) add_term(attack, cell_of(attack->gate, s, 1 + band, p) + i, 1);
        add_term(attack, cell_of(attack->gate, s, 0, p) + i, -1);
        end_sum(attack);
      }
  }
}

static void add_moves(struct attack *attack, uint32_t m) {
  static const uint32_t leaves[] = {3, 1, 0, 2};
  const struct gate *gate = attack->gate;
  const struct gate_moves *moves = &gate->moves[m];
  uint32_t n = gate->n_practices;
  for (uint32_t p = 0; p < n; p++)
    for (uint32_t i = GATE_NO; i < GATE_OUTCOMES; i++) {
      for (uint32_t j = 0; j < GATE_OUTCOMES; j++) add_term(attack, move_of(gate, m, p) + 4 * i + j, 1);
      add_term(attack, cell_of(gate, moves->before, 0, p) + leaves[i], -1);
      end_sum(attack);
      for (uint32_t j = 0; j < GATE_OUTCOMES; j++) add_term(attack, move_of(gate, m, p) + 4 * j + i, 1);
      add_term(attack, cell_of(gate, moves->now, 0, p) + leaves[i], -1);
      end_sum(attack);
    }
  static const uint16_t cells[GATE_MOVES] = {1 << (4 * GATE_NO + GATE_YES), 1 << (4 * GATE_YES + GATE_NO), 1 << (4 * GATE_YES + GATE_YES),
                                             1 << (4 * GATE_NO + GATE_NO), 1 << 1 | 1 << 2 | 1 << 3, 1 << 4 | 1 << 8 | 1 << 12};
  for (int move = 0; move < GATE_MOVES; move++) {
    uint32_t first = attack->n_variables;
    for (uint32_t p = 0; p <= n; p++)
      add_count(attack, gate_moved(&moves->movements[p], (enum gate_move)move), moves->movements[p].state[move], 0);
    for (uint32_t p = 0; p < n; p++) {
      for (uint32_t i = 0; i < 16; i++)
        if (cells[move] >> i & 1) add_term(attack, move_of(gate, m, p) + i, 1);
      add_term(attack, first + p, -1);
      end_sum(attack);
    }
    for (uint32_t p = 0; p < n; p++) add_term(attack, first + p, 1);
    add_term(attack, first + n, -1);
    end_sum(attack);
  }
}

struct attack *attack_open(const struct gate *gate) {
  struct attack *attack = memory_take(1, sizeof *attack);
  attack->gate = gate;
  uint32_t n_cells = move_of(gate, gate->n_moves, 0);
  for (uint32_t i = 0; i < n_cells; i++) add_variable(attack, 0, MANY);
  for (uint32_t s = 0; s < gate->n_sheets; s++) {
    for (uint32_t row = 0; row <= gate->sheets[s].n_bands; row++) {
      add_row(attack, s, row);
      add_parts(attack, s, row);
    }
    add_nobody(attack, s);
    add_strata(attack, s);
  }
  for (uint32_t m = 0; m < gate->n_moves; m++) add_moves(attack, m);
  return attack;
}

void attack_close(struct attack *attack) {
  free(attack->low);
  free(attack->high);
  free(attack->sums);
  free(attack->terms);
  free(attack->of_count);
  free(attack->truth);
  free(attack);
}

static void tie_rows(struct attack *attack, uint32_t sheet, uint32_t row, unsigned cells, uint32_t other, uint32_t other_row, unsigned other_cells) {
  for (uint32_t p = 0; p < attack->gate->n_practices; p++) {
    add_cells(attack, cell_of(attack->gate, sheet, row, p), cells, 1);
    add_cells(attack, cell_of(attack->gate, other, other_row, p), other_cells, -1);
    end_sum(attack);
  }
}

void attack_tie(struct attack *attack, uint32_t sheet, unsigned cells, uint32_t other, unsigned other_cells) {
  const struct gate_sheet *a = &attack->gate->sheets[sheet], *b = &attack->gate->sheets[other];
  tie_rows(attack, sheet, 0, cells, other, 0, other_cells);
  if ((cells | other_cells) & IN_OUTSIDE) return;
  for (uint32_t i = 0; i < a->n_bands; i++)
    for (uint32_t j = 0; j < b->n_bands; j++)
      if (a->label[i] == b->label[j]) tie_rows(attack, sheet, 1 + i, cells, other, 1 + j, other_cells);
}

/* ── bounds ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static int64_t at_least(const struct attack *attack, const struct term *term) {
  return term->sign > 0 ? attack->low[term->variable] : -attack->high[term->variable];
}
static int64_t at_most(const struct attack *attack, const struct term *term) {
  return term->sign > 0 ? attack->high[term->variable] : -attack->low[term->variable];
}

/* Narrows the parts of a sum that is 0 to what the others leave; −1 where nothing fits, 1 where something got narrower. */
static int narrow(struct attack *attack, const struct sum *sum) {
  int64_t low = 0, high = 0;
  int changed = 0;
  for (uint32_t i = sum->first; i < sum->first + sum->n; i++) {
    low += at_least(attack, &attack->terms[i]);
    high += at_most(attack, &attack->terms[i]);
  }
  if (low > 0 || high < 0) return -1;
  for (uint32_t i = sum->first; i < sum->first + sum->n; i++) {
    const struct term *term = &attack->terms[i];
    int64_t least = at_least(attack, term), most = at_most(attack, term);
    int64_t from = -(high - most), to = -(low - least);
    if (from <= least && to >= most) continue;
    from = from > least ? from : least;
    to = to < most ? to : most;
    if (from > to) return -1;
    attack->low[term->variable] = term->sign > 0 ? from : -to;
    attack->high[term->variable] = term->sign > 0 ? to : -from;
    low += from - least;
    high -= most - to;
    changed = 1;
  }
  return changed;
}

/* Until nothing gets narrower; false where no table is left. */
static bool narrow_all(struct attack *attack) {
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 0; i < attack->n_sums; i++) {
      int got = narrow(attack, &attack->sums[i]);
      if (got < 0) return false;
      changed |= got > 0;
    }
  }
  return true;
}

uint32_t attack_by_bounds(struct attack *attack, const char **example) {
  uint32_t back = 0;
  if (!narrow_all(attack)) {
    snprintf(attack->example, sizeof attack->example, "what was published contradicts itself");
    *example = attack->example;
    return UINT32_MAX;
  }
  for (uint32_t i = 0; i < attack->n_counts; i++) {
    uint32_t variable = attack->of_count[i];
    if (attack->low[variable] < attack->high[variable]) continue;
    back++;
    snprintf(attack->example, sizeof attack->example, "hidden count %u of %u can only be %lld; it is %lld", i, attack->n_counts,
             (long long)attack->low[variable], (long long)attack->truth[i]);
  }
  *example = attack->example;
  return back;
}

/* ── trying ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct bounds { int64_t *low, *high; };

static struct bounds keep_bounds(const struct attack *attack) {
  size_t size = attack->n_variables * sizeof(int64_t);
  struct bounds bounds = {memory_take(attack->n_variables, sizeof(int64_t)), memory_take(attack->n_variables, sizeof(int64_t))};
  memcpy(bounds.low, attack->low, size);
  memcpy(bounds.high, attack->high, size);
  return bounds;
}

static void put_back(struct attack *attack, struct bounds *bounds) {
  memcpy(attack->low, bounds->low, attack->n_variables * sizeof(int64_t));
  memcpy(attack->high, bounds->high, attack->n_variables * sizeof(int64_t));
}

static void free_bounds(struct bounds *bounds) {
  free(bounds->low);
  free(bounds->high);
}

/* 1 where there is a table within the bounds, 0 where there is none, −1 where the steps ran out. Tries the variable with the fewest
 * values that are left, one value after another. */
static int find_table(struct attack *attack, uint32_t *steps) {
  if (!narrow_all(attack)) return 0;
  uint32_t best = UINT32_MAX;
  for (uint32_t i = 0; i < attack->n_variables; i++)
    if (attack->low[i] < attack->high[i] &&
        (best == UINT32_MAX || attack->high[i] - attack->low[i] < attack->high[best] - attack->low[best]))
      best = i;
  if (best == UINT32_MAX) return 1;
  struct bounds bounds = keep_bounds(attack);
  int found = 0;
  for (int64_t value = bounds.low[best]; value <= bounds.high[best] && !found; value++) {
    if (*steps == 0) {
      found = -1;
      break;
    }
    --*steps;
    attack->low[best] = attack->high[best] = value;
    found = find_table(attack, steps);
    put_back(attack, &bounds);
  }
  free_bounds(&bounds);
  return found;
}

/* Whether a hidden count could be less, or more, than it is. */
static int has_other(struct attack *attack, uint32_t variable, int64_t truth, uint32_t steps) {
  struct bounds bounds = keep_bounds(attack);
  uint32_t left = steps;
  int found = 0;
  if (truth > attack->low[variable]) {
    attack->high[variable] = truth - 1;
    found = find_table(attack, &left);
    put_back(attack, &bounds);
  }
  if (found <= 0 && truth < attack->high[variable]) {
    left = steps;
    attack->low[variable] = truth + 1;
    int more = find_table(attack, &left);
    found = more > 0 ? more : found < 0 || more < 0 ? -1 : 0;
    put_back(attack, &bounds);
  }
  free_bounds(&bounds);
  return found;
}

uint32_t attack_by_trying(struct attack *attack, uint32_t steps, uint32_t *unsure) {
  uint32_t back = 0;
  *unsure = 0;
  if (!narrow_all(attack)) return UINT32_MAX;
  for (uint32_t i = 0; i < attack->n_counts; i++) {
    int found = has_other(attack, attack->of_count[i], attack->truth[i], steps);
    back += found == 0;
    *unsure += found < 0;
  }
  return back;
}

uint32_t attack_hidden(const struct attack *attack, uint32_t *all) {
  *all = 0;
  for (uint32_t s = 0; s < attack->gate->n_sheets; s++)
    *all += (attack->gate->sheets[s].n_bands * 3 + 4) * (attack->gate->n_practices + 1);
  *all += attack->gate->n_moves * GATE_MOVES * (attack->gate->n_practices + 1);
  return attack->n_counts;
}

uint32_t attack_few(const struct gate *gate) {
  uint32_t few = 0, n = gate->n_practices;
  for (uint32_t s = 0; s < gate->n_sheets; s++)
    for (uint32_t row = 0; row <= gate->sheets[s].n_bands; row++)
      for (int count = row ? 1 : 0; count < GATE_COUNTS; count++) {
        const struct gate_figure *figures = &gate->sheets[s].figures[(size_t)row * (n + 1)];
        uint32_t hidden = figures[n].count[count];
        for (uint32_t p = 0; p < n; p++)
          if (figures[p].state[count] == GATE_SHOWN) hidden -= figures[p].count[count];
        few += figures[n].state[count] == GATE_SHOWN && hidden > 0 && hidden < gate->limit;
      }
  return few;
}
