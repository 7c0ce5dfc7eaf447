/* mask_test.c: Kleene's logic lane by lane. Outcomes are written y, n and u; lane i of a mask has letter i of its text,
 * which is repeated to the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "runtime/mask/mask.h"

struct room { uint64_t yes[MASK_WORDS], no[MASK_WORDS]; };

static struct mask full(struct room *room) { return (struct mask){room->yes, room->no, MASK_WORDS}; }
static struct mask uniform(struct room *room) { return (struct mask){room->yes, room->no, 1}; }

static void say(struct mask *mask, const char *letters) {
  size_t length = strlen(letters);
  mask_fill(mask, MASK_UNKNOWN);
  for (size_t i = 0; i < mask->n_words * (size_t)64; i++) {
    if (letters[i % length] == 'y') mask->yes[i / 64] |= UINT64_C(1) << i % 64;
    if (letters[i % length] == 'n') mask->no[i / 64] |= UINT64_C(1) << i % 64;
  }
}

static char lane(const struct mask *mask, size_t i) {
  bool yes = mask->yes[i / 64] >> i % 64 & 1, no = mask->no[i / 64] >> i % 64 & 1;
  assert_false(yes && no);
  return yes ? 'y' : no ? 'n' : 'u';
}

static void expect(const struct mask *mask, const char *letters) {
  for (size_t i = 0; i < mask->n_words * (size_t)64; i++) assert_int_equal(lane(mask, i), letters[i % strlen(letters)]);
}

#define ALL_OF_A "yyyuuunnn"
#define ALL_OF_B "yunyunyun"

static void two_outcomes_are_joined_as_the_nine_lines_say(void **state) {
  (void)state;
  struct room rooms[3];
  struct mask a = full(&rooms[0]), b = full(&rooms[1]), out = full(&rooms[2]);
  say(&a, ALL_OF_A);
  say(&b, ALL_OF_B);
  mask_and(&out, &a, &b);
  expect(&out, "yunuunnnn");
  mask_or(&out, &a, &b);
  expect(&out, "yyyyuuyun");
  mask_equal(&out, &a, &b);
  expect(&out, "yunuuunuy");
  mask_else(&out, &a, &b);
  expect(&out, "yyyyunnnn");
}

static void one_outcome_is_turned(void **state) {
  (void)state;
  struct room rooms[2];
  struct mask a = full(&rooms[0]), out = full(&rooms[1]);
  say(&a, "yun");
  mask_not(&out, &a);
  expect(&out, "nuy");
  mask_known(&out, &a);
  expect(&out, "yny");
  mask_yes(&out, &a);
  expect(&out, "ynn");
}

static void a_choice_takes_the_second_only_where_the_first_is_yes(void **state) {
  (void)state;
  struct room rooms[3];
  struct mask a = full(&rooms[0]), b = full(&rooms[1]), c = full(&rooms[2]);
  say(&a, "yyyuuunnn");
  say(&b, "yunyunyun");
  say(&c, "nnnyunyun");
  mask_choose(&a, &a, &b, &c);
  expect(&a, "yunyunyun");
}

static void a_result_may_stand_in_the_place_of_an_operand(void **state) {
  (void)state;
  struct room rooms[2];
  struct mask a = full(&rooms[0]), b = full(&rooms[1]);
  say(&a, ALL_OF_A);
  say(&b, ALL_OF_B);
  mask_and(&b, &a, &b);
  expect(&b, "yunuunnnn");
  mask_not(&a, &a);
  expect(&a, "nnnuuuyyy");
}

static void a_uniform_mask_is_the_same_for_all(void **state) {
  (void)state;
  struct room rooms[3];
  struct mask all = uniform(&rooms[0]), a = full(&rooms[1]), out = full(&rooms[2]);
  say(&a, "yun");
  mask_fill(&all, MASK_NO);
  mask_spread(&out, &all);
  expect(&out, "n");
  mask_or(&out, &a, &all);
  expect(&out, "yun");
  mask_fill(&all, MASK_YES);
  mask_and(&out, &all, &a);
  expect(&out, "yun");
  mask_fill(&all, MASK_UNKNOWN);
  mask_spread(&out, &all);
  expect(&out, "u");
}

static void bits_are_counted_in_any_range(void **state) {
  (void)state;
  uint64_t bits[MASK_WORDS];
  for (size_t w = 0; w < MASK_WORDS; w++) bits[w] = 0x8000000000000003u; /* bits 0, 1 and 63 of each word */
  assert_int_equal(mask_count(bits, 0, 0), 0);
  assert_int_equal(mask_count(bits, 64, 0), 0);
  assert_int_equal(mask_count(bits, 0, 1), 1);
  assert_int_equal(mask_count(bits, 2, 61), 0);
  assert_int_equal(mask_count(bits, 2, 62), 1);
  assert_int_equal(mask_count(bits, 63, 1), 1);
  assert_int_equal(mask_count(bits, 63, 2), 2);
  assert_int_equal(mask_count(bits, 63, 66), 5);
  assert_int_equal(mask_count(bits, 1, 127), 5);
  assert_int_equal(mask_count(bits, 0, 4096), 192);
  assert_int_equal(mask_count(bits, 4095, 1), 1);
}

static void each_byte_becomes_its_bit(void **state) {
  (void)state;
  for (unsigned i = 0; i < 64; i++) {
    uint8_t one[64] = {0}, all_but_one[64];
    memset(all_but_one, 1, sizeof all_but_one);
    one[i] = 1;
    all_but_one[i] = 0;
    assert_true(mask_pack(one) == UINT64_C(1) << i);
    assert_true(mask_pack(all_but_one) == ~(UINT64_C(1) << i));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(two_outcomes_are_joined_as_the_nine_lines_say),
      cmocka_unit_test(one_outcome_is_turned),
      cmocka_unit_test(a_choice_takes_the_second_only_where_the_first_is_yes),
      cmocka_unit_test(a_result_may_stand_in_the_place_of_an_operand),
      cmocka_unit_test(a_uniform_mask_is_the_same_for_all),
      cmocka_unit_test(bits_are_counted_in_any_range),
      cmocka_unit_test(each_byte_becomes_its_bit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
