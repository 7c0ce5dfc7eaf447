/* listing_tell.c: why a patient is on a list, in words for a doctor: each condition that decides, then what stands in the data.
 *
 *     LDL is above 2.5 mmol/L: 4.3 mmol/L (2023-09-16)
 *     has had no prescription of statin within 12 months: last 2022-02-03 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "lang/command/listing.h"
#include "lang/explain/explain.h"
#include "lang/memory.h"

enum { MOST_ROWS = 12 };

/* One patient on one list. */
struct telling {
  const struct listing *listing;
  const struct evaluation *evaluation;
  uint32_t patient;
  bool danish;
  struct lists_cell *cells;
};

/* ── small words ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *day_words(const struct telling *telling, int32_t date) {
  int year, month, day;
  date_to_civil(date, &year, &month, &day);
  return telling->danish ? memory_print("%02d-%02d-%04d", day, month, year) : memory_print("%04d-%02d-%02d", year, month, day);
}

/* As it was written in the data; one that was converted has four digits, as `klynge why` tells it, in words and in its column. */
static double told_number(double number, bool is_converted) {
  char digits[32];
  snprintf(digits, sizeof digits, "%.4g", number);
  return is_converted ? strtod(digits, NULL) : number;
}

static const char *number_words(double number, bool is_converted, int8_t sign, const char *unit) {
  char digits[32];
  result_number(told_number(number, is_converted), digits);
  char *point = strchr(digits, '.');
  if (point) *point = *P_("the sign before decimals", ".");
  return memory_print("%s%s%s%s", sign < 0 ? "<" : sign > 0 ? ">" : "", digits, *unit ? " " : "", unit);
}

static const char *unit_of(const struct why_node *node) {
  const struct unit *unit = node->expr->type.unit ? node->expr->type.unit : node->expr->rows->stream->in;
  return unit ? unit->spellings[0] : "";
}

/* A row: "63 mmol/mol (2024-03-01)"; of an event its date; of a span when it began and ended. */
static const char *row_words(const struct telling *telling, const struct why_node *node, const struct look_row *row) {
  const char *date = day_words(telling, row->date);
  if (node->expr->rows->stream->kind == STREAM_SPANS)
    return row->end == DATE_OPEN ? memory_print(_("since %s"), date) : memory_print(_("%1$s – %2$s"), date, day_words(telling, row->end));
  if (isnan(row->number)) return row->read == LOOK_NO_NUMBER ? memory_print(_("no number (%s)"), date) : date;
  const char *unit = node->expr->rows->stream->in ? node->expr->rows->stream->in->spellings[0] : "";
  const char *value = row->read == LOOK_READ ? number_words(row->value, row->value != row->number, row->sign, unit)
                                             : number_words(row->number, false, row->sign, row->unit);
  return memory_print("%s (%s)", value, date);
}

static const char *joined(const char *text, const char *one) { return text ? memory_print("%s; %s", text, one) : one; }

/* ── the rows beneath ────────────────────────────────────────────────────────────────────────────────────────────── */

/* Where none counts, what there is instead: in the window, but not read; or before it. */
static const char *no_row_words(const struct telling *telling, const struct why_node *node, int32_t low, int32_t high) {
  const struct look_row *unread = NULL, *before = NULL;
  for (size_t i = 0; i < node->n_rows; i++) {
    const struct look_row *row = &node->rows[i];
    if (row->read != LOOK_READ && low <= row->date && row->date <= high) unread = row;
    if (row->read == LOOK_READ && row->date < low) before = row;
  }
  if (unread) return memory_print(_("not read: %s"), row_words(telling, node, unread));
  if (before) return memory_print(_("last %s"), row_words(telling, node, before));
  return _("none in the data");
}

/* How many rows are told at most, and whether the earliest of them: those that a value, an event or a cut is made of. */
static size_t most_rows(const struct expr *expr) {
  if (expr->kind == EXPR_any_row) return 1;
  return expr->rows->cut && !expr->rows->apart.n && expr->rows->n < MOST_ROWS ? (size_t)expr->rows->n : MOST_ROWS;
}

/* The newest that count, the newest first; of a cut from the earliest on, the earliest first. */
static const char *counting_words(const struct telling *telling, const struct why_node *node, int32_t low, int32_t high) {
  size_t most = most_rows(node->expr), n = 0;
  bool forward = node->expr->rows->cut == CUT_FIRST;
  const char *text = NULL;
  for (size_t i = 0; i < node->n_rows && n < most; i++) {
    const struct look_row *row = &node->rows[forward ? i : node->n_rows - 1 - i];
    if (!why_counts(node, row, low, high)) continue;
    text = joined(text, row_words(telling, node, row));
    n++;
  }
  return text;
}

static const struct look_row *newest_counting(const struct why_node *node, int32_t low, int32_t high) {
  for (size_t i = node->n_rows; i-- > 0;)
    if (why_counts(node, &node->rows[i], low, high)) return &node->rows[i];
  return NULL;
}

/* ── columns ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_latest(const struct expr *expr) { return expr->kind == EXPR_figure && expr->figure == FIGURE_LATEST && !expr->rows->cut; }

/* What a column of the node's value is called; NULL where it has none: events are told in words alone, and so is how many. */
static const char *head_of(const struct why_node *node) {
  const struct expr *expr = node->expr;
  bool is_number = expr->type.kind == TYPE_NUMBER;
  if (!expr->rows || expr->kind == EXPR_count || (!is_number && expr->rows->stream->kind != STREAM_SERIES)) return NULL;
  const char *what = is_number && !is_latest(expr) ? explain_phrase(expr) : explain_rows(expr->rows), *unit = unit_of(node);
  return *unit ? memory_print("%s, %s", what, unit) : what;
}

static size_t find_head(const struct listing *listing, const char *head) {
  size_t at = 0;
  while (at < listing->n_columns && strcmp(listing->heads[at], head) != 0) at++;
  return at;
}

static void add_heads(struct listing *listing, const struct why_node *node) {
  const char *head = node ? head_of(node) : NULL;
  if (head && find_head(listing, head) == listing->n_columns) {
    listing->heads = memory_grow(listing->heads, listing->n_columns + 1, sizeof *listing->heads);
    listing->heads[listing->n_columns++] = head;
  }
  for (size_t i = 0; node && i < node->n_children; i++) add_heads(listing, node->children[i]);
}

/* A definition that the population shares with the rest is opened there. */
void listing_find_columns(struct listing *listing) {
  add_heads(listing, listing->why->denominator);
  add_heads(listing, listing->why->counted);
  add_heads(listing, listing->why->population);
}

static struct lists_cell value_cell(double number, bool is_converted, int8_t sign) {
  if (!sign) return (struct lists_cell){.kind = LISTS_NUMBER, .number = told_number(number, is_converted)};
  return (struct lists_cell){.kind = LISTS_TEXT, .text = number_words(number, is_converted, sign, "")};
}

static bool is_converted(const struct look_row *row) { return row->value != row->number; }

/* A value that is not that of the row taken is computed, and told as a converted one is. */
static void fill_cell(const struct telling *telling, const struct why_node *node, const struct run_answer *answer, const struct look_row *taken,
                      const struct look_row *newest) {
  const char *head = head_of(node);
  if (!head) return;
  struct lists_cell *cell = &telling->cells[find_head(telling->listing, head)];
  bool is_number = node->expr->type.kind == TYPE_NUMBER;
  if (is_number && answer->known) *cell = value_cell(answer->number, !taken || is_converted(taken), answer->sign);
  else if (!is_number && newest && !isnan(newest->value)) *cell = value_cell(newest->value, is_converted(newest), newest->sign);
}

/* ── a condition ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What the value is, where it is not that of a row: "64.3 mmol/mol". */
static const char *answer_words(const struct telling *telling, const struct why_node *node, const struct run_answer *answer) {
  if (node->expr->type.kind == TYPE_DATE) return day_words(telling, answer->date);
  return number_words(answer->number, true, answer->sign, node->expr->kind == EXPR_count ? "" : unit_of(node));
}

/* What stands in the data for one node that looks at rows. */
static const char *fact_of(const struct telling *telling, struct why_node *node) {
  const struct why *why = telling->listing->why;
  const struct evaluation *evaluation = telling->evaluation;
  const struct run_answer *answer = &why->answers[node->question];
  int32_t low, high;
  if (!why_window(why, node, &low, &high)) return _("a day of its window is not known");
  why_find_rows_of(node, evaluation->plan, &evaluation->image, evaluation->store, telling->patient, why->index);
  const struct look_row *taken = why_taken(node, low, high), *newest = newest_counting(node, low, high);
  fill_cell(telling, node, answer, taken, newest);
  bool is_value = node->expr->type.kind != TYPE_TRUTH;
  const char *text = NULL;
  if (!newest) text = no_row_words(telling, node, low, high);
  else if (taken) text = row_words(telling, node, taken);
  else if (is_value && answer->known) text = answer_words(telling, node, answer);
  if (newest && !taken && node->expr->kind != EXPR_count && node->expr->kind != EXPR_row_date)
    text = joined(text, counting_words(telling, node, low, high));
  node->rows = NULL;
  node->n_rows = 0;
  return text;
}

struct facts { const char **all; size_t n; };

static void add_fact(struct facts *facts, const char *fact) {
  for (size_t i = 0; i < facts->n; i++)
    if (strcmp(facts->all[i], fact) == 0) return;
  facts->all = memory_grow(facts->all, facts->n + 1, sizeof *facts->all);
  facts->all[facts->n++] = fact;
}

/* Of all nodes beneath a condition, each once. */
static void find_facts(const struct telling *telling, struct why_node *node, struct facts *facts) {
  node = listing_opened(telling->listing->why, node);
  const char *fact = node->expr->rows ? fact_of(telling, node) : NULL;
  if (fact) add_fact(facts, fact);
  for (size_t i = 0; i < node->n_children; i++) find_facts(telling, node->children[i], facts);
}

/* Events that a rate counts, and this patient has none of. */
static const char *no_event_words(const struct expr *count) {
  struct expr any = *count;
  any.kind = EXPR_any_row;
  any.type = (struct type){.kind = TYPE_TRUTH};
  return explain_opposite(&any);
}

/* What holds, or holds not, or cannot be decided. */
static const char *condition_words(const struct why *why, const struct why_node *node) {
  const struct run_answer *answer = &why->answers[node->question];
  const char *phrase = explain_phrase(node->expr);
  if (node->expr->kind == EXPR_count && answer->known && answer->number == 0) return no_event_words(node->expr);
  if (node->expr->type.kind != TYPE_TRUTH) return phrase;
  if (!answer->known) return memory_print(_("cannot be decided: %s"), phrase);
  return answer->truth ? phrase : explain_opposite(node->expr);
}

static const char *line_of(const struct telling *telling, struct why_node *node) {
  const char *condition = condition_words(telling->listing->why, node), *text = NULL;
  struct facts facts = {0};
  find_facts(telling, node, &facts);
  for (size_t i = 0; i < facts.n; i++) text = joined(text, facts.all[i]);
  return text ? memory_print("%s: %s", condition, text) : condition;
}

/* Two conditions may say the same. */
static bool is_among(const char *const *lines, size_t n, const char *line) {
  for (size_t i = 0; i < n; i++)
    if (strcmp(lines[i], line) == 0) return true;
  return false;
}

static const char *reason_of(const struct telling *telling) {
  const struct why *why = telling->listing->why;
  struct listing_decided decided = listing_decide(why);
  const char **lines = NEW_ARRAY(const char *, decided.n + 1), *reason = NULL;
  for (size_t i = 0; i < decided.n; i++) {
    lines[i] = line_of(telling, decided.all[i]);
    if (!is_among(lines, i, lines[i])) reason = reason ? memory_print("%s\n%s", reason, lines[i]) : lines[i];
  }
  return reason ? reason : explain_phrase(why->counted->expr);
}

struct listing_told listing_tell(const struct listing *listing, const struct evaluation *evaluation, uint32_t patient,
                                 const struct run_answer *answers) {
  struct telling telling = {listing, evaluation, patient, evaluation->result->options.danish,
                            NEW_ARRAY(struct lists_cell, listing->n_columns + 1)};
  listing->why->answers = answers;
  listing->why->index = evaluation->result->options.index;
  return (struct listing_told){reason_of(&telling), telling.cells};
}
