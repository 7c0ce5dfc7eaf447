/* chart.c: the practices of an indicator as dots with their intervals, from the lowest to the highest, in SVG of our own. */
#include <math.h>
#include <stdlib.h>
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/webpage/inner.h"

enum { WIDTH = 760, LEFT = 150, RIGHT = 110, ROW = 22, TOP = 12, BOTTOM = 34, FEW = 10 };

/* From which number to which the axis goes. */
struct scale { double low, high; };

static void widen(struct scale *scale, double value) {
  if (isnan(value)) return;
  if (value < scale->low) scale->low = value;
  if (value > scale->high) scale->high = value;
}

/* Shares and rates begin at none; numbers in a unit where they lie. */
static struct scale scale_of(const struct meeting *meeting, const struct meeting_indicator *indicator) {
  struct scale scale = {indicator->kind == MEETING_MEAN || indicator->kind == MEETING_MEDIAN || indicator->kind == MEETING_QUARTILES ? INFINITY : 0, -INFINITY};
  for (size_t p = 0; p < meeting->n_practices; p++) {
    const struct meeting_figure *figure = &indicator->practices[p];
    widen(&scale, figure->value);
    widen(&scale, figure->low);
    widen(&scale, figure->high);
  }
  if (indicator->kind != MEETING_COUNT) widen(&scale, indicator->all.value);
  widen(&scale, indicator->aim);
  return scale;
}

static double place_of(const struct scale *scale, double value) {
  return LEFT + (WIDTH - LEFT - RIGHT) * (scale->high > scale->low ? (value - scale->low) / (scale->high - scale->low) : 0.5);
}

static void write_line(FILE *out, const char *kind, double x1, double y1, double x2, double y2) {
  fprintf(out, "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", kind, x1, y1, x2, y2);
}

static void write_label(FILE *out, double x, double y, const char *anchor, const char *text) {
  fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
  html_text(out, text);
  fputs("</text>", out);
}

static void write_practice(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator,
                           const struct scale *scale, size_t practice, double y) {
  const struct meeting_figure *figure = &indicator->practices[practice];
  char value[MEETING_TEXT], of[MEETING_TEXT];
  bool is_few = figure->denominator.state != COUNT_SHOWN || figure->denominator.n < FEW;
  meeting_write_value(meeting, indicator, figure->value, value);
  meeting_write_of(meeting, indicator, figure, of);
  fputs("<g data-practice=\"", out);
  html_text(out, meeting->practices[practice].label);
  fputs("\"><title>", out);
  html_text(out, meeting->practices[practice].label);
  fputs(": ", out);
  html_text(out, value);
  fputs(", ", out);
  html_text(out, of);
  fputs("</title>", out);
  write_label(out, LEFT - 12, y + 4, "end", meeting->practices[practice].label);
  if (!isnan(figure->value)) {
    if (!isnan(figure->low) && !isnan(figure->high))
      write_line(out, "interval", place_of(scale, figure->low), y, place_of(scale, figure->high), y);
    fprintf(out, "<circle class=\"dot%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"/>", is_few ? " few" : "", place_of(scale, figure->value), y);
  }
  write_label(out, WIDTH - 4, y + 4, "end", value);
  fputs("</g>\n", out);
}

void html_chart(FILE *out, const struct meeting *meeting, size_t number) {
  const struct meeting_indicator *indicator = &meeting->indicators[number];
  const struct scale scale = scale_of(meeting, indicator);
  double bottom = TOP + ROW * (double)meeting->n_practices;
  char text[MEETING_TEXT];
  if (!(scale.high >= scale.low) || isinf(scale.low) || isinf(scale.high)) return;
  size_t *order = memory_take(meeting->n_practices, sizeof *order);
  meeting_sort(meeting, indicator, order);
  fprintf(out, "<svg viewBox=\"0 0 %d %.0f\" role=\"img\" aria-labelledby=\"t%zu\"><title id=\"t%zu\">", WIDTH, bottom + BOTTOM, number, number);
  html_text(out, indicator->title);
  fputs("</title>\n", out);
  write_line(out, "axis", LEFT, bottom, WIDTH - RIGHT, bottom);
  write_label(out, LEFT, bottom + 18, "middle", meeting_write_value(meeting, indicator, scale.low, text));
  write_label(out, WIDTH - RIGHT, bottom + 18, "middle", meeting_write_value(meeting, indicator, scale.high, text));
  if (!isnan(indicator->all.value) && indicator->kind != MEETING_COUNT)
    write_line(out, "cluster", place_of(&scale, indicator->all.value), TOP - 6, place_of(&scale, indicator->all.value), bottom);
  if (!isnan(indicator->aim)) write_line(out, "aim", place_of(&scale, indicator->aim), TOP - 6, place_of(&scale, indicator->aim), bottom);
  fputc('\n', out);
  for (size_t i = 0; i < meeting->n_practices; i++)
    write_practice(out, meeting, indicator, &scale, order[i], TOP + ROW * ((double)i + 0.5));
  fputs("</svg>\n", out);
  free(order);
}
