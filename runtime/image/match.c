/* match.c: what an image says of one code and of one unit: whether a code is in a set, and which label a spelling is. */
#include "runtime/image/image.h"
#include <string.h>

/* The text is borrowed with its length, for codes are asked about where they stand in a file. */
static bool match_one(const struct image *image, const struct image_match_step *step, const char *code, size_t length) {
  const char *a = image_text(image, step->a);
  size_t a_length = strlen(a);
  switch ((enum image_match)step->op) {
  case MATCH_EXACT: return length == a_length && memcmp(code, a, length) == 0;
  case MATCH_PREFIX: return length >= a_length && memcmp(code, a, a_length) == 0;
  case MATCH_RANGE: {
    const char *b = image_text(image, step->b);
    return length == a_length && length == strlen(b) && memcmp(code, a, length) >= 0 && memcmp(code, b, length) <= 0;
  }
  default: return false;
  }
}

bool image_selects(const struct image *image, uint32_t selector, const char *code, size_t length) {
  if (selector == IMAGE_NONE)
    return true;
  const struct image_selector *set = &image->selectors[selector];
  bool stack[IMAGE_STACK] = {false};
  uint32_t depth = 0;
  for (uint32_t i = 0; i < set->n_steps; i++) {
    const struct image_match_step *step = &image->match_steps[set->first_step + i];
    if (step->op == MATCH_OR) {
      depth--;
      stack[depth - 1] = stack[depth - 1] || stack[depth];
    } else if (step->op == MATCH_EXCEPT) {
      depth--;
      stack[depth - 1] = stack[depth - 1] && !stack[depth];
    } else {
      stack[depth++] = match_one(image, step, code, length);
    }
  }
  return stack[0];
}

const char *image_fold_unit(const struct image *image, const char *spelt) {
  for (uint32_t i = 0; i < image->n_aliases; i++)
    if (strcmp(image_text(image, image->aliases[i].spelt), spelt) == 0)
      return image_text(image, image->aliases[i].label);
  return spelt;
}
