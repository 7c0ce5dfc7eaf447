/* windows.c: windows side by side, and those that look back longer than their measure. */
#include "lang/lint/windows.h"
#include "lang/lint/inner.h"
#include "lang/lint/same.h"

/* How far back from the index date a window begins; false where it begins elsewhere. */
static bool is_back(const struct expr *low, struct duration *duration) {
  if (!low || low->kind != EXPR_earlier || low->args[0]->kind != EXPR_index) return false;
  *duration = low->duration;
  return true;
}

/* Whether a is certainly longer than b: a month has 28 days at least and 31 at most. */
static bool is_longer(struct duration a, struct duration b) {
  static const double least[] = {1, 7, 28, 365}, most[] = {1, 7, 31, 366}, same[] = {1, 7, 1, 12};
  if ((a.unit >= DURATION_MONTHS) == (b.unit >= DURATION_MONTHS)) return a.n * same[a.unit] > b.n * same[b.unit];
  return a.n * least[a.unit] > b.n * most[b.unit];
}

static bool is_same_limit(const struct limit *a, const struct limit *b) {
  if (!a->low != !b->low || !a->high != !b->high) return false;
  return (!a->low || same_hash(a->low) == same_hash(b->low)) && (!a->high || same_hash(a->high) == same_hash(b->high));
}

/* Whether a limit lets through only what another does. */
static bool is_within(const struct limit *a, const struct limit *b) {
  struct duration near, far;
  if (is_same_limit(a, b)) return true;
  if (b->high || !a->low || !b->low) return false;
  if (is_back(a->low, &near) && is_back(b->low, &far)) return is_longer(far, near);
  return a->low->kind == EXPR_date && b->low->kind == EXPR_date && a->low->date >= b->low->date;
}

/* All limits must hold, so a window lies in another where for each of the other's limits it has one within it. */
static bool lies_in(const struct limit *a, size_t n_a, const struct limit *b, size_t n_b) {
  for (size_t i = 0; i < n_b; i++) {
    size_t j = 0;
    while (j < n_a && !is_within(&a[j], &b[i])) j++;
    if (j == n_a) return false;
  }
  return true;
}

enum windows windows_compare(const struct limit *a, size_t n_a, const struct limit *b, size_t n_b) {
  if (a == b && n_a == n_b) return WINDOWS_SAME;
  bool inside = lies_in(a, n_a, b, n_b), around = lies_in(b, n_b, a, n_a);
  return inside && around ? WINDOWS_SAME : inside ? WINDOWS_INSIDE : around ? WINDOWS_AROUND : WINDOWS_OTHER;
}

/* ── longer than the measure's own ───────────────────────────────────────────────────────────────────────────────── */

/* What says how a patient is now: the latest value, and whether there is one. What is asked of many values (highest, count
 * of, mean of, a cut) looks at the past on purpose. */
static bool is_of_now(const struct expr *expr) {
  const struct rows *rows = expr->rows;
  if (!rows || rows->cut || rows->stream->kind != STREAM_SERIES) return false;
  return expr->kind == EXPR_any_row || (expr->kind == EXPR_figure && expr->figure == FIGURE_LATEST);
}

static void check_window(void *context, const struct expr *expr) {
  const struct lint *lint = context;
  struct duration own, said;
  if (!is_of_now(expr)) return;
  const struct rows *rows = expr->rows;
  const struct stream *stream = rows->stream;
  if (rows->limits == stream->usual || rows->n_limits != 1 || stream->n_usual != 1) return;
  const struct expr *low = rows->limits[0].low;
  if (rows->limits[0].high || !is_back(low, &said) || !is_back(stream->usual[0].low, &own) || !is_longer(said, own))
    return;
  lint_warn(lint, PROBLEM_longer_window, low->source, low->at,
            "leave it out, or allow it and say why it may look back longer",
            "a value of `%s` counts `%s`, as its measure says, and this is longer", stream->name,
            lint_words(stream->usual[0].low->source, stream->usual[0].low->at));
}

void lint_windows(const struct lint *lint) { lint_walk(lint->program, check_window, (void *)lint); }
