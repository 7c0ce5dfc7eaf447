#include "runtime/run/bind.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"

/* The table that a part reads, cut by its key; NULL where the data have none. */
static const struct store_table *table_of_part(const struct image *image, const struct image_part *part, const struct store *store) {
  return store_find_table(store, image_text(image, image->tables[part->table].name),
                          image_text(image, image->columns[part->key].name));
}

/* Whether a conversion never makes a lesser number of a greater one, nor does rounding then: the value, with numbers added to
 * it or taken from it, and multiplied and divided by positive ones. Values without conversion are so too. */
static bool is_rising(const struct image_convert_step *steps, uint32_t n) {
  if (n > 0 && (steps[0].op != CONVERT_VALUE || n % 2 == 0)) return false;
  for (uint32_t i = 1; i < n; i += 2) {
    uint32_t op = steps[i + 1].op;
    bool is_shift = op == CONVERT_ADD || op == CONVERT_SUBTRACT, is_stretch = op == CONVERT_MULTIPLY || op == CONVERT_DIVIDE;
    if (steps[i].op != CONVERT_NUMBER || !(is_shift || (is_stretch && steps[i].number > 0))) return false;
  }
  return true;
}

/* The value of a scaled integer after conversion. */
static double converted(const struct scan_segment *segment, int64_t small) {
  return image_convert(segment->steps, segment->n_steps, (double)small / segment->values->scale);
}

/* The least scaled integer whose value is `from` or more (or, `beyond`, more than it), or one more than the greatest there is:
 * their values rise with them, so halving finds it. The least integer of all stands for no number. */
static int64_t first_from(const struct scan_segment *segment, double from, bool beyond) {
  bool tiny = segment->values->tiny != NULL;
  int64_t low = tiny ? -INT16_MAX : -INT32_MAX, high = (tiny ? INT16_MAX : INT32_MAX) + INT64_C(1);
  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    double value = converted(segment, middle);
    if (beyond ? value > from : value >= from) high = middle;
    else low = middle + 1;
  }
  return low;
}

/* The scaled integers that are plausible, where they are those from one to another. */
static void bind_limits(struct scan_segment *segment) {
  int64_t low = first_from(segment, segment->low, false), end = first_from(segment, segment->high, true);
  segment->scaled_low = low < end ? (int32_t)low : 1;
  segment->scaled_high = low < end ? (int32_t)(end - 1) : 0;
}

/* The store keeps (patient, date, value) of the first number column in order; a conversion may turn values around, and
 * signs are not in it. */
static struct scan_segment bind_segment(const struct image *image, const struct image_stream *stream, const struct image_part *part,
                                        const struct store_segment *segment) {
  struct scan_segment out = {.rows = segment, .in_order = true, .low = part->low, .high = part->high};
  if (stream->kind != STREAM_SERIES) return out;
  uint32_t nth = image_nth_number(image, part);
  /* The store's table may be of other rules (run_check): then it has no such numbers. */
  out.values = &segment->values[nth];
  out.steps = image->convert_steps + part->first_step;
  out.n_steps = part->n_steps;
  bool rising = is_rising(out.steps, out.n_steps);
  out.is_bounded = !out.values->wide && rising && isfinite(converted(&out, INT32_MIN)) && isfinite(converted(&out, INT32_MAX));
  if (out.is_bounded) bind_limits(&out);
  out.all_plausible = out.is_bounded && out.values->n_missing == 0 &&
                      image_is_plausible(image_convert(out.steps, out.n_steps, out.values->low), part->low, part->high) &&
                      image_is_plausible(image_convert(out.steps, out.n_steps, out.values->high), part->low, part->high);
  out.in_order = nth == 0 && rising && !out.values->sign;
  return out;
}

/* The segments of one table that a stream reads; `of` is the first of its parts that read this table. */
static void bind_table(struct scan_stream *out, const struct bound *bound, const struct image_stream *stream,
                       const struct image_part *of, const struct store_table *table) {
  const struct image *image = bound->image;
  out->segments = memory_resize(out->segments, out->n_segments + (size_t)table->n_segments, sizeof *out->segments);
  for (uint32_t s = 0; s < table->n_segments; s++) {
    const struct store_segment *segment = &table->segments[s];
    const char *code = store_text(bound->store, segment->code), *unit = store_text(bound->store, segment->unit);
    bool takes_code;
    const struct image_part *part = image_find_part(image, stream, of->table, of->key, code, unit, &takes_code);
    if (part) out->segments[out->n_segments++] = bind_segment(image, stream, part, segment);
  }
}

/* Goes through each table once, when its first part comes. */
static void bind_stream(struct scan_stream *out, const struct bound *bound, const struct image_stream *stream) {
  out->kind = stream->kind;
  out->ties = stream->ties;
  for (uint32_t p = stream->first_part; p < stream->first_part + stream->n_parts; p++) {
    uint32_t first = stream->first_part;
    while (bound->tables[first] != bound->tables[p]) first++;
    if (first == p && bound->tables[p]) bind_table(out, bound, stream, &bound->image->parts[p], bound->tables[p]);
  }
}

static uint32_t bind_column(const struct image *image, const struct store *store, uint32_t column) {
  const struct store_column *found = store_find_column(store, image_text(image, image->columns[column].name));
  return found ? (uint32_t)(found - store->columns) : UINT32_MAX;
}

static void bind_code(struct bound *bound) {
  const struct image *image = bound->image;
  bound->code = memory_take(image->n_code, sizeof *bound->code);
  for (uint32_t at = 0; at < image->n_code;) {
    const char *operands = opcodes[image->code[at]].operands;
    bound->code[at] = image->code[at];
    at++;
    for (const char *letter = operands; *letter; letter++, at++) {
      uint32_t word = image->code[at];
      if (*letter == 'p') word = bind_column(image, bound->store, word);
      if (*letter == 'x') word = store_find_text(bound->store, image_text(image, word));
      bound->code[at] = word;
    }
  }
}

struct bound *bind_open(const struct image *image, const struct store *store) {
  struct bound *bound = memory_take(1, sizeof *bound);
  bound->image = image;
  bound->store = store;
  bind_code(bound);
  bound->streams = memory_take(image->n_streams, sizeof *bound->streams);
  bound->tables = memory_take(image->n_parts, sizeof *bound->tables);
  for (uint32_t p = 0; p < image->n_parts; p++) bound->tables[p] = table_of_part(image, &image->parts[p], store);
  for (uint32_t s = 0; s < image->n_streams; s++) bind_stream(&bound->streams[s], bound, &image->streams[s]);
  return bound;
}

void bind_close(struct bound *bound) {
  for (uint32_t s = 0; s < bound->image->n_streams; s++) free(bound->streams[s].segments);
  free(bound->streams);
  free(bound->tables);
  free(bound->code);
  free(bound);
}
