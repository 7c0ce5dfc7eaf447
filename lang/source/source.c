/* source.c: reads rule files whole, and finds line and column of an offset. The lines are found once, when the source is
 * made, so that a thousand problems in a long file cost no more than the walk along their own lines. */
#include "lang/source/source.h"
#include "lang/memory.h"
#include <errno.h>
#include <stdio.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include "runtime/image/words.h"

/* A rule file is a few pages. What is longer than this is data that was named by mistake, or never ends. */
enum { LONGEST = 16 * 1024 * 1024 };

static const size_t *find_lines(const char *text, size_t length, size_t *n) {
  size_t room = 64;
  size_t *lines = memory_bytes(room * sizeof *lines);
  lines[0] = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  *n = 1;
  for (const char *end; (end = memchr(text + lines[*n - 1], '\n', length - lines[*n - 1])); ++*n) {
    if (*n == room) lines = memory_grow(lines, room *= 2, sizeof *lines);
    lines[*n] = (size_t)(end - text) + 1;
  }
  return lines;
}

struct source *source_of_text(const char *path, const char *text, size_t length) {
  struct source *source = NEW(struct source);
  source->path = path;
  source->text = text;
  source->length = length;
  source->lines = find_lines(text, length, &source->n_lines);
  return source;
}

static const char *why_not(int error) {
  switch (error) {
  case ENOENT: return _("there is no file of this name");
  case ENOTDIR: return _("a part of the path is a file, not a folder");
  case EACCES: return _("this file may not be read");
  case EISDIR: return _("this is a folder: name a file in it");
  default: return memory_copy(strerror(error), strlen(strerror(error)));
  }
}

/* All bytes of a stream and a NUL, or NULL with the reason. */
static char *read_all(FILE *in, size_t *length, const char **error) {
  size_t room = 65536;
  char *text = memory_bytes(room);
  *length = 0;
  for (size_t got; (got = fread(text + *length, 1, room - *length - 1, in)) > 0;) {
    *length += got;
    if (*length > LONGEST) {
      *error = _("this file is longer than 16 MB: it is no rule file");
      return NULL;
    }
    if (*length + 1 == room) text = memory_grow(text, room *= 2, 1);
  }
  if (ferror(in)) {
    *error = why_not(errno);
    return NULL;
  }
  text[*length] = 0;
  return text;
}

/* Files of other kinds, by what they all begin with. */
static const struct kind { const char *begin, *sentence; } kinds[] = {
  { "\x89PNG", N_("this is a picture, not a rule file") },
  { "\xFF\xD8\xFF", N_("this is a picture, not a rule file") },
  { "GIF8", N_("this is a picture, not a rule file") },
  { "%PDF", N_("this is a PDF, not a rule file") },
  { "PK\x03\x04", N_("this is a document, a workbook or a packed folder, not a rule file") },
  { "\xD0\xCF\x11\xE0", N_("this is a document or a workbook, not a rule file") },
  { "\x1F\x8B", N_("this is a packed file, not a rule file") },
  { "\x7F" "ELF", N_("this is a program, not a rule file") },
};

/* NULL where it may be a rule file. */
static const char *foreign_kind(const char *text) {
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (strncmp(text, kinds[i].begin, strlen(kinds[i].begin)) == 0) return _(kinds[i].sentence);
  return NULL;
}

struct source *source_read(const char *path, const char **error) {
  bool standard = strcmp(path, "-") == 0;
  const char *shown = standard ? _("standard input") : memory_copy(path, strlen(path)), *why = NULL;
  struct stat about;
  bool folder = !standard && stat(path, &about) == 0 && S_ISDIR(about.st_mode);
  FILE *in = standard ? stdin : folder ? NULL : fopen(path, "rb");
  size_t length;
  char *text = in ? read_all(in, &length, &why) : NULL;
  if (!in) why = why_not(folder ? EISDIR : errno);
  if (in && !standard) fclose(in);
  if (text && (why = foreign_kind(text))) text = NULL;
  if (!text) *error = memory_print("%s: %s", shown, why);
  return text ? source_of_text(shown, text, length) : NULL;
}

/* Unicode 15, table 3-7: overlong forms, surrogates and what lies above U+10FFFF are no letters. */
size_t source_letter(const char *text, size_t room) {
  const unsigned char *s = (const unsigned char *)text;
  if (room && s[0] < 0x80) return 1;
  if (room < 2) return 0;
  size_t length = s[0] < 0xC2 ? 0 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : s[0] < 0xF5 ? 4 : 0;
  unsigned char least = s[0] == 0xE0 ? 0xA0 : s[0] == 0xF0 ? 0x90 : 0x80;
  unsigned char most = s[0] == 0xED ? 0x9F : s[0] == 0xF4 ? 0x8F : 0xBF;
  if (length > room || s[1] < least || s[1] > most) return 0;
  for (size_t i = 2; i < length; i++) {
    if ((s[i] & 0xC0) != 0x80) return 0;
  }
  return length;
}

/* A stretch of the text that is looked at in one go. */
enum { STRETCH = 32 };

/* How many of the bytes that stand there come before the first that is part of a letter of several, up to a stretch of them. */
static size_t ascii_before(const char *text, size_t room) {
  uint64_t bytes[STRETCH / sizeof(uint64_t)], all = 0;
  if (room >= STRETCH) {
    memcpy(bytes, text, STRETCH);
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++) all |= bytes[i];
    if ((all & UINT64_C(0x8080808080808080)) == 0) return STRETCH;
  }
  size_t n = 0;
  while (n < room && (text[n] & 0x80) == 0) n++;
  return n;
}

size_t source_bad_utf8(const struct source *source) {
  size_t i = 0;
  while (i < source->length) {
    size_t n = ascii_before(source->text + i, source->length - i);
    if (n == 0) n = source_letter(source->text + i, source->length - i);
    if (n == 0) return i;
    i += n;
  }
  return i;
}

/* The line of an offset, counted from 0. */
static size_t line_of(const struct source *source, size_t offset) {
  size_t low = 0, high = source->n_lines;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (source->lines[middle] <= offset) low = middle;
    else high = middle;
  }
  return low;
}

void source_position(const struct source *source, size_t offset, size_t *line, size_t *column) {
  size_t here = line_of(source, offset);
  *line = here + 1;
  *column = 1;
  for (size_t i = source->lines[here]; i < offset && i < source->length; i++) {
    *column += (source->text[i] & 0xC0) != 0x80;
  }
}

struct place source_line(const struct source *source, size_t offset) {
  size_t here = line_of(source, offset);
  struct place line = { source->lines[here], here + 1 < source->n_lines ? source->lines[here + 1] - 1 : source->length };
  if (line.to > line.from && source->text[line.to - 1] == '\r') line.to--;
  return line;
}
