/* sets.c: code sets spelt out. The rules hold codes and no code lists, so a code has a text only where some rule file names
 * it: a set of that one code, with a title. */
#include <string.h>
#include "lang/explain/outline.h"

struct word {
  const char *name, *words;
};

const char *system_words(const char *system) {
  static const struct word systems[] = {
      {"icpc", "ICPC-2"}, {"icd10", "ICD-10"}, {"icd11", "ICD-11"},     {"atc", "ATC"},
      {"npu", "NPU"},     {"loinc", "LOINC"},  {"snomed", "SNOMED CT"}, {"ydelse", N_("Service numbers")}};
  for (size_t i = 0; i < sizeof systems / sizeof *systems; i++)
    if (strcmp(systems[i].name, system) == 0) return _(systems[i].words);
  return system;
}

/* The title of a set of this one code alone, but for the set that is being told; or NULL. */
static const char *text_of_code(const struct program *program, const struct code_set *told, const char *system,
                                const char *code) {
  for (size_t i = 0; i < program->n_sets; i++) {
    const struct code_set *set = program->sets[i];
    if (set == told || !set->title || set->none_yet || set->n_parts != 1) continue;
    const struct code_part *part = &set->parts[0];
    if (part->n_matches == 1 && part->n_excepts == 0 && part->matches[0].kind == MATCHES_ONE && part->system &&
        strcmp(part->system, system) == 0 && strcmp(part->matches[0].a, code) == 0)
      return set->title;
  }
  return NULL;
}

/* All matches of a kind, with commas between them; NULL where there are none. */
static const char *matches_words(const struct program *program, const struct code_set *told, const char *system,
                                 const struct code_match *matches, size_t n, enum match_kind kind) {
  const char *text = NULL;
  for (size_t i = 0; i < n; i++) {
    const struct code_match *match = &matches[i];
    if (match->kind != kind) continue;
    const char *one = match->a, *title = kind == MATCHES_ONE ? text_of_code(program, told, system, match->a) : NULL;
    if (title) one = memory_print(_("%1$s (%2$s)"), match->a, title);
    if (kind == MATCHES_RANGE) one = memory_print(_("from %1$s to %2$s"), match->a, match->b);
    if (kind == MATCHES_SET) one = title_words(match->set->title, match->set->name);
    text = text ? memory_print("%s, %s", text, one) : one;
  }
  return text;
}

/* Items for what is taken, or for what is taken out again. */
static void add_matches(const struct program *program, const struct code_set *told, const char *system,
                        const struct code_match *matches, size_t n, bool out, struct part *into) {
  static const struct {
    enum match_kind kind;
    const char *in, *out;
  } kinds[] = {{MATCHES_SET, N_("the set %s"), N_("but not the set %s")},
               {MATCHES_PREFIX, N_("every code that begins with %s"), N_("but none that begins with %s")},
               {MATCHES_RANGE, N_("all %s"), N_("but none %s")},
               {MATCHES_ONE, "%s", N_("but not %s")}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    const char *words = matches_words(program, told, system, matches, n, kinds[i].kind),
               *form = out ? kinds[i].out : kinds[i].in;
    if (words) part_item(into, memory_print(strcmp(form, "%s") == 0 ? form : _(form), words));
  }
}

void set_codes(const struct program *program, const struct code_set *set, struct part *into) {
  for (size_t i = 0; i < set->n_parts; i++) {
    const struct code_part *part = &set->parts[i];
    const char *system = part->system ? part->system : "";
    struct part *list = part_make(NULL, *system ? system_words(system) : NULL, NULL);
    add_matches(program, set, system, part->matches, part->n_matches, false, list);
    add_matches(program, set, system, part->excepts, part->n_excepts, true, list);
    if (list->n_parts == 1) {
      list->text = list->parts[0]->text;
      list->n_parts = 0;
    }
    part_add(into, list);
  }
}

struct section *set_section(const struct program *program, const struct code_set *set) {
  struct section *section = section_new("codes", set->name, set->title && *set->title ? set->title : set->name);
  struct part *codes = section_add(section, part_make("codes", _("Codes"), NULL));
  if (set->filled)
    codes->text = memory_print(_("Set for this call: %s."), set->filled);
  else if (set->none_yet)
    codes->text =
        _("None yet: no patient belongs to it before somebody writes codes into the rules, or gives them with --set.");
  else
    set_codes(program, set, codes);
  if (set->source_text) section_add(section, part_make("source", _("Source"), set->source_text));
  if (set->reviewed) section_add(section, part_make("reviewed", _("Last reviewed"), set->reviewed));
  return section;
}
