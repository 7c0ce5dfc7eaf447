/* rows.c: the rows of a segment while they are collected, in chunks that never move and in forms that only widen. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"
#include "runtime/store/inner.h"

/* Many codes have a few rows and a few have a million. */
enum { FIRST_ROOM = 16, MOST_ROOM = 1 << 16 };

/* ── forms and parts ─────────────────────────────────────────────────────────────────────────────────────────────── */

static size_t form_size(uint32_t n_values) { return sizeof(struct row_form) + n_values * sizeof(struct number_form); }

/* Says where in a row everything stands. */
static void lay_out(struct row_form *form) {
  static const uint32_t units[] = {[NUMBER_NONE] = 0, [NUMBER_TINY] = 1, [NUMBER_SMALL] = 2, [NUMBER_WIDE] = 4};
  form->end_at = form->far ? 4 : 3;
  form->n_units = form->end_at + (form->spans ? 2 : 0);
  for (uint32_t i = 0; i < form->n_values; i++) {
    struct number_form *numbers = &form->numbers[i];
    numbers->at = form->n_units;
    numbers->sign_at = numbers->at + units[numbers->kind];
    form->n_units = numbers->sign_at + numbers->sign;
  }
}

static struct row_form *copy_form(const struct row_form *form) {
  struct row_form *copy = memory_take(form_size(form->n_values), 1);
  memcpy(copy, form, form_size(form->n_values));
  return copy;
}

static enum brief brief_of(const struct row_form *form) {
  static const enum brief kinds[] = {[NUMBER_NONE] = BRIEF_NONE, [NUMBER_TINY] = BRIEF_TINY, [NUMBER_SMALL] = BRIEF_SMALL, [NUMBER_WIDE] = BRIEF_NOT};
  if (form->far || form->spans || form->n_values > 1) return BRIEF_NOT;
  if (form->n_values == 0) return BRIEF_NONE;
  return form->numbers[0].sign ? BRIEF_NOT : kinds[form->numbers[0].kind];
}

static void add_part(struct segment_rows *rows, struct row_form *form) {
  struct row_part *part = memory_take(1, sizeof *part);
  part->form = form;
  lay_out(form);
  rows->brief = brief_of(form);
  rows->factor = rows->brief > BRIEF_NONE ? (uint32_t)form->numbers[0].scale : 0;
  if (rows->last) rows->last->next = part;
  else rows->first = part;
  rows->last = part;
}

/* Puts chunks behind those of a list. */
static void append(struct row_chunk **first, struct row_chunk **last, struct row_chunk *from, struct row_chunk *to) {
  if (!from) return;
  if (*last) (*last)->next = from;
  else *first = from;
  *last = to;
}

static void add_chunk(struct row_part *part, struct row_chunk *chunk) { append(&part->first, &part->last, chunk, chunk); }

struct row_chunk *row_chunk_take(const struct row_form *form, uint64_t n) {
  struct row_chunk *chunk = memory_take(1, sizeof *chunk);
  uint16_t *units = memory_resize(NULL, n * form->n_units, sizeof *units);
  *chunk = (struct row_chunk){.n = n, .units = units, .memory = units};
  return chunk;
}

void segment_rows_open(struct segment_rows *rows, uint32_t code, uint32_t unit, uint32_t n_values, bool spans) {
  struct row_form *form = memory_take(form_size(n_values), 1);
  form->spans = spans;
  form->n_values = n_values;
  *rows = (struct segment_rows){.code = code, .unit = unit};
  add_part(rows, form);
}

/* ── adding ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Ends the chunk that is open. */
static void seal(struct segment_rows *rows) {
  if (!rows->next) return;
  struct row_chunk *chunk = rows->last->last;
  chunk->n = (uint64_t)(rows->next - chunk->units) / rows->last->form->n_units;
  rows->next = rows->end = NULL;
}

/* Room for as many as are foreseen; where these were too few for a sixteenth more, for few are still to come; else for as many again
 * as there are, within limits. (Measured on 226 MB of CSV: 95 to 93 MB at the peak with one thread, 103 to 99 with two, in the same time.) */
static void make_room(struct segment_rows *rows) {
  uint64_t n = rows->foreseen ? rows->n / 16 : rows->n;
  n = n < FIRST_ROOM ? FIRST_ROOM : n < MOST_ROOM ? n : MOST_ROOM;
  if (rows->foreseen > rows->n + FIRST_ROOM) n = rows->foreseen - rows->n;
  seal(rows);
  add_chunk(rows->last, row_chunk_take(rows->last->form, n));
  rows->next = rows->last->last->units;
  rows->end = rows->next + n * rows->last->form->n_units;
}

/* Goes on in a form that holds these as well, in the room that is left. */
static void widen(struct segment_rows *rows, int32_t date, const double *values, const int8_t *signs) {
  uint16_t *next = rows->next, *end = rows->end;
  struct row_form *form = copy_form(rows->last->form);
  seal(rows);
  form->far = form->far || date_is_far(date);
  for (uint32_t i = 0; i < form->n_values; i++) number_widen(&form->numbers[i], values[i], signs ? signs[i] : 0);
  add_part(rows, form);
  size_t room = (size_t)(end - next) / form->n_units;
  if (room == 0) return;
  struct row_chunk *chunk = memory_take(1, sizeof *chunk);
  chunk->units = next;
  add_chunk(rows->last, chunk);
  rows->next = next;
  rows->end = next + room * form->n_units;
}

void store_builder_add_row(struct store_builder *builder, uint32_t table_number, uint32_t segment, uint32_t patient,
                           int32_t date, int32_t end, const double *values, const int8_t *signs) {
  assert(table_number < builder->n_tables && segment < builder->tables[table_number].n_segments);
  assert(patient < builder->n_patients);
  struct segment_rows *rows = &builder->tables[table_number].segments[segment];
  for (;;) {
    if (rows->next == rows->end) make_room(rows);
    const struct row_form *form = rows->last->form;
    uint16_t *row = rows->next;
    uint32_t i = 0;
    bool holds = row_put_date(form, row, date);
    row_put_patient(row, patient);
    if (form->spans) row_put_end(form, row, end);
    while (i < form->n_values && number_put(&form->numbers[i], row, values[i], signs ? signs[i] : 0)) i++;
    if (holds && i == form->n_values) {
      rows->next += form->n_units;
      rows->n++;
      return;
    }
    widen(rows, date, values, signs);
  }
}

/* The number as a whole one over the scale; UINT64_MAX where the scale has fewer decimals. */
static inline uint64_t scaled(const struct decimal *number, uint32_t factor) {
  static const uint32_t powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000};
  uint32_t power = powers[number->decimals];
  return power > factor ? UINT64_MAX : (uint64_t)number->whole * (factor / power);
}

bool store_builder_add_decimal(struct store_builder *builder, uint32_t table_number, uint32_t segment, uint32_t patient, int32_t date,
                               const struct decimal *number) {
  assert(table_number < builder->n_tables && segment < builder->tables[table_number].n_segments);
  assert(patient < builder->n_patients);
  struct segment_rows *rows = &builder->tables[table_number].segments[segment];
  uint16_t *row = rows->next;
  if (row == rows->end || rows->brief == BRIEF_NOT || date_is_far(date) || (number != NULL) != (rows->brief > BRIEF_NONE)) return false;
  if (number) {
    uint64_t whole = scaled(number, rows->factor);
    if (whole > (rows->brief == BRIEF_TINY ? INT16_MAX : INT32_MAX)) return false;
    int32_t small = (int32_t)whole;
    row[3] = (uint16_t)whole;
    if (rows->brief == BRIEF_SMALL) memcpy(row + 3, &small, sizeof small);
  }
  row_put_patient(row, patient);
  row[2] = (uint16_t)date;
  rows->next = row + rows->brief;
  rows->n++;
  return true;
}

void segment_rows_join(struct segment_rows *rows, struct segment_rows *more) {
  seal(rows);
  seal(more);
  rows->last->next = more->first;
  rows->last = more->last;
  rows->brief = more->brief;
  rows->factor = more->factor;
  rows->n += more->n;
  rows->foreseen = 0;
  *more = (struct segment_rows){.code = more->code, .unit = more->unit};
}

/* ── one form ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_scaled(const struct number_form *form) { return form->kind == NUMBER_TINY || form->kind == NUMBER_SMALL; }

static bool same_numbers(const struct number_form *a, const struct number_form *b) {
  return a->kind == b->kind && a->sign == b->sign && (!is_scaled(a) || a->scale == b->scale);
}

static bool same_forms(const struct row_form *a, const struct row_form *b) {
  if (a->far != b->far) return false;
  for (uint32_t i = 0; i < a->n_values; i++)
    if (!same_numbers(&a->numbers[i], &b->numbers[i])) return false;
  return true;
}

/* The kind that a part's numbers need with a larger scale, one of the scaled, and WIDE where it makes one too large for them. */
static enum number_kind outgrown(const struct row_part *part, uint32_t column, double scale) {
  const struct number_form *numbers = &part->form->numbers[column];
  if (!is_scaled(numbers) || numbers->scale == scale) return numbers->kind;
  int64_t factor = (int64_t)(scale / numbers->scale), most = 0;
  for (const struct row_chunk *chunk = part->first; chunk; chunk = chunk->next)
    for (uint64_t i = 0; i < chunk->n; i++) {
      const uint16_t *row = chunk->units + i * part->form->n_units;
      bool tiny = numbers->kind == NUMBER_TINY;
      int32_t number = tiny ? number_tiny_in(numbers, row) : number_small_in(numbers, row);
      if (number != (tiny ? NO_TINY : NO_SMALL) && llabs(number * factor) > most) most = llabs(number * factor);
    }
  return most > INT32_MAX ? NUMBER_WIDE : most > INT16_MAX ? NUMBER_SMALL : numbers->kind;
}

/* The form that holds all rows. */
static struct row_form *join_forms(const struct segment_rows *rows) {
  struct row_form *form = copy_form(rows->first->form);
  for (const struct row_part *part = rows->first; part; part = part->next) form->far = form->far || part->form->far;
  for (uint32_t i = 0; i < form->n_values; i++) {
    struct number_form *numbers = &form->numbers[i];
    for (const struct row_part *part = rows->first->next; part; part = part->next) number_join(numbers, &part->form->numbers[i]);
    for (const struct row_part *part = rows->first; part && is_scaled(numbers); part = part->next) {
      enum number_kind kind = outgrown(part, i, numbers->scale);
      if (kind > numbers->kind) numbers->kind = kind;
    }
  }
  return form;
}

/* Writes a part's rows in the form of another one, behind those there are. */
static void rewrite(const struct row_part *from, struct row_part *to) {
  for (const struct row_chunk *chunk = from->first; chunk; chunk = chunk->next) {
    const uint16_t *row = chunk->units;
    struct row_chunk *taken = row_chunk_take(to->form, chunk->n);
    uint16_t *written = taken->units;
    add_chunk(to, taken);
    for (uint64_t n = 0; n < chunk->n; n++, row += from->form->n_units, written += to->form->n_units) {
      row_put_patient(written, row_patient(row));
      row_put_date(to->form, written, row_date(from->form, row));
      if (to->form->spans) row_put_end(to->form, written, row_end(from->form, row));
      for (uint32_t i = 0; i < from->form->n_values; i++) {
        const struct number_form *was = &from->form->numbers[i];
        number_put(&to->form->numbers[i], written, number_in(was, row), (int8_t)number_sign_in(was, row));
      }
    }
  }
}

void segment_rows_unify(struct segment_rows *rows) {
  struct row_part *parts = rows->first;
  struct row_chunk *last_spent = NULL;
  seal(rows);
  struct row_form *form = join_forms(rows);
  rows->first = rows->last = NULL;
  add_part(rows, form);
  for (struct row_part *part = parts, *next; part; part = next) {
    next = part->next;
    if (same_forms(part->form, form)) {
      append(&rows->first->first, &rows->first->last, part->first, part->last);
    } else {
      rewrite(part, rows->first);
      append(&rows->spent, &last_spent, part->first, part->last);
    }
    free(part->form);
    free(part);
  }
}

/* ── the end ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void free_chunks(struct row_chunk *chunk) {
  for (struct row_chunk *next; chunk; chunk = next) {
    next = chunk->next;
    free(chunk->memory);
    free(chunk);
  }
}

void segment_rows_replace(struct segment_rows *rows, struct row_chunk *chunk) {
  free_chunks(rows->spent);
  free_chunks(rows->first->first);
  rows->spent = NULL;
  rows->first->first = rows->first->last = chunk;
}

void segment_rows_free(struct segment_rows *rows) {
  free_chunks(rows->spent);
  for (struct row_part *part = rows->first, *next; part; part = next) {
    next = part->next;
    free_chunks(part->first);
    free(part->form);
    free(part);
  }
  *rows = (struct segment_rows){0};
}
