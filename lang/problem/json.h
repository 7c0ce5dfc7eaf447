/* json.h: what JSON is made of. For the files of this room, and for verbs that write JSON. */
#ifndef KLYNGE_PROBLEM_JSON_H
#define KLYNGE_PROBLEM_JSON_H
#include "lang/problem/problem.h"

/* Writes a text in quotes: quotes, backslashes and control characters escaped, what is not UTF-8 as U+FFFD. NULL: null. */
void json_text(FILE *out, const char *text);

/* Where a problem begins and ends, from 1; columns count letters, and the last is the one behind the place. */
struct span { size_t line, column, end_line, end_column; };
struct span problem_span(const struct problem *problem);
#endif
