/* write.c: a store becomes a file. What has pointers in memory becomes records with numbers of strips; the strips are the
 * very bytes of the columns. */
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "runtime/memory/memory.h"
#include "runtime/store/file.h"
#include "runtime/store/strips.h"

/* The records and strips of a store on their way into a file. */
struct writing {
  const struct store *store;
  struct file_counts counts;
  struct piece *strips;
  uint32_t room;
  struct file_table *tables;
  struct file_segment *segments;
  struct file_values *values;
  struct file_column *columns;
};

/* ── records ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static uint32_t add_strip(struct writing *writing, const void *bytes, uint64_t n, size_t size) {
  if (bytes == NULL) return STORE_NONE;
  if (writing->counts.n_strips == writing->room) {
    writing->room = writing->room ? 2 * writing->room : 256;
    writing->strips = memory_resize(writing->strips, writing->room, sizeof *writing->strips);
  }
  writing->strips[writing->counts.n_strips] = (struct piece){bytes, n * size};
  return writing->counts.n_strips++;
}

static struct file_values values_of(struct writing *writing, const struct store_values *values, uint64_t n_rows) {
  struct file_values out = {.scale = values->scale, .low = values->low, .high = values->high, .n_missing = values->n_missing};
  out.tiny = add_strip(writing, values->tiny, n_rows, sizeof *values->tiny);
  out.small = add_strip(writing, values->small, n_rows, sizeof *values->small);
  out.wide = add_strip(writing, values->wide, n_rows, sizeof *values->wide);
  out.sign = add_strip(writing, values->sign, n_rows, sizeof *values->sign);
  return out;
}

static void add_segment(struct writing *writing, const struct store_segment *segment, uint32_t n_values) {
  struct file_segment *out = &writing->segments[writing->counts.n_segments++];
  uint64_t n = segment->n_rows;
  *out = (struct file_segment){.n_rows = n, .code = segment->code, .unit = segment->unit, .base = segment->base};
  out->block = add_strip(writing, segment->block, writing->store->n_blocks + (uint64_t)1, sizeof *segment->block);
  out->days = add_strip(writing, segment->days, writing->store->n_blocks, sizeof *segment->days);
  out->patient = add_strip(writing, segment->patient, n, sizeof *segment->patient);
  out->near_date = add_strip(writing, segment->near_date, n, sizeof *segment->near_date);
  out->far_date = add_strip(writing, segment->far_date, n, sizeof *segment->far_date);
  out->end = add_strip(writing, segment->end, n, sizeof *segment->end);
  out->first_value = writing->counts.n_values;
  for (uint32_t i = 0; i < n_values; i++)
    writing->values[writing->counts.n_values++] = values_of(writing, &segment->values[i], n);
}

static void add_tables(struct writing *writing) {
  const struct store *store = writing->store;
  size_t n_segments = 0, n_values = 0;
  for (uint32_t t = 0; t < store->n_tables; t++) {
    n_segments += store->tables[t].n_segments;
    n_values += (size_t)store->tables[t].n_segments * store->tables[t].n_values;
  }
  writing->tables = memory_take(store->n_tables, sizeof *writing->tables);
  writing->segments = memory_take(n_segments, sizeof *writing->segments);
  writing->values = memory_take(n_values, sizeof *writing->values);
  for (uint32_t t = 0; t < store->n_tables; t++) {
    const struct store_table *table = &store->tables[t];
    writing->tables[writing->counts.n_tables++] = (struct file_table){
        table->name, table->key, writing->counts.n_segments, table->n_segments, table->n_values, 0};
    for (uint32_t s = 0; s < table->n_segments; s++) add_segment(writing, &table->segments[s], table->n_values);
  }
}

static void add_people(struct writing *writing) {
  const struct store *store = writing->store;
  struct file_counts *counts = &writing->counts;
  counts->text_bytes = add_strip(writing, store->text_bytes, store->text_begins[store->n_texts], 1);
  counts->text_begins = add_strip(writing, store->text_begins, store->n_texts + (uint64_t)1, sizeof *store->text_begins);
  counts->patient_ids = add_strip(writing, store->patient_ids, store->n_patients, sizeof *store->patient_ids);
  writing->columns = memory_take(store->n_columns, sizeof *writing->columns);
  for (uint32_t i = 0; i < store->n_columns; i++) {
    const struct store_column *column = &store->columns[i];
    struct file_column *out = &writing->columns[counts->n_columns++];
    out->name = column->name;
    out->number = add_strip(writing, column->number, store->n_patients, sizeof *column->number);
    out->date = add_strip(writing, column->date, store->n_patients, sizeof *column->date);
    out->text = add_strip(writing, column->text, store->n_patients, sizeof *column->text);
  }
}

/* ── bytes ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool write_padded(const void *bytes, uint64_t length, uint64_t *at, FILE *out) {
  static const char zeros[STORE_ALIGN];
  uint64_t gap = (STORE_ALIGN - *at % STORE_ALIGN) % STORE_ALIGN;
  if (fwrite(zeros, 1, gap, out) != gap || fwrite(bytes, 1, length, out) != length) return false;
  *at += gap + length;
  return true;
}

/* The directory in one piece, so that it has one checksum. */
static char *join_directory(const struct writing *writing, const struct file_strip *strips, uint64_t *length) {
  const struct store *store = writing->store;
  const struct file_counts *counts = &writing->counts;
  const struct piece pieces[] = {
      {counts, sizeof *counts},
      {strips, counts->n_strips * sizeof *strips},
      {writing->tables, counts->n_tables * sizeof *writing->tables},
      {writing->segments, counts->n_segments * sizeof *writing->segments},
      {writing->values, counts->n_values * sizeof *writing->values},
      {writing->columns, counts->n_columns * sizeof *writing->columns},
      {store->practices, counts->n_practices * sizeof *store->practices},
      {store->clusters, counts->n_clusters * sizeof *store->clusters},
  };
  char *directory = NULL;
  *length = 0;
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
    directory = memory_resize(directory, *length + pieces[i].length + 8, 1);
    if (pieces[i].length) memcpy(directory + *length, pieces[i].bytes, pieces[i].length);
    *length += pieces[i].length;
    while (*length % 8) directory[(*length)++] = 0;
  }
  return directory;
}

/* The frame stands before the strips, but is made after them, for it holds their checksums. */
static bool write_frame(const struct writing *writing, const struct file_strip *strips, struct file_header *header, FILE *out) {
  char *directory = join_directory(writing, strips, &header->directory_length);
  header->directory_hash = XXH3_64bits(directory, header->directory_length);
  header->header_hash = XXH3_64bits(header, offsetof(struct file_header, header_hash));
  bool written = fwrite(header, sizeof *header, 1, out) == 1 &&
                 fwrite(directory, 1, header->directory_length, out) == header->directory_length;
  free(directory);
  return written;
}

static bool write_strips(const struct writing *writing, uint64_t at, FILE *out) {
  bool written = true;
  for (uint32_t i = 0; i < writing->counts.n_strips && written; i++)
    written = write_padded(writing->strips[i].bytes, writing->strips[i].length, &at, out);
  return written;
}

/* How long the directory will be does not depend on where the strips lie. */
static bool write_file(struct writing *writing, FILE *out, uint32_t threads) {
  struct file_header header = {.magic = STORE_MAGIC, .version = STORE_VERSION};
  uint32_t n = writing->counts.n_strips;
  struct file_strip *strips = memory_take(n, sizeof *strips);
  free(join_directory(writing, strips, &header.directory_length));
  uint64_t begin = sizeof header + header.directory_length;
  header.length = strips_place(writing->strips, n, begin, strips);
  int file;
  bool written = strips_open(&file, out, header.length) && strips_write(file, writing->strips, n, strips, threads) &&
                 write_frame(writing, strips, &header, out);
  if (file == STRIPS_IN_ORDER) written = written && write_strips(writing, begin, out);
  else written = written && fseeko(out, (off_t)header.length, SEEK_SET) == 0;
  free(strips);
  return written;
}

bool store_write(const struct store *store, const void *notes, size_t n_notes, FILE *out, uint32_t threads) {
  struct writing writing = {.store = store};
  struct file_counts *counts = &writing.counts;
  *counts = (struct file_counts){.n_practices = store->n_practices, .n_clusters = store->n_clusters, .n_texts = store->n_texts,
                                 .n_patients = store->n_patients, .newest = store->newest,
                                 .hash = {store->hash[0], store->hash[1]}};
  add_people(&writing);
  add_tables(&writing);
  counts->notes = add_strip(&writing, notes, n_notes, 1);
  bool written = write_file(&writing, out, threads);
  free(writing.strips);
  free(writing.tables);
  free(writing.segments);
  free(writing.values);
  free(writing.columns);
  return written;
}
