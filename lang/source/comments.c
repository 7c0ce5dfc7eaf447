/* comments.c: the comments of a rule file, and the line that each is about. */
#include <string.h>
#include "lang/memory.h"
#include "lang/source/source.h"

/* Where the text in quotes that begins here ends. */
static size_t after_text(const struct source *source, size_t from) {
  bool is_long = strncmp(source->text + from, "\"\"\"", 3) == 0;
  const char *end = strstr(source->text + from + (is_long ? 3 : 1), is_long ? "\"\"\"" : "\"");
  return end ? (size_t)(end - source->text) + (is_long ? 3 : 1) : source->length;
}

static size_t after_gap(const struct source *source, struct place line) {
  size_t from = line.from;
  while (from < line.to && strchr(" \t\r", source->text[from])) from++;
  return from;
}

static bool is_comment(const struct source *source, struct place line) {
  size_t from = after_gap(source, line);
  return from < line.to && source->text[from] == '#';
}

static struct place line_about(const struct source *source, size_t comment) {
  struct place line = source_line(source, comment);
  if (!is_comment(source, line)) return line;
  while (is_comment(source, line) && line.to < source->length) line = source_line(source, line.to + 1);
  bool nothing = is_comment(source, line) || after_gap(source, line) == line.to;
  return nothing ? (struct place){line.from, line.from} : line;
}

struct source_comment *source_comments(const struct source *source, size_t *n) {
  struct source_comment *comments = NULL;
  *n = 0;
  for (size_t i = 0; i < source->length;) {
    i += strcspn(source->text + i, "#\"");
    if (i >= source->length) break;
    if (source->text[i] == '"') {
      i = after_text(source, i);
      continue;
    }
    struct source_comment comment = {{i, source_line(source, i).to}, line_about(source, i)};
    if ((*n & (*n - 1)) == 0) comments = memory_grow(comments, *n ? 2 * *n : 1, sizeof *comments);
    comments[(*n)++] = comment;
    i = comment.at.to;
  }
  return comments;
}

size_t comment_begins(const struct source *source, const struct source_comment *comment, const char *const *words,
                      size_t n) {
  size_t i = comment->at.from;
  while (i < comment->at.to && strchr("# \t", source->text[i])) i++;
  for (size_t w = 0; w < n; w++)
    if (strncmp(source->text + i, words[w], strlen(words[w])) == 0) return i + strlen(words[w]);
  return 0;
}
