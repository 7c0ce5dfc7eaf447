/* definitions.c: what the figures are, in words, and what the data were like. */
#include <stdio.h>
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/workbook/inner.h"

enum { NAME_WIDTH = 24, LABEL_WIDTH = 26, TEXT_WIDTH = 100 };

static lxw_row_t write_items(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, const struct meeting_item *items, size_t n) {
  for (size_t i = 0; i < n; i++) {
    char text[8 * MEETING_TEXT];
    snprintf(text, sizeof text, *items[i].label ? "• %.300s: %.700s" : "• %.300s%.700s", items[i].label, items[i].text);
    book_wrapped(sheet, row++, 2, text, book->wrapped, TEXT_WIDTH, 1);
    row = write_items(book, sheet, row, items[i].items, items[i].n_items);
  }
  return row;
}

static lxw_row_t write_section(const struct book *book, lxw_worksheet *sheet, lxw_row_t row, const struct meeting_section *section) {
  worksheet_write_string(sheet, row, 0, section->name, book->whole);
  worksheet_write_string(sheet, row++, 2, section->title, book->whole);
  for (size_t i = 0; i < section->n_parts; i++) {
    const struct meeting_part *part = &section->parts[i];
    unsigned lines = book_wrapped(sheet, row, 1, part->label, book->wrapped, LABEL_WIDTH, 1);
    /* Items without words before them begin beside the label. */
    if (*part->text || part->n_items == 0) book_wrapped(sheet, row++, 2, part->text, book->wrapped, TEXT_WIDTH, lines);
    row = write_items(book, sheet, row, part->items, part->n_items);
  }
  for (size_t i = 0; i < section->n_sections; i++) row = write_section(book, sheet, row, &section->sections[i]);
  return row;
}

void book_definitions(const struct book *book) {
  const struct meeting *meeting = book->meeting;
  lxw_worksheet *sheet = book_sheet(book, _("Definitions"), _("What the figures are"), 1);
  for (size_t i = 0, row = 2; i < meeting->definitions->n_sections; i++)
    row = write_section(book, sheet, (lxw_row_t)row, &meeting->definitions->sections[i]) + 1;
  worksheet_set_column(sheet, 0, 0, NAME_WIDTH, NULL);
  worksheet_set_column(sheet, 1, 1, LABEL_WIDTH, NULL);
  worksheet_set_column(sheet, 2, 2, TEXT_WIDTH, NULL);
}

static lxw_row_t write_unread(const struct book *book, lxw_worksheet *sheet, lxw_row_t row) {
  const struct meeting *meeting = book->meeting;
  const char *const heads[] = {_("File"), _("Rows not read"), _("Of"), _("Why")};
  book_head(book, sheet, row, heads, 4, 1);
  worksheet_write_string(sheet, row++, 3, heads[3], book->head_indented);
  for (size_t i = 0; i < meeting->n_unread; i++, row++) {
    const struct meeting_unread *unread = &meeting->unread[i];
    worksheet_write_string(sheet, row, 0, unread->file, book->text);
    if (!unread->is_missing) book_count(book, sheet, row, 1, unread->rows, false);
    worksheet_write_number(sheet, row, 2, (double)unread->of, book->count);
    worksheet_write_string(sheet, row, 3, unread->is_missing ? _("the file was not there, and was read as empty") : unread->reason, book->indented);
  }
  if (meeting->n_unread == 0) worksheet_write_string(sheet, row++, 0, _("all rows read"), book->text);
  return row;
}

static lxw_row_t write_parameters(const struct book *book, lxw_worksheet *sheet, lxw_row_t row) {
  const struct meeting *meeting = book->meeting;
  const char *const heads[] = {_("Parameter"), _("Value"), "", _("What it is")};
  char value[MEETING_TEXT];
  book_head(book, sheet, row, heads, 4, 1);
  worksheet_write_string(sheet, row++, 3, heads[3], book->head_indented);
  for (size_t i = 0; i < meeting->n_parameters; i++, row++) {
    const struct meeting_parameter *parameter = &meeting->parameters[i];
    worksheet_write_string(sheet, row, 0, parameter->name, book->text);
    worksheet_write_string(sheet, row, 1, meeting_write_parameter(meeting, parameter, value), book->right);
    worksheet_write_string(sheet, row, 2, parameter->is_set ? _("set for this meeting") : "", book->text);
    worksheet_write_string(sheet, row, 3, parameter->title, book->indented);
  }
  return row;
}

void book_quality(const struct book *book) {
  const struct meeting *meeting = book->meeting;
  lxw_worksheet *sheet = book_sheet(book, _("Data quality"), _("What the figures are made of"), 1);
  char text[4 * MEETING_TEXT];
  lxw_row_t row = write_unread(book, sheet, 2) + 1;
  if (book->meeting->n_parameters) row = write_parameters(book, sheet, row) + 1;
  snprintf(text, sizeof text, _("rules %.40s, data %.40s, klynge %.20s"), meeting->rules_hash, meeting->data_hash, meeting->program);
  worksheet_write_string(sheet, row, 0, text, book->text);
  worksheet_set_column(sheet, 0, 0, 20, NULL);
  worksheet_set_column(sheet, 1, 2, 18, NULL);
  worksheet_set_column(sheet, 3, 3, 80, NULL);
}
