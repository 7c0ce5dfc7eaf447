/* phrase.c: operands, and the windows, `measured` and `apart` that follow them. The author writes these after the whole
 * phrase (`count of drug = metformin within 2 years`); here they are moved to the rows that they limit. */
#include <string.h>
#include "lang/check/checker.h"
#include "lang/memory.h"

enum { MOST_WINDOWS = 32 };

/* What stood after a phrase, to be handed to the rows in it. Windows stand in the author's order from the end. */
struct after {
  const struct node *windows[MOST_WINDOWS];
  size_t n_windows;
  const struct node *measured, *apart;
};

static const struct expr *check_core(struct checker *checker, const struct node *node, struct after *after);

static bool is_series_node(enum node_kind kind) {
  return kind == NODE_name || kind == NODE_column || kind == NODE_first_values || kind == NODE_last_values;
}

static bool is_figure_node(enum node_kind kind) { return kind >= NODE_latest && kind <= NODE_sum_of; }

/* Parentheses that hold one phrase change nothing: (hba1c) within 6 months. */
static bool is_phrase_node(enum node_kind kind) {
  return is_series_node(kind) || is_figure_node(kind) || kind == NODE_count_of || kind == NODE_first_event || kind == NODE_last_event ||
         kind == NODE_date_of || kind == NODE_windowed || kind == NODE_measured || kind == NODE_apart || kind == NODE_group;
}

static void add_window(struct checker *checker, struct after *after, const struct node *window) {
  if (after->n_windows < MOST_WINDOWS) after->windows[after->n_windows++] = window;
  else wrong(checker, PROBLEM_window, window, NULL, "more than %d windows stand here", MOST_WINDOWS);
}

/* Takes off what follows a phrase, and parentheses around it; gives the phrase itself. */
static const struct node *peel(struct checker *checker, const struct node *node, struct after *after) {
  for (;;) {
    const struct node *inner = tree_child(node, 0);
    if (node->kind == NODE_windowed) add_window(checker, after, tree_child(node, 1));
    else if (node->kind == NODE_measured) after->measured = node;
    else if (node->kind == NODE_apart) after->apart = node;
    else if (node->kind != NODE_group || !is_phrase_node(inner->kind)) return node;
    node = inner;
  }
}

/* ── what follows where nothing may ──────────────────────────────────────────────────────────────────────────────── */

static bool nothing_follows(struct checker *checker, const struct after *after, const char *what) {
  const struct node *follows = after->n_windows ? after->windows[0] : after->measured ? after->measured : after->apart;
  if (!follows) return true;
  if (after->n_windows) wrong(checker, PROBLEM_window, follows, "write it right after the measure or events it limits", "a window cannot limit %s", what);
  else if (after->measured) wrong(checker, PROBLEM_window, follows, "write it after a measure: hba1c measured", "`measured` does not fit after %s", what);
  else wrong(checker, PROBLEM_window, follows, "write it after a cut series: last 2 hba1c at least 90 days apart", "`apart` does not fit after %s", what);
  return false;
}

static bool not_measured(struct checker *checker, const struct after *after, const char *what) {
  if (after->measured) wrong(checker, PROBLEM_window, after->measured, "write it after a measure: hba1c measured", "`measured` does not fit after %s", what);
  return !after->measured;
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static unsigned depth_of_limits(const struct rows *rows) {
  unsigned depth = 0;
  for (size_t i = 0; i < rows->n_limits; i++) {
    const struct expr *low = rows->limits[i].low, *high = rows->limits[i].high;
    if (low && low->depth > depth) depth = low->depth;
    if (high && high->depth > depth) depth = high->depth;
  }
  return depth;
}

/* A span without a window counts where it holds at the index date. */
static void at_index(struct checker *checker, const struct node *node, struct rows *rows) {
  const struct expr *index = expr_new(checker, EXPR_index, TYPE_DATE, node);
  rows->limits = NEW_ARRAY(struct limit, 1);
  rows->limits[0] = (struct limit){index, index};
  rows->n_limits = 1;
}

static struct rows *rows_of(struct checker *checker, const struct node *node, const struct named *named, const struct stream *stream,
                            const struct after *after) {
  struct rows *rows = NEW(struct rows);
  struct window window = named->window;
  if (after->n_windows) {
    const struct node *windows[MOST_WINDOWS];
    for (size_t i = 0; i < after->n_windows; i++) windows[i] = after->windows[after->n_windows - 1 - i];
    window = window_of(checker, windows, after->n_windows);
  }
  rows->stream = stream;
  rows->limits = window.limits;
  rows->n_limits = window.n_limits;
  rows->window = window.words;
  if (stream->kind == STREAM_SPANS && !window.words) at_index(checker, node, rows);
  return rows;
}

static const struct expr *expr_of_rows(struct checker *checker, enum expr_kind kind, enum type_kind type, const struct node *node, const struct rows *rows) {
  struct expr *expr = expr_new(checker, kind, type, node);
  expr->rows = rows;
  expr->depth = depth_of_limits(rows) + 1;
  return expr;
}

/* ── series ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void apart_of(struct checker *checker, const struct node *apart, struct rows *rows) {
  const struct node *node = tree_child(apart, 1);
  const struct expr *duration = check_expr(checker, node);
  if (duration->kind == EXPR_wrong) return;
  if (duration->type.kind != TYPE_DURATION) wrong(checker, PROBLEM_window, node, NULL, "%s is not a length of time", type_words(duration->type));
  else rows->apart = duration->duration;
}

static struct named *named_of(struct checker *checker, const struct node *node) {
  if (node->kind == NODE_column) return named_of_column(checker, node);
  return node->kind == NODE_name ? scope_find(&checker->values, node->text) : NULL;
}

static void unknown_name(struct checker *checker, const struct node *node) {
  const char *near = scope_nearest(&checker->values, node->text, ~0u);
  const char *hint = near ? memory_print("did you mean `%s`?", near) : NULL;
  if (scope_find(&checker->indicators, node->text)) hint = "an indicator is no condition: name its condition with `define`, and use that in both";
  wrong(checker, PROBLEM_unknown_name, node, hint, "`%s` is not declared", node->text);
}

/* The rows of a series phrase, or NULL after a problem. `named` is the measure. */
static struct rows *series_of(struct checker *checker, const struct node *node, struct after *after, struct named **named) {
  const struct node *core = peel(checker, node, after), *atom = core;
  struct rows *rows;
  bool cut = core->kind == NODE_first_values || core->kind == NODE_last_values;
  if (cut) atom = peel(checker, tree_child(core, 1), after);
  *named = named_of(checker, atom);
  if (!*named) {
    if (atom->kind == NODE_name) unknown_name(checker, atom);
    else if (atom->kind != NODE_column) wrong(checker, PROBLEM_wrong_kind, atom, NULL, "the name of a measure is wanted here");
    return NULL;
  }
  if ((*named)->kind == NAMED_MEASURE) measure_of(checker, *named);
  if ((*named)->kind != NAMED_MEASURE) {
    const char *hint = (*named)->kind == NAMED_EVENTS ? "events have dates, but no values: count of …, first …, last …" : NULL;
    wrong(checker, PROBLEM_wrong_kind, atom, hint, "`%s` is not a measure", (*named)->name);
    return NULL;
  }
  if (!(*named)->stream) return NULL;
  rows = rows_of(checker, core, *named, (*named)->stream, after);
  if (cut) {
    rows->cut = core->kind == NODE_first_values ? CUT_FIRST : CUT_LAST;
    if (!literal_whole(checker, tree_child(core, 0), 1, 1000000, &rows->n)) return NULL;
  }
  if (after->apart && !cut) {
    wrong(checker, PROBLEM_window, after->apart, "write how many are wanted: last 2 hba1c at least 90 days apart", "`apart` follows a series cut to its first or last values");
    return NULL;
  }
  if (after->apart) apart_of(checker, after->apart, rows);
  return rows;
}

static const struct expr *figure_of(struct checker *checker, const struct node *node, const struct node *series, enum figure figure, struct after *after) {
  struct named *named;
  struct rows *rows = series_of(checker, series, after, &named);
  if (!rows) return expr_wrong(checker, node);
  if (after->measured && figure == FIGURE_LATEST && is_series_node(node->kind)) return expr_of_rows(checker, EXPR_any_row, TYPE_TRUTH, node, rows);
  if (!not_measured(checker, after, "a figure")) return expr_wrong(checker, node);
  if (rows->cut && is_series_node(node->kind)) {
    wrong(checker, PROBLEM_type, node, "write which is meant: all of last 2 …, any of last 2 …, mean of last 2 …", "several values cannot stand where one is wanted");
    return expr_wrong(checker, node);
  }
  struct expr *expr = (struct expr *)expr_of_rows(checker, EXPR_figure, TYPE_NUMBER, node, rows);
  expr->figure = figure;
  expr->type.unit = named->unit;
  return expr;
}

static enum figure figure_of_node(enum node_kind kind) { return (enum figure)(FIGURE_LATEST + (kind - NODE_latest)); }

static const struct expr *change_of(struct checker *checker, const struct node *node, struct after *after) {
  struct named *named;
  struct rows *rows = series_of(checker, tree_child(node, 0), after, &named);
  const struct expr *over = check_expr(checker, tree_child(node, 1));
  if (!rows || over->kind == EXPR_wrong || !not_measured(checker, after, "a change")) return expr_wrong(checker, node);
  if (over->type.kind != TYPE_DURATION) {
    wrong(checker, PROBLEM_type, tree_child(node, 1), "write: over 12 months", "%s is not a length of time", type_words(over->type));
    return expr_wrong(checker, node);
  }
  struct expr *expr = (struct expr *)expr_of_rows(checker, EXPR_change, TYPE_NUMBER, node, rows);
  expr->duration = over->duration;
  expr->type.unit = named->unit;
  return expr;
}

/* ── events ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct named *phrase_events(struct checker *checker, const struct node *node) {
  while (node->kind == NODE_windowed || node->kind == NODE_measured || node->kind == NODE_apart || node->kind == NODE_group) node = tree_child(node, 0);
  if (node->kind == NODE_name) {
    struct named *named = scope_find(&checker->values, node->text);
    return named && named->kind == NAMED_EVENTS ? named : NULL;
  }
  if (node->kind != NODE_column) return NULL;
  struct problems *aside = problems_open(), *here = checker->problems;   /* asked only; a problem is told when it is used */
  checker->problems = aside;
  struct named *named = named_of_column(checker, node);
  checker->problems = here;
  return named && named->kind == NAMED_EVENTS ? named : NULL;
}

static void not_a_set(struct checker *checker, const struct node *node, const struct named *events) {
  const struct named *named = named_of(checker, node);
  if (node->kind == NODE_name && !named) {
    const char *near = scope_nearest(&checker->values, node->text, KIND(NAMED_CODES));
    wrong(checker, PROBLEM_unknown_name, node, near ? memory_print("did you mean `%s`?", near) : memory_print("declare it: codes %s = …", node->text),
          "there is no code set called `%s`", node->text);
  } else {
    wrong(checker, PROBLEM_wrong_kind, node, "name the codes: codes my_codes = atc A10BA02 …", "`%s` is compared with a code set, and this is none", events->name);
  }
}

/* Adds the codes that a node names to the stream's test; false after a problem. */
static bool add_codes(struct checker *checker, const struct node *node, const struct named *events, struct code_set *all) {
  const struct column *key = events->stream->parts[0].key;
  struct after none = {0};
  const struct node *core = node->kind == NODE_group ? peel(checker, node, &none) : node;
  struct code_part *part = &all->parts[all->n_parts];
  *part = (struct code_part){.matches = NEW_ARRAY(struct code_match, 1), .n_matches = 1};
  if (core->kind == NODE_text || (core->kind == NODE_name && key->type == COLUMN_LIST)) {
    if (key->type == COLUMN_CODE) {
      wrong(checker, PROBLEM_wrong_kind, core, "name the codes: codes my_codes = atc A10BA02 …", "`%s` is compared with a code set, not with a text", events->name);
      return false;
    }
    part->system = "";
    part->matches[0] = (struct code_match){MATCHES_ONE, core->text, NULL, NULL};
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
    wrong(checker, PROBLEM_system, core, memory_print("write: %s = \"…\"", events->name), "`%s` looks at plain text, not at codes", events->name);
    return false;
  }
  if (!code_set_speaks_of(set, key->system)) {
    const char *other = set->parts[0].system;
    wrong(checker, PROBLEM_system, core, NULL, "`%s` looks at codes of %s, but `%s` holds codes of %s", events->name, key->system, set->name, other ? other : "other systems");
    return false;
  }
  part->matches[0] = (struct code_match){.kind = MATCHES_SET, .set = set};
  all->n_parts++;
  return true;
}

/* The rows of an event test. `right` is a set's name, a NODE_set, or NULL for events alone. */
static struct rows *events_rows(struct checker *checker, const struct node *node, const struct node *left, const struct node *right, struct after *after) {
  const struct node *core = peel(checker, left, after);
  struct named *events = named_of(checker, core);
  if (events->node) events_of(checker, events);
  const struct node *core_right = right ? peel(checker, right, after) : NULL;
  if (core_right && core_right->kind == NODE_set)
    for (const struct node *w = tree_child(core_right, 1); w; w = w->next) add_window(checker, after, w);
  if (!events->stream) return NULL;
  struct stream *stream = NEW(struct stream);
  *stream = *events->stream;
  if (core_right) {
    const struct node *first = core_right->kind == NODE_set ? tree_child(core_right, 0)->first : core_right;
    size_t n = 0;
    for (const struct node *code = first; code && (core_right->kind == NODE_set || !n); code = code->next) n++;
    struct code_set *all = NEW(struct code_set);
    all->parts = NEW_ARRAY(struct code_part, n + 1);
    bool sound = true;
    for (const struct node *code = first; n--; code = code->next) sound = add_codes(checker, code, events, all) && sound;
    if (!sound) return NULL;
    stream->parts = NEW_ARRAY(struct stream_part, 1);
    stream->parts[0] = events->stream->parts[0];
    stream->parts[0].set = all;
    stream->name = memory_print("%s %s %s", events->name, core_right->kind == NODE_set ? "in" : "=", node_words(checker, core_right->kind == NODE_set ? tree_child(core_right, 0) : core_right));
  }
  if (after->apart) {
    wrong(checker, PROBLEM_window, after->apart, NULL, "`apart` follows a series cut to its first or last values");
    return NULL;
  }
  if (!not_measured(checker, after, "events: they need no word to be there")) return NULL;
  return rows_of(checker, node, events, stream, after);
}

const struct expr *check_event_test(struct checker *checker, const struct node *node, const struct node *left, const struct node *right) {
  struct after after = {0};
  struct rows *rows = events_rows(checker, node, left, right, &after);
  return rows ? expr_of_rows(checker, EXPR_any_row, TYPE_TRUTH, node, rows) : expr_wrong(checker, node);
}

/* ── counts and dates ────────────────────────────────────────────────────────────────────────────────────────────── */

/* The rows of a subject: a series, or an event test as `=` or `in`. Where `=` stands after a measure it was meant as a
 * comparison of the whole (`count of hba1c = 2`): *compared is then its right side. */
static struct rows *subject_of(struct checker *checker, const struct node *subject, struct after *after, const struct node **compared) {
  bool tests = subject->kind == NODE_equal || subject->kind == NODE_in;
  const struct node *left = tests ? tree_child(subject, 0) : subject, *right = tests ? tree_child(subject, 1) : NULL;
  struct named *named;
  *compared = NULL;
  if (phrase_events(checker, left)) return events_rows(checker, subject, left, right, after);
  *compared = right;
  struct rows *rows = series_of(checker, left, after, &named);
  return rows && not_measured(checker, after, "a count") ? rows : NULL;
}

/* Compares a finished figure with what stood after its `=` or `in (…)`. */
static const struct expr *compare_whole(struct checker *checker, const struct node *node, const struct expr *whole, const struct node *right) {
  const struct node *first = right->kind == NODE_set ? tree_child(right, 0)->first : right;
  const struct expr *any = NULL;
  for (const struct node *value = first; value; value = right->kind == NODE_set ? value->next : NULL) {
    const struct expr *side = check_expr(checker, value);
    if (side->kind != EXPR_wrong && side->type.kind != whole->type.kind) {
      wrong(checker, PROBLEM_type, value, NULL, "%s cannot be compared with %s", type_words(whole->type), type_words(side->type));
      return expr_wrong(checker, node);
    }
    struct expr *equal = expr_with(checker, EXPR_compare, TYPE_TRUTH, node, 2, (const struct expr *[]){whole, side});
    equal->comparison = COMPARE_EQUAL;
    any = any ? expr_with(checker, EXPR_or, TYPE_TRUTH, node, 2, (const struct expr *[]){any, equal}) : equal;
  }
  return any;
}

static const struct expr *count_of(struct checker *checker, const struct node *node, struct after *after) {
  const struct node *compared;
  struct rows *rows = subject_of(checker, tree_child(node, 0), after, &compared);
  if (!rows) return expr_wrong(checker, node);
  const struct expr *count = expr_of_rows(checker, EXPR_count, TYPE_NUMBER, node, rows);
  return compared ? compare_whole(checker, node, count, compared) : count;
}

static const struct expr *occurrence_of(struct checker *checker, const struct node *node, struct after *after) {
  const struct node *compared;
  struct rows *rows = subject_of(checker, tree_child(node, 0), after, &compared);
  if (!rows) return expr_wrong(checker, node);
  if (rows->cut) {
    wrong(checker, PROBLEM_type, node, "write: date of latest last 2 …", "`first` and `last` look at all rows of a window, not at a cut");
    return expr_wrong(checker, node);
  }
  struct expr *date = (struct expr *)expr_of_rows(checker, EXPR_row_date, TYPE_DATE, node, rows);
  date->figure = node->kind == NODE_first_event ? FIGURE_EARLIEST : FIGURE_LATEST;
  return compared ? compare_whole(checker, node, date, compared) : date;
}

static const struct expr *date_of(struct checker *checker, const struct node *node, struct after *after) {
  const struct node *what = tree_child(node, 0);
  struct named *named;
  if (!is_figure_node(what->kind)) return occurrence_of(checker, what, after);
  enum figure figure = figure_of_node(what->kind);
  if (figure > FIGURE_LOWEST) {
    wrong(checker, PROBLEM_type, what, "ask for the date of the latest, earliest, highest or lowest", "a %s has no date", what->text ? what->text : "figure");
    return expr_wrong(checker, node);
  }
  struct rows *rows = series_of(checker, tree_child(what, 0), after, &named);
  if (!rows || !not_measured(checker, after, "a date")) return expr_wrong(checker, node);
  struct expr *date = (struct expr *)expr_of_rows(checker, EXPR_row_date, TYPE_DATE, node, rows);
  date->figure = figure;
  return date;
}

static const struct expr *time_since(struct checker *checker, const struct node *node, struct after *after) {
  const struct node *unit = tree_child(node, 0), *primary = tree_child(node, 1);
  static const char *const units[] = {"days", "weeks", "months", "years"};
  const struct expr *date = check_core(checker, primary, after);
  if (date->kind == EXPR_wrong) return date;
  if (date->type.kind != TYPE_DATE) {
    wrong(checker, PROBLEM_type, primary, "write: years since first diagnosis = …, years since date of latest …", "%s is not a date", type_words(date->type));
    return expr_wrong(checker, node);
  }
  struct expr *since = expr_with(checker, EXPR_since, TYPE_NUMBER, node, 1, &date);
  for (int i = 0; i < 4; i++)
    if (strcmp(unit->text, units[i]) == 0) since->duration.unit = (enum duration_unit)i;
  return since;
}

/* ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct expr *column_expr(struct checker *checker, const struct node *node, const struct column *column) {
  enum type_kind type = column->type == COLUMN_NUMBER ? TYPE_NUMBER : column->type == COLUMN_DATE ? TYPE_DATE : TYPE_TEXT;
  struct expr *expr = expr_new(checker, EXPR_column, type, node);
  expr->column = column;
  return expr;
}

/* A constant keeps its value and takes the place where it is used. */
static const struct expr *constant_at(const struct node *node, const struct source *source, const struct expr *value) {
  struct expr *expr = NEW(struct expr);
  *expr = *value;
  expr->at = node->at;
  expr->source = source;
  return expr;
}

static struct definition *definition_of(struct checker *checker, struct named *named, const struct node *user) {
  if (named->state == NAMED_BUSY) {
    wrong(checker, PROBLEM_circle, user, NULL, "the definition of `%s` depends on `%s` itself", named->name, named->name);
    return NULL;
  }
  if (named->state == NAMED_DONE) return named->definition;
  const struct source *was = checker->source;
  named->state = NAMED_BUSY;
  checker->source = named->file->source;
  struct definition *definition = NEW(struct definition);
  definition->name = named->name;
  definition->title = named->title;
  definition->value = check_expr(checker, tree_child(named->node, 1));
  named->definition = definition;
  named->state = NAMED_DONE;
  checker->source = was;
  return definition;
}

static const struct expr *defined(struct checker *checker, const struct node *node, struct named *named) {
  const struct definition *definition = definition_of(checker, named, node);
  if (!definition || definition->value->kind == EXPR_wrong) return expr_wrong(checker, node);
  if (definition->value->type.kind == TYPE_DURATION) return constant_at(node, checker->source, definition->value);
  struct expr *expr = expr_with(checker, EXPR_defined, definition->value->type.kind, node, 1, &definition->value);
  expr->type = expr->kind == EXPR_wrong ? expr->type : definition->value->type;
  expr->definition = definition;
  return expr;
}

static const struct expr *check_name(struct checker *checker, const struct node *node, struct after *after) {
  struct named *named = named_of(checker, node);
  if (!named) {
    if (node->kind == NODE_name) unknown_name(checker, node);
    return expr_wrong(checker, node);
  }
  switch (named->kind) {
  case NAMED_EVENTS: {
    struct rows *rows = events_rows(checker, node, node, NULL, after);
    return rows ? expr_of_rows(checker, EXPR_any_row, TYPE_TRUTH, node, rows) : expr_wrong(checker, node);
  }
  case NAMED_MEASURE: return figure_of(checker, node, node, FIGURE_LATEST, after);
  case NAMED_PARAMETER:
    if (!nothing_follows(checker, after, "a parameter")) return expr_wrong(checker, node);
    return constant_at(node, checker->source, parameter_of(checker, named)->value);
  case NAMED_COLUMN:
    if (!nothing_follows(checker, after, "what is said of the patient")) return expr_wrong(checker, node);
    return column_expr(checker, node, named->column);
  case NAMED_DEFINITION:
    if (!nothing_follows(checker, after, "a definition")) return expr_wrong(checker, node);
    return defined(checker, node, named);
  case NAMED_CODES:
    wrong(checker, PROBLEM_wrong_kind, node, memory_print("say which events have these codes: diagnosis = %s, drug = %s", named->name, named->name), "`%s` is a code set", named->name);
    return expr_wrong(checker, node);
  default:
    wrong(checker, PROBLEM_wrong_kind, node, NULL, "`%s` cannot stand in a condition", named->name);
    return expr_wrong(checker, node);
  }
}

static const struct expr *age(struct checker *checker, const struct node *node) {
  const struct column *birth = checker->patients ? column_named(checker->patients, "birth") : NULL;
  if (!birth || birth->type != COLUMN_DATE) {
    wrong(checker, PROBLEM_table, node, "table patients (birth date, …)", "`age` needs a column `birth` in table patients");
    return expr_wrong(checker, node);
  }
  const struct expr *date = column_expr(checker, node, birth);
  struct expr *since = expr_with(checker, EXPR_since, TYPE_NUMBER, node, 1, &date);
  since->duration.unit = DURATION_YEARS;
  return since;
}

/* ── the whole operand ───────────────────────────────────────────────────────────────────────────────────────────── */

static const struct expr *check_core(struct checker *checker, const struct node *node, struct after *after) {
  const struct node *core = peel(checker, node, after);
  if (is_figure_node(core->kind)) return figure_of(checker, core, tree_child(core, 0), figure_of_node(core->kind), after);
  switch (core->kind) {
  case NODE_name:
  case NODE_column: return check_name(checker, core, after);
  case NODE_first_values:
  case NODE_last_values: return figure_of(checker, core, core, FIGURE_LATEST, after);
  case NODE_count_of: return count_of(checker, core, after);
  case NODE_first_event:
  case NODE_last_event: return occurrence_of(checker, core, after);
  case NODE_date_of: return date_of(checker, core, after);
  case NODE_time_since: return time_since(checker, core, after);
  case NODE_change: return change_of(checker, core, after);
  case NODE_group: {
    const struct node *inner = tree_child(core, 0);
    bool tests = (inner->kind == NODE_equal || inner->kind == NODE_in) && phrase_events(checker, tree_child(inner, 0));
    if (tests) {
      struct rows *rows = events_rows(checker, inner, tree_child(inner, 0), tree_child(inner, 1), after);
      return rows ? expr_of_rows(checker, EXPR_any_row, TYPE_TRUTH, inner, rows) : expr_wrong(checker, node);
    }
    return nothing_follows(checker, after, "a whole condition") ? check_expr(checker, inner) : expr_wrong(checker, node);
  }
  case NODE_index: return nothing_follows(checker, after, "the index date") ? expr_new(checker, EXPR_index, TYPE_DATE, core) : expr_wrong(checker, node);
  case NODE_age: return nothing_follows(checker, after, "an age") ? age(checker, core) : expr_wrong(checker, node);
  case NODE_number:
  case NODE_quantity:
  case NODE_duration:
  case NODE_date:
  case NODE_text: return nothing_follows(checker, after, "a constant") ? literal_value(checker, core) : expr_wrong(checker, node);
  default: return nothing_follows(checker, after, "this") ? check_expr(checker, core) : expr_wrong(checker, node);
  }
}

const struct expr *check_phrase(struct checker *checker, const struct node *node) {
  struct after after = {0};
  return check_core(checker, node, &after);
}

/* ── quantifiers over values ─────────────────────────────────────────────────────────────────────────────────────── */

static enum comparison comparison_of(const char *relation) {
  static const char *const words[] = {"<", "<=", ">", ">=", "=", "!=", "between"};
  int i = 0;
  while (i < COMPARE_BETWEEN && strcmp(words[i], relation) != 0) i++;
  return (enum comparison)i;
}

const struct expr *check_each(struct checker *checker, const struct node *node) {
  bool counted = node->kind == NODE_at_least || node->kind == NODE_at_most || node->kind == NODE_exactly;
  const struct node *series = tree_child(node, counted), *relation = series->next;
  struct after after = {0};
  struct named *named;
  int32_t n = 0;
  if (counted && !literal_whole(checker, tree_child(node, 0), node->kind == NODE_at_least, 1000000, &n)) return expr_wrong(checker, node);
  struct rows *rows = series_of(checker, series, &after, &named);
  const struct expr *sides[2];
  int n_sides = 0;
  for (const struct node *side = relation->next; side; side = side->next) {
    sides[n_sides] = check_number(checker, side);
    struct expr *value = expr_new(checker, EXPR_number, TYPE_NUMBER, series);      /* stands for a value of the series */
    value->type.unit = named && rows ? named->unit : NULL;
    if (rows) check_units(checker, side, value, sides[n_sides], "compared with");
    n_sides++;
  }
  if (!rows || !not_measured(checker, &after, "the values of a series")) return expr_wrong(checker, node);
  struct expr *each = expr_with(checker, EXPR_each, TYPE_TRUTH, node, n_sides, sides);
  each->rows = rows;
  each->comparison = comparison_of(relation->text);
  each->quantifier = counted ? (enum quantifier)(EACH_AT_LEAST + (node->kind - NODE_at_least)) : (enum quantifier)(EACH_ALL + (node->kind - NODE_all_of));
  each->number = n;
  unsigned depth = depth_of_limits(rows) + 1;
  if (depth > each->depth) each->depth = depth;
  return each;
}
