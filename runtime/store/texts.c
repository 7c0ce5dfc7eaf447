/* texts.c: the dictionary of a finished store stands in the order of its bytes. So the number of a text says nothing
 * of which row came first, a look-up is a binary search, and two stores of the same data are equal byte for byte. */
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"
#include "runtime/store/inner.h"

/* A text with its first eight bytes as a number that compares as they do: most comparisons end there. */
struct sortable { uint64_t head; const char *text; uint32_t number; };

static uint64_t head_of(const char *text) {
  uint64_t head = 0;
  int i = 0;
  for (; i < 8 && text[i] != '\0'; i++) head = head << 8 | (unsigned char)text[i];
  return i == 0 ? 0 : head << (8 * (8 - i));
}

static int compare(const void *a, const void *b) {
  const struct sortable *x = a, *y = b;
  if (x->head != y->head) return x->head < y->head ? -1 : 1;
  return strcmp(x->text, y->text);
}

uint32_t *store_sort_texts(struct store_owner *owner, struct store_builder *builder) {
  struct dictionary *texts = &builder->texts;
  struct sortable *sorted = memory_take(texts->n, sizeof *sorted);
  for (uint32_t i = 0; i < texts->n; i++)
    sorted[i] = (struct sortable){head_of(texts->texts[i]), texts->texts[i], i};
  qsort(sorted, texts->n, sizeof *sorted, compare);
  uint32_t *text_now = memory_take(texts->n, sizeof *text_now);
  for (uint32_t i = 0; i < texts->n; i++) {
    text_now[sorted[i].number] = i;
    texts->texts[i] = sorted[i].text;
  }
  free(sorted);
  /* From here on nobody looks for a text by its hash. */
  free(texts->slots);
  texts->slots = NULL;
  owner->texts = *texts;
  owner->store.n_texts = texts->n;
  owner->store.texts = texts->texts;
  *texts = (struct dictionary){0};
  return text_now;
}
