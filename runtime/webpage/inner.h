/* inner.h: the parts of the page. */
#ifndef KLYNGE_WEBPAGE_INNER_H
#define KLYNGE_WEBPAGE_INNER_H
#include <stdio.h>
#include "runtime/meeting/meeting.h"

/* Writes a text so that it is nothing but text, within an element or an attribute in quotes. */
void html_text(FILE *out, const char *text);
/* <element class="…">text</element> and a line end; no class where it is NULL. */
void html_element(FILE *out, const char *element, const char *kind, const char *text);
/* The same of a text of the pack, marked with the pack's language where that is another than the page's (WCAG 3.1.2); and the
 * attribute that marks it, with the blank before it: "" where there is none. */
void html_of_pack(FILE *out, const struct meeting *meeting, const char *element, const char *text);
const char *html_pack_language(const struct meeting *meeting);

/* Indicators go by their number: the heading of the one with number 3 has the id "i3". */
void html_overview(FILE *out, const struct meeting *meeting);                            /* tables.c */
void html_figures(FILE *out, const struct meeting *meeting, size_t number);
void html_bands(FILE *out, const struct meeting *meeting, size_t number);
void html_changes(FILE *out, const struct meeting *meeting, size_t number);
void html_chart(FILE *out, const struct meeting *meeting, size_t number);                /* chart.c */
void html_definition(FILE *out, const struct meeting_section *section);                  /* words.c */
void html_words(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator);
extern const char html_style[];                                                          /* style.c */
extern const char html_script[];                                                         /* script.c */

/* From which number to which an axis goes, in round steps. */
struct scale { double low, high, step; };
/* The axis of an indicator's figures (scale.c): shares and rates begin at none, a share ends at all at the latest, and numbers in
 * a unit begin where they lie. False where there is nothing to be drawn. */
bool html_scale(const struct meeting *meeting, const struct meeting_indicator *indicator, struct scale *scale);
/* Where a value lies, in per cent of the axis: 0 … 100. */
double html_place(const struct scale *scale, double value);
#endif
