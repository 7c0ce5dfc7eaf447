/* size.h: how much of a store an image reads. */
#ifndef KLYNGE_BENCH_SIZE_H
#define KLYNGE_BENCH_SIZE_H
#include <stdint.h>
#include "runtime/image/image.h"
#include "runtime/store/store.h"

/* Rows of the segments that the streams read, and bytes of the columns that are read of them and of patients; what two
 * streams read counts once. No evaluation touches more of the store, but it may touch less: values of rows outside of every
 * window are not looked at. */
struct size { uint64_t rows, bytes; };
struct size size_of_columns(const struct image *image, const struct store *store);
#endif
