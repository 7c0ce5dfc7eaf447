/* inner.h: how the files of this room read JSON. Whatever is asked for and is not as it should be sets the error, once, and gives
 * something harmless; so reading goes straight on, and is asked at its end whether all went well. */
#ifndef KLYNGE_MEETING_INNER_H
#define KLYNGE_MEETING_INNER_H
#include <cjson/cJSON.h>
#include "runtime/meeting/meeting.h"

/* All memory of the meetings: blocks, freed together. The JSON lives as long, for texts are borrowed from it. */
struct block;
struct memory { struct block *blocks; cJSON *json; };

struct reader {
  struct memory *memory;
  char *error;                  /* NULL as long as all is well */
};

/* n elements of `size` bytes, all zero, of the meetings. */
void *reader_take(struct reader *reader, size_t n, size_t size);
/* That a member is not what it should be; the first time is remembered. `name` is what it is called, `wanted` what it should be. */
void reader_fail(struct reader *reader, const char *name, const char *wanted);

/* Members of an object. A text that is null or not there is ""; a number NaN; a date DATE_UNKNOWN; a truth false. */
const char *read_text(struct reader *reader, const cJSON *object, const char *name);
double read_number(struct reader *reader, const cJSON *object, const char *name);
uint32_t read_whole(struct reader *reader, const cJSON *object, const char *name);
bool read_truth(struct reader *reader, const cJSON *object, const char *name);
int32_t read_date(struct reader *reader, const cJSON *object, const char *name);
/* A count: a whole number, "<5", or "hidden". */
struct meeting_count read_count(struct reader *reader, const cJSON *object, const char *name);
/* An array, and how many elements it has; none where it is null or not there. */
const cJSON *read_list(struct reader *reader, const cJSON *object, const char *name, size_t *n);
const char **read_texts(struct reader *reader, const cJSON *object, const char *name, size_t *n);
/* An object, or NULL where it is null or not there. */
const cJSON *read_object(struct reader *reader, const cJSON *object, const char *name);

/* ── read_figures.c: one cluster of a pack, whose indicators have been read ── */
void read_cluster(struct reader *reader, const cJSON *cluster, struct meeting *meeting);

/* ── read_material.c: what the rules say ── */
void read_indicators(struct reader *reader, const cJSON *pack, struct meeting *meeting);
void read_material(struct reader *reader, const cJSON *material, struct meeting *meeting);
/* The number of an indicator; n_indicators after an error where there is none of this name. */
size_t find_indicator(struct reader *reader, const struct meeting *meeting, const char *name);
#endif
