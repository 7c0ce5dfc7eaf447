/* slide.c: a slide and the shapes on it. */
#include <stdlib.h>
#include <string.h>
#include "runtime/deck/contrast.h"
#include "runtime/deck/inner.h"
#include "runtime/memory/memory.h"

/* ── boxes ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct place place_free(struct box box) {
  return (struct place){.box = box};
}

struct box box_left(struct box *box, long long width) {
  struct box left = {box->x, box->y, width, box->height};
  box->x += width;
  box->width -= width;
  return left;
}

struct box box_top(struct box *box, long long height) {
  struct box top = {box->x, box->y, box->width, height};
  box->y += height;
  box->height -= height;
  return top;
}

/* ── paragraphs ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* So many bytes of a text, all in one language, on one line. */
static void put_run(struct xml *xml, const struct style *style, const char *language, const char *text, size_t length) {
  char *line = memory_text(text, length);
  for (char *c = line; *c; c++)
    if (*c == '\n' || *c == '\r') *c = ' ';
  xml_put(xml, "<a:r><a:rPr lang='%s'", language);
  if (style->size) xml_put(xml, " sz='%u'", style->size * 100);
  if (style->is_bold) xml_put_raw(xml, " b='1'");
  xml_put_raw(xml, ">");
  if (style->colour) xml_put(xml, "<a:solidFill><a:schemeClr val='%s'/></a:solidFill>", style->colour);
  if (style->size) xml_put_raw(xml, "<a:latin typeface='+mn-lt'/>");
  xml_put(xml, "</a:rPr><a:t>%s</a:t></a:r>", line);
  free(line);
}

static void put_runs(struct deck *deck, struct xml *xml, const struct style *style, const char *text) {
  static const char ends[] = {PACK_BEGINS, PACK_ENDS, '\0'};
  const char *language = deck->language;
  /* Without this an empty line is as high as the letters of the master. */
  if (!*text && style->size) xml_put(xml, "<a:endParaRPr lang='%s' sz='%u'/>", language, style->size * 100);
  while (*text) {
    size_t length = strcspn(text, ends);
    if (length) put_run(xml, style, language, text, length);
    text += length;
    if (*text) language = *text++ == PACK_BEGINS ? deck->of_pack : deck->language;
  }
}

void paragraph_put(struct deck *deck, struct xml *xml, const struct style *given, const char *text) {
  struct style sized = *given, *style = &sized;
  sized.size = deck_points(deck, given->size);
  xml_put_raw(xml, "<a:p><a:pPr");
  if (style->has_bullet)
    xml_put(xml, " marL='%u' indent='-%u'", style->size * 10000u, style->size * 10000u);
  else if (style->size)
    xml_put_raw(xml, " marL='0' indent='0'");
  if (style->is_centred || style->is_right) xml_put(xml, " algn='%s'", style->is_centred ? "ctr" : "r");
  xml_put_raw(xml, ">");
  if (style->after)
    xml_put(xml, "<a:spcBef><a:spcPts val='0'/></a:spcBef><a:spcAft><a:spcPts val='%u'/></a:spcAft>",
            style->after * 100);
  if (style->has_bullet)
    xml_put_raw(xml, "<a:buFont typeface='Arial'/><a:buChar char='•'/>");
  else if (style->size)
    xml_put_raw(xml, "<a:buNone/>");
  xml_put_raw(xml, "</a:pPr>");
  put_runs(deck, xml, style, text);
  xml_put_raw(xml, "</a:p>");
}

/* ── shapes ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void put_box(struct xml *xml, struct box box) {
  xml_put(xml, "<a:xfrm><a:off x='%lld' y='%lld'/><a:ext cx='%lld' cy='%lld'/></a:xfrm>", box.x, box.y, box.width,
          box.height);
}

void slide_put_holder(struct xml *xml, const struct place *place) {
  xml_put_raw(xml, "<p:ph");
  if (*place->type) xml_put(xml, " type='%s'", place->type);
  if (*place->idx) xml_put(xml, " idx='%s'", place->idx);
  xml_put_raw(xml, "/>");
}

/* A refresh may replace what this shape says. */
void slide_mark(struct slide *slide, const char *what) {
  mark_add(slide->deck, deck_print(slide->deck, "klynge:%s:%s", slide->key, what));
}

void slide_text(struct slide *slide, struct place place, const char *what, struct xml *paragraphs, bool is_figures) {
  struct xml *xml = &slide->shapes;
  xml_put(xml, "<p:sp><p:nvSpPr><p:cNvPr id='%u' name='klynge:%s:%s'/><p:cNvSpPr", slide->next_id++, slide->key, what);
  xml_put_raw(xml, place.is_placeholder ? "><a:spLocks noGrp='1'/></p:cNvSpPr><p:nvPr>" : " txBox='1'/><p:nvPr>");
  if (place.is_placeholder) slide_put_holder(xml, &place);
  xml_put_raw(xml, "</p:nvPr></p:nvSpPr><p:spPr>");
  if (!place.is_placeholder || place.is_moved) put_box(xml, place.box);
  if (!place.is_placeholder) xml_put_raw(xml, "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom>");
  xml_put_raw(xml, "</p:spPr><p:txBody><a:bodyPr wrap='square'><a:normAutofit/></a:bodyPr><a:lstStyle/>");
  if (is_figures) slide_mark(slide, what);
  xml_put_raw(xml, paragraphs->text ? paragraphs->text : "<a:p/>");
  xml_put_raw(xml, "</p:txBody></p:sp>");
  free(paragraphs->text);
  *paragraphs = (struct xml){0};
}

void slide_shape(struct slide *slide, struct box box, const char *what, const char *preset, const char *fill) {
  struct xml *xml = &slide->shapes;
  xml_put(xml, "<p:sp><p:nvSpPr><p:cNvPr id='%u' name='klynge:%s:%s'/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>",
          slide->next_id++, slide->key, what);
  put_box(xml, box);
  xml_put(xml, "<a:prstGeom prst='%s'><a:avLst/></a:prstGeom>", preset);
  xml_put_raw(xml, fill);
  xml_put_raw(xml, "</p:spPr></p:sp>");
}

void slide_title(struct slide *slide, const char *text) {
  struct place place = layout_title(slide->deck, slide->layout);
  struct style style = {.size = place.is_placeholder ? 0 : 28,
                        .is_bold = !place.is_placeholder,
                        .colour = looks_title_ink(slide->deck, slide->layout, place.box)};
  struct xml paragraphs = {0};
  if (text_lines(slide->deck, text, 32, place.box.width) > 1 && strlen(text) < 400)
    style.size = text_lines(slide->deck, text, 28, place.box.width) == 1   ? 28
                 : text_lines(slide->deck, text, 24, place.box.width) <= 2 ? 24
                                                              : 18;
  paragraph_put(slide->deck, &paragraphs, &style, text);
  slide_text(slide, place, "title", &paragraphs, false);
}

/* The number of the slide, and what the figures are of, where the layout has a place for it. */
static void put_foot(struct slide *slide) {
  struct deck *deck = slide->deck;
  struct place number = layout_place(deck, slide->layout, "sldNum", 0, deck->page),
               foot = layout_place(deck, slide->layout, "ftr", 0, deck->page);
  char cluster[MEETING_TEXT], date[MEETING_TEXT];
  struct xml paragraphs = {0}, *xml = &slide->shapes;
  if (foot.is_placeholder) {
    paragraph_put(deck, &paragraphs, &(struct style){0},
                  deck_print(deck, "%s · %s", meeting_write_cluster(deck->meeting, cluster),
                             meeting_write_date(deck->meeting, deck->meeting->index, date)));
    slide_text(slide, foot, "foot", &paragraphs, true);
  }
  if (!number.is_placeholder) return;
  xml_put(xml,
      "<p:sp><p:nvSpPr><p:cNvPr id='%u' name='klynge:%s:number'/><p:cNvSpPr><a:spLocks noGrp='1'/></p:cNvSpPr><p:nvPr>",
      slide->next_id++, slide->key);
  slide_put_holder(xml, &number);
  xml_put(xml, "</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>" SLIDE_NUMBER("%s") "</p:txBody></p:sp>",
          deck->language);
}

/* ── slides with a chart ─────────────────────────────────────────────────────────────────────────────────────────── */

void slide_line(struct slide *slide, struct place place, const char *what, const char *text) {
  struct xml paragraphs = {0};
  unsigned size = text_lines(slide->deck, text, 20, place.box.width) > (place.box.height > 50 * POINT ? 2u : 1u) ? 16 : 20;
  paragraph_put(slide->deck, &paragraphs, &(struct style){.size = size}, text);
  slide_text(slide, place, what, &paragraphs, true);
}

/* Above, middle and below: placeholders of a layout made for it, else parts of where content goes. */
void slide_lay(struct slide *slide, struct place *above, struct place *middle, struct place *below) {
  struct box body = layout_body(slide->deck, slide->layout), top = box_top(&body, body.height / 11), end = body;
  end.height = body.height / 7;
  end.y = body.y + body.height - end.height;
  body.height -= end.height;
  *middle = layout_place(slide->deck, slide->layout, "chart", 0, body);
  *above = place_free(top);
  *below = place_free(end);
  if (!middle->is_placeholder) return;
  *above = layout_place(slide->deck, slide->layout, "body", 0, top);
  *below = layout_place(slide->deck, slide->layout, "body", 1, end);
}

/* ── slides ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

void slide_begin(struct slide *slide, struct deck *deck, enum role role, const char *key) {
  *slide = (struct slide){.deck = deck, .layout = deck->layouts[role], .key = key, .next_id = 2};
  slide->name = package_free_name(deck->package, "ppt/slides/slide%u.xml");
  free(package_relate(deck->package, slide->name, OOXML_KIND("slideLayout"), slide->layout));
  if (role == ROLE_CHART || role == ROLE_TABLE || role == ROLE_TEXT) put_foot(slide);
}

void slide_note(struct slide *slide, const char *text) {
  if (*text) paragraph_put(slide->deck, &slide->notes, &(struct style){0}, text);
}

/* Ids of slides are from 256 on. */
static unsigned next_slide_id(xmlNode *list) {
  unsigned long highest = 255;
  for (xmlNode *child = list->children; child; child = child->next) {
    unsigned long id = child->type == XML_ELEMENT_NODE ? strtoul(xml_attribute(child, "id"), NULL, 10) : 0;
    if (id > highest) highest = id;
  }
  return (unsigned)highest + 1;
}

static void list_slide(struct deck *deck, const char *name) {
  xmlNode *list = deck_list(deck, "sldIdLst"), *line;
  char id[32], *relationship = package_relate(deck->package, deck->presentation, OOXML_KIND("slide"), name);
  xmlNs *office = xmlSearchNsByHref(list->doc, list, BAD_CAST OOXML_OFFICE);
  if (!office) office = xmlNewNs(list, BAD_CAST OOXML_OFFICE, BAD_CAST "r");
  snprintf(id, sizeof id, "%u", next_slide_id(list));
  line = xmlNewChild(list, list->ns, BAD_CAST "sldId", NULL);
  xmlNewProp(line, BAD_CAST "id", BAD_CAST id);
  xmlNewNsProp(line, office, BAD_CAST "id", BAD_CAST relationship);
  free(relationship);
}

void slide_end(struct slide *slide) {
  struct deck *deck = slide->deck;
  struct xml xml = {0};
  xml_put_raw(&xml, "<p:sld " SPACES "><p:cSld>" TREE);
  xml_put_raw(&xml, slide->shapes.text);
  xml_put_raw(&xml, "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>");
  package_add_xml(deck->package, slide->name, OOXML_TYPE("presentationml.slide+xml"), &xml);
  list_slide(deck, slide->name);
  if (slide->notes.text) {
    slide_mark(slide, "notes");
    notes_add(deck, slide->name, slide->key, &slide->notes);
  }
  free(slide->shapes.text);
  free(slide->name);
}
