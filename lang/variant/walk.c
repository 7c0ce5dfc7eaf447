/* walk.c: everything that expressions are made of, each once: definitions and default windows are shared, and so is much
 * that they say. */
#include "lang/memory.h"
#include "lang/variant/inner.h"

struct walking {
  const struct visitor *visitor;
  const void **seen; /* a hash table of pointers */
  size_t n, n_slots;
};

static size_t slot_of(const void **seen, size_t n_slots, const void *what) {
  size_t i = ((uintptr_t)what >> 4) * 0x9E3779B97F4A7C15u >> 20 & (n_slots - 1);
  while (seen[i] && seen[i] != what) i = (i + 1) & (n_slots - 1);
  return i;
}

static void grow(struct walking *walking) {
  size_t n = walking->n_slots ? 2 * walking->n_slots : 256;
  const void **seen = NEW_ARRAY(const void *, n);
  for (size_t i = 0; i < walking->n_slots; i++)
    if (walking->seen[i]) seen[slot_of(seen, n, walking->seen[i])] = walking->seen[i];
  walking->seen = seen;
  walking->n_slots = n;
}

/* Whether this is met for the first time. */
static bool is_new(struct walking *walking, const void *what) {
  if (2 * (walking->n + 1) > walking->n_slots) grow(walking);
  size_t i = slot_of(walking->seen, walking->n_slots, what);
  if (walking->seen[i]) return false;
  walking->seen[i] = what;
  walking->n++;
  return true;
}

/* ── codes ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void walk_set(struct walking *walking, const struct code_set *set);

static void walk_matches(struct walking *walking, const struct code_match *matches, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (matches[i].kind == MATCHES_SET) walk_set(walking, matches[i].set);
}

static void walk_set(struct walking *walking, const struct code_set *set) {
  if (!is_new(walking, set)) return;
  if (walking->visitor->set) walking->visitor->set(walking->visitor->context, set);
  for (size_t i = 0; i < set->n_parts; i++) {
    walk_matches(walking, set->parts[i].matches, set->parts[i].n_matches);
    walk_matches(walking, set->parts[i].excepts, set->parts[i].n_excepts);
  }
}

static void walk_stream(struct walking *walking, const struct stream *stream) {
  if (!is_new(walking, stream)) return;
  if (walking->visitor->stream) walking->visitor->stream(walking->visitor->context, stream);
  for (size_t i = 0; i < stream->n_parts; i++)
    if (stream->parts[i].set) walk_set(walking, stream->parts[i].set);
}

/* ── expressions ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static void walk_expr(struct walking *walking, const struct expr *expr, bool is_limit);

static void walk_rows(struct walking *walking, const struct expr *expr, const struct rows *rows) {
  const struct visitor *visitor = walking->visitor;
  if (visitor->rows) visitor->rows(visitor->context, expr, rows);
  walk_stream(walking, rows->stream);
  for (size_t i = 0; i < rows->n_limits; i++) {
    const struct limit *limit = &rows->limits[i];
    if (visitor->limit && is_new(walking, limit)) visitor->limit(visitor->context, limit);
    if (limit->low) walk_expr(walking, limit->low, true);
    if (limit->high) walk_expr(walking, limit->high, true);
  }
}

static void walk_expr(struct walking *walking, const struct expr *expr, bool is_limit) {
  while (expr->kind == EXPR_defined) expr = expr->definition->value;
  if (!is_new(walking, expr)) return;
  if (walking->visitor->expr && !walking->visitor->expr(walking->visitor->context, expr, is_limit)) return;
  bool moves = is_limit && expr->kind == EXPR_earlier; /* `before D`: who moves the window moves D */
  for (size_t i = 0; i < expr->n_args; i++) walk_expr(walking, expr->args[i], moves);
  if (expr->rows) walk_rows(walking, expr, expr->rows);
}

void walk(const struct visitor *visitor, const struct expr *const *roots, size_t n) {
  struct walking walking = {.visitor = visitor};
  for (size_t i = 0; i < n; i++)
    if (roots[i]) walk_expr(&walking, roots[i], false);
}
