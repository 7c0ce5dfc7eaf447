/* unknown.c: why an outcome or a value may be unknown. Events are never unknown: no row means no. What may be missing is a
 * measurement, a date, or what is said of the patient; and a result written <5 or >90 may lie on both sides of a limit. */
#include <string.h>
#include "lang/explain/outline.h"

/* What is missing in the same way is told in one reason. */
struct reason {
  const char *window; /* of measurements that are missing; NULL of all other reasons */
  const char *words;  /* all of it, where it is of one thing alone */
  const char *what;   /* the names of the things, with commas */
  size_t n;
};

struct reasons {
  struct reason *all;
  size_t n;
  const struct expr **given; /* conditions that all hold */
  size_t n_given;
  const struct definition **seen; /* definitions that were followed: rules may use one many times over */
  size_t n_seen;
  const char *censored; /* the names of the measures of which a result may be written with < or > */
};

static struct reason *give(struct reasons *reasons, const char *words) {
  for (size_t i = 0; i < reasons->n; i++)
    if (strcmp(reasons->all[i].words, words) == 0) return NULL;
  reasons->all = memory_grow(reasons->all, reasons->n + 1, sizeof *reasons->all);
  reasons->all[reasons->n] = (struct reason){.words = words};
  return &reasons->all[reasons->n++];
}

/* Whether a name is one of those in a list with commas. */
static bool is_listed(const char *list, const char *name) {
  size_t length = strlen(name);
  for (const char *at = list; at && (at = strstr(at, name)); at += length)
    if ((at == list || at[-1] == ' ') && (at[length] == ',' || !at[length])) return true;
  return false;
}

static const char *listed(const char *list, const char *name) {
  return !list ? name : is_listed(list, name) ? list : memory_print("%s, %s", list, name);
}

/* A measure that is not measured in a window. */
static void give_missing(struct reasons *reasons, const struct rows *rows) {
  const char *window = explain_window(rows), *name = stream_words(rows->stream);
  for (size_t i = 0; i < reasons->n; i++) {
    struct reason *reason = &reasons->all[i];
    if (!reason->window || strcmp(reason->window, window) != 0) continue;
    reason->n += !is_listed(reason->what, name);
    reason->what = listed(reason->what, name);
    return;
  }
  struct reason *reason = give(reasons, any_row_words(rows, true));
  if (!reason) return;
  reason->window = window;
  reason->what = name;
  reason->n = 1;
}

static const char *reason_words(const struct reason *reason) {
  if (reason->n < 2) return reason->words;
  if (!*reason->window) return memory_print(_("one of these is not measured: %s"), reason->what);
  return memory_print(_("one of these is not measured %1$s: %2$s"), reason->window, reason->what);
}

/* ── what is given ───────────────────────────────────────────────────────────────────────────────────────────────── */

static bool looks_at(const struct rows *a, const struct rows *b) {
  return a->stream == b->stream && strcmp(explain_window(a), explain_window(b)) == 0;
}

static bool is_value_of(const struct expr *expr, const struct rows *rows) {
  expr = outline_core(expr);
  return expr->kind == EXPR_figure && !expr->rows->cut && looks_at(expr->rows, rows);
}

/* Whether a definition is followed for the first time. */
static bool is_new(struct reasons *reasons, const struct definition *definition) {
  for (size_t i = 0; i < reasons->n_seen; i++)
    if (reasons->seen[i] == definition) return false;
  reasons->seen = used_add(reasons->seen, &reasons->n_seen, definition);
  return true;
}

/* All that holds where a condition does, each condition for itself. */
static void take_as_given(struct reasons *reasons, const struct expr *given) {
  if (given->kind == EXPR_defined) {
    if (is_new(reasons, given->definition)) take_as_given(reasons, given->definition->value);
  } else if (given->kind == EXPR_and) {
    for (size_t i = 0; i < given->n_args; i++) take_as_given(reasons, given->args[i]);
  } else {
    reasons->given = used_add(reasons->given, &reasons->n_given, given);
  }
}

/* Whether a condition that holds shows that there are at least n values. */
static bool shows(const struct expr *given, const struct rows *rows, int32_t n) {
  switch (given->kind) {
  case EXPR_any_row: return n <= 1 && looks_at(given->rows, rows);
  case EXPR_compare: {
    const struct expr *a = given->args[0], *b = given->args[1];
    bool counts = a->kind == EXPR_count && b->kind == EXPR_number && !a->rows->cut && looks_at(a->rows, rows);
    if (counts && given->comparison == COMPARE_AT_LEAST) return b->number >= n;
    if (counts && given->comparison == COMPARE_ABOVE) return b->number + 1 >= n;
    return n <= 1 && (is_value_of(a, rows) || is_value_of(b, rows));
  }
  case EXPR_is_known:
  case EXPR_between: return n <= 1 && is_value_of(given->args[0], rows);
  case EXPR_each: return (given->rows->cut ? given->rows->n : 1) >= n && looks_at(given->rows, rows);
  default: return false;
  }
}

/* ── reasons ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void reasons_of(struct reasons *reasons, const struct expr *expr);

static void window_reasons(struct reasons *reasons, const struct rows *rows) {
  for (size_t i = 0; i < rows->n_limits; i++) {
    if (rows->limits[i].low) reasons_of(reasons, rows->limits[i].low);
    if (rows->limits[i].high) reasons_of(reasons, rows->limits[i].high);
  }
}

static void missing_values(struct reasons *reasons, const struct rows *rows) {
  int32_t n = rows->cut ? rows->n : 1;
  window_reasons(reasons, rows);
  for (size_t i = 0; i < reasons->n_given; i++)
    if (!rows->apart.n && shows(reasons->given[i], rows, n)) return;
  struct rows uncut = *rows;
  uncut.cut = CUT_NONE;
  if (n == 1) {
    give_missing(reasons, &uncut);
    return;
  }
  const char *few = times_words(&uncut, COMPARE_BELOW, n);
  give(reasons, rows->apart.n ? memory_print(_("%1$s at least %2$s apart"), few, duration_words(rows->apart)) : few);
}

/* A value that keeps its sign when it is taken. */
static void censored(struct reasons *reasons, const struct expr *side) {
  side = outline_core(side);
  bool keeps = side->kind == EXPR_figure && side->figure <= FIGURE_LOWEST;
  if (!keeps && side->kind != EXPR_each) return;
  reasons->censored = listed(reasons->censored, stream_words(side->rows->stream));
}

static void compare_reasons(struct reasons *reasons, const struct expr *expr) {
  for (size_t i = 0; i < expr->n_args; i++) reasons_of(reasons, expr->args[i]);
  for (size_t i = 0; i < expr->n_args; i++) censored(reasons, expr->args[i]);
}

static void reasons_of(struct reasons *reasons, const struct expr *expr) {
  switch (expr->kind) {
  case EXPR_is_known:
  case EXPR_is_true: return; /* never unknown */
  case EXPR_defined:
    if (is_new(reasons, expr->definition)) reasons_of(reasons, expr->definition->value);
    return;
  case EXPR_column: give(reasons, memory_print(_("%s is not in the data"), column_words(expr->column))); return;
  case EXPR_any_row:
  case EXPR_count: window_reasons(reasons, expr->rows); return;
  case EXPR_figure: missing_values(reasons, expr->rows); return;
  case EXPR_each:
    missing_values(reasons, expr->rows);
    compare_reasons(reasons, expr);
    censored(reasons, expr);
    return;
  case EXPR_change:
    window_reasons(reasons, expr->rows);
    give(reasons, memory_print(_("there are no two measurements of %1$s at least %2$s apart"),
                               stream_words(expr->rows->stream), duration_words(expr->duration)));
    return;
  case EXPR_row_date:
    window_reasons(reasons, expr->rows);
    if (expr->rows->stream->kind == STREAM_SERIES)
      missing_values(reasons, expr->rows);
    else
      give(reasons, any_row_words(expr->rows, true));
    return;
  case EXPR_compare:
  case EXPR_between:
  case EXPR_in: compare_reasons(reasons, expr); return;
  case EXPR_choose: /* a condition that is unknown is passed over */
    for (size_t i = 0; i < expr->n_args; i += 2) reasons_of(reasons, expr->args[i]);
    return;
  case EXPR_otherwise: reasons_of(reasons, expr->args[1]); return;
  case EXPR_divide: {
    bool by_constant = expr->args[1]->kind == EXPR_number && expr->args[1]->number != 0;
    reasons_of(reasons, expr->args[0]);
    reasons_of(reasons, expr->args[1]);
    if (!by_constant) give(reasons, _("it would be divided by 0"));
    return;
  }
  default:
    for (size_t i = 0; i < expr->n_args; i++) reasons_of(reasons, expr->args[i]);
  }
}

const char **unknown_reasons(const struct expr *expr, const struct expr *given, size_t *n) {
  struct reasons reasons = {0};
  if (given) take_as_given(&reasons, given);
  reasons.n_seen = 0;
  reasons_of(&reasons, expr);
  if (reasons.censored)
    give(&reasons,
         memory_print(_("a result is written with < or >, as >90 is, and may lie on either side of the limit: %s"),
                      reasons.censored));
  const char **words = NEW_ARRAY(const char *, reasons.n + 1);
  for (size_t i = 0; i < reasons.n; i++) words[i] = reason_words(&reasons.all[i]);
  *n = reasons.n;
  return words;
}
