/* workbook.h: a meeting as a workbook for Excel: an overview of all figures, a sheet for each indicator with its chart, what has
 * changed since an earlier date, the definitions, and what the data were like.
 *
 * Figures are numbers in their cells, so that they can be worked with; what may not be seen is a text, and no number stands
 * behind it. The same meeting gives the same bytes. */
#ifndef KLYNGE_WORKBOOK_H
#define KLYNGE_WORKBOOK_H
#include <stdbool.h>
#include "runtime/meeting/meeting.h"

/* Writes the workbook, whole or not at all: beside its place, synced, renamed. False with *error (a sentence, freed by the
 * caller). */
bool workbook_of_meeting(const struct meeting *meeting, const char *path, char **error);
#endif
