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

/* How many of n texts in order come after another one; n where they are too many to count. */
static uint32_t count_after(const struct sortable *texts, uint32_t n, const struct sortable *text) {
  enum { MOST = 8 };
  for (uint32_t i = 0; i < n && i <= MOST; i++)
    if (compare(&texts[n - 1 - i], text) < 0) return i;
  return n;
}

/* Texts that stand behind others which come after them. */
struct strays { struct sortable *texts; uint32_t n, room; };

static void add_stray(struct strays *strays, struct sortable text) {
  if (strays->n == strays->room) {
    strays->room = strays->room ? 2 * strays->room : 64;
    strays->texts = memory_resize(strays->texts, strays->room, sizeof *strays->texts);
  }
  strays->texts[strays->n++] = text;
}

/* Sorts. Exports mostly come in the order of their ids, with a practice's name or a word now and then between them: what is in
 * order but for a few stays, the few are sorted, and the two are merged from their ends, in the room that the few have left. */
static void sort(struct sortable *texts, uint32_t n) {
  struct strays strays = {0};
  uint32_t n_kept = 0;
  for (uint32_t i = 0; i < n; i++) {
    uint32_t n_after = count_after(texts, n_kept, &texts[i]);
    if (n_after < n_kept || n_kept == 0) {
      struct sortable text = texts[i];
      while (n_after-- > 0) add_stray(&strays, texts[--n_kept]);
      texts[n_kept++] = text;
    } else {
      add_stray(&strays, texts[i]);
    }
  }
  if (strays.n > 0) qsort(strays.texts, strays.n, sizeof *strays.texts, compare);
  for (uint32_t to = n, stray = strays.n; stray > 0;) {
    bool is_stray = n_kept == 0 || compare(&texts[n_kept - 1], &strays.texts[stray - 1]) < 0;
    texts[--to] = is_stray ? strays.texts[--stray] : texts[--n_kept];
  }
  free(strays.texts);
}

/* The texts one after the other, in their order: what a file of the store holds as well. */
static void lay_texts(struct store_owner *owner, const struct sortable *sorted, uint32_t n) {
  uint64_t *begins = memory_resize(NULL, (size_t)n + 1, sizeof *begins), length = 0;
  for (uint32_t i = 0; i < n; i++) {
    begins[i] = length;
    length += strlen(sorted[i].text) + 1;
  }
  begins[n] = length;
  char *bytes = memory_resize(NULL, length, 1);
  for (uint32_t i = 0; i < n; i++) memcpy(bytes + begins[i], sorted[i].text, begins[i + 1] - begins[i]);
  owner->store.n_texts = n;
  owner->store.text_bytes = bytes;
  owner->store.text_begins = begins;
  owner->store.text_length = length;
  store_own(owner, begins);
  store_own(owner, bytes);
}

uint32_t *store_sort_texts(struct store_owner *owner, struct store_builder *builder) {
  struct dictionary *texts = &builder->texts;
  struct sortable *sorted = memory_resize(NULL, texts->n, sizeof *sorted);
  for (uint32_t i = 0; i < texts->n; i++)
    sorted[i] = (struct sortable){head_of(texts->texts[i]), texts->texts[i], i};
  sort(sorted, texts->n);
  uint32_t *text_now = memory_resize(NULL, texts->n, sizeof *text_now);
  for (uint32_t i = 0; i < texts->n; i++) text_now[sorted[i].number] = i;
  lay_texts(owner, sorted, texts->n);
  free(sorted);
  dictionary_close(texts);
  return text_now;
}
