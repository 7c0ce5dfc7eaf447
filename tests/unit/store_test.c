/* store_test.c: what a store holds, and that the order in which rows come never shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/store/store.h"

static uint32_t text(struct store_builder *builder, const char *bytes) { return store_builder_text(builder, bytes, strlen(bytes)); }

static struct store *close_builder(struct store_builder *builder) { return store_builder_close(builder, 0, (uint64_t[2]){1, 2}, 2); }

static const char *said(const struct store *store, uint32_t number) { return store_text(store, number); }

static int32_t date_at(const struct store_segment *segment, uint64_t row) {
  return segment->near_date ? segment->base + segment->near_date[row] : segment->far_date[row];
}

static uint64_t random_state;
static uint32_t random_below(uint32_t n) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(random_state >> 33) % n;
}

/* n patients of one practice, called p000000, p000001, …, added from the last to the first. */
static void add_patients(struct store_builder *builder, uint32_t n) {
  store_builder_columns(builder, 0, NULL, "");
  for (uint32_t i = n; i-- > 0;) {
    char id[16];
    snprintf(id, sizeof id, "p%06u", i);
    store_builder_add_patient(builder, text(builder, id), text(builder, "A"), NULL);
  }
}
/* What add_patients made of the patient whose id ends in `i`. */
static uint32_t added(uint32_t n, uint32_t i) { return n - 1 - i; }

/* ── texts ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void texts_stand_in_the_order_of_their_bytes(void **state) {
  (void)state;
  struct store_builder *builder = store_builder_open();
  assert_int_equal(text(builder, ""), 0);
  uint32_t first = text(builder, "T90");
  assert_int_equal(text(builder, "T90"), first);
  const char *more[] = {"0120", "T9", "æ", "NPU27300", "NPU27301", "NPU2730", "a text longer than sixteen bytes", "é"};
  for (size_t i = 0; i < sizeof more / sizeof *more; i++) text(builder, more[i]);
  for (int i = 0; i < 3000; i++) {
    char name[16];
    snprintf(name, sizeof name, "x%d", i * 7919 % 3000);
    text(builder, name);
  }
  struct store *store = close_builder(builder);
  assert_int_equal(store->n_texts, 3010);
  for (uint32_t i = 1; i < store->n_texts; i++) assert_true(strcmp(store_text(store, i - 1), store_text(store, i)) < 0);
  for (size_t i = 0; i < sizeof more / sizeof *more; i++) assert_string_equal(said(store, store_find_text(store, more[i])), more[i]);
  assert_int_equal(store_find_text(store, ""), 0);
  assert_int_equal(store_find_text(store, "T900"), UINT32_MAX);
  assert_int_equal(store->hash[1], 2);
  store_close(store);
  store_close(NULL);
}

/* ── people ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void patients_are_numbered_by_cluster_practice_and_id(void **state) {
  (void)state;
  struct store_builder *builder = store_builder_open();
  uint32_t names[] = {text(builder, "birth"), text(builder, "weight"), text(builder, "sex")};
  store_builder_columns(builder, 3, names, "dnt");
  const char *rows[][3] = {{"p3", "02", "female"}, {"p1", "03", "male"}, {"p2", "01", ""}, {"p0", "02", "male"}, {"p9", "01", "female"}};
  for (int i = 0; i < 5; i++) {
    union store_cell cells[3] = {{.date = i ? i * 100 : DATE_UNKNOWN}, {.number = i == 2 ? (double)NAN : i / 4.0}, {.text = text(builder, rows[i][2])}};
    store_builder_add_patient(builder, text(builder, rows[i][0]), text(builder, rows[i][1]), cells);
  }
  assert_int_equal(store_builder_patient(builder, "p2", 2), 2);
  assert_int_equal(store_builder_patient(builder, "02", 2), UINT32_MAX);
  assert_int_equal(store_builder_patient(builder, "p7", 2), UINT32_MAX);
  store_builder_replace_patient(builder, 1, text(builder, "03"), (union store_cell[]){{.date = 7}, {.number = 8}, {.text = 0}});
  /* practice 01 is in the second cluster, 04 has no patient, and cluster K3 has none at all */
  store_builder_add_practice(builder, text(builder, "01"), text(builder, "K2"), text(builder, "Ved havnen"));
  store_builder_add_practice(builder, text(builder, "02"), text(builder, "K1"), 0);
  store_builder_add_practice(builder, text(builder, "04"), text(builder, "K1"), 0);
  store_builder_add_practice(builder, text(builder, "05"), text(builder, "K3"), 0);
  struct store *store = close_builder(builder);

  const char *ids[] = {"p1", "p0", "p3", "p2", "p9"};
  assert_int_equal(store->n_patients, 5);
  for (int i = 0; i < 5; i++) assert_string_equal(said(store, store->patient_ids[i]), ids[i]);
  const struct { const char *id; uint32_t cluster, first, n; } practices[] = {{"03", 0, 0, 1}, {"02", 1, 1, 2}, {"04", 1, 3, 0}, {"01", 2, 3, 2}};
  assert_int_equal(store->n_practices, 4);
  for (int i = 0; i < 4; i++) {
    assert_string_equal(said(store, store->practices[i].id), practices[i].id);
    assert_int_equal(store->practices[i].cluster, practices[i].cluster);
    assert_int_equal(store->practices[i].first_patient, practices[i].first);
    assert_int_equal(store->practices[i].n_patients, practices[i].n);
  }
  assert_string_equal(said(store, store->practices[3].name), "Ved havnen");
  assert_int_equal(store->n_clusters, 3);
  const char *clusters[] = {"", "K1", "K2"};
  for (int i = 0; i < 3; i++) assert_string_equal(said(store, store->clusters[i].id), clusters[i]);
  assert_int_equal(store->clusters[1].first_practice, 1);
  assert_int_equal(store->clusters[1].n_practices, 2);

  const struct store_column *birth = store_find_column(store, "birth"), *weight = store_find_column(store, "weight");
  const struct store_column *sex = store_find_column(store, "sex");
  assert_null(store_find_column(store, "height"));
  assert_int_equal(birth->date[0], 7);
  assert_int_equal(birth->date[2], DATE_UNKNOWN);
  assert_true(weight->number[0] == 8 && weight->number[1] == 0.75 && isnan(weight->number[3]));
  assert_int_equal(sex->text[0], 0);
  assert_string_equal(said(store, sex->text[4]), "female");
  store_close(store);
}

static void nobody_is_a_store_too(void **state) {
  (void)state;
  struct store_builder *builder = store_builder_open();
  store_builder_add_table(builder, text(builder, "labs"), text(builder, "code"), 1, false);
  struct store *store = close_builder(builder);
  assert_int_equal(store->n_patients, 0);
  assert_int_equal(store->n_blocks, 0);
  assert_int_equal(store->n_clusters, 0);
  assert_int_equal(store_find_table(store, "labs", "code")->n_segments, 0);
  store_close(store);
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void blocks_begin_every_4096_patients(void **state) {
  (void)state;
  const uint32_t sizes[] = {1, 4095, 4096, 4097, 8192, 8193};
  for (int s = 0; s < 6; s++) {
    uint32_t n = sizes[s];
    struct store_builder *builder = store_builder_open();
    add_patients(builder, n);
    uint32_t table = store_builder_add_table(builder, text(builder, "services"), text(builder, "code"), 0, false);
    uint32_t segment = store_builder_segment(builder, table, text(builder, "0120"), 0);
    for (uint32_t i = 0; i < n; i++) {
      store_builder_add_row(builder, table, segment, added(n, i), 200, 0, NULL, NULL);
      store_builder_add_row(builder, table, segment, added(n, i), 100, 0, NULL, NULL);
    }
    struct store *store = close_builder(builder);
    const struct store_segment *packed = &store_find_table(store, "services", "code")->segments[0];
    assert_int_equal(store->n_blocks, (n + 4095) / 4096);
    assert_int_equal(packed->n_rows, 2 * (uint64_t)n);
    assert_int_equal(packed->block[0], 0);
    for (uint32_t b = 0; b < store->n_blocks; b++) {
      uint64_t end = (uint64_t)(b + 1) * 4096 < n ? (uint64_t)(b + 1) * 4096 : n;
      assert_int_equal(packed->block[b + 1], end * 2);
    }
    for (uint64_t row = 0; row < packed->n_rows; row++) {
      assert_int_equal(packed->patient[row], row / 2 % 4096);
      assert_int_equal(date_at(packed, row), row % 2 ? 200 : 100);
    }
    store_close(store);
  }
}

static void a_block_without_rows_is_empty(void **state) {
  (void)state;
  struct store_builder *builder = store_builder_open();
  add_patients(builder, 3 * 4096);
  uint32_t table = store_builder_add_table(builder, text(builder, "services"), text(builder, "code"), 0, false);
  uint32_t segment = store_builder_segment(builder, table, text(builder, "0120"), 0);
  store_builder_add_row(builder, table, segment, added(3 * 4096, 5000), 1, 0, NULL, NULL);
  struct store *store = close_builder(builder);
  const uint64_t *block = store_find_table(store, "services", "code")->segments[0].block;
  assert_true(block[0] == 0 && block[1] == 0 && block[2] == 1 && block[3] == 1);
  store_close(store);
}

static void dates_take_two_bytes_where_their_range_fits(void **state) {
  (void)state;
  for (int far = 0; far < 2; far++) {
    struct store_builder *builder = store_builder_open();
    add_patients(builder, 1);
    uint32_t table = store_builder_add_table(builder, text(builder, "services"), text(builder, "code"), 0, false);
    uint32_t segment = store_builder_segment(builder, table, 0, 0);
    store_builder_add_row(builder, table, segment, 0, -30000 + 65535 + far, 0, NULL, NULL);
    store_builder_add_row(builder, table, segment, 0, -30000, 0, NULL, NULL);
    struct store *store = close_builder(builder);
    const struct store_segment *packed = &store_find_table(store, "services", "code")->segments[0];
    assert_true((packed->near_date == NULL) == far && (packed->far_date != NULL) == far);
    assert_int_equal(date_at(packed, 0), -30000);
    assert_int_equal(date_at(packed, 1), -30000 + 65535 + far);
    store_close(store);
  }
}

/* Builds one segment of one patient with these values, a day apart. */
static struct store *store_of_values(const double *values, uint32_t n) {
  struct store_builder *builder = store_builder_open();
  add_patients(builder, 1);
  uint32_t table = store_builder_add_table(builder, text(builder, "labs"), text(builder, "code"), 1, false);
  uint32_t segment = store_builder_segment(builder, table, 0, 0);
  for (uint32_t i = 0; i < n; i++) store_builder_add_row(builder, table, segment, 0, (int32_t)i, 0, &values[i], NULL);
  return close_builder(builder);
}

static void numbers_read_back_exactly(void **state) {
  (void)state;
  enum { TINY = 16, SMALL = 32, WIDE = 64 };
  const struct { double values[4]; int bits; double scale; /* of tiny and small ones */ } cases[] = {
    {{53, 42, 0, 131}, TINY, 1},
    {{53, 2.4, 7, -0.1}, TINY, 10},
    {{32767, -32767, 0, NAN}, TINY, 1},
    {{32768, 1, 1, 1}, SMALL, 1},
    {{-32768, 1, NAN, 1}, SMALL, 1},
    {{3276.7, 12, 1, -3276.7}, TINY, 10},
    {{3277, 0.1, 1, 1}, SMALL, 10},                 /* tiny but for the scale that another needs */
    {{0.000001, 5, 2147.483647, -2147.483647}, SMALL, 1e6},
    {{0.000001, 5, 2147.483648, 1}, WIDE, 0},       /* too large for the scale that another needs */
    {{32767, 0.000001, 1, 1}, WIDE, 0},
    {{2147483647, 0.1, 1, 1}, WIDE, 0},
    {{2147483647, -2147483647, 1, 1}, SMALL, 1},
    {{2147483648, 1, 1, 1}, WIDE, 0},
    {{0.0000001, 1, 1, 1}, WIDE, 0},
    {{1.0 / 3, 2.5, 1e300, -1e-300}, WIDE, 0},
    {{0.1 + 0.2, 1, 1, 1}, WIDE, 0},                /* 0.30000000000000004 */
    {{NAN, 2.5, NAN, 1}, TINY, 10},
    {{NAN, NAN, NAN, NAN}, TINY, 1},
    {{1.5, NAN, 1.0 / 7, NAN}, WIDE, 0},
  };
  for (size_t c = 0; c < sizeof cases / sizeof *cases; c++)
    for (int backwards = 0; backwards < 2; backwards++) {
      double values[4];
      for (int i = 0; i < 4; i++) values[i] = cases[c].values[backwards ? 3 - i : i];
      struct store *store = store_of_values(values, 4);
      const struct store_segment *packed = &store_find_table(store, "labs", "code")->segments[0];
      const struct store_values *column = &packed->values[0];
      assert_int_equal(column->tiny ? TINY : column->small ? SMALL : WIDE, cases[c].bits);
      assert_int_equal(!!column->tiny + !!column->small + !!column->wide, 1);
      if (!column->wide) assert_true(column->scale == cases[c].scale);
      for (uint32_t i = 0; i < 4; i++) {
        double read = store_number(&packed->values[0], i);
        assert_true(isnan(values[i]) ? isnan(read) : memcmp(&read, &values[i], sizeof read) == 0);
      }
      assert_null(packed->values[0].sign);
      store_close(store);
    }
}

static void rows_of_one_day_stand_by_value_sign_the_other_values_and_end(void **state) {
  (void)state;
  /* the order that is wanted; rows are added from the last to the first */
  const struct { double a; int sign; double b; int32_t end; } rows[] = {
    {-1, 0, 0, 0}, {5, -1, 0, 0}, {5, 0, 1, 3}, {5, 0, 1, 4}, {5, 0, 2, 1}, {5, 0, NAN, 1}, {5, 1, 0, 0}, {INFINITY, 0, 0, 0}, {NAN, 0, 0, 0}, {NAN, 0, 2, 0}};
  enum { N = sizeof rows / sizeof *rows };
  struct store_builder *builder = store_builder_open();
  add_patients(builder, 1);
  uint32_t table = store_builder_add_table(builder, text(builder, "t"), text(builder, "code"), 2, true);
  uint32_t segment = store_builder_segment(builder, table, 0, 0);
  for (int i = N; i-- > 0;) {
    const double values[] = {rows[i].a, rows[i].b};
    store_builder_add_row(builder, table, segment, 0, 9, rows[i].end, values, (int8_t[]){(int8_t)rows[i].sign, 0});
  }
  struct store *store = close_builder(builder);
  const struct store_segment *packed = &store_find_table(store, "t", "code")->segments[0];
  for (int i = 0; i < N; i++) {
    double a = store_number(&packed->values[0], (uint64_t)i), b = store_number(&packed->values[1], (uint64_t)i);
    assert_true(isnan(rows[i].a) ? isnan(a) : a == rows[i].a);
    assert_true(isnan(rows[i].b) ? isnan(b) : b == rows[i].b);
    assert_int_equal(packed->values[0].sign[i], rows[i].sign);
    assert_int_equal(packed->end[i], rows[i].end);
  }
  assert_null(packed->values[1].sign);
  store_close(store);
}

/* ── the order of adding ─────────────────────────────────────────────────────────────────────────────────────────── */

struct test_row { uint32_t patient; const char *table, *code, *unit; int32_t date, end; double value; int8_t sign; };

static void make_rows(struct test_row *rows, uint32_t n, uint32_t n_patients) {
  static const char *const codes[] = {"NPU27300", "NPU03835", "DNK05472", "NPU01568", "rare"};
  static const char *const units[] = {"", "mmol/mol", "%"};
  random_state = 42;
  for (uint32_t i = 0; i < n; i++) {
    bool span = random_below(10) == 0;
    rows[i] = (struct test_row){.patient = random_below(3) ? random_below(n_patients) : 7, .table = span ? "enrolments" : "labs",
      .code = codes[random_below(50) ? random_below(4) : 4], .unit = units[random_below(3)], .date = (int32_t)random_below(400) - 100,
      .end = random_below(3) ? (int32_t)random_below(900) : DATE_OPEN, .value = random_below(200) / 10.0,
      .sign = (int8_t)(random_below(9) ? 0 : (int)random_below(3) - 1)};
    if (random_below(20) == 0) rows[i].value = NAN;
    if (strcmp(rows[i].code, "NPU03835") == 0 && random_below(5) == 0) rows[i].value = 1 / (1.0 + random_below(9));
  }
}

/* After a tenth of the rows it is said of results that there will be so many times as many, unless it is 0. */
static double foreseen_times;

/* Adds patients and rows in the given orders. */
static struct store *store_of_rows(const struct test_row *rows, const uint32_t *order, uint32_t n, const uint32_t *patients, uint32_t n_patients) {
  struct store_builder *builder = store_builder_open();
  store_builder_columns(builder, 1, (uint32_t[]){text(builder, "sex")}, "t");
  uint32_t *number = malloc(n_patients * sizeof *number);
  for (uint32_t i = 0; i < n_patients; i++) {
    char id[16], practice[16];
    snprintf(id, sizeof id, "p%u", patients[i]);
    snprintf(practice, sizeof practice, "%u", patients[i] * 31 % 17);
    union store_cell sex = {.text = text(builder, patients[i] % 3 ? "female" : "male")};
    number[patients[i]] = store_builder_add_patient(builder, text(builder, id), text(builder, practice), &sex);
  }
  for (uint32_t i = 0; i < 17; i++) {
    char practice[16], cluster[16];
    snprintf(practice, sizeof practice, "%u", patients[0] % 2 ? i : 16 - i);
    snprintf(cluster, sizeof cluster, "K%d", atoi(practice) % 3);
    store_builder_add_practice(builder, text(builder, practice), text(builder, cluster), 0);
  }
  uint32_t labs = UINT32_MAX, enrolments = UINT32_MAX;
  for (uint32_t i = 0; i < n; i++) {
    const struct test_row *row = &rows[order[i]];
    if (i == n / 10 && foreseen_times > 0) store_builder_foresee(builder, labs, foreseen_times);
    bool span = strcmp(row->table, "labs") != 0;
    uint32_t *table = span ? &enrolments : &labs;
    if (*table == UINT32_MAX) *table = store_builder_add_table(builder, text(builder, row->table), text(builder, "code"), span ? 0 : 1, span);
    uint32_t segment = store_builder_segment(builder, *table, text(builder, row->code), text(builder, row->unit));
    store_builder_add_row(builder, *table, segment, number[row->patient], row->date, row->end, &row->value, &row->sign);
  }
  free(number);
  return close_builder(builder);
}

static void assert_same(const void *a, const void *b, size_t length) {
  assert_true((a == NULL) == (b == NULL));
  if (a != NULL && length > 0) assert_memory_equal(a, b, length);
}

static void assert_same_segment(const struct store_segment *a, const struct store_segment *b, uint32_t n_blocks, uint32_t n_values) {
  assert_true(a->code == b->code && a->unit == b->unit && a->n_rows == b->n_rows && a->base == b->base);
  assert_same(a->block, b->block, (n_blocks + 1) * sizeof *a->block);
  assert_same(a->patient, b->patient, a->n_rows * sizeof *a->patient);
  assert_same(a->near_date, b->near_date, a->n_rows * sizeof *a->near_date);
  assert_same(a->far_date, b->far_date, a->n_rows * sizeof *a->far_date);
  assert_same(a->end, b->end, a->n_rows * sizeof *a->end);
  for (uint32_t v = 0; v < n_values; v++) {
    assert_true(a->values[v].scale == b->values[v].scale);
    assert_same(a->values[v].tiny, b->values[v].tiny, a->n_rows * sizeof *a->values[v].tiny);
    assert_same(a->values[v].small, b->values[v].small, a->n_rows * sizeof *a->values[v].small);
    assert_same(a->values[v].wide, b->values[v].wide, a->n_rows * sizeof *a->values[v].wide);
    assert_same(a->values[v].sign, b->values[v].sign, a->n_rows * sizeof *a->values[v].sign);
  }
}

static void assert_same_store(const struct store *a, const struct store *b) {
  assert_int_equal(a->n_texts, b->n_texts);
  for (uint32_t i = 0; i < a->n_texts; i++) assert_string_equal(store_text(a, i), store_text(b, i));
  assert_true(a->n_patients == b->n_patients && a->n_practices == b->n_practices && a->n_clusters == b->n_clusters);
  assert_same(a->patient_ids, b->patient_ids, a->n_patients * sizeof *a->patient_ids);
  assert_same(a->practices, b->practices, a->n_practices * sizeof *a->practices);
  assert_same(a->clusters, b->clusters, a->n_clusters * sizeof *a->clusters);
  assert_same(a->columns[0].text, b->columns[0].text, a->n_patients * sizeof(uint32_t));
  assert_int_equal(a->n_tables, b->n_tables);
  for (uint32_t t = 0; t < a->n_tables; t++) {
    assert_true(a->tables[t].name == b->tables[t].name && a->tables[t].n_segments == b->tables[t].n_segments);
    uint32_t n_values = strcmp(said(a, a->tables[t].name), "labs") == 0;
    for (uint32_t s = 0; s < a->tables[t].n_segments; s++)
      assert_same_segment(&a->tables[t].segments[s], &b->tables[t].segments[s], a->n_blocks, n_values);
  }
}

static void shuffle(uint32_t *numbers, uint32_t n) {
  for (uint32_t i = n; i > 1; i--) {
    uint32_t j = random_below(i), kept = numbers[i - 1];
    numbers[i - 1] = numbers[j];
    numbers[j] = kept;
  }
}

static void the_order_of_adding_and_what_was_foreseen_never_show(void **state) {
  (void)state;
  enum { N = 20000, PATIENTS = 5000 };
  struct test_row *rows = malloc(N * sizeof *rows);
  uint32_t *order = malloc(N * sizeof *order), *patients = malloc(PATIENTS * sizeof *patients);
  make_rows(rows, N, PATIENTS);
  for (uint32_t i = 0; i < N; i++) order[i] = i;
  for (uint32_t i = 0; i < PATIENTS; i++) patients[i] = i;
  struct store *first = store_of_rows(rows, order, N, patients, PATIENTS);
  assert_int_equal(store_find_table(first, "labs", "code")->n_segments, 15);
  for (int round = 0; round < 5; round++) {
    foreseen_times = (double[]){0, 0.5, 3, 9.5, 40}[round]; /* fewer, about as many, and more */
    shuffle(order, N);
    if (round > 1) shuffle(patients, PATIENTS);
    struct store *other = store_of_rows(rows, order, N, patients, PATIENTS);
    assert_same_store(first, other);
    store_close(other);
  }
  uint64_t n = 0;
  for (uint32_t t = 0; t < first->n_tables; t++)
    for (uint32_t s = 0; s < first->tables[t].n_segments; s++) {
      const struct store_segment *segment = &first->tables[t].segments[s];
      n += segment->n_rows;
      for (uint64_t i = 1; i < segment->n_rows; i++)
        if (segment->patient[i] == segment->patient[i - 1] && i != segment->block[1])
          assert_true(date_at(segment, i - 1) <= date_at(segment, i));
    }
  assert_int_equal(n, N);
  foreseen_times = 0;
  store_close(first);
  free(rows);
  free(order);
  free(patients);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(texts_stand_in_the_order_of_their_bytes),
    cmocka_unit_test(patients_are_numbered_by_cluster_practice_and_id),
    cmocka_unit_test(nobody_is_a_store_too),
    cmocka_unit_test(blocks_begin_every_4096_patients),
    cmocka_unit_test(a_block_without_rows_is_empty),
    cmocka_unit_test(dates_take_two_bytes_where_their_range_fits),
    cmocka_unit_test(numbers_read_back_exactly),
    cmocka_unit_test(rows_of_one_day_stand_by_value_sign_the_other_values_and_end),
    cmocka_unit_test(the_order_of_adding_and_what_was_foreseen_never_show),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
