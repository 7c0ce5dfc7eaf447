/* data.c: units, events and measures: what is read from the data, and how its values become one unit. */
#include <math.h>
#include <string.h>
#include <strings.h>
#include "lang/check/checker.h"
#include "lang/memory.h"

/* ── units ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A text with a sign in it cannot be anything but a unit, so it needs no declaration; a plain name must have one. */
static bool is_plain_name(const char *text) { return strpbrk(text, "/%^ .,\xC2") == NULL; }

static const struct unit *new_unit(struct checker *checker, const struct node *node) {
  struct unit *unit = NEW(struct unit);
  struct named *named = NEW(struct named);
  unit->spellings = NEW_ARRAY(const char *, 2);
  unit->spellings[0] = node->text;
  unit->n_spellings = 1;
  named->name = node->text;
  named->unit = unit;
  named->at = node->at;
  scope_add(&checker->units, node->text, named);
  checker->program->units = memory_grow(checker->program->units, checker->program->n_units + 1, sizeof(struct unit *));
  checker->program->units[checker->program->n_units++] = unit;
  return unit;
}

const struct unit *unit_of(struct checker *checker, const struct node *node) {
  const struct named *named = scope_find(&checker->units, node->text);
  if (named) return named->unit;
  const char *near = scope_nearest(&checker->units, node->text, ~0u);
  bool other_spelling = near && strcasecmp(near, node->text) == 0;
  if (!is_plain_name(node->text) && !other_spelling) return new_unit(checker, node);
  const char *hint =
      other_spelling
          ? check_say(checker, "write `%s`, or declare this spelling: {UNIT} %s {ALSO} \"%s\"", near, near, node->text)
      : near
          ? check_say(checker, "did you mean `%s`?", near)
          : check_say(checker,
                      "declare it: {UNIT} %s; if something new begins here, write a comma, `{AND}` or `{OR}` before it",
                      node->text);
  wrong(checker, PROBLEM_unit, node, hint, "`%s` is not a unit", node->text);
  return NULL;
}

/* Events and measures that have a name are the program's. */
static void keep_stream(struct checker *checker, struct stream *stream) {
  struct program *program = checker->program;
  stream->declared = stream;
  program->streams = memory_grow(program->streams, program->n_streams + 1, sizeof *program->streams);
  program->streams[program->n_streams++] = stream;
}

/* ── events ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *columns_words(const struct table *table) {
  const char *words = "patient";
  for (size_t i = 0; i < table->n_columns; i++) words = memory_print("%s, %s", words, table->columns[i]->name);
  return words;
}

static const struct column *column_of_name(struct checker *checker, const struct table *table,
                                           const struct node *name) {
  const struct column *column = column_named(table, name->text);
  if (column) return column;
  const char **names = NEW_ARRAY(const char *, table->n_columns + 1);
  for (size_t i = 0; i < table->n_columns; i++) names[i] = table->columns[i]->name;
  const char *near = problem_nearest(name->text, names, table->n_columns);
  wrong(checker, PROBLEM_unknown_name, name,
        near ? check_say(checker, "did you mean `%s`?", near) : check_say(checker, "it has: %s", columns_words(table)),
        "table %s has no column called `%s`", table->name, name->text);
  return NULL;
}

static struct stream *new_stream(enum image_stream_kind kind, const char *name, size_t n_parts) {
  struct stream *stream = NEW(struct stream);
  stream->kind = kind;
  stream->name = name;
  stream->low = -INFINITY;
  stream->high = INFINITY;
  stream->parts = NEW_ARRAY(struct stream_part, n_parts + 1);
  return stream;
}

static struct stream *events_stream(const char *name, const struct table *table, const struct column *key) {
  struct stream *stream = new_stream(table->spans ? STREAM_SPANS : STREAM_EVENTS, name, 1);
  stream->parts[stream->n_parts++] = (struct stream_part){.table = table, .key = key};
  return stream;
}

static bool is_key(const struct column *column) {
  return column->type == COLUMN_CODE || column->type == COLUMN_TEXT || column->type == COLUMN_LIST;
}

/* Whether nobody has asked for the events or measure before. One that is asked for while it is checked has a window that
 * hangs on itself. */
static bool is_untouched(struct checker *checker, const struct named *named) {
  if (named->state == NAMED_BUSY)
    wrong(checker, PROBLEM_circle, tree_child(tree_child(named->node, 0), 0), "give it a window that needs no rule",
          "the window of `%s` depends on `%s` itself", named->name, named->name);
  return named->state == NAMED_UNTOUCHED;
}

void events_of(struct checker *checker, struct named *named) {
  if (!is_untouched(checker, named)) return;
  const struct source *was = checker->source;
  named->state = NAMED_BUSY;
  checker->source = named->file->source;
  const struct node *column_name = tree_child(named->node, 2);
  const struct table *table = table_of(checker, tree_child(named->node, 1));
  const struct column *key = table ? column_of_name(checker, table, column_name) : NULL;
  if (table && table == checker->patients) {
    wrong(checker, PROBLEM_table, tree_child(named->node, 1), "use its columns by their names: sex = female",
          "table patients holds no events");
  } else if (key && !is_key(key)) {
    wrong(checker, PROBLEM_table, column_name, "name the column that holds the code", "`%s` holds no codes", key->name);
  } else if (key) {
    const struct node **windows = NEW_ARRAY(const struct node *, tree_count(named->node));
    size_t n = 0;
    for (const struct node *w = column_name->next; w; w = w->next) windows[n++] = w;
    named->window = window_of(checker, windows, n);
    named->stream = events_stream(named->name, table, key);
    keep_stream(checker, named->stream);
    named->stream->title = text_of(checker, named->title);
    named->stream->usual = named->window.limits;
    named->stream->n_usual = named->window.n_limits;
  }
  named->state = NAMED_DONE;
  checker->source = was;
}

/* ── measures ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The column of a type: the one with the customary name, else the only one there is. */
static const struct column *customary(const struct table *table, enum image_column_type type, const char *name) {
  const struct column *only = NULL;
  for (size_t i = 0; i < table->n_columns; i++) {
    if (table->columns[i]->type != type) continue;
    if (strcmp(table->columns[i]->name, name) == 0) return table->columns[i];
    if (only) return NULL;
    only = table->columns[i];
  }
  return only;
}

static const struct formula *formula_of(struct checker *checker, const struct node *node) {
  struct formula *formula = NEW(struct formula);
  formula->at = node->at;
  switch (node->kind) {
  case NODE_value:
    formula->kind = FORMULA_VALUE;
    formula->stack = 1;
    return formula;
  case NODE_number:
    formula->kind = FORMULA_NUMBER;
    formula->stack = 1;
    return literal_number(checker, node, &formula->number) ? formula : NULL;
  case NODE_minus: formula->kind = FORMULA_NEGATE; break;
  case NODE_add: formula->kind = FORMULA_ADD; break;
  case NODE_subtract: formula->kind = FORMULA_SUBTRACT; break;
  case NODE_multiply: formula->kind = FORMULA_MULTIPLY; break;
  default: formula->kind = FORMULA_DIVIDE; break;
  }
  formula->a = formula_of(checker, tree_child(node, 0));
  formula->b = tree_child(node, 1) ? formula_of(checker, tree_child(node, 1)) : NULL;
  if (!formula->a || (!formula->b && tree_child(node, 1))) return NULL;
  formula->stack = formula->a->stack;
  if (formula->b && formula->b->stack + 1 > formula->stack) formula->stack = formula->b->stack + 1;
  if (formula->stack <= IMAGE_STACK) return formula;
  wrong(checker, PROBLEM_nesting, node, "write it with fewer parentheses", "this conversion is nested too deeply");
  return NULL;
}

static bool uses_value(const struct formula *formula) {
  return formula && (formula->kind == FORMULA_VALUE || uses_value(formula->a) || uses_value(formula->b));
}

/* One `from TABLE codes [in unit] [as formula]`. */
static bool part_of(struct checker *checker, const struct node *node, const struct unit *unit,
                    struct stream_part *part) {
  const struct node *unit_node = tree_find(node, NODE_unit), *as = tree_find(node, NODE_as),
                    *name = tree_child(node, 0);
  *part = (struct stream_part){.table = table_of(checker, name)};
  if (!part->table) return false;
  part->key = customary(part->table, COLUMN_CODE, "code");
  part->value = customary(part->table, COLUMN_NUMBER, "value");
  if (part->table == checker->patients || part->table->spans || !part->key || !part->value) {
    wrong(checker, PROBLEM_table, name,
          "a measure reads a table with a date, a column of codes and a column of numbers called `value`",
          "table %s cannot give a measure", part->table->name);
    return false;
  }
  part->set = codes_of_members(checker, tree_child(node, 1), part->key->system, NULL);
  if (!part->set) return false;
  if (!code_set_speaks_of(part->set, part->key->system)) {
    wrong(checker, PROBLEM_system, tree_child(node, 1), check_say(checker, "write codes of %s", part->key->system),
          "table %s holds codes of %s, these are of another system", part->table->name, part->key->system);
    return false;
  }
  const struct unit *data_unit = unit_node ? unit_of(checker, unit_node) : unit;
  if (unit_node && !data_unit) return false;
  part->unit = customary(part->table, COLUMN_UNIT, "unit") ? data_unit : NULL;
  if (unit_node && data_unit != unit && !as) {
    wrong(checker, PROBLEM_unit, unit_node, "write how: {IN} % {AS} ({VALUE} - 2.15) * 10.929",
          "these rows are in %s, the measure is in %s: no conversion is ever guessed", data_unit->spellings[0],
          unit ? unit->spellings[0] : _("no unit"));
    return false;
  }
  if (as) {
    part->formula = formula_of(checker, tree_child(as, 0));
    if (part->formula && !uses_value(part->formula)) {
      wrong(checker, PROBLEM_number, as, "name it: {VALUE} * 10", "this conversion does not use `{VALUE}`");
      return false;
    }
  }
  return !as || part->formula;
}

static void plausible_of(struct checker *checker, const struct node *node, struct named *named, struct stream *stream) {
  const struct expr *low = literal_value(checker, tree_child(node, 0)),
                    *high = literal_value(checker, tree_child(node, 1));
  if (low->kind == EXPR_wrong || high->kind == EXPR_wrong) return;
  for (int i = 0; i < 2; i++) {
    const struct unit *unit = (i ? high : low)->type.unit;
    if (unit && unit != named->unit)
      wrong(checker, PROBLEM_unit, tree_child(node, i),
            named->unit ? check_say(checker, "write it in %s, or without a unit", named->unit->spellings[0])
                        : N_("leave the unit out"),
            "`%s` is not in %s", named->name, unit->spellings[0]);
  }
  if (low->number > high->number)
    wrong(checker, PROBLEM_number, node, "write the lower one first", "no value is plausible between these two");
  stream->low = low->number;
  stream->high = high->number;
  stream->low_at = low->at;
  stream->high_at = high->at;
}

/* A clause that may stand once: the second one is a problem. */
static bool once(struct checker *checker, const struct node *node, bool *seen, const char *sentence) {
  if (*seen) wrong(checker, PROBLEM_twice, node, "keep one of them", "%s", parse_say(sentence, check_language(checker)));
  bool first = !*seen;
  *seen = true;
  return first;
}

static void measure_clauses(struct checker *checker, struct named *named, struct stream *stream) {
  const struct node **windows = NEW_ARRAY(const struct node *, tree_count(named->node));
  size_t n = 0;
  bool plausible = false, ties = false;
  for (const struct node *clause = tree_child(named->node, 1); clause; clause = clause->next) switch (clause->kind) {
    case NODE_unit: break;
    case NODE_from: stream->n_parts += part_of(checker, clause, named->unit, &stream->parts[stream->n_parts]); break;
    case NODE_plausible:
      if (once(checker, clause, &plausible, N_("what is plausible is said twice")))
        plausible_of(checker, clause, named, stream);
      break;
    case NODE_ties_highest:
    case NODE_ties_lowest:
    case NODE_ties_mean:
      once(checker, clause, &ties, N_("what is taken of a date's values is said twice"));
      stream->ties = clause->kind == NODE_ties_lowest ? TIES_LOWEST
                     : clause->kind == NODE_ties_mean ? TIES_MEAN
                                                      : TIES_HIGHEST;
      stream->ties_at = clause->at;
      break;
    default: windows[n++] = clause; break;
    }
  named->window = window_of(checker, windows, n);
}

void measure_of(struct checker *checker, struct named *named) {
  if (!is_untouched(checker, named)) return;
  const struct source *was = checker->source;
  size_t errors = checker->problems->n_errors;
  named->state = NAMED_BUSY;
  checker->source = named->file->source;
  const struct node *unit = tree_child(named->node, 1);
  if (unit && unit->kind == NODE_unit) named->unit = unit_of(checker, unit);
  struct stream *stream = new_stream(STREAM_SERIES, named->name, (size_t)tree_count(named->node));
  stream->source = checker->source;
  stream->at = named->node->at;
  measure_clauses(checker, named, stream);
  if (!tree_find(named->node, NODE_from))
    wrong(checker, PROBLEM_table, tree_child(named->node, 0), "write where it comes from: {FROM} labs NPU27300",
          "the measure `%s` is read from nowhere", named->name);
  stream->title = text_of(checker, named->title);
  stream->in = named->unit;
  stream->usual = named->window.limits;
  stream->n_usual = named->window.n_limits;
  named->stream = checker->problems->n_errors == errors ? stream : NULL;
  if (named->stream) keep_stream(checker, named->stream);
  named->state = NAMED_DONE;
  checker->source = was;
}

/* ── a column by its table's name ────────────────────────────────────────────────────────────────────────────────── */

struct named *named_of_column(struct checker *checker, const struct node *node) {
  const struct table *table = table_of(checker, tree_child(node, 0));
  const struct column *column = table ? column_of_name(checker, table, tree_child(node, 1)) : NULL;
  if (!column) return NULL;
  struct named *named = NEW(struct named);
  named->name = memory_print("%s.%s", table->name, column->name);
  named->state = NAMED_DONE;
  named->at = node->at;
  if (table == checker->patients) {
    named->kind = NAMED_COLUMN;
    named->column = column;
  } else if (column->type == COLUMN_NUMBER && !table->spans) {
    const struct column *key = customary(table, COLUMN_CODE, "code");
    for (size_t i = 0; !key && i < table->n_columns; i++)
      if (is_key(table->columns[i])) key = table->columns[i];
    named->kind = NAMED_MEASURE;
    named->stream = new_stream(STREAM_SERIES, named->name, 1);
    named->stream->parts[named->stream->n_parts++] = (struct stream_part){.table = table, .key = key, .value = column};
    if (key) return named;
    wrong(checker, PROBLEM_table, node, "declare one: code {CODE} icpc", "table %s has no column of codes",
          table->name);
    return NULL;
  } else if (is_key(column)) {
    named->kind = NAMED_EVENTS;
    named->stream = events_stream(named->name, table, column);
  } else {
    wrong(checker, PROBLEM_wrong_kind, node, "name a column of numbers or of codes",
          "`%s` is neither a number of dated rows nor a column of codes", named->name);
    return NULL;
  }
  return named;
}
