/* reads.c: what an image reads of the data: which columns of patients, which part of a stream takes a row, and what becomes
 * of its value. The engine reads a store by it, and the reading of files counts by it what the engine will not read. */
#include "runtime/image/image.h"
#include <string.h>

bool image_reads_column(const struct image *image, uint32_t column) {
  for (uint32_t at = 0; at < image->n_code; at++)
    for (const char *letter = opcodes[image->code[at]].operands; *letter; letter++)
      if (image->code[++at] == column && *letter == 'p') return true;
  return false;
}

/* An empty unit is read as the part's own. */
static bool part_takes_unit(const struct image *image, const struct image_part *part, const char *unit) {
  if (part->unit == IMAGE_NONE || unit[0] == '\0') return true;
  return strcmp(image_fold_unit(image, unit), image_text(image, part->unit)) == 0;
}

const struct image_part *image_find_part(const struct image *image, const struct image_stream *stream, uint32_t table,
                                         uint32_t key, const char *code, const char *unit, bool *takes_code) {
  size_t length = strlen(code);
  *takes_code = false;
  for (uint32_t p = stream->first_part; p < stream->first_part + stream->n_parts; p++) {
    const struct image_part *part = &image->parts[p];
    if (part->table != table || part->key != key || !image_selects(image, part->selector, code, length)) continue;
    *takes_code = true;
    if (part_takes_unit(image, part, unit)) return part;
  }
  return NULL;
}

uint32_t image_nth_number(const struct image *image, const struct image_part *part) {
  uint32_t nth = 0;
  for (uint32_t c = image->tables[part->table].first_column; c < part->value; c++)
    nth += image->columns[c].type == COLUMN_NUMBER;
  return nth;
}

/* The image's verifier has seen to it that the stack holds what each step takes, and no more than IMAGE_STACK. */
double image_convert(const struct image_convert_step *steps, uint32_t n, double value) {
  double stack[IMAGE_STACK + 1]; /* the first is never written nor read: `top` may stand on it */
  double *top = stack;
  if (n == 0) return value;
  for (uint32_t i = 0; i < n; i++) {
    switch ((enum image_convert)steps[i].op) {
      case CONVERT_VALUE: *++top = value; break;
      case CONVERT_NUMBER: *++top = steps[i].number; break;
      case CONVERT_ADD: top--, top[0] = top[0] + top[1]; break;
      case CONVERT_SUBTRACT: top--, top[0] = top[0] - top[1]; break;
      case CONVERT_MULTIPLY: top--, top[0] = top[0] * top[1]; break;
      case CONVERT_DIVIDE: top--, top[0] = top[0] / top[1]; break;
      case CONVERT_NEGATE: top[0] = -top[0]; break;
    }
  }
  return *top;
}
