/* checker.h: what the files of this room share. Names are collected first (scope.c, declare.c), then each declaration is
 * checked the first time somebody needs it, so that their order in the files does not matter and circles are seen. */
#ifndef KLYNGE_CHECKER_H
#define KLYNGE_CHECKER_H
#include "lang/check/check.h"
#include "runtime/image/words.h"

enum named_kind { NAMED_EVENTS, NAMED_CODES, NAMED_MEASURE, NAMED_PARAMETER, NAMED_DEFINITION, NAMED_BANDS, NAMED_COLUMN, NAMED_TABLE, NAMED_INDICATOR };
enum named_state { NAMED_UNTOUCHED, NAMED_BUSY, NAMED_DONE };

/* A window as a clause says it: its limits and its words. */
struct window { struct limit *limits; size_t n_limits; const char *words; bool is_wrong; /* a problem was reported in it */ };

/* Something with a name. The members below the line are there once it is checked. */
struct named {
  enum named_kind kind;
  const char *name;
  const struct node *title;        /* or NULL */
  const struct node *node;         /* the declaration; NULL for a column of patients */
  struct rule_file *file;
  struct place at;                 /* of the name */
  enum named_state state;
  struct named *asked_by;          /* while it is busy: what it is checked for */
  struct named *next;              /* in its scope */
  /* ── */
  struct stream *stream;           /* of events and measures; NULL where a problem was reported */
  struct window window;            /* their default window */
  const struct unit *unit;         /* of a measure */
  struct code_set *set;
  struct parameter *parameter;
  struct definition *definition;
  const struct column *column;     /* of table patients */
  struct table *table;
  struct indicator *indicator;     /* NULL where it is wrong */
  struct unknown *unknown;         /* of a name that nothing declares */
  const struct stratum *stratum;   /* of bands, and of a listed column that is used as one; NULL where it is wrong */
};

/* Names of one kind of use: values, tables or indicators; a hash table, and all in the order in which they were declared. */
struct scope { struct entry *slots; size_t n_slots, n; struct named *first, *last; unsigned n_asked; };
struct named *scope_find(const struct scope *scope, const char *name);
/* Adds under a name; gives what already has that name, else NULL. */
struct named *scope_add(struct scope *scope, const char *name, struct named *named);
/* The name in the scope, of the kinds in the bit mask, that is spelt most nearly like `name`; or NULL. */
const char *scope_nearest(struct scope *scope, const char *name, unsigned kinds);
#define KIND(kind) (1u << (kind))

struct checker {
  struct problems *problems;
  struct program *program;
  struct scope values, tables, indicators;
  struct scope unknown_names;        /* told already */
  struct scope units;                /* spelling → named whose unit is set */
  struct setting *settings;
  size_t n_settings;
  const struct source *source;       /* of what is being checked */
  unsigned depth;                    /* how many expressions are being checked, one inside the other */
  struct rule_file *asked_file, **files; /* the file that is checked, and with it all that it uses */
  size_t n_files;
  struct named *within;              /* the definition or code set that is being checked */
  const char **systems;              /* the code systems that are known */
  size_t n_systems;
  struct table *patients;            /* NULL where none is declared */
  const struct source *asked;        /* the file that is checked: notes are about it alone, not about what it uses */
  bool later[N_NODES];               /* notes given for what has no effect yet */
};

/* ── scope.c, declare.c ── */
void declare_all(struct checker *checker, struct rule_file *const *files, size_t n_files);
/* A table by name; a problem is added where there is none. */
struct table *table_of(struct checker *checker, const struct node *name);
const struct column *column_named(const struct table *table, const char *name);
/* "not yet": a note, once for each kind of node; `token` names its keyword. */
void declare_later(struct checker *checker, const struct node *node, const char *token);

/* ── codes.c ── */
/* Finds a set's size, depth and systems from its parts. */
void codes_measure(struct code_set *set);
/* Checks a named set on first use. NULL where it is wrong. */
struct code_set *codes_of(struct checker *checker, struct named *named);
/* A set that holds no code yet, as what may be set in a run; NULL of any other set. */
struct parameter *codes_parameter(struct checker *checker, const struct named *named);
/* The set that a `from` or an event test says directly; `system` is the default, of the table's column. */
struct code_set *codes_of_members(struct checker *checker, const struct node *members, const char *system, const char *name);

/* ── data.c: units, events, measures ── */
const struct unit *unit_of(struct checker *checker, const struct node *unit);
void events_of(struct checker *checker, struct named *named);
void measure_of(struct checker *checker, struct named *named);
/* The events or series of a `table.column`, made for this place; NULL with a problem where it is neither. */
struct named *named_of_column(struct checker *checker, const struct node *column);

/* ── literal.c ── */
bool literal_number(struct checker *checker, const struct node *number, double *value);
/* A whole number from `least` to `most`. */
bool literal_whole(struct checker *checker, const struct node *number, double least, double most, int32_t *value);
int32_t literal_date(const char *text);
bool literal_duration(struct checker *checker, const struct node *node, struct duration *duration);
/* A number, quantity, duration, date, text, name or minus that stands for itself. */
const struct expr *literal_value(struct checker *checker, const struct node *node);
/* What is set of a parameter, or of a set that holds no code yet; the last that was said, NULL where nothing was. */
struct setting *setting_of(struct checker *checker, const struct named *named);
/* The parameter with its setting applied. */
struct parameter *parameter_of(struct checker *checker, struct named *named);

/* ── texts.c ── */
/* What a text says, the values of parameters in the place of their names: "HbA1c over {hba1c_limit}". NULL of NULL. */
const char *text_of(struct checker *checker, const struct node *node);

/* ── expr.c: building ── */
struct expr *expr_new(struct checker *checker, enum expr_kind kind, enum type_kind type, const struct node *node);
struct expr *expr_with(struct checker *checker, enum expr_kind kind, enum type_kind type, const struct node *node, int n, const struct expr *const args[]);
const struct expr *expr_wrong(struct checker *checker, const struct node *node);
const struct expr *expr_date(struct checker *checker, const struct node *node, int32_t date);
struct expr *expr_earlier(struct checker *checker, const struct node *node, const struct expr *date, struct duration duration);
/* "a condition", "a number in mmol/mol", … for messages, translated. */
const char *type_words(struct type type);

/* ── condition.c, value.c, phrase.c, rows.c: checking ── */
const struct expr *check_expr(struct checker *checker, const struct node *node);
/* What is no condition by its form: arithmetic, choices, operands. */
const struct expr *check_value(struct checker *checker, const struct node *node);
/* An expression that must be yes or no; anything else is a problem. */
const struct expr *check_condition(struct checker *checker, const struct node *node);
const struct expr *check_number(struct checker *checker, const struct node *node);
const struct expr *check_date(struct checker *checker, const struct node *node);
/* Makes both sides' units one; a problem where they differ, which `sentence` says with the words of both types, as "%s
 * cannot be compared with %s". Gives the common type. */
/* Whether two numbers may meet: in one unit, or one of them written without. */
bool units_agree(struct type a, struct type b);
struct type check_units(struct checker *checker, const struct node *node, const struct expr *a, const struct expr *b, const char *sentence);
/* Operands: everything that windows, `measured` and `apart` may follow. */
const struct expr *check_phrase(struct checker *checker, const struct node *node);
/* Whether the phrase, its windows and parentheses set aside, is the name of events (or a column of codes). */
struct named *phrase_events(struct checker *checker, const struct node *node);
/* The events, the first by name, that look at codes a set speaks of; NULL where there are none. */
const struct named *events_of_set(struct checker *checker, const struct code_set *set);
/* An event test: `drug = metformin`, `drug in (a, b)`, `plan`; right is NULL for the last. */
const struct expr *check_event_test(struct checker *checker, const struct node *node, const struct node *left, const struct node *right);
/* A number or a date that stands for itself. */
bool is_constant_node(enum node_kind kind);
/* A quantifier over the values of a series: `all of last 2 hba1c > 58`. */
const struct expr *check_each(struct checker *checker, const struct node *node);
const struct expr *check_comparison(struct checker *checker, const struct node *node, const struct node *left, const struct node *right, enum comparison comparison);
/* A value compared with what a node says; and with each of a list's. */
const struct expr *compare_with(struct checker *checker, const struct node *node, const struct expr *a, const struct node *right, enum comparison comparison);
const struct expr *value_in(struct checker *checker, const struct node *node, const struct expr *value, const struct node *list);

/* ── window.c ── */
/* The limits that window nodes say, in the author's words. */
struct window window_of(struct checker *checker, const struct node *const *nodes, size_t n);

/* ── indicator.c, stratum.c ── */
void indicator_of(struct checker *checker, struct named *named);
/* A problem where the same clause stands again after this one. */
void clause_twice(struct checker *checker, const struct node *clause);
/* Checks bands on first use. */
void stratum_of(struct checker *checker, struct named *named);
/* Adds the bands and columns that are named to a list. */
void strata_of(struct checker *checker, const struct node *names, const struct stratum ***strata, size_t *n);
void adjust_of(struct checker *checker, const struct node *clause, struct indicator *indicator);

/* ── pack.c, nobody.c ── */
/* Finds which language the texts of a pack are in; before any text is read. */
void language_of_texts(struct checker *checker, const struct node *pack, struct rule_file *file);
void pack_of(struct checker *checker, const struct node *pack, struct rule_file *file);
/* Checks the programme; its indicators have been checked. */
void programme_of(struct checker *checker, const struct node *node, struct rule_file *file);

/* ── order.c ── */
void order_of(struct checker *checker, const struct node *node, struct rule_file *file);
/* The outcome for a patient of whom nothing is known: 0 no, 1 yes, 2 unknown. */
int outcome_of_nobody(const struct expr *expr);

/* ── test.c, test_row.c ── */
/* Checks the tests of a file once all else is checked: those in the list, in the file's order, or all where it is NULL. */
void tests_of(struct checker *checker, struct rule_file *file, const struct test *const *wanted, size_t n_wanted);
/* What the patient of a test is like: `attributes` says birth and columns. */
void attributes_of(struct checker *checker, const struct node *attributes, struct test_patient *patient);
/* Adds a row to a patient; nothing where it is wrong. */
void row_of(struct checker *checker, const struct node *node, struct test_patient *patient);

/* ── unknown.c ── */
/* Whether a name that nothing declares has been told before; then it is counted, and is told no more. */
bool unknown_again(struct checker *checker, const struct node *name);
/* Keeps the problem that was added last as the one that tells of the name. */
void unknown_told(struct checker *checker, const struct node *name);
/* Says of each how often it came again, once all is checked. */
void unknown_count(struct checker *checker);

/* ── meant.c ── */
/* What people call by another word, the libraries call so: "sex" of `køn`; NULL where the word is not known. */
const char *meant_word(const char *word);
/* What to write where a name that nothing declares is another word for something, or a word of its title; NULL where it is
 * none. */
const char *meant_hint(const struct checker *checker, const char *word);
/* The name of a thing as the language of the file that is being checked spells it: the one after `also`, where the thing is
 * declared in the other language. */
const char *name_here(const struct checker *checker, const struct named *named);

/* ── messages ── */
/* How a name leads back to itself: `a`, `b`, `a`. */
const char *circle_words(struct checker *checker, const struct named *named);
/* The words of a node as written, on one line, comments left out. */
const char *node_words(struct checker *checker, const struct node *node);
/* The language of the file that is being checked: what is quoted to its author is in it. */
enum language check_language(const struct checker *checker);
/* A text for a message: the sentence is translated, and keywords in it ({WITHIN}) are spelt as the file spells them that is
 * being checked. */
const char *check_say(const struct checker *checker, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Adds a problem at a node. Hint and format are translated and their keywords spelt as `check_say` does it. */
void wrong(struct checker *checker, enum problem_id id, const struct node *node, const char *hint, const char *format, ...) __attribute__((format(printf, 5, 6)));
#endif
