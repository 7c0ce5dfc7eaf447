/* leaf.c: what a leaf of the tree holds of the words in the source. */
#include "lang/parse/reading.h"
#include "lang/memory.h"
#include <string.h>

/* A line of a text of several lines. */
struct line {
  const char *from, *to, *next;
};

static struct line line_at(const char *from, const char *end) {
  const char *stop = memchr(from, '\n', (size_t)(end - from));
  struct line line = { from, stop ? stop : end, stop ? stop + 1 : end };
  if (stop && line.to > from && line.to[-1] == '\r') line.to--;
  return line;
}

static size_t indentation(struct line line) {
  size_t n = 0;
  while (line.from + n < line.to && (line.from[n] == ' ' || line.from[n] == '\t')) n++;
  return n;
}

static bool is_blank(struct line line) { return line.from + indentation(line) == line.to; }

/* The least indentation of the lines that hold something. */
static size_t common_indentation(const char *from, const char *end) {
  size_t least = (size_t)-1;
  while (from < end) {
    struct line line = line_at(from, end);
    if (!is_blank(line) && indentation(line) < least) least = indentation(line);
    from = line.next;
  }
  return least;
}

/* What stands between """ and """: the lines without the indentation they share, and without the blank rests of lines
 * beside the quotes. A first line right after the quotes has no indentation and shares none. */
static const char *text_of_lines(const char *from, const char *end) {
  char *text = memory_bytes((size_t)(end - from) + 1);
  size_t used = 0;
  struct line first = line_at(from, end);
  if (!is_blank(first)) {
    memcpy(text, first.from, (size_t)(first.to - first.from));
    used = (size_t)(first.to - first.from);
  }
  bool begun = !is_blank(first);
  size_t indent = common_indentation(first.next, end);
  for (const char *next = first.next; next < end;) {
    struct line line = line_at(next, end);
    next = line.next;
    if (next == end && line.to == end && is_blank(line)) break;
    if (begun) text[used++] = '\n';
    begun = true;
    if (is_blank(line)) continue;
    memcpy(text + used, line.from + indent, (size_t)(line.to - line.from) - indent);
    used += (size_t)(line.to - line.from) - indent;
  }
  text[used] = 0;
  return text;
}

const char *leaf_text(const struct source *source, struct place at) {
  const char *from = source->text + at.from, *end = source->text + at.to;
  if (*from != '"') return memory_copy(from, (size_t)(end - from));
  if (end - from >= 6 && memcmp(from, "\"\"\"", 3) == 0) return text_of_lines(from + 3, end - 3);
  return memory_copy(from + 1, (size_t)(end - from) - 2);
}

bool leaf_is_day(const char *date) {
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  int year = 0;
  for (int i = 0; i < 4; i++) year = 10 * year + date[i] - '0';
  int month = 10 * (date[5] - '0') + date[6] - '0', day = 10 * (date[8] - '0') + date[9] - '0';
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= days[month - 1] + (month == 2 && leap);
}
