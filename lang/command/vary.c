/* vary.c: several settings in one run. */
#include "lang/command/vary.h"
#include <string.h>
#include "lang/check/check.h"
#include "lang/memory.h"
#include "lang/plan/plan.h"
#include "runtime/image/words.h"

enum { MOST_SETTINGS = 1000 };

/* One parameter and the values it takes. */
struct varied { const char *name; const char **values; size_t n; };
/* All that the call says, and how many settings that makes. */
struct varying { struct varied *all; size_t n, n_settings; };

/* ── what the call says ──────────────────────────────────────────────────────────────────────────────────────────── */

/* NAME=VALUE,VALUE: two or more values, none of them empty. */
static bool read_varied(const struct call *call, const char *text, struct varied *varied) {
  const char *equals = strchr(text, '=');
  bool sound = equals && equals > text;
  for (const char *at = equals; sound && at && *at; at = strchr(at + 1, ',')) sound = at[1] != 0 && at[1] != ',';
  if (!sound || !strchr(equals, ',')) {
    fail(call, EXIT_USE, "--vary wants NAME=VALUE,VALUE,…, not `%s`", text);
    return false;
  }
  *varied = (struct varied){.name = memory_copy(text, (size_t)(equals - text))};
  varied->values = NEW_ARRAY(const char *, strlen(equals));
  for (const char *at = equals + 1;; at++) {
    size_t length = strcspn(at, ",");
    varied->values[varied->n++] = memory_copy(at, length);
    at += length;
    if (!*at) return true;
  }
}

static struct varying *read_varying(const struct call *call) {
  size_t n = call->n_values[OPTION_vary];
  struct varying *varying = NEW(struct varying);
  *varying = (struct varying){.all = NEW_ARRAY(struct varied, n + 1), .n = n, .n_settings = 1};
  for (size_t i = 0; i < n; i++) {
    if (!read_varied(call, call->values[OPTION_vary][i], &varying->all[i])) return NULL;
    for (size_t j = 0; j < i; j++)
      if (strcmp(varying->all[i].name, varying->all[j].name) == 0) {
        fail(call, EXIT_USE, "--vary: `%s` is varied twice; say all its values at once", varying->all[i].name);
        return NULL;
      }
    varying->n_settings *= varying->all[i].n;
    if (varying->n_settings <= MOST_SETTINGS) continue;
    fail(call, EXIT_USE, "--vary: that makes more than %d settings", MOST_SETTINGS);
    return NULL;
  }
  return varying;
}

bool vary_read(const struct call *call, bool is_table_or_csv, const struct varying **varying) {
  *varying = NULL;
  if (!option_value(call, OPTION_vary)) return true;
  if (!is_table_or_csv)
    fail(call, EXIT_USE, "--vary makes a table or --format csv");
  else if (option_value(call, OPTION_compare))
    fail(call, EXIT_USE, "--vary and --compare: one at a time");
  else if (option_value(call, OPTION_lists))
    fail(call, EXIT_USE, "--vary and --lists: who is on a list, one setting says");
  else if (option_value(call, OPTION_suppress) && strcmp(option_value(call, OPTION_suppress), "0") != 0)
    fail(call, EXIT_USE, "--vary cannot hide small counts: what two settings differ by may be a few patients");
  else
    *varying = read_varying(call);
  return *varying != NULL;
}

/* Which of its values the i-th varied parameter has in a setting: the last parameter changes fastest. */
static size_t place_in(const struct varying *varying, size_t setting, size_t i) {
  for (size_t j = varying->n; --j > i;) setting /= varying->all[j].n;
  return setting % varying->all[i].n;
}

static const char *value_in(const struct varying *varying, size_t setting, size_t i) {
  return varying->all[i].values[place_in(varying, setting, i)];
}

/* The setting that differs only in that the i-th parameter has its first value. */
static size_t with_first(const struct varying *varying, size_t setting, size_t i) {
  size_t step = 1;
  for (size_t j = i + 1; j < varying->n; j++) step *= varying->all[j].n;
  return setting - place_in(varying, setting, i) * step;
}

/* ── programs ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* programs[setting × n_packs + pack]. */
struct variants { const struct program **programs; size_t n_packs; const struct varying *varying; };

static const struct program *program_of(const struct variants *variants, size_t setting, size_t pack) {
  return variants->programs[setting * variants->n_packs + pack];
}

/* What --set says, and then what is varied. */
static struct setting *settings_of(const struct call *call, const struct varying *varying, size_t number, size_t *n) {
  size_t n_set;
  struct setting *set = rules_settings(call, &n_set), *all = NEW_ARRAY(struct setting, n_set + varying->n + 1);
  if (n_set) memcpy(all, set, n_set * sizeof *set);
  for (size_t i = 0; i < varying->n; i++)
    all[n_set + i] = (struct setting){
        .option = "--vary", .name = varying->all[i].name, .value = value_in(varying, number, i)};
  *n = n_set + varying->n;
  return all;
}

/* The values joined anew: two by two with a point, or each with a decimal of its own. */
static const char *values_in_other_words(const struct varied *varied, bool pairs) {
  const char *words = "";
  for (size_t i = 0; i < varied->n; i++) {
    const char *between = i == 0 ? "" : pairs && i % 2 ? "." : ",";
    words = memory_print("%s%s%s%s", words, between, varied->values[i], pairs ? "" : ".0");
  }
  return words;
}

/* Whether all values are whole though the rules have decimals for this parameter: then a comma may be one of a decimal. */
static bool is_unclear(const struct varied *varied, const struct program *program) {
  for (size_t i = 0; i < varied->n; i++)
    if (varied->values[i][strspn(varied->values[i], "0123456789")]) return false;
  for (size_t i = 0; i < program->n_parameters; i++) {
    const struct parameter *parameter = program->parameters[i];
    bool is_it = strcmp(parameter->name, varied->name) == 0 || (parameter->also && strcmp(parameter->also, varied->name) == 0);
    const char *usual = parameter->usual ? parameter->usual : parameter->text;
    if (is_it) return usual[strcspn(usual, ". ")] == '.'; /* a unit may have one too: mL/min/1.73m2 */
  }
  return false;
}

/* False after a word about the first that can be read in two ways. */
static bool values_are_clear(const struct call *call, const struct varying *varying, const struct program **programs, size_t n) {
  for (size_t i = 0; i < varying->n; i++) {
    const struct varied *varied = &varying->all[i];
    for (size_t p = 0; p < n; p++) {
      if (!is_unclear(varied, programs[p])) continue;
      fail(call, EXIT_USE, "--vary %s can be read in two ways: for decimals write %s %s=%s, for whole numbers --vary %s=%s",
           call->values[OPTION_vary][i], varied->n == 2 ? "--set" : "--vary", varied->name, values_in_other_words(varied, true), varied->name,
           values_in_other_words(varied, false));
      return false;
    }
  }
  return true;
}

static bool check_variants(struct call *call, const char *const *files, size_t n_files, struct variants *variants,
                           enum exit_code *code) {
  struct problems *problems = call->problems;
  struct library *library = rules_library(problems);
  const char **paths = NEW_ARRAY(const char *, n_files + 1);
  variants->programs = NEW_ARRAY(const struct program *, variants->varying->n_settings * n_files + 1);
  for (size_t s = 0; s < variants->varying->n_settings && !problems->n_errors; s++) {
    size_t n, n_settings;
    struct setting *settings = settings_of(call, variants->varying, s, &n_settings);
    const struct program **programs =
        rules_packs(library, files, n_files, settings, n_settings, NULL, problems, paths, &n);
    if (problems->n_errors) break;
    *code = EXIT_USE;
    if (s == 0 && !rules_packs_differ(call, programs, paths, n)) return false;
    if (s == 0 && !values_are_clear(call, variants->varying, programs, n)) return false;
    variants->n_packs = n;
    memcpy(variants->programs + s * n, programs, n * sizeof *programs);
  }
  *code = rules_code(problems);
  return !problems->n_errors;
}

/* ── what a setting changes ──────────────────────────────────────────────────────────────────────────────────────── */

/* Equal expressions are the same node of a plan, so what is another node may be another figure. */
static bool differ(const struct plan_indicator *a, const struct plan_indicator *b) {
  if (a->counted != b->counted || a->n_cells != b->n_cells) return true;
  for (uint32_t i = 0; i < a->n_cells; i++)
    if (a->cells[i].denominator != b->cells[i].denominator) return true;
  return false;
}

/* Whether it makes a difference to an indicator which value the i-th varied parameter has. */
static bool matters(const struct variants *variants, const struct plan *plan, size_t pack, size_t indicator, size_t i) {
  for (size_t s = 0; s < variants->varying->n_settings; s++) {
    size_t first = with_first(variants->varying, s, i), n = variants->n_packs;
    if (differ(&plan->packs[s * n + pack].indicators[indicator], &plan->packs[first * n + pack].indicators[indicator]))
      return true;
  }
  return false;
}

static bool has_one_population(const struct variants *variants, const struct plan *plan, size_t pack) {
  for (size_t s = 1; s < variants->varying->n_settings; s++)
    if (plan->packs[s * variants->n_packs + pack].population != plan->packs[pack].population) return false;
  return true;
}

/* ── for people ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* As people write it: a decimal has the sign of their language. A code begins with a letter and stays as it is. */
static const char *value_words(const char *value) {
  char *words = memory_copy(value, strlen(value)), *after = words + strspn(words, "-0123456789");
  if (*after == '.') *after = *P_("the sign before decimals", ".");
  return words;
}

static const char *title_of(const struct variants *variants, size_t setting, size_t pack, size_t indicator) {
  return program_of(variants, setting, pack)->indicators[indicator]->title;
}

/* Whether the title says which value the i-th varied parameter has: then it is another one with another value. */
static bool title_says(const struct variants *variants, size_t pack, size_t indicator, size_t i) {
  if (!title_of(variants, 0, pack, indicator)) return false;
  for (size_t s = 0; s < variants->varying->n_settings; s++) {
    size_t first = with_first(variants->varying, s, i);
    if (strcmp(title_of(variants, s, pack, indicator), title_of(variants, first, pack, indicator)) != 0) return true;
  }
  return false;
}

/* mp1 48 · "HbA1c over 48"; where the title names no parameter, the setting stands before it: "limit = 48 · Too high". NULL for a
 * setting that gives what another one has given: of a parameter that does not matter the first value stands for all. */
static struct indicator *under_setting(const struct variants *variants, size_t pack, size_t number, size_t setting,
                                       const bool *matter) {
  const struct varying *varying = variants->varying;
  const struct indicator *indicator = program_of(variants, setting, pack)->indicators[number];
  struct indicator *copy = NEW(struct indicator);
  const char *before = "";
  bool is_varied = false;
  *copy = *indicator;
  for (size_t i = 0; i < varying->n; i++) {
    const char *value = value_words(value_in(varying, setting, i));
    if (!matter[i] && place_in(varying, setting, i) > 0) return NULL;
    if (!matter[i]) continue;
    is_varied = true;
    copy->name = memory_print("%s %s", copy->name, value);
    if (!title_says(variants, pack, number, i))
      before = memory_print("%s%s%s = %s", before, *before ? ", " : "", varying->all[i].name, value);
  }
  if (*before) copy->title = indicator->title ? memory_print("%s · %s", before, indicator->title) : before;
  return is_varied ? copy : NULL;
}

/* The parameters that stay: those that are varied have no one value. */
static void drop_varied(struct program *program, const struct variants *variants, size_t pack) {
  struct parameter **kept = NEW_ARRAY(struct parameter *, program->n_parameters + 1);
  size_t n = 0;
  for (size_t i = 0; i < program->n_parameters; i++) {
    bool is_varied = false;
    for (size_t s = 1; s < variants->varying->n_settings; s++)
      is_varied |= strcmp(program->parameters[i]->text, program_of(variants, s, pack)->parameters[i]->text) != 0;
    if (!is_varied) kept[n++] = program->parameters[i];
  }
  program->parameters = kept;
  program->n_parameters = n;
}

/* One pack with the indicators that change, each under all settings. */
static const struct program *side_by_side(const struct variants *variants, const struct plan *plan, size_t pack) {
  const struct program *first = program_of(variants, 0, pack);
  struct program *program = NEW(struct program);
  *program = *first;
  program->indicators = NEW_ARRAY(struct indicator *, first->n_indicators * variants->varying->n_settings + 1);
  program->n_indicators = 0;
  bool *matter = memory_new(variants->varying->n + 1, sizeof *matter);
  for (size_t i = 0; i < first->n_indicators; i++) {
    for (size_t j = 0; j < variants->varying->n; j++) matter[j] = matters(variants, plan, pack, i, j);
    for (size_t s = 0; s < variants->varying->n_settings; s++) {
      struct indicator *indicator = under_setting(variants, pack, i, s, matter);
      if (indicator) program->indicators[program->n_indicators++] = indicator;
    }
  }
  drop_varied(program, variants, pack);
  return program;
}

/* The packs for people; `n` comes back. Packs in which nothing changes are left out. */
static const struct program **arrange(const struct variants *variants, const struct plan *plan, size_t *n) {
  size_t n_settings = variants->varying->n_settings;
  const struct program **programs = NEW_ARRAY(const struct program *, n_settings * variants->n_packs + 1);
  *n = 0;
  for (size_t p = 0; p < variants->n_packs; p++) {
    if (!has_one_population(variants, plan, p)) {
      for (size_t s = 0; s < n_settings; s++) programs[(*n)++] = program_of(variants, s, p);
      continue;
    }
    const struct program *program = side_by_side(variants, plan, p);
    if (program->n_indicators) programs[(*n)++] = program;
  }
  return programs;
}

/* ── all of it ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A setting as --set takes it: hba1c_limit=48, and several with a blank between them. */
static const char *words_of(const struct varying *varying, size_t setting) {
  const char *words = "";
  for (size_t i = 0; i < varying->n; i++)
    words = memory_print("%s%s%s=%s", words, i ? " " : "", varying->all[i].name, value_in(varying, setting, i));
  return words;
}

static const char *const *words_of_packs(const struct variants *variants) {
  size_t n_settings = variants->varying->n_settings;
  const char **words = NEW_ARRAY(const char *, n_settings * variants->n_packs + 1);
  for (size_t s = 0; s < n_settings; s++)
    for (size_t p = 0; p < variants->n_packs; p++) words[s * variants->n_packs + p] = words_of(variants->varying, s);
  return words;
}

struct plan *vary_plan(struct call *call, const struct varying *varying, const char *const *files, size_t n_files, bool apart,
                       const char *const **settings, enum exit_code *code) {
  struct variants variants = {.varying = varying};
  *settings = NULL;
  *code = EXIT_USE;
  struct problems *problems = call->problems = rules_problems(call);
  if (!problems) return NULL;
  bool sound = check_variants(call, files, n_files, &variants, code);
  size_t n = varying->n_settings * variants.n_packs;
  struct plan *whole = sound ? plan(variants.programs, n, problems) : NULL;
  rules_print(call, problems);
  if (!whole || problems->n_errors) return NULL;
  *code = EXIT_FINE;
  if (apart) {
    *settings = words_of_packs(&variants);
    return whole;
  }
  const struct program **programs = arrange(&variants, whole, &n);
  if (n) return plan(programs, n, problems);
  *code = EXIT_USE;
  fail(call, EXIT_USE, "no indicator becomes another with %s", call->values[OPTION_vary][0]);
  return NULL;
}
