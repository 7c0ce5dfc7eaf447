/* styles.c: how documents look: Word's own styles by their own names, so that Word's own panes show them, and a few beside. */
#include "runtime/word/inner.h"

#define INK  "14384A" /* of the slides' titles */
#define PALE "E9EFF2"

static void put_defaults(struct xml *xml, const char *language) {
  xml_put_raw(xml,
              "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii='Calibri' w:hAnsi='Calibri' w:eastAsia='Calibri' "
              "w:cs='Calibri'/><w:sz w:val='22'/><w:szCs w:val='22'/>");
  xml_put(xml, "<w:lang w:val='%s' w:eastAsia='en-US' w:bidi='ar-SA'/>", language);
  xml_put_raw(
      xml,
      "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before='80' w:after='100' w:line='259' w:lineRule='auto'/></w:pPr>"
      "</w:pPrDefault></w:docDefaults>");
}

/* A style of paragraphs: its properties as XML, those of the paragraph and those of the letters. */
static void put_style(struct xml *xml, const char *id, const char *name, const char *next, const char *paragraph,
                      const char *letters) {
  xml_put(xml, "<w:style w:type='paragraph' w:styleId='%s'><w:name w:val='%s'/><w:basedOn w:val='Normal'/>", id, name);
  xml_put(xml, "<w:next w:val='%s'/><w:uiPriority w:val='1'/><w:qFormat/>", next);
  xml_put_raw(xml, "<w:pPr>");
  xml_put_raw(xml, paragraph);
  xml_put_raw(xml, "</w:pPr><w:rPr>");
  xml_put_raw(xml, letters);
  xml_put_raw(xml, "</w:rPr></w:style>");
}

/* Lines end where the text does, and the page's number stands there. */
static void put_tabbed(struct xml *xml, const char *id, const char *name, const char *leader, unsigned width,
                       const char *paragraph) {
  xml_put(xml, "<w:style w:type='paragraph' w:styleId='%s'><w:name w:val='%s'/><w:basedOn w:val='Normal'/>", id, name);
  xml_put(xml, "<w:uiPriority w:val='99'/><w:pPr><w:tabs><w:tab w:val='right' w:leader='%s' w:pos='%u'/></w:tabs>",
          leader, width);
  xml_put_raw(xml, paragraph);
  xml_put_raw(xml, "</w:pPr></w:style>");
}

static void put_table_styles(struct xml *xml) {
  xml_put_raw(xml, "<w:style w:type='table' w:default='1' w:styleId='TableNormal'><w:name w:val='Normal "
                   "Table'/><w:uiPriority w:val='99'/>"
                   "<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w='0' w:type='dxa'/><w:tblCellMar><w:top "
                   "w:w='0' w:type='dxa'/>"
                   "<w:left w:w='85' w:type='dxa'/><w:bottom w:w='0' w:type='dxa'/><w:right w:w='85' "
                   "w:type='dxa'/></w:tblCellMar></w:tblPr>"
                   "</w:style>");
#define EDGE(side) "<w:" side " w:val='single' w:sz='4' w:space='0' w:color='7F8C93'/>"
  xml_put_raw(
      xml,
      "<w:style w:type='table' w:customStyle='1' w:styleId='KlyngeTable'><w:name w:val='Klynge Table'/><w:basedOn "
      "w:val='TableNormal'/><w:uiPriority w:val='39'/><w:qFormat/><w:pPr><w:spacing w:before='20' w:after='20' "
      "w:line='240' "
      "w:lineRule='auto'/></w:pPr><w:tblPr><w:tblBorders>" EDGE("top") EDGE("left") EDGE("bottom") EDGE("right")
          EDGE("insideH") EDGE("insideV") "</w:tblBorders></w:tblPr>"
                                          "<w:tblStylePr w:type='firstRow'><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:shd "
                                          "w:val='clear' w:color='auto' w:fill='" PALE
                                          "'/></w:tcPr></w:tblStylePr></w:style>");
}

void word_put_styles(struct xml *xml, const struct word_paper *paper) {
#define LETTERS(size, colour) "<w:color w:val='" colour "'/><w:sz w:val='" size "'/><w:szCs w:val='" size "'/>"
#define BOLD                  "<w:b/><w:bCs/>"
  xml_put_raw(xml, "<w:styles " SPACES ">");
  put_defaults(xml, paper->language);
  xml_put_raw(
      xml,
      "<w:style w:type='paragraph' w:default='1' w:styleId='Normal'><w:name w:val='Normal'/><w:qFormat/></w:style>");
  put_style(xml, "Title", "Title", "Subtitle", "<w:spacing w:before='0' w:after='40' w:line='240' w:lineRule='auto'/>",
            BOLD LETTERS("44", INK));
  put_style(xml, "Subtitle", "Subtitle", "Normal", "<w:spacing w:before='0' w:after='40'/>", LETTERS("28", INK));
  put_style(xml, "Heading1", "heading 1", "Normal",
            "<w:keepNext/><w:keepLines/><w:spacing w:before='320' w:after='100'/><w:outlineLvl w:val='0'/>",
            BOLD LETTERS("30", INK));
  put_style(xml, "Heading2", "heading 2", "Normal",
            "<w:keepNext/><w:keepLines/><w:spacing w:before='200' w:after='40'/><w:outlineLvl w:val='1'/>",
            BOLD LETTERS("24", INK));
  put_style(xml, "ListBullet", "List Bullet", "ListBullet",
            "<w:keepNext/><w:keepLines/><w:numPr><w:numId w:val='1'/></w:numPr><w:spacing w:before='100' "
            "w:after='20'/><w:contextualSpacing/>",
            "");
  put_style(xml, "KlyngeFigure", "Klynge Figure", "Normal", "<w:keepNext/><w:keepLines/><w:spacing w:before='0' w:after='60'/>", "");
  put_style(xml, "KlyngeSmall", "Klynge Small", "Normal",
            "<w:spacing w:before='80' w:after='120' w:line='240' w:lineRule='auto'/>", LETTERS("19", "3B4A52"));
#define CELL "<w:spacing w:before='30' w:after='30' w:line='240' w:lineRule='auto'/>"
  put_style(xml, "KlyngeCell", "Klynge Cell", "KlyngeCell", CELL, LETTERS("20", "auto"));
  put_style(xml, "KlyngeTitles", "Klynge Titles", "KlyngeTitles", "<w:keepNext/>" CELL, BOLD LETTERS("20", INK));
  put_style(xml, "KlyngeStrong", "Klynge Strong", "KlyngeStrong", "<w:keepNext/>" CELL, BOLD LETTERS("20", INK));
  put_tabbed(xml, "KlyngeLine", "Klynge Line", "underscore", word_width(paper),
             "<w:spacing w:before='0' w:after='0' w:line='460' w:lineRule='exact'/>");
  put_tabbed(xml, "Footer", "footer", "none", word_width(paper), "<w:spacing w:before='0' w:after='0'/>");
  put_table_styles(xml);
  xml_put_raw(xml, "</w:styles>");
}

void word_put_numbering(struct xml *xml) {
  xml_put_raw(xml, "<w:numbering " SPACES
                   "><w:abstractNum w:abstractNumId='0'><w:multiLevelType w:val='singleLevel'/><w:lvl w:ilvl='0'>"
                   "<w:start w:val='1'/><w:numFmt w:val='bullet'/><w:pStyle w:val='ListBullet'/><w:lvlText "
                   "w:val='•'/><w:lvlJc w:val='left'/>"
                   "<w:pPr><w:ind w:left='340' w:hanging='255'/></w:pPr></w:lvl></w:abstractNum>"
                   "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>");
}

/* In the mode of today: without it Word opens the file as one of 2007, and says so. */
void word_put_settings(struct xml *xml, const struct word_paper *paper) {
  xml_put_raw(xml, "<w:settings " SPACES
                   "><w:zoom w:percent='100'/><w:defaultTabStop w:val='1304'/><w:characterSpacingControl "
                   "w:val='doNotCompress'/><w:compat><w:compatSetting w:name='compatibilityMode' "
                   "w:uri='http://schemas.microsoft.com/office/word' w:val='15'/></w:compat>");
  xml_put(xml, "<w:themeFontLang w:val='%s'/></w:settings>", paper->language);
}
