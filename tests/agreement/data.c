/* data.c: random patients: few dates, codes and values, so that they meet at every edge; and their files. */
#include <stdlib.h>
#include <string.h>
#include "lang/memory.h"
#include "tests/agreement/agreement.h"

/* ── cells ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *cell_of_date(struct chance *chance, const struct world *world) {
  static const char *const others[] = {"", "", "2023-02-29", "never", "1903-12-31", "2096-02-29", "2024-13-01"};
  if (chance_one_in(chance, 16)) return CHANCE_OF(chance, others);
  return date_text(world->dates[chance_below(chance, world->n_dates)]);
}

static const char *cell_of_number(struct chance *chance, bool censored, bool is_long) {
  static const char *const numbers[] = {"0", "1", "2", "2.5", "3", "5", "5", "7.4", "10", "30", "58", "58.0", "90", "100", "101", "-1", "0.1"};
  static const char *const odd[] = {"0.12345678901", "12345678901", "-0", "007", "99.999999999"};
  static const char *const others[] = {"", "", "ukendt", "5x"};
  static const char *const longest[] = {"58.000000000000007", "57.999999999999993", "0.3333333333333333", "2.5000000000000004", "123456.7890123",
                                        "0.00000000000000000001", "90071992547409931", "-0.0000001", "3.00000000000000000000000000001"};
  const char *number = CHANCE_OF(chance, numbers);
  if (chance_one_in(chance, 12)) return CHANCE_OF(chance, others);
  if (chance_one_in(chance, 60)) number = CHANCE_OF(chance, odd);
  if (is_long && chance_one_in(chance, 2)) number = CHANCE_OF(chance, longest);
  if (censored && chance_one_in(chance, 4)) return memory_print("%c%s", chance_one_in(chance, 2) ? '<' : '>', number);
  return number;
}

static const char *cell_of_code(struct chance *chance, const char *system) {
  static const char *const icpc[] = {"T90", "T89", "K74", "K75", "K76", "K77", "T9", "T901", "X1", ""};
  static const char *const atc[] = {"A10BA02", "A10BD02", "A10BD03", "A10BK01", "C10AA01", "C10AA05", "A10", "B01", ""};
  static const char *const npu[] = {"NPU1", "NPU2", "NPU3", "NPU10", "NPU15", "NPU20", "NPU21", "npu1", ""};
  if (strcmp(system, "icpc") == 0) return CHANCE_OF(chance, icpc);
  return strcmp(system, "atc") == 0 ? CHANCE_OF(chance, atc) : CHANCE_OF(chance, npu);
}

static const char *cell_of_text(struct chance *chance, const char *column, bool one_practice) {
  static const char *const texts[] = {"a", "b", "æ", "", "A"}, *const practices[] = {"P1", "P2", "P3", "P4", ""};
  if (strcmp(column, "practice") != 0) return CHANCE_OF(chance, texts);
  return one_practice && !chance_one_in(chance, 20) ? "P2" : CHANCE_OF(chance, practices);
}

static const char *cell_of(struct chance *chance, const struct world *world, const struct column *column, bool of_patient) {
  static const char *const units[] = {"", "", "", "", "", "mg/g", "mg/g", "10^-3", "mmHg", "mm Hg", "%", "pct", "g/L", "MG/G", "mol"};
  if (of_patient && column->type != COLUMN_DATE && chance_one_in(chance, 6)) return "";
  switch (column->type) {
  case COLUMN_DATE: return strcmp(column->name, "to") == 0 && chance_one_in(chance, 3) ? "" : cell_of_date(chance, world);
  case COLUMN_NUMBER: return cell_of_number(chance, !of_patient || chance_one_in(chance, 4), world->edge.long_numbers);
  case COLUMN_CODE: return cell_of_code(chance, column->system);
  case COLUMN_UNIT: return CHANCE_OF(chance, units);
  case COLUMN_LIST: return of_patient && chance_one_in(chance, 8) ? "other" : column->choices[chance_below(chance, (uint32_t)column->n_choices)];
  default: return cell_of_text(chance, column->name, world->edge.one_practice);
  }
}

/* ── patients ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_patients(const struct table *table) { return strcmp(table->name, "patients") == 0; }

static struct lines lines_of_chance(struct chance *chance, const struct world *world, const struct table *table, bool crowded) {
  static const uint32_t sizes[] = {0, 1, 2, 3, 4, 6, 9, 12};
  struct lines lines = {.n = is_patients(table) ? 1 : crowded ? CHANCE_OF(chance, sizes) : chance_below(chance, 3)};
  if (crowded && !is_patients(table) && chance_one_in(chance, 100)) lines.n = 70;
  lines.all = NEW_ARRAY(struct line, lines.n + 1);
  for (size_t i = 0; i < lines.n; i++) {
    /* The same row twice, word for word, now and then: each counts. */
    if (i && chance_one_in(chance, 12)) lines.all[i] = lines.all[i - 1];
    else for (size_t c = 0; c < table->n_columns; c++) lines.all[i].cells[c] = cell_of(chance, world, table->columns[c], is_patients(table));
  }
  return lines;
}

/* Results of one code and no unit: so they are all of one segment. */
static struct lines results_of_chance(struct chance *chance, const struct world *world, const struct table *table) {
  struct lines lines = {NEW_ARRAY(struct line, world->edge.n_results), world->edge.n_results};
  for (size_t i = 0; i < lines.n; i++)
    for (size_t c = 0; c < table->n_columns; c++) {
      int type = (int)table->columns[c]->type;
      lines.all[i].cells[c] = type == COLUMN_CODE ? "NPU1" : type == COLUMN_UNIT ? "" : cell_of(chance, world, table->columns[c], false);
    }
  return lines;
}

struct people people_of_chance(struct chance *chance, const struct program *program, const struct world *world, size_t n) {
  struct people people = {NEW_ARRAY(struct patient, n + 1), n};
  for (size_t i = 0; i < n; i++) {
    struct patient *patient = &people.all[i];
    patient->id = memory_print("p%u", (unsigned)(i * 7919 % 100003));
    for (size_t t = 0; t < program->n_tables; t++) patient->tables[t] = lines_of_chance(chance, world, program->tables[t], n < 1000);
    for (size_t t = 0; t < program->n_tables && i == 0 && world->edge.n_results; t++)
      if (strcmp(program->tables[t]->name, "labs") == 0) patient->tables[t] = results_of_chance(chance, world, program->tables[t]);
  }
  return people;
}

/* ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A row of a file: whose, and its cells. */
struct written { const char *id; const struct line *line; };

static void add_rows(const struct people *people, const struct table *table, struct written **rows, size_t *n) {
  for (size_t i = 0; i < people->n; i++) {
    const struct lines *lines = &people->all[i].tables[table->number];
    for (size_t j = 0; j < lines->n; j++) {
      *rows = memory_grow(*rows, *n + 1, sizeof **rows);
      (*rows)[(*n)++] = (struct written){people->all[i].id, &lines->all[j]};
    }
  }
}

static void shuffle(struct chance *chance, struct written *rows, size_t n) {
  for (size_t i = n; i > 1; i--) {
    size_t other = chance_below(chance, (uint32_t)i);
    struct written row = rows[i - 1];
    rows[i - 1] = rows[other];
    rows[other] = row;
  }
}

static void write_table(const struct table *table, const struct written *rows, size_t n, const char *folder) {
  FILE *file = fopen(memory_print("%s/%s.csv", folder, table->name), "w");
  if (!file) {
    perror(folder);
    exit(1);
  }
  fputs("patient", file);
  for (size_t c = 0; c < table->n_columns; c++) fprintf(file, ",%s", table->columns[c]->name);
  for (size_t i = 0; i < n; i++) {
    fprintf(file, "\n%s", rows[i].id);
    for (size_t c = 0; c < table->n_columns; c++) fprintf(file, ",%s", rows[i].line->cells[c]);
  }
  fputs("\n", file);
  if (fclose(file) != 0) {
    perror(folder);
    exit(1);
  }
}

void people_write(const struct people *people, const struct program *program, const char *folder, struct chance *chance,
                  const struct people *twice) {
  for (size_t t = 0; t < program->n_tables; t++) {
    struct written *rows = NULL;
    size_t n = 0;
    add_rows(people, program->tables[t], &rows, &n);
    if (twice && is_patients(program->tables[t])) add_rows(twice, program->tables[t], &rows, &n);
    shuffle(chance, rows, n);
    write_table(program->tables[t], rows, n, folder);
  }
}
