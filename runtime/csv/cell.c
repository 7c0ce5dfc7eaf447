/* cell.c: what a field says, where it is not simply what stands there: quotes, and letters beyond ASCII.
 *
 * A file is in one encoding. If all of it is valid UTF-8 it is that, else it is Windows-1252, which older systems write.
 * Nobody needs to know before the first letter beyond ASCII stands in a cell that is read as text. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"

static struct cell unquote(struct reader *reader, const char *begin, const char *end) {
  char *text = reader->scratch + reader->scratch_used, *to = text;
  for (const char *at = begin + 1; at < end; at++) {
    if (*at == '"') {
      if (at + 1 == end || at[1] != '"') {
        /* What follows the closing quote belongs to the cell as it stands. */
        memcpy(to, at + 1, (size_t)(end - at - 1));
        to += end - at - 1;
        break;
      }
      at++;
    }
    *to++ = *at;
  }
  reader->scratch_used += (size_t)(to - text);
  memset(to, 0, CELL_SLACK); /* which may be read, and is to say the same each time */
  /* Spaces inside of quotes are around the cell as well. */
  while (text < to && *text == ' ') text++;
  while (text < to && to[-1] == ' ') to--;
  return (struct cell){text, (size_t)(to - text)};
}

struct cell cell_strip(struct reader *reader, const char *begin, const char *end) {
  while (begin < end && (*begin == ' ' || *begin == '\t')) begin++;
  while (begin < end && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r')) end--;
  if (begin < end && *begin == '"') return unquote(reader, begin, end);
  return (struct cell){begin, (size_t)(end - begin)};
}

/* ── UTF-8 ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The length of the character at `at`: 0 if it is not valid UTF-8, −1 if it goes on after the end. Source: The Unicode
 * Standard, table 3-7, well-formed byte sequences. */
static int utf8_length(const unsigned char *at, const unsigned char *end) {
  unsigned char first = at[0];
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (int i = 1; i < length; i++) {
    if (at + i == end) return -1;
    unsigned char low = 0x80, high = 0xbf;
    if (i == 1 && first == 0xe0) low = 0xa0;
    if (i == 1 && first == 0xed) high = 0x9f;
    if (i == 1 && first == 0xf0) low = 0x90;
    if (i == 1 && first == 0xf4) high = 0x8f;
    if (at[i] < low || at[i] > high) return 0;
  }
  return length;
}

/* The first byte that is not ASCII, or the end. */
static const unsigned char *skip_ascii(const unsigned char *at, const unsigned char *end) {
  while (end - at >= 8 && (eight_bytes((const char *)at) & UINT64_C(0x8080808080808080)) == 0) at += 8;
  while (at < end && *at < 0x80) at++;
  return at;
}

/* Whether all of the file is UTF-8. A file that cannot be read is seen to when its rows are. */
static bool is_utf8(const struct csv_file *file) {
  enum { STEP = 1 << 16 };
  unsigned char *bytes = memory_take(STEP, 1);
  bool valid = true;
  for (uint64_t offset = 0; valid;) {
    int64_t n = csv_file_read(file, offset, (char *)bytes, STEP);
    if (n <= 0) break;
    const unsigned char *at = bytes, *end = bytes + n;
    int length = 1;
    while ((at = skip_ascii(at, end)) < end && (length = utf8_length(at, end)) > 0) at += length;
    /* A character may be cut by the end of the step, but not by that of the file. */
    valid = length > 0 || (length < 0 && n == STEP);
    offset += (uint64_t)(at - bytes);
  }
  free(bytes);
  return valid;
}

/* ── Windows-1252 ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The letters of 0x80 to 0x9f; 0 where there is none. Source: unicode.org, MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT. */
static const uint16_t windows_letters[32] = {0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                             0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
                                             0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                             0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

/* Writes a letter of Windows-1252 as UTF-8 and gives its length, 0 if there is no such letter. */
static int write_windows(unsigned char letter, char *to) {
  unsigned code = letter < 0xa0 ? windows_letters[letter - 0x80] : letter;
  if (code == 0) return 0;
  if (code < 0x800) {
    to[0] = (char)(0xc0 | code >> 6);
    to[1] = (char)(0x80 | (code & 0x3f));
    return 2;
  }
  to[0] = (char)(0xe0 | code >> 12);
  to[1] = (char)(0x80 | (code >> 6 & 0x3f));
  to[2] = (char)(0x80 | (code & 0x3f));
  return 3;
}

/* ── texts ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_plain(const struct cell *cell) {
  bool plain = true;
  for (size_t i = 0; i < cell->length; i++) {
    unsigned char c = (unsigned char)cell->bytes[i];
    plain = plain && c >= 0x20 && c < 0x7f;
  }
  return plain;
}

/* Writes the character at `at` to `to`: how long it was and how long it is now. False if it is none, or a control. */
static bool rewrite(enum encoding encoding, const unsigned char *at, const unsigned char *end, char *to, int *was,
                    int *is) {
  *was = *is = 1;
  if (*at == '\t' || *at == '\n' || *at == '\r') {
    *to = ' ';
  } else if (*at < 0x80) {
    *to = (char)*at;
    return *at >= 0x20 && *at != 0x7f;
  } else if (encoding == ENCODING_WINDOWS) {
    *is = write_windows(*at, to);
    return *is > 0;
  } else {
    *was = *is = utf8_length(at, end);
    if (*was <= 0 || (at[0] == 0xc2 && at[1] < 0xa0)) return false;
    memcpy(to, at, (size_t)*was);
  }
  return true;
}

/* Of the whole file, whoever reads which part of it. Two that begin to look at the same time find the same. */
static enum encoding find_encoding(struct reader *reader) {
  atomic_int *known = reader->csv->encoding;
  int encoding = known ? atomic_load(known) : ENCODING_OPEN;
  if (encoding == ENCODING_OPEN) encoding = is_utf8(&reader->file) ? ENCODING_UTF8 : ENCODING_WINDOWS;
  if (known) atomic_store(known, encoding);
  return (enum encoding)encoding;
}

bool cell_text(struct reader *reader, struct cell *cell) {
  if (is_plain(cell)) return true;
  if (reader->encoding == ENCODING_OPEN && reader->high) reader->encoding = find_encoding(reader);
  const unsigned char *at = (const unsigned char *)cell->bytes, *end = at + cell->length;
  char *text = reader->scratch + reader->scratch_used, *to = text;
  for (int was, is; at < end; at += was, to += is)
    if (!rewrite(reader->encoding, at, end, to, &was, &is)) return false;
  reader->scratch_used += (size_t)(to - text);
  *cell = (struct cell){text, (size_t)(to - text)};
  return true;
}
