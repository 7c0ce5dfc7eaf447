/* notes.c: what the speaker sees. Notes need a master, and the master a theme of its own: shared with the slides', Office
 * repairs the file. */
#include <stdlib.h>
#include <string.h>
#include "runtime/deck/inner.h"
#include "runtime/memory/memory.h"

static void put_holder(struct xml *xml, unsigned id, const char *name, const char *type, long long y,
                       long long height) {
  xml_put(xml,
          "<p:sp><p:nvSpPr><p:cNvPr id='%u' name='%s'/><p:cNvSpPr><a:spLocks noGrp='1'/></p:cNvSpPr><p:nvPr><p:ph ", id,
          name);
  xml_put_raw(xml, type);
  xml_put(xml,
      "/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x='685800' y='%lld'/><a:ext cx='5486400' cy='%lld'/></a:xfrm>"
      "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom></p:spPr>",
      y, height);
  if (id == 3) xml_put_raw(xml, "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang='en-GB'/></a:p></p:txBody>");
  xml_put_raw(xml, "</p:sp>");
}

static char *make_master(struct deck *deck) {
  struct package *package = deck->package;
  struct xml xml = {0};
  char *name = package_free_name(package, "ppt/notesMasters/notesMaster%u.xml"),
       *theme = package_free_name(package, "ppt/theme/theme%u.xml");
  xml_put_raw(&xml, "<p:notesMaster " SPACES
                    "><p:cSld><p:bg><p:bgRef idx='1001'><a:schemeClr val='bg1'/></p:bgRef></p:bg>" TREE);
  put_holder(&xml, 2, "Slide", "type='sldImg' idx='2'", 1143000, 3086100);
  put_holder(&xml, 3, "Notes", "type='body' sz='quarter' idx='3'", 4400550, 3600450);
  xml_put_raw(&xml, "</p:spTree></p:cSld>" COLOURS "</p:notesMaster>");
  package_add_xml(package, name, OOXML_TYPE("presentationml.notesMaster+xml"), &xml);
  theme_put(&xml);
  package_add_xml(package, theme, OOXML_TYPE("theme+xml"), &xml);
  free(package_relate(package, name, OOXML_KIND("theme"), theme));
  free(theme);
  char *id = package_relate(package, deck->presentation, OOXML_KIND("notesMaster"), name);
  xmlNode *list = deck_list(deck, "notesMasterIdLst"),
          *line = xmlNewChild(list, list->ns, BAD_CAST "notesMasterId", NULL);
  xmlNs *office = xmlSearchNsByHref(list->doc, list, BAD_CAST OOXML_OFFICE);
  xmlNewNsProp(line, office ? office : xmlNewNs(list, BAD_CAST OOXML_OFFICE, BAD_CAST "r"), BAD_CAST "id", BAD_CAST id);
  free(id);
  return name;
}

void notes_add(struct deck *deck, const char *slide, const char *key, struct xml *paragraphs) {
  struct package *package = deck->package;
  struct xml xml = {0};
  char *name = package_free_name(package, "ppt/notesSlides/notesSlide%u.xml"),
       *master = package_related(package, deck->presentation, OOXML_KIND("notesMaster"));
  if (!master) master = make_master(deck);
  xml_put_raw(&xml,
      "<p:notes " SPACES "><p:cSld>" TREE
      "<p:sp><p:nvSpPr><p:cNvPr id='2' name='Slide'/><p:cNvSpPr>"
      "<a:spLocks noGrp='1' noRot='1' noChangeAspect='1'/></p:cNvSpPr><p:nvPr><p:ph type='sldImg'/></p:nvPr>"
      "</p:nvSpPr><p:spPr/></p:sp>");
  xml_put(&xml,
      "<p:sp><p:nvSpPr><p:cNvPr id='3' name='klynge:%s:notes'/><p:cNvSpPr><a:spLocks noGrp='1'/></p:cNvSpPr>"
      "<p:nvPr><p:ph type='body' idx='1'/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>",
      key);
  xml_put_raw(&xml, paragraphs->text);
  xml_put_raw(&xml, "</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>");
  package_add_xml(package, name, OOXML_TYPE("presentationml.notesSlide+xml"), &xml);
  free(package_relate(package, name, OOXML_KIND("notesMaster"), master));
  free(package_relate(package, name, OOXML_KIND("slide"), slide));
  free(package_relate(package, slide, OOXML_KIND("notesSlide"), name));
  free(paragraphs->text);
  *paragraphs = (struct xml){0};
  free(master);
  free(name);
}
