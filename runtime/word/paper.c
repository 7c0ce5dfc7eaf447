/* paper.c: a document's beginning and end, and its parts. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/word/inner.h"

#define DOCUMENT         "word/document.xml"
#define WORDS_TYPE(kind) OOXML_TYPE("wordprocessingml." kind "+xml")
/* A4 */
#define PAGE_SHORT  11906u
#define PAGE_LONG   16838u
#define MARGIN_SIDE MILLIMETRES(18)
#define MARGIN_TOP  MILLIMETRES(18)
#define MARGIN_FOOT MILLIMETRES(10)

const char *word_print(struct word_paper *paper, const char *format, ...) {
  va_list list;
  va_start(list, format);
  int length = vsnprintf(NULL, 0, format, list);
  va_end(list);
  char *text = memory_take((size_t)length + 1, 1);
  va_start(list, format);
  vsnprintf(text, (size_t)length + 1, format, list);
  va_end(list);
  paper->texts = memory_resize(paper->texts, paper->n_texts + 1, sizeof *paper->texts);
  return paper->texts[paper->n_texts++] = text;
}

unsigned word_width(const struct word_paper *paper) {
  return (paper->is_wide ? PAGE_LONG : PAGE_SHORT) - 2 * MARGIN_SIDE;
}

/* "Cluster C001 · Autumn meeting · 12 September 2024 · figures of 1 June 2024": what is not there is not said. */
static const char *origin_of(struct word_paper *paper) {
  const struct meeting *meeting = paper->meeting;
  char text[MEETING_TEXT];
  const char *line = word_print(paper, "%s", meeting_write_cluster(meeting, text));
  if (*meeting->meeting) line = word_print(paper, "%s · %s", line, meeting->meeting);
  if (meeting->on != DATE_UNKNOWN)
    line = word_print(paper, "%s · %s", line, meeting_write_date(meeting, meeting->on, text));
  return word_print(paper, _("%s · figures of %s"), line, meeting_write_date(meeting, meeting->index, text));
}

static const char *mark_title(void *paper, const char *title) { return word_of_pack(paper, title); }

static void put_changes(struct word_paper *paper) {
  char *changes = meeting_changes(paper->meeting, mark_title, paper);
  if (changes) word_put(paper, WORD_SMALL, changes);
  free(changes);
}

/* In what the earlier date is another than this one beside the patients; "" where it is in nothing. */
static const char *differences_of(struct word_paper *paper) {
  const struct meeting *meeting = paper->meeting;
  const char *line = "";
  for (size_t i = 0; i < meeting->n_warnings; i++) line = word_print(paper, "%s %s", line, meeting->warnings[i]);
  return *line ? word_print(paper, "%s%s", _("Not the same on both dates:"), line) : "";
}

void word_begin(struct word_paper *paper, const struct meeting *meeting, bool is_wide, const char *what) {
  *paper = (struct word_paper){.meeting = meeting, .language = meeting->danish ? "da-DK" : "en-GB", .is_wide = is_wide};
  paper->title = word_print(paper, "%s: %s", what, meeting->title);
  paper->foot = word_print(paper, "%s: %s", what, word_of_pack(paper, meeting->title));
  word_put(paper, WORD_TITLE, what);
  word_put(paper, WORD_SUBTITLE, word_of_pack(paper, meeting->title));
  word_put(paper, WORD_SMALL, origin_of(paper));
  put_changes(paper);
  const char *differences = differences_of(paper);
  if (*differences) word_put(paper, WORD_SMALL, differences);
}

/* ── parts ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What the paper is, and the page of how many. */
static void put_foot(struct xml *xml, const struct word_paper *paper) {
  xml_put_raw(xml, "<w:ftr " SPACES "><w:p><w:pPr><w:pStyle w:val='Footer'/></w:pPr>");
  word_put_runs(xml, paper, paper->foot, strlen(paper->foot));
  xml_put_raw(xml, "<w:r><w:tab/></w:r>");
  xml_put_raw(
      xml,
      "<w:fldSimple w:instr='PAGE'><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space='preserve'> / </w:t></w:r>"
      "<w:fldSimple w:instr='NUMPAGES'><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>");
}

static void put_document(struct xml *xml, const struct word_paper *paper, const char *foot) {
  xml_put_raw(xml, "<w:document " SPACES "><w:body>");
  xml_put_raw(xml, paper->body.text);
  xml_put(xml, "<w:sectPr><w:footerReference w:type='default' r:id='%s'/>", foot);
  if (paper->is_wide)
    xml_put(xml, "<w:pgSz w:w='%u' w:h='%u' w:orient='landscape'/>", PAGE_LONG, PAGE_SHORT);
  else
    xml_put(xml, "<w:pgSz w:w='%u' w:h='%u'/>", PAGE_SHORT, PAGE_LONG);
  xml_put(
      xml,
      "<w:pgMar w:top='%u' w:right='%u' w:bottom='%u' w:left='%u' w:header='%u' w:footer='%u' w:gutter='0'/></w:sectPr>"
      "</w:body></w:document>",
      MARGIN_TOP, MARGIN_SIDE, MARGIN_TOP, MARGIN_SIDE, MARGIN_FOOT, MARGIN_FOOT);
}

/* A part that the document refers to; gives the id by which it does, freed by the caller. */
static char *add_part(struct package *package, const char *name, const char *kind, const char *type, struct xml *xml) {
  package_add_xml(package, name, type, xml);
  return package_relate(package, DOCUMENT, kind, name);
}

static struct package *make_package(const struct word_paper *paper) {
  struct package *package = package_new();
  struct xml xml = {0};
  word_put_styles(&xml, paper);
  free(add_part(package, "word/styles.xml", OOXML_KIND("styles"), WORDS_TYPE("styles"), &xml));
  word_put_settings(&xml, paper);
  free(add_part(package, "word/settings.xml", OOXML_KIND("settings"), WORDS_TYPE("settings"), &xml));
  word_put_numbering(&xml);
  free(add_part(package, "word/numbering.xml", OOXML_KIND("numbering"), WORDS_TYPE("numbering"), &xml));
  put_foot(&xml, paper);
  char *foot = add_part(package, "word/footer1.xml", OOXML_KIND("footer"), WORDS_TYPE("footer"), &xml);
  put_document(&xml, paper, foot);
  package_add_xml(package, DOCUMENT, WORDS_TYPE("document.main"), &xml);
  free(package_relate(package, "", OOXML_KIND("officeDocument"), DOCUMENT));
  package_set_properties(package, paper->title, paper->language, paper->meeting->index);
  free(foot);
  return package;
}

bool word_end(struct word_paper *paper, const char *path, char **error) {
  struct package *package = make_package(paper);
  *error = NULL;
  bool is_written = package_save(package, path, paper->meeting->index, error);
  package_free(package);
  free(paper->body.text);
  for (size_t i = 0; i < paper->n_texts; i++) free(paper->texts[i]);
  free(paper->texts);
  return is_written;
}
