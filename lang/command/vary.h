/* vary.h: one run under several settings, `--vary hba1c_limit=48,53,58`: every pack is checked once for each setting, and all
 * are planned together, so that what the settings have in common is worked out once.
 *
 *   pack × setting → programs → one plan → one pass over the data */
#ifndef KLYNGE_COMMAND_VARY_H
#define KLYNGE_COMMAND_VARY_H
#include "lang/command/command.h"

/* The parameters that --vary names, and their values. */
struct varying;
/* Reads the call's --vary options; *varying is NULL where there are none. False after a message: about one that is not said as
 * it should be, or that goes not with what else the call says. */
bool vary_read(const struct call *call, bool is_table_or_csv, const struct varying **varying);

/* Plans packs under all settings that these make together; NULL and the code after messages.
 *
 * For programs, `apart`: each pack stands once for each setting, and (*settings)[pack of the plan] says which, as
 * hba1c_limit=48. For people: a pack has the indicators that a setting changes, each once for each setting, one after the
 * other, so that they can be compared; a pack whose population is changed stands once for each setting. */
struct plan *vary_plan(struct call *call, const struct varying *varying, const char *const *files, size_t n_files, bool apart,
                       const char *const **settings, enum exit_code *code);
#endif
