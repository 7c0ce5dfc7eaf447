/* notes.c: the sheet that participants write on, block by block. */
#include <stdlib.h>
#include <string.h>
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/word/inner.h"

#define LINES_OF_INDICATOR 3
#define LINES_OF_QUESTION  2

/* The question, its figure and range in one line, what to talk about, and lines. */
static void put_indicator(struct word_paper *paper, const struct meeting_indicator *indicator) {
  char line[MEETING_LINE], range[MEETING_LINE];
  word_put(paper, WORD_SUBHEADING, word_of_pack(paper, indicator->title));
  meeting_write_summary(paper->meeting, indicator, line);
  meeting_write_range(paper->meeting, indicator, range);
  word_put(paper, WORD_FIGURE, word_print(paper, "%s%s%s", line, *range ? " · " : "", range));
  for (size_t i = 0; i < indicator->n_reflect; i++) word_put(paper, WORD_BULLET, word_of_pack(paper, indicator->reflect[i]));
  if (!indicator->n_reflect) word_put(paper, WORD_BULLET, _("What surprises you, and what may be the reason?"));
  word_put_lines(paper, "", LINES_OF_INDICATOR);
}

static void put_question(struct word_paper *paper, const char *question) {
  word_put(paper, WORD_BULLET, question);
  word_put_lines(paper, "", LINES_OF_QUESTION);
}

static void put_block(struct word_paper *paper, const struct meeting_block *block, bool *is_told) {
  const struct meeting *meeting = paper->meeting;
  word_put(paper, WORD_HEADING, word_print(paper, _("%s (%u min)"), word_of_pack(paper, block->title), block->minutes));
  for (size_t i = 0; i < block->n_about; i++) word_put(paper, WORD_FIGURE, word_of_pack(paper, block->about[i]));
  for (size_t i = 0; i < block->n_presents; i++) {
    if (is_told[block->presents[i]]) continue;
    is_told[block->presents[i]] = true;
    put_indicator(paper, &meeting->indicators[block->presents[i]]);
  }
  if (block->n_presents && block->n_reflect) word_put(paper, WORD_SUBHEADING, _("Talk about it"));
  for (size_t i = 0; i < block->n_reflect; i++) put_question(paper, word_of_pack(paper, block->reflect[i]));
  if (!block->n_presents && !block->n_reflect) word_put_lines(paper, "", LINES_OF_INDICATOR);
}

/* Whether the programme ends with questions on the whole: a block that presents nothing, and asks. */
static bool has_closing(const struct meeting *meeting) {
  for (size_t i = meeting->n_blocks; i > 0; i--)
    if (!meeting->blocks[i - 1].is_break) return !meeting->blocks[i - 1].n_presents && meeting->blocks[i - 1].n_reflect;
  return false;
}

/* Indicators that no block presents. */
static void put_rest(struct word_paper *paper, const bool *is_told) {
  const struct meeting *meeting = paper->meeting;
  bool is_first = true;
  for (size_t i = 0; i < meeting->n_indicators; i++) {
    if (is_told[i]) continue;
    if (is_first) word_put(paper, WORD_HEADING, meeting->n_blocks ? _("More figures") : _("The cluster's figures"));
    is_first = false;
    put_indicator(paper, &meeting->indicators[i]);
  }
}

bool word_write_notes(const struct meeting *meeting, const char *path, char **error) {
  struct word_paper paper;
  bool *is_told = memory_take(meeting->n_indicators, sizeof *is_told);
  word_begin(&paper, meeting, false, _("Note sheet"));
  word_put_lines(&paper, _("Name and practice"), 1);
  word_put(&paper, WORD_SMALL, meeting_caveat(meeting));
  for (size_t i = 0; i < meeting->n_blocks; i++)
    if (!meeting->blocks[i].is_break) put_block(&paper, &meeting->blocks[i], is_told);
  put_rest(&paper, is_told);
  if (!has_closing(meeting)) {
    word_put(&paper, WORD_HEADING, _("To think about"));
    for (size_t i = 0; i < MEETING_QUESTIONS; i++) put_question(&paper, meeting_question(i));
  }
  free(is_told);
  return word_end(&paper, path, error);
}
