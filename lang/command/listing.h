/* listing.h: the lists of patients to look at, practice by practice: `--lists DIR`.
 *
 * Who is on a list is what the engine says of each patient. Why, is found as `klynge why` finds it: the engine is asked for the
 * outcome of each condition of the patient, and those that decide are told, with the rows that they were read from.
 *
 *   listing.c          which lists there are, who is on them, and a file for each practice
 *   listing_decide.c   the conditions that decide a patient's outcome
 *   listing_tell.c     these in words, with values and dates */
#ifndef KLYNGE_COMMAND_LISTING_H
#define KLYNGE_COMMAND_LISTING_H
#include "lang/command/evaluate.h"
#include "lang/command/why.h"
#include "runtime/lists/lists.h"

/* An indicator with `list`. */
struct listing {
  const struct program *program;
  const struct indicator *indicator;
  uint32_t number;                     /* of the indicator in the image */
  struct why *why;
  size_t first_question;               /* of its questions, among those of the plan */
  const char **heads;                  /* [column]: the values that its conditions are about, each once */
  size_t n_columns;
};

struct listings {
  struct listing *all;
  size_t n;
  const struct plan *plan;             /* the packs with what is asked besides: this one is to be evaluated */
};

/* The lists of all packs of a plan, or NULL where --lists does not ask for any. False after a message. */
bool listings_of(struct call *call, const struct plan *plan, const struct listings **listings);
/* Makes the folder of --lists, which may be there, and no other than its owner can look into a new one. The documents' folder, or
 * NULL, may not be the same nor one above. EXIT_FINE, or the code after a message. */
enum exit_code listings_make_folder(const struct call *call, const char *documents);
/* Writes the file of each practice that the evaluation shows into that folder. EXIT_FINE, or the code after a message. */
enum exit_code listings_write(struct call *call, const struct listings *listings, const struct evaluation *evaluation);

/* ── listing_decide.c ── */
/* Conditions that decide, each once, those of the denominator first. */
struct listing_decided { struct why_node **all; size_t n; };
/* Those of the patient whose answers `why` has, and who is in the denominator. What is not told: that somebody belongs to the
 * population, and that something is measured whose value decides besides. */
struct listing_decided listing_decide(const struct why *why);
/* The node in which the definition of this one is opened, or the node itself. */
struct why_node *listing_opened(const struct why *why, struct why_node *node);

/* ── listing_tell.c ── */
/* Finds the columns of a list. */
void listing_find_columns(struct listing *listing);
/* What a patient's row says: why, one condition a line, and a cell for each column, NOTHING where the value does not decide. In the
 * compiler's memory. The answers are those of the listing's questions. */
struct listing_told { const char *reason; struct lists_cell *cells; };
struct listing_told listing_tell(const struct listing *listing, const struct evaluation *evaluation, uint32_t patient,
                                 const struct run_answer *answers);
#endif
