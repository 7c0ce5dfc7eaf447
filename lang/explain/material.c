/* material.c: what indicators are made of: definitions, measures, parameters. */
#include <math.h>
#include <string.h>
#include "lang/explain/outline.h"

/* ── definitions ─────────────────────────────────────────────────────────────────────────────────────────────────── */

struct section *definition_section(const struct definition *definition) {
  const struct expr *value = definition->value;
  const char *title = definition->title && *definition->title ? definition->title : definition->name;
  struct section *section = section_new("definition", definition->name, title);
  struct part *part = value->type.kind == TYPE_TRUTH ? outline_condition("meaning", NULL, NULL, value)
                                                     : outline_value("meaning", NULL, "%s.", value);
  part->text = capital(part->text);
  section_add(section, part);
  return section;
}

/* ── conversions ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static int rank(const struct formula *formula) {
  switch (formula->kind) {
  case FORMULA_ADD:
  case FORMULA_SUBTRACT: return 1;
  case FORMULA_MULTIPLY:
  case FORMULA_DIVIDE: return 2;
  case FORMULA_NEGATE: return 3;
  default: return 4;
  }
}

static const char *formula_words(const struct formula *formula);

static const char *side(const struct formula *formula, int least) {
  const char *words = formula_words(formula);
  return rank(formula) < least ? memory_print("(%s)", words) : words;
}

static const char *formula_words(const struct formula *formula) {
  static const char *const signs[] = {
      [FORMULA_ADD] = "+", [FORMULA_SUBTRACT] = "−", [FORMULA_MULTIPLY] = "×", [FORMULA_DIVIDE] = "/"};
  int own = rank(formula);
  switch (formula->kind) {
  case FORMULA_VALUE: return _("the result");
  case FORMULA_NUMBER: return number_words(formula->number);
  case FORMULA_NEGATE: return memory_print("−%s", side(formula->a, own));
  default: return memory_print("%s %s %s", side(formula->a, own), signs[formula->kind], side(formula->b, own + 1));
  }
}

/* One step after the other, where the conversion is such a row: "subtract 2.15, then multiply by 10.929"; or NULL. */
static const char *steps_words(const struct formula *formula) {
  static const char *const steps[] = {[FORMULA_ADD] = N_("add %s"),
                                      [FORMULA_SUBTRACT] = N_("subtract %s"),
                                      [FORMULA_MULTIPLY] = N_("multiply by %s"),
                                      [FORMULA_DIVIDE] = N_("divide by %s")};
  if (formula->kind == FORMULA_VALUE) return "";
  if (formula->kind < FORMULA_ADD || formula->kind > FORMULA_DIVIDE) return NULL;
  const struct formula *inner = formula->a, *number = formula->b;
  bool turns = formula->kind == FORMULA_ADD || formula->kind == FORMULA_MULTIPLY;
  if (turns && inner->kind == FORMULA_NUMBER) inner = formula->b, number = formula->a;
  const char *before = number->kind == FORMULA_NUMBER ? steps_words(inner) : NULL;
  if (!before) return NULL;
  const char *step = memory_print(_(steps[formula->kind]), number_words(number->number));
  return *before ? memory_print(_("%1$s, then %2$s"), before, step) : step;
}

static const char *conversion_words(const struct formula *formula) {
  const char *steps = steps_words(formula);
  return steps && *steps ? steps : formula_words(formula);
}

/* ── measures ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Codes, the unit they come in, and how they become the measure's. */
static void add_from(const struct program *program, const struct stream *measure, size_t i, struct part *from) {
  const struct stream_part *part = &measure->parts[i];
  const char *unit = part->unit ? part->unit->spellings[0] : NULL;
  if (!part->set) return;
  struct part *codes = part_make(NULL, NULL, NULL);
  set_codes(program, part->set, codes);
  bool plain = codes->n_parts == 1 && !codes->parts[0]->n_parts;
  const char *words = plain ? codes->parts[0]->text : _("the codes below");
  if (unit) words = memory_print(_("%1$s in %2$s"), words, unit);
  if (part->formula) words = memory_print(_("%1$s, converted: %2$s"), words, conversion_words(part->formula));
  struct part *item = part_item(from, plain ? words : memory_print(_("%s:"), words));
  if (!plain) *item = (struct part){.text = item->text, .parts = codes->parts, .n_parts = codes->n_parts};
}

static const char *table_words(const struct table *table) {
  return strcmp(table->name, "labs") == 0 ? _("Laboratory results:") : memory_print(_("The table %s:"), table->name);
}

/* All of a measure comes from one table, as a rule; where it does not each is named. */
static void read_from(struct section *section, const struct program *program, const struct stream *measure) {
  const struct table *first = measure->parts[0].table;
  bool same = true;
  for (size_t i = 1; i < measure->n_parts; i++) same = same && measure->parts[i].table == first;
  struct part *part = section_add(section, part_make("from", _("Read from"), same ? table_words(first) : NULL));
  struct part *of_table = part;
  for (size_t i = 0; i < measure->n_parts; i++) {
    const struct table *table = measure->parts[i].table;
    if (!same && (i == 0 || table != measure->parts[i - 1].table)) of_table = part_item(part, table_words(table));
    add_from(program, measure, i, of_table);
  }
}

static void plausible(struct section *section, const struct stream *measure) {
  const char *unit = measure->in ? memory_print(" %s", measure->in->spellings[0]) : "";
  if (!isfinite(measure->low) && !isfinite(measure->high)) return;
  section_add(section, part_make("plausible", _("Plausible"),
                                memory_print(_("From %1$s up to and including %2$s%3$s. A result outside these limits "
                                               "is taken for a mistake, and is not read."),
                                             number_words(measure->low), number_words(measure->high), unit)));
}

struct section *measure_section(const struct program *program, const struct stream *measure, int32_t as_of) {
  static const char *const ties[] = {[TIES_HIGHEST] = N_("Of several results on one day the highest counts."),
                                     [TIES_LOWEST] = N_("Of several results on one day the lowest counts."),
                                     [TIES_MEAN] = N_("Of several results on one day their mean counts.")};
  const char *title = measure->title && *measure->title ? measure->title : measure->name;
  struct section *section = section_new("measure", measure->name, title);
  if (measure->in) section_add(section, part_make("unit", _("Unit"), measure->in->spellings[0]));
  read_from(section, program, measure);
  plausible(section, measure);
  section_add(section,
              part_make("usual", _("When"),
                       capital(memory_print(_("%s, where nothing else is said."), period_usual(measure, as_of)))));
  section_add(section, part_make("ties", _("Same day"), _(ties[measure->ties])));
  return section;
}

/* ── parameters ──────────────────────────────────────────────────────────────────────────────────────────────────── */

struct part *parameter_part(const struct parameter *parameter) {
  const char *title = parameter->title && *parameter->title ? parameter->title : parameter->name;
  const char *value = value_words(parameter->value, NULL);
  const char *text = parameter->usual
                         ? memory_print(_("%1$s (set for this call with --set %2$s=…)"), value, parameter->name)
                         : memory_print(_("%1$s (a run may set another: --set %2$s=…)"), value, parameter->name);
  return part_make("parameter", title, text);
}
