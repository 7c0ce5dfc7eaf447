/* used.c: what an indicator is made of, each once. */
#include <string.h>
#include "lang/explain/outline.h"

static bool has(const void *list, size_t n, const void *one) {
  const void *const *all = list;
  for (size_t i = 0; i < n; i++)
    if (all[i] == one) return true;
  return false;
}

void *used_add(void *list, size_t *n, const void *one) {
  const void **all = memory_grow(list, *n + 1, sizeof *all);
  all[(*n)++] = one;
  return all;
}

static void add_parameter(struct used *used, const struct parameter *parameter) {
  if (!parameter || has(used->parameters, used->n_parameters, parameter)) return;
  used->parameters = used_add(used->parameters, &used->n_parameters, parameter);
}

/* ── code sets ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void sets_within(struct used *used, const struct code_set *set) {
  for (size_t i = 0; i < set->n_parts; i++) {
    const struct code_part *part = &set->parts[i];
    for (size_t j = 0; j < part->n_matches; j++)
      if (part->matches[j].kind == MATCHES_SET) used_by_set(used, part->matches[j].set);
    for (size_t j = 0; j < part->n_excepts; j++)
      if (part->excepts[j].kind == MATCHES_SET) used_by_set(used, part->excepts[j].set);
  }
}

void used_by_set(struct used *used, const struct code_set *set) {
  if (has(used->sets, used->n_sets, set)) return;
  if (set->name) used->sets = used_add(used->sets, &used->n_sets, set);
  sets_within(used, set);
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void used_by_limits(struct used *used, const struct limit *limits, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (limits[i].low) used_by(used, limits[i].low);
    if (limits[i].high) used_by(used, limits[i].high);
  }
}

void used_by_measure(struct used *used, const struct stream *measure) {
  if (has(used->measures, used->n_measures, measure)) return;
  used->measures = used_add(used->measures, &used->n_measures, measure);
  used_by_limits(used, measure->usual, measure->n_usual);
  for (size_t i = 0; i < measure->n_parts; i++)
    if (measure->parts[i].set) sets_within(used, measure->parts[i].set);
}

/* Whether the same is looked at in the same window, as far as words go. */
static bool same_rows(const struct rows *a, const struct rows *b) {
  return strcmp(a->stream->name, b->stream->name) == 0 && strcmp(explain_window(a), explain_window(b)) == 0;
}

static void used_by_rows(struct used *used, const struct rows *rows) {
  bool is_new = true;
  for (size_t i = 0; i < used->n_rows; i++) is_new = is_new && !same_rows(used->rows[i], rows);
  if (is_new) used->rows = used_add(used->rows, &used->n_rows, rows);
  add_parameter(used, rows->apart_parameter);
  used_by_limits(used, rows->limits, rows->n_limits);
  if (rows->stream->kind == STREAM_SERIES)
    used_by_measure(used, rows->stream);
  else if (rows->stream->parts[0].set)
    sets_within(used, rows->stream->parts[0].set);
}

/* ── expressions ─────────────────────────────────────────────────────────────────────────────────────────────────── */

void used_by(struct used *used, const struct expr *expr) {
  add_parameter(used, expr->parameter);
  if (expr->kind == EXPR_defined) {
    if (has(used->definitions, used->n_definitions, expr->definition)) return;
    used->definitions = used_add(used->definitions, &used->n_definitions, expr->definition);
    used_by(used, expr->definition->value);
    return;
  }
  if (expr->rows) used_by_rows(used, expr->rows);
  for (size_t i = 0; i < expr->n_args; i++) used_by(used, expr->args[i]);
}

static void used_by_strata(struct used *used, const struct stratum *const *strata, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (strata[i]->value) used_by(used, strata[i]->value);
}

void used_by_indicator(struct used *used, const struct indicator *indicator) {
  if (indicator->denominator) used_by(used, indicator->denominator);
  if (indicator->numerator) used_by(used, indicator->numerator);
  if (indicator->value) used_by(used, indicator->value);
  used_by_strata(used, indicator->by, indicator->n_by);
  used_by_strata(used, indicator->adjust, indicator->n_adjust);
}
