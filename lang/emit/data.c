/* data.c: tables, code sets, units and streams as the image holds them. */
#include <string.h>
#include "lang/emit/emitter.h"
#include "lang/memory.h"

/* ── tables and units ────────────────────────────────────────────────────────────────────────────────────────────── */

static uint32_t add_column(struct image_writer *writer, const struct column *column) {
  struct image_column out = {.name = image_writer_text(writer, column->name),
                             .type = column->type,
                             .system = image_writer_text(writer, column->system)};
  out.first_choice = image_writer_count(writer, SECTION_choices);
  out.n_choices = (uint32_t)column->n_choices;
  for (size_t i = 0; i < column->n_choices; i++) {
    uint32_t text = image_writer_text(writer, column->choices[i]);
    image_writer_add(writer, SECTION_choices, &text, sizeof text);
  }
  return image_writer_add(writer, SECTION_columns, &out, sizeof out);
}

static uint32_t *add_tables(const struct plan *plan, struct image_writer *writer) {
  uint32_t *first = memory_bytes(((size_t)plan->n_tables + 1) * sizeof *first);
  for (uint32_t t = 0; t < plan->n_tables; t++) {
    const struct table *table = plan->tables[t];
    struct image_table out = {.name = image_writer_text(writer, table->name), .n_columns = (uint32_t)table->n_columns};
    first[t] = out.first_column = image_writer_count(writer, SECTION_columns);
    for (size_t i = 0; i < table->n_columns; i++) add_column(writer, table->columns[i]);
    image_writer_add(writer, SECTION_tables, &out, sizeof out);
  }
  return first;
}

static void add_units(const struct plan *plan, struct image_writer *writer) {
  for (uint32_t i = 0; i < plan->n_units; i++)
    for (size_t j = 1; j < plan->units[i]->n_spellings; j++) {
      struct image_alias alias = {image_writer_text(writer, plan->units[i]->spellings[0]),
                                  image_writer_text(writer, plan->units[i]->spellings[j])};
      image_writer_add(writer, SECTION_aliases, &alias, sizeof alias);
    }
}

/* ── code sets ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_step(struct image_writer *writer, enum image_match op, const char *a, const char *b) {
  struct image_match_step step = {.op = op, .a = image_writer_text(writer, a), .b = image_writer_text(writer, b)};
  image_writer_add(writer, SECTION_match_steps, &step, sizeof step);
}

static bool add_set(struct image_writer *writer, const struct code_set *set, const char *system);

/* Adds what decides whether one of the matches holds; false where none of them is of the system. */
static bool add_matches(struct image_writer *writer, const struct code_match *matches, size_t n, const char *system) {
  static const enum image_match ops[] = {MATCH_EXACT, MATCH_PREFIX, MATCH_RANGE};
  bool any = false;
  for (size_t i = 0; i < n; i++) {
    bool added = true;
    if (matches[i].kind == MATCHES_SET)
      added = add_set(writer, matches[i].set, system);
    else
      add_step(writer, ops[matches[i].kind], matches[i].a, matches[i].b);
    if (added && any) add_step(writer, MATCH_OR, NULL, NULL);
    any = any || added;
  }
  return any;
}

static bool add_set(struct image_writer *writer, const struct code_set *set, const char *system) {
  bool any = false;
  for (size_t i = 0; i < set->n_parts; i++) {
    const struct code_part *part = &set->parts[i];
    if (part->system && strcmp(part->system, system) != 0) continue;
    if (!add_matches(writer, part->matches, part->n_matches, system)) continue;
    if (add_matches(writer, part->excepts, part->n_excepts, system)) add_step(writer, MATCH_EXCEPT, NULL, NULL);
    if (any) add_step(writer, MATCH_OR, NULL, NULL);
    any = true;
  }
  return any;
}

static uint32_t add_selector(struct image_writer *writer, const struct stream_part *part) {
  if (!part->set) return IMAGE_NONE;
  struct image_selector selector = {.first_step = image_writer_count(writer, SECTION_match_steps)};
  add_set(writer, part->set, part->key->system ? part->key->system : "");
  selector.n_steps = image_writer_count(writer, SECTION_match_steps) - selector.first_step;
  return image_writer_add(writer, SECTION_selectors, &selector, sizeof selector);
}

/* ── streams ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_formula(struct image_writer *writer, const struct formula *formula) {
  static const enum image_convert ops[] = {CONVERT_VALUE,    CONVERT_NUMBER, CONVERT_ADD,   CONVERT_SUBTRACT,
                                           CONVERT_MULTIPLY, CONVERT_DIVIDE, CONVERT_NEGATE};
  struct image_convert_step step = {.op = ops[formula->kind], .number = formula->number};
  if (formula->a) add_formula(writer, formula->a);
  if (formula->b) add_formula(writer, formula->b);
  image_writer_add(writer, SECTION_convert_steps, &step, sizeof step);
}

static void add_part(const struct plan *plan, struct image_writer *writer, const uint32_t *first_column,
                     const struct stream *stream, const struct stream_part *part) {
  struct image_part out = {.low = stream->low, .high = stream->high};
  out.table = plan_table(plan, part->table->name);
  out.key = first_column[out.table] + (uint32_t)part->key->number;
  out.value = part->value ? first_column[out.table] + (uint32_t)part->value->number : IMAGE_NONE;
  out.selector = add_selector(writer, part);
  out.unit = part->unit ? image_writer_text(writer, part->unit->spellings[0]) : IMAGE_NONE;
  out.first_step = image_writer_count(writer, SECTION_convert_steps);
  if (part->formula) add_formula(writer, part->formula);
  out.n_steps = image_writer_count(writer, SECTION_convert_steps) - out.first_step;
  image_writer_add(writer, SECTION_parts, &out, sizeof out);
}

void emit_data(const struct plan *plan, struct image_writer *writer, uint32_t *patients) {
  const uint32_t *first_column = add_tables(plan, writer);
  uint32_t table = plan_table(plan, "patients");
  *patients = table == IMAGE_NONE ? IMAGE_NONE : first_column[table];
  add_units(plan, writer);
  for (uint32_t i = 0; i < plan->n_streams; i++) {
    const struct stream *stream = plan->streams[i].stream;
    struct image_stream out = {.name = image_writer_text(writer, stream->name),
                               .kind = stream->kind,
                               .ties = stream->ties,
                               .n_parts = (uint32_t)stream->n_parts};
    out.first_part = image_writer_count(writer, SECTION_parts);
    for (size_t j = 0; j < stream->n_parts; j++) add_part(plan, writer, first_column, stream, &stream->parts[j]);
    image_writer_add(writer, SECTION_streams, &out, sizeof out);
  }
}

/* ── packs ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_cells(struct image_writer *writer, const struct plan_indicator *indicator, uint32_t number) {
  for (uint32_t i = 0; i < indicator->n_cells; i++) {
    const struct plan_cell *cell = &indicator->cells[i];
    struct image_cell out = {.indicator = number, .role = cell->role, .is_edge = cell->is_edge};
    out.stratum = image_writer_text(writer, cell->stratum);
    out.title = image_writer_text(writer, cell->title);
    out.band = image_writer_text(writer, cell->band);
    image_writer_add(writer, SECTION_cells, &out, sizeof out);
  }
}

static void add_indicators(struct image_writer *writer, const struct plan_pack *pack, uint32_t number) {
  for (size_t i = 0; i < pack->program->n_indicators; i++) {
    const struct indicator *indicator = pack->indicators[i].indicator;
    struct image_indicator out = {.pack = number, .better = indicator->better, .kind = indicator->kind};
    out.per = indicator->per;
    out.aim = indicator->aim;
    out.missing_counts_as_no = indicator->missing_counts_as_no;
    out.n_cells = pack->indicators[i].n_cells;
    out.first_cell = image_writer_count(writer, SECTION_cells);
    add_cells(writer, &pack->indicators[i], image_writer_count(writer, SECTION_indicators));
    out.unit = IMAGE_NONE;
    if (image_has_values(indicator->kind) && indicator->value->type.unit)
      out.unit = image_writer_text(writer, indicator->value->type.unit->spellings[0]);
    out.list = image_writer_text(writer, indicator->list);
    out.replaces = image_writer_text(writer, indicator->replaces);
    out.name = image_writer_text(writer, indicator->name);
    out.title = image_writer_text(writer, indicator->title);
    out.denominator = image_writer_text(writer, indicator->denominator_text);
    out.numerator = image_writer_text(writer, indicator->numerator_text);
    image_writer_add(writer, SECTION_indicators, &out, sizeof out);
  }
}

static void add_parameters(struct image_writer *writer, const struct program *program, uint32_t pack) {
  for (size_t i = 0; i < program->n_parameters; i++) {
    const struct parameter *parameter = program->parameters[i];
    struct image_parameter out = {.pack = pack};
    out.name = image_writer_text(writer, parameter->name);
    out.title = image_writer_text(writer, parameter->title);
    out.value = image_writer_text(writer, parameter->text);
    out.usual = image_writer_text(writer, parameter->usual);
    image_writer_add(writer, SECTION_parameters, &out, sizeof out);
  }
}

static void add_windows(struct image_writer *writer, const struct plan_pack *pack, const uint32_t *register_of) {
  for (uint32_t i = 0; i < pack->n_windows; i++) {
    const struct plan_window *window = &pack->windows[i];
    struct image_window out = {.low = window->low ? register_of[window->low->number] : IMAGE_NONE,
                               .high = window->high ? register_of[window->high->number] : IMAGE_NONE};
    out.title = image_writer_text(writer, window->title);
    out.subject = image_writer_text(writer, window->subject);
    image_writer_add(writer, SECTION_windows, &out, sizeof out);
  }
}

static void add_questions(const struct plan *plan, struct image_writer *writer) {
  for (uint32_t i = 0; i < plan->n_questions; i++) {
    struct image_question out = {plan->questions[i].node->kind};
    image_writer_add(writer, SECTION_questions, &out, sizeof out);
  }
}

void emit_packs(const struct plan *plan, const uint32_t *register_of, struct image_writer *writer) {
  for (uint32_t p = 0; p < plan->n_packs; p++) {
    const struct program *program = plan->packs[p].program;
    struct image_pack out = {.n_indicators = (uint32_t)program->n_indicators, .n_windows = plan->packs[p].n_windows};
    out.name = image_writer_text(writer, program->name);
    out.title = image_writer_text(writer, program->title);
    out.version = image_writer_text(writer, program->version);
    out.about = image_writer_text(writer, program->about);
    out.guideline = image_writer_text(writer, program->guideline);
    out.contact = image_writer_text(writer, program->contact);
    out.language = image_writer_text(writer, program->language);
    out.population = image_writer_text(writer, program->population_text ? program->population_text : "");
    out.rules_hash = image_writer_text(writer, program->hash);
    out.first_indicator = image_writer_count(writer, SECTION_indicators);
    out.first_window = image_writer_count(writer, SECTION_windows);
    add_indicators(writer, &plan->packs[p], p);
    add_windows(writer, &plan->packs[p], register_of);
    add_parameters(writer, program, p);
    image_writer_add(writer, SECTION_packs, &out, sizeof out);
  }
  add_questions(plan, writer);
}
