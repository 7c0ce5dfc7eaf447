/* order.h: meetings that are ordered in a rule file. */
#ifndef KLYNGE_COMMAND_ORDER_H
#define KLYNGE_COMMAND_ORDER_H
#include "lang/command/command.h"

/* The meeting that a rule file orders, with *library holding what was read; NULL where it orders none or cannot be read.
 * Problems are the call's. */
struct order *order_read(struct call *call, const char *path, struct library **library);
/* The files of an order's packs: each is looked for among the rule files that stand beside the order, and then among those
 * that came with the program. NULL where one is not found or stands there twice: told as a problem. */
const char **order_packs(const struct order *order, struct problems *problems);
/* Plans the packs of an order, with its settings and then those of --set; NULL with the code after messages. */
struct plan *order_plan(struct call *call, struct order *order, struct library *library, enum exit_code *code);
/* What an order says for the whole evaluation, put into the call as if it had been said there: index date, clusters, practices
 * … What the call itself says comes first. */
void order_say(struct call *call, const struct order *order);
#endif
