/* compare.h: the follow-up's table, for `klynge compare` and for `klynge run --compare`. */
#ifndef KLYNGE_COMMAND_COMPARE_H
#define KLYNGE_COMMAND_COMPARE_H
#include "lang/command/outlet.h"

/* Writes the follow-up that a result's JSON holds as a table for people. False where it is no such result. */
bool compare_write_table(const struct call *call, const char *json, FILE *out);
#endif
