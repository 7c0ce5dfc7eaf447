/* cover.h: which conditions of a rule its tests show at work. A condition is shown as yes when, for a patient of whom a test
 * claims what the indicator makes of them, it is yes, and the indicator would make something else of them were it no; as no
 * likewise. That is masking MC/DC (Chilenski, DOT/FAA/AR-01/18, 2001) with a third value: where the condition is unknown it
 * is shown as neither, but an outcome that changes to or from unknown has changed.
 *
 * A claim that does not hold, or that nobody has confirmed, shows nothing. The conditions of the population are asked about
 * once for a pack: any claim about an indicator may show them. */
#ifndef KLYNGE_COVER_H
#define KLYNGE_COVER_H
#include "lang/command/test.h"

/* An event test whose set holds no code yet can be nothing but no. */
struct covered { const struct expr *condition; bool shown[2]; /* as no, as yes */ bool never_yes; };
/* Whether all that can be shown of it is. */
bool covered_whole(const struct covered *covered);

/* Of the population (indicator NULL) or of an indicator. */
struct coverage {
  const struct indicator *indicator;
  struct covered *conditions;        size_t n;
  size_t n_shown;                    /* conditions that are shown both ways */
};

/* The coverage of a file's population, if it has one, and of its indicators, in the file's order. */
struct coverage *cover(const struct tested *tested, size_t *n);

/* Prints it: each indicator, its conditions on their lines, and a total. */
void cover_tell(const struct call *call, const struct tested *tested, const struct coverage *all, size_t n);
/* How many conditions there are, and how many are shown both ways. */
void cover_count(const struct coverage *all, size_t n, size_t *conditions, size_t *shown);
#endif
