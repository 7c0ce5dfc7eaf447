/* find.c: reading XML and finding in it. */
#include <stdlib.h>
#include <string.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include "runtime/memory/memory.h"
#include "runtime/ooxml/inner.h"

/* No network, no entity that is put in, and none of libxml2's messages on standard error. A file that brings a DTD is none
 * of Office's, and a DTD is where hostile XML begins. */
xmlDoc *xml_read(const char *bytes, size_t length) {
  if (length == 0 || length > INT32_MAX) return NULL;
  xmlDoc *tree =
      xmlReadMemory(bytes, (int)length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (tree && !tree->intSubset && !tree->extSubset && xmlDocGetRootElement(tree)) return tree;
  xmlFreeDoc(tree);
  return NULL;
}

static xmlXPathObject *evaluate(xmlNode *from, const char *path) {
  static const char *const spaces[][2] = {
      {"a", OOXML_DRAWING},
      {"c", OOXML_CHART},
      {"p", OOXML_PRESENTATION},
      {"r", OOXML_OFFICE},
      {"w", OOXML_WORDS},
      {"ct", OOXML_TYPES},
      {"rel", OOXML_RELATIONSHIPS},
      {"p14", "http://schemas.microsoft.com/office/powerpoint/2010/main"},
      {"wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"},
  };
  xmlXPathContext *context = xmlXPathNewContext(from->doc);
  if (!context) memory_exhausted();
  for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
    xmlXPathRegisterNs(context, BAD_CAST spaces[i][0], BAD_CAST spaces[i][1]);
  context->node = from;
  xmlXPathObject *found = xmlXPathEvalExpression(BAD_CAST path, context);
  xmlXPathFreeContext(context);
  return found;
}

size_t xml_find_all(xmlNode *from, const char *path, xmlNode ***found) {
  xmlXPathObject *object = evaluate(from, path);
  size_t n = object && object->nodesetval ? (size_t)object->nodesetval->nodeNr : 0;
  *found = memory_take(n, sizeof **found);
  if (n) memcpy(*found, object->nodesetval->nodeTab, n * sizeof **found);
  xmlXPathFreeObject(object);
  return n;
}

xmlNode *xml_find(xmlNode *from, const char *path) {
  xmlNode **found;
  size_t n = xml_find_all(from, path, &found);
  xmlNode *first = n ? found[0] : NULL;
  free(found);
  return first;
}

static const char *text_of(const xmlAttr *attribute) {
  const xmlNode *text = attribute ? attribute->children : NULL;
  return text && text->content ? (const char *)text->content : "";
}

const char *xml_attribute(const xmlNode *node, const char *name) {
  return text_of(xmlHasNsProp(node, BAD_CAST name, NULL));
}

const char *xml_attribute_of_office(const xmlNode *node, const char *name) {
  return text_of(xmlHasNsProp(node, BAD_CAST name, BAD_CAST OOXML_OFFICE));
}

void xml_remove(xmlNode *node) {
  if (!node) return;
  xmlUnlinkNode(node);
  xmlFreeNode(node);
}

xmlNode *element_from(xmlNode *node) {
  while (node && node->type != XML_ELEMENT_NODE) node = node->next;
  return node;
}
