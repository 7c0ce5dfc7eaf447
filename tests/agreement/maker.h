/* maker.h: what the files that make rules share. A rule is written by type: whoever writes a number says its unit, so that
 * every rule that comes out is one that the checker must take. */
#ifndef KLYNGE_MAKER_H
#define KLYNGE_MAKER_H
#include "tests/agreement/agreement.h"

enum { N_MEASURES = 4, N_SETS = 3, N_BANDS = 3, MOST_DEFINITIONS = 40, N_UNITS = 5 };

/* Units by number, with a space before them; 0 is a plain number, and one is nowhere declared. */
extern const char *const unit_names[N_UNITS];

/* A definition: TYPE_TRUTH, TYPE_DATE, or TYPE_NUMBER in a unit. */
struct made { enum type_kind kind; int unit; };

struct maker {
  FILE *out;
  struct chance *chance;
  const struct world *world;
  int unit_of[N_MEASURES];           /* of the measures m0 … m3 */
  struct made made[MOST_DEFINITIONS];  /* d0, d1 … so far */
  int n_made;
};

void say(struct maker *maker, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline uint32_t any_of(struct maker *maker, uint32_t n) { return chance_below(maker->chance, n); }

/* ── windows.c ── */
/* No window, one, or two. */
void make_windows(struct maker *maker, int depth);
/* One window; a simple one hangs on nothing but the index date and dates of the calendar. */
void make_window(struct maker *maker, int depth, bool simple);
/* A length of time, from the same few. */
void make_span(struct maker *maker);
void make_literal_date(struct maker *maker);

/* ── phrases.c: what windows follow ── */
/* `dx = i0`, `drug in (a0, a1)`, `stay`, … without its window. False where no code set is named. */
bool make_event_test(struct maker *maker);
/* A measure, or perhaps a number column of events: unit −1 is any. Gives the unit. */
int make_measure(struct maker *maker, int unit);
/* A measure, perhaps cut; *apart says whether `at least … apart` may follow. */
int make_series(struct maker *maker, int unit, bool *cut);
/* What may stand after a series: windows, and `apart` if it is cut, in either order. */
void make_after(struct maker *maker, bool cut, int depth);
void make_phrase_number(struct maker *maker, int unit, int depth);
void make_phrase_date(struct maker *maker, int depth);
void make_phrase_truth(struct maker *maker, int depth);

/* ── expressions.c: each is one operand, in parentheses where it is made of several ── */
void make_number(struct maker *maker, int unit, int depth);
void make_date(struct maker *maker, int depth);
void make_truth(struct maker *maker, int depth);
/* A condition where no parentheses are needed; `junction` says whether it may be an `and` or an `or`. */
void make_condition(struct maker *maker, int depth, bool junction);
void make_literal_number(struct maker *maker, int unit);
#endif
