/* workbook.c: the workbook as a whole: its formats, its sheets in their order, and the file. */
#include "runtime/workbook/workbook.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/ooxml/ooxml.h"
#include "runtime/workbook/inner.h"

#define SECONDS_OF_DAY 86400
#define MOST_OF_NAME   31 /* letters of a sheet's name */
#define LINE_HEIGHT    15.0 /* points */
#define LONGEST_NAME   40   /* letters of a practice's name that are shown whole */
#define MOST_LINES     27   /* of a row: Excel has none higher than 409 points */
#define BLUE           0x17365D
#define GREY           0x595959

/* ── formats ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static lxw_format *add_format(const struct book *book, const char *number, bool bold, bool right) {
  lxw_format *format = workbook_add_format(book->workbook);
  if (number) format_set_num_format(format, number);
  if (bold) format_set_bold(format);
  if (right) format_set_align(format, LXW_ALIGN_RIGHT);
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
  return format;
}

static lxw_format *add_head(const struct book *book, bool right) {
  lxw_format *format = add_format(book, NULL, true, right);
  format_set_text_wrap(format);
  format_set_align(format, LXW_ALIGN_VERTICAL_BOTTOM);
  format_set_bottom(format, LXW_BORDER_THIN);
  return format;
}

/* Of few patients: paler and slanted, so that it is told apart in grey print too. */
static lxw_format *add_few(const struct book *book, const char *number) {
  lxw_format *format = add_format(book, number, false, true);
  format_set_italic(format);
  format_set_font_color(format, GREY);
  return format;
}

static void add_number_formats(struct book *book) {
  /* Excel puts the reader's own comma in, but not the blank before the sign. */
  const char *share = book->meeting->danish ? "0.0 %" : "0.0%", *count = "#,##0", *number = "#,##0.0";
  const char *change = "+0.0;−0.0", *no_change = "±0.0;±0.0";
  book->count = add_format(book, count, false, true);
  book->share = add_format(book, share, false, true);
  book->number = add_format(book, number, false, true);
  book->few_share = add_few(book, share);
  book->few_number = add_few(book, number);
  book->change = add_format(book, change, false, true);
  book->no_change = add_format(book, no_change, false, true);
  book->whole_count = add_format(book, count, true, true);
  book->whole_share = add_format(book, share, true, true);
  book->whole_number = add_format(book, number, true, true);
  book->whole_change = add_format(book, change, true, true);
  book->whole_no_change = add_format(book, no_change, true, true);
}

static void add_formats(struct book *book) {
  book->title = add_format(book, NULL, true, false);
  format_set_font_size(book->title, 14);
  format_set_font_color(book->title, BLUE);
  book->head = add_head(book, false);
  book->head_right = add_head(book, true);
  book->head_indented = add_head(book, false);
  format_set_indent(book->head_indented, 1);
  book->text = add_format(book, NULL, false, false);
  book->wrapped = add_format(book, NULL, false, false);
  format_set_text_wrap(book->wrapped);
  format_set_align(book->wrapped, LXW_ALIGN_VERTICAL_TOP);
  book->question = add_format(book, NULL, false, false);
  format_set_text_wrap(book->question);
  book->indented = add_format(book, NULL, false, false);
  format_set_indent(book->indented, 1);
  book->link = add_format(book, NULL, false, false);
  format_set_underline(book->link, LXW_UNDERLINE_SINGLE);
  format_set_font_color(book->link, BLUE);
  book->right = add_format(book, NULL, false, true);
  book->whole = add_format(book, NULL, true, false);
  book->whole_wrapped = add_format(book, NULL, true, false);
  format_set_text_wrap(book->whole_wrapped);
  book->whole_right = add_format(book, NULL, true, true);
  add_number_formats(book);
}

/* ── names of sheets ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* Names differ in what Excel allows of them; the indicator's own name is short and plain, but nothing binds it to be. */
static void name_sheets(struct book *book) {
  const struct meeting *meeting = book->meeting;
  book->sheets = memory_take(meeting->n_indicators, sizeof *book->sheets);
  for (size_t i = 0; i < meeting->n_indicators; i++) {
    char name[4 * MOST_OF_NAME];
    size_t length = 0, letters = 0;
    for (const char *at = meeting->indicators[i].name; *at && length + 1 < sizeof name; at++) {
      bool begins = ((unsigned char)*at & 0xC0) != 0x80;
      if (begins && ++letters > MOST_OF_NAME - 5) break;
      name[length++] = strchr("[]:*?/\\'", *at) ? '_' : *at;
    }
    name[length] = '\0';
    char *whole = memory_take(length + 24, 1);
    snprintf(whole, length + 24, "%s", name);
    for (size_t j = 0; j < i; j++)
      if (strcasecmp(book->sheets[j], whole) == 0) snprintf(whole, length + 24, "%s %zu", name, i + 1);
    book->sheets[i] = whole;
  }
}

/* ── sheets and cells ────────────────────────────────────────────────────────────────────────────────────────────── */

/* Below each page: whose figures, of which day, and which page. An ampersand begins a sign of its own there. */
static void put_footer(const struct book *book, lxw_worksheet *sheet) {
  char cluster[MEETING_TEXT], date[MEETING_TEXT], text[2 * MEETING_TEXT], footer[4 * MEETING_TEXT] = "&L";
  size_t length = strlen(footer);
  snprintf(text, sizeof text, "%.100s · %.60s", meeting_write_cluster(book->meeting, cluster),
           meeting_write_date(book->meeting, book->meeting->index, date));
  for (const char *at = text; *at && length < 200; at++) {
    if (*at == '&') footer[length++] = '&';
    footer[length++] = *at;
  }
  snprintf(footer + length, sizeof footer - length, "&C&A&R&P / &N");
  worksheet_set_footer(sheet, footer);
}

lxw_worksheet *book_sheet(const struct book *book, const char *name, const char *title, lxw_row_t frozen) {
  lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, name);
  if (!sheet) memory_exhausted();
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, 9); /* A4 */
  worksheet_set_margins(sheet, 0.5, 0.5, 0.6, 0.7);
  worksheet_fit_to_pages(sheet, 1, 0);
  put_footer(book, sheet);
  worksheet_write_string(sheet, 0, 0, title, book->title);
  worksheet_freeze_panes(sheet, frozen, 1);
  worksheet_repeat_rows(sheet, 0, frozen - 1);
  return sheet;
}

void book_head(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, const char *const *heads, size_t n, size_t n_texts) {
  worksheet_set_row(sheet, row, 2 * LINE_HEIGHT, NULL);
  for (size_t i = 0; i < n; i++)
    worksheet_write_string(sheet, row, (lxw_col_t)i, heads[i], i < n_texts ? book->head : book->head_right);
}

size_t book_letters(const char *text) {
  size_t n = 0;
  for (; *text; text++) n += ((unsigned char)*text & 0xC0) != 0x80;
  return n;
}

/* Not every program works out how high a row must be; letters are a little narrower than the digits of which widths are told. */
unsigned book_wrapped(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text, lxw_format *format, unsigned width,
                      unsigned least) {
  unsigned lines = (unsigned)(book_letters(text) / width) + 1;
  if (lines < least) lines = least;
  if (lines > MOST_LINES) lines = MOST_LINES;
  worksheet_write_string(sheet, row, column, text, format);
  worksheet_set_row(sheet, row, lines * LINE_HEIGHT, NULL);
  return lines;
}

double book_name_width(const struct book *book) {
  char cluster[MEETING_TEXT];
  size_t longest = book_letters(meeting_write_cluster(book->meeting, cluster));
  for (size_t p = 0; p < book->meeting->n_practices; p++)
    if (book_letters(book->meeting->practices[p].label) > longest) longest = book_letters(book->meeting->practices[p].label);
  return longest > LONGEST_NAME ? LONGEST_NAME + 2 : (double)longest + 3;
}

void book_count(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, struct meeting_count count, bool whole) {
  char text[MEETING_TEXT];
  if (count.state == COUNT_SHOWN)
    worksheet_write_number(sheet, row, column, count.n, whole ? book->whole_count : book->count);
  else
    worksheet_write_string(sheet, row, column, meeting_write_count(book->meeting, count, text), whole ? book->whole_right : book->right);
}

void book_value(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                const struct meeting_indicator *indicator, double value, enum book_look look) {
  bool is_share = indicator->kind == MEETING_SHARE, is_count = indicator->kind == MEETING_COUNT;
  lxw_format *const formats[] = {
      [BOOK_PLAIN] = is_share ? book->share : is_count ? book->count : book->number,
      [BOOK_WHOLE] = is_share ? book->whole_share : is_count ? book->whole_count : book->whole_number,
      [BOOK_FEW] = is_share ? book->few_share : book->few_number,
  };
  if (isnan(value)) worksheet_write_string(sheet, row, column, "–", book->right);
  else worksheet_write_number(sheet, row, column, value, formats[look]);
}

enum book_look book_look_of(const struct meeting_indicator *indicator, const struct meeting_figure *figure, bool whole) {
  return whole ? BOOK_WHOLE : meeting_is_of_few(indicator, figure) && !isnan(figure->value) ? BOOK_FEW : BOOK_PLAIN;
}

bool book_has_few(const struct meeting *meeting, const struct meeting_indicator *indicator) {
  for (size_t p = 0; p < meeting->n_practices; p++)
    if (book_look_of(indicator, &indicator->practices[p], false) == BOOK_FEW) return true;
  return false;
}

void book_tell_few(const struct book *book, lxw_worksheet *sheet, lxw_row_t row) {
  worksheet_write_string(sheet, row, 0, _("Grey and in italics: of fewer than ten patients."), book->text);
}

void book_change_value(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                       const struct meeting_indicator *indicator, double value, bool whole) {
  double change = indicator->kind == MEETING_SHARE ? 100 * value : value;
  bool is_none = fabs(change) < 0.05;      /* as one decimal shows it */
  if (isnan(value)) worksheet_write_string(sheet, row, column, "–", book->right);
  else if (whole)
    worksheet_write_number(sheet, row, column, change, is_none ? book->whole_no_change : book->whole_change);
  else
    worksheet_write_number(sheet, row, column, change, is_none ? book->no_change : book->change);
}

void book_kind(const struct meeting_indicator *indicator, char out[MEETING_TEXT]) {
  const char *kinds[] = {P_("a kind of figure", "share"),  P_("a kind of figure", "number"), P_("a kind of figure", "mean"),
                         P_("a kind of figure", "median"), P_("a kind of figure", "median"), P_("a kind of figure", "rate")};
  snprintf(out, MEETING_TEXT, *indicator->unit ? "%.60s, %.60s" : "%.60s%.60s", kinds[indicator->kind], indicator->unit);
}

/* ── the file ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool write_sheets(const void *what, const char *path, char **error) {
  const struct meeting *meeting = what;
  struct book book = {.meeting = meeting, .workbook = workbook_new(path)};
  if (!book.workbook) memory_exhausted();
  lxw_doc_properties properties = {.title = (char *)meeting->title, .created = (time_t)meeting->index * SECONDS_OF_DAY};
  workbook_set_properties(book.workbook, &properties);
  add_formats(&book);
  name_sheets(&book);
  book_overview(&book);
  for (size_t i = 0; i < meeting->n_indicators; i++) book_indicator(&book, i);
  if (meeting->before != DATE_UNKNOWN) book_change(&book);
  if (meeting->definitions) book_definitions(&book);
  book_quality(&book);
  lxw_error wrong = workbook_close(book.workbook);
  for (size_t i = 0; i < meeting->n_indicators; i++) free((char *)book.sheets[i]);
  free(book.sheets);
  if (wrong == LXW_NO_ERROR) return package_is_whole(path, error);
  const char *why = lxw_strerror(wrong);
  *error = memory_text(why, strlen(why));
  return false;
}

bool workbook_of_meeting(const struct meeting *meeting, const char *path, char **error) {
  return package_place(path, PACKAGE_READERS_USUAL, write_sheets, meeting, error);
}
