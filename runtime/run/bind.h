/* bind.h: an image and a store brought together, once, before a run: which segments each stream reads, and which of
 * the store's texts and columns the code means. Nothing is looked up by name after that. */
#ifndef KLYNGE_BIND_H
#define KLYNGE_BIND_H
#include "runtime/image/image.h"
#include "runtime/kernel/scan.h"
#include "runtime/store/store.h"

/* Read-only once made, so workers may share it. Borrows image and store. */
struct bound {
  const struct image *image;
  const struct store *store;
  uint32_t *code;               /* the image's, with columns (p) and texts (x) replaced by the numbers they have in the
                                 * store; UINT32_MAX where the data have no such column or never say the text */
  const struct store_table **tables;  /* that each part reads, cut by its key; NULL where the data have none */
  struct scan_stream *streams;  /* as in the image */
};

struct bound *bind_open(const struct image *image, const struct store *store);
void bind_close(struct bound *bound);
#endif
