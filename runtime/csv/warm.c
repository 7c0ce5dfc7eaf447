/* warm.c: patients.csv is read by one thread, and of the time from files to tables a good part is waiting until the system has found
 * pages for the rows. So a thread that would have nothing to do asks for them meanwhile. (Measured on 912 MB, each in turn: 915
 * to 741 ms.) */
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"

/* Packs keep about a twelfth of the bytes that they read as rows, imports twice that. More than MOST is not found in the time that
 * patients take, and would be a burden where rules name few codes. */
enum { SHARE = 12, SMALL_DATA = 16 << 20, MOST = 256 << 20 };

static void *warm(void *context) {
  struct warming *warming = context;
  memory_warm(warming->length, &warming->enough);
  return NULL;
}

void warming_begin(struct warming *warming, const struct csv *csv) {
  uint64_t small = csv->options->small ? csv->options->small : SMALL_DATA;
  warming->length = (size_t)(csv->bytes->all / SHARE < MOST ? csv->bytes->all / SHARE : MOST);
  atomic_init(&warming->enough, false);
  warming->started = csv->options->threads > 1 && csv->bytes->all > small && pthread_create(&warming->thread, NULL, warm, warming) == 0;
}

void warming_end(struct warming *warming) {
  atomic_store_explicit(&warming->enough, true, memory_order_relaxed);
  if (warming->started) pthread_join(warming->thread, NULL);
}
