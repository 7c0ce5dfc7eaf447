/* csv.h: a folder of CSV files, as they come out of real systems, becomes a store; what was not read is counted.
 *
 * Which files and columns there are comes from the image's tables, nothing is known here of diagnoses or labs: for
 * each table but `patients` the file NAME.csv is read if it is there; the rows of codes that no stream of the image
 * selects are counted and dropped at once. Each file is scanned where it lies in a window, with no allocation for a field.
 *
 * The newest date of the store is that of any row that has one, whatever its patient and code (of a span, its first day).
 * The store's hash is XXH3 of each row, seeded by the file's name and summed in two ways (hash.c): a row counts as its declared
 * fields, as they stand, in the order of the declaration. So neither the order of rows nor that of columns, nor a
 * column that no table declares, changes it. */
#ifndef KLYNGE_CSV_H
#define KLYNGE_CSV_H
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "runtime/image/image.h"
#include "runtime/store/store.h"

/* Why a row, or a cell of it, was not read: unread.def says which there are. */
enum unread {
#define UNREAD(name, stops, shows, sentence, expected) UNREAD_##name,
#include "unread.def"
#undef UNREAD
  N_UNREAD
};
struct unread_row { const char *id; bool stops, shows; const char *sentence, *expected; };  /* texts to be translated */
extern const struct unread_row unread_reasons[N_UNREAD];
#define UNREAD_TEXT 100                /* bytes of a cell's text that is told, shortened, and its NUL */

/* What was read of one file. */
struct file_report {
  char *name;                          /* "labs.csv" */
  bool missing;                        /* there is no such file */
  uint64_t rows;                       /* rows in the file, the header not counted */
  uint64_t kept;                       /* rows that went into the store */
  uint64_t not_named;                  /* rows of codes that no rule names */
  uint64_t unread[N_UNREAD];
  uint64_t first_line[N_UNREAD];       /* where each reason was first met: the line in the file, from 1 */
  char first_text[N_UNREAD][UNREAD_TEXT];  /* what stood there; "" where that is not told. Never the id of a patient */
};

/* What was read of a data set. Owns its texts. */
struct data_report {
  char *error;                         /* the sentence that says why nothing could be read, with file, line and column; else NULL */
  uint32_t n_files;
  struct file_report *files;
  int32_t usual_newest;                /* the newest date when at most one row in a thousand is set aside, DATE_UNKNOWN without rows */
  uint32_t n_warnings;
  char **warnings;                     /* sentences for people: a missing file, a practice that is in no cluster */
  uint32_t n_lacking;
  char **lacking;                      /* columns that the tables declare and a file has not: "patients.csv sex" */
};

struct csv_options {
  bool strict;                         /* the first row that is not read is an error, but for reasons that do not stop */
  bool keep_all;                       /* keep every code, not only those that the image names */
  bool danish;                         /* numbers in the sentences have a decimal comma */
  uint64_t small;                      /* bytes up to which one thread reads a file, which a part of a larger one has at least, and up
                                        * to which no memory is asked for ahead; 0 for the usual half of one MB, one MB, and 16 MB of
                                        * all files */
  uint32_t threads;                    /* how many read large files; 0 is 1. Store and report are the same for any number */
  void (*progress)(void *context, uint64_t bytes_done, uint64_t bytes_all);  /* called now and then, or NULL */
  void *context;
};

/* Reads the folder. Gives a store that the caller closes, or NULL with report->error set. The report is always filled
 * and is freed with data_report_free. The order of rows, columns and files never changes the store. */
struct store *csv_read(const char *folder, const struct image *image, const struct csv_options *options, struct data_report *report);

/* Reads one date as CSV files hold it: 2024-03-01 or 01-03-2024, a time after it (T or a space) left aside. True and
 * *date in days since 1970-01-01 if it is a real calendar date between the years 1 and 9999. */
bool csv_date(const char *text, size_t length, int32_t *date);
/* Reads one number: [<|>][spaces][-|+]digits[.digits], with `comma` also a decimal comma. Gives the double that strtod
 * gives in the C locale, and the sign −1 for <, 1 for >, 0 for none. False for anything else. */
bool csv_number(const char *text, size_t length, bool comma, double *number, int8_t *sign);

/* A report as bytes that go with a store into its file (freed by the caller), and back into an empty report. */
char *data_report_notes(const struct data_report *report, size_t *length);
void data_report_of_notes(const void *notes, size_t length, struct data_report *report);
/* Adds what the measures of an image do not read of a store from a file, whose reading knew of no measures. The segments that
 * they read must have been verified. */
void data_report_judge(struct data_report *report, const struct image *image, const struct store *store);

void data_report_free(struct data_report *report);
#endif
