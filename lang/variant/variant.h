/* variant.h: a checked program → programs that differ from it in one place. By them tests are judged: a condition that is
 * forced to the other answer shows whether it decides the outcome of a test's patient (coverage), and a rule that is
 * changed a little shows whether a test notices (mutants).
 *
 * A variant is an expression like any other: it goes through the plan and the engine, and shares with the rule whatever the
 * two have in common. A mutant is known by the place of what it changes, not by a pointer, so that it is the same one in
 * every pack that uses a library and under all settings. */
#ifndef KLYNGE_VARIANT_H
#define KLYNGE_VARIANT_H
#include "lang/check/program.h"

/* ── conditions ──────────────────────────────────────────────────────────────────────────────────────────────────── */

struct conditions { const struct expr **all; size_t n; };
/* The elementary conditions that stand in these expressions (n; some may be NULL), in definitions, values and windows as
 * well, each once, in the order in which they are read: comparisons, event tests, `measured`, `is known`, quantifiers over
 * the values of a series. What joins conditions (and, or, not, at least n of, choose, else, is true) is none itself. */
struct conditions variant_conditions(const struct expr *const *roots, size_t n);

/* The expression with a condition answered once and for all, wherever it stands in it: 0 no, 1 yes. */
const struct expr *variant_forced(const struct expr *expr, const struct expr *condition, int truth);

/* ── mutants ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum mutant_kind {
#define MUTANT(kind, sentence) MUTANT_##kind,
#include "mutants.def"
#undef MUTANT
  N_MUTANT_KINDS
};

/* How a mutant is told: words take the place of others, or are left out, or something is moved by a day. */
enum mutant_form { FORM_BECOMES, FORM_WITHOUT, FORM_BEGINS_EARLIER, FORM_BEGINS_LATER, FORM_ENDS_EARLIER, FORM_ENDS_LATER, FORM_EARLIER, FORM_LATER, FORM_SHORTER, FORM_LONGER };

struct mutant {
  enum mutant_kind kind;
  enum mutant_form form;
  const struct source *source;
  struct place site;               /* of what is changed: an expression, a limit of a window, a code … */
  struct place at;                 /* of the words that say it, inside the site or the whole of it */
  const char *was, *becomes;       /* these words, and what takes their place; becomes is NULL where nothing does */
  int32_t step;                    /* the new kind of comparison, figure, …; or by how much a whole number is more */
  double number;                   /* the new number */
};
/* A list that holds no two alike. */
struct mutants { struct mutant *all; size_t n; size_t *slots; size_t n_slots; };
/* Adds every mutant of what these expressions say and read: conditions and values, definitions and parameters, windows,
 * code sets and measures. */
void variant_mutants(struct mutants *mutants, const struct expr *const *roots, size_t n);

/* The expression as the mutant has it; the very same where the mutant changes nothing in it. A parameter that is set is
 * not changed: its declaration is not read. */
const struct expr *variant_mutated(const struct expr *expr, const struct mutant *mutant);

/* The number of an equal mutant in the list; mutants->n where there is none. */
size_t variant_find(const struct mutants *mutants, const struct mutant *mutant);
/* Whether a mutant is about a limit that no plausible result reaches, so that nothing in these expressions changes. */
bool variant_is_beyond(const struct expr *const *roots, size_t n, const struct mutant *mutant);

/* What the mutant does, in a few words by which its author may name it: `59 mmol/mol`, `without K75`, `begins a day
 * earlier`. */
const char *variant_name(const struct mutant *mutant, enum language language);

/* How many decimals a number is said with; a parameter's as declared. The mutants of 2.5 are a tenth more and less. */
int variant_decimals(const struct expr *number);
/* The same of a number that stands at a place. */
int variant_decimals_at(const struct source *source, struct place at);

/* ── equivalents ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A mutant that no patient can tell from the rule, as its author says: `# equivalent: 59 mmol/mol because …`, at the end of
 * its line or on a line of its own before it; before a declaration it is about all of it. Several names stand with commas
 * between them, each is an entry. In Danish `# ækvivalent: … fordi …`. */
struct equivalent {
  const struct source *source;
  struct place at, about;          /* of the name; of the lines in which the mutant is */
  const char *name;
};
struct equivalents { struct equivalent *all; size_t n; };
/* Adds the entries of a rule file, and problems where one gives no reason. */
void variant_equivalents(struct equivalents *equivalents, const struct rule_file *file, struct problems *problems);
/* Whether an entry names a mutant, in either language. */
bool equivalent_names(const struct equivalent *equivalent, const struct mutant *mutant);
#endif
