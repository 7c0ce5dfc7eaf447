/* report.c: sentences for people, and the report that holds them. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/csv/inner.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

const struct unread_row unread_reasons[N_UNREAD] = {
#define UNREAD(name, stops, shows, sentence, expected) {#name, stops, shows, sentence, expected},
#include "runtime/csv/unread.def"
#undef UNREAD
};

static const char *const sentences[N_SENTENCES] = {
#define SENTENCE(name, sentence) sentence,
#include "runtime/csv/sentences.def"
#undef SENTENCE
};

/* A text that grows. */
struct growing { char *text; size_t length; };

static void append(struct growing *growing, const char *text, size_t length) {
  growing->text = memory_resize(growing->text, growing->length + length + 1, 1);
  memcpy(growing->text + growing->length, text, length);
  growing->length += length;
  growing->text[growing->length] = '\0';
}

static void append_sentence(struct growing *growing, const char *sentence, const char *first, const char *second) {
  for (const char *at = sentence; *at != '\0';) {
    size_t plain = strcspn(at, "{");
    append(growing, at, plain);
    at += plain;
    if (*at == '\0') break;
    const char *word = at[1] == '1' ? first : second;
    if (word != NULL) append(growing, word, strlen(word));
    at += strlen("{1}");
  }
}

/* "folder/labs.csv:17:5: what is wrong" */
static char *make_sentence(const struct csv *csv, const char *name, uint64_t line, uint64_t column,
                           enum sentence sentence, const char *first, const char *second) {
  struct growing growing = {0};
  append(&growing, csv->folder, strlen(csv->folder));
  if (name != NULL) {
    size_t length = strlen(csv->folder);
    if (length > 0 && csv->folder[length - 1] != '/') append(&growing, "/", 1);
    append(&growing, name, strlen(name));
  }
  char number[32];
  if (line > 0) append(&growing, number, (size_t)snprintf(number, sizeof number, ":%" PRIu64, line));
  if (column > 0) append(&growing, number, (size_t)snprintf(number, sizeof number, ":%" PRIu64, column));
  append(&growing, ": ", 2);
  append_sentence(&growing, _(sentences[sentence]), first, second);
  return growing.text;
}

bool csv_fail(struct csv *csv, const char *name, uint64_t line, uint64_t column, enum sentence sentence,
              const char *first, const char *second) {
  if (csv->report->error == NULL)
    csv->report->error = make_sentence(csv, name, line, column, sentence, first, second);
  return false;
}

void csv_warn(struct csv *csv, const char *name, enum sentence sentence, const char *first, const char *second) {
  struct data_report *report = csv->report;
  report->warnings = memory_resize(report->warnings, report->n_warnings + (size_t)1, sizeof *report->warnings);
  report->warnings[report->n_warnings++] = make_sentence(csv, name, 0, 0, sentence, first, second);
}

void csv_lacks(struct csv *csv, const char *name, const char *column) {
  struct data_report *report = csv->report;
  report->lacking = memory_resize(report->lacking, report->n_lacking + (size_t)1, sizeof *report->lacking);
  size_t length = strlen(name) + 1 + strlen(column);
  char *both = memory_take(length + 1, 1);
  snprintf(both, length + 1, "%s %s", name, column);
  report->lacking[report->n_lacking++] = both;
}

/* ── what was not read ───────────────────────────────────────────────────────────────────────────────────────────── */

/* Ten digits, perhaps with a dash or a space after six, are how people in Denmark are numbered. */
static bool holds_personal_number(const struct cell *cell) {
  size_t digits = 0;
  for (size_t i = 0; i < cell->length && digits < 10; i++) {
    char c = cell->bytes[i];
    if (c >= '0' && c <= '9') digits++;
    else if (digits != 6 || (c != '-' && c != ' ')) digits = 0;
  }
  return digits == 10;
}

/* In a file that is not what it seems an id may stand in any cell. */
static bool may_say_who(struct reader *reader, const struct cell *cell) {
  struct cell id = reader_cell(reader, reader->canonical[0]);
  cell_text(reader, &id);
  return (id.length == cell->length && memcmp(id.bytes, cell->bytes, id.length) == 0) || holds_personal_number(cell) ||
         store_builder_patient(reader->csv->people, cell->bytes, cell->length) != UINT32_MAX;
}

/* What stands in a field, shortened; "" where it cannot be printed or might say who a patient is. */
static void show_cell(struct reader *reader, uint32_t field, char text[UNREAD_TEXT]) {
  enum { MOST_LETTERS = 20 };
  size_t length = 0, letters = 0, used = reader->scratch_used;
  struct cell cell = reader_cell(reader, field);
  bool shown = cell_text(reader, &cell) && !may_say_who(reader, &cell);
  reader->scratch_used = used;
  if (!shown) return;
  for (; length < cell.length; length++)
    if (((unsigned char)cell.bytes[length] & 0xc0) != 0x80 && letters++ == MOST_LETTERS) break;
  snprintf(text, UNREAD_TEXT, "%.*s%s", (int)length, cell.bytes, length < cell.length ? "…" : "");
}

/* "“5x3”: a number that is none; expected …". The rest of a reason's sentence says what becomes of the row. */
static void fail_strictly(struct reader *reader, enum unread reason, uint32_t field, const char *text,
                          const char *expected) {
  const struct unread_row *row = &unread_reasons[reason];
  const char *why = _(row->sentence);
  int length = (int)strcspn(why, "(:");
  while (length > 0 && why[length - 1] == ' ') length--;
  char what[256];
  snprintf(what, sizeof what, "%s%s%s%.*s", text[0] ? "“" : "", text, text[0] ? "”: " : "", length, why);
  if (expected == NULL || expected[0] == '\0') expected = _(row->expected);
  reader_fail_field(reader, field, SENTENCE_strict, what, expected);
}

void reader_unread(struct reader *reader, enum unread reason, uint32_t field, const char *expected) {
  struct file_report *report = reader->report;
  if (report->unread[reason]++ > 0) return;
  report->first_line[reason] = reader->line;
  if (unread_reasons[reason].shows) show_cell(reader, field, report->first_text[reason]);
  if (reader->csv->options->strict && unread_reasons[reason].stops)
    fail_strictly(reader, reason, field, report->first_text[reason], expected);
}

void data_report_free(struct data_report *report) {
  free(report->error);
  for (uint32_t i = 0; i < report->n_files; i++) free(report->files[i].name);
  free(report->files);
  for (uint32_t i = 0; i < report->n_warnings; i++) free(report->warnings[i]);
  free(report->warnings);
  for (uint32_t i = 0; i < report->n_lacking; i++) free(report->lacking[i]);
  free(report->lacking);
  *report = (struct data_report){0};
}
