/* chart.c: what charts of all kinds share: references to the workbook with what is cached of it, letters, scales, and the parts. */
#include <math.h>
#include <stdlib.h>
#include "runtime/deck/inner.h"

/* ── the workbook ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void put_range(struct xml *xml, size_t column, size_t first, size_t last) {
  char letter[2] = {(char)('A' + column), '\0'};
  if (first == last)
    xml_put(xml, "<c:f>Data!$%s$%zu</c:f>", letter, first);
  else
    xml_put(xml, "<c:f>Data!$%s$%zu:$%s$%zu</c:f>", letter, first, letter, last);
}

void chart_put_numbers(struct xml *xml, const struct column *columns, size_t column, size_t n_rows) {
  xml_put_raw(xml, "<c:numRef>");
  put_range(xml, column, 2, n_rows + 1);
  xml_put(xml, "<c:numCache><c:formatCode>%s</c:formatCode><c:ptCount val='%zu'/>",
          columns[column].is_percent ? "0.0%" : "General", n_rows);
  for (size_t row = 0; row < n_rows; row++)
    if (!isnan(columns[column].numbers[row]))
      xml_put(xml, "<c:pt idx='%zu'><c:v>%g</c:v></c:pt>", row, columns[column].numbers[row]);
  xml_put_raw(xml, "</c:numCache></c:numRef>");
}

void chart_put_texts(struct xml *xml, const struct column *columns, size_t column, size_t n_rows) {
  xml_put_raw(xml, "<c:strRef>");
  put_range(xml, column, 2, n_rows + 1);
  xml_put(xml, "<c:strCache><c:ptCount val='%zu'/>", n_rows);
  for (size_t row = 0; row < n_rows; row++)
    xml_put(xml, "<c:pt idx='%zu'><c:v>%s</c:v></c:pt>", row, columns[column].texts[row]);
  xml_put_raw(xml, "</c:strCache></c:strRef>");
}

void chart_put_name(struct xml *xml, const struct column *columns, size_t column) {
  xml_put_raw(xml, "<c:tx><c:strRef>");
  put_range(xml, column, 1, 1);
  xml_put(xml, "<c:strCache><c:ptCount val='1'/><c:pt idx='0'><c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:tx>",
          columns[column].title);
}

/* ── looks ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

void chart_put_letters(const struct deck *deck, struct xml *xml, unsigned size, bool are_turned) {
  xml_put_raw(xml, "<c:txPr>");
  xml_put_raw(xml, are_turned ? "<a:bodyPr rot='-5400000' vert='horz'/>" : "<a:bodyPr rot='0' vert='horz'/>");
  xml_put(xml,
          "<a:lstStyle/><a:p><a:pPr><a:defRPr sz='%u'>" INK("tx1") "</a:defRPr></a:pPr>"
          "<a:endParaRPr lang='%s'/></a:p></c:txPr>",
          deck_points(deck, size) * 100, deck->language);
}

double chart_step(double highest) {
  double power = pow(10, floor(log10(highest > 0 ? highest : 1)));
  double lead = highest / power;
  return lead <= 1.2 ? power * 0.2 : lead <= 2.5 ? power * 0.5 : lead <= 6 ? power : power * 2;
}

/* ── the parts ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_workbook(struct deck *deck, const char *chart, const char *bytes, size_t length) {
  char *name = package_free_name(deck->package, "ppt/embeddings/klynge_data%u.xlsx");
  package_add_bytes(deck->package, name, OOXML_TYPE("spreadsheetml.sheet"), bytes, length);
  free(package_relate(deck->package, chart, OOXML_KIND("package"), name));
  free(name);
}

static char *add_part(struct deck *deck, struct xml *chart, const struct column *columns, size_t n_columns,
                      size_t n_rows) {
  struct xml xml = {0};
  char *name = package_free_name(deck->package, "ppt/charts/chart%u.xml");
  size_t length = 0;
  char *bytes = sheet_make(columns, n_columns, n_rows, deck->meeting->index, &length);
  if (!bytes) deck->has_failed = true;
  xml_put(&xml,
      "<c:chartSpace xmlns:c='%s' xmlns:a='%s' xmlns:r='%s'><c:date1904 val='0'/><c:lang val='%s'/>"
      "<c:roundedCorners val='0'/><c:chart>",
      OOXML_CHART, OOXML_DRAWING, OOXML_OFFICE, deck->language);
  xml_put_raw(&xml, chart->text);
  xml_put_raw(&xml, "</c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>");
  if (bytes) xml_put_raw(&xml, "<c:externalData r:id='rId1'><c:autoUpdate val='0'/></c:externalData>");
  xml_put_raw(&xml, "</c:chartSpace>");
  package_add_xml(deck->package, name, OOXML_TYPE("drawingml.chart+xml"), &xml);
  if (bytes) add_workbook(deck, name, bytes, length);
  free(bytes);
  free(chart->text);
  *chart = (struct xml){0};
  return name;
}

void chart_add(struct slide *slide, struct place place, const char *what, const char *described, struct xml *chart,
               const struct column *columns, size_t n_columns, size_t n_rows) {
  struct xml *xml = &slide->shapes;
  char *name = add_part(slide->deck, chart, columns, n_columns, n_rows);
  char *id = package_relate(slide->deck->package, slide->name, OOXML_KIND("chart"), name);
  xml_put(xml,
      "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id='%u' name='klynge:%s:%s' descr='%s'/><p:cNvGraphicFramePr>"
      "<a:graphicFrameLocks noGrp='1'/></p:cNvGraphicFramePr><p:nvPr>",
      slide->next_id++, slide->key, what, described);
  if (place.is_placeholder) slide_put_holder(xml, &place);
  xml_put(xml,
      "</p:nvPr></p:nvGraphicFramePr><p:xfrm><a:off x='%lld' y='%lld'/><a:ext cx='%lld' cy='%lld'/></p:xfrm>"
      "<a:graphic><a:graphicData uri='%s'><c:chart xmlns:c='%s' r:id='%s'/></a:graphicData></a:graphic>"
      "</p:graphicFrame>",
      place.box.x, place.box.y, place.box.width, place.box.height, OOXML_CHART, OOXML_CHART, id);
  slide_mark(slide, what);
  free(name);
  free(id);
}
