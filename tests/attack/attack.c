/* attack.c: `attack PUBLISHED.csv TRUTH.csv [small]`: the reader of gate_attack.h, given what a run of pack.kly has written and nothing
 * else, works the hidden counts back. TRUTH is the same run with nothing hidden, by which it is told whether a count was got back. With
 * `small` that reader is shown all but the small counts, as if they alone were hidden: then there must be something to get back.
 *
 * Also held against each other: what is shown is true; what is <5 is small; no value or interval is told of hidden counts. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"
#include "tests/unit/gate_attack.h"

enum { MOST_COLUMNS = 64, MOST_ROWS = 4000, MOST_BANDS = 8, N_INDICATORS = 9 };

/* A file as CSV: cells of texts; the first row is the header. No cell of pack.kly's is quoted. */
struct sheet { char *cells[MOST_ROWS][MOST_COLUMNS]; size_t n_rows, n_columns; char *text; };

struct written {
  struct gate gate;
  struct sheet *shown, *truth;
  const char *practices[MOST_ROWS];    /* then "*", the cluster */
  bool only_small;
  int wrong;
};

/* ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct sheet *read_sheet(const char *path) {
  FILE *file = fopen(path, "rb");
  struct sheet *sheet = memory_take(1, sizeof *sheet);
  size_t room = 4 << 20;
  if (!file) exit(2);
  sheet->text = memory_take(room, 1);
  sheet->text[fread(sheet->text, 1, room - 1, file)] = '\0';
  fclose(file);
  for (char *line = sheet->text; *line && sheet->n_rows < MOST_ROWS; sheet->n_rows++) {
    char *end = line + strcspn(line, "\n"), *next = *end ? end + 1 : end;
    *end = '\0';
    size_t n = 0;
    for (char *cell = line; cell && n < MOST_COLUMNS;) {
      char *comma = strchr(cell, ',');
      sheet->cells[sheet->n_rows][n++] = cell;
      if (comma) *comma = '\0';
      cell = comma ? comma + 1 : NULL;
    }
    if (!sheet->n_rows) sheet->n_columns = n;
    line = next;
  }
  return sheet;
}

static size_t column_of(const struct sheet *sheet, const char *name) {
  for (size_t i = 0; i < sheet->n_columns; i++)
    if (strcmp(sheet->cells[0][i], name) == 0) return i;
  fprintf(stderr, "no column %s\n", name);
  exit(2);
}

static const char *cell_in(const struct sheet *sheet, size_t row, const char *column) { return sheet->cells[row][column_of(sheet, column)]; }

/* The row of an indicator, a practice and a band; 0 where there is none. */
static size_t find_row(const struct sheet *sheet, const char *indicator, const char *practice, const char *band) {
  for (size_t row = 1; row < sheet->n_rows; row++)
    if (strcmp(cell_in(sheet, row, "indicator"), indicator) == 0 && strcmp(cell_in(sheet, row, "practice"), practice) == 0 &&
        strcmp(cell_in(sheet, row, "band"), band) == 0)
      return row;
  return 0;
}

static void complain(struct written *written, const char *what, size_t row, const char *column) {
  written->wrong++;
  printf("%s: %s of %s in %s, band %s: %s\n", what, column, cell_in(written->shown, row, "indicator"), cell_in(written->shown, row, "practice"),
         cell_in(written->shown, row, "band"), cell_in(written->shown, row, column));
}

/* A count as it stands there: a number, <5 or hidden. */
static uint8_t read_count(struct written *written, size_t row, size_t true_row, const char *column, uint32_t *count) {
  const char *shown = cell_in(written->shown, row, column);
  *count = (uint32_t)strtoul(cell_in(written->truth, true_row, column), NULL, 10);
  if (shown[0] >= '0' && shown[0] <= '9') {
    if ((uint32_t)strtoul(shown, NULL, 10) != *count) complain(written, "a count that is not true", row, column);
    if (*count && *count < written->gate.limit) complain(written, "a small count", row, column);
    return GATE_SHOWN;
  }
  bool is_small = shown[0] == '<';
  if (is_small && (*count == 0 || *count >= written->gate.limit)) complain(written, "no small count", row, column);
  if (written->only_small) return *count && *count < written->gate.limit ? GATE_SMALL : GATE_SHOWN;
  return is_small ? GATE_SMALL : GATE_HIDDEN;
}

/* ── sheets ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *column_at(bool before, const char *name, char out[64]) {
  snprintf(out, 64, "%s%s", before ? "before_" : "", name);
  return out;
}

/* A value is told only where the counts are that it is made of. */
static void read_figure(struct written *written, enum gate_kind kind, const char *indicator, const char *practice, const char *band, bool before,
                        struct gate_figure *figure) {
  static const char *const names[GATE_COUNTS] = {"population", "denominator", "numerator", "unknown"}, *const values[] = {"value", "low", "high"};
  size_t row = find_row(written->shown, indicator, practice, band), true_row = find_row(written->truth, indicator, practice, band);
  char column[64];
  if (!row || !true_row) return;
  for (int i = 0; i < GATE_COUNTS; i++)
    figure->state[i] = read_count(written, row, true_row, column_at(before, names[i], column), &figure->count[i]);
  bool may = figure->state[GATE_NUMERATOR] == GATE_SHOWN && (kind == GATE_NUMBERS || figure->state[GATE_DENOMINATOR] == GATE_SHOWN);
  for (int i = 0; i < 3 && !may; i++)
    if (*cell_in(written->shown, row, column_at(before, values[i], column))) complain(written, "a value of hidden counts", row, column);
  if (!may && !before && *cell_in(written->shown, row, "adjusted")) complain(written, "a value of hidden counts", row, "adjusted");
  if (!may && *cell_in(written->shown, row, "change")) complain(written, "a change of hidden counts", row, "change");
}

static const char *const INDICATORS[N_INDICATORS] = {"high", "high_of_all", "treated", "treated_high", "number", "level", "middle", "spread", "visits"};
enum { HIGH, HIGH_OF_ALL, TREATED, TREATED_HIGH, NUMBER, LEVEL, MIDDLE, SPREAD, VISITS };
/* pack.kly has two divisions of two bands each. */
static const char *const BANDS[] = {"<50", "50+", "female", "male"};
static const uint32_t STRATA[] = {0, 0, 1, 1}, LABELS[] = {0, 1, 2, 3};

static enum gate_kind kind_of(uint32_t indicator) {
  if (indicator == VISITS) return GATE_EVENTS;
  return indicator == LEVEL || indicator == MIDDLE || indicator == SPREAD ? GATE_NUMBERS : GATE_PATIENTS;
}

/* `high` is told apart by both divisions, `high_of_all` and `visits` by sex alone. */
static uint32_t first_band(uint32_t indicator) { return indicator == HIGH ? 0 : indicator == HIGH_OF_ALL || indicator == VISITS ? 2 : 4; }

static void add_sheet(struct written *written, uint32_t indicator, bool before) {
  uint32_t n = written->gate.n_practices, first = first_band(indicator);
  struct gate_sheet *sheet = &written->gate.sheets[written->gate.n_sheets++];
  *sheet = (struct gate_sheet){.kind = kind_of(indicator), .date = before, .n_bands = 4 - first, .stratum = STRATA + first, .label = LABELS + first};
  sheet->figures = memory_take((size_t)(1 + sheet->n_bands) * (n + 1), sizeof *sheet->figures);
  for (uint32_t row = 0; row <= sheet->n_bands; row++)
    for (uint32_t p = 0; p <= n; p++)
      read_figure(written, sheet->kind, INDICATORS[indicator], written->practices[p], row ? BANDS[first + row - 1] : "", before,
                  &sheet->figures[(size_t)row * (n + 1) + p]);
}

/* What became of patients: the true counts where the attack looks for them. */
static void read_movement(struct written *written, uint32_t indicator, uint32_t practice, struct gate_movement *movement) {
  static const char *const names[GATE_MOVES] = {"became_yes", "became_no", "stayed_yes", "stayed_no", "arrived", "left"};
  uint32_t *const places[GATE_MOVES] = {&movement->patients[GATE_NO][GATE_YES], &movement->patients[GATE_YES][GATE_NO], &movement->patients[GATE_YES][GATE_YES],
                                        &movement->patients[GATE_NO][GATE_NO], &movement->patients[GATE_OUTSIDE][GATE_NO], &movement->patients[GATE_NO][GATE_OUTSIDE]};
  size_t row = find_row(written->shown, INDICATORS[indicator], written->practices[practice], ""), true_row = find_row(written->truth, INDICATORS[indicator], written->practices[practice], "");
  for (int i = 0; i < GATE_MOVES; i++) movement->state[i] = read_count(written, row, true_row, names[i], places[i]);
}

static void add_moves(struct written *written, uint32_t indicator) {
  struct gate_moves *moves = &written->gate.moves[written->gate.n_moves++];
  *moves = (struct gate_moves){N_INDICATORS + indicator, indicator, memory_take(written->gate.n_practices + 1, sizeof *moves->movements)};
  for (uint32_t p = 0; p <= written->gate.n_practices; p++) read_movement(written, indicator, p, &moves->movements[p]);
}

static void find_practices(struct written *written) {
  for (size_t row = 1; row < written->shown->n_rows; row++)
    if (strcmp(cell_in(written->shown, row, "indicator"), "number") == 0) written->practices[written->gate.n_practices++] = cell_in(written->shown, row, "practice");
  written->gate.n_practices--;
}

static void read_gate(struct written *written) {
  find_practices(written);
  written->gate.sheets = memory_take(2 * N_INDICATORS, sizeof *written->gate.sheets);
  written->gate.moves = memory_take(N_INDICATORS, sizeof *written->gate.moves);
  for (int before = 0; before < 2; before++)
    for (uint32_t i = 0; i < N_INDICATORS; i++) add_sheet(written, i, before);
  for (uint32_t i = 0; i <= NUMBER; i++) add_moves(written, i);
}

/* ── the attack ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Somebody who has read pack.kly knows whose patients are whose. */
static void tie(struct attack *attack, const struct gate *gate, uint32_t first) {
  const unsigned everybody = IN_YES | IN_NO | IN_UNKNOWN | IN_OUTSIDE;
  attack_tie(attack, first + HIGH_OF_ALL, IN_YES, first + HIGH, IN_YES);
  attack_tie(attack, first + HIGH_OF_ALL, IN_NO, first + HIGH, IN_NO);
  attack_tie(attack, first + HIGH_OF_ALL, IN_UNKNOWN, first + HIGH, IN_OUTSIDE);
  attack_tie(attack, first + TREATED, IN_YES, first + NUMBER, IN_YES);
  attack_tie(attack, first + TREATED, IN_NO, first + NUMBER, IN_NO);
  attack_tie(attack, first + TREATED_HIGH, IN_YES | IN_NO, first + HIGH, IN_YES);
  attack_tie(attack, first + LEVEL, IN_YES, first + MIDDLE, IN_YES);
  attack_tie(attack, first + LEVEL, IN_YES, first + SPREAD, IN_YES);
  for (uint32_t i = 1; i < N_INDICATORS; i++)
    attack_tie(attack, first + i, gate->sheets[first + i].kind == GATE_EVENTS ? everybody & ~(unsigned)IN_YES : everybody, first, everybody);
}

static uint32_t attack_all(const struct gate *gate) {
  struct attack *attack = attack_open(gate);
  const char *example = "";
  uint32_t all;
  tie(attack, gate, 0);
  tie(attack, gate, N_INDICATORS);
  uint32_t back = attack_by_bounds(attack, &example), hidden = attack_hidden(attack, &all), few = attack_few(gate);
  printf("hidden %u of %u, got back %u %s, few %u\n", hidden, all, back, back ? example : "", few);
  attack_close(attack);
  return back + few;
}

static void free_sheet(struct sheet *sheet) {
  free(sheet->text);
  free(sheet);
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  struct written written = {.gate = {.limit = 5}, .only_small = argc > 3, .shown = read_sheet(argv[1]), .truth = read_sheet(argv[2])};
  read_gate(&written);
  uint32_t back = attack_all(&written.gate);
  for (uint32_t i = 0; i < written.gate.n_sheets; i++) free(written.gate.sheets[i].figures);
  for (uint32_t i = 0; i < written.gate.n_moves; i++) free(written.gate.moves[i].movements);
  free(written.gate.sheets);
  free(written.gate.moves);
  free_sheet(written.shown);
  free_sheet(written.truth);
  return back || written.wrong;
}
