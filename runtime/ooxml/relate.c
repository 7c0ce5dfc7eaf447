/* relate.c: which part refers to which. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "runtime/memory/memory.h"
#include "runtime/ooxml/inner.h"

/* ── names: a target is seen from the folder of the part that refers to it ───────────────────────────────────────── */

static size_t folder_length(const char *name) {
  const char *slash = strrchr(name, '/');
  return slash ? (size_t)(slash + 1 - name) : 0;
}

char *relationships_name(const char *from) {
  size_t folder = folder_length(from);
  return ooxml_sentence("%.*s_rels/%s.rels", (int)folder, from, from + folder);
}

/* Goes from a folder ("ppt/slides/") the steps of a path; .. leaves it. There is room for both. */
static void walk(char *path, const char *steps) {
  while (*steps) {
    size_t length = strcspn(steps, "/"), end = strlen(path);
    if (length == 2 && strncmp(steps, "..", 2) == 0) {
      if (end > 0) path[end - 1] = '\0';
      path[folder_length(path)] = '\0';
    } else if (length > 0 && !(length == 1 && *steps == '.')) {
      sprintf(path + end, "%.*s%s", (int)length, steps, steps[length] ? "/" : "");
    }
    steps += length + (steps[length] == '/');
  }
}

char *target_name(const char *from, const char *target) {
  char *path = memory_take(strlen(from) + strlen(target) + 2, 1);
  memcpy(path, from, *target == '/' ? 0 : folder_length(from));
  walk(path, target);
  return path;
}

/* How `to` is written, seen from `from`: up out of the folders that are not its own. */
static char *write_target(const char *from, const char *to) {
  size_t same = 0, n_up = 0;
  for (size_t i = 0; from[i] && from[i] == to[i]; i++)
    if (from[i] == '/') same = i + 1;
  for (const char *rest = from + same; (rest = strchr(rest, '/')); rest++) n_up++;
  char *target = memory_take(3 * n_up + strlen(to + same) + 1, 1);
  for (size_t i = 0; i < n_up; i++) strcat(target, "../");
  return strcat(target, to + same);
}

/* ── finding ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct part *find_relationships(struct package *package, const char *from) {
  char *name = relationships_name(from);
  struct part *part = package_find(package, name);
  free(name);
  return part;
}

xmlNode *relationships_root(struct package *package, const char *from) {
  struct part *part = find_relationships(package, from);
  return part ? part_root(part) : NULL;
}

static xmlNode *first_relationship(struct package *package, const char *from) {
  xmlNode *root = relationships_root(package, from);
  return root ? element_from(root->children) : NULL;
}

static xmlNode *find_id(struct package *package, const char *from, const char *id) {
  xmlNode *line = first_relationship(package, from);
  while (line && strcmp(xml_attribute(line, "Id"), id) != 0) line = element_from(line->next);
  return line;
}

/* Documents of the strict kind name kinds of relationships otherwise: only what stands behind the last slash is alike. */
static bool is_of_kind(const xmlNode *line, const char *kind) {
  const char *own = xml_attribute(line, "Type"), *slash = strrchr(own, '/');
  return slash && strcmp(slash, strrchr(kind, '/')) == 0 &&
         strcasecmp(xml_attribute(line, "TargetMode"), "External") != 0;
}

char *package_target(struct package *package, const char *from, const char *id) {
  const xmlNode *line = find_id(package, from, id);
  if (!line || strcasecmp(xml_attribute(line, "TargetMode"), "External") == 0) return NULL;
  return target_name(from, xml_attribute(line, "Target"));
}

size_t package_all_related(struct package *package, const char *from, const char *kind, char ***names) {
  size_t n = 0;
  *names = NULL;
  for (xmlNode *line = first_relationship(package, from); line; line = element_from(line->next))
    if (is_of_kind(line, kind)) {
      *names = memory_resize(*names, n + 1, sizeof **names);
      (*names)[n++] = target_name(from, xml_attribute(line, "Target"));
    }
  return n;
}

void package_free_names(char **names, size_t n) {
  for (size_t i = 0; i < n; i++) free(names[i]);
  free(names);
}

char *package_related(struct package *package, const char *from, const char *kind) {
  for (xmlNode *line = first_relationship(package, from); line; line = element_from(line->next))
    if (is_of_kind(line, kind)) return target_name(from, xml_attribute(line, "Target"));
  return NULL;
}

char *package_id_of(struct package *package, const char *from, const char *to) {
  for (xmlNode *line = first_relationship(package, from); line; line = element_from(line->next)) {
    char *target = target_name(from, xml_attribute(line, "Target"));
    bool is_it = strcasecmp(target, to) == 0 && strcasecmp(xml_attribute(line, "TargetMode"), "External") != 0;
    free(target);
    if (is_it) return memory_text(xml_attribute(line, "Id"), strlen(xml_attribute(line, "Id")));
  }
  return NULL;
}

/* ── changing ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The part of relationships, made where there is none. How its name ends says what it is. */
static struct part *need_relationships(struct package *package, const char *from) {
  struct part *part = find_relationships(package, from);
  if (part) return part;
  struct xml xml = {0};
  xml_put(&xml, "<Relationships xmlns='%s'/>", OOXML_RELATIONSHIPS);
  part = part_new(package, relationships_name(from), NULL, 0);
  part_replace_xml(part, &xml);
  return part;
}

char *package_relate(struct package *package, const char *from, const char *kind, const char *to) {
  xmlNode *root = part_change(need_relationships(package, from));
  unsigned long highest = 0;
  for (xmlNode *line = element_from(root->children); line; line = element_from(line->next)) {
    const char *id = xml_attribute(line, "Id");
    unsigned long number = strncmp(id, "rId", 3) == 0 ? strtoul(id + 3, NULL, 10) : 0;
    if (number > highest && number < UINT32_MAX) highest = number;
  }
  char *id = ooxml_sentence("rId%lu", highest + 1), *target = write_target(from, to);
  xmlNode *line = xmlNewChild(root, root->ns, BAD_CAST "Relationship", NULL);
  xmlNewProp(line, BAD_CAST "Id", BAD_CAST id);
  xmlNewProp(line, BAD_CAST "Type", BAD_CAST kind);
  xmlNewProp(line, BAD_CAST "Target", BAD_CAST target);
  free(target);
  return id;
}

void package_unrelate(struct package *package, const char *from, const char *id) {
  xmlNode *line = find_id(package, from, id);
  if (!line) return;
  part_change(find_relationships(package, from));
  xml_remove(line);
}
