/* few.c: what is hidden together may be few as well.
 *
 * A reader takes the practices that are shown from the cluster's count, and knows how many the hidden ones have together. Where
 * those are few, one more is hidden, or the cluster's count. */
#include "runtime/gate/system.h"

static bool is_shown(const struct system *system, uint32_t line) { return *system->lines[line].state == GATE_SHOWN; }

static uint32_t line_of(const struct system *system, const struct line *total, uint32_t practice) {
  return total->is_move ? system_move_line(system, total->sheet, practice, total->count)
                        : system_line(system, total->sheet, total->row, practice, total->count);
}

/* What is known of the hidden practices together: their sum in a line of the cluster. Where it is few, the practice is hidden of
 * which the least is lost and with which they are enough; else the cluster's own count. `derived` is the line of what a reader gets
 * by subtraction, or the count itself. */
struct column { uint32_t count, derived, stride; };

static uint32_t part_of(const struct system *system, const struct column *column, uint32_t practice) {
  uint32_t number = system->lines[column->count].practice - practice;
  return column->derived == column->count ? line_of(system, &system->lines[column->count], practice) : column->derived - number * column->stride;
}

static bool is_open(const struct system *system, uint32_t line) {
  const struct line *of = &system->lines[line];
  if (of->kind == LINE_COUNT) return !is_shown(system, line);
  for (uint32_t i = 0; i < of->n_base; i++)
    if (!is_shown(system, of->base[i])) return true;
  return false;
}

static uint32_t find_one_more(const struct system *system, const struct column *column, int64_t hidden) {
  uint32_t best = UINT32_MAX;
  for (uint32_t p = 0; p < system->gate->n_practices; p++) {
    uint32_t line = line_of(system, &system->lines[column->count], p);
    int64_t added = system->lines[part_of(system, column, p)].value;
    if (is_open(system, part_of(system, column, p)) || hidden + added < system->gate->limit) continue;
    if (!is_shown(system, line) || system->lines[line].value == 0 || system->was_shown_again[line]) continue;
    if (best == UINT32_MAX || system->lines[line].value < system->lines[best].value) best = line;
  }
  return best;
}

static bool widen_column(struct system *system, const struct column *column) {
  const struct line *total = &system->lines[column->count];
  int64_t hidden = 0;
  for (uint32_t p = 0; p < system->gate->n_practices; p++)
    if (is_open(system, part_of(system, column, p))) hidden += system->lines[part_of(system, column, p)].value;
  if (is_open(system, column->derived) || !system_is_small(system, hidden)) return false;
  uint32_t more = find_one_more(system, column, hidden);
  if (more == UINT32_MAX) {
    system_hide(system, column->count);
    system->is_stuck |= is_shown(system, column->count);
    return !is_shown(system, column->count);
  }
  if (total->is_move)
    system_hide_movement(system, total->sheet, system->lines[more].practice);
  else if (total->row > 0)
    system_hide_bands(system, total->sheet, total->row, system->lines[more].practice);
  else
    system_hide(system, more);
  return !is_shown(system, more);
}

/* The cluster's whole without the bands that are shown. The band that is hidden beside them is hidden as they are. */
static bool widen_stratum(struct system *system, uint32_t sheet, uint32_t first, uint32_t end, enum gate_count count) {
  uint32_t all = system->gate->n_practices, best = UINT32_MAX;
  int64_t hidden = 0;
  for (uint32_t band = first; band < end; band++) {
    uint32_t line = system_line(system, sheet, 1 + band, all, count);
    if (!is_shown(system, line)) hidden += system->lines[line].value;
  }
  if (!is_shown(system, system_line(system, sheet, 0, all, count)) || !system_is_small(system, hidden)) return false;
  for (uint32_t band = first; band < end; band++) {
    uint32_t line = system_line(system, sheet, 1 + band, all, count);
    if (!is_shown(system, line) || system->lines[line].value == 0 || system->was_shown_again[line]) continue;
    if (best == UINT32_MAX || system->lines[line].value < system->lines[best].value) best = line;
  }
  if (best == UINT32_MAX) return false;
  system_hide(system, best);
  for (uint32_t band = first; band < end; band++)
    for (enum gate_count other = GATE_DENOMINATOR; other < GATE_COUNTS; other++)
      if (!is_shown(system, system_line(system, sheet, 1 + band, all, other)))
        system_hide(system, system_line(system, sheet, system->lines[best].row, all, other));
  return true;
}

static bool widen_strata(struct system *system, uint32_t sheet) {
  const struct gate_sheet *of = &system->gate->sheets[sheet];
  for (uint32_t first = 0, end; first < of->n_bands; first = end) {
    for (end = first; end < of->n_bands && of->stratum[end] == of->stratum[first];) end++;
    for (enum gate_count count = GATE_DENOMINATOR; count < GATE_COUNTS; count++)
      if (widen_stratum(system, sheet, first, end, count)) return true;
  }
  return false;
}

bool system_widen_few(struct system *system) {
  system->is_stuck = false;
  uint32_t all = system->gate->n_practices;
  for (uint32_t i = 0; i < system->n_lines; i++) {
    const struct line *line = &system->lines[i];
    struct column column = {.count = i, .derived = i, .stride = line->row ? 1 : 2};
    if (line->practice != all || line->kind == LINE_RELATION) continue;
    if (line->kind == LINE_DERIVED) column.count = system_line(system, line->sheet, line->row, all, line->count);
    if (widen_column(system, &column)) return true;
  }
  for (uint32_t s = 0; s < system->gate->n_sheets; s++)
    if (widen_strata(system, s)) return true;
  return false;
}
