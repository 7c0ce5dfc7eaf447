/* rows.c: the rows that a phrase looks at: a stream of the data, the windows that limit it, and its cut. */
#include <string.h>
#include "lang/check/after.h"
#include "lang/memory.h"

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

unsigned rows_depth(const struct rows *rows) {
  unsigned depth = 0;
  for (size_t i = 0; i < rows->n_limits; i++) {
    const struct expr *low = rows->limits[i].low, *high = rows->limits[i].high;
    if (low && low->depth > depth) depth = low->depth;
    if (high && high->depth > depth) depth = high->depth;
  }
  return depth;
}

/* A span without a window counts where it holds at the index date. No rule says so in these words, so whoever shows them to
 * people translates them. */
static void at_index(struct checker *checker, const struct node *node, struct rows *rows) {
  const struct expr *index = expr_new(checker, EXPR_index, TYPE_DATE, node);
  rows->limits = NEW_ARRAY(struct limit, 1);
  rows->limits[0] = (struct limit){index, index};
  rows->n_limits = 1;
  rows->window = N_("at the index date");
}

/* NULL after a problem. */
static struct rows *rows_of(struct checker *checker, const struct node *node, const struct named *named,
                            const struct stream *stream, const struct after *after) {
  struct rows *rows = NEW(struct rows);
  struct window window = named->window;
  if (after->n_windows) {
    const struct node *windows[MOST_WINDOWS];
    for (size_t i = 0; i < after->n_windows; i++) windows[i] = after->windows[after->n_windows - 1 - i];
    window = window_of(checker, windows, after->n_windows);
    if (window.is_wrong) return NULL;
  }
  rows->stream = stream;
  rows->limits = window.limits;
  rows->n_limits = window.n_limits;
  rows->window = window.words;
  if (stream->kind == STREAM_SPANS && !window.words) at_index(checker, node, rows);
  return rows;
}

struct expr *rows_expr(struct checker *checker, enum expr_kind kind, enum type_kind type, const struct node *node,
                       const struct rows *rows) {
  struct expr *expr = expr_new(checker, kind, type, node);
  expr->rows = rows;
  expr->depth = rows_depth(rows) + 1;
  return expr;
}

/* ── series ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void apart_of(struct checker *checker, const struct node *apart, struct rows *rows) {
  const struct node *node = tree_child(apart, 1);
  const struct expr *duration = check_expr(checker, node);
  if (duration->kind == EXPR_wrong) return;
  if (duration->type.kind != TYPE_DURATION) {
    wrong(checker, PROBLEM_window, node, "write: {AT_LEAST} 90 {DAYS} {APART}", "%s is not a length of time",
          type_words(duration->type));
    return;
  }
  rows->apart = duration->duration;
  rows->apart_parameter = duration->parameter;
  rows->apart_at = node->at;
}

struct named *rows_named(struct checker *checker, const struct node *node) {
  if (node->kind == NODE_column) return named_of_column(checker, node);
  return node->kind == NODE_name ? scope_find(&checker->values, node->text) : NULL;
}

void rows_unknown_name(struct checker *checker, const struct node *node) {
  if (unknown_again(checker, node)) return;
  const char *near = scope_nearest(&checker->values, node->text, ~0u);
  const char *meant = meant_hint(checker, node->text), *library = load_declares(checker->asked_file, node->text);
  const char *hint = meant     ? meant
                     : library ? check_say(checker, "it is declared in %s: add {USE} \"%s\"", library, library)
                     : near    ? check_say(checker, "did you mean `%s`?", near)
                               : N_("declare it with `{DEFINE}`, `{MEASURE}`, `{EVENTS}` or `{PARAMETER}`");
  if (scope_find(&checker->indicators, node->text))
    hint = N_("an indicator is no condition: name its condition with `{DEFINE}`, and use that in both");
  wrong(checker, PROBLEM_unknown_name, node, hint, "`%s` is not declared", node->text);
  unknown_told(checker, node);
}

struct rows *rows_of_series(struct checker *checker, const struct node *node, struct after *after,
                            struct named **named) {
  const struct node *core = after_peel(checker, node, after), *atom = core;
  struct rows *rows;
  bool cut = core->kind == NODE_first_values || core->kind == NODE_last_values;
  if (cut) atom = after_peel(checker, tree_child(core, 1), after);
  *named = rows_named(checker, atom);
  if (!*named) {
    if (atom->kind == NODE_name)
      rows_unknown_name(checker, atom);
    else if (atom->kind != NODE_column)
      wrong(checker, PROBLEM_wrong_kind, atom,
            "name what is in parentheses with `{DEFINE}`, or name the measure itself",
            "the name of a measure is wanted here");
    return NULL;
  }
  if ((*named)->kind == NAMED_MEASURE) measure_of(checker, *named);
  if ((*named)->kind != NAMED_MEASURE) {
    const char *hint = (*named)->kind == NAMED_EVENTS
                           ? N_("events have dates, but no values: {COUNT_OF} …, {FIRST} …, {LAST} …")
                           : N_("figures are asked of a measure: {MEAN_OF} hba1c, {HIGHEST} systolic");
    wrong(checker, PROBLEM_wrong_kind, atom, hint, "`%s` is not a measure", (*named)->name);
    return NULL;
  }
  if (!(*named)->stream) return NULL;
  rows = rows_of(checker, core, *named, (*named)->stream, after);
  if (!rows) return NULL;
  if (cut) {
    rows->cut = core->kind == NODE_first_values ? CUT_FIRST : CUT_LAST;
    if (!literal_whole(checker, tree_child(core, 0), 1, 1000000, &rows->n)) return NULL;
  }
  if (after->apart && !cut) {
    wrong(checker, PROBLEM_window, after->apart,
          "write how many are wanted: {LAST} 2 hba1c {AT_LEAST} 90 {DAYS} {APART}",
          "`{APART}` follows a series cut to its first or last values");
    return NULL;
  }
  if (after->apart) apart_of(checker, after->apart, rows);
  return rows;
}

/* ── events ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct named *phrase_events(struct checker *checker, const struct node *node) {
  while (node->kind == NODE_windowed || node->kind == NODE_measured || node->kind == NODE_apart ||
         node->kind == NODE_group)
    node = tree_child(node, 0);
  if (node->kind == NODE_name) {
    struct named *named = scope_find(&checker->values, node->text);
    return named && named->kind == NAMED_EVENTS ? named : NULL;
  }
  if (node->kind != NODE_column) return NULL;
  struct problems *aside = problems_open(),
                  *here = checker->problems; /* asked only; a problem is told when it is used */
  checker->problems = aside;
  struct named *named = named_of_column(checker, node);
  checker->problems = here;
  return named && named->kind == NAMED_EVENTS ? named : NULL;
}

/* How a code becomes a set: codes my_codes = atc A10BA02, then drug = my_codes. */
static const char *name_codes(const struct checker *checker, const struct named *events, const char *code) {
  const char *system = events->stream->parts[0].key->system;
  return check_say(checker, "give the codes a name: {CODES} my_codes = %s %s, then write: %s = my_codes",
                   system ? system : "atc", code, events->name);
}

static void not_a_set(struct checker *checker, const struct node *node, const struct named *events) {
  const struct named *named = rows_named(checker, node);
  const char *system = events->stream->parts[0].key->system;
  if (node->kind == NODE_name && !named) {
    if (unknown_again(checker, node)) return;
    const char *near = scope_nearest(&checker->values, node->text, KIND(NAMED_CODES));
    bool is_code = strpbrk(node->text, "0123456789") != NULL;
    const char *hint = near ? check_say(checker, "did you mean `%s`?", near)
                       : is_code
                           ? name_codes(checker, events, node->text)
                           : check_say(checker, "declare it: {CODES} %s = %s …", node->text, system ? system : "");
    wrong(checker, PROBLEM_unknown_name, node, hint, "there is no code set called `%s`", node->text);
    unknown_told(checker, node);
  } else {
    wrong(checker, PROBLEM_wrong_kind, node, name_codes(checker, events, "…"),
          "`%s` is compared with a code set, and this is none", events->name);
  }
}

const struct named *events_of_set(struct checker *checker, const struct code_set *set) {
  const struct named *found = NULL;
  for (struct named *events = checker->values.first; events; events = events->next) {
    if (events->kind != NAMED_EVENTS || events->state == NAMED_BUSY || (found && strcmp(found->name, events->name) < 0))
      continue;
    events_of(checker, events);
    const char *system = events->stream ? events->stream->parts[0].key->system : NULL;
    if (system && code_set_speaks_of(set, system)) found = events;
  }
  return found;
}

/* Adds the codes that a node names to the stream's test; false after a problem. */
static bool add_codes(struct checker *checker, const struct node *node, const struct named *events,
                      struct code_set *all) {
  const struct column *key = events->stream->parts[0].key;
  struct after none = {0};
  const struct node *core = node->kind == NODE_group ? after_peel(checker, node, &none) : node;
  struct code_part *part = &all->parts[all->n_parts];
  *part = (struct code_part){.matches = NEW_ARRAY(struct code_match, 1), .n_matches = 1};
  if (core->kind == NODE_text || (core->kind == NODE_name && key->type == COLUMN_LIST)) {
    if (key->type == COLUMN_CODE) {
      wrong(checker, PROBLEM_wrong_kind, core, name_codes(checker, events, core->text),
            "`%s` is compared with a code set, not with a text", events->name);
      return false;
    }
    part->system = "";
    part->matches[0] = (struct code_match){MATCHES_ONE, core->text, NULL, NULL, core->at};
    all->n_parts++;
    return true;
  }
  struct named *named = core->kind == NODE_name ? scope_find(&checker->values, core->text) : NULL;
  if (!named || named->kind != NAMED_CODES) {
    not_a_set(checker, core, events);
    return false;
  }
  const struct code_set *set = codes_of(checker, named);
  if (!set) return false;
  if (!key->system) {
    wrong(checker, PROBLEM_system, core, check_say(checker, "write: %s = \"…\"", events->name),
          "`%s` looks at plain text, not at codes", events->name);
    return false;
  }
  if (!code_set_speaks_of(set, key->system)) {
    const char *other = set->parts[0].system;
    const struct named *fitting = events_of_set(checker, set);
    const char *hint = fitting ? check_say(checker, "write: %s = %s", name_here(checker, fitting), set->name)
                               : N_("name a code set of the system that the events look at");
    wrong(checker, PROBLEM_system, core, hint, "`%s` looks at codes of %s, but `%s` holds codes of %s", events->name,
          key->system, set->name, other ? other : _("other systems"));
    return false;
  }
  part->matches[0] = (struct code_match){.kind = MATCHES_SET, .set = set, .at = core->at};
  all->n_parts++;
  return true;
}

struct rows *rows_of_events(struct checker *checker, const struct node *node, const struct node *left,
                            const struct node *right, struct after *after) {
  const struct node *core = after_peel(checker, left, after);
  struct named *events = rows_named(checker, core);
  if (events->node) events_of(checker, events);
  const struct node *core_right = right ? after_peel(checker, right, after) : NULL;
  if (core_right && core_right->kind == NODE_set)
    for (const struct node *w = tree_child(core_right, 1); w; w = w->next) after_add_window(checker, after, w);
  if (!events->stream) return NULL;
  struct stream *stream = NEW(struct stream);
  *stream = *events->stream;
  if (core_right) {
    const struct node *first = core_right->kind == NODE_set ? tree_child(core_right, 0)->first : core_right;
    size_t n = 0;
    for (const struct node *code = first; code && (core_right->kind == NODE_set || !n); code = code->next) n++;
    struct code_set *all = NEW(struct code_set);
    all->source = checker->source;
    all->parts = NEW_ARRAY(struct code_part, n + 1);
    bool sound = true;
    for (const struct node *code = first; n--; code = code->next)
      sound = add_codes(checker, code, events, all) && sound;
    if (!sound) return NULL;
    codes_measure(all);
    stream->parts = NEW_ARRAY(struct stream_part, 1);
    stream->parts[0] = events->stream->parts[0];
    stream->parts[0].set = all;
    stream->name =
        memory_print("%s %s %s", events->name, core_right->kind == NODE_set ? "in" : "=",
                     node_words(checker, core_right->kind == NODE_set ? tree_child(core_right, 0) : core_right));
  }
  if (after->apart) {
    wrong(checker, PROBLEM_window, after->apart,
          "write it after a cut series: {LAST} 2 hba1c {AT_LEAST} 90 {DAYS} {APART}",
          "`{APART}` follows a series cut to its first or last values");
    return NULL;
  }
  if (!after_not_measured(checker, after, _("events: they need no word to be there"))) return NULL;
  return rows_of(checker, node, events, stream, after);
}

const struct expr *check_event_test(struct checker *checker, const struct node *node, const struct node *left,
                                    const struct node *right) {
  struct after after = {0};
  struct rows *rows = rows_of_events(checker, node, left, right, &after);
  return rows ? rows_expr(checker, EXPR_any_row, TYPE_TRUTH, node, rows) : expr_wrong(checker, node);
}
