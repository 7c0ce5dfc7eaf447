/* practices.c: every practice's figures on both dates, and their change.
 *
 *                  cluster     A     B     C
 *     mp1  before       32    29    36   2/4         per cent; of fewer than 10 patients the count itself, and no change
 *          now          28    24    39   3/5
 *          change       −3    −5    +3
 */
#include <math.h>
#include <string.h>
#include "runtime/followup/inner.h"
#include "runtime/image/words.h"

#define CELL_LEAST 4
#define NAME_MOST  14
#define LABEL_MOST 12
#define GAP        2

enum line { LINE_BEFORE, LINE_NOW, LINE_CHANGE };
#define N_LINES 3
/* Where the columns stand: names, words, the cluster's figures; then cells of one width. */
struct columns {
  uint32_t words, all_end, cell, per_panel;
};

static uint32_t columns_of(const struct page *page, const char *text) { return page_columns(page, text, strlen(text)); }
static uint32_t more_of(uint32_t a, uint32_t b) { return a > b ? a : b; }
static uint32_t less_of(uint32_t a, uint32_t b) { return a < b ? a : b; }

/* ── cells ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

bool followup_is_few(const struct meeting_indicator *indicator, const struct meeting_figure *figure) {
  bool of_numbers =
      indicator->kind == MEETING_MEAN || indicator->kind == MEETING_MEDIAN || indicator->kind == MEETING_QUARTILES;
  struct meeting_count count = of_numbers ? figure->numerator : figure->denominator;
  return indicator->kind != MEETING_COUNT && (count.state != COUNT_SHOWN || count.n < FOLLOWUP_FEW);
}

static void print_figure(const struct page *page, const struct meeting *meeting,
                         const struct meeting_indicator *indicator, const struct meeting_figure *figure,
                         char out[MEETING_TEXT]) {
  char n[MEETING_TEXT], of[MEETING_TEXT], number[64];
  if (figure->denominator.state == COUNT_SHOWN && figure->denominator.n == 0) {
    strcpy(out, "–");
  } else if (figure->numerator.state != COUNT_SHOWN) {
    meeting_write_count(meeting, figure->numerator, out);
  } else if (followup_is_few(indicator, figure)) {
    meeting_write_count(meeting, figure->numerator, n);
    meeting_write_count(meeting, figure->denominator, of);
    bool is_share = indicator->kind == MEETING_SHARE;
    snprintf(out, MEETING_TEXT, is_share ? "%.60s/%.60s" : "n=%.60s", n, of);
  } else if (isnan(figure->value)) {
    strcpy(out, "?");
  } else {
    unsigned decimals = indicator->kind == MEETING_SHARE || indicator->kind == MEETING_COUNT ? 0 : 1;
    page_decimal(page, indicator->kind == MEETING_SHARE ? figure->value * 100 : figure->value, 0, decimals, number);
    snprintf(out, MEETING_TEXT, "%s", number);
  }
}

/* Practice `i`, or the cluster for n_practices. A change of few would be read as more than it is. */
static void print_cell(const struct page *page, const struct meeting *meeting,
                       const struct meeting_indicator *indicator, size_t i, enum line line, char out[MEETING_TEXT]) {
  bool all = i == meeting->n_practices;
  const struct meeting_figure *before = all ? &indicator->all_before : &indicator->practices_before[i];
  const struct meeting_figure *now = all ? &indicator->all : &indicator->practices[i];
  double change = all ? indicator->all_change.change : indicator->practices_change[i].change;
  char number[64] = "";
  if (line != LINE_CHANGE) {
    print_figure(page, meeting, indicator, line == LINE_BEFORE ? before : now, out);
    return;
  }
  if (!followup_is_few(indicator, before) && !followup_is_few(indicator, now) && !isnan(change))
    followup_print_change(page, indicator, change, true, number);
  snprintf(out, MEETING_TEXT, "%s", number);
}

static const char *word_of(enum line line) {
  switch (line) {
  case LINE_BEFORE: return P_("a line", "before");
  case LINE_NOW: return P_("a line", "now");
  default: return P_("a line", "change");
  }
}

/* ── panels ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct columns plan_columns(const struct page *page, const struct meeting *meeting) {
  struct columns columns = {.cell = CELL_LEAST};
  uint32_t words = 0, all = columns_of(page, P_("heading", "cluster"));
  char text[MEETING_TEXT];
  for (int line = 0; line < N_LINES; line++) words = more_of(words, columns_of(page, word_of((enum line)line)));
  for (size_t j = 0; j < meeting->n_practices; j++)
    columns.cell = more_of(columns.cell, less_of(columns_of(page, meeting->practices[j].label), LABEL_MOST));
  for (size_t i = 0; i < meeting->n_indicators; i++) {
    const struct meeting_indicator *indicator = &meeting->indicators[i];
    columns.words = more_of(columns.words, less_of(columns_of(page, indicator->name), NAME_MOST) + GAP);
    for (size_t j = 0; j <= meeting->n_practices && indicator->practices_before; j++)
      for (int line = 0; line < N_LINES; line++) {
        print_cell(page, meeting, indicator, j, (enum line)line, text);
        uint32_t *width = j == meeting->n_practices ? &all : &columns.cell;
        *width = more_of(*width, columns_of(page, text));
      }
  }
  columns.cell++;
  columns.all_end = columns.words + words + GAP + all;
  uint32_t most = page->width > columns.all_end + columns.cell ? (page->width - columns.all_end) / columns.cell : 1;
  uint32_t n = (uint32_t)meeting->n_practices, panels = (n + most - 1) / most;
  columns.per_panel = (n + panels - 1) / panels;
  return columns;
}

static void write_line(struct page *page, const struct meeting *meeting, const struct columns *columns,
                       const struct meeting_indicator *indicator, enum line line, size_t first, size_t last) {
  char text[MEETING_TEXT];
  if (line == LINE_BEFORE) page_write_cut(page, indicator->name, columns->words - GAP);
  page_style(page, line == LINE_CHANGE ? STYLE_BOLD : STYLE_PLAIN);
  page_move(page, columns->words);
  page_write(page, word_of(line));
  print_cell(page, meeting, indicator, meeting->n_practices, line, text);
  if (*text) page_write_right(page, text, columns->all_end);
  for (size_t j = first; j < last; j++) {
    print_cell(page, meeting, indicator, j, line, text);
    if (*text) page_write_right(page, text, columns->all_end + (uint32_t)(j - first + 1) * columns->cell);
  }
  page_style(page, STYLE_PLAIN);
  page_end_line(page);
}

static void write_panel(struct page *page, const struct meeting *meeting, const struct columns *columns, size_t first,
                        size_t last) {
  page_end_line(page);
  page_style(page, STYLE_BOLD);
  page_write_right(page, P_("heading", "cluster"), columns->all_end);
  for (size_t j = first; j < last; j++) {
    const char *label = meeting->practices[j].label;
    uint32_t end = columns->all_end + (uint32_t)(j - first + 1) * columns->cell;
    page_move(page, end - less_of(columns_of(page, label), LABEL_MOST));
    page_write_cut(page, label, LABEL_MOST);
  }
  page_style(page, STYLE_PLAIN);
  page_end_line(page);
  for (size_t i = 0; i < meeting->n_indicators; i++)
    for (int line = 0; line < N_LINES && meeting->indicators[i].practices_before; line++)
      write_line(page, meeting, columns, &meeting->indicators[i], (enum line)line, first, last);
}

static void write_note(struct page *page, const char *text) {
  page_style(page, STYLE_DIM);
  page_write_wrapped(page, text);
  page_style(page, STYLE_PLAIN);
  page_end_line(page);
}

static void write_legend(struct page *page, const struct meeting *meeting) {
  char text[2 * MEETING_TEXT];
  page_end_line(page);
  write_note(page, _("Shares in per cent. 2/3: fewer than 10 patients, so the count itself; no change is told where "
                     "either date has fewer than 10."));
  if (!meeting->suppress) return;
  snprintf(text, sizeof text, _("<%u: somebody, but fewer than %u; hidden: a count that would give one of these back."),
           meeting->suppress, meeting->suppress);
  write_note(page, text);
}

void followup_write_practices(struct page *page, const struct meeting *meeting) {
  struct columns columns = plan_columns(page, meeting);
  for (size_t first = 0; first < meeting->n_practices; first += columns.per_panel) {
    size_t last = first + columns.per_panel;
    write_panel(page, meeting, &columns, first, last < meeting->n_practices ? last : meeting->n_practices);
  }
  write_legend(page, meeting);
}
