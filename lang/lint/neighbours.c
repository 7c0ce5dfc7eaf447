/* neighbours.c: conditions that meet at a value, as classes do, and both hold at it, or both leave it out. */
#include <math.h>
#include <stdlib.h>
#include "lang/lint/inner.h"
#include "lang/lint/seen.h"
#include "lang/lint/terms.h"

/* A limit in an indicator or definition, and what else that asks for: only what is alike but for the limit is a class of
 * the same kind. */
struct class {
  struct term term;
  uint64_t rest;
  const char *name;
  size_t order;
};
struct classes {
  struct class *all;
  size_t n, room;
  struct seen seen; /* comparisons: a definition's are its own, also where it is used */
};

/* What asks for more than this has no classes beside it. */
enum { MOST_PARTS = 8 };

static uint64_t hash_of(const struct term *term) {
  struct range range = term->range;
  uint64_t hash = term->of + 31 * (uint64_t)term->part;
  hash = (hash ^ (uint64_t)(int64_t)(range.low_open + 2 * range.high_open)) * 1099511628211u;
  for (int i = 0; i < 2; i++) {
    union {
      double number;
      uint64_t bits;
    } limit = {i ? range.high : range.low};
    hash = (hash ^ limit.bits) * 1099511628211u;
    hash ^= hash >> 31;
  }
  return hash;
}

static void add_classes(struct classes *classes, const struct terms *terms, const char *name) {
  uint64_t sum = 0;
  if (terms->n > MOST_PARTS) return;
  for (size_t i = 0; i < terms->n; i++) sum += hash_of(&terms->all[i]);
  for (size_t i = 0; i < terms->n; i++) {
    const struct term *term = &terms->all[i];
    if (!term->is_limit || !seen_first(&classes->seen, term->expr)) continue;
    if (classes->n == classes->room) {
      classes->room = classes->room ? 2 * classes->room : 32;
      classes->all = memory_grow(classes->all, classes->room, sizeof *classes->all);
    }
    classes->all[classes->n] = (struct class){*term, sum - hash_of(term) + term->part, name, classes->n};
    classes->n++;
  }
}

static int by_kind(const void *left, const void *right) {
  const struct class *a = left, *b = right;
  if (a->term.of != b->term.of) return a->term.of < b->term.of ? -1 : 1;
  if (a->rest != b->rest) return a->rest < b->rest ? -1 : 1;
  return a->order < b->order ? -1 : a->order > b->order;
}

/* ── where they meet ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* Values are cut right before or right after one of them. `< 30` ends before 30, `> 30` begins after it, and 30 is between.
 * Whole numbers are cut before one of them only: up to 39 ends before 40. */
struct cut {
  double at;
  bool after;
};
enum edge_kind { ENDS, BEGINS, POINT };
struct edge {
  struct cut cut;
  enum edge_kind kind;
  const struct class *class;
};
struct edges {
  struct edge *all;
  size_t n;
};

static int by_cut(const void *left, const void *right) {
  const struct edge *a = left, *b = right;
  if (a->cut.at != b->cut.at) return a->cut.at < b->cut.at ? -1 : 1;
  if (a->cut.after != b->cut.after) return a->cut.after ? 1 : -1;
  if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
  if (!a->class || !b->class) return a->class ? 1 : b->class ? -1 : 0;
  return a->class->order < b->class->order ? -1 : a->class->order > b->class->order;
}

static void add_edge(struct edges *edges, double at, bool after, enum edge_kind kind, const struct class *class) {
  if (isfinite(at)) edges->all[edges->n++] = (struct edge){{at, after}, kind, class};
}

static struct edges edges_of(const struct class *all, size_t n) {
  struct edges edges = {NEW_ARRAY(struct edge, 2 * n + 1), 0};
  for (size_t i = 0; i < n; i++) {
    struct range range = all[i].term.range;
    bool whole = all[i].term.is_whole;
    if (range.low == range.high) {
      add_edge(&edges, range.low, false, POINT, &all[i]);
      continue;
    }
    add_edge(&edges, range.high + whole, !whole && !range.high_open, ENDS, &all[i]);
    add_edge(&edges, range.low, !whole && range.low_open, BEGINS, &all[i]);
  }
  if (edges.n) qsort(edges.all, edges.n, sizeof *edges.all, by_cut);
  return edges;
}

/* The first edge of a kind at a cut, by the order of the rules; NULL where there is none. */
static const struct edge *edge_at(const struct edges *edges, double at, bool after, enum edge_kind kind) {
  const struct edge wanted = {{at, after}, kind, NULL};
  size_t low = 0, high = edges->n;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (by_cut(&edges->all[middle], &wanted) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  const struct edge *edge = low < edges->n ? &edges->all[low] : NULL;
  return edge && edge->cut.at == at && edge->cut.after == after && edge->kind == kind ? edge : NULL;
}

/* ── what is said ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The comparison with its limit taken in or left out; NULL where it has two limits. */
static const char *other_way(const struct expr *expr) {
  static const char *const signs[] = {
      [COMPARE_BELOW] = "<=", [COMPARE_AT_MOST] = "<", [COMPARE_ABOVE] = ">=", [COMPARE_AT_LEAST] = ">"};
  if (expr->kind != EXPR_compare || expr->comparison > COMPARE_AT_LEAST) return NULL;
  return memory_print("%s %s %s", lint_words_of(expr->args[0]), signs[expr->comparison], lint_words_of(expr->args[1]));
}

static void tell(const struct lint *lint, const struct class *a, const struct class *b, double at, bool is_gap) {
  const struct class *first = a->order < b->order ? a : b, *second = a->order < b->order ? b : a;
  const struct expr *expr = second->term.expr;
  const char *right = other_way(expr);
  const char *hint = right    ? memory_print(_("write: %s"), right)
                     : is_gap ? N_("let one of them begin or end at the value itself")
                              : N_("let one of them begin or end beside the value, with < or >");
  lint_warn(lint, is_gap ? PROBLEM_gap : PROBLEM_overlap, expr->source, expr->at, hint,
            is_gap ? N_("%.15g belongs neither to `%s` nor to `%s`") : N_("%.15g belongs to `%s` and to `%s`"), at,
            first->name, second->name);
  if (right) problem_mend(lint->problems, right);
}

/* One class that ends at a cut, and those that begin a step before it or after it. Where another class meets one of the
 * two exactly, that is the one that was meant. */
static void check_end(const struct lint *lint, const struct edges *edges, const struct edge *end) {
  bool whole = end->class->term.is_whole, after = end->cut.after;
  double at = end->cut.at;
  if (edge_at(edges, at, after, BEGINS)) return;
  for (int is_gap = 0; is_gap < 2; is_gap++) {
    double next = whole ? (is_gap ? at + 1 : at - 1) : at, value = whole && !is_gap ? at - 1 : at;
    bool side = !whole && is_gap;
    if (!whole && side == after) continue;
    const struct edge *begin = edge_at(edges, next, side, BEGINS);
    if (!begin || edge_at(edges, next, side, ENDS) || (is_gap && edge_at(edges, value, false, POINT))) continue;
    if (begin->class->term.expr != end->class->term.expr) tell(lint, end->class, begin->class, value, is_gap);
  }
}

static void check_kind(const struct lint *lint, const struct class *all, size_t n) {
  const struct edges edges = edges_of(all, n);
  for (size_t i = 0; i < edges.n; i++) {
    const struct edge *edge = &edges.all[i];
    bool again =
        i > 0 && edge[-1].kind == ENDS && edge[-1].cut.at == edge->cut.at && edge[-1].cut.after == edge->cut.after;
    if (edge->kind == ENDS && !again) check_end(lint, &edges, edge);
  }
}

void lint_neighbours(const struct lint *lint) {
  const struct program *program = lint->program;
  struct classes classes = {0};
  for (size_t i = 0; i < program->n_definitions; i++) {
    const struct definition *definition = program->definitions[i];
    struct terms terms = {0};
    if (definition->value->type.kind != TYPE_TRUTH) continue;
    terms_add(&terms, definition->value, EXPR_and, 1);
    add_classes(&classes, &terms, definition->name);
  }
  for (size_t i = 0; i < program->n_indicators; i++) {
    const struct indicator *indicator = program->indicators[i];
    struct terms terms = {0};
    if (indicator->denominator) terms_add(&terms, indicator->denominator, EXPR_and, 0);
    if (indicator->numerator) terms_add(&terms, indicator->numerator, EXPR_and, 1);
    add_classes(&classes, &terms, indicator->name);
  }
  if (classes.n) qsort(classes.all, classes.n, sizeof *classes.all, by_kind);
  for (size_t i = 0, next; i < classes.n; i = next) {
    next = i + 1;
    while (next < classes.n && classes.all[next].term.of == classes.all[i].term.of &&
           classes.all[next].rest == classes.all[i].rest)
      next++;
    if (next > i + 1) check_kind(lint, &classes.all[i], next - i);
  }
}
