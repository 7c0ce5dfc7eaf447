/* first.c: the small counts, and what gives them away within one figure.
 *
 * What is shown of a figure cuts its patients into parts that a reader knows: with the denominator and the numerator also how many
 * are not in it. Of all ways to hide some of the counts so that no part is small the one is taken that keeps most. */
#include "runtime/gate/system.h"

bool system_is_small(const struct system *system, int64_t count) { return count > 0 && count < system->gate->limit; }

/* What is lost with a count. A share needs its denominator and numerator, a mean the number of patients it is of. */
static unsigned cost_of(const struct system *system, uint32_t sheet, enum gate_count count) {
  static const unsigned costs[][GATE_COUNTS] = {
      [GATE_PATIENTS] = {100, 10, 9, 3}, [GATE_NUMBERS] = {100, 5, 20, 3}, [GATE_EVENTS] = {100, 10, 9, 3}};
  if (system_is_population(system, sheet, count)) count = GATE_POPULATION;
  return costs[system->gate->sheets[sheet].kind][count];
}

/* The sum of the leaves that are in the same shown counts as this one; 0 where they are in none. */
static int64_t part_with(const struct system *system, uint32_t sheet, const int64_t *leaves, unsigned hidden, enum leaf leaf) {
  int64_t sum = 0;
  bool is_in_any = false;
  for (enum leaf other = 0; other < N_LEAVES; other++) {
    bool together = true;
    for (enum gate_count count = 0; count < GATE_COUNTS; count++) {
      unsigned bits = hidden >> count & 1 ? 0 : system_leaves(system->gate->sheets[sheet].kind, count);
      together &= (bits >> leaf & 1) == (bits >> other & 1);
      is_in_any |= bits >> leaf & 1;
    }
    if (together) sum += leaves[other];
  }
  return is_in_any ? sum : 0;
}

static bool is_enough(const struct system *system, uint32_t sheet, const int64_t *leaves, unsigned hidden) {
  for (enum leaf leaf = 0; leaf < N_LEAVES; leaf++)
    if (system_is_small(system, part_with(system, sheet, leaves, hidden, leaf))) return false;
  return true;
}

/* A figure's cells; the cluster's are the sums of its practices'. */
static void add_leaves(const struct system *system, uint32_t sheet, uint32_t row, uint32_t practice, int64_t *leaves) {
  uint32_t n = system->gate->n_practices;
  for (uint32_t p = practice == n ? 0 : practice; p < (practice == n ? n : practice + 1); p++)
    for (enum leaf leaf = 0; leaf < N_LEAVES; leaf++) leaves[leaf] += system->value[system_cell(system, sheet, row, p, leaf)];
}

/* The counts to hide, as bits. A 0 is always shown. Of a band the population is that of the whole, and is not looked at. */
static unsigned choose_hidden(const struct system *system, uint32_t sheet, uint32_t row, uint32_t practice) {
  const struct gate_figure *figure = system_figure(system, sheet, row, practice);
  int64_t leaves[N_LEAVES] = {0};
  unsigned best = 0, lowest = ~0u;
  add_leaves(system, sheet, row, practice, leaves);
  for (unsigned hidden = 0; hidden < 1u << GATE_COUNTS; hidden++) {
    unsigned cost = 0;
    bool is_allowed = row == 0 || hidden & 1u << GATE_POPULATION;
    for (enum gate_count count = 0; count < GATE_COUNTS; count++) {
      if (!(hidden >> count & 1)) continue;
      cost += cost_of(system, sheet, count);
      is_allowed &= figure->count[count] > 0 || (row > 0 && count == GATE_POPULATION);
    }
    if (!is_allowed || cost >= lowest || !is_enough(system, sheet, leaves, hidden)) continue;
    best = hidden;
    lowest = cost;
  }
  return row ? best & ~(1u << GATE_POPULATION) : best;
}

static void hide_whole(struct system *system, uint32_t sheet, uint32_t row, uint32_t practice) {
  unsigned hidden = choose_hidden(system, sheet, row, practice);
  for (enum gate_count count = 0; count < GATE_COUNTS; count++)
    if (hidden >> count & 1) system_hide(system, system_line(system, sheet, row, practice, count));
}

/* One small part in a band is seen from the other bands: all of a practice's stratum are hidden. */
static void hide_band(struct system *system, uint32_t sheet, uint32_t row, uint32_t practice) {
  if (practice == system->gate->n_practices)
    hide_whole(system, sheet, row, practice);
  else if (choose_hidden(system, sheet, row, practice))
    system_hide_bands(system, sheet, row, practice);
}

static void hide_movement(struct system *system, uint32_t moves, uint32_t practice) {
  const struct gate_movement *movement = &system->gate->moves[moves].movements[practice];
  uint32_t undecided = 0;
  bool is_small = false;
  for (uint32_t before = GATE_NO; before < GATE_OUTCOMES; before++)
    for (uint32_t now = GATE_NO; now < GATE_OUTCOMES; now++)
      if (before == GATE_UNDECIDED || now == GATE_UNDECIDED) undecided += movement->patients[before][now];
  is_small |= system_is_small(system, undecided);
  for (enum gate_move move = 0; move < GATE_MOVES; move++) is_small |= system_is_small(system, gate_moved(movement, move));
  if (is_small) system_hide_movement(system, moves, practice);
}

void system_hide_small(struct system *system) {
  const struct gate *gate = system->gate;
  for (uint32_t s = 0; s < gate->n_sheets; s++)
    for (uint32_t row = 0; row <= gate->sheets[s].n_bands; row++)
      for (uint32_t p = 0; p <= gate->n_practices; p++) (row ? hide_band : hide_whole)(system, s, row, p);
  for (uint32_t m = 0; m < gate->n_moves; m++)
    for (uint32_t p = 0; p <= gate->n_practices; p++) hide_movement(system, m, p);
}
