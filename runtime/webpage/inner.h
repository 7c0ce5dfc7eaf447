/* inner.h: the parts of the page. */
#ifndef KLYNGE_WEBPAGE_INNER_H
#define KLYNGE_WEBPAGE_INNER_H
#include <stdio.h>
#include "runtime/meeting/meeting.h"

/* Writes a text so that it is nothing but text, within an element or an attribute in quotes. */
void html_text(FILE *out, const char *text);
/* <element class="…">text</element> and a line end; no class where it is NULL. */
void html_element(FILE *out, const char *element, const char *kind, const char *text);

void html_overview(FILE *out, const struct meeting *meeting);                            /* tables.c */
void html_figures(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator);
void html_bands(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator);
void html_changes(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator);
void html_chart(FILE *out, const struct meeting *meeting, size_t number);                /* chart.c */
void html_definition(FILE *out, const struct meeting_section *section);                  /* words.c */
void html_words(FILE *out, const struct meeting_indicator *indicator);
extern const char html_style[], html_script[];                                           /* style.c */
#endif
