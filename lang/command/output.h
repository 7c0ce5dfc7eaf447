/* output.h: where a result goes. A file is complete or not there: it is written beside its place, synced and renamed. What
 * is no file (a device, a pipe) has no place that could be taken, and is written straight into. */
#ifndef KLYNGE_OUTPUT_H
#define KLYNGE_OUTPUT_H
#include <stdbool.h>
#include <stdio.h>

struct output {
  FILE *file;
  const char *place, *beside;          /* of a file that is renamed: where to, and where it is until then; else NULL */
};

/* Opens what `path` names, standard output where it is NULL. A symbolic link stays one: the file that it points to is
 * written. False with errno set. */
bool output_open(struct output *output, const char *path);
/* Puts a file in its place. False with errno set, and nothing of it left, when anything went wrong on the way. */
bool output_close(struct output *output);
/* Closes a file whose writing has failed, and leaves nothing of it. Always false, with errno as it was. */
bool output_drop(struct output *output);
#endif
