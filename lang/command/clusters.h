/* clusters.h: a folder for each cluster, where there are several. */
#ifndef KLYNGE_COMMAND_CLUSTERS_H
#define KLYNGE_COMMAND_CLUSTERS_H
#include "lang/command/command.h"

/* Makes a folder where there is none yet. EXIT_FINE, or the code after a message. */
enum exit_code clusters_make_folder(const struct call *call, const char *folder);
/* The folder of a cluster in another one. Ids come from the data and may hold anything: they never lead elsewhere. */
const char *clusters_folder(const char *folder, const char *cluster);
#endif
