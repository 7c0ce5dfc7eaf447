/* people.c: proposed patients, and lists in which no two are alike. */
#include <string.h>
#include "lang/boundary/inner.h"
#include "lang/memory.h"

struct person *person_copy(const struct person *person) {
  struct person *copy = NEW(struct person);
  *copy = *person;
  copy->cells = NEW_ARRAY(struct test_cell, person->n_cells + 1);
  copy->facts = NEW_ARRAY(struct fact, person->n_facts + 1);
  for (size_t i = 0; i < person->n_cells; i++) copy->cells[i] = person->cells[i];
  for (size_t i = 0; i < person->n_facts; i++) copy->facts[i] = person->facts[i];
  return copy;
}

const struct test_cell *person_cell(const struct person *person, const struct column *column) {
  for (size_t i = 0; i < person->n_cells; i++)
    if (person->cells[i].column == column) return &person->cells[i];
  return NULL;
}

void person_forget(struct person *person, const struct column *column) {
  size_t n = 0;
  for (size_t i = 0; i < person->n_cells; i++)
    if (person->cells[i].column != column) person->cells[n++] = person->cells[i];
  person->n_cells = n;
}

void person_set(struct person *person, struct test_cell cell) {
  person_forget(person, cell.column);
  person->cells = memory_grow(person->cells, person->n_cells + 1, sizeof cell);
  person->cells[person->n_cells++] = cell;
}

void person_add(struct person *person, struct fact fact) {
  person->facts = memory_grow(person->facts, person->n_facts + 1, sizeof fact);
  person->facts[person->n_facts++] = fact;
}

void person_remove(struct person *person, size_t fact) {
  for (size_t i = fact; i + 1 < person->n_facts; i++) person->facts[i] = person->facts[i + 1];
  person->n_facts--;
}

/* ── lists ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static uint64_t mix(uint64_t h, uint64_t x) {
  h = (h ^ x) * 0x9E3779B97F4A7C15u;
  return h ^ (h >> 29);
}

static uint64_t hash_text(const char *text) {
  uint64_t h = 1469598103934665603u;
  for (; text && *text; text++) h = (h ^ (unsigned char)*text) * 1099511628211u;
  return h;
}

static uint64_t bits_of(double number) {
  uint64_t bits;
  memcpy(&bits, &number, sizeof bits);
  return bits;
}

static uint64_t hash_fact(const struct fact *fact) {
  uint64_t h = mix((uintptr_t)fact->of, (uintptr_t)fact->part);
  h = mix(h, hash_text(fact->code));
  h = mix(h, bits_of(fact->number));
  h = mix(h, (uint64_t)(uint32_t)fact->from << 32 | (uint32_t)fact->to);
  return mix(h, (uint64_t)(fact->sign + 1) << 1 | fact->open);
}

/* The order in which rows and columns are said makes no other patient. */
static uint64_t hash_of(const struct person *person) {
  uint64_t h = (uint32_t)person->birth;
  for (size_t i = 0; i < person->n_facts; i++) h += hash_fact(&person->facts[i]);
  for (size_t i = 0; i < person->n_cells; i++) {
    const struct test_cell *cell = &person->cells[i];
    h += mix(mix((uintptr_t)cell->column, hash_text(cell->text)), (uint32_t)cell->date ^ bits_of(cell->number));
  }
  return h;
}

static void grow(struct people *people) {
  people->n_slots = people->n_slots ? 2 * people->n_slots : 1024;
  people->slots = NEW_ARRAY(size_t, people->n_slots);
  for (size_t i = 0; i < people->n; i++) {
    size_t slot = hash_of(people->all[i]) & (people->n_slots - 1);
    while (people->slots[slot]) slot = (slot + 1) & (people->n_slots - 1);
    people->slots[slot] = i + 1;
  }
}

/* Two with one hash of 64 bits are taken for the same. */
void people_add(struct people *people, const struct person *person) {
  if (2 * (people->n + 1) > people->n_slots) grow(people);
  uint64_t h = hash_of(person);
  size_t slot = h & (people->n_slots - 1);
  for (; people->slots[slot]; slot = (slot + 1) & (people->n_slots - 1))
    if (hash_of(people->all[people->slots[slot] - 1]) == h) return;
  if (people->n == people->room) {
    people->room = people->room ? 2 * people->room : 1024;
    people->all = memory_grow(people->all, people->room, sizeof(struct person *));
  }
  people->slots[slot] = people->n + 1;
  people->all[people->n++] = person;
}

/* ── for the engine ──────────────────────────────────────────────────────────────────────────────────────────────── */

static struct test_row row_of(const struct fact *fact) {
  const struct stream_part *part = fact->part ? fact->part : &fact->of->parts[0];
  const struct unit *unit = fact->part ? (part->unit ? part->unit : fact->of->in) : NULL;
  return (struct test_row){.table = part->table,
                           .key = part->key,
                           .value = part->value,
                           .code = fact->code,
                           .unit = unit ? unit->spellings[0] : "",
                           .number = fact->number,
                           .sign = fact->sign,
                           .from = fact->from,
                           .to = fact->to,
                           .open = fact->open};
}

struct test_patient boundary_patient(const struct person *person) {
  struct test_patient patient = {.born = person->birth == DATE_UNKNOWN ? BORN_UNKNOWN : BORN_ON,
                                 .birth = person->birth,
                                 .cells = person->cells,
                                 .n_cells = person->n_cells,
                                 .n_rows = person->n_facts};
  patient.rows = NEW_ARRAY(struct test_row, person->n_facts + 1);
  for (size_t i = 0; i < person->n_facts; i++) patient.rows[i] = row_of(&person->facts[i]);
  return patient;
}

/* A row is much to read; a bound, a decimal, or a day or result that is not the usual one, little. Two rows of one day are
 * read twice. */
unsigned boundary_cost(const struct boundary *boundary, const struct person *person) {
  unsigned cost = 12 * (unsigned)person->n_facts + 8 * (unsigned)person->n_cells + (person->birth == DATE_UNKNOWN);
  for (size_t i = 0; i < person->n_facts; i++) {
    const struct fact *fact = &person->facts[i];
    cost += fact->from != date_months_back(boundary->index, 1) && fact->from != date_months_back(boundary->index, 48);
    for (size_t j = 0; j < i; j++) cost += 3 * (person->facts[j].of == fact->of && person->facts[j].from == fact->from);
    cost += (fact->sign != 0) + !fact->open * fact->of->parts[0].table->spans;
    if (!fact->part) continue;
    struct result result = {fact->part, fact->number, fact->sign, true};
    double value = result_value(&result);
    cost += 2 * (fact->part != &fact->of->parts[0]) + 2 * (value <= fact->of->low + 1 || value >= fact->of->high - 1);
    for (double number = fact->number; number != (double)(int64_t)number && cost < 10000; number *= 10) cost++;
  }
  return cost;
}
