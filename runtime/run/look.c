/* look.c: one patient's rows, segment by segment: there are few, so nothing here is made fast. */
#include "runtime/run/look.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/kernel/window.h"
#include "runtime/memory/memory.h"

struct looking { struct look_row *all; size_t n, room; };

static struct look_row *add(struct looking *looking) {
  if (looking->n == looking->room) {
    looking->room = looking->room ? 2 * looking->room : 16;
    looking->all = memory_resize(looking->all, looking->room, sizeof *looking->all);
  }
  return &looking->all[looking->n++];
}

static void look_at(const struct image *image, const struct image_stream *stream, const struct image_part *part,
                    const struct store_segment *segment, uint64_t at, struct look_row *row) {
  const struct store_values *values = &segment->values[part && part->value != IMAGE_NONE ? image_nth_number(image, part) : 0];
  row->date = segment_date(segment, at);
  row->end = segment->end ? segment->end[at] : DATE_OPEN;
  row->number = row->value = (double)NAN;
  row->read = part ? LOOK_READ : LOOK_OTHER_UNIT;
  row->sign = 0;
  if (stream->kind != STREAM_SERIES) return;
  row->number = row->value = store_number(values, at);
  row->sign = values->sign ? values->sign[at] : 0;
  if (!part) return;
  if (isnan(row->number)) row->read = LOOK_NO_NUMBER;
  if (part->n_steps && !isnan(row->number)) row->value = image_convert(image->convert_steps + part->first_step, part->n_steps, row->number);
  if (row->read == LOOK_READ && !image_is_plausible(row->value, part->low, part->high)) row->read = LOOK_IMPLAUSIBLE;
}

/* The first row of the block whose patient is this one or comes later: rows stand in the order of patients. */
static uint64_t first_row(const struct store_segment *segment, uint32_t block, uint32_t lane) {
  uint64_t low = segment->block[block], high = segment->block[block + 1];
  while (low < high) {
    uint64_t middle = low + (high - low) / 2;
    if (segment->patient[middle] < lane) low = middle + 1;
    else high = middle;
  }
  return low;
}

static void look_into(struct looking *looking, const struct image *image, const struct store *store, const struct image_stream *stream,
                      const struct image_part *part, const struct store_segment *segment, uint32_t patient, int32_t index) {
  uint32_t block = patient / BLOCK_PATIENTS, lane = patient % BLOCK_PATIENTS;
  for (uint64_t at = first_row(segment, block, lane); at < segment->block[block + 1] && segment->patient[at] == lane; at++) {
    if (segment_date(segment, at) > index) continue;
    struct look_row *row = add(looking);
    look_at(image, stream, part, segment, at, row);
    row->code = store_text(store, segment->code);
    row->unit = store_text(store, segment->unit);
  }
}

/* Each table once, when its first part comes. */
static void look_in_part(struct looking *looking, const struct image *image, const struct store *store, const struct image_stream *stream,
                         uint32_t number, uint32_t patient, int32_t index) {
  const struct image_part *of = &image->parts[number];
  const struct store_table *table = store_find_table(store, image_text(image, image->tables[of->table].name),
                                                     image_text(image, image->columns[of->key].name));
  for (uint32_t p = stream->first_part; p < number; p++)
    if (image->parts[p].table == of->table && image->parts[p].key == of->key) return;
  for (uint32_t s = 0; table && s < table->n_segments; s++) {
    const struct store_segment *segment = &table->segments[s];
    bool takes_code;
    const struct image_part *part = image_find_part(image, stream, of->table, of->key, store_text(store, segment->code),
                                                    store_text(store, segment->unit), &takes_code);
    if (part || takes_code) look_into(looking, image, store, stream, part, segment, patient, index);
  }
}

static int by_date(const void *a, const void *b) {
  const struct look_row *x = a, *y = b;
  if (x->date != y->date) return x->date < y->date ? -1 : 1;
  if (x->value != y->value && !isnan(x->value) && !isnan(y->value)) return x->value < y->value ? -1 : 1;
  int order = strcmp(x->code, y->code);
  return order ? order : x->sign - y->sign;
}

struct look_row *look_rows(const struct image *image, const struct store *store, uint32_t stream, uint32_t patient, int32_t index, size_t *n) {
  struct looking looking = {0};
  const struct image_stream *of = &image->streams[stream];
  for (uint32_t p = of->first_part; p < of->first_part + of->n_parts; p++)
    look_in_part(&looking, image, store, of, p, patient, index);
  if (looking.n) qsort(looking.all, looking.n, sizeof *looking.all, by_date);
  *n = looking.n;
  return looking.all;
}

uint32_t look_patient(const struct store *store, const char *id) {
  uint32_t text = store_find_text(store, id);
  for (uint32_t i = 0; text != UINT32_MAX && i < store->n_patients; i++)
    if (store->patient_ids[i] == text) return i;
  return UINT32_MAX;
}
