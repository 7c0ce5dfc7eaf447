/* overview.c: all indicators, and all practices beside one another in the order of their names. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "runtime/image/words.h"
#include "runtime/workbook/inner.h"

enum { ROW_HEAD = 6, COLUMN_CLUSTER = 4, WIDEST = 14, NARROWEST = 9, MOST_ON_A_PAGE = 20 };

/* What of the rules is another for this result than they have it; false where nothing is. */
static bool write_changes(const struct book *book, lxw_worksheet *sheet, lxw_row_t row) {
  char *changes = meeting_changes(book->meeting, NULL, NULL);
  if (!changes) return false;
  worksheet_write_string(sheet, row, 0, changes, book->whole);
  free(changes);
  return true;
}

static void write_head(const struct book *book, lxw_worksheet *sheet) {
  const struct meeting *meeting = book->meeting;
  const char *const heads[] = {_("Indicator"), _("Question"), _("Figure"), _("Better"), _("Cluster")};
  char cluster[MEETING_TEXT], date[MEETING_TEXT], hidden[MEETING_TEXT], text[3 * MEETING_TEXT];
  snprintf(text, sizeof text, "%s · %s", meeting_write_cluster(meeting, cluster), meeting_write_date(meeting, meeting->index, date));
  worksheet_write_string(sheet, 1, 0, text, book->text);
  worksheet_write_string(sheet, 2, 0, meeting_caveat(meeting), book->text);
  bool has_few = false;
  for (size_t i = 0; i < meeting->n_indicators; i++) has_few = has_few || book_has_few(meeting, &meeting->indicators[i]);
  lxw_row_t row = 3;
  if (write_changes(book, sheet, row)) row++;
  if (has_few) book_tell_few(book, sheet, row++);
  if (*meeting_write_hidden(meeting, hidden)) worksheet_write_string(sheet, row, 0, hidden, book->text);
  book_head(book, sheet, ROW_HEAD, heads, sizeof heads / sizeof *heads, COLUMN_CLUSTER);
  /* Long names stand in several lines above their figures. */
  unsigned lines = (unsigned)(book_name_width(book) / WIDEST) + 2;
  worksheet_set_row(sheet, ROW_HEAD, 15.0 * lines, NULL);
  for (size_t p = 0; p < meeting->n_practices; p++)
    worksheet_write_string(sheet, ROW_HEAD, (lxw_col_t)(COLUMN_CLUSTER + 1 + p), meeting->practices[p].label, book->head_right);
}

static const char *better_of(const struct meeting_indicator *indicator) {
  switch (indicator->better) {
  case MEETING_LOWER: return P_("better", "lower");
  case MEETING_HIGHER: return P_("better", "higher");
  default: return "";
  }
}

static void write_row(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, size_t number) {
  const struct meeting_indicator *indicator = &book->meeting->indicators[number];
  char kind[MEETING_TEXT], link[128];
  book_kind(indicator, kind);
  snprintf(link, sizeof link, "internal:'%.60s'!A1", book->sheets[number]);
  worksheet_write_url_opt(sheet, row, 0, link, book->link, indicator->name, indicator->title);
  book_wrapped(sheet, row, 1, indicator->title, book->question, 54, 1);
  worksheet_write_string(sheet, row, 2, kind, book->text);
  worksheet_write_string(sheet, row, 3, better_of(indicator), book->text);
  book_value(book, sheet, row, COLUMN_CLUSTER, indicator, indicator->all.value, BOOK_WHOLE);
  for (size_t p = 0; p < book->meeting->n_practices; p++) {
    const struct meeting_figure *figure = &indicator->practices[p];
    book_value(book, sheet, row, (lxw_col_t)(COLUMN_CLUSTER + 1 + p), indicator, figure->value, book_look_of(indicator, figure, false));
  }
}

static void write_patients(const struct book *book, lxw_worksheet *sheet, lxw_row_t row) {
  const struct meeting *meeting = book->meeting;
  worksheet_write_string(sheet, row, 1, _("Patients"), book->whole);
  book_count(book, sheet, row, COLUMN_CLUSTER, meeting->population, true);
  for (size_t p = 0; p < meeting->n_practices; p++)
    book_count(book, sheet, row, (lxw_col_t)(COLUMN_CLUSTER + 1 + p), meeting->practices[p].population, false);
}

void book_overview(const struct book *book) {
  const struct meeting *meeting = book->meeting;
  lxw_worksheet *sheet = book_sheet(book, _("Overview"), meeting->title, ROW_HEAD + 1);
  worksheet_freeze_panes(sheet, ROW_HEAD + 1, 2);
  write_head(book, sheet);
  write_patients(book, sheet, ROW_HEAD + 1);
  for (size_t i = 0; i < meeting->n_indicators; i++) write_row(book, sheet, (lxw_row_t)(ROW_HEAD + 2 + i), i);
  /* More practices than can be read on one page stand on several, each with the indicators' names. */
  if (meeting->n_practices > MOST_ON_A_PAGE) {
    worksheet_fit_to_pages(sheet, (uint16_t)((meeting->n_practices + MOST_ON_A_PAGE - 1) / MOST_ON_A_PAGE), 0);
    worksheet_repeat_columns(sheet, 0, 1);
  }
  double width = book_name_width(book);
  worksheet_set_column(sheet, 0, 0, 11, NULL);
  worksheet_set_column(sheet, 1, 1, 50, NULL);
  worksheet_set_column(sheet, 2, 2, 18, NULL);
  worksheet_set_column(sheet, 3, COLUMN_CLUSTER, 9, NULL);
  if (meeting->n_practices)
    worksheet_set_column(sheet, COLUMN_CLUSTER + 1, (lxw_col_t)(COLUMN_CLUSTER + meeting->n_practices),
                         width > 2 * NARROWEST ? WIDEST : NARROWEST, NULL);
}
