/* sheet.h: the eight CSV files of a data set, written side by side, cell by cell, and there all together or not at all. */
#ifndef KLYNGE_SHEET_H
#define KLYNGE_SHEET_H
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum sheet_name {
  SHEET_PATIENTS, SHEET_PRACTICES, SHEET_DIAGNOSES, SHEET_LABS,
  SHEET_PRESCRIPTIONS, SHEET_SERVICES, SHEET_PLANS, SHEET_ENROLMENTS,
  N_SHEETS
};

#define NO_DAY INT32_MIN /* written as an empty cell */

struct sheet {
  FILE *file;
  char *path, *part;       /* where the file goes, and where it is written until it is complete */
  bool danish_format;
  char row[256];           /* the row so far; no row here comes near it */
  int length;
  int error;               /* errno of the first write that failed, else 0 */
};

struct sheets {
  struct sheet sheet[N_SHEETS];
  const char *folder;
  bool folder_made;        /* by us, so that it goes again if nothing comes of it */
};

/* Makes the folder if need be and begins all files with their headers. Returns NULL or a sentence (freed by the caller) with
 * *exit_code set; nothing is left behind then. `folder` is borrowed until the sheets are closed. */
char *sheets_open(struct sheets *sheets, const char *folder, bool danish_format, int *exit_code);
/* True once a write has failed (the disk is full): there is no point in going on. */
bool sheets_failed(const struct sheets *sheets);
/* Syncs and puts all files in their places. Returns NULL or a sentence; nothing is left behind then. */
char *sheets_close(struct sheets *sheets);

/* Each adds a cell to the row. A text must need no quotes and be ASCII, but for ² and µ. */
void sheet_text(struct sheet *sheet, const char *text);
void sheet_day(struct sheet *sheet, int32_t day);
/* A number in tenths: with its one decimal, or rounded to none. */
void sheet_tenths(struct sheet *sheet, int32_t tenths, bool decimal);
/* A censored result: sign is '<' or '>'. */
void sheet_bound(struct sheet *sheet, char sign, int32_t tenths, bool decimal);
/* Ends the row. */
void sheet_end(struct sheet *sheet);

/* A day as sheet_day writes it, for who wants to spoil it. */
#define SHEET_DAY 16
void sheet_day_text(const struct sheet *sheet, int32_t day, char text[SHEET_DAY]);
#endif
