/* fix.c: what a reader can work out: a sum of which all members but one are known gives that one, and where a sum of counts is
 * nothing, each of them is. */
#include <stdlib.h>
#include <string.h>
#include "runtime/gate/system.h"
#include "runtime/memory/memory.h"

static bool is_in_scope(const struct system *system, const struct line *line) {
  if (system->scope == SCOPE_ALL || line->kind == LINE_RELATION) return true;
  return (line->practice == system->gate->n_practices) == (system->scope == SCOPE_CLUSTER);
}

static bool is_known(const struct system *system, const struct line *line) {
  if (line->kind == LINE_RELATION) return true;
  if (!is_in_scope(system, line)) return false;
  if (line->kind == LINE_COUNT) return *line->state == GATE_SHOWN;
  for (uint32_t i = 0; i < line->n_base; i++)
    if (*system->lines[line->base[i]].state != GATE_SHOWN) return false;
  return true;
}

/* What is open of a line: how many cells, the last of them, whether all have one sign, and what they come to. */
struct rest { uint32_t n, cell; bool one_sign; int64_t value; };

static struct rest rest_of(const struct system *system, const struct line *line) {
  struct rest rest = {.one_sign = true};
  int8_t sign = 0;
  for (uint32_t i = line->first; i < line->first + line->n; i++) {
    const struct member *member = &system->members[i];
    if (system->is_fixed[member->cell]) continue;
    int8_t of = member->sign > 0 ? 1 : -1;
    rest.one_sign &= sign == 0 || sign == of;
    sign = of;
    rest.n++;
    rest.cell = member->cell;
    rest.value += member->sign * system->value[member->cell];
  }
  return rest;
}

struct queue { uint32_t *lines, first, n, most; bool *is_in; };

static void push(struct queue *queue, uint32_t line) {
  if (queue->is_in[line]) return;
  queue->is_in[line] = true;
  queue->lines[(queue->first + queue->n++) % queue->most] = line;
}

static void fix_cell(struct system *system, struct queue *queue, uint32_t cell) {
  system->is_fixed[cell] = true;
  for (uint32_t i = system->first_use[cell]; i < system->first_use[cell + 1]; i++)
    if (system->lines[system->uses[i].line].is_known) push(queue, system->uses[i].line);
}

/* HIDDEN stands for small counts too, but only where a practice is silent: a reader who guesses that elsewhere it does not shall gain
 * nothing by it. */
int32_t system_least(const struct system *system, const struct line *line) {
  if (line->hides_nobody && *line->state == GATE_HIDDEN) return 0;
  return *line->state == GATE_SMALL || line->is_silent ? 1 : (int32_t)system->gate->limit;
}
int32_t system_most(const struct system *system, const struct line *line) {
  return *line->state == GATE_SMALL ? (int32_t)system->gate->limit - 1 : INT32_MAX;
}

static void find_bounds(struct system *system) {
  for (uint32_t i = 0; i < system->n_cells; i++) system->low[i] = 0, system->high[i] = INT32_MAX;
  for (uint32_t i = 0; i < system->n_lines; i++) {
    const struct line *line = &system->lines[i];
    if (!line->is_marked || line->n != 1) continue;
    uint32_t cell = system->members[line->first].cell;
    int32_t least = system_least(system, line), most = system_most(system, line);
    system->low[cell] = least > system->low[cell] ? least : system->low[cell];
    system->high[cell] = most < system->high[cell] ? most : system->high[cell];
  }
}

void system_fix(struct system *system) {
  struct queue queue = {.most = system->n_lines, .lines = memory_take(system->n_lines, sizeof *queue.lines),
                        .is_in = memory_take(system->n_lines, sizeof *queue.is_in)};
  memset(system->is_fixed, 0, system->n_cells * sizeof *system->is_fixed);
  for (uint32_t i = 0; i < system->n_lines; i++) {
    struct line *line = &system->lines[i];
    line->is_known = is_known(system, line);
    line->is_marked = line->kind == LINE_COUNT && *line->state != GATE_SHOWN && is_in_scope(system, line);
    if (system->lines[i].is_known) push(&queue, i);
  }
  find_bounds(system);
  while (queue.n > 0) {
    uint32_t number = queue.lines[queue.first];
    const struct line *line = &system->lines[number];
    queue.first = (queue.first + 1) % queue.most;
    queue.n--;
    queue.is_in[number] = false;
    struct rest rest = rest_of(system, line);
    if (rest.n == 1) fix_cell(system, &queue, rest.cell);
    if (rest.n <= 1 || !rest.one_sign || rest.value != 0) continue;
    for (uint32_t i = line->first; i < line->first + line->n; i++)
      if (!system->is_fixed[system->members[i].cell]) fix_cell(system, &queue, system->members[i].cell);
  }
  free(queue.lines);
  free(queue.is_in);
}
