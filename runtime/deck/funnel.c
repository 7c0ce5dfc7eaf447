/* funnel.c: the slide of an indicator's funnel: whether a practice is further from the cluster than chance puts it. */
#include <math.h>
#include <stdlib.h>
#include "runtime/deck/inner.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

#define LEAST_PRACTICES 5  /* with ten patients or more: of fewer, a funnel shows nothing */
#define LONGEST_POINT   10 /* letters of a name beside its point */

static bool is_same_count(struct meeting_count a, struct meeting_count b) { return a.n == b.n && a.state == b.state; }

bool deck_is_told_before(const struct meeting *meeting, const struct meeting_indicator *indicator) {
  for (const struct meeting_indicator *other = meeting->indicators; other < indicator; other++) {
    size_t i = 0;
    while (i < meeting->n_practices &&
           is_same_count(other->practices[i].numerator, indicator->practices[i].numerator) &&
           is_same_count(other->practices[i].denominator, indicator->practices[i].denominator) &&
           is_same_count(other->practices[i].unknown, indicator->practices[i].unknown))
      i++;
    if (i == meeting->n_practices && other->kind == indicator->kind && other->better == indicator->better) return true;
  }
  return false;
}

bool deck_is_grouped_again(const struct meeting *meeting, const struct meeting_indicator *indicator) {
  return indicator->n_bands > 0 && deck_is_told_before(meeting, indicator);
}

void deck_add_funnel(struct deck *deck, const struct meeting_indicator *indicator) {
  const struct meeting *meeting = deck->meeting;
  struct slide slide;
  struct place above, middle, below;
  size_t n = meeting->n_practices, n_sure = 0;
  char line[MEETING_LINE], text[MEETING_TEXT];
  if (isnan(indicator->funnel_centre) || deck_is_told_before(meeting, indicator)) return;
  struct funnel funnel = {.n = n,
                          .centre = indicator->funnel_centre,
                          .smallest = INFINITY,
                          .aim = indicator->aim,
                          .label_size = deck_points(deck, n > 30 ? 11 : 14)};
  funnel.centre_name =
      deck_print(deck, _("The cluster: %s"), meeting_write_value(meeting, indicator, indicator->funnel_centre, text));
  funnel.aim_name = deck_print(deck, _("Aim: %s"), meeting_write_value(meeting, indicator, indicator->aim, text));
  double *sizes = memory_take(n, sizeof *sizes), *values = memory_take(n, sizeof *values);
  const char **labels = memory_take(n, sizeof *labels);
  for (size_t i = 0; i < n; i++) {
    const struct meeting_figure *figure = &indicator->practices[i];
    bool is_shown = figure->denominator.state == COUNT_SHOWN && !isnan(figure->value);
    sizes[i] = is_shown ? figure->denominator.n : NAN;
    values[i] = is_shown ? figure->value : NAN;
    labels[i] = name_shorten(deck, meeting->practices[i].label, LONGEST_POINT);
    if (is_shown) funnel.largest = fmax(funnel.largest, figure->denominator.n);
    if (is_shown) funnel.smallest = fmin(funnel.smallest, figure->denominator.n);
    n_sure += is_shown && figure->denominator.n >= LEAST_PATIENTS;
  }
  funnel.sizes = sizes;
  funnel.values = values;
  funnel.labels = labels;
  if (n_sure >= LEAST_PRACTICES) {
    slide_begin(&slide, deck, ROLE_CHART, deck_print(deck, "%s-funnel", indicator->name));
    slide_title(&slide, deck_print(deck, _("Chance and size: %s"), deck_of_pack(deck, indicator->title)));
    slide_lay(&slide, &above, &middle, &below);
    slide_line(&slide, above, "figures", meeting_write_summary(meeting, indicator, line));
    chart_funnel(
        &slide, middle, "chart",
        deck_print(deck,
            _("%s: practices by how many patients they have, and the limits within which chance alone would put them."),
            indicator->title),
        &funnel);
    slide_line(
        &slide, below, "sentence",
        _("Within the lines, chance alone can explain the difference from the cluster. Outside them there may be "
          "something to understand."));
    slide_note(&slide, meeting_caveat(meeting));
    slide_end(&slide);
  }
  free(labels);
  free(values);
  free(sizes);
}
