/* letter.c: a practice's own figures beside the cluster's, for nobody but that practice. */
#include <math.h>
#include <string.h>
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/word/inner.h"

/* Its figure at the earlier date; NaN where there is none, or it is of few. */
static double value_before(const struct meeting *meeting, const struct meeting_indicator *indicator, size_t practice) {
  if (meeting->before == DATE_UNKNOWN || !indicator->practices_before) return NAN;
  const struct meeting_figure *figure = &indicator->practices_before[practice];
  return meeting_is_of_few(indicator, figure) ? NAN : figure->value;
}

/* ── the table ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_column(struct word_table *table, const char *title, unsigned share) {
  table->titles[table->n_columns] = title;
  table->is_right[table->n_columns] = table->n_columns > 0;
  table->shares[table->n_columns++] = share;
}

/* The dates stand with the figures where there are two of them. */
static struct word_table make_table(struct word_paper *paper) {
  const struct meeting *meeting = paper->meeting;
  bool are_two = meeting->before != DATE_UNKNOWN;
  char date[MEETING_TEXT];
  struct word_table table = {.name = _("Your figures")};
  const char *now = _("Your figure");
  add_column(&table, _("Indicator"), are_two ? 25 : 33);
  if (are_two) {
    add_column(&table, word_print(paper, "%s\n%s", now, meeting_write_date(meeting, meeting->before, date)), 13);
    now = word_print(paper, "%s\n%s", now, meeting_write_date(meeting, meeting->index, date));
  }
  add_column(&table, now, are_two ? 15 : 16);
  add_column(&table, _("95% interval"), are_two ? 11 : 13);
  add_column(&table, _("Patients"), 11);
  add_column(&table, P_("patients", "Unknown"), are_two ? 11 : 12);
  add_column(&table, _("The cluster"), are_two ? 14 : 15);
  return table;
}

static const char *figure_text(struct word_paper *paper, const struct meeting_indicator *indicator,
                               const struct meeting_figure *figure) {
  char value[MEETING_TEXT], adjusted[MEETING_TEXT];
  if (meeting_is_of_few(indicator, figure)) return "–";
  meeting_write_value(paper->meeting, indicator, figure->value, value);
  if (isnan(figure->adjusted)) return word_print(paper, "%s", value);
  meeting_write_value(paper->meeting, indicator, figure->adjusted, adjusted);
  return word_print(paper, "%s\n%s", value, word_print(paper, _("adjusted %s"), adjusted));
}

static void put_indicator(struct word_paper *paper, const struct word_table *table,
                          const struct meeting_indicator *indicator, size_t practice) {
  const struct meeting *meeting = paper->meeting;
  const struct meeting_figure *figure = &indicator->practices[practice];
  char before[MEETING_TEXT], interval[MEETING_TEXT], of[MEETING_TEXT], unknown[MEETING_TEXT], all[MEETING_TEXT];
  const char *cells[WORD_COLUMNS] = {word_title(paper, indicator)};
  size_t n = 1;
  if (meeting->before != DATE_UNKNOWN)
    cells[n++] = meeting_write_value(meeting, indicator, value_before(meeting, indicator, practice), before);
  cells[n++] = figure_text(paper, indicator, figure);
  cells[n++] = meeting_is_of_few(indicator, figure) ? "" : meeting_write_interval(meeting, indicator, figure->low, figure->high, interval);
  cells[n++] = meeting_write_of(meeting, indicator, figure, of);
  cells[n++] = meeting_write_count(meeting, figure->unknown, unknown);
  cells[n++] = meeting_write_value(meeting, indicator, indicator->all.value, all);
  word_put_row(paper, table, cells, WORD_PLAIN);
}

/* ── how it is read ──────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_any_few(const struct meeting *meeting, size_t practice) {
  for (size_t i = 0; i < meeting->n_indicators; i++) {
    const struct meeting_indicator *indicator = &meeting->indicators[i];
    if (meeting_is_of_few(indicator, &indicator->practices[practice])) return true;
    if (indicator->practices_before && meeting_is_of_few(indicator, &indicator->practices_before[practice])) return true;
  }
  return false;
}

static bool is_adjusted(const struct meeting *meeting, size_t practice) {
  for (size_t i = 0; i < meeting->n_indicators; i++) {
    const struct meeting_figure *figure = &meeting->indicators[i].practices[practice];
    if (!isnan(figure->adjusted) && !meeting_is_of_few(&meeting->indicators[i], figure)) return true;
  }
  return false;
}

static void put_reading(struct word_paper *paper, size_t practice) {
  const struct meeting *meeting = paper->meeting;
  word_put(paper, WORD_HEADING, _("How to read the figures"));
  word_put(paper, WORD_BODY, meeting_caveat(meeting));
  word_put(paper, WORD_SMALL,
           _("↓ lower is better, ↑ higher is better. The interval is how far chance alone may have moved your figure: "
             "the fewer the patients, the wider it is. Unknown are patients for whom the data do not tell."));
  if (is_any_few(meeting, practice))
    word_put(paper, WORD_SMALL,
             _("Of fewer than ten patients only the counts are told: a figure of so few would say more than there is."));
  if (is_adjusted(meeting, practice))
    word_put(paper, WORD_SMALL,
             _("Adjusted: what your figure would be, were your patients like those of the cluster."));
  if (meeting->suppress)
    word_put(paper, WORD_SMALL,
             word_print(paper,
                        _("<%u is a number from 1 to %u that is not shown, so that nobody is known by it; “hidden” is "
                          "one that would give it away, and – a figure that is made of one."),
                        meeting->suppress, meeting->suppress - 1));
}

static void put_contact(struct word_paper *paper) {
  const struct meeting *meeting = paper->meeting;
  if (*meeting->contact) word_put(paper, WORD_BODY, word_print(paper, _("Contact: %s"), meeting->contact));
  if (*meeting->consultant && strcmp(meeting->consultant, meeting->contact) != 0)
    word_put(paper, WORD_BODY, word_print(paper, _("Consultant: %s"), meeting->consultant));
}

bool word_write_letter(const struct meeting *meeting, size_t practice, const char *path, char **error) {
  struct word_paper paper = {0};
  const struct meeting_practice *who = &meeting->practices[practice];
  char what[MEETING_LINE], count[MEETING_TEXT];
  if (*who->name)
    snprintf(what, sizeof what, "%s", who->name);
  else
    snprintf(what, sizeof what, _("Practice %s"), who->label);
  word_begin(&paper, meeting, false, what);
  word_put(&paper, WORD_BODY,
           word_print(
               &paper,
               _("Here are your own figures beside those of the cluster. Patients whom they can be about, in all: %s."),
               meeting_write_count(meeting, who->population, count)));
  struct word_table table = make_table(&paper);
  word_put(&paper, WORD_HEADING, table.name);
  word_begin_table(&paper, &table);
  for (size_t i = 0; i < meeting->n_indicators; i++) put_indicator(&paper, &table, &meeting->indicators[i], practice);
  word_end_table(&paper);
  put_reading(&paper, practice);
  put_contact(&paper);
  return word_end(&paper, path, error);
}
