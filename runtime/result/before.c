/* before.c: the figures of an earlier date, and what has changed since. */
#include <math.h>
#include <stdlib.h>
#include "runtime/memory/memory.h"
#include "runtime/result/result.h"

const struct result_figure *result_figures_before(const struct result *result, const struct result_cluster *cluster,
                                                  uint32_t cell) {
  return &cluster->before[(size_t)result->row_of_cell[cell] * (cluster->n_practices + 1)];
}

const struct result_change *result_changes(const struct result_cluster *cluster, uint32_t indicator) {
  return &cluster->changes[(size_t)indicator * (cluster->n_practices + 1)];
}

/* The figures of the earlier counts are made as those of the later ones, for the same practices under the same names. */
static void fill_figures(struct result *result) {
  struct result earlier = *result;
  earlier.counts = result->options.before->counts;
  earlier.clusters = memory_take(result->n_clusters, sizeof *earlier.clusters);
  for (uint32_t c = 0; c < result->n_clusters; c++) earlier.clusters[c] = result->clusters[c];
  result_fill_figures(&earlier);
  for (uint32_t c = 0; c < result->n_clusters; c++) result->clusters[c].before = earlier.clusters[c].figures;
  free(earlier.clusters);
  free(earlier.row_of_cell);
}

/* ── patients ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_moved(struct run_moved *sum, const struct run_moved *moved) {
  sum->became_yes += moved->became_yes;
  sum->became_no += moved->became_no;
  sum->stayed_yes += moved->stayed_yes;
  sum->stayed_no += moved->stayed_no;
  sum->arrived += moved->arrived;
  sum->left += moved->left;
}

static void fill_patients(const struct result *result, struct result_cluster *cluster, uint32_t indicator) {
  const struct run_moved *moved = &result->options.before->moved[(size_t)indicator * result->counts->n_practices];
  struct result_change *changes = &cluster->changes[(size_t)indicator * (cluster->n_practices + 1)];
  uint32_t kind = result->image->indicators[indicator].kind;
  for (uint32_t i = 0; i <= cluster->n_practices; i++) {
    bool whole = i == cluster->n_practices;
    uint32_t first = whole ? cluster->first_practice : cluster->practices[i].number,
             n = whole ? cluster->n_in_cluster : 1;
    changes[i] = (struct result_change){NAN, NAN, NAN, .has_patients = kind == KIND_SHARE || kind == KIND_COUNT};
    for (uint32_t p = first; p < first + n && changes[i].has_patients; p++) add_moved(&changes[i].patients, &moved[p]);
  }
}

void result_fill_before(struct result *result) {
  if (!result->options.before) return;
  fill_figures(result);
  for (uint32_t c = 0; c < result->n_clusters; c++) {
    struct result_cluster *cluster = &result->clusters[c];
    uint32_t n = result->image->n_indicators;
    cluster->changes = memory_take((size_t)n * (cluster->n_practices + 1), sizeof *cluster->changes);
    for (uint32_t i = 0; i < n; i++) fill_patients(result, cluster, i);
  }
}

/* ── change ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct estimate result_change_of(enum image_kind kind, const struct result_figure *before,
                                 const struct result_figure *after) {
  struct estimate then = {before->value, before->low, before->high}, now = {after->value, after->low, after->high};
  switch (kind) {
  case KIND_MEAN: return stats_change_mean(stats_sample(then, before->numerator), stats_sample(now, after->numerator));
  case KIND_QUARTILES:
  case KIND_COUNT: return (struct estimate){now.value - then.value, NAN, NAN};
  case KIND_SHARE:
  case KIND_MEDIAN:
  case KIND_RATE: break;
  }
  return stats_change(then, now);
}

void result_fill_changes(struct result *result) {
  if (result->before == DATE_UNKNOWN) return;
  for (uint32_t c = 0; c < result->n_clusters; c++)
    for (uint32_t i = 0; i < result->image->n_indicators; i++) {
      const struct result_cluster *cluster = &result->clusters[c];
      const struct image_indicator *indicator = &result->image->indicators[i];
      const struct result_figure *before = result_figures_before(result, cluster, indicator->first_cell);
      const struct result_figure *after = result_figures(result, cluster, indicator->first_cell);
      struct result_change *changes = &cluster->changes[(size_t)i * (cluster->n_practices + 1)];
      for (uint32_t j = 0; j <= cluster->n_practices; j++) {
        struct estimate change = result_change_of((enum image_kind)indicator->kind, &before[j], &after[j]);
        changes[j].change = change.value;
        changes[j].low = change.low;
        changes[j].high = change.high;
      }
    }
}
