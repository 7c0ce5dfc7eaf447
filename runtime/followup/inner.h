/* inner.h: what the files of this room share. */
#ifndef KLYNGE_FOLLOWUP_INNER_H
#define KLYNGE_FOLLOWUP_INNER_H
#include <cjson/cJSON.h>
#include "runtime/followup/followup.h"
#include "runtime/result/page.h"

/* ── warn.c ── */
/* Adds to the later pack's warnings in what the two packs differ: rules, parameters, code sets, measures, indicators. Code
 * sets and measures are compared by how they are explained, and so only where both are explained in one language. */
void warn_of_pack(const cJSON *before, cJSON *after, bool same_language);
/* A sentence more, as printf has it. */
void warn_add(cJSON *pack, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ── practices.c ── */
/* Of fewer patients than this the count itself is shown, and no figure and no change, as in the table of one date. */
#define FOLLOWUP_FEW 10
bool followup_is_few(const struct meeting_indicator *indicator, const struct meeting_figure *figure);
/* Every practice's figures on both dates, and their change. */
void followup_write_practices(struct page *page, const struct meeting *meeting);

/* ── table.c ── */
/* A change of the indicator's figures with its sign and without its unit: −3.2; of a share, for a narrow column, −3. */
void followup_print_change(const struct page *page, const struct meeting_indicator *indicator, double change,
                           bool is_short, char out[64]);
#endif
