/* letters.c: how much room texts take, as far as it can be known without the font. */
#include <math.h>
#include <string.h>
#include <strings.h>
#include "runtime/deck/contrast.h"

/* How wide the signs from the blank to ~ are, in thousandths of their size.
 * Source: the advance widths of Carlito, whose letters are as wide as Calibri's. */
static const unsigned short widths[] = {
    226, 326, 401, 498, 507, 715, 682, 221, 303, 303, 498, 498, 250, 306, 252, 386, 507, 507, 507,
    507, 507, 507, 507, 507, 507, 507, 268, 268, 498, 498, 498, 463, 894, 579, 544, 533, 615, 488,
    459, 631, 623, 252, 319, 520, 420, 855, 646, 662, 517, 673, 543, 459, 487, 642, 567, 890, 519,
    487, 468, 307, 386, 307, 498, 498, 291, 479, 525, 423, 525, 498, 305, 471, 525, 229, 239, 455,
    229, 799, 525, 527, 525, 525, 349, 391, 335, 525, 452, 715, 433, 453, 395, 314, 460, 314, 498,
};
#define WIDE_SIGN 905 /* arrows and the like */
#define LETTER    530 /* æ, ø, å and all others */
#define PAGE_POINTS  540 /* how high the slides are for which sizes are said */
#define LEAST_LETTER 8
#define OTHER_FONT 1.15 /* the wider fonts of templates, against Calibri */

double letters_wideness(struct deck *deck) {
  static const char *const narrow[] = {"Calibri", "Calibri Light", "Carlito"};
  const struct looks looks = looks_of(deck, deck->layouts[ROLE_TEXT]);
  const xmlNode *font = looks.theme ? xml_find(looks.theme, "//a:fontScheme/a:minorFont/a:latin") : NULL;
  for (size_t i = 0; font && i < sizeof narrow / sizeof *narrow; i++)
    if (strcasecmp(xml_attribute(font, "typeface"), narrow[i]) == 0) return 1;
  return OTHER_FONT;
}

unsigned deck_points(const struct deck *deck, unsigned size) {
  double part = fmin(1, (double)deck->page.height / (PAGE_POINTS * POINT));
  unsigned smaller = (unsigned)lround(size * part);
  return size <= LEAST_LETTER ? size : smaller < LEAST_LETTER ? LEAST_LETTER : smaller;
}

static double width_of(const struct deck *deck, const char *text, size_t length, unsigned size) {
  unsigned long width = 0;
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)text[i];
    if (c >= ' ' && c <= '~')
      width += widths[c - ' '];
    else if (c >= 0xC0)
      width += c == 0xE2 && (unsigned char)text[i + 1] == 0x86 ? WIDE_SIGN : LETTER;
  }
  return (double)width * size / 1000 * deck->wideness;
}

size_t text_letters(const char *text) {
  size_t n = 0;
  for (; *text; text++) n += ((unsigned char)*text & 0xC0) != 0x80;
  return n;
}

unsigned text_lines(const struct deck *deck, const char *text, unsigned size, long long width) {
  size = deck_points(deck, size);
  double room = (double)(width / POINT) - 15, used = 0, blank = width_of(deck, " ", 1, size);
  unsigned n = 1;
  for (const char *word = text; *word; word += strcspn(word, " \n"), word += *word != '\0') {
    double wide = width_of(deck, word, strcspn(word, " \n"), size);
    if (used > 0 && used + wide > room) n++, used = 0;
    if (wide > room && room > 0) n += (unsigned)(wide / room);
    used += wide + blank;
  }
  return n;
}

long long text_height(const struct deck *deck, const char *text, unsigned size, long long width) {
  return text_lines(deck, text, size, width) * (long long)(deck_points(deck, size) * 1.2 * POINT) + 8 * POINT;
}
