/* inner.h: the sheets of a practice's file, and how their cells are written. */
#ifndef KLYNGE_LISTS_INNER_H
#define KLYNGE_LISTS_INNER_H
#include <xlsxwriter.h>
#include "runtime/lists/lists.h"

struct lists_book {
  const struct lists_practice *practice;
  lxw_workbook *workbook;
  lxw_format *title, *head, *text, *date, *number, *mark, *whole, *reason;
  size_t *order;                       /* [n_patients]: patients in the order in which they stand */
  size_t *place;                       /* [patient]: where in that order */
  size_t *n_lists;                     /* [patient]: how many lists the patient is on */
  lxw_error wrong;                     /* the first cell that could not be written */
};

/* The columns that each sheet begins with: id, birth, age, sex, number of lists. */
enum { N_WHO = 5 };

lxw_worksheet *lists_sheet(struct lists_book *book, const char *name, const char *title, lxw_row_t head);
void lists_text(struct lists_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text, lxw_format *format);
void lists_number(struct lists_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, double number, lxw_format *format);
void lists_cell(struct lists_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const struct lists_cell *cell);
/* The heads of the first N_WHO columns, and a patient's cells in them. */
void lists_who_head(struct lists_book *book, lxw_worksheet *sheet, lxw_row_t row);
void lists_who(struct lists_book *book, lxw_worksheet *sheet, lxw_row_t row, size_t patient);

void lists_all(struct lists_book *book);                    /* sheets.c */
void lists_one(struct lists_book *book, size_t number);
#endif
