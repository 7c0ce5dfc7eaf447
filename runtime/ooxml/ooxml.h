/* ooxml.h: the files of Office (pptx, docx, xlsx) as what they are: a zip of parts, most of them XML, with a list of what
 * kind each part is and, beside each, a list of what it refers to. libzip does the zip and libxml2 the XML; here is what
 * stands between them and documents.
 *
 *     package_new / package_open ──> parts added, changed, removed; relationships ──> package_save
 *
 * A package is read from templates of anybody's, so nothing in it is trusted: sizes and numbers of entries are limited,
 * there is no network and no DTD, and every XML part is well formed before package_open returns. What is written depends
 * on nothing but what was put in: the same parts in the same order give the same bytes. */
#ifndef KLYNGE_OOXML_H
#define KLYNGE_OOXML_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <libxml/tree.h>

/* ── namespaces and kinds of relationships and parts ─────────────────────────────────────────────────────────────── */

#define OOXML_OFFICE        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define OOXML_DRAWING       "http://schemas.openxmlformats.org/drawingml/2006/main"
#define OOXML_CHART         "http://schemas.openxmlformats.org/drawingml/2006/chart"
#define OOXML_PRESENTATION  "http://schemas.openxmlformats.org/presentationml/2006/main"
#define OOXML_WORDS         "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define OOXML_RELATIONSHIPS "http://schemas.openxmlformats.org/package/2006/relationships"
#define OOXML_TYPES         "http://schemas.openxmlformats.org/package/2006/content-types"
/* A kind of relationship: OOXML_KIND("slide"). */
#define OOXML_KIND(kind)    OOXML_OFFICE "/" kind
/* A content type: OOXML_TYPE("presentationml.slide+xml"). */
#define OOXML_TYPE(type)    "application/vnd.openxmlformats-officedocument." type

/* ── writing XML (xml.c) ─────────────────────────────────────────────────────────────────────────────────────────── */

/* XML that grows at its end; begins as {0}. `text` is freed by the caller, or taken by package_add_xml. */
struct xml { char *text; size_t length, room; };

/* Writes as printf does, so that XML stands in the source as it stands in the file; but %s is escaped for text and
 * attributes alike (what XML cannot hold becomes U+FFFD), and %g is the shortest number that reads back to the same, with
 * a point. Of printf's letters there are %s %d %u %zu %lld %g %%, and nothing between the sign and the letter. */
void xml_put(struct xml *xml, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Writes XML as it is. */
void xml_put_raw(struct xml *xml, const char *text);

/* ── finding in XML (find.c) ─────────────────────────────────────────────────────────────────────────────────────── */

/* The first element or attribute that an XPath finds, seen from a node; NULL where there is none. Prefixes: a drawing, c chart,
 * p presentation, p14 its later additions, r office relationships, w words, wp drawings in words, ct types, rel relationships. */
xmlNode *xml_find(xmlNode *from, const char *path);
/* All that an XPath finds, in the order of the document: how many, and the nodes in an array that the caller frees. */
size_t xml_find_all(xmlNode *from, const char *path, xmlNode ***found);
/* An attribute without a namespace, or of office relationships; "" where it is not there. Borrowed: it lives as long as
 * the node does not change. */
const char *xml_attribute(const xmlNode *node, const char *name);
const char *xml_attribute_of_office(const xmlNode *node, const char *name);
/* Takes a node out of its tree and frees it; NULL is fine. */
void xml_remove(xmlNode *node);

/* ── a package (package.c, read.c, write.c) ──────────────────────────────────────────────────────────────────────── */

struct package;
struct part;

/* A package without parts but its list of content types. */
struct package *package_new(void);
/* Reads one: NULL with *error (a sentence, freed by the caller) where it cannot be read, or is more than is ever needed. */
struct package *package_open(const char *path, char **error);
void package_free(struct package *package);
/* Writes it whole or not at all: beside its place, synced, renamed. All entries carry the date (days since 1970-01-01) as their
 * time. False with *error (a sentence, freed by the caller). */
bool package_save(struct package *package, const char *path, int32_t date, char **error);

/* ── a file in its place (place.c) ───────────────────────────────────────────────────────────────────────────────── */

/* Writes a file whole or not at all, whatever it is of: `write` writes it beside its place, into a file that is there and empty; then
 * it is synced and renamed. Who may read it is as usual, or nobody but its owner from the first byte on. False with *error (a
 * sentence, freed by the caller), and nothing is left beside the place. */
enum package_readers { PACKAGE_READERS_USUAL, PACKAGE_OWNER_ALONE };
typedef bool package_writer(const void *what, const char *path, char **error);
bool package_place(const char *path, enum package_readers readers, package_writer *write, const void *what, char **error);
/* The same for bytes that are a file already: a page. */
bool package_save_bytes(const char *bytes, size_t length, const char *path, char **error);
/* Whether a package that a library has written can be read again: libxlsxwriter does not notice that a temporary file could not
 * grow, and puts into the zip what there is of it. */
bool package_is_whole(const char *path, char **error);

/* The part of this name ("ppt/slides/slide1.xml", without a slash before it, upper and lower case alike); NULL where there is none. */
struct part *package_find(struct package *package, const char *name);
/* All parts in order: NULL gives the first, and the last gives NULL. */
struct part *package_next(struct package *package, struct part *part);
const char *part_name(const struct part *part);

/* Adds a part whose name there is not yet, and says in the list of content types what it is. The XML, which must be well formed,
 * is taken and freed; it needs no declaration. Bytes are copied. */
struct part *package_add_xml(struct package *package, const char *name, const char *type, struct xml *xml);
struct part *package_add_bytes(struct package *package, const char *name, const char *type, const char *bytes, size_t length);
/* Takes a part away, its relationships to others, and its line in the list of types. What refers to it is the caller's. */
void package_remove(struct package *package, const char *name);
/* Puts a number into a pattern with one %u so that no part has the name yet; freed by the caller. */
char *package_free_name(struct package *package, const char *pattern) __attribute__((format(printf, 2, 0)));

/* The type of a part, "" where none is known; and gives it another. */
const char *package_type(struct package *package, const char *name);
void package_set_type(struct package *package, const char *name, const char *type);

/* The root element of a part that is XML, to read; NULL where it is none. And to change: so it is written anew. */
xmlNode *part_root(struct part *part);
xmlNode *part_change(struct part *part);
const char *part_bytes(struct part *part, size_t *length);
/* Replaces what a part holds. The XML is taken and freed. */
void part_replace_xml(struct part *part, struct xml *xml);
void part_replace_bytes(struct part *part, const char *bytes, size_t length);

/* ── relationships (relate.c): `from` is the name of a part, "" the package itself ───────────────────────────────── */

/* Relates one part to another and gives the id ("rId3", freed by the caller). */
char *package_relate(struct package *package, const char *from, const char *kind, const char *to);
/* Takes a relationship away by its id; nothing where there is none. */
void package_unrelate(struct package *package, const char *from, const char *id);
/* The part that a relationship leads to: by its id, or the first of a kind. Freed by the caller; NULL where there is none, or it
 * leads out of the package. */
char *package_target(struct package *package, const char *from, const char *id);
char *package_related(struct package *package, const char *from, const char *kind);
/* The id of the first relationship that leads to a part; freed by the caller, NULL where there is none. */
char *package_id_of(struct package *package, const char *from, const char *to);
/* All of a kind: how many, and the names in an array; freed by package_free_names. */
size_t package_all_related(struct package *package, const char *from, const char *kind, char ***names);
void package_free_names(char **names, size_t n);

/* ── properties (properties.c) ───────────────────────────────────────────────────────────────────────────────────────── */

/* Says in the package's core properties what it is called, in which language it is ("da-DK"), and of which day (days since
 * 1970-01-01). What stood there is gone: a template's author and company do not go along. */
void package_set_properties(struct package *package, const char *title, const char *language, int32_t date);

/* ── audit (audit.c): what a validator of schemas does not see ───────────────────────────────────────────────────── */

/* Looks through a file and writes each finding as a line: parts without a type, types without a part, relationships that lead
 * nowhere, parts to which none leads, ids used twice, caches of charts that do not fit what they cache, numbers that are
 * none, sections that name slides which are not there, styles that there are not, tables that are not whole. Gives how many there are. For tests. */
size_t package_audit(const char *path, FILE *out);
#endif
