/* programme.c: the meeting block by block: a divider, its indicators, and what to talk about. */
#include <stdlib.h>
#include <string.h>
#include "runtime/deck/inner.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

/* Letters with which the titles of what a block presents have room below its minutes, if there are any; else 0. */
static unsigned size_of_list(const struct meeting_block *block, struct box box) {
  static const unsigned sizes[] = {20, 18, 16, 14};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
    if (40 + (double)block->n_presents * (sizes[i] * 1.22 + 2) < (double)(box.height / POINT)) return sizes[i];
  return 0;
}

static void add_divider(struct deck *deck, const struct meeting_block *block, const char *key) {
  struct box box = {deck->page.width / 10, deck->page.height / 3, deck->page.width * 4 / 5,
                    deck->page.height * 11 / 20};
  struct slide slide;
  struct xml lines = {0};
  slide_begin(&slide, deck, ROLE_SECTION, key);
  slide_title(&slide, *block->title ? deck_of_pack(deck, block->title) : _("Break"));
  paragraph_put(deck, &lines, &(struct style){.size = 24, .after = 6, .is_bold = true},
                deck_print(deck, _("%u min"), block->minutes));
  struct place place = layout_place(deck, slide.layout, "body subTitle", 0, box);
  struct style style = {.size = size_of_list(block, place.box), .after = 2};
  for (size_t i = 0; style.size && i < block->n_presents; i++)
    paragraph_put(deck, &lines, &style, deck_of_pack(deck, deck->meeting->indicators[block->presents[i]].title));
  slide_text(&slide, place, "content", &lines, false);
  for (size_t i = 0; i < block->n_about; i++) slide_note(&slide, deck_of_pack(deck, block->about[i]));
  slide_end(&slide);
}

/* Questions, large, as many on a slide as there is room for. */
void deck_add_questions(struct deck *deck, const char *key, const char *title, const char *const *questions, size_t n) {
  for (size_t next = 0, page = 1; next < n; page++) {
    struct slide slide;
    struct xml lines = {0};
    slide_begin(&slide, deck, ROLE_TEXT, page == 1 ? key : deck_print(deck, "%s-%zu", key, page));
    slide_title(&slide, page == 1 ? title : deck_print(deck, _("%s (continued)"), title));
    struct place place = layout_text(deck, slide.layout);
    long long height = 0;
    for (size_t first = next; next < n; next++) {
      long long more = text_height(deck, questions[next], 28, place.box.width - 40 * POINT) + 14 * POINT;
      if (next > first && height + more > place.box.height) break;
      height += more;
      paragraph_put(deck, &lines, &(struct style){.size = 28, .has_bullet = true, .after = 14}, questions[next]);
    }
    slide_text(&slide, place, "questions", &lines, false);
    slide_end(&slide);
  }
}

static void add_block_questions(struct deck *deck, const struct meeting_block *block, const char *key) {
  const char **questions = memory_take(block->n_reflect, sizeof *questions);
  const char *title = *block->title ? deck_print(deck, _("%s – questions"), deck_of_pack(deck, block->title)) : _("To think about");
  for (size_t i = 0; i < block->n_reflect; i++) questions[i] = deck_of_pack(deck, block->reflect[i]);
  deck_add_questions(deck, deck_print(deck, "%s-reflect", key), title, questions, block->n_reflect);
  free(questions);
}

static void add_block(struct deck *deck, const struct meeting_block *block, const char *key, bool *is_told) {
  add_divider(deck, block, key);
  for (size_t i = 0; i < block->n_presents; i++) {
    if (is_told[block->presents[i]]) continue;
    is_told[block->presents[i]] = true;
    deck_add_indicator(deck, &deck->meeting->indicators[block->presents[i]]);
  }
  if (block->n_reflect) add_block_questions(deck, block, key);
}

/* Indicators that no block presents come last. */
static void add_rest(struct deck *deck, const bool *is_told) {
  const struct meeting *meeting = deck->meeting;
  size_t n = 0;
  for (size_t i = 0; i < meeting->n_indicators; i++) n += !is_told[i];
  if (n && n < meeting->n_indicators) {
    struct slide slide;
    slide_begin(&slide, deck, ROLE_SECTION, "more");
    slide_title(&slide, _("More figures"));
    slide_end(&slide);
  }
  for (size_t i = 0; i < meeting->n_indicators; i++)
    if (!is_told[i]) deck_add_indicator(deck, &meeting->indicators[i]);
}

static void add_before_figures(struct deck *deck) {
  deck_add_follow_up(deck);
  deck_add_reading(deck);
}

/* The follow-up and how to read stand in the first block where that is made for them, which presents nothing itself. */
void deck_add_programme(struct deck *deck) {
  const struct meeting *meeting = deck->meeting;
  bool *is_told = memory_take(meeting->n_indicators, sizeof *is_told),
       has_opening = meeting->n_blocks > 0 && !meeting->blocks[0].n_presents;
  if (!has_opening) add_before_figures(deck);
  for (size_t i = 0; i < meeting->n_blocks; i++) {
    add_block(deck, &meeting->blocks[i], deck_print(deck, "block%zu", i + 1), is_told);
    if (i == 0 && has_opening) add_before_figures(deck);
  }
  add_rest(deck, is_told);
  free(is_told);
}
