/* order.h: problems in the order in which they are told. For the files of this room. */
#ifndef KLYNGE_PROBLEM_ORDER_H
#define KLYNGE_PROBLEM_ORDER_H
#include "lang/problem/problem.h"

/* A problem with what it is sorted by: its file as first met, its place, and the order in which it was added. */
struct entry {
  const struct problem *problem;
  size_t file, added;
};
/* Those from number `first` on that are not silenced and not less severe than `least`, sorted. */
struct entry *problems_in_order(struct problems *problems, size_t first, enum severity least, size_t *n);
#endif
