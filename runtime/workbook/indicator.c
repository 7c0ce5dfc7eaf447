/* indicator.c: the sheet of an indicator: its practices from the lowest figure to the highest, the cluster, a chart, bands. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/workbook/inner.h"

enum { ROW_HEAD = 5, CHART_COLUMN = 10 };

static void write_figure(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, const char *label,
                         const struct meeting_indicator *indicator, const struct meeting_figure *figure, bool whole) {
  worksheet_write_string(sheet, row, 0, label, whole ? book->whole : book->text);
  book_value(book, sheet, row, 1, indicator, figure->value, whole);
  book_value(book, sheet, row, 2, indicator, figure->low, whole);
  book_value(book, sheet, row, 3, indicator, figure->high, whole);
  book_count(book, sheet, row, 4, figure->numerator, whole);
  book_count(book, sheet, row, 5, figure->denominator, whole);
  book_count(book, sheet, row, 6, figure->unknown, whole);
  if (!isnan(figure->adjusted)) book_value(book, sheet, row, 7, indicator, figure->adjusted, whole);
}

static void write_top(const struct book *book, lxw_worksheet *sheet, const struct meeting_indicator *indicator) {
  const struct meeting_part *of = meeting_part(indicator->explained, "of_whom"), *which = meeting_part(indicator->explained, "how_many");
  char kind[MEETING_TEXT];
  book_kind(indicator, kind);
  const char *const heads[] = {_("Practice"), kind, _("95% from"), _("to"), indicator->kind == MEETING_SHARE || indicator->kind == MEETING_COUNT ? _("Count") : _("Known"),
                               _("Of"), _("Unknown"), _("Adjusted")};
  if (of) worksheet_write_string(sheet, 1, 0, of->text, book->text);
  if (which) worksheet_write_string(sheet, 2, 0, which->text, book->text);
  worksheet_write_string(sheet, 3, 0, indicator->spread, book->text);
  book_head(book, sheet, ROW_HEAD, heads, sizeof heads / sizeof *heads);
}

/* The practices as bars, and the cluster as the last of them. */
static void add_chart(const struct book *book, lxw_worksheet *sheet, size_t number, lxw_row_t last) {
  const struct meeting_indicator *indicator = &book->meeting->indicators[number];
  lxw_chart *chart = workbook_add_chart(book->workbook, LXW_CHART_COLUMN);
  lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
  chart_series_set_categories(series, book->sheets[number], ROW_HEAD + 1, 0, last, 0);
  chart_series_set_values(series, book->sheets[number], ROW_HEAD + 1, 1, last, 1);
  chart_series_set_name(series, indicator->title);
  chart_title_set_name(chart, indicator->title);
  chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  chart_axis_set_min(chart->y_axis, 0);
  if (indicator->kind == MEETING_SHARE) chart_axis_set_num_format(chart->y_axis, "0%");
  lxw_chart_options options = {.x_scale = 1.3, .y_scale = 1.3, .description = (char *)indicator->title};
  worksheet_insert_chart_opt(sheet, ROW_HEAD, CHART_COLUMN, chart, &options);
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
  write_figure(book, sheet, row, meeting_write_cluster(meeting, cluster), indicator, &indicator->all, true);
  add_chart(book, sheet, number, row);
  if (!isnan(indicator->aim)) {
    worksheet_write_string(sheet, ++row, 0, _("Aim"), book->text);
    book_value(book, sheet, row, 1, indicator, indicator->aim, false);
  }
  write_bands(book, sheet, indicator, row + 2);
  worksheet_set_column(sheet, 0, 0, 22, NULL);
  worksheet_set_column(sheet, 1, 1, 16, NULL);
  worksheet_set_column(sheet, 2, 7, 10, NULL);
  free(order);
}
