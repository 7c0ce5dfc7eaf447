/* why.h: why a patient counts in an indicator or does not: the conditions as the author wrote them, each with its outcome
 * and value. It is built from the checked program, one question for each node, so that nothing an optimiser does can show.
 *
 *   why.c        the verb             why_tree.c   expressions → nodes and what to ask
 *   why_rows.c   the rows beneath     why_miss.c   what would have turned the outcome
 *   why_tell.c   for people           why_json.c   for programs */
#ifndef KLYNGE_COMMAND_WHY_H
#define KLYNGE_COMMAND_WHY_H
#include "lang/command/command.h"
#include "lang/plan/plan.h"
#include "runtime/run/look.h"
#include "runtime/run/run.h"

struct why_node {
  const struct expr *expr;
  const char *words, *title;         /* as written; the title of a definition that is opened here, or NULL */
  size_t question;                   /* its answer's number, or NO_QUESTION */
  size_t *lows, *highs;              /* the first and last days of its windows, by their questions */
  size_t n_lows, n_highs;
  struct why_node **children;
  size_t n_children;
  const struct look_row *rows;       /* of its stream, in order of date, those that nobody reads among them; NULL where they are not told */
  size_t n_rows;
};
#define NO_QUESTION SIZE_MAX

/* The trees of one indicator, and all that has to be asked for them. */
struct why {
  const struct program *program;
  const struct indicator *indicator;
  struct why_node *population, *denominator, *counted;  /* NULL where there is none */
  const struct expr **questions;
  size_t n_questions;
  struct miss *misses;               /* what alone would turn the outcome */
  size_t n_misses;
  const struct run_answer *answers;  /* [question] of the patient at hand */
  int32_t index;
  bool brief;                        /* a population that holds is not opened, and what would leave the patient out is not told */
};

/* A condition which, answered otherwise, makes another outcome. */
struct miss {
  const struct expr *condition;
  int truth;                         /* the answer that would do it */
  size_t now;                        /* the questions: the condition, and … */
  size_t population, denominator, counted;  /* … the three with it answered; NO_QUESTION where there is none */
};

/* ── why_tree.c ── */
/* The words of an expression as written, on one line. */
const char *why_words(const struct expr *expr);
struct why *why_of(const struct program *program, const struct indicator *indicator);
/* Adds a question unless it has been asked; gives its number. */
size_t why_ask(struct why *why, const struct expr *expr);
/* What becomes of the patient, by the answers to these questions. */
enum outcome why_outcome(const struct why *why, size_t population, size_t denominator, size_t counted);
enum outcome why_outcome_now(const struct why *why);

/* ── why_rows.c ── */
/* The first and the last day on which a row of the node counts; false where a day is unknown. No first day: DATE_EVER. */
bool why_window(const struct why *why, const struct why_node *node, int32_t *low, int32_t *high);
/* Whether a row is read and lies in the window; and whether the node's value is that row's. */
bool why_counts(const struct why_node *node, const struct look_row *row, int32_t low, int32_t high);
const struct look_row *why_taken(const struct why_node *node, int32_t low, int32_t high);
/* Fills in the rows of a node that looks at some, of one patient of a store, up to the index date. */
void why_find_rows_of(struct why_node *node, const struct plan *plan, const struct image *image, const struct store *store, uint32_t patient, int32_t index);
/* The same of all nodes. */
void why_find_rows(struct why *why, const struct plan *plan, const struct image *image, const struct store *store, uint32_t patient);

/* ── why_miss.c ── */
/* Asks what would turn the outcome; called once the trees are there. */
void why_ask_misses(struct why *why);
bool why_is_miss(const struct why *why, const struct miss *miss, enum outcome *would_be);

/* ── why_tell.c, why_json.c ── */
/* Writes outcome, trees and misses; `indent` columns stand before each line. */
void why_tell(const struct why *why, int indent, FILE *out);
void why_tell_json(const struct why *why, const char *patient, FILE *out);
#endif
