/* merge.c: cells that a tie says are the same are one cell: a circle of patients is then as short as it can be. */
#include <stdlib.h>
#include "runtime/gate/system.h"
#include "runtime/memory/memory.h"

static uint32_t find_first(uint32_t *same, uint32_t cell) {
  while (same[cell] != cell) cell = same[cell] = same[same[cell]];
  return cell;
}

/* Whether a relation says that one cell is another, and which. */
static bool is_equality(const struct system *system, const struct line *line) {
  const struct member *members = &system->members[line->first];
  return line->kind == LINE_RELATION && line->n == 2 && members[0].sign + members[1].sign == 0;
}

/* Adds a member to a line's end, or to the one of the same cell that is there already. */
static uint32_t add_sign(struct system *system, uint32_t first, uint32_t end, struct member member) {
  for (uint32_t i = first; i < end; i++)
    if (system->members[i].cell == member.cell) {
      system->members[i].sign = (int8_t)(system->members[i].sign + member.sign);
      return end;
    }
  system->members[end] = member;
  return end + 1;
}

/* Lines become shorter, and keep their order. */
static void rewrite(struct system *system, uint32_t *same) {
  uint32_t next = 0;
  for (uint32_t i = 0; i < system->n_lines; i++) {
    struct line *line = &system->lines[i];
    uint32_t first = next, end = next;
    for (uint32_t k = line->first; k < line->first + line->n; k++)
      end = add_sign(system, first, end, (struct member){find_first(same, system->members[k].cell), system->members[k].sign});
    for (uint32_t k = first; k < end; k++)
      if (system->members[k].sign != 0) system->members[next++] = system->members[k];
    line->first = first;
    line->n = next - first;
  }
  system->n_members = next;
}

void system_merge(struct system *system) {
  uint32_t *same = memory_take(system->n_cells, sizeof *same);
  for (uint32_t i = 0; i < system->n_cells; i++) same[i] = i;
  for (uint32_t i = 0; i < system->n_lines; i++) {
    const struct line *line = &system->lines[i];
    if (!is_equality(system, line)) continue;
    uint32_t a = find_first(same, system->members[line->first].cell), b = find_first(same, system->members[line->first + 1].cell);
    same[a > b ? a : b] = a < b ? a : b;
  }
  rewrite(system, same);
  free(same);
}
