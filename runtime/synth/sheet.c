/* sheet.c: see sheet.h. Rows are put together by hand: printf would take most of the time of a large set. */
#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/synth/sheet.h"

static const struct { const char *name, *columns; } forms[N_SHEETS] = {
  [SHEET_PATIENTS] = {"patients", "patient,practice,birth,sex,from,to"},
  [SHEET_PRACTICES] = {"practices", "practice,cluster,name"},
  [SHEET_DIAGNOSES] = {"diagnoses", "patient,date,code"},
  [SHEET_LABS] = {"labs", "patient,date,code,value,unit"},
  [SHEET_PRESCRIPTIONS] = {"prescriptions", "patient,date,code,days"},
  [SHEET_SERVICES] = {"services", "patient,date,code"},
  [SHEET_PLANS] = {"plans", "patient,date,code"},
  [SHEET_ENROLMENTS] = {"enrolments", "patient,from,to,code"},
};

/* The texts one after the other, the last of them followed by NULL. */
static char *joined(const char *first, ...) {
  size_t length = strlen(first);
  char *all = memory_text(first, length);
  va_list rest;
  va_start(rest, first);
  for (const char *next = va_arg(rest, const char *); next; next = va_arg(rest, const char *)) {
    size_t more = strlen(next);
    all = memory_resize(all, length + more + 1, 1);
    memcpy(all + length, next, more + 1);
    length += more;
  }
  va_end(rest);
  return all;
}

/* ── cells ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add(struct sheet *sheet, char sign) {
  assert(sheet->length < (int)sizeof sheet->row);
  sheet->row[sheet->length++] = sign;
}

static void begin_cell(struct sheet *sheet) {
  if (sheet->length > 0) add(sheet, sheet->danish_format ? ';' : ',');
}

static void add_digits(struct sheet *sheet, int32_t number) {
  char digits[10];
  int n = 0;
  do digits[n++] = (char)('0' + number % 10);
  while ((number /= 10) > 0);
  while (n > 0) add(sheet, digits[--n]);
}

static void add_tenths(struct sheet *sheet, int32_t tenths, bool decimal) {
  if (tenths < 0) tenths = 0;
  if (!decimal) {
    add_digits(sheet, (tenths + 5) / 10);
    return;
  }
  add_digits(sheet, tenths / 10);
  add(sheet, sheet->danish_format ? ',' : '.');
  add_digits(sheet, tenths % 10);
}

void sheet_text(struct sheet *sheet, const char *text) {
  begin_cell(sheet);
  for (; *text; text++) {
    /* ² and µ are C2 B2 and C2 B5 in UTF-8; Windows-1252 has the second byte alone. */
    if (sheet->danish_format && *text == '\xC2') continue;
    add(sheet, *text);
  }
}

static char *put_digits(char *text, int32_t number, int width) {
  for (int i = width - 1; i >= 0; i--, number /= 10) text[i] = (char)('0' + number % 10);
  return text + width;
}

void sheet_day_text(const struct sheet *sheet, int32_t day, char text[SHEET_DAY]) {
  int year, month, day_of_month;
  date_to_civil(day, &year, &month, &day_of_month);
  text = sheet->danish_format ? put_digits(text, day_of_month, 2) : put_digits(text, year, 4);
  *text++ = '-';
  text = put_digits(text, month, 2);
  *text++ = '-';
  text = sheet->danish_format ? put_digits(text, year, 4) : put_digits(text, day_of_month, 2);
  *text = '\0';
}

void sheet_day(struct sheet *sheet, int32_t day) {
  char text[SHEET_DAY] = "";
  if (day != NO_DAY) sheet_day_text(sheet, day, text);
  sheet_text(sheet, text);
}

void sheet_tenths(struct sheet *sheet, int32_t tenths, bool decimal) {
  begin_cell(sheet);
  add_tenths(sheet, tenths, decimal);
}

void sheet_bound(struct sheet *sheet, char sign, int32_t tenths, bool decimal) {
  begin_cell(sheet);
  add(sheet, sign);
  add_tenths(sheet, tenths, decimal);
}

void sheet_end(struct sheet *sheet) {
  if (sheet->danish_format) add(sheet, '\r');
  add(sheet, '\n');
  size_t length = (size_t)sheet->length;
  if (fwrite(sheet->row, 1, length, sheet->file) != length && !sheet->error) sheet->error = errno;
  sheet->length = 0;
}

static void write_header(struct sheet *sheet, const char *columns) {
  for (; *columns; columns++) add(sheet, *columns == ',' && sheet->danish_format ? ';' : *columns);
  sheet_end(sheet);
}

/* ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Leaves everything as it was before sheets_open, but for the first `placed` files, which go too. */
static void take_back(struct sheets *sheets, int placed) {
  for (int i = 0; i < N_SHEETS; i++) {
    struct sheet *sheet = &sheets->sheet[i];
    if (sheet->file) fclose(sheet->file);
    if (sheet->part) unlink(sheet->part);
    if (i < placed) unlink(sheet->path);
    free(sheet->path);
    free(sheet->part);
  }
  if (sheets->folder_made) rmdir(sheets->folder);
}

/* A sentence about a file or folder; its second word is what the system says of it. */
static char *failure(const char *sentence, const char *path) {
  const char *why = strerror(errno);
  size_t room = (size_t)snprintf(NULL, 0, sentence, path, why) + 1;
  char *text = memory_take(room, 1);
  snprintf(text, room, sentence, path, why);
  return text;
}

static char *make_folder(struct sheets *sheets) {
  if (mkdir(sheets->folder, 0777) == 0) {
    sheets->folder_made = true;
    return NULL;
  }
  struct stat there;
  if (errno == EEXIST && stat(sheets->folder, &there) == 0 && S_ISDIR(there.st_mode)) return NULL;
  return failure(_("%s cannot be made a folder: %s"), sheets->folder);
}

static char *open_sheet(struct sheets *sheets, int i, int *exit_code) {
  struct sheet *sheet = &sheets->sheet[i];
  struct stat there;
  sheet->path = joined(sheets->folder, "/", forms[i].name, ".csv", NULL);
  if (lstat(sheet->path, &there) == 0) {
    *exit_code = 2;
    return failure(_("%s is there already, and made-up data never replace a file: name another folder"), sheet->path);
  }
  sheet->part = joined(sheet->path, ".part", NULL);
  sheet->file = fopen(sheet->part, "wb");
  if (!sheet->file) return failure(_("%s cannot be written: %s"), sheet->part);
  setvbuf(sheet->file, NULL, _IOFBF, 1 << 18);
  write_header(sheet, forms[i].columns);
  return NULL;
}

char *sheets_open(struct sheets *sheets, const char *folder, bool danish_format, int *exit_code) {
  *sheets = (struct sheets){.folder = folder};
  *exit_code = 4;
  char *error = make_folder(sheets);
  for (int i = 0; i < N_SHEETS && !error; i++) {
    sheets->sheet[i].danish_format = danish_format;
    error = open_sheet(sheets, i, exit_code);
  }
  if (error) take_back(sheets, 0);
  return error;
}

bool sheets_failed(const struct sheets *sheets) {
  for (int i = 0; i < N_SHEETS; i++)
    if (sheets->sheet[i].error) return true;
  return false;
}

/* True if all that was written is on the disk; errno says why not. */
static bool finish(struct sheet *sheet) {
  if (!sheet->error && (fflush(sheet->file) != 0 || fsync(fileno(sheet->file)) != 0)) sheet->error = errno;
  if (fclose(sheet->file) != 0 && !sheet->error) sheet->error = errno;
  sheet->file = NULL;
  errno = sheet->error;
  return sheet->error == 0;
}

char *sheets_close(struct sheets *sheets) {
  char *error = NULL;
  int placed = 0;
  for (int i = 0; i < N_SHEETS && !error; i++)
    if (!finish(&sheets->sheet[i])) error = failure(_("%s cannot be written: %s"), sheets->sheet[i].path);
  while (placed < N_SHEETS && !error) {
    struct sheet *sheet = &sheets->sheet[placed];
    if (rename(sheet->part, sheet->path) == 0) placed++;
    else error = failure(_("%s cannot be put in its place: %s"), sheet->path);
  }
  if (error) {
    take_back(sheets, placed);
    return error;
  }
  int folder = open(sheets->folder, O_RDONLY);
  if (folder >= 0) {
    fsync(folder);
    close(folder);
  }
  for (int i = 0; i < N_SHEETS; i++) {
    free(sheets->sheet[i].path);
    free(sheets->sheet[i].part);
  }
  return NULL;
}
