/* inner.h: the sheets of the workbook, and how cells are written. */
#ifndef KLYNGE_WORKBOOK_INNER_H
#define KLYNGE_WORKBOOK_INNER_H
#include <xlsxwriter.h>
#include "runtime/meeting/meeting.h"

struct book {
  const struct meeting *meeting;
  lxw_workbook *workbook;
  lxw_format *title, *head, *head_right, *text, *wrapped, *indented, *link, *right;
  lxw_format *count, *share, *number, *change, *whole, *whole_right, *whole_share, *whole_number, *whole_count, *whole_change;
  const char **sheets;                 /* [indicator]: the name of its sheet */
};

/* A sheet with its title in the first row; landscape, as wide as a page, the rows above `frozen` on every page. */
lxw_worksheet *book_sheet(const struct book *book, const char *name, const char *title, lxw_row_t frozen);
/* Heads of columns, the first `n_texts` of which hold texts and the others numbers; two lines high. */
void book_head(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, const char *const *heads, size_t n, size_t n_texts);
/* A wrapped text, in a row that is as high as it needs in a column of so many letters; no lower than `least` lines. How many lines. */
unsigned book_wrapped(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text, unsigned width,
                      unsigned least);
/* How wide a column must be for the names of the practices, and of the cluster. */
double book_name_width(const struct book *book);
/* A number, a text in its place where it may not be seen, or an empty cell; `whole` for the cluster's row. */
void book_count(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, struct meeting_count count, bool whole);
void book_value(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                const struct meeting_indicator *indicator, double value, bool whole);
/* A change with its sign: of a share in percentage points. */
void book_change_value(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                       const struct meeting_indicator *indicator, double value, bool whole);
/* What the figure of an indicator is called: "Share", "Median, mmol/mol". */
void book_kind(const struct meeting_indicator *indicator, char out[MEETING_TEXT]);

void book_overview(const struct book *book);                                             /* overview.c */
void book_indicator(const struct book *book, size_t number);                             /* indicator.c */
void book_change(const struct book *book);                                               /* change.c */
void book_definitions(const struct book *book);                                          /* definitions.c */
void book_quality(const struct book *book);
#endif
