/* meeting.h: all that a meeting's documents say, as one value: one pack in one cluster.
 *
 *     result.json ──meeting_read──> struct meetings ──> deck, workbook, notes, letters, page
 *
 * Documents are made of the result's JSON (docs/result.md) and of nothing else. So the two ways to a document, from data in
 * one call and from a result that was kept, are one; and what the gate has hidden in the result is in no document.
 *
 * Every text is UTF-8, never NULL ("" where there is none), in the language of the result where the program says it and as the
 * pack has it where the pack does. All memory is the reader's and is freed by meetings_free. */
#ifndef KLYNGE_MEETING_H
#define KLYNGE_MEETING_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* How many. A count that may not be seen is SMALL (1 … suppress − 1, written <5) or HIDDEN (because a small one could be
 * worked out from it, written as meeting_write_count says); n is then 0 and means nothing. */
enum meeting_count_state { COUNT_SHOWN, COUNT_SMALL, COUNT_HIDDEN };
struct meeting_count { uint32_t n; enum meeting_count_state state; };

/* A figure: see the table of kinds at runtime/result/result.h. NaN where there is none, or it may not be seen. A share is a
 * fraction, 0 … 1. */
struct meeting_figure {
  struct meeting_count population, denominator, numerator, unknown;
  double value, low, high;
  double adjusted, adjusted_low, adjusted_high;  /* as it would be, were the patients like the cluster's; else NaN */
  double reliability;    /* 0 … 1: how much of how this practice differs from others is more than chance; NaN if not said */
};

/* What became of an indicator's patients since the earlier date. */
struct meeting_change {
  double change, low, high;              /* after − before, and its 95 % interval */
  struct meeting_count became_yes, became_no, stayed_yes, stayed_no;  /* the same patients, in the denominator and decided on both dates */
  struct meeting_count arrived, left;    /* in the denominator only now; only before */
  bool has_patients;                     /* the six counts are known: both dates were run on one data set */
};

/* ── an indicator ────────────────────────────────────────────────────────────────────────────────────────────────── */

enum meeting_kind { MEETING_SHARE, MEETING_COUNT, MEETING_MEAN, MEETING_MEDIAN, MEETING_QUARTILES, MEETING_RATE };
enum meeting_better { MEETING_UNSAID, MEETING_LOWER, MEETING_HIGHER };

/* A sentence of the explanation and what stands below it; label may be "". */
struct meeting_item {
  const char *label, *text;
  struct meeting_item *items;  size_t n_items;
};
/* "Of whom", "Unknown" …: key says which, in no language (docs/explain.md). */
struct meeting_part {
  const char *key, *label, *text;
  struct meeting_item *items;  size_t n_items;
};
/* The explanation of one thing: an indicator, a definition, a measure, a code set. */
struct meeting_section {
  const char *key, *name, *title;
  struct meeting_part *parts;        size_t n_parts;
  struct meeting_section *sections;  size_t n_sections;
};

/* Patients of one band: "Age", "60–69". */
struct meeting_band {
  const char *stratum, *band;
  struct meeting_figure all, *practices;       /* the cluster, then [practice] */
};

struct meeting_indicator {
  const char *name, *title;
  enum meeting_kind kind;
  enum meeting_better better;
  const char *unit;                            /* of a mean, median, quartiles: mmol/mol; else "" */
  double per;                                  /* of a rate: per so many patients */
  double aim;                                  /* as the figure is; NaN where there is none */
  const char *of;                              /* the denominator in words */
  const char **known;    size_t n_known;       /* what is known, what is recommended, what to think about */
  const char **advice;   size_t n_advice;
  const char **reflect;  size_t n_reflect;
  const char *list;                            /* title of the list of its patients, or "" */
  const struct meeting_section *explained;     /* NULL where the result has no explanation */
  struct meeting_figure all, *practices;       /* the cluster, then [practice] in the order of their labels */
  struct meeting_figure all_before, *practices_before;  /* at the earlier date; practices_before is NULL without one */
  struct meeting_change all_change, *practices_change;  /* likewise */
  struct meeting_figure all_published, *practices_published;  /* what was published at the earlier date, by the rules of then, where
                                                  practices_before is by those of today; NULL where that is not told */
  struct meeting_band *bands;  size_t n_bands;
  const char *spread;                          /* one sentence: how much of the differences is more than chance; or "" */
  double funnel_centre;                        /* the cluster's share, where a funnel can be drawn, else NaN */
};

/* ── the meeting ─────────────────────────────────────────────────────────────────────────────────────────────────── */

struct meeting_practice {
  const char *label;                           /* the pseudonym, or the practice's own id if asked for */
  const char *name;                            /* what it is called, if its own id was asked for; or "" */
  struct meeting_count population, population_before;
};

struct meeting_block {
  const char *name, *title;                    /* a break has no name; its title may be "" */
  bool is_break;
  uint32_t minutes;
  size_t *presents;  size_t n_presents;        /* numbers of indicators */
  const char **about;    size_t n_about;
  const char **reflect;  size_t n_reflect;
};

/* is_set: not as the pack has it; `usual` is then what the pack has, or "" where a result does not tell. */
struct meeting_parameter { const char *name, *title, *value, *usual; bool is_set; };
/* What is limited ("hba1c") by which words ("within 18 months"), and the days; DATE_UNKNOWN: from the beginning, or each patient's own. */
struct meeting_window { const char *name, *of; int32_t first, last; };
/* Rows of a file that were not read; or a file that was not there, and was read as empty. */
struct meeting_unread { const char *file, *reason; struct meeting_count rows; uint64_t of; bool is_missing; };

struct meeting {
  bool danish;
  const char *pack, *title, *version, *about, *guideline, *contact;
  const char *language;                        /* that the pack's own texts are written in, "da" or "en"; "" where it does not say */
  const char *meeting, *consultant;            /* from the order; "" without one */
  const char *cluster;                         /* its id; "" where practices are in none */
  int32_t on;                                  /* the day of the meeting, DATE_UNKNOWN without one */
  int32_t index, before;                       /* index date, and the earlier one or DATE_UNKNOWN */
  uint32_t suppress;                           /* counts below it are hidden; 0: none */
  bool identified;                             /* practices under their own ids */
  struct meeting_count population, population_before;
  struct meeting_practice *practices;    size_t n_practices;
  struct meeting_indicator *indicators;  size_t n_indicators;
  struct meeting_block *blocks;          size_t n_blocks;       /* the programme; none where the pack has none */
  const char *programme;                                        /* its title */
  uint32_t duration;                                            /* minutes */
  const struct meeting_section *definitions;   /* the pack's whole explanation; NULL where the result has none */
  struct meeting_parameter *parameters;  size_t n_parameters;
  struct meeting_window *windows;        size_t n_windows;
  struct meeting_unread *unread;         size_t n_unread;       /* rows of the data that were not read */
  const char *rules_hash, *data_hash, *program;                 /* provenance; program: "klynge 0.1" */
  const char **warnings;  size_t n_warnings;                    /* of the comparison: rules, codes, limits that differ */
};

struct meetings { struct meeting *all; size_t n; void *memory; };

/* Reads a result: `length` bytes of JSON. Every pack in every cluster is one meeting, packs in the order of the run and
 * clusters in each. NULL with *error (a sentence, freed by the caller) where it is not such a result. Nothing in it is
 * trusted: numbers are in range and every list as long as it must be, or it is an error. */
struct meetings *meetings_read(const char *json, size_t length, char **error);
void meetings_free(struct meetings *meetings);

/* The part of a section with this key: "of_whom", "how_many", "unknown", "periods" … (docs/explain.md); NULL where there is none. */
const struct meeting_part *meeting_part(const struct meeting_section *section, const char *key);

/* ── words that all documents share (write.c) ────────────────────────────────────────────────────────────────────── */

#define MEETING_TEXT 128
/* Each writes for people in the meeting's language into `out` and returns it: 12.345; <5; "skjult"/"hidden" where hidden. */
const char *meeting_write_count(const struct meeting *meeting, struct meeting_count count, char out[MEETING_TEXT]);
/* "96 af 594"; "<5 af 38"; of a mean "af 38". */
const char *meeting_write_of(const struct meeting *meeting, const struct meeting_indicator *indicator, const struct meeting_figure *figure, char out[MEETING_TEXT]);
/* A value of the indicator's figures with its unit: 16,2 %; 55 mmol/mol; "–" of NaN. */
const char *meeting_write_value(const struct meeting *meeting, const struct meeting_indicator *indicator, double value, char out[MEETING_TEXT]);
/* A number at an axis, with as few decimals as it needs and no unit but per cent: 20 %; 55. */
const char *meeting_write_tick(const struct meeting *meeting, const struct meeting_indicator *indicator, double value, char out[MEETING_TEXT]);
/* "13–19 %": an interval; "" where either is NaN. */
const char *meeting_write_interval(const struct meeting *meeting, const struct meeting_indicator *indicator, double low, double high, char out[MEETING_TEXT]);
/* A change of its figures with its sign: +4,1 procentpoint; −2 mmol/mol. */
const char *meeting_write_change(const struct meeting *meeting, const struct meeting_indicator *indicator, double change, char out[MEETING_TEXT]);
/* 1. juni 2024; 1 June 2024. */
const char *meeting_write_date(const struct meeting *meeting, int32_t date, char out[MEETING_TEXT]);
/* A parameter's value, which the rules have in their own words: "2.5 mmol/L" is 2,5 mmol/L, "12 months" is 12 måneder. */
const char *meeting_write_parameter(const struct meeting *meeting, const struct meeting_parameter *parameter, char out[MEETING_TEXT]);
/* What of the rules is another for this result, which documents say at their top: "Changed for this result: Limit of HbA1c 53
 * mmol/mol (usually 58 mmol/mol); …"; NULL where nothing is. Titles are given to `mark` with the document, so that it may mark texts of
 * the pack; NULL: as they are. Freed by the caller. */
char *meeting_changes(const struct meeting *meeting, const char *(*mark)(void *document, const char *title), void *document);
/* Of one parameter that is set, its value and what the pack has: "53 mmol/mol (usually 58 mmol/mol)"; and what it is called: its title,
 * or its name where it has none. */
const char *meeting_write_changed(const struct meeting *meeting, const struct meeting_parameter *parameter, char out[2 * MEETING_TEXT]);
const char *meeting_parameter_title(const struct meeting_parameter *parameter);
/* What the cluster is called: "Klynge C001"; "Alle praksis" where there is none. */
const char *meeting_write_cluster(const struct meeting *meeting, char out[MEETING_TEXT]);
/* The cluster's figure in one line: "The cluster: 28.4%, 187 of 658 · ↓ lower is better · unknown: 41 · before: 32.0%"; and how far
 * the practices' figures lie apart: "practices: 12–41%". Figures of few patients are left out of it, which is then said; "" where fewer
 * than two are left, or where one is hidden: a range of the others would be taken for that of all. */
#define MEETING_LINE 640
const char *meeting_write_summary(const struct meeting *meeting, const struct meeting_indicator *indicator, char out[MEETING_LINE]);
const char *meeting_write_range(const struct meeting *meeting, const struct meeting_indicator *indicator, char out[MEETING_LINE]);
/* The whole meeting's questions, where the pack asks none of its own. */
#define MEETING_QUESTIONS 4
const char *meeting_question(size_t i);
/* What must be said beside figures: where variation may come from, and that it does not show quality by itself. */
const char *meeting_caveat(const struct meeting *meeting);
/* What “<5” and “hidden” mean beside figures; empty where nothing is hidden. Returns `out`. */
const char *meeting_write_hidden(const struct meeting *meeting, char out[MEETING_TEXT]);
/* Whether an indicator's figure is made of a number of each patient; and whether a figure is of fewer than ten patients: a share of
 * hundred, or a change, would then say more than there is, and documents show its counts alone. */
bool meeting_is_of_numbers(const struct meeting_indicator *indicator);
bool meeting_is_of_few(const struct meeting_indicator *indicator, const struct meeting_figure *figure);
/* The practices from the lowest figure to the highest, those without one last, and like ones in the order of labels; into
 * `order`, numbers of practices. No rank is to be shown: it is an order to read a chart in. */
void meeting_sort(const struct meeting *meeting, const struct meeting_indicator *indicator, size_t *order);
#endif
