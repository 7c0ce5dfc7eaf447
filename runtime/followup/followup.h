/* followup.h: what has changed from one date to another, as a table, as CSV, and as one result made of two.
 *
 *     BEFORE.json ┐
 *                 ├─followup_join──> result.json ──meetings_read──> struct meetings ──> table, CSV
 *     AFTER.json  ┘                  ↑ run --compare
 *
 * Like the meeting's documents, all of it is made of the result's JSON (docs/result.md): what is hidden there is hidden here. */
#ifndef KLYNGE_FOLLOWUP_H
#define KLYNGE_FOLLOWUP_H
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "runtime/meeting/meeting.h"

/* How the table is written. */
struct followup_page {
  bool danish;        /* the language of the table */
  bool ascii, colour; /* see result_options */
  uint32_t width;
};

/* The later result with the earlier one's figures beside its own, as JSON in new memory, freed by the caller: only clusters,
 * practices and indicators that are in both have any, and what is not the same on both dates stands in `warnings` of its
 * pack. Where the later result was itself compared with the earlier date, its own figures of that date, by the rules of today,
 * stay, and those of the earlier result are what was `published`.
 * NULL with *error (a sentence, freed by the caller) where either is no result, or the two are not of the same packs and
 * clusters, not in their order, or do not hide the same counts. */
char *followup_join(const char *before, const char *after, char **error);

/* The table for people: one for each pack in each cluster (docs/followup.md). */
void followup_write_table(const struct meetings *meetings, const struct followup_page *page, FILE *out);
/* A row for each indicator and practice and one for the cluster (practice *), with the figures of both dates (docs/followup.md). */
void followup_write_csv(const struct meetings *meetings, FILE *out);
#endif
