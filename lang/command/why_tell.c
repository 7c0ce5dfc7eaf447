/* why_tell.c: why a patient counts, for people. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "lang/command/test.h"
#include "lang/command/why.h"
#include "lang/explain/explain.h"
#include "lang/memory.h"
#include "runtime/image/dates.h"

enum { OUTCOME_WIDTH = 8, MOST_ROWS = 12 };

struct page { const struct why *why; FILE *out; int indent; };

static const char *date_words(int32_t date) {
  int year, month, day;
  date_to_civil(date, &year, &month, &day);
  return memory_print("%04d-%02d-%02d", year, month, day);
}

static void put_column(const struct page *page, const char *text, int width) {
  int columns = speak_columns(text);
  fprintf(page->out, "%s%*s", text, width > columns ? width - columns : 0, "");
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *number_words(double number) {
  const char *words = "";
  for (int digits = 15; digits <= 17; digits++) {
    words = memory_print("%.*g", digits, number);
    if (strtod(words, NULL) == number) break;
  }
  return words;
}

/* As in the data, and, where it was converted, what it became. */
static const char *value_words(const struct why_node *node, const struct look_row *row) {
  const char *sign = row->sign < 0 ? "<" : row->sign > 0 ? ">" : "", *unit = row->unit, *became = "";
  if (isnan(row->number)) return row->read == LOOK_NO_NUMBER ? _("no number") : "";
  const struct unit *own = node->expr->rows->stream->in;
  if (row->value != row->number) became = memory_print(" = %s%s%s%s", sign, memory_print("%.4g", row->value), own ? " " : "", own ? own->spellings[0] : "");
  return memory_print("%s%s%s%s%s", sign, number_words(row->number), *unit ? " " : "", unit, became);
}

static const char *remark_words(const struct why_node *node, const struct look_row *row, int32_t low, int32_t high,
                                const struct look_row *taken) {
  switch (row->read) {
  case LOOK_OTHER_UNIT: return _("not read: a unit that the measure does not declare");
  case LOOK_IMPLAUSIBLE: return _("not read: not plausible");
  case LOOK_NO_NUMBER: return _("not read: no number");
  default: break;
  }
  if (row == taken) return _("← this one");
  if (why_counts(node, row, low, high)) return "";
  return row->date < low ? memory_print(Q_("outside: %d day before the window", "outside: %d days before the window", low - row->date), low - row->date)
                         : _("outside the window");
}

static void tell_row(const struct page *page, int indent, const struct why_node *node, const struct look_row *row, int32_t low,
                     int32_t high, const struct look_row *taken) {
  const char *date = date_words(row->date), *value = value_words(node, row), *remark = remark_words(node, row, low, high, taken);
  if (row->end != DATE_OPEN) date = memory_print("%s – %s", date, date_words(row->end));
  fprintf(page->out, "%*s%s  %s", indent, "", date, row->code);
  if (*value) fprintf(page->out, "  %s", value);
  if (*remark) fprintf(page->out, "  %s", remark);
  fputc('\n', page->out);
}

/* The rows that count; where none does, the last one before the window; and those that are not read. */
static void tell_rows(const struct page *page, int indent, const struct why_node *node) {
  int32_t low, high;
  bool known = why_window(page->why, node, &low, &high);
  size_t n_counting = 0, n_told = 0, before = SIZE_MAX;
  if (!known) {
    fprintf(page->out, "%*s%s\n", indent, "", _("a day of its window is not known"));
    return;
  }
  const struct look_row *taken = why_taken(node, low, high);
  for (size_t i = 0; i < node->n_rows; i++) {
    n_counting += why_counts(node, &node->rows[i], low, high);
    if (node->rows[i].read == LOOK_READ && node->rows[i].date < low) before = i;
  }
  if (low == DATE_EVER) fprintf(page->out, "%*s%s\n", indent, "", memory_print(Q_("%zu row up to %s", "%zu rows up to %s", n_counting), n_counting, date_words(high)));
  else fprintf(page->out, "%*s%s\n", indent, "", memory_print(Q_("%zu row from %s to %s", "%zu rows from %s to %s", n_counting), n_counting, date_words(low), date_words(high)));
  for (size_t i = 0; i < node->n_rows && n_told < MOST_ROWS; i++) {
    const struct look_row *row = &node->rows[i];
    bool told = why_counts(node, row, low, high) ? n_counting - n_told <= MOST_ROWS || row == taken
                                                 : (row->read != LOOK_READ && row->date >= low) || (!n_counting && i == before);
    if (told) tell_row(page, indent, node, row, low, high, taken);
    n_told += told;
  }
}

/* ── trees ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *outcome_of(const struct run_answer *answer) {
  return !answer->known ? P_("outcome", "unknown") : answer->truth ? P_("outcome", "yes") : P_("outcome", "no");
}

static const char *answer_words(const struct why *why, const struct why_node *node) {
  if (node->question == NO_QUESTION) return "";
  const struct run_answer *answer = &why->answers[node->question];
  return answer->kind == REGISTER_MASK || !answer->known ? outcome_of(answer) : test_answer_words(node->expr, answer);
}

static void tell_node(const struct page *page, const struct why_node *node, int depth) {
  int indent = page->indent + 2 * depth;
  const char *answer = answer_words(page->why, node);
  bool truth = node->question == NO_QUESTION || page->why->answers[node->question].kind == REGISTER_MASK;
  fprintf(page->out, "%*s", indent, "");
  if (truth) {
    put_column(page, answer, OUTCOME_WIDTH);
    speak_wrapped(node->title ? memory_print("%s: %s", node->words, node->title) : node->words, indent + OUTCOME_WIDTH, page->out);
  } else {
    speak_wrapped(memory_print("%s = %s", node->words, answer), indent, page->out);
  }
  if (node->rows) tell_rows(page, indent + (truth ? OUTCOME_WIDTH : 2), node);
  for (size_t i = 0; i < node->n_children; i++) tell_node(page, node->children[i], depth + 1);
}

static bool holds(const struct why *why, const struct why_node *node) {
  return why->answers[node->question].known && why->answers[node->question].truth;
}

static void tell_tree(const struct page *page, const char *title, const struct why_node *node) {
  if (!node || (page->why->brief && node == page->why->population && holds(page->why, node))) return;
  fprintf(page->out, "\n%*s%s\n", page->indent, "", title);
  tell_node(page, node, 1);
}

/* ── the outcome, and what would turn it ─────────────────────────────────────────────────────────────────────────── */

static const char *outcome_sentence(const struct why *why) {
  const struct why_node *population = why->population;
  bool belongs = !population || holds(why, population);
  const struct run_answer *counted = &why->answers[why->counted->question];
  if (!belongs) return _("The patient does not belong to the population.");
  switch (why_outcome_now(why)) {
  case OUTCOME_OUTSIDE: return _("The patient belongs to the population, but not to the denominator.");
  case OUTCOME_UNKNOWN: return why->indicator->value ? _("The patient is in the denominator, and the number is not known.") : _("The patient is in the denominator; whether the condition holds is not known.");
  case OUTCOME_YES:
    return why->indicator->value ? memory_print(_("The patient's number is %s."), test_answer_words(why->counted->expr, counted)) : _("The patient counts: in the numerator.");
  default: return _("The patient is in the denominator, and does not count.");
  }
}

static const char *would_be_words(const struct why *why, enum outcome outcome) {
  switch (outcome) {
  case OUTCOME_OUTSIDE: return _("would not be in the denominator");
  case OUTCOME_YES: return why->indicator->value ? _("would have a number") : _("would count");
  case OUTCOME_NO: return _("would not count");
  default: return _("would be unknown");
  }
}

/* What the condition has now, where it compares a value of the patient's: "now 58 mmol/mol". */
static const char *now_words(const struct why *why, const struct expr *condition) {
  bool compares = condition->kind == EXPR_compare || condition->kind == EXPR_between;
  const struct expr *value = compares ? condition->args[0] : NULL;
  for (size_t q = 0; value && q < why->n_questions; q++)
    if (why->questions[q] == value && why->answers[q].kind != REGISTER_MASK)
      return memory_print(_("; it is %s"), why->answers[q].known ? test_answer_words(value, &why->answers[q]) : P_("outcome", "unknown"));
  return "";
}

static void tell_misses(const struct page *page) {
  bool any = false;
  for (size_t i = 0; i < page->why->n_misses; i++) {
    const struct miss *miss = &page->why->misses[i];
    enum outcome would_be;
    if (!why_is_miss(page->why, miss, &would_be) || (page->why->brief && would_be == OUTCOME_OUTSIDE)) continue;
    if (!any) fprintf(page->out, "\n%*s%s\n", page->indent, "", _("What alone would change it"));
    any = true;
    const char *phrase = explain_phrase(miss->condition), *be = would_be_words(page->why, would_be);
    const char *line = miss->truth ? memory_print(_("%s, if this held: %s%s"), be, phrase, now_words(page->why, miss->condition))
                                   : memory_print(_("%s, if this did not hold: %s%s"), be, phrase, now_words(page->why, miss->condition));
    fprintf(page->out, "%*s", page->indent + 2, "");
    speak_wrapped(line, page->indent + 2, page->out);
  }
}

void why_tell(const struct why *why, int indent, FILE *out) {
  struct page page = {why, out, indent};
  fprintf(out, "%*s", indent, "");
  speak_wrapped(outcome_sentence(why), indent, out);
  tell_tree(&page, _("Population"), why->population);
  tell_tree(&page, _("Denominator"), why->denominator);
  tell_tree(&page, why->indicator->value ? _("Number") : _("Numerator"), why->counted);
  tell_misses(&page);
}
