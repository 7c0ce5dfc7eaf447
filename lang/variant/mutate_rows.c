/* mutate_rows.c: the mutants of what is asked of rows: their windows, which of them is taken, and how many. */
#include "lang/memory.h"
#include "lang/variant/inner.h"

static struct mutant mutant_of(const struct expr *expr, enum mutant_kind kind, int32_t step) {
  return (struct mutant){.kind = kind, .source = expr->source, .site = expr->at, .at = expr->at, .step = step};
}

/* ── windows ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_end(struct mutants *mutants, const struct expr *said, enum mutant_kind kind, int32_t step) {
  struct mutant mutant = mutant_of(said, kind, step);
  mutant.form = kind == MUTANT_begins ? (step < 0 ? FORM_BEGINS_EARLIER : FORM_BEGINS_LATER)
                                      : (step < 0 ? FORM_ENDS_EARLIER : FORM_ENDS_LATER);
  mutant_add(mutants, mutant);
}

/* A window whose last day is not said ends at the index date, after which nothing is. Spans without a window are looked at
 * on the index date, which nobody wrote. */
void mutate_limit(void *context, const struct limit *limit) {
  struct mutants *mutants = context;
  if (limit->low && limit->low == limit->high) return;
  if (limit->low) {
    add_end(mutants, limit->low, MUTANT_begins, -1);
    add_end(mutants, limit->low, MUTANT_begins, 1);
  }
  add_end(mutants, limit->high ? limit->high : limit->low, MUTANT_ends, -1);
  if (limit->high) add_end(mutants, limit->high, MUTANT_ends, 1);
}

/* ── figures and cuts ────────────────────────────────────────────────────────────────────────────────────────────── */

/* The tokens of figures, in the order of enum figure; then how dates of events say the first two. */
static const char *const figures[] = {"LATEST", "EARLIEST", "HIGHEST", "LOWEST", "MEAN_OF", "MEDIAN_OF", "SUM_OF"};

static void figure_of(struct mutants *mutants, const struct expr *expr) {
  static const enum figure others[] = {FIGURE_EARLIEST, FIGURE_LATEST, FIGURE_LOWEST, FIGURE_HIGHEST,
                                       FIGURE_MEDIAN,   FIGURE_MEAN,   FIGURE_MEAN};
  enum figure other = others[expr->figure];
  enum language language = words_language(expr->source);
  struct mutant mutant = mutant_of(expr, MUTANT_figure, (int32_t)other);
  struct place at;
  const char *other_word = parse_spelling(figures[other], language);
  if (words_find(expr->source, expr->at.from, expr->at.to, figures[expr->figure], &at)) {
    mutant_becomes(mutants, mutant, at, other_word);
  } else if (expr->kind == EXPR_row_date) { /* first diagnosis = …, last hba1c */
    bool first = expr->figure == FIGURE_EARLIEST;
    if (words_find(expr->source, expr->at.from, expr->at.to, first ? "FIRST" : "LAST", &at))
      mutant_becomes(mutants, mutant, at, parse_spelling(first ? "LAST" : "FIRST", language));
  } else { /* a measure's name alone is its latest value */
    mutant_becomes(mutants, mutant, expr->at, memory_print("%s %s", other_word, words_at(expr->source, expr->at)));
  }
}

/* Where a cut says its end and its number. */
static bool find_cut(const struct expr *expr, const struct rows *rows, struct place *end, struct place *number) {
  const char *token = rows->cut == CUT_FIRST ? "FIRST" : "LAST";
  for (size_t from = expr->at.from; words_find(expr->source, from, expr->at.to, token, end); from = end->to)
    if (words_number(expr->source, end->to, expr->at.to, number) && number->from - end->to <= 2) return true;
  return false;
}

static void cut_of(struct mutants *mutants, const struct expr *expr, const struct rows *rows) {
  struct place end, number;
  if (!find_cut(expr, rows, &end, &number)) return;
  enum language language = words_language(expr->source);
  struct mutant turned = mutant_of(expr, MUTANT_cut_end, 0);
  mutant_becomes(mutants, turned, end, parse_spelling(rows->cut == CUT_FIRST ? "LAST" : "FIRST", language));
  for (int step = -1; step <= 1; step += 2)
    if (rows->n + step > 0)
      mutant_becomes(mutants, mutant_of(expr, MUTANT_cut, step), number, memory_print("%d", rows->n + step));
}

static void lengths_of(struct mutants *mutants, const struct expr *expr, enum mutant_kind kind, struct place at) {
  for (int step = -1; step <= 1; step += 2) {
    struct mutant mutant = mutant_of(expr, kind, step);
    mutant.at = at;
    mutant.form = step < 0 ? FORM_SHORTER : FORM_LONGER;
    mutant_add(mutants, mutant);
  }
}

void mutate_rows(void *context, const struct expr *expr, const struct rows *rows) {
  struct mutants *mutants = context;
  if (expr->kind == EXPR_figure || expr->kind == EXPR_row_date) figure_of(mutants, expr);
  if (expr->kind == EXPR_change) {
    struct place over = expr->at;
    words_find(expr->source, expr->at.from, expr->at.to, "OVER", &over);
    lengths_of(mutants, expr, MUTANT_over, (struct place){over.from, expr->at.to});
  }
  if (rows->cut) cut_of(mutants, expr, rows);
  if (rows->apart.n) lengths_of(mutants, expr, MUTANT_apart, rows->apart_at);
  if (rows->apart_parameter) {
    const struct expr *said = rows->apart_parameter->value;
    mutant_nudges(mutants, mutant_of(said, MUTANT_number, 0));
  }
}
