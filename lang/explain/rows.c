/* rows.c: rows and their windows in words: what a patient has had, and when. */
#include <string.h>
#include "lang/explain/phrases.h"

/* ── windows ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A day that is so long before the index date. */
static bool is_back_from_index(const struct expr *expr) {
  return expr && expr->kind == EXPR_earlier && expr->args[0]->kind == EXPR_index && expr->duration.n >= 0;
}

/* `before D` ends the day before D, and `after D` begins the day after it; gives D, or NULL. */
static const struct expr *beyond(const struct expr *expr, int days) {
  bool is = expr && expr->kind == EXPR_earlier && expr->duration.unit == DURATION_DAYS && expr->duration.n == days;
  return is ? expr->args[0] : NULL;
}

static const char *limit_words(const struct limit *limit) {
  const struct expr *low = limit->low, *high = limit->high;
  if (low && !high) {
    if (is_back_from_index(low)) return memory_print(_("within %s"), duration_words(low->duration));
    const struct expr *after = beyond(low, -1);
    if (after) return memory_print(_("after %s"), value_words(after, NULL));
    return memory_print(_("from %s on"), value_words(low, NULL));
  }
  if (!low) {
    const struct expr *before = beyond(high, 1);
    if (before) return memory_print(_("before %s"), value_words(before, NULL));
    return memory_print(_("up to and including %s"), value_words(high, NULL));
  }
  if (low->kind == EXPR_index && high->kind == EXPR_index) return _("at the index date");
  if (is_back_from_index(low) && is_back_from_index(high)) {
    if (low->duration.unit == high->duration.unit)
      return memory_print(_("between %1$s and %2$s before the index date"), number_words(high->duration.n),
                          duration_words(low->duration));
    return memory_print(_("between %1$s and %2$s before the index date"), duration_words(high->duration),
                        duration_words(low->duration));
  }
  return memory_print(_("from %1$s up to and including %2$s"), value_words(low, NULL), value_words(high, NULL));
}

bool window_is_usual(const struct rows *rows) {
  const struct stream *stream = rows->stream;
  return rows->n_limits == stream->n_usual && (rows->limits == stream->usual || !rows->n_limits);
}

const char *limits_words(const struct limit *limits, size_t n) {
  const char *text = limit_words(&limits[0]);
  for (size_t i = 1; i < n; i++) text = memory_print(_("%1$s and %2$s"), text, limit_words(&limits[i]));
  return text;
}

const char *explain_window(const struct rows *rows) {
  if (!rows->n_limits) return rows->stream->n_usual ? P_("a window without limits", "ever") : "";
  return limits_words(rows->limits, rows->n_limits);
}

static const char *with_window(const char *text, const struct rows *rows) {
  const char *window = explain_window(rows);
  return *window ? memory_print(_("%1$s %2$s"), text, window) : text;
}

static const char *with_apart(const char *text, const struct rows *rows) {
  return rows->apart.n ? memory_print(_("%1$s at least %2$s apart"), text, duration_words(rows->apart)) : text;
}

const char *cut_words(const struct rows *rows) {
  const char *format = rows->cut == CUT_FIRST ? Q_("the earliest %d", "the earliest %d", rows->n)
                                              : Q_("the latest %d", "the latest %d", rows->n);
  return with_apart(memory_print(format, rows->n), rows);
}

const char *measurements_words(const struct rows *rows) {
  int n = rows->n;
  const char *name = stream_words(rows->stream);
  if (!rows->cut) return memory_print(_("the measurements of %s"), name);
  const char *format = rows->cut == CUT_FIRST
                           ? Q_("the earliest %1$d measurement of %2$s", "the earliest %1$d measurements of %2$s", n)
                           : Q_("the latest %1$d measurement of %2$s", "the latest %1$d measurements of %2$s", n);
  return with_apart(memory_print(format, n, name), rows);
}

/* ── events ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct table_words {
  const char *name;
  const char *any, *none, *any_of, *none_of, *any_of_these, *none_of_these;
  const char *number, *number_of, *first, *first_of, *latest, *latest_of;
};
static const struct table_words tables[] = {
#define TABLE(name, ...) {#name, __VA_ARGS__},
#include "tables.def"
#undef TABLE
};
enum { OTHER = sizeof tables / sizeof *tables - 1, SPANS = OTHER - 1 };

static const struct table_words *words_of(const struct stream *stream) {
  if (stream->kind == STREAM_SPANS) return &tables[SPANS];
  for (int i = 0; i < SPANS; i++)
    if (strcmp(tables[i].name, stream->parts[0].table->name) == 0) return &tables[i];
  return &tables[OTHER];
}

const char *stream_words(const struct stream *stream) { return title_words(stream->title, stream->name); }

const char **sought_words(const struct stream *stream, size_t *n) {
  const struct code_set *all = stream->parts[0].set;
  *n = all ? all->n_parts : 0;
  const char **words = NEW_ARRAY(const char *, *n + 1);
  for (size_t i = 0; i < *n; i++) {
    const struct code_match *match = &all->parts[i].matches[0];
    words[i] = match->kind == MATCHES_SET ? title_words(match->set->title, match->set->name)
                                          : memory_print(_("“%s”"), match->a);
  }
  return words;
}

/* A form of the table's, filled in: with the codes, and before them the title where the form asks for one. */
static const char *fill(const struct stream *stream, const char *plain, const char *with_codes) {
  size_t n;
  const char **sought = sought_words(stream, &n), *codes = either_words(sought, n);
  const char *title = stream->title && *stream->title ? stream->title : stream->name;
  if (words_of(stream) >= &tables[SPANS]) return memory_print(_(n ? with_codes : plain), title, codes);
  return n ? memory_print(_(with_codes), codes) : _(plain);
}

const char *any_row_words(const struct rows *rows, bool negated) {
  const struct stream *stream = rows->stream;
  if (stream->kind == STREAM_SERIES)
    return with_window(memory_print(negated ? _("%s is not measured") : _("%s is measured"), stream_words(stream)),
                       rows);
  const struct table_words *words = words_of(stream);
  return with_window(negated ? fill(stream, words->none, words->none_of) : fill(stream, words->any, words->any_of),
                     rows);
}

const char *any_of_these_words(const struct rows *rows, bool negated) {
  const struct table_words *words = words_of(rows->stream);
  const char *form = negated ? words->none_of_these : words->any_of_these;
  return memory_print(_("%s:"), with_window(fill(rows->stream, form, form), rows));
}

/* ── how often ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *times(enum comparison comparison, double n) {
  const char *number = number_words(n);
  unsigned plural = n == 1 ? 1 : 2;
  switch (comparison) {
  case COMPARE_BELOW: return memory_print(Q_("fewer than %s time", "fewer than %s times", plural), number);
  case COMPARE_AT_MOST: return memory_print(Q_("at most %s time", "at most %s times", plural), number);
  case COMPARE_ABOVE: return memory_print(Q_("more than %s time", "more than %s times", plural), number);
  case COMPARE_AT_LEAST: return memory_print(Q_("at least %s time", "at least %s times", plural), number);
  case COMPARE_EQUAL: return memory_print(Q_("exactly %s time", "exactly %s times", plural), number);
  default: return memory_print(Q_("not exactly %s time", "not exactly %s times", plural), number);
  }
}

const char *times_words(const struct rows *rows, enum comparison comparison, double n) {
  const struct stream *stream = rows->stream;
  size_t n_sought;
  sought_words(stream, &n_sought);
  if (rows->cut || n_sought > 1 || stream->kind == STREAM_SPANS) return NULL;
  const struct table_words *words = words_of(stream);
  const char *has = stream->kind == STREAM_SERIES ? memory_print(_("%s is measured"), stream_words(stream))
                                                  : fill(stream, words->any, words->any_of);
  return with_window(memory_print(_("%1$s %2$s"), has, times(comparison, n)), rows);
}

const char *number_of_rows_words(const struct rows *rows) {
  const struct stream *stream = rows->stream;
  if (stream->kind == STREAM_SERIES) {
    const char *number = memory_print(_("the number of measurements of %s"), stream_words(stream));
    if (rows->cut) number = memory_print(_("%1$s, counting only %2$s"), number, cut_words(rows));
    return with_window(number, rows);
  }
  const struct table_words *words = words_of(stream);
  return with_window(fill(stream, words->number, words->number_of), rows);
}

/* ── dates ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

const char *row_date_words(const struct rows *rows, enum figure figure) {
  static const char *const of_series[] = {N_("the date of the latest %s"), N_("the date of the earliest %s"),
                                          N_("the date of the highest %s"), N_("the date of the lowest %s")};
  const struct stream *stream = rows->stream;
  const struct table_words *words = words_of(stream);
  const char *window = explain_window(rows);
  const char *text = stream->kind == STREAM_SERIES ? memory_print(_(of_series[figure]), stream_words(stream))
                     : figure == FIGURE_EARLIEST   ? fill(stream, words->first, words->first_of)
                                                   : fill(stream, words->latest, words->latest_of);
  if (rows->cut) text = memory_print(_("%1$s among %2$s"), text, cut_words(rows));
  return *window && !window_is_usual(rows) ? memory_print(_("%1$s %2$s"), text, window) : text;
}
