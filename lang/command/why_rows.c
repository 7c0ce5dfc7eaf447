/* why_rows.c: the rows that each node was read from. */
#include <stdlib.h>
#include "lang/command/why.h"
#include "lang/memory.h"

bool why_window(const struct why *why, const struct why_node *node, int32_t *low, int32_t *high) {
  *low = DATE_EVER;
  *high = why->index;
  for (size_t i = 0; i < node->n_lows + node->n_highs; i++) {
    bool is_low = i < node->n_lows;
    const struct run_answer *day = &why->answers[is_low ? node->lows[i] : node->highs[i - node->n_lows]];
    if (!day->known) return false;
    if (is_low && day->date > *low) *low = day->date;
    if (!is_low && day->date < *high) *high = day->date;
  }
  return true;
}

/* A span counts when one of its days does. */
bool why_counts(const struct why_node *node, const struct look_row *row, int32_t low, int32_t high) {
  if (row->read != LOOK_READ) return false;
  if (node->expr->rows->stream->kind != STREAM_SPANS) return low <= row->date && row->date <= high;
  int32_t day = row->date > low ? row->date : low;
  return day <= high && row->end > day;
}

const struct look_row *why_taken(const struct why_node *node, int32_t low, int32_t high) {
  const struct look_row *taken = NULL;
  bool one = (node->expr->kind == EXPR_figure || node->expr->kind == EXPR_row_date) && !node->expr->rows->cut;
  for (size_t i = 0; one && i < node->n_rows; i++) {
    const struct look_row *row = &node->rows[i];
    if (!why_counts(node, row, low, high)) continue;
    switch (node->expr->figure) {
    case FIGURE_LATEST: taken = row; break;
    case FIGURE_EARLIEST: taken = taken ? taken : row; break;
    case FIGURE_HIGHEST: taken = taken && taken->value > row->value ? taken : row; break;
    case FIGURE_LOWEST: taken = taken && taken->value < row->value ? taken : row; break;
    default: return NULL;
    }
  }
  return taken;
}

/* The rows are copied into the collected heap, where the trees live. */
void why_find_rows_of(struct why_node *node, const struct plan *plan, const struct image *image, const struct store *store, uint32_t patient, int32_t index) {
  uint32_t stream = plan_stream(plan, node->expr->rows->stream);
  size_t n = 0;
  struct look_row *rows = stream == IMAGE_NONE ? NULL : look_rows(image, store, stream, patient, index, &n), *kept = NEW_ARRAY(struct look_row, n + 1);
  for (size_t i = 0; i < n; i++) kept[i] = rows[i];
  free(rows);
  node->rows = kept;
  node->n_rows = n;
}

static void find_rows(struct why *why, struct why_node *node, const struct plan *plan, const struct image *image,
                      const struct store *store, uint32_t patient) {
  if (node->expr->rows) why_find_rows_of(node, plan, image, store, patient, why->index);
  for (size_t i = 0; i < node->n_children; i++) find_rows(why, node->children[i], plan, image, store, patient);
}

void why_find_rows(struct why *why, const struct plan *plan, const struct image *image, const struct store *store, uint32_t patient) {
  if (why->population) find_rows(why, why->population, plan, image, store, patient);
  if (why->denominator) find_rows(why, why->denominator, plan, image, store, patient);
  find_rows(why, why->counted, plan, image, store, patient);
}
