/* cells.c: the parts of an indicator that are counted by themselves: the whole, then each band of `by`, then each
 * combination of the bands of `adjust by`. Nobody is lost on the way: who is in no band is in a cell of the unknown. */
#include "lang/memory.h"
#include "lang/plan/graph.h"

/* Who is in each class of a stratum, the unknown last. */
struct classes {
  struct plan_cell *all;
  size_t n;
};

static struct classes classes_of(struct planner *planner, const struct stratum *stratum) {
  struct classes classes = {NEW_ARRAY(struct plan_cell, stratum->n_bands + 1), 0};
  struct plan_node *known = graph_truth(planner, 0);
  for (size_t i = 0; i < stratum->n_bands; i++) {
    const struct band *band = &stratum->bands[i];
    struct plan_node *node = lower(planner, band->condition);
    known = graph_or(planner, known, node);
    classes.all[classes.n++] =
        (struct plan_cell){CELL_BY, stratum->name, stratum->title, band->label, band->is_edge, node};
  }
  struct plan_node *unknown = graph_not(planner, graph_op(planner, OP_truth_yes, 1, &known));
  classes.all[classes.n++] = (struct plan_cell){CELL_BY, stratum->name, stratum->title, NULL, true, unknown};
  return classes;
}

static void add_cell(struct planner *planner, struct plan_indicator *indicator, struct plan_cell cell,
                     struct plan_node *denominator) {
  cell.denominator = graph_full(planner, graph_and(planner, denominator, cell.denominator));
  indicator->cells = memory_grow(indicator->cells, (size_t)indicator->n_cells + 1, sizeof cell);
  indicator->cells[indicator->n_cells++] = cell;
}

static const char *label_of(const struct plan_cell *cell) { return cell->band ? cell->band : "unknown"; }

/* Every class of one stratum with every class of the others before it. */
static struct classes crossed(struct planner *planner, struct classes a, struct classes b) {
  struct classes all = {NEW_ARRAY(struct plan_cell, a.n * b.n + 1), 0};
  for (size_t i = 0; i < a.n; i++)
    for (size_t j = 0; j < b.n; j++)
      all.all[all.n++] = (struct plan_cell){
          .band = memory_print("%s, %s", label_of(&a.all[i]), label_of(&b.all[j])),
          .is_edge = a.all[i].is_edge || b.all[j].is_edge,
          .denominator = graph_and(planner, a.all[i].denominator, b.all[j].denominator)};
  return all;
}

/* All that an indicator is adjusted by, for people: "Age, sex". */
static const char *titles_of(const struct indicator *indicator) {
  const char *titles = NULL;
  for (size_t i = 0; i < indicator->n_adjust; i++) {
    const struct stratum *stratum = indicator->adjust[i];
    const char *title = stratum->title ? stratum->title : stratum->name;
    titles = titles ? memory_print("%s, %s", titles, title) : title;
  }
  return titles;
}

void plan_cells(struct planner *planner, struct plan_indicator *out, struct plan_node *denominator) {
  const struct indicator *indicator = out->indicator;
  add_cell(planner, out, (struct plan_cell){.denominator = denominator}, denominator);
  for (size_t i = 0; i < indicator->n_by; i++) {
    struct classes classes = classes_of(planner, indicator->by[i]);
    for (size_t j = 0; j < classes.n; j++) add_cell(planner, out, classes.all[j], denominator);
  }
  if (!indicator->n_adjust) return;
  struct classes classes = classes_of(planner, indicator->adjust[0]);
  for (size_t i = 1; i < indicator->n_adjust; i++)
    classes = crossed(planner, classes, classes_of(planner, indicator->adjust[i]));
  for (size_t j = 0; j < classes.n; j++) {
    classes.all[j].role = CELL_ADJUST;
    classes.all[j].stratum = NULL;
    classes.all[j].title = titles_of(indicator);
    add_cell(planner, out, classes.all[j], denominator);
  }
}
