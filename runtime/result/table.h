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
/* The widest name of the pack's indicators, in columns, but not more than a table can bear. */
uint32_t table_name_width(const struct table *table);

/* rows.c: a row for each indicator, with the spread of the practices. */
void table_write_rows(struct table *table);
/* practices.c: every practice's shares. */
void table_write_practices(struct table *table);
/* foot.c: windows, parameters, and what the figures are made of. */
void table_write_foot(struct table *table);
#endif
