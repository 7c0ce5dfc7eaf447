/* json.h: where problems are, for the formats that programs read. */
#ifndef KLYNGE_PROBLEM_JSON_H
#define KLYNGE_PROBLEM_JSON_H
#include "lang/problem/problem.h"
#include "runtime/image/json.h"

/* Where a problem begins and ends, from 1; columns count letters, and the last is the one behind the place. */
struct span { size_t line, column, end_line, end_column; };
struct span problem_span(const struct problem *problem);
#endif
