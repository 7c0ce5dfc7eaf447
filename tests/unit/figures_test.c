/* figures_test.c: figures of made-up counts and values: of every kind, in bands, adjusted; and how programs get them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "tests/unit/result_sample.h"

/* One indicator of a kind over the clusters C1, of two practices, and C2, of one. */
static struct sample *open_kind(enum image_kind kind, const char *unit) {
  struct sample *sample = sample_open();
  sample_add_pack(sample, "pack", "Pack");
  sample_add_indicator(sample, "mp1", NULL, NULL, BETTER_NOTHING);
  sample_make_kind(sample, kind, "value", unit);
  sample->indicators[0].per = 1000;
  sample->options.identified = true;
  return sample;
}

static void close_practices(struct sample *sample) {
  sample_add_cluster(sample, "C1", 2);
  sample_add_cluster(sample, "C2", 1);
  sample->counts.n_practices = 3;
  sample_join(sample);
}

static void count_numbers(struct sample *sample, uint32_t practice, const double *numbers, uint32_t n) {
  for (uint32_t i = 0; i < n; i++)
    sample_count_number(sample, 0, practice, numbers[i]);
}

static void assert_number(double number, double wanted) {
  if (isnan(wanted) ? !isnan(number) : !(fabs(number - wanted) <= 1e-12 * fabs(wanted)))
    fail_msg("%.17g is not %.17g", number, wanted);
}

static void assert_figure(const struct result_figure *figure, struct run_count count, double value, double low,
                          double high) {
  assert_int_equal(figure->denominator, count.denominator);
  assert_int_equal(figure->numerator, count.numerator);
  assert_int_equal(figure->unknown, count.unknown);
  assert_number(figure->value, value);
  assert_number(figure->low, low);
  assert_number(figure->high, high);
  assert_true(isnan(figure->adjusted.value));
}

/* Three practices' values: seven, an unknown one, three. */
static void count_sevens(struct sample *sample) {
  close_practices(sample);
  count_numbers(sample, 0, (double[]){57, 41, NAN, 53, 49, 62, 48, 50}, 8);
  count_numbers(sample, 1, (double[]){NAN}, 1);
  count_numbers(sample, 2, (double[]){60, 80, 64}, 3);
}

static void values_go_with_their_practices(void **state) {
  (void)state;
  struct sample *sample = open_kind(KIND_MEDIAN, "mmol/mol");
  count_sevens(sample);
  struct result *result = sample_make(sample);
  const struct result_figure *c1 = result_figures(result, &result->clusters[0], 0);
  const struct result_figure *c2 = result_figures(result, &result->clusters[1], 0);
  assert_figure(&c1[0], (struct run_count){8, 7, 1}, 50, 41, 62);
  assert_figure(&c1[1], (struct run_count){1, 0, 1}, NAN, NAN, NAN);
  assert_figure(&c1[2], (struct run_count){9, 7, 2}, 50, 41, 62);
  assert_figure(&c2[0], (struct run_count){3, 3, 0}, 64, NAN, NAN);
  result_free(result);

  /* Those that are not shown count in the cluster all the same. */
  sample->options.practices = (const char *const[]){"P102"}, sample->options.n_practices = 1;
  result = sample_make(sample);
  assert_int_equal(result->n_clusters, 1);
  assert_figure(&result_figures(result, &result->clusters[0], 0)[1], (struct run_count){9, 7, 2}, 50, 41, 62);
  result_free(result);
  sample_close(sample);
}

static void quartiles_are_low_and_high(void **state) {
  (void)state;
  struct sample *sample = open_kind(KIND_QUARTILES, "mmol/mol");
  count_sevens(sample);
  struct result *result = sample_make(sample);
  const struct result_figure *c1 = result_figures(result, &result->clusters[0], 0);
  const struct result_figure *c2 = result_figures(result, &result->clusters[1], 0);
  assert_figure(&c1[0], (struct run_count){8, 7, 1}, 50, 48.5, 55);
  assert_figure(&c2[0], (struct run_count){3, 3, 0}, 64, 62, 72);
  result_free(result);
  sample_close(sample);
}

/* R: t.test(c(57, 41, 53, 49, 62, 48, 50)), t.test(c(60, 80, 64)). */
static void means_have_students_interval(void **state) {
  (void)state;
  struct sample *sample = open_kind(KIND_MEAN, "mmol/mol");
  count_sevens(sample);
  struct result *result = sample_make(sample);
  const struct result_figure *c1 = result_figures(result, &result->clusters[0], 0);
  const struct result_figure *c2 = result_figures(result, &result->clusters[1], 0);
  assert_figure(&c1[0], (struct run_count){8, 7, 1}, 360.0 / 7, 45.18198991569076, 57.6751529414521);
  assert_figure(&c2[1], (struct run_count){3, 3, 0}, 68, 41.71035756908629, 94.28964243091372);
  result_free(result);
  sample_close(sample);
}

/* R: poisson.test(12)$conf.int / 5 * 1000; of nobody there is no rate, of no event it is 0. */
static void rates_have_garwoods_interval(void **state) {
  (void)state;
  struct sample *sample = open_kind(KIND_RATE, NULL);
  close_practices(sample);
  count_numbers(sample, 0, (double[]){3, 0, 7, NAN, 2}, 5);
  count_numbers(sample, 2, (double[]){0, 0}, 2);
  struct result *result = sample_make(sample);
  const struct result_figure *c1 = result_figures(result, &result->clusters[0], 0);
  const struct result_figure *c2 = result_figures(result, &result->clusters[1], 0);
  assert_figure(&c1[0], (struct run_count){5, 12, 1}, 2400, 1240.115021744444, 4192.317009635391);
  assert_figure(&c1[1], (struct run_count){0, 0, 0}, NAN, NAN, NAN);
  assert_figure(&c2[0], (struct run_count){2, 0, 0}, 0, 0, 3.688879454113935 * 500);
  result_free(result);
  sample_close(sample);
}

static void a_count_is_its_numerator(void **state) {
  (void)state;
  struct sample *sample = open_kind(KIND_COUNT, NULL);
  close_practices(sample);
  sample_count(sample, 0, 0, OUTCOME_YES);
  sample_count(sample, 0, 0, OUTCOME_YES);
  sample_count(sample, 0, 0, OUTCOME_UNKNOWN);
  sample_count(sample, 0, 2, OUTCOME_NO);
  struct result *result = sample_make(sample);
  const struct result_figure *c1 = result_figures(result, &result->clusters[0], 0);
  const struct result_figure *c2 = result_figures(result, &result->clusters[1], 0);
  assert_figure(&c1[2], (struct run_count){3, 2, 1}, 2, NAN, NAN);
  assert_figure(&c1[1], (struct run_count){0, 0, 0}, 0, NAN, NAN);
  assert_figure(&c2[0], (struct run_count){1, 0, 0}, 0, NAN, NAN);
  result_free(result);
  sample_close(sample);
}

/* ── bands ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum { YOUNG = 1, OLD, UNKNOWN_AGE, FIRST_ADJUST };

/* A share by age, of the young and the old; one patient of C2 is of unknown age. */
static struct sample *open_bands(bool adjusts) {
  struct sample *sample = open_kind(KIND_SHARE, NULL);
  for (uint32_t role = CELL_BY; role <= (adjusts ? CELL_ADJUST : CELL_BY); role++) {
    sample_add_cell(sample, role, "age_group", "Age", "0–69", false);
    sample_add_cell(sample, role, "age_group", "Age", "70+", false);
    sample_add_cell(sample, role, "age_group", "Age", NULL, true);
  }
  close_practices(sample);
  /* Practice, band, how many, for how many the condition holds: in the cluster 10 % of the young and 40 % of the old. */
  static const struct { uint32_t practice, band, n, yes; } rows[] = {
    {0, YOUNG, 80, 6}, {0, OLD, 20, 6}, {1, YOUNG, 20, 4}, {1, OLD, 80, 34}, {2, UNKNOWN_AGE, 4, 1}};
  for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
    for (uint32_t i = 0; i < rows[r].n; i++) {
      enum outcome outcome = i < rows[r].yes ? OUTCOME_YES : OUTCOME_NO;
      sample_count(sample, 0, rows[r].practice, outcome);
      sample_count(sample, rows[r].band, rows[r].practice, outcome);
      if (adjusts)
        sample_count(sample, FIRST_ADJUST + rows[r].band - 1, rows[r].practice, outcome);
    }
  for (uint32_t i = 0; i < 3; i++)
    sample->population[i] = i < 2 ? 100 : 4;
  return sample;
}

/* The CSV of a result without pack, indicator, date, population, unknown, low and high. No field is in quotes. */
static char *short_csv_of(struct sample *sample) {
  struct result *result = sample_make(sample);
  char *csv = sample_write(result, result_write_csv), *to = csv;
  result_free(result);
  for (char *line = csv; *line;) {
    static const char left_out[] = {0, 1, 4, 5, 8, 10, 11};
    char *end = strchr(line, '\n');
    for (int column = 0; line <= end; column++) {
      size_t length = strcspn(line, ",\n");
      if (!memchr(left_out, column, sizeof left_out)) {
        memmove(to, line, length);
        to += length;
        *to++ = line[length];
      }
      line += length + 1;
    }
    to[-1] = '\n';
    line = end + 1;
  }
  *to = '\0';
  return csv;
}

static void bands_follow_the_whole(void **state) {
  (void)state;
  struct sample *sample = open_bands(false);
  char *csv = short_csv_of(sample);
  assert_string_equal(csv, "cluster,practice,denominator,numerator,value,stratum,band\n"
                           "C1,P101,100,12,0.12,,\n"
                           "C1,P101,80,6,0.075,age_group,0–69\n"
                           "C1,P101,20,6,0.3,age_group,70+\n"
                           "C1,P102,100,38,0.38,,\n"
                           "C1,P102,20,4,0.2,age_group,0–69\n"
                           "C1,P102,80,34,0.425,age_group,70+\n"
                           "C1,*,200,50,0.25,,\n"
                           "C1,*,100,10,0.1,age_group,0–69\n"
                           "C1,*,100,40,0.4,age_group,70+\n"
                           "C2,P201,4,1,0.25,,\n"
                           "C2,P201,0,0,,age_group,0–69\n"
                           "C2,P201,0,0,,age_group,70+\n"
                           "C2,P201,4,1,0.25,age_group,unknown\n"
                           "C2,*,4,1,0.25,,\n"
                           "C2,*,0,0,,age_group,0–69\n"
                           "C2,*,0,0,,age_group,70+\n"
                           "C2,*,4,1,0.25,age_group,unknown\n");
  free(csv);
  sample_close(sample);
}

/* ── adjusting ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Of the first practice's 80 young and 20 old 8 and 8 were to be expected, and it has 12: three quarters of the
 * cluster's 25 %. Of the other's 2 and 32 it has 38. */
static void shares_are_adjusted_by_what_was_to_be_expected(void **state) {
  (void)state;
  struct sample *sample = open_bands(true);
  struct result *result = sample_make(sample);
  const struct result_figure *c1 = result_figures(result, &result->clusters[0], 0);
  assert_number(c1[0].expected, 16);
  assert_number(c1[0].adjusted.value, 0.1875);
  assert_number(c1[0].adjusted.low, stats_poisson(12).low / 16 * 0.25);
  assert_number(c1[1].expected, 34);
  assert_number(c1[1].adjusted.value, 38.0 / 34 * 0.25);
  assert_true(c1[2].adjusted.value == c1[2].value && c1[2].adjusted.low == c1[2].low);
  result_free(result);
  sample_close(sample);
}

static void adjusted_stands_last_and_not_in_bands(void **state) {
  (void)state;
  struct sample *sample = open_bands(true);
  sample->options.clusters = (const char *const[]){"C1"}, sample->options.n_clusters = 1;
  sample->options.practices = (const char *const[]){"P101"}, sample->options.n_practices = 1;
  char *csv = short_csv_of(sample);
  assert_string_equal(csv, "cluster,practice,denominator,numerator,value,stratum,band,adjusted\n"
                           "C1,P101,100,12,0.12,,,0.1875\n"
                           "C1,P101,80,6,0.075,age_group,0–69,\n"
                           "C1,P101,20,6,0.3,age_group,70+,\n"
                           "C1,*,200,50,0.25,,,0.25\n"
                           "C1,*,100,10,0.1,age_group,0–69,\n"
                           "C1,*,100,40,0.4,age_group,70+,\n");
  free(csv);
  sample_close(sample);
}

/* Two bands of 50 and 60 mmol/mol in the cluster. The first practice's patients are all of the second band and have 58;
 * of the second practice nothing is known. */
static void means_are_adjusted_by_a_difference(void **state) {
  (void)state;
  struct sample *sample = open_kind(KIND_MEAN, "mmol/mol");
  for (int i = 0; i < 2; i++)
    sample_add_cell(sample, CELL_ADJUST, NULL, NULL, "", false);
  sample_add_cluster(sample, "C1", 3);
  sample->counts.n_practices = 3;
  sample_join(sample);
  static const struct { uint32_t practice, band; double value; } rows[] = {
    {0, 2, 57}, {0, 2, 59}, {1, 1, NAN}, {2, 1, 45}, {2, 1, 55}, {2, 2, 61}, {2, 2, 63}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    sample_count_number(sample, 0, rows[i].practice, rows[i].value);
    sample_count_number(sample, rows[i].band, rows[i].practice, rows[i].value);
  }
  struct result *result = sample_make(sample);
  const struct result_figure *figures = result_figures(result, &result->clusters[0], 0);
  double cluster = (57 + 59 + 45 + 55 + 61 + 63) / 6.0;
  assert_number(figures[0].expected, 60);
  assert_number(figures[0].adjusted.value, 58 - 60 + cluster);
  assert_true(isnan(figures[1].expected) && isnan(figures[1].adjusted.value));
  assert_number(figures[2].expected, 55);
  assert_number(figures[2].adjusted.value, 56 - 55 + cluster);
  assert_number(figures[3].adjusted.value, cluster);
  result_free(result);
  sample_close(sample);
}

/* Whatever is in a row's own columns, the indicators of the run decide which columns there are. */
static void all_kinds_have_the_same_columns(void **state) {
  (void)state;
  struct sample *sample = sample_open_kinds(3);
  struct result *result = sample_make(sample);
  char *csv = sample_write(result, result_write_csv);
  uint32_t rows = 0;
  for (const char *line = csv; *line; line += strcspn(line, "\n") + 1, rows++) {
    uint32_t commas = 0;
    for (const char *at = line; *at != '\n'; at++)
      commas += *at == ',';
    assert_int_equal(commas, 14);
  }
  /* For three practices and the cluster: the wholes; twice five ages and an unknown one; two sexes and an unknown one. */
  assert_int_equal(rows, 1 + 4 * (6 + 2 * 6 + 3));
  free(csv);
  result_free(result);
  sample_close(sample);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(values_go_with_their_practices),
    cmocka_unit_test(quartiles_are_low_and_high),
    cmocka_unit_test(means_have_students_interval),
    cmocka_unit_test(rates_have_garwoods_interval),
    cmocka_unit_test(a_count_is_its_numerator),
    cmocka_unit_test(bands_follow_the_whole),
    cmocka_unit_test(shares_are_adjusted_by_what_was_to_be_expected),
    cmocka_unit_test(adjusted_stands_last_and_not_in_bands),
    cmocka_unit_test(means_are_adjusted_by_a_difference),
    cmocka_unit_test(all_kinds_have_the_same_columns),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
