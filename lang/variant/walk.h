/* walk.h: everything that expressions are made of, each once: definitions, windows, streams and code sets are shared by many. */
#ifndef KLYNGE_VARIANT_WALK_H
#define KLYNGE_VARIANT_WALK_H
#include "lang/check/program.h"

/* What is met on the way; a member that is NULL is not told of. A limit is told of before the expressions in it. */
struct visitor {
  void *context;
  bool (*expr)(void *context, const struct expr *expr, bool is_limit);  /* is_limit: the first or last day of a window. False: what it is made of is passed over */
  void (*rows)(void *context, const struct expr *expr, const struct rows *rows);
  void (*limit)(void *context, const struct limit *limit);
  void (*stream)(void *context, const struct stream *stream);
  void (*set)(void *context, const struct code_set *set);
};
/* Visits n expressions; some may be NULL. */
void walk(const struct visitor *visitor, const struct expr *const *roots, size_t n);
#endif
