/* report.c: sentences for people, and the report that holds them. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"

const struct unread_row unread_reasons[N_UNREAD] = {
#define UNREAD(name, english, danish) {#name, english, danish},
#include "runtime/csv/unread.def"
#undef UNREAD
};

static const struct { const char *english, *danish; } sentences[N_SENTENCES] = {
#define SENTENCE(name, english, danish) {english, danish},
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
  append_sentence(&growing, csv->options->danish ? sentences[sentence].danish : sentences[sentence].english, first,
                  second);
  return growing.text;
}

bool csv_fail(struct csv *csv, const char *name, uint64_t line, uint64_t column, enum sentence sentence,
              const char *first, const char *second) {
  if (csv->report->error == NULL)
    csv->report->error = make_sentence(csv, name, line, column, sentence, first, second);
  return false;
}

void csv_warn(struct csv *csv, const char *name, enum sentence sentence, const char *first) {
  struct data_report *report = csv->report;
  report->warnings = memory_resize(report->warnings, report->n_warnings + (size_t)1, sizeof *report->warnings);
  report->warnings[report->n_warnings++] = make_sentence(csv, name, 0, 0, sentence, first, NULL);
}

/* What --strict stops at: everything that makes a row or a cell be left out while the files are read. */
static bool is_strict(enum unread reason) {
  return reason != UNREAD_no_number && reason != UNREAD_other_unit && reason != UNREAD_no_unit &&
         reason != UNREAD_implausible;
}

void reader_unread(struct reader *reader, enum unread reason) {
  struct file_report *report = reader->report;
  if (report->unread[reason]++ == 0) report->first_line[reason] = reader->line;
  if (!reader->csv->options->strict || !is_strict(reason)) return;
  const struct unread_row *row = &unread_reasons[reason];
  csv_fail(reader->csv, reader->name, reader->line, 0, SENTENCE_strict_row,
           reader->csv->options->danish ? row->danish : row->english, NULL);
}

void data_report_free(struct data_report *report) {
  free(report->error);
  for (uint32_t i = 0; i < report->n_files; i++) free(report->files[i].name);
  free(report->files);
  for (uint32_t i = 0; i < report->n_warnings; i++) free(report->warnings[i]);
  free(report->warnings);
  *report = (struct data_report){0};
}
