/* audit.c: what must hold in a package and no schema says: between its parts, and between numbers in one part. Each check is a
 * function of the package, and none mends anything. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "runtime/memory/memory.h"
#include "runtime/ooxml/audit.h"
#include "runtime/ooxml/inner.h"

void audit_tell(struct audit *audit, const char *format, ...) {
  va_list list;
  va_start(list, format);
  vfprintf(audit->out, format, list);
  va_end(list);
  fputc('\n', audit->out);
  audit->n++;
}

static bool is_relationships(const struct part *part) { return strstr(part->name, "_rels/") != NULL; }

/* ── types ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void look_at_types(struct audit *audit) {
  xmlNode *types = part_root(package_find(audit->package, TYPES_PART)), **lines;
  for (struct part *part = audit->package->first; part; part = part->next)
    if (strcmp(part->name, TYPES_PART) != 0 && !*package_type(audit->package, part->name))
      audit_tell(audit, "%s: has no content type", part->name);
  size_t n = xml_find_all(types, "ct:Override", &lines);
  for (size_t i = 0; i < n; i++) {
    const char *name = xml_attribute(lines[i], "PartName");
    if (*name != '/' || !package_find(audit->package, name + 1))
      audit_tell(audit, "%s: has a content type and is not there", name);
  }
  audit_ids(audit, TYPES_PART, lines, n, "PartName");
  free(lines);
}

/* ── relationships ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* The part whose relationships a part holds: "ppt/slides/slide1.xml" of "ppt/slides/_rels/slide1.xml.rels". */
static char *owner_of(const char *name) {
  const char *rels = strstr(name, "_rels/");
  char *owner = ooxml_sentence("%.*s%s", (int)(rels - name), name, rels + strlen("_rels/"));
  owner[strlen(owner) - strlen(".rels")] = '\0';
  return owner;
}

static bool is_external(const xmlNode *line) { return strcasecmp(xml_attribute(line, "TargetMode"), "External") == 0; }

static void look_at_relationships_of(struct audit *audit, struct part *part) {
  xmlNode **lines;
  size_t n = xml_find_all(part_root(part), "rel:Relationship", &lines);
  char *owner = owner_of(part->name);
  if (*owner && !package_find(audit->package, owner))
    audit_tell(audit, "%s: relationships of a part that is not there", part->name);
  for (size_t i = 0; i < n; i++) {
    char *target = target_name(owner, xml_attribute(lines[i], "Target"));
    if (!is_external(lines[i]) && !package_find(audit->package, target))
      audit_tell(audit, "%s: leads to %s, which is not there", part->name, target);
    free(target);
  }
  audit_ids(audit, part->name, lines, n, "Id");
  free(owner);
  free(lines);
}

/* Every r:id, r:embed, r:link … of a part is one of its relationships. */
static void look_at_references_of(struct audit *audit, struct part *part) {
  xmlNode **found;
  size_t n = xml_find_all(part_root(part), "//@r:*", &found);
  for (size_t i = 0; i < n; i++) {
    const char *id = found[i]->children ? (const char *)found[i]->children->content : "";
    bool is_there = false;
    xmlNode *root = relationships_root(audit->package, part->name);
    for (xmlNode *line = root ? element_from(root->children) : NULL; line; line = element_from(line->next))
      if (strcmp(xml_attribute(line, "Id"), id) == 0) is_there = true;
    if (*id && !is_there) audit_tell(audit, "%s: %s names no relationship", part->name, id);
  }
  free(found);
}

static void look_at_relationships(struct audit *audit) {
  for (struct part *part = audit->package->first; part; part = part->next) {
    if (!part->tree) continue;
    if (is_relationships(part))
      look_at_relationships_of(audit, part);
    else
      look_at_references_of(audit, part);
  }
}

/* Whether some part's relationships lead to this one. */
static bool is_led_to(struct audit *audit, const char *name) {
  for (struct part *part = audit->package->first; part; part = part->next) {
    if (!part->tree || !is_relationships(part)) continue;
    char *owner = owner_of(part->name);
    bool is_found = false;
    for (xmlNode *line = element_from(part_root(part)->children); line && !is_found; line = element_from(line->next)) {
      char *target = target_name(owner, xml_attribute(line, "Target"));
      is_found = !is_external(line) && strcasecmp(target, name) == 0;
      free(target);
    }
    free(owner);
    if (is_found) return true;
  }
  return false;
}

static void look_for_orphans(struct audit *audit) {
  for (struct part *part = audit->package->first; part; part = part->next)
    if (strcmp(part->name, TYPES_PART) != 0 && !is_relationships(part) && !is_led_to(audit, part->name))
      audit_tell(audit, "%s: nothing leads to this part", part->name);
}

/* ── ids ─────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static int by_text(const void *left, const void *right) {
  return strcasecmp(*(const char *const *)left, *(const char *const *)right);
}

void audit_ids(struct audit *audit, const char *where, xmlNode **nodes, size_t n, const char *attribute) {
  const char **ids = memory_take(n, sizeof *ids);
  size_t n_ids = 0;
  for (size_t i = 0; i < n; i++)
    if (*xml_attribute(nodes[i], attribute)) ids[n_ids++] = xml_attribute(nodes[i], attribute);
  qsort(ids, n_ids, sizeof *ids, by_text);
  for (size_t i = 1; i < n_ids; i++)
    if (strcasecmp(ids[i - 1], ids[i]) == 0) audit_tell(audit, "%s: %s %s is there twice", where, attribute, ids[i]);
  free(ids);
}

static void look_at_ids(struct audit *audit) {
  static const char *const paths[][2] = {
      {"//p:cNvPr", "id"},         {"//p:sldId", "id"},      {"//wp:docPr", "id"},
      {"//w:bookmarkStart", "id"}, {"//c:ser/c:idx", "val"},
  };
  for (struct part *part = audit->package->first; part; part = part->next)
    for (size_t i = 0; part->tree && i < sizeof paths / sizeof *paths; i++) {
      xmlNode **nodes;
      size_t n = xml_find_all(part_root(part), paths[i][0], &nodes);
      audit_ids(audit, part->name, nodes, n, paths[i][1]);
      free(nodes);
    }
}

/* ── all ─────────────────────────────────────────────────────────────────────────────────────────────────────────── */

size_t package_audit(const char *path, FILE *out) {
  char *error;
  struct audit audit = {.package = package_open(path, &error), .out = out};
  if (!audit.package) {
    audit_tell(&audit, "%s", error);
    free(error);
    return audit.n;
  }
  look_at_types(&audit);
  look_at_relationships(&audit);
  look_for_orphans(&audit);
  look_at_ids(&audit);
  audit_slides(&audit);
  audit_charts(&audit);
  audit_words(&audit);
  package_free(audit.package);
  return audit.n;
}
