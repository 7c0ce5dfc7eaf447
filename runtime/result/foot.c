/* foot.c: what the figures rest on: the days that were looked at, the limits, the rules and the data. */
#include "runtime/result/table.h"
#include <inttypes.h>
#include <string.h>

#define HASH_SHOWN 12 /* digits: enough to tell two versions apart by eye */
#define TITLE_MOST 32 /* columns; what is longer pushes its line out rather than all lines */

/* The column in which all that follows a heading begins. */
static uint32_t foot_left(const struct table *table) {
  static const enum word headings[] = {WORD_windows, WORD_parameters, WORD_guideline, WORD_contact, WORD_made_from};
  uint32_t most = 0;
  for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
    const char *heading = page_word_of(&table->page, headings[i]);
    uint32_t columns = page_columns(&table->page, heading, strlen(heading));
    most = columns > most ? columns : most;
  }
  return most + 2;
}

/* Begins a line; the heading stands on the first one only. */
static void begin_line(struct table *table, enum word heading, bool is_first) {
  page_style(&table->page, STYLE_DIM);
  if (is_first)
    page_word(&table->page, heading);
  page_move(&table->page, foot_left(table));
}

static void end_line(struct table *table) {
  page_style(&table->page, STYLE_PLAIN);
  page_end_line(&table->page);
}

static uint32_t columns_of(const struct table *table, const char *text) {
  return page_columns(&table->page, text, strlen(text));
}

/* ── windows ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *day_of(const struct page *page, uint32_t day, int32_t date, char out[16]) {
  if (day == IMAGE_NONE)
    return page_word_of(page, WORD_own_day);
  if (date == DATE_EVER)
    return page_word_of(page, WORD_ever);
  result_date(date, out);
  return *out ? out : page_word_of(page, WORD_unknown_day);
}

/* 2022-12-01 – 2024-06-01 */
static void print_period(const struct table *table, uint32_t window, char out[64]) {
  const struct counts *counts = table->result->counts;
  const struct image_window *days = &table->result->image->windows[window];
  char low[16], high[16];
  snprintf(out, 64, "%s – %s", day_of(&table->page, days->low, counts->window_low[window], low),
           day_of(&table->page, days->high, counts->window_high[window], high));
}

static bool is_same_window(const struct result *result, uint32_t a, uint32_t b) {
  const struct counts *counts = result->counts;
  return result->image->windows[a].title == result->image->windows[b].title &&
         counts->window_low[a] == counts->window_low[b] && counts->window_high[a] == counts->window_high[b];
}

/* Whether a window before this one has been written already with the same days and title, and this one's subject. */
static bool is_told(const struct table *table, uint32_t window, bool with_subject) {
  const struct image_window *windows = table->result->image->windows;
  for (uint32_t i = table->pack->first_window; i < window; i++)
    if (is_same_window(table->result, i, window) && (!with_subject || windows[i].subject == windows[window].subject))
      return true;
  return false;
}

/* All that windows like this one limit, each once, in as many lines as they need. */
static void write_subjects(struct table *table, uint32_t window) {
  struct page *page = &table->page;
  const struct image_window *windows = table->result->image->windows;
  uint32_t end = table->pack->first_window + table->pack->n_windows, left = page->column;
  for (uint32_t i = window; i < end; i++) {
    if (!is_same_window(table->result, window, i) || is_told(table, i, true))
      continue;
    const char *subject = table_text(table, windows[i].subject);
    if (i > window) {
      page_write(page, ", ");
      if (page->column + columns_of(table, subject) + 1 > page->width) {
        page_end_line(page);
        page_move(page, left);
      }
    }
    page_write_wrapped(page, subject);
  }
}

static void write_windows(struct table *table) {
  struct page *page = &table->page;
  uint32_t first = table->pack->first_window, end = first + table->pack->n_windows;
  uint32_t period_width = 0, title_width = 0, columns;
  char period[64];
  for (uint32_t i = first; i < end; i++) {
    print_period(table, i, period);
    columns = columns_of(table, period);
    period_width = columns > period_width ? columns : period_width;
    columns = columns_of(table, table_text(table, table->result->image->windows[i].title));
    title_width = columns > title_width && columns <= TITLE_MOST ? columns : title_width;
  }
  for (uint32_t i = first; i < end; i++) {
    if (is_told(table, i, false))
      continue;
    begin_line(table, WORD_windows, i == first);
    print_period(table, i, period);
    page_write(page, period);
    page_move(page, foot_left(table) + period_width + 2);
    page_write(page, table_text(table, table->result->image->windows[i].title));
    page_move(page, foot_left(table) + period_width + 2 + title_width + 2);
    write_subjects(table, i);
    end_line(table);
  }
}

/* ── parameters ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_parameters(struct table *table) {
  struct page *page = &table->page;
  const struct image *image = table->result->image;
  uint32_t pack = (uint32_t)(table->pack - image->packs), name_width = 0, value_width = 0, n = 0;
  for (uint32_t i = 0; i < image->n_parameters; i++) {
    if (image->parameters[i].pack != pack)
      continue;
    uint32_t name = columns_of(table, table_text(table, image->parameters[i].name));
    uint32_t value = columns_of(table, table_text(table, image->parameters[i].value));
    name_width = name > name_width && name <= TITLE_MOST ? name : name_width;
    value_width = value > value_width && value <= TITLE_MOST ? value : value_width;
  }
  for (uint32_t i = 0; i < image->n_parameters; i++) {
    const struct image_parameter *parameter = &image->parameters[i];
    if (parameter->pack != pack)
      continue;
    begin_line(table, WORD_parameters, n++ == 0);
    page_write(page, table_text(table, parameter->name));
    page_move(page, foot_left(table) + name_width + 2);
    page_write(page, table_text(table, parameter->value));
    page_move(page, foot_left(table) + name_width + 2 + value_width + 2);
    if (parameter->is_set) {
      page_word(page, WORD_set_here);
      page_write(page, " ");
    }
    page_write_wrapped(page, table_text(table, parameter->title));
    end_line(table);
  }
}

/* ── provenance ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_line(struct table *table, enum word heading, uint32_t text) {
  if (text == IMAGE_NONE)
    return;
  begin_line(table, heading, true);
  page_write_wrapped(&table->page, table_text(table, text));
  end_line(table);
}

static void write_provenance(struct table *table) {
  struct page *page = &table->page;
  const char *program = table->result->options.program_version, *rules = table_text(table, table->pack->rules_hash);
  char data[40];
  snprintf(data, sizeof data, "%016" PRIx64 "%016" PRIx64, table->result->data_hash[0], table->result->data_hash[1]);
  begin_line(table, WORD_made_from, true);
  page_word(page, WORD_rules);
  page_write(page, " ");
  page_write_part(page, rules, strlen(rules) < HASH_SHOWN ? strlen(rules) : HASH_SHOWN);
  page_write(page, " · ");
  page_word(page, WORD_data);
  page_write(page, " ");
  page_write_part(page, data, HASH_SHOWN);
  page_write(page, " · klynge ");
  page_write(page, program ? program : "");
  end_line(table);
}

void table_write_foot(struct table *table) {
  write_windows(table);
  write_parameters(table);
  write_line(table, WORD_guideline, table->pack->guideline);
  write_line(table, WORD_contact, table->pack->contact);
  write_provenance(table);
}
