/* sets.c: code sets that say something twice, take out what is not in them, or take out what comes in again. */
#include <stdlib.h>
#include <string.h>
#include "lang/lint/inner.h"

/* ── what codes have in common ───────────────────────────────────────────────────────────────────────────────────── */

static bool begins(const char *code, const char *with) { return strncmp(code, with, strlen(with)) == 0; }

/* Whether a code may belong to both; sets within are looked into. `system` NULL: any. */
static bool meet(const char *system, const struct code_match *a, const struct code_match *b) {
  if (a->kind == MATCHES_SET || (b->kind != MATCHES_SET && a->kind < b->kind)) {
    const struct code_match *turned = a;
    a = b;
    b = turned;
  }
  if (b->kind == MATCHES_SET) {
    for (size_t i = 0; i < b->set->n_parts; i++) {
      const struct code_part *part = &b->set->parts[i];
      if (system && part->system && strcmp(part->system, system) != 0) continue;
      for (size_t j = 0; j < part->n_matches; j++)
        if (meet(system, a, &part->matches[j])) return true;
    }
    return false;
  }
  size_t length = strlen(b->a);
  switch (a->kind) {
  case MATCHES_ONE: return strcmp(a->a, b->a) == 0;
  case MATCHES_PREFIX: return begins(b->a, a->a) || (b->kind == MATCHES_PREFIX && begins(a->a, b->a));
  case MATCHES_RANGE:
    if (b->kind == MATCHES_PREFIX)
      return length <= strlen(a->a) && strncmp(a->a, b->a, length) <= 0 && strncmp(a->b, b->a, length) >= 0;
    return length == strlen(a->a) && strcmp(a->a, b->kind == MATCHES_RANGE ? b->b : b->a) <= 0 &&
           strcmp(b->a, a->b) <= 0;
  default: return false;
  }
}

/* Whether all that b holds belongs to a, which is no set. */
static bool covers(const struct code_match *a, const struct code_match *b) {
  const char *last = b->kind == MATCHES_RANGE ? b->b : b->a;
  switch (a->kind) {
  case MATCHES_ONE: return b->kind == MATCHES_ONE && strcmp(a->a, b->a) == 0;
  case MATCHES_PREFIX: return begins(b->a, a->a) && begins(last, a->a);
  case MATCHES_RANGE:
    return b->kind != MATCHES_PREFIX && strlen(b->a) == strlen(a->a) && strcmp(a->a, b->a) <= 0 &&
           strcmp(last, a->b) <= 0;
  default: return false;
  }
}

/* ── twice ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Codes as they stand in a set. `told`: this one is in the set already. */
struct written {
  const struct code_match *match;
  const struct code_part *part;
  bool told;
};

/* By system, then by text, so that what a prefix or a range holds comes right after it. */
static int by_code(const void *left, const void *right) {
  const struct written *a = left, *b = right;
  int order = strcmp(a->part->system, b->part->system);
  if (!order) order = strcmp(a->match->a, b->match->a);
  if (order) return order;
  static const int wider[] = {[MATCHES_PREFIX] = 0, [MATCHES_RANGE] = 1, [MATCHES_ONE] = 2};
  order = wider[a->match->kind] - wider[b->match->kind];
  if (!order && a->match->kind == MATCHES_RANGE) order = strcmp(b->match->b, a->match->b);
  if (order) return order;
  return a->match->at.from < b->match->at.from ? -1 : a->match->at.from > b->match->at.from;
}

static bool is_taken_from(const struct code_part *part, const struct code_match *match) {
  for (size_t i = 0; i < part->n_excepts; i++)
    if (meet(part->system, &part->excepts[i], match)) return true;
  return false;
}

/* What is taken out of its part again is not held by it; and what something is taken from is no mere repetition. */
static bool is_held(const struct written *by, const struct written *again) {
  return covers(by->match, again->match) && !is_taken_from(by->part, again->match) &&
         (by->part == again->part || !is_taken_from(again->part, again->match));
}

static bool may_follow(const struct written *by, const struct written *next) {
  if (strcmp(by->part->system, next->part->system) != 0) return false;
  if (by->match->kind == MATCHES_PREFIX) return begins(next->match->a, by->match->a);
  return strcmp(next->match->a, by->match->kind == MATCHES_RANGE ? by->match->b : by->match->a) <= 0;
}

static void tell_twice(const struct lint *lint, const struct code_set *set, const struct written *by,
                       const struct written *again) {
  bool same = by->match->kind == again->match->kind && strcmp(by->match->a, again->match->a) == 0;
  const char *words = lint_words(set->source, again->match->at), *wider = lint_words(set->source, by->match->at);
  lint_warn(lint, PROBLEM_duplicate_code, set->source, again->match->at, "leave one of them out",
            same ? N_("`%s` stands in this set twice") : N_("`%s` is in this set already: `%s` holds it"), words,
            wider);
}

static void check_twice(const struct lint *lint, const struct code_set *set) {
  size_t n = 0;
  for (size_t i = 0; i < set->n_parts; i++) n += set->parts[i].n_matches;
  struct written *all = NEW_ARRAY(struct written, n + 1);
  n = 0;
  for (size_t i = 0; i < set->n_parts; i++)
    for (size_t j = 0; set->parts[i].system && j < set->parts[i].n_matches; j++)
      if (set->parts[i].matches[j].kind != MATCHES_SET)
        all[n++] = (struct written){&set->parts[i].matches[j], &set->parts[i], false};
  qsort(all, n, sizeof *all, by_code);
  for (size_t i = 0; i < n; i++)
    for (size_t j = i + 1; j < n && !all[i].told && may_follow(&all[i], &all[j]); j++) {
      if (all[j].told || !is_held(&all[i], &all[j])) continue;
      all[j].told = true;
      tell_twice(lint, set, &all[i], &all[j]);
    }
}

/* ── taking out ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool meets_any(const struct code_part *part, const struct code_match *match) {
  for (size_t i = 0; i < part->n_matches; i++)
    if (meet(part->system, match, &part->matches[i])) return true;
  return false;
}

static void check_excepts(const struct lint *lint, const struct code_set *set) {
  for (size_t i = 0; i < set->n_parts; i++)
    for (size_t j = 0; j < set->parts[i].n_excepts; j++) {
      const struct code_match *match = &set->parts[i].excepts[j];
      if (meets_any(&set->parts[i], match) || (match->set && match->set->none_yet)) continue;
      lint_warn(lint, PROBLEM_except_nothing, set->source, match->at,
                "leave it out, or mend the code; `{EXCEPT}` belongs to the part before it, up to the comma",
                "`%s` is taken out of what does not hold it", lint_words(set->source, match->at));
    }
}

/* ── coming in again ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* What has been taken out somewhere within a part. */
struct taken {
  const struct code_match *match;
  const struct code_set *from;
  const char *system;
};
struct takings {
  struct taken *all;
  size_t n;
};

static void add_takings(const struct code_set *set, const struct code_part *part, struct takings *takings) {
  for (size_t i = 0; i < part->n_excepts; i++) {
    if (part->excepts[i].kind == MATCHES_SET || !meets_any(part, &part->excepts[i])) continue;
    takings->all = memory_grow(takings->all, takings->n + 1, sizeof *takings->all);
    takings->all[takings->n++] = (struct taken){&part->excepts[i], set, part->system};
  }
  for (size_t i = 0; i < part->n_matches; i++) {
    const struct code_set *inner = part->matches[i].kind == MATCHES_SET ? part->matches[i].set : NULL;
    for (size_t j = 0; inner && j < inner->n_parts; j++) add_takings(inner, &inner->parts[j], takings);
  }
}

/* The prefix or range of a part that holds what was taken out. A single code that does is written on purpose. */
static const struct code_match *caught_by(const struct code_part *part, const struct taken *taken) {
  if (part->system && taken->system && strcmp(part->system, taken->system) != 0) return NULL;
  if (is_taken_from(part, taken->match)) return NULL;
  for (size_t i = 0; i < part->n_matches; i++) {
    const struct code_match *match = &part->matches[i], *found = NULL;
    const struct code_set *inner = match->kind == MATCHES_SET ? match->set : NULL;
    for (size_t j = 0; inner && !found && j < inner->n_parts; j++) found = caught_by(&inner->parts[j], taken);
    if (!inner && match->kind != MATCHES_ONE && covers(match, taken->match)) found = match;
    if (found) return found;
  }
  return NULL;
}

/* The words of a code; it may stand in another file than the set that is looked at. */
static const char *code_words(const struct code_match *match) {
  return match->kind == MATCHES_RANGE ? memory_print("%s..%s", match->a, match->b)
                                      : memory_print(match->kind == MATCHES_PREFIX ? "%s*" : "%s", match->a);
}

static void check_pair(const struct lint *lint, const struct source *source, const struct takings *takings,
                       const struct code_part *part) {
  for (size_t i = 0; i < takings->n; i++) {
    const struct taken *taken = &takings->all[i];
    const struct code_match *by = caught_by(part, taken);
    if (!by) continue;
    const char *code = code_words(taken->match), *name = taken->from->name;
    lint_warn(lint, PROBLEM_brought_back, source, part->matches[0].at,
              lint_say(lint, source,
                       "take it out here too (`{EXCEPT} %s`); if it is meant to count, write the code itself", code),
              name ? N_("`%s` comes in again with `%s`: it was taken out of `%s`")
                   : N_("`%s` comes in again with `%s`: it was taken out before"),
              code, code_words(by), name);
    return; /* one message for each part */
  }
}

/* A set that is made of more than this is a list from elsewhere, and not looked at: it would take too long. */
enum { MOST_CODES = 20000, MOST_PARTS = 100 };

static void check_back(const struct lint *lint, const struct source *source, const struct code_set *set) {
  if (set->size > MOST_CODES || set->n_parts > MOST_PARTS) return;
  for (size_t i = 0; i < set->n_parts; i++) {
    struct takings takings = {0};
    add_takings(set, &set->parts[i], &takings);
    for (size_t j = 0; takings.n && j < set->n_parts; j++)
      if (j != i) check_pair(lint, source, &takings, &set->parts[j]);
  }
}

/* `drug in (a, b)` is a set made on the spot. */
static void check_spot(void *context, const struct expr *expr) {
  const struct lint *lint = context;
  const struct code_set *set =
      expr->rows && expr->rows->stream->kind != STREAM_SERIES ? expr->rows->stream->parts[0].set : NULL;
  if (set && set->n_parts > 1) check_back(lint, expr->source, set);
}

void lint_sets(const struct lint *lint) {
  for (size_t i = 0; i < lint->program->n_sets; i++) {
    const struct code_set *set = lint->program->sets[i];
    check_twice(lint, set);
    check_excepts(lint, set);
    check_back(lint, set->source, set);
  }
  lint_walk(lint->program, check_spot, (void *)lint);
}
