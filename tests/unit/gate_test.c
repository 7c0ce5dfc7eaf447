/* gate_test.c: nobody works a hidden count back from what is published: clusters by chance, and somebody who knows the rules, subtracts
 * everything from everything, and tries every number that is left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"
#include "tests/unit/gate_sample.h"

enum { CLUSTERS = 100, TINY_CLUSTERS = 40, STEPS = 2000 };

/* Under valgrind and the sanitizers, which take their time, a fifth as many: whoever runs them says so by AGREE_ROUNDS. */
static uint32_t clusters(uint32_t n) { return getenv("AGREE_ROUNDS") ? n / 5 : n; }

/* Of one to twenty practices; of up to 20, 60 or 120 patients each; with a limit of 5 or of 3; with few or many that are high. */
static void open_by_chance(struct gate_sample *sample, uint32_t seed) {
  static const uint32_t most[] = {20, 60, 120};
  gate_sample_open(sample, seed, 1 + seed % 20, most[seed % 3], seed % 4 == 3 ? 3 : 5, seed % 2);
}

static void leave_out_bands(struct gate_sample *sample) {
  for (uint32_t s = 0; s < N_SAMPLE_SHEETS; s++) sample->sheets[s].n_bands = 0;
}

static uint32_t got_back(const struct gate_sample *sample, const char **example) {
  static char text[160];
  struct attack *attack = gate_sample_attack(sample);
  const char *found;
  uint32_t back = attack_by_bounds(attack, &found);
  strncpy(text, found, sizeof text - 1);
  *example = text;
  attack_close(attack);
  return back;
}

static void check_clusters(bool bands, bool moves) {
  for (uint32_t seed = 0; seed < clusters(CLUSTERS); seed++) {
    struct gate_sample sample;
    const char *example;
    open_by_chance(&sample, seed);
    if (!bands) leave_out_bands(&sample);
    if (!moves) sample.gate.n_moves = 0;
    gate_close(&sample.gate);
    uint32_t back = got_back(&sample, &example), few = attack_few(&sample.gate);
    if (back || few) fail_msg("cluster %u: %u got back (%s), %u sums of few", seed, back, example, few);
    gate_sample_close(&sample);
  }
}

static void linked_indicators_give_nothing_back(void **state) {
  (void)state;
  check_clusters(false, false);
}
static void bands_give_nothing_back(void **state) {
  (void)state;
  check_clusters(true, false);
}
static void before_and_after_give_nothing_back(void **state) {
  (void)state;
  check_clusters(false, true);
  check_clusters(true, true);
}

/* Clusters so small that all tables can be tried that agree with what is published. */
static void trying_all_tables_gives_nothing_back(void **state) {
  (void)state;
  uint32_t hidden = 0, unsure_in_all = 0;
  for (uint32_t seed = 0; seed < clusters(TINY_CLUSTERS); seed++) {
    struct gate_sample sample;
    gate_sample_open(&sample, 1000 + seed, 1 + seed % 4, 12, 3 + seed % 3, seed % 2);
    leave_out_bands(&sample);
    sample.gate.n_moves = 0;
    gate_close(&sample.gate);
    struct attack *attack = gate_sample_attack(&sample);
    uint32_t unsure, back = attack_by_trying(attack, STEPS, &unsure), all;
    if (back) fail_msg("cluster %u: %u counts have one possible value", seed, back);
    hidden += attack_hidden(attack, &all);
    unsure_in_all += unsure;
    attack_close(attack);
    gate_sample_close(&sample);
  }
  assert_true(unsure_in_all * 20 < hidden);
}

/* The same attack on a gate that hides the small counts and nothing beside them: were it not to find them, it would prove nothing. */
static void the_attack_finds_what_is_not_hidden_well(void **state) {
  (void)state;
  uint32_t broken = 0, with_hidden = 0;
  for (uint32_t seed = 0; seed < clusters(CLUSTERS); seed++) {
    struct gate_sample sample;
    const char *example;
    open_by_chance(&sample, seed);
    sample.gate.only_small = true;
    gate_close(&sample.gate);
    broken += got_back(&sample, &example) > 0 || attack_few(&sample.gate) > 0;
    with_hidden++;
    gate_sample_close(&sample);
  }
  assert_true(broken * 10 > with_hidden * 9);
}

/* ── single rules ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Small counts are never shown, and no 0 of a whole is hidden. */
static void small_counts_are_hidden_and_zeros_are_not(void **state) {
  (void)state;
  for (uint32_t seed = 0; seed < clusters(CLUSTERS); seed++) {
    struct gate_sample sample;
    open_by_chance(&sample, seed);
    gate_close(&sample.gate);
    for (uint32_t s = 0; s < N_SAMPLE_SHEETS; s++)
      for (uint32_t i = 0; i < (1 + sample.sheets[s].n_bands) * (sample.gate.n_practices + 1); i++)
        for (int count = 0; count < GATE_COUNTS; count++) {
          const struct gate_figure *figure = &sample.sheets[s].figures[i];
          uint32_t n = figure->count[count];
          bool is_small = n > 0 && n < sample.gate.limit;
          bool is_whole = i / (sample.gate.n_practices + 1) == 0;
          if (n == 0 && is_whole) assert_int_equal(figure->state[count], GATE_SHOWN);
          if (is_small) assert_int_not_equal(figure->state[count], GATE_SHOWN);
          if (!is_small) assert_int_not_equal(figure->state[count], GATE_SMALL);
        }
    gate_sample_close(&sample);
  }
}

static void the_same_counts_are_hidden_the_same_way(void **state) {
  (void)state;
  for (uint32_t seed = 0; seed < clusters(20); seed++) {
    struct gate_sample one, other;
    open_by_chance(&one, seed);
    open_by_chance(&other, seed);
    gate_close(&one.gate);
    gate_close(&other.gate);
    for (uint32_t s = 0; s < N_SAMPLE_SHEETS; s++)
      assert_memory_equal(one.sheets[s].figures, other.sheets[s].figures,
                          (1 + one.sheets[s].n_bands) * (one.gate.n_practices + 1) * sizeof(struct gate_figure));
    gate_sample_close(&one);
    gate_sample_close(&other);
  }
}

/* One indicator of all patients, over practices with so many in the numerator. */
static struct gate_figure *close_one(struct gate *gate, struct gate_sheet *sheet, const uint32_t *numerators, uint32_t n, uint32_t of) {
  struct gate_figure *figures = memory_take(n + 1, sizeof *figures);
  for (uint32_t p = 0; p < n; p++) figures[p] = (struct gate_figure){.count = {of, of, numerators[p], 0}};
  *sheet = (struct gate_sheet){.figures = figures};
  *gate = (struct gate){.limit = 5, .n_practices = n, .n_sheets = 1, .sheets = sheet};
  gate_close(gate);
  return figures;
}

/* 3 of 40 is hidden, and with it the smallest that is enough; all else is shown, the cluster's figure too. */
static void no_more_is_hidden_than_it_takes(void **state) {
  (void)state;
  struct gate gate;
  struct gate_sheet sheet;
  struct gate_figure *figures = close_one(&gate, &sheet, (uint32_t[]){20, 3, 12, 9, 17}, 5, 40);
  static const uint8_t wanted[] = {GATE_SHOWN, GATE_SMALL, GATE_SHOWN, GATE_HIDDEN, GATE_SHOWN, GATE_SHOWN};
  for (uint32_t p = 0; p <= 5; p++) {
    assert_int_equal(figures[p].state[GATE_NUMERATOR], wanted[p]);
    assert_int_equal(figures[p].state[GATE_DENOMINATOR], GATE_SHOWN);
    assert_int_equal(figures[p].state[GATE_POPULATION], GATE_SHOWN);
  }
  free(figures);
}

/* All but 2 of 40 is as good as 2. */
static void those_who_are_not_are_counted_too(void **state) {
  (void)state;
  struct gate gate;
  struct gate_sheet sheet;
  struct gate_figure *figures = close_one(&gate, &sheet, (uint32_t[]){20, 38, 12, 9}, 4, 40);
  assert_int_equal(figures[1].state[GATE_NUMERATOR], GATE_HIDDEN);
  free(figures);
}

/* Two hidden practices that have 3 together would be told as those two. */
static void what_is_hidden_together_is_not_few(void **state) {
  (void)state;
  struct gate gate;
  struct gate_sheet sheet;
  struct gate_figure *figures = close_one(&gate, &sheet, (uint32_t[]){20, 1, 12, 2, 17}, 5, 40);
  assert_int_equal(figures[4].state[GATE_NUMERATOR] + figures[0].state[GATE_NUMERATOR] + figures[2].state[GATE_NUMERATOR], GATE_HIDDEN);
  assert_int_equal(figures[5].state[GATE_NUMERATOR], GATE_SHOWN);
  free(figures);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(linked_indicators_give_nothing_back),
                                     cmocka_unit_test(bands_give_nothing_back),
                                     cmocka_unit_test(before_and_after_give_nothing_back),
                                     cmocka_unit_test(trying_all_tables_gives_nothing_back),
                                     cmocka_unit_test(the_attack_finds_what_is_not_hidden_well),
                                     cmocka_unit_test(small_counts_are_hidden_and_zeros_are_not),
                                     cmocka_unit_test(the_same_counts_are_hidden_the_same_way),
                                     cmocka_unit_test(no_more_is_hidden_than_it_takes),
                                     cmocka_unit_test(those_who_are_not_are_counted_too),
                                     cmocka_unit_test(what_is_hidden_together_is_not_few)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
