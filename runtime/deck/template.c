/* template.c: the built-in template: a theme, a master, and a layout for each thing that a deck says. Colours are told apart by
 * people who see no red or no green, and have 4.5 : 1 and more against the paper. */
#include <stdlib.h>
#include <string.h>
#include "runtime/deck/inner.h"

#define PAGE_WIDTH  12192000
#define PAGE_HEIGHT 6858000

/* ── theme ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

#define FILL       INK("phClr")
#define LINE       "<a:ln w='9525'>" FILL "</a:ln>"
#define NO_EFFECT  "<a:effectStyle><a:effectLst/></a:effectStyle>"
#define FONT(kind) "<a:" kind "><a:latin typeface='Calibri'/><a:ea typeface=''/><a:cs typeface=''/></a:" kind ">"

void theme_put(struct xml *xml) {
  static const char *const colours[][2] = {
      {"dk2", "14384A"},     {"lt2", "E9EFF2"},      {"accent1", "005A9C"}, {"accent2", "B3470B"},
      {"accent3", "4B6A1E"}, {"accent4", "6B4785"},  {"accent5", "7A5C00"}, {"accent6", "4E5F66"},
      {"hlink", "0563C1"},   {"folHlink", "954F72"},
  };
  xml_put(xml, "<a:theme xmlns:a='%s' name='Klynge'><a:themeElements><a:clrScheme name='Klynge'>", OOXML_DRAWING);
  xml_put(xml,
      "<a:dk1><a:sysClr val='windowText' lastClr='000000'/></a:dk1><a:lt1>"
      "<a:sysClr val='window' lastClr='FFFFFF'/></a:lt1>");
  for (size_t i = 0; i < sizeof colours / sizeof *colours; i++)
    xml_put(xml, "<a:%s><a:srgbClr val='%s'/></a:%s>", colours[i][0], colours[i][1], colours[i][0]);
  xml_put_raw(xml, "</a:clrScheme><a:fontScheme name='Klynge'>" FONT("majorFont")
                       FONT("minorFont") "</a:fontScheme><a:fmtScheme name='Klynge'><a:fillStyleLst>" FILL FILL FILL
                                         "</a:fillStyleLst><a:lnStyleLst>" LINE LINE LINE
                                         "</a:lnStyleLst><a:effectStyleLst>" NO_EFFECT NO_EFFECT NO_EFFECT
                                         "</a:effectStyleLst><a:bgFillStyleLst>" FILL FILL FILL
                                         "</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>");
}

/* ── master and layouts ──────────────────────────────────────────────────────────────────────────────────────────── */

/* A placeholder; `type` is the whole of its attributes. In points. */
struct holder {
  const char *name, *type;
  int x, y, width, height;
  const char *letters;
};

static void put_holder(struct xml *xml, unsigned id, const struct holder *holder) {
  xml_put(xml,
          "<p:sp><p:nvSpPr><p:cNvPr id='%u' name='%s'/><p:cNvSpPr><a:spLocks noGrp='1'/></p:cNvSpPr><p:nvPr><p:ph ", id,
          holder->name);
  xml_put_raw(xml, holder->type);
  xml_put(xml,
      "/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x='%lld' y='%lld'/><a:ext cx='%lld' cy='%lld'/></a:xfrm>"
      "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom></p:spPr><p:txBody>",
      holder->x * POINT, holder->y * POINT, holder->width * POINT, holder->height * POINT);
  xml_put_raw(xml, holder->letters ? holder->letters : "<a:bodyPr/><a:lstStyle/>");
  if (strstr(holder->type, "sldNum"))
    xml_put_raw(xml, SLIDE_NUMBER("en-GB") "</p:txBody></p:sp>");
  else
    xml_put(xml, "<a:p><a:r><a:rPr lang='en-GB'/><a:t>%s</a:t></a:r></a:p></p:txBody></p:sp>", holder->name);
}

#define BOTTOM "<a:bodyPr anchor='b'><a:normAutofit/></a:bodyPr>"
#define MIDDLE "<a:bodyPr anchor='ctr'><a:normAutofit/></a:bodyPr>"
#define LETTERS(size, colour, more)                                                                                    \
  "<a:lstStyle><a:lvl1pPr marL='0' indent='0'" more "><a:buNone/><a:defRPr sz='" size "'>"                             \
  "<a:solidFill><a:schemeClr val='" colour                                                                             \
  "'/></a:solidFill><a:latin typeface='+mn-lt'/></a:defRPr></a:lvl1pPr></a:lstStyle>"
#define SMALL(anchor) "<a:bodyPr anchor='ctr'/>" LETTERS("1200", "accent6", " algn='" anchor "'")
#define TITLE_HOLDER                                                                                                   \
  { "Title", "type='title'", 44, 22, 872, 58, MIDDLE "<a:lstStyle/>" }
#define FOOT_HOLDERS                                                                                                   \
  {"Footer", "type='ftr' sz='quarter' idx='20'", 44, 508, 760, 24, SMALL("l")}, {                                      \
    "Number", "type='sldNum' sz='quarter' idx='21'", 816, 508, 100, 24, SMALL("r")                                     \
  }

#define MOST_HOLDERS 6
static const struct layout {
  const char *name, *type;
  bool is_dark;
  struct holder holders[MOST_HOLDERS];
} layouts[N_ROLES] = {
    [ROLE_TITLE] = {"klynge title",
                    "title",
                    true,
                    {{"Title", "type='ctrTitle'", 72, 150, 816, 130, BOTTOM LETTERS("4400", "bg1", "")},
                     {"Subtitle", "type='subTitle' idx='1'", 72, 296, 816, 130,
                      "<a:bodyPr><a:normAutofit/></a:bodyPr>" LETTERS("2400", "bg1", "")}}},
    [ROLE_SECTION] = {"klynge section",
                      "secHead",
                      true,
                      {{"Title", "type='title'", 72, 70, 816, 120, BOTTOM LETTERS("4000", "bg1", "")},
                       {"Text", "type='body' idx='1'", 72, 204, 816, 300,
                        "<a:bodyPr><a:normAutofit/></a:bodyPr>" LETTERS("2400", "bg1", "")}}},
    [ROLE_CHART] = {"klynge indicator",
                    "obj",
                    false,
                    {TITLE_HOLDER,
                     {"Figures", "type='body' sz='quarter' idx='11'", 44, 80, 872, 32,
                      MIDDLE LETTERS("2000", "tx1", "")},
                     {"Chart", "type='chart' idx='10'", 44, 114, 872, 326, NULL},
                     {"Text", "type='body' sz='quarter' idx='12'", 44, 442, 872, 62, MIDDLE LETTERS("2000", "tx1", "")},
                     FOOT_HOLDERS}},
    [ROLE_TABLE] = {"klynge table",
                    "tbl",
                    false,
                    {TITLE_HOLDER, {"Table", "type='tbl' idx='10'", 44, 88, 872, 412, NULL}, FOOT_HOLDERS}},
    [ROLE_TEXT] = {"klynge text",
                   "obj",
                   false,
                   {TITLE_HOLDER,
                    {"Text", "idx='1'", 44, 88, 872, 412, "<a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/>"},
                    FOOT_HOLDERS}},
};
const char *const layout_names[N_ROLES] = {
    [ROLE_TITLE] = "klynge title", [ROLE_SECTION] = "klynge section", [ROLE_CHART] = "klynge indicator",
    [ROLE_TABLE] = "klynge table", [ROLE_TEXT] = "klynge text",
};

static void add(struct package *package, const char *name, const char *type, struct xml *xml) {
  package_add_xml(package, name, type, xml);
}
static void relate(struct package *package, const char *from, const char *kind, const char *to) {
  free(package_relate(package, from, kind, to));
}

#define MASTER "ppt/slideMasters/slideMaster1.xml"

static void add_layout(struct package *package, const struct layout *layout) {
  struct xml xml = {0};
  char *name = package_free_name(package, "ppt/slideLayouts/slideLayout%u.xml");
  xml_put(&xml, "<p:sldLayout " SPACES " type='%s' preserve='1'><p:cSld name='%s'>", layout->type, layout->name);
  if (layout->is_dark) xml_put_raw(&xml, "<p:bg><p:bgPr>" INK("tx2") "<a:effectLst/></p:bgPr></p:bg>");
  xml_put_raw(&xml, TREE);
  for (unsigned i = 0; i < MOST_HOLDERS && layout->holders[i].name; i++) put_holder(&xml, i + 2, &layout->holders[i]);
  xml_put_raw(&xml, "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>");
  add(package, name, OOXML_TYPE("presentationml.slideLayout+xml"), &xml);
  relate(package, MASTER, OOXML_KIND("slideLayout"), name);
  relate(package, name, OOXML_KIND("slideMaster"), MASTER);
  free(name);
}

static void put_level(struct xml *xml, unsigned level, unsigned size) {
  xml_put(xml,
      "<a:lvl%upPr marL='%u' indent='-285750' algn='l'><a:spcBef><a:spcPts val='600'/></a:spcBef>"
      "<a:buFont typeface='Arial'/><a:buChar char='•'/>"
      "<a:defRPr sz='%u'>" INK("tx1") "<a:latin typeface='+mn-lt'/></a:defRPr></a:lvl%upPr>",
      level, 285750 * level, size * 100, level);
}

static void add_master(struct package *package) {
  static const struct holder
      title = TITLE_HOLDER,
      body = {"Text", "type='body' idx='1'", 44, 88, 872, 412, "<a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/>"},
      feet[] = {FOOT_HOLDERS};
  struct xml xml = {0};
  xml_put_raw(&xml, "<p:sldMaster " SPACES
                    "><p:cSld><p:bg><p:bgRef idx='1001'><a:schemeClr val='bg1'/></p:bgRef></p:bg>" TREE);
  put_holder(&xml, 2, &title);
  put_holder(&xml, 3, &body);
  put_holder(&xml, 4, &feet[0]);
  put_holder(&xml, 5, &feet[1]);
  xml_put_raw(&xml, "</p:spTree></p:cSld>" COLOURS "<p:sldLayoutIdLst>");
  for (unsigned i = 0; i < N_ROLES; i++) xml_put(&xml, "<p:sldLayoutId id='%u' r:id='rId%u'/>", 2147483649u + i, i + 1);
  xml_put_raw(&xml, "</p:sldLayoutIdLst><p:txStyles><p:titleStyle><a:lvl1pPr algn='l'>"
                    "<a:defRPr sz='3200' b='1'>" INK("tx2") "<a:latin typeface='+mj-lt'/></a:defRPr></a:lvl1pPr>"
                    "</p:titleStyle><p:bodyStyle>");
  put_level(&xml, 1, 24);
  put_level(&xml, 2, 20);
  put_level(&xml, 3, 18);
  xml_put_raw(&xml, "</p:bodyStyle><p:otherStyle/></p:txStyles></p:sldMaster>");
  add(package, MASTER, OOXML_TYPE("presentationml.slideMaster+xml"), &xml);
}

struct package *template_make(void) {
  struct package *package = package_new();
  struct xml xml = {0};
  xml_put(&xml,
      "<p:presentation " SPACES
      "><p:sldMasterIdLst><p:sldMasterId id='2147483648' r:id='rId1'/></p:sldMasterIdLst>"
      "<p:sldSz cx='%d' cy='%d'/><p:notesSz cx='6858000' cy='9144000'/></p:presentation>",
      PAGE_WIDTH, PAGE_HEIGHT);
  add(package, "ppt/presentation.xml", OOXML_TYPE("presentationml.presentation.main+xml"), &xml);
  relate(package, "", OOXML_KIND("officeDocument"), "ppt/presentation.xml");
  add_master(package);
  relate(package, "ppt/presentation.xml", OOXML_KIND("slideMaster"), MASTER);
  for (unsigned i = 0; i < N_ROLES; i++) add_layout(package, &layouts[i]);
  theme_put(&xml);
  add(package, "ppt/theme/theme1.xml", OOXML_TYPE("theme+xml"), &xml);
  relate(package, MASTER, OOXML_KIND("theme"), "ppt/theme/theme1.xml");
  relate(package, "ppt/presentation.xml", OOXML_KIND("theme"), "ppt/theme/theme1.xml");
  xml_put(&xml, "<a:tblStyleLst xmlns:a='%s' def='{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}'/>", OOXML_DRAWING);
  add(package, "ppt/tableStyles.xml", OOXML_TYPE("presentationml.tableStyles+xml"), &xml);
  relate(package, "ppt/presentation.xml", OOXML_KIND("tableStyles"), "ppt/tableStyles.xml");
  return package;
}
