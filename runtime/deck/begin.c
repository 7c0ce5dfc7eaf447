/* begin.c: a template becomes a deck without slides. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/deck/inner.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

/* ── memory of a deck ────────────────────────────────────────────────────────────────────────────────────────────── */

const char *deck_print(struct deck *deck, const char *format, ...) {
  va_list list;
  va_start(list, format);
  int length = vsnprintf(NULL, 0, format, list);
  va_end(list);
  char *text = memory_take((size_t)length + 1, 1);
  va_start(list, format);
  vsnprintf(text, (size_t)length + 1, format, list);
  va_end(list);
  deck->texts = memory_resize(deck->texts, deck->n_texts + 1, sizeof *deck->texts);
  return deck->texts[deck->n_texts++] = text;
}

const char *deck_of_pack(struct deck *deck, const char *text) {
  return strcmp(deck->of_pack, deck->language) == 0 ? text : deck_print(deck, "%c%s%c", PACK_BEGINS, text, PACK_ENDS);
}

void deck_end(struct deck *deck) {
  for (size_t i = 0; i < N_ROLES; i++) free(deck->layouts[i]);
  for (size_t i = 0; i < deck->n_marks; i++) free(deck->marks[i]);
  for (size_t i = 0; i < deck->n_texts; i++) free(deck->texts[i]);
  free(deck->texts);
  free(deck->marks);
  free(deck->presentation);
}

/* ── the presentation ────────────────────────────────────────────────────────────────────────────────────────────── */

/* The order in which the schema wants the children of p:presentation. */
static const char *const order[] = {
    "sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst",       "sldSz",
    "notesSz",        "smartTags",        "embeddedFontLst",    "custShowLst",    "photoAlbum",
    "custDataLst",    "kinsoku",          "defaultTextStyle",   "modifyVerifier", "extLst"};

static size_t place_of(const char *name) {
  size_t i = 0;
  while (i < sizeof order / sizeof *order && strcmp(order[i], name) != 0) i++;
  return i;
}

xmlNode *deck_list(struct deck *deck, const char *name) {
  xmlNode *root = part_change(package_find(deck->package, deck->presentation)), *later = NULL;
  for (xmlNode *child = root->children; child && !later; child = child->next) {
    if (child->type != XML_ELEMENT_NODE) continue;
    if (strcmp((const char *)child->name, name) == 0) return child;
    if (place_of((const char *)child->name) > place_of(name)) later = child;
  }
  xmlNode *list = xmlNewDocNode(root->doc, root->ns, BAD_CAST name, NULL);
  return later ? xmlAddPrevSibling(later, list) : xmlAddChild(root, list);
}

bool deck_begin(struct deck *deck, struct package *package, char **error) {
  deck->package = package;
  deck->presentation = package_related(package, "", OOXML_KIND("officeDocument"));
  struct part *part = deck->presentation ? package_find(package, deck->presentation) : NULL;
  xmlNode *root = part ? part_root(part) : NULL, *size = root ? xml_find(root, "/p:presentation/p:sldSz") : NULL;
  const char *wrong =
      !root || strcmp((const char *)root->name, "presentation") != 0 ? _("this is no presentation") : NULL;
  deck->page =
      (struct box){0, 0, size ? atoll(xml_attribute(size, "cx")) : 0, size ? atoll(xml_attribute(size, "cy")) : 0};
  if (!wrong && (deck->page.width < 914400 || deck->page.height < 914400 || deck->page.width > 51206400 ||
                 deck->page.height > 51206400))
    wrong = _("the presentation does not say how large its slides are");
  for (enum role role = 0; !wrong && role < N_ROLES; role++)
    if (!(deck->layouts[role] = layout_find(deck, role))) wrong = _("the presentation has no layout for slides");
  if (wrong)
    *error = memory_text(wrong, strlen(wrong));
  else
    deck->wideness = letters_wideness(deck);
  return !wrong;
}

/* ── taking sample slides out ────────────────────────────────────────────────────────────────────────────────────── */

/* Parts that only this part leads to go with it: charts, pictures, notes, comments. */
static bool is_shared(struct package *package, const char *name, const char *but) {
  for (struct part *part = NULL; (part = package_next(package, part));) {
    xmlNode **lines;
    const char *rels = strstr(part_name(part), "_rels/");
    if (!rels || !part_root(part)) continue;
    bool is_own = strncmp(part_name(part), but, (size_t)(rels - part_name(part))) == 0 &&
                  strncmp(rels + 6, but + (rels - part_name(part)), strlen(but + (rels - part_name(part)))) == 0;
    size_t n = xml_find_all(part_root(part), "rel:Relationship", &lines);
    bool is_found = false;
    for (size_t i = 0; i < n && !is_own && !is_found; i++) {
      const char *target = strrchr(xml_attribute(lines[i], "Target"), '/'), *end = strrchr(name, '/');
      is_found = strcmp(target ? target : xml_attribute(lines[i], "Target"), end ? end : name) == 0;
    }
    free(lines);
    if (is_found) return true;
  }
  return false;
}

/* The parts to which a part leads, all kinds. */
static size_t targets_of(struct package *package, const char *name, char ***targets) {
  static const char *const kinds[] = {OOXML_KIND("notesSlide"),
                                      OOXML_KIND("chart"),
                                      OOXML_KIND("image"),
                                      OOXML_KIND("package"),
                                      OOXML_KIND("comments"),
                                      OOXML_KIND("tags"),
                                      OOXML_KIND("oleObject"),
                                      OOXML_KIND("vmlDrawing"),
                                      OOXML_KIND("diagramData"),
                                      OOXML_KIND("diagramLayout"),
                                      OOXML_KIND("diagramQuickStyle"),
                                      OOXML_KIND("diagramColors"),
                                      OOXML_KIND("diagramDrawing"),
                                      OOXML_KIND("media"),
                                      OOXML_KIND("video"),
                                      OOXML_KIND("audio"),
                                      OOXML_KIND("chartStyle"),
                                      OOXML_KIND("chartColorStyle"),
                                      OOXML_KIND("chartUserShapes"),
                                      OOXML_KIND("themeOverride"),
                                      OOXML_KIND("control"),
                                      OOXML_KIND("customXml")};
  size_t n = 0;
  *targets = NULL;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    char **some;
    size_t n_some = package_all_related(package, name, kinds[i], &some);
    *targets = memory_resize(*targets, n + n_some + 1, sizeof **targets);
    for (size_t j = 0; j < n_some; j++) (*targets)[n++] = some[j];
    free(some);
  }
  return n;
}

static void remove_with_its_own(struct package *package, const char *name) {
  char **targets;
  size_t n = targets_of(package, name, &targets);
  bool *is_own = memory_take(n, sizeof *is_own);
  for (size_t i = 0; i < n; i++) is_own[i] = package_find(package, targets[i]) && !is_shared(package, targets[i], name);
  package_remove(package, name);
  for (size_t i = 0; i < n; i++)
    if (is_own[i] && package_find(package, targets[i])) remove_with_its_own(package, targets[i]);
  free(is_own);
  package_free_names(targets, n);
}

/* What names slides in the presentation: shows of one's own, and sections. */
static void forget_slides(struct deck *deck) {
  xmlNode *root = part_change(package_find(deck->package, deck->presentation)), *found;
  xml_remove(xml_find(root, "p:sldIdLst"));
  xml_remove(xml_find(root, "p:custShowLst"));
  while ((found = xml_find(root, "p:extLst/p:ext[.//p14:sectionLst]"))) xml_remove(found);
  xml_remove(xml_find(root, "p:extLst[not(*)]"));
}

void deck_remove_slides(struct deck *deck) {
  xmlNode **ids;
  struct package *package = deck->package;
  size_t n = xml_find_all(part_root(package_find(package, deck->presentation)), "p:sldIdLst/p:sldId", &ids);
  for (size_t i = 0; i < n; i++) {
    const char *id = xml_attribute_of_office(ids[i], "id");
    char *name = package_target(package, deck->presentation, id);
    package_unrelate(package, deck->presentation, id);
    if (name && package_find(package, name)) remove_with_its_own(package, name);
    free(name);
  }
  free(ids);
  forget_slides(deck);
  package_set_type(package, deck->presentation, OOXML_TYPE("presentationml.presentation.main+xml"));
}
