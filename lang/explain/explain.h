/* explain.h: checked rules in plain Danish or English, as a consultant would put them on a slide: in the language of this
 * call of the command (words_speak), built on the titles that the author gave. Nothing here knows any patient.
 *
 * What is explained is sections of parts, which say nothing of how they look: the printers below lay them out as text, a
 * page or JSON, and who makes slides lays them out as slides. All of it is in the collected heap. */
#ifndef KLYNGE_EXPLAIN_H
#define KLYNGE_EXPLAIN_H
#include "lang/check/program.h"
#include "runtime/image/dates.h"

/* ── one expression ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* One expression as a plain phrase on one line, without a capital letter or a full stop: "HbA1c is above 58 mmol/mol",
 * "has had a prescription of metformin within 12 months". A condition is said as what holds where it is yes; its subject
 * is the patient where none is named. A value is said as a noun: "age", "HbA1c (mean of the latest 3)". A definition is
 * named by its title, in quotes, and not opened. Where `and` and `or` meet, the inner ones stand in parentheses. Never
 * NULL. */
const char *explain_phrase(const struct expr *expr);

/* The same of a condition that does not hold, as what is so then: "has had no prescription of metformin within 12 months". */
const char *explain_opposite(const struct expr *condition);

/* The same of the rows that an expression looks at, by their window alone: "within 12 months", "at the index date"; ""
 * where every row up to the index date counts. */
const char *explain_window(const struct rows *rows);
/* What they are, without their window: "HbA1c", "Prescription: metformin". */
const char *explain_rows(const struct rows *rows);

/* ── whole rules ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A sentence or a list, or a sentence and the list that belongs to it. */
struct part {
  const char *key;                 /* what it is, for programs: "of_whom", "unknown", …; NULL of what stands in a list */
  const char *label;               /* the same for people: "Of whom"; or NULL */
  const char *text;                /* a sentence, or one that ends in a colon where parts follow; or NULL */
  struct part **parts;             /* the list */
  size_t n_parts;
};

struct section {
  const char *key;                 /* "pack", "library", "indicator", "definitions", "definition", "measures", … */
  const char *name;                /* as the rules call it; or NULL */
  const char *title;
  struct part **parts;             size_t n_parts;
  struct section **sections;       size_t n_sections;   /* never more than one level below another */
};

struct explanation {
  const char *language;            /* "da" or "en" */
  const char *title;               /* of the pack; of a library, the name of its file */
  const char *name;                /* of the pack; NULL of a library */
  int32_t as_of;                   /* the index date, or DATE_UNKNOWN: then windows are told in words alone */
  struct section **sections;       size_t n_sections;
};

/* A pack: its population, its indicators, and what they are made of, each explained once: definitions, measures, code sets
 * and parameters. With an indicator, that one and what it is made of. Of a library: what its file declares. The program is
 * one without errors; it is borrowed. */
struct explanation *explain(const struct program *program, const struct indicator *indicator, int32_t as_of);

/* ── as text, page, JSON ─────────────────────────────────────────────────────────────────────────────────────────── */

/* For people at a terminal: lines of at most `width` columns (at least 40), UTF-8; titles in bold where it is wanted. */
void explanation_print_text(const struct explanation *explanation, FILE *out, int width, bool bold);
/* One page of HTML 5 that needs nothing beside it. */
void explanation_print_html(const struct explanation *explanation, FILE *out);
/* One object, as docs/explain.md says. Its texts are in the language of the call, its keys never are. */
void explanation_print_json(const struct explanation *explanation, FILE *out);

/* What a pack brings to a meeting beside its figures, as one JSON object: its programme, what its indicators say to know, to do
 * and to think about, and its whole explanation; docs/result.md, "material". */
void explain_for_meeting(const struct program *program, int32_t as_of, FILE *out);
#endif
