/* table.c: the table for people.
 *
 *                                     2023-06-01  2024-06-01        change       became stayed came/left
 *     mp1  HbA1c over 58                   31.7%       28.4%          −3.2  yes      43    127        50
 *                                     196 of 619  187 of 658  −8.3 to +1.8   no      64    374        11
 *
 * Under the change stands its 95 % interval. The six counts on the right are of patients: those who became yes, became no, stayed yes, stayed no, came into the
 * denominator and left it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/followup/inner.h"
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/result/result.h"

#define WIDTH_MOST  100
#define WIDTH_LEAST 72
#define NAME_MOST   14
#define TITLE_LEAST 20 /* with less room beside the figures a title stands above them */
#define GAP         2

/* The texts of a row: two lines of each column. */
enum column { COLUMN_BEFORE, COLUMN_AFTER, COLUMN_CHANGE, COLUMN_WORD, COLUMN_BECAME, COLUMN_STAYED, COLUMN_CAME };
#define N_COLUMNS 7
struct row { char lines[N_COLUMNS][2][MEETING_TEXT]; };
/* Where the columns end, and where titles stand. */
struct layout {
  uint32_t title, title_end, ends[N_COLUMNS];
  bool title_above;
};

static uint32_t columns_of(const struct page *page, const char *text) { return page_columns(page, text, strlen(text)); }
static uint32_t more_of(uint32_t a, uint32_t b) { return a > b ? a : b; }

/* ── texts ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* So many decimals, and at least so many, of a change of the indicator's figures. */
static void print_signed(const struct page *page, const struct meeting_indicator *indicator, double change,
                         unsigned least, unsigned most, char out[64]) {
  char number[64];
  page_decimal(page, fabs(indicator->kind == MEETING_SHARE ? change * 100 : change), least, most, number);
  bool is_none = strspn(number, "0.,") == strlen(number);
  snprintf(out, 64, "%s%.60s", is_none ? "±" : change < 0 ? "−" : "+", number);
}

static unsigned decimals_of(const struct meeting_indicator *indicator) {
  return indicator->kind == MEETING_COUNT ? 0 : indicator->kind == MEETING_RATE ? 2 : 1;
}

void followup_print_change(const struct page *page, const struct meeting_indicator *indicator, double change,
                           bool is_short, char out[64]) {
  unsigned decimals = decimals_of(indicator);
  bool is_share = indicator->kind == MEETING_SHARE;
  print_signed(page, indicator, change, is_share && !is_short ? decimals : 0, is_share && is_short ? 0 : decimals, out);
}

/* Both ends with as many decimals. */
static void print_range(const struct page *page, const struct meeting_indicator *indicator,
                        const struct meeting_change *change, char out[MEETING_TEXT]) {
  char low[64], high[64];
  unsigned decimals = decimals_of(indicator);
  out[0] = '\0';
  if (isnan(change->low) || isnan(change->high)) return;
  print_signed(page, indicator, change->low, decimals, decimals, low);
  print_signed(page, indicator, change->high, decimals, decimals, high);
  snprintf(out, MEETING_TEXT, _("%s to %s"), low, high);
}

static void print_patients(const struct meeting *meeting, const struct meeting_change *change, struct row *row) {
  const struct {
    enum column column;
    struct meeting_count counts[2];
  } counts[] = {{COLUMN_BECAME, {change->became_yes, change->became_no}},
                {COLUMN_STAYED, {change->stayed_yes, change->stayed_no}},
                {COLUMN_CAME, {change->arrived, change->left}}};
  snprintf(row->lines[COLUMN_WORD][0], MEETING_TEXT, "%s", P_("an outcome", "yes"));
  snprintf(row->lines[COLUMN_WORD][1], MEETING_TEXT, "%s", P_("an outcome", "no"));
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
    for (int line = 0; line < 2; line++)
      meeting_write_count(meeting, counts[i].counts[line], row->lines[counts[i].column][line]);
}

static void print_row(const struct page *page, const struct meeting *meeting, const struct meeting_indicator *indicator,
                      struct row *row) {
  const struct meeting_figure *figures[] = {&indicator->all_before, &indicator->all};
  const struct meeting_change *change = &indicator->all_change;
  char number[64] = "";
  bool is_few = false;
  memset(row, 0, sizeof *row);
  for (int i = 0; i < 2; i++) {
    if (i == 0 && !indicator->practices_before) continue;
    is_few = followup_is_few(indicator, figures[i]) || is_few;
    if (!followup_is_few(indicator, figures[i]))
      meeting_write_value(meeting, indicator, figures[i]->value, row->lines[COLUMN_BEFORE + i][0]);
    meeting_write_of(meeting, indicator, figures[i], row->lines[COLUMN_BEFORE + i][1]);
  }
  if (!indicator->practices_before) return;
  if (!isnan(change->change) && !is_few) followup_print_change(page, indicator, change->change, false, number);
  snprintf(row->lines[COLUMN_CHANGE][0], MEETING_TEXT, "%s", number);
  if (!is_few) print_range(page, indicator, change, row->lines[COLUMN_CHANGE][1]);
  if (change->has_patients) print_patients(meeting, change, row);
}

/* What stands above the columns; those of the patients only where their counts are known. */
static void print_header(const struct meeting *meeting, bool has_patients, struct row *row) {
  char date[16];
  memset(row, 0, sizeof *row);
  result_date(meeting->before, date);
  snprintf(row->lines[COLUMN_BEFORE][0], MEETING_TEXT, "%s", date);
  result_date(meeting->index, date);
  snprintf(row->lines[COLUMN_AFTER][0], MEETING_TEXT, "%s", date);
  snprintf(row->lines[COLUMN_CHANGE][0], MEETING_TEXT, "%s", P_("heading", "change"));
  if (!has_patients) return;
  snprintf(row->lines[COLUMN_BECAME][0], MEETING_TEXT, "%s", P_("heading", "became"));
  snprintf(row->lines[COLUMN_STAYED][0], MEETING_TEXT, "%s", P_("heading", "stayed"));
  snprintf(row->lines[COLUMN_CAME][0], MEETING_TEXT, "%s", P_("heading", "came/left"));
}

/* ── layout ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool has_patients(const struct meeting *meeting) {
  for (size_t i = 0; i < meeting->n_indicators; i++)
    if (meeting->indicators[i].practices_before && meeting->indicators[i].all_change.has_patients) return true;
  return false;
}

static void widen(const struct page *page, const struct row *row, uint32_t widths[N_COLUMNS]) {
  for (int column = 0; column < N_COLUMNS; column++)
    for (int line = 0; line < 2; line++)
      widths[column] = more_of(widths[column], columns_of(page, row->lines[column][line]));
}

static struct layout plan_layout(const struct page *page, const struct meeting *meeting) {
  struct layout layout = {0};
  uint32_t widths[N_COLUMNS] = {0}, all = 0;
  struct row row;
  print_header(meeting, has_patients(meeting), &row);
  widen(page, &row, widths);
  for (size_t i = 0; i < meeting->n_indicators; i++) {
    uint32_t name = columns_of(page, meeting->indicators[i].name);
    layout.title = more_of(layout.title, (name < NAME_MOST ? name : NAME_MOST) + GAP);
    print_row(page, meeting, &meeting->indicators[i], &row);
    widen(page, &row, widths);
  }
  for (int column = 0; column < N_COLUMNS; column++) all += widths[column] ? widths[column] + GAP : 0;
  layout.title_end = more_of(page->width > all ? page->width - all : 0, layout.title);
  layout.title_above = layout.title_end < layout.title + TITLE_LEAST;
  for (uint32_t column = 0, end = layout.title_end; column < N_COLUMNS; column++)
    layout.ends[column] = end += widths[column] ? widths[column] + GAP : 0;
  return layout;
}

/* ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_cells(struct page *page, const struct layout *layout, const struct row *row, int line) {
  for (int column = 0; column < N_COLUMNS; column++) {
    if (!*row->lines[column][line]) continue;
    bool is_figure = line == 0 && (column == COLUMN_BEFORE || column == COLUMN_AFTER || column == COLUMN_CHANGE);
    page_style(page, is_figure ? STYLE_BOLD : STYLE_PLAIN);
    page_write_right(page, row->lines[column][line], layout->ends[column]);
    page_style(page, STYLE_PLAIN);
  }
}

static bool is_same_figure(const struct meeting_figure *a, const struct meeting_figure *b) {
  bool same_value = a->value == b->value || (isnan(a->value) && isnan(b->value));
  return same_value && a->numerator.n == b->numerator.n && a->denominator.n == b->denominator.n;
}

/* What was published at the earlier date, by the rules of then, where those of today give something else. */
static void write_published(struct page *page, const struct meeting *meeting, const struct layout *layout,
                            const struct meeting_indicator *indicator) {
  char value[MEETING_TEXT], of[MEETING_TEXT], text[3 * MEETING_TEXT];
  if (!indicator->practices_published || is_same_figure(&indicator->all_published, &indicator->all_before)) return;
  meeting_write_value(meeting, indicator, indicator->all_published.value, value);
  meeting_write_of(meeting, indicator, &indicator->all_published, of);
  if (followup_is_few(indicator, &indicator->all_published))
    snprintf(text, sizeof text, _("published then: %s"), of);
  else
    snprintf(text, sizeof text, _("published then: %s, %s"), value, of);
  page_style(page, STYLE_DIM);
  page_move(page, layout->title);
  page_write_wrapped(page, text);
  page_style(page, STYLE_PLAIN);
  page_end_line(page);
}

static void write_row(struct page *page, const struct meeting *meeting, const struct layout *layout,
                      const struct meeting_indicator *indicator) {
  const char *title = *indicator->title ? indicator->title : indicator->name;
  struct row row;
  size_t next;
  print_row(page, meeting, indicator, &row);
  page_write_cut(page, indicator->name, layout->title - GAP);
  if (layout->title_above) {
    page_move(page, layout->title);
    page_write_wrapped(page, title);
    page_end_line(page);
    title = "";
  }
  for (int line = 0; line < 2 || *title; line++) {
    page_move(page, layout->title);
    size_t length = page_fit(page, title, layout->title_end - layout->title, &next);
    page_write_part(page, title, length);
    title += next;
    if (line < 2) write_cells(page, layout, &row, line);
    page_end_line(page);
  }
  if (!indicator->practices_before) {
    page_style(page, STYLE_DIM);
    page_move(page, layout->title);
    page_write(page, _("not compared: it is in the later result only"));
    page_style(page, STYLE_PLAIN);
    page_end_line(page);
  }
  write_published(page, meeting, layout, indicator);
}

static void write_rows(struct page *page, const struct meeting *meeting) {
  struct layout layout = plan_layout(page, meeting);
  struct row header;
  print_header(meeting, has_patients(meeting), &header);
  page_style(page, STYLE_DIM);
  for (int column = 0; column < N_COLUMNS; column++)
    if (*header.lines[column][0]) page_write_right(page, header.lines[column][0], layout.ends[column]);
  page_style(page, STYLE_PLAIN);
  page_end_line(page);
  for (size_t i = 0; i < meeting->n_indicators; i++) write_row(page, meeting, &layout, &meeting->indicators[i]);
}

static bool has_published(const struct meeting *meeting) {
  for (size_t i = 0; i < meeting->n_indicators; i++)
    if (meeting->indicators[i].practices_published) return true;
  return false;
}

static void write_note(struct page *page, const char *text) {
  page_style(page, STYLE_DIM);
  page_write_wrapped(page, text);
  page_style(page, STYLE_PLAIN);
  page_end_line(page);
}

static void write_legend(struct page *page, const struct meeting *meeting) {
  page_end_line(page);
  /* xgettext:no-c-format */
  write_note(
      page, _("Change: of a share in percentage points, of other figures in their own unit; below it its 95% interval. "
              "Where that holds 0, chance alone may give the change."));
  if (has_published(meeting))
    write_note(
        page,
        _("Both dates are by the rules of today; what was published then stands below where it was something else."));
  if (has_patients(meeting))
    write_note(page, _("Patients who became or stayed yes or no are counted on both dates; those who came are counted "
                       "only now, those who "
                       "left only before."));
}

/* The dates, and how many patients the pack had on either; then what is not the same on both. */
static void write_head(struct page *page, const struct meeting *meeting) {
  const struct {
    int32_t date;
    struct meeting_count population;
  } sides[] = {{meeting->before, meeting->population_before}, {meeting->index, meeting->population}};
  char cluster[MEETING_TEXT], count[MEETING_TEXT], date[16], text[3 * MEETING_TEXT];
  page_style(page, STYLE_BOLD);
  page_write_wrapped(page, meeting->title);
  page_style(page, STYLE_PLAIN);
  page_end_line(page);
  page_rule(page, "━");
  meeting_write_cluster(meeting, cluster);
  snprintf(text, sizeof text, _("Follow-up of %.120s · %s"), meeting->pack, cluster);
  page_write_wrapped(page, text);
  page_end_line(page);
  for (int i = 0; i < 2; i++) {
    result_date(sides[i].date, date);
    meeting_write_count(meeting, sides[i].population, count);
    snprintf(text, sizeof text, Q_("%s: %s patient", "%s: %s patients", sides[i].population.n), date, count);
    page_write(page, i ? " · " : "");
    page_write(page, text);
  }
  page_end_line(page);
  for (size_t i = 0; i < meeting->n_warnings; i++) {
    page_write(page, i ? "" : _("Not the same on both dates:"));
    if (!i) page_end_line(page);
    page_move(page, GAP);
    page_write_wrapped(page, meeting->warnings[i]);
    page_end_line(page);
  }
  page_end_line(page);
}

void followup_write_table(const struct meetings *meetings, const struct followup_page *options, FILE *out) {
  struct page page = {.out = out,
                      .danish = options->danish,
                      .ascii = options->ascii,
                      .colour = options->colour,
                      .width = options->width};
  if (page.width == 0 || page.width > WIDTH_MOST) page.width = WIDTH_MOST;
  if (page.width < WIDTH_LEAST) page.width = WIDTH_LEAST;
  for (size_t i = 0; i < meetings->n; i++) {
    struct meeting meeting = meetings->all[i];
    meeting.danish = options->danish;
    if (i) fputs("\n\n", out);
    write_head(&page, &meeting);
    write_rows(&page, &meeting);
    write_legend(&page, &meeting);
    if (meeting.n_practices > 1) followup_write_practices(&page, &meeting);
  }
}
