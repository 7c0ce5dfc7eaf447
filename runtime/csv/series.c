/* series.c: rows of results that no measure will read: in a unit that none declares for the code, or with a value that is
 * not plausible; and those that are read without having said their unit.
 *
 * A row is unread only if none of the series that name its code reads it. What they make of a code in a unit is found out
 * once, when the two are first met, by the same functions by which the engine binds a store. */
#include <float.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"

static bool same_reading(const struct part_reading *a, const struct part_reading *b) {
  return a->number == b->number && a->part->first_step == b->part->first_step && a->part->n_steps == b->part->n_steps &&
         a->part->low == b->part->low && a->part->high == b->part->high;
}

static void add_reading(struct judgement *judgement, struct part_reading reading) {
  for (uint32_t i = 0; i < judgement->n; i++)
    if (same_reading(&judgement->readings[i], &reading)) return;
  judgement->readings = memory_resize(judgement->readings, judgement->n + (size_t)1, sizeof *judgement->readings);
  judgement->readings[judgement->n++] = reading;
}

static void find_limits(struct judgement *judgement) {
  bool any = judgement->n == 0 && !judgement->other_unit; /* no series has a say */
  judgement->low = any ? -DBL_MAX : INFINITY;
  judgement->high = any ? DBL_MAX : -INFINITY;
  for (uint32_t i = 0; i < judgement->n && !judgement->no_unit; i++) {
    const struct image_part *part = judgement->readings[i].part;
    if (part->n_steps > 0) continue;
    judgement->number = judgement->readings[i].number;
    judgement->low = part->low < -DBL_MAX ? -DBL_MAX : part->low;
    judgement->high = part->high > DBL_MAX ? DBL_MAX : part->high;
    return;
  }
}

struct judgement judgement_make(const struct image *image, uint32_t table, uint32_t key, const char *code,
                                const char *unit) {
  struct judgement judgement = {.made = true};
  bool named = false, declares_unit = false;
  for (uint32_t s = 0; s < image->n_streams; s++) {
    const struct image_stream *stream = &image->streams[s];
    bool takes_code;
    if (stream->kind != STREAM_SERIES) continue;
    const struct image_part *part = image_find_part(image, stream, table, key, code, unit, &takes_code);
    named = named || takes_code;
    if (part == NULL) continue;
    declares_unit = declares_unit || part->unit != IMAGE_NONE;
    add_reading(&judgement, (struct part_reading){part, stream, image_nth_number(image, part)});
  }
  judgement.other_unit = named && judgement.n == 0;
  judgement.no_unit = unit[0] == '\0' && declares_unit;
  find_limits(&judgement);
  return judgement;
}

enum judged judgement_of(const struct judgement *judgement, const struct image *image, const double *numbers) {
  enum judged judged = JUDGED_NO_NUMBER;
  for (uint32_t i = 0; i < judgement->n; i++) {
    const struct part_reading *reading = &judgement->readings[i];
    const struct image_part *part = reading->part;
    double number = numbers[reading->number];
    if (isnan(number)) continue;
    number = image_convert(image->convert_steps + part->first_step, part->n_steps, number);
    if (image_is_plausible(number, part->low, part->high)) return JUDGED_READ;
    judged = JUDGED_IMPLAUSIBLE;
  }
  return judged;
}

/* ── what was expected ───────────────────────────────────────────────────────────────────────────────────────────── */

static void add_to_list(char list[EXPECTED], const char *word) {
  size_t length = strlen(list);
  snprintf(list + length, EXPECTED - length, "%s%s", length > 0 ? ", " : "", word);
}

void series_units(const struct image *image, uint32_t table, uint32_t key, const char *code, char list[EXPECTED]) {
  enum { MOST_UNITS = 8 };
  uint32_t units[MOST_UNITS], n = 0; /* an image keeps each text once */
  list[0] = '\0';
  for (uint32_t s = 0; s < image->n_streams; s++) {
    const struct image_stream *stream = &image->streams[s];
    for (uint32_t p = stream->first_part; p < stream->first_part + stream->n_parts; p++) {
      const struct image_part *part = &image->parts[p];
      if (stream->kind != STREAM_SERIES || part->table != table || part->key != key || part->unit == IMAGE_NONE ||
          !image_selects(image, part->selector, code, strlen(code)))
        continue;
      uint32_t i = 0;
      while (i < n && units[i] != part->unit) i++;
      if (i < n || n == MOST_UNITS) continue;
      units[n++] = part->unit;
      add_to_list(list, image_text(image, part->unit));
    }
  }
}

/* "15 – 200 (hba1c)": the limits stand after the conversion, so the measure is named and not a unit. */
void judgement_limits(const struct judgement *judgement, const struct image *image, bool danish, char list[EXPECTED]) {
  list[0] = '\0';
  for (uint32_t i = 0; i < judgement->n; i++) {
    const struct image_part *part = judgement->readings[i].part;
    char limits[EXPECTED];
    bool low = isfinite(part->low), high = isfinite(part->high);
    if (low && high) snprintf(limits, sizeof limits, "%.15g – %.15g", part->low, part->high);
    else if (low || high) snprintf(limits, sizeof limits, low ? "≥ %.15g" : "≤ %.15g", low ? part->low : part->high);
    else continue;
    for (char *point = limits; danish && (point = strchr(point, '.')) != NULL;) *point = ',';
    size_t length = strlen(limits);
    snprintf(limits + length, sizeof limits - length, " (%s)", image_text(image, judgement->readings[i].stream->name));
    add_to_list(list, limits);
  }
}
