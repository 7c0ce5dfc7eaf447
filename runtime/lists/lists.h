/* lists.h: the patients of one practice who are to be looked at, as a workbook for Excel that only its owner can read.
 *
 * It is the one document that names patients, and is made of one practice's patients alone: who calls has chosen them. Texts
 * stand in cells as texts, whatever sign they begin with, so that none of them is ever taken for a formula. */
#ifndef KLYNGE_LISTS_H
#define KLYNGE_LISTS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum lists_kind { LISTS_NOTHING, LISTS_TEXT, LISTS_NUMBER, LISTS_DATE };
/* What stands in a cell: the member that its kind says. A date in days since 1970-01-01. */
struct lists_cell { enum lists_kind kind; const char *text; double number; int32_t date; };

/* A patient on a list: by number among the practice's; why, a condition a line; and a cell for each of the list's columns. */
struct lists_row {
  size_t patient;
  const char *reason;
  const struct lists_cell *cells;
};

struct lists_list {
  const char *title, *pack, *indicator;  /* the titles */
  const char **heads;                  size_t n_columns;  /* one that is empty in all rows is not shown */
  const struct lists_row *rows;        size_t n_rows;     /* each patient at most once */
  size_t n_unknown;                    /* how many are not on it because it is not known whether they belong there */
};

struct lists_patient {
  const char *id;
  int32_t birth;                       /* DATE_UNKNOWN where it is not at hand */
  const char *sex;                     /* in words; "" where it is not at hand */
};

/* All that a file says. Everything is borrowed. */
struct lists_practice {
  const char *id, *name;               /* name "" where it has none */
  int32_t index;                       /* the index date */
  const char *changed;                 /* what of the rules is another for these lists, as a sentence; "" where nothing is */
  bool danish;                         /* dates as 01-06-2024, not as 2024-06-01 */
  const struct lists_patient *patients; size_t n_patients;  /* those who are on a list, each once */
  const struct lists_list *lists;      size_t n_lists;
};

/* Writes the workbook, whole or not at all: beside its place, readable by its owner alone from the first byte on, synced, renamed.
 * A sheet with all patients, those on most lists first and then by id, and a sheet for each list in the same order. The same practice
 * gives the same bytes. False with *error (a sentence, freed by the caller). */
bool lists_write(const struct lists_practice *practice, const char *path, char **error);
#endif
