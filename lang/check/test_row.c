/* test_row.c: the patients of a test: what they are like, and their rows, put down as the data would have them. */
#include <stdlib.h>
#include <string.h>
#include "lang/check/checker.h"
#include "lang/memory.h"

/* ── attributes ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_choice(const struct column *column, const char *word) {
  for (size_t i = 0; i < column->n_choices; i++)
    if (strcmp(column->choices[i], word) == 0) return true;
  return false;
}

static void add_cell(struct checker *checker, const struct node *node, struct test_patient *patient,
                     struct test_cell cell) {
  for (size_t i = 0; i < patient->n_cells; i++)
    if (patient->cells[i].column == cell.column) {
      wrong(checker, PROBLEM_twice, node, "keep one of them", "`%s` of this patient is said twice", cell.column->name);
      return;
    }
  patient->cells = memory_grow(patient->cells, patient->n_cells + 1, sizeof cell);
  patient->cells[patient->n_cells++] = cell;
}

/* A column of table patients; NULL after a problem. */
static const struct column *patient_column(struct checker *checker, const struct node *node, const char *name) {
  const struct column *column = checker->patients ? column_named(checker->patients, name) : NULL;
  if (column) return column;
  const struct table *table = checker->patients;
  const char **names = NEW_ARRAY(const char *, table ? table->n_columns + 1 : 1);
  size_t n = 0;
  for (size_t i = 0; table && i < table->n_columns; i++) names[n++] = table->columns[i]->name;
  const char *near = problem_nearest(name, names, n);
  const char *hint = near    ? check_say(checker, "did you mean `%s`?", near)
                     : table ? NULL
                             : N_("declare it, or use the library that does: {USE} \"lib/gp.kly\"");
  wrong(checker, PROBLEM_unknown_name, node, hint,
        table ? N_("table patients has no column called `%s`") : N_("there is no table patients with a column `%s`"),
        name);
  return NULL;
}

/* `female`: a word of one of the closed lists. */
static void word_of(struct checker *checker, const struct node *word, struct test_patient *patient) {
  const char **words = NULL;
  size_t n = 0;
  for (size_t i = 0; checker->patients && i < checker->patients->n_columns; i++) {
    const struct column *column = checker->patients->columns[i];
    if (is_choice(column, word->text)) {
      add_cell(checker, word, patient, (struct test_cell){.column = column, .text = word->text});
      return;
    }
    words = memory_grow(words, n + column->n_choices + 1, sizeof *words);
    for (size_t j = 0; j < column->n_choices; j++) words[n++] = column->choices[j];
  }
  const char *near = problem_nearest(word->text, words, n);
  wrong(checker, PROBLEM_unknown_name, word,
        near ? check_say(checker, "did you mean `%s`?", near) : N_("write the column too: practice = A"),
        "no column of patients has the word `%s`", word->text);
}

/* `practice = A`, `birth = 1950-01-01`: the value must be one that the column can hold. */
static void value_of(struct checker *checker, const struct node *node, const struct column *column,
                     struct test_patient *patient) {
  struct test_cell cell = {.column = column, .text = node->text};
  char *end = NULL;
  if (column->type == COLUMN_DATE && node->kind == NODE_date) {
    cell.date = literal_date(node->text);
  } else if (column->type == COLUMN_NUMBER && node->kind == NODE_word) {
    cell.number = strtod(node->text, &end);
  }
  bool fits = column->type == COLUMN_DATE     ? node->kind == NODE_date
              : column->type == COLUMN_NUMBER ? end && end != node->text && !*end
              : column->type == COLUMN_LIST   ? is_choice(column, node->text)
                                              : node->kind != NODE_date;
  if (fits) {
    add_cell(checker, node, patient, cell);
    return;
  }
  const char *near = problem_nearest(node->text, column->choices, column->n_choices);
  const char *hint = near                          ? check_say(checker, "did you mean `%s`?", near)
                     : column->type == COLUMN_DATE ? check_say(checker, "write: %s = 2024-01-01", column->name)
                     : column->n_choices           ? check_say(checker, "it is one of: %s, …", column->choices[0])
                                                   : NULL;
  wrong(checker, PROBLEM_type, node, hint, "the column `%s` cannot hold `%s`", column->name, node->text);
}

static void attribute_of(struct checker *checker, const struct node *node, struct test_patient *patient) {
  const struct column *column;
  switch (node->kind) {
  case NODE_name: word_of(checker, node, patient); break;
  case NODE_attribute:
    if (strcmp(tree_child(node, 0)->text, "birth") == 0) {
      wrong(checker, PROBLEM_twice, tree_child(node, 0), "leave it out", "the birth of this patient is said twice");
      break;
    }
    column = patient_column(checker, tree_child(node, 0), tree_child(node, 0)->text);
    if (column) value_of(checker, tree_child(node, 1), column, patient);
    break;
  default: { /* from D, to D */
    struct node date = *node;
    date.kind = NODE_date;
    column = patient_column(checker, node, node->kind == NODE_from ? "from" : "to");
    if (column) value_of(checker, &date, column, patient);
    break;
  }
  }
}

void attributes_of(struct checker *checker, const struct node *attributes, struct test_patient *patient) {
  const struct node *birth = attributes->first;
  if (birth->kind == NODE_born) patient->birth = literal_date(birth->text);
  if (birth->kind == NODE_age) {
    struct node number = *birth;
    number.kind = NODE_number;
    literal_whole(checker, &number, 0, 150, &patient->age);
  }
  patient->born = birth->kind == NODE_born ? BORN_ON : birth->kind == NODE_age ? BORN_AT_AGE : BORN_UNKNOWN;
  patient_column(checker, birth, "birth");
  for (const struct node *node = birth->next; node; node = node->next) attribute_of(checker, node, patient);
}

/* ── the code of a row ───────────────────────────────────────────────────────────────────────────────────────────── */

/* Some code that belongs to a set: a row of a measure needs one. NULL where none is seen. */
static const char *code_of_set(const struct code_set *whole, const struct code_set *set, const char *system) {
  for (size_t i = 0; i < set->n_parts; i++)
    for (size_t j = 0; j < set->parts[i].n_matches; j++) {
      const struct code_match *match = &set->parts[i].matches[j];
      const char *code = match->kind == MATCHES_SET ? code_of_set(whole, match->set, system) : match->a;
      if (code && code_set_has(whole, system, code)) return code;
    }
  return NULL;
}

static const char *example_of(const struct code_set *set) {
  const char *code = NULL;
  for (size_t i = 0; set && !code && i < set->n_parts; i++)
    if (set->parts[i].system) code = code_of_set(set, set, set->parts[i].system);
  return code;
}

static bool code_of_event(struct checker *checker, const struct node *what, const struct named *named,
                          struct test_row *row) {
  row->code = "";
  if (!what) return true;
  if (what->kind != NODE_word && what->kind != NODE_text && what->kind != NODE_number) {
    wrong(checker, PROBLEM_wrong_kind, what, "write its code, or nothing",
          "`%s` are events: they have a code, but no value", named->name);
    return false;
  }
  struct named *other = what->kind == NODE_word ? scope_find(&checker->values, what->text) : NULL;
  if (other && other->kind == NAMED_CODES) {
    const char *code = example_of(codes_of(checker, other));
    wrong(checker, PROBLEM_code, what,
          code ? check_say(checker, "write one of its codes: %s", code) : N_("write one of its codes"),
          "a row has one code, and `%s` is a code set", what->text);
    return false;
  }
  if (row->key->type == COLUMN_LIST && !is_choice(row->key, what->text)) {
    const char *near = problem_nearest(what->text, row->key->choices, row->key->n_choices);
    wrong(checker, PROBLEM_unknown_name, what, near ? check_say(checker, "did you mean `%s`?", near) : NULL,
          "`%s` is not a word of the column `%s`", what->text, row->key->name);
    return false;
  }
  row->code = what->text;
  return true;
}

/* ── the value of a row ──────────────────────────────────────────────────────────────────────────────────────────── */

static const char *units_of(const struct named *named) {
  const char *words = "";
  for (size_t i = 0; i < named->stream->n_parts; i++) {
    const struct unit *unit = named->stream->parts[i].unit;
    if (!unit || strstr(words, unit->spellings[0])) continue;
    words = *words ? memory_print(_("%s or %s"), words, unit->spellings[0]) : unit->spellings[0];
  }
  return words;
}

static bool part_has(const struct stream_part *part, const char *code) {
  return !code || code_set_has(part->set, part->key->system, code);
}

/* The `from` that reads values of a code (NULL: of any) in a unit; NULL after a problem. Where the data have no units, all
 * read the measure's. */
static const struct stream_part *part_in(struct checker *checker, const struct node *what, const struct named *named,
                                         const struct unit *unit, const struct node *code) {
  bool in_unit = false;
  for (size_t i = 0; i < named->stream->n_parts; i++) {
    const struct stream_part *part = &named->stream->parts[i];
    if (part->unit != unit && (part->unit || unit != named->unit)) continue;
    if (part_has(part, code ? code->text : NULL)) return part;
    in_unit = true;
  }
  if (in_unit) {
    wrong(checker, PROBLEM_code, code, "write a code that stands in its `{FROM}`", "`%s` is not read from the code `%s`",
          named->name, code->text);
    return NULL;
  }
  wrong(checker, PROBLEM_unit, what, check_say(checker, "write it in %s", units_of(named)),
        unit ? N_("`%s` is not read in %s") : N_("`%s` is not read without a unit"), named->name,
        unit ? unit->spellings[0] : "");
  return NULL;
}

static bool value_of_measure(struct checker *checker, const struct node *what, const struct named *named,
                             struct test_row *row) {
  if (what->kind == NODE_name || what->kind == NODE_word || what->kind == NODE_text) {
    wrong(checker, PROBLEM_wrong_kind, what, check_say(checker, "write: %s 58 {ON} 2024-05-02", named->name),
          "`%s` is a measure: its rows have a number", named->name);
    return false;
  }
  const struct node *code = what->kind == NODE_coded ? tree_child(what, 1) : NULL, *result = code ? tree_child(what, 0) : what;
  bool has_sign = result->kind == NODE_below || result->kind == NODE_above, minus = result->kind == NODE_minus;
  const struct node *number = has_sign || minus ? tree_child(result, 0) : result;
  const struct node *unit_node = number->kind == NODE_quantity ? tree_child(number, 1) : NULL;
  const struct unit *unit = unit_node ? unit_of(checker, unit_node) : named->unit;
  if (!literal_number(checker, unit_node ? tree_child(number, 0) : number, &row->number) || (unit_node && !unit))
    return false;
  const struct stream_part *part = part_in(checker, result, named, unit, code);
  if (!part) return false;
  if (minus) row->number = -row->number;
  row->sign = result->kind == NODE_below ? -1 : result->kind == NODE_above ? 1 : 0;
  row->unit = unit_node ? unit_node->text : unit ? unit->spellings[0] : "";
  row->table = part->table;
  row->key = part->key;
  row->value = part->value;
  row->code = code ? code->text : code_of_set(part->set, part->set, part->key->system);
  if (!row->code)
    wrong(checker, PROBLEM_test, what, "name a single code first in its `{FROM}`",
          "no code of `%s` is seen that a row could have", named->name);
  return row->code != NULL;
}

/* ── the row ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool dates_of(struct checker *checker, const struct node *when, struct test_row *row) {
  bool on = when->kind == NODE_on;
  const char *name = row->table->name;
  if (on && row->table->spans)
    wrong(checker, PROBLEM_test, when, check_say(checker, "write: {FROM} %s", when->text),
          "rows of table %s last from one date to another", name);
  if (!on && !row->table->spans)
    wrong(checker, PROBLEM_test, when, "write: {ON} 2024-05-02", "rows of table %s have one date", name);
  if (on == row->table->spans) return false;
  const struct node *from = when->kind == NODE_span ? tree_child(when, 0) : when,
                    *to = from == when ? NULL : tree_child(when, 1);
  row->from = literal_date(from->text);
  row->open = !to;
  if (to) row->to = literal_date(to->text);
  return true;
}

void row_of(struct checker *checker, const struct node *node, struct test_patient *patient) {
  const struct node *name = tree_child(node, 0), *when = node->last, *what = name->next == when ? NULL : name->next;
  struct named *named = scope_find(&checker->values, name->text);
  struct test_row row = {.unit = ""};
  if (!named && unknown_again(checker, name)) return;
  if (!named || (named->kind != NAMED_EVENTS && named->kind != NAMED_MEASURE)) {
    const char *near = scope_nearest(&checker->values, name->text, KIND(NAMED_EVENTS) | KIND(NAMED_MEASURE));
    wrong(checker, named ? PROBLEM_wrong_kind : PROBLEM_unknown_name, name,
          near ? check_say(checker, "did you mean `%s`?", near)
               : N_("a row begins with the name of events or of a measure"),
          named ? N_("`%s` is neither events nor a measure") : N_("there are no events and no measure called `%s`"),
          name->text);
    if (!named) unknown_told(checker, name);
    return;
  }
  if (!named->stream) return; /* its problem has been told */
  if (named->kind == NAMED_EVENTS) {
    row.table = named->stream->parts[0].table;
    row.key = named->stream->parts[0].key;
    if (!code_of_event(checker, what, named, &row)) return;
  } else if (!value_of_measure(checker, what ? what : name, named, &row)) {
    return;
  }
  if (!dates_of(checker, when, &row)) return;
  patient->rows = memory_grow(patient->rows, patient->n_rows + 1, sizeof row);
  patient->rows[patient->n_rows++] = row;
}
