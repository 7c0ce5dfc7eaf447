/* look.c: one patient's rows, segment by segment: there are few, so nothing here is made fast. */
#include "runtime/run/look.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/kernel/window.h"
#include "runtime/memory/memory.h"
#include "runtime/store/file.h"

/* ── which segments ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* What is done with a segment that a stream knows of: the part that reads it, NULL where its unit is none that one of them reads. */
typedef void look_visit(void *context, const struct image_part *part, const struct store_segment *segment);

/* Each table once, when its first part comes. */
static void visit_part(const struct image *image, const struct store *store, const struct image_stream *stream, uint32_t number,
                       look_visit *visit, void *context) {
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
    if (part || takes_code) visit(context, part, segment);
  }
}

static void visit_stream(const struct image *image, const struct store *store, const struct image_stream *stream, look_visit *visit,
                         void *context) {
  for (uint32_t p = stream->first_part; p < stream->first_part + stream->n_parts; p++)
    visit_part(image, store, stream, p, visit, context);
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct looking {
  const struct image *image;
  const struct store *store;
  const struct image_stream *stream;
  uint32_t patient;
  int32_t index;
  struct look_row *all;
  size_t n, room;
};

static struct look_row *add(struct looking *looking) {
  if (looking->n == looking->room) {
    looking->room = looking->room ? 2 * looking->room : 16;
    looking->all = memory_resize(looking->all, looking->room, sizeof *looking->all);
  }
  return &looking->all[looking->n++];
}

/* The numbers that a part reads; of a unit that none does, those of the first column. */
static const struct store_values *values_of(const struct image *image, const struct image_part *part, const struct store_segment *segment) {
  return &segment->values[part && part->value != IMAGE_NONE ? image_nth_number(image, part) : 0];
}

static void look_at(const struct image *image, const struct image_stream *stream, const struct image_part *part,
                    const struct store_segment *segment, uint64_t at, struct look_row *row) {
  const struct store_values *values = values_of(image, part, segment);
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

static void look_into(void *context, const struct image_part *part, const struct store_segment *segment) {
  struct looking *looking = context;
  uint32_t block = looking->patient / BLOCK_PATIENTS, lane = looking->patient % BLOCK_PATIENTS;
  for (uint64_t at = first_row(segment, block, lane); at < segment->block[block + 1] && segment->patient[at] == lane; at++) {
    if (segment_date(segment, at) > looking->index) continue;
    struct look_row *row = add(looking);
    look_at(looking->image, looking->stream, part, segment, at, row);
    row->code = store_text(looking->store, segment->code);
    row->unit = store_text(looking->store, segment->unit);
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
  struct looking looking = {.image = image, .store = store, .stream = &image->streams[stream], .patient = patient, .index = index};
  visit_stream(image, store, looking.stream, look_into, &looking);
  if (looking.n) qsort(looking.all, looking.n, sizeof *looking.all, by_date);
  *n = looking.n;
  return looking.all;
}

/* ── whether they are sound ──────────────────────────────────────────────────────────────────────────────────────── */

struct verifying {
  const struct image *image;
  const struct store *store;
  const struct image_stream *stream;
  bool sound;
};

static void verify(void *context, const struct image_part *part, const struct store_segment *segment) {
  struct verifying *verifying = context;
  const struct store *store = verifying->store;
  verifying->sound = verifying->sound && store_verify_segment(store, segment);
  if (verifying->stream->kind == STREAM_SERIES)
    verifying->sound = verifying->sound && store_verify_values(store, values_of(verifying->image, part, segment));
}

bool look_verify(const struct image *image, const struct store *store) {
  struct verifying verifying = {.image = image, .store = store, .sound = true};
  for (uint32_t s = 0; s < image->n_streams; s++) {
    verifying.stream = &image->streams[s];
    visit_stream(image, store, verifying.stream, verify, &verifying);
  }
  return verifying.sound;
}

/* ── who ─────────────────────────────────────────────────────────────────────────────────────────────────────────── */

uint32_t look_patient(const struct store *store, const char *id) {
  uint32_t text = store_find_text(store, id);
  for (uint32_t i = 0; text != UINT32_MAX && i < store->n_patients; i++)
    if (store->patient_ids[i] == text) return i;
  return UINT32_MAX;
}
