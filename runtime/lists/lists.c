/* lists.c: a practice's file: who stands first, its formats, and its cells. */
#include "runtime/lists/lists.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/lists/inner.h"
#include "runtime/memory/memory.h"
#include "runtime/ooxml/ooxml.h"
#include "runtime/result/names.h"

#define SECONDS_OF_DAY 86400
#define A4             9
#define HEAD_HEIGHT    78    /* points: five lines */
#define TITLE_HEIGHT   20
#define MOST_BYTES     32000 /* of a text in a cell */
#define BLUE           0x17365D
#define EXCEL_1970     25569 /* the days from Excel's day 0 to 1970-01-01, right from 1900-03-01 on */
#define EXCEL_FIRST    61    /* 1900-03-01: Excel takes 1900 for a leap year */

/* ── the order of patients ───────────────────────────────────────────────────────────────────────────────────────── */

struct standing { const char *id; size_t patient, n_lists; };

static int by_lists(const void *a, const void *b) {
  const struct standing *x = a, *y = b;
  if (x->n_lists != y->n_lists) return x->n_lists > y->n_lists ? -1 : 1;
  return strcmp(x->id, y->id);
}

static void order_patients(struct lists_book *book) {
  const struct lists_practice *practice = book->practice;
  size_t n = practice->n_patients;
  struct standing *standing = memory_take(n, sizeof *standing);
  book->order = memory_take(n, sizeof *book->order);
  book->place = memory_take(n, sizeof *book->place);
  book->n_lists = memory_take(n, sizeof *book->n_lists);
  for (size_t l = 0; l < practice->n_lists; l++)
    for (size_t i = 0; i < practice->lists[l].n_rows; i++) book->n_lists[practice->lists[l].rows[i].patient]++;
  for (size_t i = 0; i < n; i++) standing[i] = (struct standing){practice->patients[i].id, i, book->n_lists[i]};
  qsort(standing, n, sizeof *standing, by_lists);
  for (size_t i = 0; i < n; i++) {
    book->order[i] = standing[i].patient;
    book->place[standing[i].patient] = i;
  }
  free(standing);
}

/* ── formats ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static lxw_format *add_format(const struct lists_book *book, const char *number) {
  lxw_format *format = workbook_add_format(book->workbook);
  if (number) format_set_num_format(format, number);
  format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  return format;
}

static void add_formats(struct lists_book *book) {
  book->title = add_format(book, NULL);
  format_set_bold(book->title);
  format_set_font_size(book->title, 14);
  format_set_font_color(book->title, BLUE);
  book->head = add_format(book, NULL);
  format_set_bold(book->head);
  format_set_text_wrap(book->head);
  format_set_bottom(book->head, LXW_BORDER_THIN);
  book->text = add_format(book, NULL);
  book->reason = add_format(book, NULL);
  format_set_text_wrap(book->reason);
  book->date = add_format(book, book->practice->danish ? "dd-mm-yyyy" : "yyyy-mm-dd");
  format_set_align(book->date, LXW_ALIGN_LEFT);
  book->number = add_format(book, NULL);
  format_set_align(book->number, LXW_ALIGN_LEFT);
  book->mark = add_format(book, NULL);
  format_set_align(book->mark, LXW_ALIGN_CENTER);
  book->whole = add_format(book, NULL);
  format_set_bold(book->whole);
  format_set_align(book->whole, LXW_ALIGN_CENTER);
}

/* ── sheets and cells ────────────────────────────────────────────────────────────────────────────────────────────── */

lxw_worksheet *lists_sheet(struct lists_book *book, const char *name, const char *title, lxw_row_t head) {
  lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, name);
  if (!sheet) memory_exhausted();
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, A4);
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_set_footer(sheet, "&C&P / &N");
  worksheet_freeze_panes(sheet, head + 1, 1);
  worksheet_repeat_rows(sheet, head, head);
  worksheet_set_row(sheet, 0, TITLE_HEIGHT, NULL);
  worksheet_set_row(sheet, head, HEAD_HEIGHT, NULL);
  lists_text(book, sheet, 0, 0, title, book->title);
  return sheet;
}

static void note(struct lists_book *book, lxw_error wrong) {
  if (book->wrong == LXW_NO_ERROR) book->wrong = wrong;
}

/* A cell holds no more than 32,767 letters: what is longer is cut, between two letters. */
static char *cut_text(const char *text) {
  size_t length = MOST_BYTES;
  while (length && ((unsigned char)text[length] & 0xC0) == 0x80) length--;
  return name_sentence("%.*s …", (int)length, text);
}

void lists_text(struct lists_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text, lxw_format *format) {
  if (strlen(text) > MOST_BYTES) {
    char *cut = cut_text(text);
    note(book, worksheet_write_string(sheet, row, column, cut, format));
    free(cut);
    return;
  }
  if (*text) note(book, worksheet_write_string(sheet, row, column, text, format));
}

void lists_number(struct lists_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, double number, lxw_format *format) {
  note(book, worksheet_write_number(sheet, row, column, number, format));
}

static void write_date(struct lists_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, int32_t date) {
  char text[16];
  int year, month, day;
  if (date == DATE_UNKNOWN) return;
  if (date + EXCEL_1970 >= EXCEL_FIRST) {
    lists_number(book, sheet, row, column, date + EXCEL_1970, book->date);
    return;
  }
  date_to_civil(date, &year, &month, &day);
  snprintf(text, sizeof text, "%04d-%02d-%02d", year % 10000, month, day);
  lists_text(book, sheet, row, column, text, book->text);
}

void lists_cell(struct lists_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const struct lists_cell *cell) {
  switch (cell->kind) {
  case LISTS_TEXT: lists_text(book, sheet, row, column, cell->text, book->text); break;
  case LISTS_NUMBER: lists_number(book, sheet, row, column, cell->number, book->number); break;
  case LISTS_DATE: write_date(book, sheet, row, column, cell->date); break;
  default: break;
  }
}

void lists_who_head(struct lists_book *book, lxw_worksheet *sheet, lxw_row_t row) {
  const char *const heads[N_WHO] = {_("Patient"), P_("of a patient", "Born"), _("Age"), P_("of a patient", "Sex"), P_("of a patient", "Lists")};
  static const double widths[N_WHO] = {16, 12, 7, 9, 7};
  for (lxw_col_t i = 0; i < N_WHO; i++) {
    lists_text(book, sheet, row, i, heads[i], book->head);
    worksheet_set_column(sheet, i, i, widths[i], NULL);
  }
}

void lists_who(struct lists_book *book, lxw_worksheet *sheet, lxw_row_t row, size_t patient) {
  const struct lists_patient *who = &book->practice->patients[patient];
  lists_text(book, sheet, row, 0, who->id, book->text);
  write_date(book, sheet, row, 1, who->birth);
  if (who->birth != DATE_UNKNOWN) lists_number(book, sheet, row, 2, date_years_since(who->birth, book->practice->index), book->number);
  lists_text(book, sheet, row, 3, who->sex, book->text);
  lists_number(book, sheet, row, 4, (double)book->n_lists[patient], book->number);
}

/* ── the file ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool write_sheets(const void *what, const char *path, char **error) {
  const struct lists_practice *practice = what;
  struct lists_book book = {.practice = practice, .workbook = workbook_new(path)};
  if (!book.workbook) memory_exhausted();
  lxw_doc_properties properties = {.created = (time_t)practice->index * SECONDS_OF_DAY};
  workbook_set_properties(book.workbook, &properties);
  add_formats(&book);
  order_patients(&book);
  lists_all(&book);
  for (size_t l = 0; l < practice->n_lists; l++) lists_one(&book, l);
  lxw_error wrong = workbook_close(book.workbook);
  free(book.order);
  free(book.place);
  free(book.n_lists);
  if (book.wrong != LXW_NO_ERROR) wrong = book.wrong;
  if (wrong == LXW_NO_ERROR) return package_is_whole(path, error);
  *error = name_sentence("%s", lxw_strerror(wrong));
  return false;
}

bool lists_write(const struct lists_practice *practice, const char *path, char **error) {
  return package_place(path, PACKAGE_OWNER_ALONE, write_sheets, practice, error);
}
