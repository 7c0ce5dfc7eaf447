/* notes.c: what a reading had to tell, as lines of text that go with a store into its file, and back; and what the measures
 * of an image make of the rows of such a store, which no reading has told, since it knew of no measures.
 *
 *     usual   19875
 *     file    labs.csv  0  17770  17770  0            missing, rows, kept, not named
 *     unread  bad_date  4  312  2024-13-01            of the file above: rows, the first line, what stood there
 *     warning …
 *     lacking patients.csv sex
 *
 * Words are parted by tabs; a line that cannot be read is passed over, for a report is no data. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"

/* ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_text(FILE *out, const char *text) {
  for (; *text; text++) fputc(*text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text, out);
}

static void write_file(FILE *out, const struct file_report *file) {
  fputs("file\t", out);
  write_text(out, file->name);
  fprintf(out, "\t%d\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\n", file->missing, file->rows, file->kept, file->not_named);
  for (int i = 0; i < N_UNREAD; i++) {
    if (file->unread[i] == 0) continue;
    fprintf(out, "unread\t%s\t%" PRIu64 "\t%" PRIu64 "\t", unread_reasons[i].id, file->unread[i], file->first_line[i]);
    write_text(out, file->first_text[i]);
    fputc('\n', out);
  }
}

char *data_report_notes(const struct data_report *report, size_t *length) {
  char *text = NULL;
  FILE *out = open_memstream(&text, length);
  if (!out) memory_exhausted();
  fprintf(out, "usual\t%" PRId32 "\n", report->usual_newest);
  for (uint32_t i = 0; i < report->n_files; i++) write_file(out, &report->files[i]);
  for (uint32_t i = 0; i < report->n_warnings; i++) {
    fputs("warning\t", out);
    write_text(out, report->warnings[i]);
    fputc('\n', out);
  }
  for (uint32_t i = 0; i < report->n_lacking; i++) fprintf(out, "lacking\t%s\n", report->lacking[i]);
  fclose(out);
  return text;
}

/* ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The next word of a line, ended by a NUL in place; NULL where there is none. */
static char *next_word(char **line) {
  char *word = *line;
  if (!word) return NULL;
  char *tab = strchr(word, '\t');
  if (tab) *tab = '\0';
  *line = tab ? tab + 1 : NULL;
  return word;
}

static uint64_t next_count(char **line) {
  const char *word = next_word(line);
  return word ? strtoull(word, NULL, 10) : 0;
}

static void read_file_line(struct data_report *report, char *line) {
  report->files = memory_resize(report->files, report->n_files + (size_t)1, sizeof *report->files);
  struct file_report *file = &report->files[report->n_files++];
  const char *name = next_word(&line);
  *file = (struct file_report){.name = memory_text(name ? name : "", name ? strlen(name) : 0)};
  file->missing = next_count(&line) != 0;
  file->rows = next_count(&line);
  file->kept = next_count(&line);
  file->not_named = next_count(&line);
}

static void read_unread_line(struct data_report *report, char *line) {
  const char *id = next_word(&line);
  int reason = 0;
  while (reason < N_UNREAD && id && strcmp(id, unread_reasons[reason].id) != 0) reason++;
  if (!id || reason == N_UNREAD || report->n_files == 0) return;
  struct file_report *file = &report->files[report->n_files - 1];
  file->unread[reason] = next_count(&line);
  file->first_line[reason] = next_count(&line);
  const char *text = next_word(&line);
  snprintf(file->first_text[reason], sizeof file->first_text[reason], "%s", text ? text : "");
}

static void add_text(char ***all, uint32_t *n, const char *text) {
  *all = memory_resize(*all, *n + (size_t)1, sizeof **all);
  (*all)[(*n)++] = memory_text(text, strlen(text));
}

static void read_line(struct data_report *report, char *line) {
  const char *kind = next_word(&line);
  if (strcmp(kind, "usual") == 0 && line) report->usual_newest = (int32_t)strtol(line, NULL, 10);
  if (strcmp(kind, "file") == 0) read_file_line(report, line);
  if (strcmp(kind, "unread") == 0) read_unread_line(report, line);
  if (strcmp(kind, "warning") == 0 && line) add_text(&report->warnings, &report->n_warnings, line);
  if (strcmp(kind, "lacking") == 0 && line) add_text(&report->lacking, &report->n_lacking, line);
}

void data_report_of_notes(const void *notes, size_t length, struct data_report *report) {
  char *text = memory_text(notes ? notes : "", notes ? length : 0);
  report->usual_newest = DATE_UNKNOWN;
  for (char *line = text; line && *line;) {
    char *end = strchr(line, '\n');
    if (end) *end = '\0';
    read_line(report, line);
    line = end ? end + 1 : NULL;
  }
  free(text);
}

/* ── what the measures make of it ────────────────────────────────────────────────────────────────────────────────── */

static struct file_report *file_named(struct data_report *report, const char *table) {
  size_t length = strlen(table);
  for (uint32_t i = 0; i < report->n_files; i++)
    if (strncmp(report->files[i].name, table, length) == 0 && strcmp(report->files[i].name + length, ".csv") == 0)
      return &report->files[i];
  return NULL;
}

/* Whether every number of the segment is surely read: then no row has to be looked at. */
static bool all_are_read(const struct judgement *judgement, const struct store_segment *segment) {
  const struct store_values *values = &segment->values[judgement->number];
  return judgement->low <= values->low && values->high <= judgement->high;
}

/* How many rows are read, and how many are not plausible. */
struct judged_rows { uint64_t read, implausible; };

static void add_judged(struct judged_rows *rows, enum judged judged) {
  rows->read += judged == JUDGED_READ;
  rows->implausible += judged == JUDGED_IMPLAUSIBLE;
}

static struct judged_rows judge_each(const struct judgement *judgement, const struct image *image, const struct store_segment *segment,
                                     double *numbers, uint32_t n_values) {
  struct judged_rows rows = {0, 0};
  for (uint64_t row = 0; row < segment->n_rows; row++) {
    for (uint32_t i = 0; i < n_values; i++) numbers[i] = store_number(&segment->values[i], row);
    add_judged(&rows, judgement_of(judgement, image, numbers));
  }
  return rows;
}

enum { MOST_KNOWN = 1 << 16 };

/* Scaled integers from `first` on, in number fewer than the rows: what becomes of each is then found out once. 0 where it is not
 * so. The limits are what a file says. */
static uint32_t count_known(const struct store_segment *segment, const struct store_values *values, int64_t *first) {
  double low = floor(values->low * values->scale), high = ceil(values->high * values->scale);
  double most = segment->n_rows < MOST_KNOWN ? (double)segment->n_rows : MOST_KNOWN;
  if (values->wide || !(low > INT32_MIN && low <= high && high <= INT32_MAX && high - low < most)) return 0;
  *first = (int64_t)low;
  return (uint32_t)(high - low) + 1;
}

/* Rows that are read by one number, which is one of n_known. */
static struct judged_rows judge_known(const struct judgement *judgement, const struct image *image, const struct store_segment *segment,
                                      double *numbers, int64_t first, uint32_t n_known) {
  const struct store_values *values = &segment->values[judgement->readings[0].number];
  double *number = &numbers[judgement->readings[0].number];
  uint8_t *known = memory_take(n_known, sizeof *known);
  struct judged_rows rows = {0, 0};
  for (uint32_t i = 0; i < n_known; i++) {
    *number = (double)(first + i) / values->scale;
    known[i] = (uint8_t)judgement_of(judgement, image, numbers);
  }
  for (uint64_t row = 0; row < segment->n_rows; row++) {
    uint64_t place = (uint64_t)(store_scaled(values, row) - first);
    if (place < n_known) {
      add_judged(&rows, (enum judged)known[place]);
    } else {
      *number = store_number(values, row);
      add_judged(&rows, judgement_of(judgement, image, numbers));
    }
  }
  free(known);
  return rows;
}

static void judge_rows(const struct judgement *judgement, const struct image *image, const struct store_segment *segment,
                       uint32_t n_values, struct file_report *file) {
  double *numbers = memory_take(n_values, sizeof *numbers);
  int64_t first;
  bool one_number = true;
  for (uint32_t i = 1; i < judgement->n; i++) one_number = one_number && judgement->readings[i].number == judgement->readings[0].number;
  uint32_t n_known = one_number ? count_known(segment, &segment->values[judgement->readings[0].number], &first) : 0;
  struct judged_rows rows = n_known ? judge_known(judgement, image, segment, numbers, first, n_known)
                                    : judge_each(judgement, image, segment, numbers, n_values);
  file->unread[UNREAD_implausible] += rows.implausible;
  if (judgement->no_unit) file->unread[UNREAD_no_unit] += rows.read;
  free(numbers);
}

static void judge_table(const struct image *image, uint32_t number, uint32_t key, const struct store *store,
                        struct data_report *report) {
  const char *name = image_text(image, image->tables[number].name);
  const struct store_table *table = store_find_table(store, name, image_text(image, image->columns[key].name));
  struct file_report *file = file_named(report, name);
  for (uint32_t s = 0; table && file && s < table->n_segments; s++) {
    const struct store_segment *segment = &table->segments[s];
    struct judgement judgement =
        judgement_make(image, number, key, store_text(store, segment->code), store_text(store, segment->unit));
    if (judgement.other_unit) file->unread[UNREAD_other_unit] += segment->n_rows;
    if (judgement.n > 0 && (judgement.no_unit || !all_are_read(&judgement, segment)))
      judge_rows(&judgement, image, segment, table->n_values, file);
    free(judgement.readings);
  }
}

void data_report_judge(struct data_report *report, const struct image *image, const struct store *store) {
  for (uint32_t p = 0; p < image->n_parts; p++) {
    const struct image_part *part = &image->parts[p];
    bool done = part->value == IMAGE_NONE;
    for (uint32_t q = 0; q < p && !done; q++)
      done = image->parts[q].value != IMAGE_NONE && image->parts[q].table == part->table && image->parts[q].key == part->key;
    if (!done) judge_table(image, part->table, part->key, store, report);
  }
}
