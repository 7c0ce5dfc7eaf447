/* indicator.c: one indicator: its bars, its groups of patients, and what to talk about. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/deck/inner.h"
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

/* ── names under the bars ────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether all patients of a share are unknown. */
static bool is_unknown(const struct meeting_indicator *indicator, const struct meeting_figure *figure) {
  return indicator->kind == MEETING_SHARE && figure->unknown.state == COUNT_SHOWN && figure->unknown.n > 0 &&
         figure->denominator.state == COUNT_SHOWN && figure->unknown.n == figure->denominator.n;
}

/* "A", "24 %", "8 of 34": of few patients no per cent, nor where labels stand upright, for the scale tells it. */
static const char *label_of(struct deck *deck, const struct meeting_indicator *indicator,
                            const struct meeting_figure *figure, const char *name, const struct bars *bars) {
  char value[MEETING_TEXT], of[MEETING_TEXT], text[MEETING_TEXT];
  const char *gap = bars->are_turned ? "  " : "\n";
  bool is_plain = indicator->kind == MEETING_COUNT;
  meeting_write_value(deck->meeting, indicator, figure->value, value);
  snprintf(of, sizeof of, "%s", name_counts(deck, indicator, figure));
  if (meeting_is_of_few(indicator, figure) || (bars->are_turned && indicator->kind == MEETING_SHARE)) strcpy(value, "");
  if ((bars->n > 16 || bars->are_turned) && indicator->kind == MEETING_SHARE) {
    char n[MEETING_TEXT], whole[MEETING_TEXT];
    snprintf(of, sizeof of, "%.40s/%.40s", meeting_write_count(deck->meeting, figure->numerator, n),
             meeting_write_count(deck->meeting, figure->denominator, whole));
  }
  /* What is not there is no figure, and who is unknown is not among so many. */
  if (isnan(figure->value)) strcpy(value, "");
  if (isnan(figure->value) && is_unknown(indicator, figure))
    snprintf(of, sizeof of, _("unknown: %.60s"), meeting_write_count(deck->meeting, figure->unknown, text));
  /* The unit stands above; under each bar there is no room for it. */
  char *blank = indicator->kind == MEETING_SHARE ? NULL : strchr(value, ' ');
  if (blank) *blank = '\0';
  return deck_print(deck, "%s%s%s%s%s", name, *value ? gap : "", value, is_plain ? "" : gap, is_plain ? "" : of);
}

/* ── the bars ────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct series {
  struct bars bars;
  double *values, *low, *high, *unknown;
  bool *is_few;
  const char **labels;
};

static void series_make(struct series *series, struct deck *deck, const struct meeting_indicator *indicator, size_t n) {
  char text[MEETING_TEXT];
  *series = (struct series){.bars = {.n = n},
                            .values = memory_take(n, sizeof(double)),
                            .low = memory_take(n, sizeof(double)),
                            .high = memory_take(n, sizeof(double)),
                            .unknown = memory_take(n, sizeof(double)),
                            .is_few = memory_take(n, sizeof(bool)),
                            .labels = memory_take(n, sizeof(char *))};
  struct bars *bars = &series->bars;
  bars->values = series->values;
  bars->low = series->low;
  bars->high = series->high;
  bars->labels = series->labels;
  bars->is_few = series->is_few;
  bars->name = _("Practice");
  bars->low_name = _("To the interval's lower end");
  bars->high_name = _("To the interval's upper end");
  bars->unknown_name = P_("patients", "Unknown");
  bars->line = indicator->kind == MEETING_COUNT ? NAN : indicator->all.value;
  bars->line_name =
      deck_print(deck, _("The cluster: %s"), meeting_write_value(deck->meeting, indicator, indicator->all.value, text));
  bars->aim = indicator->aim;
  bars->aim_name = deck_print(deck, _("Aim: %s"), meeting_write_value(deck->meeting, indicator, indicator->aim, text));
  bars->better = indicator->better;
  bars->is_share = indicator->kind == MEETING_SHARE;
  bars->are_points = meeting_is_of_numbers(indicator);
}

static void series_free(struct series *series) {
  free(series->values);
  free(series->low);
  free(series->high);
  free(series->unknown);
  free(series->is_few);
  free(series->labels);
}

static void series_put(struct series *series, struct deck *deck, const struct meeting_indicator *indicator, size_t i,
                       const struct meeting_figure *figure, const char *name) {
  bool is_share = indicator->kind == MEETING_SHARE, is_known = figure->unknown.state == COUNT_SHOWN &&
                                                               figure->denominator.state == COUNT_SHOWN &&
                                                               figure->denominator.n > 0;
  series->values[i] = figure->value;
  series->low[i] = indicator->kind == MEETING_COUNT ? NAN : figure->low;
  series->high[i] = indicator->kind == MEETING_COUNT ? NAN : figure->high;
  /* Behind a bar that may not be seen it would stand where the bar begins, and be taken for it. */
  bool is_behind = !isnan(figure->value) || is_unknown(indicator, figure);
  series->unknown[i] = is_share && is_known && is_behind ? (double)figure->unknown.n / figure->denominator.n : NAN;
  series->is_few[i] = meeting_is_of_few(indicator, figure);
  series->labels[i] = label_of(deck, indicator, figure, name, &series->bars);
  if (series->unknown[i] > 0) series->bars.unknown = series->unknown;
}

/* What a screen reader says of the chart. */
static const char *describe(struct deck *deck, const struct meeting_indicator *indicator) {
  char text[MEETING_TEXT], of[MEETING_TEXT];
  return deck_print(deck,
      _("%s: a bar for each of %zu practices with its 95%% interval, from the lowest figure to the highest. The "
        "cluster: %s, %s."),
      indicator->title, deck->meeting->n_practices,
      meeting_write_value(deck->meeting, indicator, indicator->all.value, text),
      meeting_write_of(deck->meeting, indicator, &indicator->all, of));
}

/* ── notes ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void note_part(struct slide *slide, const struct meeting_indicator *indicator, const char *key) {
  const struct meeting_part *part = indicator->explained ? meeting_part(indicator->explained, key) : NULL;
  if (!part) return;
  slide_note(slide, deck_print(slide->deck, "%s:%s%s", part->label, *part->text ? " " : "", part->text));
  for (size_t i = 0; i < part->n_items; i++)
    slide_note(slide, deck_print(slide->deck, "– %s%s%s", part->items[i].label, *part->items[i].label ? ": " : "",
                                 part->items[i].text));
}

/* "A: 8 of 34, 23.5% (12–40%), unknown: 2": of a practice, or of a group of the cluster's patients. Of few there are the counts
 * alone, as on the slide. */
static const char *figure_line(struct deck *deck, const struct meeting_indicator *indicator, const char *label,
                               const struct meeting_figure *figure) {
  const struct meeting *meeting = deck->meeting;
  char value[MEETING_TEXT], of[MEETING_TEXT], interval[MEETING_TEXT], unknown[MEETING_TEXT];
  meeting_write_value(meeting, indicator, figure->value, value);
  meeting_write_of(meeting, indicator, figure, of);
  meeting_write_interval(meeting, indicator, figure->low, figure->high, interval);
  bool is_few = meeting_is_of_few(indicator, figure) || isnan(figure->value);
  const char *line = deck_print(deck, "%s: %s%s%s", label, of, is_few ? "" : ", ", is_few ? "" : value);
  if (*interval && !is_few) line = deck_print(deck, "%s (%s)", line, interval);
  if (figure->unknown.state != COUNT_SHOWN || figure->unknown.n > 0)
    line = deck_print(deck, _("%s, unknown: %s"), line, meeting_write_count(meeting, figure->unknown, unknown));
  return line;
}

static void note_practice(struct slide *slide, const struct meeting_indicator *indicator, size_t i) {
  struct deck *deck = slide->deck;
  const struct meeting *meeting = deck->meeting;
  const struct meeting_figure *figure = &indicator->practices[i];
  char value[MEETING_TEXT];
  const char *line = figure_line(deck, indicator, meeting->practices[i].label, figure);
  if (!isnan(figure->adjusted) && !meeting_is_of_few(indicator, figure))
    line =
        deck_print(deck, _("%s, adjusted: %s"), line, meeting_write_value(meeting, indicator, figure->adjusted, value));
  if (change_is_told(indicator, i))
    line = deck_print(deck, _("%s, change: %s"), line,
                      meeting_write_change(meeting, indicator, indicator->practices_change[i].change, value));
  slide_note(slide, line);
}

static void note_definition(struct slide *slide, const struct meeting_indicator *indicator) {
  static const char *const keys[] = {"figure",  "of_whom", "how_many", "value",
                                     "unknown", "periods", "better",   "adjust"};
  const struct meeting *meeting = slide->deck->meeting;
  char date[MEETING_TEXT];
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) note_part(slide, indicator, keys[i]);
  slide_note(slide, deck_print(slide->deck, _("Index date: %s"), meeting_write_date(meeting, meeting->index, date)));
  slide_note(slide, meeting_caveat(meeting));
}

/* ── slides ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* One sentence on how the practices differ, also where nothing can be said of what chance gives. */
static const char *sentence_of(struct deck *deck, const struct meeting_indicator *indicator) {
  const struct meeting_figure *practices = indicator->practices;
  size_t n = 0, first = 0;
  bool are_alike = true;
  for (size_t i = 0; i < deck->meeting->n_practices; i++) {
    if (isnan(practices[i].value)) continue;
    if (n++ == 0) first = i;
    are_alike = are_alike && practices[i].value == practices[first].value;
  }
  if (n == 0) return _("No practice has a figure that can be shown.");
  if (n == 1 || *indicator->spread) return indicator->spread;
  /* A practice whose figure is hidden, or of nobody, has none that is the same. */
  if (are_alike) return n < deck->meeting->n_practices ? _("The figures that can be shown are the same.") : _("All practices have the same figure.");
  if (indicator->kind == MEETING_COUNT) return _("Large practices have more patients: compare the numbers with that in mind.");
  return _("Where intervals overlap, the difference may be chance alone.");
}

static void add_bars(struct deck *deck, const struct meeting_indicator *indicator, const size_t *order) {
  const struct meeting *meeting = deck->meeting;
  struct slide slide;
  struct place above, middle, below;
  struct series series;
  char line[MEETING_LINE];
  slide_begin(&slide, deck, ROLE_CHART, indicator->name);
  slide_title(&slide, deck_of_pack(deck, indicator->title));
  slide_lay(&slide, &above, &middle, &below);
  series_make(&series, deck, indicator, meeting->n_practices);
  name_lay(&series.bars, name_longest(meeting));
  for (size_t i = 0; i < meeting->n_practices; i++)
    series_put(&series, deck, indicator, i, &indicator->practices[order[i]],
               name_shorten(deck, meeting->practices[order[i]].label, LONGEST_NAME));
  slide_line(&slide, above, "figures", meeting_write_summary(meeting, indicator, line));
  chart_bars(&slide, middle, "chart", describe(deck, indicator), &series.bars);
  slide_line(&slide, below, "sentence", sentence_of(deck, indicator));
  note_definition(&slide, indicator);
  slide_note(&slide, _("Each practice: how many, and the figure with its interval of 95%:"));
  for (size_t i = 0; i < meeting->n_practices; i++) note_practice(&slide, indicator, order[i]);
  slide_end(&slide);
  series_free(&series);
}

/* The cluster's patients in groups: those of one stratum, from `first` on. */
static size_t add_bands(struct deck *deck, const struct meeting_indicator *indicator, size_t first) {
  struct slide slide;
  struct place above, middle, below;
  struct series series;
  const struct meeting_band *bands = indicator->bands + first;
  char line[MEETING_LINE];
  size_t n = 1;
  while (first + n < indicator->n_bands && strcmp(bands[n].stratum, bands[0].stratum) == 0) n++;
  slide_begin(&slide, deck, ROLE_CHART, deck_print(deck, "%s-by-%zu", indicator->name, first));
  slide_title(&slide, deck_of_pack(deck, deck_print(deck, "%s · %s", indicator->title, bands[0].stratum)));
  slide_lay(&slide, &above, &middle, &below);
  series_make(&series, deck, indicator, n);
  name_lay(&series.bars, 12);
  series.bars.name = bands[0].stratum;
  for (size_t i = 0; i < n; i++) series_put(&series, deck, indicator, i, &bands[i].all, bands[i].band);
  slide_line(&slide, above, "figures", meeting_write_summary(deck->meeting, indicator, line));
  chart_bars(
      &slide, middle, "chart",
      deck_print(deck, _("%s: the cluster's patients by %s, with 95%% intervals."), indicator->title, bands[0].stratum),
      &series.bars);
  slide_line(&slide, below, "sentence", _("All patients of the cluster, all practices together."));
  note_definition(&slide, indicator);
  slide_note(&slide, _("Each group: how many, and the figure with its interval of 95%:"));
  for (size_t i = 0; i < n; i++) slide_note(&slide, figure_line(deck, indicator, bands[i].band, &bands[i].all));
  slide_end(&slide);
  series_free(&series);
  return n;
}

/* ── what to talk about ──────────────────────────────────────────────────────────────────────────────────────────── */

static void put_texts(struct deck *deck, struct xml *lines, const char *title, const char *const *texts, size_t n,
                      unsigned size) {
  if (n)
    paragraph_put(deck, lines, &(struct style){.size = size - 2, .is_bold = true, .colour = "tx2", .after = 4}, title);
  for (size_t i = 0; i < n; i++)
    paragraph_put(deck, lines, &(struct style){.size = size, .has_bullet = n > 1, .after = i + 1 == n ? 14 : 6},
                  deck_of_pack(deck, texts[i]));
}

static long long height_of(const struct deck *deck, const char *const *texts, size_t n, unsigned size, long long width) {
  long long height = n ? (long long)(size + 18) * POINT : 0;
  for (size_t i = 0; i < n; i++) height += text_height(deck, texts[i], size, width - 24 * POINT);
  return height;
}

static void add_talk(struct deck *deck, const struct meeting_indicator *indicator) {
  struct slide slide;
  struct xml lines = {0};
  unsigned size = 28;
  if (!indicator->n_known && !indicator->n_advice && !indicator->n_reflect) return;
  slide_begin(&slide, deck, ROLE_TEXT, deck_print(deck, "%s-talk", indicator->name));
  slide_title(&slide, deck_print(deck, _("Talk about: %s"), deck_of_pack(deck, indicator->title)));
  struct place place = layout_text(deck, slide.layout);
  while (size > 16 && height_of(deck, indicator->known, indicator->n_known, size, place.box.width) +
                              height_of(deck, indicator->advice, indicator->n_advice, size, place.box.width) +
                              height_of(deck, indicator->reflect, indicator->n_reflect, size, place.box.width) >
                          place.box.height)
    size -= 2;
  put_texts(deck, &lines, _("What is known"), indicator->known, indicator->n_known, size);
  put_texts(deck, &lines, _("What is advised"), indicator->advice, indicator->n_advice, size);
  put_texts(deck, &lines, _("Questions"), indicator->reflect, indicator->n_reflect, size);
  slide_text(&slide, place, "talk", &lines, false);
  slide_end(&slide);
}

void deck_add_indicator(struct deck *deck, const struct meeting_indicator *indicator) {
  size_t *order = memory_take(deck->meeting->n_practices, sizeof *order);
  meeting_sort(deck->meeting, indicator, order);
  if (!deck_is_grouped_again(deck->meeting, indicator)) add_bars(deck, indicator, order);
  deck_add_funnel(deck, indicator);
  deck_add_change(deck, indicator);
  for (size_t i = 0; i < indicator->n_bands;) i += add_bands(deck, indicator, i);
  add_talk(deck, indicator);
  free(order);
}
