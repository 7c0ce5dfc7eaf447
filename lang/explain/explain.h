/* explain.h: checked rules in plain Danish or English, as a consultant would put them on a slide: in the language of this
 * call of the command (words_speak), built on the titles that the author gave. Nothing here knows any patient. */
#ifndef KLYNGE_EXPLAIN_H
#define KLYNGE_EXPLAIN_H
#include "lang/check/program.h"

/* One expression as a plain phrase on one line, without a capital letter or a full stop: "HbA1c is above 58 mmol/mol",
 * "has had a prescription of metformin within 12 months". A condition is said as what holds where it is yes; its subject
 * is the patient where none is named. A value is said as a noun: "age", "HbA1c (mean of the latest 3)". A definition is
 * named by its title, in quotes, and not opened. Where `and` and `or` meet, the inner ones stand in parentheses. The text is
 * in the collected heap; never NULL. */
const char *explain_phrase(const struct expr *expr);

/* The same of the rows that an expression looks at, by their window alone: "within 12 months", "at the index date"; ""
 * where every row up to the index date counts. */
const char *explain_window(const struct rows *rows);
#endif
