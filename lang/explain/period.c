/* period.c: windows with their first and last day. */
#include <string.h>
#include "lang/explain/outline.h"

/* ── days ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The day that a date stands for where no patient needs to be asked; DATE_UNKNOWN else. */
static int32_t day_of(const struct expr *expr, int32_t as_of) {
  switch (expr->kind) {
  case EXPR_index: return as_of;
  case EXPR_date: return expr->date;
  case EXPR_defined: return day_of(expr->definition->value, as_of);
  case EXPR_earlier: {
    struct duration back = expr->duration;
    int32_t date = day_of(expr->args[0], as_of);
    if (date == DATE_UNKNOWN) return DATE_UNKNOWN;
    switch (back.unit) {
    case DURATION_DAYS: return date_days_back(date, back.n);
    case DURATION_WEEKS: return date_days_back(date, 7 * (int64_t)back.n);
    case DURATION_MONTHS: return date_months_back(date, back.n);
    default: return date_months_back(date, 12 * (int64_t)back.n);
    }
  }
  default: return DATE_UNKNOWN;
  }
}

/* The first and the last day of a window, both included; the first is DATE_EVER where there is none. False where they
 * are not the same for all patients. */
static bool days_of(const struct limit *limits, size_t n, int32_t as_of, int32_t *first, int32_t *last) {
  *first = DATE_EVER;
  *last = as_of;
  for (size_t i = 0; i < n; i++) {
    int32_t low = limits[i].low ? day_of(limits[i].low, as_of) : DATE_EVER;
    int32_t high = limits[i].high ? day_of(limits[i].high, as_of) : as_of;
    if (low == DATE_UNKNOWN || high == DATE_UNKNOWN) return false;
    if (low > *first) *first = low;
    if (high < *last) *last = high;
  }
  return as_of != DATE_UNKNOWN;
}

/* ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *window_words(const struct limit *limits, size_t n) {
  const struct expr *low = n == 1 ? limits[0].low : NULL;
  bool back =
      low && !limits[0].high && low->kind == EXPR_earlier && low->args[0]->kind == EXPR_index && low->duration.n >= 0;
  if (n == 0) return _("at any time up to and including the index date");
  if (back) return memory_print(_("within %s before the index date"), duration_words(low->duration));
  return limits_words(limits, n);
}

const char *period_words(const struct limit *limits, size_t n_limits, int32_t as_of) {
  const char *window = window_words(limits, n_limits);
  int32_t first, last;
  if (!days_of(limits, n_limits, as_of, &first, &last)) return window;
  if (first > last) return memory_print(_("%s (no day for this index date)"), window);
  if (first == last) return memory_print(_("%1$s (%2$s)"), window, date_words(last));
  if (first == DATE_EVER) return memory_print(_("%1$s (the last day is %2$s)"), window, date_words(last));
  return memory_print(_("%1$s (from %2$s to %3$s, both days included)"), window, date_words(first), date_words(last));
}

const char *period_usual(const struct stream *measure, int32_t as_of) {
  return period_words(measure->usual, measure->n_usual, as_of);
}

/* ── what counts when ────────────────────────────────────────────────────────────────────────────────────────────── */

const char *explain_rows(const struct rows *rows) {
  const struct stream *stream = rows->stream;
  size_t n = 0;
  const char *title = stream->title && *stream->title ? stream->title : stream->name;
  if (stream->kind == STREAM_SERIES) return stream_words(stream);
  const char **sought = sought_words(stream, &n);
  return n ? memory_print(_("%1$s: %2$s"), title, either_words(sought, n)) : title;
}

/* One item for each window, and in it all that is looked at there. */
struct part *period_part(const struct used *used, int32_t as_of) {
  if (!used->n_rows) return NULL;
  struct part *part = part_make("periods", _("When"), NULL);
  for (size_t i = 0; i < used->n_rows; i++) {
    const struct rows *rows = used->rows[i];
    const char *words = capital(period_words(rows->limits, rows->n_limits, as_of)), *what = explain_rows(rows);
    struct part *item = NULL;
    for (size_t j = 0; j < part->n_parts && !item; j++)
      if (strcmp(part->parts[j]->label, words) == 0) item = part->parts[j];
    if (!item)
      part_add(part, part_make(NULL, words, what));
    else if (!strstr(item->text, what))
      item->text = memory_print(_("%1$s; %2$s"), item->text, what);
  }
  return part;
}
