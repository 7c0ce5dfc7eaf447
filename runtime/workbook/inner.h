/* inner.h: the sheets of the workbook, and how cells are written. */
#ifndef KLYNGE_WORKBOOK_INNER_H
#define KLYNGE_WORKBOOK_INNER_H
#include <xlsxwriter.h>
#include "runtime/meeting/meeting.h"

struct book {
  const struct meeting *meeting;
  lxw_workbook *workbook;
  lxw_format *title, *head, *head_right, *head_indented, *text, *wrapped, *question, *indented, *link, *right;
  lxw_format *count, *share, *number, *change, *no_change, *few_share, *few_number;
  lxw_format *whole, *whole_wrapped, *whole_right, *whole_share, *whole_number, *whole_count, *whole_change, *whole_no_change;
  const char **sheets;                 /* [indicator]: the name of its sheet */
};

/* A sheet with its title in the first row; landscape, as wide as a page, the rows above `frozen` on every page. */
lxw_worksheet *book_sheet(const struct book *book, const char *name, const char *title, lxw_row_t frozen);
/* Heads of columns, the first `n_texts` of which hold texts and the others numbers; two lines high. */
void book_head(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, const char *const *heads, size_t n, size_t n_texts);
/* How many letters a text has. */
size_t book_letters(const char *text);
/* A wrapped text, in a row that is as high as it needs in a column of so many letters; no lower than `least` lines. How many lines. */
unsigned book_wrapped(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text, lxw_format *format, unsigned width,
                      unsigned least);
/* How wide a column must be for the names of the practices, and of the cluster. */
double book_name_width(const struct book *book);
/* How a figure stands: that of the cluster in bold, that of few patients in grey italics. */
enum book_look { BOOK_PLAIN, BOOK_WHOLE, BOOK_FEW };
enum book_look book_look_of(const struct meeting_indicator *indicator, const struct meeting_figure *figure, bool whole);
/* Whether a practice's figure is of few, and the sentence that says how those stand. */
bool book_has_few(const struct meeting *meeting, const struct meeting_indicator *indicator);
void book_tell_few(const struct book *book, lxw_worksheet *sheet, lxw_row_t row);
/* A number, or a text in its place where there is none or it may not be seen; `whole` for the cluster's row. */
void book_count(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, struct meeting_count count, bool whole);
void book_value(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                const struct meeting_indicator *indicator, double value, enum book_look look);
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
