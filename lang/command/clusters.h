/* clusters.h: a folder for each cluster, where there are several. */
#ifndef KLYNGE_COMMAND_CLUSTERS_H
#define KLYNGE_COMMAND_CLUSTERS_H
#include "lang/command/command.h"

/* Makes a folder where there is none yet. EXIT_FINE, or the code after a message. */
enum exit_code clusters_make_folder(const struct call *call, const char *folder);
/* The folder of a cluster in another one. Ids come from the data and may hold anything: they never lead elsewhere. */
const char *clusters_folder(const char *folder, const char *cluster);
/* The file of a practice in a folder: how its name begins, the practice's id, how it ends. What in an id might lead elsewhere, or means
 * something to a system of files, stands as %2F does in an address, so that two ids never share a file. */
const char *clusters_file(const char *folder, const char *begins, const char *id, const char *ends);
#endif
