/* same.c: expressions as numbers, so that those that ask the same are found by sorting. */
#include "lang/lint/same.h"
#include <string.h>

/* Windows may hang on windows many times over. What is larger than this is the same as itself alone. */
enum { MOST_NODES = 2000 };
struct hashing {
  uint64_t hash;
  int left;
};

static void add(struct hashing *hashing, uint64_t value) {
  hashing->hash =
      (hashing->hash ^ value) * 1099511628211u; /* FNV-1a, a word at a time, and its high bits brought down */
  hashing->hash ^= hashing->hash >> 29;
}

static void add_pointer(struct hashing *hashing, const void *pointer) { add(hashing, (uint64_t)(uintptr_t)pointer); }

static void add_number(struct hashing *hashing, double number) {
  uint64_t bits;
  memcpy(&bits, &number, sizeof bits);
  add(hashing, bits);
}

static void add_text(struct hashing *hashing, const char *text) {
  for (; text && *text; text++) add(hashing, (unsigned char)*text);
  add(hashing, 256);
}

static void add_expr(struct hashing *hashing, const struct expr *expr);

static void add_set(struct hashing *hashing, const struct code_set *set) {
  if (!set || set->name) {
    add_pointer(hashing, set);
    return;
  }
  for (size_t i = 0; i < set->n_parts; i++) {
    const struct code_part *part = &set->parts[i];
    add_text(hashing, part->system);
    for (size_t j = 0; j < part->n_matches + part->n_excepts; j++) {
      const struct code_match *match = j < part->n_matches ? &part->matches[j] : &part->excepts[j - part->n_matches];
      add(hashing, (uint64_t)match->kind);
      add_text(hashing, match->a);
      add_text(hashing, match->b);
      add_pointer(hashing, match->set);
    }
  }
}

/* A measure is one stream wherever it is named; an event test makes its own of the same parts. */
static void add_stream(struct hashing *hashing, const struct stream *stream) {
  if (stream->kind == STREAM_SERIES && stream->source) {
    add_pointer(hashing, stream);
    return;
  }
  for (size_t i = 0; i < stream->n_parts; i++) {
    add_pointer(hashing, stream->parts[i].key);
    add_pointer(hashing, stream->parts[i].value);
    add_set(hashing, stream->parts[i].set);
  }
}

static void add_duration(struct hashing *hashing, struct duration duration) {
  bool months = duration.unit >= DURATION_MONTHS;
  int64_t n = duration.n;
  int64_t length = n * (duration.unit == DURATION_YEARS ? 12 : duration.unit == DURATION_WEEKS ? 7 : 1);
  add(hashing, (uint64_t)length << 1 | months);
}

static void add_rows(struct hashing *hashing, const struct rows *rows) {
  add_stream(hashing, rows->stream);
  for (size_t i = 0; i < rows->n_limits; i++) {
    add(hashing, 1);
    if (rows->limits[i].low) add_expr(hashing, rows->limits[i].low);
    add(hashing, 2);
    if (rows->limits[i].high) add_expr(hashing, rows->limits[i].high);
  }
  add(hashing, (uint64_t)rows->cut);
  add(hashing, (uint64_t)rows->n);
  add_duration(hashing, rows->apart);
}

/* Completed units differ by their kind, and not by how many days it has. */
static void add_expr(struct hashing *hashing, const struct expr *expr) {
  expr = same_core(expr);
  if (hashing->left-- <= 0) {
    add_pointer(hashing, expr);
    return;
  }
  uint64_t kinds = (uint64_t)expr->kind << 24 | (uint64_t)expr->comparison << 16 | (uint64_t)expr->figure << 8 |
                   (uint64_t)expr->quantifier;
  add(hashing, kinds << 32 | (uint32_t)expr->date);
  add_number(hashing, expr->number);
  add_text(hashing, expr->text);
  add_pointer(hashing, expr->column);
  if (expr->kind == EXPR_since)
    add(hashing, (uint64_t)expr->duration.unit);
  else
    add_duration(hashing, expr->duration);
  if (expr->rows) add_rows(hashing, expr->rows);
  for (size_t i = 0; i < expr->n_args; i++) add_expr(hashing, expr->args[i]);
  add(hashing, 3);
}

const struct expr *same_core(const struct expr *expr) {
  while (expr->kind == EXPR_defined) expr = expr->args[0];
  return expr;
}

uint64_t same_hash(const struct expr *expr) {
  struct hashing hashing = {1469598103934665603u, MOST_NODES};
  add_expr(&hashing, expr);
  return hashing.hash;
}

uint64_t same_hash_rows(const struct rows *rows) {
  struct hashing hashing = {1469598103934665603u, MOST_NODES};
  add_rows(&hashing, rows);
  return hashing.hash;
}
