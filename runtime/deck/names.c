/* names.c: how names of practices stand in charts. */
#include <string.h>
#include "runtime/deck/inner.h"
#include "runtime/image/words.h"

/* Where so many letters end. */
static size_t bytes_of(const char *text, size_t n_letters) {
  size_t bytes = 0;
  for (; text[bytes]; bytes++)
    if (((unsigned char)text[bytes] & 0xC0) != 0x80 && n_letters-- == 0) break;
  return bytes;
}

static bool ends_word(char c) { return c == ' ' || c == '-'; }

/* How many bytes all names have alike at their beginning, whole words. */
static size_t alike_at_beginning(const struct meeting *meeting) {
  const char *first = meeting->practices[0].label;
  size_t n = strlen(first);
  for (size_t i = 1; i < meeting->n_practices; i++) {
    size_t same = 0;
    while (same < n && meeting->practices[i].label[same] == first[same]) same++;
    n = same;
  }
  while (n > 0 && !ends_word(first[n - 1])) n--;
  return n;
}

static size_t alike_at_end(const struct meeting *meeting) {
  const char *first = meeting->practices[0].label;
  size_t length = strlen(first), n = length;
  for (size_t i = 1; i < meeting->n_practices; i++) {
    const char *other = meeting->practices[i].label;
    size_t of_other = strlen(other), same = 0;
    while (same < n && same < of_other && other[of_other - 1 - same] == first[length - 1 - same]) same++;
    n = same;
  }
  while (n > 0 && !ends_word(first[length - n])) n--;
  return n;
}

/* At most so many letters of a name. What all names have alike goes first, for it tells nobody which is which, then the middle. */
const char *name_shorten(struct deck *deck, const char *text, size_t most) {
  const struct meeting *meeting = deck->meeting;
  size_t n = text_letters(text), end = most / 2;
  if (n <= most) return text;
  size_t before = meeting->n_practices > 1 ? alike_at_beginning(meeting) : 0;
  size_t after = meeting->n_practices > 1 ? alike_at_end(meeting) : 0, length = strlen(text);
  if (before + after > 0 && before + after < length) {
    const char *own = deck_print(deck, "%s%.*s%s", before ? "…" : "", (int)(length - before - after), text + before, after ? "…" : "");
    if (text_letters(own) <= most) return own;
  }
  return deck_print(deck, "%.*s…%s", (int)bytes_of(text, most - 1 - end), text, text + bytes_of(text, n - end));
}

size_t name_longest(const struct meeting *meeting) {
  size_t longest = 0;
  for (size_t i = 0; i < meeting->n_practices; i++)
    if (text_letters(meeting->practices[i].label) > longest) longest = text_letters(meeting->practices[i].label);
  return longest;
}

const char *name_counts(struct deck *deck, const struct meeting_indicator *indicator, const struct meeting_figure *figure) {
  char text[MEETING_TEXT];
  bool is_alone = meeting_is_of_numbers(indicator), is_hidden = figure->numerator.state == COUNT_HIDDEN ||
                                                                (!is_alone && figure->denominator.state == COUNT_HIDDEN);
  if (is_hidden) return P_("a count", "hidden");
  return deck_print(deck, "%s", meeting_write_of(deck->meeting, indicator, figure, text));
}

/* Three lines under each bar where there is room for them, else one that stands upright. */
void name_lay(struct bars *bars, size_t longest) {
  bars->are_turned = bars->n > 24 || longest * bars->n > 130;
  bars->label_size = bars->are_turned ? (bars->n > 60   ? 9
                                         : bars->n > 24 ? 11
                                                        : 12)
                     : bars->n > 16   ? 11
                     : bars->n > 12   ? 12
                                      : 14;
}
