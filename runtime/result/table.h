/* table.h: the parts of the table for people; each writes its own, and they meet only here. */
#ifndef KLYNGE_RESULT_TABLE_H
#define KLYNGE_RESULT_TABLE_H
#include "runtime/result/page.h"
#include "runtime/result/result.h"

/* A share of fewer patients than this is shown as the count it is, 2/3 and not 67 %. */
#define TABLE_FEW 10

/* The table of one pack in one cluster. */
struct table {
  struct page page;
  const struct result *result;
  const struct result_cluster *cluster;
  const struct image_pack *pack;
};

/* The text of the image at an offset, "" where there is none. */
const char *table_text(const struct table *table, uint32_t text);
/* The pack's i-th indicator, and its figures: one for each practice, then the cluster's. */
const struct image_indicator *table_indicator(const struct table *table, uint32_t i);
const struct result_figure *table_figures(const struct table *table, uint32_t i);
/* Whether there is a share: somebody to count, and not all unknown. */
bool table_has_value(const struct result_figure *figure);
/* How many patients of the cluster are in the pack's population. */
uint32_t table_population(const struct table *table);
/* What the figures of all practices together are called: cluster, where there is one. */
enum word table_word_for_all(const struct table *table);
/* The widest name of the pack's indicators, in columns, but not more than a table can bear. */
uint32_t table_name_width(const struct table *table);
/* A parameter's value, its number as the page's language writes it: 2.5 mmol/L, 2,5 mmol/L in Danish. */
void table_write_value(struct table *table, const char *value);

/* rows.c: a row for each indicator, with the spread of the practices; and what a mark (or NULL) means, below them. */
void table_write_rows(struct table *table);
void table_write_meaning(struct table *table, const char *mark, enum word meaning);

/* spread.c: the practices on a scale, beside the i-th row: the scale, then the line below it. It takes n_cells and
 * table_spread_ends columns, from `left` on. */
struct table_spread { uint32_t left, n_cells; };
uint32_t table_spread_ends(const struct table *table);
void table_write_spread_header(struct table *table, const struct table_spread *spread);
void table_write_spread(struct table *table, const struct table_spread *spread, uint32_t i);
void table_write_below_spread(struct table *table, const struct table_spread *spread, uint32_t i);
void table_write_spread_legend(struct table *table, const struct table_spread *spread);

/* practices.c: every practice's shares. */
void table_write_practices(struct table *table);
/* foot.c: what was not read, windows, parameters, and what the figures are made of. */
void table_write_foot(struct table *table);
#endif
