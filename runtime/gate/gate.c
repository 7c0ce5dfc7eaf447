/* gate.c: small counts are hidden, then as much beside them as it takes. */
#include "runtime/gate/gate.h"
#include <stddef.h>
#include "runtime/gate/system.h"

/* The next hidden count of which no other table is known: small ones first, for what helps them may help the others. */
static uint32_t find_unsafe(const struct system *system) {
  for (enum gate_state state = GATE_SMALL; state <= GATE_HIDDEN; state++)
    for (uint32_t i = 0; i < system->n_lines; i++) {
      const struct line *line = &system->lines[i];
      if (line->kind == LINE_COUNT && *line->state == state && !line->is_safe) return i;
    }
  return UINT32_MAX;
}

static bool is_in(const struct system *system, uint32_t cell, const struct line *line, int *sign) {
  for (uint32_t i = line->first; i < line->first + line->n; i++)
    if (system->members[i].cell == cell) {
      *sign = system->members[i].sign;
      return true;
    }
  return false;
}

/* Whether all cells that are open in one line are in another, with one sign. */
static bool has_open_cells_of(const struct system *system, const struct line *line, const struct line *other) {
  int first = 0, sign;
  for (uint32_t i = line->first; i < line->first + line->n; i++) {
    const struct member *member = &system->members[i];
    if (system->is_fixed[member->cell]) continue;
    if (!is_in(system, member->cell, other, &sign) || (first && sign * member->sign != first)) return false;
    first = sign * member->sign;
  }
  return true;
}

/* Whether a count follows from what is known: no cell of it is open, or just those that are in a sum which is known. */
static bool is_worked_out(const struct system *system, const struct line *line) {
  uint32_t i = line->first, end = line->first + line->n;
  while (i < end && system->is_fixed[system->members[i].cell]) i++;
  if (i == end) return true;
  uint32_t cell = system->members[i].cell;
  for (uint32_t k = system->first_use[cell]; k < system->first_use[cell + 1]; k++) {
    const struct line *other = &system->lines[system->uses[k].line];
    if (other->is_known && has_open_cells_of(system, line, other) && has_open_cells_of(system, other, line)) return true;
  }
  return false;
}

/* One that is large enough and of which no other table was found is shown: who needed it hidden had a table in which it differed.
 * Where it was not known anyway, what has been found so far proves nothing any more. */
static bool show_again(struct system *system, uint32_t number) {
  struct line *line = &system->lines[number];
  if (system_is_small(system, line->value)) return false;
  if (!is_worked_out(system, line))
    for (uint32_t i = 0; i < system->n_lines; i++) system->lines[i].is_safe = false;
  *line->state = GATE_SHOWN;
  system->was_shown_again[number] = true;
  return true;
}

/* Everything is hidden, and with marks that say nothing: a reader knows which counts are 0, and no more. */
static void hide_for_good(struct system *system) {
  const struct gate *gate = system->gate;
  for (uint32_t i = 0; i < system->n_lines; i++) system->was_shown_again[i] = false;
  for (uint32_t s = 0; s < gate->n_sheets; s++)
    for (uint32_t p = 0; p <= gate->n_practices; p++) system_silence(system, s, p);
  system_hide_all(system);
}

/* Every turn makes a count safe, shows one for good, or hides more. Where nothing helps all is hidden for good; then there is an end. */
static void hide_beside(struct system *system) {
  for (bool is_last = false;;) {
    while (system_widen_few(system)) continue;
    system_fix(system);
    uint32_t line = find_unsafe(system);
    while (line != UINT32_MAX && system_search(system, line)) line = find_unsafe(system);
    if (line == UINT32_MAX && (is_last || !system->is_stuck)) return;
    if (is_last && system->lines[line].hides_nobody && show_again(system, line)) continue;
    if (is_last) {
      system->lines[line].is_safe = true;
      system->gate->n_open++;
    } else if (line == UINT32_MAX || (!show_again(system, line) && !system_widen(system, line))) {
      hide_for_good(system);
      is_last = true;
    }
  }
}

/* A band's population is its practice's. */
static void copy_populations(struct gate *gate) {
  for (uint32_t s = 0; s < gate->n_sheets; s++)
    for (uint32_t row = 1; row <= gate->sheets[s].n_bands; row++)
      for (uint32_t p = 0; p <= gate->n_practices; p++)
        gate->sheets[s].figures[(size_t)row * (gate->n_practices + 1) + p].state[GATE_POPULATION] =
            gate->sheets[s].figures[p].state[GATE_POPULATION];
}

void gate_close(struct gate *gate) {
  struct system *system = system_open(gate);
  system_hide_small(system);
  if (!gate->only_small) hide_beside(system);
  copy_populations(gate);
  system_close(system);
}
