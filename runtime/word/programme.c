/* programme.c: the leader's programme: when, for how long, what is shown and what is asked. */
#include <stdlib.h>
#include <string.h>
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/word/inner.h"

#define UNTIMED UINT32_MAX

struct programme {
  struct word_paper paper;
  struct word_table table;
  const struct deck_slides *slides;
  uint32_t begins; /* minutes from the start, of what comes next */
  bool *is_told;   /* [indicator] */
};

/* ── a row ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* "0:15–0:20" */
static const char *time_text(struct word_paper *paper, uint32_t from, uint32_t to) {
  return word_print(paper, "%u:%02u–%u:%02u", from / 60, from % 60, to / 60, to % 60);
}

/* The number of the first slide about this, or "". */
static const char *slide_text(struct programme *programme, const char *key) {
  for (size_t i = 0; i < programme->slides->n; i++)
    if (strcmp(programme->slides->keys[i], key) == 0) return word_print(&programme->paper, "%zu", i + 1);
  return "";
}

/* A row that lasts from one minute to another; without a time where there is none. */
static void put_row(struct programme *programme, enum word_row row, const char *key, uint32_t minutes, const char *what,
                    const char *does) {
  struct word_paper *paper = &programme->paper;
  bool is_timed = minutes != UNTIMED;
  const char *cells[WORD_COLUMNS] = {is_timed ? time_text(paper, programme->begins, programme->begins + minutes) : "",
                                     is_timed ? word_print(paper, "%u", minutes) : "", slide_text(programme, key), what,
                                     does};
  word_put_row(paper, &programme->table, cells, row);
}

/* A row within a block: the clock goes on. */
static void put_part(struct programme *programme, const char *key, uint32_t minutes, const char *what,
                     const char *does) {
  put_row(programme, WORD_PLAIN, key, minutes, what, does);
  programme->begins += minutes;
}

/* Texts of the pack, one below the other. */
static const char *join(struct word_paper *paper, const char *const *texts, size_t n) {
  const char *all = "";
  for (size_t i = 0; i < n; i++) all = word_print(paper, "%s%s%s", all, i ? "\n" : "", word_of_pack(paper, texts[i]));
  return all;
}

/* ── a block ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The minutes of part i of n, in whole ones that add up. */
static uint32_t minutes_of(uint32_t minutes, size_t i, size_t n) {
  return (uint32_t)((uint64_t)minutes * (i + 1) / n - (uint64_t)minutes * i / n);
}

/* What a block's own questions get: a third, but never so much that an indicator would have no minute. */
static uint32_t minutes_of_talk(const struct meeting_block *block) {
  uint32_t third = block->n_reflect ? block->minutes / 3 : 0;
  if (block->minutes - third >= block->n_presents) return third;
  return block->minutes > block->n_presents ? block->minutes - (uint32_t)block->n_presents : 0;
}

static const char *questions_of(struct word_paper *paper, const struct meeting_indicator *indicator) {
  if (!indicator->n_reflect) return _("What surprises you, and what may be the reason?");
  return join(paper, indicator->reflect, indicator->n_reflect);
}

static void put_presented(struct programme *programme, const struct meeting_block *block, const char *reflect) {
  struct word_paper *paper = &programme->paper;
  uint32_t talk = minutes_of_talk(block);
  for (size_t i = 0; i < block->n_presents; i++) {
    const struct meeting_indicator *indicator = &paper->meeting->indicators[block->presents[i]];
    programme->is_told[block->presents[i]] = true;
    put_part(programme, indicator->name, minutes_of(block->minutes - talk, i, block->n_presents), word_of_pack(paper, indicator->title),
             questions_of(paper, indicator));
  }
  if (block->n_reflect)
    put_part(programme, reflect, talk, _("Talk about it"), join(paper, block->reflect, block->n_reflect));
}

static void put_questions(struct programme *programme, const struct meeting_block *block, const char *reflect) {
  for (size_t i = 0; i < block->n_reflect; i++)
    put_part(programme, i ? "" : reflect, minutes_of(block->minutes, i, block->n_reflect), _("Talk about it"),
             word_of_pack(&programme->paper, block->reflect[i]));
}

static void put_block(struct programme *programme, const struct meeting_block *block, size_t i) {
  struct word_paper *paper = &programme->paper;
  const char *key = word_print(paper, "block%zu", i + 1), *reflect = word_print(paper, "%s-reflect", key);
  uint32_t end = programme->begins + block->minutes;
  put_row(programme, WORD_STRONG, key, block->minutes, *block->title ? word_of_pack(paper, block->title) : _("Break"),
          join(paper, block->about, block->n_about));
  if (block->n_presents)
    put_presented(programme, block, reflect);
  else
    put_questions(programme, block, reflect);
  programme->begins = end;
}

/* Figures that no block presents have no minutes. */
static void put_rest(struct programme *programme) {
  struct word_paper *paper = &programme->paper;
  const struct meeting *meeting = paper->meeting;
  bool is_first = meeting->n_blocks > 0;
  for (size_t i = 0; i < meeting->n_indicators; i++) {
    const struct meeting_indicator *indicator = &meeting->indicators[i];
    if (programme->is_told[i]) continue;
    if (is_first) put_row(programme, WORD_STRONG, "more", UNTIMED, _("More figures"), "");
    is_first = false;
    put_row(programme, WORD_PLAIN, indicator->name, UNTIMED, word_of_pack(paper, indicator->title), questions_of(paper, indicator));
  }
}

/* ── the whole ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void put_table(struct programme *programme) {
  struct word_paper *paper = &programme->paper;
  const struct meeting *meeting = paper->meeting;
  programme->table =
      (struct word_table){.name = *meeting->programme ? meeting->programme : _("Programme"),
                          .n_columns = 5,
                          .titles = {_("From the start"), _("Min."), _("Slide"), _("What"), _("What you say and ask")},
                          .shares = {13, 9, 7, 29, 42},
                          .is_right = {false, true, true}};
  word_begin_table(paper, &programme->table);
  for (size_t i = 0; i < meeting->n_blocks; i++) put_block(programme, &meeting->blocks[i], i);
  uint32_t all = programme->begins;
  programme->begins = 0;
  if (all) put_row(programme, WORD_STRONG, "", all, _("In all"), "");
  put_rest(programme);
  word_end_table(paper);
  programme->begins = all;
}

/* Whether the minutes add up; without a duration there is nothing to hold them against. */
static void put_sum(struct programme *programme) {
  struct word_paper *paper = &programme->paper;
  uint32_t all = programme->begins, duration = paper->meeting->duration;
  if (!all)
    word_put(paper, WORD_BODY, _("The pack has no programme: these are its figures in their order."));
  else if (duration && duration != all)
    word_put(paper, WORD_BODY,
             word_print(paper, _("Together the parts take %u minutes, but the meeting is to last %u."), all, duration));
  else
    word_put(paper, WORD_BODY, word_print(paper, _("Together the parts take %u minutes."), all));
  if (programme->slides->n)
    word_put(paper, WORD_SMALL,
             _("Slides are numbered as they were made: a slide that you add or take out moves those that follow."));
}

bool word_write_programme(const struct meeting *meeting, const struct deck_slides *slides, const char *path,
                          char **error) {
  struct programme programme = {.slides = slides, .is_told = memory_take(meeting->n_indicators, sizeof(bool))};
  struct word_paper *paper = &programme.paper;
  word_begin(paper, meeting, false, _("The leader's programme"));
  word_put_lines(paper, _("Begins at"), 1);
  word_put(paper, WORD_BULLET,
           _("Say of each figure whom it is of. Show the cluster first, then how far the practices lie apart."));
  word_put(paper, WORD_BULLET,
           _("The order of practices is one to read in and no ranking: where intervals overlap, it may be chance."));
  word_put(paper, WORD_SMALL, meeting_caveat(meeting));
  put_table(&programme);
  put_sum(&programme);
  free(programme.is_told);
  return word_end(paper, path, error);
}
