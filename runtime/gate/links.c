/* links.c: what one indicator's counts say of another's.
 *
 * Who knows the rules knows that two indicators have one denominator, or that the patients of one are those of three others. The
 * gate does not know the rules; it takes for such a tie what holds in every practice: that a sum of cells of one sheet is that of
 * another, or the sum of two or three others. What holds by chance in few practices is a tie as well, which hides more than it must. */
#include <stdlib.h>
#include <string.h>
#include "runtime/gate/system.h"
#include "runtime/memory/memory.h"

#define PRIME          1000003   /* ties are compared in numbers modulo it */
#define TWO_PRACTICES  4         /* a sum of two is a tie where it holds in so many practices at least … */
#define THREE_PRACTICES 6        /* … and a sum of three */

/* A sum of leaves of a sheet's wholes, practice by practice. The mark of a sum of such is the sum of their marks. */
struct item { uint32_t sheet; unsigned leaves; const int32_t *value; uint64_t mark; };
/* Ties found, in echelon form: [tie × n_columns + column]. */
struct basis { int64_t *rows; uint32_t *pivots, n; };
struct links {
  struct system *system;
  struct item *items, *kept;     /* all, and one of each that are alike, by mark */
  uint32_t n_items, n_kept;
  int32_t *values;
  uint32_t n_columns;
  struct basis wholes, bands;    /* of ties among wholes; and of those that hold in all bands too */
};

/* ── items ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_item(struct links *links, uint32_t sheet, unsigned leaves) {
  const struct system *system = links->system;
  uint32_t n = system->gate->n_practices;
  int32_t *value = &links->values[(size_t)links->n_items * n], any = 0;
  uint64_t mark = 0, weight = UINT64_C(0x9e3779b97f4a7c15);
  for (uint32_t p = 0; p < n; p++, weight = weight * UINT64_C(6364136223846793005) + 1) {
    value[p] = 0;
    for (enum leaf leaf = 0; leaf < N_LEAVES; leaf++)
      if (leaves >> leaf & 1) value[p] += system->value[system_cell(system, sheet, 0, p, leaf)];
    mark += weight * (uint64_t)value[p];
    any |= value[p];
  }
  if (any) links->items[links->n_items++] = (struct item){sheet, leaves, value, mark};
}

static bool is_alike(const struct links *links, const struct item *a, const struct item *b) {
  return a->mark == b->mark && memcmp(a->value, b->value, links->system->gate->n_practices * sizeof *a->value) == 0;
}

static int compare_items(const void *left, const void *right) {
  const struct item *a = left, *b = right;
  if (a->mark != b->mark) return a->mark < b->mark ? -1 : 1;
  if (a->sheet != b->sheet) return a->sheet < b->sheet ? -1 : 1;
  return a->leaves < b->leaves ? -1 : a->leaves > b->leaves;
}

static void gather_items(struct links *links) {
  const struct gate *gate = links->system->gate;
  for (uint32_t s = 0; s < gate->n_sheets; s++) {
    for (enum leaf leaf = 0; leaf < N_LEAVES; leaf++) add_item(links, s, 1u << leaf);
    add_item(links, s, system_leaves(gate->sheets[s].kind, GATE_DENOMINATOR));
    add_item(links, s, system_leaves(gate->sheets[s].kind, GATE_POPULATION));
  }
  qsort(links->items, links->n_items, sizeof *links->items, compare_items);
}

/* ── ties ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static int64_t power(int64_t base, int64_t exponent) {
  int64_t result = 1;
  for (; exponent > 0; exponent >>= 1, base = base * base % PRIME)
    if (exponent & 1) result = result * base % PRIME;
  return result;
}

/* Whether a tie says more than those found before; it is then one of them. */
static bool says_more(const struct links *links, struct basis *basis, const int8_t *tie) {
  uint32_t n = links->n_columns, pivot = 0;
  if (basis->n == n) return false;
  int64_t *row = &basis->rows[(size_t)basis->n * n];
  for (uint32_t i = 0; i < n; i++) row[i] = (tie[i] + PRIME) % PRIME;
  for (uint32_t k = 0; k < basis->n; k++) {
    int64_t factor = row[basis->pivots[k]];
    for (uint32_t i = 0; factor && i < n; i++) row[i] = (row[i] + (PRIME - factor) * basis->rows[(size_t)k * n + i]) % PRIME;
  }
  while (pivot < n && row[pivot] == 0) pivot++;
  if (pivot == n) return false;
  int64_t inverse = power(row[pivot], PRIME - 2);
  for (uint32_t i = 0; i < n; i++) row[i] = row[i] * inverse % PRIME;
  basis->pivots[basis->n++] = pivot;
  return true;
}

/* The tie in one row of every practice; rows[sheet] is the row. */
static void add_relation(struct links *links, const int8_t *tie, const uint32_t *rows) {
  struct system *system = links->system;
  for (uint32_t p = 0; p < system->gate->n_practices; p++) {
    struct line line = {.kind = LINE_RELATION, .practice = p};
    for (uint32_t i = 0; i < links->n_columns; i++) {
      if (!tie[i]) continue;
      system_add_member(system, system_cell(system, i / N_LEAVES, rows[i / N_LEAVES], p, i % N_LEAVES), tie[i]);
      line.sheet = i / N_LEAVES;
    }
    system_add_line(system, line);
  }
}

static bool holds_in_rows(const struct links *links, const int8_t *tie, const uint32_t *rows) {
  const struct system *system = links->system;
  for (uint32_t p = 0; p < system->gate->n_practices; p++) {
    int64_t sum = 0;
    for (uint32_t i = 0; i < links->n_columns; i++)
      if (tie[i]) sum += tie[i] * system->value[system_cell(system, i / N_LEAVES, rows[i / N_LEAVES], p, i % N_LEAVES)];
    if (sum != 0) return false;
  }
  return true;
}

static uint32_t row_with_label(const struct gate_sheet *sheet, uint32_t label) {
  for (uint32_t band = 0; band < sheet->n_bands; band++)
    if (sheet->label[band] == label) return 1 + band;
  return 0;
}

/* The rows of a band in all sheets of a tie; false where one of them has no such band. Nobody is outside a band. */
static bool find_rows(const struct links *links, const int8_t *tie, uint32_t label, uint32_t *rows) {
  for (uint32_t i = 0; i < links->n_columns; i++) {
    if (!tie[i]) continue;
    rows[i / N_LEAVES] = row_with_label(&links->system->gate->sheets[i / N_LEAVES], label);
    if (rows[i / N_LEAVES] == 0 || i % N_LEAVES == LEAF_OUTSIDE) return false;
  }
  return true;
}

/* The same tie among the bands that the sheets have in common, where it holds in all of them. */
static void add_to_bands(struct links *links, const int8_t *tie, const struct gate_sheet *sheet) {
  uint32_t *rows = memory_take(links->system->gate->n_sheets, sizeof *rows);
  bool any = false, all = true;
  for (uint32_t band = 0; band < sheet->n_bands; band++) {
    if (!find_rows(links, tie, sheet->label[band], rows)) continue;
    any = true;
    all &= holds_in_rows(links, tie, rows);
  }
  if (any && all && says_more(links, &links->bands, tie))
    for (uint32_t band = 0; band < sheet->n_bands; band++)
      if (find_rows(links, tie, sheet->label[band], rows)) add_relation(links, tie, rows);
  free(rows);
}

static uint32_t group_of(uint32_t *groups, uint32_t sheet) {
  while (groups[sheet] != sheet) sheet = groups[sheet] = groups[groups[sheet]];
  return sheet;
}

static void join(struct system *system, uint32_t a, uint32_t b) {
  uint32_t *groups = system->group_of;
  a = group_of(groups, a), b = group_of(groups, b);
  groups[a > b ? a : b] = a < b ? a : b;
}

static bool is_population(const struct links *links, const struct item *item) {
  const struct system *system = links->system;
  for (uint32_t p = 0; p < system->gate->n_practices; p++)
    if ((uint32_t)item->value[p] != system_figure(system, item->sheet, 0, p)->count[GATE_POPULATION]) return false;
  return true;
}

/* That an item is the sum of some others. That all sheets have one population is a tie, but no reason to take them for one group. */
static void add_tie(struct links *links, const struct item *whole, const struct item *const *parts, uint32_t n) {
  int8_t *tie = memory_take(links->n_columns, sizeof *tie);
  for (enum leaf leaf = 0; leaf < N_LEAVES; leaf++) {
    tie[whole->sheet * N_LEAVES + leaf] = (int8_t)(whole->leaves >> leaf & 1);
    for (uint32_t i = 0; i < n; i++)
      tie[parts[i]->sheet * N_LEAVES + leaf] = (int8_t)(tie[parts[i]->sheet * N_LEAVES + leaf] - (parts[i]->leaves >> leaf & 1));
  }
  uint32_t *rows = memory_take(links->system->gate->n_sheets, sizeof *rows);
  add_to_bands(links, tie, &links->system->gate->sheets[whole->sheet]);
  if (says_more(links, &links->wholes, tie)) {
    add_relation(links, tie, rows);
    for (uint32_t i = 0; i < n && !is_population(links, whole); i++) join(links->system, whole->sheet, parts[i]->sheet);
  }
  free(rows);
  free(tie);
}

/* Where nobody is in any practice, a reader may know why: nobody is outside the population, and a number is known or unknown. */
static void tie_nobody(struct links *links) {
  const struct gate *gate = links->system->gate;
  int8_t *tie = memory_take(links->n_columns, sizeof *tie);
  uint32_t *rows = memory_take(gate->n_sheets, sizeof *rows);
  for (uint32_t i = 0; i < links->n_columns; i++) {
    const struct gate_sheet *sheet = &gate->sheets[i / N_LEAVES];
    tie[i] = 1;
    if (holds_in_rows(links, tie, rows) && says_more(links, &links->wholes, tie))
      for (rows[i / N_LEAVES] = 0; rows[i / N_LEAVES] <= sheet->n_bands; rows[i / N_LEAVES]++)
        if (rows[i / N_LEAVES] == 0 || i % N_LEAVES != LEAF_OUTSIDE) add_relation(links, tie, rows);
    rows[i / N_LEAVES] = 0;
    tie[i] = 0;
  }
  free(rows);
  free(tie);
}

/* The kept item that is the sum of some; NULL where there is none. */
static const struct item *find_sum(const struct links *links, const struct item *const *parts, uint32_t n) {
  uint64_t mark = 0;
  for (uint32_t i = 0; i < n; i++) mark += parts[i]->mark;
  uint32_t low = 0, high = links->n_kept;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (links->kept[middle].mark < mark) low = middle + 1;
    else high = middle;
  }
  if (low == links->n_kept || links->kept[low].mark != mark) return NULL;
  for (uint32_t p = 0; p < links->system->gate->n_practices; p++) {
    int64_t sum = 0;
    for (uint32_t i = 0; i < n; i++) sum += parts[i]->value[p];
    if (sum != links->kept[low].value[p]) return NULL;
  }
  return &links->kept[low];
}

static bool is_leaf(const struct item *item) { return (item->leaves & (item->leaves - 1)) == 0; }

/* Cells that are the same come first: they become one cell, which no other tie can do for them. */
static void tie_equals(struct links *links) {
  for (int leaves = 1; leaves >= 0; leaves--)
    for (uint32_t i = 0, first = 0; i < links->n_items; i++) {
      const struct item *items = links->items;
      if (!is_alike(links, &items[first], &items[i])) first = i;
      for (uint32_t k = first; k < i; k++)
        if ((is_leaf(&items[k]) && is_leaf(&items[i])) == leaves) {
          add_tie(links, &items[k], (const struct item *const[]){&items[i]}, 1);
          break;
        }
    }
}

/* Sums of counts are looked for among those of one date: of two dates no rule makes any, and chance many. */
static void tie_sums(struct links *links, uint32_t date) {
  links->n_kept = 0;
  for (uint32_t i = 0; i < links->n_items; i++)
    if (links->system->gate->sheets[links->items[i].sheet].date == date &&
        (links->n_kept == 0 || !is_alike(links, &links->kept[links->n_kept - 1], &links->items[i])))
      links->kept[links->n_kept++] = links->items[i];
  uint32_t n = links->n_kept, n_practices = links->system->gate->n_practices;
  for (uint32_t i = 0; i < n && n_practices >= TWO_PRACTICES; i++)
    for (uint32_t j = i; j < n; j++) {
      const struct item *parts[3] = {&links->kept[i], &links->kept[j], NULL}, *whole = find_sum(links, parts, 2);
      if (whole) add_tie(links, whole, parts, 2);
      for (uint32_t k = j; k < n && n_practices >= THREE_PRACTICES; k++) {
        parts[2] = &links->kept[k];
        whole = find_sum(links, parts, 3);
        if (whole) add_tie(links, whole, parts, 3);
      }
    }
}

/* ── counts that are the same ────────────────────────────────────────────────────────────────────────────────────── */

static bool is_equal_count(const struct system *system, uint32_t a, uint32_t b) {
  uint32_t any = 0;
  for (uint32_t p = 0; p < system->gate->n_practices; p++) {
    uint32_t one = system_figure(system, a / GATE_COUNTS, 0, p)->count[a % GATE_COUNTS];
    if (one != system_figure(system, b / GATE_COUNTS, 0, p)->count[b % GATE_COUNTS]) return false;
    any |= one;
  }
  return any;
}

static void find_classes(struct system *system) {
  uint32_t n = system->gate->n_sheets * GATE_COUNTS;
  system->class_of = memory_take(n, sizeof *system->class_of);
  for (uint32_t i = 0; i < n; i++)
    for (system->class_of[i] = 0; system->class_of[i] < i && !is_equal_count(system, system->class_of[i], i);)
      system->class_of[i]++;
}

static void open_basis(const struct links *links, struct basis *basis) {
  basis->rows = memory_take((size_t)links->n_columns * links->n_columns, sizeof *basis->rows);
  basis->pivots = memory_take(links->n_columns, sizeof *basis->pivots);
}

static void close_basis(struct basis *basis) {
  free(basis->rows);
  free(basis->pivots);
}

void system_link(struct system *system) {
  const struct gate *gate = system->gate;
  uint32_t most = gate->n_sheets * (N_LEAVES + 2);
  struct links links = {.system = system, .n_columns = gate->n_sheets * N_LEAVES};
  links.items = memory_take(most, sizeof *links.items);
  links.kept = memory_take(most, sizeof *links.kept);
  links.values = memory_take((size_t)most * gate->n_practices, sizeof *links.values);
  open_basis(&links, &links.wholes);
  open_basis(&links, &links.bands);
  system->group_of = memory_take(gate->n_sheets, sizeof *system->group_of);
  for (uint32_t s = 0; s < gate->n_sheets; s++) system->group_of[s] = s;
  find_classes(system);
  gather_items(&links);
  tie_nobody(&links);
  tie_equals(&links);
  for (uint32_t s = 0; s < gate->n_sheets; s++)
    if (s == 0 || gate->sheets[s].date != gate->sheets[s - 1].date) tie_sums(&links, gate->sheets[s].date);
  for (uint32_t m = 0; m < gate->n_moves; m++) join(system, gate->moves[m].before, gate->moves[m].now);
  for (uint32_t s = 0; s < gate->n_sheets; s++) system->group_of[s] = group_of(system->group_of, s);
  free(links.items);
  free(links.kept);
  free(links.values);
  close_basis(&links.wholes);
  close_basis(&links.bands);
}
