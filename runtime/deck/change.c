/* change.c: what has changed since the earlier date: a chart of the practices' changes with their intervals, and a table of all that
 * is known of them.
 *
 * Practices stand in the order of their labels, so that each finds its own, and nobody is first. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/deck/inner.h"
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

/* One practice on both dates, or the cluster. */
struct both {
  const char *label;
  const struct meeting_figure *before, *now;
  const struct meeting_change *change;
};

static struct both practice_of(const struct meeting *meeting, const struct meeting_indicator *indicator, size_t i) {
  return (struct both){meeting->practices[i].label, &indicator->practices_before[i], &indicator->practices[i],
                       &indicator->practices_change[i]};
}

static bool has_change(const struct meeting *meeting, const struct meeting_indicator *indicator) {
  return meeting->before != DATE_UNKNOWN && indicator->practices_before && indicator->practices_change &&
         !deck_is_told_before(meeting, indicator);
}

/* Of few patients on either date no change is told: it would be read as more than it is. */
static bool is_told(const struct meeting_indicator *indicator, const struct both *both) {
  return !isnan(both->change->change) && !meeting_is_of_few(indicator, both->before) && !meeting_is_of_few(indicator, both->now);
}

bool change_is_told(const struct meeting_indicator *indicator, size_t practice) {
  if (!indicator->practices_before || !indicator->practices_change) return false;
  const struct both both = {"", &indicator->practices_before[practice], &indicator->practices[practice],
                            &indicator->practices_change[practice]};
  return is_told(indicator, &both);
}

static bool is_any_told(const struct meeting *meeting, const struct meeting_indicator *indicator) {
  bool is_any = false;
  for (size_t i = 0; i < meeting->n_practices; i++) is_any = is_any || change_is_told(indicator, i);
  return is_any;
}

/* ── the chart ───────────────────────────────────────────────────────────────────────────────────────────────────── */

struct points {
  struct bars bars;
  double *values, *low, *high;
  const char **labels;
};

/* A figure on one date; of few patients, or where there is none, the counts. The unit stands above the chart. */
static const char *figure_text(struct deck *deck, const struct meeting_indicator *indicator,
                               const struct meeting_figure *figure) {
  char text[MEETING_TEXT];
  if (meeting_is_of_few(indicator, figure) || isnan(figure->value))
    return name_counts(deck, indicator, figure);
  meeting_write_value(deck->meeting, indicator, figure->value, text);
  if (indicator->kind != MEETING_SHARE) text[strcspn(text, " ")] = '\0';
  return deck_print(deck, "%s", text);
}

/* A share's change in percentage points. */
static double shown(const struct meeting_indicator *indicator, double change) {
  return indicator->kind == MEETING_SHARE ? 100 * change : change;
}

static void points_make(struct points *points, struct deck *deck, const struct meeting_indicator *indicator) {
  const struct meeting *meeting = deck->meeting;
  size_t n = meeting->n_practices;
  char text[MEETING_TEXT];
  *points = (struct points){.values = memory_take(n, sizeof(double)),
                            .low = memory_take(n, sizeof(double)),
                            .high = memory_take(n, sizeof(double)),
                            .labels = memory_take(n, sizeof(char *))};
  struct bars *bars = &points->bars;
  *bars = (struct bars){.n = n, .labels = points->labels, .values = points->values, .low = points->low, .high = points->high,
                        .better = indicator->better, .are_points = true, .are_changes = true, .aim = NAN};
  name_lay(bars, name_longest(meeting));
  bars->name = indicator->kind == MEETING_SHARE ? _("Change in percentage points") : _("Change");
  bars->low_name = _("To the interval's lower end");
  bars->high_name = _("To the interval's upper end");
  bars->line = shown(indicator, indicator->all_change.change);
  bars->line_name =
      deck_print(deck, _("The cluster: %s"), meeting_write_change(meeting, indicator, indicator->all_change.change, text));
  for (size_t i = 0; i < n; i++) {
    struct both both = practice_of(meeting, indicator, i);
    bool is_shown = is_told(indicator, &both);
    points->values[i] = is_shown ? shown(indicator, both.change->change) : NAN;
    points->low[i] = is_shown ? shown(indicator, both.change->low) : NAN;
    points->high[i] = is_shown ? shown(indicator, both.change->high) : NAN;
    /* Upright there is room for the name alone: the figures are in the table. */
    points->labels[i] = name_shorten(deck, both.label, LONGEST_NAME);
    if (!bars->are_turned)
      points->labels[i] = deck_print(deck, "%s\n%s →\n%s", points->labels[i], figure_text(deck, indicator, both.before),
                                     figure_text(deck, indicator, both.now));
  }
}

static void points_free(struct points *points) {
  free(points->values);
  free(points->low);
  free(points->high);
  free(points->labels);
}

const char *change_interval(struct deck *deck, const struct meeting_indicator *indicator, const struct meeting_change *change) {
  char low[MEETING_TEXT], high[MEETING_TEXT];
  if (isnan(change->low) || isnan(change->high)) return "";
  meeting_write_change(deck->meeting, indicator, change->low, low);
  meeting_write_change(deck->meeting, indicator, change->high, high);
  low[strcspn(low, " ")] = high[strcspn(high, " ")] = '\0';
  return deck_print(deck, _("%s to %s"), low, high);
}

/* "The cluster: 31.7% before, 28.4% now, −3.2 percentage points (−8.3 to +1.8)" */
static const char *cluster_line(struct deck *deck, const struct meeting_indicator *indicator) {
  const struct meeting *meeting = deck->meeting;
  char before[MEETING_TEXT], now[MEETING_TEXT], change[MEETING_TEXT];
  const char *interval = change_interval(deck, indicator, &indicator->all_change);
  const char *line = deck_print(deck, _("The cluster: %s before, %s now"),
                                meeting_write_value(meeting, indicator, indicator->all_before.value, before),
                                meeting_write_value(meeting, indicator, indicator->all.value, now));
  if (!isnan(indicator->all_change.change))
    line = deck_print(deck, "%s, %s", line, meeting_write_change(meeting, indicator, indicator->all_change.change, change));
  if (*interval) line = deck_print(deck, "%s (%s)", line, interval);
  if (indicator->better != MEETING_UNSAID)
    line = deck_print(deck, "%s · %s", line,
                      indicator->better == MEETING_LOWER ? _("↓ lower is better") : _("↑ higher is better"));
  return line;
}

/* What must be known before a change is read, with what became of the cluster's patients. */
static const char *reading_line(struct deck *deck, const struct meeting_indicator *indicator) {
  enum { N = 6 };
  const struct meeting_change *change = &indicator->all_change;
  const struct meeting_count counts[N] = {change->became_yes, change->became_no, change->stayed_yes,
                                          change->stayed_no,  change->arrived,   change->left};
  char texts[N][MEETING_TEXT];
  const char *chance = indicator->kind == MEETING_COUNT || indicator->kind == MEETING_QUARTILES
                           ? _("There is no interval: how much chance alone changes it is not known.")
                           : _("Where an interval goes through 0, the change may be chance alone.");
  if (deck->meeting->n_warnings)
    chance = deck_print(deck, _("Not all is the same on both dates: see “Before you compare”. %s"), chance);
  if (!change->has_patients) return chance;
  for (size_t i = 0; i < N; i++) meeting_write_count(deck->meeting, counts[i], texts[i]);
  return deck_print(deck,
      _("%s The same patients in the cluster: %s from no to yes, %s from yes to no, %s still yes, %s still no. New: %s. Left: %s."),
      chance, texts[0], texts[1], texts[2], texts[3], texts[4], texts[5]);
}

void deck_add_change(struct deck *deck, const struct meeting_indicator *indicator) {
  const struct meeting *meeting = deck->meeting;
  struct slide slide;
  struct place above, middle, below;
  struct points points;
  if (!has_change(meeting, indicator) || !is_any_told(meeting, indicator)) return;
  slide_begin(&slide, deck, ROLE_CHART, deck_print(deck, "%s-change", indicator->name));
  slide_title(&slide, deck_print(deck, _("What has changed: %s"), deck_of_pack(deck, indicator->title)));
  slide_lay(&slide, &above, &middle, &below);
  points_make(&points, deck, indicator);
  slide_line(&slide, above, "figures", cluster_line(deck, indicator));
  chart_bars(&slide, middle, "chart",
             deck_print(deck, _("%s: each practice's change since the earlier date with its 95%% interval."), indicator->title),
             &points.bars);
  slide_line(&slide, below, "sentence", reading_line(deck, indicator));
  slide_note(&slide, _("Most patients are the same at both dates, so a change is mostly surer than its interval says."));
  slide_note(&slide, _("Practices with fewer than 10 patients on either date have no point. The table with all numbers is at the end."));
  slide_end(&slide);
  points_free(&points);
}

/* ── the table ───────────────────────────────────────────────────────────────────────────────────────────────────── */

enum { LABEL, BEFORE, NOW, CHANGE, INTERVAL, BECAME, STAYED, MOVED, N_COLUMNS };

/* "36.4%, 12 of 33"; of few patients the count alone. */
static const char *cell_of(struct deck *deck, const struct meeting_indicator *indicator, const struct meeting_figure *figure) {
  char value[MEETING_TEXT], of[MEETING_TEXT];
  meeting_write_value(deck->meeting, indicator, figure->value, value);
  meeting_write_of(deck->meeting, indicator, figure, of);
  if (indicator->kind == MEETING_COUNT) return deck_print(deck, "%s", value);
  if (meeting_is_of_few(indicator, figure) || isnan(figure->value)) return deck_print(deck, "%s", of);
  if (indicator->kind != MEETING_SHARE) value[strcspn(value, " ")] = '\0';
  return deck_print(deck, "%s · %s", value, of);
}

/* "5 / 3"; where both are hidden that is said once. */
static const char *pair_of(struct deck *deck, struct meeting_count a, struct meeting_count b) {
  char first[MEETING_TEXT], second[MEETING_TEXT];
  if (a.state == COUNT_HIDDEN && b.state == COUNT_HIDDEN) return P_("a count", "hidden");
  return deck_print(deck, "%s / %s", meeting_write_count(deck->meeting, a, first),
                    meeting_write_count(deck->meeting, b, second));
}

static void put_row(struct deck *deck, const struct meeting_indicator *indicator, const struct both *both, const char **row) {
  char text[MEETING_TEXT];
  const struct meeting_change *change = both->change;
  bool is_shown = is_told(indicator, both), has_patients = change->has_patients;
  row[LABEL] = name_shorten(deck, both->label, LONGEST_NAME);
  row[BEFORE] = cell_of(deck, indicator, both->before);
  row[NOW] = cell_of(deck, indicator, both->now);
  row[CHANGE] = is_shown ? deck_print(deck, "%s", meeting_write_change(deck->meeting, indicator, change->change, text)) : "–";
  row[INTERVAL] = is_shown ? change_interval(deck, indicator, change) : "";
  row[BECAME] = has_patients ? pair_of(deck, change->became_yes, change->became_no) : "";
  row[STAYED] = has_patients ? pair_of(deck, change->stayed_yes, change->stayed_no) : "";
  row[MOVED] = has_patients ? pair_of(deck, change->arrived, change->left) : "";
}

void deck_add_change_table(struct deck *deck, const struct meeting_indicator *indicator) {
  const struct meeting *meeting = deck->meeting;
  char cluster[MEETING_TEXT], text[MEETING_TEXT];
  if (!has_change(meeting, indicator)) return;
  size_t n = meeting->n_practices;
  bool has_patients = indicator->all_change.has_patients;
  unsigned n_columns = has_patients ? N_COLUMNS : BECAME;
  const char **cells = memory_take((n + 1) * n_columns, sizeof *cells), *row[N_COLUMNS];
  struct both all = {meeting_write_cluster(meeting, cluster), &indicator->all_before, &indicator->all, &indicator->all_change};
  for (size_t i = 0; i <= n; i++) {
    struct both both = i == 0 ? all : practice_of(meeting, indicator, i - 1);
    put_row(deck, indicator, &both, row);
    memcpy(cells + i * n_columns, row, n_columns * sizeof *row);
  }
  static const unsigned shares[2][N_COLUMNS] = {{20, 21, 21, 21, 17}, {11, 15, 15, 19, 13, 9, 10, 8}};
  struct table table = {.n_columns = n_columns,
                        .size = has_patients ? 14 : 16, /* eight columns have no room for more */
                        .least_size = 14,
                        .is_right = {false, true, true, true, true, true, true, true},
                        .n_rows = n + 1};
  memcpy(table.shares, shares[has_patients], sizeof table.shares);
  table.titles[BEFORE] = deck_print(deck, "%s", meeting_write_date(meeting, meeting->before, text));
  table.titles[NOW] = deck_print(deck, "%s", meeting_write_date(meeting, meeting->index, text));
  table.titles[LABEL] = _("Practice");
  table.titles[CHANGE] = _("Change");
  table.titles[INTERVAL] = _("Interval of 95%");
  table.titles[BECAME] = _("Became yes / no");
  table.titles[STAYED] = _("Still yes / no");
  table.titles[MOVED] = _("New / left");
  table.cells = cells;
  if (meeting->n_warnings) table.note = _("Not all is the same on both dates: see “Before you compare”.");
  table_add(deck, deck_print(deck, "%s-changes", indicator->name),
            deck_print(deck, _("What has changed, in numbers: %s"), deck_of_pack(deck, indicator->title)), &table);
  free(cells);
}
