/* plan.c: what a practice will do, to be filled in, and the figures by which it will be seen. */
#include <math.h>
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/word/inner.h"

#define ROWS_OF_PLAN 6

static void put_plan(struct word_paper *paper) {
  const struct word_table table = {.name = _("What we will do"),
                                   .n_columns = 5,
                                   .titles = {_("What"), _("Who"), _("How"), _("When"), _("How we will see it")},
                                   .shares = {26, 14, 24, 12, 24},
                                   .height = MILLIMETRES(17)};
  const char *const cells[WORD_COLUMNS] = {"", "", "", "", ""};
  word_begin_table(paper, &table);
  for (unsigned i = 0; i < ROWS_OF_PLAN; i++) word_put_row(paper, &table, cells, WORD_PLAIN);
  word_end_table(paper);
}

static void put_next_meeting(struct word_paper *paper) {
  const char *contact = paper->meeting->contact;
  word_put_lines(paper, _("Next meeting"), 1);
  if (*contact)
    word_put(paper, WORD_BODY, word_print(paper, _("Contact: %s"), contact));
  else
    word_put_lines(paper, _("Contact"), 1);
}

/* What it was before, where there is an earlier date, stands before what it is. */
static void put_figure(struct word_paper *paper, const struct word_table *table,
                       const struct meeting_indicator *indicator) {
  const struct meeting *meeting = paper->meeting;
  char before[MEETING_TEXT], value[MEETING_TEXT], of[MEETING_TEXT], aim[MEETING_TEXT];
  const char *cells[WORD_COLUMNS] = {word_title(paper, indicator)};
  size_t n = 1;
  if (meeting->before != DATE_UNKNOWN)
    cells[n++] = meeting_write_value(meeting, indicator, indicator->all_before.value, before);
  cells[n++] = meeting_write_value(meeting, indicator, indicator->all.value, value);
  cells[n++] = meeting_write_of(meeting, indicator, &indicator->all, of);
  cells[n++] = isnan(indicator->aim) ? "" : meeting_write_value(meeting, indicator, indicator->aim, aim);
  cells[n++] = "";
  word_put_row(paper, table, cells, WORD_PLAIN);
}

static void add_column(struct word_table *table, const char *title, unsigned share) {
  table->titles[table->n_columns] = title;
  table->is_right[table->n_columns] = table->n_columns > 0;
  table->shares[table->n_columns++] = share;
}

/* The cluster's figures, their aims, and room for what they will be. */
static void put_figures(struct word_paper *paper) {
  const struct meeting *meeting = paper->meeting;
  char before[MEETING_TEXT], today[MEETING_TEXT];
  struct word_table table = {.name = _("The cluster's figures")};
  add_column(&table, _("Indicator"), meeting->before == DATE_UNKNOWN ? 49 : 36);
  if (meeting->before != DATE_UNKNOWN) add_column(&table, meeting_write_date(meeting, meeting->before, before), 13);
  add_column(&table, meeting_write_date(meeting, meeting->index, today), 13);
  add_column(&table, _("Patients"), 13);
  add_column(&table, _("Aim"), 11);
  add_column(&table, _("Next time"), 14);
  word_put(paper, WORD_HEADING, table.name);
  word_begin_table(paper, &table);
  for (size_t i = 0; i < meeting->n_indicators; i++) put_figure(paper, &table, &meeting->indicators[i]);
  word_end_table(paper);
  word_put(paper, WORD_SMALL, word_print(paper, "%s %s", _("↓ lower is better, ↑ higher is better."), meeting_caveat(meeting)));
}

bool word_write_plan(const struct meeting *meeting, const char *path, char **error) {
  struct word_paper paper;
  word_begin(&paper, meeting, true, _("What we will do"));
  word_put_lines(&paper, _("Practice"), 1);
  put_plan(&paper);
  put_next_meeting(&paper);
  put_figures(&paper);
  return word_end(&paper, path, error);
}
