/* mutate.h: which small changes of the rules their tests notice. A change is noticed when a claim of some test that holds
 * would not hold with it. What is changed is all that the indicators, their bands, the populations and the definitions of the files
 * read, in libraries too; the tests that may notice are those of the files and of the libraries they use.
 *
 * A change that nobody can notice is none: where the plan of the changed rule is that of the rule itself, it is left out;
 * where only a person can tell, the author says so in a comment. A claim that nobody has confirmed notices
 * nothing. */
#ifndef KLYNGE_MUTATE_H
#define KLYNGE_MUTATE_H
#include "lang/command/test.h"

enum fate {
  FATE_UNNOTICED,
  FATE_NOTICED,
  FATE_SAME,         /* the changed rule is the rule */
  FATE_EQUIVALENT,   /* its author says so */
};

struct changes {
  struct mutants mutants;
  enum fate *fates;            /* of each mutant */
  const char **readers;        /* of each mutant: the path and name of an indicator that reads it, as `klynge boundary` takes them; or NULL */
};

/* Tries all changes of n files. Tests of libraries that are used and not among them are run as well; the library files come
 * from `library`, and problems of the comments are added. */
struct changes *mutate(struct library *library, struct tested *const *all, size_t n, struct problems *problems);

/* ── what its files share ── */
/* What a file stands for: its population, its indicators with the classes they are told apart by, and the definitions that it
 * declares itself; some are NULL. */
const struct expr **mutate_roots(const struct tested *tested, size_t *n);
/* The changes of a rule that are not noticed yet, by their numbers. */
size_t *mutate_of_rule(const struct changes *changes, const struct rule *rule, size_t *n);
/* The rule as a change has it; false where the change leaves it as it is. */
bool mutate_rule(const struct rule *rule, const struct mutant *mutant, struct rule *out);
/* Finds what cannot be noticed, among what is not. */
void mutate_leave_out(struct tested *const *all, size_t n, struct changes *changes, struct problems *problems);

/* ── mutate_tell.c ── */
/* What a change does to the words it is about: "becomes 59". */
const char *mutate_words(const struct mutant *mutant);
/* Prints what is not noticed, then how many changes of each declaration are, and a total. */
void mutate_tell(const struct call *call, struct tested *const *all, size_t n, const struct changes *changes);
/* How many changes there are that can be noticed, and how many are. */
void mutate_count(const struct changes *changes, size_t *all, size_t *noticed);
#endif
