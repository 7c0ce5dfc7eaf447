/* image_code_test.c: code that breaks a rule of the machine is refused with the sentence that says why; a great deal of
 * damage crashes nothing. */
#include "tests/unit/image_sample.h"

/* ── code ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The sentence with which the code is refused, NULL where it is fine. */
struct code_case { const char *sentence; const uint32_t *once, *block; };
#define MINUS(number) (uint32_t)-(number)
#define SCAN(stream, ordered) OP_scan, stream, ALL_START, ALL_INDEX, ordered, 0, 0

static void check_code(const struct code_case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) {
    size_t length;
    void *bytes = image_sample_with(cases[i].once, cases[i].block, &length);
    struct image image;
    const char *wrong = image_open(bytes, length, &image);
    if (!cases[i].sentence && wrong)
      fail_msg("code %zu should be fine: %s", i, wrong);
    if (cases[i].sentence && !wrong)
      fail_msg("code %zu should be refused: %s", i, cases[i].sentence);
    if (wrong)
      assert_string_equal(wrong, cases[i].sentence);
    free(bytes);
  }
}

static void operands_are_checked(void **state) {
  (void)state;
  static const char *const integer = "an instruction's integer is out of its range";
  const struct code_case cases[] = {
    { "there is no such instruction", CODE(N_OPCODES), NULL },
    { "an instruction is cut short", NULL, CODE(OP_text_known, LISTED) },
    { "an instruction's register is not in the registers", CODE(OP_date_index, N_REGISTERS), NULL },
    { "an instruction's register is of another kind", CODE(OP_date_index, ALL_LIMIT), NULL },
    { "an instruction's constant is not in the constants", CODE(OP_number_is, ALL_LIMIT, 1), NULL },
    { "an instruction's stream is not in the streams", NULL, CODE(SCAN(3, 0)) },
    { "an instruction's text is not in the texts", NULL, CODE(OP_text_equal, LISTED, SEX, IMAGE_NONE) },
    { "an instruction's column is not one of patients", NULL, CODE(OP_number_column, VALUE, LAB_VALUE) },
    { "an instruction's column is not one of patients", NULL, CODE(OP_number_column, VALUE, MANY) },
    { "an instruction's column is of another type", NULL, CODE(OP_number_column, VALUE, BIRTH) },
    { "an instruction's column is of another type", NULL, CODE(OP_date_column, DAY, WEIGHT) },
    { "an instruction's column is of another type", NULL, CODE(OP_text_known, LISTED, BIRTH) },
    { NULL, NULL, CODE(OP_text_known, LISTED, PRACTICE, OP_text_known, RAISED, SEX) },
    { integer, CODE(OP_truth_is, ALL_TRUE, 3), NULL },
    { integer, CODE(OP_truth_is, ALL_TRUE, MINUS(1)), NULL },
    { integer, NULL, CODE(SCAN(HBA1C, 2)) },
    { integer, NULL, CODE(SCAN(HBA1C, 1), OP_cut_last, 0, 0) },
    { integer, NULL, CODE(SCAN(HBA1C, 1), OP_cut_first, 1000001, 0) },
    { integer, NULL, CODE(SCAN(HBA1C, 1), OP_cut_last_months, 1, MINUS(1)) },
    { integer, NULL, CODE(SCAN(HBA1C, 1), OP_rows_change_months, VALUE, 120001) },
    { integer, NULL, CODE(OP_date_is, DAY, 0, OP_months_back, DAY, DAY, 120001) },
    { integer, NULL, CODE(OP_date_is, DAY, 0, OP_days_back, DAY, DAY, MINUS(4000001)) },
    { NULL, NULL, CODE(OP_date_is, DAY, 0, OP_days_back, DAY, DAY, MINUS(4000000)) },
    { integer, NULL, CODE(OP_tally_none, TALLY, OP_tally_at_least, LISTED, TALLY, MINUS(1)) },
    { "what an instruction counts is not in the image", NULL,
      CODE(OP_truth_is, LISTED, 1, OP_count_population, 2, LISTED) },
    { "what an instruction counts is not in the image", NULL,
      CODE(OP_truth_is, LISTED, 1, OP_count_share, 3, LISTED, LISTED) },
    { "an indicator is counted in the way of another kind", NULL,
      CODE(OP_truth_is, LISTED, 1, OP_number_is, VALUE, 0, OP_count_numbers, 0, LISTED, VALUE) },
    { "what an instruction counts is not in the image", NULL, CODE(OP_truth_is, LISTED, 1, OP_tell_truth, 0, LISTED) },
    { "a pack, a cell or a question is counted twice", NULL,
      CODE(OP_truth_is, LISTED, 1, OP_count_population, 0, LISTED, OP_count_population, 0, LISTED) },
    { "a pack, a cell or a question is counted twice", NULL,
      CODE(OP_truth_is, LISTED, 1, OP_count_share, 1, LISTED, LISTED, OP_count_share, 1, LISTED, LISTED) },
    { NULL, NULL, CODE(OP_truth_is, LISTED, 1, OP_count_population, 0, LISTED, OP_count_population, 1, LISTED) },
  };
  check_code(cases, sizeof cases / sizeof *cases);
}

static void registers_are_written_before_they_are_read(void **state) {
  (void)state;
  static const char *const unwritten = "a register is read before it is written";
  const struct code_case cases[] = {
    { unwritten, CODE(OP_negate, ALL_LIMIT, ALL_LIMIT), NULL },
    { unwritten, NULL, CODE(OP_negate, VALUE, VALUE) },
    { unwritten, NULL, CODE(OP_number_is, VALUE, 0, OP_add, VALUE, VALUE, LIMIT) },
    { unwritten, NULL, CODE(OP_add, VALUE, ALL_LIMIT, ALL_LIMIT) },
    { unwritten, NULL, CODE(OP_tally_add, TALLY, TALLY, LISTED) },
    { unwritten, NULL, CODE(OP_count_population, 0, LISTED) },
    { NULL, NULL, CODE(OP_number_is, VALUE, 0, OP_negate, VALUE, VALUE) },
  };
  check_code(cases, sizeof cases / sizeof *cases);
}

static void once_makes_uniform_values(void **state) {
  (void)state;
  static const char *const patients = "an instruction that looks at patients stands in the part that is run once";
  const struct code_case cases[] = {
    { NULL, CODE(OP_truth_is, ALL_TRUE, 1, OP_truth_spread, LISTED, ALL_TRUE), CODE(OP_not, RAISED, LISTED) },
    { NULL, CODE(OP_tally_none, ALL_TALLY, OP_tally_any, ALL_TRUE, ALL_TALLY), NULL },
    { "a full register is written in the part that is run once", CODE(OP_number_is, VALUE, 0), NULL },
    { "a full register is read where one value for all is needed",
      CODE(OP_date_spread, DAY, ALL_INDEX, OP_date_known, ALL_TRUE, DAY), NULL },
    { "a full register is read where one value for all is needed", NULL,
      CODE(OP_number_is, VALUE, 0, OP_number_spread, VALUE, VALUE) },
    { "a spread writes a uniform register",
      CODE(OP_number_is, ALL_LIMIT, 0, OP_number_spread, ALL_LIMIT, ALL_LIMIT), NULL },
    { "a register of the part that is run once is written twice", CODE(OP_date_is, ALL_INDEX, 0), NULL },
    { "a register of the part that is run once is written twice",
      CODE(OP_date_spread, DAY, ALL_INDEX, OP_date_spread, DAY, ALL_INDEX), NULL },
    { "a register that was written once is written in each block",
      CODE(OP_date_spread, DAY, ALL_INDEX), CODE(OP_date_index, DAY) },
    { "a uniform register is written in each block", NULL, CODE(OP_date_index, ALL_INDEX) },
    { patients, CODE(OP_text_known, ALL_TRUE, SEX), NULL },
    { patients, CODE(SCAN(HBA1C, 0)), NULL },
    { patients, CODE(OP_rows_any, ALL_TRUE), NULL },
    { patients, CODE(OP_truth_is, ALL_TRUE, 1, OP_count_population, 0, ALL_TRUE), NULL },
  };
  check_code(cases, sizeof cases / sizeof *cases);
}

static void uniform_operands_stand_where_they_may(void **state) {
  (void)state;
  static const char *const refused = "a uniform register is read where a full one is needed";
  const uint32_t *once = CODE(OP_truth_is, ALL_TRUE, 1, OP_number_is, ALL_LIMIT, 0);
  const struct code_case cases[] = {
    { NULL, once, CODE(OP_number_is, VALUE, 0, OP_number_at_most, LISTED, VALUE, ALL_LIMIT) },
    { NULL, once, CODE(OP_truth_spread, LISTED, ALL_TRUE, OP_number_choose, VALUE, LISTED, ALL_LIMIT, ALL_LIMIT) },
    { refused, once, CODE(OP_number_choose, VALUE, ALL_TRUE, ALL_LIMIT, ALL_LIMIT) },
    { refused, once, CODE(OP_not, LISTED, ALL_TRUE) },
    { refused, once, CODE(OP_months_back, DAY, ALL_INDEX, 1) },
    { refused, once, CODE(OP_number_known, LISTED, ALL_LIMIT) },
    { refused, once, CODE(OP_count_population, 0, ALL_TRUE) },
  };
  check_code(cases, sizeof cases / sizeof *cases);
}

static void reducers_follow_a_scan_that_fits(void **state) {
  (void)state;
  static const char *const order = "the order of rows is asked for after a scan that does not keep it";
  static const char *const values = "values are asked for after a scan of a stream that has none";
  const struct code_case cases[] = {
    { "rows are asked for before any scan", NULL, CODE(OP_rows_any, LISTED) },
    { "rows are asked for before any scan", NULL, CODE(OP_cut_last, 1, 0) },
    { NULL, NULL, CODE(SCAN(DIABETES, 0), OP_rows_any, LISTED, OP_rows_count, VALUE) },
    { NULL, NULL, CODE(SCAN(DIABETES, 1), OP_date_of_first, DAY, OP_cut_first, 2, 0, OP_date_of_last, DAY) },
    { NULL, NULL,
      CODE(SCAN(HBA1C, 1), OP_rows_mean, VALUE, OP_date_of_highest, DAY, OP_rows_between, TALLY, VALUE, VALUE) },
    { order, NULL, CODE(SCAN(HBA1C, 0), OP_cut_last, 1, 0) },
    { order, NULL, CODE(SCAN(HBA1C, 0), OP_rows_latest, VALUE) },
    { order, NULL, CODE(SCAN(HBA1C, 0), OP_date_of_first, DAY) },
    { order, NULL, CODE(SCAN(HBA1C, 1), SCAN(HBA1C, 0), OP_rows_sum, VALUE) },
    { values, NULL, CODE(SCAN(DIABETES, 1), OP_rows_latest, VALUE) },
    { values, NULL, CODE(SCAN(ENROLLED, 1), OP_date_of_lowest, DAY) },
    { values, NULL, CODE(SCAN(HBA1C, 1), SCAN(DIABETES, 1), OP_number_is, VALUE, 0, OP_rows_above, TALLY, VALUE) },
  };
  check_code(cases, sizeof cases / sizeof *cases);
}

/* The window of the sample stands in registers that only its own code writes. */
static void windows_need_their_days(void **state) {
  (void)state;
  struct image_writer *writer = image_writer_open();
  image_sample_add(writer);
  size_t length;
  void *bytes = image_writer_close(writer, 0, &length);
  image_sample_refused(bytes, length, "a window's day is never written");
  free(bytes);
}

/* A stack may get as deep as the machine's, and no deeper. */
static void stacks_are_bounded(void **state) {
  (void)state;
  for (uint32_t depth = IMAGE_STACK; depth <= IMAGE_STACK + 1; depth++) {
    struct image_writer *writer = image_writer_open();
    uint32_t code = T("T90");
    for (uint32_t i = 0; i < depth; i++)
      ADD(match_steps, struct image_match_step, MATCH_EXACT, code, 0);
    for (uint32_t i = 1; i < depth; i++)
      ADD(match_steps, struct image_match_step, MATCH_OR, 0, 0);
    ADD(selectors, struct image_selector, 0, 2 * depth - 1);
    size_t length;
    void *bytes = image_writer_close(writer, 0, &length);
    struct image image;
    const char *wrong = image_open(bytes, length, &image);
    assert_int_equal(wrong == NULL, depth == IMAGE_STACK);
    free(bytes);
  }
}

/* ── a great deal of damage ──────────────────────────────────────────────────────────────────────────────────────── */

/* Marsaglia's xorshift: the same damage in every run. */
static uint32_t next_random(uint32_t *random) {
  *random ^= *random << 13;
  *random ^= *random >> 17;
  return *random ^= *random << 5;
}

/* Damages a copy of the image of exactly `length` bytes: single bits, single bytes, and words that are nearly right. */
static void damage(char *bytes, size_t length, uint32_t *random) {
  for (uint32_t n = 1 + next_random(random) % 3; n > 0; n--) {
    size_t at = next_random(random) % length;
    uint32_t small = next_random(random) % 64, how = next_random(random) % 4;
    if (how == 0)
      bytes[at] ^= (char)(1 << small % 8);
    else if (how == 1)
      bytes[at] = (char)next_random(random);
    else if (at / 4 * 4 + 4 <= length)
      memcpy(bytes + at / 4 * 4, &(uint32_t){ how == 2 ? small : 0u - small }, 4);
  }
}

static void no_damage_crashes(void **state) {
  (void)state;
  size_t length;
  char *bytes = image_sample(&length);
  FILE *nowhere = fopen("/dev/null", "w");
  assert_non_null(nowhere);
  uint32_t random = 20240301, n_opened = 0, n_refused = 0;
  for (int round = 0; round < 200000; round++) {
    /* Of its own size, so that a checked build notices a read past its end. */
    size_t n = round % 16 == 0 ? next_random(&random) % length : length;
    char *copy = malloc(n > 0 ? n : 1);
    memcpy(copy, bytes, n);
    if (n >= sizeof(struct image_header))
      ((struct image_header *)copy)->length = n;
    if (n > 0)
      damage(copy, n, &random);
    struct image image;
    if (image_open(copy, n, &image)) {
      n_refused++;
    } else {
      image_print(&image, nowhere);
      n_opened++;
    }
    free(copy);
  }
  assert_true(n_opened > 1000 && n_refused > 1000);
  fclose(nowhere);
  free(bytes);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(operands_are_checked),
    cmocka_unit_test(registers_are_written_before_they_are_read),
    cmocka_unit_test(once_makes_uniform_values),
    cmocka_unit_test(uniform_operands_stand_where_they_may),
    cmocka_unit_test(reducers_follow_a_scan_that_fits),
    cmocka_unit_test(windows_need_their_days),
    cmocka_unit_test(stacks_are_bounded),
    cmocka_unit_test(no_damage_crashes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
