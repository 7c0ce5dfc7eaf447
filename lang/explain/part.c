/* part.c: building sections and parts. */
#include "lang/explain/outline.h"

struct part *part_make(const char *key, const char *label, const char *text) {
  struct part *part = NEW(struct part);
  *part = (struct part){.key = key, .label = label, .text = text};
  return part;
}

struct part *part_add(struct part *to, struct part *part) {
  to->parts = used_add(to->parts, &to->n_parts, part);
  return part;
}

struct part *part_item(struct part *to, const char *text) {
  return part_add(to, part_make(NULL, NULL, text));
}

struct section *section_new(const char *key, const char *name, const char *title) {
  struct section *section = NEW(struct section);
  *section = (struct section){.key = key, .name = name, .title = title};
  return section;
}

struct part *section_add(struct section *to, struct part *part) {
  if (part) to->parts = used_add(to->parts, &to->n_parts, part);
  return part;
}

void section_hold(struct section *to, struct section *section) {
  to->sections = used_add(to->sections, &to->n_sections, section);
}

void explanation_hold(struct explanation *to, struct section *section) {
  to->sections = used_add(to->sections, &to->n_sections, section);
}
