/* chart.c: the practices of an indicator as dots with their intervals, from the lowest to the highest.
 *
 *     B   |──●────┆──|       |   10,9 %      a row is an item of a list: its name, a strip of SVG, its figure, and
 *     K   |    ──●┆──|──     |   18,8 %      what is said of it when it is pointed at
 *         0 %       20 %    40 %             the axis, and below it what the signs are
 *
 * Places in a strip are per cent of its width, so letters keep their size however narrow the page is, and paper can
 * break between two rows. Lines that go through all rows are drawn in each. */
#include <math.h>
#include <stdlib.h>
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/webpage/inner.h"

/* Above so many practices rows stand closer on paper, so that 60 of them have room on a page. */
enum { ROWS_LOOSE = 40 };

static bool has_cluster(const struct meeting_indicator *indicator) {
  return !isnan(indicator->all.value) && indicator->kind != MEETING_COUNT;
}

/* ── strips ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_upright(FILE *out, const char *kind, double place) {
  fprintf(out, "<line class=\"%s\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"0\" y2=\"100%%\"/>", kind, place, place);
}

/* The lines that go through all rows. */
static void write_lines(FILE *out, const struct meeting_indicator *indicator, const struct scale *scale) {
  size_t n = (size_t)lround((scale->high - scale->low) / scale->step);
  for (size_t i = 0; i <= n; i++) write_upright(out, "grid", html_place(scale, scale->low + (double)i * scale->step));
  if (has_cluster(indicator)) write_upright(out, "cluster", html_place(scale, indicator->all.value));
  if (!isnan(indicator->aim)) write_upright(out, "aim", html_place(scale, indicator->aim));
}

static void write_strip(FILE *out, const struct meeting_indicator *indicator, const struct scale *scale,
                        const struct meeting_figure *figure) {
  fputs("<span class=\"strip\"><svg aria-hidden=\"true\">", out);
  write_lines(out, indicator, scale);
  if (!isnan(figure->value)) {
    if (!isnan(figure->low) && !isnan(figure->high))
      fprintf(out, "<line class=\"interval\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"50%%\" y2=\"50%%\"/>",
              html_place(scale, figure->low), html_place(scale, figure->high));
    fprintf(out, "<circle class=\"dot%s\" cx=\"%.2f%%\" cy=\"50%%\" r=\"5\"/>",
            meeting_is_of_few(indicator, figure) ? " few" : "", html_place(scale, figure->value));
  }
  fputs("</svg></span>\n", out);
}

static void write_span(FILE *out, const char *kind, const char *text) { html_element(out, "span", kind, text); }

/* What is told of a practice when it is pointed at: 17 of 50, 95% interval 22–48%. */
static void write_tip(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator,
                      const struct meeting_figure *figure) {
  char of[MEETING_TEXT], interval[MEETING_TEXT], text[4 * MEETING_TEXT];
  meeting_write_of(meeting, indicator, figure, of);
  meeting_write_interval(meeting, indicator, figure->low, figure->high, interval);
  snprintf(text, sizeof text, *interval ? _("%s, 95%% interval %s") : "%s", of, interval);
  write_span(out, "tip", text);
}

static void write_row(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator,
                      const struct scale *scale, size_t practice) {
  const struct meeting_figure *figure = &indicator->practices[practice];
  char value[MEETING_TEXT];
  fputs("<li data-practice=\"", out);
  html_text(out, meeting->practices[practice].label);
  fputs("\">", out);
  write_span(out, "name", meeting->practices[practice].label);
  write_strip(out, indicator, scale, figure);
  write_span(out, "value", meeting_write_value(meeting, indicator, figure->value, value));
  write_tip(out, meeting, indicator, figure);
  fputs("</li>\n", out);
}

/* ── what stands below ───────────────────────────────────────────────────────────────────────────────────────────── */

static void write_axis(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator,
                       const struct scale *scale) {
  size_t n = (size_t)lround((scale->high - scale->low) / scale->step);
  char text[MEETING_TEXT];
  fputs("<div class=\"axis\" aria-hidden=\"true\"><span class=\"strip\"><svg>", out);
  for (size_t i = 0; i <= n; i++) {
    double value = scale->low + (double)i * scale->step;
    fprintf(out, "<text x=\"%.2f%%\" y=\"1.2em\" text-anchor=\"middle\">", html_place(scale, value));
    html_text(out, meeting_write_tick(meeting, indicator, value, text));
    fputs("</text>", out);
  }
  fputs("</svg></span></div>\n", out);
}

/* A sign in SVG, as it stands in the chart, and what it is. */
static void write_sign(FILE *out, const char *sign, const char *text) {
  fprintf(out, "<li><svg class=\"sign\" aria-hidden=\"true\">%s</svg> ", sign);
  html_text(out, text);
  fputs("</li>\n", out);
}

static void write_signs(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator) {
  bool any_few = false, any_more = false;
  for (size_t p = 0; p < meeting->n_practices; p++) {
    const struct meeting_figure *figure = &indicator->practices[p];
    if (!isnan(figure->value)) *(meeting_is_of_few(indicator, figure) ? &any_few : &any_more) = true;
  }
  fputs("<ul class=\"signs\">\n", out);
  if (any_more)
    write_sign(out,
               "<line class=\"interval\" x1=\"0\" x2=\"100%\" y1=\"50%\" y2=\"50%\"/><circle class=\"dot\" cx=\"50%\" "
               "cy=\"50%\" r=\"5\"/>",
               _("a practice, and its 95% interval"));
  if (any_few)
    write_sign(out,
               "<line class=\"interval\" x1=\"0\" x2=\"100%\" y1=\"50%\" y2=\"50%\"/><circle class=\"dot few\" "
               "cx=\"50%\" cy=\"50%\" r=\"5\"/>",
               _("a practice with fewer than 10 patients"));
  if (has_cluster(indicator))
    write_sign(out, "<line class=\"cluster\" x1=\"50%\" x2=\"50%\" y1=\"0\" y2=\"100%\"/>", _("the cluster"));
  if (!isnan(indicator->aim))
    write_sign(out, "<line class=\"aim\" x1=\"50%\" x2=\"50%\" y1=\"0\" y2=\"100%\"/>", _("the aim"));
  fputs("</ul>\n", out);
}

void html_chart(FILE *out, const struct meeting *meeting, size_t number) {
  const struct meeting_indicator *indicator = &meeting->indicators[number];
  struct scale scale;
  if (!html_scale(meeting, indicator, &scale)) {
    html_element(out, "p", "dim", _("No practice has a figure that can be shown."));
    return;
  }
  size_t *order = memory_take(meeting->n_practices, sizeof *order);
  meeting_sort(meeting, indicator, order);
  fprintf(out, "<div class=\"chart%s\">\n<ul class=\"rows\">\n", meeting->n_practices > ROWS_LOOSE ? " long" : "");
  for (size_t i = 0; i < meeting->n_practices; i++) write_row(out, meeting, indicator, &scale, order[i]);
  fputs("</ul>\n", out);
  write_axis(out, meeting, indicator, &scale);
  write_signs(out, meeting, indicator);
  fputs("</div>\n", out);
  free(order);
}
