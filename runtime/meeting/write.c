/* write.c: numbers, dates and names as the meeting's language writes them: the same in every document. */
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/meeting/meeting.h"
#include "runtime/memory/memory.h"
#include "runtime/result/page.h"

#define VALUE_DECIMALS 1
#define RATE_DECIMALS  2
#define AIM_DECIMALS   2
#define FEW            10 /* patients */

static struct page page_of(const struct meeting *meeting) { return (struct page){.danish = meeting->danish}; }

/* ── counts ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

const char *meeting_write_count(const struct meeting *meeting, struct meeting_count count, char out[MEETING_TEXT]) {
  struct page page = page_of(meeting);
  char digits[32];
  switch (count.state) {
  case COUNT_SMALL: snprintf(out, MEETING_TEXT, "<%u", meeting->suppress); break;
  case COUNT_HIDDEN: snprintf(out, MEETING_TEXT, "%s", P_("a count", "hidden")); break;
  case COUNT_SHOWN:
    page_number(&page, count.n, digits);
    snprintf(out, MEETING_TEXT, "%s", digits);
    break;
  }
  return out;
}

bool meeting_is_of_numbers(const struct meeting_indicator *indicator) {
  return indicator->kind == MEETING_MEAN || indicator->kind == MEETING_MEDIAN || indicator->kind == MEETING_QUARTILES;
}

bool meeting_is_of_few(const struct meeting_indicator *indicator, const struct meeting_figure *figure) {
  struct meeting_count size = meeting_is_of_numbers(indicator) ? figure->numerator : figure->denominator;
  return indicator->kind != MEETING_COUNT && (size.state == COUNT_SMALL || (size.state == COUNT_SHOWN && size.n < FEW));
}

const char *meeting_write_of(const struct meeting *meeting, const struct meeting_indicator *indicator,
                             const struct meeting_figure *figure, char out[MEETING_TEXT]) {
  char n[MEETING_TEXT], of[MEETING_TEXT];
  meeting_write_count(meeting, figure->numerator, n);
  meeting_write_count(meeting, figure->denominator, of);
  if (meeting_is_of_numbers(indicator))
    snprintf(out, MEETING_TEXT, _("n = %.60s"), n);
  else
    snprintf(out, MEETING_TEXT, _("%.60s of %.60s"), n, of);
  return out;
}

/* ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static unsigned decimals_of(const struct meeting_indicator *indicator) {
  return indicator->kind == MEETING_COUNT ? 0 : indicator->kind == MEETING_RATE ? RATE_DECIMALS : VALUE_DECIMALS;
}

/* The number alone, a share in per cent. A share always shows its decimal, so that figures under one another line up. */
static void write_number(const struct meeting *meeting, const struct meeting_indicator *indicator, double value,
                         unsigned decimals, char out[64]) {
  struct page page = page_of(meeting);
  bool is_share = indicator->kind == MEETING_SHARE;
  page_decimal(&page, is_share ? value * 100 : value, is_share ? decimals : 0, decimals, out);
}

/* What stands behind the number, with the blank before it: " %", " mmol/mol", " per 100". */
static const char *unit_of(const struct meeting *meeting, const struct meeting_indicator *indicator, char out[MEETING_TEXT]) {
  struct page page = page_of(meeting);
  char per[64];
  switch (indicator->kind) {
  case MEETING_SHARE: return meeting->danish ? " %" : "%";
  case MEETING_RATE:
    page_decimal(&page, indicator->per, 0, AIM_DECIMALS, per);
    snprintf(out, MEETING_TEXT, _(" per %s"), per);
    return out;
  default:
    snprintf(out, MEETING_TEXT, *indicator->unit ? " %.100s" : "%.100s", indicator->unit);
    return out;
  }
}

const char *meeting_write_value(const struct meeting *meeting, const struct meeting_indicator *indicator, double value,
                                char out[MEETING_TEXT]) {
  char number[64], unit[MEETING_TEXT];
  if (isnan(value)) return strcpy(out, "–");
  write_number(meeting, indicator, value, decimals_of(indicator), number);
  snprintf(out, MEETING_TEXT, "%s%.60s", number, unit_of(meeting, indicator, unit));
  return out;
}

const char *meeting_write_tick(const struct meeting *meeting, const struct meeting_indicator *indicator, double value,
                               char out[MEETING_TEXT]) {
  struct page page = page_of(meeting);
  bool is_share = indicator->kind == MEETING_SHARE;
  char number[64], unit[MEETING_TEXT];
  page_decimal(&page, is_share ? value * 100 : value, 0, AIM_DECIMALS, number);
  snprintf(out, MEETING_TEXT, "%s%s", number, is_share ? unit_of(meeting, indicator, unit) : "");
  return out;
}

const char *meeting_write_interval(const struct meeting *meeting, const struct meeting_indicator *indicator, double low,
                                   double high, char out[MEETING_TEXT]) {
  char from[64], to[64], unit[MEETING_TEXT];
  unsigned decimals = indicator->kind == MEETING_SHARE ? 0 : decimals_of(indicator);
  if (isnan(low) || isnan(high)) return strcpy(out, "");
  write_number(meeting, indicator, low, decimals, from);
  write_number(meeting, indicator, high, decimals, to);
  snprintf(out, MEETING_TEXT, "%.20s–%.20s%.60s", from, to, unit_of(meeting, indicator, unit));
  return out;
}

const char *meeting_write_change(const struct meeting *meeting, const struct meeting_indicator *indicator, double change,
                                 char out[MEETING_TEXT]) {
  char number[64], unit[MEETING_TEXT];
  if (isnan(change)) return strcpy(out, "–");
  write_number(meeting, indicator, fabs(change), decimals_of(indicator), number);
  bool is_none = strspn(number, "0.,") == strlen(number);
  const char *sign = is_none ? "±" : change < 0 ? "−" : "+";
  snprintf(out, MEETING_TEXT, indicator->kind == MEETING_SHARE ? _("%s%s percentage points") : "%s%s", sign, number);
  if (indicator->kind == MEETING_SHARE) return out;
  size_t length = strlen(out);
  snprintf(out + length, MEETING_TEXT - length, "%.60s", unit_of(meeting, indicator, unit));
  return out;
}

/* ── parameters ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A length of time; NULL where the words are of something else. */
static const char *write_duration(unsigned n, const char *unit, char out[MEETING_TEXT]) {
  if (strncmp(unit, "day", 3) == 0) snprintf(out, MEETING_TEXT, Q_("%u day", "%u days", n), n);
  else if (strncmp(unit, "week", 4) == 0) snprintf(out, MEETING_TEXT, Q_("%u week", "%u weeks", n), n);
  else if (strncmp(unit, "month", 5) == 0) snprintf(out, MEETING_TEXT, Q_("%u month", "%u months", n), n);
  else if (strncmp(unit, "year", 4) == 0) snprintf(out, MEETING_TEXT, Q_("%u year", "%u years", n), n);
  else return NULL;
  return out;
}

static const char *write_value(const struct meeting *meeting, const char *value, char out[MEETING_TEXT]) {
  size_t n_digits = strspn(value, "0123456789");
  if (n_digits > 0 && value[n_digits] == ' ' && write_duration((unsigned)strtoul(value, NULL, 10), value + n_digits + 1, out))
    return out;
  if (strcmp(value, "none yet") == 0)
    snprintf(out, MEETING_TEXT, "%s", P_("codes", "none yet"));
  else if (meeting->danish && n_digits > 0 && value[n_digits] == '.')
    snprintf(out, MEETING_TEXT, "%.*s,%.60s", (int)(n_digits < 20 ? n_digits : 20), value, value + n_digits + 1);
  else
    snprintf(out, MEETING_TEXT, "%.120s", value);
  return out;
}

const char *meeting_write_parameter(const struct meeting *meeting, const struct meeting_parameter *parameter,
                                    char out[MEETING_TEXT]) {
  return write_value(meeting, parameter->value, out);
}

const char *meeting_write_changed(const struct meeting *meeting, const struct meeting_parameter *parameter,
                                  char out[2 * MEETING_TEXT]) {
  char value[MEETING_TEXT], usual[MEETING_TEXT];
  write_value(meeting, parameter->value, value);
  if (!*parameter->usual) return strcpy(out, value);
  write_value(meeting, parameter->usual, usual);
  snprintf(out, 2 * MEETING_TEXT, _("%.100s (usually %.100s)"), value, usual);
  return out;
}

const char *meeting_parameter_title(const struct meeting_parameter *parameter) {
  return *parameter->title ? parameter->title : parameter->name;
}

char *meeting_changes(const struct meeting *meeting, const char *(*mark)(void *document, const char *title), void *document) {
  char *list = NULL, *text = NULL, value[2 * MEETING_TEXT];
  size_t length = 0, n = 0;
  FILE *out = open_memstream(&list, &length);
  if (!out) memory_exhausted();
  for (size_t i = 0; i < meeting->n_parameters; i++) {
    const struct meeting_parameter *parameter = &meeting->parameters[i];
    if (!parameter->is_set) continue;
    const char *title = meeting_parameter_title(parameter);
    fprintf(out, "%s%s %s", n++ ? "; " : "", mark ? mark(document, title) : title, meeting_write_changed(meeting, parameter, value));
  }
  if (fclose(out) != 0) memory_exhausted();
  if (n) {
    const char *sentence = _("Changed for this result: %s");
    length += strlen(sentence);
    text = memory_take(length, 1);
    snprintf(text, length, sentence, list);
  }
  free(list);
  return text;
}

/* ── dates and names ─────────────────────────────────────────────────────────────────────────────────────────────── */

const char *meeting_write_date(const struct meeting *meeting, int32_t date, char out[MEETING_TEXT]) {
  if (date == DATE_UNKNOWN || date == DATE_EVER) return strcpy(out, "–");
  return date_write(date, meeting->danish, out);
}

const char *meeting_write_cluster(const struct meeting *meeting, char out[MEETING_TEXT]) {
  if (*meeting->cluster)
    snprintf(out, MEETING_TEXT, _("Cluster %.100s"), meeting->cluster);
  else
    snprintf(out, MEETING_TEXT, "%s", _("All practices"));
  return out;
}

const char *meeting_caveat(const struct meeting *meeting) {
  (void)meeting;
  return _("Practices may differ because of their patients (age, illness, social conditions), because of how they treat, or "
           "because their patients are few. A figure does not show quality by itself.");
}

const char *meeting_write_hidden(const struct meeting *meeting, char out[MEETING_TEXT]) {
  *out = '\0';
  if (meeting->suppress > 0)
    snprintf(out, MEETING_TEXT, _("<%u and hidden: too few patients to show, or a number that would give them away"), meeting->suppress);
  return out;
}

/* ── lines ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Appends to a line as printf does, as far as there is room. */
static void add_to(char line[MEETING_LINE], const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add_to(char line[MEETING_LINE], const char *format, ...) {
  size_t length = strlen(line);
  va_list list;
  va_start(list, format);
  vsnprintf(line + length, MEETING_LINE - length, format, list);
  va_end(list);
}

const char *meeting_write_summary(const struct meeting *meeting, const struct meeting_indicator *indicator, char out[MEETING_LINE]) {
  const struct meeting_figure *all = &indicator->all;
  char value[MEETING_TEXT], text[MEETING_TEXT];
  *out = '\0';
  add_to(out, _("The cluster: %s, %s"), meeting_write_value(meeting, indicator, all->value, value),
         meeting_write_of(meeting, indicator, all, text));
  if (indicator->better != MEETING_UNSAID)
    add_to(out, " · %s", indicator->better == MEETING_LOWER ? _("↓ lower is better") : _("↑ higher is better"));
  if (all->unknown.state != COUNT_SHOWN || all->unknown.n > 0)
    add_to(out, _(" · unknown: %s"), meeting_write_count(meeting, all->unknown, text));
  if (meeting->before != DATE_UNKNOWN && !isnan(indicator->all_before.value))
    add_to(out, _(" · before: %s"), meeting_write_value(meeting, indicator, indicator->all_before.value, value));
  return out;
}

/* Whether there is a figure that may not be seen. */
static bool is_hidden(const struct meeting_figure *figure) {
  return isnan(figure->value) && (figure->denominator.state != COUNT_SHOWN || figure->numerator.state != COUNT_SHOWN);
}

const char *meeting_write_range(const struct meeting *meeting, const struct meeting_indicator *indicator, char out[MEETING_LINE]) {
  double low = NAN, high = NAN;
  char range[MEETING_TEXT];
  size_t n = 0, n_few = 0;
  *out = '\0';
  for (size_t i = 0; i < meeting->n_practices; i++) {
    const struct meeting_figure *figure = &indicator->practices[i];
    if (is_hidden(figure)) return out;
    if (isnan(figure->value)) continue;
    if (meeting_is_of_few(indicator, figure)) {
      n_few++;
      continue;
    }
    low = n == 0 || figure->value < low ? figure->value : low;
    high = n++ == 0 || figure->value > high ? figure->value : high;
  }
  if (n < 2) return out;
  meeting_write_interval(meeting, indicator, low, high, range);
  if (low == high) meeting_write_value(meeting, indicator, low, range);
  add_to(out, n_few ? _("practices of ten patients or more: %s") : _("practices: %s"), range);
  return out;
}

const char *meeting_question(size_t i) {
  static const char *const questions[MEETING_QUESTIONS] = {
      N_("Which change is easiest, and which matters most?"), N_("How will you do it, and who?"),
      N_("What can you share with each other?"), N_("What do you take home?")};
  return _(questions[i]);
}

/* ── order ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether practice a stands after practice b, which comes before it among the labels. */
static bool is_after(const struct meeting_indicator *indicator, size_t a, size_t b) {
  double left = indicator->practices[a].value, right = indicator->practices[b].value;
  if (isnan(left) || isnan(right)) return isnan(left) && !isnan(right);
  return left > right;
}

void meeting_sort(const struct meeting *meeting, const struct meeting_indicator *indicator, size_t *order) {
  for (size_t i = 0; i < meeting->n_practices; i++) {
    size_t place = i;
    for (; place > 0 && is_after(indicator, order[place - 1], i); place--) order[place] = order[place - 1];
    order[place] = i;
  }
}
