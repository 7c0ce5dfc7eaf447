/* result_test.c: names, numbers and CSV of made-up counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "runtime/image/dates.h"
#include "runtime/result/names.h"
#include "tests/unit/result_sample.h"

/* ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void numbers_read_back_in_the_fewest_digits(void **state) {
  (void)state;
  static const struct { double number; const char *text; } rows[] = {
    {0.5, "0.5"}, {0, "0"}, {1, "1"}, {0.1, "0.1"}, {1.0 / 3, "0.3333333333333333"}, {2.0 / 3, "0.6666666666666666"},
    {0.1 + 0.2, "0.30000000000000004"}, {58.5, "58.5"}, {0.449, "0.449"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char out[32];
    assert_int_equal(result_number(rows[i].number, out), strlen(rows[i].text));
    assert_string_equal(out, rows[i].text);
  }
  for (uint32_t of = 1; of < 400; of++)
    for (uint32_t n = 0; n <= of; n++) {
      char out[32];
      result_number((double)n / of, out);
      assert_true(strtod(out, NULL) == (double)n / of);
    }
}

/* The slow obvious way, which the quick one must agree with to the last character. */
static void print_slowly(double number, char out[32]) {
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(out, 32, "%.*g", digits, number);
    if (strtod(out, NULL) == number) return;
  }
}

static void assert_same_number(double number) {
  char out[32], wanted[32];
  print_slowly(number, wanted);
  assert_int_equal(result_number(number, out), strlen(wanted));
  assert_string_equal(out, wanted);
}

static void numbers_are_written_as_the_library_writes_them(void **state) {
  (void)state;
  static const double odd[] = {-0.0,    1e14,   99999999999999.99, 1e-3,  0.00099999999999999, 0.09999999999999999, 0.9999999999999999,
                               9.999999999999998, 1e15, 5e-324, 1e300, 0x1p-9, 0x1.0000000000001p-9, 0x1.fffffffffffffp46, 4503599627370497.5};
  uint64_t seed = 42;
  for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
    assert_same_number(odd[i]);
    assert_same_number(-odd[i]);
  }
  for (int i = 0; i < 300000; i++) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    uint64_t random = seed >> 11;
    double of = (double)(1 + random % 977), share = (double)(random / 977 % 977) / of;
    assert_same_number(share);
    assert_same_number(ldexp((double)random, -53 + (int)(seed % 70) - 15)); /* all 53 bits */
    assert_same_number((double)(random % 100000000) / (double[]){1, 10, 100, 1000, 1e4, 1e5}[seed % 6]);
    assert_same_number(ldexp(1, (int)(random % 120) - 60));                 /* powers of two, and their neighbours */
    assert_same_number(nextafter(ldexp(1, (int)(random % 120) - 60), random & 1 ? INFINITY : 0));
  }
}

static void dates_are_iso(void **state) {
  (void)state;
  char out[16];
  result_date(date_from_civil(2024, 3, 1), out);
  assert_string_equal(out, "2024-03-01");
  result_date(date_from_civil(1, 1, 1), out);
  assert_string_equal(out, "0001-01-01");
  result_date(DATE_UNKNOWN, out);
  assert_string_equal(out, "");
}

/* ── pseudonyms ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The sentence that result_make refuses with, and its exit code. */
static char *refuse(struct sample *sample, int *exit_code) {
  char *error = NULL;
  assert_null(result_make(&sample->image, &sample->store, &sample->counts, NULL, &sample->options, &error, exit_code));
  assert_non_null(error);
  return error;
}

/* A place for a key in a folder of its own, which close_folder removes. */
static void open_folder(char folder[32], char key[64]) {
  strcpy(folder, "/tmp/klynge-XXXXXX");
  assert_non_null(mkdtemp(folder));
  snprintf(key, 64, "%s/key", folder);
}
static void close_folder(const char *folder, const char *key) {
  unlink(key);
  assert_int_equal(rmdir(folder), 0); /* nothing half written is left beside the key */
}

static void letters_count_on_after_z(void **state) {
  (void)state;
  static const struct { uint32_t number; const char *letters; } rows[] = {
    {0, "A"}, {25, "Z"}, {26, "AA"}, {51, "AZ"}, {52, "BA"}, {701, "ZZ"}, {702, "AAA"}, {UINT32_MAX, "MWLQKWV"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char out[8];
    name_letters(rows[i].number, out);
    assert_string_equal(out, rows[i].letters);
  }
}

static const char *label_of(const struct result *result, uint32_t cluster, const char *id) {
  for (uint32_t i = 0; i < result->clusters[cluster].n_practices; i++)
    if (strcmp(result->clusters[cluster].practices[i].id, id) == 0)
      return result->clusters[cluster].practices[i].label;
  fail_msg("practice %s is not shown", id);
  return NULL;
}

static void labels_stand_in_order_and_hide_the_ids(void **state) {
  (void)state;
  struct sample *sample = sample_open_cluster(30);
  struct result *result = sample_make(sample);
  uint32_t in_place = 0;
  for (uint32_t i = 0; i < 30; i++) {
    char letters[8];
    name_letters(i, letters);
    assert_string_equal(result->clusters[0].practices[i].label, letters);
    in_place += strcmp(result->clusters[0].practices[i].id, store_text(&sample->store, sample->practices[i].id)) == 0;
  }
  assert_true(in_place < 10); /* letters in the order of ids would give all of them away */
  result_free(result);

  sample->options.identified = true;
  result = sample_make(sample);
  for (uint32_t i = 0; i < 30; i++)
    assert_string_equal(result->clusters[0].practices[i].label, store_text(&sample->store, sample->practices[i].id));
  result_free(result);
  sample_close(sample);
}

static void the_same_data_give_the_same_letters_and_others_do_not(void **state) {
  (void)state;
  struct sample *sample = sample_open_cluster(20);
  struct result *first = sample_make(sample), *second = sample_make(sample);
  sample->store.hash[1]++;
  struct result *other = sample_make(sample);
  uint32_t moved = 0;
  for (uint32_t i = 0; i < 20; i++) {
    assert_string_equal(first->clusters[0].practices[i].id, second->clusters[0].practices[i].id);
    moved += strcmp(first->clusters[0].practices[i].id, other->clusters[0].practices[i].id) != 0;
  }
  assert_true(moved > 10);
  result_free(first);
  result_free(second);
  result_free(other);
  sample_close(sample);
}

static void what_is_shown_never_changes_a_letter(void **state) {
  (void)state;
  struct sample *sample = sample_open_clusters(2, (const uint32_t[]){12, 9});
  struct result *all = sample_make(sample);
  static const char *const clusters[] = {"C2"}, *const practices[] = {"P203", "P207"};
  sample->options.clusters = clusters, sample->options.n_clusters = 1;
  sample->options.practices = practices, sample->options.n_practices = 2;
  struct result *some = sample_make(sample);
  assert_int_equal(some->n_clusters, 1);
  assert_int_equal(some->clusters[0].n_practices, 2);
  assert_int_equal(some->clusters[0].n_in_cluster, 9);
  assert_string_equal(label_of(some, 0, "P203"), label_of(all, 1, "P203"));
  assert_string_equal(label_of(some, 0, "P207"), label_of(all, 1, "P207"));
  /* The cluster's own figure stays that of the whole cluster. */
  assert_int_equal(some->clusters[0].figures[2].denominator, all->clusters[1].figures[9].denominator);
  result_free(all);
  result_free(some);
  sample_close(sample);
}

/* Of the data's hash letters are drawn: whoever reads a result must not get it. */
static void what_is_said_of_the_data_draws_no_letters(void **state) {
  (void)state;
  struct sample *sample = sample_open_cluster(20);
  struct result *result = sample_make(sample);
  struct name_key real, guessed;
  const char *ids[] = {"P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9"};
  uint32_t one[9], other[9];
  name_key_from_data(sample->store.hash, &real);
  name_key_from_data(result->data_hash, &guessed);
  name_draw(&real, "C1", ids, 9, one);
  name_draw(&guessed, "C1", ids, 9, other);
  assert_memory_not_equal(one, other, sizeof one);
  assert_memory_not_equal(real.secret, guessed.secret, NAME_SECRET);
  name_key_close(&real);
  name_key_close(&guessed);
  result_free(result);
  sample_close(sample);
}

/* The same practices under two clusters' names: were the cluster not in the hash, the orders would be the same. */
static void two_clusters_cannot_be_linked(void **state) {
  (void)state;
  struct name_key key = {.secret = {1}};
  const char *ids[] = {"P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9"};
  uint32_t one[9], other[9];
  name_draw(&key, "C1", ids, 9, one);
  name_draw(&key, "C2", ids, 9, other);
  assert_memory_not_equal(one, other, sizeof one);
  for (uint32_t i = 0; i < 9; i++)
    for (uint32_t j = 9; j < 18; j++) {
      assert_memory_not_equal(key.given[i].practice, key.given[j].practice, NAME_TAG);
      assert_memory_not_equal(key.given[i].cluster, key.given[j].cluster, NAME_TAG);
    }
  name_key_close(&key);
}

static void a_key_keeps_letters_when_practices_come_and_go(void **state) {
  (void)state;
  char folder[32], key[64];
  open_folder(folder, key);
  struct sample *sample = sample_open_clusters(2, (const uint32_t[]){8, 5});
  sample->options.key_file = key;
  struct result *first = sample_make(sample);
  char *file = file_read(key);
  struct stat about;
  assert_int_equal(stat(key, &about), 0);
  assert_int_equal(about.st_mode & 0777, 0600);
  assert_memory_equal(file, "klynge key 1\n", 13);
  assert_int_equal(strlen(file), 13 + 65 + 13 * (33 + 33 + 2));

  sample->store.hash[0]++; /* the next delivery */
  struct result *again = sample_make(sample);
  char *unchanged = file_read(key);
  assert_string_equal(file, unchanged);

  char letter[8];
  strcpy(letter, label_of(first, 0, "P101"));
  /* P101 leaves, P999 comes: nobody else's letter changes, and the newcomer does not get the one that is free. */
  uint32_t leaver = sample->practices[0].id;
  snprintf(sample->names[leaver], sizeof sample->names[leaver], "P999");
  struct result *later = sample_make(sample);
  for (uint32_t i = 1; i < 8; i++) {
    const char *id = store_text(&sample->store, sample->practices[i].id);
    assert_string_equal(label_of(again, 0, id), label_of(first, 0, id));
    assert_string_equal(label_of(later, 0, id), label_of(first, 0, id));
  }
  assert_string_equal(label_of(later, 0, "P999"), "I");
  result_free(later);
  free(unchanged);
  free(file);

  /* And back again, under the old letter. */
  snprintf(sample->names[leaver], sizeof sample->names[leaver], "P101");
  struct result *back = sample_make(sample);
  assert_string_equal(label_of(back, 0, "P101"), letter);
  assert_string_equal(label_of(back, 0, "P102"), label_of(first, 0, "P102"));
  result_free(back);
  result_free(first);
  result_free(again);
  sample_close(sample);
  close_folder(folder, key);
}

/* Each is refused with exit code 3 and left as it is. */
static void a_damaged_key_is_refused_and_kept(void **state) {
  (void)state;
#define SECRET "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"
#define TAG    "00112233445566778899aabbccddeeff"
#define OTHER  "ff112233445566778899aabbccddeeff"
  static const char *const keys[] = {
    "", "klynge key 1", "klynge key 2\n" SECRET, "klynge key 1\n", "klynge key 1\n0001\n",
    "klynge key 1\n" SECRET "half a line", "klynge key 1\n" SECRET TAG " " TAG " A",
    "klynge key 1\n" SECRET TAG " " TAG " a\n", "klynge key 1\n" SECRET TAG " " TAG " \n",
    "klynge key 1\n" SECRET TAG " " TAG " AAAAAAAAAAAA\n", "klynge key 1\n" SECRET TAG " A\n",
    "klynge key 1\n" SECRET TAG " " TAG " A\n" TAG " " TAG " B\n",   /* one practice, two letters */
    "klynge key 1\n" SECRET TAG " " TAG " A\n" TAG " " OTHER " A\n", /* one letter, two practices */
  };
  char folder[32], key[64];
  open_folder(folder, key);
  struct sample *sample = sample_open_cluster(4);
  sample->options.key_file = key;
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    file_write(key, keys[i]);
    int exit_code = 0;
    char *error = refuse(sample, &exit_code), *kept = file_read(key);
    assert_int_equal(exit_code, 3);
    assert_non_null(strstr(error, "is not a whole key file"));
    assert_string_equal(kept, keys[i]);
    free(kept);
    free(error);
  }
  file_write(key, "klynge key 1\n" SECRET TAG " " TAG " A\n" OTHER " " OTHER " A\n"); /* and a sound one is taken */
  result_free(sample_make(sample));
  sample_close(sample);
  close_folder(folder, key);
}

static void a_key_that_cannot_be_a_file_is_refused(void **state) {
  (void)state;
  char folder[32], key[64];
  open_folder(folder, key);
  struct sample *sample = sample_open_cluster(4);
  int exit_code = 0;
  sample->options.key_file = folder;
  char *error = refuse(sample, &exit_code);
  assert_int_equal(exit_code, 3);
  free(error);
  strcat(key, "/key"); /* in a folder that is not there */
  sample->options.key_file = key;
  error = refuse(sample, &exit_code);
  assert_int_equal(exit_code, 4);
  free(error);
  sample_close(sample);
  close_folder(folder, key);
}

static void a_name_that_is_not_in_the_data_is_refused(void **state) {
  (void)state;
  struct sample *sample = sample_open_clusters(2, (const uint32_t[]){3, 3});
  static const char *const c1[] = {"C1"}, *const c9[] = {"C9"}, *const p201[] = {"P201"}, *const p9[] = {"P9"}, *const b[] = {"B"};
  static const struct { const char *const *cluster, *const *practice; const char *error; } rows[] = {
    {c9, NULL, "cluster C9 is not in the data; there are C1, C2"},
    {NULL, p9, "practice P9 is not in the data"},
    {NULL, b, "practice B is not in the data; --practice takes the practices' own ids, not the letters of the table"},
    {c1, p201, "practice P201 is not in the clusters asked for"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    sample->options.clusters = rows[i].cluster, sample->options.n_clusters = rows[i].cluster != NULL;
    sample->options.practices = rows[i].practice, sample->options.n_practices = rows[i].practice != NULL;
    int exit_code = 0;
    char *error = refuse(sample, &exit_code);
    assert_int_equal(exit_code, 2);
    assert_string_equal(error, rows[i].error);
    free(error);
  }
  sample_close(sample);
}

static void a_wrong_cluster_is_told_some_of_those_there_are(void **state) {
  (void)state;
  struct sample *sample = sample_open();
  static const char *const c9[] = {"C9"};
  sample->options.clusters = c9, sample->options.n_clusters = 1;
  struct store_cluster clusters[13];
  sample->store.n_clusters = 13;
  for (uint32_t i = 0; i < 13; i++) {
    char id[8];
    snprintf(id, sizeof id, "K%02u", i);
    clusters[i] = (struct store_cluster){.id = i ? sample_name(sample, id) : 0};
  }
  sample_join(sample);
  sample->store.clusters = clusters;
  int exit_code = 0;
  char *error = refuse(sample, &exit_code);
  assert_string_equal(error, "cluster C9 is not in the data; there are K01, K02, K03, K04, K05, K06, K07, K08, K09, K10 and 2 more");
  free(error);
  sample->store.n_clusters = 1;
  error = refuse(sample, &exit_code);
  assert_string_equal(error, "cluster C9 is not in the data; practices.csv names no clusters");
  free(error);
  sample_close(sample);
}

/* ── CSV ─────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void csv_has_every_practice_and_the_cluster(void **state) {
  (void)state;
  struct sample *sample = sample_open();
  sample_add_pack(sample, "first", "First");
  sample_add_indicator(sample, "mp1", NULL, NULL, BETTER_NOTHING);
  sample_add_pack(sample, "second", "Second");
  sample_add_indicator(sample, "mp1", NULL, NULL, BETTER_NOTHING);
  sample_add_cluster(sample, "A, \"B\"", 2);
  sample_add_cluster(sample, "C2", 1);
  uint32_t population[] = {10, 6, 4, 9, 5, 3};
  struct run_count counts[] = {{8, 4, 1}, {0, 0, 0}, {4, 1, 4}, {9, 9, 0}, {5, 0, 0}, {3, 2, 0}};
  memcpy(sample->population, population, sizeof population);
  memcpy(sample->count, counts, sizeof counts);
  sample->counts.n_practices = 3;
  sample_join(sample);
  sample->options.identified = true;
  struct result *result = sample_make(sample);
  char *csv = sample_write(result, result_write_csv);
  assert_string_equal(csv,
    "pack,indicator,cluster,practice,as_of,population,denominator,numerator,unknown,value,low,high\n"
    "first,mp1,\"A, \"\"B\"\"\",P101,2024-06-01,10,8,4,1,0.5,0.21521606221387757,0.7847839377861224\n"
    "first,mp1,\"A, \"\"B\"\"\",P102,2024-06-01,6,0,0,0,,,\n"
    "first,mp1,\"A, \"\"B\"\"\",*,2024-06-01,16,8,4,1,0.5,0.21521606221387757,0.7847839377861224\n"
    "first,mp1,C2,P201,2024-06-01,4,4,1,4,0.25,0.04558726080970055,0.6993581574175981\n"
    "first,mp1,C2,*,2024-06-01,4,4,1,4,0.25,0.04558726080970055,0.6993581574175981\n"
    "second,mp1,\"A, \"\"B\"\"\",P101,2024-06-01,9,9,9,0,1,0.7008549515804559,1\n"
    "second,mp1,\"A, \"\"B\"\"\",P102,2024-06-01,5,5,0,0,0,0,0.43448246478317487\n"
    "second,mp1,\"A, \"\"B\"\"\",*,2024-06-01,14,14,9,0,0.6428571428571429,0.38764423103907386,0.8365526824644586\n"
    "second,mp1,C2,P201,2024-06-01,3,3,2,0,0.6666666666666666,0.2076596008020477,0.9385080552796039\n"
    "second,mp1,C2,*,2024-06-01,3,3,2,0,0.6666666666666666,0.2076596008020477,0.9385080552796039\n");
  free(csv);
  result_free(result);
  sample_close(sample);
}

/* A figure and an interval of their own, or in two of three cases those of an earlier figure, in part or whole; 0 and −0 are not
 * the same, and a figure may lack its interval. */
static void draw_figure(struct result_figure *figures, uint32_t i, uint64_t random) {
  static const double odd[] = {0, -0.0, 1, NAN};
  const struct result_figure *earlier = &figures[i > 0 ? random / 64 % i : 0];
  struct result_figure *figure = &figures[i];
  bool repeats = random % 3 > 0;
  figure->value = repeats ? earlier->value : (double)(random % 97) / 97;
  figure->low = repeats ? earlier->low : (double)(random % 89) / 89;
  figure->high = repeats && random % 8 > 0 ? earlier->high : random % 5 > 0 ? (double)(random % 83) / 83 : odd[random % 4];
}

static char *end_of_line(const struct result_figure *figure) {
  const double numbers[] = {figure->value, figure->low, figure->high};
  char text[3][32];
  for (int i = 0; i < 3; i++) {
    text[i][0] = '\0';
    if (!isnan(numbers[i])) print_slowly(numbers[i], text[i]);
  }
  return name_sentence("%u,%u,%u,%u,%s,%s,%s", figure->population, figure->denominator, figure->numerator, figure->unknown, text[0],
                       text[1], text[2]);
}

static void a_figure_that_csv_has_met_before_is_written_as_it_is(void **state) {
  (void)state;
  struct sample *sample = sample_open_cluster(60);
  struct result *result = sample_make(sample);
  struct result_cluster *cluster = &result->clusters[0];
  uint32_t n = result->image->n_cells * (cluster->n_practices + 1);
  for (uint64_t i = 0, seed = 7; i < n; i++) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    draw_figure(cluster->figures, (uint32_t)i, seed >> 20);
  }
  cluster->figures[0].population = UINT32_MAX;
  char *csv = sample_write(result, result_write_csv), *rest, *line = strtok_r(csv, "\n", &rest);
  for (uint32_t i = 0; i < n; i++) {
    char *wanted = end_of_line(&cluster->figures[i]);
    line = strtok_r(NULL, "\n", &rest);
    assert_non_null(line);
    assert_string_equal(strstr(line, "2024-06-01,") + strlen("2024-06-01,"), wanted);
    free(wanted);
  }
  assert_null(strtok_r(NULL, "\n", &rest));
  free(csv);
  result_free(result);
  sample_close(sample);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(numbers_read_back_in_the_fewest_digits),
    cmocka_unit_test(numbers_are_written_as_the_library_writes_them), cmocka_unit_test(dates_are_iso),
    cmocka_unit_test(letters_count_on_after_z),
    cmocka_unit_test(labels_stand_in_order_and_hide_the_ids),
    cmocka_unit_test(the_same_data_give_the_same_letters_and_others_do_not),
    cmocka_unit_test(what_is_shown_never_changes_a_letter),
    cmocka_unit_test(what_is_said_of_the_data_draws_no_letters),
    cmocka_unit_test(two_clusters_cannot_be_linked),
    cmocka_unit_test(a_key_keeps_letters_when_practices_come_and_go),
    cmocka_unit_test(a_damaged_key_is_refused_and_kept),
    cmocka_unit_test(a_key_that_cannot_be_a_file_is_refused),
    cmocka_unit_test(a_name_that_is_not_in_the_data_is_refused),
    cmocka_unit_test(a_wrong_cluster_is_told_some_of_those_there_are),
    cmocka_unit_test(csv_has_every_practice_and_the_cluster),
    cmocka_unit_test(a_figure_that_csv_has_met_before_is_written_as_it_is),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
