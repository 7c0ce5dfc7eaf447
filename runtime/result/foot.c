/* foot.c: what the figures rest on: what of the data was read, the days that were looked at, the limits, the rules. */
#include "runtime/result/table.h"
#include <inttypes.h>
#include <string.h>
#include "runtime/image/words.h"

#define HASH_SHOWN 12 /* digits: enough to tell two versions apart by eye */
#define TITLE_MOST 32 /* columns; what is longer pushes its line out rather than all lines */
#define MANY       20 /* a file of which one row in so many was not read is told loudly */

/* The column in which all that follows a heading begins. */
static uint32_t foot_left(const struct table *table) {
  const char *headings[] = {_("Data"),      _("Letters"), _("Windows"),  _("Parameters"),
                            _("Guideline"), _("Contact"), _("Made from")};
  uint32_t most = 0;
  for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
    const char *heading = headings[i];
    uint32_t columns = page_columns(&table->page, heading, strlen(heading));
    most = columns > most ? columns : most;
  }
  return most + 2;
}

/* Begins a line; the heading stands on the first one only. */
static void begin_line(struct table *table, const char *heading, bool is_first) {
  page_style(&table->page, STYLE_DIM);
  if (is_first)
    page_write(&table->page, heading);
  page_move(&table->page, foot_left(table));
}

static void end_line(struct table *table) {
  page_style(&table->page, STYLE_PLAIN);
  page_end_line(&table->page);
}

static uint32_t columns_of(const struct table *table, const char *text) {
  return page_columns(&table->page, text, strlen(text));
}

/* ── what was not read ───────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether a rule of this run reads a file; one that none reads may be missing. */
static bool is_read(const struct image *image, const char *file) {
  for (uint32_t i = 0; i < image->n_parts; i++) {
    const char *table = image_text(image, image->tables[image->parts[i].table].name);
    size_t length = strlen(table);
    if (strncmp(file, table, length) == 0 && strcmp(file + length, ".csv") == 0)
      return true;
  }
  return false;
}

/* The rows of which something was lost: all that --strict would stop at. */
static uint64_t count_unread(const struct file_report *file) {
  uint64_t n = 0;
  for (int i = 0; i < N_UNREAD; i++)
    n += unread_reasons[i].stops ? file->unread[i] : 0;
  return n < file->rows ? n : file->rows;
}

/* How many, as a small count is told; where one of the reasons has few rows the sum would give them back. */
static void print_unread(const struct table *table, const struct file_report *file, char out[32]) {
  uint32_t suppress = table->result->options.suppress;
  char limit[32];
  bool is_small = count_unread(file) < suppress, has_small = false;
  for (int i = 0; i < N_UNREAD; i++) has_small |= file->unread[i] > 0 && file->unread[i] < suppress;
  page_number(&table->page, is_small ? suppress : count_unread(file), limit);
  if (is_small || !has_small)
    snprintf(out, 32, is_small ? "<%.30s" : "%.30s", limit);
  else
    strcpy(out, "*");
}

static bool has_many_unread(const struct file_report *file) {
  uint64_t n = count_unread(file);
  return n > 0 && n >= (file->rows + MANY - 1) / MANY;
}

/* Without the rows of such a file the figures may be wrong, so it has a line of its own. True if there was one. */
static bool write_loud_file(struct table *table, const struct file_report *file, bool is_first) {
  struct page *page = &table->page;
  char n[32], of[32], text[160];
  bool missing = file->missing && is_read(table->result->image, file->name);
  if (!missing && !has_many_unread(file))
    return false;
  begin_line(table, _("Data"), is_first);
  page_style(page, STYLE_PLAIN);
  page_style(page, STYLE_BOLD);
  print_unread(table, file, n);
  page_number(page, file->rows, of);
  if (missing)
    snprintf(text, sizeof text, _("MISSING: %s, read as empty"), file->name);
  else
    snprintf(text, sizeof text,
             Q_("NOT READ: %s, %s of %s row (%u%%)", "NOT READ: %s, %s of %s rows (%u%%)", file->rows), file->name, n, of, (unsigned)(count_unread(file) * 100 / file->rows));
  page_write(page, text);
  end_line(table);
  return true;
}

/* labs.csv: 30 of 17,770 rows not read; diagnoses.csv: 4 of 3,691 */
static void write_data(struct table *table) {
  struct page *page = &table->page;
  const struct data_report *report = table->result->report;
  uint32_t n_loud = 0, n_quiet = 0;
  if (!report)
    return;
  for (uint32_t i = 0; i < report->n_files; i++)
    n_loud += write_loud_file(table, &report->files[i], n_loud == 0);
  for (uint32_t i = 0; i < report->n_files; i++) {
    const struct file_report *file = &report->files[i];
    char n[32], of[32], text[256];
    if (count_unread(file) == 0 || has_many_unread(file))
      continue;
    print_unread(table, file, n);
    page_number(page, file->rows, of);
    snprintf(text, sizeof text, n_quiet ? _("%s: %s of %s") : _("%s: %s of %s rows not read"), file->name, n, of);
    if (n_quiet++ == 0)
      begin_line(table, _("Data"), n_loud == 0);
    else {
      page_write(page, ";");
      if (page->column + 2 + columns_of(table, text) > page->width)
        page_end_line(page);
      page_move(page, page->column > 0 ? page->column + 1 : foot_left(table));
    }
    page_write(page, text);
  }
  if (n_loud + n_quiet == 0) {
    begin_line(table, _("Data"), true);
    page_write(page, _("all rows read"));
  }
  if (n_quiet > 0 || n_loud == 0)
    end_line(table);
}

/* Who keeps this table for the follow-up must know whether its letters will still be the same. */
static void write_letters(struct table *table) {
  const struct result_options *options = &table->result->options;
  if (options->identified || table->cluster->n_in_cluster == 1 || !table_population(table) || !table_is_anybody(table_population(table), RESULT_POPULATION))
    return;
  begin_line(table, _("Letters"), true);
  page_write_wrapped(&table->page, options->key_file
                                     ? _("kept for the follow-up by --key")
                                     : _("belong to these data only; --key FILE keeps them for the follow-up"));
  end_line(table);
}

/* ── windows ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *day_of(uint32_t day, int32_t date, char out[16]) {
  if (day == IMAGE_NONE)
    return _("each patient's own");
  if (date == DATE_EVER)
    return _("the beginning");
  result_date(date, out);
  return *out ? out : _("an unknown day");
}

/* 2022-12-01 – 2024-06-01 */
static void print_period(const struct table *table, uint32_t window, char out[64]) {
  const struct counts *counts = table->result->counts;
  const struct image_window *days = &table->result->image->windows[window];
  char low[16], high[16];
  snprintf(out, 64, "%s – %s", day_of(days->low, counts->window_low[window], low),
           day_of(days->high, counts->window_high[window], high));
}

/* A window in the words of its rule. Where the rule says none, the checker has its own words, and those are translated. */
static const char *window_title(const struct table *table, uint32_t window) {
  const char *title = table_text(table, table->result->image->windows[window].title);
  return *title ? _(title) : title;
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
    columns = columns_of(table, window_title(table, i));
    title_width = columns > title_width && columns <= TITLE_MOST ? columns : title_width;
  }
  for (uint32_t i = first; i < end; i++) {
    if (is_told(table, i, false))
      continue;
    begin_line(table, _("Windows"), i == first);
    print_period(table, i, period);
    page_write(page, period);
    page_move(page, foot_left(table) + period_width + 2);
    page_write(page, window_title(table, i));
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
    begin_line(table, _("Parameters"), n++ == 0);
    page_write(page, table_text(table, parameter->name));
    page_move(page, foot_left(table) + name_width + 2);
    table_write_value(table, table_text(table, parameter->value));
    page_move(page, foot_left(table) + name_width + 2 + value_width + 2);
    if (parameter->usual != IMAGE_NONE) {
      page_write(page, _("(changed with --set)"));
      page_write(page, " ");
    }
    page_write_wrapped(page, table_text(table, parameter->title));
    end_line(table);
  }
}

/* ── provenance ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_line(struct table *table, const char *heading, uint32_t text) {
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
  begin_line(table, _("Made from"), true);
  page_write(page, P_("before their hash", "rules"));
  page_write(page, " ");
  page_write_part(page, rules, strlen(rules) < HASH_SHOWN ? strlen(rules) : HASH_SHOWN);
  page_write(page, " · ");
  page_write(page, P_("before their hash", "data"));
  page_write(page, " ");
  page_write_part(page, data, HASH_SHOWN);
  page_write(page, " · klynge ");
  page_write(page, program ? program : "");
  end_line(table);
}

/* What a mark stands for. A * may be a small number too: who could count on the opposite would know more than is meant. */
static void write_suppressed(struct table *table) {
  char limit[32], text[256];
  if (table->result->options.suppress == 0) return;
  page_number(&table->page, table->result->options.suppress, limit);
  snprintf(text, sizeof text, _("<%1$s: at least 1, but fewer than %1$s (--suppress). *: hidden, so that no such number can be worked out."), limit);
  page_write_wrapped(&table->page, text);
  page_end_line(&table->page);
}

void table_write_foot(struct table *table) {
  write_suppressed(table);
  write_data(table);
  write_letters(table);
  write_windows(table);
  write_parameters(table);
  write_line(table, _("Guideline"), table->pack->guideline);
  write_line(table, _("Contact"), table->pack->contact);
  write_provenance(table);
}
