/* outline.h: what the files of this room share to explain whole rules.
 *
 *   part.c       building sections and parts
 *   outline.c    conditions as lists in lists: "all of these hold: …"
 *   used.c       what an indicator is made of
 *   period.c     windows with their first and last day
 *   unknown.c    why an outcome may be unknown
 *   readings.c   what a share would be of, were it asked the other way
 *   indicator.c  an indicator
 *   material.c   definitions, measures, parameters
 *   sets.c       code sets
 *   whole.c      a pack, an indicator, a library
 *   text.c, html.c, json.c  on paper */
#ifndef KLYNGE_OUTLINE_H
#define KLYNGE_OUTLINE_H
#include "lang/explain/phrases.h"

/* ── part.c ── */
struct part *part_make(const char *key, const char *label, const char *text);
/* Adds a part to the list of another, and gives it. */
struct part *part_add(struct part *to, struct part *part);
/* Adds an item that has a text alone. */
struct part *part_item(struct part *to, const char *text);
struct section *section_new(const char *key, const char *name, const char *title);
struct part *section_add(struct section *to, struct part *part);
void section_hold(struct section *to, struct section *section);
void explanation_hold(struct explanation *to, struct section *section);

/* ── outline.c ── */
/* "this holds", "all of these hold", "at least 2 of these hold": what is asked of the list of a condition. */
const char *outline_quantifier(const struct expr *expr, bool negated);
/* A condition behind a sentence that has room for a quantifier, `lead`: "Patients for whom %s". One clause follows on the
 * same line, several are a list. Without a lead the condition stands alone. */
struct part *outline_condition(const char *key, const char *label, const char *lead, const struct expr *expr);
/* A value: its arms where it is a choice, else its noun. */
struct part *outline_value(const char *key, const char *label, const char *lead, const struct expr *expr);
/* The definition that an expression is nothing but, followed to its end. */
const struct expr *outline_core(const struct expr *expr);

/* ── used.c ── */
/* Everything that is used, each once, in the order in which it is met. */
struct used {
  const struct definition **definitions; size_t n_definitions;
  const struct rows **rows;              size_t n_rows;       /* one for each pair of what is looked at and window */
  const struct stream **measures;        size_t n_measures;
  const struct code_set **sets;          size_t n_sets;
  const struct parameter **parameters;   size_t n_parameters;
};
/* A list of pointers with one more at its end. */
void *used_add(void *list, size_t *n, const void *one);
void used_by(struct used *used, const struct expr *expr);
void used_by_indicator(struct used *used, const struct indicator *indicator);
void used_by_measure(struct used *used, const struct stream *measure);
void used_by_set(struct used *used, const struct code_set *set);

/* ── period.c ── */
/* A window with its days, where it has them for this index date: "within 18 months before the index date (from 2022-12-01
 * to 2024-06-01, both included)". */
const char *period_words(const struct limit *limits, size_t n_limits, int32_t as_of);
/* Which rows count when. NULL where nothing is looked at. */
struct part *period_part(const struct used *used, int32_t as_of);
/* The default window of a measure. */
const char *period_usual(const struct stream *measure, int32_t as_of);

/* ── unknown.c ── */
/* Why a condition or a value may be unknown, for patients for whom `given`, which may be NULL, is yes: sentences without
 * capital or full stop, each once. */
const char **unknown_reasons(const struct expr *expr, const struct expr *given, size_t *n);

/* ── readings.c ── */
/* The two ways to ask for a share of this condition; NULL where there is only one. */
struct part *readings_part(const struct indicator *indicator);

/* ── indicator.c, material.c, sets.c ── */
/* With the population of a program, where it has not been told before, or NULL. */
struct section *indicator_section(const struct indicator *indicator, const struct program *population, int32_t as_of);
struct part *population_part(const struct program *program);
struct section *definition_section(const struct definition *definition);
struct section *measure_section(const struct program *program, const struct stream *measure, int32_t as_of);
struct part *parameter_part(const struct parameter *parameter);
struct section *set_section(const struct program *program, const struct code_set *set);
/* The codes of a set, or of what a `from` names. */
void set_codes(const struct program *program, const struct code_set *set, struct part *into);
/* What a code system is called. */
const char *system_words(const char *system);
#endif
