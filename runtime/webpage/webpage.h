/* webpage.h: a meeting as one page of HTML that needs nothing beside it and asks nothing of any network.
 *
 * All of it can be read without a script, on paper and with a screen reader: beside each chart stands the table of its figures.
 * The script sorts tables and marks one practice everywhere. What may not be seen is nowhere in its bytes. */
#ifndef KLYNGE_WEBPAGE_H
#define KLYNGE_WEBPAGE_H
#include <stdbool.h>
#include "runtime/meeting/meeting.h"

/* Writes the page, whole or not at all: beside its place, synced, renamed. The same meeting gives the same bytes. False with
 * *error (a sentence, freed by the caller). */
bool webpage_write(const struct meeting *meeting, const char *path, char **error);
#endif
