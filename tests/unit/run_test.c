/* run_test.c: small images run over small stores. What each patient should be is said by a rule in the test itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/dates.h"
#include "runtime/run/run.h"

/* ── images ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum { MOST_WORDS = 200 };

/* An image in the making: tables patients (birth, sex, weight), diagnoses (date, code), labs (date, code, value, unit,
 * second) and stays (from, to, code), one pack, and whatever a test adds. */
struct recipe {
  struct image_writer *writer;
  uint32_t birth, sex, weight, diagnosis_code, lab_code, lab_value, lab_second, stay_code;
  uint32_t n_words, n_once;
  uint32_t words[MOST_WORDS];
};

static uint32_t text(struct recipe *recipe, const char *words) { return image_writer_text(recipe->writer, words); }

static uint32_t column(struct recipe *recipe, const char *name, enum image_column_type type) {
  struct image_column column = {.name = text(recipe, name), .type = type, .system = IMAGE_NONE};
  return image_writer_add(recipe->writer, SECTION_columns, &column, sizeof column);
}

static void table(struct recipe *recipe, const char *name, uint32_t first_column) {
  struct image_table table = {text(recipe, name), first_column, image_writer_count(recipe->writer, SECTION_columns) - first_column};
  image_writer_add(recipe->writer, SECTION_tables, &table, sizeof table);
}

enum { PATIENTS, DIAGNOSES, LABS, STAYS }; /* the tables, in the order in which they are added */
enum { THE_PACK = 0 };

static void begin(struct recipe *recipe) {
  memset(recipe, 0, sizeof *recipe);
  recipe->writer = image_writer_open();
  recipe->birth = column(recipe, "birth", COLUMN_DATE);
  recipe->sex = column(recipe, "sex", COLUMN_TEXT);
  recipe->weight = column(recipe, "weight", COLUMN_NUMBER);
  table(recipe, "patients", recipe->birth);
  uint32_t first = column(recipe, "date", COLUMN_DATE);
  recipe->diagnosis_code = column(recipe, "code", COLUMN_CODE);
  table(recipe, "diagnoses", first);
  first = column(recipe, "date", COLUMN_DATE);
  recipe->lab_code = column(recipe, "code", COLUMN_CODE);
  recipe->lab_value = column(recipe, "value", COLUMN_NUMBER);
  column(recipe, "unit", COLUMN_UNIT);
  recipe->lab_second = column(recipe, "second", COLUMN_NUMBER);
  table(recipe, "labs", first);
  first = column(recipe, "from", COLUMN_DATE);
  column(recipe, "to", COLUMN_DATE);
  recipe->stay_code = column(recipe, "code", COLUMN_TEXT);
  table(recipe, "stays", first);
}

static uint32_t make_register(struct recipe *recipe, enum image_register_kind kind, bool uniform) {
  struct image_register made = {kind, uniform};
  return image_writer_add(recipe->writer, SECTION_registers, &made, sizeof made);
}

static uint32_t constant(struct recipe *recipe, double number) {
  return image_writer_add(recipe->writer, SECTION_constants, &number, sizeof number);
}

static uint32_t indicator(struct recipe *recipe, const char *name) {
  struct image_indicator indicator = {.pack = THE_PACK, .name = text(recipe, name), .title = IMAGE_NONE, .denominator = IMAGE_NONE,
                                      .numerator = text(recipe, name), .better = BETTER_NOTHING, .unit = IMAGE_NONE, .list = IMAGE_NONE,
                                      .replaces = IMAGE_NONE, .n_cells = 1, .aim = (double)NAN};
  indicator.first_cell = image_writer_count(recipe->writer, SECTION_cells);
  struct image_cell whole = {.indicator = image_writer_count(recipe->writer, SECTION_indicators), .role = CELL_WHOLE,
                             .stratum = IMAGE_NONE, .title = IMAGE_NONE, .band = IMAGE_NONE};
  image_writer_add(recipe->writer, SECTION_cells, &whole, sizeof whole);
  return image_writer_add(recipe->writer, SECTION_indicators, &indicator, sizeof indicator);
}

/* A selector of one code, or of the codes from one to another. */
static uint32_t codes(struct recipe *recipe, const char *from, const char *to) {
  struct image_match_step step = {to ? MATCH_RANGE : MATCH_EXACT, text(recipe, from), to ? text(recipe, to) : IMAGE_NONE};
  struct image_selector selector = {image_writer_add(recipe->writer, SECTION_match_steps, &step, sizeof step), 1};
  return image_writer_add(recipe->writer, SECTION_selectors, &selector, sizeof selector);
}

/* A part of a stream of events or stays, without unit or value. */
static uint32_t event_part(struct recipe *recipe, uint32_t of_table, uint32_t key, uint32_t selector) {
  struct image_part part = {.table = of_table, .key = key, .value = IMAGE_NONE, .selector = selector, .unit = IMAGE_NONE,
                            .low = -(double)INFINITY, .high = (double)INFINITY};
  return image_writer_add(recipe->writer, SECTION_parts, &part, sizeof part);
}

/* A part that reads labs, `value` as it stands, in a unit and between two limits. */
static uint32_t part(struct recipe *recipe, uint32_t value, uint32_t selector, const char *unit, double low, double high) {
  struct image_part part = {.table = LABS, .key = recipe->lab_code, .value = value, .selector = selector,
                            .unit = text(recipe, unit), .low = low, .high = high};
  return image_writer_add(recipe->writer, SECTION_parts, &part, sizeof part);
}

/* As part, but multiplies by a number. */
static uint32_t part_times(struct recipe *recipe, uint32_t value, uint32_t selector, const char *unit, double factor, double low,
                           double high) {
  const struct image_convert_step steps[] = {{CONVERT_VALUE, 0, 0}, {CONVERT_NUMBER, 0, factor}, {CONVERT_MULTIPLY, 0, 0}};
  struct image_part part = {.table = LABS, .key = recipe->lab_code, .value = value, .selector = selector,
                            .unit = text(recipe, unit), .n_steps = 3, .low = low, .high = high};
  part.first_step = image_writer_count(recipe->writer, SECTION_convert_steps);
  for (int i = 0; i < 3; i++) image_writer_add(recipe->writer, SECTION_convert_steps, &steps[i], sizeof steps[i]);
  return image_writer_add(recipe->writer, SECTION_parts, &part, sizeof part);
}

static uint32_t stream(struct recipe *recipe, enum image_stream_kind kind, uint32_t first_part, uint32_t n_parts) {
  struct image_stream stream = {text(recipe, "stream"), kind, TIES_HIGHEST, first_part, n_parts};
  return image_writer_add(recipe->writer, SECTION_streams, &stream, sizeof stream);
}

static void say(struct recipe *recipe, enum opcode op, ...) {
  va_list operands;
  va_start(operands, op);
  recipe->words[recipe->n_words++] = op;
  for (const char *letter = opcodes[op].operands; *letter; letter++) recipe->words[recipe->n_words++] = va_arg(operands, uint32_t);
  va_end(operands);
  assert_true(recipe->n_words < MOST_WORDS - 10);
}

/* The one pack, of all indicators and windows there are. */
static void add_pack(struct recipe *recipe) {
  struct image_pack pack = {.name = text(recipe, "test"), .title = IMAGE_NONE, .version = IMAGE_NONE, .about = IMAGE_NONE,
                            .guideline = IMAGE_NONE, .contact = IMAGE_NONE, .language = IMAGE_NONE, .population = text(recipe, "all"),
                            .rules_hash = text(recipe, "0")};
  pack.n_indicators = image_writer_count(recipe->writer, SECTION_indicators);
  pack.n_windows = image_writer_count(recipe->writer, SECTION_windows);
  image_writer_add(recipe->writer, SECTION_packs, &pack, sizeof pack);
}

/* What was said so far is run once; what follows, for each block. */
static void once_ends(struct recipe *recipe) { recipe->n_once = recipe->n_words; }

static void *finish(struct recipe *recipe, struct image *image) {
  size_t length;
  add_pack(recipe);
  for (uint32_t i = 0; i < recipe->n_words; i++) image_writer_add(recipe->writer, SECTION_code, &recipe->words[i], sizeof recipe->words[i]);
  void *bytes = image_writer_close(recipe->writer, recipe->n_once, &length);
  const char *wrong = image_open(bytes, length, image);
  if (wrong) fail_msg("%s", wrong);
  return bytes;
}

/* ── stores ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct shelf {
  struct store_builder *builder;
  uint32_t diagnoses, labs, stays;
};

static uint32_t word(struct shelf *shelf, const char *bytes) { return store_builder_text(shelf->builder, bytes, strlen(bytes)); }

static void open_shelf(struct shelf *shelf) {
  shelf->builder = store_builder_open();
  uint32_t names[] = {word(shelf, "birth"), word(shelf, "sex"), word(shelf, "weight")};
  store_builder_columns(shelf->builder, 3, names, "dtn");
  shelf->diagnoses = store_builder_add_table(shelf->builder, word(shelf, "diagnoses"), word(shelf, "code"), 0, false);
  shelf->labs = store_builder_add_table(shelf->builder, word(shelf, "labs"), word(shelf, "code"), 2, false);
  shelf->stays = store_builder_add_table(shelf->builder, word(shelf, "stays"), word(shelf, "code"), 0, true);
}

/* Patient i of practice P<practice>; ids sort as numbers do. */
static uint32_t patient(struct shelf *shelf, uint32_t i, uint32_t practice, int32_t birth, const char *sex, double weight) {
  char id[16], name[16];
  snprintf(id, sizeof id, "%07u", i);
  snprintf(name, sizeof name, "P%03u", practice);
  union store_cell cells[] = {{.date = birth}, {.text = word(shelf, sex)}, {.number = weight}};
  return store_builder_add_patient(shelf->builder, word(shelf, id), word(shelf, name), cells);
}

static void diagnosis(struct shelf *shelf, uint32_t of, const char *code, int32_t date) {
  uint32_t segment = store_builder_segment(shelf->builder, shelf->diagnoses, word(shelf, code), 0);
  store_builder_add_row(shelf->builder, shelf->diagnoses, segment, of, date, 0, NULL, NULL);
}

static void lab(struct shelf *shelf, uint32_t of, const char *code, int32_t date, double value, int sign, const char *unit) {
  uint32_t segment = store_builder_segment(shelf->builder, shelf->labs, word(shelf, code), word(shelf, unit));
  store_builder_add_row(shelf->builder, shelf->labs, segment, of, date, 0, (double[]){value, -value}, (int8_t[]){(int8_t)sign, 0});
}

static void stay(struct shelf *shelf, uint32_t of, int32_t from, int32_t to) {
  uint32_t segment = store_builder_segment(shelf->builder, shelf->stays, word(shelf, "ward"), 0);
  store_builder_add_row(shelf->builder, shelf->stays, segment, of, from, to, NULL, NULL);
}

static struct store *close_shelf(struct shelf *shelf) { return store_builder_close(shelf->builder, 0, (uint64_t[2]){0, 0}, 2); }

static struct counts *run_at(const struct image *image, const struct store *store, int32_t index) {
  struct run_options options = {.index = index, .threads = 3};
  return run(image, store, &options);
}

static uint8_t *outcomes_at(const struct image *image, const struct store *store, int32_t index) {
  struct run_options options = {.index = index, .threads = 2};
  return run_outcomes(image, store, &options);
}

static void expect_share(const struct counts *counts, uint32_t number, uint32_t practice, uint32_t denominator, uint32_t numerator,
                         uint32_t unknown) {
  struct run_count expected = {denominator, numerator, unknown};
  assert_memory_equal(&counts->cell[number * counts->n_practices + practice], &expected, sizeof expected);
}

/* ── blocks and practices ────────────────────────────────────────────────────────────────────────────────────────── */

#define INDEX 19875 /* 2024-06-01 */

/* Of patient i: has T90 unless i mod 3 is 2; HbA1c is 60, 50, ">55", none as i mod 4 says. */
static enum outcome outcome_of(uint32_t i) {
  return i % 3 == 2 ? OUTCOME_OUTSIDE : i % 4 == 0 ? OUTCOME_YES : i % 4 == 1 ? OUTCOME_NO : OUTCOME_UNKNOWN;
}

static struct store *store_of(uint32_t n_patients, const uint32_t *practice_ends) {
  struct shelf shelf;
  open_shelf(&shelf);
  for (uint32_t i = 0, practice = 0; i < n_patients; i++) {
    while (i >= practice_ends[practice]) practice++;
    uint32_t p = patient(&shelf, i, practice, 0, "female", 70);
    if (i % 3 != 2) diagnosis(&shelf, p, "T90", INDEX - 1000 - (int32_t)i % 7);
    if (i % 4 != 3) lab(&shelf, p, "NPU27300", INDEX - 10, i % 4 == 0 ? 60 : i % 4 == 1 ? 50 : 55, i % 4 == 2, "mmol/mol");
    if (i % 4 != 3) lab(&shelf, p, "NPU27300", INDEX - 600, 99, 0, "mmol/mol");
  }
  return close_shelf(&shelf);
}

/* share where latest hba1c > 58 within 18 months, over T90. */
static void *share_over_58(struct image *image) {
  struct recipe recipe;
  begin(&recipe);
  uint32_t has_t90 = event_part(&recipe, DIAGNOSES, recipe.diagnosis_code, codes(&recipe, "T90", NULL));
  uint32_t t90 = stream(&recipe, STREAM_EVENTS, has_t90, 1);
  uint32_t in_mmol = part(&recipe, recipe.lab_value, codes(&recipe, "NPU27300", NULL), "mmol/mol", 15, 200);
  uint32_t hba1c = stream(&recipe, STREAM_SERIES, in_mmol, 1);
  uint32_t ever = make_register(&recipe, REGISTER_DATE, true), index = make_register(&recipe, REGISTER_DATE, true);
  uint32_t since = make_register(&recipe, REGISTER_DATE, true), limit = make_register(&recipe, REGISTER_NUMBER, true);
  uint32_t has = make_register(&recipe, REGISTER_MASK, false), over = make_register(&recipe, REGISTER_MASK, false);
  uint32_t latest = make_register(&recipe, REGISTER_NUMBER, false);
  say(&recipe, OP_date_is, ever, (uint32_t)DATE_EVER);
  say(&recipe, OP_date_index, index);
  say(&recipe, OP_months_back, since, index, 18);
  say(&recipe, OP_number_is, limit, constant(&recipe, 58));
  once_ends(&recipe);
  say(&recipe, OP_any_row, has, t90, ever, index);
  say(&recipe, OP_count_population, THE_PACK, has);
  say(&recipe, OP_scan, hba1c, since, index, 1, 0, 0);
  say(&recipe, OP_rows_latest, latest);
  say(&recipe, OP_number_below, over, limit, latest);
  say(&recipe, OP_count_share, indicator(&recipe, "over"), has, over);
  return finish(&recipe, image);
}

static void every_patient_is_counted_at_the_edges_of_blocks(void **state) {
  (void)state;
  static const uint32_t sizes[] = {0, 1, 63, 64, 65, 4095, 4096, 4097, 8193};
  static const uint32_t ends[] = {1, 1000, 4095, 4097, 4096 * 2, 10000};
  struct image image;
  void *bytes = share_over_58(&image);
  for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
    struct store *store = store_of(sizes[s], ends);
    struct counts *counts = run_at(&image, store, INDEX);
    uint8_t *outcomes = outcomes_at(&image, store, INDEX);
    assert_int_equal(store->n_patients, sizes[s]);
    for (uint32_t p = 0, first = 0; p < store->n_practices; first = ends[p], p++) {
      uint32_t n[4] = {0};
      for (uint32_t i = first; i < ends[p] && i < sizes[s]; i++) n[outcome_of(i)]++;
      assert_int_equal(counts->population[p], n[OUTCOME_YES] + n[OUTCOME_NO] + n[OUTCOME_UNKNOWN]);
      expect_share(counts, 0, p, n[OUTCOME_YES] + n[OUTCOME_NO] + n[OUTCOME_UNKNOWN], n[OUTCOME_YES], n[OUTCOME_UNKNOWN]);
    }
    for (uint32_t i = 0; i < sizes[s]; i++) assert_int_equal(outcomes[i], outcome_of(i));
    free(outcomes);
    counts_free(counts);
    store_close(store);
  }
  free(bytes);
}

static void note_progress(void *context, uint64_t done, uint64_t all) {
  uint64_t *last = context;
  assert_int_equal(done, *last + 1);
  assert_int_equal(all, 2);
  *last = done;
}

static void progress_is_told_block_by_block(void **state) {
  (void)state;
  struct image image;
  void *bytes = share_over_58(&image);
  struct store *store = store_of(4097, (uint32_t[]){5000});
  uint64_t done = 0;
  struct run_options options = {.index = INDEX, .progress = note_progress, .context = &done};
  counts_free(run(&image, store, &options));
  assert_int_equal(done, 2);
  store_close(store);
  free(bytes);
}

/* ── many rows, far dates ────────────────────────────────────────────────────────────────────────────────────────── */

static void a_patient_may_have_70000_rows(void **state) {
  (void)state;
  struct recipe recipe;
  struct image image;
  begin(&recipe);
  uint32_t a_to_b = part(&recipe, recipe.lab_value, codes(&recipe, "A", "B"), NULL, -(double)INFINITY, (double)INFINITY);
  uint32_t series = stream(&recipe, STREAM_SERIES, a_to_b, 1);
  uint32_t ever = make_register(&recipe, REGISTER_DATE, true), index = make_register(&recipe, REGISTER_DATE, true);
  uint32_t n = make_register(&recipe, REGISTER_NUMBER, true), all = make_register(&recipe, REGISTER_MASK, false);
  uint32_t found = make_register(&recipe, REGISTER_NUMBER, false), tally = make_register(&recipe, REGISTER_TALLY, false);
  uint32_t is = make_register(&recipe, REGISTER_MASK, false), half = make_register(&recipe, REGISTER_NUMBER, true);
  say(&recipe, OP_date_is, ever, (uint32_t)DATE_EVER);
  say(&recipe, OP_date_index, index);
  say(&recipe, OP_number_is, n, constant(&recipe, 70000));
  say(&recipe, OP_number_is, half, constant(&recipe, 34999.5));
  once_ends(&recipe);
  say(&recipe, OP_truth_is, all, 1);
  say(&recipe, OP_scan, series, ever, index, 1, 0, 0);
  say(&recipe, OP_rows_count, found);
  say(&recipe, OP_number_equal, is, found, n);
  say(&recipe, OP_count_share, indicator(&recipe, "counted"), all, is);
  say(&recipe, OP_rows_below, tally, n);
  say(&recipe, OP_tally_exactly, is, tally, 70000);
  say(&recipe, OP_count_share, indicator(&recipe, "tallied"), all, is);
  say(&recipe, OP_rows_median, found);
  say(&recipe, OP_number_equal, is, found, half);
  say(&recipe, OP_count_share, indicator(&recipe, "halved"), all, is);
  void *bytes = finish(&recipe, &image);
  struct shelf shelf;
  open_shelf(&shelf);
  uint32_t many = patient(&shelf, 0, 0, 0, "", 0);
  patient(&shelf, 1, 0, 0, "", 0);
  for (int32_t i = 0; i < 70000; i++) lab(&shelf, many, i % 2 ? "A" : "B", INDEX - i / 4, i, 0, "");
  struct store *store = close_shelf(&shelf);
  struct counts *counts = run_at(&image, store, INDEX);
  expect_share(counts, 0, 0, 2, 1, 0);
  expect_share(counts, 1, 0, 2, 1, 1);
  expect_share(counts, 2, 0, 2, 1, 1);
  counts_free(counts);
  store_close(store);
  free(bytes);
}

static void dates_long_ago_and_far_ahead_count(void **state) {
  (void)state;
  struct recipe recipe;
  struct image image;
  begin(&recipe);
  uint32_t every = event_part(&recipe, DIAGNOSES, recipe.diagnosis_code, IMAGE_NONE);
  uint32_t events = stream(&recipe, STREAM_EVENTS, every, 1);
  uint32_t low = make_register(&recipe, REGISTER_DATE, true), high = make_register(&recipe, REGISTER_DATE, true);
  uint32_t all = make_register(&recipe, REGISTER_MASK, false), any = make_register(&recipe, REGISTER_MASK, false);
  uint32_t birth = make_register(&recipe, REGISTER_DATE, false), age = make_register(&recipe, REGISTER_NUMBER, false);
  uint32_t limit = make_register(&recipe, REGISTER_NUMBER, true), low_2090 = make_register(&recipe, REGISTER_DATE, true);
  say(&recipe, OP_date_is, low, (uint32_t)date_from_civil(1910, 1, 1));
  say(&recipe, OP_date_is, high, (uint32_t)date_from_civil(1969, 12, 31));
  say(&recipe, OP_date_is, low_2090, (uint32_t)date_from_civil(2090, 1, 1));
  say(&recipe, OP_number_is, limit, constant(&recipe, 201));
  once_ends(&recipe);
  say(&recipe, OP_truth_is, all, 1);
  say(&recipe, OP_any_row, any, events, low, high);
  say(&recipe, OP_count_share, indicator(&recipe, "before 1970"), all, any);
  say(&recipe, OP_date_column, birth, recipe.birth);
  say(&recipe, OP_any_row, any, events, low_2090, birth); /* a high day of each patient's own */
  say(&recipe, OP_count_share, indicator(&recipe, "after 2090"), all, any);
  say(&recipe, OP_years_since, age, birth);
  say(&recipe, OP_number_at_most, any, limit, age);
  say(&recipe, OP_count_share, indicator(&recipe, "201 years"), all, any);
  void *bytes = finish(&recipe, &image);
  struct shelf shelf;
  open_shelf(&shelf);
  uint32_t a = patient(&shelf, 0, 0, date_from_civil(1899, 2, 28), "", 0);
  uint32_t b = patient(&shelf, 1, 0, date_from_civil(2100, 5, 1), "", 0);
  uint32_t c = patient(&shelf, 2, 0, date_from_civil(2099, 12, 31), "", 0);
  patient(&shelf, 3, 0, DATE_UNKNOWN, "", 0);
  diagnosis(&shelf, a, "X", date_from_civil(1950, 3, 1));
  diagnosis(&shelf, a, "X", date_from_civil(1905, 3, 1));
  diagnosis(&shelf, b, "X", date_from_civil(2100, 5, 1));
  diagnosis(&shelf, c, "X", date_from_civil(2100, 1, 1));
  diagnosis(&shelf, c, "X", date_from_civil(1969, 12, 31));
  struct store *store = close_shelf(&shelf);
  struct counts *counts = run_at(&image, store, date_from_civil(2100, 5, 1));
  expect_share(counts, 0, 0, 4, 2, 0);
  expect_share(counts, 1, 0, 4, 1, 1);
  expect_share(counts, 2, 0, 4, 1, 1);
  counts_free(counts);
  store_close(store);
  free(bytes);
}

/* ── parts, units, values ────────────────────────────────────────────────────────────────────────────────────────── */

/* A measure in mmol/mol: NPU27300, or also spelt "mmol pr mol", and NPU03835 in %, times 10; plausible 15 to 200. */
static void *measured_and_high(struct image *image, bool value_is_second) {
  struct recipe recipe;
  begin(&recipe);
  struct image_alias alias = {text(&recipe, "mmol/mol"), text(&recipe, "mmol pr mol")};
  image_writer_add(recipe.writer, SECTION_aliases, &alias, sizeof alias);
  uint32_t value = value_is_second ? recipe.lab_second : recipe.lab_value;
  uint32_t in_mmol = part(&recipe, value, codes(&recipe, "NPU27300", NULL), "mmol/mol", 15, 200);
  part_times(&recipe, value, codes(&recipe, "NPU03835", NULL), "%", 10, 15, 200);
  uint32_t series = stream(&recipe, STREAM_SERIES, in_mmol, 2);
  uint32_t ever = make_register(&recipe, REGISTER_DATE, true), index = make_register(&recipe, REGISTER_DATE, true);
  uint32_t limit = make_register(&recipe, REGISTER_NUMBER, true), latest = make_register(&recipe, REGISTER_NUMBER, false);
  uint32_t any = make_register(&recipe, REGISTER_MASK, false), high = make_register(&recipe, REGISTER_MASK, false);
  uint32_t later = make_register(&recipe, REGISTER_DATE, true);
  struct image_window window = {text(&recipe, "ever"), text(&recipe, "hba1c"), ever, later};
  image_writer_add(recipe.writer, SECTION_windows, &window, sizeof window);
  say(&recipe, OP_date_is, ever, (uint32_t)DATE_EVER);
  say(&recipe, OP_date_index, index);
  say(&recipe, OP_days_back, later, index, -10);
  say(&recipe, OP_number_is, limit, constant(&recipe, 58));
  once_ends(&recipe);
  say(&recipe, OP_scan, series, ever, index, 1, 0, 0);
  say(&recipe, OP_rows_any, any);
  say(&recipe, OP_rows_latest, latest);
  say(&recipe, OP_number_below, high, limit, latest);
  say(&recipe, OP_count_share, indicator(&recipe, "high"), any, high);
  return finish(&recipe, image);
}

static void a_row_is_read_by_the_part_that_takes_its_code_and_unit(void **state) {
  (void)state;
  static const struct { const char *code, *unit; double value; enum outcome expected; } rows[] = {
      {"NPU27300", "mmol/mol", 60, OUTCOME_YES},     {"NPU27300", "mmol pr mol", 60, OUTCOME_YES}, {"NPU27300", "", 60, OUTCOME_YES},
      {"NPU27300", "%", 60, OUTCOME_OUTSIDE},        {"NPU03835", "%", 6, OUTCOME_YES},            {"NPU03835", "", 5, OUTCOME_NO},
      {"NPU03835", "mmol/mol", 6, OUTCOME_OUTSIDE},  {"NPU03835", "%", 60, OUTCOME_OUTSIDE},       {"NPU27300", "mmol/mol", 14, OUTCOME_OUTSIDE},
      {"NPU27300", "mmol/mol", 200, OUTCOME_YES},    {"NPU99999", "mmol/mol", 60, OUTCOME_OUTSIDE}, {"NPU27300", "MMOL/MOL", 60, OUTCOME_OUTSIDE},
      {"NPU27300", "mmol/mol", (double)NAN, OUTCOME_OUTSIDE},
  };
  enum { N = sizeof rows / sizeof *rows };
  struct image image;
  struct shelf shelf;
  void *bytes = measured_and_high(&image, false);
  open_shelf(&shelf);
  for (uint32_t i = 0; i < N; i++) lab(&shelf, patient(&shelf, i, 0, 0, "", 0), rows[i].code, 100, rows[i].value, 0, rows[i].unit);
  struct store *store = close_shelf(&shelf);
  uint8_t *outcomes = outcomes_at(&image, store, INDEX);
  for (uint32_t i = 0; i < N; i++) assert_int_equal(outcomes[i], rows[i].expected);
  struct counts *counts = run_at(&image, store, INDEX);
  assert_int_equal(counts->window_low[0], DATE_EVER);
  assert_int_equal(counts->window_high[0], INDEX);
  counts_free(counts);
  free(outcomes);
  store_close(store);
  free(bytes);
}

static void a_series_reads_the_number_column_it_names(void **state) {
  (void)state;
  struct image image;
  struct shelf shelf;
  void *bytes = measured_and_high(&image, true);
  open_shelf(&shelf);
  uint32_t p = patient(&shelf, 0, 0, 0, "", 0);
  lab(&shelf, p, "NPU27300", 100, -50, 0, ""); /* its second number is 50, and */
  lab(&shelf, p, "NPU27300", 100, -60, 0, ""); /* 60, which stands first by the first number */
  struct store *store = close_shelf(&shelf);
  uint8_t *outcomes = outcomes_at(&image, store, INDEX);
  assert_int_equal(outcomes[0], OUTCOME_YES);
  free(outcomes);
  store_close(store);
  free(bytes);
}

/* ── table patients ──────────────────────────────────────────────────────────────────────────────────────────────── */

static void columns_of_patients_are_read_and_empty_ones_are_unknown(void **state) {
  (void)state;
  struct recipe recipe;
  struct image image;
  begin(&recipe);
  uint32_t limit = make_register(&recipe, REGISTER_NUMBER, true), weight = make_register(&recipe, REGISTER_NUMBER, false);
  uint32_t all = make_register(&recipe, REGISTER_MASK, false), is = make_register(&recipe, REGISTER_MASK, false);
  say(&recipe, OP_number_is, limit, constant(&recipe, 80));
  once_ends(&recipe);
  say(&recipe, OP_truth_is, all, 1);
  say(&recipe, OP_text_equal, is, recipe.sex, text(&recipe, "female"));
  say(&recipe, OP_count_share, indicator(&recipe, "female"), all, is);
  say(&recipe, OP_text_equal, is, recipe.sex, text(&recipe, "never said"));
  say(&recipe, OP_count_share, indicator(&recipe, "never"), all, is);
  say(&recipe, OP_text_known, is, recipe.sex);
  say(&recipe, OP_count_share, indicator(&recipe, "sex known"), all, is);
  say(&recipe, OP_number_column, weight, recipe.weight);
  say(&recipe, OP_number_below, is, limit, weight);
  say(&recipe, OP_count_share, indicator(&recipe, "heavy"), all, is);
  void *bytes = finish(&recipe, &image);
  struct shelf shelf;
  open_shelf(&shelf);
  patient(&shelf, 0, 0, 0, "female", 81);
  patient(&shelf, 1, 0, 0, "male", 80);
  patient(&shelf, 2, 0, 0, "", (double)NAN);
  struct store *store = close_shelf(&shelf);
  struct counts *counts = run_at(&image, store, INDEX);
  expect_share(counts, 0, 0, 3, 1, 1);
  expect_share(counts, 1, 0, 3, 0, 1);
  expect_share(counts, 2, 0, 3, 2, 0);
  expect_share(counts, 3, 0, 3, 1, 1);
  counts_free(counts);
  store_close(store);

  /* The same over data that have no such columns: all is unknown, and known to be so. */
  struct store_builder *builder = store_builder_open();
  store_builder_columns(builder, 0, NULL, "");
  store_builder_add_patient(builder, store_builder_text(builder, "1", 1), store_builder_text(builder, "P", 1), NULL);
  store = store_builder_close(builder, 0, (uint64_t[2]){0, 0}, 2);
  counts = run_at(&image, store, INDEX);
  expect_share(counts, 0, 0, 1, 0, 1);
  expect_share(counts, 2, 0, 1, 0, 0);
  expect_share(counts, 3, 0, 1, 0, 1);
  counts_free(counts);
  store_close(store);
  free(bytes);
}

static void a_stay_counts_at_a_date_until_its_end(void **state) {
  (void)state;
  struct recipe recipe;
  struct image image;
  begin(&recipe);
  uint32_t stays = stream(&recipe, STREAM_SPANS, event_part(&recipe, STAYS, recipe.stay_code, IMAGE_NONE), 1);
  uint32_t index = make_register(&recipe, REGISTER_DATE, true);
  uint32_t all = make_register(&recipe, REGISTER_MASK, false), is = make_register(&recipe, REGISTER_MASK, false);
  say(&recipe, OP_date_index, index);
  once_ends(&recipe);
  say(&recipe, OP_truth_is, all, 1);
  say(&recipe, OP_any_row, is, stays, index, index);
  say(&recipe, OP_count_share, indicator(&recipe, "in"), all, is);
  void *bytes = finish(&recipe, &image);
  struct shelf shelf;
  static const int32_t days[][2] = {{INDEX, DATE_OPEN}, {INDEX + 1, DATE_OPEN}, {INDEX - 5, INDEX}, {INDEX - 5, INDEX + 1}};
  open_shelf(&shelf);
  for (uint32_t i = 0; i < 4; i++) stay(&shelf, patient(&shelf, i, 0, 0, "", 0), days[i][0], days[i][1]);
  struct store *store = close_shelf(&shelf);
  uint8_t *outcomes = outcomes_at(&image, store, INDEX);
  assert_memory_equal(outcomes, ((uint8_t[]){OUTCOME_YES, OUTCOME_NO, OUTCOME_NO, OUTCOME_YES}), 4);
  free(outcomes);
  store_close(store);
  free(bytes);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_patient_is_counted_at_the_edges_of_blocks),
      cmocka_unit_test(progress_is_told_block_by_block),
      cmocka_unit_test(a_patient_may_have_70000_rows),
      cmocka_unit_test(dates_long_ago_and_far_ahead_count),
      cmocka_unit_test(a_row_is_read_by_the_part_that_takes_its_code_and_unit),
      cmocka_unit_test(a_series_reads_the_number_column_it_names),
      cmocka_unit_test(columns_of_patients_are_read_and_empty_ones_are_unknown),
      cmocka_unit_test(a_stay_counts_at_a_date_until_its_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
