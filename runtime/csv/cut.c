/* cut.c: where the parts of large files begin, worked out for all files before any is read.
 *
 *   labs.csv       ████████████████████▏███████████████▏██████████▏███████
 *   services.csv   ██████▏█████▏████
 *   plans.csv      ███▏██▏██
 *
 * The next part is a share of what is left of all files. So opening a part, which reads the header again and opens a segment for each
 * code, is paid for a few times only, and at the end, where a thread may find nothing more to do, the others have little left. (912 MB are 36 parts for two
 * threads, which end within 2 ms of each other. With 2, 3 and 4 shares for each thread and a least of 0.5, 1, 2 and 4 MB no time
 * could be told from another; parts of at most 16 MB took a tenth more memory than those of 64.) */
#include <stdlib.h>
#include <string.h>
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"

enum { SMALL_FILE = 1 << 19, SHARES = 3, LEAST = 1 << 20, MOST = 1 << 26, MOST_THREADS = 64, STEP = 1 << 12 };

struct cutting {
  const struct csv *csv;
  uint64_t left;                /* bytes of all files that are not in a part yet */
  struct cuts cuts;
};

/* The bytes of a file that is worth to be cut, else 0. */
static uint64_t size_to_cut(const struct csv *csv, const char *name) {
  uint64_t size = csv_file_size(csv, name), small = csv->options->small ? csv->options->small : SMALL_FILE;
  return size > small ? size : 0;
}

/* The place after the first line end from `offset` on; the file's size where there is none. */
static uint64_t next_line(const struct csv_file *file, uint64_t offset) {
  char bytes[STEP];
  for (int64_t n; offset < file->size && (n = csv_file_read(file, offset, bytes, STEP)) > 0; offset += (uint64_t)n) {
    const char *end = memchr(bytes, '\n', (size_t)n);
    if (end) return offset + (uint64_t)(end + 1 - bytes);
  }
  return file->size;
}

/* How long the next part is to be. */
static uint64_t length_of_next(const struct cutting *cutting) {
  uint64_t length = cutting->left / ((uint64_t)SHARES * cutting->cuts.threads);
  uint64_t least = cutting->csv->options->small ? cutting->csv->options->small : LEAST;
  return length < least ? least : length > MOST ? MOST : length;
}

static void cut_file(struct cutting *cutting, uint32_t number, const struct csv_file *file) {
  struct cuts *cuts = &cutting->cuts;
  for (uint64_t begin = 0, end; begin < file->size; begin = end) {
    uint64_t length = length_of_next(cutting), left = file->size - begin;
    end = left < length + length / 2 ? file->size : next_line(file, begin + length);
    cuts->all = memory_resize(cuts->all, cuts->n + (size_t)1, sizeof *cuts->all);
    cuts->all[cuts->n++] = (struct cut){number, {.begin = begin, .end = end}};
    cutting->left -= end - begin < cutting->left ? end - begin : cutting->left;
  }
}

struct cuts cuts_make(const struct csv *csv, const struct table_file *files, uint32_t n) {
  uint32_t threads = csv->options->threads < MOST_THREADS ? csv->options->threads : MOST_THREADS;
  struct cutting cutting = {.csv = csv, .cuts.threads = threads};
  if (csv->options->strict || threads < 2) return cutting.cuts;
  for (uint32_t i = 0; i < n; i++) cutting.left += size_to_cut(csv, files[i].report->name);
  struct data_report unsaid = {0};   /* a file that cannot be opened is told of when its turn comes */
  struct csv quiet = *csv;
  quiet.report = &unsaid;
  for (uint32_t i = 0; i < n; i++) {
    struct csv_file file;
    if (size_to_cut(csv, files[i].report->name) == 0 || csv_file_open(&file, &quiet, files[i].report->name) != OPENED) continue;
    cut_file(&cutting, i, &file);
    csv_file_close(&file);
  }
  data_report_free(&unsaid);
  return cutting.cuts;
}
