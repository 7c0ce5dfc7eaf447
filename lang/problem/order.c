/* order.c: problems by file and place. */
#include "lang/problem/order.h"
#include <stdlib.h>
#include "lang/memory.h"

static int by_place(const void *left, const void *right) {
  const struct entry *a = left, *b = right;
  if (a->file != b->file) return a->file < b->file ? -1 : 1;
  if (a->problem->at.from != b->problem->at.from) return a->problem->at.from < b->problem->at.from ? -1 : 1;
  return a->added < b->added ? -1 : a->added > b->added;
}

struct entry *problems_in_order(struct problems *problems, size_t first, enum severity least, size_t *n) {
  struct entry *entries = NEW_ARRAY(struct entry, problems->n + 1);
  const struct source **files = NEW_ARRAY(const struct source *, problems->n + 1);
  size_t n_files = 0;
  problems_silence(problems);
  *n = 0;
  for (size_t i = 0; i < problems->n; i++) {
    const struct problem *problem = &problems->all[i];
    size_t file = 0;
    while (file < n_files && files[file] != problem->source) file++;
    if (file == n_files) files[n_files++] = problem->source;
    if (i >= first && !problem->silenced && problem_severity(problem->id) <= least)
      entries[(*n)++] = (struct entry){problem, file, i};
  }
  qsort(entries, *n, sizeof *entries, by_place);
  return entries;
}
