/* text.c: paragraphs, and lines to write on. */
#include <string.h>
#include "runtime/word/inner.h"

static const char *const style_ids[] = {
    [WORD_BODY] = "Normal",         [WORD_TITLE] = "Title",         [WORD_SUBTITLE] = "Subtitle",
    [WORD_HEADING] = "Heading1",    [WORD_SUBHEADING] = "Heading2", [WORD_BULLET] = "ListBullet",
    [WORD_FIGURE] = "KlyngeFigure", [WORD_SMALL] = "KlyngeSmall",
};

void word_put(struct word_paper *paper, enum word_style style, const char *text) {
  xml_put(&paper->body, "<w:p><w:pPr><w:pStyle w:val='%s'/></w:pPr><w:r><w:t xml:space='preserve'>%s</w:t></w:r></w:p>",
          style_ids[style], text);
}

/* A line is a tab with a leader: who types on it pushes it along, and who reads it aloud hears nothing. */
void word_put_lines(struct word_paper *paper, const char *label, unsigned n) {
  struct xml *xml = &paper->body;
  for (unsigned i = 0; i < n; i++) {
    xml_put_raw(xml, "<w:p><w:pPr><w:pStyle w:val='KlyngeLine'/>");
    xml_put_raw(xml, i + 1 < n ? "<w:keepNext/>" : "<w:spacing w:after='120'/>");
    xml_put_raw(xml, "</w:pPr>");
    if (i == 0 && *label) xml_put(xml, "<w:r><w:t xml:space='preserve'>%s  </w:t></w:r>", label);
    xml_put_raw(xml, "<w:r><w:tab/></w:r></w:p>");
  }
}
