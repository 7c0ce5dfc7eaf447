/* size.c: rows and bytes of the columns that an image reads of a store. */
#include "tests/bench/size.h"
#include <stdbool.h>
#include <stddef.h>
#include "runtime/run/bind.h"

static size_t width_of_values(const struct store_values *values) {
  if (!values) return 0;
  size_t width = values->tiny ? sizeof *values->tiny : values->small ? sizeof *values->small : sizeof *values->wide;
  return width + (values->sign ? sizeof *values->sign : 0);
}

static size_t width_of_dates(const struct store_segment *rows) {
  return (rows->near_date ? sizeof *rows->near_date : sizeof *rows->far_date) + (rows->end ? sizeof *rows->end : 0);
}

/* Whether an earlier stream reads the same rows, or the same values of them. */
static bool is_read_before(const struct bound *bound, uint32_t stream, const struct scan_segment *segment, bool values) {
  for (uint32_t s = 0; s < stream; s++)
    for (uint32_t i = 0; i < bound->streams[s].n_segments; i++) {
      const struct scan_segment *other = &bound->streams[s].segments[i];
      if (other->rows == segment->rows && (!values || other->values == segment->values)) return true;
    }
  return false;
}

struct size size_of_columns(const struct image *image, const struct store *store) {
  struct size size = {0, 0};
  struct bound *bound = bind_open(image, store);
  for (uint32_t s = 0; s < image->n_streams; s++)
    for (uint32_t i = 0; i < bound->streams[s].n_segments; i++) {
      const struct scan_segment *segment = &bound->streams[s].segments[i];
      uint64_t n = segment->rows->n_rows;
      if (!is_read_before(bound, s, segment, true)) size.bytes += n * width_of_values(segment->values);
      if (is_read_before(bound, s, segment, false)) continue;
      size.rows += n;
      size.bytes += n * (sizeof *segment->rows->patient + width_of_dates(segment->rows));
    }
  for (uint32_t c = 0; c < image->n_columns; c++)
    if (image_reads_column(image, c)) size.bytes += store->n_patients * (image->columns[c].type == COLUMN_NUMBER ? sizeof(double) : 4);
  bind_close(bound);
  return size;
}
