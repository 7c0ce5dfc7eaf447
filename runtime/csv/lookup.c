/* lookup.c: what the codes, units and ids of a file mean, found out once for each that it holds. */
#include <stdlib.h>
#include <string.h>
#include "runtime/csv/events.h"
#include "runtime/memory/memory.h"

/* ── codes ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_selected(const struct events *events, const struct key *key, const struct cell *code) {
  const struct image *image = events->image;
  if (events->reader.csv->options->keep_all) return true;
  for (uint32_t i = 0; i < image->n_parts; i++) {
    const struct image_part *part = &image->parts[i];
    if (part->table == events->table && part->key == key->column &&
        image_selects(image, part->selector, code->bytes, code->length))
      return true;
  }
  return false;
}

static struct code *add_code(struct events *events, struct key *key, uint32_t number, struct cell *cell) {
  struct reader *reader = &events->reader;
  if (number == key->room) {
    key->room = key->room ? key->room * 2 : 64;
    key->meanings = memory_resize(key->meanings, key->room, sizeof *key->meanings);
  }
  struct code code = {.readable = cell_text(reader, cell), .text = NO_TEXT, .unit.length = SIZE_MAX};
  /* What cannot be read cannot be said to be in no set. */
  code.selected = !code.readable || is_selected(events, key, cell);
  key->meanings[number] = code;
  return &key->meanings[number];
}

/* Puts all that is remembered to its places under another factor; false, and nothing is changed, where two have the same. */
static bool try_factor(struct key *key, uint64_t factor) {
  uint8_t taken[MET_CODES] = {0};
  for (size_t i = 0; i < MET_CODES; i++)
    if (key->met[i].number != 0 && taken[met_code_place(key->met[i].text, factor)]++) return false;
  struct met_code met[MET_CODES] = {{.number = 0}};
  for (size_t i = 0; i < MET_CODES; i++)
    if (key->met[i].number != 0) met[met_code_place(key->met[i].text, factor)] = key->met[i];
  memcpy(key->met, met, sizeof met);
  key->factor = factor;
  return true;
}

/* Remembers a code. Where another one has its place, both might come again and again, so a factor is looked for that gives each a place
 * of its own; where there are too many codes for that the one met last is remembered. */
static void remember_code(struct key *key, struct met_code code) {
  enum { MOST_TRIES = 64 };
  struct met_code *met = &key->met[met_code_place(code.text, key->factor)];
  while (met->number != 0 && key->tries < MOST_TRIES) {
    uint64_t factor = key->factor;
    do factor = factor * 0xd1342543de82ef95u + 2; /* odd, as the first one is */
    while (++key->tries < MOST_TRIES && !try_factor(key, factor));
    met = &key->met[met_code_place(code.text, key->factor)];
  }
  *met = code;
}

struct code *look_up_code(struct events *events, struct key *key, struct cell cell) {
  bool is_short = cell_is_short(&cell);
  struct short_text text = is_short ? cell_short(&cell) : (struct short_text){0, 0};
  uint32_t before = key->codes.n, number = dictionary_add(&key->codes, cell.bytes, cell.length);
  struct code *code = number < before ? &key->meanings[number] : add_code(events, key, number, &cell);
  if (is_short) remember_code(key, (struct met_code){text, number + 1, !code->selected, text.high != 0});
  return code->selected ? code : NULL;
}

char *copy_text(struct reader *reader, uint32_t field) {
  size_t used = reader->scratch_used;
  struct cell cell = reader_cell(reader, field);
  char *text = cell_text(reader, &cell) ? memory_text(cell.bytes, cell.length) : memory_text("", 0);
  reader->scratch_used = used; /* for a row may be asked so for each key */
  return text;
}

/* ── units ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The number of a unit. */
static uint32_t find_unit(struct events *events, struct cell cell) {
  uint32_t before = events->units.n, number = dictionary_add(&events->units, cell.bytes, cell.length);
  if (number < before) return number;
  if (number == events->unit_room) {
    events->unit_room = events->unit_room ? events->unit_room * 2 : 16;
    events->unit_meanings = memory_resize(events->unit_meanings, events->unit_room, sizeof *events->unit_meanings);
  }
  struct reader *reader = &events->reader;
  size_t used = reader->scratch_used;
  events->unit_meanings[number] = (struct unit){.readable = cell_text(reader, &cell), .text = NO_TEXT};
  reader->scratch_used = used;
  return number;
}

/* Puts the text of a field into the store, once there is a row to go with it: no store holds texts of rows that are not read. */
static uint32_t store_field(struct events *events, uint32_t field) {
  char *text = copy_text(&events->reader, field);
  uint32_t number = store_builder_text(events->reader.csv->builder, text, strlen(text));
  free(text);
  return number;
}

/* Finds out what the measures make of a segment, whose code and unit are those of the row at hand. */
static void judge_segment(struct events *events, struct key *key, uint32_t segment) {
  struct reader *reader = &events->reader;
  if (segment >= key->judgement_room) {
    uint32_t room = 2 * segment + 16, old = key->judgement_room;
    key->judgements = memory_resize(key->judgements, room, sizeof *key->judgements);
    memset(key->judgements + old, 0, (room - old) * sizeof *key->judgements);
    key->judgement_room = room;
  }
  if (key->judgements[segment].made) return;
  char *code = copy_text(reader, key->field), *unit = copy_text(reader, events->unit);
  key->judgements[segment] = judgement_make(events->image, events->table, key->column, code, unit);
  free(code);
  free(unit);
}

bool find_readable(struct events *events, const struct key *key, const struct cell *cell, uint32_t *number) {
  *number = find_unit(events, *cell);
  bool unit_readable = events->unit_meanings[*number].readable;
  if (!key->at_hand->readable || !unit_readable) reader_unread(&events->reader, UNREAD_bad_text, key->at_hand->readable ? events->unit : key->field, NULL);
  return key->at_hand->readable && unit_readable;
}

void find_segment(struct events *events, struct key *key, const struct cell *cell, uint32_t number) {
  struct unit *unit = &events->unit_meanings[number];
  struct code *code = key->at_hand;
  if (code->text == NO_TEXT) code->text = store_field(events, key->field);
  if (unit->text == NO_TEXT) unit->text = store_field(events, events->unit);
  code->segment = store_builder_segment(events->reader.csv->builder, key->table, code->text, unit->text);
  code->unit = known_text(cell);
  judge_segment(events, key, code->segment);
}

/* ── patients ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The files of one export are mostly in the same order: the next patient here comes soon after the last one in patients.csv. */
enum { SOON = 8, STRAYS = 32, MOST_STRAYS = 64 };

static uint32_t find_soon(const struct events *events, const struct cell *cell) {
  for (uint32_t patient = events->place; patient < events->place + SOON; patient++)
    if (store_builder_is_patient(events->reader.csv->people, patient, cell->bytes, cell->length)) return patient;
  return UINT32_MAX;
}

/* Where patients come in another order, nobody is looked for there. */
static uint32_t find_anywhere(const struct events *events, const struct cell *cell) {
  const struct csv *csv = events->reader.csv;
  if (events->strays >= STRAYS && cell_is_short(cell)) return ids_find(csv->ids, csv->people, cell_short(cell));
  return store_builder_patient(csv->people, cell->bytes, cell->length);
}

uint32_t look_up_patient(struct events *events, struct cell cell) {
  struct reader *reader = &events->reader;
  events->last_id = cell_is_short(&cell) ? cell_short(&cell) : (struct short_text){0, 0};
  if (!cell_text(reader, &cell)) return events->last_patient = UINT32_MAX;
  uint32_t patient = events->strays < STRAYS ? find_soon(events, &cell) : UINT32_MAX;
  if (patient == UINT32_MAX) patient = find_anywhere(events, &cell);
  bool soon = patient != UINT32_MAX && patient - events->place < SOON;
  if (soon && events->strays > 0) events->strays--;
  if (!soon && events->strays < MOST_STRAYS) events->strays++;
  if (patient != UINT32_MAX) events->place = patient + 1;
  return events->last_patient = patient;
}
