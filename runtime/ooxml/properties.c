/* properties.c: what a file says of itself before it is opened: its title, its language, its day. */
#include <stdlib.h>
#include "runtime/image/dates.h"
#include "runtime/ooxml/ooxml.h"

#define PROPERTIES      "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
#define PROPERTIES_KIND "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
#define PROPERTIES_TYPE "application/vnd.openxmlformats-package.core-properties+xml"

void package_set_properties(struct package *package, const char *title, const char *language, int32_t date) {
  struct xml xml = {0};
  int year, month, day;
  char text[32], *name = package_related(package, "", PROPERTIES_KIND);
  date_to_civil(date == DATE_UNKNOWN ? 0 : date, &year, &month, &day);
  snprintf(text, sizeof text, "%04d-%02d-%02dT00:00:00Z", year, month, day);
  xml_put(&xml,
          "<cp:coreProperties xmlns:cp='" PROPERTIES "' xmlns:dc='http://purl.org/dc/elements/1.1/' "
          "xmlns:dcterms='http://purl.org/dc/terms/' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>"
          "<dcterms:created xsi:type='dcterms:W3CDTF'>%s</dcterms:created><dc:creator>klynge</dc:creator>"
          "<dc:language>%s</dc:language><dcterms:modified xsi:type='dcterms:W3CDTF'>%s</dcterms:modified>"
          "<dc:title>%s</dc:title></cp:coreProperties>",
          text, language, text, title);
  if (name && package_find(package, name)) {
    part_replace_xml(package_find(package, name), &xml);
  } else {
    package_add_xml(package, "docProps/core.xml", PROPERTIES_TYPE, &xml);
    if (!name) free(package_relate(package, "", PROPERTIES_KIND, "docProps/core.xml"));
  }
  free(name);
}
