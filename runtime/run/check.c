/* check.c: what a run will read of a store from a file, and whether those bytes are to be believed. */
#include <stdatomic.h>
#include "runtime/crew/crew.h"
#include "runtime/image/words.h"
#include "runtime/run/bind.h"
#include "runtime/run/look.h"
#include "runtime/run/run.h"
#include "runtime/store/file.h"

/* ── whether everything is there ─────────────────────────────────────────────────────────────────────────────────── */

static const char *const other_tables = N_("the store was imported with other tables than these rules read: import the data again");

static const char *check_part(const struct image *image, const struct store *store, const struct image_part *part) {
  const struct store_table *table = store_find_table(store, image_text(image, image->tables[part->table].name),
                                                     image_text(image, image->columns[part->key].name));
  if (!table) return N_("the store lacks a table that these rules read: import the data again, and name the rules after klynge import");
  return part->value != IMAGE_NONE && image_nth_number(image, part) >= table->n_values ? other_tables : NULL;
}

static const char *check_columns(const struct image *image, const struct store *store) {
  for (uint32_t c = 0; c < image->n_columns; c++) {
    if (!image_reads_column(image, c)) continue;
    const struct store_column *column = store_find_column(store, image_text(image, image->columns[c].name));
    uint32_t type = image->columns[c].type;
    bool fits = column && (type == COLUMN_NUMBER ? column->number != NULL : type == COLUMN_DATE ? column->date != NULL : column->text != NULL);
    if (!fits) return other_tables;
  }
  return NULL;
}

/* ── whether it is sound ─────────────────────────────────────────────────────────────────────────────────────────── */

/* The workers take one segment after the other; segments come first, then the columns of patients. */
struct verifying {
  const struct bound *bound;
  atomic_uint next;
  atomic_bool damaged;
};

static bool verify_segment(const struct store *store, const struct scan_segment *segment) {
  return store_verify_segment(store, segment->rows) && (!segment->values || store_verify_values(store, segment->values));
}

static bool verify_column(const struct store *store, const struct store_column *column) {
  return store_verify(store, column->number) && store_verify(store, column->date) && store_verify(store, column->text);
}

static void verify(void *context, uint32_t hand) {
  struct verifying *verifying = context;
  (void)hand;
  const struct bound *bound = verifying->bound;
  for (;;) {
    unsigned at = atomic_fetch_add(&verifying->next, 1), before = 0;
    uint32_t s = 0;
    while (s < bound->image->n_streams && before + bound->streams[s].n_segments <= at) before += bound->streams[s++].n_segments;
    bool sound;
    if (s < bound->image->n_streams) sound = verify_segment(bound->store, &bound->streams[s].segments[at - before]);
    else if (at - before < bound->store->n_columns) sound = verify_column(bound->store, &bound->store->columns[at - before]);
    else return;
    if (!sound) atomic_store(&verifying->damaged, true);
  }
}

static bool all_sound(const struct image *image, const struct store *store, uint32_t threads) {
  struct bound *bound = bind_open(image, store);
  struct verifying verifying = {.bound = bound};
  crew_work(threads, verify, &verifying);
  bind_close(bound);
  return !atomic_load(&verifying.damaged);
}

const char *run_check(const struct image *image, const struct store *store, uint32_t threads) {
  const char *damaged = N_("the store is damaged: import the data again");
  if (!store_verify_people(store)) return damaged; /* names are texts */
  const char *wrong = check_columns(image, store);
  for (uint32_t p = 0; p < image->n_parts && !wrong; p++) wrong = check_part(image, store, &image->parts[p]);
  if (wrong) return wrong;
  /* Where questions are asked somebody will look at rows one by one. */
  return all_sound(image, store, threads) && (image->n_questions == 0 || look_verify(image, store)) ? NULL : damaged;
}
