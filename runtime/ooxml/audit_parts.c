/* audit_parts.c: what must hold in presentations, papers and charts. */
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"
#include "runtime/ooxml/audit.h"

/* ── presentations ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* Masters and layouts draw their ids from one lot, from 2147483648 on. */
static void look_at_masters(struct audit *audit) {
  xmlNode **ids = NULL;
  size_t n = 0;
  for (struct part *part = NULL; (part = package_next(audit->package, part));) {
    xmlNode *root = part_root(part), **found;
    if (!root) continue;
    size_t n_found = xml_find_all(root, "//p:sldMasterId|//p:sldLayoutId", &found);
    ids = memory_resize(ids, n + n_found + 1, sizeof *ids);
    memcpy(ids + n, found, n_found * sizeof *ids);
    n += n_found;
    free(found);
  }
  for (size_t i = 0; i < n; i++)
    if (strtoull(xml_attribute(ids[i], "id"), NULL, 10) < UINT64_C(2147483648))
      audit_tell(audit, "the id of a master or layout is too small: %s", xml_attribute(ids[i], "id"));
  audit_ids(audit, "masters and layouts", ids, n, "id");
  free(ids);
}

/* Office repairs a file in which two masters share a theme. */
static void look_at_themes(struct audit *audit) {
  for (struct part *theme = NULL; (theme = package_next(audit->package, theme));) {
    size_t n_users = 0;
    if (strcmp(package_type(audit->package, part_name(theme)), OOXML_TYPE("theme+xml")) != 0) continue;
    for (struct part *part = NULL; (part = package_next(audit->package, part));) {
      if (!strstr(part_name(part), "Masters/") || strstr(part_name(part), "_rels/")) continue;
      char *own = package_related(audit->package, part_name(part), OOXML_KIND("theme"));
      n_users += own && strcmp(own, part_name(theme)) == 0;
      free(own);
    }
    if (n_users > 1) audit_tell(audit, "%s: the theme of %zu masters", part_name(theme), n_users);
  }
}

static void look_at_sections(struct audit *audit, struct part *presentation) {
  xmlNode *root = part_root(presentation), **named;
  size_t n = xml_find_all(root, "//p14:sectionLst//p14:sldId", &named);
  for (size_t i = 0; i < n; i++) {
    char path[96];
    snprintf(path, sizeof path, "//p:sldId[@id='%.20s']", xml_attribute(named[i], "id"));
    if (!xml_find(root, path))
      audit_tell(audit, "a section names slide %s, which is not there", xml_attribute(named[i], "id"));
  }
  free(named);
  n = xml_find_all(root, "//p:sldId", &named);
  for (size_t i = 0; i < n; i++)
    if (strtoul(xml_attribute(named[i], "id"), NULL, 10) < 256)
      audit_tell(audit, "the id of a slide is too small: %s", xml_attribute(named[i], "id"));
  free(named);
}

void audit_slides(struct audit *audit) {
  struct part *presentation = package_find(audit->package, "ppt/presentation.xml");
  if (!presentation || !part_root(presentation)) return;
  look_at_masters(audit);
  look_at_themes(audit);
  look_at_sections(audit, presentation);
}

/* ── papers ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Word takes a style that is not there for Normal, and says nothing. */
static void look_at_styles(struct audit *audit, xmlNode *root) {
  struct part *styles = package_find(audit->package, "word/styles.xml");
  xmlNode **used;
  size_t n = xml_find_all(root, "//w:pStyle/@w:val|//w:tblStyle/@w:val", &used);
  for (size_t i = 0; i < n; i++) {
    char path[96];
    xmlChar *id = xmlNodeGetContent(used[i]);
    snprintf(path, sizeof path, "//w:style[@w:styleId='%.40s']", (const char *)id);
    if (!styles || !part_root(styles) || !xml_find(part_root(styles), path)) audit_tell(audit, "there is no style %s", id);
    xmlFree(id);
  }
  free(used);
}

/* Word repairs a file with a cell that does not end in a paragraph, or a table that nothing follows. */
static void look_at_tables(struct audit *audit, xmlNode *root) {
  static const char *const wrong[][2] = {
      {"//w:tc[not(*[last()][self::w:p])]", "a cell does not end in a paragraph"},
      {"//w:tbl[not(following-sibling::*[1][self::w:p])]", "no paragraph follows a table"},
      {"//w:tbl[w:tr[count(w:tc) != count(../w:tblGrid/w:gridCol)]]", "a row of a table has not as many cells as there are columns"},
      {"//w:tbl[not(w:tr[1]/w:trPr/w:tblHeader)]", "the titles of a table are not marked"},
  };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    if (xml_find(root, wrong[i][0])) audit_tell(audit, "%s", wrong[i][1]);
}

void audit_words(struct audit *audit) {
  struct part *document = package_find(audit->package, "word/document.xml");
  if (!document || !part_root(document)) return;
  look_at_styles(audit, part_root(document));
  look_at_tables(audit, part_root(document));
}

/* ── charts ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* How many cells Data!$B$2:$B$9 has; one cell has no colon. 0 where it is no part of one column. */
static unsigned long cells_of(const char *range) {
  const char *cell = strrchr(range, '!'), *colon = cell ? strchr(cell, ':') : NULL;
  if (!cell) return 0;
  unsigned long first = strtoul(cell + 1 + strcspn(cell + 1, "0123456789"), NULL, 10);
  if (!colon) return 1;
  unsigned long last = strtoul(colon + 1 + strcspn(colon + 1, "0123456789"), NULL, 10);
  return last >= first ? last - first + 1 : 0;
}

static bool is_number(const char *text) {
  char *end;
  strtod(text, &end);
  return end != text && *end == '\0';
}

static void look_at_cache(struct audit *audit, const char *where, xmlNode *cache) {
  xmlNode **points, *count = xml_find(cache, "c:ptCount"), *range = xml_find(cache, "../c:f");
  unsigned long n = count ? strtoul(xml_attribute(count, "val"), NULL, 10) : 0;
  xmlChar *cells = range ? xmlNodeGetContent(range) : NULL;
  if (!count) audit_tell(audit, "%s: a cache without a count", where);
  if (cells && cells_of((const char *)cells) != n)
    audit_tell(audit, "%s: %lu values are cached of %s", where, n, cells);
  xmlFree(cells);
  size_t n_points = xml_find_all(cache, "c:pt", &points);
  for (size_t i = 0; i < n_points; i++) {
    xmlChar *value = xmlNodeGetContent(xml_find(points[i], "c:v"));
    if (strtoul(xml_attribute(points[i], "idx"), NULL, 10) >= n)
      audit_tell(audit, "%s: a cached value beyond the count", where);
    if (strcmp((const char *)cache->name, "numCache") == 0 && !is_number((const char *)value))
      audit_tell(audit, "%s: %s is no number", where, value);
    xmlFree(value);
  }
  audit_ids(audit, where, points, n_points, "idx");
  free(points);
}

void audit_charts(struct audit *audit) {
  for (struct part *part = NULL; (part = package_next(audit->package, part));) {
    xmlNode *root = part_root(part), **caches;
    if (!root || strcmp((const char *)root->name, "chartSpace") != 0) continue;
    size_t n = xml_find_all(root, "//c:numCache|//c:strCache", &caches);
    for (size_t i = 0; i < n; i++) look_at_cache(audit, part_name(part), caches[i]);
    free(caches);
  }
}
