/* same.h: whether two expressions ask the same: the same rows in the same window, the same arithmetic. */
#ifndef KLYNGE_LINT_SAME_H
#define KLYNGE_LINT_SAME_H
#include <stdint.h>
#include "lang/check/program.h"

/* What an expression stands for: definitions at its top are opened. */
const struct expr *same_core(const struct expr *expr);
/* A number that is the same for expressions that ask the same. Two that differ have the same one in one of 2^64 cases,
 * which costs a warning too many and nothing else. */
uint64_t same_hash(const struct expr *expr);
uint64_t same_hash_rows(const struct rows *rows);
#endif
