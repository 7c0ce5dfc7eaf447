/* result_sample.h: made-up rules and counts for the tests of results, built by hand: two packs over some clusters. */
#ifndef KLYNGE_RESULT_SAMPLE_H
#define KLYNGE_RESULT_SAMPLE_H
#include <stdint.h>
#include "runtime/result/result.h"

enum { MOST_CLUSTERS = 3, MOST_PRACTICES = 64, MOST_INDICATORS = 8, MOST_CELLS = 64, MOST_TEXTS = 128, MOST_BYTES = 8192 };

struct sample {
  char bytes[MOST_BYTES];            /* the image's texts */
  uint32_t n_bytes;
  struct image_pack packs[2];
  struct image_indicator indicators[MOST_INDICATORS];
  struct image_cell cells[MOST_CELLS];
  struct run_values values[MOST_CELLS];
  struct image_window windows[8];
  struct image_parameter parameters[4];
  struct image image;
  char names[MOST_TEXTS][80];        /* the store's texts */
  uint64_t begins[MOST_TEXTS];
  struct store_practice practices[MOST_PRACTICES];
  struct store_cluster clusters[MOST_CLUSTERS];
  struct store store;
  uint32_t population[2 * MOST_PRACTICES];
  struct run_count count[MOST_CELLS * MOST_PRACTICES]; /* [cell × n_practices + practice] */
  int32_t low[8], high[8];
  struct counts counts;
  struct result_options options;
};

/* An empty sample, to which packs, clusters and counts are added; sample_join is called last. */
struct sample *sample_open(void);
void sample_close(struct sample *sample);
/* The offset of a text in the image: as in any image, equal texts are kept once. */
uint32_t sample_text(struct sample *sample, const char *text);
/* The number of a new text in the store. */
uint32_t sample_name(struct sample *sample, const char *text);
void sample_add_pack(struct sample *sample, const char *pack, const char *title);
/* To the pack added last. Without title: NULL. Without denominator: NULL, the population. */
void sample_add_indicator(struct sample *sample, const char *indicator, const char *title, const char *denominator,
                          uint32_t better);
/* Makes a share into another kind: the numerator as written, and the unit, or NULL. */
void sample_make_kind(struct sample *sample, enum image_kind kind, const char *numerator, const char *unit);
/* Adds a cell to the indicator added last; stratum and title are NULL for one that adjusts, band NULL for the unknown. */
void sample_add_cell(struct sample *sample, enum image_cell_role role, const char *stratum, const char *title,
                     const char *band, bool is_edge);
/* Counts one more patient in a cell: in the numerator, unknown or neither; or with a number, NAN where it is unknown, which
 * is gathered or, of a rate, added. Patients come practice by practice, and all clusters have been added. */
void sample_count(struct sample *sample, uint32_t cell, uint32_t practice, enum outcome outcome);
void sample_count_number(struct sample *sample, uint32_t cell, uint32_t practice, double number);
void sample_add_window(struct sample *sample, uint32_t title, const char *subject, int32_t low);
/* A cluster of n practices; those of the second are called P201, P202, … */
void sample_add_cluster(struct sample *sample, const char *cluster, uint32_t n);
void sample_join(struct sample *sample);

/* Complete samples: six indicators over the clusters C1, C2, C3 with so many practices each. */
struct sample *sample_open_clusters(uint32_t n_clusters, const uint32_t *n_practices);
struct sample *sample_open_cluster(uint32_t n_practices);

/* kinds_sample.c: one indicator of each kind over the cluster C1: mp1 (a share, by age group and adjusted by it, with an
 * aim), level (a median, by sex, with an aim), ldl (a mean, adjusted by sex and age group), systolic (quartiles), visits
 * (a rate, adjusted by age group) and frail (a count, by age group). Practices have from few patients to many, old and
 * young. */
struct sample *sample_open_kinds(uint32_t n_practices);

/* The language of what is written from here on: Danish from the catalogue in $KLYNGE_LOCALE, or English. */
void sample_speak(bool danish);
/* The result of a sample, which must be one; its language is spoken from here on. */
struct result *sample_make(struct sample *sample);
/* What a writer writes, as text. */
char *sample_write(const struct result *result, void (*write)(const struct result *, FILE *));

/* The table of a sample, as text. */
char *sample_table(struct sample *sample);
/* The text (freed), or the sample's table, is letter by letter that of tests/result/NAME.txt. */
void text_looks_like(char *text, const char *name);
void sample_looks_like(struct sample *sample, const char *name);
/* Every line of a table is in at most `width` columns, and none ends in a blank. */
void sample_fits(const char *table, uint32_t width);

/* The text of a file, or NULL where there is none. */
char *file_read(const char *path);
void file_write(const char *path, const char *text);
#endif
