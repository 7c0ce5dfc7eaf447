/* alter.c: the neighbours of a patient: a day, a step, a row or a code away. */
#include <string.h>
#include "lang/boundary/inner.h"
#include "lang/memory.h"

static void add_fact_as(struct people *people, const struct person *person, size_t at, struct fact fact) {
  struct person *copy = person_copy(person);
  copy->facts[at] = fact;
  people_add(people, copy);
}

static void add_fact_too(struct people *people, const struct person *person, struct fact fact) {
  struct person *copy = person_copy(person);
  person_add(copy, fact);
  people_add(people, copy);
}

static struct fact on_day(struct fact fact, int32_t day) {
  fact.from = day;
  if (!fact.of->parts[0].table->spans) fact.to = day;
  return fact;
}

static struct fact with_result(struct fact fact, const struct result *result) {
  if (fact.part != result->part) fact.code = code_of_part(result->part);
  fact.part = result->part;
  fact.number = result->number;
  fact.sign = result->sign;
  return fact;
}

/* ── days ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A span that has ended, too: on the day it is looked at, and beside it. */
static void alter_end(const struct boundary *boundary, const struct person *person, size_t at, struct people *people) {
  struct fact fact = person->facts[at];
  const int32_t ends[] = {boundary->index - 1, boundary->index, boundary->index + 1};
  fact.open = false;
  for (int i = 0; i < 3; i++) {
    fact.to = ends[i];
    if (fact.to >= fact.from) add_fact_as(people, person, at, fact);
  }
}

static void alter_days(const struct boundary *boundary, const struct person *person, size_t at,
                       const struct reading *reading, struct people *people) {
  const struct fact *fact = &person->facts[at];
  for (size_t i = 0; i < reading->n_dates; i++) add_fact_as(people, person, at, on_day(*fact, reading->dates[i]));
  for (size_t other = 0; other < person->n_facts; other++) {
    if (other == at) continue;
    for (int day = -1; day <= 1; day++) add_fact_as(people, person, at, on_day(*fact, person->facts[other].from + day));
    if (person->facts[other].of != fact->of) continue;
    for (size_t g = 0; g < reading->n_gaps; g++)
      for (int day = -1; day <= 1; day++)
        add_fact_as(people, person, at, on_day(*fact, date_before(person->facts[other].from, reading->gaps[g]) + day));
  }
  if (fact->of->parts[0].table->spans) alter_end(boundary, person, at, people);
}

/* ── results and codes ───────────────────────────────────────────────────────────────────────────────────────────── */

static void alter_codes(const struct person *person, size_t at, const struct reading *reading, struct people *people) {
  for (size_t i = 0; i < reading->n_codes; i++) {
    struct fact fact = person->facts[at];
    const struct stream_part *part = fact.part;
    fact.code = reading->codes[i];
    if (part && part->set && !code_set_has(part->set, part->key->system ? part->key->system : "", fact.code)) continue;
    add_fact_as(people, person, at, fact);
  }
}

/* Another row like this one, with another result: on its day, before it and after it. */
static void add_second(const struct boundary *boundary, const struct person *person, size_t at,
                       const struct reading *reading, struct people *people) {
  const struct fact *fact = &person->facts[at];
  const int32_t days[] = {fact->from, fact->from - 40, fact->from + 20, fact->from - 200};
  for (int d = 0; d < 4; d++) {
    if (days[d] > boundary->index) continue;
    struct fact second = on_day(*fact, days[d]);
    add_fact_too(people, person, second);
    for (size_t i = 0; i < reading->n_results; i++)
      if (reading->results[i].part == fact->part && reading->results[i].sign == 0)
        add_fact_too(people, person, with_result(second, &reading->results[i]));
  }
}

static void alter_fact(const struct boundary *boundary, const struct person *person, size_t at, struct people *people) {
  const struct fact *fact = &person->facts[at];
  const struct reading *reading = reading_of(boundary, fact->of);
  struct person *without = person_copy(person);
  person_remove(without, at);
  people_add(people, without);
  if (!reading) return;
  alter_days(boundary, person, at, reading, people);
  alter_codes(person, at, reading, people);
  for (size_t i = 0; fact->part && i < reading->n_results; i++)
    add_fact_as(people, person, at, with_result(*fact, &reading->results[i]));
  add_second(boundary, person, at, reading, people);
}

/* ── what the patient has not ────────────────────────────────────────────────────────────────────────────────────── */

static bool has_any(const struct person *person, const struct stream *of) {
  for (size_t i = 0; i < person->n_facts; i++)
    if (person->facts[i].of == of) return true;
  return false;
}

/* One row of what is read and not there: recent, by each code or with each result. */
static void add_first(const struct boundary *boundary, const struct person *person, const struct reading *reading,
                      struct people *people) {
  struct fact fact = {.of = reading->of, .open = true, .from = date_months_back(boundary->index, 1)};
  fact.to = fact.from;
  if (has_any(person, reading->of)) return;
  if (reading->of->kind != STREAM_SERIES) {
    fact.code = reading->n_codes ? reading->codes[0] : "";
    add_fact_too(people, person, fact);
    for (size_t i = 1; i < reading->n_codes; i++) {
      fact.code = reading->codes[i];
      add_fact_too(people, person, fact);
    }
    return;
  }
  for (size_t i = 0; i < reading->n_results; i++) add_fact_too(people, person, with_result(fact, &reading->results[i]));
}

static void alter_trait(const struct person *person, const struct trait *trait, struct people *people) {
  bool birth = strcmp(trait->column->name, "birth") == 0;
  for (size_t i = 0; i < trait->n_dates; i++) {
    struct person *copy = person_copy(person);
    if (birth)
      copy->birth = trait->dates[i];
    else
      person_set(copy, (struct test_cell){.column = trait->column, .date = trait->dates[i]});
    people_add(people, copy);
  }
  for (size_t i = 0; i < trait->n_numbers; i++) {
    struct person *copy = person_copy(person);
    person_set(copy, (struct test_cell){.column = trait->column, .number = trait->numbers[i]});
    people_add(people, copy);
  }
  for (size_t i = 0; i < trait->column->n_choices; i++) {
    struct person *copy = person_copy(person);
    person_set(copy, (struct test_cell){.column = trait->column, .text = trait->column->choices[i]});
    people_add(people, copy);
  }
  struct person *copy = person_copy(person);
  person_forget(copy, trait->column);
  if (birth) copy->birth = DATE_UNKNOWN;
  people_add(people, copy);
}

void boundary_neighbours(struct boundary *boundary, const struct person *person, struct people *people) {
  people_add(people, person);
  for (size_t i = 0; i < person->n_facts; i++) alter_fact(boundary, person, i, people);
  for (size_t i = 0; i < boundary->n_readings; i++) add_first(boundary, person, &boundary->readings[i], people);
  for (size_t i = 0; i < boundary->n_traits; i++) alter_trait(person, &boundary->traits[i], people);
}
