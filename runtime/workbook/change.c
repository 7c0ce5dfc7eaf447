/* change.c: what has changed since the earlier date, for each indicator, practice by practice. */
#include <math.h>
#include "runtime/image/words.h"
#include "runtime/workbook/inner.h"

enum { ROW_HEAD = 2, MOST_HEADS = 13 };

static void write_row(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, const struct meeting_indicator *indicator,
                      const char *label, const struct meeting_figure *before, const struct meeting_figure *after,
                      const struct meeting_change *change, bool whole) {
  const struct meeting_count counts[] = {change->became_yes, change->became_no, change->stayed_yes, change->stayed_no, change->arrived, change->left};
  worksheet_write_string(sheet, row, 0, indicator->name, whole ? book->whole : book->text);
  worksheet_write_string(sheet, row, 1, label, whole ? book->whole : book->text);
  book_value(book, sheet, row, 2, indicator, before->value, whole);
  book_value(book, sheet, row, 3, indicator, after->value, whole);
  book_value(book, sheet, row, 4, indicator, change->change, whole);
  book_value(book, sheet, row, 5, indicator, change->low, whole);
  book_value(book, sheet, row, 6, indicator, change->high, whole);
  for (size_t i = 0; change->has_patients && i < sizeof counts / sizeof *counts; i++)
    book_count(book, sheet, row, (lxw_col_t)(7 + i), counts[i], whole);
}

void book_change(const struct book *book) {
  const struct meeting *meeting = book->meeting;
  const char *const heads[MOST_HEADS] = {_("Indicator"), _("Practice"), _("Before"), _("Now"), _("Change"), _("95% from"), _("to"),
                                         _("Became yes"), _("Became no"), _("Stayed yes"), _("Stayed no"), _("Arrived"), _("Left")};
  lxw_worksheet *sheet = book_sheet(book, _("Change"), _("What has changed"), ROW_HEAD + 1);
  char cluster[MEETING_TEXT];
  lxw_row_t row = ROW_HEAD + 1;
  book_head(book, sheet, ROW_HEAD, heads, MOST_HEADS);
  for (size_t i = 0; i < meeting->n_indicators; i++) {
    const struct meeting_indicator *indicator = &meeting->indicators[i];
    if (!indicator->practices_before || !indicator->practices_change) continue;
    write_row(book, sheet, row++, indicator, meeting_write_cluster(meeting, cluster), &indicator->all_before, &indicator->all,
              &indicator->all_change, true);
    for (size_t p = 0; p < meeting->n_practices; p++)
      write_row(book, sheet, row++, indicator, meeting->practices[p].label, &indicator->practices_before[p],
                &indicator->practices[p], &indicator->practices_change[p], false);
  }
  for (size_t i = 0; i < meeting->n_warnings; i++) worksheet_write_string(sheet, row++, 0, meeting->warnings[i], book->text);
  worksheet_set_column(sheet, 0, 1, 14, NULL);
  worksheet_set_column(sheet, 2, MOST_HEADS - 1, 11, NULL);
}
