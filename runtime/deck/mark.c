/* mark.c: what the deck's texts were when it was written, so that a later refresh leaves alone what somebody has changed since.
 * Hashes of the texts stand in the presentation's tags, which PowerPoint keeps when it saves. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "runtime/deck/inner.h"
#include "runtime/memory/memory.h"

void mark_add(struct deck *deck, const char *name) {
  deck->marks = memory_resize(deck->marks, deck->n_marks + 1, sizeof *deck->marks);
  deck->marks[deck->n_marks++] = memory_text(name, strlen(name));
}

static void hash_of(xmlNode *shape, char out[17]) {
  xmlNode **texts;
  XXH64_state_t *state = XXH64_createState();
  if (!state) memory_exhausted();
  XXH64_reset(state, 0);
  size_t n = xml_find_all(shape, ".//a:t", &texts);
  for (size_t i = 0; i < n; i++) {
    xmlChar *text = xmlNodeGetContent(texts[i]);
    XXH64_update(state, text, strlen((const char *)text));
    xmlFree(text);
  }
  snprintf(out, 17, "%016llx", (unsigned long long)XXH64_digest(state));
  XXH64_freeState(state);
  free(texts);
}

/* The shape of this name at or below a node. Walked by hand: an XPath over all slides for each name takes seconds. */
static xmlNode *find_below(xmlNode *node, const char *name) {
  xmlNode *found = NULL;
  for (xmlNode *child = node->children; child && !found; child = child->next) {
    if (child->type != XML_ELEMENT_NODE) continue;
    bool is_it = strcmp((const char *)child->name, "cNvPr") == 0 && strcmp(xml_attribute(child, "name"), name) == 0;
    found = is_it ? child->parent->parent : find_below(child, name);
  }
  return found;
}

xmlNode *mark_find_shape(struct deck *deck, const char *name, struct part **part) {
  xmlNode *shape = NULL;
  for (*part = NULL; !shape && (*part = package_next(deck->package, *part));) {
    bool is_slide = strncmp(part_name(*part), "ppt/slides/", 11) == 0 || strncmp(part_name(*part), "ppt/notesSlides/", 16) == 0;
    if (is_slide && part_root(*part)) shape = find_below(part_root(*part), name);
  }
  return shape;
}

/* The part of tags that is ours; NULL where there is none. */
static struct part *find_tags(struct deck *deck) {
  char **names;
  struct part *found = NULL;
  size_t n = package_all_related(deck->package, deck->presentation, OOXML_KIND("tags"), &names);
  for (size_t i = 0; i < n && !found; i++) {
    struct part *part = package_find(deck->package, names[i]);
    if (part && part_root(part) && xml_find(part_root(part), "p:tag[@name='KLYNGE']")) found = part;
  }
  package_free_names(names, n);
  return found;
}

static struct part *make_tags(struct deck *deck) {
  struct xml xml = {0};
  char *name = package_free_name(deck->package, "ppt/tags/tag%u.xml");
  xml_put_raw(&xml, "<p:tagLst " SPACES "/>");
  struct part *part = package_add_xml(deck->package, name, OOXML_TYPE("presentationml.tags+xml"), &xml);
  char *id = package_relate(deck->package, deck->presentation, OOXML_KIND("tags"), name);
  xmlNode *list = deck_list(deck, "custDataLst"), *line = xmlNewChild(list, list->ns, BAD_CAST "tags", NULL);
  xmlNs *office = xmlSearchNsByHref(list->doc, list, BAD_CAST OOXML_OFFICE);
  xmlNewNsProp(line, office ? office : xmlNewNs(list, BAD_CAST OOXML_OFFICE, BAD_CAST "r"), BAD_CAST "id", BAD_CAST id);
  free(id);
  free(name);
  return part;
}

/* PowerPoint writes names of tags in capitals. */
static xmlNode *find_tag(xmlNode *root, const char *name) {
  for (xmlNode *tag = root->children; tag; tag = tag->next)
    if (tag->type == XML_ELEMENT_NODE && strcasecmp(xml_attribute(tag, "name"), name) == 0) return tag;
  return NULL;
}

static void put_tag(xmlNode *root, const char *name, const char *value) {
  xmlNode *tag = find_tag(root, name);
  if (!tag) {
    tag = xmlNewChild(root, root->ns, BAD_CAST "tag", NULL);
    xmlSetProp(tag, BAD_CAST "name", BAD_CAST name);
  }
  xmlSetProp(tag, BAD_CAST "val", BAD_CAST value);
}

void mark_write(struct deck *deck) {
  struct part *tags = find_tags(deck), *part;
  if (!tags) tags = make_tags(deck);
  xmlNode *root = part_change(tags);
  put_tag(root, "KLYNGE", "1");
  for (size_t i = 0; i < deck->n_marks; i++) {
    char hash[17];
    xmlNode *shape = mark_find_shape(deck, deck->marks[i], &part);
    if (!shape) continue;
    hash_of(shape, hash);
    put_tag(root, deck->marks[i], hash);
  }
}

bool mark_is_untouched(struct deck *deck, const char *name, xmlNode *shape) {
  char hash[17];
  struct part *tags = find_tags(deck);
  const xmlNode *tag = tags ? find_tag(part_root(tags), name) : NULL;
  hash_of(shape, hash);
  return !tag || strcmp(xml_attribute(tag, "val"), hash) == 0;
}
