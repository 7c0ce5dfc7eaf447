/* map.c: a file of a store is mapped, checked, and becomes the structs that the engine reads. Nothing of the file is believed
 * before its checksum, and no number in it before it is seen to fit: a hostile file may have right checksums. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/store/file.h"
#include "runtime/store/inner.h"

enum { PIECE = 4 << 20 };
enum { STATE_OPEN, STATE_BUSY, STATE_SOUND, STATE_DAMAGED };

struct mapping {
  const char *bytes;
  uint64_t length;
  const struct file_strip *strips;   /* in the order of their places */
  uint32_t n_strips;
  const struct store_segment *segments;
  atomic_uchar *states, *segment_states;  /* of the strips; of the segments */
  const void *notes;
  uint64_t n_notes;
};

/* A directory that is being read, array by array. */
struct directory {
  const struct file_counts *counts;
  const struct file_strip *strips;
  const struct file_table *tables;
  const struct file_segment *segments;
  const struct file_values *values;
  const struct file_column *columns;
  const struct store_practice *practices;
  const struct store_cluster *clusters;
};

void mapping_close(struct mapping *mapping) {
  if (!mapping) return;
  munmap((void *)mapping->bytes, mapping->length);
  free(mapping->states);
  free(mapping->segment_states);
  free(mapping);
}

/* ── the frame ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *check_header(const struct file_header *header, uint64_t length) {
  if (length < sizeof *header || header->magic != STORE_MAGIC) return N_("this is no store that klynge import has written");
  if (header->version != STORE_VERSION) return N_("another version of klynge has written this store: import the data again");
  if (header->header_hash != XXH3_64bits(header, offsetof(struct file_header, header_hash)))
    return N_("the store is damaged at its beginning");
  if (header->length != length) return N_("the store is not whole: it is longer or shorter than it was written");
  if (header->directory_length < sizeof(struct file_counts) || header->directory_length > length - sizeof *header)
    return N_("the store is damaged: its directory does not fit");
  if (header->directory_hash != XXH3_64bits(header + 1, header->directory_length))
    return N_("the store is damaged in its directory");
  return NULL;
}

/* The next array of the directory; NULL where it does not fit. */
static const void *take(const char **at, const char *end, uint64_t n, size_t size) {
  const char *array = *at;
  if (n > (uint64_t)(end - array) / size) return NULL;
  *at += (n * size + 7) / 8 * 8;
  return *at <= end ? array : NULL;
}

static bool read_directory(const struct file_header *header, struct directory *directory) {
  const char *at = (const char *)(header + 1), *end = at + header->directory_length;
  const struct file_counts *counts = directory->counts = take(&at, end, 1, sizeof *counts);
  return counts && (directory->strips = take(&at, end, counts->n_strips, sizeof *directory->strips)) &&
         (directory->tables = take(&at, end, counts->n_tables, sizeof *directory->tables)) &&
         (directory->segments = take(&at, end, counts->n_segments, sizeof *directory->segments)) &&
         (directory->values = take(&at, end, counts->n_values, sizeof *directory->values)) &&
         (directory->columns = take(&at, end, counts->n_columns, sizeof *directory->columns)) &&
         (directory->practices = take(&at, end, counts->n_practices, sizeof *directory->practices)) &&
         (directory->clusters = take(&at, end, counts->n_clusters, sizeof *directory->clusters)) && at == end;
}

/* Strips stand one behind the other, each at its alignment, and none reaches beyond the file. */
static bool strips_fit(const struct directory *directory, const struct file_header *header) {
  uint64_t at = sizeof *header + header->directory_length;
  for (uint32_t i = 0; i < directory->counts->n_strips; i++) {
    const struct file_strip *strip = &directory->strips[i];
    if (strip->begin % STORE_ALIGN || strip->begin < at || strip->begin > header->length ||
        strip->length > header->length - strip->begin)
      return false;
    at = strip->begin + strip->length;
  }
  return true;
}

/* ── what the directory says ─────────────────────────────────────────────────────────────────────────────────────── */

struct opening {
  struct store_owner *owner;
  const struct directory *directory;
  const char *bytes;
  bool fits;                         /* everything so far */
};

/* The strip of a column of n elements; NULL for none. A strip of another length does not fit. */
static const void *column_of(struct opening *opening, uint32_t strip, uint64_t n, size_t size) {
  if (strip == STORE_NONE) return NULL;
  const struct directory *directory = opening->directory;
  if (strip >= directory->counts->n_strips || n > UINT64_MAX / size || directory->strips[strip].length != n * size) {
    opening->fits = false;
    return NULL;
  }
  return opening->bytes + directory->strips[strip].begin;
}

static bool in_range(uint64_t first, uint64_t n, uint64_t all) { return first <= all && n <= all - first; }

static void open_values(struct opening *opening, const struct file_values *from, uint64_t n_rows, struct store_values *to) {
  *to = (struct store_values){.scale = from->scale, .low = from->low, .high = from->high, .n_missing = from->n_missing};
  to->tiny = column_of(opening, from->tiny, n_rows, sizeof *to->tiny);
  to->small = column_of(opening, from->small, n_rows, sizeof *to->small);
  to->wide = column_of(opening, from->wide, n_rows, sizeof *to->wide);
  to->sign = column_of(opening, from->sign, n_rows, sizeof *to->sign);
  int n_columns = !!to->tiny + !!to->small + !!to->wide;
  opening->fits = opening->fits && n_columns == 1 && from->scale >= 1 && from->scale <= 1e9;
}

static void open_segment(struct opening *opening, const struct file_segment *from, uint32_t n_values,
                         struct store_values *values, struct store_segment *to) {
  uint64_t n = from->n_rows;
  *to = (struct store_segment){.code = from->code, .unit = from->unit, .n_rows = n, .base = from->base, .values = values};
  to->block = column_of(opening, from->block, opening->owner->store.n_blocks + (uint64_t)1, sizeof *to->block);
  to->days = column_of(opening, from->days, opening->owner->store.n_blocks, sizeof *to->days);
  to->patient = column_of(opening, from->patient, n, sizeof *to->patient);
  to->near_date = column_of(opening, from->near_date, n, sizeof *to->near_date);
  to->far_date = column_of(opening, from->far_date, n, sizeof *to->far_date);
  to->end = column_of(opening, from->end, n, sizeof *to->end);
  opening->fits = opening->fits && to->block && to->days && to->patient && !to->near_date == !!to->far_date &&
                  (!to->near_date || to->base <= INT32_MAX - UINT16_MAX);
  for (uint32_t i = 0; i < n_values && opening->fits; i++)
    open_values(opening, &opening->directory->values[from->first_value + i], n, &values[i]);
}

static void open_tables(struct opening *opening) {
  const struct file_counts *counts = opening->directory->counts;
  struct store *store = &opening->owner->store;
  struct store_table *tables = memory_take(counts->n_tables, sizeof *tables);
  struct store_segment *segments = memory_take(counts->n_segments, sizeof *segments);
  struct store_values *values = memory_take(counts->n_values, sizeof *values);
  store_own(opening->owner, tables);
  store_own(opening->owner, segments);
  store_own(opening->owner, values);
  for (uint32_t t = 0; t < counts->n_tables && opening->fits; t++) {
    const struct file_table *from = &opening->directory->tables[t];
    opening->fits = in_range(from->first_segment, from->n_segments, counts->n_segments);
    for (uint32_t s = from->first_segment; opening->fits && s < from->first_segment + from->n_segments; s++) {
      const struct file_segment *segment = &opening->directory->segments[s];
      opening->fits = in_range(segment->first_value, from->n_values, counts->n_values);
      if (opening->fits) open_segment(opening, segment, from->n_values, values + segment->first_value, &segments[s]);
    }
    tables[t] = (struct store_table){from->name, from->key, from->n_values, from->n_segments, segments + from->first_segment};
  }
  store->n_tables = counts->n_tables;
  store->tables = tables;
  opening->owner->mapping->segments = segments;
}

/* Practices are ranges of patients, one after the other, and clusters ranges of practices. */
static bool people_fit(const struct directory *directory) {
  const struct file_counts *counts = directory->counts;
  uint32_t patient = 0, practice = 0;
  for (uint32_t c = 0; c < counts->n_clusters; c++) {
    const struct store_cluster *cluster = &directory->clusters[c];
    if (cluster->first_practice != practice || !in_range(practice, cluster->n_practices, counts->n_practices)) return false;
    for (; practice < cluster->first_practice + cluster->n_practices; practice++) {
      const struct store_practice *of = &directory->practices[practice];
      if (of->first_patient != patient || of->cluster != c || !in_range(patient, of->n_patients, counts->n_patients)) return false;
      patient += of->n_patients;
    }
  }
  return practice == counts->n_practices && patient == counts->n_patients;
}

/* The last byte ends a text, so each text that begins before it ends there at the latest (store_text). */
static void open_texts(struct opening *opening) {
  const struct file_counts *counts = opening->directory->counts;
  struct store *store = &opening->owner->store;
  const struct file_strip *strip = counts->text_bytes < counts->n_strips ? &opening->directory->strips[counts->text_bytes] : NULL;
  if (strip && strip->length > 0 && opening->bytes[strip->begin + strip->length - 1] == '\0') {
    store->text_bytes = opening->bytes + strip->begin;
    store->text_length = strip->length;
  } else {
    opening->fits = false;
  }
}

static void open_people(struct opening *opening) {
  const struct file_counts *counts = opening->directory->counts;
  struct store *store = &opening->owner->store;
  struct store_column *columns = memory_take(counts->n_columns, sizeof *columns);
  store_own(opening->owner, columns);
  store->n_texts = counts->n_texts;
  store->n_patients = counts->n_patients;
  store->n_blocks = (uint32_t)(((uint64_t)counts->n_patients + BLOCK_PATIENTS - 1) / BLOCK_PATIENTS);
  store->n_practices = counts->n_practices;
  store->n_clusters = counts->n_clusters;
  store->practices = opening->directory->practices;
  store->clusters = opening->directory->clusters;
  store->text_begins = column_of(opening, counts->text_begins, counts->n_texts + (uint64_t)1, sizeof *store->text_begins);
  store->patient_ids = column_of(opening, counts->patient_ids, counts->n_patients, sizeof *store->patient_ids);
  open_texts(opening);
  opening->fits = opening->fits && store->text_begins && store->patient_ids && people_fit(opening->directory);
  for (uint32_t i = 0; i < counts->n_columns; i++) {
    const struct file_column *from = &opening->directory->columns[i];
    columns[i] = (struct store_column){.name = from->name};
    columns[i].number = column_of(opening, from->number, counts->n_patients, sizeof *columns[i].number);
    columns[i].date = column_of(opening, from->date, counts->n_patients, sizeof *columns[i].date);
    columns[i].text = column_of(opening, from->text, counts->n_patients, sizeof *columns[i].text);
  }
  store->n_columns = counts->n_columns;
  store->columns = columns;
  opening->fits = opening->fits && (counts->newest == DATE_UNKNOWN || (counts->newest >= DATE_FIRST && counts->newest <= DATE_LAST));
  store->newest = counts->newest;
  store->hash[0] = counts->hash[0];
  store->hash[1] = counts->hash[1];
}

static struct store *open_mapped(const char *bytes, uint64_t length, const char **wrong) {
  const struct file_header *header = (const struct file_header *)bytes;
  struct directory directory;
  *wrong = check_header(header, length);
  if (*wrong) return NULL;
  *wrong = N_("the store is damaged: its directory does not fit");
  if (!read_directory(header, &directory) || !strips_fit(&directory, header)) return NULL;
  struct store_owner *owner = memory_take(1, sizeof *owner);
  struct mapping *mapping = owner->mapping = memory_take(1, sizeof *mapping);
  *mapping = (struct mapping){.bytes = bytes, .length = length, .strips = directory.strips, .n_strips = directory.counts->n_strips};
  mapping->states = memory_take(mapping->n_strips, sizeof *mapping->states);
  mapping->segment_states = memory_take(directory.counts->n_segments, sizeof *mapping->segment_states);
  struct opening opening = {owner, &directory, bytes, true};
  owner->store.owner = owner;
  open_people(&opening);
  if (opening.fits) open_tables(&opening);
  uint32_t notes = directory.counts->notes;
  if (notes < mapping->n_strips) mapping->notes = bytes + directory.strips[notes].begin, mapping->n_notes = directory.strips[notes].length;
  if (opening.fits) {
    *wrong = NULL;
    return &owner->store;
  }
  owner->mapping = NULL; /* the caller unmaps */
  free(mapping->states);
  free(mapping->segment_states);
  free(mapping);
  store_close(&owner->store);
  return NULL;
}

/* ── opening ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct store *store_open(const char *path, const char **wrong) {
  struct stat what;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  *wrong = NULL;
  if (file < 0 || fstat(file, &what) != 0) {
    *wrong = strerror(errno);
    if (file >= 0) close(file);
    return NULL;
  }
  *wrong = N_("this is no store that klynge import has written");
  if (!S_ISREG(what.st_mode) || what.st_size < (off_t)sizeof(struct file_header)) {
    close(file);
    return NULL;
  }
  void *bytes = mmap(NULL, (size_t)what.st_size, PROT_READ, MAP_SHARED, file, 0);
  close(file);
  if (bytes == MAP_FAILED) {
    *wrong = strerror(errno);
    return NULL;
  }
  struct store *store = open_mapped(bytes, (uint64_t)what.st_size, wrong);
  if (!store) munmap(bytes, (size_t)what.st_size);
  return store;
}

bool store_is_file(const char *path) {
  uint64_t magic = 0;
  FILE *file = fopen(path, "rb");
  if (!file) return false;
  bool is = fread(&magic, sizeof magic, 1, file) == 1 && magic == STORE_MAGIC;
  fclose(file);
  return is;
}

/* ── verifying ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct mapping *mapping_of(const struct store *store) {
  const struct store_owner *owner = store->owner;
  return owner ? owner->mapping : NULL;
}

/* The number of the strip that begins at a column: strips stand in the order of their places; of those that begin at one
 * place all but the last are empty. */
static uint32_t strip_at(const struct mapping *mapping, const void *column) {
  uint64_t begin = (uint64_t)((const char *)column - mapping->bytes);
  uint32_t low = 0, high = mapping->n_strips;
  while (low + 1 < high) {
    uint32_t middle = low + (high - low) / 2;
    if (mapping->strips[middle].begin <= begin) low = middle;
    else high = middle;
  }
  return low;
}

/* The hash of a strip's bytes, which are fetched a piece at a time: a store may be larger than memory. Most of the time goes into
 * the first look at each page of the mapping. To read the file into large pages of our own took a third of it where a run
 * followed upon a run, but made the whole command twice as long after a pause of five seconds: the host of a virtual machine
 * takes free pages back, and gives them more slowly than those of the file's cache. */
static uint64_t hash_of(const struct mapping *mapping, const struct file_strip *strip) {
  const char *at = mapping->bytes + strip->begin, *end = at + strip->length;
  XXH3_state_t state;
  XXH3_INITSTATE(&state);
  XXH3_64bits_reset(&state);
  while (at < end) {
    size_t length = end - at < PIECE ? (size_t)(end - at) : PIECE;
    memory_fetch(at, length);
    XXH3_64bits_update(&state, at, length);
    at += length;
  }
  return XXH3_64bits_digest(&state);
}

/* Who comes first finds out, and others who ask meanwhile wait: nothing is gone through twice. */
static bool begin_verifying(atomic_uchar *state) {
  unsigned char now = STATE_OPEN;
  if (atomic_compare_exchange_strong(state, &now, STATE_BUSY)) return true;
  for (; now == STATE_BUSY; now = atomic_load(state)) sched_yield();
  return false;
}

bool store_verify(const struct store *store, const void *column) {
  const struct mapping *mapping = mapping_of(store);
  if (!mapping || !column) return true;
  uint32_t number = strip_at(mapping, column);
  const struct file_strip *strip = &mapping->strips[number];
  atomic_uchar *state = &mapping->states[number];
  if (begin_verifying(state)) atomic_store(state, hash_of(mapping, strip) == strip->hash ? STATE_SOUND : STATE_DAMAGED);
  return atomic_load(state) == STATE_SOUND;
}

static bool blocks_fit(const struct store_segment *segment, uint32_t n_blocks) {
  if (segment->block[0] != 0 || segment->block[n_blocks] != segment->n_rows) return false;
  for (uint32_t b = 0; b < n_blocks; b++)
    if (segment->block[b] > segment->block[b + 1]) return false;
  return true;
}

/* All bits of n patients and of how far each is from the one before it, of which there is one more. */
static inline uint16_t bits_of(const uint16_t *patient, uint64_t n) {
  uint16_t bits = 0;
  for (uint64_t i = 0; i < n; i++) bits |= patient[i + 1] | (uint16_t)(patient[i + 1] - patient[i]);
  return bits;
}

/* Whether the patients of a block's rows are of the block and in order. A step back is a great number without a sign, so none is
 * where no bit is too high; 64 rows at a time, a number that compilers make vectors of. It takes less time than the hash. */
static bool patients_fit(const uint16_t *patient, uint64_t n) {
  _Static_assert((BLOCK_PATIENTS & (BLOCK_PATIENTS - 1)) == 0 && BLOCK_PATIENTS <= 1 << 15, "one bit tells that a patient is too great, or a step");
  uint64_t i = 0;
  if (n == 0) return true;
  uint16_t bits = patient[0];
  for (; i + 64 < n; i += 64) bits |= bits_of(patient + i, 64);
  bits |= bits_of(patient + i, n - 1 - i);
  return bits < BLOCK_PATIENTS;
}

static bool rows_fit(const struct store_segment *segment, uint32_t n_blocks) {
  for (uint32_t b = 0; b < n_blocks; b++)
    if (!patients_fit(segment->patient + segment->block[b], segment->block[b + 1] - segment->block[b])) return false;
  return true;
}

static bool segment_is_sound(const struct store *store, const struct store_segment *segment) {
  return store_verify(store, segment->block) && blocks_fit(segment, store->n_blocks) && store_verify(store, segment->days) &&
         store_verify(store, segment->patient) && rows_fit(segment, store->n_blocks) &&
         store_verify(store, segment->near_date) && store_verify(store, segment->far_date) && store_verify(store, segment->end);
}

bool store_verify_segment(const struct store *store, const struct store_segment *segment) {
  const struct mapping *mapping = mapping_of(store);
  if (!mapping) return true;
  atomic_uchar *state = &mapping->segment_states[segment - mapping->segments];
  if (begin_verifying(state)) atomic_store(state, segment_is_sound(store, segment) ? STATE_SOUND : STATE_DAMAGED);
  return atomic_load(state) == STATE_SOUND;
}

bool store_verify_values(const struct store *store, const struct store_values *values) {
  return store_verify(store, values->tiny) && store_verify(store, values->small) && store_verify(store, values->wide) &&
         store_verify(store, values->sign);
}

bool store_verify_people(const struct store *store) {
  return store_verify(store, store->text_begins) && store_verify(store, store->text_bytes) &&
         store_verify(store, store->patient_ids);
}

const void *store_notes(const struct store *store, size_t *n_notes) {
  const struct mapping *mapping = mapping_of(store);
  *n_notes = mapping ? mapping->n_notes : 0;
  return mapping && mapping->notes && store_verify(store, mapping->notes) ? mapping->notes : NULL;
}
