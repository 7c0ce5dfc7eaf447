/* inner.h: what the files of this room share.
 *
 *   file.c → window.c → header.c → patients.c, practices.c, events.c → store
 *   bytes    rows       columns    rows with a meaning
 *
 * A reader goes through one file in windows: it always begins at the beginning of a row and holds whole rows. All that
 * it gathers on the way is in itself, its report and the store builder, so that cut.c can split a file between readers at
 * line ends, and parts.c can have several of them at the same time. */
#ifndef KLYNGE_CSV_INNER_H
#define KLYNGE_CSV_INNER_H
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "runtime/csv/csv.h"

#define NO_FIELD UINT32_MAX

/* A text of up to 16 bytes in two words, the rest of them zero. No cell holds a NUL, so two are equal if their words are. */
struct short_text { uint64_t low, high; };

/* Patients by ids of up to 16 bytes. Several readers share them: the first that asks makes them. */
struct id_slot { struct short_text id; uint32_t patient; /* + 1, 0 where the slot is free */ };
struct ids { _Atomic(struct id_slot *) slots; size_t n_slots; pthread_mutex_t making; };

/* ── newest.c: where the data end ────────────────────────────────────────────────────────────────────────────────── */

enum { NEWEST_FIRST = -25567 /* 1900-01-01 */, NEWEST_DAYS = 32, NEWEST_BUCKETS = 3500 /* until 2206 */ };
/* Rows by date, in steps of 32 days, with the newest date of each step; INT32_MIN where it has none. */
struct newest { struct { uint64_t rows; int32_t date; } steps[NEWEST_BUCKETS]; };
/* Without any; the caller frees it. */
struct newest *newest_open(void);
static inline void newest_meet(struct newest *newest, int32_t date) {
  uint32_t step = ((uint32_t)date - (uint32_t)NEWEST_FIRST) / NEWEST_DAYS;
  if (step >= NEWEST_BUCKETS) step = date < NEWEST_FIRST ? 0 : NEWEST_BUCKETS - 1;
  newest->steps[step].rows++;
  newest->steps[step].date = date > newest->steps[step].date ? date : newest->steps[step].date;
}
int32_t newest_of_all(const struct newest *newest);
/* The newest date when at most one row in a thousand is set aside; DATE_UNKNOWN without rows. */
int32_t newest_usual(const struct newest *newest);

/* Eight bytes as one number, the first one lowest; compilers make it a single load. */
static inline uint64_t eight_bytes(const char *text) {
  const unsigned char *at = (const unsigned char *)text;
  return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
         (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 | (uint64_t)at[7] << 56;
}

/* ── date.c: months that have been met ───────────────────────────────────────────────────────────────────────────── */

struct cell { const char *bytes; size_t length; };
#define CELL_SLACK 16

/* All that is written of a date but its day, "2024-03-" or "-03-2024"; the day before it began; how many days it has. */
struct month { uint64_t text; int32_t before; uint32_t days; };
enum { MONTH_BITS = 11 };
/* Where month and day stand in a date; which bits of the month's text say month and year, and the factor that brings them together. */
struct months_form { uint64_t bits, factor; uint8_t month_at, day_at; };
/* Files hold some hundred months and millions of dates: of a month that has been met only the day is read. Whether the text is that
 * of a month is then seen by comparing it. */
struct months { struct months_form form; struct month met[1 << MONTH_BITS]; };

static inline uint64_t months_text(const struct months *months, const struct cell *cell) {
  return eight_bytes(cell->bytes + months->form.month_at);
}

/* Where a month would be. Any text has some place; those of the 1,200 months of a century are all different. */
static inline size_t months_place(const struct months_form *form, uint64_t text) {
  return (text & form->bits) * form->factor >> (64 - MONTH_BITS);
}

extern const struct months_form months_usual, months_turned; /* 2024-03-01, 01-03-2024 */

/* What csv_date gives; of a date that is more than its day and month, or whose month has not been met, or that is none. */
bool months_date_new(struct months *months, const struct cell *cell, int32_t *date);

/* What csv_date gives, of a date whose month has been met; false for any other, and *date means nothing. */
static inline bool months_date_met(const struct months *months, const struct cell *cell, int32_t *date) {
  uint64_t text = months_text(months, cell);
  const struct month *month = &months->met[months_place(&months->form, text)];
  const char *digits = cell->bytes + months->form.day_at;
  unsigned ones = (unsigned char)digits[1] - (unsigned)'0', day = ((unsigned char)digits[0] - (unsigned)'0') * 10 + ones;
  *date = month->before + (int32_t)day;
  return cell->length == 10 && month->text == text && ones <= 9 && day - 1 < month->days;
}

/* What csv_date gives. */
static inline bool months_date(struct months *months, const struct cell *cell, int32_t *date) {
  int32_t met;
  if (!months_date_met(months, cell, &met)) return months_date_new(months, cell, date);
  *date = met;
  return true;
}

/* How much of the files has been read, by all threads together. */
struct bytes_read { _Atomic uint64_t done; uint64_t all, told; };

/* One reading of a folder, or of a part of one of its files. */
struct csv {
  const char *folder;
  const struct image *image;
  const struct csv_options *options;
  struct data_report *report;
  struct store_builder *builder;
  const struct store_builder *people;  /* the one that knows the patients: the same, or, of a part of a file, the whole's */
  struct ids *ids;
  uint64_t hash[2];
  struct newest *newest;
  struct months *months;
  struct bytes_read *bytes;
  uint64_t counted;                    /* of these by this one */
  bool silent;                         /* another thread tells of the progress */
  atomic_int *encoding;                /* of the file whose parts are read: who first needs it finds it out for all of them */
  struct window *spare;                /* of a thread that reads one file after the other */
};

/* ── report.c: what is said ──────────────────────────────────────────────────────────────────────────────────────── */

enum sentence {
#define SENTENCE(name, sentence) SENTENCE_##name,
#include "runtime/csv/sentences.def"
#undef SENTENCE
  N_SENTENCES
};
/* Sets the error of the reading if it is the first, always gives false. `name` is the file in the folder, NULL for the
 * folder itself; line and column are 0 where they are not known; words may be NULL where the sentence has none. */
bool csv_fail(struct csv *csv, const char *name, uint64_t line, uint64_t column, enum sentence sentence,
              const char *first, const char *second);
void csv_warn(struct csv *csv, const char *name, enum sentence sentence, const char *first, const char *second);
/* Notes that a file has no such column. */
void csv_lacks(struct csv *csv, const char *name, const char *column);
static inline bool csv_failed(const struct csv *csv) { return csv->report->error != NULL; }

/* ── file.c: bytes ───────────────────────────────────────────────────────────────────────────────────────────────── */

struct csv_file {
  int descriptor;
  uint64_t size;
  char *whole;                  /* the bytes of a file that can be read only once, else NULL */
};
enum opened { OPENED, OPENED_MISSING, OPENED_FAILED };
/* Opens NAME in the folder. A missing file is no error yet. */
enum opened csv_file_open(struct csv_file *file, struct csv *csv, const char *name);
/* The size of NAME in the folder; 0 where it is no regular file. */
uint64_t csv_file_size(const struct csv *csv, const char *name);
/* Reads up to `length` bytes; fewer only at the end of the file. −1 if the system refuses, with errno. */
int64_t csv_file_read(const struct csv_file *file, uint64_t offset, char *bytes, size_t length);
void csv_file_close(struct csv_file *file);

/* ── find.c: where fields and rows end ───────────────────────────────────────────────────────────────────────────── */

#define FIND_SLACK 64           /* bytes after the end of a window that may be read; they hold digits */
#define MARK_SLACK 80           /* marks more than there are bytes, for which there must be room */

/* Where fields and rows end, and which of these marks are those of lines. */
struct marks { uint32_t *all, *lines; };
/* `odd` are a space, a tab, a CR, a quote: what comes before all letters and digits and is no mark. */
struct found { size_t n_marks, n_lines; bool quotes, nul, high, odd; };
/* Finds every separator and line end, as if there were no quotes, and says what else there is. */
typedef struct found find_marks(const char *bytes, size_t length, char separator, struct marks marks);
/* All that this processor can run give the same; the first is portable, NULL comes after the last. */
find_marks *find_variant(size_t number);
/* The fastest one that cpu_chosen allows. */
find_marks *find_chosen(void);
/* Finds those outside of quotes. *open is where a quote begins that is not closed, else `length`. */
struct found find_quoted(const char *bytes, size_t length, char separator, struct marks marks, size_t *open);

/* A window's memory, which a thread keeps from one file to the next. Room for no bytes is none at all. */
struct window { char *bytes; struct marks marks; size_t room; };

/* ── window.c: rows ──────────────────────────────────────────────────────────────────────────────────────────────── */

enum encoding { ENCODING_OPEN, ENCODING_UTF8, ENCODING_WINDOWS };

/* What is read of a file by one of several: whole lines. Comes back with how many. */
struct range { uint64_t begin, end, n_lines; };

struct reader {
  struct csv *csv;
  struct file_report *report;
  const char *name;             /* of the file */
  struct csv_file file;
  enum encoding encoding;       /* looked for when the first letter beyond ASCII matters */

  char *bytes;                  /* the window */
  size_t length, room;
  uint64_t offset;              /* of the window in the file */
  uint64_t end;                 /* of what is read of the file; UINT64_MAX: all of it */
  bool at_end, unended;         /* the file's last bytes are here; its last line had no end */
  bool quotes, high, odd;       /* the window holds quotes, or bytes beyond ASCII, or what may stand around a cell */
  bool probing;                 /* only the header's lines are looked for, what separates fields is not known yet */
  find_marks *find;
  struct marks marks;           /* one more before them all, where the row before the first ended */
  size_t next_mark, next_row, n_rows;  /* the next row's first mark; the next row; the whole rows */

  char separator;
  bool comma;                   /* numbers may have a decimal comma */
  uint32_t n_columns;           /* of the header */
  bool cr;                      /* rows of the usual shape end in CR LF */

  size_t row_begin, row_end;    /* the row at hand; end: without CR and LF */
  const uint32_t *row_marks;    /* field i stands between [i − 1] and [i], both not in it */
  uint32_t n_fields;
  uint64_t line, next_line;     /* where it begins; where the next one does */
  size_t next_begin;
  char *scratch;                /* cells of this row that had to be rewritten */
  size_t scratch_used, scratch_room;

  uint32_t *canonical;          /* the fields that are hashed, in the order of the declaration */
  uint32_t n_canonical;
  bool is_canonical;            /* the file has just these, in this order */
  char *canonical_bytes;
  size_t canonical_room;
  uint64_t seed;
};

/* Frees what is spare. */
void window_free(struct window *window);
/* Opens a file of the folder, which will go through the window that is spare. */
enum opened reader_open(struct reader *reader, struct csv *csv, struct file_report *report);
void reader_close(struct reader *reader);
/* Reads on until the window holds a whole row after row `next_begin`; false at the end or on an error. */
bool reader_fill(struct reader *reader);
/* Once the header is read: goes on with the rows of a range of the file, whose lines are counted from 1 but for those of the
 * range with which the file begins. */
void reader_seek(struct reader *reader, const struct range *range);
/* Finds the marks of the window at hand; used by the header, which finds out what the separator is. */
bool reader_mark(struct reader *reader);
void reader_make_scratch(struct reader *reader, size_t length);
/* Makes room to rewrite cells of a row of so many bytes; each may be asked for three times. */
enum { SCRATCH_TIMES = 3 * (1 + 3) };
static inline void reader_reserve(struct reader *reader, size_t length) {
  reader->scratch_used = 0;
  if (reader->scratch_room < SCRATCH_TIMES * length) reader_make_scratch(reader, length);
}
/* The next row that is not blank and has as many fields as the header. Counts and hashes rows; false at the end or on
 * an error. */
bool reader_next(struct reader *reader);
/* How many of the next rows of the window, of `most` at most, have just the header's fields, none in quotes, and end alike: each
 * row's marks lie n_columns further on than the ones before. */
size_t reader_usual(struct reader *reader, size_t most);
/* Puts the one of these at hand that comes i rows after the next; it comes again. */
static inline void reader_put(struct reader *reader, size_t i) {
  const uint32_t *marks = reader->marks.all + reader->next_mark + i * reader->n_columns;
  reader->row_marks = marks;
  reader->n_fields = reader->n_columns;
  reader->row_begin = (uint32_t)(marks[-1] + 1);
  reader->row_end = marks[reader->n_columns - 1] - reader->cr;
  reader->line = reader->next_line + i;
  reader_reserve(reader, reader->row_end - reader->row_begin);
}
/* Counts and hashes n of these, and goes on after them. */
void reader_pass(struct reader *reader, size_t n);
/* Counts the row at hand, or a cell of it, as not read. The first of its reason is kept with its place, and with --strict
 * it is the error of the reading. `expected` may be NULL: then unread.def says it. */
void reader_unread(struct reader *reader, enum unread reason, uint32_t field, const char *expected);
/* The row as it counts for hashes and comparisons: its declared fields as they stand. */
struct cell reader_canonical(struct reader *reader);
/* Fails with the place of a field of the row at hand; the row's own for NO_FIELD. */
bool reader_fail_field(struct reader *reader, uint32_t field, enum sentence sentence, const char *first,
                       const char *second);
/* Fails with the place of a byte of the window that no row has been made of. */
bool reader_fail_at(struct reader *reader, size_t at, enum sentence sentence, const char *first,
                    const char *second);

/* ── cell.c: what a field says ───────────────────────────────────────────────────────────────────────────────────── */

/* Makes a cell UTF-8 that can be printed: Windows-1252 is rewritten, a line break or tab in it is a space. False if it
 * is neither, or holds a control character. */
bool cell_text(struct reader *reader, struct cell *cell);

/* number.c: what csv_number gives. */
bool cell_number(const struct cell *cell, bool comma, double *number, int8_t *sign);

/* What stands between two marks, if there are spaces or quotes to take away. */
struct cell cell_strip(struct reader *reader, const char *begin, const char *end);

/* Whether nothing stands around a cell: space, tab, CR and the quote come before all letters and digits. */
static inline bool cell_is_bare(const struct cell *cell) {
  return cell->length == 0 || ((unsigned char)cell->bytes[0] > '"' && (unsigned char)cell->bytes[cell->length - 1] > ' ');
}

/* A field of the row at hand without the spaces around it. CELL_SLACK bytes after it can be read. */
static inline struct cell reader_cell(struct reader *reader, uint32_t field) {
  static const char nothing[CELL_SLACK];
  if (field == NO_FIELD) return (struct cell){nothing, 0};
  const char *begin = reader->bytes + (uint32_t)((reader->row_marks + field)[-1] + 1),
             *end = reader->bytes + reader->row_marks[field];
  struct cell cell = {begin, (size_t)(end - begin)};
  return reader->odd && !cell_is_bare(&cell) ? cell_strip(reader, begin, end) : cell;
}

/* What stands in a field of the row after the one at hand, spaces and quotes with it; false where it is not in the window. */
static inline bool reader_coming_cell(const struct reader *reader, uint32_t field, struct cell *cell) {
  const uint32_t *marks = reader->marks.all + reader->next_mark;
  if (reader->next_row == reader->n_rows || reader->next_mark + field > reader->marks.lines[reader->next_row]) return false;
  size_t begin = (uint32_t)((marks + field)[-1] + 1);
  *cell = (struct cell){reader->bytes + begin, marks[field] - begin};
  return true;
}

static inline bool cell_is_short(const struct cell *cell) { return cell->length <= 16; }

/* Sixteen bytes as they stand. */
static inline struct short_text short_bytes(const void *bytes) {
  struct short_text text;
  memcpy(&text, bytes, sizeof text);
  return text;
}

static inline struct short_text short_kept(struct short_text text, struct short_text keep) {
  return (struct short_text){text.low & keep.low, text.high & keep.high};
}

/* Which bits a text of so many bytes has. */
static inline struct short_text short_keep(size_t length) {
  static const unsigned char keep[32] = {255, 255, 255, 255, 255, 255, 255, 255,
                                         255, 255, 255, 255, 255, 255, 255, 255};
  return short_bytes(keep + 16 - length);
}

/* A short cell's text. It is given and taken by value, so that it need not go through memory. */
static inline struct short_text cell_short(const struct cell *cell) {
  return short_kept(short_bytes(cell->bytes), short_keep(cell->length));
}

static inline bool short_texts_equal(struct short_text a, struct short_text b) { return a.low == b.low && a.high == b.high; }

/* A text that cells are compared with; one of length SIZE_MAX is like none. */
struct known_text { struct short_text text, keep; size_t length; };

static inline struct known_text known_text(const struct cell *cell) {
  if (!cell_is_short(cell)) return (struct known_text){.length = SIZE_MAX};
  return (struct known_text){cell_short(cell), short_keep(cell->length), cell->length};
}

static inline bool is_known(const struct known_text *known, const struct cell *cell) {
  return cell->length == known->length && short_texts_equal(known->text, short_kept(short_bytes(cell->bytes), known->keep));
}

/* ── ids.c: patients by their ids ────────────────────────────────────────────────────────────────────────────────── */

void ids_open(struct ids *ids);
/* The number of the patient of `people`, who do not change any more, or UINT32_MAX. Several threads may ask at the same time. */
uint32_t ids_find(struct ids *ids, const struct store_builder *people, struct short_text id);
void ids_close(struct ids *ids);

/* ── header.c: columns ───────────────────────────────────────────────────────────────────────────────────────────── */

struct wanted { const char *name; bool needed; uint32_t field; /* comes out: NO_FIELD where there is none */ };
/* Reads the header, finds the separator and the fields of the columns that are wanted. The order of `wanted` is the
 * one in which rows are hashed. */
bool header_read(struct reader *reader, struct wanted *wanted, uint32_t n);

/* ── hash.c ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

uint64_t hash_seed(const char *name);
/* Adds a row to a sum that does not depend on the order of rows. */
void hash_add(uint64_t sum[2], const char *bytes, size_t length, uint64_t seed);
/* Adds n rows of n_fields each, that stand one after the other: each ends at its last mark, or at the CR before it. */
void hash_add_rows(uint64_t sum[2], const char *bytes, const uint32_t *marks, size_t n, size_t n_fields, bool cr, uint64_t seed);

/* ── series.c: which rows no measure will read ───────────────────────────────────────────────────────────────────── */

/* A part of a series that reads the rows of a code and unit: `number` is which of the table's number columns. */
struct part_reading { const struct image_part *part; const struct image_stream *stream; uint32_t number; };
/* What the series of an image make of a code in a unit. */
struct judgement {
  bool made;
  bool other_unit;              /* they name the code, but none takes the unit */
  bool no_unit;                 /* they take the empty unit as the one that they declare */
  /* Nearly every row has a number between the limits of a part that takes it as it stands; that is all there is to see. */
  uint32_t number;
  double low, high;             /* none is between them where there is no such part, or more to see; any, where no series has a say */
  uint32_t n;
  struct part_reading *readings;     /* freed by the caller */
};
struct judgement judgement_make(const struct image *image, uint32_t table, uint32_t key, const char *code,
                                const char *unit);
/* What becomes of a row with these numbers, one for each number column of the table. */
enum judged { JUDGED_NO_NUMBER, JUDGED_READ, JUDGED_IMPLAUSIBLE };
enum judged judgement_of(const struct judgement *judgement, const struct image *image, const double *numbers);

#define EXPECTED 256            /* bytes of a list of what was expected */
/* The units that series declare for a code. */
void series_units(const struct image *image, uint32_t table, uint32_t key, const char *code, char list[EXPECTED]);
/* The limits between which values would have been read; "" where there are none. */
void judgement_limits(const struct judgement *judgement, const struct image *image, bool danish, char list[EXPECTED]);

/* ── warm.c: memory for the rows, while nothing else can be done ─────────────────────────────────────────────────────── */

struct warming { pthread_t thread; bool started; size_t length; atomic_bool enough; };
void warming_begin(struct warming *warming, const struct csv *csv);
/* Stops it at the next page: what is not there yet is found when it is needed. */
void warming_end(struct warming *warming);

/* ── the tables ──────────────────────────────────────────────────────────────────────────────────────────────────── */

bool practices_read(struct csv *csv, struct file_report *report);
bool patients_read(struct csv *csv, struct file_report *report, const struct image_table *table);
/* A file of events: its report, and the table in the image. */
struct table_file { struct file_report *report; uint32_t table; };
/* parts.c: all files, parts of the large ones by as many threads as the options say. */
bool events_read(struct csv *csv, const struct table_file *files, uint32_t n);
/* events.c: a range of a file, or all of it where the range is NULL. */
bool events_read_range(struct csv *csv, struct file_report *report, uint32_t table, struct range *range);
/* cut.c: the parts of all files that are worth it, in the order of the files and their lines; none for one thread, or where the
 * first row that is not read ends the reading. The caller frees `all`. */
struct cut { uint32_t file; struct range range; };
struct cuts { uint32_t n, threads; struct cut *all; };
struct cuts cuts_make(const struct csv *csv, const struct table_file *files, uint32_t n);
/* Warns of practices that have patients but are not in practices.csv. */
void practices_check(struct csv *csv, const struct store *store);
#endif
