/* deck.c: a deck from its title to its last table, and its file. */
#include <stdlib.h>
#include <string.h>
#include "runtime/deck/inner.h"
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

#define PROPERTIES      "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
#define PROPERTIES_KIND "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
#define PROPERTIES_TYPE "application/vnd.openxmlformats-package.core-properties+xml"

/* The deck's own title and day; a template's author and company do not go along. */
static void put_properties(struct deck *deck) {
  struct package *package = deck->package;
  struct xml xml = {0};
  int year, month, day;
  char date[32], *name = package_related(package, "", PROPERTIES_KIND);
  date_to_civil(deck->meeting->index == DATE_UNKNOWN ? 0 : deck->meeting->index, &year, &month, &day);
  snprintf(date, sizeof date, "%04d-%02d-%02dT00:00:00Z", year, month, day);
  xml_put(&xml,
      "<cp:coreProperties xmlns:cp='" PROPERTIES "' xmlns:dc='http://purl.org/dc/elements/1.1/' "
      "xmlns:dcterms='http://purl.org/dc/terms/' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>"
      "<dcterms:created xsi:type='dcterms:W3CDTF'>%s</dcterms:created><dc:creator>klynge</dc:creator>"
      "<dc:language>%s</dc:language><dcterms:modified xsi:type='dcterms:W3CDTF'>%s</dcterms:modified>"
      "<dc:title>%s</dc:title></cp:coreProperties>",
      date, deck->language, date, deck->meeting->title);
  if (name && package_find(package, name)) {
    part_replace_xml(package_find(package, name), &xml);
  } else {
    package_add_xml(package, "docProps/core.xml", PROPERTIES_TYPE, &xml);
    if (!name) free(package_relate(package, "", PROPERTIES_KIND, "docProps/core.xml"));
  }
  free(name);
}

static void fill(struct deck *deck) {
  deck_add_opening(deck);
  deck_add_programme(deck);
  deck_add_closing(deck);
  mark_write(deck);
  put_properties(deck);
}

bool deck_make(struct deck *deck, const struct meeting *meeting, const char *template, char **error) {
  *deck = (struct deck){.meeting = meeting, .language = meeting->danish ? "da-DK" : "en-GB"};
  *error = NULL;
  struct package *package = template ? package_open(template, error) : template_make();
  if (!package) return false;
  bool is_well = deck_begin(deck, package, error);
  if (is_well) {
    deck_remove_slides(deck);
    fill(deck);
  }
  if (is_well && deck->has_failed)
    *error = memory_text(_("there is no place for the workbooks of charts: set TMPDIR"),
                         strlen(_("there is no place for the workbooks of charts: set TMPDIR")));
  if (!*error) return true;
  deck_end(deck);
  package_free(package);
  return false;
}

bool deck_write(const struct meeting *meeting, const struct deck_options *options, const char *path, char **error) {
  struct deck deck;
  if (!deck_make(&deck, meeting, options->template, error)) return false;
  bool is_written = package_save(deck.package, path, meeting->index, error);
  package_free(deck.package);
  deck_end(&deck);
  return is_written;
}
