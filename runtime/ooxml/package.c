/* package.c: parts, and the list of what each one is. */
#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "runtime/memory/memory.h"
#include "runtime/ooxml/inner.h"

char *ooxml_sentence(const char *format, ...) {
  va_list list;
  va_start(list, format);
  int length = vsnprintf(NULL, 0, format, list);
  va_end(list);
  char *text = memory_take((size_t)length + 1, 1);
  va_start(list, format);
  vsnprintf(text, (size_t)length + 1, format, list);
  va_end(list);
  return text;
}

/* ── parts ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

bool part_name_is_xml(const char *name) {
  const char *dot = strrchr(name, '.');
  return dot && (strcasecmp(dot, ".xml") == 0 || strcasecmp(dot, ".rels") == 0);
}

struct part *part_new(struct package *package, char *name, char *bytes, size_t length) {
  struct part *part = memory_take(1, sizeof *part);
  *part = (struct part){.name = name, .bytes = bytes, .length = length};
  *package->end = part;
  package->end = &part->next;
  return part;
}

static void part_free(struct part *part) {
  xmlFreeDoc(part->tree);
  free(part->bytes);
  free(part->name);
  free(part);
}

struct package *package_new(void) {
  static const char types[] =
      "<Types xmlns='" OOXML_TYPES "'>"
      "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
      "<Default Extension='xml' ContentType='application/xml'/></Types>";
  struct package *package = memory_take(1, sizeof *package);
  package->end = &package->first;
  struct xml xml = {0};
  xml_put_raw(&xml, types);
  part_replace_xml(part_new(package, memory_text(TYPES_PART, strlen(TYPES_PART)), NULL, 0), &xml);
  return package;
}

void package_free(struct package *package) {
  if (!package) return;
  for (struct part *part = package->first, *next; part; part = next) {
    next = part->next;
    part_free(part);
  }
  free(package);
}

struct part *package_find(struct package *package, const char *name) {
  struct part *part = package->first;
  while (part && strcasecmp(part->name, name) != 0) part = part->next;
  return part;
}

struct part *package_next(struct package *package, struct part *part) {
  return part ? part->next : package->first;
}
const char *part_name(const struct part *part) { return part->name; }

char *package_free_name(struct package *package, const char *pattern) {
  for (unsigned i = 1;; i++) {
    char *name = ooxml_sentence(pattern, i);
    if (!package_find(package, name)) return name;
    free(name);
  }
}

static void take_part(struct package *package, const char *name) {
  for (struct part **place = &package->first, *part; (part = *place); place = &part->next)
    if (strcasecmp(part->name, name) == 0) {
      *place = part->next;
      if (package->end == &part->next) package->end = place;
      part_free(part);
      return;
    }
}

void package_remove(struct package *package, const char *name) {
  char *own = memory_text(name, strlen(name)), *relationships = relationships_name(name);
  package_set_type(package, own, NULL);
  take_part(package, relationships);
  take_part(package, own);
  free(relationships);
  free(own);
}

/* ── what a part holds ───────────────────────────────────────────────────────────────────────────────────────────── */

xmlNode *part_root(struct part *part) { return part->tree ? xmlDocGetRootElement(part->tree) : NULL; }

xmlNode *part_change(struct part *part) {
  part->is_changed = true;
  return part_root(part);
}

void part_write(struct part *part) {
  xmlChar *text;
  int length;
  if (!part->is_changed) return;
  part->tree->standalone = 1;
  xmlDocDumpMemoryEnc(part->tree, &text, &length, "UTF-8");
  if (!text) memory_exhausted();
  free(part->bytes);
  part->bytes = memory_text((const char *)text, (size_t)length);
  part->length = (size_t)length;
  part->is_changed = false;
  xmlFree(text);
}

const char *part_bytes(struct part *part, size_t *length) {
  part_write(part);
  *length = part->length;
  return part->bytes;
}

void part_replace_xml(struct part *part, struct xml *xml) {
  xmlDoc *tree = xml_read(xml->text, xml->length);
  assert(tree);
  xmlFreeDoc(part->tree);
  part->tree = tree;
  part->is_changed = true;
  free(xml->text);
  *xml = (struct xml){0};
}

void part_replace_bytes(struct part *part, const char *bytes, size_t length) {
  assert(!part->tree);
  free(part->bytes);
  part->bytes = memory_text(bytes, length);
  part->length = length;
}

struct part *package_add_xml(struct package *package, const char *name, const char *type, struct xml *xml) {
  assert(!package_find(package, name));
  struct part *part = part_new(package, memory_text(name, strlen(name)), NULL, 0);
  part_replace_xml(part, xml);
  package_set_type(package, name, type);
  return part;
}

struct part *package_add_bytes(struct package *package, const char *name, const char *type, const char *bytes,
                               size_t length) {
  assert(!package_find(package, name));
  struct part *part = part_new(package, memory_text(name, strlen(name)), memory_text(bytes, length), length);
  package_set_type(package, name, type);
  return part;
}

/* ── what it is ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static xmlNode *types_of(struct package *package) { return part_root(package_find(package, TYPES_PART)); }

/* The line for a part itself, or for all whose name ends as its does. */
static xmlNode *find_type(struct package *package, const char *name, bool of_itself) {
  const char *dot = strrchr(name, '.');
  for (xmlNode *line = element_from(types_of(package)->children); line; line = element_from(line->next)) {
    const char *part = xml_attribute(line, "PartName"), *extension = xml_attribute(line, "Extension");
    if (of_itself && *part == '/' && strcasecmp(part + 1, name) == 0) return line;
    if (!of_itself && *extension && dot && strcasecmp(extension, dot + 1) == 0) return line;
  }
  return NULL;
}

const char *package_type(struct package *package, const char *name) {
  const xmlNode *line = find_type(package, name, true);
  if (!line) line = find_type(package, name, false);
  return line ? xml_attribute(line, "ContentType") : "";
}

/* A workbook in a chart is known by how its name ends: so Office writes it, and lines for all come before lines for one. */
static bool add_for_all(struct package *package, xmlNode *types, const char *name, const char *type) {
  const char *dot = strrchr(name, '.');
  if (part_name_is_xml(name) || !dot || find_type(package, name, false)) return false;
  xmlNode *line = xmlNewDocNode(types->doc, types->ns, BAD_CAST "Default", NULL),
          *first = element_from(types->children);
  xmlNewProp(line, BAD_CAST "Extension", BAD_CAST(dot + 1));
  xmlNewProp(line, BAD_CAST "ContentType", BAD_CAST type);
  if (first)
    xmlAddPrevSibling(first, line);
  else
    xmlAddChild(types, line);
  return true;
}

void package_set_type(struct package *package, const char *name, const char *type) {
  xmlNode *types = part_change(package_find(package, TYPES_PART));
  xml_remove(find_type(package, name, true));
  if (!type || strcmp(package_type(package, name), type) == 0 || add_for_all(package, types, name, type)) return;
  char *place = ooxml_sentence("/%s", name);
  xmlNode *line = xmlNewChild(types, types->ns, BAD_CAST "Override", NULL);
  xmlNewProp(line, BAD_CAST "PartName", BAD_CAST place);
  xmlNewProp(line, BAD_CAST "ContentType", BAD_CAST type);
  free(place);
}
