/* table.c: tables that PowerPoint can edit, on as many slides as their rows need. */
#include <stdlib.h>
#include <string.h>
#include "runtime/deck/inner.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

/* Above and below what stands in a cell. */
static long long margin_of(const struct table *table) { return deck_points(table->deck, 36) * 1000; }

static void put_cell(struct deck *deck, struct xml *xml, const struct table *table, size_t column, const char *text,
                     bool is_title) {
  struct style style = {.size = table->size,
                        .is_bold = is_title,
                        .is_right = table->is_right[column],
                        .colour = is_title ? "bg1" : "tx1"};
  xml_put_raw(xml, "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>");
  for (const char *line = text, *end; line; line = *end ? end + 1 : NULL) {
    end = line + strcspn(line, "\n");
    char *own = memory_text(line, (size_t)(end - line));
    paragraph_put(deck, xml, &style, own);
    free(own);
  }
  xml_put(xml, "</a:txBody><a:tcPr marL='72000' marR='72000' marT='%lld' marB='%lld' anchor='%s'>",
          margin_of(table), margin_of(table), table->are_texts && !is_title ? "t" : "ctr");
  xml_put_raw(xml, "<a:lnL w='0'><a:noFill/></a:lnL><a:lnR w='0'><a:noFill/></a:lnR>"
                   "<a:lnT w='6350'>" INK("tx1") "</a:lnT><a:lnB w='6350'>" INK("tx1") "</a:lnB>");
  xml_put_raw(xml, is_title ? INK("tx2") "" : "<a:noFill/>");
  xml_put_raw(xml, "</a:tcPr></a:tc>");
}

static long long column_width(const struct table *table, size_t column, struct box box) {
  return box.width * table->shares[column] / 100;
}

static unsigned lines_of_cell(const struct table *table, size_t column, const char *text, struct box box) {
  unsigned n = 0;
  for (const char *line = text, *end; line; line = *end ? end + 1 : NULL) {
    end = line + strcspn(line, "\n");
    char *own = memory_text(line, (size_t)(end - line));
    n += text_lines(table->deck, own, table->size, column_width(table, column, box));
    free(own);
  }
  return n;
}

static long long row_height(const struct table *table, const char *const *cells, struct box box) {
  unsigned lines = table->least_lines && cells != table->titles ? table->least_lines : 1;
  for (size_t column = 0; column < table->n_columns; column++) {
    unsigned n = lines_of_cell(table, column, cells[column], box);
    if (n > lines) lines = n;
  }
  return (long long)lines * (long long)(deck_points(table->deck, table->size) * 1.22 * POINT) + 2 * margin_of(table) + POINT / 3;
}

static void put_row(struct deck *deck, struct xml *xml, const struct table *table, const char *const *cells,
                    struct box box, bool is_title) {
  xml_put(xml, "<a:tr h='%lld'>", row_height(table, cells, box));
  for (size_t column = 0; column < table->n_columns; column++)
    put_cell(deck, xml, table, column, cells[column], is_title);
  xml_put_raw(xml, "</a:tr>");
}

/* How many rows from `first` on fit under the titles; one at least. */
static size_t rows_that_fit(const struct table *table, struct box box, size_t first) {
  long long height = row_height(table, table->titles, box);
  size_t row = first;
  for (; row < table->n_rows; row++) {
    height += row_height(table, table->cells + row * table->n_columns, box);
    if (row > first && height > box.height) break;
  }
  return row - first;
}

static size_t count_slides(const struct table *table, struct box box, size_t first) {
  size_t n = 0;
  for (; first < table->n_rows; n++) first += rows_that_fit(table, box, first);
  return n;
}

/* The rows of the next slide: about as many on each, for a last slide with a single row looks like a mistake. */
static size_t rows_of_slide(const struct table *table, struct box box, size_t first) {
  size_t n_slides = count_slides(table, box, first), most = rows_that_fit(table, box, first);
  if (n_slides < 2) return most;
  size_t even = (table->n_rows - first + n_slides - 1) / n_slides;
  return even < most && count_slides(table, box, first + even) < n_slides ? even : most;
}

/* The largest letters with which the table takes no more slides than with the smallest. */
static unsigned size_of(const struct table *table, struct box box) {
  struct table tried = *table;
  if (!table->least_size) return table->size;
  tried.size = table->least_size;
  size_t fewest = count_slides(&tried, box, 0);
  for (tried.size = table->size; tried.size > table->least_size; tried.size -= 2)
    if (count_slides(&tried, box, 0) == fewest) break;
  return tried.size;
}

static void put_table(struct slide *slide, struct place place, const struct table *table, size_t first, size_t n) {
  struct xml rows = {0}, *xml = &slide->shapes;
  long long height = row_height(table, table->titles, place.box);
  put_row(slide->deck, &rows, table, table->titles, place.box, true);
  for (size_t row = first; row < first + n; row++) {
    const char *const *cells = table->cells + row * table->n_columns;
    height += row_height(table, cells, place.box);
    put_row(slide->deck, &rows, table, cells, place.box, false);
  }
  xml_put(xml,
      "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id='%u' name='klynge:%s:table'/><p:cNvGraphicFramePr>"
      "<a:graphicFrameLocks noGrp='1'/></p:cNvGraphicFramePr><p:nvPr>",
      slide->next_id++, slide->key);
  if (place.is_placeholder) slide_put_holder(xml, &place);
  xml_put(xml,
      "</p:nvPr></p:nvGraphicFramePr><p:xfrm><a:off x='%lld' y='%lld'/><a:ext cx='%lld' cy='%lld'/></p:xfrm>"
      "<a:graphic><a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/table'><a:tbl>"
      "<a:tblPr firstRow='1'/><a:tblGrid>",
      place.box.x, place.box.y, place.box.width, height);
  for (size_t column = 0; column < table->n_columns; column++)
    xml_put(xml, "<a:gridCol w='%lld'/>", column_width(table, column, place.box));
  xml_put_raw(xml, "</a:tblGrid>");
  xml_put_raw(xml, rows.text);
  xml_put_raw(xml, "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>");
  free(rows.text);
  slide_mark(slide, "table");
}

void table_add(struct deck *deck, const char *key, const char *title, const struct table *given) {
  const char *layout = deck->layouts[ROLE_TABLE];
  struct place place = layout_place(deck, layout, "tbl", 0, layout_body(deck, layout));
  struct table sized = *given, *table = &sized;
  unsigned page = 1;
  size_t row = 0;
  sized.deck = deck;
  sized.size = size_of(table, place.box);
  do {
    struct slide slide;
    size_t n = table->is_form ? rows_that_fit(table, place.box, row) : rows_of_slide(table, place.box, row);
    slide_begin(&slide, deck, ROLE_TABLE, page == 1 ? key : deck_print(deck, "%s-%u", key, page));
    slide_title(&slide, page == 1 ? title : deck_print(deck, _("%s (continued)"), title));
    put_table(&slide, place, table, row, n);
    row += n;
    if (page++ == 1) slide_note(&slide, table->note ? table->note : "");
    slide_end(&slide);
  } while (row < table->n_rows && !table->is_form);
}
