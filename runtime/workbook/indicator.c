/* indicator.c: the sheet of an indicator: its practices from the lowest figure to the highest, the cluster, a chart, bands. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/workbook/inner.h"

enum { ROW_HEAD = 5, CHART_COLUMN = 9, LONG_NAMES = 20 };

/* An end of the interval. Where a figure has none the cell is empty, for the chart would draw a text as nought. */
static void write_end(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                      const struct meeting_indicator *indicator, const struct meeting_figure *figure, double end, enum book_look look) {
  if (!isnan(end) || isnan(figure->value)) book_value(book, sheet, row, column, indicator, end, look);
}

static void write_figure(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, const char *label,
                         const struct meeting_indicator *indicator, const struct meeting_figure *figure, bool whole) {
  enum book_look look = book_look_of(indicator, figure, whole);
  worksheet_write_string(sheet, row, 0, label, whole ? book->whole : book->text);
  book_value(book, sheet, row, 1, indicator, figure->value, look);
  write_end(book, sheet, row, 2, indicator, figure, figure->low, look);
  write_end(book, sheet, row, 3, indicator, figure, figure->high, look);
  book_count(book, sheet, row, 4, figure->numerator, whole);
  book_count(book, sheet, row, 5, figure->denominator, whole);
  book_count(book, sheet, row, 6, figure->unknown, whole);
  if (!isnan(figure->adjusted)) book_value(book, sheet, row, 7, indicator, figure->adjusted, look);
}

static bool has_adjusted(const struct meeting *meeting, const struct meeting_indicator *indicator) {
  bool is_any = !isnan(indicator->all.adjusted);
  for (size_t p = 0; p < meeting->n_practices; p++) is_any = is_any || !isnan(indicator->practices[p].adjusted);
  return is_any;
}

/* What stands below a sentence, behind it; what is below that, in brackets. */
static void print_items(FILE *out, const struct meeting_item *items, size_t n) {
  for (size_t i = 0; i < n; i++) {
    fprintf(out, "%s%s%s%s", i ? "; " : "", items[i].label, *items[i].label ? ": " : "", items[i].text);
    if (!items[i].n_items) continue;
    fputs(" (", out);
    print_items(out, items[i].items, items[i].n_items);
    fputs(")", out);
  }
}

/* A part of the explanation in one line: "Those of them of whom all of these hold: eGFR is below 30; …" */
static void write_part(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, const struct meeting_part *part) {
  char *line = NULL;
  size_t length = 0;
  FILE *out = open_memstream(&line, &length);
  if (!out) memory_exhausted();
  fprintf(out, "%s%s", part->text, part->n_items && *part->text ? " " : "");
  print_items(out, part->items, part->n_items);
  if (fclose(out) != 0) memory_exhausted();
  worksheet_write_string(sheet, row, 0, line, book->text);
  free(line);
}

static void write_top(const struct book *book, lxw_worksheet *sheet, const struct meeting_indicator *indicator) {
  const struct meeting_part *of = meeting_part(indicator->explained, "of_whom"), *which = meeting_part(indicator->explained, "how_many");
  char kind[MEETING_TEXT];
  book_kind(indicator, kind);
  const char *const heads[] = {_("Practice"), kind, _("95% from"), _("to"), indicator->kind == MEETING_SHARE || indicator->kind == MEETING_COUNT ? _("Count") : _("Known"),
                               _("Of"), _("Unknown"), _("Adjusted")};
  if (of) write_part(book, sheet, 1, of);
  if (which) write_part(book, sheet, 2, which);
  worksheet_write_string(sheet, 3, 0, indicator->spread, book->text);
  if (book_has_few(book->meeting, indicator)) book_tell_few(book, sheet, 4);
  book_head(book, sheet, ROW_HEAD, heads, has_adjusted(book->meeting, indicator) ? 8 : 7, 1);
}

static lxw_chart_series *add_series(lxw_chart *chart, const char *sheet, lxw_row_t last, lxw_col_t column, const char *name) {
  lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
  lxw_chart_line none = {.none = LXW_TRUE};
  lxw_chart_fill black = {.color = 0x000000};
  chart_series_set_categories(series, sheet, ROW_HEAD + 1, 0, last, 0);
  chart_series_set_values(series, sheet, ROW_HEAD + 1, column, last, column);
  chart_series_set_name(series, name);
  chart_series_set_line(series, &none);
  chart_series_set_marker_type(series, LXW_CHART_MARKER_SQUARE);
  chart_series_set_marker_size(series, 4);
  chart_series_set_marker_fill(series, &black);
  chart_series_set_marker_line(series, &none);
  return series;
}

/* Above four fifths a program's own axis may go on to 120 %, which no share is. */
static bool is_near_all(const struct meeting *meeting, const struct meeting_indicator *indicator) {
  for (size_t p = 0; p < meeting->n_practices; p++)
    if (indicator->practices[p].high > 0.8) return true;
  return false;
}

/* The line of the categories lies where the cluster's figure is. */
static void set_axes(const struct book *book, lxw_chart *chart, const struct meeting_indicator *indicator) {
  lxw_chart_line dashed = {.color = 0x000000, .width = 1.5, .dash_type = LXW_CHART_LINE_DASH_DASH};
  lxw_chart_line pale = {.color = 0xD9D9D9, .width = 0.5};
  if (indicator->kind == MEETING_SHARE) {
    chart_axis_set_min(chart->y_axis, 0);
    if (is_near_all(book->meeting, indicator)) chart_axis_set_max(chart->y_axis, 1);
    chart_axis_set_num_format(chart->y_axis, book->meeting->danish ? "0 %" : "0%");
  }
  chart_axis_major_gridlines_set_line(chart->y_axis, &pale);
  chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
  chart_axis_set_major_tick_mark(chart->x_axis, LXW_CHART_AXIS_TICK_MARK_NONE);
  if (indicator->kind == MEETING_COUNT || isnan(indicator->all.value)) return;
  chart_axis_set_crossing(chart->y_axis, indicator->all.value);
  chart_axis_set_line(chart->x_axis, &dashed);
}

/* The practices as points with their intervals, and the cluster as the line through them. */
static void add_chart(const struct book *book, lxw_worksheet *sheet, size_t number, lxw_row_t last) {
  const struct meeting_indicator *indicator = &book->meeting->indicators[number];
  lxw_chart *chart = workbook_add_chart(book->workbook, LXW_CHART_LINE);
  lxw_chart_fill blue = {.color = 0x005A9C};
  lxw_chart_line black = {.color = 0x000000, .width = 1.25};
  lxw_chart_font plain = {.bold = LXW_EXPLICIT_FALSE, .size = 11};
  char value[MEETING_TEXT], title[4 * MEETING_TEXT];
  /* A mark at either end, for programs that do not draw the line between them. */
  add_series(chart, book->sheets[number], last, 2, _("95% from"));
  add_series(chart, book->sheets[number], last, 3, _("to"));
  lxw_chart_series *values = add_series(chart, book->sheets[number], last, 1, _("Practice"));
  chart_series_set_marker_type(values, LXW_CHART_MARKER_DIAMOND);
  chart_series_set_marker_size(values, 9);
  chart_series_set_marker_fill(values, &blue);
  chart_set_high_low_lines(chart, &black);
  set_axes(book, chart, indicator);
  if (indicator->kind == MEETING_COUNT) snprintf(title, sizeof title, "%.400s", indicator->title);
  else
    snprintf(title, sizeof title, _("%.250s (line: the cluster, %.60s)"), indicator->title,
             meeting_write_value(book->meeting, indicator, indicator->all.value, value));
  chart_title_set_name(chart, title);
  chart_title_set_name_font(chart, &plain);
  chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  double wide = book->meeting->n_practices > 16 ? 1.9 : 1.4;
  double high = book_name_width(book) > LONG_NAMES ? 2 : 1.3;
  /* A little below the head, which is on every page and would take the chart's edge there. */
  lxw_chart_options options = {.x_scale = wide, .y_scale = high, .y_offset = 5, .description = title};
  worksheet_insert_chart_opt(sheet, ROW_HEAD + 1, CHART_COLUMN, chart, &options);
}

static lxw_row_t write_bands(const struct book *book, lxw_worksheet *sheet, const struct meeting_indicator *indicator, lxw_row_t row) {
  for (size_t b = 0; b < indicator->n_bands; b++) {
    const struct meeting_band *band = &indicator->bands[b];
    char label[2 * MEETING_TEXT];
    snprintf(label, sizeof label, "%.100s %.100s", band->stratum, band->band);
    write_figure(book, sheet, row++, label, indicator, &band->all, true);
    for (size_t p = 0; p < book->meeting->n_practices; p++)
      write_figure(book, sheet, row++, book->meeting->practices[p].label, indicator, &band->practices[p], false);
    row++;
  }
  return row;
}

/* How many practices have a figure: they stand first, and those without one are not in the chart. */
static size_t count_figures(const struct meeting *meeting, const struct meeting_indicator *indicator) {
  size_t n = 0;
  for (size_t p = 0; p < meeting->n_practices; p++) n += !isnan(indicator->practices[p].value);
  return n;
}

void book_indicator(const struct book *book, size_t number) {
  const struct meeting *meeting = book->meeting;
  const struct meeting_indicator *indicator = &meeting->indicators[number];
  lxw_worksheet *sheet = book_sheet(book, book->sheets[number], indicator->title, ROW_HEAD + 1);
  size_t *order = memory_take(meeting->n_practices, sizeof *order);
  char cluster[MEETING_TEXT];
  lxw_row_t row = ROW_HEAD + 1;
  write_top(book, sheet, indicator);
  meeting_sort(meeting, indicator, order);
  for (size_t p = 0; p < meeting->n_practices; p++)
    write_figure(book, sheet, row++, meeting->practices[order[p]].label, indicator, &indicator->practices[order[p]], false);
  size_t n_drawn = count_figures(meeting, indicator);
  if (n_drawn) add_chart(book, sheet, number, (lxw_row_t)(ROW_HEAD + n_drawn));
  write_figure(book, sheet, row, meeting_write_cluster(meeting, cluster), indicator, &indicator->all, true);
  if (!isnan(indicator->aim)) {
    worksheet_write_string(sheet, ++row, 0, _("Aim"), book->text);
    book_value(book, sheet, row, 1, indicator, indicator->aim, BOOK_PLAIN);
  }
  write_bands(book, sheet, indicator, row + 2);
  worksheet_set_column(sheet, 0, 0, book_name_width(book), NULL);
  worksheet_set_column(sheet, 1, 1, 17, NULL);
  worksheet_set_column(sheet, 2, 7, 9, NULL);
  free(order);
}
