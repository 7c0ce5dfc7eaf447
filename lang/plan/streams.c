/* streams.c: tables and streams of all packs, each once. Two packs are checked apart, so that what is the same in both is
 * found by what it says, not by where it stands. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lang/memory.h"
#include "lang/plan/graph.h"
#include "runtime/image/hash.h"

/* ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

uint32_t plan_table(const struct plan *plan, const char *name) {
  for (uint32_t i = 0; i < plan->n_tables; i++)
    if (strcmp(plan->tables[i]->name, name) == 0) return i;
  return IMAGE_NONE;
}

uint32_t patients_column(const struct plan *plan, const char *name) {
  const struct table *patients = plan->tables[plan_table(plan, "patients")];
  for (size_t i = 0; i < patients->n_columns; i++)
    if (strcmp(patients->columns[i]->name, name) == 0) return (uint32_t)i;
  return IMAGE_NONE;
}

static bool same_text(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

static bool same_column(const struct column *a, const struct column *b) {
  if (strcmp(a->name, b->name) != 0 || a->type != b->type || !same_text(a->system, b->system) ||
      a->n_choices != b->n_choices)
    return false;
  for (size_t i = 0; i < a->n_choices; i++)
    if (strcmp(a->choices[i], b->choices[i]) != 0) return false;
  return true;
}

static bool same_table(const struct table *a, const struct table *b) {
  if (a->n_columns != b->n_columns) return false;
  for (size_t i = 0; i < a->n_columns; i++)
    if (!same_column(a->columns[i], b->columns[i])) return false;
  return true;
}

/* The unit of the plan that has a spelling, or NULL. */
static const struct unit *unit_spelt(const struct plan *plan, const char *spelling) {
  for (uint32_t i = 0; i < plan->n_units; i++)
    for (size_t j = 0; j < plan->units[i]->n_spellings; j++)
      if (strcmp(plan->units[i]->spellings[j], spelling) == 0) return plan->units[i];
  return NULL;
}

static bool same_unit(const struct unit *a, const struct unit *b) {
  if (a->n_spellings != b->n_spellings) return false;
  for (size_t i = 0; i < a->n_spellings; i++)
    if (strcmp(a->spellings[i], b->spellings[i]) != 0) return false;
  return true;
}

/* One image has one way to read a unit's spelling, so packs that disagree cannot be run together. A unit that a pack
 * uses without declaring it, and another declares with more spellings, is such a disagreement too only where a spelling
 * leads to another label. */
static void add_units(struct planner *planner, const struct program *program) {
  struct plan *plan = planner->plan;
  for (size_t i = 0; i < program->n_units; i++) {
    const struct unit *unit = program->units[i];
    bool known = false;
    for (size_t j = 0; j < unit->n_spellings; j++) {
      const struct unit *other = unit_spelt(plan, unit->spellings[j]);
      known = known || (other && same_unit(other, unit));
      if (other && strcmp(other->spellings[0], unit->spellings[0]) != 0)
        problem_add(planner->problems, PROBLEM_unit, NULL, (struct place){0, 0},
                    "run them one at a time, or let both use one library",
                    "the packs of this run read the unit `%s` in two ways: as %s and as %s", unit->spellings[j],
                    other->spellings[0], unit->spellings[0]);
    }
    if (known) continue;
    plan->units = memory_grow(plan->units, (size_t)plan->n_units + 1, sizeof *plan->units);
    plan->units[plan->n_units++] = unit;
  }
}

void plan_tables(struct planner *planner, const struct program *program) {
  struct plan *plan = planner->plan;
  for (size_t i = 0; i < program->n_tables; i++) {
    uint32_t known = plan_table(plan, program->tables[i]->name);
    if (known == IMAGE_NONE) {
      plan->tables = memory_grow(plan->tables, (size_t)plan->n_tables + 1, sizeof *plan->tables);
      plan->tables[plan->n_tables++] = program->tables[i];
    } else if (!same_table(plan->tables[known], program->tables[i])) {
      problem_add(planner->problems, PROBLEM_table, NULL, (struct place){0, 0},
                  "run them one at a time, or let both use one library",
                  "the packs of this run declare table %s in two ways", program->tables[i]->name);
    }
  }
  add_units(planner, program);
}

/* ── streams ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A text that grows at its end. */
struct writing {
  char *text;
  size_t length, room;
};

static void write_part(struct writing *out, const char *text, size_t n) {
  if (out->length + n + 1 > out->room) {
    out->room = 2 * (out->length + n + 64);
    char *grown = memory_bytes(out->room);
    if (out->length) memcpy(grown, out->text, out->length);
    out->text = grown;
  }
  memcpy(out->text + out->length, text, n);
  out->length += n;
  out->text[out->length] = 0;
}

static void write(struct writing *out, const char *text) { write_part(out, text, strlen(text)); }

/* A text that holds anything but letters and digits stands in quotes, doubled inside: no two texts are written alike. */
static void write_quoted(struct writing *out, const char *text) {
  bool plain = *text != 0;
  for (const char *c = text; *c; c++)
    plain = plain && ((*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z') ||
                      (unsigned char)*c >= 0x80);
  if (plain) {
    write(out, text);
    return;
  }
  write(out, "\"");
  while (*text) {
    size_t n = strcspn(text, "\"\n\\");
    write_part(out, text, n);
    text += n;
    if (*text) write(out, *text == '"' ? "\"\"" : *text == '\n' ? "\\n" : "\\\\");
    text += *text != 0;
  }
  write(out, "\"");
}

static void write_set(struct writing *out, const struct code_set *set, const char *system);

static void write_matches(struct writing *out, const struct code_match *matches, size_t n, const char *system) {
  for (size_t i = 0; i < n; i++) {
    if (matches[i].kind == MATCHES_SET) {
      write(out, " (");
      write_set(out, matches[i].set, system);
      write(out, ")");
      continue;
    }
    write(out, " ");
    write_quoted(out, matches[i].a);
    if (matches[i].kind == MATCHES_PREFIX) write(out, "*");
    if (matches[i].kind == MATCHES_RANGE) {
      write(out, "..");
      write_quoted(out, matches[i].b);
    }
  }
}

/* A part that names sets without a code takes no row, and is not told of. */
static bool is_empty(const struct code_part *part) {
  for (size_t i = 0; i < part->n_matches; i++)
    if (part->matches[i].kind != MATCHES_SET || part->matches[i].set->n_parts) return false;
  return true;
}

static void write_set(struct writing *out, const struct code_set *set, const char *system) {
  for (size_t i = 0; i < set->n_parts; i++) {
    const struct code_part *part = &set->parts[i];
    if ((part->system && strcmp(part->system, system) != 0) || is_empty(part)) continue;
    write(out, " [");
    write_matches(out, part->matches, part->n_matches, system);
    if (part->n_excepts) write(out, " except");
    write_matches(out, part->excepts, part->n_excepts, system);
    write(out, "]");
  }
}

/* Fifteen digits are how people write a number; where they do not read back to it, seventeen do. Most are small and whole,
 * and to print those as the others are took half of the time that planning takes. */
static void write_number(struct writing *out, double number) {
  char words[32] = "inf";
  if (number >= 0 && number < 1e9 && number == (int)number && !signbit(number)) {
    char *first = words + sizeof words - 1;
    int rest = (int)number;
    *first = 0;
    do *--first = (char)('0' + rest % 10);
    while (rest /= 10);
    write(out, first);
    return;
  }
  if (number == -INFINITY)
    memcpy(words, "-inf", sizeof "-inf");
  else if (number != INFINITY) {
    snprintf(words, sizeof words, "%.15g", number);
    if (strtod(words, NULL) != number) snprintf(words, sizeof words, "%.17g", number);
  }
  write(out, words);
}

static void write_formula(struct writing *out, const struct formula *formula) {
  static const char *const signs[] = {"value", "", "+", "-", "*", "/", "neg"};
  if (formula->a) write_formula(out, formula->a);
  if (formula->b) write_formula(out, formula->b);
  write(out, " ");
  if (formula->kind == FORMULA_NUMBER)
    write_number(out, formula->number);
  else
    write(out, signs[formula->kind]);
}

static void write_name(struct writing *out, const char *before, const char *name) {
  write(out, before);
  write(out, name);
}

static const char *key_of(const struct stream *stream) {
  struct writing out = {0};
  write_number(&out, stream->kind);
  write(&out, " ");
  write_number(&out, stream->ties);
  write(&out, " ");
  write_number(&out, stream->low);
  write(&out, " ");
  write_number(&out, stream->high);
  for (size_t i = 0; i < stream->n_parts; i++) {
    const struct stream_part *part = &stream->parts[i];
    write_name(&out, "\n", part->table->name);
    write_name(&out, ".", part->key->name);
    if (part->value) write_name(&out, ".", part->value->name);
    if (part->set)
      write_set(&out, part->set, part->key->system ? part->key->system : "");
    else
      write(&out, " every");
    if (part->unit) {
      write(&out, " in ");
      write_quoted(&out, part->unit->spellings[0]);
    }
    if (part->formula) write_formula(&out, part->formula);
  }
  return out.text;
}

static size_t slot_of(const struct planner *planner, const char *key) {
  size_t i = hash_text(key, strlen(key)) & (planner->n_stream_slots - 1);
  while (planner->stream_slots[i] && strcmp(planner->plan->streams[planner->stream_slots[i] - 1].key, key) != 0)
    i = (i + 1) & (planner->n_stream_slots - 1);
  return i;
}

uint32_t plan_stream(const struct plan *plan, const struct stream *stream) {
  const char *key = key_of(stream);
  for (uint32_t i = 0; i < plan->n_streams; i++)
    if (strcmp(plan->streams[i].key, key) == 0) return i;
  return IMAGE_NONE;
}

uint32_t stream_number(struct planner *planner, const struct stream *stream) {
  struct plan *plan = planner->plan;
  if (2 * ((size_t)plan->n_streams + 1) > planner->n_stream_slots) {
    planner->n_stream_slots = planner->n_stream_slots ? 2 * planner->n_stream_slots : 64;
    planner->stream_slots = NEW_ARRAY(uint32_t, planner->n_stream_slots);
    for (uint32_t i = 0; i < plan->n_streams; i++)
      planner->stream_slots[slot_of(planner, plan->streams[i].key)] = i + 1;
  }
  const char *key = key_of(stream);
  size_t slot = slot_of(planner, key);
  if (planner->stream_slots[slot]) return planner->stream_slots[slot] - 1;
  plan->streams = memory_grow(plan->streams, (size_t)plan->n_streams + 1, sizeof *plan->streams);
  plan->streams[plan->n_streams] = (struct plan_stream){stream, key};
  planner->stream_slots[slot] = ++plan->n_streams;
  return plan->n_streams - 1;
}
