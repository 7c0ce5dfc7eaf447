/* inner.h: what the files of this room share. */
#ifndef KLYNGE_FHIR_INNER_H
#define KLYNGE_FHIR_INNER_H
#include "runtime/fhir/fhir.h"

/* One report: an indicator in a practice, or, for n_practices, in the whole cluster. */
struct subject {
  const struct meeting *meeting;
  const struct meeting_indicator *indicator;
  size_t practice;
};

/* ── name.c ── */
#define NAME_TEXT 40
/* The report's id, a UUID of version 8 (RFC 9562): a hash of the data, the rules, and what the report is of. */
void name_uuid(const struct subject *subject, char out[NAME_TEXT]);
/* Writes a text with the letters that a URI has not as %C3. */
void name_escaped(FILE *out, const char *text);
/* Writes urn:klynge and each part after a colon. */
void name_urn(FILE *out, const char *const *parts, size_t n);

/* ── report.c ── */
void report_write(const struct subject *subject, const char *id, FILE *out);
#endif
