/* seen.h: things that have been met before, so that what is used many times over is looked at once. */
#ifndef KLYNGE_LINT_SEEN_H
#define KLYNGE_LINT_SEEN_H
#include <stdbool.h>
#include <stddef.h>

/* A hash table of pointers; all zero is an empty one. */
struct seen {
  const void **slots;
  size_t n_slots, n;
};
/* Whether it is met for the first time. */
bool seen_first(struct seen *seen, const void *thing);
#endif
