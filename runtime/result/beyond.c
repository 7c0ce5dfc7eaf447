/* beyond.c: what may be said of the differences between the practices that are shown, in one sentence, and how much of how each
 * differs is more than chance. Both are made from figures that are shown, and so give away nothing that is not. */
#include <math.h>
#include <stdlib.h>
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/result/result.h"

static const char *sentence_of(enum stats_spread_class class) {
  switch (class) {
  case SPREAD_UNSAID: break;
  case SPREAD_TOO_FEW:
    return _("There are too few patients to say whether the practices differ by more than chance gives.");
  case SPREAD_CHANCE: return _("Most of the difference between the practices is what chance alone gives.");
  case SPREAD_SOME:
    return _("Some of the difference between the practices is more than chance gives, but most of it is not.");
  case SPREAD_MORE: return _("The practices differ by more than chance alone gives.");
  }
  return "";
}

/* Of counts, which grow with the practice, and of medians and quartiles, whose chance their figures do not tell, nothing is said. */
static struct stats_spread spread_of(const struct image_indicator *indicator, const struct result_figure *figures,
                                     uint32_t n) {
  struct stats_spread spread = {SPREAD_UNSAID, NAN, NAN, NAN};
  struct stats_part *parts = memory_take(n, sizeof *parts);
  struct stats_sample *samples = memory_take(n, sizeof *samples);
  for (uint32_t i = 0; i < n; i++) {
    struct estimate estimate = {figures[i].value, figures[i].low, figures[i].high};
    if (isnan(estimate.value) || figures[i].state[RESULT_NUMERATOR] || figures[i].state[RESULT_DENOMINATOR]) continue;
    parts[i] = (struct stats_part){figures[i].numerator, figures[i].denominator};
    if (indicator->kind == KIND_MEAN) samples[i] = stats_sample(estimate, figures[i].numerator);
  }
  if (indicator->kind == KIND_SHARE) spread = stats_spread_shares(parts, n);
  if (indicator->kind == KIND_RATE) spread = stats_spread_rates(parts, n);
  if (indicator->kind == KIND_MEAN) spread = stats_spread_means(samples, n);
  free(parts);
  free(samples);
  return spread;
}

static void fill_indicator(const struct result *result, struct result_cluster *cluster, uint32_t number) {
  const struct image_indicator *indicator = &result->image->indicators[number];
  size_t row = result->row_of_cell[indicator->first_cell];
  struct result_figure *figures = &cluster->figures[row * (cluster->n_practices + 1)];
  struct stats_spread spread = spread_of(indicator, figures, cluster->n_practices);
  cluster->spread[number] = sentence_of(spread.class);
  for (uint32_t i = 0; i < cluster->n_practices; i++) {
    uint32_t n = indicator->kind == KIND_MEAN ? figures[i].numerator : figures[i].denominator;
    if (!isnan(figures[i].value)) figures[i].reliability = stats_reliability(&spread, n);
  }
}

void result_fill_spread(struct result *result) {
  for (uint32_t c = 0; c < result->n_clusters; c++) {
    struct result_cluster *cluster = &result->clusters[c];
    cluster->spread = memory_take(result->image->n_indicators, sizeof *cluster->spread);
    for (uint32_t i = 0; i < result->image->n_indicators; i++) fill_indicator(result, cluster, i);
  }
}
