/* practices.c: every practice's figures, so that each can find itself.
 *
 *                cluster    A    B    C            one column for each practice, in as many panels as the width asks for
 *     patients     1,184   52   61   48
 *     mp1             45   44   39  2/3            per cent; of fewer than 10 patients the count itself
 *       adjusted      45   41   42                 as if its patients were like the cluster's
 *       of           512   50   58    3            where it is not the population
 *       unknown       12    1    –    2            where anything is unknown
 *       0–69          47   49   40  1/2            each band in which some practice has at least 10 patients
 */
#include "runtime/result/table.h"
#include <stdlib.h>
#include <string.h>
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

#define LABEL_MOST 24
#define CELL_LEAST 3  /* 100, 2/3, <1 */
#define INDENT     2

/* The lines of the panels: what each says of which figures. */
enum line_kind { LINE_PATIENTS, LINE_FIGURE, LINE_ADJUSTED, LINE_OF, LINE_UNKNOWN, LINE_BAND };
struct line {
  enum line_kind kind;
  uint32_t indicator;                  /* of the pack, from 0 */
  const struct image_cell *band;       /* of a LINE_BAND */
  const struct result_figure *figures;
};

/* The lines; the practices that have a column; and where the columns stand. A cell is its width and the blank before
 * it. */
struct panels {
  struct line *lines;
  uint32_t n_lines, *shown, n_shown, cluster_end, cell, per_panel;
};

static uint32_t more_of(uint32_t a, uint32_t b) { return a > b ? a : b; }
static uint32_t less_of(uint32_t a, uint32_t b) { return a < b ? a : b; }

static uint32_t columns_of(const struct table *table, const char *text) {
  return page_columns(&table->page, text, strlen(text));
}

static const char *label_of(const struct table *table, uint32_t practice) {
  const char *label = table->cluster->practices[practice].label;
  return *label ? label : _("(none)");
}

/* ── lines ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool has_adjusted(const struct image_indicator *indicator, const struct image *image) {
  return image->cells[indicator->first_cell + indicator->n_cells - 1].role == CELL_ADJUST;
}

/* A line of fractions alone would be read by nobody: some practice must have at least ten patients in the band. */
static bool is_readable(const struct table *table, const struct image_indicator *indicator,
                        const struct result_figure *figures) {
  for (uint32_t j = 0; j < table->cluster->n_practices; j++)
    if (!table_is_few(indicator, &figures[j]))
      return true;
  return false;
}

static void add_line(struct panels *panels, struct line line) {
  panels->lines = memory_resize(panels->lines, panels->n_lines + 1, sizeof line);
  panels->lines[panels->n_lines++] = line;
}

static void add_lines(const struct table *table, uint32_t i, struct panels *panels) {
  const struct image *image = table->result->image;
  const struct image_indicator *indicator = table_indicator(table, i);
  struct line line = {.indicator = i, .figures = table_figures(table, i)};
  const struct { bool is_there; enum line_kind kind; } of_whole[] = {
    {true, LINE_FIGURE},
    {has_adjusted(indicator, image), LINE_ADJUSTED},
    {indicator->denominator != IMAGE_NONE, LINE_OF},
    {table_is_anybody(&line.figures[table->cluster->n_practices], RESULT_UNKNOWN), LINE_UNKNOWN},
  };
  for (size_t k = 0; k < sizeof of_whole / sizeof *of_whole; k++) {
    line.kind = of_whole[k].kind;
    if (of_whole[k].is_there)
      add_line(panels, line);
  }
  line.kind = LINE_BAND;
  for (uint32_t cell = indicator->first_cell; cell < indicator->first_cell + indicator->n_cells; cell++) {
    if (!table_shows_band(table, cell))
      continue;
    line.figures = result_figures(table->result, table->cluster, cell);
    line.band = &image->cells[cell];
    if (is_readable(table, indicator, line.figures))
      add_line(panels, line);
  }
}

/* The name of a line, of which the indicator's own alone is not indented. The unknown is no word for a line of its
 * own. */
static void print_name(const struct table *table, const struct line *line, char out[TABLE_TEXT]) {
  const char *name = "";
  switch (line->kind) {
    case LINE_PATIENTS: name = _("patients"); break;
    case LINE_FIGURE:   name = table_text(table, table_indicator(table, line->indicator)->name); break;
    case LINE_ADJUSTED: name = _("adjusted"); break;
    case LINE_OF:       name = P_("how many", "of"); break;
    case LINE_UNKNOWN:  name = P_("how many", "unknown"); break;
    case LINE_BAND:     name = table_band(table, line->band); break;
  }
  if (line->kind == LINE_BAND && line->band->band == IMAGE_NONE)
    snprintf(out, TABLE_TEXT, P_("a band", "%s unknown"), table_stratum(table, line->band));
  else
    snprintf(out, TABLE_TEXT, "%s", name);
}

static bool is_indented(const struct line *line) { return line->kind != LINE_PATIENTS && line->kind != LINE_FIGURE; }

/* How much of a name is shown. */
static uint32_t name_most(const struct table *table, const struct line *line) {
  return line->kind == LINE_FIGURE ? table_name_width(table) : LABEL_MOST;
}

static void print_cell(const struct table *table, const struct line *line, const struct result_figure *figure,
                       char out[64]) {
  switch (line->kind) {
    case LINE_PATIENTS: table_print_count(table, figure, RESULT_POPULATION, out); break;
    case LINE_FIGURE:
    case LINE_BAND:     table_print_cell(table, line->indicator, figure, out); break;
    case LINE_ADJUSTED: table_print_adjusted(table, line->indicator, figure, out); break;
    case LINE_OF:       table_print_count(table, figure, RESULT_DENOMINATOR, out); break;
    case LINE_UNKNOWN:  table_print_count(table, figure, RESULT_UNKNOWN, out); break;
  }
}

/* ── panels ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_line(struct table *table, const struct panels *panels, const struct line *line, uint32_t first,
                       uint32_t last) {
  struct page *page = &table->page;
  char name[TABLE_TEXT], cell[64];
  print_name(table, line, name);
  page_style(page, line->kind == LINE_FIGURE ? STYLE_PLAIN : STYLE_DIM);
  page_move(page, is_indented(line) ? INDENT : 0);
  page_write_cut(page, name, name_most(table, line));
  print_cell(table, line, &line->figures[table->cluster->n_practices], cell);
  page_write_right(page, cell, panels->cluster_end);
  for (uint32_t i = first; i < last; i++) {
    print_cell(table, line, &line->figures[panels->shown[i]], cell);
    page_write_right(page, cell, panels->cluster_end + (i - first + 1) * panels->cell);
  }
  page_style(page, STYLE_PLAIN);
  page_end_line(page);
}

static void write_labels(struct table *table, const struct panels *panels, uint32_t first, uint32_t last) {
  struct page *page = &table->page;
  page_style(page, STYLE_BOLD);
  page_write_right(page, table_word_for_all(table), panels->cluster_end);
  for (uint32_t i = first; i < last; i++) {
    const char *label = label_of(table, panels->shown[i]);
    uint32_t end = panels->cluster_end + (i - first + 1) * panels->cell;
    page_move(page, end - less_of(columns_of(table, label), LABEL_MOST));
    page_write_cut(page, label, LABEL_MOST);
  }
  page_style(page, STYLE_PLAIN);
  page_end_line(page);
}

/* The shown practices first … last − 1. */
static void write_panel(struct table *table, const struct panels *panels, uint32_t first, uint32_t last) {
  write_labels(table, panels, first, last);
  for (uint32_t i = 0; i < panels->n_lines; i++)
    write_line(table, panels, &panels->lines[i], first, last);
}

/* The columns of a practice's figures. */
static uint32_t cell_width(const struct table *table, const struct panels *panels) {
  uint32_t width = CELL_LEAST;
  char text[64];
  for (uint32_t j = 0; j < panels->n_shown; j++) {
    width = more_of(width, less_of(columns_of(table, label_of(table, panels->shown[j])), LABEL_MOST));
    for (uint32_t i = 0; i < panels->n_lines; i++) {
      print_cell(table, &panels->lines[i], &panels->lines[i].figures[panels->shown[j]], text);
      width = more_of(width, columns_of(table, text));
    }
  }
  return width;
}

/* Where the cluster's figures end: clear of the names. A name that is indented may reach under the heading, if its own
 * figure is short. */
static uint32_t cluster_end(const struct table *table, const struct panels *panels) {
  uint32_t widest = columns_of(table, table_word_for_all(table)), plain = 0, end = 0;
  char name[TABLE_TEXT], text[64];
  for (uint32_t i = 0; i < panels->n_lines; i++) {
    const struct line *line = &panels->lines[i];
    print_name(table, line, name);
    print_cell(table, line, &line->figures[table->cluster->n_practices], text);
    uint32_t columns = less_of(columns_of(table, name), name_most(table, line));
    widest = more_of(widest, columns_of(table, text));
    if (is_indented(line))
      end = more_of(end, INDENT + columns + 2 + columns_of(table, text));
    else
      plain = more_of(plain, columns);
  }
  return more_of(end, plain + 2 + widest);
}

/* As few panels as the width allows, and as many practices in each. The caller frees `shown` and `lines`. */
static struct panels plan_panels(const struct table *table) {
  const struct page *page = &table->page;
  const struct result_figure *figures = table_figures(table, 0);
  struct panels panels = {.shown = memory_take(table->cluster->n_practices, sizeof *panels.shown)};
  for (uint32_t i = 0; i < table->cluster->n_practices; i++)
    if (table_is_anybody(&figures[i], RESULT_POPULATION))
      panels.shown[panels.n_shown++] = i;
  add_line(&panels, (struct line){.kind = LINE_PATIENTS, .figures = figures});
  for (uint32_t i = 0; i < table->pack->n_indicators; i++)
    add_lines(table, i, &panels);
  panels.cell = cell_width(table, &panels) + 1;
  panels.cluster_end = cluster_end(table, &panels);
  uint32_t most = page->width > panels.cluster_end + panels.cell ? (page->width - panels.cluster_end) / panels.cell : 1;
  uint32_t n_panels = (panels.n_shown + most - 1) / most;
  panels.per_panel = n_panels ? (panels.n_shown + n_panels - 1) / n_panels : 1;
  return panels;
}

/* Those who have nobody in the population would each be a column of dashes: they share a line. */
static void write_empty(struct table *table) {
  struct page *page = &table->page;
  const struct result_figure *figures = table_figures(table, 0);
  uint32_t n = 0, left = 0;
  for (uint32_t i = 0; i < table->cluster->n_practices; i++) {
    if (table_is_anybody(&figures[i], RESULT_POPULATION))
      continue;
    const char *label = label_of(table, i);
    if (n++ == 0) {
      page_write(page, _("Nobody in the population:"));
      left = page->column + 1;
    } else
      page_write(page, ",");
    if (page->column + 2 + columns_of(table, label) > page->width && page->column > left)
      page_end_line(page);
    page_move(page, page->column > 0 ? page->column + 1 : left);
    page_write_cut(page, label, page->width - left);
  }
  if (n > 0)
    page_end_line(page);
}

/* Which kinds of cell stand in the panels. */
static void find_cells(const struct table *table, const struct panels *panels, bool occurs[N_TABLE_CELLS]) {
  char cell[64];
  for (uint32_t i = 0; i < panels->n_lines; i++) {
    const struct line *line = &panels->lines[i];
    if (line->kind != LINE_FIGURE && line->kind != LINE_BAND)
      continue;
    occurs[table_print_cell(table, line->indicator, &line->figures[table->cluster->n_practices], cell)] = true;
    for (uint32_t j = 0; j < panels->n_shown; j++)
      occurs[table_print_cell(table, line->indicator, &line->figures[panels->shown[j]], cell)] = true;
  }
}

void table_write_practices(struct table *table) {
  struct page *page = &table->page;
  struct panels panels = plan_panels(table);
  table_write_units(table);
  for (uint32_t first = 0; first < panels.n_shown; first += panels.per_panel) {
    uint32_t last = first + panels.per_panel;
    if (first > 0)
      page_end_line(page);
    write_panel(table, &panels, first, last < panels.n_shown ? last : panels.n_shown);
  }
  write_empty(table);
  bool occurs[N_TABLE_CELLS] = {false};
  find_cells(table, &panels, occurs);
  table_write_cell_legend(table, occurs);
  free(panels.shown);
  free(panels.lines);
}
