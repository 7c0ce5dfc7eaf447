/* closing.c: what the practices decide, and what stands behind the figures. */
#include <stdlib.h>
#include <string.h>
#include "runtime/deck/inner.h"
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

/* ── reflection and plan ─────────────────────────────────────────────────────────────────────────────────────────── */

/* The whole meeting's questions, where the pack asks none at the end of a block. */
static void add_reflection(struct deck *deck) {
  for (size_t i = 0; i < deck->meeting->n_blocks; i++)
    if (deck->meeting->blocks[i].n_reflect) return;
  const char *questions[MEETING_QUESTIONS];
  for (size_t i = 0; i < MEETING_QUESTIONS; i++) questions[i] = meeting_question(i);
  deck_add_questions(deck, "reflection", _("To think about"), questions, MEETING_QUESTIONS);
}

static void add_plan(struct deck *deck) {
  enum { N_LINES = 5 };
  const char *cells[5 * N_LINES];
  for (size_t i = 0; i < 5 * N_LINES; i++) cells[i] = "";
  struct table table = {.n_columns = 5,
                        .size = 18,
                        .titles = {_("What"), _("Who"), _("How"), _("When"), _("How we will see it")},
                        .shares = {26, 14, 24, 12, 24},
                        .cells = cells,
                        .n_rows = N_LINES,
                        .is_form = true,
                        .least_lines = 3};
  table_add(deck, "plan", _("What we will do"), &table);
}

/* ── definitions ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Items below `text`, line by line, and what stands below them further in. */
static const char *item_text(struct deck *deck, const char *text, const struct meeting_item *items, size_t n, const char *dash) {
  for (size_t i = 0; i < n; i++) {
    const struct meeting_item *item = &items[i];
    text = deck_print(deck, "%s%s%s%s%s%s", text, *text ? "\n" : "", dash, item->label, *item->label && *item->text ? ": " : "",
                      item->text);
    text = item_text(deck, text, item->items, item->n_items, deck_print(deck, "    %s", dash));
  }
  return text;
}

/* A part as one cell. Where it `wants_items`, its text only if there are none. */
static const char *part_text(struct deck *deck, const struct meeting_section *section, const char *key,
                             bool wants_items) {
  const struct meeting_part *part = section ? meeting_part(section, key) : NULL;
  if (!part) return "";
  return item_text(deck, wants_items && part->n_items ? "" : part->text, part->items, part->n_items, "– ");
}

static void add_definitions(struct deck *deck) {
  enum { N_COLUMNS = 4 };
  const struct meeting *meeting = deck->meeting;
  const char **cells = memory_take(N_COLUMNS * meeting->n_indicators, sizeof *cells);
  size_t n = 0;
  for (size_t i = 0; i < meeting->n_indicators; i++) {
    const struct meeting_indicator *indicator = &meeting->indicators[i];
    if (!indicator->explained || deck_is_grouped_again(meeting, indicator)) continue;
    const char **row = cells + N_COLUMNS * n++, *how_many = part_text(deck, indicator->explained, "how_many", false);
    row[0] = deck_of_pack(deck, indicator->title);
    row[1] = part_text(deck, indicator->explained, "of_whom", false);
    row[2] = *how_many ? how_many : part_text(deck, indicator->explained, "value", false);
    row[3] = part_text(deck, indicator->explained, "unknown", true);
  }
  struct table table = {
      .n_columns = N_COLUMNS,
      .size = 18,
      .least_size = 16,
      .are_texts = true,
      .titles = {_("Indicator"), _("Of whom"), _("How many, or which number"), P_("patients", "Unknown")},
      .shares = {20, 27, 29, 24},
      .cells = cells,
      .n_rows = n};
  if (n) table_add(deck, "definitions", _("How the figures are made"), &table);
  free(cells);
}

/* ── periods ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether one of the lines is this entry. */
static bool has_line(const char *lines, const char *entry, size_t length) {
  for (const char *at = lines; *at; at += strcspn(at, "\n"), at += *at == '\n')
    if (strcspn(at, "\n") == length && strncmp(at, entry, length) == 0) return true;
  return false;
}

/* The entries of a list that is parted by semicolons below some lines, each once and on its own line. */
static const char *add_lines(struct deck *deck, const char *lines, const char *list) {
  for (const char *at = list; *at; at += strcspn(at, ";"), at += strspn(at, "; ")) {
    size_t length = strcspn(at, ";");
    if (!has_line(lines, at, length)) lines = deck_print(deck, "%s%s%.*s", lines, *lines ? "\n" : "", (int)length, at);
  }
  return lines;
}

/* The periods of all indicators, each once, with all that is looked for in it. */
static void add_periods(struct deck *deck) {
  const struct meeting *meeting = deck->meeting;
  const char **cells = NULL;
  size_t n = 0;
  for (size_t i = 0; i < meeting->n_indicators; i++) {
    const struct meeting_section *section = meeting->indicators[i].explained;
    const struct meeting_part *part = section ? meeting_part(section, "periods") : NULL;
    for (size_t j = 0; part && j < part->n_items; j++) {
      size_t row = 0;
      while (row < n && strcmp(cells[2 * row], part->items[j].label) != 0) row++;
      if (row == n) {
        cells = memory_resize(cells, 2 * ++n, sizeof *cells);
        cells[2 * row] = part->items[j].label;
        cells[2 * row + 1] = "";
      }
      cells[2 * row + 1] = add_lines(deck, cells[2 * row + 1], part->items[j].text);
    }
  }
  struct table table = {.n_columns = 2,
                        .size = 20,
                        .least_size = 16,
                        .are_texts = true,
                        .titles = {_("Period"), _("What is looked for")},
                        .shares = {40, 60},
                        .cells = cells,
                        .n_rows = n};
  if (n) table_add(deck, "periods", _("How far back the figures look"), &table);
  free(cells);
}

/* ── data ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_unread(struct deck *deck) {
  const struct meeting *meeting = deck->meeting;
  const char **cells = memory_take(3 * (meeting->n_unread + 1), sizeof *cells);
  char count[MEETING_TEXT], of[MEETING_TEXT];
  for (size_t i = 0; i < meeting->n_unread; i++) {
    const struct meeting_unread *unread = &meeting->unread[i];
    struct meeting_count all = {(uint32_t)unread->of, COUNT_SHOWN};
    cells[3 * i] = unread->file;
    cells[3 * i + 1] = unread->is_missing ? _("the file was not there") : unread->reason;
    cells[3 * i + 2] = unread->is_missing
                           ? "–"
                           : deck_print(deck, _("%.60s of %.60s"), meeting_write_count(meeting, unread->rows, count),
                                        meeting_write_count(meeting, all, of));
  }
  struct table table = {.n_columns = 3,
                        .size = 22,
                        .least_size = 16,
                        .titles = {_("File"), _("Why"), _("Rows")},
                        .shares = {25, 53, 22},
                        .is_right = {false, false, true},
                        .cells = cells,
                        .n_rows = meeting->n_unread};
  table.note = deck_print(deck, _("Made by %s from rules %.12s and data %.12s."), meeting->program, meeting->rules_hash,
                          meeting->data_hash);
  if (meeting->n_unread) table_add(deck, "unread", _("What of the data was not read"), &table);
  free(cells);
}

static const char *day(struct deck *deck, int32_t date) {
  char text[MEETING_TEXT];
  return date == DATE_UNKNOWN ? "…" : deck_print(deck, "%s", meeting_write_date(deck->meeting, date, text));
}

/* In the rules' own words, for results without an explanation: with one, the definitions say it in plain ones. */
static void add_windows(struct deck *deck) {
  const struct meeting *meeting = deck->meeting;
  if (meeting->definitions || !meeting->n_windows) return;
  const char **cells = memory_take(3 * meeting->n_windows, sizeof *cells);
  for (size_t i = 0; i < meeting->n_windows; i++) {
    const struct meeting_window *window = &meeting->windows[i];
    cells[3 * i] = window->of;
    cells[3 * i + 1] = window->name;
    cells[3 * i + 2] = deck_print(deck, "%s – %s", day(deck, window->first), day(deck, window->last));
  }
  struct table table = {.n_columns = 3,
                        .size = 16,
                        .titles = {_("What"), _("Window"), _("First and last day")},
                        .shares = {36, 28, 36},
                        .cells = cells,
                        .n_rows = meeting->n_windows};
  table_add(deck, "windows", _("How far back the figures look"), &table);
  free(cells);
}

/* Numbers that somebody may want to set otherwise; code sets that a practice may fill are no limits. */
static void add_limits(struct deck *deck) {
  const struct meeting *meeting = deck->meeting;
  const char **cells = memory_take(2 * meeting->n_parameters, sizeof *cells);
  char text[MEETING_TEXT];
  size_t n = 0;
  for (size_t i = 0; i < meeting->n_parameters; i++) {
    const struct meeting_parameter *parameter = &meeting->parameters[i];
    if (!strspn(parameter->value, "0123456789")) continue;
    meeting_write_parameter(meeting, parameter, text);
    cells[2 * n] = deck_of_pack(deck, meeting_parameter_title(parameter));
    cells[2 * n++ + 1] = parameter->is_set ? deck_print(deck, _("%s (set for this meeting)"), text) : deck_print(deck, "%s", text);
  }
  struct table table = {.n_columns = 2,
                        .size = 24,
                        .least_size = 16,
                        .titles = {_("Limit"), _("Value")},
                        .shares = {55, 45},
                        .cells = cells,
                        .n_rows = n};
  if (n) table_add(deck, "limits", _("Limits in the rules"), &table);
  free(cells);
}

void deck_add_closing(struct deck *deck) {
  add_reflection(deck);
  add_plan(deck);
  for (size_t i = 0; i < deck->meeting->n_indicators; i++) deck_add_change_table(deck, &deck->meeting->indicators[i]);
  add_definitions(deck);
  add_periods(deck);
  add_unread(deck);
  add_windows(deck);
  add_limits(deck);
}
