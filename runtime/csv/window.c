/* window.c: a file as rows, through a window that always holds whole ones. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"

enum {
  FIRST_WINDOW = 1 << 17,       /* fits the second-level cache together with its marks */
  LARGEST_ROW_MB = 64,          /* a quote that is never closed would else take the whole file into memory */
  PROGRESS_STEP = 1 << 23
};

/* ── windows ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void make_room(struct reader *reader, size_t room) {
  reader->room = room;
  reader->bytes = memory_resize(reader->bytes, room + 1 + FIND_SLACK, 1);
  struct marks *marks = &reader->marks;
  marks->all = (uint32_t *)memory_resize(marks->all ? marks->all - 1 : NULL, room + 2 + MARK_SLACK, sizeof *marks->all) + 1;
  marks->lines = memory_resize(marks->lines, room + 1 + MARK_SLACK, sizeof *marks->lines);
}

/* Counts bytes that are done with, and tells of them now and then. A file that is read once more is counted back: until it is where it
 * was, nothing is told. */
static void count_bytes(struct reader *reader, uint64_t n) {
  struct csv *csv = reader->csv;
  struct bytes_read *bytes = csv->bytes;
  csv->counted += n;
  uint64_t done = atomic_fetch_add_explicit(&bytes->done, n, memory_order_relaxed) + n;
  if (csv->silent || csv->options->progress == NULL || done / PROGRESS_STEP <= bytes->told / PROGRESS_STEP) return;
  bytes->told = done;
  csv->options->progress(csv->options->context, done, bytes->all);
}

/* Moves what has not been read to the front and fills the window up. A last line without an end is given one. */
static bool load(struct reader *reader) {
  size_t kept = reader->length - reader->next_begin;
  memmove(reader->bytes, reader->bytes + reader->next_begin, kept);
  count_bytes(reader, reader->next_begin);
  reader->offset += reader->next_begin;
  reader->next_begin = 0;
  reader->length = kept;
  if (!reader->at_end) {
    uint64_t at = reader->offset + kept, left = reader->end > at ? reader->end - at : 0;
    size_t wanted = reader->room - kept < left ? reader->room - kept : (size_t)left;
    int64_t n = csv_file_read(&reader->file, at, reader->bytes + kept, wanted);
    if (n < 0) return csv_fail(reader->csv, reader->name, 0, 0, SENTENCE_cannot_read, strerror(errno), NULL);
    reader->length += (size_t)n;
    reader->at_end = reader->length < reader->room || at + (uint64_t)n == reader->end;
    reader->unended = reader->at_end && reader->length > 0 && reader->bytes[reader->length - 1] != '\n';
    if (reader->unended) reader->bytes[reader->length++] = '\n';
  }
  memset(reader->bytes + reader->length, '0', FIND_SLACK);
  return true;
}

/* The last row of the window, which was the last one of all, is done with. */
static void finish(struct reader *reader) {
  count_bytes(reader, reader->next_begin - (reader->unended && reader->next_begin > 0));
  reader->length = reader->next_begin = 0;
}

/* Fails with the place of a byte, seen from where a line begins. */
static bool fail_from(struct reader *reader, size_t line_begin, uint64_t line, size_t at, enum sentence sentence,
                      const char *first, const char *second) {
  for (size_t i = line_begin; i < at; i++)
    if (reader->bytes[i] == '\n') {
      line++;
      line_begin = i + 1;
    }
  return csv_fail(reader->csv, reader->name, line, at - line_begin + 1, sentence, first, second);
}

bool reader_fail_at(struct reader *reader, size_t at, enum sentence sentence, const char *first,
                    const char *second) {
  return fail_from(reader, reader->next_begin, reader->next_line, at, sentence, first, second);
}

bool reader_fail_field(struct reader *reader, uint32_t field, enum sentence sentence, const char *first,
                       const char *second) {
  size_t at = field == NO_FIELD ? reader->row_begin : (uint32_t)((reader->row_marks + field)[-1] + 1);
  return fail_from(reader, reader->row_begin, reader->line, at, sentence, first, second);
}

/* A window with a NUL byte in it is not read at all: nothing may depend on where windows begin. */
bool reader_mark(struct reader *reader) {
  size_t begin = reader->next_begin, length = reader->length - begin;
  struct found found = reader->find(reader->bytes + begin, length, reader->separator, reader->marks);
  if (found.nul) {
    const char *nul = memchr(reader->bytes + begin, '\0', length);
    return reader_fail_at(reader, (size_t)(nul - reader->bytes), SENTENCE_nul_byte, NULL, NULL);
  }
  size_t open = length;
  bool quotes = found.quotes;
  reader->high = found.high;
  reader->odd = found.odd;
  if (quotes) found = find_quoted(reader->bytes + begin, length, reader->separator, reader->marks, &open);
  for (size_t i = 0; begin > 0 && i < found.n_marks; i++) reader->marks.all[i] += (uint32_t)begin;
  reader->quotes = quotes;
  reader->marks.all[-1] = (uint32_t)begin - 1;
  reader->next_mark = reader->next_row = 0;
  reader->n_rows = found.n_lines;
  if (open < length && reader->at_end && (!reader->probing || reader->n_rows == 0))
    return reader_fail_at(reader, begin + open, SENTENCE_open_quote, NULL, NULL);
  return true;
}

bool reader_fill(struct reader *reader) {
  for (;;) {
    if (reader->at_end && reader->next_begin == reader->length) {
      finish(reader);
      return false;
    }
    if (!load(reader) || reader->length == 0 || !reader_mark(reader)) return false;
    if (reader->n_rows > 0) return true;
    if (reader->room >= (size_t)LARGEST_ROW_MB << 20) {
      char size[16];
      snprintf(size, sizeof size, "%d", LARGEST_ROW_MB);
      return reader_fail_at(reader, reader->next_begin, SENTENCE_long_row, size, NULL);
    }
    make_room(reader, reader->room * 2);
  }
}

enum opened reader_open(struct reader *reader, struct csv *csv, struct file_report *report) {
  *reader = (struct reader){.csv = csv,
                            .report = report,
                            .name = report->name,
                            .separator = '\n',
                            .probing = true,
                            .line = 1,
                            .next_line = 1,
                            .end = UINT64_MAX,
                            .find = find_chosen(),
                            .seed = hash_seed(report->name),
                            .file.descriptor = -1};
  enum opened opened = csv_file_open(&reader->file, csv, report->name);
  report->missing = opened == OPENED_MISSING;
  if (opened != OPENED) return opened;
  struct window *spare = csv->spare;
  reader->bytes = spare->bytes;
  reader->marks = spare->marks;
  reader->room = spare->room;
  *spare = (struct window){0};
  if (reader->room == 0) make_room(reader, FIRST_WINDOW);
  return opened;
}

void reader_seek(struct reader *reader, const struct range *range) {
  uint64_t header_end = reader->offset + reader->next_begin;
  if (range->begin > 0) reader->next_line = 1;
  reader->end = range->end > header_end ? range->end : header_end;
  reader->offset = range->begin > header_end ? range->begin : header_end;
  if (reader->offset > reader->end) reader->offset = reader->end;
  reader->length = reader->next_begin = 0;
  reader->next_mark = reader->next_row = reader->n_rows = 0;
  reader->at_end = reader->offset == reader->end;
  reader->unended = false;
  count_bytes(reader, (reader->offset < range->end ? reader->offset : range->end) - range->begin);
}

void window_free(struct window *window) {
  free(window->bytes);
  if (window->marks.all) free(window->marks.all - 1);
  free(window->marks.lines);
}

void reader_close(struct reader *reader) {
  struct window window = {reader->bytes, reader->marks, reader->room};
  csv_file_close(&reader->file);
  /* Each file begins with a window of the same size, whatever was read before it. */
  if (window.room == FIRST_WINDOW) *reader->csv->spare = window;
  else window_free(&window);
  free(reader->scratch);
  free(reader->canonical);
  free(reader->canonical_bytes);
}

/* Without its quotes a cell is no longer than before, and three times that as UTF-8. */
void reader_make_scratch(struct reader *reader, size_t length) {
  reader->scratch_room = 2 * SCRATCH_TIMES * length;
  reader->scratch = memory_resize(reader->scratch, reader->scratch_room + CELL_SLACK, 1);
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Puts the next row at hand, whatever it holds. */
static inline bool step(struct reader *reader) {
  if (reader->next_row == reader->n_rows && !reader_fill(reader)) return false;
  const uint32_t *marks = reader->marks.all + reader->next_mark;
  size_t last = reader->marks.lines[reader->next_row++];
  size_t begin = reader->next_begin, end = reader->marks.all[last];
  reader->row_begin = begin;
  reader->row_marks = marks;
  reader->n_fields = (uint32_t)(last + 1 - reader->next_mark);
  reader->next_mark = last + 1;
  reader->next_begin = end + 1;
  reader->row_end = end > begin && reader->bytes[end - 1] == '\r' ? end - 1 : end;
  reader->line = reader->next_line++;
  if (reader->quotes)
    for (size_t i = begin; i < end; i++) reader->next_line += reader->bytes[i] == '\n';
  reader_reserve(reader, end - begin);
  return true;
}

/* As many of n rows as end like the first, in CR LF or in LF alone. */
static size_t with_same_end(struct reader *reader, size_t n) {
  const uint32_t *marks = reader->marks.all + reader->next_mark + reader->n_columns - 1;
  reader->cr = reader->odd && n > 0 && reader->bytes[marks[0] - 1] == '\r';
  for (size_t i = 0; reader->odd && i < n; i++, marks += reader->n_columns)
    if ((reader->bytes[marks[0] - 1] == '\r') != reader->cr) return i;
  return n;
}

size_t reader_usual(struct reader *reader, size_t most) {
  const uint32_t *lines = reader->marks.lines + reader->next_row;
  size_t n = 0, left = reader->n_rows - reader->next_row, columns = reader->n_columns, last = reader->next_mark + columns - 1;
  if (reader->quotes || columns < 2) return 0;
  for (most = left < most ? left : most; n < most && lines[n] == last; n++) last += columns;
  return with_same_end(reader, n);
}

void reader_pass(struct reader *reader, size_t n) {
  uint64_t *hash = reader->csv->hash;
  const uint32_t *marks = reader->marks.all + reader->next_mark;
  if (reader->is_canonical) hash_add_rows(hash, reader->bytes, marks, n, reader->n_columns, reader->cr, reader->seed);
  for (size_t i = 0; !reader->is_canonical && i < n; i++) {
    reader_put(reader, i);
    struct cell row = reader_canonical(reader);
    hash_add(hash, row.bytes, row.length, reader->seed);
  }
  reader->report->rows += n;
  reader->next_row += n;
  reader->next_line += n;
  reader->next_mark += n * reader->n_columns;
  reader->next_begin = (uint32_t)(reader->marks.all[reader->next_mark - 1] + 1);
}

struct cell reader_canonical(struct reader *reader) {
  if (reader->is_canonical) {
    size_t end = reader->n_fields > reader->n_columns ? reader->row_marks[reader->n_columns - 1] : reader->row_end;
    return (struct cell){reader->bytes + reader->row_begin, end - reader->row_begin};
  }
  size_t needed = reader->row_end - reader->row_begin + reader->n_canonical;
  if (reader->canonical_room < needed) {
    reader->canonical_room = 2 * needed;
    reader->canonical_bytes = memory_resize(reader->canonical_bytes, reader->canonical_room, 1);
  }
  char *to = reader->canonical_bytes;
  for (uint32_t i = 0; i < reader->n_canonical; i++) {
    uint32_t field = reader->canonical[i];
    if (i > 0) *to++ = reader->separator;
    if (field == NO_FIELD) continue;
    size_t begin = (uint32_t)((reader->row_marks + field)[-1] + 1);
    size_t end = field + 1 == reader->n_fields ? reader->row_end : reader->row_marks[field];
    memcpy(to, reader->bytes + begin, end - begin);
    to += end - begin;
  }
  return (struct cell){reader->canonical_bytes, (size_t)(to - reader->canonical_bytes)};
}

/* Fields beyond the header's, where a number's decimal comma may have moved all that follows it. Empty ones are what
 * spreadsheets add. */
static bool has_surplus(struct reader *reader) {
  for (uint32_t i = reader->n_columns; i < reader->n_fields; i++)
    if (reader_cell(reader, i).length > 0) return true;
  return false;
}

static bool is_last(const struct reader *reader) { return reader->at_end && reader->next_begin == reader->length; }

/* Too few fields: the file is not what it seems. A last line without an end is where it was cut off. */
static bool miss_fields(struct reader *reader) {
  char found[16], expected[16];
  snprintf(found, sizeof found, "%" PRIu32, reader->n_fields);
  snprintf(expected, sizeof expected, "%" PRIu32, reader->n_columns);
  return csv_fail(reader->csv, reader->name, reader->line, reader->row_end - reader->row_begin + 1,
                  reader->unended && is_last(reader) ? SENTENCE_cut_row : SENTENCE_short_row, found, expected);
}

bool reader_next(struct reader *reader) {
  while (step(reader)) {
    if (reader->row_begin == reader->row_end) continue;
    reader->report->rows++;
    if (reader->n_fields < reader->n_columns) {
      return miss_fields(reader);
    }
    struct cell row = reader_canonical(reader);
    hash_add(reader->csv->hash, row.bytes, row.length, reader->seed);
    if (reader->n_fields == reader->n_columns || !has_surplus(reader)) return true;
    char expected[16];
    snprintf(expected, sizeof expected, "%" PRIu32, reader->n_columns);
    reader_unread(reader, UNREAD_many_fields, reader->n_columns, expected);
    if (csv_failed(reader->csv)) return false;
  }
  return false;
}
