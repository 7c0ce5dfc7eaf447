/* layout.c: finding layouts and placeholders in a template that somebody else made. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "runtime/deck/inner.h"
#include "runtime/memory/memory.h"

/* What a layout may say it is, the best first. */
static const char *const types_of_roles[N_ROLES] = {
    [ROLE_TITLE] = "title ctrTitle titleOnly",     [ROLE_SECTION] = "secHead title titleOnly",
    [ROLE_CHART] = "titleOnly chart obj tx blank", [ROLE_TABLE] = "titleOnly tbl obj tx blank",
    [ROLE_TEXT] = "obj tx titleOnly blank",
};

/* Where a word stands in a list parted by blanks; UINT_MAX where it does not. */
static unsigned rank_of(const char *word, const char *list) {
  size_t length = strlen(word);
  unsigned rank = 0;
  for (const char *next = list; length > 0 && *next; next += strcspn(next, " "), next += *next == ' ', rank++)
    if (strncmp(next, word, length) == 0 && (next[length] == ' ' || !next[length])) return rank;
  return (unsigned)-1;
}

/* How well a layout fits: 0 by its name, then by what it says it is; the last is any at all. */
static unsigned fit_of(xmlNode *root, enum role role) {
  xmlNode *slide = xml_find(root, "p:cSld");
  if (slide && strcasecmp(xml_attribute(slide, "name"), layout_names[role]) == 0) return 0;
  unsigned rank = rank_of(xml_attribute(root, "type"), types_of_roles[role]);
  return rank == (unsigned)-1 ? 1000 : rank + 1;
}

char *layout_find(struct deck *deck, enum role role) {
  char **masters, **layouts, *best = NULL;
  unsigned best_fit = (unsigned)-1;
  size_t n_masters = package_all_related(deck->package, deck->presentation, OOXML_KIND("slideMaster"), &masters);
  for (size_t i = 0; i < n_masters; i++) {
    size_t n = package_all_related(deck->package, masters[i], OOXML_KIND("slideLayout"), &layouts);
    for (size_t j = 0; j < n; j++) {
      struct part *part = package_find(deck->package, layouts[j]);
      xmlNode *root = part ? part_root(part) : NULL;
      if (!root || fit_of(root, role) >= best_fit) continue;
      best_fit = fit_of(root, role);
      free(best);
      best = memory_text(layouts[j], strlen(layouts[j]));
    }
    package_free_names(layouts, n);
  }
  package_free_names(masters, n_masters);
  return best;
}

/* ── placeholders ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The n-th placeholder of one type in a layout or master; NULL where there are fewer. */
static xmlNode *find_holder(xmlNode *root, const char *type, size_t length, unsigned n) {
  char path[128];
  xmlNode **found, *holder = NULL;
  bool is_object = length == 3 && strncmp(type, "obj", 3) == 0;
  snprintf(path, sizeof path,
           is_object ? "//p:sp[p:nvSpPr/p:nvPr/p:ph[not(@type) or @type='%.*s']]"
                     : "//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='%.*s']]",
           (int)(length < 16 ? length : 16), type);
  size_t n_found = xml_find_all(root, path, &found);
  if (n < n_found) holder = found[n];
  free(found);
  return holder;
}

static bool read_box(xmlNode *holder, struct box *box) {
  xmlNode *from = xml_find(holder, "p:spPr/a:xfrm/a:off"), *size = xml_find(holder, "p:spPr/a:xfrm/a:ext");
  if (!from || !size) return false;
  *box = (struct box){atoll(xml_attribute(from, "x")), atoll(xml_attribute(from, "y")),
                      atoll(xml_attribute(size, "cx")), atoll(xml_attribute(size, "cy"))};
  return box->width > 0 && box->height > 0;
}

static xmlNode *master_root(struct deck *deck, const char *layout) {
  char *name = package_related(deck->package, layout, OOXML_KIND("slideMaster"));
  struct part *part = name ? package_find(deck->package, name) : NULL;
  free(name);
  return part ? part_root(part) : NULL;
}

/* A placeholder without a box of its own has that of its kind in the master, where all content is a body. */
static bool inherit_box(struct deck *deck, const char *layout, const char *type, struct box *box) {
  static const char *const kinds[] = {"title", "dt", "ftr", "sldNum"};
  const char *kind = strcmp(type, "ctrTitle") == 0 ? "title" : "body";
  xmlNode *master = master_root(deck, layout);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (strcmp(type, kinds[i]) == 0) kind = kinds[i];
  xmlNode *holder = master ? find_holder(master, kind, strlen(kind), 0) : NULL;
  return holder && read_box(holder, box);
}

/* Keeps a box on the slide: a template may say anything. */
static struct box box_within(struct box box, struct box page) {
  if (box.x < 0) box.x = 0;
  if (box.y < 0) box.y = 0;
  if (box.width > page.width - box.x) box.width = page.width - box.x;
  if (box.height > page.height - box.y) box.height = page.height - box.y;
  return box;
}

struct place layout_place(struct deck *deck, const char *layout, const char *types, unsigned n, struct box otherwise) {
  struct place place = {.box = otherwise};
  xmlNode *root = part_root(package_find(deck->package, layout)), *holder = NULL;
  for (const char *type = types; !holder && *type; type += strcspn(type, " "), type += *type == ' ')
    holder = find_holder(root, type, strcspn(type, " "), n);
  if (!holder) return place;
  const xmlNode *kind = xml_find(holder, "p:nvSpPr/p:nvPr/p:ph");
  place.is_placeholder = true;
  snprintf(place.type, sizeof place.type, "%s", xml_attribute(kind, "type"));
  snprintf(place.idx, sizeof place.idx, "%s", xml_attribute(kind, "idx"));
  struct box box;
  if (read_box(holder, &box) || inherit_box(deck, layout, place.type, &box)) place.box = box_within(box, deck->page);
  return place;
}

struct place layout_title(struct deck *deck, const char *layout) {
  struct box page = deck->page, above = {page.width / 20, page.height / 24, page.width * 9 / 10, page.height / 9};
  struct place place = layout_place(deck, layout, "title ctrTitle", 0, above);
  bool has_content = false;
  for (enum role role = ROLE_CHART; role < N_ROLES; role++) has_content |= strcmp(layout, deck->layouts[role]) == 0;
  if (has_content && (place.box.y > page.height / 4 || place.box.height > page.height / 3)) {
    place.box = inherit_box(deck, layout, "title", &above) && above.y < page.height / 4 ? box_within(above, page) : above;
    place.is_moved = true;
  }
  return place;
}

struct place layout_text(struct deck *deck, const char *layout) {
  struct box body = layout_body(deck, layout);
  struct place place = layout_place(deck, layout, "obj body", 0, body);
  if (place.box.width < deck->page.width / 2 || place.box.height < deck->page.height / 3) {
    place.box = body;
    place.is_moved = true;
  }
  return place;
}

/* The box of a placeholder that is large enough for content. */
static bool read_body(xmlNode *holder, struct box page, struct box *body) {
  return holder && read_box(holder, body) && body->width >= page.width / 2 && body->height >= page.height / 3;
}

struct box layout_body(struct deck *deck, const char *layout) {
  struct box page = deck->page, title = layout_title(deck, layout).box, body;
  long long top = title.y + title.height + page.height / 80;
  xmlNode *root = part_root(package_find(deck->package, layout)), *master = master_root(deck, layout);
  if (!read_body(find_holder(root, "obj", 3, 0), page, &body) &&
      !read_body(master ? find_holder(master, "body", 4, 0) : NULL, page, &body))
    body = (struct box){page.width / 20, top, page.width * 9 / 10, page.height * 23 / 25 - top};
  body = box_within(body, page);
  if (title.y < body.y && top > body.y) body.height -= top - body.y, body.y = top;
  return body;
}
