/* report.c: what was not read, so that nobody takes a table for more than it is. */
#include <string.h>
#include "runtime/image/words.h"
#include "runtime/result/page.h"
#include "runtime/result/result.h"

#define REPORT_WIDTH 100

static bool is_all_read(const struct file_report *file) {
  for (int i = 0; i < N_UNREAD; i++)
    if (file->unread[i] > 0)
      return false;
  return true;
}

/* Rows are somebody's: few of them are told as a result tells a small count. */
static void print_rows(const struct page *page, uint64_t rows, uint32_t suppress, char out[32]) {
  char limit[32];
  bool is_small = rows > 0 && rows < suppress;
  page_number(page, is_small ? suppress : rows, limit);
  snprintf(out, 32, is_small ? "<%.30s" : "%.30s", limit);
}

/* The width of the largest count, so that all stand under one another. */
static uint32_t count_width(const struct page *page, const struct data_report *report, uint32_t suppress) {
  uint32_t width = 0;
  for (uint32_t i = 0; i < report->n_files; i++)
    for (int j = 0; j < N_UNREAD; j++) {
      char number[32];
      print_rows(page, report->files[i].unread[j], suppress, number);
      uint32_t columns = (uint32_t)strlen(number);
      width = columns > width ? columns : width;
    }
  return width;
}

/*   labs.csv, 26.800 rows */
static void write_file(struct page *page, const struct file_report *file) {
  char number[32], text[256];
  page_number(page, file->rows, number);
  snprintf(text, sizeof text, Q_("%s, %s row", "%s, %s rows", file->rows), file->name, number);
  page_move(page, 2);
  page_write(page, text);
  page_end_line(page);
}

/*       12 rows: a date that is none, first in line 1834: “2024-13-01” */
static void write_reason(struct page *page, const struct file_report *file, int reason, uint32_t suppress, uint32_t end) {
  char number[32], text[512];
  const char *sentence = _(unread_reasons[reason].sentence);
  const char *first = file->first_text[reason];
  page_number(page, file->first_line[reason], number);
  if (file->first_line[reason] == 0)
    snprintf(text, sizeof text, "%s", sentence);
  else
    snprintf(text, sizeof text, *first ? _("%s, first in line %s: “%s”") : _("%s, first in line %s"), sentence, number,
             first);
  print_rows(page, file->unread[reason], suppress, number);
  page_write_right(page, number, end);
  page_write(page, " ");
  page_write(page, file->unread[reason] == 1 && suppress == 0 ? _("row:") : _("rows:"));
  const char *rows = _("rows:");
  page_move(page, end + 1 + page_columns(page, rows, strlen(rows)) + 1);
  page_write_wrapped(page, text);
  page_end_line(page);
}

void result_write_report(const struct data_report *report, uint32_t suppress, bool danish, FILE *out) {
  struct page page = {.out = out, .danish = danish, .width = REPORT_WIDTH};
  uint32_t end = 4 + count_width(&page, report, suppress);
  bool begun = false;
  for (uint32_t i = 0; i < report->n_files; i++) {
    const struct file_report *file = &report->files[i];
    if (is_all_read(file))
      continue;
    if (!begun) {
      page_end_line(&page);
      page_write(&page, _("Not read"));
      page_end_line(&page);
    }
    begun = true;
    write_file(&page, file);
    for (int j = 0; j < N_UNREAD; j++)
      if (file->unread[j] > 0)
        write_reason(&page, file, j, suppress, end);
  }
}
