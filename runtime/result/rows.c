/* rows.c: a row for each indicator, and below it one for each band that it is told apart by.
 *
 *                                                  cluster                      each practice
 *     mp1  HbA1c over 58                             44.9%   512 of 1,140  30% ···•·••·●·•··········60%
 *          of: hba1c measured                        42–48     12 unknown  ← better  ▲
 *          Age  0–69                                 47.2%     272 of 576  43–51  12 unknown
 *               70+                                  42.6%     240 of 564  38–47
 *
 * What is under the figures belongs to them: the figure's 95 % interval, and how many of the patients are unknown. */
#include "runtime/result/table.h"
#include <stdlib.h>
#include <string.h>
#include "runtime/image/words.h"

#define SHARE_WIDTH 7   /* 100,0 % */
#define CELLS_MOST  31
#define CELLS_LEAST 11
#define TITLE_MOST  43  /* titles up to this stay on one line; only then is the scale given more than the least */
#define TITLE_TWO   36  /* columns for those that need two lines anyway */
#define TITLE_SHORT 20  /* what a short title gets, since "of: the population" stands below it */
#define TITLE_LEAST 8
#define BAND_MOST   14  /* columns for what patients are told apart by */

/* Where the columns of the rows stand. A spread of no cells is not drawn. */
struct layout { uint32_t title, share_end, n_end; struct table_spread spread; };

static uint32_t columns_of(const struct table *table, const char *text) {
  return page_columns(&table->page, text, strlen(text));
}

static uint32_t more_of(uint32_t a, uint32_t b) { return a > b ? a : b; }
static uint32_t less_of(uint32_t a, uint32_t b) { return a < b ? a : b; }

static const struct result_figure *cluster_figure(const struct table *table, uint32_t i) {
  return &table_figures(table, i)[table->cluster->n_practices];
}

/* ── the row ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Writes text so that it ends before `end`, and gives the column where it begins, which what stands left of it keeps
 * clear of; without text that is `room`. */
static uint32_t left_of(const struct table *table, const char *text, uint32_t end, uint32_t room) {
  return *text ? end - columns_of(table, text) - 2 : room;
}

/* A text that is written line by line beside something else. */
struct beside { const char *text; enum style style; };

/* Writes as much of a text as there is room for left of column `end`. */
static void write_beside(struct table *table, const struct layout *layout, uint32_t end, struct beside *beside) {
  struct page *page = &table->page;
  size_t next, length = page_fit(page, beside->text, end > layout->title ? end - layout->title : 1, &next);
  page_move(page, layout->title);
  page_style(page, beside->style);
  page_write_part(page, beside->text, length);
  page_style(page, STYLE_PLAIN);
  beside->text += next;
}

static const char *title_of(const struct table *table, uint32_t i) {
  const struct image_indicator *indicator = table_indicator(table, i);
  return table_text(table, indicator->title != IMAGE_NONE ? indicator->title : indicator->numerator);
}

static void write_styled(struct page *page, enum style style, const char *text, uint32_t end) {
  if (!*text)
    return;
  page_style(page, style);
  page_write_right(page, text, end);
  page_style(page, STYLE_PLAIN);
}

/* The figures of a line of the row, and the spread beside them. */
static void write_line(struct table *table, const struct layout *layout, uint32_t i,
                       const struct table_figure_texts *figures, int line) {
  struct page *page = &table->page;
  bool has_spread = layout->spread.n_cells > 0 && table_has_spread(table, i);
  if (line == 0) {
    write_styled(page, STYLE_BOLD, figures->figure, layout->share_end);
    write_styled(page, *figures->figure ? STYLE_PLAIN : STYLE_BOLD, figures->of, layout->n_end);
    if (has_spread)
      table_write_spread(table, &layout->spread, i);
  } else if (line == 1) {
    write_styled(page, STYLE_PLAIN, figures->below, layout->share_end);
    write_styled(page, STYLE_PLAIN, figures->unknown, layout->n_end);
    if (has_spread)
      table_write_below_spread(table, &layout->spread, i);
  }
  page_end_line(page);
}

static void write_row(struct table *table, const struct layout *layout, uint32_t i) {
  struct page *page = &table->page;
  char *described = table_describe(table, i);
  struct beside title = {title_of(table, i), STYLE_PLAIN}, words = {described, STYLE_DIM};
  struct table_figure_texts figures;
  table_print_figures(table, i, cluster_figure(table, i), true, &figures);

  page_write_cut(page, table_text(table, table_indicator(table, i)->name), layout->title - 2);
  for (int line = 0; line < 2 || *title.text || *words.text; line++) {
    uint32_t room = layout->n_end;
    if (line < 2) {
      room = left_of(table, line == 0 ? figures.of : figures.unknown, layout->n_end, room);
      room = left_of(table, line == 0 ? figures.figure : figures.below, layout->share_end, room);
    }
    if (*title.text)
      write_beside(table, layout, room, &title);
    else if (line > 0 && *words.text)
      write_beside(table, layout, room, &words);
    write_line(table, layout, i, &figures, line);
  }
  free(described);
}

/* ── bands ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

const char *table_say_column(const char *word) {
  const char *const words[][2] = {
    {"sex", P_("a column", "sex")}, {"female", P_("a column", "female")}, {"male", P_("a column", "male")}};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcmp(word, words[i][0]) == 0)
      return words[i][1];
  return word;
}

const char *table_stratum(const struct table *table, const struct image_cell *cell) {
  bool has_title = cell->title != IMAGE_NONE;
  return has_title ? table_text(table, cell->title) : table_say_column(table_text(table, cell->stratum));
}

const char *table_band(const struct table *table, const struct image_cell *cell) {
  const char *band = table_text(table, cell->band);
  return cell->band == IMAGE_NONE ? P_("a band", "unknown") : cell->title != IMAGE_NONE ? band : table_say_column(band);
}

bool table_shows_band(const struct table *table, uint32_t cell) {
  return table->result->image->cells[cell].role == CELL_BY && result_shows_cell(table->result, table->cluster, cell);
}

/* The interval and the unknown, beside the figures where there is room for them, else below. */
static void write_rest(struct table *table, const struct layout *layout, const struct table_figure_texts *figures) {
  struct page *page = &table->page;
  const char *parts[] = {figures->below, figures->unknown};
  uint32_t width = columns_of(table, figures->below) + 2 + columns_of(table, figures->unknown);
  if (!*figures->below && !*figures->unknown)
    return;
  if (layout->n_end + 2 + width > page->width) {
    page_end_line(page);
    write_styled(page, STYLE_PLAIN, figures->below, layout->share_end);
    write_styled(page, STYLE_PLAIN, figures->unknown, layout->n_end);
    return;
  }
  for (int i = 0; i < 2; i++)
    if (*parts[i]) {
      page_move(page, page->column + 2);
      page_write(page, parts[i]);
    }
}

static void write_band(struct table *table, const struct layout *layout, uint32_t i, uint32_t number, bool is_first,
                       uint32_t left) {
  struct page *page = &table->page;
  const struct image_cell *cell = &table->result->image->cells[number];
  struct table_figure_texts figures;
  const struct result_figure *row = result_figures(table->result, table->cluster, number);
  table_print_figures(table, i, &row[table->cluster->n_practices], false, &figures);
  uint32_t end = left_of(table, figures.of, layout->n_end, layout->n_end);
  end = left_of(table, figures.figure, layout->share_end, end);
  page_style(page, STYLE_DIM);
  page_move(page, layout->title);
  if (is_first)
    page_write_cut(page, table_stratum(table, cell), left - layout->title - 2);
  page_style(page, STYLE_PLAIN);
  page_move(page, left);
  page_write_cut(page, table_band(table, cell), end > left ? end - left : 1);
  write_styled(page, STYLE_PLAIN, figures.figure, layout->share_end);
  write_styled(page, STYLE_PLAIN, figures.of, layout->n_end);
  write_rest(table, layout, &figures);
  page_end_line(page);
}

/* Each stratum is named at its first band. */
static void write_bands(struct table *table, const struct layout *layout, uint32_t i) {
  const struct image_indicator *indicator = table_indicator(table, i);
  const struct image_cell *cells = table->result->image->cells;
  uint32_t width = 0, stratum = IMAGE_NONE;
  for (uint32_t c = indicator->first_cell; c < indicator->first_cell + indicator->n_cells; c++)
    if (table_shows_band(table, c))
      width = more_of(width, less_of(columns_of(table, table_stratum(table, &cells[c])), BAND_MOST));
  for (uint32_t c = indicator->first_cell; c < indicator->first_cell + indicator->n_cells; c++) {
    if (!table_shows_band(table, c))
      continue;
    write_band(table, layout, i, c, cells[c].stratum != stratum, layout->title + width + 2);
    stratum = cells[c].stratum;
  }
}

/* ── all rows ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* How wide the texts of the rows are: how many of how many; the title that asks for most, and that which makes do with
 * least, for no word should be broken. A long figure takes its columns from the title. */
struct widths { uint32_t n, longest, least; };

static uint32_t longest_word(const struct table *table, const char *text) {
  uint32_t longest = 0;
  for (size_t length; *text; text += length + strspn(text + length, " ")) {
    length = strcspn(text, " ");
    longest = more_of(longest, page_columns(&table->page, text, length));
  }
  return less_of(longest, TITLE_SHORT);
}

static struct widths measure(const struct table *table) {
  struct widths widths = {0, TITLE_SHORT, TITLE_LEAST};
  for (uint32_t i = 0; i < table->pack->n_indicators; i++) {
    struct table_figure_texts figures;
    table_print_figures(table, i, cluster_figure(table, i), true, &figures);
    widths.n = more_of(widths.n, more_of(columns_of(table, figures.of), columns_of(table, figures.unknown)));
    uint32_t figure = columns_of(table, figures.figure), needed = columns_of(table, title_of(table, i)) + figure;
    needed = needed > TITLE_MOST + SHARE_WIDTH ? TITLE_TWO : needed > SHARE_WIDTH ? needed - SHARE_WIDTH : 0;
    widths.longest = more_of(widths.longest, needed);
    if (figure > SHARE_WIDTH)
      widths.least = more_of(widths.least, longest_word(table, title_of(table, i)) + figure - SHARE_WIDTH);
  }
  return widths;
}

static struct layout plan_layout(const struct table *table) {
  const struct page *page = &table->page;
  struct layout layout = {.title = table_name_width(table) + 2};
  struct widths widths = measure(table);
  table_plan_spread(table, &layout.spread);
  uint32_t taken = layout.title + 2 + SHARE_WIDTH + 2 + widths.n, ends = 2 + table_spread_width(&layout.spread);
  uint32_t room = page->width > taken + TITLE_LEAST ? page->width - taken : TITLE_LEAST, title_width = widths.longest;
  /* One practice has nobody to be compared with; and on a page too narrow for both, words are worth more than marks. */
  if (table->cluster->n_in_cluster > 1 && room >= ends + CELLS_LEAST + widths.least) {
    room -= ends;
    layout.spread.n_cells =
      room > widths.longest + CELLS_LEAST ? less_of(room - widths.longest, CELLS_MOST) : CELLS_LEAST;
    title_width = room - layout.spread.n_cells;
  } else
    title_width = less_of(room, TITLE_MOST);
  layout.share_end = layout.title + title_width + 2 + SHARE_WIDTH;
  layout.n_end = layout.share_end + 2 + widths.n;
  layout.spread.left = layout.n_end + 2;
  return layout;
}

static void write_header(struct table *table, const struct layout *layout) {
  struct page *page = &table->page;
  page_style(page, STYLE_DIM);
  page_write_right(page, table_word_for_all(table), layout->share_end);
  if (layout->spread.n_cells > 0)
    table_write_spread_header(table, &layout->spread);
  page_style(page, STYLE_PLAIN);
  page_end_line(page);
}

void table_write_meaning(struct table *table, const char *mark, const char *meaning) {
  struct page *page = &table->page;
  uint32_t columns = columns_of(table, meaning) + (mark ? columns_of(table, mark) + 1 : 0);
  if (page->column > 0 && page->column + 3 + columns > page->width)
    page_end_line(page);
  page_move(page, page->column == 0 ? table_name_width(table) + 2 : page->column + 3);
  if (mark) {
    page_write(page, mark);
    page_write(page, " ");
  }
  page_write(page, meaning);
}

static void write_legend(struct table *table, const struct layout *layout) {
  struct page *page = &table->page;
  bool has_interval = false, has_quartiles = false;
  for (uint32_t i = 0; i < table->pack->n_indicators; i++) {
    const struct image_indicator *indicator = table_indicator(table, i);
    bool shown = table_has_value(cluster_figure(table, i)) && !table_is_few(indicator, cluster_figure(table, i));
    has_quartiles |= shown && indicator->kind == KIND_QUARTILES;
    has_interval |= shown && indicator->kind != KIND_QUARTILES && indicator->kind != KIND_COUNT;
  }
  page_style(page, STYLE_DIM);
  if (has_interval)
    /* xgettext:no-c-format */
    table_write_meaning(table, NULL, _("25–32: 95% interval"));
  if (has_quartiles)
    table_write_meaning(table, NULL, _("53 (47–61): the median, and between what half of the patients lie"));
  if (layout->spread.n_cells > 0)
    table_write_spread_legend(table, &layout->spread);
  page_style(page, STYLE_PLAIN);
  if (page->column > 0)
    page_end_line(page);
}

void table_write_rows(struct table *table) {
  struct layout layout = plan_layout(table);
  write_header(table, &layout);
  for (uint32_t i = 0; i < table->pack->n_indicators; i++) {
    write_row(table, &layout, i);
    write_bands(table, &layout, i);
  }
  page_end_line(&table->page);
  write_legend(table, &layout);
}
