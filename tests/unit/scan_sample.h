/* scan_sample.h: segments written down row by row, for the tests of scans and of what is asked of their rows; and what comes out.
 * The index date is day 1000 throughout. Includes what a test of cmocka needs. */
#ifndef KLYNGE_SCAN_SAMPLE_H
#define KLYNGE_SCAN_SAMPLE_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "runtime/image/dates.h"
#include "runtime/kernel/reduce.h"
#include "runtime/kernel/scan.h"

#define INDEX 1000
#define EVER  DATE_EVER
#define MOST_ROWS 200

struct sample { uint16_t patient; int32_t date; double value; int sign; };

/* A segment with 16-bit dates from a base of 100, or with 32-bit ones. */
struct written {
  uint64_t block[2];
  struct store_days days;
  uint16_t patient[MOST_ROWS], near[MOST_ROWS];
  int32_t far[MOST_ROWS], end[MOST_ROWS];
  double value[MOST_ROWS];
  int8_t sign[MOST_ROWS];
  struct store_values values;
  struct store_segment segment;
};

extern struct written written[3];
extern struct scan_segment parts[3];
extern struct scan_stream stream;
extern struct scanner scanner;

struct scan_segment *write_segment(int which, size_t n, const struct sample *samples, bool near);
void scan_between(uint32_t n_segments, enum image_ties ties, int32_t low, int32_t high);
int open_scanner(void **state);
int close_scanner(void **state);

#define SEGMENT(which, near, ...) \
  write_segment(which, sizeof((struct sample[]){__VA_ARGS__}) / sizeof(struct sample), (struct sample[]){__VA_ARGS__}, near)

/* Where figures, dates, outcomes and tallies are put. */
extern struct number figure;
extern struct dates date;
extern struct mask mask;
extern struct tally tally;

/* The sign is '<', '=' or '>'; an outcome 'y', 'n' or 'u'. */
void expect_figure(uint32_t patient, char sign, double value);
void expect_unknown(uint32_t patient);
void expect_mask(uint32_t patient, char outcome);
void expect_tally(uint32_t patient, uint32_t yes, uint32_t no, uint32_t total);
void expect_count(uint32_t patient, double n);
#endif
