/* program.h: the checked program: everything a pack says, with every name resolved, every type and unit known, and every
 * window moved to the rows it limits. It still says what the author said, in the author's shape: definitions are
 * references, nothing is folded or shared. The plan is made from it, and so is the slow evaluator of the tests. */
#ifndef KLYNGE_PROGRAM_H
#define KLYNGE_PROGRAM_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include "lang/load/load.h"
#include "runtime/image/image.h"

/* ── data ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct column {
  const char *name;
  enum image_column_type type;
  const char *system;              /* of a COLUMN_CODE */
  const char **choices;            /* of a COLUMN_LIST */
  size_t n_choices;
  int number;                      /* in its table, from 0 */
  const struct node *node;         /* its declaration */
};

struct table {
  const char *name;
  struct column **columns;
  size_t n_columns;
  bool spans;                      /* its rows have `from` and `to` and no `date` */
  int number;                      /* in the program, from 0 */
};

/* A unit with all its spellings; the first is the label. */
struct unit { const char **spellings; size_t n_spellings; };

enum match_kind { MATCHES_ONE, MATCHES_PREFIX, MATCHES_RANGE, MATCHES_SET };
struct code_match { enum match_kind kind; const char *a, *b; const struct code_set *set; struct place at; };
/* What stands between two commas: `icpc K74..K76 K90* except K91`. */
struct code_part {
  const char *system;              /* NULL where the part is another set */
  struct code_match *matches, *excepts;
  size_t n_matches, n_excepts;
};
struct code_set {
  const char *name, *title, *source_text, *reviewed;  /* the name is NULL of codes that a `from` says itself */
  const struct source *source;
  struct place at, reviewed_at;    /* of its members, and of the day */
  struct code_part *parts;
  size_t n_parts;
  size_t size;                     /* codes, prefixes and ranges, those of sets within it counted each time */
  unsigned depth;                  /* sets within sets: 1 where there are none */
  const char **systems;            /* those that it speaks of */
  size_t n_systems;
  bool none_yet;                   /* it is empty on purpose; a run or a test may fill it */
  const char *filled;              /* and then has, with these codes */
};
/* Whether a code of a system belongs to a set. */
bool code_set_has(const struct code_set *set, const char *system, const char *code);
/* Whether a set says anything of a system. One that holds no code yet (`none yet`: no part, no system) may come to. */
bool code_set_speaks_of(const struct code_set *set, const char *system);

/* A conversion: the arithmetic of numbers and `value`. */
enum formula_kind { FORMULA_VALUE, FORMULA_NUMBER, FORMULA_ADD, FORMULA_SUBTRACT, FORMULA_MULTIPLY, FORMULA_DIVIDE, FORMULA_NEGATE };
struct formula { enum formula_kind kind; double number; const struct formula *a, *b; unsigned stack; /* values that are held at once */ struct place at; };

/* One `from` of a measure, or the test of an event. */
struct stream_part {
  const struct table *table;
  const struct column *key;        /* the column whose codes are looked at */
  const struct column *value;      /* of a series */
  const struct code_set *set;      /* NULL: every code */
  const struct unit *unit;         /* the unit of the data; NULL where units are not looked at */
  const struct formula *formula;   /* NULL: the value as it stands */
};

/* What is read from the data: the rows that an expression reasons about, before any window. */
struct stream {
  enum image_stream_kind kind;
  const char *name;                /* as the rules call it */
  const struct stream *declared;   /* the events that an event test looks at; the stream itself where it is declared; NULL of a column that has no name */
  struct stream_part *parts;
  size_t n_parts;
  double low, high;                /* plausible, both included; infinite where nothing is said */
  enum image_ties ties;
  const char *title;               /* that of the events or the measure, or NULL */
  const struct unit *in;           /* the unit of a measure's values, or NULL */
  const struct limit *usual;       /* the limits of its default window */
  size_t n_usual;
  const struct source *source;     /* of a measure: where it is declared, and where in that the limits and the ties are said */
  struct place at, low_at, high_at, ties_at;
};

/* ── expressions ─────────────────────────────────────────────────────────────────────────────────────────────────── */

enum type_kind { TYPE_WRONG, TYPE_TRUTH, TYPE_NUMBER, TYPE_DATE, TYPE_DURATION, TYPE_TEXT };
/* A number written without a unit (unit NULL) takes the unit of what it meets; a plain one (an age, a count, a
 * ratio) has none and takes none. TYPE_WRONG stands where a problem has been reported and silences what
 * would follow from it. */
struct type { enum type_kind kind; const struct unit *unit; bool plain; };

enum duration_unit { DURATION_DAYS, DURATION_WEEKS, DURATION_MONTHS, DURATION_YEARS };
struct duration { int32_t n; enum duration_unit unit; };

enum comparison { COMPARE_BELOW, COMPARE_AT_MOST, COMPARE_ABOVE, COMPARE_AT_LEAST, COMPARE_EQUAL, COMPARE_UNEQUAL, COMPARE_BETWEEN };
enum figure { FIGURE_LATEST, FIGURE_EARLIEST, FIGURE_HIGHEST, FIGURE_LOWEST, FIGURE_MEAN, FIGURE_MEDIAN, FIGURE_SUM };
enum quantifier { EACH_ALL, EACH_ANY, EACH_NONE, EACH_AT_LEAST, EACH_AT_MOST, EACH_EXACTLY };

enum expr_kind {
#define EXPR(kind, sentence) EXPR_##kind,
#include "exprs.def"
#undef EXPR
  N_EXPR_KINDS
};

/* One limit of a window: dates from low to high, both included; NULL: no limit on that side (the index date ends all). */
struct limit { const struct expr *low, *high; };

/* The rows of a stream that an expression looks at. All limits hold at once. */
struct rows {
  const struct stream *stream;
  struct limit *limits;            /* none: ever */
  size_t n_limits;
  const char *window;              /* the window in the author's words, or NULL for ever */
  enum { CUT_NONE, CUT_FIRST, CUT_LAST } cut;
  int32_t n;                       /* of a cut */
  struct duration apart;           /* of a cut; n 0: none asked */
  const struct parameter *apart_parameter; /* that it is the value of, or NULL */
  struct place apart_at;           /* of its words */
};

struct expr {
  enum expr_kind kind;
  struct type type;
  const struct source *source;
  struct place at;
  const struct expr **args;        /* exprs.def says which */
  size_t n_args;
  unsigned depth;                  /* of the tallest path below, definitions followed */
  const struct rows *rows;
  double number;                   /* a constant; n of a quantifier or of `at least n of` */
  int32_t date;                    /* a constant date; 0 no, 1 yes, 2 unknown for a constant outcome */
  const char *text;                /* a text */
  const struct column *column;     /* of table patients */
  const struct definition *definition;
  const struct parameter *parameter; /* of a constant, or of the duration: the parameter that it is the value of, or NULL */
  struct duration duration;
  enum comparison comparison;
  enum figure figure;
  enum quantifier quantifier;
  struct nobody *of_nobody;        /* the checker's own: what it is for a patient of whom nothing is known */
};

/* ── declarations ────────────────────────────────────────────────────────────────────────────────────────────────── */

struct definition {
  const char *name, *title;
  const struct expr *value;
  const struct source *source;
  struct place at;                 /* of the name */
};

struct parameter {
  const char *name, *title;
  const char *also;                /* its other name, or NULL */
  const struct expr *value;        /* a constant */
  const char *text;                /* the value as written */
  const char *usual;               /* the value as the rules have it, where a setting has changed it; else NULL */
};

/* A class of a stratum, and the condition of who is in it; of bands, label "0–39". Below the first limit of bands is a class
 * of its own, as an edge: one that is left out where nobody is in it. */
struct band { const char *label; const struct expr *condition; bool is_edge; };
/* What a figure is told apart by: bands, or a listed column of patients. A patient for whom no band's condition is yes is
 * unknown. */
struct stratum {
  const char *name, *title;
  struct band *bands;              size_t n_bands;
  const struct expr *value;        /* of bands: the number that is cut; NULL of a column */
};

struct texts { const char **all; size_t n; };

/* `share` and `count` have a numerator; `mean`, `median` and `quartiles` a value, a number; `rate` a value too: how many of
 * its events the patient has. */
struct indicator {
  enum image_kind kind;
  const char *name, *title;
  const struct expr *denominator;  /* NULL: the population */
  const struct expr *numerator;
  const struct expr *value;
  double per;                      /* of a rate */
  const char *denominator_text, *numerator_text;  /* as written, on one line; the second also of a value */
  enum image_better better;
  double aim;                      /* a share as a fraction, others in the unit of their value; NaN where there is none */
  const char *aim_text;            /* as written */
  struct texts known, advice, reflect;
  const char *list;                /* the title of the list of its patients, or NULL */
  const char *replaces;            /* the name of an indicator, of this or an earlier version of the pack, or NULL */
  bool missing_counts_as_no;
  const struct stratum **by;       size_t n_by;
  const struct stratum **adjust;   size_t n_adjust;
  const struct node *node;         /* its declaration */
  const struct source *source;
  struct place at;
};

/* ── programme, meeting ──────────────────────────────────────────────────────────────────────────────────────────── */

/* A block of the meeting; a break has no name. */
struct programme_block {
  bool is_break;
  const char *name, *title, *about;
  int32_t minutes;
  const struct indicator **presents; size_t n_presents;
  struct texts reflect;
};
struct programme {
  const char *title;
  int32_t duration;                /* minutes; 0 where not said */
  struct programme_block *blocks;    size_t n_blocks;
  const struct source *source;
  struct place at, duration_at;    /* the second where the duration is said */
};

/* ── an order ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A meeting that is ordered: of which packs, for whom, when, and what of the packs is changed for it. */
struct order_name { const char *name; struct place at; bool used; };
struct order_names { struct order_name *all; size_t n; };
struct setting;
struct rule_file;
struct order {
  const char *name, *title;
  struct order_names packs, without;   /* the packs; the indicators that are left out */
  struct texts clusters, practices;    /* their ids, as the data have them; none: all */
  int32_t on, as_of, compared_with;    /* DATE_UNKNOWN where not said */
  const char *consultant, *contact;    /* NULL where not said */
  struct setting *settings;        size_t n_settings;
  const struct source *source;
  struct rule_file *file;          /* whose programme, if it has one, is that of the meeting */
  struct place at;                 /* of the name */
};

/* ── tests ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What a test says of a patient in a column; the member that the column's type says. */
struct test_cell { const struct column *column; const char *text; int32_t date; double number; };

/* A row of a patient. Code and unit are as the data would spell them, "" where there is none. */
struct test_row {
  const struct table *table;
  const struct column *key;        /* the column that holds the code */
  const struct column *value;      /* the column that holds the number; NULL for events */
  const char *code, *unit;
  double number;
  int sign;                        /* −1 for "<5", 1 for ">90" */
  int32_t from, to;                /* the date of a row that is no span is `from` */
  bool open;                       /* a span without an end */
};

struct test_patient {
  const char *name;                /* NULL where the test has only this one */
  enum { BORN_ON, BORN_UNKNOWN, BORN_AT_AGE } born;
  int32_t birth, age;              /* by `born` */
  struct test_cell *cells;  size_t n_cells;
  struct test_row *rows;    size_t n_rows;
};

/* What a test says of an indicator or a name. A value is claimed by a condition too: `hba1c = 58` is to be yes, and of
 * `hba1c unknown` the condition `hba1c is known` is to be no. */
enum claimed { CLAIMED_NO, CLAIMED_YES, CLAIMED_UNKNOWN, CLAIMED_OUTSIDE };
struct claim {
  size_t patient;                  /* of the test */
  const char *name, *words;        /* what is claimed of, and what should be there, as written */
  const struct indicator *indicator;  /* or NULL: then the condition of everybody */
  const struct expr *condition;
  const struct expr *value;        /* where a value is claimed: that of the name */
  enum claimed wanted;
  struct place at;
};

struct test {
  const char *title;
  const struct source *source;
  struct place at;                 /* of the title */
  size_t number;                   /* among the tests of its file, from 0 */
  int32_t as_of;
  struct setting *settings;        size_t n_settings;
  struct test_patient *patients;   size_t n_patients;
  struct claim *claims;            size_t n_claims;
};

struct program {
  const char *name, *title, *version, *about, *guideline, *contact;  /* of the pack */
  const char *language;            /* that its texts are written in, "da" or "en"; NULL where the pack does not say */
  const struct expr *population;   /* NULL: every patient */
  const char *population_text;
  struct table **tables;           size_t n_tables;
  struct unit **units;             size_t n_units;
  struct code_set **sets;          size_t n_sets;        /* with those that a `from` says itself */
  struct parameter **parameters;   size_t n_parameters;
  struct definition **definitions; size_t n_definitions;
  const struct stream **streams;   size_t n_streams;     /* the events and measures that are declared */
  struct indicator **indicators;   size_t n_indicators;
  struct programme *programme;     /* of the pack; NULL where there is none */
  struct order *order;             /* the meeting that the file orders, or NULL */
  struct test **tests;             size_t n_tests;       /* of the file itself, not of what it uses */
  const char *hash;                /* of the rule files */
  const struct source *source;     /* of the file that was asked for */
  bool is_pack;                    /* a library has no pack: it can be checked, not run */
};

/* Prints every definition, parameter and indicator with its type: `dump types`. */
void program_print(const struct program *program, FILE *out);
#endif
