/* widen.c: what else is hidden, so that a hidden count cannot be worked back.
 *
 * Each way is tried, those that lose least first: another practice's figure like it, the rest of the figure, the cluster's; only
 * what helps is kept. Where no way helps all of the indicator is hidden, then all that is tied to it, then everything. */
#include <stdlib.h>
#include "runtime/gate/system.h"
#include "runtime/memory/memory.h"

#define TRIED_MOST 8   /* practices that are tried, the smallest first */
#define FREED_MOST 300 /* counts, or pairs of them, that are tried to free one: there are a great many pairs */

/* ── trying ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What is kept of each line. A table that was found while more was hidden proves nothing. */
struct kept { uint8_t state; bool is_safe, is_silent; };

static struct kept *keep(const struct system *system) {
  struct kept *kept = memory_take(system->n_lines, sizeof *kept);
  for (uint32_t i = 0; i < system->n_lines; i++)
    if (system->lines[i].kind == LINE_COUNT) kept[i] = (struct kept){*system->lines[i].state, system->lines[i].is_safe, system->lines[i].is_silent};
  return kept;
}

static void put_back(struct system *system, const struct kept *kept) {
  for (uint32_t i = 0; i < system->n_lines; i++) {
    if (system->lines[i].kind != LINE_COUNT) continue;
    *system->lines[i].state = kept[i].state;
    system->lines[i].is_safe = kept[i].is_safe;
    system->lines[i].is_silent = kept[i].is_silent;
  }
}

static bool helps(struct system *system, uint32_t line) {
  system_fix(system);
  return system_search(system, line);
}

struct candidate { uint32_t practice, count; };

static int compare_candidates(const void *left, const void *right) {
  const struct candidate *a = left, *b = right;
  if (a->count != b->count) return a->count < b->count ? -1 : 1;
  return a->practice < b->practice ? -1 : a->practice > b->practice;
}

/* The practices that have somebody in the count of a line and show it, the smallest first; gives how many. */
static uint32_t find_candidates(const struct system *system, const struct line *line, struct candidate *candidates) {
  uint32_t n = 0;
  for (uint32_t p = 0; p < system->gate->n_practices; p++) {
    uint32_t number = line->is_move ? system_move_line(system, line->sheet, p, line->count)
                                    : system_line(system, line->sheet, line->row, p, line->count);
    const struct line *other = &system->lines[number];
    if (p != line->practice && other->value > 0 && *other->state == GATE_SHOWN && !system->was_shown_again[number])
      candidates[n++] = (struct candidate){p, (uint32_t)other->value};
  }
  qsort(candidates, n, sizeof *candidates, compare_candidates);
  return n;
}

/* How another practice is hidden for the sake of a line. */
static void hide_practice(struct system *system, const struct line *line, uint32_t practice) {
  if (line->is_move)
    system_hide_movement(system, line->sheet, practice);
  else if (line->row > 0)
    system_hide_bands(system, line->sheet, line->row, practice);
  else {
    system_hide(system, system_line(system, line->sheet, 0, practice, line->count));
    system_hide_alike(system, line->sheet, line->practice, practice);
  }
}

/* Hides the first practice that helps. */
static bool try_practices(struct system *system, uint32_t number) {
  const struct line *line = &system->lines[number];
  struct candidate *candidates = memory_take(system->gate->n_practices, sizeof *candidates);
  uint32_t n = find_candidates(system, line, candidates);
  struct kept *kept = keep(system);
  bool is_safe = false;
  for (uint32_t i = 0; i < n && i < TRIED_MOST && !is_safe; i++) {
    hide_practice(system, line, candidates[i].practice);
    is_safe = helps(system, number);
    if (!is_safe) put_back(system, kept);
  }
  free(kept);
  free(candidates);
  return is_safe;
}

/* ── ways ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether there is another table as far as this practice's own counts go, or the cluster's own: without the sums over practices. */
static bool is_free_alone(struct system *system, uint32_t number) {
  struct kept *kept = keep(system);
  system->scope = system->lines[number].practice == system->gate->n_practices ? SCOPE_CLUSTER : SCOPE_PRACTICES;
  bool is_free = helps(system, number);
  system->scope = SCOPE_ALL;
  put_back(system, kept);
  free(kept);
  return is_free;
}

/* Hides one more count of the practice, or two, in any sheet that is tied to this one, such that the line is free there. */
static bool free_with(struct system *system, uint32_t number, uint32_t first, unsigned more) {
  const struct line *line = &system->lines[number];
  struct kept *kept = keep(system);
  bool is_free = false;
  for (uint32_t i = first; i < system->gate->n_sheets * GATE_COUNTS && !is_free && system->n_tried < FREED_MOST; i++) {
    uint32_t s = i / GATE_COUNTS, count = GATE_COUNTS - 1 - i % GATE_COUNTS, shown = system_count_shown(system);
    if (system->group_of[s] != system->group_of[line->sheet] || system_is_population(system, s, count)) continue;
    system_hide(system, system_line(system, s, 0, line->practice, count));
    if (system_count_shown(system) == shown) continue;
    system->n_tried++;
    is_free = is_free_alone(system, number) || (more && free_with(system, number, i + 1, more - 1));
    if (!is_free) put_back(system, kept);
  }
  free(kept);
  return is_free;
}

static void hide_figures(struct system *system, const struct line *line) {
  for (uint32_t s = 0; s < system->gate->n_sheets; s++)
    if (system->group_of[s] == system->group_of[line->sheet]) system_hide_figure(system, s, 0, line->practice);
}

/* What became of the patients of all sheets of the group, in all practices and together, with marks that say nothing: it is what can
 * best be missed. */
static bool hide_movements(struct system *system, uint32_t sheet) {
  uint32_t shown = system_count_shown(system), n = system->gate->n_practices;
  bool any = false;
  for (uint32_t m = 0; m < system->gate->n_moves; m++) {
    if (system->group_of[system->gate->moves[m].now] != system->group_of[sheet]) continue;
    for (uint32_t p = 0; p <= n; p++) system_hide_movement(system, m, p);
    for (enum gate_move move = 0; move < GATE_MOVES; move++) {
      struct line *line = &system->lines[system_move_line(system, m, n, move)];
      any |= !line->is_silent;
      line->is_silent = true;
      if (*line->state == GATE_SMALL) *line->state = GATE_HIDDEN;
    }
  }
  return any || system_count_shown(system) < shown;
}

static void widen_whole(struct system *system, uint32_t number) {
  const struct line *line = &system->lines[number];
  struct kept *kept = keep(system);
  system->n_tried = 0;
  if (!is_free_alone(system, number) && !free_with(system, number, 0, 0) && !free_with(system, number, 0, 1)) hide_figures(system, line);
  if (helps(system, number) || try_practices(system, number)) goto done;
  system_hide_figure(system, line->sheet, 0, line->practice);
  if (helps(system, number) || try_practices(system, number)) goto done;
  hide_figures(system, line);
  if (helps(system, number) || try_practices(system, number)) goto done;
  system_silence(system, line->sheet, line->practice);
  if (helps(system, number) || try_practices(system, number)) goto done;
  if (hide_movements(system, line->sheet) && (helps(system, number) || try_practices(system, number))) goto done;
  put_back(system, kept);
  hide_practice(system, line, system->gate->n_practices);
  if (helps(system, number)) goto done;
  hide_movements(system, line->sheet);
  if (helps(system, number)) goto done;
  if (!system_hide_sheet(system, line->sheet) && !system_hide_group(system, line->sheet)) system_hide_all(system);
done:
  free(kept);
}

/* Another band of the cluster's stratum, with this one. */
static bool try_bands(struct system *system, uint32_t number) {
  const struct line *line = &system->lines[number];
  const struct gate_sheet *sheet = &system->gate->sheets[line->sheet];
  uint32_t all = system->gate->n_practices;
  struct kept *kept = keep(system);
  bool is_safe = false;
  for (uint32_t band = 0; band < sheet->n_bands && !is_safe; band++) {
    if (band == line->row - 1 || sheet->stratum[band] != sheet->stratum[line->row - 1]) continue;
    system_hide_figure(system, line->sheet, line->row, all);
    system_hide_figure(system, line->sheet, 1 + band, all);
    is_safe = helps(system, number) || try_practices(system, number);
    if (!is_safe) put_back(system, kept);
  }
  free(kept);
  return is_safe;
}

static void widen_band(struct system *system, uint32_t number) {
  const struct line *line = &system->lines[number];
  uint32_t all = system->gate->n_practices;
  if (try_practices(system, number) || try_bands(system, number)) return;
  for (uint32_t p = all + 1; p-- > 0;) {
    system_hide_bands(system, line->sheet, line->row, p);
    if (p == all && (helps(system, number) || try_practices(system, number))) return;
  }
  system_silence(system, line->sheet, all);
  if (helps(system, number)) return;
  if (!system_hide_sheet(system, line->sheet) && !system_hide_group(system, line->sheet)) system_hide_all(system);
}

static void widen_movement(struct system *system, uint32_t number) {
  const struct line *line = &system->lines[number];
  const struct gate_moves *moves = &system->gate->moves[line->sheet];
  if (try_practices(system, number)) return;
  for (uint32_t p = system->gate->n_practices + 1; p-- > 0;) {
    system_hide_movement(system, line->sheet, p);
    if (p == system->gate->n_practices && helps(system, number)) return;
  }
  if (helps(system, number)) return;
  if (!system_hide_group(system, moves->before)) system_hide_all(system);
}

bool system_widen(struct system *system, uint32_t number) {
  const struct line *line = &system->lines[number];
  uint32_t shown = system_count_shown(system);
  (line->is_move ? widen_movement : line->row ? widen_band : widen_whole)(system, number);
  return line->is_safe || system_count_shown(system) < shown;
}
