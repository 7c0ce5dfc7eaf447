/* reading.c: how the charts are read: the signs that this deck has, and what must be said beside every figure. */
#include <math.h>
#include "runtime/deck/inner.h"
#include "runtime/image/dates.h"
#include "runtime/image/words.h"

/* In the order in which they stand. */
enum sign {
  SIGN_HIGHER, SIGN_LOWER, SIGN_UNSAID, SIGN_POINT, SIGN_INTERVAL, SIGN_CLUSTER, SIGN_AIM, SIGN_UNKNOWN, SIGN_FEW,
  N_SIGNS
};

#define STROKE(dash, colour) "<a:noFill/><a:ln w='31750'>" INK(colour) "<a:prstDash val='" dash "'/></a:ln>"

/* ── which there are ─────────────────────────────────────────────────────────────────────────────────────────────── */

static bool has_bars(const struct meeting_indicator *indicator, enum meeting_better better) {
  return !meeting_is_of_numbers(indicator) && indicator->better == better;
}

static bool has_unknown(const struct meeting_figure *figure) {
  return figure->unknown.state != COUNT_SHOWN || figure->unknown.n > 0;
}

static bool has_few(const struct meeting *meeting, const struct meeting_indicator *indicator) {
  bool is_any = false;
  for (size_t i = 0; i < meeting->n_practices; i++)
    is_any = is_any || meeting_is_of_few(indicator, &indicator->practices[i]);
  for (size_t i = 0; i < indicator->n_bands; i++)
    is_any = is_any || meeting_is_of_few(indicator, &indicator->bands[i].all);
  return is_any;
}

static bool is_in(const struct meeting *meeting, const struct meeting_indicator *indicator, enum sign sign) {
  switch (sign) {
  case SIGN_HIGHER: return has_bars(indicator, MEETING_HIGHER);
  case SIGN_LOWER: return has_bars(indicator, MEETING_LOWER);
  case SIGN_UNSAID: return has_bars(indicator, MEETING_UNSAID);
  case SIGN_POINT: return meeting_is_of_numbers(indicator) || meeting->before != DATE_UNKNOWN;
  case SIGN_INTERVAL:
  case SIGN_CLUSTER: return indicator->kind != MEETING_COUNT;
  case SIGN_AIM: return !isnan(indicator->aim);
  case SIGN_UNKNOWN: return indicator->kind == MEETING_SHARE && has_unknown(&indicator->all);
  default: return has_few(meeting, indicator);
  }
}

static bool is_anywhere(const struct meeting *meeting, enum sign sign) {
  for (size_t i = 0; i < meeting->n_indicators; i++)
    if (is_in(meeting, &meeting->indicators[i], sign)) return true;
  return false;
}

/* ── drawing them ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void draw_interval(struct slide *slide, struct box box, const char *name) {
  struct box upright = {box.x + box.width / 2, box.y, 0, box.height}, end = {box.x + box.width / 3, box.y, box.width / 3, 0};
  slide_shape(slide, upright, name, "line", STROKE("solid", "tx1"));
  slide_shape(slide, end, deck_print(slide->deck, "%s-top", name), "line", STROKE("solid", "tx1"));
  end.y += box.height;
  slide_shape(slide, end, deck_print(slide->deck, "%s-end", name), "line", STROKE("solid", "tx1"));
}

/* A sign in a box, as it is in the charts. */
static void draw_sign(struct slide *slide, enum sign sign, struct box box, const char *name) {
  struct box line = {box.x, box.y + box.height / 2, box.width, 0},
             point = {box.x + (box.width - box.height) / 2, box.y, box.height, box.height};
  switch (sign) {
  case SIGN_HIGHER: slide_shape(slide, box, name, "rect", chart_fill(MEETING_HIGHER)); break;
  case SIGN_LOWER: slide_shape(slide, box, name, "rect", chart_fill(MEETING_LOWER)); break;
  case SIGN_UNSAID: slide_shape(slide, box, name, "rect", chart_fill(MEETING_UNSAID)); break;
  case SIGN_POINT: slide_shape(slide, point, name, "diamond", INK("accent6") "<a:ln><a:noFill/></a:ln>"); break;
  case SIGN_INTERVAL: draw_interval(slide, box, name); break;
  case SIGN_CLUSTER: slide_shape(slide, line, name, "line", STROKE("dash", "tx1")); break;
  case SIGN_AIM: slide_shape(slide, line, name, "line", STROKE("sysDot", "accent3")); break;
  case SIGN_UNKNOWN: slide_shape(slide, box, name, "rect", UNKNOWN_FILL); break;
  default:
    slide_shape(slide, box, name, "rect",
                "<a:noFill/><a:ln w='19050'>" INK("accent1") "<a:prstDash val='sysDash'/></a:ln>");
  }
}

static const char *text_of(enum sign sign) {
  switch (sign) {
  case SIGN_HIGHER: return _("A practice's figure. Whole bar: higher is better");
  case SIGN_LOWER: return _("A practice's figure. Striped bar: lower is better");
  case SIGN_UNSAID: return _("A practice's figure. Dotted bar: it is not said which way is better");
  case SIGN_POINT: return _("A median, a mean or a change. The scale need not begin at 0");
  case SIGN_INTERVAL: return _("Interval of 95%: so far chance alone can move the figure. Few patients, long line");
  case SIGN_CLUSTER: return _("The cluster's figure");
  case SIGN_AIM: return _("The aim, where there is one");
  case SIGN_UNKNOWN: return _("Unknown: patients for whom it cannot be decided. They could belong to the bar or not");
  default: return _("Fewer than 10 patients: look at the numbers, not at the height");
  }
}

static void put_sign(struct slide *slide, enum sign sign, struct box line, long long width) {
  struct deck *deck = slide->deck;
  struct box box = box_left(&line, width);
  struct xml paragraphs = {0};
  box = (struct box){box.x + box.width / 6, box.y + box.height / 6, box.width * 2 / 3, box.height * 2 / 3};
  draw_sign(slide, sign, box, deck_print(deck, "sign-%d", sign));
  paragraph_put(deck, &paragraphs, &(struct style){.size = 20}, text_of(sign));
  slide_text(slide, place_free(line), deck_print(deck, "text-%d", sign), &paragraphs, false);
}

void deck_add_reading(struct deck *deck) {
  struct slide slide;
  struct xml paragraphs = {0};
  char hidden[MEETING_TEXT];
  unsigned n = 0;
  slide_begin(&slide, deck, ROLE_TABLE, "reading");
  slide_title(&slide, _("How to read the charts"));
  struct box body = layout_body(deck, slide.layout);
  for (enum sign sign = 0; sign < N_SIGNS; sign++) n += is_anywhere(deck->meeting, sign);
  long long row = body.height * 14 / 19 / (n > 7 ? n : 7), width = body.width / 12;
  for (enum sign sign = 0; sign < N_SIGNS; sign++)
    if (is_anywhere(deck->meeting, sign)) put_sign(&slide, sign, box_top(&body, row), width);
  if (*meeting_write_hidden(deck->meeting, hidden))
    paragraph_put(deck, &paragraphs, &(struct style){.size = 20, .after = 4}, hidden);
  paragraph_put(deck, &paragraphs, &(struct style){.size = 20, .is_bold = true}, meeting_caveat(deck->meeting));
  slide_text(&slide, place_free(body), "caveat", &paragraphs, false);
  slide_note(
      &slide,
      _("Practices stand from the lowest figure to the highest. That is an order to read in and no ranking: where "
        "intervals overlap, the order may be chance."));
  slide_end(&slide);
}
