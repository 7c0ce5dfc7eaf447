/* refresh.c: new figures in a deck that somebody has worked on. A whole new deck is made beside it, and what stands there under the
 * same name is carried over: into charts always, into tables, texts and notes where they still say what they said. */
#include <stdlib.h>
#include <string.h>
#include "runtime/deck/inner.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

struct refresh {
  struct deck old, fresh;
  FILE *out;
  size_t n_changed, n_kept, n_missing;
};

/* ── charts ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The part with the chart that a frame shows; NULL where it shows none. */
static char *chart_of(struct deck *deck, struct part *slide, xmlNode *frame) {
  const xmlNode *chart = xml_find(frame, ".//c:chart");
  return chart ? package_target(deck->package, part_name(slide), xml_attribute_of_office(chart, "id")) : NULL;
}

/* Puts the new workbook in the place of the old one, or beside the chart where there was none; and the chart names it. */
static void carry_workbook(struct refresh *refresh, const char *old_chart, const char *fresh_chart, struct xml *xml) {
  struct package *old = refresh->old.package, *fresh = refresh->fresh.package;
  char *from = package_related(fresh, fresh_chart, OOXML_KIND("package")),
       *to = package_related(old, old_chart, OOXML_KIND("package")), *id = NULL;
  size_t length;
  const char *bytes = from ? part_bytes(package_find(fresh, from), &length) : NULL;
  if (bytes && to && package_find(old, to)) {
    part_replace_bytes(package_find(old, to), bytes, length);
    id = package_id_of(old, old_chart, to);
  } else if (bytes) {
    free(to);
    to = package_free_name(old, "ppt/embeddings/klynge_data%u.xlsx");
    package_add_bytes(old, to, OOXML_TYPE("spreadsheetml.sheet"), bytes, length);
    id = package_relate(old, old_chart, OOXML_KIND("package"), to);
  }
  part_replace_xml(package_find(old, old_chart), xml);
  xmlNode *external = xml_find(part_change(package_find(old, old_chart)), "c:externalData");
  if (external && id) {
    xmlNs *office = xmlSearchNsByHref(external->doc, external, BAD_CAST OOXML_OFFICE);
    xmlSetNsProp(external, office, BAD_CAST "id", BAD_CAST id);
  }
  free(from);
  free(to);
  free(id);
}

static bool carry_chart(struct refresh *refresh, struct part *old_slide, xmlNode *old, struct part *fresh_slide,
                        xmlNode *fresh) {
  char *from = chart_of(&refresh->fresh, fresh_slide, fresh), *to = chart_of(&refresh->old, old_slide, old);
  bool is_there = from && to && package_find(refresh->old.package, to);
  if (is_there) {
    struct xml xml = {0};
    size_t length;
    xml_put_raw(&xml, part_bytes(package_find(refresh->fresh.package, from), &length));
    carry_workbook(refresh, to, from, &xml);
    part_change(old_slide);
    xmlNode *properties = xml_find(old, "p:nvGraphicFramePr/p:cNvPr");
    xmlSetProp(properties, BAD_CAST "descr",
               BAD_CAST xml_attribute(xml_find(fresh, "p:nvGraphicFramePr/p:cNvPr"), "descr"));
  }
  free(from);
  free(to);
  return is_there;
}

/* ── texts and tables ────────────────────────────────────────────────────────────────────────────────────────────── */

/* Puts what an XPath finds in the new shape in the place of what it finds in the old one. */
static bool carry(struct part *part, xmlNode *old, xmlNode *fresh, const char *path) {
  xmlNode *from = xml_find(fresh, path), *to = xml_find(old, path);
  if (!from || !to) return false;
  part_change(part);
  xmlNode *copy = xmlDocCopyNode(from, to->doc, 1);
  if (!copy) memory_exhausted();
  xmlReplaceNode(to, copy);
  xmlFreeNode(to);
  xmlReconciliateNs(copy->doc, copy);
  return true;
}

/* The paragraphs alone: how the box holds them may have been changed. */
static bool carry_text(struct part *part, xmlNode *old, xmlNode *fresh) {
  xmlNode *body = xml_find(old, "p:txBody"), **paragraphs;
  if (!body || !xml_find(fresh, "p:txBody")) return false;
  part_change(part);
  size_t n = xml_find_all(body, "a:p", &paragraphs);
  for (size_t i = 0; i < n; i++) xml_remove(paragraphs[i]);
  free(paragraphs);
  n = xml_find_all(fresh, "p:txBody/a:p", &paragraphs);
  for (size_t i = 0; i < n; i++) {
    xmlNode *copy = xmlAddChild(body, xmlDocCopyNode(paragraphs[i], body->doc, 1));
    xmlReconciliateNs(body->doc, copy);
  }
  free(paragraphs);
  return true;
}

/* ── all shapes ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void refresh_shape(struct refresh *refresh, const char *name) {
  struct part *old_part, *fresh_part;
  xmlNode *old = mark_find_shape(&refresh->old, name, &old_part),
          *fresh = mark_find_shape(&refresh->fresh, name, &fresh_part);
  if (!fresh) return;
  if (!old) {
    fprintf(refresh->out, _("%s: the deck has no such shape (any more)\n"), name);
    refresh->n_missing++;
    return;
  }
  bool is_chart = xml_find(old, ".//c:chart") != NULL;
  if (!is_chart && !mark_is_untouched(&refresh->old, name, old)) {
    fprintf(refresh->out, _("%s: kept, for its text has been changed\n"), name);
    refresh->n_kept++;
    return;
  }
  bool is_carried = is_chart ? carry_chart(refresh, old_part, old, fresh_part, fresh)
                             : carry(old_part, old, fresh, ".//a:tbl") || carry_text(old_part, old, fresh);
  if (!is_carried) return;
  refresh->n_changed++;
  mark_add(&refresh->old, name);
}

/* Charts of which this result says nothing keep figures of another day: that must be known. */
static void tell_stale(struct refresh *refresh) {
  for (struct part *part = NULL; (part = package_next(refresh->old.package, part));) {
    xmlNode **names;
    struct part *found;
    if (strncmp(part_name(part), "ppt/slides/", 11) != 0 || !part_root(part)) continue;
    size_t n =
        xml_find_all(part_root(part),
                     "//p:graphicFrame[.//c:chart]/p:nvGraphicFramePr/p:cNvPr[starts-with(@name, 'klynge:')]", &names);
    for (size_t i = 0; i < n; i++)
      if (!mark_find_shape(&refresh->fresh, xml_attribute(names[i], "name"), &found))
        fprintf(refresh->out, _("%s: not in this result: its figures are the old ones\n"),
                xml_attribute(names[i], "name"));
    free(names);
  }
}

static bool run(struct refresh *refresh, const char *path, char **error) {
  for (size_t i = 0; i < refresh->fresh.n_marks; i++) refresh_shape(refresh, refresh->fresh.marks[i]);
  tell_stale(refresh);
  mark_write(&refresh->old);
  fprintf(refresh->out, _("New figures in %zu shapes; %zu kept as they were changed; %zu not in the deck.\n"),
          refresh->n_changed, refresh->n_kept, refresh->n_missing);
  return package_save(refresh->old.package, path, refresh->old.meeting->index, error);
}

bool deck_refresh(const struct meeting *meeting, const char *old, const char *path, FILE *out, char **error) {
  struct refresh refresh = {.out = out, .old = {.meeting = meeting, .language = meeting->danish ? "da-DK" : "en-GB"}};
  *error = NULL;
  struct package *package = deck_open(old, error);
  if (!package) return false;
  bool is_well = deck_begin(&refresh.old, package, error);
  if (is_well && (is_well = deck_make(&refresh.fresh, meeting, NULL, error))) {
    is_well = run(&refresh, path, error);
    package_free(refresh.fresh.package);
    deck_end(&refresh.fresh);
  }
  deck_end(&refresh.old);
  package_free(package);
  return is_well;
}
