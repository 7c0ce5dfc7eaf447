/* names.c: how names of practices stand in charts. */
#include <string.h>
#include "runtime/deck/inner.h"

/* Where so many letters end. */
static size_t bytes_of(const char *text, size_t n_letters) {
  size_t bytes = 0;
  for (; text[bytes]; bytes++)
    if (((unsigned char)text[bytes] & 0xC0) != 0x80 && n_letters-- == 0) break;
  return bytes;
}

/* At most so many letters. What is cut out is the middle: names of practices often begin alike. */
const char *name_shorten(struct deck *deck, const char *text, size_t most) {
  size_t n = text_letters(text), end = most / 2;
  if (n <= most) return text;
  return deck_print(deck, "%.*s…%s", (int)bytes_of(text, most - 1 - end), text, text + bytes_of(text, n - end));
}

size_t name_longest(const struct meeting *meeting) {
  size_t longest = 0;
  for (size_t i = 0; i < meeting->n_practices; i++)
    if (text_letters(meeting->practices[i].label) > longest) longest = text_letters(meeting->practices[i].label);
  return longest;
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
