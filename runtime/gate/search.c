/* search.c: another table that agrees with all that is shown.
 *
 * A cell of the hidden line is changed by some patients; a sum that is known is then wrong, and another of its cells is changed to
 * mend it, which may make another sum wrong, and so on until all are right: patients have gone round a circle of cells. Every
 * hidden count that has changed on the way is one that nobody can work back. Of the wrong sums the one with the fewest cells that
 * can still be changed is mended first. Most circles go through two practices; those are looked for first, or one would get lost. */
#include <stdlib.h>
#include <string.h>
#include "runtime/gate/system.h"
#include "runtime/memory/memory.h"

#define STEPS_PAIR   60     /* tries from one cell, in two practices: a circle is found in some ten, or there is hardly one … */
#define STEPS_MOST   400    /* … and in all practices … */
#define STEPS_ALL    4000   /* … and from all cells of the line, of either */
#define CHANGES_MOST 48     /* cells of a circle */

#define ANYBODY UINT32_MAX

struct search {
  int32_t *change;               /* [cell] */
  int32_t *sum;                  /* [line]: what the changes come to */
  uint32_t *wrong, n_wrong;      /* lines that are known and whose sum is not 0 */
  uint32_t *place;               /* [line]: where it is in `wrong`, from 1 */
  uint32_t n_changes, changed[CHANGES_MOST], steps, steps_left;
  uint32_t target;               /* the hidden line that must differ */
  uint32_t one, other;           /* the practices that may be changed; ANYBODY: all */
};

struct search *search_open(const struct system *system) {
  struct search *search = memory_take(1, sizeof *search);
  search->change = memory_take(system->n_cells, sizeof *search->change);
  search->sum = memory_take(system->n_lines, sizeof *search->sum);
  search->wrong = memory_take(system->n_lines, sizeof *search->wrong);
  search->place = memory_take(system->n_lines, sizeof *search->place);
  return search;
}

void search_close(struct search *search) {
  free(search->change);
  free(search->sum);
  free(search->wrong);
  free(search->place);
  free(search);
}

static void set_wrong(struct search *search, uint32_t line, bool is_wrong) {
  uint32_t place = search->place[line];
  if (is_wrong && !place) {
    search->wrong[search->n_wrong++] = line;
    search->place[line] = search->n_wrong;
  } else if (!is_wrong && place) {
    uint32_t last = search->wrong[--search->n_wrong];
    search->wrong[place - 1] = last;
    search->place[last] = place;
    search->place[line] = 0;
  }
}

static void change_cell(struct system *system, uint32_t cell, int32_t by) {
  struct search *search = system->search;
  search->change[cell] += by;
  for (uint32_t i = system->first_use[cell]; i < system->first_use[cell + 1]; i++) {
    uint32_t line = system->uses[i].line;
    search->sum[line] += system->uses[i].sign * by;
    if (system->lines[line].is_known) set_wrong(search, line, search->sum[line] != 0);
  }
}

#define NO_LINE UINT32_MAX

/* A hidden count that its mark says cannot be what it is in the other table; NO_LINE where all can. */
static uint32_t find_unfit(const struct system *system) {
  const struct search *search = system->search;
  for (uint32_t i = 0; i < search->n_changes; i++)
    for (uint32_t k = system->first_use[search->changed[i]]; k < system->first_use[search->changed[i] + 1]; k++) {
      const struct line *line = &system->lines[system->uses[k].line];
      int32_t sum = search->sum[system->uses[k].line];
      if (!line->is_marked || sum == 0) continue;
      if (line->value + sum < system_least(system, line) || line->value + sum > system_most(system, line)) return system->uses[k].line;
    }
  return NO_LINE;
}

static uint32_t practice_of(const struct system *system, uint32_t cell) {
  uint32_t n = system->gate->n_practices, n_leaves = system->n_rows * n * N_LEAVES;
  return cell < n_leaves ? cell / N_LEAVES % n : (cell - n_leaves) / (GATE_OUTCOMES * GATE_OUTCOMES) % n;
}

static bool can_change(const struct system *system, uint32_t cell, int32_t by) {
  const struct search *search = system->search;
  if (search->other != ANYBODY && practice_of(system, cell) != search->one && practice_of(system, cell) != search->other) return false;
  int32_t value = system->value[cell] + by;
  return by != 0 && !system->is_fixed[cell] && system->search->change[cell] == 0 && value >= system->low[cell] && value <= system->high[cell];
}

/* By how much a member must change to mend a sum; 0 where it cannot. */
static int32_t mending(const struct member *member, int32_t sum) { return sum % member->sign == 0 ? -sum / member->sign : 0; }

/* The wrong line with the fewest cells that could mend it. */
static uint32_t choose_wrong(const struct system *system) {
  const struct search *search = system->search;
  uint32_t best = search->wrong[0], fewest = UINT32_MAX;
  for (uint32_t i = 0; i < search->n_wrong; i++) {
    const struct line *line = &system->lines[search->wrong[i]];
    uint32_t n = 0;
    for (uint32_t k = line->first; k < line->first + line->n && n < fewest; k++) {
      const struct member *member = &system->members[k];
      n += can_change(system, member->cell, mending(member, search->sum[search->wrong[i]]));
    }
    if (n < fewest || (n == fewest && search->wrong[i] < best)) fewest = n, best = search->wrong[i];
  }
  return best;
}

static bool mend(struct system *system);

static bool try_cell(struct system *system, uint32_t cell, int32_t by) {
  struct search *search = system->search;
  if (!can_change(system, cell, by) || search->n_changes == CHANGES_MOST || search->steps == 0) return false;
  search->steps--;
  search->changed[search->n_changes++] = cell;
  change_cell(system, cell, by);
  if (mend(system)) return true;
  change_cell(system, cell, -by);
  search->n_changes--;
  return false;
}

/* Where all sums are right, a hidden count that does not fit its mark is made again what it was. */
static bool mend(struct system *system) {
  uint32_t number = system->search->n_wrong ? choose_wrong(system) : find_unfit(system);
  if (number == NO_LINE) return system->search->sum[system->search->target] != 0;
  if (number == system->search->target) return false;
  const struct line *line = &system->lines[number];
  int32_t sum = system->search->sum[number];
  for (uint32_t i = line->first; i < line->first + line->n; i++)
    if (try_cell(system, system->members[i].cell, mending(&system->members[i], sum))) return true;
  return false;
}

/* Marks what differs in the table that was found, and puts all back. */
static void take_table(struct system *system) {
  struct search *search = system->search;
  for (uint32_t i = 0; i < search->n_changes; i++)
    for (uint32_t k = system->first_use[search->changed[i]]; k < system->first_use[search->changed[i] + 1]; k++) {
      struct line *line = &system->lines[system->uses[k].line];
      if (line->is_marked && search->sum[system->uses[k].line] != 0) line->is_safe = true;
    }
  while (search->n_changes > 0) {
    uint32_t cell = search->changed[--search->n_changes];
    change_cell(system, cell, -search->change[cell]);
  }
}

static bool search_from(struct system *system, uint32_t cell, int32_t by, uint32_t most) {
  struct search *search = system->search;
  uint32_t steps = search->steps_left < most ? search->steps_left : most;
  search->steps = steps;
  bool is_found = try_cell(system, cell, by);
  search->steps_left -= steps - search->steps;
  if (is_found) take_table(system);
  return is_found;
}

static bool search_with(struct system *system, const struct line *line, int32_t patients, uint32_t most) {
  for (int sign = 1; sign >= -1; sign -= 2)
    for (uint32_t i = line->first; i < line->first + line->n; i++)
      if (search_from(system, system->members[i].cell, sign * patients, most)) return true;
  return false;
}

/* Between the practice and another, or for the cluster's count between any of its practices and the next. */
static bool search_pairs(struct system *system, const struct line *line, int32_t patients) {
  struct search *search = system->search;
  uint32_t n = system->gate->n_practices;
  for (uint32_t i = 1; i <= n; i++) {
    bool is_cluster = line->practice == n;
    search->one = is_cluster ? i - 1 : line->practice;
    search->other = (search->one + (is_cluster ? 1 : i)) % n;
    if (search_with(system, line, patients, STEPS_PAIR)) return true;
  }
  return false;
}

bool system_search(struct system *system, uint32_t number) {
  const struct line *line = &system->lines[number];
  int32_t limit = (int32_t)system->gate->limit;
  bool is_found = false;
  system->search->target = number;
  system->search->steps_left = STEPS_ALL;
  for (int32_t patients = 1; patients < limit && !is_found; patients++) is_found = search_pairs(system, line, patients);
  system->search->other = ANYBODY;
  system->search->steps_left = STEPS_ALL;
  for (int32_t patients = 1; patients < limit && !is_found; patients++) is_found = search_with(system, line, patients, STEPS_MOST);
  return is_found;
}
