/* compare.h: the follow-up's table, for `klynge compare` and for `klynge run --compare`. */
#ifndef KLYNGE_COMMAND_COMPARE_H
#define KLYNGE_COMMAND_COMPARE_H
#include "lang/command/outlet.h"
#include "runtime/meeting/meeting.h"

/* Writes the follow-up that a result holds as a table for people. */
void compare_write_table(const struct call *call, const struct meetings *meetings, FILE *out);
#endif
