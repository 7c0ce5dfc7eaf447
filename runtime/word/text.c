/* text.c: paragraphs, the language of what is in them, and lines to write on. */
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"
#include "runtime/word/inner.h"

static const char *const style_ids[] = {
    [WORD_BODY] = "Normal",         [WORD_TITLE] = "Title",         [WORD_SUBTITLE] = "Subtitle",
    [WORD_HEADING] = "Heading1",    [WORD_SUBHEADING] = "Heading2", [WORD_BULLET] = "ListBullet",
    [WORD_FIGURE] = "KlyngeFigure", [WORD_SMALL] = "KlyngeSmall",
};

#define PACK_BEGINS "\x0E"
#define PACK_ENDS   "\x0F"

const char *word_of_pack(struct word_paper *paper, const char *text) {
  if (!*text || !*paper->meeting->language || paper->meeting->danish == (*paper->meeting->language == 'd')) return text;
  return word_print(paper, PACK_BEGINS "%s" PACK_ENDS, text);
}

const char *word_title(struct word_paper *paper, const struct meeting_indicator *indicator) {
  const char *title = word_of_pack(paper, indicator->title);
  if (indicator->better == MEETING_UNSAID) return title;
  return word_print(paper, "%s\u00A0%s", title, indicator->better == MEETING_LOWER ? "↓" : "↑");
}

static void put_run(struct xml *xml, const struct word_paper *paper, const char *text, size_t length, bool is_of_pack) {
  char *own = memory_text(text, length);
  xml_put_raw(xml, "<w:r>");
  if (is_of_pack) xml_put(xml, "<w:rPr><w:lang w:val='%s'/></w:rPr>", paper->meeting->danish ? "en-GB" : "da-DK");
  xml_put(xml, "<w:t xml:space='preserve'>%s</w:t></w:r>", own);
  free(own);
}

void word_put_runs(struct xml *xml, const struct word_paper *paper, const char *text, size_t length) {
  bool is_of_pack = false;
  for (size_t at = 0; at < length;) {
    size_t n = strcspn(text + at, PACK_BEGINS PACK_ENDS);
    if (n > length - at) n = length - at;
    if (n) put_run(xml, paper, text + at, n, is_of_pack);
    at += n;
    if (at < length) is_of_pack = text[at++] == *PACK_BEGINS;
  }
}

void word_put(struct word_paper *paper, enum word_style style, const char *text) {
  xml_put(&paper->body, "<w:p><w:pPr><w:pStyle w:val='%s'/></w:pPr>", style_ids[style]);
  word_put_runs(&paper->body, paper, text, strlen(text));
  xml_put_raw(&paper->body, "</w:p>");
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
