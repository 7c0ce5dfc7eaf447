/* opening.c: the title, the programme, and what has changed since the earlier date. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/deck/inner.h"
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

/* ── title ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum { MOST_CHANGED = 2 }; /* lines below the title; more of them are counted, and stand on the slide of limits */

/* What of the rules is another for this result than they have it. */
static void put_changes(struct deck *deck, struct xml *lines, const struct style *style) {
  const struct meeting *meeting = deck->meeting;
  char value[2 * MEETING_TEXT];
  unsigned n = 0;
  for (size_t i = 0; i < meeting->n_parameters; i++) n += meeting->parameters[i].is_set;
  if (n > MOST_CHANGED) {
    paragraph_put(deck, lines, style, deck_print(deck, _("Changed for this result: %u limits"), n));
    return;
  }
  for (size_t i = 0; i < meeting->n_parameters; i++) {
    const struct meeting_parameter *parameter = &meeting->parameters[i];
    if (!parameter->is_set) continue;
    const char *title = deck_of_pack(deck, meeting_parameter_title(parameter));
    const char *line = deck_print(deck, "%s %s", title, meeting_write_changed(meeting, parameter, value));
    paragraph_put(deck, lines, style, deck_print(deck, _("Changed for this result: %s"), line));
  }
}

static void add_title(struct deck *deck) {
  const struct meeting *meeting = deck->meeting;
  struct box box = {deck->page.width / 10, deck->page.height / 2, deck->page.width * 4 / 5, deck->page.height / 4};
  struct slide slide;
  struct xml lines = {0};
  struct style style = {.size = 24};
  char cluster[MEETING_TEXT], date[MEETING_TEXT];
  slide_begin(&slide, deck, ROLE_TITLE, "opening");
  slide_title(&slide, deck_of_pack(deck, meeting->title));
  meeting_write_cluster(meeting, cluster);
  if (*meeting->meeting) paragraph_put(deck, &lines, &style, meeting->meeting);
  if (meeting->on != DATE_UNKNOWN)
    paragraph_put(deck, &lines, &style,
                  deck_print(deck, "%s · %s", cluster, meeting_write_date(meeting, meeting->on, date)));
  else
    paragraph_put(deck, &lines, &style, cluster);
  style.size = 18;
  paragraph_put(deck, &lines, &style,
                deck_print(deck, _("Index date %s"), meeting_write_date(meeting, meeting->index, date)));
  put_changes(deck, &lines, &style);
  if (*meeting->consultant || *meeting->contact)
    paragraph_put(deck, &lines, &style, *meeting->consultant ? meeting->consultant : deck_of_pack(deck, meeting->contact));
  slide_text(&slide, layout_place(deck, slide.layout, "subTitle body", 0, box), "subtitle", &lines, true);
  slide_note(&slide, deck_of_pack(deck, meeting->about));
  if (!*meeting->about) slide_note(&slide, meeting_caveat(meeting));
  slide_end(&slide);
}

/* ── the programme ───────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_programme(struct deck *deck) {
  const struct meeting *meeting = deck->meeting;
  if (!meeting->n_blocks) return;
  const char **cells = memory_take(2 * (meeting->n_blocks + 1), sizeof *cells);
  for (size_t i = 0; i < meeting->n_blocks; i++) {
    const struct meeting_block *block = &meeting->blocks[i];
    cells[2 * i] = *block->title ? deck_of_pack(deck, block->title) : _("Break");
    cells[2 * i + 1] = deck_print(deck, _("%u min"), block->minutes);
  }
  cells[2 * meeting->n_blocks] = _("In all");
  cells[2 * meeting->n_blocks + 1] = deck_print(deck, _("%u min"), meeting->duration);
  struct table table = {.n_columns = 2,
                        .size = 28,
                        .least_size = 18,
                        .titles = {_("What"), _("Time")},
                        .shares = {80, 20},
                        .is_right = {false, true},
                        .cells = cells,
                        .n_rows = meeting->n_blocks + 1};
  table_add(deck, "programme",
            *meeting->programme ? deck_print(deck, _("Programme: %s"), deck_of_pack(deck, meeting->programme)) : _("Programme"), &table);
  free(cells);
}

/* ── since the earlier date ──────────────────────────────────────────────────────────────────────────────────────── */

void deck_add_follow_up(struct deck *deck) {
  const struct meeting *meeting = deck->meeting;
  if (meeting->before == DATE_UNKNOWN) return;
  const char **cells = memory_take(5 * meeting->n_indicators, sizeof *cells);
  char text[MEETING_TEXT];
  size_t n = 0;
  for (size_t i = 0; i < meeting->n_indicators; i++) {
    const struct meeting_indicator *indicator = &meeting->indicators[i];
    if (deck_is_grouped_again(meeting, indicator)) continue;
    const char **row = cells + 5 * n++;
    row[0] = deck_of_pack(deck, indicator->title);
    row[1] = deck_print(deck, "%s", meeting_write_value(meeting, indicator, indicator->all_before.value, text));
    row[2] = deck_print(deck, "%s", meeting_write_value(meeting, indicator, indicator->all.value, text));
    row[3] = deck_print(deck, "%s", meeting_write_change(meeting, indicator, indicator->all_change.change, text));
    row[4] = change_interval(deck, indicator, &indicator->all_change);
  }
  struct table table = {.n_columns = 5,
                        .size = 20,
                        .least_size = 16,
                        .shares = {30, 15, 15, 24, 16},
                        .is_right = {false, true, true, true, true},
                        .cells = cells,
                        .n_rows = n};
  table.titles[0] = _("Indicator");
  table.titles[1] = deck_print(deck, "%s", meeting_write_date(meeting, meeting->before, text));
  table.titles[2] = deck_print(deck, "%s", meeting_write_date(meeting, meeting->index, text));
  table.titles[3] = _("Change");
  table.titles[4] = _("Interval of 95%");
  table.note = _("Most patients are the same at both dates, so a change is mostly surer than its interval says.");
  if (meeting->n_warnings)
    deck_add_questions(deck, "warnings", _("Before you compare"), meeting->warnings, meeting->n_warnings);
  table_add(deck, "followup", _("Since the last meeting"), &table);
  free(cells);
}

void deck_add_opening(struct deck *deck) {
  add_title(deck);
  add_programme(deck);
}
