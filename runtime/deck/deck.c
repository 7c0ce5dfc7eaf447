/* deck.c: a deck from its title to its last table, and its file. */
#include <stdlib.h>
#include <string.h>
#include "runtime/deck/inner.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

static void fill(struct deck *deck) {
  deck_add_opening(deck);
  deck_add_programme(deck);
  deck_add_closing(deck);
  mark_write(deck);
  package_set_properties(deck->package, deck->meeting->title, deck->language, deck->meeting->index);
}

struct package *deck_open(const char *path, char **error) {
  struct package *package = package_open(path, error);
  if (package) return package;
  size_t size = strlen(path) + strlen(": ") + strlen(*error) + 1;
  char *named = memory_take(size, 1);
  snprintf(named, size, "%s: %s", path, *error);
  free(*error);
  *error = named;
  return NULL;
}

bool deck_make(struct deck *deck, const struct meeting *meeting, const char *template, char **error) {
  const char *language = meeting->danish ? "da-DK" : "en-GB", *of_pack = meeting->language;
  *deck = (struct deck){.meeting = meeting,
                        .language = language,
                        .of_pack = strcmp(of_pack, "da") == 0   ? "da-DK"
                                   : strcmp(of_pack, "en") == 0 ? "en-GB"
                                                                : language};
  *error = NULL;
  struct package *package = template ? deck_open(template, error) : template_make();
  if (!package) return false;
  bool is_well = deck_begin(deck, package, error);
  if (is_well) {
    deck_remove_slides(deck);
    fill(deck);
  }
  if (is_well && deck->has_failed)
    *error = memory_text(_("there is no place for the workbooks of charts: set TMPDIR"),
                         strlen(_("there is no place for the workbooks of charts: set TMPDIR")));
  if (!*error) return true;
  deck_end(deck);
  package_free(package);
  return false;
}

bool deck_write(const struct meeting *meeting, const struct deck_options *options, const char *path, char **error) {
  struct deck deck;
  if (!deck_make(&deck, meeting, options->template, error)) return false;
  bool is_written = package_save(deck.package, path, meeting->index, error);
  package_free(deck.package);
  deck_end(&deck);
  return is_written;
}
