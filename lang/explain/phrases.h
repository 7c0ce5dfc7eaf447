/* phrases.h: what the files of this room share to say one expression.
 *
 *   words.c      numbers, dates, lengths of time, titles, lists
 *   rows.c       rows and their windows: "has had a prescription of metformin", "within 12 months"
 *   value.c      values, as nouns
 *   condition.c  conditions, as clauses that hold or do not
 *
 * Each clause is one template in the catalogue, never glued from halves: where the order of words differs, the Danish one
 * says %2$s before %1$s. Clauses that stand inside others come after a colon, in the order of a main clause, so that
 * Danish needs no second order of words for them. */
#ifndef KLYNGE_PHRASES_H
#define KLYNGE_PHRASES_H
#include "lang/explain/explain.h"
#include "lang/memory.h"
#include "runtime/image/words.h"

/* ── words.c ── */
/* A number as it is written in the language: 2.5 or 2,5. */
const char *number_words(double number);
/* What stands before decimals. */
const char *decimal_sign(void);
/* "18 months", "1 year". */
const char *duration_words(struct duration duration);
/* 1 June 2024; in Danish 1. juni 2024. */
const char *date_words(int32_t date);
/* A title inside a sentence: with a small first letter where it is a common word, and what follows a comma in parentheses.
 * Where there is no title, the name in quotes. */
const char *title_words(const char *title, const char *name);
/* What a definition is called, in quotes. */
const char *definition_words(const struct definition *definition);
/* A text with a large first letter. */
const char *capital(const char *text);
/* "a, b or c". */
const char *either_words(const char *const *words, size_t n);

/* ── rows.c ── */
/* What a series is called: "HbA1c". */
const char *stream_words(const struct stream *stream);
/* The titles of the code sets and texts that an event test looks for; *n 0 where it looks for any event. */
const char **sought_words(const struct stream *stream, size_t *n);
/* Limits that all hold; at least one. */
const char *limits_words(const struct limit *limits, size_t n);
/* Whether the window is the one that the measure or the events have of themselves. */
bool window_is_usual(const struct rows *rows);
/* "latest 3", "earliest 2 at least 90 days apart": what a cut keeps. */
const char *cut_words(const struct rows *rows);
/* "the measurements of HbA1c", "the latest 2 measurements of HbA1c at least 90 days apart". */
const char *measurements_words(const struct rows *rows);
/* An event test or a measure that is measured, or that neither is. */
const char *any_row_words(const struct rows *rows, bool negated);
/* As any_row_words, ending in "at least one of these:" for a list of the codes to follow. */
const char *any_of_these_words(const struct rows *rows, bool negated);
/* So many times: "HbA1c is measured at least 2 times"; NULL where the number of several sets must be said as a value. */
const char *times_words(const struct rows *rows, enum comparison comparison, double n);
/* "the number of prescriptions of metformin". */
const char *number_of_rows_words(const struct rows *rows);
/* The date of a row, as what happened on it: "the first prescription of metformin". */
const char *row_date_words(const struct rows *rows, enum figure figure);
/* What a rate counts: "prescriptions of metformin". */

/* ── value.c ── */
/* A value as a noun; a number without a unit of its own takes that of what it meets: `beside`, which may be NULL. */
const char *value_words(const struct expr *expr, const struct expr *beside);
/* Whether it is the patient's age. */
bool is_age(const struct expr *expr);
/* A column of patients, and one of its words: "sex", "female". */
const char *column_words(const struct column *column);
const char *choice_words(const struct column *column, const char *choice);

/* ── condition.c ── */
/* What holds where the condition is yes; negated: where it is no. */
const char *condition_words(const struct expr *expr, bool negated);
#endif
