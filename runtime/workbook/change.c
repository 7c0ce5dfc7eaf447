/* change.c: what has changed since the earlier date, for each indicator, practice by practice. */
#include <math.h>
#include <stdlib.h>
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/workbook/inner.h"

enum { ROW_HEAD = 2, WIDEST_TITLE = 80, LETTERS_OF_WARNINGS = 140 };
enum { NAME, TITLE, PRACTICE, UNIT, BEFORE, BEFORE_COUNT, BEFORE_OF, NOW, NOW_COUNT, NOW_OF, CHANGE, LOW, HIGH, PATIENTS, N_COLUMNS = PATIENTS + 6 };

/* What a change is counted in. */
static const char *unit_of(const struct meeting_indicator *indicator) {
  return indicator->kind == MEETING_SHARE ? _("percentage points") : indicator->unit;
}

/* A practice on both dates, or the cluster. */
struct both {
  const char *label;
  const struct meeting_figure *before, *now;
  const struct meeting_change *change;
  bool is_whole;
};

static void write_figure(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                         const struct meeting_indicator *indicator, const struct meeting_figure *figure, bool whole) {
  book_value(book, sheet, row, column, indicator, figure->value, book_look_of(indicator, figure, whole));
  book_count(book, sheet, row, (lxw_col_t)(column + 1), figure->numerator, whole);
  book_count(book, sheet, row, (lxw_col_t)(column + 2), figure->denominator, whole);
}

/* Of few patients on either date no change is told: it would be read as more than it is. */
static void write_row(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, const struct meeting_indicator *indicator,
                      const struct both *both) {
  const struct meeting_change *change = both->change;
  const struct meeting_count counts[] = {change->became_yes, change->became_no, change->stayed_yes, change->stayed_no, change->arrived, change->left};
  bool whole = both->is_whole, is_few = meeting_is_of_few(indicator, both->before) || meeting_is_of_few(indicator, both->now);
  worksheet_write_string(sheet, row, NAME, indicator->name, whole ? book->whole : book->text);
  if (whole) book_wrapped(sheet, row, TITLE, indicator->title, book->whole_wrapped, WIDEST_TITLE, 1);
  worksheet_write_string(sheet, row, PRACTICE, both->label, whole ? book->whole : book->text);
  worksheet_write_string(sheet, row, UNIT, unit_of(indicator), whole ? book->whole : book->text);
  write_figure(book, sheet, row, BEFORE, indicator, both->before, whole);
  write_figure(book, sheet, row, NOW, indicator, both->now, whole);
  book_change_value(book, sheet, row, CHANGE, indicator, is_few ? NAN : change->change, whole);
  book_change_value(book, sheet, row, LOW, indicator, is_few ? NAN : change->low, whole);
  book_change_value(book, sheet, row, HIGH, indicator, is_few ? NAN : change->high, whole);
  for (size_t i = 0; change->has_patients && i < sizeof counts / sizeof *counts; i++)
    book_count(book, sheet, row, (lxw_col_t)(PATIENTS + i), counts[i], whole);
}

static lxw_row_t write_indicator(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, const struct meeting_indicator *indicator) {
  const struct meeting *meeting = book->meeting;
  char cluster[MEETING_TEXT];
  struct both all = {meeting_write_cluster(meeting, cluster), &indicator->all_before, &indicator->all, &indicator->all_change, true};
  write_row(book, sheet, row++, indicator, &all);
  for (size_t p = 0; p < meeting->n_practices; p++) {
    struct both both = {meeting->practices[p].label, &indicator->practices_before[p], &indicator->practices[p],
                        &indicator->practices_change[p], false};
    write_row(book, sheet, row++, indicator, &both);
  }
  return row;
}

/* Each question stands beside its cluster's figures, on one line unless it is very long. */
static double title_width(const struct meeting *meeting) {
  size_t longest = 20;
  for (size_t i = 0; i < meeting->n_indicators; i++)
    if (book_letters(meeting->indicators[i].title) > longest) longest = book_letters(meeting->indicators[i].title);
  return longest < WIDEST_TITLE ? (double)longest : WIDEST_TITLE;
}

/* What is not the same on both dates stands above the figures, where it is read before them. */
static void write_warnings(const struct book *book, lxw_worksheet *sheet) {
  const struct meeting *meeting = book->meeting;
  char *text = NULL;
  size_t length;
  if (!meeting->n_warnings) return;
  FILE *out = open_memstream(&text, &length);
  if (!out) memory_exhausted();
  fputs(_("Not the same on both dates:"), out);
  for (size_t i = 0; i < meeting->n_warnings; i++) fprintf(out, " %s", meeting->warnings[i]);
  if (fclose(out) != 0) memory_exhausted();
  worksheet_merge_range(sheet, ROW_HEAD - 1, NAME, ROW_HEAD - 1, HIGH, "", book->wrapped);
  book_wrapped(sheet, ROW_HEAD - 1, NAME, text, book->wrapped, LETTERS_OF_WARNINGS, 1);
  free(text);
}

void book_change(const struct book *book) {
  const struct meeting *meeting = book->meeting;
  char before[MEETING_TEXT], now[MEETING_TEXT];
  const char *const heads[N_COLUMNS] = {
      _("Indicator"),  _("Question"),   _("Practice"),   P_("of a number", "Unit"), meeting_write_date(meeting, meeting->before, before),
      _("Count"),      _("Of"),         meeting_write_date(meeting, meeting->index, now),
      _("Count"),      _("Of"),         _("Change"),     _("95% from"),  _("to"),
      _("Became yes"), _("Became no"),  _("Stayed yes"), _("Stayed no"), _("Arrived"), _("Left")};
  lxw_worksheet *sheet = book_sheet(book, _("Change"), _("What has changed"), ROW_HEAD + 1);
  lxw_row_t row = ROW_HEAD + 1;
  worksheet_freeze_panes(sheet, ROW_HEAD + 1, UNIT);
  write_warnings(book, sheet);
  book_head(book, sheet, ROW_HEAD, heads, N_COLUMNS, UNIT + 1);
  for (size_t i = 0; i < meeting->n_indicators; i++)
    if (meeting->indicators[i].practices_before && meeting->indicators[i].practices_change)
      row = write_indicator(book, sheet, row, &meeting->indicators[i]);
  if (row > ROW_HEAD + 1) worksheet_autofilter(sheet, ROW_HEAD, 0, row - 1, N_COLUMNS - 1);
  worksheet_set_column(sheet, NAME, NAME, 11, NULL);
  worksheet_set_column(sheet, TITLE, TITLE, title_width(meeting), NULL);
  worksheet_set_column(sheet, PRACTICE, PRACTICE, book_name_width(book), NULL);
  worksheet_set_column(sheet, UNIT, UNIT, 14, NULL);
  worksheet_set_column(sheet, BEFORE, N_COLUMNS - 1, 10, NULL);
  worksheet_set_column(sheet, BEFORE, BEFORE, 11, NULL);
  worksheet_set_column(sheet, NOW, NOW, 11, NULL);
}
