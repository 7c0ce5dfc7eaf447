/* rows.c: which rows of a patient an expression looks at: those of its stream, inside its windows, and of these the cut. */
#include <stdlib.h>
#include <string.h>
#include "lang/memory.h"
#include "tests/agreement/agreement.h"

/* ── one row ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

bool number_read(const char *text, double *number, int *sign) {
  char *end;
  *sign = *text == '<' ? -1 : *text == '>' ? 1 : 0;
  if (*sign) text++;
  *number = strtod(text, &end);
  return end != text && *end == 0;
}

static const char *cell_named(const struct table *table, const struct line *line, const char *name) {
  for (size_t i = 0; i < table->n_columns; i++)
    if (strcmp(table->columns[i]->name, name) == 0) return line->cells[i];
  return NULL;
}

/* A row without a date, or with one that cannot be read, is not read. */
static bool read_dates(const struct table *table, const struct line *line, struct entry *entry) {
  entry->end = INT32_MAX;
  if (!table->spans) return date_read(cell_named(table, line, "date"), &entry->date);
  const char *to = cell_named(table, line, "to");
  return date_read(cell_named(table, line, "from"), &entry->date) && (!*to || date_read(to, &entry->end));
}

/* A unit as the declarations label it. */
static const char *unit_label(const struct program *program, const char *spelt) {
  for (size_t i = 0; i < program->n_units; i++)
    for (size_t j = 0; j < program->units[i]->n_spellings; j++)
      if (strcmp(program->units[i]->spellings[j], spelt) == 0) return program->units[i]->spellings[0];
  return spelt;
}

/* Whether a `from` takes a row, by its code and its unit. An empty unit is the one that the `from` declares. */
static bool takes(const struct program *program, const struct stream_part *part, const struct line *line) {
  if (part->set && !code_set_has(part->set, part->key->system ? part->key->system : "", line->cells[part->key->number])) return false;
  if (!part->unit) return true;
  const char *unit = cell_named(part->table, line, "unit");
  return !*unit || strcmp(unit_label(program, unit), part->unit->spellings[0]) == 0;
}

/* Division by 0 is unknown. */
static bool convert(const struct formula *formula, double value, double *result) {
  double a, b = 0;
  if (formula->kind == FORMULA_VALUE || formula->kind == FORMULA_NUMBER) {
    *result = formula->kind == FORMULA_VALUE ? value : formula->number;
    return true;
  }
  if (!convert(formula->a, value, &a) || (formula->b && !convert(formula->b, value, &b))) return false;
  switch (formula->kind) {
  case FORMULA_ADD: *result = a + b; return true;
  case FORMULA_SUBTRACT: *result = a - b; return true;
  case FORMULA_MULTIPLY: *result = a * b; return true;
  case FORMULA_DIVIDE: *result = a / b; return b != 0;
  default: *result = -a; return true;
  }
}

static bool read_value(const struct stream *stream, const struct stream_part *part, const struct line *line, struct entry *entry) {
  if (stream->kind != STREAM_SERIES) return true;
  if (!number_read(line->cells[part->value->number], &entry->value, &entry->sign)) return false;
  if (part->formula && !convert(part->formula, entry->value, &entry->value)) return false;
  return entry->value >= stream->low && entry->value <= stream->high;
}

/* ── windows ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct days { int32_t first, last; };

/* All limits hold at once, and what comes after the index date does not exist. False where a date is unknown. */
static bool window_of_patient(const struct asked *asked, const struct rows *rows, struct days *days) {
  *days = (struct days){INT32_MIN, asked->index};
  for (size_t i = 0; i < rows->n_limits; i++) {
    const struct limit *limit = &rows->limits[i];
    struct value low = {.known = true, .date = INT32_MIN}, high = {.known = true, .date = INT32_MAX};
    if (limit->low) low = evaluate(asked, limit->low);
    if (limit->high) high = evaluate(asked, limit->high);
    if (!low.known || !high.known) return false;
    if (low.date > days->first) days->first = low.date;
    if (high.date < days->last) days->last = high.date;
  }
  return true;
}

/* A span is the days from its first to the one before its end, and is in a window when they have a day in common. */
static bool is_inside(const struct stream *stream, const struct entry *entry, struct days days) {
  if (stream->kind != STREAM_SPANS) return entry->date >= days.first && entry->date <= days.last;
  int32_t first = entry->date > days.first ? entry->date : days.first;
  int32_t last = entry->end - 1 < days.last ? entry->end - 1 : days.last;
  return first <= last;
}

/* ── order and cut ───────────────────────────────────────────────────────────────────────────────────────────────── */

int entry_compare_size(const struct entry *a, const struct entry *b) {
  if (a->value != b->value) return a->value < b->value ? -1 : 1;
  return a->sign - b->sign;
}

static int compare_entries(const void *a, const void *b) {
  const struct entry *x = a, *y = b;
  if (x->date != y->date) return x->date < y->date ? -1 : 1;
  return entry_compare_size(x, y);
}

/* Whether the later date is at least so much after the earlier one. */
static bool is_apart(int32_t earlier, int32_t later, struct duration apart) { return apart.n == 0 || earlier <= date_before(later, apart); }

static void cut(struct entries *entries, const struct rows *rows) {
  bool last = rows->cut == CUT_LAST;
  struct entry *kept = NEW_ARRAY(struct entry, entries->n + 1);
  size_t n = 0;
  for (size_t i = 0; i < entries->n && n < (size_t)rows->n; i++) {
    const struct entry *entry = &entries->all[last ? entries->n - 1 - i : i];
    const struct entry *before = n ? &kept[n - 1] : NULL;
    if (!before || is_apart(last ? entry->date : before->date, last ? before->date : entry->date, rows->apart)) kept[n++] = *entry;
  }
  qsort(kept, n, sizeof *kept, compare_entries);
  *entries = (struct entries){kept, n, entries->known, n == (size_t)rows->n};
}

/* ── all of it ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Adds the rows that a `from` takes and none before it. */
static void add_part(const struct asked *asked, const struct stream *stream, size_t part, struct days days, struct entries *entries) {
  const struct table *table = stream->parts[part].table;
  const struct lines *lines = &asked->patient->tables[table->number];
  for (size_t i = 0; i < lines->n; i++) {
    struct entry entry = {0};
    bool taken = false;
    for (size_t j = 0; j < part && !taken; j++) taken = stream->parts[j].table == table && takes(asked->program, &stream->parts[j], &lines->all[i]);
    if (taken || !takes(asked->program, &stream->parts[part], &lines->all[i])) continue;
    if (!read_dates(table, &lines->all[i], &entry) || !read_value(stream, &stream->parts[part], &lines->all[i], &entry)) continue;
    if (!is_inside(stream, &entry, days)) continue;
    entries->all = memory_grow(entries->all, entries->n + 1, sizeof entry);
    entries->all[entries->n++] = entry;
  }
}

struct entries rows_of_patient(const struct asked *asked, const struct rows *rows) {
  struct entries entries = {.enough = true};
  struct days days;
  entries.known = window_of_patient(asked, rows, &days);
  if (!entries.known) return entries;
  for (size_t i = 0; i < rows->stream->n_parts; i++) add_part(asked, rows->stream, i, days, &entries);
  if (entries.n) qsort(entries.all, entries.n, sizeof *entries.all, compare_entries);
  if (rows->cut) cut(&entries, rows);
  return entries;
}
