/* table_test.c: what people read: tables and the report of what was not read.
 *
 * Tables are compared with tests/result/NAME.txt, letter by letter. After a wanted change, run this program with
 * KLYNGE_RENEW=1, which writes those files anew, and look at them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/dates.h"
#include "runtime/result/page.h"
#include "tests/unit/result_sample.h"

/* ── letters and lines ───────────────────────────────────────────────────────────────────────────────────────────── */

static void widths_count_letters_not_bytes(void **state) {
  (void)state;
  static const struct { const char *text; uint32_t columns, ascii; } rows[] = {
    {"hæmmer", 6, 7}, {"ÅRØ", 3, 5}, {"糖尿", 4, 2}, {"e\xcc\x81t", 2, 2}, {"a\xff" "b", 3, 3}, {"a\033[1m", 5, 5},
    {"to  linjer\n her", 13, 13}, {"\xe2\x82", 2, 2}, {"≥ 30", 4, 5},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    assert_int_equal(page_columns(&(struct page){.ascii = false}, rows[i].text, strlen(rows[i].text)), rows[i].columns);
    assert_int_equal(page_columns(&(struct page){.ascii = true}, rows[i].text, strlen(rows[i].text)), rows[i].ascii);
  }
}

static void lines_break_between_words(void **state) {
  (void)state;
  struct page page = {.width = 40};
  size_t next;
  assert_int_equal(page_fit(&page, "in two words", 6, &next), 6);
  assert_int_equal(next, 7);
  assert_int_equal(page_fit(&page, "in two words", 5, &next), 2);
  assert_int_equal(page_fit(&page, "in two words", 12, &next), 12);
  assert_int_equal(page_fit(&page, "unbreakable", 4, &next), 4);
  assert_int_equal(next, 4);
  assert_int_equal(page_fit(&page, "å", 0, &next), 2); /* never nothing, or it would not end */
  assert_int_equal(page_fit(&page, "", 4, &next), 0);
}

static void numbers_for_people_follow_the_language(void **state) {
  (void)state;
  struct page page = {.danish = true};
  char out[32];
  page_number(&page, 1140, out);
  assert_string_equal(out, "1.140");
  page_number(&page, 999, out);
  assert_string_equal(out, "999");
  page_number(&page, 1234567, out);
  assert_string_equal(out, "1.234.567");
  page_percent(&page, 512, 1140, out);
  assert_string_equal(out, "44,9 %");
  page_percent(&page, 1, 2000, out); /* a half is rounded up */
  assert_string_equal(out, "0,1 %");
  page.danish = false;
  page_number(&page, 12345, out);
  assert_string_equal(out, "12,345");
  page_percent(&page, 7, 7, out);
  assert_string_equal(out, "100.0%");
  page_percent(&page, 1, 12345, out); /* some are not none, nor nearly all all */
  assert_string_equal(out, "<0.1%");
  page_percent(&page, 12344, 12345, out);
  assert_string_equal(out, ">99.9%");
}

static void decimals_are_rounded_away_from_zero_and_zeros_left_out(void **state) {
  (void)state;
  static const struct { double number; unsigned least, most; const char *english, *danish; } rows[] = {
    {53.4, 1, 1, "53.4", "53,4"},     {53, 1, 1, "53.0", "53,0"},         {53, 0, 1, "53", "53"},
    {2.5, 0, 0, "3", "3"},            {-2.5, 0, 0, "−3", "−3"},           {-0.04, 0, 1, "0", "0"},
    {1925.6, 0, 0, "1,926", "1.926"}, {1234.5, 0, 2, "1,234.5", "1.234,5"}, {0.05, 0, 3, "0.05", "0,05"},
    {12.5, 0, 6, "12.5", "12,5"},     {0, 2, 2, "0.00", "0,00"},          {1e20, 0, 1, "1e+20", "1e+20"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char out[64];
    page_decimal(&(struct page){.danish = false}, rows[i].number, rows[i].least, rows[i].most, out);
    assert_string_equal(out, rows[i].english);
    page_decimal(&(struct page){.danish = true}, rows[i].number, rows[i].least, rows[i].most, out);
    assert_string_equal(out, rows[i].danish);
  }
}

/* ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void twenty_practices(void **state) {
  (void)state;
  struct sample *sample = sample_open_cluster(20);
  sample->options.danish = true;
  sample_looks_like(sample, "twenty");
  sample_close(sample);
}

static void twenty_practices_in_english_and_ascii(void **state) {
  (void)state;
  struct sample *sample = sample_open_cluster(20);
  sample->options.ascii = true, sample->options.width = 80, sample->options.index_given = true;
  sample->parameters[0].value = sample_text(sample, "53 mmol/mol"), sample->parameters[0].usual = sample_text(sample, "58 mmol/mol");
  sample_looks_like(sample, "ascii");
  sample_close(sample);
}

static void twelve_practices_in_english(void **state) {
  (void)state;
  struct sample *sample = sample_open_cluster(12);
  sample->image.n_packs = 1;
  sample_looks_like(sample, "english");
  sample_close(sample);
}

static void one_practice(void **state) {
  (void)state;
  struct sample *sample = sample_open_cluster(1);
  sample->options.danish = true;
  sample_looks_like(sample, "one");
  sample_close(sample);
}

static void sixty_practices(void **state) {
  (void)state;
  struct sample *sample = sample_open_cluster(60);
  sample->options.danish = true;
  sample_looks_like(sample, "sixty");
  sample_close(sample);
}

static void own_names_and_two_clusters(void **state) {
  (void)state;
  struct sample *sample = sample_open_clusters(2, (const uint32_t[]){4, 3});
  static const char *const practices[] = {"P102", "Lægerne ved Østre Å, Hus 2", "P201"};
  uint32_t long_one = sample->practices[3].id;
  snprintf(sample->names[long_one], sizeof sample->names[long_one], "%s", practices[1]);
  sample->options.identified = true;
  sample->options.practices = practices, sample->options.n_practices = 3;
  sample_looks_like(sample, "named");
  sample_close(sample);
}

/* Long titles, nobody in the denominator, all unknown, no title, small shares, a window that hangs on nothing known. */
static void odd_figures(void **state) {
  (void)state;
  struct sample *sample = sample_open();
  sample_add_pack(sample, "odd", "En pakke med en titel, der er så lang, at den ikke kan stå på en linje af hundrede tegn, "
                                 "men må fortsætte på den næste");
  sample_add_indicator(sample, "nobody", "Ingen i nævneren", "age > 150", BETTER_HIGHER);
  sample_add_indicator(sample, "unknown", "Ukendt for alle", NULL, BETTER_LOWER);
  sample_add_indicator(sample, "some_unknown", "Ukendt for alle i én praksis", NULL, BETTER_LOWER);
  sample_add_indicator(sample, "nearly", "Næsten ingen, næsten alle", NULL, BETTER_NOTHING);
  sample_add_indicator(sample, "a_name_that_is_very_long",
                       "En titel, som ingen har kunnet få til at blive kortere, selv om den skal læses af travle folk",
                       "diagnosis = ischaemic_heart_disease\n  and not drug in (sglt2, glp1)\n  and count of hba1c >= 2",
                       BETTER_HIGHER);
  sample_add_indicator(sample, "糖尿", NULL, NULL, BETTER_NOTHING);
  sample_add_window(sample, sample_text(sample, "since first diagnosis"), "hba1c", DATE_UNKNOWN);
  sample_add_cluster(sample, "", 3);
  sample->counts.n_practices = 3;
  sample_join(sample);
  sample->image.n_parameters = 0;
  uint32_t population[] = {12345, 40, 2};
  struct run_count counts[] = {
    {0, 0, 0},         {0, 0, 0},   {0, 0, 0},
    {12345, 0, 12345}, {40, 0, 40}, {2, 0, 2},
    {12345, 4000, 2},  {40, 10, 0}, {2, 0, 2},
    {12345, 1, 0},     {40, 0, 0},  {2, 0, 0},
    {800, 799, 0},     {10, 5, 0},  {1, 1, 0},
    {12345, 12344, 0}, {40, 39, 0}, {2, 1, 0},
  };
  memcpy(sample->population, population, sizeof population);
  memcpy(sample->count, counts, sizeof counts);
  sample->options.danish = true, sample->options.identified = true;
  sample_looks_like(sample, "odd");
  sample_close(sample);
}

static void no_patients_at_all(void **state) {
  (void)state;
  struct sample *sample = sample_open_clusters(0, NULL);
  char *table = sample_table(sample);
  assert_string_equal(table, "There are no patients in the data.\n");
  free(table);
  sample_close(sample);
}

/* Whether the table has these words, in this order, on lines of its own or parts of them. */
static void assert_has(const char *table, const char *words) {
  if (!strstr(table, words))
    fail_msg("no \"%s\" in:\n%s", words, table);
}
static void assert_lacks(const char *table, const char *words) {
  if (strstr(table, words))
    fail_msg("\"%s\" in:\n%s", words, table);
}

/* One indicator over so many practices of `of` patients, of whom so many each are in the numerator. */
static struct sample *sample_open_shares(uint32_t n, const struct run_count *shares) {
  struct sample *sample = sample_open();
  sample_add_pack(sample, "small", "Small");
  sample_add_indicator(sample, "mp1", "Title", NULL, BETTER_LOWER);
  sample_add_cluster(sample, "C1", n);
  sample->counts.n_practices = n;
  for (uint32_t i = 0; i < n; i++)
    sample->population[i] = shares[i].denominator;
  memcpy(sample->count, shares, n * sizeof *shares);
  sample_join(sample);
  sample->image.n_parameters = 0;
  return sample;
}

static void a_row_is_fitted_to_its_practices_of_ten(void **state) {
  (void)state;
  static const struct { struct run_count shares[5]; uint32_t n; const char *scale; } rows[] = {
    /* Two practices in one place beside the cluster's; what is small does not stretch the scale and lies beyond it. */
    {{{50, 10, 0}, {50, 10, 0}, {50, 17, 0}, {2, 2, 0}, {3, 0, 0}}, 5, "20%◁●"},
    {{{50, 10, 0}, {50, 10, 0}, {50, 17, 0}, {2, 2, 0}, {3, 0, 0}}, 5, "•··▷35%\n"},
    /* Small ones on the scale are hollow, alone and together; beside a larger one they are not told apart. */
    {{{40, 10, 0}, {40, 14, 0}, {4, 1, 0}, {4, 1, 0}, {5, 2, 0}}, 5, "25% ●"},
    {{{40, 10, 0}, {40, 16, 0}, {3, 1, 0}, {6, 2, 0}, {5, 1, 0}}, 5, "○"},
    /* One practice of ten or more is none to fit a scale to. */
    {{{50, 10, 0}, {3, 1, 0}, {2, 2, 0}}, 3, "0% ·"},
    {{{50, 10, 0}, {3, 1, 0}, {2, 2, 0}}, 3, "◦ 100%\n"},
    /* Ends are at least ten per cent apart, also at the ends of what can be. */
    {{{90, 0, 0}, {80, 0, 0}}, 2, "0% ●······························ 10%\n"},
    {{{90, 90, 0}, {80, 80, 0}}, 2, "90% ······························● 100%\n"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct sample *sample = sample_open_shares(rows[i].n, rows[i].shares);
    char *table = sample_table(sample);
    assert_has(table, rows[i].scale);
    free(table);
    sample_close(sample);
  }
}

static void the_clusters_share_has_its_interval_and_few_are_counted(void **state) {
  (void)state;
  struct sample *sample = sample_open_shares(2, (const struct run_count[]){{100, 30, 0}, {100, 26, 0}});
  char *table = sample_table(sample);
  assert_has(table, "28.0%  56 of 200");
  assert_has(table, "22–35");
  free(table);
  sample_close(sample);
  sample = sample_open_shares(2, (const struct run_count[]){{5, 3, 0}, {4, 1, 0}});
  table = sample_table(sample);
  assert_has(table, "4 of 9");
  assert_lacks(table, "44");
  assert_lacks(table, "interval");
  free(table);
  sample_close(sample);
}

static void letters_say_how_long_they_last(void **state) {
  (void)state;
  struct sample *sample = sample_open_cluster(3);
  char *table = sample_table(sample);
  assert_has(table, "Letters     belong to these data only; --key FILE keeps them for the follow-up\n");
  free(table);
  struct result *result = sample_make(sample);
  result->options.key_file = "key";
  table = sample_write(result, result_write_table);
  assert_has(table, "Letters     kept for the follow-up by --key\n");
  free(table);
  result_free(result);
  sample->options.identified = true;
  table = sample_table(sample);
  assert_lacks(table, "Letters");
  free(table);
  sample_close(sample);
}

static void nobody_in_the_population_is_a_sentence(void **state) {
  (void)state;
  struct sample *sample = sample_open_shares(3, (const struct run_count[]){{0, 0, 0}, {0, 0, 0}, {0, 0, 0}});
  char *table = sample_table(sample);
  assert_has(table, "\n\nNo patient is in the population.\n\nGuideline");
  free(table);
  sample_close(sample);
}

static void practices_with_nobody_share_a_line(void **state) {
  (void)state;
  struct run_count shares[40] = {[7] = {12, 3, 0}, [20] = {14, 3, 0}};
  struct sample *sample = sample_open_shares(40, shares);
  sample->options.identified = true;
  char *table = sample_table(sample);
  assert_has(table, "          cluster P108 P121\npatients       26   12   14\nmp1            23   25   21\n");
  assert_has(table, "Nobody in the population: P101, P102,");
  assert_has(table, ",\n                          P11");
  assert_has(table, "P140\n");
  assert_lacks(table, "nobody to count");
  free(table);
  sample_close(sample);
}

static void practices_in_no_cluster_stand_last(void **state) {
  (void)state;
  struct sample *sample = sample_open();
  sample_add_pack(sample, "small", "Small");
  sample_add_indicator(sample, "mp1", "Title", NULL, BETTER_LOWER);
  sample_add_cluster(sample, "", 2);
  sample_add_cluster(sample, "C1", 2);
  sample->counts.n_practices = 4;
  for (uint32_t i = 0; i < 4; i++) {
    sample->population[i] = 20;
    sample->count[i] = (struct run_count){20, 5 + i, 0};
  }
  sample_join(sample);
  char *table = sample_table(sample);
  const char *named = strstr(table, "Cluster C1 · 2 practices"), *outside = strstr(table, "In no cluster · 2 practices");
  assert_non_null(named);
  assert_non_null(outside);
  assert_true(named < outside);
  assert_has(outside, "together");
  assert_lacks(outside, "cluster  ");
  free(table);
  sample_close(sample);
}

static void numbers_of_parameters_follow_the_language(void **state) {
  (void)state;
  struct sample *sample = sample_open_cluster(2);
  sample->parameters[0].value = sample_text(sample, "2.5 mL/min/1.73m2");
  sample->parameters[0].usual = sample_text(sample, "3.5 mL/min/1.73m2");
  sample->parameters[1].value = sample_text(sample, "2.5.1");
  char *table = sample_table(sample);
  assert_has(table, "Changed with --set: hba1c_limit = 2.5 mL/min/1.73m2 (usually 3.5 mL/min/1.73m2)\n");
  free(table);
  sample->options.danish = true;
  table = sample_table(sample);
  assert_has(table, "Ændret med --set: hba1c_limit = 2,5 mL/min/1.73m2 (ellers 3,5 mL/min/1.73m2)\n");
  assert_has(table, "hba1c_limit  2,5 mL/min/1.73m2  (ændret");
  assert_has(table, "2.5.1");
  free(table);
  sample_close(sample);
}

static void every_width_holds_the_table(void **state) {
  (void)state;
  for (uint32_t n = 1; n <= 60; n += n < 6 ? 1 : 9)
    for (uint32_t width = 72; width <= 100; width++) {
      struct sample *sample = sample_open_cluster(n);
      sample->options.width = width;
      sample->options.danish = width % 2;
      char *table = sample_table(sample);
      sample_fits(table, width);
      free(table);
      sample_close(sample);
    }
}

static void colour_adds_nothing_but_colour(void **state) {
  (void)state;
  struct sample *sample = sample_open_cluster(20);
  char *plain = sample_table(sample);
  sample->options.colour = true;
  char *coloured = sample_table(sample);
  assert_non_null(strstr(coloured, "\033[32m"));
  char *to = coloured;
  for (const char *from = coloured; *from;) {
    if (*from == '\033')
      from += strcspn(from, "m") + 1;
    else
      *to++ = *from++;
  }
  *to = '\0';
  assert_string_equal(plain, coloured);
  free(plain);
  free(coloured);
  sample_close(sample);
}

static void ascii_is_ascii(void **state) {
  (void)state;
  struct sample *sample = sample_open_cluster(20);
  sample->options.ascii = true, sample->options.danish = true;
  char *table = sample_table(sample);
  for (const char *at = table; *at; at++)
    assert_true((unsigned char)*at < 0x80);
  free(table);
  sample_close(sample);
}

/* ── what was not read ───────────────────────────────────────────────────────────────────────────────────────────── */

static char *report_of(const struct data_report *report, bool danish) {
  char *bytes;
  size_t length;
  FILE *out = open_memstream(&bytes, &length);
  sample_speak(danish);
  result_write_report(report, 0, danish, out);
  fclose(out);
  return bytes;
}

static void rows_that_were_not_read_are_counted_by_reason(void **state) {
  (void)state;
  struct file_report files[] = {
    {.name = (char[]){"patients.csv"}, .rows = 1200, .kept = 1200},
    {.name = (char[]){"labs.csv"}, .rows = 26800, .kept = 24000},
    {.name = (char[]){"plans.csv"}, .rows = 1, .missing = false},
  };
  struct data_report report = {.n_files = 3, .files = files};
  char *nothing = report_of(&report, true);
  assert_string_equal(nothing, "");
  free(nothing);

  files[1].unread[UNREAD_bad_date] = 12, files[1].first_line[UNREAD_bad_date] = 1834;
  files[1].unread[UNREAD_bad_number] = 12345, files[1].first_line[UNREAD_bad_number] = 20001;
  strcpy(files[1].first_text[UNREAD_bad_number], "annulleret");
  files[1].unread[UNREAD_other_unit] = 3, files[1].first_line[UNREAD_other_unit] = 7;
  strcpy(files[1].first_text[UNREAD_other_unit], "µg/L");
  files[2].unread[UNREAD_no_date] = 1, files[2].first_line[UNREAD_no_date] = 2;
  text_looks_like(report_of(&report, true), "unread-da");
  text_looks_like(report_of(&report, false), "unread-en");
}

/* The table as it is with this report; the image reads labs.csv and plans.csv, and declares fees.csv. */
static char *table_with(const struct data_report *report, bool danish, bool colour) {
  struct sample *sample = sample_open_cluster(2);
  struct image_table tables[3] = {{.name = sample_text(sample, "labs")}, {.name = sample_text(sample, "plans")},
                                  {.name = sample_text(sample, "fees")}};
  struct image_part parts[2] = {{.table = 0}, {.table = 1}};
  sample->image.tables = tables, sample->image.n_tables = 3;
  sample->image.parts = parts, sample->image.n_parts = 2;
  sample->options.danish = danish, sample->options.colour = colour;
  struct result *result = sample_make(sample);
  result->report = report;
  char *table = sample_write(result, result_write_table);
  result_free(result);
  sample_close(sample);
  return table;
}

static void the_table_itself_says_what_was_not_read(void **state) {
  (void)state;
  struct file_report files[] = {
    {.name = (char[]){"patients.csv"}, .rows = 1200, .kept = 1200},
    {.name = (char[]){"labs.csv"}, .rows = 26800, .kept = 24000},
    {.name = (char[]){"plans.csv"}, .rows = 100},
    {.name = (char[]){"fees.csv"}, .missing = true},
  };
  struct data_report report = {.n_files = 4, .files = files};
  char *table = table_with(&report, false, false);
  assert_has(table, "\nData        all rows read\n");
  free(table);

  files[0].unread[UNREAD_twice] = 2;
  files[1].unread[UNREAD_bad_number] = 1339, files[1].unread[UNREAD_no_unit] = 9000; /* one row short of 5 % is lost */
  table = table_with(&report, false, false);
  assert_has(table, "\nData        patients.csv: 2 of 1,200 rows not read; labs.csv: 1,339 of 26,800\nLetters");
  assert_lacks(table, "NOT READ");
  assert_lacks(table, "fees.csv");
  free(table);

  files[1].unread[UNREAD_bad_date]++;
  files[2].missing = true;
  table = table_with(&report, true, false);
  assert_has(table, "\nData        IKKE LÆST: labs.csv, 1.340 af 26.800 rækker (5 %)\n"
                    "            MANGLER: plans.csv, læst som tom\n"
                    "            patients.csv: 2 af 1.200 rækker ikke læst\nBogstaver");
  free(table);
  table = table_with(&report, false, true);
  assert_has(table, "\033[1mMISSING: plans.csv, read as empty\033[0m");
  free(table);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(widths_count_letters_not_bytes),
    cmocka_unit_test(lines_break_between_words),
    cmocka_unit_test(numbers_for_people_follow_the_language),
    cmocka_unit_test(decimals_are_rounded_away_from_zero_and_zeros_left_out),
    cmocka_unit_test(twenty_practices),
    cmocka_unit_test(twenty_practices_in_english_and_ascii),
    cmocka_unit_test(twelve_practices_in_english),
    cmocka_unit_test(one_practice),
    cmocka_unit_test(sixty_practices),
    cmocka_unit_test(own_names_and_two_clusters),
    cmocka_unit_test(odd_figures),
    cmocka_unit_test(no_patients_at_all),
    cmocka_unit_test(a_row_is_fitted_to_its_practices_of_ten),
    cmocka_unit_test(the_clusters_share_has_its_interval_and_few_are_counted),
    cmocka_unit_test(letters_say_how_long_they_last),
    cmocka_unit_test(nobody_in_the_population_is_a_sentence),
    cmocka_unit_test(practices_with_nobody_share_a_line),
    cmocka_unit_test(practices_in_no_cluster_stand_last),
    cmocka_unit_test(numbers_of_parameters_follow_the_language),
    cmocka_unit_test(every_width_holds_the_table),
    cmocka_unit_test(colour_adds_nothing_but_colour),
    cmocka_unit_test(ascii_is_ascii),
    cmocka_unit_test(rows_that_were_not_read_are_counted_by_reason),
    cmocka_unit_test(the_table_itself_says_what_was_not_read),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
