/* opening.c: the title, the programme, the follow-up and how the charts are read. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/deck/inner.h"
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

/* ── title ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_title(struct deck *deck) {
  const struct meeting *meeting = deck->meeting;
  struct box box = {deck->page.width / 10, deck->page.height / 2, deck->page.width * 4 / 5, deck->page.height / 4};
  struct slide slide;
  struct xml lines = {0};
  struct style style = {.size = 24};
  char cluster[MEETING_TEXT], date[MEETING_TEXT];
  slide_begin(&slide, deck, ROLE_TITLE, "opening");
  slide_title(&slide, meeting->title);
  meeting_write_cluster(meeting, cluster);
  if (meeting->on != DATE_UNKNOWN)
    paragraph_put(deck, &lines, &style,
                  deck_print(deck, "%s · %s", cluster, meeting_write_date(meeting, meeting->on, date)));
  else
    paragraph_put(deck, &lines, &style, cluster);
  style.size = 18;
  paragraph_put(deck, &lines, &style,
                deck_print(deck, _("Index date %s"), meeting_write_date(meeting, meeting->index, date)));
  if (*meeting->consultant || *meeting->contact)
    paragraph_put(deck, &lines, &style, *meeting->consultant ? meeting->consultant : meeting->contact);
  slide_text(&slide, layout_place(deck, slide.layout, "subTitle body", 0, box), "subtitle", &lines, true);
  slide_note(&slide, meeting->about);
  slide_note(&slide, meeting_caveat(meeting));
  slide_end(&slide);
}

/* ── the programme ───────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_programme(struct deck *deck) {
  const struct meeting *meeting = deck->meeting;
  if (!meeting->n_blocks) return;
  const char **cells = memory_take(2 * (meeting->n_blocks + 1), sizeof *cells);
  for (size_t i = 0; i < meeting->n_blocks; i++) {
    const struct meeting_block *block = &meeting->blocks[i];
    cells[2 * i] = *block->title ? block->title : _("Break");
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
            *meeting->programme ? deck_print(deck, _("Programme: %s"), meeting->programme) : _("Programme"), &table);
  free(cells);
}

/* ── since the earlier date ──────────────────────────────────────────────────────────────────────────────────────── */

static void add_follow_up(struct deck *deck) {
  const struct meeting *meeting = deck->meeting;
  if (meeting->before == DATE_UNKNOWN) return;
  const char **cells = memory_take(5 * meeting->n_indicators, sizeof *cells);
  char text[MEETING_TEXT];
  for (size_t i = 0; i < meeting->n_indicators; i++) {
    const struct meeting_indicator *indicator = &meeting->indicators[i];
    const char **row = cells + 5 * i;
    row[0] = indicator->title;
    row[1] = deck_print(deck, "%s", meeting_write_value(meeting, indicator, indicator->all_before.value, text));
    row[2] = deck_print(deck, "%s", meeting_write_value(meeting, indicator, indicator->all.value, text));
    row[3] = deck_print(deck, "%s", meeting_write_change(meeting, indicator, indicator->all_change.change, text));
    row[4] = change_interval(deck, indicator, &indicator->all_change);
  }
  struct table table = {.n_columns = 5,
                        .size = 20,
                        .least_size = 16,
                        .shares = {28, 14, 14, 27, 17},
                        .is_right = {false, true, true, true, true},
                        .cells = cells,
                        .n_rows = meeting->n_indicators};
  table.titles[0] = _("Indicator");
  table.titles[1] = deck_print(deck, "%s", meeting_write_date(meeting, meeting->before, text));
  table.titles[2] = deck_print(deck, "%s", meeting_write_date(meeting, meeting->index, text));
  table.titles[3] = _("Change");
  table.titles[4] = _("Interval of 95%");
  table.note = _("Most patients are the same at both dates, so a change is mostly surer than its interval says.");
  table_add(deck, "followup", _("Since the last meeting"), &table);
  free(cells);
  if (meeting->n_warnings)
    deck_add_questions(deck, "warnings", _("Before you compare"), meeting->warnings, meeting->n_warnings);
}

/* ── how to read ─────────────────────────────────────────────────────────────────────────────────────────────────── */

#define STROKE(dash, colour) "<a:noFill/><a:ln w='31750'>" INK(colour) "<a:prstDash val='" dash "'/></a:ln>"

/* A sign of the charts, drawn in a box as it is there. */
static void draw_sign(struct slide *slide, unsigned row, struct box box) {
  const char *name = deck_print(slide->deck, "sign-%u", row);
  struct box line = {box.x, box.y + box.height / 2, box.width, 0},
             upright = {box.x + box.width / 2, box.y, 0, box.height};
  struct box end = {box.x + box.width / 3, box.y, box.width / 3, 0};
  switch (row) {
  case 0: slide_shape(slide, box, name, "rect", chart_fill(MEETING_HIGHER)); break;
  case 1: slide_shape(slide, box, name, "rect", chart_fill(MEETING_LOWER)); break;
  case 2:
    slide_shape(slide, upright, name, "line", STROKE("solid", "tx1"));
    slide_shape(slide, end, deck_print(slide->deck, "%s-top", name), "line", STROKE("solid", "tx1"));
    end.y += box.height;
    slide_shape(slide, end, deck_print(slide->deck, "%s-end", name), "line", STROKE("solid", "tx1"));
    break;
  case 3: slide_shape(slide, line, name, "line", STROKE("dash", "tx1")); break;
  case 4: slide_shape(slide, line, name, "line", STROKE("sysDot", "accent3")); break;
  case 5: slide_shape(slide, box, name, "rect", UNKNOWN_FILL); break;
  default:
    slide_shape(slide, box, name, "rect",
                "<a:noFill/><a:ln w='19050'>" INK("accent1") "<a:prstDash val='sysDash'/></a:ln>");
  }
}

static void add_legend(struct deck *deck) {
  const char *const texts[] = {
      _("A practice's figure. Whole bar: higher is better"),
      _("A practice's figure. Striped bar: lower is better"),
      _("Interval of 95%: so far chance alone can move the figure. Few patients, long line"),
      _("The cluster's figure"),
      _("The aim, where there is one"),
      _("Unknown: patients for whom it cannot be decided. They could belong to the bar or not"),
      _("Fewer than 10 patients: look at the numbers, not at the height"),
  };
  struct slide slide;
  struct style style = {.size = 20};
  slide_begin(&slide, deck, ROLE_TABLE, "reading");
  slide_title(&slide, _("How to read the charts"));
  struct box body = layout_body(deck, slide.layout);
  long long row_height = body.height * 2 / 19;
  for (unsigned row = 0; row < sizeof texts / sizeof *texts; row++) {
    struct box line = box_top(&body, row_height), sign = box_left(&line, body.width / 12);
    struct xml paragraphs = {0};
    sign = (struct box){sign.x + sign.width / 6, sign.y + sign.height / 6, sign.width * 2 / 3, sign.height * 2 / 3};
    draw_sign(&slide, row, sign);
    paragraph_put(deck, &paragraphs, &style, texts[row]);
    slide_text(&slide, place_free(line), deck_print(deck, "text-%u", row), &paragraphs, false);
  }
  struct xml paragraphs = {0};
  if (deck->meeting->suppress > 0)
    paragraph_put(deck, &paragraphs, &(struct style){.size = 20, .after = 4},
                  deck_print(deck, _("<%u and hidden: too few patients to show, or a number that would give them away"),
                             deck->meeting->suppress));
  style.is_bold = true;
  paragraph_put(deck, &paragraphs, &style, meeting_caveat(deck->meeting));
  slide_text(&slide, place_free(body), "caveat", &paragraphs, false);
  slide_note(
      &slide,
      _("Practices stand from the lowest figure to the highest. That is an order to read in and no ranking: where "
        "intervals overlap, the order may be chance."));
  slide_end(&slide);
}

void deck_add_opening(struct deck *deck) {
  add_title(deck);
  add_programme(deck);
}

void deck_add_reading(struct deck *deck) {
  add_follow_up(deck);
  add_legend(deck);
}
