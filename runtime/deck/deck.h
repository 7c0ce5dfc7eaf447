/* deck.h: a meeting as slides for PowerPoint, with charts that PowerPoint itself draws and edits.
 *
 *     struct meeting ──> slides added to a template ──> a pptx
 *
 * Every deck is made by adding slides to a template. The built-in one is a template that our code writes; the user's own, a
 * pptx or potx, is read, its sample slides are taken out, and its layouts are found by name, then by what they say they are.
 *
 * Shapes have names that stay ("klynge:mp1:chart"), so new figures can be put into a deck that a consultant has worked on.
 * The same meeting and template give the same bytes. */
#ifndef KLYNGE_DECK_H
#define KLYNGE_DECK_H
#include <stdbool.h>
#include <stdio.h>
#include "runtime/meeting/meeting.h"

struct deck_options {
  const char *template;          /* path of a pptx or potx; NULL: the built-in one */
};

/* Writes a deck, whole or not at all. False with *error (a sentence, freed by the caller). */
bool deck_write(const struct meeting *meeting, const struct deck_options *options, const char *path, char **error);

/* Says as text which layouts and placeholders of a template would be used, and where texts or charts would be hard to see.
 * *n_faults counts the latter. False with *error where the template cannot be read. */
bool deck_check_template(const char *template, FILE *out, size_t *n_faults, char **error);

/* Puts the meeting's figures into a deck written before, which may have been edited: charts with their workbooks, and the
 * texts and notes with figures where nobody has changed them. All else stays: slides, texts, order, places. Writes to
 * `path`, which may be `old`, and says in `out` what was put in, what was kept, and what the deck has no shape for. */
bool deck_refresh(const struct meeting *meeting, const char *old, const char *path, FILE *out, char **error);

/* What each slide is about, in their order: "block1" (its divider), "block1-reflect", an indicator's name, "mp1-talk" …; "" of a slide
 * that somebody else made. */
struct deck_slides { char **keys; size_t n; };
/* Those of the deck that deck_write would make, or of one that is there (`old`, NULL: none). The slides are freed by
 * deck_free_slides. False with *error. */
bool deck_list_slides(const struct meeting *meeting, const struct deck_options *options, const char *old,
                      struct deck_slides *slides, char **error);
void deck_free_slides(struct deck_slides *slides);
#endif
