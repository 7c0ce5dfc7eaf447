/* write.c: proposed patients as a test in the rule language. */
#include <stdlib.h>
#include <string.h>
#include "lang/boundary/inner.h"
#include "lang/memory.h"

static const char *date_text(int32_t date) {
  int year, month, day;
  date_to_civil(date, &year, &month, &day);
  return memory_print("%04d-%02d-%02d", year, month, day);
}

/* In so many digits that it reads back to the same double. */
static const char *number_text(double number) {
  const char *text = "";
  for (int digits = 15; digits <= 17; digits++) {
    text = memory_print("%.*g", digits, number);
    if (strtod(text, NULL) == number) break;
  }
  return text;
}

/* ── attributes ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *cell_text(const struct test_cell *cell) {
  const char *name = cell->column->name;
  if (strcmp(name, "from") == 0 || strcmp(name, "to") == 0) return memory_print("%s %s", name, date_text(cell->date));
  if (cell->column->type == COLUMN_DATE) return memory_print("%s = %s", name, date_text(cell->date));
  if (cell->column->type == COLUMN_NUMBER) return memory_print("%s = %s", name, number_text(cell->number));
  if (cell->column->type == COLUMN_LIST) return cell->text;
  return memory_print("%s = \"%s\"", name, cell->text);
}

static const char *patient_text(const struct person *person, const char *name) {
  const char *text = memory_print("  patient %s%sborn %s", name, *name ? " " : "",
                                  person->birth == DATE_UNKNOWN ? "unknown" : date_text(person->birth));
  for (size_t i = 0; i < person->n_cells; i++) text = memory_print("%s, %s", text, cell_text(&person->cells[i]));
  return memory_print("%s\n", text);
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_plain(const char *code) {
  bool letter = (*code >= 'A' && *code <= 'Z');
  for (const char *c = code; *c; c++)
    if (!((*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9'))) return false;
  return letter || (*code >= '0' && *code <= '9');
}

static const char *code_text(const char *code) { return is_plain(code) ? code : memory_print("\"%s\"", code); }

/* The unit of another `from` than the measure's own must be said, and a code that is not the first of its `from`. */
static const char *result_text(const struct fact *fact) {
  const struct stream_part *part = fact->part;
  const char *sign = fact->sign < 0 ? "<" : fact->sign > 0 ? ">" : "";
  const char *text = memory_print("%s%s", sign, number_text(fact->number));
  if (part->unit && part->unit != fact->of->in) text = memory_print("%s %s", text, part->unit->spellings[0]);
  const char *first = code_of_part(part);
  if (fact->code && first && strcmp(fact->code, first) != 0)
    text = memory_print("%s code %s", text, code_text(fact->code));
  return text;
}

static const char *fact_text(const struct fact *fact) {
  const char *what = fact->part ? result_text(fact) : fact->code && *fact->code ? code_text(fact->code) : "";
  const char *text = memory_print("    %s%s%s", fact->of->name, *what ? " " : "", what);
  if (!fact->of->parts[0].table->spans) return memory_print("%s on %s\n", text, date_text(fact->from));
  text = memory_print("%s from %s", text, date_text(fact->from));
  return fact->open ? memory_print("%s\n", text) : memory_print("%s to %s\n", text, date_text(fact->to));
}

/* ── the test ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Oldest first, as a record is read; of one day in the order in which they were made. */
static int by_day(const void *left, const void *right) {
  const struct fact *a = left, *b = right;
  return a->from < b->from ? -1 : a->from > b->from;
}

static const char *rows_text(const struct person *person) {
  struct person *copy = person_copy(person);
  const char *text = "";
  qsort(copy->facts, copy->n_facts, sizeof *copy->facts, by_day);
  for (size_t i = 0; i < copy->n_facts; i++) text = memory_print("%s%s", text, fact_text(&copy->facts[i]));
  return text;
}

const char *boundary_text(const struct boundary_test *test) {
  const char *text = memory_print("test \"%s\"\n  as of %s\n", test->title, date_text(test->index));
  for (size_t i = 0; i < test->n; i++) {
    const char *name = test->n > 1 ? memory_print("%s%zu", test->prefix, i + 1) : "";
    text = memory_print("%s%s%s", text, patient_text(test->people[i], name), rows_text(test->people[i]));
  }
  for (size_t i = 0; i < test->n; i++) {
    const char *name = test->n > 1 ? memory_print("%s%zu ", test->prefix, i + 1) : "";
    text = memory_print("%s  expect %s%s # %s\n", text, name, test->claims[i], test->mark);
  }
  return text;
}
