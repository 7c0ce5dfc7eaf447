/* page.c: letters, their widths, and where they stand on a line. */
#include "runtime/result/page.h"
#include <math.h>
#include <string.h>

#define DIGITS_MOST 1e15 /* a double holds so many digits whole */

/* ── one letter ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Takes one letter off a text that ends in a NUL. Bytes that are not UTF-8 come out one by one as U+FFFD. */
static uint32_t take_letter(const char *text, size_t *length) {
  const unsigned char *bytes = (const unsigned char *)text;
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  uint32_t letter = bytes[0];
  size_t n = letter < 0x80 ? 1 : letter < 0xc2 ? 0 : letter < 0xe0 ? 2 : letter < 0xf0 ? 3 : letter < 0xf5 ? 4 : 0;
  if (n > 1)
    letter &= 0x7fu >> n;
  for (size_t i = 1; i < n; i++) {
    if ((bytes[i] & 0xc0) != 0x80)
      n = 0;
    else
      letter = letter << 6 | (bytes[i] & 0x3f);
  }
  *length = n ? n : 1;
  return n && letter >= least[n] && letter <= 0x10ffff ? letter : 0xfffd;
}

struct letters { uint32_t first, last; };

static bool is_in(uint32_t letter, const struct letters *ranges, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (letter >= ranges[i].first && letter <= ranges[i].last)
      return true;
  return false;
}

/* Columns of a letter: none for marks that sit on another, two for the scripts of East Asia, else one. The ranges are
 * the blocks of Unicode 15 that hold such letters, not every single letter. */
static uint32_t width_of(uint32_t letter) {
  static const struct letters none[] = {
    {0x300, 0x36f}, {0x200b, 0x200f}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}};
  static const struct letters two[] = {
    {0x1100, 0x115f}, {0x2e80, 0x303e}, {0x3041, 0xa4cf}, {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xfe30, 0xfe6f},
    {0xff00, 0xff60}, {0xffe0, 0xffe6}, {0x1f300, 0x1f64f}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};
  if (letter < 0x300)
    return 1;
  return is_in(letter, none, sizeof none / sizeof *none) ? 0 : is_in(letter, two, sizeof two / sizeof *two) ? 2 : 1;
}

/* How a letter is written where there is only ASCII. */
static const char *ascii_of(uint32_t letter) {
  static const struct { uint32_t letter; const char *ascii; } rows[] = {
    {0xc6, "Ae"}, {0xd8, "Oe"}, {0xc5, "Aa"}, {0xe6, "ae"}, {0xf8, "oe"}, {0xe5, "aa"},
    {0xc4, "Ae"}, {0xd6, "Oe"}, {0xe4, "ae"}, {0xf6, "oe"}, {0xfc, "ue"}, {0xe9, "e"}, {0xe8, "e"},
    {0xa0, " "}, {0xb1, "+-"}, {0xb2, "2"}, {0xb5, "u"}, {0x3bc, "u"}, {0xb7, "."}, {0x2013, "-"}, {0x2026, "..."}, {0x2212, "-"},
    {0x2190, "<-"}, {0x2192, "->"}, {0x2264, "<="}, {0x2265, ">="}, {0x2260, "!="}, {0x2501, "="},
    {0x201c, "\""}, {0x201d, "\""}, {0x2022, "*"}, {0x25cf, "#"}, {0x25a0, "@"}, {0x25e6, "o"}, {0x25cb, "O"},
    {0x25a1, "Q"}, {0x25c1, "<"}, {0x25b7, ">"}, {0x25b2, "^"}, {0x25c7, "x"}, {0x25c6, "X"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (rows[i].letter == letter)
      return rows[i].ascii;
  return width_of(letter) == 0 ? "" : "?";
}

static bool is_blank(char letter) { return letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r'; }

/* A letter as this page shows it: its bytes and its columns. A control character could move the cursor or change the
 * colours of a terminal, so none gets through; blanks in a row are one, since a condition may come from several lines. */
struct shape { const char *bytes; size_t length; uint32_t columns; };

static struct shape shape_of(const struct page *page, const char *text, size_t *length) {
  if (is_blank(*text)) {
    for (*length = 1; is_blank(text[*length]);)
      ++*length;
    return (struct shape){" ", 1, 1};
  }
  uint32_t letter = take_letter(text, length);
  if (letter < 0x20 || (letter >= 0x7f && letter < 0xa0) || letter == 0xfffd)
    return (struct shape){"?", 1, 1};
  if (letter < 0x80 || !page->ascii)
    return (struct shape){text, *length, width_of(letter)};
  const char *ascii = ascii_of(letter);
  return (struct shape){ascii, strlen(ascii), (uint32_t)strlen(ascii)};
}

/* ── measuring ───────────────────────────────────────────────────────────────────────────────────────────────────── */

uint32_t page_columns(const struct page *page, const char *text, size_t length) {
  uint32_t columns = 0;
  size_t step;
  for (size_t i = 0; i < length; i += step)
    columns += shape_of(page, text + i, &step).columns;
  return columns;
}

size_t page_fit(const struct page *page, const char *text, uint32_t width, size_t *next) {
  size_t at = 0, blank = 0, step;
  uint32_t columns = 0;
  while (text[at]) {
    columns += shape_of(page, text + at, &step).columns;
    if (is_blank(text[at]) && columns <= width + 1)
      blank = at;
    if (columns > width && at > 0)
      break;
    at += step;
  }
  if (text[at] && blank > 0)
    at = blank;
  for (*next = at; is_blank(text[*next]);)
    ++*next;
  return at;
}

/* ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_blanks(struct page *page) {
  for (; page->blanks > 0; page->blanks--)
    fputc(' ', page->out);
}

void page_write_part(struct page *page, const char *text, size_t length) {
  size_t step;
  for (size_t i = 0; i < length; i += step) {
    struct shape shape = shape_of(page, text + i, &step);
    page->column += shape.columns;
    if (shape.bytes[0] == ' ') {
      page->blanks++;
      continue;
    }
    write_blanks(page);
    fwrite(shape.bytes, 1, shape.length, page->out);
  }
}

void page_write(struct page *page, const char *text) { page_write_part(page, text, strlen(text)); }

void page_move(struct page *page, uint32_t column) {
  uint32_t blanks = page->column < column ? column - page->column : page->column > 0 ? 1 : 0;
  if (page->column == column)
    blanks = 0;
  page->blanks += blanks;
  page->column += blanks;
}

void page_write_right(struct page *page, const char *text, uint32_t end) {
  uint32_t columns = page_columns(page, text, strlen(text));
  page_move(page, end > columns ? end - columns : 0);
  page_write(page, text);
}

void page_write_wrapped(struct page *page, const char *text) {
  uint32_t left = page->column;
  size_t next;
  do {
    size_t length = page_fit(page, text, page->width > left ? page->width - left : 1, &next);
    page_write_part(page, text, length);
    text += next;
    if (*text) {
      page_end_line(page);
      page_move(page, left);
    }
  } while (*text);
}

void page_write_cut(struct page *page, const char *text, uint32_t width) {
  size_t length = strlen(text), at = 0, step;
  if (page_columns(page, text, length) <= width) {
    page_write(page, text);
    return;
  }
  uint32_t columns = page_columns(page, "…", strlen("…"));
  for (; at < length; at += step) {
    columns += shape_of(page, text + at, &step).columns;
    if (columns > width)
      break;
  }
  page_write_part(page, text, at);
  page_write(page, "…");
}

void page_style(struct page *page, enum style style) {
  static const char *const codes[N_STYLES] = {"\033[0m", "\033[1m", "\033[2m", "\033[32m"};
  if (!page->colour)
    return;
  write_blanks(page);
  fputs(codes[style], page->out);
}

void page_rule(struct page *page, const char *stroke) {
  while (page->column < page->width)
    page_write(page, stroke);
  page_end_line(page);
}

void page_end_line(struct page *page) {
  fputc('\n', page->out);
  page->column = page->blanks = 0;
}

/* ── numbers ────────────────────────────────────────────────────────────────────────────────────────────────────── */

void page_number(const struct page *page, uint64_t number, char out[32]) {
  char digits[32];
  int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)number), n = 0;
  for (int i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0)
      out[n++] = page->danish ? '.' : ',';
    out[n++] = digits[i];
  }
  out[n] = '\0';
}

void page_decimal(const struct page *page, double number, unsigned least, unsigned most, char out[64]) {
  double scale = pow(10, most), digits = floor(fabs(number) * scale + 0.5);
  if (!(digits < DIGITS_MOST)) { /* nothing that is measured in patients is so large */
    snprintf(out, 64, "%.3g", number);
    return;
  }
  uint64_t all = (uint64_t)digits, unit = (uint64_t)scale, rest = all % unit;
  char whole[32], decimals[32] = "";
  page_number(page, all / unit, whole);
  if (most > 0)
    snprintf(decimals, sizeof decimals, "%c%0*llu", page->danish ? ',' : '.', (int)most, (unsigned long long)rest);
  for (unsigned n = most; n > least && decimals[n] == '0'; n--)
    decimals[n == 1 ? 0 : n] = '\0';
  snprintf(out, 64, "%s%s%s", number < 0 && all > 0 ? "−" : "", whole, decimals);
}

void page_percent(const struct page *page, uint32_t number, uint32_t of, char out[32]) {
  /* In whole numbers, so that a half is always rounded up, whatever the machine. */
  uint64_t tenths = (UINT64_C(2000) * number + of) / (UINT64_C(2) * of);
  const char *sign = "";
  if (tenths == 0 && number > 0)
    tenths = 1, sign = "<";
  else if (tenths == 1000 && number < of)
    tenths = 999, sign = ">";
  snprintf(out, 32, page->danish ? "%s%u,%u %%" : "%s%u.%u%%", sign, (unsigned)(tenths / 10), (unsigned)(tenths % 10));
}
