/* codes.c: code sets: what belongs to them, and whether anything does. */
#include <string.h>
#include "lang/check/checker.h"
#include "lang/memory.h"
#include "lang/parse/parse.h"

/* ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool any_matches(const struct code_match *matches, size_t n, const char *system, const char *code) {
  for (size_t i = 0; i < n; i++) {
    const struct code_match *match = &matches[i];
    switch (match->kind) {
    case MATCHES_ONE:
      if (strcmp(code, match->a) == 0) return true;
      break;
    case MATCHES_PREFIX:
      if (strncmp(code, match->a, strlen(match->a)) == 0) return true;
      break;
    case MATCHES_RANGE:
      if (strlen(code) == strlen(match->a) && strcmp(code, match->a) >= 0 && strcmp(code, match->b) <= 0) return true;
      break;
    case MATCHES_SET:
      if (code_set_has(match->set, system, code)) return true;
      break;
    }
  }
  return false;
}

bool code_set_has(const struct code_set *set, const char *system, const char *code) {
  for (size_t i = 0; i < set->n_parts; i++) {
    const struct code_part *part = &set->parts[i];
    if (part->system && strcmp(part->system, system) != 0) continue;
    if (any_matches(part->matches, part->n_matches, system, code) &&
        !any_matches(part->excepts, part->n_excepts, system, code))
      return true;
  }
  return false;
}

bool code_set_speaks_of(const struct code_set *set, const char *system) {
  if (set->n_systems == 0) return true; /* it holds no code yet, and may come to hold any */
  for (size_t i = 0; i < set->n_systems; i++)
    if (strcmp(set->systems[i], system) == 0) return true;
  return false;
}

/* ── measuring ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Sets within sets are spelt out where they are used, and judged with a stack: both have an end, far beyond what a code
 * list needs. */
enum { MOST_SIZE = 1000000, MOST_DEPTH = 20, MOST_NESTED = 1000 };

static void speak_of(struct code_set *set, const char *system) {
  if (set->n_systems && code_set_speaks_of(set, system)) return;
  set->systems = memory_grow(set->systems, set->n_systems + 1, sizeof *set->systems);
  set->systems[set->n_systems++] = system;
}

static void measure_matches(struct code_set *set, const struct code_match *matches, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const struct code_set *inner = matches[i].kind == MATCHES_SET ? matches[i].set : NULL;
    set->size += inner ? inner->size : 1;
    if (set->size > MOST_SIZE) set->size = MOST_SIZE + 1;
    if (inner && inner->depth >= set->depth) set->depth = inner->depth + 1;
  }
}

void codes_measure(struct code_set *set) {
  set->depth = 1;
  for (size_t i = 0; i < set->n_parts; i++) {
    const struct code_part *part = &set->parts[i];
    measure_matches(set, part->matches, part->n_matches);
    measure_matches(set, part->excepts, part->n_excepts);
    if (part->system) speak_of(set, part->system);
    for (size_t j = 0; !part->system && j < part->n_matches; j++)
      for (size_t k = 0; k < part->matches[j].set->n_systems; k++) speak_of(set, part->matches[j].set->systems[k]);
  }
}

static bool is_too_much(struct checker *checker, const struct node *members, struct code_set *set) {
  codes_measure(set);
  if (set->depth > MOST_DEPTH)
    wrong(checker, PROBLEM_nesting, members, "write the codes themselves into one of them",
          "sets stand within sets more than %d deep here", MOST_DEPTH);
  else if (set->size > MOST_SIZE)
    wrong(checker, PROBLEM_nesting, members, "leave out the sets that stand here more than once",
          "this set is made of more than %d codes, those of sets within it counted each time", MOST_SIZE);
  return set->depth > MOST_DEPTH || set->size > MOST_SIZE;
}

static size_t part_size(const struct code_part *part) {
  struct code_set alone = {0};
  measure_matches(&alone, part->matches, part->n_matches);
  measure_matches(&alone, part->excepts, part->n_excepts);
  return alone.size;
}

/* Whether a part certainly holds nothing: each of its codes is taken out again. Only single codes and what a prefix of
 * the exceptions covers can be told without knowing all codes there are. */
static bool is_empty(const struct code_part *part) {
  for (size_t i = 0; i < part->n_matches; i++) {
    const struct code_match *match = &part->matches[i];
    if (match->kind == MATCHES_SET) return false;
    bool taken = match->kind == MATCHES_ONE && any_matches(part->excepts, part->n_excepts, part->system, match->a);
    for (size_t j = 0; !taken && j < part->n_excepts; j++) {
      const struct code_match *except = &part->excepts[j];
      if (except->kind == MATCHES_PREFIX)
        taken = !strncmp(match->a, except->a, strlen(except->a)) &&
                (match->kind != MATCHES_RANGE || !strncmp(match->b, except->a, strlen(except->a)));
      if (except->kind == MATCHES_RANGE && match->kind == MATCHES_RANGE)
        taken = strlen(except->a) == strlen(match->a) && strcmp(except->a, match->a) <= 0 &&
                strcmp(match->b, except->b) <= 0;
    }
    if (!taken) return false;
  }
  return true;
}

/* ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_system(struct checker *checker, const char *word) {
  for (size_t i = 0; i < checker->n_systems; i++)
    if (strcmp(checker->systems[i], word) == 0) return true;
  return false;
}

static struct named *set_named(struct checker *checker, const struct node *node) {
  if (node->kind != NODE_word) return NULL;
  struct named *named = scope_find(&checker->values, node->text);
  return named && named->kind == NAMED_CODES ? named : NULL;
}

static bool range_is_sound(struct checker *checker, const struct node *node, const char *a, const char *b) {
  if (strlen(a) != strlen(b)) {
    wrong(checker, PROBLEM_code, node, "a range compares codes of one length: K74..K76",
          "`%s` and `%s` are not of the same length", a, b);
    return false;
  }
  if (strcmp(a, b) > 0) {
    wrong(checker, PROBLEM_code, node, check_say(checker, "write: %s..%s", b, a), "this range ends before it begins");
    return false;
  }
  return true;
}

/* Codes are written in capital letters and digits. A word in small letters that begins a line was meant to begin a
 * declaration, and would be lost in the list of codes that stands before it. */
static bool is_lost_declaration(struct checker *checker, const struct node *node) {
  static const char *const tokens[] = {"PACK",   "TABLE", "UNIT",      "EVENTS",    "CODES",   "MEASURE", "PARAMETER",
                                       "DEFINE", "BANDS", "INDICATOR", "PROGRAMME", "MEETING", "TEST"};
  enum { N = sizeof tokens / sizeof *tokens };
  size_t from = node->at.from;
  if (node->kind != NODE_word || strpbrk(node->text, "0123456789") ||
      !strpbrk(node->text, "abcdefghijklmnopqrstuvwxyz"))
    return false;
  while (from > 0 && strchr(" \t", checker->source->text[from - 1])) from--;
  if (from == 0 || checker->source->text[from - 1] != '\n') return false;
  const char *spelt[2 * N];
  for (size_t i = 0; i < N; i++) {
    spelt[2 * i] = parse_spelling(tokens[i], ENGLISH);
    spelt[2 * i + 1] = parse_spelling(tokens[i], DANISH);
  }
  const char *near = problem_nearest(node->text, spelt, 2 * N);
  for (size_t i = 0; near && i < N; i++)
    if (near == spelt[2 * i] || near == spelt[2 * i + 1]) near = spelt[2 * i + (check_language(checker) == DANISH)];
  wrong(checker, PROBLEM_code, node,
        near ? check_say(checker, "did you mean `%s`?", near) : N_("put a code in small letters in quotes"),
        "`%s` is no code, and begins no declaration", node->text);
  return true;
}

static bool read_match(struct checker *checker, const struct node *node, struct code_match *match) {
  struct named *named = set_named(checker, node);
  if (named) {
    *match = (struct code_match){.kind = MATCHES_SET, .set = codes_of(checker, named), .at = node->at};
    return match->set != NULL;
  }
  if (is_lost_declaration(checker, node)) return false;
  switch (node->kind) {
  case NODE_prefix: *match = (struct code_match){MATCHES_PREFIX, tree_child(node, 0)->text, NULL, NULL, node->at}; return true;
  case NODE_range: {
    const char *a = tree_child(node, 0)->text, *b = tree_child(node, 1)->text;
    *match = (struct code_match){MATCHES_RANGE, a, b, NULL, node->at};
    return range_is_sound(checker, node, a, b);
  }
  default: *match = (struct code_match){MATCHES_ONE, node->text, NULL, NULL, node->at}; return true;
  }
}

/* The matches of a node's children from `first` on; false where one is wrong. */
static bool read_matches(struct checker *checker, const struct node *first, struct code_match **matches, size_t *n) {
  bool sound = true;
  size_t count = 0;
  for (const struct node *node = first; node; node = node->next) count++;
  *matches = NEW_ARRAY(struct code_match, count + 1);
  *n = 0;
  for (const struct node *node = first; node; node = node->next)
    if (read_match(checker, node, &(*matches)[*n]))
      (*n)++;
    else
      sound = false;
  return sound;
}

static const char *systems_words(const struct checker *checker) {
  const char *words = checker->systems[0];
  for (size_t i = 1; i < checker->n_systems; i++) words = memory_print("%s, %s", words, checker->systems[i]);
  return words;
}

/* `before` is the system of the part before. The first word of a part is its system where more follows; alone it is another set (or a code of the default system). */
static bool read_part(struct checker *checker, const struct node *node, const char *system, const char *before,
                      struct code_part *part) {
  const struct node *first = node->first;
  bool alone = !first->next;
  if (alone && set_named(checker, first)) {
    *part = (struct code_part){0};
    return read_matches(checker, first, &part->matches, &part->n_matches);
  }
  if (!alone && first->kind == NODE_word && is_system(checker, first->text)) {
    *part = (struct code_part){.system = first->text};
    return read_matches(checker, first->next, &part->matches, &part->n_matches);
  }
  if (system) {
    *part = (struct code_part){.system = system};
    return read_matches(checker, first, &part->matches, &part->n_matches);
  }
  if (alone && first->kind == NODE_word) {
    if (is_system(checker, first->text)) {
      wrong(checker, PROBLEM_empty_set, first, "write the codes after it, with spaces between them",
            "no code stands after the code system `%s`", first->text);
      return false;
    }
    if (unknown_again(checker, first)) return false;
    const char *near = scope_nearest(&checker->values, first->text, KIND(NAMED_CODES));
    bool none = strcmp(first->text, "none") == 0 || strcmp(first->text, "empty") == 0;
    const char *hint = none     ? N_("write: {NONE_YET}")
                       : near   ? check_say(checker, "did you mean `%s`?", near)
                       : before ? check_say(checker, "codes of one system stand without commas: %s T90 T89", before)
                                : N_("a code stands after its system: icpc T90");
    wrong(checker, PROBLEM_unknown_name, first, hint, "there is no code set called `%s`", first->text);
    unknown_told(checker, first);
    return false;
  }
  const char *near =
      first->kind == NODE_word ? problem_nearest(first->text, checker->systems, checker->n_systems) : NULL;
  if (near && !alone)
    wrong(checker, PROBLEM_system, first, check_say(checker, "did you mean `%s`?", near),
          "there is no code system called `%s`", first->text);
  else
    wrong(checker, PROBLEM_system, first,
          check_say(checker, "write it first: icpc T90, atc A10BA02; known are %s", systems_words(checker)),
          "it is not said which code system these codes are of");
  return false;
}

static bool read_except(struct checker *checker, const struct node *except, struct code_part *part) {
  const struct node *first = tree_child(except, 0)->first;
  bool repeats = first->next && first->kind == NODE_word && part->system && strcmp(first->text, part->system) == 0;
  return read_matches(checker, repeats ? first->next : first, &part->excepts, &part->n_excepts);
}

/* A set becomes one of the program's, whether it has a name or not. */
static struct code_set *keep(struct checker *checker, struct code_set *set) {
  struct program *program = checker->program;
  program->sets = memory_grow(program->sets, program->n_sets + 1, sizeof *program->sets);
  return program->sets[program->n_sets++] = set;
}

/* Reads members into a set; false where something is wrong. */
static bool read_members(struct checker *checker, const struct node *members, const char *system,
                         struct code_set *set) {
  bool sound = true, empty = true;
  set->source = checker->source;
  set->at = members->at;
  set->parts = NEW_ARRAY(struct code_part, tree_count(members) + 1);
  for (const struct node *node = members->first; node; node = node->next) {
    struct code_part *part = &set->parts[set->n_parts];
    if (node->kind != NODE_part) continue;
    const char *before = set->n_parts ? set->parts[set->n_parts - 1].system : NULL;
    bool fine = read_part(checker, node, system, before, part);
    if (fine && node->next && node->next->kind == NODE_except) fine = read_except(checker, node->next, part);
    empty = empty && fine && part_size(part) <= MOST_SIZE && is_empty(part);
    set->n_parts += fine;
    sound = sound && fine;
  }
  if (!sound || is_too_much(checker, members, set)) return false;
  if (empty) wrong(checker, PROBLEM_empty_set, members, "take back the `{EXCEPT}`", "no code is left in this set");
  return !empty;
}

/* ── none yet ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Codes with commas or blanks between them, `*` after one that begins others. */
static void split_codes(struct code_part *part, const char *codes) {
  part->matches = NEW_ARRAY(struct code_match, strlen(codes) + 1);
  for (size_t n; *codes; codes += n) {
    n = strcspn(codes, ", ");
    bool prefix = n > 1 && codes[n - 1] == '*';
    if (n > 0)
      part->matches[part->n_matches++] =
          (struct code_match){.kind = prefix ? MATCHES_PREFIX : MATCHES_ONE, .a = memory_copy(codes, n - prefix)};
    else
      n = 1;
  }
}

/* A set that holds no code yet is no mistake, but its author should not forget it. A run or a test may fill it, with codes
 * of whichever system the events look at. */
static void read_none_yet(struct checker *checker, const struct named *named, const struct node *node,
                          struct code_set *set) {
  const struct setting *setting = setting_of(checker, named);
  set->none_yet = true;
  if (!setting) {
    wrong(checker, PROBLEM_none_yet, node, NULL, "`%s` holds no code yet: no row of any patient belongs to it", set->name);
    return;
  }
  set->filled = setting->literal ? setting->literal->text : setting->value;
  set->parts = NEW_ARRAY(struct code_part, checker->n_systems);
  for (size_t i = 0; i < checker->n_systems; i++) {
    set->parts[i].system = checker->systems[i];
    split_codes(&set->parts[i], set->filled);
    set->n_parts += set->parts[i].n_matches > 0;
  }
  codes_measure(set);
}

struct parameter *codes_parameter(struct checker *checker, const struct named *named) {
  const struct code_set *set = named->set;
  if (!set || !set->none_yet) return NULL;
  struct expr *value = NEW(struct expr);
  *value = (struct expr){.kind = EXPR_text, .type = {.kind = TYPE_TEXT}, .text = set->filled ? set->filled : "none yet"};
  struct parameter *parameter = NEW(struct parameter);
  *parameter = (struct parameter){.name = set->name, .title = set->title, .value = value};
  const char *none_yet = parse_spelling("NONE_YET", check_language(checker));
  parameter->text = set->filled ? set->filled : none_yet;
  parameter->usual = set->filled ? none_yet : NULL;
  return parameter;
}

/* ── a set ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct code_set *codes_of(struct checker *checker, struct named *named) {
  if (named->state == NAMED_DONE) return named->set;
  if (checker->depth >= MOST_NESTED) return NULL; /* told below, where the nesting began */
  if (named->state == NAMED_BUSY) {
    struct node name = *tree_child(tree_child(named->node, 0), 0);
    wrong(checker, PROBLEM_circle, &name, circle_words(checker, named), "the code set `%s` is made of itself",
          named->name);
    return NULL;
  }
  const struct source *was = checker->source;
  named->state = NAMED_BUSY;
  named->asked_by = checker->within;
  checker->within = named;
  checker->source = named->file->source;
  const struct node *source = tree_find(named->node, NODE_source), *reviewed = tree_find(named->node, NODE_reviewed);
  struct code_set *set = NEW(struct code_set);
  set->name = named->name;
  set->source = checker->source;
  set->title = text_of(checker, named->title);
  set->source_text = source ? source->text : NULL;
  set->reviewed = reviewed ? reviewed->text : NULL;
  if (reviewed) set->reviewed_at = reviewed->at;
  checker->depth++;
  if (checker->depth == MOST_NESTED)
    wrong(checker, PROBLEM_nesting, tree_find(named->node, NODE_members),
          "declare a set before those that it stands in", "sets stand within sets more than %d deep here", MOST_DEPTH);
  const struct node *members = tree_find(named->node, NODE_members);
  bool none_yet = members->first->kind == NODE_none_yet;
  if (none_yet) read_none_yet(checker, named, members->first, set);
  bool sound = none_yet || read_members(checker, members, NULL, set);
  checker->depth--;
  named->set = sound ? keep(checker, set) : NULL;
  named->state = NAMED_DONE;
  checker->within = named->asked_by;
  checker->source = was;
  return named->set;
}

struct code_set *codes_of_members(struct checker *checker, const struct node *members, const char *system,
                                  const char *name) {
  struct code_set *set = NEW(struct code_set);
  set->name = name;
  return read_members(checker, members, system, set) ? keep(checker, set) : NULL;
}
