/* sheets.c: the sheet with all patients, and the sheet of one list. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/words.h"
#include "runtime/lists/inner.h"
#include "runtime/memory/memory.h"
#include "runtime/result/names.h"

enum { HEAD_OF_ALL = 6, HEAD_OF_ONE = 5, MOST_OF_NAME = 26, WIDTH_OF_ALL = 16, WIDTH_OF_REASON = 80, LETTERS_OF_REASON = 90, HEIGHT_OF_LINE = 15, MOST_HEIGHT = 409, WIDTH_OF_VALUE = 14 };

/* A sentence of its own, which is freed once it stands in its cell. */
static void put(struct lists_book *book, lxw_worksheet *sheet, lxw_row_t row, char *sentence) {
  lists_text(book, sheet, row, 0, sentence, book->text);
  free(sentence);
}

static void put_index(struct lists_book *book, lxw_worksheet *sheet, lxw_row_t row) {
  const struct lists_cell index = {.kind = LISTS_DATE, .date = book->practice->index};
  lists_text(book, sheet, row, 0, _("Index date"), book->text);
  lists_cell(book, sheet, row, 1, &index);
}

/* An arrow at the head of each column: sorting and filtering in Excel need nothing else. */
static void add_filter(lxw_worksheet *sheet, lxw_row_t head, size_t n_rows, size_t n_columns) {
  if (n_rows) worksheet_autofilter(sheet, head, 0, head + (lxw_row_t)n_rows, (lxw_col_t)(n_columns - 1));
}

/* ── all patients ────────────────────────────────────────────────────────────────────────────────────────────────── */

static char *title_of(const struct lists_practice *practice) {
  return *practice->name ? name_sentence(_("Patients to look at: %s (%s)"), practice->name, practice->id)
                         : name_sentence(_("Patients to look at: practice %s"), practice->id);
}

static void write_marks(struct lists_book *book, lxw_worksheet *sheet, size_t number) {
  const struct lists_list *list = &book->practice->lists[number];
  lxw_col_t column = (lxw_col_t)(N_WHO + number);
  lists_text(book, sheet, HEAD_OF_ALL, column, list->title, book->head);
  lists_number(book, sheet, HEAD_OF_ALL - 1, column, (double)list->n_rows, book->whole);
  worksheet_set_column(sheet, column, column, WIDTH_OF_ALL, NULL);
  for (size_t i = 0; i < list->n_rows; i++)
    lists_text(book, sheet, (lxw_row_t)(HEAD_OF_ALL + 1 + book->place[list->rows[i].patient]), column, "×", book->mark);
}

void lists_all(struct lists_book *book) {
  const struct lists_practice *practice = book->practice;
  char *title = title_of(practice);
  lxw_worksheet *sheet = lists_sheet(book, _("All patients"), title, HEAD_OF_ALL);
  free(title);
  put_index(book, sheet, 1);
  lists_text(book, sheet, 2, 0, _("This file names patients. It is for this practice alone."), book->text);
  lists_text(book, sheet, 3, 0, _("Who is on a list is to be looked at again; there may be a good reason for it."), book->text);
  lists_text(book, sheet, 4, 0, practice->changed, book->text);
  lists_text(book, sheet, HEAD_OF_ALL - 1, 0, _("Patients on the list"), book->text);
  lists_who_head(book, sheet, HEAD_OF_ALL);
  for (size_t i = 0; i < practice->n_patients; i++) lists_who(book, sheet, (lxw_row_t)(HEAD_OF_ALL + 1 + i), book->order[i]);
  for (size_t l = 0; l < practice->n_lists; l++) write_marks(book, sheet, l);
  add_filter(sheet, HEAD_OF_ALL, practice->n_patients, N_WHO + practice->n_lists);
  if (!practice->n_patients) lists_text(book, sheet, HEAD_OF_ALL + 1, 0, _("No patient is on a list."), book->text);
}

/* ── one list ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Its number and the beginning of its title, without the signs that Excel refuses in a name. The number makes it the only one. */
static void name_sheet(const struct lists_list *list, size_t number, char name[4 * MOST_OF_NAME + 32]) {
  size_t length = (size_t)snprintf(name, 32, "%zu ", number + 1), letters = 0;
  for (const char *at = list->title; *at; at++) {
    bool begins = ((unsigned char)*at & 0xC0) != 0x80;
    if (begins && ++letters > MOST_OF_NAME) break;
    name[length++] = (unsigned char)*at < ' ' || strchr("[]:*?/\\'", *at) ? '_' : *at;
  }
  name[length] = '\0';
}

struct position { size_t place, row; };

static int by_place(const void *a, const void *b) {
  const struct position *x = a, *y = b;
  return x->place < y->place ? -1 : x->place > y->place;
}

/* Its rows in the order of all patients; freed with free(). */
static struct position *positions_of(const struct lists_book *book, const struct lists_list *list) {
  struct position *all = memory_take(list->n_rows, sizeof *all);
  for (size_t i = 0; i < list->n_rows; i++) all[i] = (struct position){book->place[list->rows[i].patient], i};
  qsort(all, list->n_rows, sizeof *all, by_place);
  return all;
}

static bool is_shown(const struct lists_list *list, size_t column) {
  for (size_t i = 0; i < list->n_rows; i++)
    if (list->rows[i].cells[column].kind != LISTS_NOTHING) return true;
  return false;
}

/* The first column after those of the patient says why; then the values, of which *n are shown. */
static void write_heads(struct lists_book *book, lxw_worksheet *sheet, const struct lists_list *list, size_t *n) {
  lxw_col_t column = N_WHO;
  lists_who_head(book, sheet, HEAD_OF_ONE);
  worksheet_set_column(sheet, column, column, WIDTH_OF_REASON, NULL);
  lists_text(book, sheet, HEAD_OF_ONE, column++, P_("of a patient", "Why"), book->head);
  for (size_t c = 0; c < list->n_columns; c++) {
    if (!is_shown(list, c)) continue;
    worksheet_set_column(sheet, column, column, WIDTH_OF_VALUE, NULL);
    lists_text(book, sheet, HEAD_OF_ONE, column++, list->heads[c], book->head);
  }
  *n = column;
}

/* How high the row must be for all of its reason: not every program finds that out itself. Excel knows no higher one than 409. */
static double height_of(const char *reason) {
  size_t lines = 1, letters = 0;
  for (const char *at = reason; *at; at++) {
    bool begins = ((unsigned char)*at & 0xC0) != 0x80;
    if (*at == '\n' || (begins && ++letters > LETTERS_OF_REASON)) {
      lines++;
      letters = 0;
    }
  }
  return lines * HEIGHT_OF_LINE < MOST_HEIGHT ? (double)(lines * HEIGHT_OF_LINE) : MOST_HEIGHT;
}

static void write_row(struct lists_book *book, lxw_worksheet *sheet, const struct lists_list *list, const struct lists_row *of, lxw_row_t row) {
  lxw_col_t column = N_WHO;
  lists_who(book, sheet, row, of->patient);
  worksheet_set_row(sheet, row, height_of(of->reason), NULL);
  lists_text(book, sheet, row, column++, of->reason, book->reason);
  for (size_t c = 0; c < list->n_columns; c++)
    if (is_shown(list, c)) lists_cell(book, sheet, row, column++, &of->cells[c]);
}

static void write_top(struct lists_book *book, lxw_worksheet *sheet, const struct lists_list *list) {
  size_t n = list->n_unknown;
  put(book, sheet, 1, name_sentence(_("%1$s: %2$s"), list->pack, list->indicator));
  if (list->n_rows) put(book, sheet, 2, name_sentence(Q_("%zu patient", "%zu patients", list->n_rows), list->n_rows));
  else lists_text(book, sheet, 2, 0, _("No patient is on the list."), book->text);
  if (n) put(book, sheet, 3, name_sentence(Q_("Of %zu more patient it is not known.", "Of %zu more patients it is not known.", n), n));
  lists_text(book, sheet, 4, 0, book->practice->changed, book->text);
}

void lists_one(struct lists_book *book, size_t number) {
  const struct lists_list *list = &book->practice->lists[number];
  char name[4 * MOST_OF_NAME + 32];
  size_t n_columns;
  struct position *positions = positions_of(book, list);
  name_sheet(list, number, name);
  lxw_worksheet *sheet = lists_sheet(book, name, list->title, HEAD_OF_ONE);
  write_top(book, sheet, list);
  write_heads(book, sheet, list, &n_columns);
  for (size_t i = 0; i < list->n_rows; i++) write_row(book, sheet, list, &list->rows[positions[i].row], (lxw_row_t)(HEAD_OF_ONE + 1 + i));
  add_filter(sheet, HEAD_OF_ONE, list->n_rows, n_columns);
  free(positions);
}
