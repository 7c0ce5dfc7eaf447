/* scope.c: names and what they stand for. A hash table, for a pack may have ten thousand of them. */
#include "lang/check/checker.h"
#include <stdlib.h>
#include <string.h>
#include "lang/memory.h"
#include "runtime/image/hash.h"

/* Names are kept beside what they stand for: one thing may have two (`also`). */
struct entry {
  const char *name;
  struct named *named;
};

static struct entry *slot_of(struct entry *slots, size_t n_slots, const char *name) {
  size_t i = hash_text(name, strlen(name)) & (n_slots - 1);
  while (slots[i].named && strcmp(slots[i].name, name) != 0) i = (i + 1) & (n_slots - 1);
  return &slots[i];
}

struct named *scope_find(const struct scope *scope, const char *name) {
  if (!scope->n_slots) return NULL;
  return slot_of(scope->slots, scope->n_slots, name)->named;
}

static void grow(struct scope *scope) {
  size_t n = scope->n_slots ? 2 * scope->n_slots : 64;
  struct entry *slots = NEW_ARRAY(struct entry, n);
  for (size_t i = 0; i < scope->n_slots; i++)
    if (scope->slots[i].named) *slot_of(slots, n, scope->slots[i].name) = scope->slots[i];
  scope->slots = slots;
  scope->n_slots = n;
}

struct named *scope_add(struct scope *scope, const char *name, struct named *named) {
  if (2 * (scope->n + 1) > scope->n_slots) grow(scope);
  struct entry *slot = slot_of(scope->slots, scope->n_slots, name);
  if (slot->named) return slot->named;
  *slot = (struct entry){name, named};
  scope->n++;
  if (scope->last != named) { /* a second name of the same thing is not a second thing */
    if (scope->last)
      scope->last->next = named;
    else
      scope->first = named;
    scope->last = named;
  }
  return NULL;
}

static int by_bytes(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* A file in which hundreds of names are wrong is helped as well by the first hundred hints, and told much sooner. */
enum { MOST_ASKED = 100, MOST_NAMED = 8 };

const char *scope_nearest(struct scope *scope, const char *name, unsigned kinds) {
  if (scope->n_asked++ >= MOST_ASKED) return NULL;
  const char **names = NEW_ARRAY(const char *, scope->n + 1);
  size_t n = 0;
  for (size_t i = 0; i < scope->n_slots; i++)
    if (scope->slots[i].named && kinds & KIND(scope->slots[i].named->kind)) names[n++] = scope->slots[i].name;
  /* The hash's order must not choose between two equally near names. */
  qsort(names, n, sizeof *names, by_bytes);
  return problem_nearest(name, names, n);
}

const char *circle_words(struct checker *checker, const struct named *named) {
  const char *words = memory_print("`%s`", named->name);
  size_t n = 0;
  for (const struct named *asker = checker->within; asker && asker != named; asker = asker->asked_by, n++)
    if (n < MOST_NAMED) words = memory_print("`%s`, %s", asker->name, words);
  if (n > MOST_NAMED) words = memory_print("…, %s", words);
  return memory_print(_("it leads back to itself: `%s`, %s"), named->name, words);
}
