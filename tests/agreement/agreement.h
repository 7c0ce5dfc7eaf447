/* agreement.h: a second evaluator, slow and obvious, that the engine must agree with on random rules over random data.
 *
 *   chance → rules.c, phrases.c, windows.c   rule text, which goes through the real parser and checker
 *   chance → data.c                          patients, which go to the engine as CSV files and to evaluate.c as they are
 *   evaluate.c, numbers.c, rows.c, dates.c              one patient at a time, straight from the checked program and LANGUAGE's words
 *   cells.c                                             and what comes of that in each practice, band by band
 *
 * Nothing of the plan, the image, the store or the engine is used by these but the shape of a count; they share no mistake
 * with them but the checker's. Everything lives in the collected heap. */
#ifndef KLYNGE_AGREEMENT_H
#define KLYNGE_AGREEMENT_H
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "lang/check/program.h"
#include "runtime/csv/csv.h"
#include "runtime/run/run.h"

/* ── chance: the same numbers from the same seed everywhere ──────────────────────────────────────────────────────── */

struct chance { uint64_t state; };

/* SplitMix64 (Steele, Lea, Flood 2014). */
static inline uint32_t chance_below(struct chance *chance, uint32_t n) {
  uint64_t z = chance->state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return (uint32_t)((z ^ z >> 31) >> 32) % n;
}
static inline bool chance_one_in(struct chance *chance, uint32_t n) { return chance_below(chance, n) == 0; }
/* One of an array. */
#define CHANCE_OF(chance, array) ((array)[chance_below((chance), (uint32_t)(sizeof(array) / sizeof *(array)))])

/* ── dates.c: a calendar that counts year by year and month by month ─────────────────────────────────────────────── */

struct day { int year, month, day; };
/* Days since 1970-01-01. */
int32_t date_of_day(struct day day);
struct day day_of_date(int32_t date);
/* Reads 2024-03-01; false for what is not a day of the calendar. */
bool date_read(const char *text, int32_t *date);
const char *date_text(int32_t date);
/* The date so much before, later for a negative duration. The day is clamped to the month's end. */
int32_t date_before(int32_t date, struct duration duration);
/* The greatest n for which the date is on or before index − n units. */
int32_t date_completed(int32_t date, int32_t index, enum duration_unit unit);

/* ── patients, as they stand in the files ────────────────────────────────────────────────────────────────────────── */

enum { MOST_TABLES = 8, MOST_COLUMNS = 8, MOST_DATES = 24 };

/* A row: a text for each declared column. */
struct line { const char *cells[MOST_COLUMNS]; };
struct lines { struct line *all; size_t n; };
/* Tables are numbered as in the program; the one of the patients' own table has one line. */
struct patient { const char *id; struct lines tables[MOST_TABLES]; };
struct people { struct patient *all; size_t n; };

/* What is out of the ordinary about a round's patients; all zero where nothing is. */
struct edge {
  const char *claim;
  unsigned rounds;                 /* that are played of it */
  size_t n_patients;
  bool one_practice;               /* nearly all are in one practice, so that it lies across blocks */
  size_t n_results;                /* the first patient has so many results of one code */
  bool far_dates;                  /* before 1970, after 2079, and more of them than 16 bits can count */
  bool long_numbers;               /* which are no short decimals */
};

/* The dates that a round's rules and rows are about: few, so that they meet. */
struct world { int32_t index[2]; int32_t dates[MOST_DATES]; uint32_t n_dates; struct edge edge; };

/* ── rows.c: the rows that an expression looks at ────────────────────────────────────────────────────────────────── */

/* What is asked of whom, and as of when. */
struct asked { const struct program *program; const struct patient *patient; int32_t index; };

struct entry { int32_t date, end; double value; int sign; };
struct entries {
  struct entry *all;               /* in order of date and size */
  size_t n;
  bool known;                      /* every date that the window hangs on is known */
  bool enough;                     /* a cut found as many as it wanted */
};
struct entries rows_of_patient(const struct asked *asked, const struct rows *rows);
/* Smaller by value; of equal ones <5 before 5 before >5. */
int entry_compare_size(const struct entry *a, const struct entry *b);
/* Reads 7.4, <5, >90; false for what is none. */
bool number_read(const char *text, double *number, int *sign);

/* ── evaluate.c, numbers.c: what an expression is for one patient ───────────────────────────────────────────────────────────── */

struct value {
  bool known;
  bool truth;
  double number;
  int sign;                        /* −1 for "<5", 1 for ">90" */
  int32_t date;
  const char *text;
};
struct value evaluate(const struct asked *asked, const struct expr *expr);
/* Compares two numbers of which either may be censored. */
struct value compare_numbers(struct value a, struct value b, enum comparison comparison);
struct value figure_of_entries(const struct entries *entries, enum figure figure, enum image_ties ties);
/* An enum outcome of run.h. */
int evaluate_outcome(const struct asked *asked, const struct indicator *indicator);

/* ── cells.c: what comes of it in practices and bands ────────────────────────────────────────────────────────────── */

/* What is counted: counts[cell × practices + practice], values[cell]. */
struct counted { struct run_count *counts; struct run_values *values; };
/* All that the engine says: of each patient, outcomes[indicator × patients + patient] in the order of `people`, and of all
 * cells of the image. */
struct answers { uint8_t *outcomes; const char **practices; size_t n_practices; struct counted counted; };
/* How many cells an indicator has: the whole, those of `by`, those of `adjust by`. */
size_t cells_of_indicator(const struct indicator *indicator);
/* Counts an indicator's cells. */
struct counted cells_count(const struct program *program, const struct indicator *indicator, const struct people *people,
                           int32_t index, const char *const *practices, size_t n_practices);
/* Whether the engine counts the same, its cells from first_cell on; a difference is printed to standard error. */
bool cells_agree(const struct program *program, const struct indicator *indicator, const struct people *people,
                 int32_t index, const struct answers *answers, size_t first_cell);

/* ── rules.c, phrases.c, windows.c: random rule files ────────────────────────────────────────────────────────────── */

const char *rules_of_chance(struct chance *chance, const struct world *world, const char *name);
struct world world_of_chance(struct chance *chance, struct edge edge);

/* ── data.c: random patients, and their CSV files ────────────────────────────────────────────────────────────────── */

struct people people_of_chance(struct chance *chance, const struct program *program, const struct world *world, size_t n);
/* Writes the files of all tables, rows in random order. `twice` adds second, other rows of some patients. */
void people_write(const struct people *people, const struct program *program, const char *folder, struct chance *chance,
                  const struct people *twice);

/* ── engine.c: rule text and CSV files through the real thing ────────────────────────────────────────────────────── */

/* The packs of one run: they share one image. */
struct packs { const struct program *programs[2]; size_t n; };
/* Parses and checks the text, written to FOLDER/pack.kly. NULL where it is refused; problems have been printed. */
struct program *program_of_text(const char *text, const char *folder);
/* What the engine says, so many threads reading and running. False with a sentence on standard error where something was
 * refused. */
bool engine_answers(const struct packs *packs, const char *folder, int32_t index, uint32_t threads, const struct people *people,
                    struct answers *answers);
/* One to eight threads, whichever the date happens to give: the outcome is the same for any number. */
uint32_t engine_threads(int32_t index);
/* The result as CSV and as a table, as `klynge run` writes them. */
const char *engine_csv(const struct packs *packs, const char *folder, int32_t index);

/* ── round.c: rules and patients by chance, asked of both ────────────────────────────────────────────────────────────── */

struct tally { unsigned long rules, patients, differences, orders, changed, parts; };
/* Plays the round of a seed: with as many threads as chance gives, and of every eighth seed with files in another order; or
 * with 1 to 8 threads in turn. */
void round_play(uint64_t seed, const struct edge *edge, bool all_threads, const char *folder, struct tally *tally);

/* ── shrink.c: a smaller example of a difference ─────────────────────────────────────────────────────────────────── */

/* Prints it to standard error. The pack is run alone: should the difference need another pack beside it, all is printed. */
void difference_print(const struct program *program, const char *rules, const struct indicator *indicator,
                      const struct patient *patient, int32_t index, const char *folder);
/* ── parts.c: what klynge why tells ──────────────────────────────────────────────────────────────────────────────── */

/* Everything that lies outside of the collected heap, from rules and files to what can be run. */
struct engine { void *bytes; struct image image; struct data_report report; struct store *store; };
/* One program that is asked questions besides, over the files of a folder; false after a message. engine_close in any case. */
bool engine_open_asking(struct engine *engine, const struct program *program, const struct expr *const *questions,
                        size_t n_questions, const char *folder);
void engine_close(struct engine *engine);
/* The number of each patient in the store. */
uint32_t *engine_places(const struct engine *engine, const struct people *people);
/* Whether the engine answers each part of the program's conditions as the slow evaluator does; a difference is told. */
bool parts_agree(const struct program *program, const char *folder, int32_t index, const struct people *people);
#endif
