/* slides.c: what each slide of a deck is about, for papers that say which slide is shown. */
#include <stdlib.h>
#include <string.h>
#include "runtime/deck/inner.h"
#include "runtime/memory/memory.h"

/* "mp1" of a slide with a shape klynge:mp1:title, and of one with its groups, klynge:mp1-by-0:title; "" of one that somebody else
 * made. */
static char *key_of(struct deck *deck, const xmlNode *line) {
  char *name = package_target(deck->package, deck->presentation, xml_attribute_of_office(line, "id"));
  struct part *slide = name ? package_find(deck->package, name) : NULL;
  const xmlNode *shape =
      slide && part_root(slide) ? xml_find(part_root(slide), ".//p:cNvPr[starts-with(@name,'klynge:')]") : NULL;
  const char *key = shape ? xml_attribute(shape, "name") + strlen("klynge:") : "";
  free(name);
  const char *groups = strstr(key, "-by-");
  size_t length = strcspn(key, ":");
  return memory_text(key, groups && groups < key + length ? (size_t)(groups - key) : length);
}

static void list_slides(struct deck *deck, struct deck_slides *slides) {
  xmlNode **lines;
  slides->n = xml_find_all(part_root(package_find(deck->package, deck->presentation)), "p:sldIdLst/p:sldId", &lines);
  slides->keys = memory_take(slides->n, sizeof *slides->keys);
  for (size_t i = 0; i < slides->n; i++) slides->keys[i] = key_of(deck, lines[i]);
  free(lines);
}

static bool open_deck(struct deck *deck, const struct meeting *meeting, const char *path, char **error) {
  *deck = (struct deck){.meeting = meeting};
  struct package *package = deck_open(path, error);
  if (!package) return false;
  if (deck_begin(deck, package, error)) return true;
  deck_end(deck);
  package_free(package);
  return false;
}

bool deck_list_slides(const struct meeting *meeting, const struct deck_options *options, const char *old,
                      struct deck_slides *slides, char **error) {
  struct deck deck;
  *slides = (struct deck_slides){0};
  *error = NULL;
  bool is_there = old ? open_deck(&deck, meeting, old, error) : deck_make(&deck, meeting, options->template, error);
  if (!is_there) return false;
  list_slides(&deck, slides);
  package_free(deck.package);
  deck_end(&deck);
  return true;
}

void deck_free_slides(struct deck_slides *slides) {
  for (size_t i = 0; i < slides->n; i++) free(slides->keys[i]);
  free(slides->keys);
  *slides = (struct deck_slides){0};
}
