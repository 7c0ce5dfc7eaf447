/* contrast.h: how well a template's texts and charts are seen on its papers. */
#ifndef KLYNGE_DECK_CONTRAST_H
#define KLYNGE_DECK_CONTRAST_H
#include "runtime/deck/inner.h"

/* Each part 0 … 1. */
struct colour { double red, green, blue; };
/* Where colours of a layout come from; master and theme are NULL where a template has none. */
struct looks { xmlNode *layout, *master, *theme; };

struct looks looks_of(struct deck *deck, const char *layout);
/* A colour of the theme ("accent1"); that of the paper, false where it is a picture or runs from one colour to another; and that of
 * letters of titles or other text. */
bool looks_named(const struct looks *looks, const char *name, struct colour *colour);
bool looks_paper(const struct looks *looks, struct colour *colour);
bool looks_letters(const struct looks *looks, bool is_title, struct colour *colour);
/* The shape that the template draws itself under the middle of a box, on the layout or else on the master: its colour is then the
 * paper. Its p:spPr, or NULL. */
xmlNode *looks_shape(const struct looks *looks, struct box box);
/* The colour of the theme that a title in this box must have to be seen, the better of that of text and that of paper; NULL where the
 * template's own can be seen, or where what lies under it is not known. */
const char *looks_title_ink(struct deck *deck, const char *layout, struct box box);
#define LEAST_OF_TEXT 4.5 /* contrast that people with weak eyes need, WCAG AA; of what is no text, 3 */
/* 1 (the same) … 21 (black on white). Source: Web Content Accessibility Guidelines 2.1 (W3C 2018), contrast ratio. */
double colour_contrast(struct colour one, struct colour other);
#endif
