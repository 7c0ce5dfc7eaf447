/* audit.h: what the checks of a package share. */
#ifndef KLYNGE_OOXML_AUDIT_H
#define KLYNGE_OOXML_AUDIT_H
#include "runtime/ooxml/ooxml.h"

struct audit { struct package *package; FILE *out; size_t n; };

/* Writes a finding as a line, and counts it. */
void audit_tell(struct audit *audit, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* That no two of n nodes have the same value of an attribute, upper and lower case alike. */
void audit_ids(struct audit *audit, const char *where, xmlNode **nodes, size_t n, const char *attribute);

/* ── audit_parts.c ── */
/* Presentations: ids of masters and layouts, themes of their own, sections. */
void audit_slides(struct audit *audit);
/* Papers: styles that there are, and tables whose rows are whole. */
void audit_words(struct audit *audit);
/* Charts: what is cached is as long as what it caches, and its numbers are numbers. */
void audit_charts(struct audit *audit);
#endif
