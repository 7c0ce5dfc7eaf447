/* result.h: the result of a run, with the names that people may see, ready to be written as a table or as CSV.
 *
 * Every name and number that leaves the program passes through here: practices are given pseudonyms unless the caller
 * asks for their own names. */
#ifndef KLYNGE_RESULT_H
#define KLYNGE_RESULT_H
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "runtime/image/image.h"
#include "runtime/store/store.h"
#include "runtime/csv/csv.h"
#include "runtime/run/run.h"
#include "runtime/stats/stats.h"

/* The same packs over the same data at an earlier index date. */
struct result_before {
  int32_t index;
  struct counts *counts;
  struct run_moved *moved;         /* what became of the patients since: see run_moved */
};

struct result_options {
  int32_t index;                   /* the index date */
  bool index_given;                /* said by the user; otherwise it was the newest date in the data */
  bool identified;                 /* practices under their own ids */
  const char *key_file;            /* of pseudonyms, or NULL: keyed by the data's hash */
  const char *const *clusters;     /* only these clusters (ids) … */
  uint32_t n_clusters;             /* … or all of them for 0 */
  const char *const *practices;    /* only these practices (ids) … */
  uint32_t n_practices;            /* … or all for 0 */
  bool danish;                     /* the language of the table */
  bool colour;                     /* the terminal shows colours */
  bool ascii;                      /* the terminal shows nothing but ASCII: æ is written ae, a dot * */
  uint32_t width;                  /* columns of the table, 100 unless the terminal is narrower */
  const char *program_version;
  const char *const *settings;     /* [pack] which setting it was evaluated under, as hba1c_limit=48; NULL: each stands once */
  const struct result_before *before;  /* NULL where nothing is compared; borrowed by result_make alone */
  uint32_t suppress;               /* counts from 1 to suppress − 1 are hidden, and what would give one back; 0: none is */
};

/* A count that may not be seen is SMALL (1 … suppress − 1, written <5) or HIDDEN (a small one could be worked back from it);
 * it is then 0 and means nothing. */
enum result_state { RESULT_SHOWN, RESULT_SMALL, RESULT_HIDDEN };
/* The counts of a figure, in the order of its members. */
enum result_count { RESULT_POPULATION, RESULT_DENOMINATOR, RESULT_NUMERATOR, RESULT_UNKNOWN, N_RESULT_COUNTS };

/* A figure of an indicator, or of one band of its patients, in one practice or in a whole cluster.
 *
 * | kind      | numerator                     | value         | low and high                                |
 * |-----------|-------------------------------|---------------|---------------------------------------------|
 * | share     | for whom the condition holds  | as a fraction | Wilson's interval                           |
 * | count     | for whom the condition holds  | the numerator | –                                           |
 * | mean      | whose number is known         | in its unit   | Student's interval; – of one                |
 * | median    | whose number is known         | in its unit   | the interval of the ranks; – of up to five  |
 * | quartiles | whose number is known         | the median    | the first and the third quartile            |
 * | rate      | how many events               | `per` so many | Garwood's interval                          |
 *
 * What is not there (–, or all of it where the figure is of nobody) is NaN. */
struct result_figure {
  uint32_t population, denominator, numerator, unknown;
  double value, low, high;
  double expected;                     /* of a whole with `adjust by`: the events, or the mean, that its patients' bands
                                          would have in the cluster */
  struct estimate adjusted;            /* … and the figure it would have, were its patients like the cluster's */
  double reliability;                  /* 0 … 1, of a practice's whole: how much of how it differs from the others is more
                                          than chance (stats_reliability); NaN where that is not said */
  uint8_t state[N_RESULT_COUNTS];      /* enum result_state of each count; where the figure itself would tell a count that is
                                          hidden it is NaN */
};

/* The counts of struct run_moved, in the order of its members. */
enum result_move { RESULT_BECAME_YES, RESULT_BECAME_NO, RESULT_STAYED_YES, RESULT_STAYED_NO, RESULT_ARRIVED, RESULT_LEFT, N_RESULT_MOVES };

/* What became of a figure and its patients since the earlier date. */
struct result_change {
  double change, low, high;            /* after − before and its 95 % interval; NaN where there is none */
  bool has_patients;                   /* the counts below say something: of a share or a count */
  struct run_moved patients;
  uint8_t state[N_RESULT_MOVES];       /* enum result_state of each of them */
};

struct result_practice {
  const char *id, *label;              /* label: the pseudonym, or the id */
  const char *name;                    /* as the data have it, where ids are shown; else "" */
  uint32_t number;                     /* in the data */
};
struct result_cluster {
  const char *id;
  bool outside;                        /* these practices are in no cluster, while others are; the id is "" */
  uint32_t first_practice, n_in_cluster;  /* practices of the data in the cluster, shown or not … */
  uint32_t n_practices;                /* … and how many of them are shown */
  struct result_practice *practices;   /* in the order of labels */
  struct result_figure *figures;       /* [row of the cell × (n_practices + 1) + practice]: see result_figures */
  struct result_figure *before;        /* the same at the earlier date; NULL without one */
  struct result_change *changes;       /* [indicator of the image × (n_practices + 1) + practice]; NULL likewise */
  const char **spread;                 /* [indicator of the image]: one sentence for people on how much of the differences
                                          between practices is more than chance, "" where nothing is said */
};
/* Borrows texts from image and store. */
struct result {
  const struct image *image;
  const struct counts *counts;
  const struct data_report *report;
  struct result_options options;
  uint64_t data_hash[2];               /* by which data are told apart; not the store's own, of which keys are made */
  char letters[17];                    /* by what results with the same letters are known (name_key_print); "" of ids */
  int32_t before;                      /* the earlier index date, DATE_UNKNOWN without one */
  uint32_t n_clusters;
  struct result_cluster *clusters;     /* in the order of ids, practices in no cluster last */
  uint32_t *row_of_cell;               /* [cell of the image]: where its figures stand; IMAGE_NONE for what only adjusts */
};

/* Makes the result. A cluster in which none of the named practices is does not appear. NULL with *error set (a
 * sentence, freed by the caller) when a named cluster or practice is not in the data or the key file cannot be read
 * or written; *exit_code is then 2, 3 or 4 as COMMAND.md says. */
struct result *result_make(const struct image *image, const struct store *store, const struct counts *counts,
                           const struct data_report *report, const struct result_options *options, char **error,
                           int *exit_code);
void result_free(struct result *result);
/* figures.c, for result_make: fills in the figures of all clusters. */
void result_fill_figures(struct result *result);
/* figures.c, for result_suppress: whether an adjusted figure of a practice (of the cluster, from 0) would tell of few: of the practice's
 * patients in one of the bands, or of the cluster's. It is exact to the last digit, and says how many patients are in each band. */
bool result_tells_few(const struct result *result, const struct result_cluster *cluster, const struct image_indicator *indicator,
                      const struct counts *counts, uint32_t practice);
/* before.c, likewise: fills in the figures of the earlier date and what became of the patients; then, of the figures that are
 * shown, how they changed. Both do nothing without an earlier date. */
void result_fill_before(struct result *result);
void result_fill_changes(struct result *result);
/* suppress.c, likewise: hides in all figures, of both dates, what options.suppress says and what would give it back, before anything
 * is made of them. Which practices are shown changes nothing of it. */
void result_suppress(struct result *result);
/* beyond.c, likewise: from the figures that are shown, the sentence on their spread and the reliability of each. */
void result_fill_spread(struct result *result);

/* The figures of a cell of the image, the whole of an indicator or one of its bands: one for each practice that is
 * shown, then the cluster's, which is of all its practices whichever are shown. */
const struct result_figure *result_figures(const struct result *result, const struct result_cluster *cluster,
                                           uint32_t cell);
/* The same at the earlier date, where there is one. */
const struct result_figure *result_figures_before(const struct result *result, const struct result_cluster *cluster,
                                                  uint32_t cell);
/* after − before of an indicator's figures, with its 95 % interval where its kind has one: of quartiles and counts not. */
struct estimate result_change_of(enum image_kind kind, const struct result_figure *before, const struct result_figure *after);
/* What became of the figures of an indicator of the image, practice by practice and then of the cluster, likewise. */
const struct result_change *result_changes(const struct result_cluster *cluster, uint32_t indicator);
/* Whether a cell has rows of its own in a cluster: the whole, and each band. Those of the unknown and of what lies
 * below the first limit have none where nobody is in them. */
bool result_shows_cell(const struct result *result, const struct result_cluster *cluster, uint32_t cell);

/* pack,indicator,cluster,practice,as_of,population,denominator,numerator,unknown,value,low,high: a row for each
 * practice in the order of labels, then one with practice * for the cluster; numbers read back to the same double.
 * Where an indicator of the run has `by`, stratum,band follow, and the rows of the bands follow each row of a whole;
 * where one has `adjust by`, adjusted follows; with an earlier date compared_with, its figures and what changed
 * (docs/followup.md). A count that may not be seen is <5 or hidden. */
void result_write_csv(const struct result *result, FILE *out);

#define RESULT_JSON_VERSION 1
/* What a result's JSON holds that only the rules know, as JSON texts: material[pack] is what they say beside the figures, and
 * `meeting` the order that the result was made for. Each may be NULL. */
struct result_words { const char *const *material; const char *meeting; };
/* The whole result as JSON: docs/result.md. */
void result_write_json(const struct result *result, const struct result_words *words, FILE *out);
/* The table for people: see docs/table.md. */
void result_write_table(const struct result *result, FILE *out);
/* What was not read, by file and reason, in sentences for people, after an empty line; nothing where all was read. Of fewer rows than
 * `suppress` it is not told how many they are. */
void result_write_report(const struct data_report *report, uint32_t suppress, bool danish, FILE *out);

/* Writes `number` in the fewest digits (at most 17) that strtod reads back to the same double; returns the length. */
int result_number(double number, char out[32]);
/* Writes a date as 2024-03-01; nothing for one that is outside the years 1 … 9999, as DATE_UNKNOWN is. */
void result_date(int32_t date, char out[16]);
#endif
