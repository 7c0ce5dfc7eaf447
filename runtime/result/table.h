/* table.h: the parts of the table for people; each writes its own, and they meet only here. */
#ifndef KLYNGE_RESULT_TABLE_H
#define KLYNGE_RESULT_TABLE_H
#include "runtime/result/page.h"
#include "runtime/result/result.h"

/* Of fewer patients than this the count itself is shown, 2/3 and not 67 %. */
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
/* Whether there is a figure: somebody to count, and not all unknown. */
bool table_has_value(const struct result_figure *figure);
/* Whether a count is somebody, though it may not be seen how many. */
bool table_is_anybody(const struct result_figure *figure, enum result_count count);
/* A count as people read it: 1,184; <5; or * where it is hidden for the sake of others. */
void table_print_count(const struct table *table, const struct result_figure *figure, enum result_count count, char out[32]);
/* The figure of all the cluster with the most general counts: how many of its patients are in the pack's population. NULL where the
 * pack has no indicators. */
const struct result_figure *table_population(const struct table *table);
/* What the figures of all practices together are called: cluster, where there is one. */
const char *table_word_for_all(const struct table *table);
/* The widest name of the pack's indicators, in columns, but not more than a table can bear. */
uint32_t table_name_width(const struct table *table);
/* A parameter's value, its number as the page's language writes it: 2.5 mmol/L, 2,5 mmol/L in Danish. */
void table_write_value(struct table *table, const char *value);

/* ── kind.c: how a figure of each kind is written ────────────────────────────────────────────────────────────────── */

#define TABLE_TEXT 192 /* bytes of a text in a row, as many as any unit needs */

/* A row's figures as texts; what is not said is "". */
struct table_figure_texts { char figure[TABLE_TEXT], of[TABLE_TEXT], below[TABLE_TEXT], unknown[TABLE_TEXT]; };
/* The texts of a figure of the pack's i-th indicator: 28.4%, 187 of 658, its interval 25–32, 12 unknown. */
void table_print_figures(const struct table *table, uint32_t i, const struct result_figure *figure, bool with_unit,
                         struct table_figure_texts *out);
/* The same in the few columns of a practice's cell, and what of it a legend has to explain. */
enum table_cell {
  TABLE_CELL_FIGURE, TABLE_CELL_FEW, TABLE_CELL_FEW_VALUES, TABLE_CELL_NOBODY, TABLE_CELL_UNKNOWN, TABLE_CELL_HIDDEN, N_TABLE_CELLS
};
enum table_cell table_print_cell(const struct table *table, uint32_t i, const struct result_figure *figure,
                                 char out[64]);
/* The adjusted figure in such a cell; nothing for a practice of few. */
void table_print_adjusted(const struct table *table, uint32_t i, const struct result_figure *figure, char out[64]);
/* What kind of figure it is, of whom, and its aim, in new memory: "median, of: hba1c measured; aim 53". */
char *table_describe(const struct table *table, uint32_t i);

/* Whether there is a figure that may not be seen. */
bool table_is_hidden(const struct result_figure *figure);
/* How many patients a figure is about: those whose number is known, or the denominator; and whether they are few. */
uint32_t table_patients(const struct image_indicator *indicator, const struct result_figure *figure);
bool table_is_few(const struct image_indicator *indicator, const struct result_figure *figure);

/* ── scale.c: a row's scale ──────────────────────────────────────────────────────────────────────────────────────── */

/* From where to where, in per cent or in the row's unit. */
struct table_scale { double low, high; };
/* Fits the scale of the i-th row. Without a value there is none, and any will do. */
void table_fit_scale(const struct table *table, uint32_t i, struct table_scale *scale);
/* Whether the cluster and the aim have marks on the scale. The number of patients in the cluster does not lie among
 * those of its practices. */
bool table_has_marks(const struct image_indicator *indicator);
/* Where a figure that has a value, and the aim, lie on a scale: a share in per cent, all others as they are. */
double table_place(const struct image_indicator *indicator, const struct result_figure *figure);
double table_place_of_aim(const struct image_indicator *indicator);
/* The cell of a place on a scale of so many cells; what lies beyond an end is in the cell there. */
uint32_t table_cell_of(const struct table_scale *scale, uint32_t n_cells, double place);

/* ── the parts of the table ──────────────────────────────────────────────────────────────────────────────────────── */

/* rows.c: a row for each indicator, with the spread of the practices; and what a mark (or NULL) means, below them. */
void table_write_rows(struct table *table);
/* Whether a cell of the image is a band that the table shows; what the stratum and the band are called. */
bool table_shows_band(const struct table *table, uint32_t cell);
const char *table_stratum(const struct table *table, const struct image_cell *cell);
const char *table_band(const struct table *table, const struct image_cell *cell);
/* The words of the library's own columns in the language of the table; those of other columns are as they are
 * declared. */
const char *table_say_column(const char *word);
void table_write_meaning(struct table *table, const char *mark, const char *meaning);

/* spread.c: the practices on a scale, beside the i-th row: the scale, then the line below it. */
struct table_spread { uint32_t left, n_cells, low_width, high_width; };
/* How much the numbers at the ends of the pack's scales need; sets no more of the spread. */
void table_plan_spread(const struct table *table, struct table_spread *spread);
/* Whether the i-th row has a spread: where there is no figure nothing can be, and where few numbers are known of all the
 * cluster, their scale would say what the row does not. */
bool table_has_spread(const struct table *table, uint32_t i);
/* All columns it takes, from `left` on. */
uint32_t table_spread_width(const struct table_spread *spread);
void table_write_spread_header(struct table *table, const struct table_spread *spread);
void table_write_spread(struct table *table, const struct table_spread *spread, uint32_t i);
void table_write_below_spread(struct table *table, const struct table_spread *spread, uint32_t i);
void table_write_spread_legend(struct table *table, const struct table_spread *spread);

/* chance.c: after an empty line, how much of the differences between practices is more than chance; nothing where nothing is said. */
void table_write_chance(struct table *table);
/* practices.c: every practice's figures. */
void table_write_practices(struct table *table);
/* legend.c: in what the practices' figures are, and what cells mean that are no such figure. */
void table_write_units(struct table *table);
void table_write_cell_legend(struct table *table, const bool occurs[N_TABLE_CELLS]);
/* foot.c: what was not read, windows, parameters, and what the figures are made of. */
void table_write_foot(struct table *table);
#endif
