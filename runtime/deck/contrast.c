/* contrast.c: what colours a template's texts and papers have, as far as its XML says, and how well one is seen on the other. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/deck/contrast.h"

/* ── colours ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static xmlNode *root_of(struct deck *deck, char *name) {
  struct part *part = name ? package_find(deck->package, name) : NULL;
  free(name);
  return part ? part_root(part) : NULL;
}

/* What a colour of the theme is called there: tx1 is dk1, unless the master says otherwise. */
static const char *mapped(const struct looks *looks, const char *name) {
  const xmlNode *map = looks->master ? xml_find(looks->master, "p:clrMap") : NULL;
  const char *own = map ? xml_attribute(map, name) : "";
  return *own ? own : name;
}

static bool read_hex(const char *text, struct colour *colour) {
  unsigned red, green, blue;
  if (strlen(text) != 6 || sscanf(text, "%2x%2x%2x", &red, &green, &blue) != 3) return false;
  *colour = (struct colour){red / 255.0, green / 255.0, blue / 255.0};
  return true;
}

/* Lighter or darker, as Office says it: in parts of the lightness, here of each colour alike, which is close enough to judge. */
static void shade(xmlNode *node, struct colour *colour) {
  const xmlNode *mod = xml_find(node, "a:lumMod"), *off = xml_find(node, "a:lumOff");
  double times = mod ? atof(xml_attribute(mod, "val")) / 100000 : 1,
         plus = off ? atof(xml_attribute(off, "val")) / 100000 : 0;
  double *parts[] = {&colour->red, &colour->green, &colour->blue};
  for (int i = 0; i < 3; i++) *parts[i] = fmin(1, fmax(0, *parts[i] * times + plus));
}

bool looks_named(const struct looks *looks, const char *name, struct colour *colour) {
  char path[96];
  snprintf(path, sizeof path, "//a:clrScheme/a:%.40s/*", mapped(looks, name));
  const xmlNode *found = looks->theme ? xml_find(looks->theme, path) : NULL;
  return found && (read_hex(xml_attribute(found, "val"), colour) || read_hex(xml_attribute(found, "lastClr"), colour));
}

/* The colour that stands in a solidFill, or right in a bgRef. */
static bool read_colour(const struct looks *looks, xmlNode *holder, struct colour *colour) {
  xmlNode *hex = holder ? xml_find(holder, "a:srgbClr") : NULL,
          *named = holder ? xml_find(holder, "a:schemeClr") : NULL;
  bool is_read = hex ? read_hex(xml_attribute(hex, "val"), colour)
                     : named && looks_named(looks, xml_attribute(named, "val"), colour);
  if (is_read) shade(hex ? hex : named, colour);
  return is_read;
}

/* ── papers and letters ──────────────────────────────────────────────────────────────────────────────────────────── */

struct looks looks_of(struct deck *deck, const char *layout) {
  char *master = package_related(deck->package, layout, OOXML_KIND("slideMaster"));
  char *theme = master ? package_related(deck->package, master, OOXML_KIND("theme")) : NULL;
  return (struct looks){part_root(package_find(deck->package, layout)), root_of(deck, master), root_of(deck, theme)};
}

bool looks_paper(const struct looks *looks, struct colour *colour) {
  xmlNode *paper = xml_find(looks->layout, "p:cSld/p:bg");
  if (!paper && looks->master) paper = xml_find(looks->master, "p:cSld/p:bg");
  if (!paper) return looks_named(looks, "bg1", colour);
  xmlNode *fill = xml_find(paper, "p:bgPr/a:solidFill"), *reference = xml_find(paper, "p:bgRef");
  return read_colour(looks, fill ? fill : reference, colour);
}

bool looks_letters(const struct looks *looks, bool is_title, struct colour *colour) {
  const char *const paths[] = {
      is_title
          ? "//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='title' or @type='ctrTitle']]/p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr/a:solidFill"
          : "//p:sp[p:nvSpPr/p:nvPr/p:ph[not(@type) or @type='body' or @type='obj']]/p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr/a:solidFill",
      is_title ? "p:txStyles/p:titleStyle/a:lvl1pPr/a:defRPr/a:solidFill"
               : "p:txStyles/p:bodyStyle/a:lvl1pPr/a:defRPr/a:solidFill"};
  if (read_colour(looks, xml_find(looks->layout, paths[0]), colour)) return true;
  if (looks->master && read_colour(looks, xml_find(looks->master, paths[0]), colour)) return true;
  if (looks->master && read_colour(looks, xml_find(looks->master, paths[1]), colour)) return true;
  return looks_named(looks, "tx1", colour);
}

/* ── shapes of the template ──────────────────────────────────────────────────────────────────────────────────────── */

/* The last shape without a placeholder that lies under a place, for later ones lie above; NULL where there is none. */
static xmlNode *shape_at(xmlNode *root, long long x, long long y) {
  xmlNode **shapes, *found = NULL;
  size_t n = root ? xml_find_all(root, "p:cSld/p:spTree/*[not(.//p:ph)]/p:spPr[a:xfrm]", &shapes) : 0;
  for (size_t i = 0; i < n; i++) {
    const xmlNode *from = xml_find(shapes[i], "a:xfrm/a:off"), *size = xml_find(shapes[i], "a:xfrm/a:ext");
    if (!from || !size) continue;
    long long left = atoll(xml_attribute(from, "x")), top = atoll(xml_attribute(from, "y"));
    if (x >= left && y >= top && x <= left + atoll(xml_attribute(size, "cx")) && y <= top + atoll(xml_attribute(size, "cy")))
      found = shapes[i];
  }
  if (root) free(shapes);
  return found;
}

xmlNode *looks_shape(const struct looks *looks, struct box box) {
  long long x = box.x + box.width / 2, y = box.y + box.height / 2;
  xmlNode *shape = shape_at(looks->layout, x, y);
  return shape ? shape : shape_at(looks->master, x, y);
}

const char *looks_title_ink(struct deck *deck, const char *layout, struct box box) {
  const struct looks looks = looks_of(deck, layout);
  struct colour paper, ink, dark, light;
  xmlNode *shape = looks_shape(&looks, box);
  bool is_known = shape ? read_colour(&looks, xml_find(shape, "a:solidFill"), &paper) : looks_paper(&looks, &paper);
  if (!is_known || !looks_letters(&looks, true, &ink) || colour_contrast(ink, paper) >= LEAST_OF_TEXT) return NULL;
  if (!looks_named(&looks, "tx1", &dark) || !looks_named(&looks, "bg1", &light)) return NULL;
  return colour_contrast(light, paper) > colour_contrast(dark, paper) ? "bg1" : "tx1";
}

/* ── contrast ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static double linear(double part) { return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4); }

static double luminance(struct colour colour) {
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

double colour_contrast(struct colour one, struct colour other) {
  double light = luminance(one), dark = luminance(other);
  if (light < dark) {
    double swapped = light;
    light = dark;
    dark = swapped;
  }
  return (light + 0.05) / (dark + 0.05);
}
