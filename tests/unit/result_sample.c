/* result_sample.c: rules and counts of the shape that a cluster's have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/result/page.h"
#include "tests/unit/result_sample.h"

uint32_t sample_text(struct sample *sample, const char *text) {
  uint32_t at = 0;
  while (at < sample->n_bytes && strcmp(sample->bytes + at, text) != 0)
    at += (uint32_t)strlen(sample->bytes + at) + 1;
  if (at < sample->n_bytes)
    return at;
  size_t length = strlen(text) + 1;
  assert_true(at + length <= MOST_BYTES);
  memcpy(sample->bytes + at, text, length);
  sample->n_bytes += (uint32_t)length;
  return at;
}

uint32_t sample_name(struct sample *sample, const char *text) {
  uint32_t n = sample->store.n_texts++;
  assert_true(n < MOST_TEXTS);
  snprintf(sample->names[n], sizeof sample->names[n], "%s", text);
  sample->begins[n] = n * sizeof *sample->names;
  return n;
}

void sample_add_pack(struct sample *sample, const char *pack, const char *title) {
  struct image *image = &sample->image;
  sample->packs[image->n_packs++] = (struct image_pack){
    .name = sample_text(sample, pack), .title = sample_text(sample, title), .version = sample_text(sample, "2024.1"),
    .about = IMAGE_NONE,
    .guideline = sample_text(sample, "DSAM: Type 2-diabetes"), .contact = IMAGE_NONE,
    .language = sample_text(sample, "da"),
    .population = sample_text(sample, "listed and diagnosis = type2_diabetes"),
    .first_indicator = image->n_indicators, .first_window = image->n_windows,
    .rules_hash = sample_text(sample, "3f2a91c04b7d55e01f9e"),
  };
}

void sample_add_indicator(struct sample *sample, const char *indicator, const char *title, const char *denominator,
                          uint32_t better) {
  struct image *image = &sample->image;
  assert_true(image->n_indicators < MOST_INDICATORS);
  sample->packs[image->n_packs - 1].n_indicators++;
  sample->indicators[image->n_indicators++] = (struct image_indicator){
    .pack = image->n_packs - 1, .name = sample_text(sample, indicator),
    .title = title ? sample_text(sample, title) : IMAGE_NONE,
    .denominator = denominator ? sample_text(sample, denominator) : IMAGE_NONE,
    .numerator = sample_text(sample, "hba1c > hba1c_limit"),
    .better = better, .unit = IMAGE_NONE, .list = IMAGE_NONE, .replaces = IMAGE_NONE, .aim = (double)NAN,
    .first_cell = image->n_cells,
  };
  sample_add_cell(sample, CELL_WHOLE, NULL, NULL, NULL, false);
}

void sample_make_kind(struct sample *sample, enum image_kind kind, const char *numerator, const char *unit) {
  struct image_indicator *indicator = &sample->indicators[sample->image.n_indicators - 1];
  indicator->kind = kind;
  indicator->numerator = sample_text(sample, numerator);
  indicator->unit = unit ? sample_text(sample, unit) : IMAGE_NONE;
}

void sample_add_cell(struct sample *sample, enum image_cell_role role, const char *stratum, const char *title,
                     const char *band, bool is_edge) {
  struct image *image = &sample->image;
  assert_true(image->n_cells < MOST_CELLS);
  sample->indicators[image->n_indicators - 1].n_cells++;
  sample->cells[image->n_cells++] = (struct image_cell){
    .indicator = image->n_indicators - 1, .role = role, .is_edge = is_edge,
    .stratum = stratum ? sample_text(sample, stratum) : IMAGE_NONE, .title = title ? sample_text(sample, title) : IMAGE_NONE,
    .band = band ? sample_text(sample, band) : IMAGE_NONE};
}

static struct run_count *count_of(struct sample *sample, uint32_t cell, uint32_t practice) {
  return &sample->count[(size_t)cell * sample->store.n_practices + practice];
}

void sample_count(struct sample *sample, uint32_t cell, uint32_t practice, enum outcome outcome) {
  struct run_count *count = count_of(sample, cell, practice);
  count->denominator += outcome != OUTCOME_OUTSIDE;
  count->numerator += outcome == OUTCOME_YES;
  count->unknown += outcome == OUTCOME_UNKNOWN;
}

void sample_count_number(struct sample *sample, uint32_t cell, uint32_t practice, double number) {
  bool gathers = image_has_values(sample->indicators[sample->cells[cell].indicator].kind);
  struct run_values *values = &sample->values[cell];
  sample_count(sample, cell, practice, isnan(number) ? OUTCOME_UNKNOWN : gathers ? OUTCOME_YES : OUTCOME_NO);
  if (isnan(number))
    return;
  if (!gathers) {
    count_of(sample, cell, practice)->numerator += (uint32_t)number;
    return;
  }
  values->all = realloc(values->all, (values->n + 1) * sizeof *values->all);
  assert_non_null(values->all);
  values->all[values->n++] = number;
}

void sample_add_window(struct sample *sample, uint32_t title, const char *subject, int32_t low) {
  struct image *image = &sample->image;
  sample->low[image->n_windows] = low;
  sample->high[image->n_windows] = sample->options.index;
  sample->packs[image->n_packs - 1].n_windows++;
  sample->windows[image->n_windows++] = (struct image_window){.title = title, .subject = sample_text(sample, subject)};
}

static void add_rules(struct sample *sample) {
  int32_t index = sample->options.index;
  sample_add_pack(sample, "treatment", "Type 2-diabetes: behandling og kvalitet");
  sample_add_indicator(sample, "mp1", "HbA1c over 58", "hba1c measured", BETTER_LOWER);
  sample_add_indicator(sample, "mp3", "Systolisk blodtryk over 140", "systolic measured", BETTER_LOWER);
  sample_add_indicator(sample, "mp5", "Albuminuri uden ACE-hæmmer eller ARB", "acr >= acr_limit", BETTER_LOWER);
  sample_add_indicator(sample, "mp6", "eGFR under 30 og metformin", NULL, BETTER_LOWER);
  sample_add_indicator(sample, "mp7", "Iskæmisk hjertesygdom med SGLT2 eller GLP-1", "diagnosis = ischaemic_heart_disease",
                       BETTER_HIGHER);
  uint32_t ever = sample_text(sample, "ever"), months = sample_text(sample, "within 18 months");
  uint32_t year = sample_text(sample, "within 12 months");
  sample_add_window(sample, ever, "diagnosis", DATE_EVER);
  sample_add_window(sample, months, "hba1c", date_months_back(index, 18));
  sample_add_window(sample, months, "systolic", date_months_back(index, 18));
  sample_add_window(sample, months, "acr", date_months_back(index, 18));
  sample_add_window(sample, months, "hba1c", date_months_back(index, 18));
  sample_add_window(sample, year, "drug", date_months_back(index, 12));
  sample->parameters[0] = (struct image_parameter){.name = sample_text(sample, "hba1c_limit"),
    .title = sample_text(sample, "Grænse for HbA1c"), .value = sample_text(sample, "58 mmol/mol"), .usual = IMAGE_NONE};
  sample->parameters[1] = (struct image_parameter){.name = sample_text(sample, "acr_limit"),
    .title = sample_text(sample, "Grænse for albumin/kreatinin"), .value = sample_text(sample, "30 mg/g"), .usual = IMAGE_NONE};
  sample_add_pack(sample, "followup", "Type 2-diabetes: opfølgning og organisering");
  sample_add_indicator(sample, "mp1", "Årsstatus", NULL, BETTER_HIGHER);
  sample_add_window(sample, months, "service", date_months_back(index, 18));
}

/* Practices in the order (cluster, id), as a store has them. */
void sample_add_cluster(struct sample *sample, const char *cluster, uint32_t n) {
  struct store *store = &sample->store;
  uint32_t number = store->n_clusters++;
  sample->clusters[number] = (struct store_cluster){sample_name(sample, cluster), store->n_practices, n};
  for (uint32_t i = 0; i < n; i++) {
    char id[16];
    snprintf(id, sizeof id, "P%u%02u", number + 1, i + 1);
    assert_true(store->n_practices < MOST_PRACTICES);
    sample->practices[store->n_practices++] = (struct store_practice){.id = sample_name(sample, id), .cluster = number};
  }
}

/* Counts of a kind that a cluster might have: a few large practices, few patients with kidney disease, some unknown. */
static void fill_counts(struct sample *sample) {
  uint32_t n = sample->store.n_practices;
  sample->counts.n_practices = n;
  for (uint32_t i = 0; i < n; i++) {
    uint32_t patients = 28 + i * 37 % 71;
    sample->population[i] = sample->population[n + i] = patients;
    *count_of(sample, 0, i) = (struct run_count){patients - i % 5, (patients - i % 5) * (25 + i * 13 % 32) / 100, 0};
    *count_of(sample, 1, i) = (struct run_count){patients - i % 9, (patients - i % 9) * (18 + i * 7 % 23) / 100, i % 7 == 3};
    *count_of(sample, 2, i) = (struct run_count){patients / 6, patients / 6 * (i * 29 % 60) / 100, 0};
    *count_of(sample, 3, i) = (struct run_count){patients, i % 6 == 1, patients / 9};
    *count_of(sample, 4, i) = (struct run_count){i * 5 % 13, (i * 5 % 13) * (40 + i * 11 % 50) / 100, 0};
    *count_of(sample, 5, i) = (struct run_count){patients, patients * (55 + i * 17 % 42) / 100, 0};
  }
}

/* Points image, store and counts at what has been added. */
void sample_join(struct sample *sample) {
  struct image *image = &sample->image;
  image->texts = sample->bytes, image->n_texts = sample->n_bytes;
  image->packs = sample->packs, image->indicators = sample->indicators, image->windows = sample->windows, image->cells = sample->cells;
  image->parameters = sample->parameters, image->n_parameters = 2;
  sample->store.text_bytes = sample->names[0], sample->store.text_begins = sample->begins,
  sample->store.text_length = sizeof sample->names, sample->store.practices = sample->practices, sample->store.clusters = sample->clusters;
  sample->store.hash[0] = UINT64_C(0x0123456789abcdef), sample->store.hash[1] = UINT64_C(0xfedcba9876543210);
  sample->counts.n_packs = image->n_packs, sample->counts.n_cells = image->n_cells;
  sample->counts.population = sample->population, sample->counts.cell = sample->count, sample->counts.values = sample->values;
  sample->counts.window_low = sample->low, sample->counts.window_high = sample->high;
}

struct sample *sample_open(void) {
  struct sample *sample = calloc(1, sizeof *sample);
  assert_non_null(sample);
  sample_name(sample, "");
  sample->options = (struct result_options){.index = date_from_civil(2024, 6, 1), .width = 100, .program_version = "0.1.0"};
  return sample;
}

void sample_close(struct sample *sample) {
  for (uint32_t i = 0; i < MOST_CELLS; i++)
    free(sample->values[i].all);
  free(sample);
}

struct sample *sample_open_clusters(uint32_t n_clusters, const uint32_t *n_practices) {
  static const char *const ids[MOST_CLUSTERS] = {"C1", "C2", "C3"};
  struct sample *sample = sample_open();
  add_rules(sample);
  for (uint32_t i = 0; i < n_clusters; i++)
    sample_add_cluster(sample, ids[i], n_practices[i]);
  fill_counts(sample);
  sample_join(sample);
  return sample;
}

struct sample *sample_open_cluster(uint32_t n_practices) { return sample_open_clusters(1, &n_practices); }

void sample_speak(bool danish) {
  const char *folder = getenv("KLYNGE_LOCALE");
  words_speak(danish, folder ? folder : "/usr/share/locale");
}

struct result *sample_make(struct sample *sample) {
  char *error = NULL;
  int exit_code = 0;
  sample_speak(sample->options.danish);
  struct result *result =
    result_make(&sample->image, &sample->store, &sample->counts, NULL, &sample->options, &error, &exit_code);
  if (!result)
    fail_msg("%s", error);
  return result;
}

char *sample_write(const struct result *result, void (*write)(const struct result *, FILE *)) {
  char *bytes;
  size_t length;
  FILE *out = open_memstream(&bytes, &length);
  write(result, out);
  fclose(out);
  return bytes;
}

char *sample_table(struct sample *sample) {
  struct result *result = sample_make(sample);
  char *table = sample_write(result, result_write_table);
  result_free(result);
  return table;
}

void text_looks_like(char *text, const char *name) {
  const char *folder = getenv("srcdir");
  char path[512];
  snprintf(path, sizeof path, "%s/tests/result/%s.txt", folder ? folder : ".", name);
  if (getenv("KLYNGE_RENEW"))
    file_write(path, text);
  char *wanted = file_read(path);
  if (!wanted)
    fail_msg("there is no %s", path);
  assert_string_equal(text, wanted);
  free(wanted);
  free(text);
}

void sample_looks_like(struct sample *sample, const char *name) { text_looks_like(sample_table(sample), name); }

void sample_fits(const char *table, uint32_t width) {
  struct page page = {.ascii = false};
  for (const char *line = table; *line;) {
    size_t length = strcspn(line, "\n");
    if (page_columns(&page, line, length) > width || (length > 0 && line[length - 1] == ' '))
      fail_msg("more than %u columns, or a blank at the end: \"%.*s\"", width, (int)length, line);
    line += length + (line[length] == '\n');
  }
}

char *file_read(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file)
    return NULL;
  char *bytes, buffer[4096];
  size_t length, n;
  FILE *out = open_memstream(&bytes, &length);
  while ((n = fread(buffer, 1, sizeof buffer, file)) > 0)
    fwrite(buffer, 1, n, out);
  fclose(out);
  fclose(file);
  return bytes;
}

void file_write(const char *path, const char *text) {
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs(text, file);
  assert_int_equal(fclose(file), 0);
}
