/* store_file_test.c: a store and its file say the same; a byte that is damaged is told before it is used, and a file whose
 * checksums are right but whose numbers are not cannot lead outside of itself. */
#define _GNU_SOURCE /* fallocate */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "runtime/store/file.h"
#include "runtime/store/strips.h"

static char path[] = "store-file-test-XXXXXX";

static uint32_t text(struct store_builder *builder, const char *bytes) { return store_builder_text(builder, bytes, strlen(bytes)); }

/* 5,000 patients of three practices, in two blocks: results as short decimals, as doubles and with signs, far dates, spans. */
static struct store *make_store(void) {
  struct store_builder *builder = store_builder_open();
  uint32_t names[] = {text(builder, "birth"), text(builder, "sex"), text(builder, "weight")};
  store_builder_columns(builder, 3, names, "dtn");
  for (uint32_t i = 0; i < 5000; i++) {
    char id[16], practice[16];
    snprintf(id, sizeof id, "p%05u", i);
    snprintf(practice, sizeof practice, "A%u", i / 2000);
    const union store_cell cells[] = {{.date = (int32_t)i - 20000}, {.text = text(builder, i % 3 ? "female" : "male")}, {.number = i % 7 ? i / 10.0 : (double)NAN}};
    store_builder_add_patient(builder, text(builder, id), text(builder, practice), cells);
  }
  store_builder_add_practice(builder, text(builder, "A0"), text(builder, "C1"), text(builder, "Lægerne"));
  uint32_t labs = store_builder_add_table(builder, text(builder, "labs"), text(builder, "code"), 1, false);
  uint32_t stays = store_builder_add_table(builder, text(builder, "stays"), text(builder, "code"), 0, true);
  uint32_t hba1c = store_builder_segment(builder, labs, text(builder, "NPU27300"), text(builder, "mmol/mol"));
  uint32_t odd = store_builder_segment(builder, labs, text(builder, "NPU1"), text(builder, ""));
  uint32_t long_ago = store_builder_segment(builder, labs, text(builder, "NPU2"), text(builder, "%"));
  uint32_t stay = store_builder_segment(builder, stays, text(builder, "DM2"), text(builder, ""));
  for (uint32_t i = 0; i < 9000; i++) {
    double value = 40 + i % 60, third = i / 3.0, none = (double)NAN;
    int8_t sign = i % 50 == 0 ? 1 : 0;
    store_builder_add_row(builder, labs, hba1c, i * 7 % 5000, 19000 + (int32_t)(i % 500), 0, &value, &sign);
    if (i % 9 == 0) store_builder_add_row(builder, labs, odd, i % 5000, 19000, 0, i % 4 ? &third : &none, NULL);
    if (i % 90 == 0) store_builder_add_row(builder, labs, long_ago, i % 5000, i % 2 ? -300000 : 300000, 0, &value, NULL);
    if (i % 30 == 0) store_builder_add_row(builder, stays, stay, i % 5000, 18000, i % 60 ? 18100 : DATE_OPEN, NULL, NULL);
  }
  return store_builder_close(builder, 19999, (uint64_t[2]){3, 4}, 2);
}

static void write_bytes(const char *bytes, size_t n) {
  FILE *out = fopen(path, "wb");
  assert_non_null(out);
  assert_int_equal(fwrite(bytes, 1, n, out), n);
  fclose(out);
}

/* The file of a store, in memory. */
static char *file_of(const struct store *store, size_t *length) {
  char *bytes = NULL;
  FILE *out = open_memstream(&bytes, length);
  assert_true(store_write(store, "what was told\n", 14, out, 2));
  fclose(out);
  return bytes;
}

/* ── the same ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool same(const void *a, const void *b, size_t length) { return a && b ? memcmp(a, b, length) == 0 : a == b; }

static bool same_segment(const struct store_segment *a, const struct store_segment *b, uint32_t n_blocks, uint32_t n_values) {
  bool equal = a->code == b->code && a->unit == b->unit && a->n_rows == b->n_rows && a->base == b->base;
  equal = equal && same(a->block, b->block, (n_blocks + 1) * sizeof *a->block) && same(a->patient, b->patient, a->n_rows * 2);
  equal = equal && same(a->near_date, b->near_date, a->n_rows * 2) && same(a->far_date, b->far_date, a->n_rows * 4) && same(a->end, b->end, a->n_rows * 4);
  for (uint32_t v = 0; v < n_values && equal; v++)
    equal = a->values[v].scale == b->values[v].scale && same(a->values[v].tiny, b->values[v].tiny, a->n_rows * 2) &&
            same(a->values[v].small, b->values[v].small, a->n_rows * 4) &&
            same(a->values[v].wide, b->values[v].wide, a->n_rows * 8) && same(a->values[v].sign, b->values[v].sign, a->n_rows);
  return equal;
}

static bool same_store(const struct store *a, const struct store *b) {
  bool equal = a->n_texts == b->n_texts && a->n_patients == b->n_patients && a->n_practices == b->n_practices && a->n_clusters == b->n_clusters &&
               a->n_tables == b->n_tables && a->n_columns == b->n_columns && a->newest == b->newest && a->hash[0] == b->hash[0] && a->hash[1] == b->hash[1];
  for (uint32_t i = 0; i < a->n_texts && equal; i++) equal = strcmp(store_text(a, i), store_text(b, i)) == 0;
  equal = equal && same(a->practices, b->practices, a->n_practices * sizeof *a->practices) && same(a->clusters, b->clusters, a->n_clusters * sizeof *a->clusters);
  equal = equal && same(a->patient_ids, b->patient_ids, a->n_patients * 4);
  for (uint32_t i = 0; i < a->n_columns && equal; i++)
    equal = a->columns[i].name == b->columns[i].name && same(a->columns[i].number, b->columns[i].number, a->n_patients * 8) &&
            same(a->columns[i].date, b->columns[i].date, a->n_patients * 4) && same(a->columns[i].text, b->columns[i].text, a->n_patients * 4);
  for (uint32_t t = 0; t < a->n_tables && equal; t++) {
    const struct store_table *x = &a->tables[t], *y = &b->tables[t];
    equal = x->name == y->name && x->key == y->key && x->n_segments == y->n_segments && x->n_values == y->n_values;
    for (uint32_t s = 0; s < x->n_segments && equal; s++) equal = same_segment(&x->segments[s], &y->segments[s], a->n_blocks, x->n_values);
  }
  return equal;
}

/* Verifies everything that there is. */
static bool all_verified(const struct store *store) {
  size_t n;
  bool sound = store_verify_people(store) && store_notes(store, &n);
  for (uint32_t i = 0; i < store->n_columns; i++)
    sound = sound && store_verify(store, store->columns[i].number) && store_verify(store, store->columns[i].date) && store_verify(store, store->columns[i].text);
  for (uint32_t t = 0; t < store->n_tables; t++)
    for (uint32_t s = 0; s < store->tables[t].n_segments && sound; s++) {
      const struct store_segment *segment = &store->tables[t].segments[s];
      sound = store_verify_segment(store, segment);
      for (uint32_t v = 0; v < store->tables[t].n_values && sound; v++)
        sound = store_verify(store, segment->values[v].tiny) && store_verify(store, segment->values[v].small) &&
                store_verify(store, segment->values[v].wide) && store_verify(store, segment->values[v].sign);
    }
  return sound;
}

static void a_file_says_what_the_store_said(void **state) {
  (void)state;
  size_t length, again_length, n_notes;
  const char *wrong;
  struct store *store = make_store();
  char *bytes = file_of(store, &length), *again = file_of(store, &again_length);
  assert_int_equal(length, again_length);
  assert_memory_equal(bytes, again, length);
  write_bytes(bytes, length);
  assert_true(store_is_file(path));
  struct store *opened = store_open(path, &wrong);
  assert_non_null(opened);
  assert_null(wrong);
  assert_true(all_verified(opened));
  assert_true(same_store(store, opened));
  assert_memory_equal(store_notes(opened, &n_notes), "what was told\n", 14);
  assert_int_equal(n_notes, 14);
  const struct store_segment *hba1c = &store_find_table(opened, "labs", "code")->segments[2];
  assert_string_equal(store_text(opened, hba1c->code), "NPU27300");
  assert_true(hba1c->values[0].low == 40 && hba1c->values[0].high == 99 && hba1c->values[0].n_missing == 0);
  store_close(opened);
  store_close(store);
  free(bytes);
  free(again);
}

/* ── ways into a file ────────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether the disk takes room ahead, as only a file does into which several threads write. */
static bool takes_room(void) {
#ifdef __linux__
  int file = open(path, O_RDWR | O_TRUNC);
  bool taken = file >= 0 && fallocate(file, 0, 0, 100) == 0;
  close(file);
  return taken;
#else
  return false;
#endif
}

/* Opens the file, empty but for `before` bytes, and tells whether several threads would write into it. */
static FILE *open_file(const char *mode, size_t before, bool *any_order) {
  int place;
  FILE *file = fopen(path, "wb");
  fclose(file);
  file = fopen(path, mode);
  assert_non_null(file);
  for (size_t i = 0; i < before; i++) putc('x', file);
  assert_true(strips_open(&place, file, 100));
  *any_order = place != STRIPS_IN_ORDER;
  if (*any_order) assert_int_equal(ftruncate(fileno(file), 0), 0);
  return file;
}

static void holds_file(FILE *file, size_t before, const char *bytes, size_t length) {
  char *found = malloc(length + 1);
  assert_int_equal(ftello(file), before + length);
  fclose(file);
  file = fopen(path, "rb");
  for (size_t i = 0; i < before; i++) assert_int_equal(getc(file), 'x');
  assert_int_equal(fread(found, 1, length + 1, file), length);
  assert_memory_equal(found, bytes, length);
  fclose(file);
  free(found);
}

static void every_way_gives_the_same_bytes(void **state) {
  (void)state;
  static const struct { const char *mode; size_t before; bool any_order; } ways[] = {
      {"w+b", 0, true}, {"wb", 0, true}, {"w+b", 3, false}, {"a+b", 0, false}};
  size_t length;
  struct store *store = make_store();
  char *bytes = file_of(store, &length);
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
    for (uint32_t threads = 0; threads <= 3; threads++) {
      bool any_order;
      FILE *file = open_file(ways[i].mode, ways[i].before, &any_order);
      assert_int_equal(any_order, ways[i].any_order && takes_room());
      assert_true(store_write(store, "what was told\n", 14, file, threads));
      holds_file(file, ways[i].before, bytes, length);
    }
  free(bytes);
  store_close(store);
}

static void strips_are_written_where_they_are_placed(void **state) {
  (void)state;
  char *bytes = malloc(600000), *found = malloc(600000);
  for (size_t i = 0; i < 600000; i++) bytes[i] = (char)(i * 7 / 5);
  const struct piece pieces[] = {{bytes, 600000}, {NULL, 0}, {bytes + 1, 100}};
  struct file_strip strips[3];
  assert_int_equal(strips_place(pieces, 3, 65, strips), 600128 + 100);
  int file = open(path, O_RDWR | O_TRUNC);
  assert_true(strips_write(file, pieces, 3, strips, 2));
  for (int i = 0; i < 3; i++) {
    assert_int_equal(strips[i].begin % STORE_ALIGN, 0);
    assert_int_equal(pread(file, found, pieces[i].length, (off_t)strips[i].begin), pieces[i].length);
    if (pieces[i].length) assert_memory_equal(found, pieces[i].bytes, pieces[i].length);
    assert_true(strips[i].hash == XXH3_64bits(pieces[i].bytes, pieces[i].length));
  }
  close(file);
  file = open(path, O_RDONLY);
  assert_false(strips_write(file, pieces, 3, strips, 2));
  assert_int_equal(errno, EBADF);
  close(file);
  free(bytes);
  free(found);
}

static void a_file_without_room_is_told(void **state) {
  (void)state;
  struct store *store = make_store();
  struct rlimit limit, little;
  getrlimit(RLIMIT_FSIZE, &limit);
  little = (struct rlimit){20000, limit.rlim_max};
  signal(SIGXFSZ, SIG_IGN);
  for (int i = 0; i < 2; i++) {
    FILE *file = fopen(path, i ? "wb" : "w+b");
    setrlimit(RLIMIT_FSIZE, &little);
    bool written = store_write(store, NULL, 0, file, 2);
    int error = errno;
    setrlimit(RLIMIT_FSIZE, &limit);
    assert_false(written);
    assert_int_equal(error, EFBIG);
    fclose(file);
  }
  store_close(store);
}

/* ── damaged ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether a file is found wrong, at its opening or when all of it is verified, or says what the store said. */
static bool told_or_the_same(const struct store *store) {
  const char *wrong;
  struct store *opened = store_open(path, &wrong);
  bool fine = opened ? !all_verified(opened) || same_store(store, opened) : wrong != NULL;
  store_close(opened);
  return fine;
}

static void every_damaged_byte_is_told(void **state) {
  (void)state;
  size_t length;
  struct store *store = make_store();
  char *bytes = file_of(store, &length);
  /* All of the frame, then bytes here and there. */
  for (size_t i = 0; i < length; i += i < 2048 ? 1 : 2999) {
    bytes[i] ^= 0x41;
    write_bytes(bytes, length);
    if (!told_or_the_same(store)) fail_msg("byte %zu", i);
    bytes[i] ^= 0x41;
  }
  for (size_t cut = 0; cut < length; cut += cut < 200 ? 1 : 19999) {
    const char *wrong;
    write_bytes(bytes, cut);
    assert_null(store_open(path, &wrong));
    assert_non_null(wrong);
  }
  free(bytes);
  store_close(store);
}

static uint32_t seed = 1;
static uint32_t next(void) {
  seed = seed * 1664525u + 1013904223u;
  return seed >> 4;
}

static void seal(char *bytes) {
  struct file_header *header = (struct file_header *)bytes;
  header->directory_hash = XXH3_64bits(header + 1, header->directory_length);
  header->header_hash = XXH3_64bits(header, offsetof(struct file_header, header_hash));
}

/* Looks at all that a run would look at. */
static uint64_t look_everywhere(const struct store *store) {
  uint64_t sum = 0;
  for (uint32_t p = 0; p < store->n_practices; p++) sum += strlen(store_text(store, store->practices[p].id));
  for (uint32_t p = 0; p < store->n_patients; p++) sum += strlen(store_text(store, store->patient_ids[p]));
  for (uint32_t t = 0; t < store->n_tables; t++)
    for (uint32_t s = 0; s < store->tables[t].n_segments; s++) {
      const struct store_segment *segment = &store->tables[t].segments[s];
      sum += strlen(store_text(store, segment->code));
      if (!store_verify_segment(store, segment)) continue;
      for (uint32_t b = 0; b < store->n_blocks; b++)
        for (uint64_t row = segment->block[b]; row < segment->block[b + 1]; row++) {
          sum += segment->patient[row];
          sum += segment->near_date ? segment->near_date[row] : (uint32_t)segment->far_date[row];
          for (uint32_t v = 0; v < store->tables[t].n_values; v++)
            sum += segment->values[v].wide ? segment->values[v].wide[row] > 1 : (uint32_t)store_scaled(&segment->values[v], row);
        }
    }
  return sum;
}

static void hostile_numbers_lead_nowhere(void **state) {
  (void)state;
  static const uint32_t edges[] = {0, 1, 2, 63, 4096, 5000, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe};
  size_t length;
  struct store *store = make_store();
  char *bytes = file_of(store, &length), *copy = malloc(length);
  struct file_header *header = (struct file_header *)bytes;
  size_t n_words = (sizeof *header + header->directory_length) / 4;
  uint32_t n_opened = 0;
  for (int round = 0; round < 1000; round++) {
    const char *wrong;
    memcpy(copy, bytes, length);
    for (uint32_t i = next() % 3 + 1; i > 0; i--) {
      uint32_t word = edges[next() % 10], at = next() % (uint32_t)n_words;
      if (next() % 3 == 0) word = next();
      memcpy(copy + 4 * (size_t)at, &word, 4);
    }
    ((struct file_header *)copy)->directory_length = header->directory_length;
    seal(copy);
    write_bytes(copy, length);
    struct store *opened = store_open(path, &wrong);
    if (opened) n_opened += look_everywhere(opened) > 0;
    store_close(opened);
  }
  assert_true(n_opened > 30);       /* else nothing was looked at */
  free(bytes);
  free(copy);
  store_close(store);
}

/* Opens a file of this store but with another segment in the place of one of its first table; NULL where that is refused. */
static struct store *reopen_with(const struct store *store, uint32_t number, const struct store_segment *segment) {
  struct store_table tables[2] = {store->tables[0], store->tables[1]};
  struct store_segment *segments = malloc(tables[0].n_segments * sizeof *segments);
  struct store other = *store;
  const char *wrong;
  size_t length;
  memcpy(segments, tables[0].segments, tables[0].n_segments * sizeof *segments);
  segments[number] = *segment;
  tables[0].segments = segments;
  other.tables = tables;
  char *bytes = file_of(&other, &length);
  write_bytes(bytes, length);
  struct store *opened = store_open(path, &wrong);
  assert_true(!opened == !!wrong);
  free(bytes);
  free(segments);
  return opened;
}

enum { HBA1C = 2 };

/* Whether the rows of HbA1c are found sound where their patients are these. */
static bool sound_with(const struct store *store, const uint16_t *patient) {
  struct store_segment segment = store->tables[0].segments[HBA1C];
  segment.patient = patient;
  struct store *opened = reopen_with(store, HBA1C, &segment);
  bool sound = store_verify_segment(opened, &opened->tables[0].segments[HBA1C]);
  assert_true(store_verify_segment(opened, &opened->tables[0].segments[HBA1C]) == sound); /* also when asked again */
  store_close(opened);
  return sound;
}

/* A scan has room for a group for each patient of a block, so rows that go to and fro between two of them would need more. */
static void patients_who_are_out_of_order_are_told(void **state) {
  (void)state;
  struct store *store = make_store();
  const struct store_segment *hba1c = &store->tables[0].segments[HBA1C];
  uint64_t n = hba1c->n_rows, second = hba1c->block[1];
  uint16_t *patient = malloc(n * sizeof *patient);
  assert_true(second > 300 && n - second > 300);
  memcpy(patient, hba1c->patient, n * sizeof *patient);
  assert_true(sound_with(store, patient));
  for (uint64_t i = 0; i < n; i++) patient[i] = i % 2;
  assert_false(sound_with(store, patient));
  for (uint64_t i = 0; i < n; i++) patient[i] = 7;
  assert_true(sound_with(store, patient));
  /* A block's first row stands after none. */
  for (uint64_t i = 0; i < 300; i++)
    for (int block = 0; block < 2; block++) {
      uint64_t at = block ? second + i : i;
      patient[at] = 6;
      assert_int_equal(sound_with(store, patient), i == 0);
      patient[at] = 7;
    }
  /* One beyond the block is none of its patients, though all stand in order. */
  const uint64_t last[] = {second - 1, n - 1};
  for (size_t i = 0; i < 2; i++) {
    patient[last[i]] = BLOCK_PATIENTS - 1;
    assert_true(sound_with(store, patient));
    patient[last[i]] = BLOCK_PATIENTS;
    assert_false(sound_with(store, patient));
    patient[last[i]] = UINT16_MAX;
    assert_false(sound_with(store, patient));
    patient[last[i]] = 7;
  }
  free(patient);
  store_close(store);
}

static struct file_segment *segments_in(char *bytes) {
  struct file_counts *counts = (struct file_counts *)(bytes + sizeof(struct file_header));
  size_t tables = (counts->n_tables * sizeof(struct file_table) + 7) / 8 * 8;
  return (struct file_segment *)((char *)(counts + 1) + counts->n_strips * sizeof(struct file_strip) + tables);
}

/* Two segments may name one strip and cut it into blocks each in its own way: in one of them the patients are in order. */
static void a_column_of_two_segments_is_looked_at_for_each(void **state) {
  (void)state;
  struct store *store = make_store();
  struct store_segment segment = store->tables[0].segments[HBA1C];
  const uint64_t blocks[] = {0, segment.n_rows, segment.n_rows};
  struct store_values values = segment.values[0];
  const char *wrong;
  size_t length;
  segment.block = blocks;
  segment.values = &values;
  struct store *opened = reopen_with(store, 0, &segment);
  char *bytes = file_of(opened, &length);
  segments_in(bytes)[0].patient = segments_in(bytes)[HBA1C].patient;
  seal(bytes);
  store_close(opened);
  write_bytes(bytes, length);
  opened = store_open(path, &wrong);
  assert_non_null(opened);
  assert_true(store_verify_segment(opened, &opened->tables[0].segments[HBA1C]));
  assert_false(store_verify_segment(opened, &opened->tables[0].segments[0]));
  store_close(opened);
  free(bytes);
  store_close(store);
}

static void days_that_no_number_holds_are_told(void **state) {
  (void)state;
  static const struct { int32_t base, newest; bool fits; } days[] = {
      {INT32_MIN, 19999, true}, {INT32_MAX - UINT16_MAX, 19999, true}, {INT32_MAX - UINT16_MAX + 1, 19999, false}, {INT32_MAX, 19999, false},
      {0, DATE_FIRST, true}, {0, DATE_LAST, true}, {0, DATE_UNKNOWN, true}, {0, DATE_FIRST - 1, false}, {0, DATE_LAST + 1, false}, {0, INT32_MAX, false}};
  struct store *store = make_store();
  for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
    struct store_segment segment = store->tables[0].segments[HBA1C];
    assert_non_null(segment.near_date);
    segment.base = days[i].base;
    store->newest = days[i].newest;
    struct store *opened = reopen_with(store, HBA1C, &segment);
    assert_true(!opened == !days[i].fits);
    if (opened) store_close(opened);
  }
  store_close(store);
}

static void what_is_no_store_is_told(void **state) {
  (void)state;
  const char *wrong;
  write_bytes("patient,date\n", 13);
  assert_false(store_is_file(path));
  assert_null(store_open(path, &wrong));
  assert_string_equal(wrong, "this is no store that klynge import has written");
  assert_null(store_open("no-such-file", &wrong));
  assert_non_null(wrong);
  assert_false(store_is_file("."));
  assert_null(store_open(".", &wrong));
}

static int make_path(void **state) {
  (void)state;
  int file = mkstemp(path);
  return file < 0 || close(file);
}
static int remove_path(void **state) {
  (void)state;
  return unlink(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_file_says_what_the_store_said), cmocka_unit_test(every_way_gives_the_same_bytes),
      cmocka_unit_test(strips_are_written_where_they_are_placed), cmocka_unit_test(a_file_without_room_is_told), cmocka_unit_test(every_damaged_byte_is_told),
      cmocka_unit_test(hostile_numbers_lead_nowhere), cmocka_unit_test(patients_who_are_out_of_order_are_told),
      cmocka_unit_test(a_column_of_two_segments_is_looked_at_for_each), cmocka_unit_test(days_that_no_number_holds_are_told),
      cmocka_unit_test(what_is_no_store_is_told),
  };
  return cmocka_run_group_tests(tests, make_path, remove_path);
}
