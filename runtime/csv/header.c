/* header.c: which columns a file has, and what stands between its fields. */
#include <stdlib.h>
#include <string.h>
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"

static const char separators[] = {',', ';', '\t'};

enum { LONGEST_LIST = 300 };    /* bytes of names in a sentence */

/* ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

static bool same_but_for_case(const struct cell *cell, const char *name) {
  if (cell->length != strlen(name)) return false;
  for (size_t i = 0; i < cell->length; i++)
    if (lower(cell->bytes[i]) != lower(name[i])) return false;
  return true;
}

static bool same(const struct cell *cell, const char *name) {
  return cell->length == strlen(name) && memcmp(cell->bytes, name, cell->length) == 0;
}

/* The fields of the header at hand, as printable text; the caller frees them. A name that is no text is a question mark. */
static struct cell *read_names(struct reader *reader) {
  struct cell *names = memory_take(reader->n_fields, sizeof *names);
  for (uint32_t i = 0; i < reader->n_fields; i++) {
    names[i] = reader_cell(reader, i);
    if (!cell_text(reader, &names[i])) names[i] = (struct cell){"?", 1};
  }
  return names;
}

static void add_to_list(char *list, const char *name, size_t length) {
  size_t used = strlen(list);
  if (used + length + 8 > LONGEST_LIST) {
    if (used < 3 || strcmp(list + used - 3, "…") != 0) memcpy(list + used, ", …", sizeof ", …");
    return;
  }
  if (used > 0) memcpy(list + used, ", ", 2), used += 2;
  memcpy(list + used, name, length);
  list[used + length] = '\0';
}

/* ── the line ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Splits the header, which is the first line of the window, at a separator. */
static void split(struct reader *reader, size_t begin, size_t end, char separator) {
  size_t open;
  reader->separator = separator;
  reader->next_mark = 0;
  reader->row_begin = begin;
  reader->row_end = end > begin && reader->bytes[end - 1] == '\r' ? end - 1 : end;
  reader->n_fields =
      (uint32_t)find_quoted(reader->bytes + begin, end - begin, separator, reader->marks, &open).n_marks + 1;
  for (uint32_t i = 0; i + 1 < reader->n_fields; i++) reader->marks.all[i] += (uint32_t)begin;
  reader->marks.all[-1] = (uint32_t)begin - 1;
  reader->marks.all[reader->n_fields - 1] = (uint32_t)end;
  reader->row_marks = reader->marks.all;
  reader_reserve(reader, end);
}

static uint32_t count_wanted(struct reader *reader, const struct wanted *wanted, uint32_t n) {
  struct cell *names = read_names(reader);
  uint32_t found = 0;
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t field = 0; field < reader->n_fields; field++)
      if (same_but_for_case(&names[field], wanted[i].name)) {
        found++;
        break;
      }
  free(names);
  return found;
}

/* The separator is the one at which most names come out that are looked for; of equals the one with most fields. */
static void choose_separator(struct reader *reader, size_t begin, size_t end, const struct wanted *wanted,
                             uint32_t n) {
  uint32_t best_found = 0, best_fields = 0;
  char best = ',';
  for (size_t i = 0; i < sizeof separators; i++) {
    split(reader, begin, end, separators[i]);
    uint32_t found = count_wanted(reader, wanted, n);
    if (found < best_found || (found == best_found && reader->n_fields <= best_fields)) continue;
    best_found = found;
    best_fields = reader->n_fields;
    best = separators[i];
  }
  split(reader, begin, end, best);
  reader->comma = best != ',';
}

static bool starts_with(const struct reader *reader, const char *bytes) {
  return reader->length >= strlen(bytes) && memcmp(reader->bytes, bytes, strlen(bytes)) == 0;
}

/* The first line end that is not between quotes, or the first one of all if there is none such. */
static size_t line_end(const struct reader *reader, size_t begin) {
  bool quoted = false;
  for (size_t i = begin; i < reader->length; i++) {
    if (reader->bytes[i] == '"') quoted = !quoted;
    if (reader->bytes[i] == '\n' && !quoted) return i;
  }
  return (size_t)((const char *)memchr(reader->bytes + begin, '\n', reader->length - begin) - reader->bytes);
}

/* Brings the header into the window and says where it is; false with the error set, or at the end of an empty file. */
static bool find_line(struct reader *reader, size_t *begin, size_t *end) {
  if (!reader_fill(reader)) return false;
  bool marked = starts_with(reader, "\xef\xbb\xbf");
  if (marked) reader->encoding = ENCODING_UTF8;
  *begin = marked ? 3 : 0;
  *end = line_end(reader, *begin);
  const char *return_only = memchr(reader->bytes + *begin, '\r', *end - *begin);
  if (return_only != NULL && return_only[1] != '\n')
    return reader_fail_at(reader, (size_t)(return_only - reader->bytes), SENTENCE_cr_only, NULL, NULL);
  return true;
}

/* ── columns ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Looks a column up, by its very name first. False if two have it. */
static bool find_field(const struct cell *names, uint32_t n_names, struct wanted *wanted) {
  bool (*const tests[])(const struct cell *, const char *) = {same, same_but_for_case};
  wanted->field = NO_FIELD;
  for (int t = 0; t < 2 && wanted->field == NO_FIELD; t++)
    for (uint32_t i = 0; i < n_names; i++) {
      if (!tests[t](&names[i], wanted->name)) continue;
      if (wanted->field != NO_FIELD) return false;
      wanted->field = i;
    }
  return true;
}

static bool find_fields(struct reader *reader, const struct cell *names, struct wanted *wanted, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (!find_field(names, reader->n_fields, &wanted[i]))
      return csv_fail(reader->csv, reader->name, 1, 0, SENTENCE_doubled_column, wanted[i].name, NULL);
    if (wanted[i].field == NO_FIELD && !wanted[i].needed) csv_lacks(reader->csv, reader->name, wanted[i].name);
    if (wanted[i].field != NO_FIELD || !wanted[i].needed) continue;
    char found[LONGEST_LIST] = "";
    for (uint32_t name = 0; name < reader->n_fields; name++)
      add_to_list(found, names[name].bytes, names[name].length);
    return csv_fail(reader->csv, reader->name, 1, 0, SENTENCE_no_column, wanted[i].name, found);
  }
  return true;
}

static bool fail_empty(struct reader *reader, const struct wanted *wanted, uint32_t n) {
  char list[LONGEST_LIST] = "";
  for (uint32_t i = 0; i < n; i++)
    if (wanted[i].needed) add_to_list(list, wanted[i].name, strlen(wanted[i].name));
  return csv_fail(reader->csv, reader->name, 0, 0, SENTENCE_is_empty, list, NULL);
}

/* The fields in the order of the declaration are what a row counts as for its hash: a row of a file with just these
 * in this order, which is the rule, need not be copied. */
static void keep_canonical(struct reader *reader, const struct wanted *wanted, uint32_t n) {
  reader->n_canonical = n;
  reader->canonical = memory_take(n, sizeof *reader->canonical);
  reader->is_canonical = n == reader->n_columns;
  for (uint32_t i = 0; i < n; i++) {
    reader->canonical[i] = wanted[i].field;
    reader->is_canonical = reader->is_canonical && wanted[i].field == i;
  }
}

bool header_read(struct reader *reader, struct wanted *wanted, uint32_t n) {
  size_t begin, end;
  /* Asked before the first window is looked at, for every second byte of UTF-16 is a NUL. */
  char mark[2] = "";
  if (csv_file_read(&reader->file, 0, mark, 2) == 2 &&
      (memcmp(mark, "\xff\xfe", 2) == 0 || memcmp(mark, "\xfe\xff", 2) == 0))
    return csv_fail(reader->csv, reader->name, 0, 0, SENTENCE_is_utf16, NULL, NULL);
  if (!find_line(reader, &begin, &end)) return !csv_failed(reader->csv) && fail_empty(reader, wanted, n);
  choose_separator(reader, begin, end, wanted, n);
  struct cell *names = read_names(reader);
  bool fine = find_fields(reader, names, wanted, n);
  free(names);
  if (!fine) return false;
  reader->n_columns = reader->n_fields;
  reader->probing = false;
  keep_canonical(reader, wanted, n);
  for (size_t i = begin; i <= end; i++) reader->next_line += reader->bytes[i] == '\n';
  reader->next_begin = end + 1;
  if (reader->next_begin < reader->length) return reader_mark(reader);
  reader->next_mark = reader->next_row = reader->n_rows = 0;
  return true;
}
