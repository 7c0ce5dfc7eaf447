/* member.c: members of JSON objects, each as what it must be. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/meeting/inner.h"
#include "runtime/memory/memory.h"

#define TEXT_OF_ERROR 256

struct block { struct block *next; };

void *reader_take(struct reader *reader, size_t n, size_t size) {
  struct block *block = memory_take(1, sizeof *block + (n ? n : 1) * size);
  block->next = reader->memory->blocks;
  reader->memory->blocks = block;
  return block + 1;
}

void reader_fail(struct reader *reader, const char *name, const char *wanted) {
  if (reader->error) return;
  reader->error = memory_take(TEXT_OF_ERROR, 1);
  snprintf(reader->error, TEXT_OF_ERROR, _("this is no whole result of klynge: the member `%s` is wrong; expected: %s"), name, wanted);
}

/* The member, NULL where it is null or not there. */
static const cJSON *member(const cJSON *object, const char *name) {
  const cJSON *found = cJSON_GetObjectItemCaseSensitive(object, name);
  return cJSON_IsNull(found) ? NULL : found;
}

const char *read_text(struct reader *reader, const cJSON *object, const char *name) {
  const cJSON *found = member(object, name);
  if (!found) return "";
  if (cJSON_IsString(found)) return found->valuestring;
  reader_fail(reader, name, _("a text"));
  return "";
}

double read_number(struct reader *reader, const cJSON *object, const char *name) {
  const cJSON *found = member(object, name);
  if (!found) return NAN;
  if (cJSON_IsNumber(found) && isfinite(found->valuedouble)) return found->valuedouble;
  reader_fail(reader, name, _("a number"));
  return NAN;
}

static bool is_whole(const cJSON *number) {
  double value = number->valuedouble;
  return cJSON_IsNumber(number) && value >= 0 && value <= UINT32_MAX && value == floor(value);
}

uint32_t read_whole(struct reader *reader, const cJSON *object, const char *name) {
  const cJSON *found = member(object, name);
  if (found && is_whole(found)) return (uint32_t)found->valuedouble;
  reader_fail(reader, name, _("a whole number"));
  return 0;
}

bool read_truth(struct reader *reader, const cJSON *object, const char *name) {
  const cJSON *found = member(object, name);
  if (found && !cJSON_IsBool(found)) reader_fail(reader, name, _("true or false"));
  return cJSON_IsTrue(found);
}

int32_t read_date(struct reader *reader, const cJSON *object, const char *name) {
  const char *text = read_text(reader, object, name);
  int year, month, day, end = 0, back_year, back_month, back_day;
  if (!*text) return DATE_UNKNOWN;
  if (strlen(text) == 10 && sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &end) == 3 && end == 10 && year >= 1 &&
      month >= 1 && month <= 12 && day >= 1 && day <= 31) {
    int32_t date = date_from_civil(year, month, day);
    date_to_civil(date, &back_year, &back_month, &back_day);
    if (back_month == month && back_day == day) return date;
  }
  reader_fail(reader, name, _("a date as 2024-06-01"));
  return DATE_UNKNOWN;
}

struct meeting_count read_count(struct reader *reader, const cJSON *object, const char *name) {
  const cJSON *found = member(object, name);
  if (cJSON_IsString(found)) {
    if (found->valuestring[0] == '<') return (struct meeting_count){0, COUNT_SMALL};
    if (strcmp(found->valuestring, "hidden") == 0) return (struct meeting_count){0, COUNT_HIDDEN};
  } else if (found && is_whole(found)) {
    return (struct meeting_count){(uint32_t)found->valuedouble, COUNT_SHOWN};
  }
  reader_fail(reader, name, _("a count"));
  return (struct meeting_count){0, COUNT_HIDDEN};
}

const cJSON *read_list(struct reader *reader, const cJSON *object, const char *name, size_t *n) {
  const cJSON *found = member(object, name);
  *n = 0;
  if (found && !cJSON_IsArray(found)) reader_fail(reader, name, _("a list"));
  if (!found || !cJSON_IsArray(found)) return NULL;
  *n = (size_t)cJSON_GetArraySize(found);
  return found;
}

const char **read_texts(struct reader *reader, const cJSON *object, const char *name, size_t *n) {
  const cJSON *list = read_list(reader, object, name, n), *element;
  const char **texts = reader_take(reader, *n, sizeof *texts);
  size_t i = 0;
  cJSON_ArrayForEach(element, list) {
    if (!cJSON_IsString(element)) reader_fail(reader, name, _("a list of texts"));
    texts[i++] = cJSON_IsString(element) ? element->valuestring : "";
  }
  return texts;
}

const cJSON *read_object(struct reader *reader, const cJSON *object, const char *name) {
  const cJSON *found = member(object, name);
  if (!found || cJSON_IsObject(found)) return found;
  reader_fail(reader, name, _("an object"));
  return NULL;
}

void meetings_free(struct meetings *meetings) {
  if (!meetings) return;
  struct memory *memory = meetings->memory;
  for (struct block *block = memory->blocks, *next; block; block = next) {
    next = block->next;
    free(block);
  }
  cJSON_Delete(memory->json);
  free(memory);
  free(meetings);
}
