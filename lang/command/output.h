/* output.h: an output file that is complete or not there: written beside its place, synced, renamed. */
#ifndef KLYNGE_OUTPUT_H
#define KLYNGE_OUTPUT_H
#include <stdbool.h>
#include <stdio.h>

struct output { FILE *file; const char *path, *beside; };

/* Opens the place beside `path`; standard output where it is NULL. False with errno set. */
bool output_open(struct output *output, const char *path);
/* Puts the file in its place. False with errno set, and nothing of it left, when anything went wrong on the way. */
bool output_close(struct output *output);
#endif
