/* kinds_test.c: the table of figures that are no shares, of bands and of what is adjusted; compared with tests/result
 * as table_test.c does, and renewed in the same way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/result/page.h"
#include "tests/unit/result_sample.h"

/* ── whole tables ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void all_kinds_in_danish(void **state) {
  (void)state;
  struct sample *sample = sample_open_kinds(14);
  sample->options.danish = true;
  sample_looks_like(sample, "kinds");
  sample_close(sample);
}

static void all_kinds_in_english_and_ascii(void **state) {
  (void)state;
  struct sample *sample = sample_open_kinds(20);
  sample->options.ascii = true, sample->options.width = 80;
  sample_looks_like(sample, "kinds-ascii");
  sample_close(sample);
}

static void all_kinds_in_one_practice(void **state) {
  (void)state;
  struct sample *sample = sample_open_kinds(1);
  sample_looks_like(sample, "kinds-one");
  sample_close(sample);
}

static void all_kinds_in_sixty_practices(void **state) {
  (void)state;
  struct sample *sample = sample_open_kinds(60);
  sample->options.danish = true;
  sample_looks_like(sample, "kinds-sixty");
  sample_close(sample);
}

static void every_width_holds_all_kinds(void **state) {
  (void)state;
  for (uint32_t n = 1; n <= 21; n += 4)
    for (uint32_t width = 60; width <= 140; width += 5) {
      struct sample *sample = sample_open_kinds(n);
      sample->options.width = width;
      sample->options.danish = width % 2;
      sample->options.ascii = width % 3 == 0;
      sample->options.identified = n == 9;
      snprintf(sample->names[sample->practices[0].id], sizeof *sample->names, "Lægerne ved Østre Å, Hus 2, første sal");
      char *table = sample_table(sample);
      sample_fits(table, width < 72 ? 72 : width > 100 ? 100 : width);
      free(table);
      sample_close(sample);
    }
}

/* ── single rows ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static void assert_has(const char *table, const char *words) {
  if (!strstr(table, words))
    fail_msg("no \"%s\" in:\n%s", words, table);
}
static void assert_lacks(const char *table, const char *words) {
  if (strstr(table, words))
    fail_msg("\"%s\" in:\n%s", words, table);
}

/* One indicator of a kind, in so many practices of the cluster C1. */
static struct sample *open_kind(enum image_kind kind, const char *unit, uint32_t n_practices) {
  struct sample *sample = sample_open();
  sample_add_pack(sample, "small", "Small");
  sample_add_indicator(sample, "mp1", "Title", NULL, BETTER_LOWER);
  sample_make_kind(sample, kind, "hba1c", unit);
  sample->indicators[0].per = 1000;
  sample_add_cluster(sample, "C1", n_practices);
  sample->counts.n_practices = n_practices;
  for (uint32_t i = 0; i < n_practices; i++)
    sample->population[i] = 50;
  sample_join(sample);
  sample->image.n_parameters = 0;
  return sample;
}

/* n patients of a practice whose numbers rise by so much from the first on. */
static void count_rising(struct sample *sample, uint32_t practice, uint32_t n, double first, double step) {
  for (uint32_t i = 0; i < n; i++)
    sample_count_number(sample, 0, practice, first + step * i);
}

static void means_have_three_digits_and_their_unit(void **state) {
  (void)state;
  static const struct { double first, step; const char *figure, *interval, *cell; } rows[] = {
    {130, 1, "140 mmol/mol  40 of 40", "138–141", "140"},
    {50, 0.25, "52.4 mmol/mol  40 of 40", "51.9–52.8", "52"},
    {2, 0.05, "2.48 mmol/mol  40 of 40", "2.38–2.57", "2.5"},
    {0.2, 0.005, "0.248 mmol/mol  40 of 40", "0.238–0.257", "0.25"},
    {-3, 0.05, "−2.53 mmol/mol  40 of 40", "−2.62 to −2.43", "−2.5"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct sample *sample = open_kind(KIND_MEAN, "mmol/mol", 2);
    count_rising(sample, 0, 20, rows[i].first, rows[i].step);
    count_rising(sample, 1, 20, rows[i].first, rows[i].step);
    char *table = sample_table(sample);
    assert_has(table, rows[i].figure);
    assert_has(table, rows[i].interval);
    assert_has(table, "mean, of: the population");
    assert_has(table, "Practices: mp1 in mmol/mol\n");
    assert_has(table, rows[i].cell);
    assert_lacks(table, "per cent");
    free(table);
    sample_close(sample);
  }
}

static void medians_are_as_exact_as_their_values(void **state) {
  (void)state;
  struct sample *sample = open_kind(KIND_MEDIAN, "mmol/mol", 2);
  count_rising(sample, 0, 11, 50, 1);
  count_rising(sample, 1, 12, 50, 1);
  sample->options.danish = true;
  char *table = sample_table(sample);
  assert_has(table, "55 mmol/mol  23 af 23");
  assert_has(table, "53–58");
  free(table);
  sample_count_number(sample, 0, 1, 70); /* 24 values now, and the median lies between 55 and 56 */
  table = sample_table(sample);
  assert_has(table, "55,5 mmol/mol  24 af 24");
  free(table);
  sample_close(sample);
}

/* R: sort(x)[c(7, 18)] of the 24 values 50, 50.5, … 61.5. */
static void both_ends_of_an_interval_have_the_same_decimals(void **state) {
  (void)state;
  struct sample *sample = open_kind(KIND_MEDIAN, "mmol/mol", 1);
  count_rising(sample, 0, 24, 50, 0.5);
  char *table = sample_table(sample);
  assert_has(table, "55.8 mmol/mol");
  assert_has(table, "53.0–58.5");
  free(table);
  sample_close(sample);
}

static void few_values_are_told_by_their_number(void **state) {
  (void)state;
  struct sample *sample = open_kind(KIND_MEDIAN, "mmol/mol", 3);
  count_rising(sample, 0, 4, 50, 1);
  sample_count_number(sample, 0, 1, NAN);
  sample->options.identified = true;
  char *table = sample_table(sample);
  assert_has(table, "4 of 5\n");
  assert_lacks(table, "51.5");
  assert_lacks(table, "◦");
  assert_has(table, "1 unknown");
  assert_lacks(table, "interval");
  assert_has(table, "mp1           n=4  n=4    ?    –\n");
  assert_has(table, "n=4: fewer than 10 patients, so only how many   –: nobody to count   ?: unknown for all\n");
  free(table);
  sample_close(sample);
}

static void nothing_known_has_no_spread(void **state) {
  (void)state;
  for (enum image_kind kind = KIND_COUNT; kind <= KIND_RATE; kind++) {
    struct sample *sample = open_kind(kind, "mmol/mol", 2);
    if (kind == KIND_COUNT)
      sample_count(sample, 0, 0, OUTCOME_UNKNOWN);
    else
      sample_count_number(sample, 0, 0, NAN);
    sample->indicators[0].aim = 53;
    char *table = sample_table(sample);
    assert_has(table, "?  ");
    assert_has(table, "1 unknown\n");
    assert_lacks(table, "·•");
    assert_lacks(table, "nan");
    assert_lacks(table, "inf");
    free(table);
    sample_close(sample);
  }
}

static void quartiles_have_their_unit_below(void **state) {
  (void)state;
  struct sample *sample = open_kind(KIND_QUARTILES, "mmHg", 2);
  count_rising(sample, 0, 21, 120, 1);
  count_rising(sample, 1, 21, 130, 1);
  char *table = sample_table(sample);
  assert_has(table, "135 (130–140)  42 of 42");
  assert_has(table, "mmHg");
  assert_has(table, "53 (47–61): the median, and between what half of the patients lie");
  assert_lacks(table, "95% interval");
  free(table);
  sample_close(sample);
}

static void rates_are_per_so_many(void **state) {
  (void)state;
  struct sample *sample = open_kind(KIND_RATE, NULL, 2);
  for (uint32_t i = 0; i < 40; i++)
    sample_count_number(sample, 0, 0, i % 4);
  count_rising(sample, 1, 2, 3, 1);
  sample->options.danish = true;
  char *table = sample_table(sample);
  assert_has(table, "1.595 pr. 1.000  67 hos 42");
  assert_has(table, "1.236–2.026");
  assert_has(table, "7/2");
  assert_has(table, "Praksisser: mp1 pr. 1.000 patienter\n");
  free(table);
  sample_close(sample);
}

static void counts_lie_on_a_scale_from_none(void **state) {
  (void)state;
  struct sample *sample = open_kind(KIND_COUNT, NULL, 2);
  for (uint32_t i = 0; i < 40; i++) {
    sample_count(sample, 0, 0, i < 7 ? OUTCOME_YES : OUTCOME_NO);
    sample_count(sample, 0, 1, i < 12 ? OUTCOME_YES : OUTCOME_NO);
  }
  char *table = sample_table(sample);
  assert_has(table, "19  of 80");
  assert_has(table, "0 ·");
  assert_has(table, "• 12\n");
  assert_lacks(table, "▲");
  assert_lacks(table, "interval");
  free(table);
  sample_close(sample);
}

/* ── the aim ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The line below the scale of a share of 28 % whose aim is so many per cent. */
static char *table_with_aim(double aim, bool danish) {
  struct sample *sample = open_kind(KIND_SHARE, NULL, 2);
  sample->indicators[0].aim = aim;
  for (uint32_t i = 0; i < 100; i++) {
    sample_count(sample, 0, 0, i < 26 ? OUTCOME_YES : OUTCOME_NO);
    sample_count(sample, 0, 1, i < 30 ? OUTCOME_YES : OUTCOME_NO);
  }
  sample->options.danish = danish;
  char *table = sample_table(sample);
  sample_close(sample);
  return table;
}

static void the_aim_stands_on_the_scale_and_in_words(void **state) {
  (void)state;
  char *table = table_with_aim(0.1, false);
  assert_has(table, "of: the population; aim 10%");
  assert_has(table, "10% ·");
  assert_has(table, "• 30%\n"); /* the scale reaches to the aim */
  assert_has(table, "  ◇   ");
  assert_has(table, "▲ the cluster   ◇ the aim");
  free(table);
  table = table_with_aim(0.125, true);
  assert_has(table, "af: populationen; mål 12,5 %");
  free(table);
  table = table_with_aim(0.28, false);
  assert_has(table, "◆ the cluster, at the aim");
  assert_lacks(table, "▲");
  assert_lacks(table, "◇");
  free(table);
}

/* The aim at one end of a short scale and the cluster at the other leave no room for more than the arrow. */
static void an_arrow_without_room_loses_its_word(void **state) {
  (void)state;
  struct sample *sample = open_kind(KIND_SHARE, NULL, 2);
  sample->indicators[0].aim = 0.3;
  sample->options.width = 72;
  for (uint32_t i = 0; i < 100; i++) {
    sample_count(sample, 0, 0, i < 21 ? OUTCOME_YES : OUTCOME_NO);
    sample_count(sample, 0, 1, i < 20 ? OUTCOME_YES : OUTCOME_NO);
  }
  sample->indicators[0].title = sample_text(sample, "A title that takes all the room that there is to take");
  char *table = sample_table(sample);
  assert_has(table, " ←    ▲        ◇\n");
  assert_lacks(table, "better");
  free(table);
  sample_close(sample);
}

/* ── bands ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void bands_stand_under_their_row(void **state) {
  (void)state;
  struct sample *sample = open_kind(KIND_SHARE, NULL, 2);
  sample_add_cell(sample, CELL_BY, "sex", NULL, "female", false);
  sample_add_cell(sample, CELL_BY, "sex", NULL, "male", false);
  sample_add_cell(sample, CELL_BY, "sex", NULL, NULL, true);
  for (uint32_t i = 0; i < 60; i++) {
    enum outcome outcome = i % 3 == 0 ? OUTCOME_YES : i % 20 == 1 ? OUTCOME_UNKNOWN : OUTCOME_NO;
    sample_count(sample, 0, i % 2, outcome);
    sample_count(sample, 1 + (i > 50), i % 2, outcome);
  }
  sample->options.danish = sample->options.identified = true;
  char *table = sample_table(sample);
  assert_has(table, "     køn  kvinder                      33,3 %   17 af 51  22–47  2 ukendte\n");
  assert_has(table, "          mænd                                    3 af 9\n");
  assert_lacks(table, "ukendt \n");
  assert_has(table, "  kvinder       33   35   32\n"); /* a line for those of whom a practice has ten … */
  assert_lacks(table, "\n  mænd");                 /* … and none for the others */
  free(table);
  sample_count(sample, 3, 0, OUTCOME_YES);
  table = sample_table(sample);
  assert_has(table, "          ukendt                                  1 af 1\n");
  free(table);
  sample_close(sample);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(all_kinds_in_danish),
    cmocka_unit_test(all_kinds_in_english_and_ascii),
    cmocka_unit_test(all_kinds_in_one_practice),
    cmocka_unit_test(all_kinds_in_sixty_practices),
    cmocka_unit_test(every_width_holds_all_kinds),
    cmocka_unit_test(means_have_three_digits_and_their_unit),
    cmocka_unit_test(medians_are_as_exact_as_their_values),
    cmocka_unit_test(both_ends_of_an_interval_have_the_same_decimals),
    cmocka_unit_test(few_values_are_told_by_their_number),
    cmocka_unit_test(nothing_known_has_no_spread),
    cmocka_unit_test(quartiles_have_their_unit_below),
    cmocka_unit_test(rates_are_per_so_many),
    cmocka_unit_test(counts_lie_on_a_scale_from_none),
    cmocka_unit_test(the_aim_stands_on_the_scale_and_in_words),
    cmocka_unit_test(an_arrow_without_room_loses_its_word),
    cmocka_unit_test(bands_stand_under_their_row),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
