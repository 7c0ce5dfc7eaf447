/* word.h: a meeting's documents for Word: what is written on, handed out and sent.
 *
 *     struct meeting ──> notes, plan, programme, a letter for a practice ──> a docx each
 *
 * All are A4 with Word's own styles (headings, lists, a table style), so that their look is changed in one place; rows of titles
 * are marked and repeated, columns are of fixed width, and the language is said. No figure is worked out here. The same meeting
 * gives the same bytes. Each is written whole or not at all: false with *error (a sentence, freed by the caller). */
#ifndef KLYNGE_WORD_H
#define KLYNGE_WORD_H
#include "runtime/deck/deck.h"
#include "runtime/meeting/meeting.h"

/* What a participant writes on: block by block each question with the cluster's figure, what to talk about, and lines. */
bool word_write_notes(const struct meeting *meeting, const char *path, char **error);

/* What a practice will do, to be filled in: what, who, how, when, how it will be seen; the next meeting; and the cluster's figures with
 * their aims. */
bool word_write_plan(const struct meeting *meeting, const char *path, char **error);

/* The leader's programme: minutes from the start, what is shown, on which of the slides, and what is asked. Within a block its own questions
 * get a third of the minutes and the indicators the rest, in even parts of whole minutes. Says whether all adds up. */
bool word_write_programme(const struct meeting *meeting, const struct deck_slides *slides, const char *path, char **error);

/* One practice's own figures beside the cluster's, and nothing of any other: under its name where the result has it, else under its
 * label. `practice` is its number in the meeting. */
bool word_write_letter(const struct meeting *meeting, size_t practice, const char *path, char **error);
#endif
