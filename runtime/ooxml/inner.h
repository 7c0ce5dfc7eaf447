/* inner.h: what a package is, for the files of this room. */
#ifndef KLYNGE_OOXML_INNER_H
#define KLYNGE_OOXML_INNER_H
#include "runtime/ooxml/ooxml.h"

#define TYPES_PART "[Content_Types].xml"

/* Parts are in a list, in the order in which they are written, and never move: whoever has found one may keep it. */
struct part {
  char *name;
  char *bytes;  size_t length;  /* as read or added; of XML that was changed, no longer what is written */
  xmlDoc *tree;                 /* NULL where it is no XML */
  bool is_changed;
  struct part *next;
};
struct package { struct part *first, **end; };

/* Adds a part and says nothing of its type. Takes the name and the bytes. */
struct part *part_new(struct package *package, char *name, char *bytes, size_t length);
/* Whether a name is that of XML. */
bool part_name_is_xml(const char *name);
/* Reads XML: NULL where it is not well formed, or brings a DTD. */
xmlDoc *xml_read(const char *bytes, size_t length);
/* Brings the bytes of a part in line with its tree. */
void part_write(struct part *part);

/* The next sibling that is an element, from `node` itself on; NULL after the last. */
xmlNode *element_from(xmlNode *node);
/* A sentence in memory of its own. */
char *ooxml_sentence(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The name of the part that holds the relationships of a part; and the part that a target names, seen from one. Freed by the caller. */
char *relationships_name(const char *from);
char *target_name(const char *from, const char *target);
/* The root of a part's relationships to read; NULL where it has none. */
xmlNode *relationships_root(struct package *package, const char *from);
#endif
