/* allow.c: problems that somebody has said are meant: an author in the file, or whoever calls the command. */
#include <stdlib.h>
#include <string.h>
#include "lang/memory.h"
#include "lang/problem/problem.h"

/* What is allowed in a part of a file, in the order of files and places. `reach`: how far this one or one before it in
 * the file goes, so that the search for those that hold a place has an end. */
struct allow {
  enum problem_id id;
  const struct source *source;
  struct place at, about;
  size_t reach;
  bool used;
};

void problem_allow(struct problems *problems, enum problem_id id, const struct source *source, struct place at,
                   struct place about) {
  problems->allows = memory_grow(problems->allows, problems->n_allows + 1, sizeof *problems->allows);
  problems->allows[problems->n_allows++] = (struct allow){.id = id, .source = source, .at = at, .about = about};
  problems->allows_sorted = false;
}

void problem_allow_everywhere(struct problems *problems, enum problem_id id) { problems->allowed[id] = true; }

bool problem_find(const char *name, enum problem_id *id) {
  for (int i = 0; i < N_PROBLEMS; i++) {
    *id = (enum problem_id)i;
    if (strcmp(problem_name(*id), name) == 0) return true;
  }
  return false;
}

const char *problem_nearest_silent(const char *name) {
  const char *names[N_PROBLEMS];
  size_t n = 0;
  for (int i = 0; i < N_PROBLEMS; i++)
    if (problem_severity((enum problem_id)i) != SEVERITY_ERROR) names[n++] = problem_name((enum problem_id)i);
  return problem_nearest(name, names, n);
}

static int by_place(const void *left, const void *right) {
  const struct allow *a = left, *b = right;
  if (a->source != b->source) return a->source < b->source ? -1 : 1;
  return a->about.from < b->about.from ? -1 : a->about.from > b->about.from;
}

static void sort(struct problems *problems) {
  if (problems->n_allows) qsort(problems->allows, problems->n_allows, sizeof *problems->allows, by_place);
  for (size_t i = 0; i < problems->n_allows; i++) {
    struct allow *allow = &problems->allows[i];
    bool follows = i > 0 && allow[-1].source == allow->source;
    allow->reach = follows && allow[-1].reach > allow->about.to ? allow[-1].reach : allow->about.to;
  }
  problems->allows_sorted = true;
}

/* How many allowances begin at the place or before it, those of files before it counted. */
static size_t count_before(const struct problems *problems, const struct problem *problem) {
  const struct allow here = {.source = problem->source, .about = problem->at};
  size_t low = 0, high = problems->n_allows;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (by_place(&problems->allows[middle], &here) <= 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool is_allowed(struct problems *problems, const struct problem *problem) {
  bool found = problems->allowed[problem->id];
  for (size_t i = count_before(problems, problem); problem->source && i > 0; i--) {
    struct allow *allow = &problems->allows[i - 1];
    if (allow->source != problem->source || allow->reach <= problem->at.from) break;
    if (allow->id != problem->id || allow->about.to <= problem->at.from) continue;
    allow->used = found = true;
  }
  return found;
}

void problems_silence(struct problems *problems) {
  if (!problems->allows_sorted) sort(problems);
  for (; problems->n_settled < problems->n; problems->n_settled++) {
    struct problem *problem = &problems->all[problems->n_settled];
    enum severity severity = problem_severity(problem->id);
    if (severity == SEVERITY_ERROR) continue;
    problem->silenced = is_allowed(problems, problem);
    problems->n_warnings -= problem->silenced && severity == SEVERITY_WARNING;
  }
}

/* Not every call looks for these: whether a set was reviewed too long ago hangs on the index date, and whether a change is
 * noticed is tried where it is asked for. */
static bool is_sometimes(enum problem_id id) { return id == PROBLEM_old_review || id == PROBLEM_equivalent; }

void problems_tell_unused(struct problems *problems) {
  problems_silence(problems);
  for (size_t i = 0; i < problems->n_allows; i++) {
    const struct allow *allow = &problems->allows[i];
    if (allow->used || is_sometimes(allow->id)) continue;
    problem_add(problems, PROBLEM_unused_allow, allow->source, allow->at,
                "leave it out; it holds for what stands below it or on its line", "there is no `%s` here to allow",
                problem_name(allow->id));
  }
}
