/* whole.c: the explanation of a pack, of one indicator with what it is made of, or of a library. */
#include <string.h>
#include "lang/explain/outline.h"

/* ── what indicators are made of, each once ──────────────────────────────────────────────────────────────────────── */

static void add_definitions(struct explanation *to, const struct definition *const *definitions, size_t n) {
  struct section *section =
      section_new("definitions", NULL, to->name ? _("What the names in quotes mean") : _("Definitions"));
  for (size_t i = 0; i < n; i++) section_hold(section, definition_section(definitions[i]));
  if (n) explanation_hold(to, section);
}

static void add_measures(struct explanation *to, const struct program *program, const struct stream *const *measures,
                         size_t n) {
  struct section *section = section_new("measures", NULL, _("Measurements"));
  for (size_t i = 0; i < n; i++)
    if (measures[i]->source) section_hold(section, measure_section(program, measures[i], to->as_of));
  if (section->n_sections) explanation_hold(to, section);
}

static void add_sets(struct explanation *to, const struct program *program, const struct code_set *const *sets,
                     size_t n) {
  struct section *section = section_new("code_sets", NULL, _("Code sets"));
  for (size_t i = 0; i < n; i++) section_hold(section, set_section(program, sets[i]));
  if (n) explanation_hold(to, section);
}

static void add_parameters(struct explanation *to, const struct parameter *const *parameters, size_t n) {
  struct section *section = section_new("parameters", NULL, _("What a run may set"));
  for (size_t i = 0; i < n; i++) section_add(section, parameter_part(parameters[i]));
  if (n) explanation_hold(to, section);
}

static void add_material(struct explanation *to, const struct program *program, const struct used *used) {
  add_definitions(to, used->definitions, used->n_definitions);
  add_measures(to, program, used->measures, used->n_measures);
  add_sets(to, program, used->sets, used->n_sets);
  add_parameters(to, used->parameters, used->n_parameters);
}

/* ── a pack ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_pack(struct explanation *to, const struct program *program, const struct used *used) {
  struct section *section = section_new("pack", NULL, _("The pack"));
  section_add(section, population_part(program));
  section_add(section, period_part(used, to->as_of));
  if (program->about) section_add(section, part_make("about", _("About"), program->about));
  if (program->guideline) section_add(section, part_make("guideline", _("Guideline"), program->guideline));
  if (program->contact) section_add(section, part_make("contact", _("Contact"), program->contact));
  if (program->version) section_add(section, part_make("version", _("Version"), program->version));
  explanation_hold(to, section);
}

/* One indicator tells of the population itself; of a whole pack that is said once, before them all. */
static void explain_pack(struct explanation *to, const struct program *program, const struct indicator *indicator) {
  struct used used = {0};
  if (program->population) used_by(&used, program->population);
  if (!indicator) add_pack(to, program, &used);
  for (size_t i = 0; i < program->n_indicators; i++) {
    if (indicator && program->indicators[i] != indicator) continue;
    explanation_hold(to, indicator_section(program->indicators[i], indicator ? program : NULL, to->as_of));
    used_by_indicator(&used, program->indicators[i]);
  }
  add_material(to, program, &used);
}

/* ── a library ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What the file itself declares, not what it uses. */
static void explain_library(struct explanation *to, const struct program *program) {
  struct used own = {0};
  const struct source *file = program->source;
  for (size_t i = 0; i < program->n_definitions; i++)
    if (program->definitions[i]->value->source == file)
      own.definitions = used_add(own.definitions, &own.n_definitions, program->definitions[i]);
  for (size_t i = 0; i < program->n_streams; i++)
    if (program->streams[i]->kind == STREAM_SERIES && program->streams[i]->source == file)
      own.measures = used_add(own.measures, &own.n_measures, program->streams[i]);
  for (size_t i = 0; i < program->n_sets; i++)
    if (program->sets[i]->source == file && program->sets[i]->name)
      own.sets = used_add(own.sets, &own.n_sets, program->sets[i]);
  for (size_t i = 0; i < program->n_parameters; i++)
    if (program->parameters[i]->value->source == file)
      own.parameters = used_add(own.parameters, &own.n_parameters, program->parameters[i]);
  add_material(to, program, &own);
}

static const char *file_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

struct explanation *explain(const struct program *program, const struct indicator *indicator, int32_t as_of) {
  struct explanation *explanation = NEW(struct explanation);
  const char *title = program->title && *program->title ? program->title : program->name;
  explanation->language = P_("the language of this text", "en");
  explanation->as_of = as_of;
  explanation->name = program->is_pack ? program->name : NULL;
  explanation->title = program->is_pack ? title : file_name(program->source->path);
  if (program->is_pack || program->n_indicators)
    explain_pack(explanation, program, indicator);
  else
    explain_library(explanation, program);
  return explanation;
}
