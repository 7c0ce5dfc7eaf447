/* table.c: tables of fixed widths, with a row of titles that is marked and repeated on every page. */
#include <string.h>
#include "runtime/word/inner.h"

static unsigned column_width(const struct word_paper *paper, const struct word_table *table, size_t column) {
  return word_width(paper) * table->shares[column] / 100;
}

static unsigned table_width(const struct word_paper *paper, const struct word_table *table) {
  unsigned width = 0;
  for (size_t i = 0; i < table->n_columns; i++) width += column_width(paper, table, i);
  return width;
}

static void put_line(struct word_paper *paper, const char *style, bool is_right, const char *line, size_t length) {
  struct xml *xml = &paper->body;
  xml_put(xml, "<w:p><w:pPr><w:pStyle w:val='%s'/>", style);
  if (is_right) xml_put_raw(xml, "<w:jc w:val='right'/>");
  xml_put_raw(xml, "</w:pPr>");
  word_put_runs(xml, paper, line, length);
  xml_put_raw(xml, "</w:p>");
}

/* Every cell has a paragraph, or Word repairs the file. */
static void put_cell(struct word_paper *paper, const struct word_table *table, size_t column, const char *text,
                     enum word_row row) {
  static const char *const styles[] = {
      [WORD_PLAIN] = "KlyngeCell", [WORD_TITLES] = "KlyngeTitles", [WORD_STRONG] = "KlyngeStrong"};
  struct xml *xml = &paper->body;
  xml_put(xml, "<w:tc><w:tcPr><w:tcW w:w='%u' w:type='dxa'/>", column_width(paper, table, column));
  if (row == WORD_STRONG) xml_put_raw(xml, "<w:shd w:val='clear' w:color='auto' w:fill='F4F7F8'/>");
  xml_put_raw(xml, "</w:tcPr>");
  for (const char *line = text; line;) {
    size_t length = strcspn(line, "\n");
    put_line(paper, styles[row], table->is_right[column], line, length);
    line = line[length] ? line + length + 1 : NULL;
  }
  xml_put_raw(xml, "</w:tc>");
}

void word_put_row(struct word_paper *paper, const struct word_table *table, const char *const *cells,
                  enum word_row row) {
  struct xml *xml = &paper->body;
  xml_put_raw(xml, "<w:tr><w:trPr><w:cantSplit/>");
  if (row == WORD_PLAIN && table->height) xml_put(xml, "<w:trHeight w:val='%u' w:hRule='atLeast'/>", table->height);
  if (row == WORD_TITLES) xml_put_raw(xml, "<w:tblHeader/>");
  xml_put_raw(xml, "</w:trPr>");
  for (size_t i = 0; i < table->n_columns; i++) put_cell(paper, table, i, cells[i], row);
  xml_put_raw(xml, "</w:tr>");
}

void word_begin_table(struct word_paper *paper, const struct word_table *table) {
  struct xml *xml = &paper->body;
  xml_put(
      xml,
      "<w:tbl><w:tblPr><w:tblStyle w:val='KlyngeTable'/><w:tblW w:w='%u' w:type='dxa'/><w:tblLayout w:type='fixed'/>"
      "<w:tblLook w:val='06A0' w:firstRow='1' w:lastRow='0' w:firstColumn='1' w:lastColumn='0' w:noHBand='1' "
      "w:noVBand='1'/>"
      "<w:tblCaption w:val='%s'/></w:tblPr><w:tblGrid>",
      table_width(paper, table), table->name);
  for (size_t i = 0; i < table->n_columns; i++) xml_put(xml, "<w:gridCol w:w='%u'/>", column_width(paper, table, i));
  xml_put_raw(xml, "</w:tblGrid>");
  word_put_row(paper, table, table->titles, WORD_TITLES);
}

void word_end_table(struct word_paper *paper) { xml_put_raw(&paper->body, "</w:tbl>"); }
