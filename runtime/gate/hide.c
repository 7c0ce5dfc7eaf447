/* hide.c: hiding a count, and all that would say it over again. */
#include "runtime/gate/system.h"

static bool is_hidden(const struct system *system, uint32_t line) { return *system->lines[line].state != GATE_SHOWN; }

/* The same number stands in another indicator: it is hidden there as well. */
static void hide_class(struct system *system, const struct line *line) {
  uint32_t n = system->gate->n_sheets * GATE_COUNTS, number = line->sheet * GATE_COUNTS + line->count;
  for (uint32_t i = 0; i < n; i++)
    if (i != number && system->class_of[i] == system->class_of[number])
      system_hide(system, system_line(system, i / GATE_COUNTS, 0, line->practice, i % GATE_COUNTS));
}

void system_hide(struct system *system, uint32_t number) {
  const struct line *line = &system->lines[number];
  if (is_hidden(system, number) || system->was_shown_again[number]) return;
  if (line->value == 0 && !line->hides_nobody) return;
  *line->state = system_is_small(system, line->value) && !line->is_silent ? GATE_SMALL : GATE_HIDDEN;
  if (line->is_move || line->row > 0) return;
  hide_class(system, line);
  if (line->count == GATE_POPULATION) return;
  system_hide_bands(system, line->sheet, 0, line->practice);
  for (uint32_t m = 0; m < system->gate->n_moves; m++)
    if (system->gate->moves[m].before == line->sheet || system->gate->moves[m].now == line->sheet)
      system_hide_movement(system, m, line->practice);
}

bool system_is_population(const struct system *system, uint32_t sheet, enum gate_count count) {
  return system->class_of[sheet * GATE_COUNTS + count] == system->class_of[sheet * GATE_COUNTS + GATE_POPULATION];
}

void system_hide_figure(struct system *system, uint32_t sheet, uint32_t row, uint32_t practice) {
  for (enum gate_count count = GATE_DENOMINATOR; count < GATE_COUNTS; count++)
    if (row > 0 || !system_is_population(system, sheet, count)) system_hide(system, system_line(system, sheet, row, practice, count));
}

/* Whether a band of a sheet has a label that a band in this stratum has. */
static bool is_in_stratum(const struct gate_sheet *of, uint32_t row, uint32_t label) {
  for (uint32_t band = 0; band < of->n_bands; band++)
    if ((row == 0 || of->stratum[band] == of->stratum[row - 1]) && of->label[band] == label) return true;
  return false;
}

void system_hide_bands(struct system *system, uint32_t sheet, uint32_t row, uint32_t practice) {
  const struct gate_sheet *of = &system->gate->sheets[sheet];
  for (uint32_t s = 0; s < system->gate->n_sheets; s++) {
    const struct gate_sheet *other = &system->gate->sheets[s];
    if (s != sheet && (system->group_of[s] != system->group_of[sheet] || practice == system->gate->n_practices)) continue;
    for (uint32_t band = 0; band < other->n_bands; band++)
      if (is_in_stratum(of, row, other->label[band])) system_hide_figure(system, s, 1 + band, practice);
  }
}

void system_hide_movement(struct system *system, uint32_t moves, uint32_t practice) {
  for (enum gate_move move = 0; move < GATE_MOVES; move++) system_hide(system, system_move_line(system, moves, practice, move));
}

void system_hide_alike(struct system *system, uint32_t sheet, uint32_t of, uint32_t practice) {
  for (uint32_t s = 0; s < system->gate->n_sheets; s++) {
    if (system->group_of[s] != system->group_of[sheet]) continue;
    for (enum gate_count count = GATE_DENOMINATOR; count < GATE_COUNTS; count++)
      if (is_hidden(system, system_line(system, s, 0, of, count)) && !system_is_population(system, s, count))
        system_hide(system, system_line(system, s, 0, practice, count));
  }
}

void system_silence(struct system *system, uint32_t sheet, uint32_t practice) {
  for (uint32_t i = 0; i < system->n_lines; i++) {
    struct line *line = &system->lines[i];
    uint32_t of = line->is_move ? system->gate->moves[line->sheet].now : line->sheet;
    if (line->kind != LINE_COUNT || line->practice != practice || system->group_of[of] != system->group_of[sheet]) continue;
    line->is_silent = true;
    if (*line->state == GATE_SMALL) *line->state = GATE_HIDDEN;
  }
}

/* ── all of it ───────────────────────────────────────────────────────────────────────────────────────────────────── */

uint32_t system_count_shown(const struct system *system) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < system->n_lines; i++) n += system->lines[i].kind == LINE_COUNT && !is_hidden(system, i);
  return n;
}

bool system_hide_sheet(struct system *system, uint32_t sheet) {
  uint32_t shown = system_count_shown(system);
  for (uint32_t row = 0; row <= system->gate->sheets[sheet].n_bands; row++)
    for (uint32_t p = 0; p <= system->gate->n_practices; p++) system_hide_figure(system, sheet, row, p);
  return system_count_shown(system) < shown;
}

bool system_hide_group(struct system *system, uint32_t sheet) {
  bool any = false;
  for (uint32_t s = 0; s < system->gate->n_sheets; s++)
    if (system->group_of[s] == system->group_of[sheet]) any |= system_hide_sheet(system, s);
  return any;
}

bool system_hide_all(struct system *system) {
  uint32_t shown = system_count_shown(system);
  for (uint32_t i = 0; i < system->n_lines; i++)
    if (system->lines[i].kind == LINE_COUNT) system_hide(system, i);
  return system_count_shown(system) < shown;
}
