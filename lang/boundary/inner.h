/* inner.h: what the files of this room share. */
#ifndef KLYNGE_BOUNDARY_INNER_H
#define KLYNGE_BOUNDARY_INNER_H
#include "lang/boundary/boundary.h"
#include "lang/variant/variant.h"
#include "lang/variant/walk.h"
#include "runtime/image/dates.h"

/* A result as the data would have it. */
struct result { const struct stream_part *part; double number; int sign; bool is_own; /* at a limit of the rule, not of what is plausible */ };

/* What a rule turns on in the rows of some events or measure. */
struct reading {
  const struct stream *of;
  const char **codes;      size_t n_codes;      /* one of each code, prefix and range, and each exception */
  struct result *results;  size_t n_results;    /* at each limit and a step to either side */
  int32_t *dates;          size_t n_dates;      /* the first and last day of each window, and the days beside them */
  struct duration *gaps;   size_t n_gaps;       /* how far apart two rows must be */
};

/* What it turns on in a column of patients. */
struct trait {
  const struct column *column;
  int32_t *dates;          size_t n_dates;
  double *numbers;         size_t n_numbers;
};

struct boundary {
  const struct program *program;
  struct boundary_rule rule;
  int32_t index;
  struct reading *readings;  size_t n_readings;
  struct trait *traits;      size_t n_traits;
  unsigned depth;                              /* how deep solving has gone */
};

/* ── people.c ── */
struct person *person_copy(const struct person *person);
/* The cell of a column; NULL where nothing is said of it. A later cell replaces it. */
const struct test_cell *person_cell(const struct person *person, const struct column *column);
void person_set(struct person *person, struct test_cell cell);
void person_forget(struct person *person, const struct column *column);
void person_add(struct person *person, struct fact fact);
void person_remove(struct person *person, size_t fact);
/* Adds a patient unless an equal one is there. */
void people_add(struct people *people, const struct person *person);

/* ── gather.c ── */
void gather(struct boundary *boundary);
/* The reading of a stream; NULL where no row of it could be written. */
struct reading *reading_of(const struct boundary *boundary, const struct stream *stream);
/* A code that the set takes, and, if there is one, no other of its parts: of events and measures. NULL where none is seen. */
const char *code_of_part(const struct stream_part *part);
bool stream_takes(const struct stream *stream, const struct fact *fact);

/* ── codes.c ── */
void gather_codes(struct reading *reading, const struct stream *stream);
/* ── results.c ── */
/* Adds the results at a value of the measure, `decimals` said: itself, a step to either side, and the bounds. */
void gather_results(struct reading *reading, double value, int decimals, bool is_own);
/* Where a rule has no limit, results in the middle of what is plausible. */
void gather_middle(struct reading *reading);
/* The result that the measure reads as a value. */
struct result result_of(const struct reading *reading, double value);
/* A result that nothing turns on, if there is one. */
struct result result_usual(const struct reading *reading);
double result_value(const struct result *result);

/* ── dates.c ── */
/* A date for a patient; DATE_UNKNOWN where it is. */
int32_t date_for(const struct boundary *boundary, const struct person *person, const struct expr *expr);
/* A number for a patient, as far as it can be told without the engine; NaN where it cannot, or is unknown. */
double number_for(const struct boundary *boundary, const struct person *person, const struct expr *expr);
/* The first and last day of a window for a patient; *low DATE_FIRST where it has none. False where one is unknown. */
bool window_for(const struct boundary *boundary, const struct person *person, const struct rows *rows, int32_t *low, int32_t *high);
int32_t date_before(int32_t date, struct duration duration);

/* ── lever.c ── */
/* Changes the patient so that a value is so much; false where no row or column would do it. */
bool set_number(struct boundary *boundary, struct person *person, const struct expr *expr, double value);
bool set_date(struct boundary *boundary, struct person *person, const struct expr *expr, int32_t date);
/* So that it is known, whatever it is. */
bool set_known(struct boundary *boundary, struct person *person, const struct expr *expr);
/* Adds rows until there are n in the window; takes away those above where `exactly`. Gives how many there are. */
size_t set_rows(struct boundary *boundary, struct person *person, const struct rows *rows, size_t n, bool exactly);
/* The patient's facts that an expression's rows take, in order of date: at most `room` numbers of facts. */
size_t facts_in(const struct boundary *boundary, const struct person *person, const struct rows *rows, size_t *facts, size_t room);

/* ── solve.c, compare.c ── */
/* So many patients at the most are kept of each step. */
enum { MOST_WAYS = 6, MOST_ROWS = 64 };
struct ways { const struct person *all[MOST_WAYS]; size_t n; };
void ways_add(struct ways *ways, const struct person *person);
/* Patients made from one, for whom a condition should be no (0) or yes (1). */
void solve(struct boundary *boundary, const struct person *person, const struct expr *expr, int truth, struct ways *ways);
/* Patients for whom a condition in an expression has an answer, and the others do not hide it; NULL asks nothing. */
void boundary_decide(struct boundary *boundary, const struct person *person, const struct expr *expr, const struct expr *condition, int truth, struct ways *ways);
void solve_compare(struct boundary *boundary, const struct person *person, const struct expr *expr, int truth, struct ways *ways);
void solve_each(struct boundary *boundary, const struct person *person, const struct expr *expr, int truth, struct ways *ways);
#endif
