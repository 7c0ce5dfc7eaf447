/* kernel_test.c: the calendar, comparisons of censored numbers, arithmetic and tallies. What is expected is written by
 * hand or comes from the C library's calendar, never from the kernels. Scans and what is asked of rows are in
 * scan_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "runtime/kernel/compare.h"
#include "runtime/kernel/date_lanes.h"
#include "runtime/image/dates.h"
#include "runtime/kernel/number_lanes.h"
#include "runtime/kernel/tally.h"

/* ── vectors with memory of their own ────────────────────────────────────────────────────────────────────────────── */

struct number_room { double value[LANES]; uint64_t known[MASK_WORDS], below[MASK_WORDS], above[MASK_WORDS]; };
struct date_room { int32_t day[LANES]; };
struct mask_room { uint64_t yes[MASK_WORDS], no[MASK_WORDS]; };
struct tally_room { uint32_t yes[LANES], no[LANES], total[LANES]; };

static struct number_room number_rooms[4];
static struct date_room date_rooms[3];
static struct mask_room mask_rooms[3];
static struct tally_room tally_rooms[2];

static struct number number_in(int room, uint32_t n_words) {
  struct number_room *r = &number_rooms[room];
  memset(r, 0xa5, sizeof *r);
  return (struct number){r->value, r->known, r->below, r->above, n_words, true};
}
static struct dates dates_in(int room, uint32_t n_words) { return (struct dates){date_rooms[room].day, n_words}; }
static struct mask mask_in(int room) { return (struct mask){mask_rooms[room].yes, mask_rooms[room].no, MASK_WORDS}; }
static struct tally tally_in(int room) {
  struct tally_room *r = &tally_rooms[room];
  return (struct tally){r->yes, r->no, r->total, MASK_WORDS};
}

/* A vector of numbers as people write them, "?" for unknown, one a lane and repeated to the end. */
static void say(struct number *out, size_t n, const char *const texts[]) {
  number_fill_unknown(out);
  for (uint32_t i = 0; i < out->n_words * 64; i++) {
    const char *text = texts[i % n];
    int sign = *text == '<' ? -1 : *text == '>' ? 1 : 0;
    if (*text != '?') number_set(out, i, atof(sign ? text + 1 : text), sign);
  }
}

static char mask_lane(const struct mask *mask, size_t i) {
  bool yes = mask->yes[i / 64] >> i % 64 & 1, no = mask->no[i / 64] >> i % 64 & 1;
  assert_false(yes && no);
  return yes ? 'y' : no ? 'n' : 'u';
}

static char sign_lane(const struct number *a, size_t i) {
  bool below = number_below_word(a, i / 64) >> i % 64 & 1, above = number_above_word(a, i / 64) >> i % 64 & 1;
  assert_false(below && above);
  return below ? '<' : above ? '>' : '=';
}

static bool known_lane(const struct number *a, size_t i) { return a->known[i / 64] >> i % 64 & 1; }

static void expect_number(const struct number *a, size_t i, char sign, double value) {
  assert_true(known_lane(a, i));
  assert_int_equal(sign_lane(a, i), sign);
  assert_true(a->value[i] == value);
}

/* ── the calendar ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The C library's calendar from 1990-01-01 on, a day each: the month is counted from January 1990. */
#define FIRST_DAY 7305  /* 1990-01-01 */
#define LAST_DAY  22645 /* 2032-01-01 */
#define N_MONTHS  ((2032 - 1990) * 12 + 1)
static struct { int month, day; } calendar[LAST_DAY - FIRST_DAY + 1];
static int month_begins[N_MONTHS + 1];

static void read_calendar(void) {
  for (int32_t day = FIRST_DAY; day <= LAST_DAY; day++) {
    time_t seconds = (time_t)day * 86400;
    struct tm tm;
    gmtime_r(&seconds, &tm);
    int month = (tm.tm_year - 90) * 12 + tm.tm_mon;
    calendar[day - FIRST_DAY].month = month;
    calendar[day - FIRST_DAY].day = tm.tm_mday;
    if (tm.tm_mday == 1) month_begins[month] = day;
  }
}

static void days_are_those_of_the_c_library(void **state) {
  (void)state;
  read_calendar();
  for (int32_t day = FIRST_DAY; day <= LAST_DAY; day++) {
    int year, month, day_of_month, expected = calendar[day - FIRST_DAY].month;
    date_to_civil(day, &year, &month, &day_of_month);
    assert_int_equal(year, 1990 + expected / 12);
    assert_int_equal(month, expected % 12 + 1);
    assert_int_equal(day_of_month, calendar[day - FIRST_DAY].day);
    assert_int_equal(date_from_civil(year, month, day_of_month), day);
  }
}

static void days_far_away_are_right(void **state) {
  (void)state;
  static const struct { int32_t date; int year, month, day; } known[] = {
      {0, 1970, 1, 1},          {-1, 1969, 12, 31},     {-719162, 1, 1, 1},     {2932896, 9999, 12, 31}, {-25509, 1900, 2, 28},
      {-25508, 1900, 3, 1},     {11016, 2000, 2, 29},   {47540, 2100, 2, 28},   {47541, 2100, 3, 1},     {-141428, 1582, 10, 14},
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    int year, month, day;
    date_to_civil(known[i].date, &year, &month, &day);
    assert_int_equal(year, known[i].year);
    assert_int_equal(month, known[i].month);
    assert_int_equal(day, known[i].day);
    assert_int_equal(date_from_civil(known[i].year, known[i].month, known[i].day), known[i].date);
  }
  for (int32_t date = DATE_FIRST; date <= DATE_LAST; date += 97) {
    int year, month, day;
    date_to_civil(date, &year, &month, &day);
    assert_int_equal(date_from_civil(year, month, day), date);
  }
}

static int32_t months_back_by_calendar(int32_t date, int months) {
  int month = calendar[date - FIRST_DAY].month - months, day = calendar[date - FIRST_DAY].day;
  int length = month_begins[month + 1] - month_begins[month];
  return month_begins[month] + (day < length ? day : length) - 1;
}

static void months_back_clamps_to_the_months_end(void **state) {
  (void)state;
  static const int months[] = {0, 1, 6, 12, 18, -1, -11};
  read_calendar();
  for (int32_t date = date_from_civil(1999, 1, 1); date <= date_from_civil(2030, 12, 31); date++)
    for (size_t m = 0; m < sizeof months / sizeof *months; m++)
      assert_int_equal(date_months_back(date, months[m]), months_back_by_calendar(date, months[m]));
  assert_int_equal(date_months_back(date_from_civil(2024, 3, 31), 1), date_from_civil(2024, 2, 29));
  assert_int_equal(date_months_back(date_from_civil(2023, 8, 31), 18), date_from_civil(2022, 2, 28));
  assert_int_equal(date_months_back(date_from_civil(1, 1, 31), 1), DATE_UNKNOWN);
  assert_int_equal(date_months_back(date_from_civil(9999, 12, 1), -1), DATE_UNKNOWN);
  assert_int_equal(date_months_back(DATE_UNKNOWN, 1), DATE_UNKNOWN);
  assert_int_equal(date_months_back(0, INT64_C(1) << 40), DATE_UNKNOWN);
  assert_int_equal(date_days_back(DATE_FIRST, 1), DATE_UNKNOWN);
  assert_int_equal(date_days_back(DATE_LAST, -1), DATE_UNKNOWN);
  assert_int_equal(date_days_back(19875, 10), 19865);
}

/* A patient a day, and for each the day that the C library's calendar says. */
static void each_day_of_2023_to_2028_goes_back_by_months(void **state) {
  (void)state;
  static const int months[] = {1, 6, 12, 18};
  read_calendar();
  int32_t first = date_from_civil(2023, 1, 1), n = date_from_civil(2029, 1, 1) - first;
  assert_int_equal(n, 2192);
  assert_true(n <= LANES);
  struct dates days = dates_in(0, MASK_WORDS), back = dates_in(1, MASK_WORDS);
  date_fill(&days, DATE_UNKNOWN);
  for (int32_t i = 0; i < n; i++) days.day[i] = first + i;
  for (size_t m = 0; m < sizeof months / sizeof *months; m++) {
    dates_months_back(&back, &days, months[m]);
    for (int32_t i = 0; i < n; i++) {
      assert_int_equal(back.day[i], months_back_by_calendar(first + i, months[m]));
      assert_int_equal(date_months_since(back.day[i], first + i), months[m]);
      assert_int_equal(date_months_since(back.day[i] + 1, first + i), months[m] - 1);
    }
    assert_int_equal(back.day[n], DATE_UNKNOWN);
  }
}

/* By the definition, over the calendar: the greatest n for which the date is not after index − n months. */
static void completed_months_are_the_greatest_n(void **state) {
  (void)state;
  read_calendar();
  int32_t indexes[] = {date_from_civil(2020, 2, 29), date_from_civil(2021, 2, 28), date_from_civil(2021, 3, 1),
                       date_from_civil(2022, 8, 31), date_from_civil(2022, 4, 30)};
  for (size_t i = 0; i < sizeof indexes / sizeof *indexes; i++)
    for (int32_t date = date_from_civil(2019, 1, 1); date <= date_from_civil(2024, 12, 31); date++) {
      int n = date_months_since(date, indexes[i]);
      assert_true(date <= months_back_by_calendar(indexes[i], n));
      assert_true(date > months_back_by_calendar(indexes[i], n + 1));
    }
}

static void a_birthday_on_29_february_comes_on_1_march(void **state) {
  (void)state;
  int32_t birth = date_from_civil(1952, 2, 29);
  assert_int_equal(date_years_since(birth, date_from_civil(2023, 2, 28)), 70);
  assert_int_equal(date_years_since(birth, date_from_civil(2023, 3, 1)), 71);
  assert_int_equal(date_years_since(birth, date_from_civil(2024, 2, 28)), 71);
  assert_int_equal(date_years_since(birth, date_from_civil(2024, 2, 29)), 72);
  assert_int_equal(date_years_since(birth, birth), 0);
  assert_int_equal(date_years_since(birth, birth - 1), -1);
}

static void units_since_a_date_are_completed_ones(void **state) {
  (void)state;
  struct dates dates = dates_in(0, MASK_WORDS);
  struct number out = number_in(0, MASK_WORDS);
  int32_t index = date_from_civil(2024, 6, 1);
  date_fill(&dates, DATE_UNKNOWN);
  dates.day[0] = index;
  dates.day[1] = index - 13;
  dates.day[2] = index + 1;
  dates.day[3] = date_from_civil(2023, 6, 2);
  dates_days_since(&out, &dates, index);
  expect_number(&out, 1, '=', 13);
  expect_number(&out, 2, '=', -1);
  assert_false(known_lane(&out, 4));
  dates_weeks_since(&out, &dates, index);
  expect_number(&out, 0, '=', 0);
  expect_number(&out, 1, '=', 1);
  expect_number(&out, 2, '=', -1);
  dates_months_since(&out, &dates, index);
  expect_number(&out, 2, '=', -1);
  expect_number(&out, 3, '=', 11);
  dates_years_since(&out, &dates, index);
  expect_number(&out, 0, '=', 0);
  expect_number(&out, 2, '=', -1);
  expect_number(&out, 3, '=', 0);
  assert_false(known_lane(&out, 4095));
}

static void dates_are_chosen_and_compared(void **state) {
  (void)state;
  struct dates a = dates_in(0, MASK_WORDS), b = dates_in(1, 1), out = dates_in(2, MASK_WORDS);
  struct mask mask = mask_in(0);
  date_fill(&a, 10);
  a.day[1] = 11;
  a.day[2] = 12;
  a.day[3] = DATE_UNKNOWN;
  date_fill(&b, 11);
  date_later(&out, &a, &b);
  assert_int_equal(out.day[0], 11);
  assert_int_equal(out.day[2], 12);
  assert_int_equal(out.day[3], DATE_UNKNOWN);
  date_earlier(&out, &a, &b);
  assert_int_equal(out.day[0], 10);
  assert_int_equal(out.day[2], 11);
  assert_int_equal(out.day[3], DATE_UNKNOWN);
  date_else(&out, &a, &b);
  assert_int_equal(out.day[2], 12);
  assert_int_equal(out.day[3], 11);
  date_below(&mask, &a, &b);
  assert_memory_equal(((char[]){mask_lane(&mask, 0), mask_lane(&mask, 1), mask_lane(&mask, 2), mask_lane(&mask, 3)}), "ynnu", 4);
  date_choose(&out, &mask, &b, &a);
  assert_int_equal(out.day[0], 11);
  assert_int_equal(out.day[2], 12);
  date_at_most(&mask, &a, &b);
  assert_memory_equal(((char[]){mask_lane(&mask, 0), mask_lane(&mask, 1), mask_lane(&mask, 2), mask_lane(&mask, 3)}), "yynu", 4);
  date_equal(&mask, &a, &b);
  assert_memory_equal(((char[]){mask_lane(&mask, 0), mask_lane(&mask, 1), mask_lane(&mask, 2), mask_lane(&mask, 3)}), "nynu", 4);
  date_known(&mask, &a);
  assert_int_equal(mask_lane(&mask, 2), 'y');
  assert_int_equal(mask_lane(&mask, 3), 'n');
}

/* ── comparisons ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *const numbers[] = {"5", "<5", ">5", "7", "<7", ">7", "?"};

/* Every number of the list on the left with every one on the right, as full and as uniform vectors. */
static void compare_all(void compare(struct mask *, const struct number *, const struct number *), const char *const expected[]) {
  struct number a = number_in(0, 1), b = number_in(1, MASK_WORDS), a_full = number_in(2, MASK_WORDS), b_uniform = number_in(3, 1);
  struct mask out = mask_in(0);
  for (size_t row = 0; row < 7; row++) {
    say(&a, 1, &numbers[row]);
    say(&a_full, 1, &numbers[row]);
    say(&b, 7, numbers);
    compare(&out, &a, &b);
    for (size_t i = 0; i < LANES; i++) assert_int_equal(mask_lane(&out, i), expected[row][i % 7]);
    for (size_t column = 0; column < 7; column++) {
      say(&b_uniform, 1, &numbers[column]);
      compare(&out, &a_full, &b_uniform);
      assert_int_equal(mask_lane(&out, 4095), expected[row][column]);
    }
  }
}

static void below_is_decided_by_intervals(void **state) {
  (void)state;
  compare_all(number_below, (const char *const[]){
      /* a \ b  5<> 7<> ? */
      /* 5  */ "nnyyuyu",
      /* <5 */ "yuyyuyu",
      /* >5 */ "nnuuuuu",
      /* 7  */ "nnunnyu",
      /* <7 */ "uuuyuyu",
      /* >7 */ "nnunnuu",
      /* ?  */ "uuuuuuu",
  });
}

static void at_most_is_decided_by_intervals(void **state) {
  (void)state;
  compare_all(number_at_most, (const char *const[]){
      /* 5  */ "ynyyuyu",
      /* <5 */ "yuyyuyu",
      /* >5 */ "nnuuuuu",
      /* 7  */ "nnuynyu",
      /* <7 */ "uuuyuyu",
      /* >7 */ "nnunnuu",
      /* ?  */ "uuuuuuu",
  });
}

static void equal_is_decided_by_intervals(void **state) {
  (void)state;
  compare_all(number_equal, (const char *const[]){
      /* 5  */ "ynnnunu",
      /* <5 */ "nunnunu",
      /* >5 */ "nnuuuuu",
      /* 7  */ "nnuynnu",
      /* <7 */ "uuununu",
      /* >7 */ "nnunnuu",
      /* ?  */ "uuuuuuu",
  });
}

static void exact_numbers_take_the_plain_comparison(void **state) {
  (void)state;
  struct number a = number_in(0, MASK_WORDS), b = number_in(1, 1);
  struct mask out = mask_in(0);
  say(&a, 4, (const char *const[]){"57.9", "58", "58.1", "?"});
  say(&b, 1, (const char *const[]){"58"});
  assert_false(a.censored || b.censored);
  number_below(&out, &a, &b);
  for (size_t i = 0; i < LANES; i++) assert_int_equal(mask_lane(&out, i), "ynnu"[i % 4]);
  number_at_most(&out, &a, &b);
  for (size_t i = 0; i < LANES; i++) assert_int_equal(mask_lane(&out, i), "yynu"[i % 4]);
  number_equal(&out, &a, &b);
  for (size_t i = 0; i < LANES; i++) assert_int_equal(mask_lane(&out, i), "nynu"[i % 4]);
}

/* ── arithmetic and choices ──────────────────────────────────────────────────────────────────────────────────────── */

static void arithmetic_takes_bounds_and_carries_unknown(void **state) {
  (void)state;
  struct number a = number_in(0, MASK_WORDS), b = number_in(1, MASK_WORDS), out = number_in(2, MASK_WORDS);
  say(&a, 5, (const char *const[]){"6", "<6", "?", "6", ">6"});
  say(&b, 5, (const char *const[]){"2", "2", "2", "?", "<-2"});
  number_add(&out, &a, &b);
  expect_number(&out, 0, '=', 8);
  expect_number(&out, 1, '=', 8);
  assert_false(known_lane(&out, 2) || known_lane(&out, 3));
  expect_number(&out, 4, '=', 4);
  number_subtract(&out, &a, &b);
  expect_number(&out, 4094, '=', 8);
  number_multiply(&out, &a, &b);
  expect_number(&out, 4, '=', -12);
  number_divide(&out, &a, &b);
  expect_number(&out, 0, '=', 3);
  number_negate(&out, &a);
  expect_number(&out, 1, '=', -6);
  assert_false(known_lane(&out, 2));
  number_subtract(&a, &b, &a);
  expect_number(&a, 0, '=', -4);
  expect_number(&a, 1, '=', -4);
}

static void what_is_not_finite_is_unknown(void **state) {
  (void)state;
  struct number a = number_in(0, MASK_WORDS), b = number_in(1, 1), out = number_in(2, MASK_WORDS);
  say(&a, 3, (const char *const[]){"6", "0", "1e308"});
  say(&b, 1, (const char *const[]){"0"});
  number_divide(&out, &a, &b);
  for (size_t i = 0; i < LANES; i++) assert_false(known_lane(&out, i));
  number_add(&out, &a, &a);
  expect_number(&out, 0, '=', 12);
  assert_false(known_lane(&out, 2));
}

static void one_value_for_all_is_computed_and_spread(void **state) {
  (void)state;
  struct number a = number_in(0, 1), b = number_in(1, 1), sum = number_in(2, 1), out = number_in(3, MASK_WORDS);
  number_fill(&a, 40);
  number_fill(&b, 18);
  number_add(&sum, &a, &b);
  number_spread(&out, &sum);
  for (size_t i = 0; i < LANES; i++) expect_number(&out, i, '=', 58);
  say(&a, 1, (const char *const[]){">90"});
  number_spread(&out, &a);
  for (size_t i = 0; i < LANES; i++) expect_number(&out, i, '>', 90);
}

static void choices_keep_the_sign(void **state) {
  (void)state;
  struct number a = number_in(0, MASK_WORDS), b = number_in(1, 1), out = number_in(2, MASK_WORDS);
  struct mask mask = mask_in(0);
  say(&a, 4, (const char *const[]){"<5", "?", "7", ">90"});
  say(&b, 1, (const char *const[]){"60"});
  number_else(&out, &a, &b);
  expect_number(&out, 0, '<', 5);
  expect_number(&out, 1, '=', 60);
  expect_number(&out, 2, '=', 7);
  expect_number(&out, 3, '>', 90);
  mask_fill(&mask, MASK_UNKNOWN);
  mask.yes[0] = 1;
  mask.no[0] = 2;
  number_choose(&out, &mask, &b, &a);
  expect_number(&out, 0, '=', 60);
  assert_false(known_lane(&out, 1));
  expect_number(&out, 3, '>', 90);
  number_else(&a, &b, &a);
  expect_number(&a, 0, '=', 60);
  expect_number(&a, 3, '=', 60);
  number_known(&mask, &out);
  assert_int_equal(mask_lane(&mask, 1), 'n');
  assert_int_equal(mask_lane(&mask, 3), 'y');
}

static void a_column_ends_with_its_patients(void **state) {
  (void)state;
  struct number out = number_in(0, MASK_WORDS);
  struct dates dates = dates_in(0, MASK_WORDS);
  double none = strtod("nan", NULL);
  number_column(&out, (double[]){3, none, -1}, 3);
  expect_number(&out, 0, '=', 3);
  assert_false(known_lane(&out, 1));
  expect_number(&out, 2, '=', -1);
  assert_false(known_lane(&out, 3));
  number_column(&out, NULL, 3);
  assert_false(known_lane(&out, 0));
  date_column(&dates, (int32_t[]){19000, DATE_UNKNOWN}, 2);
  assert_int_equal(dates.day[0], 19000);
  assert_int_equal(dates.day[1], DATE_UNKNOWN);
  assert_int_equal(dates.day[4095], DATE_UNKNOWN);
}

/* ── tallies ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Tallies "yes no unknown" of: nothing, all yes, all no, mixed, mixed and open, open. */
static const uint32_t outcomes[6][3] = {{0, 0, 0}, {3, 0, 0}, {0, 3, 0}, {2, 1, 0}, {1, 1, 1}, {0, 0, 3}};

static struct tally tally_of_outcomes(void) {
  struct tally tally = tally_in(0);
  tally_none(&tally);
  for (size_t i = 0; i < LANES; i++) {
    const uint32_t *o = outcomes[i % 6];
    tally.yes[i] = o[0];
    tally.no[i] = o[1];
    tally.total[i] = o[0] + o[1] + o[2];
  }
  return tally;
}

static void expect_tally(const struct mask *mask, const char *letters) {
  for (size_t i = 0; i < LANES; i++) assert_int_equal(mask_lane(mask, i), letters[i % 6]);
}

static void a_tally_is_decided_as_soon_as_it_can_be(void **state) {
  (void)state;
  struct tally tally = tally_of_outcomes();
  struct mask out = mask_in(0);
  tally_all(&out, &tally);
  expect_tally(&out, "uynnnu");
  tally_any(&out, &tally);
  expect_tally(&out, "uynyyu");
  tally_at_least(&out, &tally, 2);
  expect_tally(&out, "uynyuu");
  tally_at_least(&out, &tally, 0);
  expect_tally(&out, "uyyyyy");
  tally_at_most(&out, &tally, 1);
  expect_tally(&out, "unynuu");
  tally_at_most(&out, &tally, 3);
  expect_tally(&out, "uyyyyy");
  tally_exactly(&out, &tally, 2);
  expect_tally(&out, "unnyuu");
  tally_exactly(&out, &tally, 0);
  expect_tally(&out, "unynnu");
  tally_exactly(&out, &tally, 4);
  expect_tally(&out, "unnnnn");
}

static void outcomes_are_added_one_by_one(void **state) {
  (void)state;
  struct tally tally = tally_in(0);
  struct mask a = mask_in(0), b = mask_in(1), out = mask_in(2);
  mask_fill(&a, MASK_UNKNOWN);
  mask_fill(&b, MASK_YES);
  a.yes[1] = 1; /* lane 64 */
  a.no[1] = 2;  /* lane 65 */
  tally_none(&tally);
  tally_at_least(&out, &tally, 1);
  assert_int_equal(mask_lane(&out, 64), 'u');
  tally_add(&tally, &tally, &a);
  tally_add(&tally, &tally, &b);
  tally_at_least(&out, &tally, 2);
  assert_int_equal(mask_lane(&out, 63), 'u');
  assert_int_equal(mask_lane(&out, 64), 'y');
  assert_int_equal(mask_lane(&out, 65), 'n');
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(days_are_those_of_the_c_library),
      cmocka_unit_test(days_far_away_are_right),
      cmocka_unit_test(months_back_clamps_to_the_months_end),
      cmocka_unit_test(each_day_of_2023_to_2028_goes_back_by_months),
      cmocka_unit_test(completed_months_are_the_greatest_n),
      cmocka_unit_test(a_birthday_on_29_february_comes_on_1_march),
      cmocka_unit_test(units_since_a_date_are_completed_ones),
      cmocka_unit_test(dates_are_chosen_and_compared),
      cmocka_unit_test(below_is_decided_by_intervals),
      cmocka_unit_test(at_most_is_decided_by_intervals),
      cmocka_unit_test(equal_is_decided_by_intervals),
      cmocka_unit_test(exact_numbers_take_the_plain_comparison),
      cmocka_unit_test(arithmetic_takes_bounds_and_carries_unknown),
      cmocka_unit_test(what_is_not_finite_is_unknown),
      cmocka_unit_test(one_value_for_all_is_computed_and_spread),
      cmocka_unit_test(choices_keep_the_sign),
      cmocka_unit_test(a_column_ends_with_its_patients),
      cmocka_unit_test(a_tally_is_decided_as_soon_as_it_can_be),
      cmocka_unit_test(outcomes_are_added_one_by_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
