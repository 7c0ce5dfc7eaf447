/* read.c: from a result's JSON to meetings: each pack in each cluster is one. */
#include <stdlib.h>
#include <string.h>
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/meeting/inner.h"
#include "runtime/memory/memory.h"

#define VERSION_READ 1

static void read_parameters(struct reader *reader, const cJSON *pack, struct meeting *meeting) {
  const cJSON *list = read_list(reader, pack, "parameters", &meeting->n_parameters), *object;
  struct meeting_parameter *next = meeting->parameters = reader_take(reader, meeting->n_parameters, sizeof *next);
  cJSON_ArrayForEach(object, list)
    *next++ = (struct meeting_parameter){
        .name = read_text(reader, object, "parameter"), .title = read_text(reader, object, "title"),
        .value = read_text(reader, object, "value"), .usual = read_text(reader, object, "usual"), .is_set = read_truth(reader, object, "set")};
}

static void read_windows(struct reader *reader, const cJSON *pack, struct meeting *meeting) {
  const cJSON *list = read_list(reader, pack, "windows", &meeting->n_windows), *object;
  struct meeting_window *next = meeting->windows = reader_take(reader, meeting->n_windows, sizeof *next);
  cJSON_ArrayForEach(object, list)
    *next++ = (struct meeting_window){.name = read_text(reader, object, "window"), .of = read_text(reader, object, "of"),
                                      .first = read_date(reader, object, "first"), .last = read_date(reader, object, "last")};
}

/* Files of which all was read have no line, but for one that is missing. */
static void read_files(struct reader *reader, const cJSON *result, struct meeting *meeting) {
  size_t n_files, n, all = 0;
  const cJSON *files = read_list(reader, result, "files", &n_files), *file, *object;
  cJSON_ArrayForEach(file, files) {
    read_list(reader, file, "unread", &n);
    all += n + read_truth(reader, file, "missing");
  }
  meeting->unread = reader_take(reader, all, sizeof *meeting->unread);
  cJSON_ArrayForEach(file, files) {
    struct meeting_unread unread = {.file = read_text(reader, file, "file"), .reason = "",
                                    .of = read_whole(reader, file, "rows")};
    unread.is_missing = read_truth(reader, file, "missing");
    if (unread.is_missing) meeting->unread[meeting->n_unread++] = unread;
    cJSON_ArrayForEach(object, read_list(reader, file, "unread", &n)) {
      unread.reason = read_text(reader, object, "reason");
      unread.rows = read_count(reader, object, "rows");
      unread.is_missing = false;
      meeting->unread[meeting->n_unread++] = unread;
    }
  }
}

/* What is said of the whole result, and so of each meeting. */
static struct meeting read_common(struct reader *reader, const cJSON *result) {
  const cJSON *order = read_object(reader, result, "meeting");
  struct meeting meeting = {.danish = strcmp(read_text(reader, result, "language"), "da") == 0,
                            .index = read_date(reader, result, "as_of"),
                            .before = read_date(reader, result, "compared_with"),
                            .identified = read_truth(reader, result, "identified"),
                            .program = read_text(reader, result, "program"),
                            .data_hash = read_text(reader, result, "data"),
                            .meeting = read_text(reader, order, "title"),
                            .consultant = read_text(reader, order, "consultant"),
                            .on = read_date(reader, order, "on"),
                            .programme = ""};
  if (cJSON_HasObjectItem(result, "suppress")) meeting.suppress = read_whole(reader, result, "suppress");
  if (meeting.index == DATE_UNKNOWN) reader_fail(reader, "as_of", _("a date as 2024-06-01"));
  read_files(reader, result, &meeting);
  return meeting;
}

/* What is said of a pack, and so of it in each cluster. */
static void read_pack(struct reader *reader, const cJSON *result, const cJSON *pack, struct meeting *meeting) {
  const cJSON *order = read_object(reader, result, "meeting"), *material = read_object(reader, pack, "material");
  meeting->pack = read_text(reader, pack, "pack");
  meeting->title = read_text(reader, pack, "title");
  meeting->version = read_text(reader, pack, "version");
  meeting->about = read_text(reader, pack, "about");
  meeting->language = read_text(reader, pack, "language");
  meeting->guideline = read_text(reader, pack, "guideline");
  meeting->contact = read_text(reader, order, "contact");
  if (!*meeting->contact) meeting->contact = read_text(reader, pack, "contact");
  meeting->rules_hash = read_text(reader, pack, "rules");
  meeting->warnings = read_texts(reader, pack, "warnings", &meeting->n_warnings);
  if (*meeting->language && strcmp(meeting->language, "da") != 0 && strcmp(meeting->language, "en") != 0)
    reader_fail(reader, "language", _("`da` or `en`"));
  if (!*meeting->pack) reader_fail(reader, "pack", _("a name"));
  if (!*meeting->title) meeting->title = meeting->pack;
  read_parameters(reader, pack, meeting);
  read_windows(reader, pack, meeting);
  read_indicators(reader, pack, meeting);
  if (material) read_material(reader, material, meeting);
}

static void read_meetings(struct reader *reader, const cJSON *result, struct meetings *meetings) {
  size_t n_packs, n;
  const cJSON *packs = read_list(reader, result, "packs", &n_packs), *pack, *cluster;
  const struct meeting common = read_common(reader, result);
  cJSON_ArrayForEach(pack, packs) {
    read_list(reader, pack, "clusters", &n);
    meetings->n += n;
  }
  meetings->all = reader_take(reader, meetings->n, sizeof *meetings->all);
  meetings->n = 0;
  cJSON_ArrayForEach(pack, packs) {
    struct meeting of_pack = common;
    read_pack(reader, result, pack, &of_pack);
    cJSON_ArrayForEach(cluster, read_list(reader, pack, "clusters", &n)) {
      struct meeting *meeting = &meetings->all[meetings->n++];
      *meeting = of_pack;
      read_cluster(reader, cluster, meeting);
    }
  }
}

/* What is no JSON object with the right head is told in words of its own: most often it is another file altogether. */
static bool is_result(struct reader *reader, const cJSON *result) {
  const cJSON *format = cJSON_GetObjectItemCaseSensitive(result, "format");
  if (!cJSON_IsString(format) || strcmp(format->valuestring, "klynge result") != 0) {
    const char *sentence = _("this is no result of klynge: make one with klynge run PACK --data DATA --format json");
    reader->error = memory_text(sentence, strlen(sentence));
    return false;
  }
  if (read_whole(reader, result, "version") != VERSION_READ)
    reader_fail(reader, "version", _("1: the result was made by another version of klynge"));
  return !reader->error;
}

struct meetings *meetings_read(const char *json, size_t length, char **error) {
  struct memory *memory = memory_take(1, sizeof *memory);
  struct meetings *meetings = memory_take(1, sizeof *meetings);
  struct reader reader = {memory, NULL};
  meetings->memory = memory;
  memory->json = cJSON_ParseWithLength(json, length);
  if (is_result(&reader, memory->json)) read_meetings(&reader, memory->json, meetings);
  *error = reader.error;
  if (!reader.error) return meetings;
  meetings_free(meetings);
  return NULL;
}
