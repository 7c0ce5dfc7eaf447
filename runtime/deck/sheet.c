/* sheet.c: the workbook behind a chart, which PowerPoint opens under "Edit data". libxlsxwriter writes to a file only, so it is
 * one that nobody else can read and that is gone at once. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include "runtime/deck/inner.h"
#include "runtime/image/dates.h"
#include "runtime/memory/memory.h"

#define SECONDS_OF_DAY 86400

static void write_column(lxw_worksheet *sheet, lxw_format *percent, lxw_col_t place, const struct column *column,
                         size_t n_rows) {
  worksheet_write_string(sheet, 0, place, column->title, NULL);
  for (size_t row = 0; row < n_rows; row++) {
    lxw_row_t at = (lxw_row_t)row + 1;
    if (column->texts)
      worksheet_write_string(sheet, at, place, column->texts[row], NULL);
    else if (!isnan(column->numbers[row]))
      worksheet_write_number(sheet, at, place, column->numbers[row], column->is_percent ? percent : NULL);
  }
  worksheet_set_column(sheet, place, place, place == 0 ? 24 : 14, NULL);
}

static bool write_file(const char *path, const struct column *columns, size_t n_columns, size_t n_rows, int32_t date) {
  lxw_workbook *book = workbook_new(path);
  if (!book) memory_exhausted();
  lxw_doc_properties properties = {.created = (time_t)(date == DATE_UNKNOWN ? 0 : date) * SECONDS_OF_DAY};
  workbook_set_properties(book, &properties);
  lxw_worksheet *sheet = workbook_add_worksheet(book, "Data");
  lxw_format *percent = workbook_add_format(book);
  format_set_num_format(percent, "0.0%");
  for (size_t i = 0; i < n_columns; i++) write_column(sheet, percent, (lxw_col_t)i, &columns[i], n_rows);
  return workbook_close(book) == LXW_NO_ERROR;
}

static char *read_file(FILE *file, size_t *length) {
  if (fseek(file, 0, SEEK_END) != 0) return NULL;
  long end = ftell(file);
  rewind(file);
  if (end <= 0) return NULL;
  char *bytes = memory_take((size_t)end, 1);
  *length = fread(bytes, 1, (size_t)end, file);
  if (*length == (size_t)end) return bytes;
  free(bytes);
  return NULL;
}

char *sheet_make(const struct column *columns, size_t n_columns, size_t n_rows, int32_t date, size_t *length) {
  const char *folder = getenv("TMPDIR");
  char path[1024], *bytes = NULL;
  snprintf(path, sizeof path, "%s/klynge-XXXXXX", folder && *folder && strlen(folder) < 900 ? folder : "/tmp");
  int made = mkstemp(path);
  if (made < 0) return NULL;
  close(made);
  FILE *file = write_file(path, columns, n_columns, n_rows, date) ? fopen(path, "rb") : NULL;
  if (file) {
    bytes = read_file(file, length);
    fclose(file);
  }
  unlink(path);
  return bytes;
}
