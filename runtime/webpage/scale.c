/* scale.c: from where to where a chart's axis goes. */
#include <math.h>
#include "runtime/webpage/inner.h"

enum { STEPS_MOST = 4 };

static void widen(struct scale *scale, double value) {
  if (isnan(value)) return;
  if (value < scale->low) scale->low = value;
  if (value > scale->high) scale->high = value;
}

/* The smallest of 1, 2, 5, 10, 20, … (or 0.5, 0.2, …) that is at least `least`. */
static double round_step(double least) {
  double step = pow(10, floor(log10(least)));
  return step >= least ? step : 2 * step >= least ? 2 * step : 5 * step >= least ? 5 * step : 10 * step;
}

/* What is a hair beyond a step, as 0.3 / 0.1 is, begins no new one. */
static void round_out(struct scale *scale) {
  const double hair = 1e-9;
  scale->step = round_step((scale->high - scale->low) / STEPS_MOST * (1 - hair));
  scale->low = floor(scale->low / scale->step + hair) * scale->step;
  scale->high = ceil(scale->high / scale->step - hair) * scale->step;
}

bool html_scale(const struct meeting *meeting, const struct meeting_indicator *indicator, struct scale *scale) {
  bool is_share = indicator->kind == MEETING_SHARE,
       from_zero = is_share || indicator->kind == MEETING_COUNT || indicator->kind == MEETING_RATE;
  *scale = (struct scale){from_zero ? 0 : INFINITY, -INFINITY, 1};
  for (size_t p = 0; p < meeting->n_practices; p++) {
    const struct meeting_figure *figure = &indicator->practices[p];
    widen(scale, figure->value);
    widen(scale, figure->low);
    widen(scale, figure->high);
  }
  if (!(scale->high >= scale->low) || isinf(scale->low) || isinf(scale->high)) return false;
  if (indicator->kind != MEETING_COUNT) widen(scale, indicator->all.value);
  widen(scale, indicator->aim);
  if (scale->high == scale->low) scale->high = scale->low + (is_share ? 0.1 : 1);
  round_out(scale);
  if (is_share) scale->high = fmin(scale->high, 1);
  return true;
}

double html_place(const struct scale *scale, double value) {
  return 100 * (value - scale->low) / (scale->high - scale->low);
}
